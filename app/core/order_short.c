/* A lot that runs out at the bench: what is there is taken, the rest comes from other lots. */
#include "core/audit.h"
#include "core/bench.h"
#include "core/order_step.h"
#include "core/person.h"
#include "db/db.h"
#include "sql.h"

struct source {
    int64_t lot_id, location_id, free;
    const char *lot_code;
};

static const struct column source_columns[] = {
    COLUMN(struct source, lot_id),
    COLUMN(struct source, location_id),
    COLUMN(struct source, free),
    COLUMN(struct source, lot_code),
    COLUMNS_END,
};

static const struct column lot_columns[] = {
    COLUMN(struct source, lot_id),
    COLUMNS_END,
};

struct shortfall {
    int64_t id, line_no, lot_id, location_id;
    struct weight there;
};

static enum status find(struct ctx *c, const struct shortfall *want, struct reservation **found)
{
    struct reservation *list;
    size_t n;

    *found = NULL;
    TRY(order_reservations(c, want->id, &list, &n));
    for (size_t i = 0; i < n; i++)
        if (list[i].line_no == want->line_no && list[i].lot_id == want->lot_id &&
            (want->location_id == 0 || want->location_id == list[i].location_id))
            *found = &list[i];
    if (*found == NULL)
        return ctx_fail(c, ST_NOT_FOUND, "lot_id", arena_printf(&c->arena, "%lld", (long long)want->lot_id),
                        "is not allocated to line %lld of this order", (long long)want->line_no);
    if ((*found)->weighed.mg > 0)
        return ctx_fail(c, ST_CONFLICT, "lot_id", (*found)->lot_code, "of %s was weighed already: %s",
                        (*found)->herb, weight_text(&c->arena, (*found)->weighed));
    if (want->there.mg < 0 || want->there.mg >= (*found)->planned.mg)
        return ctx_fail(c, ST_INVALID, "there_mg", weight_text(&c->arena, want->there),
                        "is not less than the %s planned of lot %s",
                        weight_text(&c->arena, (*found)->planned), (*found)->lot_code);
    return ST_OK;
}

/* Spreads what is missing over the places, in their order; what is left over could not be found. */
static int64_t spread(const struct source *places, size_t n, int64_t missing, int64_t *taken, size_t *used)
{
    for (*used = 0; *used < n && missing > 0; (*used)++) {
        const int64_t free = places[*used].free < 0 ? 0 : places[*used].free;

        taken[*used] = free < missing ? free : missing;
        missing -= taken[*used];
    }
    return missing;
}

static enum status take(struct ctx *c, const struct shortfall *want, const struct locked_order *order,
                        const struct source *places, const int64_t *taken, size_t first, size_t used)
{
    int64_t *lots = arena_array(&c->arena, used, sizeof *lots),
            *at = arena_array(&c->arena, used, sizeof *at),
            *quantities = arena_array(&c->arena, used, sizeof *quantities);
    size_t n = 0;

    for (size_t i = first; i < used; i++) {
        if (taken[i] == 0)
            continue;
        lots[n] = places[i].lot_id;
        at[n] = places[i].location_id;
        quantities[n++] = taken[i];
    }
    return n == 0 ? ST_OK
                  : db_run(c, &q_shortfall_take,
                           PARAMS(SHOP(c), I64(want->id), I64(order->allocation_no), I64(want->line_no),
                                  I64S(lots, n), I64S(at, n), I64S(quantities, n)));
}

/* The places of the lots that could fill the line, which are locked: what lies there is nobody else's until the transaction ends. */
static enum status places_lock(struct ctx *c, const struct shortfall *want, struct source **places, size_t *n)
{
    const struct param line[] = { SHOP(c), I64(want->id), I64(want->line_no) };
    struct source *locked;
    int64_t *lots;
    size_t count;

    TRY(db_all(c, &q_shortfall_lock_lots, line, 3, lot_columns, sizeof *locked, &locked, &count));
    lots = arena_array(&c->arena, count, sizeof *lots);
    for (size_t i = 0; i < count; i++)
        lots[i] = locked[i].lot_id;
    return db_all(c, &q_shortfall_places,
                  PARAMS(SHOP(c), I64(want->id), I64(want->line_no), I64S(lots, count)), source_columns,
                  sizeof **places, places, n);
}

static enum status split(struct ctx *c, void *arg)
{
    static const char *const from[] = { "released", NULL };
    const struct shortfall *want = arg;
    struct locked_order order;
    struct reservation *r;
    struct source *places;
    int64_t *taken, missing;
    size_t n, used, first;

    TRY(order_lock(c, want->id, from, "weighed", &order));
    TRY(find(c, want, &r));
    TRY(places_lock(c, want, &places, &n));
    taken = arena_array(&c->arena, n + 1, sizeof *taken);
    missing = spread(places, n, r->planned.mg - want->there.mg, taken, &used);
    if (missing > 0)
        return ctx_fail(c, ST_SHORT, arena_printf(&c->arena, "lines[%lld]", (long long)want->line_no),
                        r->herb, "is short: %s is missing, and no other lot has it free",
                        weight_text(&c->arena, (struct weight){ missing }));
    for (first = 0; first < used && taken[first] == 0; first++)
        continue;
    first = want->there.mg > 0 ? 0 : first;
    TRY(db_run(c, &q_shortfall_cut,
               PARAMS(SHOP(c), I64(want->id), I64(order.allocation_no), I64(r->line_no), I64(r->lot_id),
                      USER(c), WEIGHT(want->there), want->there.mg > 0 ? NONE() : I64(places[first].lot_id),
                      want->there.mg > 0 ? NONE() : I64(places[first].location_id),
                      want->there.mg > 0 ? NONE() : I64(taken[first]), I64(r->location_id))));
    TRY(take(c, want, &order, places, taken, want->there.mg > 0 ? 0 : first + 1, used));
    return audit_note(c, "lot_ran_out", order_subject(c, want->id),
                      arena_printf(&c->arena, "line %lld, lot %s: %s of %s was there", (long long)r->line_no,
                                   r->lot_code, weight_text(&c->arena, want->there),
                                   weight_text(&c->arena, r->planned)));
}

enum status order_shortfall(struct ctx *c, int64_t id, int64_t line_no, int64_t lot_id, int64_t location_id,
                            struct weight there)
{
    struct shortfall want = { id, line_no, lot_id, location_id, there };

    TRY(person_require(c, ROLE_PHARMACIST | ROLE_STAFF, "take other lots"));
    return db_tx(c, split, &want);
}
