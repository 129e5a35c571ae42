/* Storing versions and signing them. The database decides races: two people who change version n both add n + 1, and only
   one row can have that number; a signature refers to the answer whose number is the count of critical findings. */
#include "core/prescription.h"

#include <string.h>

#include "core/audit.h"
#include "core/patient.h"
#include "core/person.h"
#include "core/screening.h"
#include "db/db.h"
#include "sql.h"

static const unsigned ROLES_PRESCRIBE = ROLE_PRACTITIONER | ROLE_PHARMACIST;

struct head {
    int64_t id, patient_id, latest_version;
    bool is_signed;
};

static const struct column head_columns[] = {
    COLUMN(struct head, id),
    COLUMN(struct head, patient_id),
    COLUMN(struct head, latest_version),
    COLUMN_NAMED(struct head, is_signed, "signed"),
    COLUMNS_END,
};

struct number {
    int64_t number;
};

static const struct column number_columns[] = { COLUMN(struct number, number), COLUMNS_END };

static const char *number_text(struct ctx *c, int64_t number)
{
    return arena_printf(&c->arena, "%lld", (long long)number);
}

/* The prescription as a whole; `signed` is about its newest version. */
static enum status head_read(struct ctx *c, int64_t id, struct head *head)
{
    bool found;

    TRY(db_row(c, &q_prescription_head, PARAMS(SHOP(c), I64(id)), head_columns, head, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "prescription", number_text(c, id),
                        "is no prescription of this shop");
    return ST_OK;
}

enum status prescription_latest(struct ctx *c, int64_t id, int64_t *version)
{
    struct head head;

    TRY(head_read(c, id, &head));
    *version = head.latest_version;
    return ST_OK;
}

static enum status stale(struct ctx *c, const char *field, int64_t seen, int64_t latest)
{
    return ctx_fail(c, ST_STALE, field, number_text(c, seen),
                    seen > latest ? "does not exist: version %lld is the newest"
                                  : "somebody changed it since: version %lld is the newest",
                    (long long)latest);
}

static enum status store_lines(struct ctx *c, int64_t id, int64_t version, const struct prescription *p)
{
    size_t n = p->line_count;
    const char **herbs = arena_array(&c->arena, n, sizeof *herbs);
    const char **processing = arena_array(&c->arena, n, sizeof *processing);
    const char **handling = arena_array(&c->arena, n, sizeof *handling);
    const char **roles = arena_array(&c->arena, n, sizeof *roles);
    const char **via = arena_array(&c->arena, n, sizeof *via);
    int64_t *daily = arena_array(&c->arena, n, sizeof *daily);
    int64_t *totals = arena_array(&c->arena, n, sizeof *totals);
    int64_t *filled = arena_array(&c->arena, n, sizeof *filled);

    for (size_t i = 0; i < n; i++) {
        herbs[i] = p->lines[i].herb_id;
        processing[i] = p->lines[i].processing;
        handling[i] = p->lines[i].handling;
        roles[i] = p->lines[i].role;
        via[i] = p->lines[i].via;
        daily[i] = p->lines[i].daily.mg;
        totals[i] = p->lines[i].total.mg;
        filled[i] = p->lines[i].filled_item_id;
    }
    return db_run(c, &q_prescription_lines_add,
                  PARAMS(SHOP(c), I64(id), I64(version), TEXTS(herbs, n), TEXTS(processing, n),
                         TEXTS(handling, n), TEXTS(roles, n), I64S(daily, n), I64S(totals, n), TEXTS(via, n),
                         I64S(filled, n)));
}

static enum status store_formulas(struct ctx *c, int64_t id, int64_t version, const struct prescription *p)
{
    size_t n = p->formula_count;
    const char **ids = arena_array(&c->arena, n, sizeof *ids);
    int64_t *scaled = arena_array(&c->arena, n, sizeof *scaled);

    if (n == 0)
        return ST_OK;
    for (size_t i = 0; i < n; i++) {
        ids[i] = p->formulas[i].formula_id;
        scaled[i] = p->formulas[i].scaled.mg;
    }
    return db_run(c, &q_prescription_formulas_add,
                  PARAMS(SHOP(c), I64(id), I64(version), TEXTS(ids, n), I64S(scaled, n)));
}

static enum status store_houses(struct ctx *c, int64_t id, int64_t version, const struct prescription *p)
{
    const size_t n = p->house_count;
    int64_t *ids = arena_array(&c->arena, n, sizeof *ids),
            *scaled = arena_array(&c->arena, n, sizeof *scaled);

    if (n == 0)
        return ST_OK;
    for (size_t i = 0; i < n; i++) {
        ids[i] = p->houses[i].house_formula_id;
        scaled[i] = p->houses[i].scaled.mg;
    }
    return db_run(c, &q_prescription_houses_add,
                  PARAMS(SHOP(c), I64(id), I64(version), I64S(ids, n), I64S(scaled, n)));
}

/* Stores `version` and screens it. ST_STALE when somebody stored that version first: the insert waits for her. */
static enum status store_version(struct ctx *c, const struct knowledge *k, int64_t id, int64_t version,
                                 const struct prescription *p)
{
    struct head head;
    int64_t screening;
    size_t stored;

    TRY(db_change(c, &q_prescription_version_add,
                  PARAMS(SHOP(c), I64(id), I64(version), TEXT(p->dosage_form), TEXT(p->merge_rule),
                         TEXT(p->dose_mode), I64(p->days), I64(p->doses_per_day), I64(p->packets),
                         WEIGHT(p->total), TEXT(p->directions), TEXT(p->indication), TEXT(p->change_note),
                         USER(c), TEXT(p->weights_in), I64_OR_NULL(p->dose.mg), I64_OR_NULL(p->form_total.mg),
                         I64_OR_NULL(p->unit.mg), I64_OR_NULL(p->unit_count), I64(p->overage_permille),
                         I64(p->binder_permille), I64_OR_NULL(p->from_id), I64_OR_NULL(p->from_version),
                         I64(p->refills), I64(p->refill_interval_days), TEXT(p->route), TEXT(p->timing),
                         TEXT(p->frequency)),
                  &stored));
    if (stored == 0) {
        TRY(head_read(c, id, &head));
        return stale(c, "seen_version", version - 1, head.latest_version);
    }
    TRY(store_formulas(c, id, version, p));
    TRY(store_houses(c, id, version, p));
    TRY(store_lines(c, id, version, p));
    TRY(audit_note(c, "prescription_saved", arena_printf(&c->arena, "prescription %lld", (long long)id),
                   arena_printf(&c->arena, "version %lld", (long long)version)));
    return screening_make(c, k, id, version, &screening);
}

struct saving {
    const struct knowledge *knowledge;
    const struct prescription_draft *draft;
    int64_t id, version;
};

static enum status create(struct ctx *c, void *arg)
{
    struct saving *s = arg;
    struct patient patient;
    struct prescription built;
    struct number made;
    bool found;

    TRY(patient_get(c, s->draft->patient_id, &patient));
    TRY(prescription_build(c, s->knowledge, s->draft, &built));
    TRY(db_row(c, &q_prescription_add,
               PARAMS(SHOP(c), I64(s->draft->patient_id), USER(c), I64_OR_NULL(s->draft->intake_id)),
               number_columns, &made, &found));
    s->id = made.number;
    return store_version(c, s->knowledge, s->id, 1, &built);
}

enum status prescription_create(struct ctx *c, const struct knowledge *knowledge,
                                const struct prescription_draft *draft, int64_t *id)
{
    struct saving s = { .knowledge = knowledge, .draft = draft };

    TRY(person_require(c, ROLES_PRESCRIBE, "write a prescription"));
    TRY(db_tx(c, create, &s));
    *id = s.id;
    return ST_OK;
}

static enum status change(struct ctx *c, void *arg)
{
    struct saving *s = arg;
    struct prescription built;
    struct head head;

    TRY(head_read(c, s->id, &head));
    if (head.latest_version != s->version - 1)
        return stale(c, "seen_version", s->version - 1, head.latest_version);
    TRY(prescription_build(c, s->knowledge, s->draft, &built));
    return store_version(c, s->knowledge, s->id, s->version, &built);
}

enum status prescription_store_next(struct ctx *c, const struct knowledge *knowledge, int64_t id,
                                    int64_t seen_version, const struct prescription *built, int64_t *version)
{
    struct head head;

    TRY(person_require(c, ROLES_PRESCRIBE, "change a prescription"));
    TRY(head_read(c, id, &head));
    if (head.latest_version != seen_version)
        return stale(c, "seen_version", seen_version, head.latest_version);
    *version = seen_version + 1;
    return store_version(c, knowledge, id, *version, built);
}

enum status prescription_change(struct ctx *c, const struct knowledge *knowledge, int64_t id,
                                int64_t seen_version, const struct prescription_draft *draft,
                                int64_t *version)
{
    struct saving s = { .knowledge = knowledge, .draft = draft, .id = id, .version = seen_version + 1 };

    TRY(person_require(c, ROLES_PRESCRIBE, "change a prescription"));
    TRY(db_tx(c, change, &s));
    *version = s.version;
    return ST_OK;
}

/* The screening to sign on: the latest when it saw patient and rule book as they are, else a new one. */
static enum status screen_everything(struct ctx *c, const struct saving *s, struct screening_record *record,
                                     bool *anew)
{
    int64_t id;

    TRY(screening_latest(c, s->id, s->version, record));
    *anew =
        !record->stands || strcmp(record->knowledge_version, knowledge_version(&c->arena, s->knowledge)) != 0;
    if (!*anew)
        return ST_OK;
    TRY(screening_make(c, s->knowledge, s->id, s->version, &id));
    return screening_latest(c, s->id, s->version, record);
}

struct paper {
    int64_t intake_id, open_query;
    bool matches, refused, withdrawn, to_change;
};

static const struct column paper_columns[] = {
    COLUMN(struct paper, intake_id),
    COLUMN(struct paper, open_query),
    COLUMN(struct paper, matches),
    COLUMN(struct paper, refused),
    COLUMN(struct paper, withdrawn),
    COLUMN(struct paper, to_change),
    COLUMNS_END,
};

/* What was entered from a paper stands as signed only when it was compared with it, and no question about it is in the way. */
static enum status refuse_uncompared(struct ctx *c, const struct saving *s)
{
    struct paper p;
    const char *id;
    bool found;

    TRY(db_row(c, &q_prescription_paper, PARAMS(SHOP(c), I64(s->id), I64(s->version)), paper_columns, &p,
               &found));
    if (!found)
        return ST_OK;
    id = number_text(c, p.intake_id);
    if (p.refused)
        return ctx_fail(c, ST_CONFLICT, "intake_id", id, "was refused");
    if (p.open_query != 0)
        return ctx_fail(c, ST_CONFLICT, "intake_id", id, "has a question without an answer: number %lld",
                        (long long)p.open_query);
    if (p.withdrawn || p.to_change)
        return ctx_fail(c, ST_CONFLICT, "intake_id", id, "%s",
                        p.withdrawn
                            ? "was withdrawn by its prescriber"
                            : "is to be changed, as its prescriber said since: store the next version");
    if (!p.matches)
        return ctx_fail(
            c, ST_CONFLICT, "version", number_text(c, s->version),
            "was entered from the paper of intake %lld: another pharmacist must compare them first",
            (long long)p.intake_id);
    return ST_OK;
}

static enum status sign(struct ctx *c, void *arg)
{
    struct saving *s = arg;
    struct screening_record record;
    struct head head;
    int64_t profile_version;
    enum status answered;
    bool anew;

    TRY(head_read(c, s->id, &head));
    TRY(patient_lock(c, head.patient_id, &profile_version));
    TRY(head_read(c, s->id, &head)); /* again: as it is now that nobody else can sign */
    if (head.latest_version != s->version)
        return stale(c, "version", s->version, head.latest_version);
    if (head.is_signed)
        return ctx_fail(c, ST_CONFLICT, "version", number_text(c, s->version), "is signed already");
    TRY(refuse_uncompared(c, s));
    TRY(screen_everything(c, s, &record, &anew));
    answered = screening_require_answers(c, record.id, false);
    if (answered == ST_UNSAFE && anew)
        ctx_note(c, ST_UNSAFE, "screening", NULL,
                 "the patient or the rule book changed since: screen again, then answer");
    TRY(answered);
    TRY(db_run(
        c, &q_signature_add,
        PARAMS(SHOP(c), I64(s->id), I64(s->version), I64(record.id), I64(record.critical_count), USER(c))));
    return audit_note(
        c, "prescription_signed", arena_printf(&c->arena, "prescription %lld", (long long)s->id),
        arena_printf(&c->arena, "version %lld, screening %lld", (long long)s->version, (long long)record.id));
}

enum status prescription_sign(struct ctx *c, const struct knowledge *knowledge, int64_t id, int64_t version)
{
    struct saving s = { .knowledge = knowledge, .id = id, .version = version };

    TRY(person_require(c, ROLES_PRESCRIBE, "sign a prescription"));
    return db_tx(c, sign, &s);
}
