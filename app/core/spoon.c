/* What a level spoon holds: measured per lot or per order's mixture, compared with the measure before, and said for a dose. */
#include "base/text.h"
#include "core/audit.h"
#include "core/bench.h"
#include "core/order_step.h"
#include "core/person.h"
#include "db/db.h"
#include "sql.h"

enum { SPOONS_MOST = 100, SPOON_LONGEST = 40 };
#define SPOON_WEIGHT_MOST INT64_C(1000000)

struct added {
    int64_t id;
};

struct previous {
    int64_t id, spoons, weighed;
    const char *lot_code;
};

struct said {
    const char *spoon;
    int64_t spoons, weighed, half_spoons;
};

struct setting {
    int64_t density_permille;
};

static const struct column added_columns[] = { COLUMN(struct added, id), COLUMNS_END };
static const struct column previous_columns[] = {
    COLUMN(struct previous, id),
    COLUMN(struct previous, spoons),
    COLUMN(struct previous, weighed),
    COLUMN(struct previous, lot_code),
    COLUMNS_END,
};
static const struct column said_columns[] = {
    COLUMN(struct said, spoon),
    COLUMN(struct said, spoons),
    COLUMN(struct said, weighed),
    COLUMN(struct said, half_spoons),
    COLUMNS_END,
};
static const struct column setting_columns[] = { COLUMN(struct setting, density_permille), COLUMNS_END };

static enum status check(struct ctx *c, const struct spoon_measure *m, struct weight weighed)
{
    if ((m->lot_id == 0) == (m->order_id == 0))
        ctx_note(c, ST_INVALID, "lot_id", NULL,
                 "or order_id must be given, and not both: what the spoon is of");
    if (m->spoons < 1 || m->spoons > SPOONS_MOST)
        ctx_note(c, ST_INVALID, "spoons", arena_printf(&c->arena, "%lld", (long long)m->spoons), "is 1 to %d",
                 SPOONS_MOST);
    if (*m->spoon == '\0' || utf8_length(m->spoon) > SPOON_LONGEST)
        ctx_note(c, ST_INVALID, "spoon", m->spoon, "says which spoon in 1 to %d characters", SPOON_LONGEST);
    if (weighed.mg < 1 || weighed.mg > SPOON_WEIGHT_MOST)
        ctx_note(c, ST_INVALID, "weighed_mg", weight_text(&c->arena, weighed), "is 1 mg to 1 kg");
    return ctx_fault_or_ok(c);
}

struct measuring {
    const struct spoon_measure *measure;
    struct spoon_measured *measured;
};

static enum status compare(struct ctx *c, const struct spoon_measure *m, struct weight weighed,
                           struct spoon_measured *out, int64_t *previous_id)
{
    struct previous p;
    struct setting setting;
    bool found;

    *out = (struct spoon_measured){ 0 };
    *previous_id = 0;
    TRY(db_row(c, &q_spoon_previous,
               PARAMS(SHOP(c), I64_OR_NULL(m->lot_id), I64_OR_NULL(m->order_id), TEXT(m->spoon)),
               previous_columns, &p, &found));
    if (!found)
        return ST_OK;
    TRY(db_row(c, &q_bench_settings_show, PARAMS(SHOP(c)), setting_columns, &setting, &found));
    *previous_id = p.id;
    out->compared_lot = p.lot_code;
    out->shift_permille =
        scale_i64(weighed.mg * p.spoons - p.weighed * m->spoons, 1000, p.weighed * m->spoons);
    out->shifted =
        out->shift_permille > setting.density_permille || out->shift_permille < -setting.density_permille;
    return ST_OK;
}

static enum status measure(struct ctx *c, void *arg)
{
    const struct measuring *job = arg;
    const struct spoon_measure *m = job->measure;
    struct weight weighed = m->weighed;
    struct added added;
    int64_t previous_id;
    bool found;

    if (m->reading_id != 0)
        TRY(order_reading(c, "reading_id", m->reading_id, &weighed));
    TRY(check(c, m, weighed));
    TRY(compare(c, m, weighed, job->measured, &previous_id));
    TRY(db_row(c, &q_spoon_add,
               PARAMS(SHOP(c), I64_OR_NULL(m->lot_id), I64_OR_NULL(m->order_id), TEXT(m->spoon),
                      I64(m->spoons), WEIGHT(weighed), I64_OR_NULL(m->reading_id), I64_OR_NULL(previous_id),
                      previous_id == 0 ? NONE() : I64(job->measured->shift_permille), USER(c)),
               added_columns, &added, &found));
    job->measured->id = added.id;
    return audit_note(c, "spoon_measured",
                      m->lot_id != 0 ? arena_printf(&c->arena, "lot %lld", (long long)m->lot_id)
                                     : order_subject(c, m->order_id),
                      arena_printf(&c->arena, "%lld level spoons (%s) are %s", (long long)m->spoons, m->spoon,
                                   weight_text(&c->arena, weighed)));
}

enum status spoon_measure_add(struct ctx *c, const struct spoon_measure *asked,
                              struct spoon_measured *measured)
{
    struct measuring job = { asked, measured };

    TRY(person_require(c, ROLE_PHARMACIST | ROLE_STAFF, "measure a spoon"));
    return db_tx(c, measure, &job);
}

enum status spoon_of_dose(struct ctx *c, int64_t order_id, struct weight dose, const char **text,
                          const char **spoon)
{
    struct said said;
    bool found;

    *text = *spoon = NULL;
    TRY(db_row(c, &q_spoon_dose, PARAMS(SHOP(c), I64(order_id), WEIGHT(dose)), said_columns, &said, &found));
    if (!found)
        return ST_OK;
    *spoon = said.spoon;
    if (said.half_spoons == 1)
        *text = "½";
    else if (said.half_spoons > 1)
        *text = arena_printf(&c->arena, "%lld%s", (long long)said.half_spoons / 2,
                             said.half_spoons % 2 == 0 ? "" : "½");
    return ST_OK;
}
