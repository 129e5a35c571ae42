/* Prices from a table, as the report price-list writes it or as a supplier of tills does: the item's own price by SKU. What stood there
   before is kept with the import, so that it can be taken back while nobody changed a price again. */
#include "core/import_kinds.h"

#include "sql.h"

static const struct table_column columns[] = {
    { "sku", "货号", TABLE_TEXT, TABLE_FILLED, NULL },
    { "price_cents", "Price|New price|价格", TABLE_MONEY, TABLE_FILLED, NULL },
    { "per_mg", "Per g|Per|每克数", TABLE_GRAMS, TABLE_OPTIONAL, NULL },
    { "per_pieces", "Per pieces|每件数", TABLE_INTEGER, TABLE_OPTIONAL, NULL },
    { "name", "Item", TABLE_IGNORED, TABLE_OPTIONAL, NULL },
    { "name_hanzi", "品名", TABLE_IGNORED, TABLE_OPTIONAL, NULL },
    { "item_kind", "Kind|类别", TABLE_IGNORED, TABLE_OPTIONAL, NULL },
    { "category", "Tax category|税类", TABLE_IGNORED, TABLE_OPTIONAL, NULL },
    { "tax", "税率", TABLE_IGNORED, TABLE_OPTIONAL, NULL },
    { "gtin", "条码", TABLE_IGNORED, TABLE_OPTIONAL, NULL },
    { "rules", "价格规则", TABLE_IGNORED, TABLE_OPTIONAL, NULL },
    { NULL, NULL, TABLE_TEXT, TABLE_OPTIONAL, NULL },
};

static const struct import_part parts[] = {
    { "prices", NULL, false, columns, NULL },
    { .name = NULL },
};

static enum status apply(struct ctx *c, const struct import *import)
{
    return import_do(c, import, &q_import_prices_apply);
}

static enum status undo(struct ctx *c, const struct import *import)
{
    TRY(import_refuse_any(c, import, &q_import_prices_changed));
    return import_do(c, import, &q_import_prices_undo);
}

const struct import_kind import_prices = {
    .name = "price_list",
    .title = "prices",
    .title_hanzi = "价目表",
    .summary = "new prices of items the shop keeps, by SKU",
    .roles = ROLE_STAFF | ROLE_ADMIN,
    .workbook = "price-list",
    .formulas = true,
    .parts = parts,
    .check = &q_import_prices_check,
    .apply = apply,
    .undo = undo,
};
