/* Waste and start again: what was weighed is booked as lost, lot by lot, the order ends, and another takes its place. */
#include <string.h>

#include "core/audit.h"
#include "core/order.h"
#include "core/order_step.h"
#include "core/person.h"
#include "db/db.h"
#include "sql.h"

struct waste {
    const struct knowledge *knowledge;
    int64_t id;
    const char *reason, *note;
    bool again;
    int64_t successor;
};

struct booked {
    int64_t wanted, moves;
};

static const struct column booked_columns[] = {
    COLUMN(struct booked, wanted),
    COLUMN(struct booked, moves),
    COLUMNS_END,
};

static enum status book(struct ctx *c, const struct waste *want, bool after_check)
{
    struct booked booked = { 0 };
    bool found;

    TRY(db_row(c, &q_order_waste_book,
               PARAMS(SHOP(c), I64(want->id), USER(c), BOOL(after_check), TEXT(want->reason)), booked_columns,
               &booked, &found));
    if (booked.wanted == 0)
        return ctx_fail(c, ST_CONFLICT, "order_id", arena_printf(&c->arena, "%lld", (long long)want->id),
                        "has nothing weighed that could be wasted: cancel it instead");
    if (booked.moves != booked.wanted)
        return ctx_fail(c, ST_BROKEN, "stock", NULL,
                        "was not booked: the shop has no location of the kind loss");
    return ST_OK;
}

static enum status waste(struct ctx *c, void *arg)
{
    static const char *const from[] = { "released", "weighed", "checked", NULL };
    struct waste *want = arg;
    struct locked_order order;
    struct reservation *lines;
    bool after_check;
    size_t n;

    want->successor = 0;
    TRY(order_lock_stopped(c, want->id, from, "wasted", &order));
    TRY(order_reason(c, "waste", want->reason, want->note));
    after_check = strcmp(order.state, "checked") == 0;
    TRY(db_run(c, &q_order_waste,
               PARAMS(SHOP(c), I64(want->id), USER(c), TEXT(want->reason), TEXT_OR_NULL(want->note),
                      BOOL(after_check))));
    TRY(order_reservations(c, want->id, &lines, &n));
    TRY(book(c, want, after_check));
    if (!after_check)
        TRY(order_trim_others(c, lines, n));
    TRY(audit_note(c, after_check ? "order_wasted_after_check" : "order_wasted", order_subject(c, want->id),
                   want->reason));
    return want->again ? order_enter_again(c, want->knowledge, &order, &want->successor) : ST_OK;
}

enum status order_waste(struct ctx *c, const struct knowledge *knowledge, int64_t id, const char *reason,
                        const char *note, bool again, int64_t *successor)
{
    struct waste want = { .knowledge = knowledge, .id = id, .reason = reason, .note = note, .again = again };

    TRY(person_require(c, ROLE_PHARMACIST, "waste an order"));
    TRY(db_tx(c, waste, &want));
    *successor = want.successor;
    return ST_OK;
}
