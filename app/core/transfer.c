/* Sending, accepting, taking back. Accepting books in both shops at once, which only the database's transfer_accept can. */
#include "core/transfer.h"

#include <string.h>

#include "base/quantity.h"
#include "core/audit.h"
#include "core/person.h"
#include "sql.h"

enum { PARTS_MOST = 500 };

struct sending {
    const char *to_shop, *note;
    struct stock_lines lines;
    int64_t id;
};

static const char *subject(struct ctx *c, int64_t id)
{
    return arena_printf(&c->arena, "transfer %lld", (long long)id);
}

static enum status send(struct ctx *c, void *arg)
{
    struct sending *want = arg;
    const size_t n = want->lines.count;
    int64_t *lots, *from, *quantities;
    struct known_line *known;

    TRY(stock_lines_look_up(c, &want->lines, &known));
    lots = arena_array(&c->arena, n, sizeof *lots);
    from = arena_array(&c->arena, n, sizeof *from);
    quantities = arena_array(&c->arena, n, sizeof *quantities);
    for (size_t i = 0; i < n; i++) {
        lots[i] = known[i].lot_id;
        from[i] = known[i].from_id;
        quantities[i] = want->lines.lines[i].quantity;
        if (strcmp(known[i].status, "recalled") == 0)
            ctx_note(c, ST_CONFLICT, stock_field(c, i, "lot_id"), known[i].lot_code,
                     "is recalled: it stays here");
    }
    TRY(ctx_fault_or_ok(c));
    TRY(stock_id_row(c, &q_transfer_add,
                     PARAMS(SHOP(c), TEXT(want->to_shop), USER(c), TEXT_OR_NULL(want->note), I64S(lots, n),
                            I64S(from, n), I64S(quantities, n)),
                     &want->id));
    if (want->id == 0)
        return ctx_fail(c, ST_NOT_FOUND, "to_shop", want->to_shop, "is no shop of this installation");
    TRY(stock_lines_book(c, &want->lines, known, "moved", "transfer", want->id, want->note));
    return audit_note(c, "transfer_sent", subject(c, want->id), want->to_shop);
}

enum status transfer_send(struct ctx *c, const char *to_shop, const struct stock_line *lines, size_t count,
                          const char *note, int64_t *id)
{
    struct sending want = { .to_shop = to_shop,
                            .note = note,
                            .lines = { .lines = lines, .count = count, .to_kind = "transit" } };

    TRY(person_require(c, ROLE_STAFF | ROLE_PHARMACIST, "send stock to another shop"));
    TRY(db_tx(c, send, &want));
    *id = want.id;
    return ST_OK;
}

/* What both shops know of a transfer's line. */
struct open_line {
    int64_t shop_id, to_shop_id, lot_id, open, item_id, location_id;
    bool place_retired, same_goods;
    const char *sku, *unit, *lot_code;
};

static const struct column open_columns[] = {
    COLUMN(struct open_line, shop_id),       COLUMN(struct open_line, to_shop_id),
    COLUMN(struct open_line, lot_id),        COLUMN(struct open_line, open),
    COLUMN(struct open_line, item_id),       COLUMN(struct open_line, location_id),
    COLUMN(struct open_line, place_retired), COLUMN(struct open_line, same_goods),
    COLUMN(struct open_line, sku),           COLUMN(struct open_line, unit),
    COLUMN(struct open_line, lot_code),      COLUMNS_END,
};

struct ending {
    const char *from_shop, *how, *note; /* from_shop NULL: our own */
    int64_t id, receipt_id;
    const struct transfer_part *parts;
    size_t count;
    int64_t *line_nos, *quantities;
};

static void check_part(struct ctx *c, const struct ending *want, const struct open_line *line, size_t i)
{
    const struct transfer_part *part = &want->parts[i];

    if (line->lot_id == 0) {
        ctx_note(c, ST_NOT_FOUND, stock_field(c, i, "line_no"), stock_number(c, part->line_no),
                 "is no line of a transfer %s this shop", want->from_shop == NULL ? "from" : "to");
        return;
    }
    for (size_t k = 0; k < i; k++)
        if (want->parts[k].line_no == part->line_no)
            ctx_note(c, ST_INVALID, stock_field(c, i, "line_no"), stock_number(c, part->line_no),
                     "stands twice: name each line once");
    if (part->quantity < 1 || part->quantity > line->open)
        ctx_note(c, part->quantity < 1 ? ST_INVALID : ST_CONFLICT, stock_field(c, i, "quantity"),
                 stock_amount(c, part->quantity, line->unit),
                 "is more than nothing and at most what is on its way: %s",
                 stock_amount(c, line->open, line->unit));
    if (strcmp(want->how, "lost") != 0 && line->location_id == 0)
        ctx_note(c, ST_NOT_FOUND, stock_field(c, i, "location"), part->location,
                 "is no place of this shop where goods lie");
    if (strcmp(want->how, "lost") != 0 && line->place_retired)
        ctx_note(c, ST_CONFLICT, stock_field(c, i, "location"), part->location, "is out of use");
    if (strcmp(want->how, "accepted") != 0)
        return;
    if (line->item_id == 0)
        ctx_note(c, ST_NOT_FOUND, stock_field(c, i, "sku"), part->sku == NULL ? line->sku : part->sku,
                 "is no item of this shop: add it, or say which of ours it is");
    else if (!line->same_goods)
        ctx_note(c, ST_CONFLICT, stock_field(c, i, "sku"), part->sku == NULL ? line->sku : part->sku,
                 "is another herb or product, kind, ratio or unit, or other goods by bar code and name, than "
                 "what was sent (%s)",
                 line->sku);
}

static enum status look_up(struct ctx *c, struct ending *want, struct open_line **lines)
{
    const size_t n = want->count;
    const char **locations = arena_array(&c->arena, n + 1, sizeof *locations);
    const char **skus = arena_array(&c->arena, n + 1, sizeof *skus);
    size_t found;

    want->line_nos = arena_array(&c->arena, n + 1, sizeof *want->line_nos);
    want->quantities = arena_array(&c->arena, n + 1, sizeof *want->quantities);
    for (size_t i = 0; i < n; i++) {
        want->line_nos[i] = want->parts[i].line_no;
        want->quantities[i] = want->parts[i].quantity;
        locations[i] = want->parts[i].location;
        skus[i] = want->parts[i].sku;
    }
    TRY(db_all(c, &q_transfer_open,
               PARAMS(SHOP(c), TEXT_OR_NULL(want->from_shop), I64(want->id), I64S(want->line_nos, n),
                      TEXTS(locations, n), TEXTS(skus, n)),
               open_columns, sizeof **lines, lines, &found));
    for (size_t i = 0; i < found; i++)
        check_part(c, want, &(*lines)[i], i);
    return ctx_fault_or_ok(c);
}

static enum status accept(struct ctx *c, void *arg)
{
    struct ending *want = arg;
    struct open_line *lines;
    int64_t *items, *places;

    TRY(look_up(c, want, &lines));
    items = arena_array(&c->arena, want->count, sizeof *items);
    places = arena_array(&c->arena, want->count, sizeof *places);
    for (size_t i = 0; i < want->count; i++) {
        items[i] = lines[i].item_id;
        places[i] = lines[i].location_id;
    }
    TRY(stock_id_row(c, &q_transfer_accept,
                     PARAMS(SHOP(c), I64(lines[0].shop_id), I64(want->id), I64S(want->line_nos, want->count),
                            I64S(want->quantities, want->count), I64S(items, want->count),
                            I64S(places, want->count), USER(c)),
                     &want->receipt_id));
    return audit_note(c, "transfer_accepted", subject(c, want->id), want->from_shop);
}

static enum status end(struct ctx *c, void *arg)
{
    struct ending *want = arg;
    const bool lost = strcmp(want->how, "lost") == 0;
    struct stock_line *moves;
    struct stock_lines all;
    struct known_line *known;
    struct open_line *lines;

    TRY(look_up(c, want, &lines));
    moves = arena_array(&c->arena, want->count, sizeof *moves);
    for (size_t i = 0; i < want->count; i++)
        moves[i] = (struct stock_line){ .lot_id = lines[i].lot_id,
                                        .to = lost ? NULL : want->parts[i].location,
                                        .quantity = want->parts[i].quantity };
    all = (struct stock_lines){
        .lines = moves, .count = want->count, .from_kind = "transit", .to_kind = lost ? "loss" : NULL
    };
    TRY(stock_lines_look_up(c, &all, &known));
    TRY(db_run(c, &q_transfer_end,
               PARAMS(SHOP(c), I64(want->id), I64S(want->line_nos, want->count),
                      I64S(want->quantities, want->count), TEXT(want->how), USER(c))));
    TRY(stock_lines_book(c, &all, known, lost ? "lost" : "moved", "transfer", want->id, want->note));
    return audit_note(c, lost ? "transfer_lost" : "transfer_taken_back", subject(c, want->id), want->note);
}

static enum status run(struct ctx *c, tx_body *body, struct ending *want)
{
    if (want->count == 0 || want->count > PARTS_MOST)
        return ctx_fail(c, ST_INVALID, "lines", NULL, "are 1 to %d", PARTS_MOST);
    return db_tx(c, body, want);
}

enum status transfer_accept(struct ctx *c, const char *from_shop, int64_t id,
                            const struct transfer_part *parts, size_t count, int64_t *receipt_id)
{
    struct ending want = {
        .from_shop = from_shop, .how = "accepted", .id = id, .parts = parts, .count = count
    };

    TRY(person_require(c, ROLE_STAFF | ROLE_PHARMACIST, "accept goods"));
    TRY(run(c, accept, &want));
    *receipt_id = want.receipt_id;
    return ST_OK;
}

enum status transfer_take_back(struct ctx *c, int64_t id, const struct transfer_part *parts, size_t count)
{
    struct ending want = { .how = "taken_back", .id = id, .parts = parts, .count = count };

    TRY(person_require(c, ROLE_STAFF | ROLE_PHARMACIST, "take goods back"));
    return run(c, end, &want);
}

enum status transfer_lose(struct ctx *c, int64_t id, const struct transfer_part *parts, size_t count,
                          const char *note)
{
    struct ending want = { .how = "lost", .id = id, .parts = parts, .count = count, .note = note };

    TRY(person_require(c, ROLE_PHARMACIST, "give goods up as lost"));
    return run(c, end, &want);
}
