/* Reserving lots for an order, earliest expiry first. Which lot for which line is decided by one call of the database (order_reserve,
   schema/0050); here is what comes before it, and what happens when it was not enough. Other orders wait from that call to the end of
   the transaction, so nothing that can be done before it is done after it. Stock goes down later, at the final check. */
#include "core/audit.h"
#include "core/order.h"
#include "core/order_step.h"
#include "core/person.h"
#include "db/db.h"
#include "sql.h"

struct allocation {
    int64_t id;
    struct date course_ends;
    struct allocated made;
};

struct begun {
    int64_t id, allocation_no;
    const char *state;
    struct date course_ends_on, earliest, today;
    struct instant reserved_until;
};

static const struct column begun_columns[] = {
    COLUMN(struct begun, id),
    COLUMN(struct begun, allocation_no),
    COLUMN(struct begun, state),
    COLUMN(struct begun, course_ends_on),
    COLUMN(struct begun, earliest),
    COLUMN(struct begun, today),
    COLUMN(struct begun, reserved_until),
    COLUMNS_END,
};
static const struct column lot_columns[] = {
    COLUMN(struct reserved_lot, line_no),     COLUMN(struct reserved_lot, lot_id),
    COLUMN(struct reserved_lot, location_id), COLUMN(struct reserved_lot, herb_id),
    COLUMN(struct reserved_lot, pinyin),      COLUMN(struct reserved_lot, hanzi),
    COLUMN(struct reserved_lot, lot_code),    COLUMN(struct reserved_lot, location),
    COLUMN(struct reserved_lot, expires_on),  COLUMN(struct reserved_lot, planned),
    COLUMN(struct reserved_lot, wanted),      COLUMN(struct reserved_lot, barred),
    COLUMN(struct reserved_lot, counted),     COLUMNS_END,
};

static void note_short(struct ctx *c, const struct short_line *line)
{
    const char *missing = order_amount(c, line->counted, weight_minus(line->wanted, line->there));
    const char *wanted = order_amount(c, line->counted, line->wanted);
    const char *field = arena_printf(&c->arena, "lines[%lld]", (long long)line->line_no);

    if (line->barred.mg > 0)
        ctx_note(
            c, ST_SHORT, field, line->herb,
            "is short: %s of %s is missing; %s more lies there but may not be used (expired, too close to "
            "expiry, or not released)",
            missing, wanted, order_amount(c, line->counted, line->barred));
    else
        ctx_note(c, ST_SHORT, field, line->herb, "is short: %s of %s is missing", missing, wanted);
}

/* Every short line is named; once this go has been undone they are kept as rows, and the order is short. The rows of a line follow
   each other. */
static enum status refuse_short(struct ctx *c, int64_t id, struct date course_ends_on,
                                const struct reserved_lot *rows, size_t n)
{
    struct order_short *found = arena_array(&c->arena, 1, sizeof *found);

    *found = (struct order_short){ .id = id, .course_ends_on = course_ends_on };
    found->lines = arena_array(&c->arena, n + 1, sizeof *found->lines);
    for (size_t i = 0, first = 0; i < n; first = i) {
        const struct reserved_lot *row = &rows[first];
        struct short_line line = { .line_no = row->line_no,
                                   .herb = *row->hanzi == '\0'
                                               ? row->pinyin
                                               : arena_printf(&c->arena, "%s %s", row->pinyin, row->hanzi),
                                   .wanted = row->wanted,
                                   .barred = row->barred,
                                   .counted = row->counted };

        for (; i < n && rows[i].line_no == line.line_no; i++)
            line.there = weight_plus(line.there, rows[i].planned);
        if (line.there.mg >= line.wanted.mg)
            continue;
        note_short(c, &line);
        found->lines[found->count++] = line;
    }
    if (found->count > 0)
        db_tx_failed(c, ST_SHORT, order_short_record, found);
    return ctx_fault_or_ok(c);
}

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

static enum status begin(struct ctx *c, const struct allocation *want, struct begun *begun)
{
    static const char *const from[] = { "entered", "short", "allocated", "released", NULL };
    struct locked_order order;
    bool found;

    TRY(order_lock(c, want->id, from, "allocated", &order));
    if (order.allocation_no > 0)
        TRY(let_go(c, want->id));
    TRY(db_row(c, &q_allocation_begin, PARAMS(SHOP(c), I64(want->id), DATE(want->course_ends), USER(c)),
               begun_columns, begun, &found));
    if (begun->course_ends_on.days < begun->earliest.days)
        return ctx_fail(c, ST_INVALID, "course_ends_on", date_text(&c->arena, begun->course_ends_on),
                        "is before the course can end: a course that begins today ends on %s",
                        date_text(&c->arena, begun->earliest));
    return audit_note(c, "order_allocated", order_subject(c, want->id), NULL);
}

static enum status allocate(struct ctx *c, void *arg)
{
    struct allocation *want = arg;
    struct begun begun;
    struct reserved_lot *rows;
    size_t n;

    TRY(begin(c, want, &begun));
    TRY(db_all(c, &q_allocation_take,
               PARAMS(SHOP(c), I64(want->id), I64(begun.allocation_no), DATE(begun.today),
                      DATE(begun.course_ends_on), INSTANT(begun.reserved_until)),
               lot_columns, sizeof *rows, &rows, &n));
    TRY(refuse_short(c, want->id, begun.course_ends_on, rows, n));
    want->made = (struct allocated){
        .id = begun.id,
        .allocation_no = begun.allocation_no,
        .state = begun.state,
        .course_ends_on = begun.course_ends_on,
        .reserved_until = begun.reserved_until,
        .lots = rows,
        .lot_count = n,
    };
    return ST_OK;
}

enum status order_allocate_lots(struct ctx *c, int64_t id, struct date course_ends,
                                struct allocated *allocated)
{
    struct allocation want = { .id = id, .course_ends = course_ends };

    TRY(person_require(c, ROLE_PHARMACIST | ROLE_STAFF, "allocate an order"));
    TRY(db_tx(c, allocate, &want));
    *allocated = want.made;
    return ST_OK;
}

enum status order_allocate(struct ctx *c, int64_t id, struct date course_ends)
{
    struct allocated allocated;

    return order_allocate_lots(c, id, course_ends, &allocated);
}
