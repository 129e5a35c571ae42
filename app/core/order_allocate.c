/* Reserving lots for an order, earliest expiry first. Which lot for which line is decided by one statement (allocation_take);
   here is only what happens when it was not enough. Stock goes down later, at the final check. */
#include "core/audit.h"
#include "core/order.h"
#include "core/order_step.h"
#include "core/person.h"
#include "db/db.h"
#include "sql.h"

struct allocation {
    int64_t id;
    struct date course_ends;
};

struct lot_row {
    int64_t id;
};

struct begun {
    int64_t allocation_no;
    struct date course_ends_on, earliest, today;
};

/* A line and what could be set aside for it; `barred` is what lies there but may not be used. */
struct taken {
    int64_t line_no;
    const char *herb;
    struct weight wanted, taken, barred;
};

static const struct column begun_columns[] = {
    COLUMN(struct begun, allocation_no),
    COLUMN(struct begun, course_ends_on),
    COLUMN(struct begun, earliest),
    COLUMN(struct begun, today),
    COLUMNS_END,
};
static const struct column taken_columns[] = {
    COLUMN(struct taken, line_no), COLUMN(struct taken, herb),   COLUMN(struct taken, wanted),
    COLUMN(struct taken, taken),   COLUMN(struct taken, barred), COLUMNS_END,
};

static const struct column lot_columns[] = { COLUMN(struct lot_row, id), COLUMNS_END };

static void note_short(struct ctx *c, const struct taken *line)
{
    const char *missing = weight_text(&c->arena, weight_minus(line->wanted, line->taken));
    const char *wanted = weight_text(&c->arena, line->wanted);
    const char *field = arena_printf(&c->arena, "lines[%lld]", (long long)line->line_no);

    if (line->barred.mg > 0)
        ctx_note(
            c, ST_SHORT, field, line->herb,
            "is short: %s of %s is missing; %s more lies there but may not be used (expired, too close to "
            "expiry, or not released)",
            missing, wanted, weight_text(&c->arena, line->barred));
    else
        ctx_note(c, ST_SHORT, field, line->herb, "is short: %s of %s is missing", missing, wanted);
}

/* Every short line is named; once this go has been undone they are kept as rows, and the order is short. */
static enum status refuse_short(struct ctx *c, int64_t id, struct date course_ends_on,
                                const struct taken *lines, size_t n)
{
    struct order_short *found = arena_array(&c->arena, 1, sizeof *found);

    *found = (struct order_short){ .id = id, .course_ends_on = course_ends_on };
    found->lines = arena_array(&c->arena, n + 1, sizeof *found->lines);
    for (size_t i = 0; i < n; i++) {
        if (lines[i].taken.mg >= lines[i].wanted.mg)
            continue;
        note_short(c, &lines[i]);
        found->lines[found->count++] = (struct short_line){ lines[i].line_no, lines[i].herb, lines[i].wanted,
                                                            lines[i].taken, lines[i].barred };
    }
    if (found->count > 0)
        db_tx_failed(c, ST_SHORT, order_short_record, found);
    return ctx_fault_or_ok(c);
}

static enum status refuse_weighed(struct ctx *c, int64_t id)
{
    struct reservation *list;
    size_t n;

    TRY(order_reservations(c, id, &list, &n));
    for (size_t i = 0; i < n; i++)
        if (list[i].weighed.mg > 0)
            return ctx_fail(c, ST_CONFLICT, "order_id", NULL,
                            "cannot be allocated again: %s has been weighed", list[i].herb);
    return ST_OK;
}

/* Locks the lots the order may be filled from. */
static enum status lock_lots(struct ctx *c, int64_t order_id, struct param *lots)
{
    struct lot_row *rows;
    int64_t *ids;
    size_t n;

    TRY(db_all(c, &q_allocation_lock_lots, PARAMS(SHOP(c), I64(order_id)), lot_columns, sizeof *rows, &rows,
               &n));
    ids = arena_array(&c->arena, n, sizeof *ids);
    for (size_t i = 0; i < n; i++)
        ids[i] = rows[i].id;
    *lots = I64S(ids, n);
    return ST_OK;
}

static enum status allocate(struct ctx *c, void *arg)
{
    static const char *const from[] = { "entered", "short", "allocated", "released", NULL };
    const struct allocation *want = arg;
    struct locked_order order;
    struct begun begun;
    struct taken *lines;
    struct param lots;
    size_t n;
    bool found;

    TRY(order_lock(c, want->id, from, "allocated", &order));
    TRY(refuse_weighed(c, want->id));
    TRY(db_row(c, &q_allocation_begin, PARAMS(SHOP(c), I64(want->id), DATE(want->course_ends), USER(c)),
               begun_columns, &begun, &found));
    if (begun.course_ends_on.days < begun.earliest.days)
        return ctx_fail(c, ST_INVALID, "course_ends_on", date_text(&c->arena, begun.course_ends_on),
                        "is before the course can end: a course that begins today ends on %s",
                        date_text(&c->arena, begun.earliest));
    TRY(lock_lots(c, want->id, &lots));
    TRY(db_all(c, &q_allocation_take,
               PARAMS(SHOP(c), I64(want->id), I64(begun.allocation_no), USER(c), DATE(begun.today),
                      DATE(begun.course_ends_on), lots),
               taken_columns, sizeof *lines, &lines, &n));
    TRY(refuse_short(c, want->id, begun.course_ends_on, lines, n));
    return audit_note(c, "order_allocated", order_subject(c, want->id), NULL);
}

enum status order_allocate(struct ctx *c, int64_t id, struct date course_ends)
{
    struct allocation want = { .id = id, .course_ends = course_ends };

    TRY(person_require(c, ROLE_PHARMACIST | ROLE_STAFF, "allocate an order"));
    return db_tx(c, allocate, &want);
}
