/* Screenings stored: findings numbered without gaps so that the database can tell when all are answered, and answers carried
   over from earlier screenings of the same prescription. Answering is in screening_answer.c. */
#include "core/screening.h"

#include <stddef.h>

#include "base/text.h"
#include "core/alert.h"
#include "core/audit.h"
#include "core/screening_parts.h"
#include "db/db.h"
#include "sql.h"

static const struct column record_columns[] = {
    COLUMN(struct screening_record, id),
    COLUMN(struct screening_record, prescription_id),
    COLUMN(struct screening_record, version),
    COLUMN(struct screening_record, profile_version),
    COLUMN(struct screening_record, critical_count),
    COLUMN(struct screening_record, answered_count),
    COLUMN(struct screening_record, acknowledged_count),
    COLUMN(struct screening_record, knowledge_version),
    COLUMN(struct screening_record, made_by),
    COLUMN(struct screening_record, made_at),
    COLUMN(struct screening_record, current),
    COLUMN(struct screening_record, stands),
    COLUMNS_END,
};

static const struct column finding_columns[] = {
    COLUMN(struct stored_finding, finding_no),
    COLUMN(struct stored_finding, key),
    COLUMN(struct stored_finding, critical_no),
    COLUMN(struct stored_finding, kind),
    COLUMN(struct stored_finding, severity),
    COLUMN(struct stored_finding, rule_id),
    COLUMN(struct stored_finding, rule_version),
    COLUMN(struct stored_finding, rule_origin),
    COLUMN(struct stored_finding, subject_id),
    COLUMN(struct stored_finding, subject_name),
    COLUMN(struct stored_finding, subject_typed),
    COLUMN(struct stored_finding, object_id),
    COLUMN(struct stored_finding, object_name),
    COLUMN(struct stored_finding, object_typed),
    COLUMN(struct stored_finding, via),
    COLUMN_NAMED(struct stored_finding, daily, "daily_mg"),
    COLUMN(struct stored_finding, effect),
    COLUMN(struct stored_finding, mechanism),
    COLUMN(struct stored_finding, evidence),
    COLUMN(struct stored_finding, action),
    COLUMN(struct stored_finding, citation),
    COLUMN(struct stored_finding, detail),
    COLUMN(struct stored_finding, answer_no),
    COLUMN(struct stored_finding, reason),
    COLUMN(struct stored_finding, reason_english),
    COLUMN(struct stored_finding, note),
    COLUMN(struct stored_finding, answered_by),
    COLUMN(struct stored_finding, answered_at),
    COLUMN(struct stored_finding, carried_from),
    COLUMN(struct stored_finding, acknowledged_by),
    COLUMN(struct stored_finding, acknowledged_at),
    COLUMNS_END,
};

struct stored_id {
    int64_t id, prescription_id, version;
};

static const struct column stored_columns[] = {
    COLUMN(struct stored_id, id),
    COLUMN(struct stored_id, prescription_id),
    COLUMN(struct stored_id, version),
    COLUMNS_END,
};

enum status screening_try(struct ctx *c, const struct knowledge *knowledge,
                          const struct prescription *prescription, struct stored_finding **findings,
                          size_t *count)
{
    struct screened screened;

    TRY(screen_prescription(c, knowledge, prescription, 0, &screened));
    *findings = screened.findings;
    *count = screened.count;
    return ST_OK;
}

/* The findings of several screenings as one list, and which screening each is of. */
struct finding_list {
    const struct stored_finding **findings;
    int64_t *screening, *critical_count;
    size_t count;
};

static struct finding_list findings_of(struct arena *arena, const struct screening_new *list, size_t n)
{
    struct finding_list all = { .count = 0 };
    size_t total = 0;

    for (size_t i = 0; i < n; i++)
        total += list[i].screened->count;
    all.findings = arena_array(arena, total, sizeof *all.findings);
    all.screening = arena_array(arena, total, sizeof *all.screening);
    all.critical_count = arena_array(arena, total, sizeof *all.critical_count);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < list[i].screened->count; j++) {
            all.findings[all.count] = &list[i].screened->findings[j];
            all.screening[all.count] = list[i].id;
            all.critical_count[all.count++] = list[i].screened->critical_count;
        }
    return all;
}

/* One text, or one number, of every finding, as a parameter. */
static struct param texts_of(struct ctx *c, const struct finding_list *all, size_t offset)
{
    const char **texts = arena_array(&c->arena, all->count, sizeof *texts);

    for (size_t i = 0; i < all->count; i++)
        texts[i] = *(const char *const *)((const char *)all->findings[i] + offset);
    return TEXTS(texts, all->count);
}

static struct param numbers_of(struct ctx *c, const struct finding_list *all, size_t offset)
{
    int64_t *numbers = arena_array(&c->arena, all->count, sizeof *numbers);

    for (size_t i = 0; i < all->count; i++)
        numbers[i] = *(const int64_t *)((const char *)all->findings[i] + offset);
    return I64S(numbers, all->count);
}

static enum status store_findings(struct ctx *c, const struct screening_new *list, size_t n)
{
    const struct finding_list all = findings_of(&c->arena, list, n);

    if (all.count == 0)
        return ST_OK;
#define TEXT_OF(field) texts_of(c, &all, offsetof(struct stored_finding, field))
#define NUMBER_OF(field) numbers_of(c, &all, offsetof(struct stored_finding, field))
    return db_run(c, &q_findings_add,
                  PARAMS(SHOP(c), I64S(all.screening, all.count), I64S(all.critical_count, all.count),
                         NUMBER_OF(finding_no), NUMBER_OF(key), TEXT_OF(kind), TEXT_OF(severity),
                         NUMBER_OF(critical_no), TEXT_OF(rule_id), NUMBER_OF(rule_version),
                         TEXT_OF(subject_id), TEXT_OF(subject_name), TEXT_OF(subject_typed),
                         TEXT_OF(object_id), TEXT_OF(object_name), TEXT_OF(object_typed), TEXT_OF(via),
                         NUMBER_OF(daily.mg), TEXT_OF(effect), TEXT_OF(mechanism), TEXT_OF(evidence),
                         TEXT_OF(action), TEXT_OF(citation), TEXT_OF(detail), TEXT_OF(rule_origin)));
#undef TEXT_OF
#undef NUMBER_OF
}

/* "{12,-7}": a PostgreSQL array of its findings' keys. */
static const char *keys_text(struct arena *arena, const struct screened *screened)
{
    struct text text;

    text_init(&text, arena);
    text_add_char(&text, '{');
    for (size_t i = 0; i < screened->count; i++)
        text_addf(&text, "%s%lld", i == 0 ? "" : ",", (long long)screened->findings[i].key);
    text_add_char(&text, '}');
    return text.data;
}

static enum status store_heads(struct ctx *c, const char *knowledge_version, struct screening_new *list,
                               size_t n)
{
    int64_t *prescription = arena_array(&c->arena, n, sizeof *prescription);
    int64_t *version = arena_array(&c->arena, n, sizeof *version);
    int64_t *patient = arena_array(&c->arena, n, sizeof *patient);
    int64_t *profile = arena_array(&c->arena, n, sizeof *profile);
    int64_t *critical = arena_array(&c->arena, n, sizeof *critical);
    const char **keys = arena_array(&c->arena, n, sizeof *keys);
    const char **recipes = arena_array(&c->arena, n, sizeof *recipes);
    struct stored_id *stored;
    size_t made;

    for (size_t i = 0; i < n; i++) {
        prescription[i] = list[i].prescription_id;
        version[i] = list[i].version;
        patient[i] = list[i].patient_id;
        profile[i] = list[i].screened->profile_version;
        critical[i] = list[i].screened->critical_count;
        keys[i] = keys_text(&c->arena, list[i].screened);
        recipes[i] = list[i].recipe;
    }
    TRY(db_all(c, &q_screening_add,
               PARAMS(SHOP(c), I64S(prescription, n), I64S(version, n), I64S(patient, n), I64S(profile, n),
                      I64S(critical, n), TEXTS(keys, n), TEXT(knowledge_version), USER(c), TEXTS(recipes, n)),
               stored_columns, sizeof *stored, &stored, &made));
    for (size_t i = 0; i < n; i++) {
        if (i >= made || stored[i].prescription_id != prescription[i] || stored[i].version != version[i])
            return ctx_fail(c, ST_BROKEN, "screening", NULL, "was not stored in the order given");
        list[i].id = stored[i].id;
    }
    return ST_OK;
}

enum status screenings_store(struct ctx *c, const char *knowledge_version, struct screening_new *list,
                             size_t count, struct screening_cause cause)
{
    int64_t *ids = arena_array(&c->arena, count, sizeof *ids);
    const struct param those[] = { SHOP(c), I64S(ids, count), TEXT(cause.why), BOOL(cause.rule_book) };

    TRY(store_heads(c, knowledge_version, list, count));
    for (size_t i = 0; i < count; i++)
        ids[i] = list[i].id;
    TRY(store_findings(c, list, count));
    TRY(db_run(c, &q_answers_carry, those, 2));
    TRY(db_run(c, &q_work_items_raise, those, 4));
    return db_run(c, &q_work_items_settle, those, 2);
}

struct making {
    const struct knowledge *knowledge;
    int64_t prescription_id, version, coming, id;
};

static enum status make(struct ctx *c, void *arg)
{
    struct making *m = arg;
    struct prescription prescription;
    struct screened screened;
    struct screening_new made = { .prescription_id = m->prescription_id, .version = m->version };

    TRY(prescription_get(c, m->knowledge, m->prescription_id, m->version, &prescription));
    TRY(screen_prescription(c, m->knowledge, &prescription, m->coming, &screened));
    made.patient_id = prescription.patient_id;
    made.screened = &screened;
    made.recipe = recipe_text(&c->arena, &prescription);
    TRY(screenings_store(c, knowledge_version(&c->arena, m->knowledge), &made, 1,
                         (struct screening_cause){ .why = "screened again by hand" }));
    m->id = made.id;
    TRY(alert_screened(c, m->id));
    return audit_note(c, "screened",
                      arena_printf(&c->arena, "prescription %lld", (long long)m->prescription_id),
                      arena_printf(&c->arena, "screening %lld, critical %lld", (long long)m->id,
                                   (long long)screened.critical_count));
}

enum status screening_make_for(struct ctx *c, const struct knowledge *knowledge, int64_t prescription_id,
                               int64_t version, int64_t coming, int64_t *id)
{
    struct making m = {
        .knowledge = knowledge, .prescription_id = prescription_id, .version = version, .coming = coming
    };

    TRY(db_tx(c, make, &m));
    *id = m.id;
    return ST_OK;
}

enum status screening_make(struct ctx *c, const struct knowledge *knowledge, int64_t prescription_id,
                           int64_t version, int64_t *id)
{
    return screening_make_for(c, knowledge, prescription_id, version, 0, id);
}

enum status screening_latest(struct ctx *c, int64_t prescription_id, int64_t version,
                             struct screening_record *record)
{
    bool found;

    TRY(db_row(c, &q_screening_latest, PARAMS(SHOP(c), I64(prescription_id), I64(version)), record_columns,
               record, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "screening",
                        arena_printf(&c->arena, "version %lld", (long long)version), "was never screened");
    return ST_OK;
}

enum status screening_findings(struct ctx *c, int64_t screening_id, struct stored_finding **findings,
                               size_t *count)
{
    return db_all(c, &q_screening_findings, PARAMS(SHOP(c), I64(screening_id)), finding_columns,
                  sizeof **findings, findings, count);
}
