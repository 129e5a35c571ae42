/* Recording what was weighed of each reserved lot. One person weighs an order; weights outside the tolerance need another. */
#include "core/audit.h"
#include "core/order.h"
#include "core/order_step.h"
#include "core/person.h"
#include "db/db.h"
#include "sql.h"

enum { WEIGHINGS_MOST = 1000 };

static const struct column reservation_columns[] = {
    COLUMN(struct reservation, line_no),
    COLUMN(struct reservation, lot_id),
    COLUMN(struct reservation, location_id),
    COLUMN(struct reservation, planned),
    COLUMN(struct reservation, weighed),
    COLUMN(struct reservation, ran_out),
    COLUMN(struct reservation, tolerance_permille),
    COLUMN(struct reservation, herb),
    COLUMN(struct reservation, lot_code),
    COLUMNS_END,
};

struct filler {
    int64_t filler_id;
    const char *filler_name;
};

static const struct column filler_columns[] = {
    COLUMN(struct filler, filler_id),
    COLUMN(struct filler, filler_name),
    COLUMNS_END,
};

enum status order_reservations(struct ctx *c, int64_t id, struct reservation **list, size_t *count)
{
    return db_all(c, &q_order_reservations, PARAMS(SHOP(c), I64(id)), reservation_columns, sizeof **list,
                  list, count);
}

struct weighing_job {
    int64_t id;
    const struct order_weighing *weighings;
    size_t count;
    const char *approved_by;
};

/* The reserved lot a weight is meant for; NULL when there is none, or several places and none named. */
static struct reservation *reservation_of(struct reservation *list, size_t n,
                                          const struct order_weighing *weighing)
{
    struct reservation *found = NULL;

    for (size_t i = 0; i < n; i++) {
        if (list[i].line_no != weighing->line_no || list[i].lot_id != weighing->lot_id)
            continue;
        if (weighing->location_id == list[i].location_id)
            return &list[i];
        if (weighing->location_id == 0 && found != NULL)
            return NULL;
        if (weighing->location_id == 0)
            found = &list[i];
    }
    return found;
}

static bool outside_tolerance(const struct reservation *r, struct weight weighed)
{
    int64_t off = weighed.mg > r->planned.mg ? weighed.mg - r->planned.mg : r->planned.mg - weighed.mg;

    return off * 1000 > r->planned.mg * r->tolerance_permille;
}

/* Notes what is wrong with one weight; marks the reservation as weighed when nothing is. */
static void weigh_one(struct ctx *c, const struct weighing_job *job, size_t at, struct reservation *r)
{
    const struct order_weighing *weighing = &job->weighings[at];
    const char *field = arena_printf(&c->arena, "weighings[%zu]", at);
    const char *weight = weight_text(&c->arena, weighing->weighed);

    if (r == NULL)
        ctx_note(
            c, ST_CONFLICT, field,
            arena_printf(&c->arena, "line %lld, lot %lld", (long long)weighing->line_no,
                         (long long)weighing->lot_id),
            "is not allocated to this order, or lies in several places: name line, lot and location as the "
            "weigh sheet does");
    else if (weighing->weighed.mg < 1 || weighing->weighed.mg > WEIGHT_LIMIT_MG)
        ctx_note(c, ST_INVALID, field, weight, "is not a weight of %s", r->herb);
    else if (r->weighed.mg > 0)
        ctx_note(c, ST_CONFLICT, field, weight, "%s from lot %s has been weighed already: %s", r->herb,
                 r->lot_code, weight_text(&c->arena, r->weighed));
    else if (r->ran_out)
        ctx_note(c, ST_CONFLICT, field, r->herb,
                 "the reservation of lot %s ran out: allocate the order again", r->lot_code);
    else if (job->approved_by == NULL && outside_tolerance(r, weighing->weighed))
        ctx_note(c, ST_CONFLICT, field, weight,
                 "is more than %lld.%lld %% off the %s of %s wanted: weigh again, or let a second person "
                 "approve it",
                 (long long)r->tolerance_permille / 10, (long long)r->tolerance_permille % 10,
                 weight_text(&c->arena, r->planned), r->herb);
    else
        r->weighed = weighing->weighed;
}

/* The person acting becomes the order's filler, or is it already. */
static enum status fill(struct ctx *c, int64_t id)
{
    struct filler filler;
    bool found;

    TRY(db_run(c, &q_order_filler_insert, PARAMS(SHOP(c), I64(id), USER(c))));
    TRY(db_row(c, &q_order_filler, PARAMS(SHOP(c), I64(id)), filler_columns, &filler, &found));
    if (!found || filler.filler_id != c->who.user_id)
        return ctx_fail(c, ST_CONFLICT, "filler", c->who.username,
                        "cannot weigh this order: %s is filling it",
                        found ? filler.filler_name : "somebody else");
    return ST_OK;
}

static enum status store(struct ctx *c, const struct weighing_job *job, const struct locked_order *order,
                         struct reservation *const *chosen, int64_t approver)
{
    const size_t n = job->count;
    int64_t *line = arena_array(&c->arena, n, sizeof *line), *lot = arena_array(&c->arena, n, sizeof *lot);
    int64_t *place = arena_array(&c->arena, n, sizeof *place), *mg = arena_array(&c->arena, n, sizeof *mg);

    for (size_t i = 0; i < n; i++) {
        line[i] = chosen[i]->line_no;
        lot[i] = chosen[i]->lot_id;
        place[i] = chosen[i]->location_id;
        mg[i] = chosen[i]->weighed.mg;
    }
    return db_run(c, &q_weighing_insert,
                  PARAMS(SHOP(c), I64(order->id), I64(order->allocation_no), USER(c), I64_OR_NULL(approver),
                         I64S(line, n), I64S(lot, n), I64S(place, n), I64S(mg, n)));
}

static enum status weigh(struct ctx *c, void *arg)
{
    static const char *const from[] = { "released", NULL };
    const struct weighing_job *job = arg;
    struct reservation *list, **chosen = arena_array(&c->arena, job->count, sizeof(struct reservation *));
    struct locked_order order;
    int64_t approver = 0;
    size_t n, left = 0;

    TRY(order_lock(c, job->id, from, "weighed", &order));
    TRY(fill(c, job->id));
    if (job->approved_by != NULL)
        TRY(person_find(c, job->approved_by, &approver));
    if (approver == c->who.user_id)
        return ctx_fail(c, ST_DENIED, "approved_by", job->approved_by,
                        "is the person who weighs: another must approve");
    TRY(order_reservations(c, job->id, &list, &n));
    for (size_t i = 0; i < job->count; i++) {
        chosen[i] = reservation_of(list, n, &job->weighings[i]);
        weigh_one(c, job, i, chosen[i]);
    }
    TRY(ctx_fault_or_ok(c));
    TRY(store(c, job, &order, chosen, approver));
    for (size_t i = 0; i < n; i++)
        left += list[i].weighed.mg == 0;
    if (left > 0)
        return ST_OK;
    return db_run(c, &q_order_advance, PARAMS(SHOP(c), I64(job->id), TEXT("weighed"), USER(c), NONE()));
}

enum status order_weigh(struct ctx *c, int64_t id, const struct order_weighing *weighings, size_t count,
                        const char *approved_by)
{
    struct weighing_job job = {
        .id = id, .weighings = weighings, .count = count, .approved_by = approved_by
    };

    TRY(person_require(c, ROLE_PHARMACIST | ROLE_STAFF, "weigh an order"));
    if (count == 0 || count > WEIGHINGS_MOST)
        return ctx_fail(c, ST_INVALID, "weighings", NULL, "are 1 to %d", WEIGHINGS_MOST);
    return db_tx(c, weigh, &job);
}
