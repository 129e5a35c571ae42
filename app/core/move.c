/* Drawer to drawer, and one lot into several. */
#include "core/move.h"

#include "base/quantity.h"
#include "core/audit.h"
#include "core/person.h"
#include "sql.h"

enum { PARTS_MOST = 200, CODE_LONGEST = 60 };

struct move {
    struct stock_lines lines;
    const char *note;
};

static enum status move(struct ctx *c, void *arg)
{
    const struct move *want = arg;
    struct known_line *known;

    TRY(stock_lines_look_up(c, &want->lines, &known));
    for (size_t i = 0; i < want->lines.count; i++)
        if (known[i].from_id == known[i].to_id)
            ctx_note(c, ST_INVALID, stock_field(c, i, "to"), want->lines.lines[i].to,
                     "is the place it comes from");
    TRY(ctx_fault_or_ok(c));
    TRY(stock_lines_book(c, &want->lines, known, "moved", NULL, 0, want->note));
    return audit_note(c, "stock_moved", arena_printf(&c->arena, "%zu lots", want->lines.count), want->note);
}

enum status stock_move(struct ctx *c, const struct stock_line *lines, size_t count, const char *note)
{
    struct move want = { .lines = { .lines = lines, .count = count }, .note = note };

    TRY(person_require(c, ROLE_STAFF | ROLE_PHARMACIST, "move stock"));
    return db_tx(c, move, &want);
}

struct repack {
    int64_t lot_id;
    const char *from, *note;
    struct lot_part *parts;
    size_t count;
};

struct new_lot {
    int64_t id;
};

static const struct column new_lot_columns[] = { COLUMN(struct new_lot, id), COLUMNS_END };

/* The new lots, in the order of the parts. */
static enum status add_lots(struct ctx *c, const struct repack *want)
{
    const char **codes = arena_array(&c->arena, want->count, sizeof *codes);
    int64_t *quantities = arena_array(&c->arena, want->count, sizeof *quantities);
    struct new_lot *made;
    size_t n;

    for (size_t i = 0; i < want->count; i++) {
        codes[i] = want->parts[i].lot_code;
        quantities[i] = want->parts[i].quantity;
    }
    TRY(db_all(c, &q_lot_repack,
               PARAMS(SHOP(c), I64(want->lot_id), TEXTS(codes, want->count), I64S(quantities, want->count)),
               new_lot_columns, sizeof *made, &made, &n));
    if (n != want->count)
        return ctx_fail(c, ST_CONFLICT, "parts", NULL,
                        "name a lot code that exists already for this item and supplier, or twice");
    for (size_t i = 0; i < n; i++)
        want->parts[i].id = made[i].id;
    return ST_OK;
}

static enum status repack(struct ctx *c, void *arg)
{
    const struct repack *want = arg;
    struct stock_line old = { .lot_id = want->lot_id, .from = want->from };
    struct stock_lines out = { .lines = &old, .count = 1, .to_kind = "production" }, in = { 0 };
    struct stock_line *lines = arena_array(&c->arena, want->count, sizeof *lines);
    struct known_line *known;

    for (size_t i = 0; i < want->count; i++)
        old.quantity += want->parts[i].quantity;
    TRY(stock_lines_look_up(c, &out, &known));
    TRY(add_lots(c, want));
    TRY(stock_lines_book(c, &out, known, "repacked", NULL, 0, want->note));
    for (size_t i = 0; i < want->count; i++)
        lines[i] = (struct stock_line){ .lot_id = want->parts[i].id,
                                        .to = want->parts[i].to == NULL ? want->from : want->parts[i].to,
                                        .quantity = want->parts[i].quantity };
    in = (struct stock_lines){ .lines = lines, .count = want->count, .from_kind = "production" };
    TRY(stock_lines_look_up(c, &in, &known));
    TRY(stock_lines_book(c, &in, known, "repacked", NULL, 0, want->note));
    return audit_note(c, "lot_repacked", arena_printf(&c->arena, "lot %lld", (long long)want->lot_id),
                      want->note);
}

enum status lot_repack(struct ctx *c, int64_t lot_id, const char *from, struct lot_part *parts, size_t count,
                       const char *note)
{
    struct repack want = { .lot_id = lot_id, .from = from, .parts = parts, .count = count, .note = note };

    TRY(person_require(c, ROLE_STAFF | ROLE_PHARMACIST, "repack a lot"));
    if (count == 0 || count > PARTS_MOST)
        return ctx_fail(c, ST_INVALID, "parts", NULL, "are 1 to %d", PARTS_MOST);
    for (size_t i = 0; i < count; i++)
        if (parts[i].quantity < 1 || parts[i].quantity > WEIGHT_LIMIT_MG)
            ctx_note(c, ST_INVALID, arena_printf(&c->arena, "parts[%zu].quantity", i),
                     stock_number(c, parts[i].quantity), "is 1 to %lld", (long long)WEIGHT_LIMIT_MG);
    TRY(ctx_fault_or_ok(c));
    return db_tx(c, repack, &want);
}
