/* Sheets of a count that come back filled in: each row says which line of which count, and what was counted; rows without an
   amount were not counted. Entered as by hand, against the books of this moment. */
#include "core/import_kinds.h"

#include "core/audit.h"
#include "core/stock_parts.h"
#include "sql.h"

static const struct table_column columns[] = {
    { "count_no", "Count|盘点号", TABLE_INTEGER, TABLE_FILLED, NULL },
    { "line_no", "Line|行", TABLE_INTEGER, TABLE_FILLED, NULL },
    { "place", "位置", TABLE_IGNORED, TABLE_OPTIONAL, NULL },
    { "name", "Item", TABLE_IGNORED, TABLE_OPTIONAL, NULL },
    { "name_hanzi", "品名", TABLE_IGNORED, TABLE_OPTIONAL, NULL },
    { "sku", "货号", TABLE_IGNORED, TABLE_OPTIONAL, NULL },
    { "lot_code", "Lot|批号", TABLE_IGNORED, TABLE_OPTIONAL, NULL },
    { "expires_on", "Expires|有效期", TABLE_IGNORED, TABLE_OPTIONAL, NULL },
    { "expected_mg", "Should be g|Expected g|应有克", TABLE_IGNORED, TABLE_OPTIONAL, NULL },
    { "expected_pieces", "Should be pieces|应有件", TABLE_IGNORED, TABLE_OPTIONAL, NULL },
    { "counted_mg", "Counted g|实盘克", TABLE_GRAMS, TABLE_OPTIONAL, NULL },
    { "counted_pieces", "Counted pieces|实盘件", TABLE_INTEGER, TABLE_OPTIONAL, NULL },
    { "note", "Note|备注", TABLE_TEXT, TABLE_OPTIONAL, NULL },
    { NULL, NULL, TABLE_TEXT, TABLE_OPTIONAL, NULL },
};

static const struct import_part parts[] = {
    { "lines", NULL, false, columns, NULL },
    { .name = NULL },
};

static enum status apply(struct ctx *c, const struct import *import)
{
    int64_t count;

    TRY(stock_id_row(c, &q_import_stocktake_count, PARAMS(SHOP(c), I64(import->id)), &count));
    TRY(stock_id_row(c, &q_count_lock, PARAMS(SHOP(c), I64(count)), &count));
    if (count == 0)
        return ctx_fail(c, ST_CONFLICT, "count_no", NULL, "is no count of this shop that is open");
    TRY(db_run(c, &q_count_lock_lots, PARAMS(SHOP(c), I64(count), NONE())));
    TRY(import_do(c, import, &q_import_stocktake_enter));
    return audit_note(c, "count_entered", arena_printf(&c->arena, "count %lld", (long long)count),
                      import->file_name);
}

static enum status undo(struct ctx *c, const struct import *import)
{
    return ctx_fail(c, ST_CONFLICT, "import", stock_number(c, import->id),
                    "stays: what was counted is only added; count again, or cancel the count");
}

const struct import_kind import_stocktake = {
    .name = "stocktake",
    .title = "stocktake",
    .title_hanzi = "盘点",
    .summary = "the sheets of a count, filled in",
    .roles = ROLE_STAFF | ROLE_PHARMACIST | ROLE_ADMIN,
    .workbook = "stocktake",
    .formulas = true,
    .parts = parts,
    .check = &q_import_stocktake_check,
    .apply = apply,
    .undo = undo,
};
