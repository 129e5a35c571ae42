/* The items a shop keeps from a table: herbs raw, as granules or powder, products, and goods. What each is comes from the rule book by
   any of its names, goods go by the name the shop gives them; what is already there under the SKU is a fault, so nothing is overwritten. */
#include <string.h>

#include "core/goods.h"
#include "core/import_kinds.h"
#include "core/name.h"
#include "sql.h"

enum { SKU, KIND, HERB, NAME, NAME_HANZI, PREPARATION, RATIO = 8, RATIO_MOST = 100 };

static const struct table_column columns[] = {
    [SKU] = { "sku", "货号", TABLE_TEXT, TABLE_FILLED, NULL },
    [KIND] = { "item_kind", "Kind|Form|类别", TABLE_WORD, TABLE_FILLED,
               "raw=生药=饮片=原药|granule=granules=颗粒|powder=粉|product=成药|goods=其他商品=杂货" },
    [HERB] = { "herb", "Herb or product|Product|药名|品名", TABLE_TEXT, TABLE_OPTIONAL, NULL },
    [NAME] = { "name", "Name in the shop|Item", TABLE_TEXT, TABLE_OPTIONAL, NULL },
    [NAME_HANZI] = { "name_hanzi", "Chinese name|中文名", TABLE_TEXT, TABLE_OPTIONAL, NULL },
    [PREPARATION] = { "preparation", "Processing|炮制", TABLE_TEXT, TABLE_OPTIONAL, NULL },
    { "price_cents", "Price|价格", TABLE_MONEY, TABLE_OPTIONAL, NULL },
    { "price_per_mg", "Price per|Per|Price per g", TABLE_GRAMS, TABLE_OPTIONAL, NULL },
    [RATIO] = { "ratio", "浓缩比", TABLE_TEXT, TABLE_OPTIONAL, NULL },
    { "unit", "单位", TABLE_WORD, TABLE_OPTIONAL, "mg=g=weight=克|each=piece=pieces=件" },
    { "home", "Place|Drawer|位置", TABLE_TEXT, TABLE_OPTIONAL, NULL },
    { "reorder_mg", "Re-order at g|Re-order g|补货点", TABLE_GRAMS, TABLE_OPTIONAL, NULL },
    { "reorder_pieces", "Re-order at pieces|补货件数", TABLE_INTEGER, TABLE_OPTIONAL, NULL },
    { NULL, NULL, TABLE_TEXT, TABLE_OPTIONAL, NULL },
};

enum { HERB_ID, PRODUCT_ID, NUMERATOR, DENOMINATOR };
static const char *const derived[] = { "herb_id", "product_id", "ratio_numerator", "ratio_denominator",
                                       NULL };

static const struct import_part parts[] = {
    { "items", NULL, false, columns, derived },
    { .name = NULL },
};

/* What the row's herb or product is, by any of its names. */
static void resolve(struct ctx *c, struct import_run *run, struct import_row *row)
{
    const bool product = strcmp(row->cells[KIND], "product") == 0;
    struct ref thing =
        name_resolve(c, import_knowledge(run), "herb", row->cells[HERB], product ? REF_PRODUCT : REF_HERB);

    if (c->fault.count > 0)
        import_fault(run, row, "herb", "%s", c->fault.items[0].rule);
    else
        row->derived[product ? PRODUCT_ID : HERB_ID] = ref_id(import_knowledge(run), thing);
    ctx_forgive(c);
}

/* Goods go by their names alone, and not by one that has to be screened. */
static void check_goods(struct ctx *c, struct import_run *run, struct import_row *row)
{
    if (row->cells[HERB] != NULL)
        import_fault(run, row, "herb", "belongs to herbs and products: goods go by their name alone");
    if (row->cells[PREPARATION] != NULL)
        import_fault(run, row, "preparation", "belongs to herbs and products");
    if (row->cells[NAME] == NULL)
        import_fault(run, row, "name", "must be given for goods");
    goods_check_names(c, import_knowledge(run), row->cells[NAME], row->cells[NAME_HANZI]);
    for (size_t i = 0; i < c->fault.count; i++)
        import_fault(run, row, c->fault.items[i].field, "%s", c->fault.items[i].rule);
    ctx_forgive(c);
}

static void read_ratio(struct ctx *c, struct import_run *run, struct import_row *row)
{
    const bool granule = strcmp(row->cells[KIND], "granule") == 0;
    struct ratio ratio = { 1, 1 };

    if (row->cells[RATIO] == NULL && granule)
        import_fault(run, row, "ratio",
                     "must be given for granules: grams of crude herb in a gram, such as 5:1");
    else if (row->cells[RATIO] != NULL && (!ratio_parse(row->cells[RATIO], &ratio) || ratio.num < ratio.den ||
                                           ratio.num > RATIO_MOST * ratio.den))
        import_fault(run, row, "ratio", "is grams of crude herb in a gram of granules, 1:1 to %d:1",
                     RATIO_MOST);
    else if (!granule && ratio.num != ratio.den)
        import_fault(run, row, "ratio", "belongs to granules; everything else is 1:1");
    row->derived[NUMERATOR] = arena_printf(&c->arena, "%lld", (long long)ratio.num);
    row->derived[DENOMINATOR] = arena_printf(&c->arena, "%lld", (long long)ratio.den);
}

static enum status read_row(struct ctx *c, struct import_run *run, struct import_row *row)
{
    if (row->cells[KIND] == NULL)
        return ST_OK;
    if (strcmp(row->cells[KIND], "goods") == 0)
        check_goods(c, run, row);
    else if (row->cells[HERB] != NULL)
        resolve(c, run, row);
    else
        import_fault(run, row, "herb", "must be given for a herb or product");
    read_ratio(c, run, row);
    return ST_OK;
}

static enum status apply(struct ctx *c, const struct import *import)
{
    return import_do(c, import, &q_import_herbs_apply);
}

static enum status undo(struct ctx *c, const struct import *import)
{
    TRY(import_refuse_any(c, import, &q_import_herbs_used));
    return import_do(c, import, &q_import_take_back);
}

const struct import_kind import_herbs = {
    .name = "herbs",
    .title = "items",
    .title_hanzi = "药材与商品",
    .summary = "new items of the shop: herbs raw, as granules or powder, products, and goods",
    .roles = ROLE_STAFF | ROLE_ADMIN,
    .workbook = "herbs-sheet",
    .parts = parts,
    .row = read_row,
    .check = &q_import_herbs_check,
    .apply = apply,
    .undo = undo,
};
