/* Lines of stock work looked up and booked. The lots are locked before they are looked at, so what is seen stays until the
   booking. */
#include "core/stock_parts.h"

#include <string.h>

#include "base/quantity.h"
#include "sql.h"

enum { LINES_MOST = 1000 };

struct id_row {
    int64_t id;
};

static const struct column id_columns[] = { COLUMN(struct id_row, id), COLUMNS_END };
static const struct column item_columns[] = {
    COLUMN(struct known_item, item_id),
    COLUMN(struct known_item, unit),
    COLUMN(struct known_item, name),
    COLUMN(struct known_item, medicinal),
    COLUMNS_END,
};
static const struct column line_columns[] = {
    COLUMN(struct known_line, lot_id),     COLUMN(struct known_line, item_id),
    COLUMN(struct known_line, from_id),    COLUMN(struct known_line, to_id),
    COLUMN(struct known_line, to_retired), COLUMN(struct known_line, there),
    COLUMN(struct known_line, reserved),   COLUMN(struct known_line, value_cents),
    COLUMN(struct known_line, sku),        COLUMN(struct known_line, name),
    COLUMN(struct known_line, unit),       COLUMN(struct known_line, lot_code),
    COLUMN(struct known_line, status),     COLUMN(struct known_line, expires_on),
    COLUMN(struct known_line, from_kind),  COLUMNS_END,
};

struct booked {
    int64_t moves;
};

static const struct column booked_columns[] = { COLUMN(struct booked, moves), COLUMNS_END };

const char *stock_field(struct ctx *c, size_t line, const char *name)
{
    return arena_printf(&c->arena, "lines[%zu].%s", line, name);
}

const char *stock_number(struct ctx *c, int64_t number)
{
    return arena_printf(&c->arena, "%lld", (long long)number);
}

const char *stock_amount(struct ctx *c, int64_t quantity, const char *unit)
{
    return strcmp(unit, "mg") == 0 ? weight_text(&c->arena, (struct weight){ quantity })
                                   : stock_number(c, quantity);
}

enum status stock_id_row(struct ctx *c, const struct query *query, const struct param *params, size_t count,
                         int64_t *id)
{
    struct id_row row = { 0 };
    bool found;

    TRY(db_row(c, query, params, count, id_columns, &row, &found));
    *id = found ? row.id : 0;
    return ST_OK;
}

void stock_note_unit(struct ctx *c, size_t line, const char *meant, const char *unit, const char *sku)
{
    if (meant == NULL || *unit == '\0' || strcmp(meant, unit) == 0)
        return;
    ctx_note(c, ST_INVALID, stock_field(c, line, "unit"), meant,
             strcmp(unit, "mg") == 0 ? "does not suit %s: it is kept by weight"
                                     : "does not suit %s: it is counted in pieces",
             sku);
}

enum status stock_items(struct ctx *c, const char *const *skus, size_t count, struct known_item **known)
{
    size_t n;

    TRY(db_all(c, &q_items_of_skus, PARAMS(SHOP(c), TEXTS(skus, count)), item_columns, sizeof **known, known,
               &n));
    for (size_t i = 0; i < n; i++)
        if ((*known)[i].item_id == 0)
            ctx_note(c, ST_NOT_FOUND, stock_field(c, i, "sku"), skus[i], "is no item of this shop");
    return ST_OK;
}

static void check_line(struct ctx *c, const struct stock_lines *want, const struct known_line *known,
                       size_t i)
{
    const struct stock_line *line = &want->lines[i];
    const struct known_line *k = &known[i];
    int64_t free = k->there - (want->reserved_too ? 0 : k->reserved);

    if (line->quantity < 1 || line->quantity > WEIGHT_LIMIT_MG)
        ctx_note(c, ST_INVALID, stock_field(c, i, "quantity"), stock_number(c, line->quantity),
                 "is 1 to %lld", (long long)WEIGHT_LIMIT_MG);
    if (k->lot_id == 0)
        ctx_note(c, ST_NOT_FOUND, stock_field(c, i, "lot_id"), stock_number(c, line->lot_id),
                 "is no lot of this shop");
    if (k->from_id == 0)
        ctx_note(c, ST_NOT_FOUND, stock_field(c, i, "from"), line->from,
                 "is no place of this shop where goods lie");
    if (k->to_id == 0)
        ctx_note(c, ST_NOT_FOUND, stock_field(c, i, "to"), line->to,
                 "is no place of this shop where goods lie");
    if (k->lot_id == 0 || k->from_id == 0 || want->from_kind != NULL)
        return;
    if (k->to_retired)
        ctx_note(c, ST_CONFLICT, stock_field(c, i, "to"), line->to, "is out of use");
    for (size_t j = 0; j < i; j++)
        if (known[j].lot_id == k->lot_id && known[j].from_id == k->from_id)
            free -= want->lines[j].quantity;
    if (line->quantity > free)
        ctx_note(c, ST_SHORT, stock_field(c, i, "quantity"), stock_amount(c, line->quantity, k->unit),
                 "is more of %s, lot %s, than lies free there: %s%s", k->sku, k->lot_code,
                 stock_amount(c, free < 0 ? 0 : free, k->unit),
                 k->reserved > 0 && !want->reserved_too ? "; the rest is set aside for orders" : "");
}

enum status stock_lines_look_up(struct ctx *c, const struct stock_lines *want, struct known_line **known)
{
    const size_t n = want->count;
    int64_t *lots = arena_array(&c->arena, n + 1, sizeof *lots),
            *quantities = arena_array(&c->arena, n + 1, sizeof *quantities);
    const char **from = arena_array(&c->arena, n + 1, sizeof *from);
    const char **to = arena_array(&c->arena, n + 1, sizeof *to);
    size_t found;

    if (n == 0 || n > LINES_MOST)
        return ctx_fail(c, ST_INVALID, "lines", NULL, "are 1 to %d", LINES_MOST);
    for (size_t i = 0; i < n; i++) {
        lots[i] = want->lines[i].lot_id;
        quantities[i] = want->lines[i].quantity;
        from[i] = want->lines[i].from;
        to[i] = want->lines[i].to;
    }
    TRY(db_run(c, &q_stock_lock_lots, PARAMS(SHOP(c), I64S(lots, n))));
    TRY(db_all(c, &q_stock_lines,
               PARAMS(SHOP(c), I64S(lots, n), TEXTS(from, n), TEXTS(to, n), I64S(quantities, n),
                      TEXT_OR_NULL(want->from_kind), TEXT_OR_NULL(want->to_kind)),
               line_columns, sizeof **known, known, &found));
    for (size_t i = 0; i < found; i++)
        check_line(c, want, *known, i);
    return ctx_fault_or_ok(c);
}

enum status stock_lines_book(struct ctx *c, const struct stock_lines *want, const struct known_line *known,
                             const char *reason, const char *document, int64_t document_id, const char *note)
{
    const size_t n = want->count;
    int64_t *lots = arena_array(&c->arena, n, sizeof *lots), *from = arena_array(&c->arena, n, sizeof *from),
            *to = arena_array(&c->arena, n, sizeof *to),
            *quantities = arena_array(&c->arena, n, sizeof *quantities);
    struct booked booked = { 0 };
    bool found;

    for (size_t i = 0; i < n; i++) {
        lots[i] = known[i].lot_id;
        from[i] = known[i].from_id;
        to[i] = known[i].to_id;
        quantities[i] = want->lines[i].quantity;
    }
    TRY(db_row(c, &q_stock_book_lines,
               PARAMS(SHOP(c), I64S(lots, n), I64S(from, n), I64S(to, n), I64S(quantities, n), TEXT(reason),
                      TEXT_OR_NULL(document), I64_OR_NULL(document_id), TEXT_OR_NULL(note), USER(c)),
               booked_columns, &booked, &found));
    if ((size_t)booked.moves != n)
        return ctx_fail(c, ST_BROKEN, "stock", NULL, "was not booked");
    return ST_OK;
}

enum status stock_trim_reservations(struct ctx *c, const int64_t *lots, size_t count)
{
    return db_run(c, &q_reservations_trim, PARAMS(SHOP(c), I64S(lots, count), USER(c)));
}

enum status stock_single_person(struct ctx *c, int64_t *mode_id)
{
    return stock_id_row(c, &q_single_person_now, PARAMS(SHOP(c)), mode_id);
}
