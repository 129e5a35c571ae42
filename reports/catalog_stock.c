/* What count sheets, call lists and traces show. */
#include "catalog_stock.h"

#include "sql.h"

/* The row that ends a list. */
#define ROWS_DONE \
    { \
        .key = NULL \
    }

const struct report_parameter stocktake_parameters[] = {
    { "count", PARAMETER_INTEGER, "The count's number; the newest that is open when not given" },
    { .name = NULL },
};
const struct report_column stocktake_columns[] = {
    { "count_no", "Count\n盘点号", REPORT_INTEGER, false, "The count's number." },
    { "line_no", "Line\n行", REPORT_INTEGER, false, "Its line: leave it as it is." },
    { "place", "Place\n位置", REPORT_TEXT, false, "Where to look." },
    { "name", "Item", REPORT_TEXT, false, "The item's name in the shop." },
    { "name_hanzi", "品名", REPORT_TEXT, false, "The item's Chinese name in the shop." },
    { "sku", "SKU\n货号", REPORT_TEXT, false, "The shop's own number of the item." },
    { "lot_code", "Lot\n批号", REPORT_TEXT, false, "The supplier's lot number." },
    { "expires_on", "Expires\n有效期", REPORT_DATE, false, "Last day of use." },
    { "expected_mg", "Should be g\n应有克", REPORT_GRAMS, false,
      "What the books say; empty while a blind count is open." },
    { "expected_pieces", "Should be pieces\n应有件", REPORT_INTEGER, false, "The same for items counted." },
    { "counted_mg", "Counted g\n实盘克", REPORT_GRAMS, true, "What lies there. Empty: not counted." },
    { "counted_pieces", "Counted pieces\n实盘件", REPORT_INTEGER, true, "The same for items counted." },
    { "note", "Note\n备注", REPORT_TEXT, false, "What the person who counts wants to say." },
    ROWS_DONE,
};
const struct report_entry stocktake_entries[] = {
    { .key = "counted_mg", .hint = "Grams, 0 when it is empty" },
    { .key = "counted_pieces", .hint = "Pieces, 0 when it is empty" },
    { .key = "note", .least = 0, .most = 500, .hint = "Anything worth telling" },
    ROWS_DONE,
};

const struct report_parameter recall_parameters[] = {
    { "recall", PARAMETER_INTEGER, "The recall's number; the newest when not given" },
    { .name = NULL },
};
const struct report_column recall_columns[] = {
    { "status", "Call\n通知状态", REPORT_TEXT, false, "To call, or what the last call gave." },
    { "patient_code", "Patient no.\n患者号", REPORT_TEXT, false, "The shop's own number of the patient." },
    { "patient_name", "Patient\n患者", REPORT_TEXT, false, "As recorded; sales may be to nobody known." },
    { "name_hanzi", "姓名", REPORT_TEXT, false, "Chinese name, as recorded." },
    { "phone", "Phone\n电话", REPORT_TEXT, false, "As recorded." },
    { "language", "Language\n语言", REPORT_TEXT, false, "The patient's own choice." },
    { "document", "With\n单据", REPORT_TEXT, false, "The order or sale by which it was given, or waits." },
    { "name", "Item", REPORT_TEXT, false, "What of the recalled was given." },
    { "lot_code", "Lot\n批号", REPORT_TEXT, false, "Of which lot." },
    { "quantity_mg", "Quantity g\n重量", REPORT_GRAMS, true, "How much, by the ledger." },
    { "pieces", "Pieces\n件数", REPORT_INTEGER, true, "For items counted, not weighed." },
    { "given_at", "Given\n时间", REPORT_TIME, false, "When, in the shop's time." },
    { "called_by", "Called by\n通知人", REPORT_TEXT, false, "Who called last." },
    { "called_at", "Called\n通知时间", REPORT_TIME, false, "When, in the shop's time." },
    { "call_note", "Note\n备注", REPORT_TEXT, false, "What was noted with the call." },
    ROWS_DONE,
};
const struct report_rule recall_rules[] = {
    { "status", "to call", TONE_BAD, "Nobody has called yet." },
    { "status", "called", TONE_WARN, "Called; the answer is still to come." },
    { "status", "no_answer", TONE_WARN, "Called in vain." },
    ROWS_DONE,
};

const struct report_parameter trace_parameters[] = {
    { "lot", PARAMETER_TEXT, "The lot's code; without it there are no rows" },
    { .name = NULL },
};
const struct report_column trace_columns[] = {
    { "moved_at", "When\n时间", REPORT_TIME, false, "The move's instant, in the shop's time." },
    { "reason", "Reason\n事由", REPORT_TEXT, false, "Why it moved, as in the ledger." },
    { "name", "Item", REPORT_TEXT, false, "The lot's item, or what was made of it." },
    { "lot_code", "Lot\n批号", REPORT_TEXT, false, "The lot, or the one made of it." },
    { "expires_on", "Expires\n有效期", REPORT_DATE, false, "Last day of use." },
    { "status", "Status\n状态", REPORT_TEXT, false, "The lot's status of today." },
    { "document", "Document\n单据", REPORT_TEXT, false, "Invoice, order, sale, transfer or batch." },
    { "party", "From or to whom\n往来方", REPORT_TEXT, false,
      "The supplier it came from, the patient it went to." },
    { "patient_code", "Patient no.\n患者号", REPORT_TEXT, false, "The shop's own number of the patient." },
    { "phone", "Phone\n电话", REPORT_TEXT, false, "The patient's." },
    { "from_place", "From\n从", REPORT_TEXT, false, "Where it left." },
    { "to_place", "To\n到", REPORT_TEXT, false, "Where it arrived." },
    { "quantity_mg", "Quantity g\n重量", REPORT_GRAMS, false, "What moved, for items weighed." },
    { "pieces", "Pieces\n件数", REPORT_INTEGER, false, "What moved, for items counted." },
    { "person", "Person\n经手人", REPORT_TEXT, false, "Who booked it." },
    ROWS_DONE,
};
const struct report_rule trace_rules[] = {
    { "status", "recalled", TONE_BAD, "The lot is recalled." },
    ROWS_DONE,
};

const struct report_parameter valuation_parameters[] = {
    { "on", PARAMETER_DATE, "Last day that counts, in the shop's time; today when not given" },
    { "kind", PARAMETER_TEXT, "Only items of this kind: raw, granule, powder, product or goods" },
    { .name = NULL },
};
const struct report_column valuation_columns[] = {
    { "name", "Item", REPORT_TEXT, false, "The item's name in the shop." },
    { "name_hanzi", "品名", REPORT_TEXT, false, "The item's Chinese name in the shop." },
    { "sku", "SKU\n货号", REPORT_TEXT, false, "The shop's own number of the item." },
    { "item_kind", "Kind\n类别", REPORT_TEXT, false, "Raw herb, granule, powder, shelf product or goods." },
    { "lot_code", "Lot\n批号", REPORT_TEXT, false, "The supplier's lot number." },
    { "supplier", "Supplier\n供应商", REPORT_TEXT, false, "Who delivered the lot." },
    { "expires_on", "Expires\n有效期", REPORT_DATE, false, "Last day of use." },
    { "on_hand_mg", "On hand g\n库存", REPORT_GRAMS, true,
      "The sum of the ledger's moves of this lot up to the end of that day." },
    { "pieces", "Pieces\n件数", REPORT_INTEGER, true, "For items counted, not weighed." },
    { "cost_cents", "Cost value\n成本", REPORT_MONEY, true,
      "On hand times what this lot cost, rounded to a cent per lot." },
    ROWS_DONE,
};
static const struct report_column valuation_moves_columns[] = {
    { "what", "What\n事由", REPORT_TEXT, false,
      "The value at the month's beginning, the reasons of the ledger's moves since, and the value at the "
      "end." },
    { "moves", "Moves\n笔数", REPORT_INTEGER, false, "How many moves into or out of the shop's places." },
    { "cost_cents", "Cost value\n成本", REPORT_MONEY, false,
      "What they changed of the lots' values: opening and changes add up to closing, to the cent." },
    ROWS_DONE,
};
const struct report_sheet valuation_more[] = {
    { .name = "Month",
      .summary = "From the value at the beginning of that day's month to the value at its end.",
      .query = &q_report_stock_valuation_moves,
      .columns = valuation_moves_columns },
    { .name = NULL },
};
