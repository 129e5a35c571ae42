/* A supplier's delivery from a table: all of it is booked, as one delivery, or nothing. An item is found by SKU or by GTIN; what
   the table does not say about a lot that is known stays as it is. A quantity is in the row's unit; without one, a weight is in grams
   and a quantity in pieces. */
#include <string.h>
#include <strings.h>

#include "core/audit.h"
#include "core/import_kinds.h"
#include "core/shop.h"
#include "core/stock.h"
#include "core/stock_parts.h"
#include "intake/gs1.h"
#include "sql.h"

enum { BOOKED_AT_ONCE = 5000, PIECES_DIGITS = 15 };
enum { SKU, GTIN, LOT, EXPIRES, MADE, GRAMS, PIECES, UNIT };

static const struct table_column columns[] = {
    [SKU] = { "sku", "Item|Article|货号", TABLE_TEXT, TABLE_OPTIONAL, NULL },
    [GTIN] = { "gtin", "EAN|UPC|Barcode|条码", TABLE_TEXT, TABLE_OPTIONAL, NULL },
    [LOT] = { "lot_code", "Lot|Batch|批号", TABLE_TEXT, TABLE_FILLED, NULL },
    [EXPIRES] = { "expires_on", "Expires|Expiry|Use by|有效期", TABLE_DATE, TABLE_OPTIONAL, NULL },
    [MADE] = { "made_on", "Made|Manufactured|生产日期", TABLE_DATE, TABLE_OPTIONAL, NULL },
    [GRAMS] = { "quantity_mg", "Quantity g|Weight g|Weight|数量克|重量", TABLE_TEXT, TABLE_OPTIONAL, NULL },
    [PIECES] = { "pieces", "Quantity|Pieces|件数|数量", TABLE_TEXT, TABLE_OPTIONAL, NULL },
    [UNIT] = { "unit", "Unit|UOM|单位|單位", TABLE_TEXT, TABLE_OPTIONAL, NULL },
    { "location", "Place|Drawer|位置", TABLE_TEXT, TABLE_OPTIONAL, NULL },
    { "cost_cents", "Cost|Amount|金额|成本", TABLE_MONEY, TABLE_OPTIONAL, NULL },
    { "certificate", "Certificate of analysis|COA|检验报告", TABLE_TEXT, TABLE_OPTIONAL, NULL },
    { "name", "Description|品名", TABLE_IGNORED, TABLE_OPTIONAL, NULL },
    { NULL, NULL, TABLE_TEXT, TABLE_OPTIONAL, NULL },
};

enum { PRECISION, GTIN_14 };
static const char *const derived[] = { "precision", "gtin_14", NULL };

static const struct import_part parts[] = {
    { "lines", NULL, false, columns, derived },
    { .name = NULL },
};

static const struct import_parameter parameters[] = {
    { "supplier", true, "the supplier's code" },
    { "invoice", true, "the number of the invoice or delivery note" },
    { "purchase_order", false, "what was ordered: the purchase order's number" },
    { NULL, false, NULL },
};

static bool counts_pieces(const char *unit)
{
    static const char *const words[] = { "each", "ea", "piece", "pieces", "pc", "pcs", "件", "个", "個" };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcasecmp(unit, words[i]) == 0)
            return true;
    return false;
}

/* Which cell a rule about the unit is told of: the unit's own, or the weight's where the unit stands behind the number. */
static void weight_fault(struct import_run *run, const struct import_row *row, enum quantity_error error,
                         const char *number)
{
    const char *unit = row->cells[UNIT] != NULL ? "unit" : number;

    if (error == QUANTITY_UNIT)
        import_fault(run, row, unit,
                     "is one of g, kg, mg, oz, lb, liang (两), qian (钱), jin (斤) and each (件)");
    else if (error == QUANTITY_CONVENTION)
        import_fault(
            run, row, unit,
            "does not say whose liang is meant: write prc, taiwan or hong_kong behind it, or let the "
            "administrator choose the shop's");
    else
        import_fault(run, row, number, "%s", quantity_error_rule(error));
}

/* Puts milligrams in place of what the row calls a weight: exact until the one rounding to a milligram. */
static enum status read_weight(struct ctx *c, struct import_run *run, struct import_row *row, int from)
{
    const char *number = row->cells[from], *unit = row->cells[UNIT], *typed = number;
    enum liang whose = LIANG_NOT_CHOSEN;
    enum quantity_error error;
    struct weight weight;

    row->cells[from] = NULL;
    if (unit != NULL && number[strspn(number, "0123456789.")] != '\0') {
        import_fault(run, row, columns[from].name, "is a number alone where the row has a unit");
        return ST_OK;
    }
    if (unit != NULL)
        typed = arena_printf(&c->arena, "%s %s", number, unit);
    error = weight_parse_in(typed, whose, &weight, NULL);
    if (error == QUANTITY_CONVENTION) {
        TRY(shop_liang(c, &whose));
        error = weight_parse_in(typed, whose, &weight, NULL);
    }
    if (error == QUANTITY_OK)
        row->cells[GRAMS] = arena_printf(&c->arena, "%lld", (long long)weight.mg);
    else
        weight_fault(run, row, error, columns[from].name);
    return ST_OK;
}

static void read_pieces(struct import_run *run, struct import_row *row, int from)
{
    const char *number = row->cells[from];
    const size_t size = strlen(number);

    row->cells[from] = NULL;
    if (size == 0 || size > PIECES_DIGITS || strspn(number, "0123456789") != size)
        import_fault(run, row, columns[from].name, "must be a whole number of pieces, not negative");
    else
        row->cells[PIECES] = number;
}

static enum status read_quantity(struct ctx *c, struct import_run *run, struct import_row *row)
{
    const bool weighed = row->cells[GRAMS] != NULL, counted = row->cells[PIECES] != NULL;
    const char *unit = row->cells[UNIT];
    const int from = weighed ? GRAMS : PIECES;

    if (weighed == counted) {
        if (row->read->wrong == 0)
            import_fault(run, row, "quantity_mg", "or a number of pieces must be given, not both");
        return ST_OK;
    }
    if (unit == NULL ? counted : counts_pieces(unit)) {
        read_pieces(run, row, from);
        return ST_OK;
    }
    return read_weight(c, run, row, from);
}

static enum status read_row(struct ctx *c, struct import_run *run, struct import_row *row)
{
    const char *expires = row->read->cells[EXPIRES].raw;
    char padded[15];

    row->derived[PRECISION] = expires != NULL && strlen(expires) == strlen("2028-03") ? "month" : "day";
    if (row->cells[GTIN] != NULL && !gtin_parse(row->cells[GTIN], padded))
        import_fault(run, row, "gtin", "is 8, 12, 13 or 14 digits with their check digit");
    else if (row->cells[GTIN] != NULL)
        row->derived[GTIN_14] = arena_text(&c->arena, padded);
    if (row->cells[SKU] == NULL && row->cells[GTIN] == NULL)
        import_fault(run, row, "sku", "or a GTIN must be given");
    return read_quantity(c, run, row);
}

static enum status apply(struct ctx *c, const struct import *import)
{
    int64_t receipt, purchase = 0;

    TRY(stock_id_row(c, &q_import_delivery_lots, PARAMS(SHOP(c), I64(import->id), USER(c)), &receipt));
    for (int64_t line = 1; line <= import->rows_total; line += BOOKED_AT_ONCE)
        TRY(stock_id_row(c, &q_import_delivery_book,
                         PARAMS(SHOP(c), I64(import->id), I64(receipt), USER(c), I64(line),
                                I64(line + BOOKED_AT_ONCE - 1)),
                         &purchase));
    if (purchase != 0)
        TRY(db_run(c, &q_purchase_receive, PARAMS(SHOP(c), I64(purchase), I64(receipt), BOOL(false))));
    return audit_note(c, "stock_received", arena_printf(&c->arena, "receipt %lld", (long long)receipt),
                      import->file_name);
}

static enum status undo(struct ctx *c, const struct import *import)
{
    int64_t receipt;

    TRY(stock_id_row(c, &q_import_delivery_receipt, PARAMS(SHOP(c), I64(import->id)), &receipt));
    return stock_undo_receipt(c, receipt, arena_printf(&c->arena, "import %lld", (long long)import->id));
}

const struct import_kind import_delivery = {
    .name = "delivery",
    .title = "delivery",
    .title_hanzi = "到货",
    .summary = "a supplier's delivery: lots with expiry, quantity and cost",
    .roles = ROLE_STAFF | ROLE_PHARMACIST,
    .workbook = "delivery-sheet",
    .parts = parts,
    .parameters = parameters,
    .row = read_row,
    .check = &q_import_delivery_check,
    .apply = apply,
    .undo = undo,
};
