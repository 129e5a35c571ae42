/* The final check: another person looks, and the stock goes down by what was really weighed, all in one transaction. */
#include "core/audit.h"
#include "core/bench.h"
#include "core/order.h"
#include "core/order_step.h"
#include "core/person.h"
#include "db/db.h"
#include "sql.h"

struct facts {
    int64_t filler_id;
    const char *filler_name;
    int64_t total_weighed;
    int64_t mode_id; /* of the single-person mode; 0 = off */
    bool second_look_due;
    struct instant second_look_from;
};

static const struct column fact_columns[] = {
    COLUMN(struct facts, filler_id),
    COLUMN(struct facts, filler_name),
    COLUMN(struct facts, total_weighed),
    COLUMN(struct facts, mode_id),
    COLUMN(struct facts, second_look_due),
    COLUMN(struct facts, second_look_from),
    COLUMNS_END,
};

struct check {
    int64_t id;
    const char *note;
};

struct booked {
    int64_t moves;
};

static const struct column booked_columns[] = { COLUMN(struct booked, moves), COLUMNS_END };

/* The filler may check her own work only in the recorded single-person mode, after its delay (PRODUCT law 8). */
static enum status refuse_same_person(struct ctx *c, const struct facts *facts)
{
    if (facts->filler_id != c->who.user_id)
        return ST_OK;
    if (facts->mode_id == 0)
        return ctx_fail(c, ST_DENIED, "checker", c->who.username,
                        "weighed this order: somebody other than %s must check it", facts->filler_name);
    if (!facts->second_look_due)
        return ctx_fail(c, ST_DENIED, "checker", c->who.username,
                        "weighed this order: the second look of a single-person shop comes from %s on",
                        instant_text(&c->arena, facts->second_look_from));
    return ST_OK;
}

static void note_short(struct ctx *c, const char *field, const struct reservation *r)
{
    ctx_note(c, ST_SHORT, field, r->herb,
             "cannot be booked: %s was weighed of lot %s, and %s lies there by the books",
             weight_text(&c->arena, r->weighed), r->lot_code, weight_text(&c->arena, r->there));
}

/* What happened since the weighing: a lot was recalled, or somebody took from it. What changes after this look,
   balances_not_negative stops. */
static enum status refuse_changed_lots(struct ctx *c, int64_t id, struct reservation **lines, size_t *n)
{
    struct reservation *list;

    TRY(db_run(c, &q_check_lock_lots, PARAMS(SHOP(c), I64(id))));
    TRY(order_reservations(c, id, lines, n));
    list = *lines;
    for (size_t i = 0; i < *n; i++) {
        const char *field = arena_printf(&c->arena, "lines[%lld]", (long long)list[i].line_no);

        if (*list[i].refusal != '\0')
            ctx_note(c, ST_CONFLICT, field, list[i].herb,
                     "cannot be handed out: lot %s is %s; cancel the order", list[i].lot_code,
                     list[i].refusal);
        else if (list[i].weighed.mg > list[i].there.mg)
            note_short(c, field, &list[i]);
    }
    return ctx_fault_or_ok(c);
}

/* Every weight must become a move: a shop without a place for what patients take would book nothing. */
static enum status book(struct ctx *c, int64_t id, const struct reservation *lines, size_t n)
{
    struct booked booked = { 0 };
    bool found;

    TRY(db_row(c, &q_check_book, PARAMS(SHOP(c), I64(id), USER(c)), booked_columns, &booked, &found));
    if ((size_t)booked.moves != n)
        return ctx_fail(c, ST_BROKEN, "stock", NULL,
                        "was not booked: the shop has no location of the kind patient");
    return order_trim_others(c, lines, n);
}

static enum status check(struct ctx *c, void *arg)
{
    static const char *const from[] = { "weighed", NULL };
    const struct check *want = arg;
    struct locked_order order;
    struct facts facts;
    struct reservation *lines;
    size_t n;
    bool found, alone;

    TRY(order_lock(c, want->id, from, "checked", &order));
    TRY(db_row(c, &q_check_facts, PARAMS(SHOP(c), I64(want->id)), fact_columns, &facts, &found));
    if (!found)
        return ctx_fail(c, ST_BROKEN, "order_id", NULL, "is weighed, but by nobody");
    TRY(refuse_same_person(c, &facts));
    TRY(refuse_changed_lots(c, want->id, &lines, &n));
    TRY(order_packets_checked(c, want->id));
    alone = facts.filler_id == c->who.user_id;
    TRY(db_run(c, &q_check_insert,
               PARAMS(SHOP(c), I64(want->id), I64(facts.filler_id), USER(c),
                      I64_OR_NULL(alone ? facts.mode_id : 0), I64(facts.total_weighed),
                      TEXT_OR_NULL(want->note), alone ? INSTANT(facts.second_look_from) : NONE())));
    TRY(book(c, want->id, lines, n));
    return audit_note(c, alone ? "order_checked_alone" : "order_checked", order_subject(c, want->id),
                      want->note);
}

enum status order_check(struct ctx *c, int64_t id, const char *note)
{
    struct check want = { .id = id, .note = note };

    TRY(person_require(c, ROLE_PHARMACIST, "check an order"));
    return db_tx(c, check, &want);
}
