/* What the reports of the shop counter show, column by column. */
#include "catalog_sales.h"

#include "sql.h"

const struct report_column sale_columns[] = {
    { "day", "Day\n日期", REPORT_DATE, false, "In the shop's time." },
    { "at", "Time\n时间", REPORT_TIME, false, "When the money was taken or given back." },
    { "receipt_no", "Receipt\n收据号", REPORT_INTEGER, false, "Numbered without gaps, refunds among them." },
    { "ticket_no", "Ticket\n销售单", REPORT_INTEGER, false, "The sale it belongs to." },
    { "what", "What\n种类", REPORT_TEXT, false, "Shelf goods, a compounded order, a fee, or a refund." },
    { "name", "Item", REPORT_TEXT, false, "As on the receipt." },
    { "name_hanzi", "品名", REPORT_TEXT, false, "As on the receipt." },
    { "category", "Tax category\n税类", REPORT_TEXT, false, "The category it was taxed in." },
    { "sold_by", "By\n经手", REPORT_TEXT, false, "Who took the money, or gave it back." },
    { "quantity_mg", "Quantity g\n数量", REPORT_GRAMS, true,
      "Of what is weighed; below 0 when it came back." },
    { "pieces", "Pieces\n件数", REPORT_INTEGER, true, "Of what is counted." },
    { "list_cents", "Listed\n原价", REPORT_MONEY, true, "By the price rules, before promo codes." },
    { "discount_cents", "Discount\n折扣", REPORT_MONEY, true, "By promo codes." },
    { "net_cents", "Net\n净额", REPORT_MONEY, true, "What was asked, without the tax." },
    { "tax_cents", "Tax\n税", REPORT_MONEY, true, "Rounded once per line." },
    { "total_cents", "Total\n合计", REPORT_MONEY, true, "What was asked." },
    { "cost_cents", "Cost\n成本", REPORT_MONEY, true,
      "Of the lots that left, less what was put back on the shelf; an order's by what was weighed." },
    { "margin_cents", "Margin\n毛利", REPORT_MONEY, true, "Net less cost." },
    ROWS_DONE,
};
const struct report_rule sale_rules[] = {
    { "what", "refund", TONE_WARN, "Money given back: below 0, on the day of the refund." },
    ROWS_DONE,
};
#define SALE_SUMS \
    { "list_cents", "Listed\n原价", REPORT_MONEY, true, "By the price rules, before promo codes." }, \
        { "discount_cents", "Discount\n折扣", REPORT_MONEY, true, "By promo codes." }, \
        { "net_cents", "Net\n净额", REPORT_MONEY, true, "Without the tax, refunds taken off." }, \
        { "tax_cents", "Tax\n税", REPORT_MONEY, true, "Of that." }, \
    { \
        "total_cents", "Total\n合计", REPORT_MONEY, true, "Net and tax." \
    }
#define SALE_MARGIN \
    { "cost_cents", "Cost\n成本", REPORT_MONEY, true, "Of the lots that left." }, \
    { \
        "margin_cents", "Margin\n毛利", REPORT_MONEY, true, "Net less cost." \
    }
static const struct report_column sale_day_columns[] = {
    { "day", "Day\n日期", REPORT_DATE, false, "In the shop's time." },
    { "sales", "Sales\n笔数", REPORT_INTEGER, true, "Receipts, without refunds." },
    SALE_SUMS,
    SALE_MARGIN,
    ROWS_DONE,
};
static const struct report_column sale_staff_columns[] = {
    { "sold_by", "By\n经手", REPORT_TEXT, false, "Who took the money, or gave it back." },
    { "sales", "Sales\n笔数", REPORT_INTEGER, true, "Receipts, without refunds." },
    SALE_SUMS,
    ROWS_DONE,
};
static const struct report_column sale_category_columns[] = {
    { "category", "Tax category\n税类", REPORT_TEXT, false, "The category it was taxed in." },
    SALE_SUMS,
    SALE_MARGIN,
    ROWS_DONE,
};
static const struct report_column sale_tender_columns[] = {
    { "tender", "Paid by", REPORT_TEXT, false, "The way of payment." },
    { "tender_hanzi", "支付方式", REPORT_TEXT, false, "In Chinese." },
    { "came_cents", "Came\n收入", REPORT_MONEY, true, "For sales, change taken off." },
    { "went_cents", "Went back\n退款", REPORT_MONEY, true, "By refunds and voids." },
    { "kept_cents", "Kept\n净收", REPORT_MONEY, true, "Comes to the same as the total of the sales." },
    ROWS_DONE,
};
static const struct report_chart sale_day_charts[] = {
    { CHART_COLUMNS, "Net and margin by day", "day", "net_cents|margin_cents" },
    { .title = NULL },
};
static const struct report_chart sale_category_charts[] = {
    { CHART_PIE, "Net by category", "category", "net_cents" },
    { .title = NULL },
};
static const struct report_chart sale_staff_charts[] = {
    { CHART_BARS, "Net by person", "sold_by", "net_cents" },
    { .title = NULL },
};
const struct report_sheet sale_more[] = {
    { .name = "By day",
      .summary = "Sales by day, in the shop's time.",
      .query = &q_report_sales_by_day,
      .columns = sale_day_columns,
      .charts = sale_day_charts },
    { .name = "By staff",
      .summary = "Sales by the person at the counter.",
      .query = &q_report_sales_by_staff,
      .columns = sale_staff_columns,
      .charts = sale_staff_charts },
    { .name = "By category",
      .summary = "Sales by tax category.",
      .query = &q_report_sales_by_category,
      .columns = sale_category_columns,
      .charts = sale_category_charts },
    { .name = "By payment",
      .summary = "How the money came and went.",
      .query = &q_report_sales_by_tender,
      .columns = sale_tender_columns },
    { .name = NULL },
};

const struct report_column promo_columns[] = {
    { "code", "Code\n优惠码", REPORT_TEXT, false, "The promo code." },
    { "version", "Version\n版本", REPORT_INTEGER, false, "Of its terms." },
    { "state", "State\n状态", REPORT_TEXT, false, "What became of the use." },
    { "why", "Why\n原因", REPORT_TEXT, false, "How it ended, where it was not used up." },
    { "ticket_no", "Ticket\n销售单", REPORT_INTEGER, false, "The sale that asked for it." },
    { "receipt_no", "Receipt\n收据号", REPORT_INTEGER, false, "Of the payment it was used up with." },
    { "patient_code", "Customer\n顾客", REPORT_TEXT, false,
      "The shop's number of the customer, where known." },
    { "reserved_at", "Reserved\n预留", REPORT_TIME, false, "At the quote." },
    { "ended_at", "Ended\n结束", REPORT_TIME, false, "Committed, released or given back." },
    { "discount_cents", "Discount\n折扣", REPORT_MONEY, true, "What it took off; only of uses that stand." },
    ROWS_DONE,
};
const struct report_rule promo_rules[] = {
    { "state", "committed", TONE_NOTE, "Used up with a payment." },
    { "state", "released", TONE_QUIET, "Given back: changed, cancelled, or its time ran out." },
    { "state", "returned", TONE_WARN, "Given back by a refund of the whole sale." },
    ROWS_DONE,
};
static const struct report_column promo_code_columns[] = {
    { "code", "Code\n优惠码", REPORT_TEXT, false, "The promo code." },
    { "description", "Description\n说明", REPORT_TEXT, false, "As its newest version says." },
    { "used", "Used\n已用", REPORT_INTEGER, true, "Committed with a payment." },
    { "reserved", "Reserved\n预留", REPORT_INTEGER, true, "Held by a quote." },
    { "released", "Released\n释放", REPORT_INTEGER, true, "Given back unused." },
    { "returned", "Returned\n退回", REPORT_INTEGER, true, "Given back by a refund." },
    { "max_uses", "At most\n上限", REPORT_INTEGER, false, "Empty: no limit." },
    { "discount_cents", "Discount\n折扣", REPORT_MONEY, true, "What it took off." },
    ROWS_DONE,
};
static const struct report_chart promo_charts[] = {
    { CHART_BARS, "Discount by code", "code", "discount_cents" },
    { .title = NULL },
};
const struct report_sheet promo_more[] = {
    { .name = "By code",
      .summary = "How often each code was used, and for how much.",
      .query = &q_report_promo_by_code,
      .columns = promo_code_columns,
      .charts = promo_charts },
    { .name = NULL },
};

const struct report_parameter price_parameters[] = {
    { "kind", PARAMETER_TEXT, "Only items of this kind: raw, granule, powder, product or goods" },
    { .name = NULL },
};
const struct report_column price_columns[] = {
    { "sku", "SKU\n货号", REPORT_TEXT, false, "The shop's own number of the item." },
    { "name", "Item", REPORT_TEXT, false, "The item's name in the shop." },
    { "name_hanzi", "品名", REPORT_TEXT, false, "The item's Chinese name in the shop." },
    { "item_kind", "Kind\n类别", REPORT_TEXT, false, "Raw herb, granule, powder, shelf product or goods." },
    { "category", "Tax category\n税类", REPORT_TEXT, false, "Decides the rate." },
    { "price_cents", "Price\n价格", REPORT_MONEY, false, "The item's own, where no rule says otherwise." },
    { "per_mg", "Per g\n每克数", REPORT_GRAMS, false, "The weight the price is for." },
    { "per_pieces", "Per pieces\n每件数", REPORT_INTEGER, false, "The number of pieces it is for." },
    { "tax", "Tax\n税率", REPORT_TEXT, false, "Of the category." },
    { "gtin", "GTIN\n条码", REPORT_TEXT, false, "As on the pack." },
    { "rules", "Rules\n价格规则", REPORT_TEXT, false, "Price rules in force that name the item." },
    ROWS_DONE,
};

/* What `yaofang import price_list` takes back. */
const struct report_entry price_entries[] = {
    { .key = "price_cents", .hint = "The new price" },
    { .key = "per_mg", .hint = "Only of items weighed: the grams the price is for" },
    { .key = "per_pieces", .hint = "Only of items counted: the pieces it is for" },
    ROWS_DONE,
};

const struct report_parameter formula_parameters[] = {
    { "formula", PARAMETER_TEXT, "Only this formula, by id such as bu_zhong_yi_qi_tang" },
    { .name = NULL },
};
const struct report_column margin_columns[] = {
    { "formula", "Formula", REPORT_TEXT, false, "Pinyin with tone marks." },
    { "formula_hanzi", "方名", REPORT_TEXT, false, "Chinese name." },
    { "herb", "Herb", REPORT_TEXT, false, "Pinyin with tone marks." },
    { "herb_hanzi", "药名", REPORT_TEXT, false, "Chinese name." },
    { "sku", "SKU\n货号", REPORT_TEXT, false, "The cheapest raw item of that herb the shop keeps." },
    { "dose_mg", "Dose g\n用量", REPORT_GRAMS, true, "As the source gives it." },
    { "state", "State\n状态", REPORT_TEXT, false, "Whether the shop can make it now." },
    { "cost_cents", "Cost\n成本", REPORT_MONEY, true,
      "The dose at the average cost of the lots that may be used today." },
    { "price_cents", "Price\n售价", REPORT_MONEY, true, "The dose at the item's own price." },
    { "margin_cents", "Margin\n毛利", REPORT_MONEY, true, "Price less cost, where the cost is known." },
    ROWS_DONE,
};
const struct report_rule margin_rules[] = {
    { "state", "not kept", TONE_BAD, "The shop keeps no raw item of that herb." },
    { "state", "none usable", TONE_WARN, "No lot with a cost may be used today." },
    { "state", "no dose", TONE_QUIET, "The source gives no weight." },
    ROWS_DONE,
};
static const struct report_column margin_sum_columns[] = {
    { "formula", "Formula", REPORT_TEXT, false, "Pinyin with tone marks." },
    { "formula_hanzi", "方名", REPORT_TEXT, false, "Chinese name." },
    { "herbs", "Herbs\n味数", REPORT_INTEGER, false, "In the formula." },
    { "missing", "Missing\n缺", REPORT_INTEGER, false, "Not kept, not usable now, or without a dose." },
    { "dose_mg", "Dose g\n用量", REPORT_GRAMS, false, "Of all herbs together." },
    { "cost_cents", "Cost\n成本", REPORT_MONEY, false, "Only where no herb is missing." },
    { "price_cents", "Price\n售价", REPORT_MONEY, false, "Only where every herb has a price." },
    { "margin_cents", "Margin\n毛利", REPORT_MONEY, false, "Price less cost." },
    ROWS_DONE,
};
const struct report_sheet margin_more[] = {
    { .name = "By formula",
      .summary = "Cost, price and margin of each formula.",
      .query = &q_report_formula_margin_sums,
      .columns = margin_sum_columns },
    { .name = NULL },
};

const struct report_column drawer_columns[] = {
    { "drawer_no", "Drawer\n抽屉", REPORT_INTEGER, false, "From its float to its count." },
    { "register", "Register\n收银台", REPORT_TEXT, false, "Whose drawer." },
    { "state", "State\n状态", REPORT_TEXT, false, "Open or closed." },
    { "opened_at", "Opened\n开启", REPORT_TIME, false, "In the shop's time." },
    { "opened_by", "By\n开启人", REPORT_TEXT, false, "Who counted the float." },
    { "closed_at", "Closed\n关闭", REPORT_TIME, false, "In the shop's time." },
    { "closed_by", "By\n关闭人", REPORT_TEXT, false, "Who counted it." },
    { "approved_by", "Approved by\n复核", REPORT_TEXT, false, "Who counted too, where that was needed." },
    { "float_cents", "Float\n备用金", REPORT_MONEY, false, "At opening." },
    { "sales_cents", "Cash sales\n现金收入", REPORT_MONEY, true, "Change taken off." },
    { "refunds_cents", "Cash refunds\n现金退款", REPORT_MONEY, true, "Given back." },
    { "moved_cents", "In and out\n存取", REPORT_MONEY, true, "Paid in less paid out, beside sales." },
    { "expected_cents", "Expected\n应有", REPORT_MONEY, false, "Float, sales, refunds and moves together." },
    { "counted_cents", "Counted\n实点", REPORT_MONEY, false, "Coin by coin." },
    { "difference_cents", "Difference\n差额", REPORT_MONEY, true, "Counted less expected." },
    { "result", "Result\n结果", REPORT_TEXT, false, "Right, or differs." },
    { "note", "Note\n备注", REPORT_TEXT, false, "Of the one who closed." },
    ROWS_DONE,
};
const struct report_rule drawer_rules[] = {
    { "result", "above the limit", TONE_BAD, "Needed a second person." },
    { "result", "differs", TONE_WARN, "Within the shop's limit." },
    ROWS_DONE,
};
