/* Net weights: what the scale said less the container, before anything is stored. */
#include "core/audit.h"
#include "core/order_step.h"
#include "db/db.h"
#include "sql.h"

struct reading {
    int64_t id;
    struct weight weight;
    const char *line;
    bool own, fresh, used;
};

static const struct column reading_columns[] = {
    COLUMN(struct reading, id),
    COLUMN(struct reading, weight),
    COLUMN(struct reading, line),
    COLUMN(struct reading, own),
    COLUMN(struct reading, fresh),
    COLUMN(struct reading, used),
    COLUMNS_END,
};

enum status order_reading(struct ctx *c, const char *field, int64_t id, struct weight *weight)
{
    const char *shown = arena_printf(&c->arena, "%lld", (long long)id);
    struct reading r;
    bool found;

    TRY(db_row(c, &q_weighing_readings, PARAMS(SHOP(c), I64S(&id, 1), USER(c)), reading_columns, &r, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, field, shown, "is no reading of a scale of this shop");
    if (r.used)
        return ctx_fail(c, ST_CONFLICT, field, shown, "was used for another weight: read the scale again");
    if (!r.own || !r.fresh)
        return ctx_fail(c, ST_CONFLICT, field, shown, "%s: read the scale again",
                        r.own ? "is older than 15 minutes" : "was read by somebody else");
    *weight = r.weight;
    return ST_OK;
}

/* Fills in what follows from the rest of one weighing. */
static void net(struct ctx *c, size_t at, struct order_weighing *w)
{
    const char *field = arena_printf(&c->arena, "weighings[%zu]", at);
    const char *tare = weight_text(&c->arena, w->tare), *gross = weight_text(&c->arena, w->gross);

    if (w->reading_id != 0 && order_reading(c, field, w->reading_id, &w->gross) != ST_OK)
        return;
    gross = weight_text(&c->arena, w->gross);
    if (w->gross.mg == 0) {
        if (w->tare.mg != 0)
            ctx_note(c, ST_INVALID, field, tare, "is a container's weight without the gross weight");
        return;
    }
    if (w->tare.mg < 0 || w->tare.mg >= w->gross.mg)
        ctx_note(c, ST_INVALID, field, tare, "is the container's weight, and not less than the gross of %s",
                 gross);
    else if (w->weighed.mg != 0 && w->weighed.mg != w->gross.mg - w->tare.mg)
        ctx_note(c, ST_INVALID, field, weight_text(&c->arena, w->weighed),
                 "is not %s gross less %s of the container", gross, tare);
    else
        w->weighed.mg = w->gross.mg - w->tare.mg;
}

enum status order_net_weights(struct ctx *c, const struct order_weighing *asked, size_t count,
                              const struct order_weighing **out)
{
    struct order_weighing *list = arena_array(&c->arena, count, sizeof *list);

    for (size_t i = 0; i < count; i++) {
        list[i] = asked[i];
        if (list[i].gross.mg < 0 || list[i].gross.mg > WEIGHT_LIMIT_MG)
            ctx_note(c, ST_INVALID, "gross_mg", weight_text(&c->arena, list[i].gross), "is no weight");
        else
            net(c, i, &list[i]);
    }
    *out = list;
    return ctx_fault_or_ok(c);
}
