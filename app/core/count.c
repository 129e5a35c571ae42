/* Counts: their sheets, what was counted, who approved, and the booking. The books of the moment are worked out by count_enter.sql
   under the lots' locks. */
#include "core/count.h"

#include "base/quantity.h"
#include "core/audit.h"
#include "core/furnish.h"
#include "core/person.h"
#include "core/stock_parts.h"
#include "sql.h"

enum { ENTRIES_MOST = 1000, DAYS_BACK_MOST = 31 };

struct unknown_name {
    const char *field, *name;
    bool retired;
};

static const struct column unknown_columns[] = {
    COLUMN(struct unknown_name, field),
    COLUMN(struct unknown_name, name),
    COLUMN(struct unknown_name, retired),
    COLUMNS_END,
};

static const char *subject(struct ctx *c, int64_t id)
{
    return arena_printf(&c->arena, "count %lld", (long long)id);
}

static enum status require(struct ctx *c)
{
    return person_require(c, ROLE_STAFF | ROLE_PHARMACIST | ROLE_ADMIN, "count stock");
}

static enum status require_book(struct ctx *c)
{
    return person_require(c, ROLE_PHARMACIST | ROLE_ADMIN, "approve or book a count");
}

struct opening {
    const struct count_plan *plan;
    int64_t id;
};

static struct param names(const char *const *list, size_t count)
{
    return count == 0 ? NONE() : TEXTS(list, count);
}

static enum status add(struct ctx *c, void *arg)
{
    struct opening *want = arg;
    const struct count_plan *p = want->plan;
    struct unknown_name *unknown;
    size_t n;

    TRY(db_all(c, &q_count_unknown,
               PARAMS(SHOP(c), TEXTS(p->places, p->place_count), TEXTS(p->skus, p->sku_count)),
               unknown_columns, sizeof *unknown, &unknown, &n));
    for (size_t i = 0; i < n; i++)
        if (unknown[i].retired)
            ctx_note(c, ST_CONFLICT, unknown[i].field, unknown[i].name, "is out of use");
        else
            ctx_note(c, ST_NOT_FOUND, unknown[i].field, unknown[i].name, "is nothing this shop has");
    TRY(ctx_fault_or_ok(c));
    TRY(stock_id_row(c, &q_count_add,
                     PARAMS(SHOP(c), TEXT(p->title), BOOL(p->blind),
                            p->limit_permille < 0 ? NONE() : I64(p->limit_permille),
                            p->limit_cents < 0 ? NONE() : I64(p->limit_cents), USER(c)),
                     &want->id));
    TRY(db_run(
        c, &q_count_fill,
        PARAMS(SHOP(c), I64(want->id), names(p->places, p->place_count), names(p->skus, p->sku_count))));
    return audit_note(c, "count_opened", subject(c, want->id), p->title);
}

enum status count_add(struct ctx *c, const struct count_plan *plan, int64_t *id)
{
    struct opening want = { .plan = plan };

    TRY(require(c));
    TRY(db_tx(c, add, &want));
    *id = want.id;
    return ST_OK;
}

static enum status lock(struct ctx *c, int64_t id)
{
    int64_t found;

    TRY(stock_id_row(c, &q_count_lock, PARAMS(SHOP(c), I64(id)), &found));
    if (found == 0)
        return ctx_fail(c, ST_NOT_FOUND, "count_id", stock_number(c, id),
                        "is no count of this shop that is open");
    return ST_OK;
}

struct extra {
    int64_t id, lot_id, line_no;
    const char *location;
};

static enum status add_line(struct ctx *c, void *arg)
{
    struct extra *want = arg;

    TRY(lock(c, want->id));
    TRY(location_usable(c, "location", want->location, 0));
    TRY(stock_id_row(c, &q_count_line_add,
                     PARAMS(SHOP(c), I64(want->id), I64(want->lot_id), TEXT(want->location)),
                     &want->line_no));
    if (want->line_no == 0)
        return ctx_fail(c, ST_NOT_FOUND, "lot_id", stock_number(c, want->lot_id),
                        "is no lot of this shop, or %s is no place of it where goods lie", want->location);
    return ST_OK;
}

enum status count_add_line(struct ctx *c, int64_t id, int64_t lot_id, const char *location, int64_t *line_no)
{
    struct extra want = { .id = id, .lot_id = lot_id, .location = location };

    TRY(require(c));
    TRY(db_tx(c, add_line, &want));
    *line_no = want.line_no;
    return ST_OK;
}

struct entering {
    int64_t id, counter;
    const struct count_entry *entries;
    size_t count;
    const char *counted_by;
    struct instant at;
    int64_t *lines, *counted;
    const char **notes;
};

static enum status check_entries(struct ctx *c, struct entering *want)
{
    const char **codes = arena_array(&c->arena, want->count, sizeof *codes);

    want->lines = arena_array(&c->arena, want->count, sizeof *want->lines);
    want->counted = arena_array(&c->arena, want->count, sizeof *want->counted);
    want->notes = arena_array(&c->arena, want->count, sizeof *want->notes);
    for (size_t i = 0; i < want->count; i++) {
        codes[i] = want->entries[i].code;
        want->lines[i] = want->entries[i].line_no;
    }
    TRY(count_find_lines(c, want->id, codes, want->count, want->lines));
    for (size_t i = 0; i < want->count; i++) {
        const struct count_entry *e = &want->entries[i];

        want->counted[i] = e->counted;
        want->notes[i] = e->note;
        if (e->counted < 0 || e->counted > WEIGHT_LIMIT_MG)
            ctx_note(c, ST_INVALID, arena_printf(&c->arena, "entries[%zu].counted", i),
                     stock_number(c, e->counted), "is 0 to %lld: a count is not below nothing",
                     (long long)WEIGHT_LIMIT_MG);
        for (size_t k = 0; k < i; k++)
            if (want->lines[k] == want->lines[i])
                ctx_note(c, ST_INVALID, arena_printf(&c->arena, "entries[%zu].line_no", i),
                         stock_number(c, want->lines[i]), "stands twice: add up what lies there");
    }
    if (want->at.us != 0 && (want->at.us > instant_now().us ||
                             want->at.us < instant_now().us - INT64_C(86400000000) * DAYS_BACK_MOST))
        ctx_note(c, ST_INVALID, "counted_at", instant_text(&c->arena, want->at),
                 "is within the last %d days and not ahead", DAYS_BACK_MOST);
    return ctx_fault_or_ok(c);
}

struct known_number {
    int64_t line_no;
    bool known;
};

static const struct column number_columns[] = {
    COLUMN(struct known_number, line_no),
    COLUMN(struct known_number, known),
    COLUMNS_END,
};

static enum status enter(struct ctx *c, void *arg)
{
    struct entering *want = arg;
    struct known_number *known;
    size_t n;

    TRY(lock(c, want->id));
    want->counter = c->who.user_id;
    if (want->counted_by != NULL)
        TRY(person_find(c, want->counted_by, &want->counter));
    TRY(db_all(c, &q_count_lines_known, PARAMS(SHOP(c), I64(want->id), I64S(want->lines, want->count)),
               number_columns, sizeof *known, &known, &n));
    for (size_t i = 0; i < n; i++)
        if (!known[i].known)
            ctx_note(c, ST_NOT_FOUND, arena_printf(&c->arena, "entries[%zu].line_no", i),
                     stock_number(c, known[i].line_no), "is no line of this count");
    TRY(ctx_fault_or_ok(c));
    TRY(db_run(c, &q_count_lock_lots, PARAMS(SHOP(c), I64(want->id), I64S(want->lines, want->count))));
    TRY(db_run(c, &q_count_enter,
               PARAMS(SHOP(c), I64(want->id), I64S(want->lines, want->count),
                      I64S(want->counted, want->count), TEXTS(want->notes, want->count), I64(want->counter),
                      INSTANT(want->at), USER(c))));
    return audit_note(c, "count_entered", subject(c, want->id),
                      arena_printf(&c->arena, "%zu lines", want->count));
}

enum status count_enter(struct ctx *c, int64_t id, const struct count_entry *entries, size_t count,
                        const char *counted_by, struct instant at)
{
    struct entering want = {
        .id = id, .entries = entries, .count = count, .counted_by = counted_by, .at = at
    };

    TRY(require(c));
    if (count == 0 || count > ENTRIES_MOST)
        return ctx_fail(c, ST_INVALID, "entries", NULL, "are 1 to %d", ENTRIES_MOST);
    TRY(check_entries(c, &want));
    return db_tx(c, enter, &want);
}

struct approving {
    int64_t id;
    const int64_t *lines;
    size_t count;
};

static enum status approve(struct ctx *c, void *arg)
{
    const struct approving *want = arg;
    size_t approved;

    TRY(lock(c, want->id));
    TRY(db_change(c, &q_count_approve,
                  PARAMS(SHOP(c), I64(want->id), I64S(want->lines, want->count), USER(c)), &approved));
    return audit_note(c, "count_approved", subject(c, want->id),
                      arena_printf(&c->arena, "%zu lines", approved));
}

enum status count_approve(struct ctx *c, int64_t id, const int64_t *lines, size_t count)
{
    struct approving want = { .id = id, .lines = lines, .count = count };

    TRY(require_book(c));
    return db_tx(c, approve, &want);
}

/* A counted line as the booking sees it. */
struct difference {
    int64_t line_no, entry_no, lot_id, difference, value_cents, approved_by, expected;
    bool beyond;
    const char *sku, *lot_code, *unit, *location;
};

static const struct column difference_columns[] = {
    COLUMN(struct difference, line_no),
    COLUMN(struct difference, entry_no),
    COLUMN(struct difference, lot_id),
    COLUMN(struct difference, difference),
    COLUMN(struct difference, value_cents),
    COLUMN(struct difference, approved_by),
    COLUMN(struct difference, expected),
    COLUMN(struct difference, beyond),
    COLUMN(struct difference, sku),
    COLUMN(struct difference, lot_code),
    COLUMN(struct difference, unit),
    COLUMN(struct difference, location),
    COLUMNS_END,
};

static void refuse_unapproved(struct ctx *c, const struct difference *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (list[i].beyond && list[i].approved_by == 0)
            ctx_note(
                c, ST_DENIED, arena_printf(&c->arena, "lines[%lld]", (long long)list[i].line_no),
                stock_amount(c, list[i].difference, list[i].unit),
                "is a difference of %s, lot %s in %s, beyond the count's limit: count again, or let another "
                "person approve it",
                list[i].sku, list[i].lot_code, list[i].location);
}

static enum status book_lines(struct ctx *c, int64_t id, const struct difference *list, size_t n,
                              int64_t mode)
{
    int64_t *numbers[6], *lots = arena_array(&c->arena, n + 1, sizeof *lots);

    for (size_t k = 0; k < 6; k++)
        numbers[k] = arena_array(&c->arena, n + 1, sizeof **numbers);
    for (size_t i = 0; i < n; i++) {
        lots[i] = list[i].lot_id;
        numbers[0][i] = list[i].line_no;
        numbers[1][i] = list[i].entry_no;
        numbers[2][i] = list[i].difference;
        numbers[3][i] = list[i].value_cents;
        numbers[4][i] = list[i].approved_by;
        numbers[5][i] = list[i].beyond && list[i].approved_by == 0 ? mode : 0;
    }
    TRY(db_run(c, &q_count_book,
               PARAMS(SHOP(c), I64(id), USER(c), I64S(numbers[0], n), I64S(numbers[1], n),
                      I64S(numbers[2], n), I64S(numbers[3], n), I64S(numbers[4], n), I64S(numbers[5], n))));
    return stock_trim_reservations(c, lots, n);
}

static enum status book(struct ctx *c, void *arg)
{
    const int64_t id = *(const int64_t *)arg;
    struct difference *list;
    int64_t mode;
    size_t n;

    TRY(lock(c, id));
    TRY(db_run(c, &q_count_lock_lots, PARAMS(SHOP(c), I64(id), NONE())));
    TRY(db_all(c, &q_count_differences, PARAMS(SHOP(c), I64(id)), difference_columns, sizeof *list, &list,
               &n));
    if (n == 0)
        return ctx_fail(c, ST_CONFLICT, "count_id", stock_number(c, id), "has nothing counted: cancel it");
    TRY(stock_single_person(c, &mode));
    if (mode == 0)
        refuse_unapproved(c, list, n);
    TRY(ctx_fault_or_ok(c));
    TRY(book_lines(c, id, list, n, mode));
    return audit_note(c, "count_booked", subject(c, id), arena_printf(&c->arena, "%zu lines", n));
}

enum status count_book(struct ctx *c, int64_t id)
{
    TRY(require_book(c));
    return db_tx(c, book, &id);
}

static enum status cancel(struct ctx *c, void *arg)
{
    const int64_t id = *(const int64_t *)arg;

    TRY(lock(c, id));
    TRY(db_run(c, &q_count_cancel, PARAMS(SHOP(c), I64(id), USER(c))));
    return audit_note(c, "count_cancelled", subject(c, id), NULL);
}

enum status count_cancel(struct ctx *c, int64_t id)
{
    TRY(require(c));
    return db_tx(c, cancel, &id);
}
