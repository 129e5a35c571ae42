/* Reserving lots for an order, earliest expiry first. Which lot for which line is decided by one call of the database (order_reserve,
   schema/0068); here is what comes before it. Other orders wait from that call to the end of the transaction, so nothing is done
   after it, and the commit travels with it. Stock goes down later, at the final check. */
#include "core/audit.h"
#include "core/order.h"
#include "core/order_step.h"
#include "core/person.h"
#include "db/db.h"
#include "sql.h"

struct allocation {
    int64_t id;
    struct date course_ends;
    const char *otherwise;
    struct allocated made;
};

static const struct column made_columns[] = {
    COLUMN(struct allocated, id),
    COLUMN(struct allocated, allocation_no),
    COLUMN(struct allocated, state),
    COLUMN(struct allocated, course_ends_on),
    COLUMN(struct allocated, earliest),
    COLUMN(struct allocated, today),
    COLUMN(struct allocated, reserved_until),
    COLUMNS_END,
};

/* What an earlier allocation set aside is let go, unless the filler has begun. */
static enum status let_go(struct ctx *c, int64_t id)
{
    struct reservation *list;
    size_t n;

    TRY(order_reservations(c, id, &list, &n));
    for (size_t i = 0; i < n; i++)
        if (list[i].weighed.mg > 0)
            return ctx_fail(c, ST_CONFLICT, "order_id", NULL,
                            "cannot be allocated again: %s has been weighed", list[i].herb);
    return db_run(c, &q_allocation_end, PARAMS(SHOP(c), I64(id)));
}

static enum status begin(struct ctx *c, struct allocation *want)
{
    static const char *const from[] = { "entered", "short", "allocated", "released", NULL };
    const struct allocated *made = &want->made;
    struct locked_order order;
    bool found;

    TRY(order_lock(c, want->id, from, "allocated", &order));
    if (order.allocation_no > 0)
        TRY(let_go(c, want->id));
    TRY(db_row(c, &q_allocation_begin, PARAMS(SHOP(c), I64(want->id), DATE(want->course_ends), USER(c)),
               made_columns, &want->made, &found));
    if (made->course_ends_on.days < made->earliest.days)
        return ctx_fail(c, ST_INVALID, "course_ends_on", date_text(&c->arena, made->course_ends_on),
                        "is before the course can end: a course that begins today ends on %s",
                        date_text(&c->arena, made->earliest));
    return audit_note(c, "order_allocated", order_subject(c, want->id), NULL);
}

static enum status allocate(struct ctx *c, void *arg)
{
    struct allocation *want = arg;
    const struct allocated *made = &want->made;
    struct order_short *shortage = arena_array(&c->arena, 1, sizeof *shortage);

    TRY(begin(c, want));
    *shortage = (struct order_short){ .id = want->id,
                                      .course_ends_on = made->course_ends_on,
                                      .otherwise = want->otherwise };
    db_tx_failed(c, ST_SHORT, order_short_record, shortage);
    return db_last(c, &q_allocation_take,
                   PARAMS(SHOP(c), I64(want->id), I64(made->allocation_no), DATE(made->today),
                          DATE(made->course_ends_on), INSTANT(made->reserved_until)));
}

enum status order_allocate_or(struct ctx *c, int64_t id, struct date course_ends, const char *otherwise,
                              struct allocated *allocated)
{
    struct allocation want = { .id = id, .course_ends = course_ends, .otherwise = otherwise };

    TRY(person_require(c, ROLE_PHARMACIST | ROLE_STAFF, "allocate an order"));
    TRY(db_tx(c, allocate, &want));
    *allocated = want.made;
    return ST_OK;
}

enum status order_allocate(struct ctx *c, int64_t id, struct date course_ends)
{
    struct allocated allocated;

    return order_allocate_or(c, id, course_ends, NULL, &allocated);
}
