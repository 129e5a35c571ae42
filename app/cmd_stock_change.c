/* `yaofang stock …`: adding and changing places, suppliers and items, receiving, a lot's status. Arguments to core calls; what
   a change does not mention stays. */
#include <stdlib.h>
#include <string.h>

#include "core/furnish.h"
#include "core/par.h"
#include "core/shop.h"
#include "core/stock.h"
#include "stock.h"

enum { LEAD_DAYS_MOST = 730 };

enum status stock_operand(struct ctx *c, const struct called *in, size_t at, const char *name,
                          const char **text)
{
    *text = at < in->operand_count ? in->operands[at] : NULL;
    if (*text == NULL)
        return ctx_fail(c, ST_INVALID, name, NULL, "is needed");
    return ST_OK;
}

enum status stock_quantity(struct ctx *c, const char *field, const char *typed, int64_t *quantity,
                           const char **unit)
{
    char *end;
    long long pieces = strtoll(typed, &end, 10);
    struct weight weight;

    *unit = "each";
    *quantity = pieces;
    if (*typed != '\0' && *end == '\0' && pieces >= 0 && pieces <= WEIGHT_LIMIT_MG)
        return ST_OK;
    *unit = "mg";
    TRY(shop_weight(c, field, typed, &weight, NULL, NULL));
    *quantity = weight.mg;
    return ST_OK;
}

static const char *option_of(const struct called *in, const char *name, const char *stored)
{
    return argument_text(in->in, name, stored);
}

static enum status read_yes(struct ctx *c, const struct called *in, const char *option, bool *yes)
{
    const char *typed = option_of(in, option, *yes ? "yes" : "no");

    *yes = strcmp(typed, "yes") == 0;
    if (!*yes && strcmp(typed, "no") != 0)
        return ctx_fail(c, ST_INVALID, option, typed, "is yes or no");
    return ST_OK;
}

/* Out of use, or back into it, when that is said. */
static enum status read_retired(struct ctx *c, const struct called *in, enum furnishing what, int64_t id)
{
    bool retired = false;

    if (option_of(in, "--retired", NULL) == NULL)
        return ST_OK;
    TRY(read_yes(c, in, "--retired", &retired));
    return furnish_retire(c, what, id, retired);
}

static enum status run_location_add(struct ctx *c, const struct called *in)
{
    struct location location = { .kind = option_of(in, "--kind", NULL) };
    int64_t id;

    TRY(stock_operand(c, in, 0, "CODE", &location.code));
    location.name = option_of(in, "--name", location.code);
    TRY(read_yes(c, in, "--restricted", &location.restricted));
    TRY(location_add(c, &location, &id));
    text_addf(in->out, "Place %s, %s, is there.\n", location.code, location.name);
    return ST_OK;
}

static enum status run_location_change(struct ctx *c, const struct called *in)
{
    struct location location;
    const char *code;
    int64_t id;

    TRY(stock_operand(c, in, 0, "CODE", &code));
    TRY(location_find(c, code, &id, &location));
    location.name = option_of(in, "--name", location.name);
    TRY(read_yes(c, in, "--restricted", &location.restricted));
    TRY(location_change(c, id, &location));
    TRY(read_retired(c, in, FURNISHING_LOCATION, id));
    text_addf(in->out, "Place %s is now %s.\n", code, location.name);
    return ST_OK;
}

static enum status read_supplier(struct ctx *c, const struct called *in, struct supplier *supplier)
{
    supplier->name = option_of(in, "--name", supplier->name);
    supplier->name_hanzi = option_of(in, "--hanzi", supplier->name_hanzi);
    supplier->phone = option_of(in, "--phone", supplier->phone);
    supplier->email = option_of(in, "--email", supplier->email);
    supplier->city = option_of(in, "--city", supplier->city);
    supplier->supplies = option_of(in, "--supplies", supplier->supplies);
    supplier->certificate_note = option_of(in, "--papers", supplier->certificate_note);
    return argument_number(c, in->in, "--lead-days", 0, LEAD_DAYS_MOST, &supplier->lead_time_days);
}

static enum status run_supplier_add(struct ctx *c, const struct called *in)
{
    struct supplier supplier = { .lead_time_days = -1 };
    int64_t id;

    TRY(stock_operand(c, in, 0, "CODE", &supplier.code));
    TRY(read_supplier(c, in, &supplier));
    TRY(supplier_add(c, &supplier, &id));
    text_addf(in->out, "Supplier %s, %s, is there.\n", supplier.code, supplier.name);
    return ST_OK;
}

static enum status run_supplier_change(struct ctx *c, const struct called *in)
{
    struct supplier supplier;
    const char *code;
    int64_t id;

    TRY(stock_operand(c, in, 0, "CODE", &code));
    TRY(supplier_find(c, code, &id, &supplier));
    TRY(read_supplier(c, in, &supplier));
    TRY(supplier_change(c, id, &supplier));
    TRY(read_retired(c, in, FURNISHING_SUPPLIER, id));
    text_addf(in->out, "Supplier %s, %s, is changed.\n", code, supplier.name);
    return ST_OK;
}

/* A quantity in the item's own unit; untouched when the option was not given. */
static enum status read_quantity(struct ctx *c, const struct called *in, const char *option,
                                 const struct item *item, int64_t *quantity)
{
    const char *typed = option_of(in, option, NULL), *unit;

    if (typed == NULL)
        return ST_OK;
    TRY(stock_quantity(c, option, typed, quantity, &unit));
    if (strcmp(unit, item->unit == NULL ? "mg" : item->unit) != 0)
        return ctx_fail(c, ST_INVALID, option, typed, "does not suit the item: its unit is %s",
                        item->unit == NULL ? "mg" : item->unit);
    return ST_OK;
}

static enum status read_content(struct ctx *c, const struct called *in, struct item *item)
{
    const char *typed = option_of(in, "--content", NULL);
    enum quantity_error error = typed == NULL ? QUANTITY_OK : weight_parse(typed, &item->content);

    if (error != QUANTITY_OK)
        return ctx_fail(c, ST_INVALID, "--content", typed, "%s", quantity_error_rule(error));
    return ST_OK;
}

/* What may change later as well. */
static enum status read_item(struct ctx *c, const struct called *in, struct item *item)
{
    const char *price = option_of(in, "--price", NULL);

    item->name = option_of(in, "--name", item->name);
    item->name_hanzi = option_of(in, "--hanzi", item->name_hanzi);
    item->preparation = option_of(in, "--preparation", item->preparation);
    item->home = option_of(in, "--home", item->home);
    item->gtin = option_of(in, "--gtin", item->gtin);
    item->tax_category = option_of(in, "--tax", item->tax_category);
    item->flags = option_of(in, "--flags", item->flags);
    TRY(read_content(c, in, item));
    TRY(read_quantity(c, in, "--pack", item, &item->pack_quantity));
    if (price != NULL && money_parse(price, &item->price) != QUANTITY_OK)
        return ctx_fail(c, ST_INVALID, "--price", price, "is an amount such as 3.60");
    TRY(read_quantity(c, in, "--per", item, &item->price_per_quantity));
    return read_quantity(c, in, "--reorder", item, &item->reorder_quantity);
}

static bool of_kind(const struct item *item, const char *kind)
{
    return item->item_kind != NULL && strcmp(item->item_kind, kind) == 0;
}

static enum status run_item_add(struct ctx *c, const struct called *in)
{
    struct item item = {
        .item_kind = option_of(in, "--kind", NULL),
        .unit = option_of(in, "--unit", NULL),
        .reorder_quantity = -1,
    };
    const char *ratio = option_of(in, "--ratio", NULL), *product = option_of(in, "--product", NULL);
    int64_t id;

    TRY(stock_operand(c, in, 0, "SKU", &item.sku));
    item.thing = of_kind(&item, "product")
                     ? product
                     : option_of(in, "--herb", of_kind(&item, "goods") ? product : NULL);
    if (item.unit == NULL && of_kind(&item, "goods"))
        item.unit = "each";
    if (ratio != NULL && !ratio_parse(ratio, &item.ratio))
        return ctx_fail(c, ST_INVALID, "--ratio", ratio, "is a ratio such as 5:1");
    TRY(read_item(c, in, &item));
    TRY(item_add(c, in->knowledge, &item, &id));
    text_addf(in->out, "Item %s is there.\n", item.sku);
    return ST_OK;
}

static enum status run_item_change(struct ctx *c, const struct called *in)
{
    struct item item;
    const char *sku;
    int64_t id;

    TRY(stock_operand(c, in, 0, "SKU", &sku));
    TRY(item_find(c, sku, &id, &item));
    TRY(read_item(c, in, &item));
    TRY(item_change(c, in->knowledge, id, 0, &item));
    TRY(read_retired(c, in, FURNISHING_ITEM, id));
    text_addf(in->out, "Item %s, %s, is changed.\n", sku, item.name);
    return ST_OK;
}

/* "SKU LOT EXPIRY PLACE QUANTITY", perhaps with " for MONEY" behind it. */
static enum status read_line(struct ctx *c, const char *typed, struct receipt_line *line)
{
    const char *words[4], *at = typed + strspn(typed, " "), *cost;

    for (size_t i = 0; i < 4; i++) {
        const size_t length = strcspn(at, " ");

        words[i] = arena_text_n(&c->arena, at, length);
        at += length + strspn(at + length, " ");
    }
    if (*at == '\0')
        return ctx_fail(c, ST_INVALID, "--line", typed, "is \"SKU LOT EXPIRY PLACE QUANTITY\"");
    cost = strstr(at, " for ");
    line->sku = words[0];
    line->lot_code = words[1];
    line->expires = strcmp(words[2], "-") == 0 ? "" : words[2];
    line->location = words[3];
    if (cost != NULL && money_parse(cost + strlen(" for "), &line->cost) != QUANTITY_OK)
        return ctx_fail(c, ST_INVALID, "--line", typed, "ends in a cost such as \"for 12.50\"");
    return stock_quantity(c, "--line", cost == NULL ? at : arena_text_n(&c->arena, at, (size_t)(cost - at)),
                          &line->quantity, &line->unit);
}

static enum status run_receive(struct ctx *c, const struct called *in)
{
    struct receipt receipt = { 0 };
    struct receipt_line *lines;
    const char *const *typed = argument_list(c, in->in, "--line", &receipt.count);
    int64_t id;

    TRY(stock_operand(c, in, 0, "SUPPLIER", &receipt.supplier));
    TRY(stock_operand(c, in, 1, "INVOICE", &receipt.invoice));
    lines = arena_array(&c->arena, receipt.count + 1, sizeof *lines);
    for (size_t i = 0; i < receipt.count; i++) {
        lines[i] = (struct receipt_line){ .certificate = option_of(in, "--certificate", NULL) };
        TRY(read_line(c, typed[i], &lines[i]));
    }
    receipt.lines = lines;
    TRY(stock_receive(c, &receipt, &id));
    text_addf(in->out, "Receipt %lld: %zu line%s from %s booked in%s.\n", (long long)id, receipt.count,
              receipt.count == 1 ? "" : "s", receipt.supplier,
              option_of(in, "--certificate", NULL) == NULL ? "; without a certificate they wait in quarantine"
                                                           : "");
    return ST_OK;
}

static enum status run_status(struct ctx *c, const struct called *in)
{
    const char *code, *status, *sku, *reason = option_of(in, "--reason", NULL);
    int64_t lot;

    TRY(stock_operand(c, in, 0, "LOT", &code));
    TRY(stock_operand(c, in, 1, "STATUS", &status));
    if (reason == NULL)
        return ctx_fail(c, ST_INVALID, "--reason", NULL, "is needed: why the status changes");
    TRY(stock_lot(c, in, code, &lot, &sku));
    TRY(lot_set_status(c, lot, status, reason));
    text_addf(in->out, "Lot %s of %s is %s.\n", code, sku, status);
    return ST_OK;
}

const struct subcommand subcommand_item_add = { "item add", "SKU", "an item", true, run_item_add };
const struct subcommand subcommand_item_change = { "item change", "SKU", "an item", true, run_item_change };
const struct subcommand subcommand_location_add = { "location add", "CODE", "a place", true,
                                                    run_location_add };
const struct subcommand subcommand_location_change = { "location change", "CODE", "a place", true,
                                                       run_location_change };
const struct subcommand subcommand_supplier_add = { "supplier add", "CODE", "a supplier", true,
                                                    run_supplier_add };
const struct subcommand subcommand_supplier_change = { "supplier change", "CODE", "a supplier", true,
                                                       run_supplier_change };
const struct subcommand subcommand_receive = { "receive", "SUPPLIER INVOICE", "a delivery", true,
                                               run_receive };
const struct subcommand subcommand_status = { "status", "LOT STATUS", "a lot's status", true, run_status };

static enum status run_par(struct ctx *c, const struct called *in)
{
    const char *place, *sku, *typed, *unit;
    int64_t quantity;

    TRY(stock_operand(c, in, 0, "PLACE", &place));
    TRY(stock_operand(c, in, 1, "SKU", &sku));
    TRY(stock_operand(c, in, 2, "QUANTITY", &typed));
    TRY(stock_quantity(c, "QUANTITY", typed, &quantity, &unit));
    TRY(par_set(c, place, sku, quantity));
    text_addf(in->out, "%s should hold %s of %s.\n", place, typed, sku);
    return ST_OK;
}

const struct subcommand subcommand_par = { "par", "PLACE SKU QUANTITY",
                                           "say how much of an item a place should hold; 0: no more", true,
                                           run_par };
