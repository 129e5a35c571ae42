/* Screenings stored: findings numbered without gaps so that the database can tell when all are answered, and answers carried
   over from earlier screenings of the same prescription. Answering is in screening_answer.c. */
#include "core/screening.h"

#include <stddef.h>

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
    COLUMNS_END,
};

static const struct column finding_columns[] = {
    COLUMN(struct stored_finding, finding_no),
    COLUMN(struct stored_finding, critical_no),
    COLUMN(struct stored_finding, kind),
    COLUMN(struct stored_finding, severity),
    COLUMN(struct stored_finding, rule_id),
    COLUMN(struct stored_finding, rule_version),
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

struct number {
    int64_t number;
};

static const struct column number_columns[] = { COLUMN(struct number, number), COLUMNS_END };

enum status screening_try(struct ctx *c, const struct knowledge *knowledge,
                          const struct prescription *prescription, struct stored_finding **findings,
                          size_t *count)
{
    struct screened screened;

    TRY(screen_prescription(c, knowledge, prescription, &screened));
    *findings = screened.findings;
    *count = screened.count;
    return ST_OK;
}

/* One text of every finding, as a parameter. */
static struct param texts_of(struct ctx *c, const struct screened *s, size_t offset)
{
    const char **texts = arena_array(&c->arena, s->count, sizeof *texts);

    for (size_t i = 0; i < s->count; i++)
        texts[i] = *(const char *const *)((const char *)&s->findings[i] + offset);
    return TEXTS(texts, s->count);
}

static enum status store_findings(struct ctx *c, int64_t id, const struct screened *s)
{
    int64_t *critical = arena_array(&c->arena, s->count, sizeof *critical);
    int64_t *versions = arena_array(&c->arena, s->count, sizeof *versions);
    int64_t *daily = arena_array(&c->arena, s->count, sizeof *daily);

    for (size_t i = 0; i < s->count; i++) {
        critical[i] = s->findings[i].critical_no;
        versions[i] = s->findings[i].rule_version;
        daily[i] = s->findings[i].daily.mg;
    }
#define TEXT_OF(field) texts_of(c, s, offsetof(struct stored_finding, field))
    return db_run(c, &q_findings_add,
                  PARAMS(SHOP(c), I64(id), I64(s->critical_count), TEXT_OF(kind), TEXT_OF(severity),
                         I64S(critical, s->count), TEXT_OF(rule_id), I64S(versions, s->count),
                         TEXT_OF(subject_id), TEXT_OF(subject_name), TEXT_OF(subject_typed),
                         TEXT_OF(object_id), TEXT_OF(object_name), TEXT_OF(object_typed), TEXT_OF(via),
                         I64S(daily, s->count), TEXT_OF(effect), TEXT_OF(mechanism), TEXT_OF(evidence),
                         TEXT_OF(action), TEXT_OF(citation), TEXT_OF(detail)));
#undef TEXT_OF
}

struct making {
    const struct knowledge *knowledge;
    int64_t prescription_id, version, id;
};

static enum status make(struct ctx *c, void *arg)
{
    struct making *m = arg;
    struct prescription prescription;
    struct screened screened;
    struct number made;
    bool found;

    TRY(prescription_get(c, m->knowledge, m->prescription_id, m->version, &prescription));
    TRY(screen_prescription(c, m->knowledge, &prescription, &screened));
    TRY(db_row(c, &q_screening_add,
               PARAMS(SHOP(c), I64(m->prescription_id), I64(m->version), I64(prescription.patient_id),
                      I64(screened.profile_version), TEXT(knowledge_version(&c->arena, m->knowledge)),
                      I64(screened.critical_count), USER(c)),
               number_columns, &made, &found));
    m->id = made.number;
    if (screened.count > 0)
        TRY(store_findings(c, m->id, &screened));
    TRY(db_run(c, &q_answers_carry, PARAMS(SHOP(c), I64(m->id))));
    TRY(alert_screened(c, m->id));
    return audit_note(c, "screened",
                      arena_printf(&c->arena, "prescription %lld", (long long)m->prescription_id),
                      arena_printf(&c->arena, "screening %lld, critical %lld", (long long)m->id,
                                   (long long)screened.critical_count));
}

enum status screening_make(struct ctx *c, const struct knowledge *knowledge, int64_t prescription_id,
                           int64_t version, int64_t *id)
{
    struct making m = { .knowledge = knowledge, .prescription_id = prescription_id, .version = version };

    TRY(db_tx(c, make, &m));
    *id = m.id;
    return ST_OK;
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
