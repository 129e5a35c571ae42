/* `yaofang stock …`: what is done with lots: scanning, moving, dividing, sending to another shop, ordering, correcting. */
#include <stdlib.h>
#include <string.h>

#include "api/read.h"
#include "core/adjustment.h"
#include "core/move.h"
#include "core/purchase.h"
#include "core/scan.h"
#include "core/stock.h"
#include "core/transfer.h"
#include "sql.h"
#include "stock.h"

struct lot {
    int64_t id;
    const char *sku;
};

static const struct column lot_columns[] = { COLUMN(struct lot, id), COLUMN(struct lot, sku), COLUMNS_END };

enum status stock_lot(struct ctx *c, const struct called *in, const char *code, int64_t *id, const char **sku)
{
    struct lot *lots;
    size_t n;

    TRY(db_all(c, &q_lot_find,
               PARAMS(SHOP(c), TEXT(code), TEXT_OR_NULL(argument_text(in->in, "--item", NULL))), lot_columns,
               sizeof *lots, &lots, &n));
    if (n == 0)
        return ctx_fail(c, ST_NOT_FOUND, "LOT", code, "is no lot of this shop");
    if (n > 1)
        return ctx_fail(c, ST_INVALID, "LOT", code, "is a lot of %s and of %s: say which with --item",
                        lots[0].sku, lots[1].sku);
    *id = lots[0].id;
    *sku = lots[0].sku;
    return ST_OK;
}

enum status stock_number_operand(struct ctx *c, const struct called *in, size_t at, const char *name,
                                 int64_t *number)
{
    const char *typed;
    char *end;

    TRY(stock_operand(c, in, at, name, &typed));
    *number = strtoll(typed, &end, 10);
    if (*typed == '\0' || *end != '\0' || *number < 1)
        return ctx_fail(c, ST_INVALID, name, typed, "is a whole number from 1");
    return ST_OK;
}

size_t stock_words(struct ctx *c, const char *typed, size_t most, const char **words)
{
    const char *at = typed + strspn(typed, " ");
    size_t n = 0;

    while (*at != '\0' && n < most) {
        const size_t length = n + 1 == most ? strlen(at) : strcspn(at, " ");

        words[n++] = arena_text_n(&c->arena, at, length);
        at += length;
        at += strspn(at, " ");
    }
    return n;
}

static enum status run_scan(struct ctx *c, const struct called *in)
{
    const char *code;
    struct scan scan;

    TRY(stock_operand(c, in, 0, "CODE", &code));
    TRY(scan_read(c, code, &scan));
    for (size_t i = 0; i < scan.count; i++) {
        const struct scan_reading *r = &scan.readings[i];

        text_addf(in->out, "%s%s\n", scan.count > 1 ? "perhaps " : "", r->code.text);
        text_addf(in->out, "  item     %s\n", r->item.id == 0 ? "none of this shop" : r->item.name);
        if (r->code.lot != NULL)
            text_addf(in->out, "  lot      %s\n", r->code.lot);
        if (!date_is_none(r->code.expires_on))
            text_addf(in->out, "  expires  %s\n", date_text(&c->arena, r->code.expires_on));
        if (r->code.net_mg > 0)
            text_addf(in->out, "  weighs   %s\n", weight_text(&c->arena, (struct weight){ r->code.net_mg }));
    }
    if (scan.separators_lost)
        text_add(in->out, "The scanner did not send the separators (FNC1).\n");
    return ST_OK;
}

static enum status run_move(struct ctx *c, const struct called *in)
{
    struct stock_line line = { 0 };
    const char *lot, *quantity, *unit, *sku;

    TRY(stock_operand(c, in, 0, "LOT", &lot));
    TRY(stock_operand(c, in, 1, "FROM", &line.from));
    TRY(stock_operand(c, in, 2, "TO", &line.to));
    TRY(stock_operand(c, in, 3, "QUANTITY", &quantity));
    TRY(stock_quantity(c, "QUANTITY", quantity, &line.quantity, &unit));
    TRY(stock_lot(c, in, lot, &line.lot_id, &sku));
    TRY(stock_move(c, &line, 1, argument_text(in->in, "--note", NULL)));
    text_addf(in->out, "%s of %s, lot %s, from %s to %s.\n", quantity, sku, lot, line.from, line.to);
    return ST_OK;
}

static enum status run_repack(struct ctx *c, const struct called *in)
{
    const char *lot, *from, *sku, *unit;
    struct lot_part *parts;
    const char *const *typed;
    int64_t id;
    size_t n;

    TRY(stock_operand(c, in, 0, "LOT", &lot));
    TRY(stock_operand(c, in, 1, "FROM", &from));
    typed = argument_list(c, in->in, "--line", &n);
    parts = arena_array(&c->arena, n + 1, sizeof *parts);
    for (size_t i = 0; i < n; i++)
        TRY(stock_quantity(c, "--line", typed[i], &parts[i].quantity, &unit));
    TRY(stock_lot(c, in, lot, &id, &sku));
    TRY(lot_repack(c, id, from, parts, n, argument_text(in->in, "--note", NULL)));
    text_addf(in->out, "Lot %s of %s is %zu more lot%s.\n", lot, sku, n, n == 1 ? "" : "s");
    return ST_OK;
}

static enum status run_transfers(struct ctx *c, const struct called *in)
{
    static const struct list_column shown[] = {
        { "No.", "id", 6, LIST_TEXT },       { "From", "from_shop", 22, LIST_TEXT },
        { "To", "to_shop", 22, LIST_TEXT },  { "Open", "open", 6, LIST_TEXT },
        { "Sent", "sent_at", 0, LIST_TEXT }, { NULL, NULL, 0, LIST_TEXT },
    };

    return list_show(c, in, &q_transfer_list, PARAMS(SHOP(c), NONE(), NONE(), NONE()), shown);
}

static enum status run_send(struct ctx *c, const struct called *in)
{
    const char *shop, *words[3], *unit, *sku;
    const char *const *typed;
    struct stock_line *lines;
    int64_t id;
    size_t n;

    TRY(stock_operand(c, in, 0, "SHOP", &shop));
    typed = argument_list(c, in->in, "--line", &n);
    lines = arena_array(&c->arena, n + 1, sizeof *lines);
    for (size_t i = 0; i < n; i++) {
        if (stock_words(c, typed[i], 3, words) != 3)
            return ctx_fail(c, ST_INVALID, "--line", typed[i], "is \"LOT FROM QUANTITY\"");
        TRY(stock_lot(c, in, words[0], &lines[i].lot_id, &sku));
        lines[i].from = words[1];
        TRY(stock_quantity(c, "--line", words[2], &lines[i].quantity, &unit));
    }
    TRY(transfer_send(c, shop, lines, n, argument_text(in->in, "--note", NULL), &id));
    text_addf(in->out, "Transfer %lld is on its way to %s.\n", (long long)id, shop);
    return ST_OK;
}

static enum status read_parts(struct ctx *c, const struct called *in, struct transfer_part **parts, size_t *n)
{
    const char *const *typed = argument_list(c, in->in, "--line", n);
    const char *words[3], *unit;

    *parts = arena_array(&c->arena, *n + 1, sizeof **parts);
    for (size_t i = 0; i < *n; i++) {
        if (stock_words(c, typed[i], 3, words) != 3)
            return ctx_fail(c, ST_INVALID, "--line", typed[i], "is \"LINE PLACE QUANTITY\"");
        (*parts)[i].line_no = strtoll(words[0], NULL, 10);
        (*parts)[i].location = words[1];
        TRY(stock_quantity(c, "--line", words[2], &(*parts)[i].quantity, &unit));
    }
    return ST_OK;
}

static enum status run_accept(struct ctx *c, const struct called *in)
{
    struct transfer_part *parts;
    const char *shop;
    int64_t id, receipt;
    size_t n;

    TRY(stock_operand(c, in, 0, "SHOP", &shop));
    TRY(stock_number_operand(c, in, 1, "N", &id));
    TRY(read_parts(c, in, &parts, &n));
    TRY(transfer_accept(c, shop, id, parts, n, &receipt));
    text_addf(in->out, "Accepted; it is receipt %lld here.\n", (long long)receipt);
    return ST_OK;
}

static enum status run_take_back(struct ctx *c, const struct called *in)
{
    struct transfer_part *parts;
    int64_t id;
    size_t n;

    TRY(stock_number_operand(c, in, 0, "N", &id));
    TRY(read_parts(c, in, &parts, &n));
    TRY(transfer_take_back(c, id, parts, n));
    text_add(in->out, "Taken back.\n");
    return ST_OK;
}

static enum status run_purchases(struct ctx *c, const struct called *in)
{
    static const struct list_column shown[] = {
        { "No.", "id", 6, LIST_TEXT },           { "Supplier", "supplier", 12, LIST_TEXT },
        { "State", "state", 15, LIST_TEXT },     { "Expected", "expected_on", 12, LIST_TEXT },
        { "Cents", "cost_cents", 0, LIST_TEXT }, { NULL, NULL, 0, LIST_TEXT },
    };

    return list_show(c, in, &q_purchase_list, PARAMS(SHOP(c), NONE(), NONE(), NONE(), NONE()), shown);
}

/* "SKU QUANTITY", perhaps with " for MONEY" behind it. */
static enum status read_purchase_line(struct ctx *c, const char *typed, struct purchase_line *line)
{
    const char *words[2], *cost = strstr(typed, " for ");

    if (stock_words(c, cost == NULL ? typed : arena_text_n(&c->arena, typed, (size_t)(cost - typed)), 2,
                    words) != 2)
        return ctx_fail(c, ST_INVALID, "--line", typed, "is \"SKU QUANTITY\", perhaps with \" for 12.50\"");
    line->sku = words[0];
    if (cost != NULL && money_parse(cost + strlen(" for "), &line->cost) != QUANTITY_OK)
        return ctx_fail(c, ST_INVALID, "--line", typed, "ends in a cost such as \"for 12.50\"");
    return stock_quantity(c, "--line", words[1], &line->quantity, &line->unit);
}

static enum status run_purchase_add(struct ctx *c, const struct called *in)
{
    struct purchase purchase = { .expected_on = DATE_NONE, .note = argument_text(in->in, "--note", NULL) };
    const char *const *typed = argument_list(c, in->in, "--line", &purchase.count);
    struct purchase_line *lines = arena_array(&c->arena, purchase.count + 1, sizeof *lines);
    int64_t id;

    TRY(stock_operand(c, in, 0, "SUPPLIER", &purchase.supplier));
    for (size_t i = 0; i < purchase.count; i++)
        TRY(read_purchase_line(c, typed[i], &lines[i]));
    purchase.lines = lines;
    TRY(purchase_add(c, &purchase, &id));
    text_addf(in->out, "Purchase order %lld to %s is a draft.\n", (long long)id, purchase.supplier);
    return ST_OK;
}

static enum status run_purchase_state(struct ctx *c, const struct called *in)
{
    const char *state;
    int64_t id;

    TRY(stock_number_operand(c, in, 0, "N", &id));
    TRY(stock_operand(c, in, 1, "STATE", &state));
    for (size_t i = 0; purchase_targets[i] != NULL; i++)
        if (strcmp(purchase_targets[i], state) == 0) {
            TRY(purchase_set_state(c, id, state));
            text_addf(in->out, "Purchase order %lld is %s.\n", (long long)id, state);
            return ST_OK;
        }
    return ctx_fail(c, ST_INVALID, "STATE", state, "is sent, closed or cancelled");
}

static enum status run_undo(struct ctx *c, const struct called *in)
{
    const char *reason = argument_text(in->in, "--reason", NULL);
    int64_t id;

    TRY(stock_number_operand(c, in, 0, "RECEIPT", &id));
    if (reason == NULL)
        return ctx_fail(c, ST_INVALID, "--reason", NULL, "is needed: why the delivery is taken back");
    TRY(stock_undo_receipt(c, id, reason));
    text_addf(in->out, "Receipt %lld is taken back.\n", (long long)id);
    return ST_OK;
}

static enum status run_adjustments(struct ctx *c, const struct called *in)
{
    static const struct list_column shown[] = {
        { "No.", "id", 6, LIST_TEXT },
        { "State", "state", 9, LIST_TEXT },
        { "Use", "use", 20, LIST_TEXT },
        { "Lot", "lot_code", 16, LIST_TEXT },
        { "Quantity", "quantity", 12, LIST_AMOUNT },
        { "Why", "reason_words", 0, LIST_TEXT },
        { NULL, NULL, 0, LIST_TEXT },
    };

    return list_show(c, in, &q_adjustment_list, PARAMS(SHOP(c), NONE(), NONE(), NONE()), shown);
}

static enum status run_adjust(struct ctx *c, const struct called *in)
{
    struct adjustment a = { .use = argument_text(in->in, "--use", "adjust"),
                            .reason = argument_text(in->in, "--reason", ""),
                            .note = argument_text(in->in, "--note", NULL) };
    const char *lot, *quantity, *unit, *sku;
    int64_t id;
    bool booked;

    TRY(stock_operand(c, in, 0, "LOT", &lot));
    TRY(stock_operand(c, in, 1, "PLACE", &a.location));
    TRY(stock_operand(c, in, 2, "QUANTITY", &quantity));
    TRY(stock_quantity(c, "QUANTITY", *quantity == '-' ? quantity + 1 : quantity, &a.quantity, &unit));
    if (*quantity == '-')
        a.quantity = -a.quantity;
    TRY(argument_number(c, in->in, "--order", 1, INT64_MAX, &a.order_id));
    TRY(stock_lot(c, in, lot, &a.lot_id, &sku));
    TRY(adjustment_ask(c, &a, &id, &booked));
    text_addf(in->out, "Correction %lld of %s, lot %s, %s.\n", (long long)id, sku, lot,
              booked ? "is booked" : "waits for another person: its value is above the shop's limit");
    return ST_OK;
}

static enum status run_decide(struct ctx *c, const struct called *in)
{
    const char *word;
    int64_t id;

    TRY(stock_number_operand(c, in, 0, "N", &id));
    TRY(stock_operand(c, in, 1, "yes or no", &word));
    if (strcmp(word, "yes") != 0 && strcmp(word, "no") != 0)
        return ctx_fail(c, ST_INVALID, "decision", word, "is yes or no");
    TRY(adjustment_decide(c, id, strcmp(word, "yes") == 0));
    text_addf(in->out, "Correction %lld is %s.\n", (long long)id,
              strcmp(word, "yes") == 0 ? "booked" : "refused");
    return ST_OK;
}

const struct subcommand subcommand_scan = { "scan", "CODE", "what a bar code says", false, run_scan };
const struct subcommand subcommand_move = { "move", "LOT FROM TO QUANTITY", "from place to place", true,
                                            run_move };
const struct subcommand subcommand_repack = { "repack", "LOT FROM", "several lots of one", true, run_repack };
const struct subcommand subcommand_transfers = { "transfers", "", "to and from other shops", false,
                                                 run_transfers };
const struct subcommand subcommand_send = { "send", "SHOP", "to another shop", true, run_send };
const struct subcommand subcommand_accept = { "accept", "SHOP N", "what a shop sent", true, run_accept };
const struct subcommand subcommand_take_back = { "take back", "N", "what is on its way", true,
                                                 run_take_back };
const struct subcommand subcommand_purchases = { "purchases", "", "purchase orders", false, run_purchases };
const struct subcommand subcommand_purchase_add = { "purchase add", "SUPPLIER", "a purchase order", true,
                                                    run_purchase_add };
const struct subcommand subcommand_purchase_state = { "purchase state", "N STATE", "send, close, cancel",
                                                      true, run_purchase_state };
const struct subcommand subcommand_undo = { "undo", "RECEIPT", "a delivery", true, run_undo };
const struct subcommand subcommand_adjustments = { "adjustments", "", "corrections", false, run_adjustments };
const struct subcommand subcommand_adjust = { "adjust", "LOT PLACE QUANTITY", "a correction", true,
                                              run_adjust };
const struct subcommand subcommand_decide = { "decide", "N yes|no", "on a correction", true, run_decide };
