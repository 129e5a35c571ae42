/* Prescriptions written elsewhere, from the paper to the signature. The database holds the order of the steps: nothing is entered without
   a page, nothing is signed that was not compared with it, no critical finding is answered that the prescriber was not asked about. */
#include "core/outside.h"

#include "core/audit.h"
#include "core/order_step.h"
#include "core/patient.h"
#include "core/person.h"
#include "db/db.h"
#include "sql.h"

struct id_row {
    int64_t id;
};

struct same_row {
    int64_t id;
    bool rejected;
};

/* Where a received prescription stands. */
struct standing {
    int64_t id, patient_id, prescription_id, version, entered_by, screening_id, pages, mode_id;
    const char *entered_name;
    bool is_signed, rejected, second_look_due;
};

static const struct column id_columns[] = { COLUMN(struct id_row, id), COLUMNS_END };
static const struct column same_columns[] = {
    COLUMN(struct same_row, id),
    COLUMN(struct same_row, rejected),
    COLUMNS_END,
};
static const struct column standing_columns[] = {
    COLUMN(struct standing, id),
    COLUMN(struct standing, patient_id),
    COLUMN(struct standing, prescription_id),
    COLUMN(struct standing, version),
    COLUMN(struct standing, entered_by),
    COLUMN(struct standing, screening_id),
    COLUMN(struct standing, pages),
    COLUMN(struct standing, mode_id),
    COLUMN(struct standing, entered_name),
    COLUMN_NAMED(struct standing, is_signed, "signed"),
    COLUMN(struct standing, rejected),
    COLUMN(struct standing, second_look_due),
    COLUMNS_END,
};

static const char *number(struct ctx *c, int64_t n)
{
    return arena_printf(&c->arena, "%lld", (long long)n);
}

static const char *subject(struct ctx *c, int64_t id)
{
    return arena_printf(&c->arena, "intake %lld", (long long)id);
}

/* `doing` completes "cannot be …". What was refused takes no further step. */
static enum status find(struct ctx *c, int64_t id, const char *doing, struct standing *now)
{
    bool found;

    TRY(db_row(c, &q_intake_head, PARAMS(SHOP(c), I64(id)), standing_columns, now, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "intake_id", number(c, id),
                        "is no received prescription of this shop");
    if (now->rejected)
        return ctx_fail(c, ST_CONFLICT, "intake_id", number(c, id), "cannot be %s: it was refused", doing);
    return ST_OK;
}

struct receiving {
    const struct outside_paper *paper;
    int64_t id;
};

/* The refused paper that this one comes in place of; 0: none has its number. */
static enum status find_replaced(struct ctx *c, const struct outside_paper *paper, int64_t prescriber,
                                 int64_t *replaced)
{
    struct same_row same;
    bool found;

    *replaced = 0;
    if (paper->number == NULL || *paper->number == '\0')
        return ST_OK;
    TRY(db_row(c, &q_intake_same, PARAMS(SHOP(c), I64(prescriber), TEXT(paper->number)), same_columns, &same,
               &found));
    if (found && !same.rejected)
        return ctx_fail(c, ST_CONFLICT, "number", paper->number,
                        "of this prescriber was received already, as intake %lld", (long long)same.id);
    *replaced = found ? same.id : 0;
    return ST_OK;
}

static enum status receive(struct ctx *c, void *arg)
{
    struct receiving *want = arg;
    const struct outside_paper *p = want->paper;
    struct patient patient;
    struct id_row prescriber, made;
    int64_t replaced;
    bool found;

    TRY(patient_get(c, p->patient_id, &patient));
    TRY(db_row(c, &q_outside_prescriber_put,
               PARAMS(SHOP(c), TEXT(p->name), TEXT(p->address), TEXT(p->phone), TEXT(p->registration),
                      TEXT(p->registered_with), USER(c)),
               id_columns, &prescriber, &found));
    TRY(find_replaced(c, p, prescriber.id, &replaced));
    TRY(db_row(c, &q_intake_add,
               PARAMS(SHOP(c), I64(p->patient_id), I64(prescriber.id), TEXT_OR_NULL(p->number),
                      DATE(p->written_on), TEXT(p->how), I64_OR_NULL(replaced), TEXT_OR_NULL(p->note),
                      USER(c)),
               id_columns, &made, &found));
    want->id = made.id;
    return audit_note(c, "prescription_received", subject(c, made.id),
                      arena_printf(&c->arena, "%s of %s %s, %s", p->how, p->registered_with, p->registration,
                                   date_text(&c->arena, p->written_on)));
}

enum status outside_receive(struct ctx *c, const struct outside_paper *paper, int64_t *id)
{
    struct receiving want = { .paper = paper };

    TRY(person_require(c, ROLE_PHARMACIST | ROLE_STAFF, "receive a prescription"));
    if (date_is_none(paper->written_on))
        return ctx_fail(c, ST_INVALID, "written_on", NULL, "must be given: the day it was written");
    TRY(db_tx(c, receive, &want));
    *id = want.id;
    return ST_OK;
}

struct entering {
    const struct knowledge *knowledge;
    const struct prescription_draft *draft;
    int64_t id, prescription;
};

static enum status enter(struct ctx *c, void *arg)
{
    struct entering *want = arg;
    struct prescription_draft draft = *want->draft;
    struct standing now;

    TRY(find(c, want->id, "entered", &now));
    if (now.prescription_id != 0)
        return ctx_fail(c, ST_CONFLICT, "intake_id", number(c, want->id),
                        "is entered already, as prescription %lld: change that",
                        (long long)now.prescription_id);
    if (now.pages == 0)
        return ctx_fail(c, ST_CONFLICT, "intake_id", number(c, want->id),
                        "has no page yet: attach the paper it is entered from");
    if (draft.patient_id != 0 && draft.patient_id != now.patient_id)
        return ctx_fail(c, ST_CONFLICT, "patient_id", number(c, draft.patient_id),
                        "is not the patient the paper was received for: %lld", (long long)now.patient_id);
    draft.patient_id = now.patient_id;
    draft.intake_id = want->id;
    return prescription_create(c, want->knowledge, &draft, &want->prescription);
}

enum status outside_enter(struct ctx *c, const struct knowledge *knowledge, int64_t id,
                          const struct prescription_draft *draft, int64_t *prescription)
{
    struct entering want = { .knowledge = knowledge, .draft = draft, .id = id };

    TRY(person_require(c, ROLE_PHARMACIST, "enter a prescription from its paper"));
    TRY(db_tx(c, enter, &want));
    *prescription = want.prescription;
    return ST_OK;
}

struct checking {
    const struct knowledge *knowledge;
    int64_t id;
    bool matches;
    const char *note;
};

/* Who entered a version compares it only in the recorded single-person mode, after its delay (PRODUCT law 8). */
static enum status refuse_own(struct ctx *c, const struct standing *now)
{
    if (now->entered_by != c->who.user_id)
        return ST_OK;
    if (now->mode_id == 0)
        return ctx_fail(c, ST_DENIED, "checked_by", c->who.username,
                        "entered this version: another pharmacist must compare it with the paper");
    if (!now->second_look_due)
        return ctx_fail(c, ST_DENIED, "checked_by", c->who.username,
                        "entered this version: the shop's delay before a second look has not passed");
    return ST_OK;
}

static enum status check(struct ctx *c, void *arg)
{
    const struct checking *want = arg;
    struct standing now;

    TRY(find(c, want->id, "compared", &now));
    if (now.prescription_id == 0)
        return ctx_fail(c, ST_CONFLICT, "intake_id", number(c, want->id), "is not entered yet");
    TRY(refuse_own(c, &now));
    TRY(db_run(c, &q_intake_check_add,
               PARAMS(SHOP(c), I64(want->id), I64(now.prescription_id), I64(now.version), I64(now.entered_by),
                      BOOL(want->matches), TEXT_OR_NULL(want->note), USER(c),
                      I64_OR_NULL(now.entered_by == c->who.user_id ? now.mode_id : 0))));
    TRY(audit_note(c, want->matches ? "transcription_matches" : "transcription_differs", subject(c, want->id),
                   arena_printf(&c->arena, "prescription %lld, version %lld", (long long)now.prescription_id,
                                (long long)now.version)));
    return want->matches ? prescription_sign(c, want->knowledge, now.prescription_id, now.version) : ST_OK;
}

enum status outside_check(struct ctx *c, const struct knowledge *knowledge, int64_t id, bool matches,
                          const char *note)
{
    struct checking want = { .knowledge = knowledge, .id = id, .matches = matches, .note = note };

    TRY(person_require(c, ROLE_PHARMACIST, "compare a prescription with its paper"));
    return db_tx(c, check, &want);
}

struct asking {
    int64_t id, query_no;
    const char *question;
};

struct query_row {
    int64_t query_no;
};

static const struct column query_columns[] = { COLUMN(struct query_row, query_no), COLUMNS_END };

static enum status ask(struct ctx *c, void *arg)
{
    struct asking *want = arg;
    struct standing now;
    struct query_row made;
    bool found;

    TRY(find(c, want->id, "asked about", &now));
    TRY(db_row(c, &q_intake_query_add,
               PARAMS(SHOP(c), I64(want->id), I64_OR_NULL(now.screening_id), TEXT(want->question), USER(c)),
               query_columns, &made, &found));
    want->query_no = made.query_no;
    return audit_note(c, "prescriber_asked", subject(c, want->id), want->question);
}

enum status outside_ask(struct ctx *c, int64_t id, const char *question, int64_t *query_no)
{
    struct asking want = { .id = id, .question = question };

    TRY(person_require(c, ROLE_PHARMACIST, "ask the prescriber"));
    if (question == NULL || *question == '\0')
        return ctx_fail(c, ST_INVALID, "question", NULL, "must be given");
    TRY(db_tx(c, ask, &want));
    *query_no = want.query_no;
    return ST_OK;
}

struct recording {
    int64_t id;
    const struct outside_answer *answer;
};

static enum status record(struct ctx *c, void *arg)
{
    const struct recording *want = arg;
    const struct outside_answer *a = want->answer;
    struct standing now;
    size_t stored;

    TRY(find(c, want->id, "answered for", &now));
    TRY(db_change(c, &q_intake_answer_add,
                  PARAMS(SHOP(c), I64(want->id), I64(a->query_no), TEXT(a->verdict), TEXT(a->answer),
                         TEXT(a->said_by), TEXT(a->said_how), USER(c)),
                  &stored));
    if (stored == 0)
        return ctx_fail(c, ST_CONFLICT, "query_no", number(c, a->query_no),
                        "is no question about this prescription that waits for an answer");
    return audit_note(c, "prescriber_answered", subject(c, want->id),
                      arena_printf(&c->arena, "%s, %s, by %s", a->verdict, a->said_by, a->said_how));
}

enum status outside_record(struct ctx *c, int64_t id, const struct outside_answer *answer)
{
    struct recording want = { .id = id, .answer = answer };

    TRY(person_require(c, ROLE_PHARMACIST, "record what the prescriber said"));
    return db_tx(c, record, &want);
}

struct refusing {
    int64_t id;
    const char *reason, *note;
};

static enum status reject(struct ctx *c, void *arg)
{
    const struct refusing *want = arg;
    struct standing now;

    TRY(find(c, want->id, "refused again", &now));
    if (now.is_signed)
        return ctx_fail(c, ST_CONFLICT, "intake_id", number(c, want->id),
                        "stands as signed: reject its order instead");
    TRY(order_reason(c, "reject_intake", want->reason, want->note));
    TRY(db_run(c, &q_intake_reject,
               PARAMS(SHOP(c), I64(want->id), USER(c), TEXT(want->reason), TEXT_OR_NULL(want->note))));
    return audit_note(c, "prescription_refused", subject(c, want->id), want->reason);
}

enum status outside_reject(struct ctx *c, int64_t id, const char *reason, const char *note)
{
    struct refusing want = { .id = id, .reason = reason, .note = note };

    TRY(person_require(c, ROLE_PHARMACIST, "refuse a prescription"));
    return db_tx(c, reject, &want);
}
