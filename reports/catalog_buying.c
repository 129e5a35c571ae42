/* What the reports by which a shop buys and refills show, and how each figure is made. */
#include "catalog_buying.h"

#include "sql.h"

/* The row that ends a list. */
#define ROWS_DONE \
    { \
        .key = NULL \
    }

const struct report_parameter reorder_parameters[] = {
    { "days", PARAMETER_INTEGER, "Over how many days the use rate is taken; 90 when not given" },
    { "safety", PARAMETER_INTEGER, "Days of use kept for what goes wrong; 14 when not given" },
    { "cycle", PARAMETER_INTEGER, "Days until the next order to the same supplier; 30 when not given" },
    { .name = NULL },
};
const struct report_column reorder_columns[] = {
    { "name", "Item", REPORT_TEXT, false, "The item's name in the shop." },
    { "name_hanzi", "品名", REPORT_TEXT, false, "The item's Chinese name in the shop." },
    { "sku", "SKU\n货号", REPORT_TEXT, false, "The shop's own number of the item." },
    { "item_kind", "Kind\n类别", REPORT_TEXT, false, "Raw herb, granule, powder, shelf product or goods." },
    { "state", "State\n状态", REPORT_TEXT, false,
      "Orders are short of it, none left, low, or low although some is on order." },
    { "supplier", "Buy from\n供应商", REPORT_TEXT, false, "Who delivered the newest lot." },
    { "lead_time_days", "Lead days\n供货天数", REPORT_INTEGER, false,
      "As noted for that supplier; 14 are taken where nothing is." },
    { "usable_mg", "Usable g\n可用", REPORT_GRAMS, false, "Released, not expired, not in quarantine." },
    { "reserved_mg", "Reserved g\n已预留", REPORT_GRAMS, false, "Of that set aside for orders." },
    { "on_order_mg", "On order g\n在途", REPORT_GRAMS, false,
      "Of purchase orders that were sent, what has not come yet." },
    { "use_a_day_mg", "Use a day g\n日用量", REPORT_GRAMS, false,
      "What went to patients and into batches, divided by the days." },
    { "reorder_mg", "Order at g\n补货点", REPORT_GRAMS, false,
      "Use of lead time and safety days, or the item's own re-order quantity, whichever is more." },
    { "buy_mg", "Buy g\n建议采购", REPORT_GRAMS, true,
      "What short orders want, and what brings free and ordered stock to the use of lead time, safety and "
      "cycle, in whole packs." },
    { "usable_pieces", "Usable pieces\n可用件数", REPORT_INTEGER, false, "The same for items counted." },
    { "on_order_pieces", "On order\n在途", REPORT_INTEGER, false, "The same for items counted." },
    { "reorder_pieces", "Order at\n补货点", REPORT_INTEGER, false, "The same for items counted." },
    { "buy_pieces", "Buy pieces\n建议采购", REPORT_INTEGER, true, "The same for items counted." },
    { "days_left", "Days left\n可用天数", REPORT_INTEGER, false, "How long what is free lasts at that use." },
    { "expected_on", "Expected\n预计到货", REPORT_DATE, false,
      "When the next of what is on order should come." },
    { "buy_cents", "Cost about\n估计金额", REPORT_MONEY, true, "At the price of the newest lot." },
    ROWS_DONE,
};
const struct report_rule reorder_rules[] = {
    { "state", "orders wait", TONE_BAD, "Orders are short of it and more is not on order." },
    { "state", "none left", TONE_BAD, "Nothing usable is left." },
    { "state", "on order, not enough", TONE_NOTE, "Some is on order, but not enough." },
    ROWS_DONE,
};

static const struct report_column use_columns[] = {
    { "name", "Item", REPORT_TEXT, false, "The item's name in the shop." },
    { "name_hanzi", "品名", REPORT_TEXT, false, "The item's Chinese name in the shop." },
    { "sku", "SKU\n货号", REPORT_TEXT, false, "The shop's own number of the item." },
    { "item_kind", "Kind\n类别", REPORT_TEXT, false, "Raw herb, granule, powder, shelf product or goods." },
    { "used_mg", "Used g\n用量", REPORT_GRAMS, false, "What went to patients and into batches in the days." },
    { "use_a_day_mg", "Use a day g\n日用量", REPORT_GRAMS, false, "The same divided by the days." },
    { "used_pieces", "Used pieces\n件数", REPORT_INTEGER, false, "The same for items counted." },
    { "use_a_month_pieces", "Pieces a month\n月用件数", REPORT_INTEGER, false, "The same, for thirty days." },
    ROWS_DONE,
};
static const struct report_chart use_charts[] = {
    { CHART_BARS, "Use rate: grams a day", "name", "use_a_day_mg" },
    { .title = NULL },
};
const struct report_sheet reorder_more[] = {
    { .name = "Use rate",
      .summary = "What is used most: the forty items at the top.",
      .query = &q_report_reorder_use,
      .columns = use_columns,
      .charts = use_charts },
    { .name = NULL },
};

const struct report_parameter expiring_parameters[] = {
    { "days", PARAMETER_INTEGER, "How many days ahead to look; 90 when not given" },
    { .name = NULL },
};
const struct report_column expiring_columns[] = {
    { "expires_on", "Expires\n有效期", REPORT_DATE, false, "Last day of use." },
    { "days_left", "Days left\n剩余天数", REPORT_INTEGER, false,
      "From today in the shop; below 0 when it has passed." },
    { "state", "State\n状态", REPORT_TEXT, false, "Expired, within 30 days, or later." },
    { "name", "Item", REPORT_TEXT, false, "The item's name in the shop." },
    { "name_hanzi", "品名", REPORT_TEXT, false, "The item's Chinese name in the shop." },
    { "sku", "SKU\n货号", REPORT_TEXT, false, "The shop's own number of the item." },
    { "lot_code", "Lot\n批号", REPORT_TEXT, false, "The supplier's lot number." },
    { "supplier", "Supplier\n供应商", REPORT_TEXT, false, "Who delivered the lot." },
    { "places", "Places\n位置", REPORT_TEXT, false, "Every place that holds some of it." },
    { "on_hand_mg", "On hand g\n库存", REPORT_GRAMS, true,
      "The sum of the ledger's moves of this lot, all places together." },
    { "left_over_mg", "Left over g\n预计剩余", REPORT_GRAMS, true,
      "What will not be used by then at the rate of the last 90 days, earlier lots first." },
    { "pieces", "Pieces\n件数", REPORT_INTEGER, true, "For items counted, not weighed." },
    { "left_over_pieces", "Left over\n预计剩余", REPORT_INTEGER, true, "The same for items counted." },
    { "cost_cents", "Cost value\n成本", REPORT_MONEY, true,
      "On hand times what this lot cost, rounded to a cent per row." },
    { "left_over_cents", "Cost of left over\n预计损失", REPORT_MONEY, true,
      "Left over times what this lot cost, rounded to a cent per row." },
    { "waiting_orders", "Waiting orders\n待配处方", REPORT_TEXT, false,
      "Orders that want the item and have no lots yet." },
    { "formulas", "Formulas\n可用方剂", REPORT_TEXT, false, "Classics with the herb: the first six." },
    ROWS_DONE,
};
const struct report_rule expiring_rules[] = {
    { "state", "expired", TONE_BAD, "The last day of use has passed." },
    { "state", "within 30 days", TONE_WARN, "Expires within 30 days." },
    ROWS_DONE,
};

const struct report_parameter dead_stock_parameters[] = {
    { "days", PARAMETER_INTEGER, "Without use for how many days; 180 when not given" },
    { .name = NULL },
};
const struct report_column dead_stock_columns[] = {
    { "name", "Item", REPORT_TEXT, false, "The item's name in the shop." },
    { "name_hanzi", "品名", REPORT_TEXT, false, "The item's Chinese name in the shop." },
    { "sku", "SKU\n货号", REPORT_TEXT, false, "The shop's own number of the item." },
    { "item_kind", "Kind\n类别", REPORT_TEXT, false, "Raw herb, granule, powder, shelf product or goods." },
    { "lots", "Lots\n批数", REPORT_INTEGER, true, "How many lots of it lie there." },
    { "on_hand_mg", "On hand g\n库存", REPORT_GRAMS, true, "Everything of it in the shop." },
    { "pieces", "Pieces\n件数", REPORT_INTEGER, true, "For items counted, not weighed." },
    { "cost_cents", "Cost value\n成本", REPORT_MONEY, true,
      "On hand times what each lot cost, rounded to a cent per lot and place." },
    { "oldest_received_on", "Since\n最早入库", REPORT_DATE, false, "When the oldest of its lots came." },
    { "last_used_on", "Last used\n最近使用", REPORT_DATE, false,
      "The last day some of it went to a patient or into a batch." },
    { "first_expiry", "First expiry\n最早有效期", REPORT_DATE, false,
      "Of its lots, the earliest last day of use." },
    ROWS_DONE,
};

const struct report_column drawer_par_columns[] = {
    { "place", "Place\n位置", REPORT_TEXT, false, "The drawer or shelf to refill." },
    { "place_name", "Name\n名称", REPORT_TEXT, false, "Its name." },
    { "name", "Item", REPORT_TEXT, false, "The item's name in the shop." },
    { "name_hanzi", "品名", REPORT_TEXT, false, "The item's Chinese name in the shop." },
    { "sku", "SKU\n货号", REPORT_TEXT, false, "The shop's own number of the item." },
    { "state", "State\n状态", REPORT_TEXT, false, "Empty, or below what it should hold." },
    { "par_mg", "Should g\n应有", REPORT_GRAMS, false, "What was said it should hold." },
    { "here_mg", "Is g\n现有", REPORT_GRAMS, false, "What lies there and may be used." },
    { "missing_mg", "Missing g\n缺", REPORT_GRAMS, true, "The difference." },
    { "par_pieces", "Should\n应有", REPORT_INTEGER, false, "The same for items counted." },
    { "here_pieces", "Is\n现有", REPORT_INTEGER, false, "The same for items counted." },
    { "missing_pieces", "Missing\n缺", REPORT_INTEGER, true, "The same for items counted." },
    { "elsewhere", "From\n可取自", REPORT_TEXT, false,
      "Other places with usable lots of it, the earliest expiry first." },
    ROWS_DONE,
};
const struct report_rule drawer_par_rules[] = {
    { "state", "empty", TONE_BAD, "Nothing usable lies there." },
    ROWS_DONE,
};
