/* Recording what was weighed of each reserved lot. One person weighs an order; a weight outside the tolerance must have been
   approved by another, for exactly that weight. */
#include "base/text.h"
#include "core/audit.h"
#include "core/order.h"
#include "core/order_step.h"
#include "core/person.h"
#include "core/stock_parts.h"
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
    COLUMN(struct reservation, there),
    COLUMN(struct reservation, refusal),
    COLUMN(struct reservation, unidentified),
    COLUMN(struct reservation, counted),
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

enum status order_trim_others(struct ctx *c, const struct reservation *list, size_t count)
{
    int64_t *lots = arena_array(&c->arena, count, sizeof *lots);
    size_t n = 0;

    for (size_t i = 0; i < count; i++)
        if (list[i].weighed.mg > list[i].planned.mg)
            lots[n++] = list[i].lot_id;
    return n > 0 ? stock_trim_reservations(c, lots, n) : ST_OK;
}

/* A weight that somebody else accepts. */
struct approval {
    int64_t line_no, lot_id, location_id;
    struct weight weighed;
    int64_t approved_by;
};

static const struct column approval_columns[] = {
    COLUMN(struct approval, line_no),     COLUMN(struct approval, lot_id),
    COLUMN(struct approval, location_id), COLUMN(struct approval, weighed),
    COLUMN(struct approval, approved_by), COLUMNS_END,
};

/* What a weight is stored against. */
struct chosen {
    struct reservation *reservation;
    int64_t approved_by; /* 0: nobody needed to */
};

struct weighing_job {
    int64_t id;
    const struct order_weighing *asked, *weighings; /* as given, and with their net weights */
    size_t count;
    const struct approval *approvals; /* by others than the one who weighs */
    size_t approval_count;
    struct chosen *chosen; /* for each weighing */
    const char *way_out;   /* when a lot may not be used any more */
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

static void note_not_allocated(struct ctx *c, const char *field, const struct order_weighing *weighing)
{
    ctx_note(c, ST_CONFLICT, field,
             arena_printf(&c->arena, "line %lld, lot %lld", (long long)weighing->line_no,
                          (long long)weighing->lot_id),
             "is not allocated to this order, or lies in several places: name line, lot and location as the "
             "weigh sheet does");
}

static bool outside_tolerance(const struct reservation *r, struct weight weighed)
{
    int64_t off = weighed.mg > r->planned.mg ? weighed.mg - r->planned.mg : r->planned.mg - weighed.mg;

    return off * 1000 > r->planned.mg * r->tolerance_permille;
}

/* Who approved this weight of this lot; 0 when nobody did. */
static int64_t approver_of(const struct weighing_job *job, const struct reservation *r, struct weight weighed)
{
    for (size_t i = 0; i < job->approval_count; i++) {
        const struct approval *a = &job->approvals[i];

        if (a->line_no == r->line_no && a->lot_id == r->lot_id && a->location_id == r->location_id &&
            a->weighed.mg == weighed.mg)
            return a->approved_by;
    }
    return 0;
}

const char *order_amount(struct ctx *c, bool counted, struct weight amount)
{
    if (!counted)
        return weight_text(&c->arena, amount);
    return arena_printf(&c->arena, "%lld piece%s", (long long)amount.mg, amount.mg == 1 ? "" : "s");
}

static const char *amount_text(struct ctx *c, const struct reservation *r, struct weight amount)
{
    return order_amount(c, r != NULL && r->counted, amount);
}

/* Notes what is wrong with one weight; marks the reservation as weighed when nothing is. */
static void weigh_one(struct ctx *c, const struct weighing_job *job, size_t at)
{
    const struct order_weighing *weighing = &job->weighings[at];
    struct reservation *r = job->chosen[at].reservation;
    const char *field = arena_printf(&c->arena, "weighings[%zu]", at);
    const char *weight = amount_text(c, r, weighing->weighed);

    if (r == NULL)
        note_not_allocated(c, field, weighing);
    else if (weighing->weighed.mg < 1 || weighing->weighed.mg > WEIGHT_LIMIT_MG)
        ctx_note(c, ST_INVALID, field, weight, "is not a weight of %s", r->herb);
    else if (*r->refusal != '\0')
        ctx_note(c, ST_CONFLICT, field, r->herb, "lot %s may not be used: %s; %s", r->lot_code, r->refusal,
                 job->way_out);
    else if (r->unidentified)
        ctx_note(c, ST_CONFLICT, field, r->herb,
                 "nobody has looked whether it is lot %s: scan its label (pick, then identity check)",
                 r->lot_code);
    else if (weighing->weighed.mg > r->there.mg)
        ctx_note(c, ST_SHORT, field, weight, "is more than lies there: %s of %s, lot %s",
                 amount_text(c, r, r->there), r->herb, r->lot_code);
    else if (r->weighed.mg > 0)
        ctx_note(c, ST_CONFLICT, field, weight, "%s from lot %s has been weighed already: %s", r->herb,
                 r->lot_code, amount_text(c, r, r->weighed));
    else if (r->counted && (weighing->weighed.mg != r->planned.mg || weighing->gross.mg != 0))
        ctx_note(c, ST_CONFLICT, field, weight, "is counted, not weighed: %s of %s, lot %s, go along",
                 amount_text(c, r, r->planned), r->herb, r->lot_code);
    else if (r->ran_out)
        ctx_note(c, ST_CONFLICT, field, r->herb, "the reservation of lot %s ran out: %s", r->lot_code,
                 job->way_out);
    else if (outside_tolerance(r, weighing->weighed) && approver_of(job, r, weighing->weighed) == 0)
        ctx_note(c, ST_CONFLICT, field, weight,
                 "is more than %lld.%lld %% off the %s of %s wanted: weigh again, or let a second person "
                 "approve it",
                 (long long)r->tolerance_permille / 10, (long long)r->tolerance_permille % 10,
                 weight_text(&c->arena, r->planned), r->herb);
    else {
        job->chosen[at].approved_by = approver_of(job, r, weighing->weighed);
        r->weighed = weighing->weighed;
    }
}

/* The person acting becomes the order's filler, or is it already. */
static enum status fill(struct ctx *c, int64_t id)
{
    struct filler filler;
    size_t begun;
    bool found;

    TRY(db_change(c, &q_order_filler_insert, PARAMS(SHOP(c), I64(id), USER(c)), &begun));
    if (begun > 0)
        TRY(order_tell(c, id, "weighing_begun", NULL));
    TRY(db_row(c, &q_order_filler, PARAMS(SHOP(c), I64(id)), filler_columns, &filler, &found));
    if (!found || filler.filler_id != c->who.user_id)
        return ctx_fail(c, ST_CONFLICT, "filler", c->who.username,
                        "cannot weigh this order: %s is filling it",
                        found ? filler.filler_name : "somebody else");
    return ST_OK;
}

static enum status store(struct ctx *c, const struct weighing_job *job, const struct locked_order *order)
{
    const size_t n = job->count;
    int64_t *line = arena_array(&c->arena, n, sizeof *line), *lot = arena_array(&c->arena, n, sizeof *lot);
    int64_t *place = arena_array(&c->arena, n, sizeof *place), *mg = arena_array(&c->arena, n, sizeof *mg);
    int64_t *approver = arena_array(&c->arena, n, sizeof *approver);
    int64_t *gross = arena_array(&c->arena, n, sizeof *gross),
            *tare = arena_array(&c->arena, n, sizeof *tare);
    int64_t *reading = arena_array(&c->arena, n, sizeof *reading);

    for (size_t i = 0; i < n; i++) {
        const struct reservation *r = job->chosen[i].reservation;

        line[i] = r->line_no;
        lot[i] = r->lot_id;
        place[i] = r->location_id;
        mg[i] = r->weighed.mg;
        approver[i] = job->chosen[i].approved_by;
        gross[i] = job->weighings[i].gross.mg;
        tare[i] = job->weighings[i].tare.mg;
        reading[i] = job->weighings[i].reading_id;
    }
    return db_run(c, &q_weighing_insert,
                  PARAMS(SHOP(c), I64(order->id), I64(order->allocation_no), USER(c), I64S(line, n),
                         I64S(lot, n), I64S(place, n), I64S(mg, n), I64S(approver, n), I64S(gross, n),
                         I64S(tare, n), I64S(reading, n)));
}

static enum status read_approvals(struct ctx *c, struct weighing_job *job)
{
    struct approval *list;

    TRY(db_all(c, &q_weighing_approvals, PARAMS(SHOP(c), I64(job->id), USER(c)), approval_columns,
               sizeof *list, &list, &job->approval_count));
    job->approvals = list;
    return ST_OK;
}

/* A place from which more has been weighed than lies there. */
struct beyond {
    int64_t lot_id, location_id;
    struct weight there, weighed;
    const char *orders;
};

static const struct column beyond_columns[] = {
    COLUMN(struct beyond, lot_id),  COLUMN(struct beyond, location_id), COLUMN(struct beyond, there),
    COLUMN(struct beyond, weighed), COLUMN(struct beyond, orders),      COLUMNS_END,
};

/* What all orders together weigh of a lot lies there; the lots are locked, so nobody weighs of them meanwhile. */
static enum status refuse_beyond(struct ctx *c, const struct weighing_job *job, const int64_t *lots)
{
    struct beyond *list;
    size_t n;

    TRY(db_all(c, &q_weighing_beyond, PARAMS(SHOP(c), I64(job->id), I64S(lots, job->count)), beyond_columns,
               sizeof *list, &list, &n));
    for (size_t i = 0; i < job->count * n; i++) {
        const struct reservation *r = job->chosen[i / n].reservation;
        const struct beyond *b = &list[i % n];

        if (b->lot_id == r->lot_id && b->location_id == r->location_id)
            ctx_note(
                c, ST_SHORT, arena_printf(&c->arena, "weighings[%zu]", i / n), amount_text(c, r, r->weighed),
                "is more than is left of %s, lot %s: with it %s is weighed, for the orders %s, and %s lies "
                "there; "
                "weigh less, take the rest from another lot, or count this one",
                r->herb, r->lot_code, amount_text(c, r, b->weighed), b->orders, amount_text(c, r, b->there));
    }
    return ctx_fault_or_ok(c);
}

/* The lots of the weights, in no order: the lock takes them in its own. */
static int64_t *lots_of(struct ctx *c, const struct weighing_job *job)
{
    int64_t *lots = arena_array(&c->arena, job->count, sizeof *lots);

    for (size_t i = 0; i < job->count; i++)
        lots[i] = job->weighings[i].lot_id;
    return lots;
}

/* Nothing is allocated again once something was weighed: order_allocate refuses it. */
static const char *way_out(const struct reservation *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (list[i].weighed.mg > 0)
            return "something has been weighed already, so cancel the order and enter it anew";
    return "allocate the order again";
}

static enum status note_weighed(struct ctx *c, const struct weighing_job *job)
{
    struct text details;

    text_init(&details, &c->arena);
    for (size_t i = 0; i < job->count; i++) {
        const struct reservation *r = job->chosen[i].reservation;

        text_addf(&details, "%sline %lld, lot %s: %s", i == 0 ? "" : "; ", (long long)r->line_no, r->lot_code,
                  amount_text(c, r, r->weighed));
    }
    return audit_note(c, "order_weighed", order_subject(c, job->id), details.data);
}

static enum status weigh(struct ctx *c, void *arg)
{
    static const char *const from[] = { "released", NULL };
    struct weighing_job *job = arg;
    struct reservation *list;
    struct locked_order order;
    int64_t *lots;
    size_t n, left = 0;

    job->chosen = arena_array(&c->arena, job->count, sizeof *job->chosen);
    TRY(order_net_weights(c, job->asked, job->count, &job->weighings));
    TRY(order_lock(c, job->id, from, "weighed", &order));
    TRY(fill(c, job->id));
    TRY(read_approvals(c, job));
    lots = lots_of(c, job);
    TRY(db_run(c, &q_stock_lock_lots, PARAMS(SHOP(c), I64S(lots, job->count))));
    TRY(order_reservations(c, job->id, &list, &n));
    job->way_out = way_out(list, n);
    for (size_t i = 0; i < job->count; i++) {
        job->chosen[i].reservation = reservation_of(list, n, &job->weighings[i]);
        weigh_one(c, job, i);
    }
    TRY(ctx_fault_or_ok(c));
    TRY(store(c, job, &order));
    TRY(refuse_beyond(c, job, lots));
    TRY(note_weighed(c, job));
    for (size_t i = 0; i < n; i++)
        left += list[i].weighed.mg == 0;
    if (left > 0)
        return ST_OK;
    return db_run(c, &q_order_advance, PARAMS(SHOP(c), I64(job->id), TEXT("weighed"), USER(c), NONE()));
}

enum status order_weigh(struct ctx *c, int64_t id, const struct order_weighing *weighings, size_t count)
{
    struct weighing_job job = { .id = id, .asked = weighings, .count = count };

    TRY(person_require(c, ROLE_PHARMACIST | ROLE_STAFF, "weigh an order"));
    if (count == 0 || count > WEIGHINGS_MOST)
        return ctx_fail(c, ST_INVALID, "weighings", NULL, "are 1 to %d", WEIGHINGS_MOST);
    return db_tx(c, weigh, &job);
}

struct approving {
    int64_t id;
    const struct order_weighing *weighing;
    const char *note;
};

static enum status approve(struct ctx *c, void *arg)
{
    static const char *const from[] = { "released", NULL };
    const struct approving *want = arg;
    const struct order_weighing *weighing = want->weighing;
    struct reservation *list, *r;
    struct locked_order order;
    const char *what;
    size_t n;

    TRY(order_lock(c, want->id, from, "weighed", &order));
    TRY(order_reservations(c, want->id, &list, &n));
    r = reservation_of(list, n, weighing);
    if (r == NULL)
        note_not_allocated(c, "weighing", weighing);
    TRY(ctx_fault_or_ok(c));
    TRY(db_run(c, &q_weighing_approve,
               PARAMS(SHOP(c), I64(want->id), I64(order.allocation_no), I64(r->line_no), I64(r->lot_id),
                      I64(r->location_id), WEIGHT(weighing->weighed), USER(c), TEXT_OR_NULL(want->note))));
    what = arena_printf(&c->arena, "%s of %s, lot %s, planned %s", weight_text(&c->arena, weighing->weighed),
                        r->herb, r->lot_code, weight_text(&c->arena, r->planned));
    TRY(order_tell(c, want->id, "weight_approved", what));
    return audit_note(c, "weight_approved", order_subject(c, want->id), what);
}

enum status order_approve(struct ctx *c, int64_t id, const struct order_weighing *weighing, const char *note)
{
    struct approving want = { .id = id, .weighing = weighing, .note = note };

    TRY(person_require(c, ROLE_PHARMACIST | ROLE_STAFF, "approve a weight"));
    return db_tx(c, approve, &want);
}
