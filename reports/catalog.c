/* The reports there are. A report is a row here, its columns, and a statement in reports/report_<name>.sql; the command
   line, the API and the three renderers read nothing else. */
#include "print/report.h"
#include "sql.h"

/* The row that ends a list of columns or rules. */
#define ROWS_DONE \
    { \
        .key = NULL \
    }

static const struct report_parameter from_to[] = {
    { "from", PARAMETER_DATE, "First day, in the shop's time; without it from the beginning" },
    { "to", PARAMETER_DATE, "Last day, in the shop's time; without it until now" },
    { .name = NULL },
};

static const struct report_parameter stock_parameters[] = {
    { "days", PARAMETER_INTEGER, "How many days ahead an expiry counts as near; 90 when not given" },
    { "kind", PARAMETER_TEXT, "Only items of this kind: raw, granule, powder or product" },
    { .name = NULL },
};
static const struct report_column stock_columns[] = {
    { "name", "Item", REPORT_TEXT, false, "The item's name in the shop." },
    { "name_hanzi", "品名", REPORT_TEXT, false, "The item's Chinese name in the shop." },
    { "sku", "SKU\n货号", REPORT_TEXT, false, "The shop's own number of the item." },
    { "item_kind", "Kind\n类别", REPORT_TEXT, false, "Raw herb, granule, powder or shelf product." },
    { "place", "Place\n位置", REPORT_TEXT, false, "Drawer, shelf, refrigerator, bench or quarantine." },
    { "lot_code", "Lot\n批号", REPORT_TEXT, false, "The supplier's lot number." },
    { "supplier", "Supplier\n供应商", REPORT_TEXT, false, "Who delivered the lot." },
    { "expires_on", "Expires\n有效期", REPORT_DATE, false,
      "Last day of use; a month's last day where only the month is known." },
    { "days_left", "Days left\n剩余天数", REPORT_INTEGER, false,
      "From today in the shop to the last day of use; below 0 when it has passed." },
    { "state", "State\n状态", REPORT_TEXT, false,
      "The gravest that applies; the colours below say what each means." },
    { "on_hand_mg", "On hand g\n库存", REPORT_GRAMS, true,
      "The sum of the ledger's moves of this lot at this place." },
    { "reserved_mg", "Reserved g\n已预留", REPORT_GRAMS, true,
      "Set aside for orders that are not checked yet, while the reservation lasts." },
    { "free_mg", "Free g\n可用", REPORT_GRAMS, true, "On hand less reserved." },
    { "pieces", "Pieces\n件数", REPORT_INTEGER, true, "For items counted, not weighed." },
    { "cost_cents", "Cost value\n成本", REPORT_MONEY, true,
      "On hand times what this lot cost, rounded to a cent per row." },
    { "price_cents", "Sales value\n售价", REPORT_MONEY, true,
      "On hand times the item's price of today, rounded to a cent per row." },
    ROWS_DONE,
};
static const struct report_rule stock_rules[] = {
    { "state", "recalled", TONE_BAD, "Recalled: must not be used; every path refuses it." },
    { "state", "expired", TONE_BAD, "The last day of use has passed." },
    { "state", "quarantined", TONE_NOTE, "Not released yet, or in the quarantine place." },
    { "state", "held", TONE_NOTE, "Taken out of use until a question is settled." },
    { "state", "near expiry", TONE_WARN, "Expires within the days given." },
    { "state", "low", TONE_QUIET,
      "What may be used of the item, all places together, is at or below its re-order quantity." },
    ROWS_DONE,
};

/* Value and expiry at a glance, beside the stock on hand and on one sheet of the lots that expire. */
static const struct report_column by_category_columns[] = {
    { "category", "Category\n类别", REPORT_TEXT, false,
      "The herb's category of the materia medica; shelf products by themselves." },
    { "items", "Items\n品种", REPORT_INTEGER, true, "How many items of it lie in the shop." },
    { "on_hand_mg", "On hand g\n库存", REPORT_GRAMS, true, "Of the items weighed, all places together." },
    { "cost_cents", "Cost value\n成本", REPORT_MONEY, true,
      "The sum of the rounded rows of the first sheet." },
    { "price_cents", "Sales value\n售价", REPORT_MONEY, true, "The same at today's prices." },
    ROWS_DONE,
};
static const struct report_chart by_category_charts[] = {
    { CHART_BARS, "Stock value by category", "category", "cost_cents|price_cents" },
    { .title = NULL },
};
static const struct report_column by_month_columns[] = {
    { "month", "Month\n月份", REPORT_TEXT, false, "The month in which the last day of use falls." },
    { "lots", "Lots\n批次", REPORT_INTEGER, true, "How many lots with something in the shop." },
    { "cost_cents", "Cost value\n成本", REPORT_MONEY, true, "What lies there of these lots, at cost." },
    ROWS_DONE,
};
static const struct report_chart by_month_charts[] = {
    { CHART_COLUMNS, "What expires when, at cost", "month", "cost_cents" },
    { .title = NULL },
};
static const struct report_sheet stock_more[] = {
    { .name = "By category",
      .summary = "Value by category: where the money lies.",
      .query = &q_report_stock_by_category,
      .columns = by_category_columns,
      .charts = by_category_charts },
    { .name = "Expiry by month",
      .summary = "What expires in which month: the next two years, and everything before and after.",
      .query = &q_report_stock_by_month,
      .columns = by_month_columns,
      .charts = by_month_charts },
    { .name = NULL },
};

static const struct report_parameter expiring_parameters[] = {
    { "days", PARAMETER_INTEGER, "How many days ahead to look; 90 when not given" },
    { .name = NULL },
};
static const struct report_column expiring_columns[] = {
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
    { "pieces", "Pieces\n件数", REPORT_INTEGER, true, "For items counted, not weighed." },
    { "cost_cents", "Cost value\n成本", REPORT_MONEY, true,
      "On hand times what this lot cost, rounded to a cent per row." },
    ROWS_DONE,
};
static const struct report_rule expiring_rules[] = {
    { "state", "expired", TONE_BAD, "The last day of use has passed." },
    { "state", "within 30 days", TONE_WARN, "Expires within 30 days." },
    ROWS_DONE,
};

static const struct report_parameter ledger_parameters[] = {
    { "from", PARAMETER_DATE, "First day, in the shop's time; without it from the beginning" },
    { "to", PARAMETER_DATE, "Last day, in the shop's time; without it until now" },
    { "item", PARAMETER_TEXT, "Only this item: its SKU, or part of its name" },
    { "lot", PARAMETER_TEXT, "Only this lot code" },
    { .name = NULL },
};
static const struct report_column ledger_columns[] = {
    { "moved_at", "When\n时间", REPORT_TIME, false, "The move's instant, in the shop's time." },
    { "move_no", "Move\n编号", REPORT_INTEGER, false,
      "The move's number in the ledger; moves are never changed." },
    { "name", "Item", REPORT_TEXT, false, "The item's name in the shop." },
    { "name_hanzi", "品名", REPORT_TEXT, false, "The item's Chinese name in the shop." },
    { "sku", "SKU\n货号", REPORT_TEXT, false, "The shop's own number of the item." },
    { "lot_code", "Lot\n批号", REPORT_TEXT, false, "The supplier's lot number." },
    { "from_place", "From\n从", REPORT_TEXT, false,
      "Where it left; the supplier, loss and adjustment are places too." },
    { "to_place", "To\n到", REPORT_TEXT, false, "Where it arrived; the patient is a place too." },
    { "reason", "Reason\n事由", REPORT_TEXT, false,
      "Received, dispensed, moved, lost, adjusted or returned." },
    { "quantity_mg", "Quantity g\n重量", REPORT_GRAMS, false, "What moved, for items weighed." },
    { "pieces", "Pieces\n件数", REPORT_INTEGER, false, "What moved, for items counted." },
    { "order_no", "Order\n处方单", REPORT_INTEGER, false, "The order it was dispensed for." },
    { "invoice", "Invoice\n发票", REPORT_TEXT, false, "The supplier's invoice it came with." },
    { "person", "Person\n经手人", REPORT_TEXT, false, "Who booked it." },
    { "note", "Note\n备注", REPORT_TEXT, false, "What was noted with the move." },
    ROWS_DONE,
};
static const struct report_rule ledger_rules[] = {
    { "reason", "lost", TONE_BAD, "Written off." },
    { "reason", "adjusted", TONE_WARN, "Corrected after a count." },
    { "reason", "returned", TONE_NOTE, "Came back from a patient." },
    ROWS_DONE,
};

static const struct report_column reorder_columns[] = {
    { "name", "Item", REPORT_TEXT, false, "The item's name in the shop." },
    { "name_hanzi", "品名", REPORT_TEXT, false, "The item's Chinese name in the shop." },
    { "sku", "SKU\n货号", REPORT_TEXT, false, "The shop's own number of the item." },
    { "item_kind", "Kind\n类别", REPORT_TEXT, false, "Raw herb, granule, powder or shelf product." },
    { "state", "State\n状态", REPORT_TEXT, false, "None left, or low." },
    { "usable_mg", "Usable g\n可用", REPORT_GRAMS, false,
      "Released, not expired, not in quarantine; reservations are not taken off." },
    { "reorder_mg", "Re-order at g\n补货点", REPORT_GRAMS, false, "The quantity set for the item." },
    { "usable_pieces", "Usable pieces\n可用件数", REPORT_INTEGER, false, "The same for items counted." },
    { "reorder_pieces", "Re-order at\n补货点", REPORT_INTEGER, false, "The same for items counted." },
    { "supplier", "Last supplier\n上次供应商", REPORT_TEXT, false, "Who delivered the newest lot." },
    { "lead_time_days", "Lead time days\n供货天数", REPORT_INTEGER, false, "As noted for that supplier." },
    ROWS_DONE,
};
static const struct report_rule reorder_rules[] = {
    { "state", "none left", TONE_BAD, "Nothing usable is left." },
    ROWS_DONE,
};

static const struct report_column register_columns[] = {
    { "checked_at", "Checked\n核对时间", REPORT_TIME, false, "The final check, in the shop's time." },
    { "order_no", "Order\n处方单", REPORT_INTEGER, false, "The order's number." },
    { "patient_code", "Patient no.\n患者号", REPORT_TEXT, false, "The shop's own number of the patient." },
    { "patient_name", "Patient\n患者", REPORT_TEXT, false, "As recorded." },
    { "dosage_form", "Form\n剂型", REPORT_TEXT, false, "The prescription's dosage form." },
    { "packets", "Packets\n剂数", REPORT_INTEGER, false, "How many packets the order makes." },
    { "line_no", "Line\n行", REPORT_INTEGER, false, "The order's line." },
    { "pinyin", "Herb", REPORT_TEXT, false, "Pinyin with tone marks." },
    { "hanzi", "药名", REPORT_TEXT, false, "Chinese name." },
    { "pharmaceutical_latin", "Latin\n拉丁名", REPORT_TEXT, false, "Pharmaceutical Latin." },
    { "lot_code", "Lot\n批号", REPORT_TEXT, false, "The lot it was taken from." },
    { "supplier", "Supplier\n供应商", REPORT_TEXT, false, "Who delivered that lot." },
    { "expires_on", "Lot expires\n有效期", REPORT_DATE, false, "Last day of use of that lot." },
    { "planned_mg", "Planned g\n应重", REPORT_GRAMS, true, "What was reserved of the lot." },
    { "weighed_mg", "Weighed g\n实重", REPORT_GRAMS, true,
      "What was weighed; this is what the ledger took off." },
    { "filled_by", "Filled by\n调剂", REPORT_TEXT, false, "Who weighed." },
    { "checked_by", "Checked by\n核对", REPORT_TEXT, false, "Who did the final check." },
    { "approved_by", "Approved by\n批准", REPORT_TEXT, false,
      "Who let a weight outside the tolerance pass." },
    { "beyond_use_on", "Use by\n有效期至", REPORT_DATE, false, "Beyond-use date of what was made." },
    ROWS_DONE,
};

static const struct report_column monograph_columns[] = {
    { "pinyin", "Pinyin\n拼音", REPORT_TEXT, false, "With tone marks." },
    { "hanzi", "简体", REPORT_TEXT, false, "Simplified characters." },
    { "hanzi_traditional", "繁體", REPORT_TEXT, false, "Traditional characters." },
    { "pharmaceutical_latin", "Latin\n拉丁名", REPORT_TEXT, false, "Pharmaceutical Latin." },
    { "english", "English\n英文名", REPORT_TEXT, false, "English name." },
    { "category", "Category\n类别", REPORT_TEXT, false, "Materia medica category." },
    { "nature", "Nature\n药性", REPORT_TEXT, false, "Thermal nature." },
    { "tastes", "Tastes\n药味", REPORT_TEXT, false, "Tastes." },
    { "channels", "Channels\n归经", REPORT_TEXT, false, "Channels entered." },
    { "dose_min_mg", "Least g a day\n最小", REPORT_GRAMS, false,
      "Raw herb, adult, by the pharmacopoeia; empty: no safe oral dose is given." },
    { "dose_max_mg", "Most g a day\n最大", REPORT_GRAMS, false, "The same." },
    { "toxicity", "Toxicity\n毒性", REPORT_TEXT, false, "As the pharmacopoeia classes it." },
    { "pregnancy", "Pregnancy\n妊娠", REPORT_TEXT, false,
      "`ok` only means that the pharmacopoeia is silent." },
    { "status", "Status\n管制", REPORT_TEXT, false, "Restricted, external only or banned by default." },
    { "actions", "Actions\n功效", REPORT_TEXT, false, "Actions." },
    { "indications", "Indications\n主治", REPORT_TEXT, false, "Indications." },
    { "cautions", "Cautions\n注意", REPORT_TEXT, false, "Cautions." },
    { "source", "Source\n来源", REPORT_TEXT, false, "Where the facts come from." },
    { "confidence", "Confidence\n可信度", REPORT_TEXT, false, "How sure the source makes us." },
    ROWS_DONE,
};
static const struct report_rule monograph_rules[] = {
    { "status", "banned", TONE_BAD, "Banned by default." },
    { "status", "external_only", TONE_WARN, "External use only." },
    { "status", "restricted", TONE_WARN, "Restricted by default." },
    { "pregnancy", "contraindicated", TONE_NOTE, "Contraindicated in pregnancy." },
    ROWS_DONE,
};

static const struct report_column formulary_columns[] = {
    { "formula", "Formula", REPORT_TEXT, false, "Pinyin with tone marks." },
    { "formula_hanzi", "方名", REPORT_TEXT, false, "Chinese name." },
    { "english", "English\n英文名", REPORT_TEXT, false, "English name." },
    { "source_text", "Classic\n出处", REPORT_TEXT, false, "The book it comes from." },
    { "category", "Category\n类别", REPORT_TEXT, false, "Category of formulas." },
    { "pattern_treated", "Pattern\n主证", REPORT_TEXT, false, "The pattern it treats." },
    { "herb", "Herb", REPORT_TEXT, false, "Pinyin with tone marks." },
    { "herb_hanzi", "药名", REPORT_TEXT, false, "Chinese name." },
    { "role", "Role\n君臣佐使", REPORT_TEXT, false, "Chief, deputy, assistant or envoy." },
    { "dose_mg", "Dose g\n用量", REPORT_GRAMS, false,
      "As the source gives it, by the basis of the last column." },
    { "processing", "Processing\n炮制", REPORT_TEXT, false, "How the herb is prepared." },
    { "dose_basis", "Basis\n剂量依据", REPORT_TEXT, false, "A batch's grams are never a daily dose." },
    ROWS_DONE,
};

const struct report reports[] = {
    { .name = "stock-on-hand",
      .title = "Stock on hand",
      .title_hanzi = "库存",
      .summary = "What lies where now, lot by lot, with state and value.",
      .query = &q_report_stock_on_hand,
      .parameters = stock_parameters,
      .columns = stock_columns,
      .rules = stock_rules,
      .more = stock_more },
    { .name = "expiring",
      .title = "Expiring lots",
      .title_hanzi = "近效期批次",
      .summary = "Lots that have expired or soon will, earliest first.",
      .query = &q_report_expiring,
      .parameters = expiring_parameters,
      .columns = expiring_columns,
      .rules = expiring_rules },
    { .name = "lot-ledger",
      .title = "Lot ledger",
      .title_hanzi = "批次流水",
      .summary = "Every move of stock, in the order it happened.",
      .query = &q_report_lot_ledger,
      .parameters = ledger_parameters,
      .columns = ledger_columns,
      .rules = ledger_rules,
      .roles = ROLE_PHARMACIST | ROLE_STAFF | ROLE_ADMIN },
    { .name = "reorder",
      .title = "Re-order list",
      .title_hanzi = "补货清单",
      .summary = "Items at or below their re-order quantity.",
      .query = &q_report_reorder,
      .columns = reorder_columns,
      .rules = reorder_rules },
    { .name = "compounding-register",
      .title = "Compounding register",
      .title_hanzi = "调剂登记",
      .summary = "Every checked order with the lot, supplier and weight of each herb, and the two people.",
      .query = &q_report_compounding_register,
      .parameters = from_to,
      .columns = register_columns,
      .roles = ROLE_PHARMACIST | ROLE_PRACTITIONER | ROLE_ADMIN },
    { .name = "monographs",
      .title = "Herb monographs",
      .title_hanzi = "药材资料",
      .summary = "The herbs of the reference data, with sources.",
      .query = &q_report_monographs,
      .columns = monograph_columns,
      .rules = monograph_rules },
    { .name = "formulary",
      .title = "Formulary",
      .title_hanzi = "方剂",
      .summary = "The classic formulas, herb by herb.",
      .query = &q_report_formulary,
      .columns = formulary_columns },
    { .name = NULL },
};
