/* Answers to critical findings, and the pharmacist's reading of them. Both are numbered without gaps under the lock of the
   patient's row: the database takes the answer with the number critical_count as proof that all are answered. */
#include <string.h>

#include "base/text.h"
#include "core/alert.h"
#include "core/audit.h"
#include "core/patient.h"
#include "core/person.h"
#include "core/screening.h"
#include "db/db.h"
#include "sql.h"

enum { NOTE_LONGEST = 1000 };

static const struct column reason_columns[] = {
    COLUMN(struct answer_reason, code),
    COLUMN(struct answer_reason, english),
    COLUMN(struct answer_reason, needs_note),
    COLUMNS_END,
};

enum status answer_reasons(struct ctx *c, struct answer_reason **reasons, size_t *count)
{
    return db_all(c, &q_answer_reasons, NO_PARAMS, reason_columns, sizeof **reasons, reasons, count);
}

struct head {
    int64_t patient_id, prescription_id, version, answered_count, latest_id;
};

static const struct column head_columns[] = {
    COLUMN(struct head, patient_id),     COLUMN(struct head, prescription_id), COLUMN(struct head, version),
    COLUMN(struct head, answered_count), COLUMN(struct head, latest_id),       COLUMNS_END,
};

struct answering {
    int64_t id;
    const struct screening_answer *answers;
    size_t count;
    int64_t acknowledged;
};

static enum status read_head(struct ctx *c, int64_t id, struct head *head)
{
    bool found;

    TRY(db_row(c, &q_screening_head, PARAMS(SHOP(c), I64(id)), head_columns, head, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "screening", arena_printf(&c->arena, "%lld", (long long)id),
                        "is no screening of this shop");
    return ST_OK;
}

enum status screening_place(struct ctx *c, int64_t screening_id, int64_t *prescription_id, int64_t *version,
                            int64_t *latest_id)
{
    struct head head;

    TRY(read_head(c, screening_id, &head));
    *prescription_id = head.prescription_id;
    *version = head.version;
    *latest_id = head.latest_id;
    return ST_OK;
}

/* Reads what is being answered, and locks its patient so that numbers follow one another. */
static enum status begin(struct ctx *c, int64_t id, struct head *head)
{
    int64_t profile_version;

    TRY(read_head(c, id, head));
    TRY(patient_lock(c, head->patient_id, &profile_version));
    TRY(read_head(c, id, head));
    if (head->latest_id != id)
        return ctx_fail(c, ST_STALE, "screening", arena_printf(&c->arena, "%lld", (long long)id),
                        "was followed by screening %lld, whose findings count", (long long)head->latest_id);
    return ST_OK;
}

static const struct stored_finding *find_finding(const struct stored_finding *findings, size_t n, int64_t no)
{
    for (size_t i = 0; i < n; i++)
        if (findings[i].finding_no == no)
            return &findings[i];
    return NULL;
}

static const char *field_of(struct ctx *c, size_t i, const char *member)
{
    return arena_printf(&c->arena, "answers[%zu].%s", i, member);
}

static void check_finding(struct ctx *c, const struct answering *a, size_t i,
                          const struct stored_finding *finding)
{
    const char *no = arena_printf(&c->arena, "%lld", (long long)a->answers[i].finding_no);
    bool again = false;

    for (size_t j = 0; j < i; j++)
        again = again || a->answers[j].finding_no == a->answers[i].finding_no;
    if (finding == NULL)
        ctx_note(c, ST_INVALID, field_of(c, i, "finding_no"), no, "is no finding of this screening");
    else if (finding->critical_no == 0)
        ctx_note(c, ST_CONFLICT, field_of(c, i, "finding_no"), no, "needs no answer");
    else if (finding->answer_no != 0 || again)
        ctx_note(c, ST_CONFLICT, field_of(c, i, "finding_no"), no, "is answered already");
}

static void check_reason(struct ctx *c, const struct answering *a, size_t i,
                         const struct answer_reason *reasons, size_t n)
{
    const struct screening_answer *answer = &a->answers[i];
    const char *code = answer->reason == NULL ? "" : answer->reason;
    const char *note = answer->note == NULL ? "" : answer->note;
    const struct answer_reason *known = NULL;
    struct text codes;

    text_init(&codes, &c->arena);
    for (size_t j = 0; j < n; j++) {
        text_addf(&codes, "%s%s", j == 0 ? "" : ", ", reasons[j].code);
        if (strcmp(reasons[j].code, code) == 0)
            known = &reasons[j];
    }
    if (known == NULL)
        ctx_note(c, ST_INVALID, field_of(c, i, "reason"), code, "is one of %s", codes.data);
    else if (known->needs_note && *text_trim(&c->arena, note) == '\0')
        ctx_note(c, ST_INVALID, field_of(c, i, "note"), NULL, "must be given with the reason %s", code);
    if (utf8_length(note) > NOTE_LONGEST)
        ctx_note(c, ST_INVALID, field_of(c, i, "note"), NULL, "is at most %d characters", NOTE_LONGEST);
}

struct unasked {
    int64_t finding_no, intake_id;
};

static const struct column unasked_columns[] = {
    COLUMN(struct unasked, finding_no),
    COLUMN(struct unasked, intake_id),
    COLUMNS_END,
};

/* Of what was written elsewhere, only what its prescriber was asked about is answered here. */
static enum status refuse_unasked(struct ctx *c, const struct answering *a)
{
    int64_t *finding = arena_array(&c->arena, a->count, sizeof *finding);
    struct unasked *list;
    size_t n;

    for (size_t i = 0; i < a->count; i++)
        finding[i] = a->answers[i].finding_no;
    TRY(db_all(c, &q_findings_unasked, PARAMS(SHOP(c), I64(a->id), I64S(finding, a->count)), unasked_columns,
               sizeof *list, &list, &n));
    for (size_t i = 0; i < n; i++)
        ctx_note(c, ST_CONFLICT, "finding_no", arena_printf(&c->arena, "%lld", (long long)list[i].finding_no),
                 "is of a prescription written elsewhere: ask its prescriber about it (intake %lld), and "
                 "record that "
                 "it stays as written",
                 (long long)list[i].intake_id);
    return ctx_fault_or_ok(c);
}

/* Notes everything that is wrong, and gives the critical numbers the answers are for. */
static enum status check_answers(struct ctx *c, const struct answering *a, int64_t *critical)
{
    struct stored_finding *findings;
    struct answer_reason *reasons;
    size_t n, reason_count;

    TRY(screening_findings(c, a->id, &findings, &n));
    TRY(answer_reasons(c, &reasons, &reason_count));
    for (size_t i = 0; i < a->count; i++) {
        const struct stored_finding *finding = find_finding(findings, n, a->answers[i].finding_no);

        check_finding(c, a, i, finding);
        check_reason(c, a, i, reasons, reason_count);
        critical[i] = finding == NULL ? 0 : finding->critical_no;
    }
    TRY(ctx_fault_or_ok(c));
    return refuse_unasked(c, a);
}

static enum status answer(struct ctx *c, void *arg)
{
    struct answering *a = arg;
    int64_t *critical = arena_array(&c->arena, a->count, sizeof *critical);
    const char **reasons = arena_array(&c->arena, a->count, sizeof *reasons);
    const char **notes = arena_array(&c->arena, a->count, sizeof *notes);
    struct head head;

    TRY(begin(c, a->id, &head));
    TRY(check_answers(c, a, critical));
    for (size_t i = 0; i < a->count; i++) {
        reasons[i] = a->answers[i].reason;
        notes[i] = a->answers[i].note == NULL ? "" : a->answers[i].note;
    }
    TRY(db_run(c, &q_answers_add,
               PARAMS(SHOP(c), I64(a->id), I64(head.answered_count), I64S(critical, a->count),
                      TEXTS(reasons, a->count), TEXTS(notes, a->count), USER(c))));
    TRY(db_run(c, &q_work_items_settle, PARAMS(SHOP(c), I64S(&a->id, 1))));
    TRY(alert_answered(c, a->id));
    return audit_note(c, "findings_answered",
                      arena_printf(&c->arena, "prescription %lld", (long long)head.prescription_id),
                      arena_printf(&c->arena, "screening %lld, answers %zu", (long long)a->id, a->count));
}

enum status screening_answer(struct ctx *c, int64_t screening_id, const struct screening_answer *answers,
                             size_t count)
{
    struct answering a = { .id = screening_id, .answers = answers, .count = count };

    TRY(person_require(c, ROLE_PRACTITIONER | ROLE_PHARMACIST, "answer a finding"));
    if (count == 0)
        return ctx_fail(c, ST_INVALID, "answers", NULL, "must hold at least one");
    return db_tx(c, answer, &a);
}

static enum status acknowledge(struct ctx *c, void *arg)
{
    struct answering *a = arg;
    struct head head;
    size_t read;

    TRY(begin(c, a->id, &head));
    TRY(db_change(c, &q_acknowledgements_add, PARAMS(SHOP(c), I64(a->id), USER(c)), &read));
    a->acknowledged = (int64_t)read;
    return audit_note(c, "answers_acknowledged",
                      arena_printf(&c->arena, "prescription %lld", (long long)head.prescription_id),
                      arena_printf(&c->arena, "screening %lld, answers %zu", (long long)a->id, read));
}

enum status screening_acknowledge(struct ctx *c, int64_t screening_id, int64_t *count)
{
    struct answering a = { .id = screening_id };

    TRY(person_require(c, ROLE_PHARMACIST, "acknowledge answers"));
    TRY(db_tx(c, acknowledge, &a));
    *count = a.acknowledged;
    return ST_OK;
}

static const char *side(const char *name, const char *typed)
{
    return *name != '\0' ? name : typed;
}

static const char *sides_of(struct ctx *c, const struct stored_finding *f)
{
    const char *subject = side(f->subject_name, f->subject_typed);
    const char *object =
        strcmp(f->kind, "not_checked") == 0 ? f->object_typed : side(f->object_name, f->object_typed);

    if (*subject == '\0' || *object == '\0')
        return *subject == '\0' ? object : subject;
    return arena_printf(&c->arena, "%s × %s", subject, object);
}

enum status screening_require_answers(struct ctx *c, int64_t screening_id, bool acknowledged)
{
    struct stored_finding *findings;
    size_t n;

    TRY(screening_findings(c, screening_id, &findings, &n));
    for (size_t i = 0; i < n; i++) {
        const struct stored_finding *f = &findings[i];
        const char *field = arena_printf(&c->arena, "finding %lld", (long long)f->finding_no);

        if (f->critical_no != 0 && f->answer_no == 0)
            ctx_note(c, ST_UNSAFE, field, sides_of(c, f), "%s, not answered: %s", f->severity, f->effect);
        else if (acknowledged && f->critical_no != 0 && *f->acknowledged_by == '\0')
            ctx_note(c, ST_UNSAFE, field, sides_of(c, f), "%s, its answer not read by a pharmacist yet",
                     f->severity);
    }
    return ctx_fault_or_ok(c);
}
