/* Workbooks to fill in: a delivery, new patients, new items. What their columns are called, and the words of their lists, is what
   the imports of core/import_<kind>.c read (tests/db/test_reports.c holds them against each other); a star stands where a cell is
   needed. Sheets behind the first are to look things up, and are not read. */
#include "catalog_blank.h"

#include "sql.h"

/* The row that ends a list. */
#define ROWS_DONE \
    { \
        .key = NULL \
    }

const struct report_parameter delivery_sheet_parameters[] = {
    { "purchase_order", PARAMETER_INTEGER,
      "What is still to come of this purchase order stands in the first rows; without it all are empty" },
    { .name = NULL },
};
const struct report_column delivery_sheet_columns[] = {
    { "sku", "SKU\n货号 *", REPORT_TEXT, false,
      "Needed, or the bar code: the shop's own number of the item, as on the sheet Items." },
    { "name", "Description\n品名", REPORT_TEXT, false,
      "Only to be read by people: the SKU or the bar code says what it is." },
    { "gtin", "Barcode\n条码", REPORT_TEXT, false,
      "The GTIN, EAN or UPC on the pack, instead of the SKU: 8, 12, 13 or 14 digits." },
    { "lot_code", "Lot\n批号 *", REPORT_TEXT, false, "Needed: the lot number on the pack." },
    { "expires_on", "Expires\n有效期", REPORT_DATE, false,
      "Last day of use; where the pack says only a month, that month's last day. Empty: the pack says "
      "none." },
    { "made_on", "Made\n生产日期", REPORT_DATE, false, "The day of manufacture, where the pack says it." },
    { "quantity_mg", "Weight\n重量 *", REPORT_GRAMS, false,
      "Needed of what is kept by weight: in grams, or in the unit of the next column." },
    { "unit", "Unit\n单位", REPORT_TEXT, false,
      "Of the weight; empty: g. The shop's settings say whose liang and qian it means." },
    { "pieces", "Pieces\n件数 *", REPORT_INTEGER, false, "Needed of what is counted: how many." },
    { "cost_cents", "Cost\n成本", REPORT_MONEY, false, "Of the whole row, without tax." },
    { "location", "Place\n位置", REPORT_TEXT, false,
      "Where it is put, as on the sheet Places; empty: where the item has its home." },
    { "certificate", "Certificate of analysis\n检验报告", REPORT_TEXT, false,
      "The certificate's number. Without one the lot waits in quarantine." },
    ROWS_DONE,
};
const struct report_entry delivery_sheet_entries[] = {
    { .key = "sku", .most = 60, .hint = "Or the bar code. The sheet Items has them all" },
    { .key = "name", .most = 200 },
    { .key = "gtin", .most = 14, .hint = "Instead of the SKU" },
    { .key = "lot_code", .most = 60, .hint = "As on the pack" },
    { .key = "expires_on", .hint = "Only a month on the pack: its last day, such as 2028-03-31" },
    { .key = "made_on", .hint = "As on the pack" },
    { .key = "quantity_mg", .hint = "Of what is kept by weight; g when the unit is empty" },
    { .key = "unit", .words = "g|kg|mg|oz|lb|liang|qian|jin", .hint = "Of the weight; empty: g" },
    { .key = "pieces", .hint = "Of what is counted" },
    { .key = "cost_cents", .hint = "Of the whole row" },
    { .key = "location", .most = 40, .hint = "Empty: the item's home. The sheet Places has them all" },
    { .key = "certificate", .most = 200, .hint = "Empty: the lot waits in quarantine" },
    ROWS_DONE,
};
static const struct report_column item_columns[] = {
    { "sku", "SKU\n货号", REPORT_TEXT, false, "The shop's own number of the item." },
    { "name", "Item", REPORT_TEXT, false, "The item's name in the shop." },
    { "name_hanzi", "品名", REPORT_TEXT, false, "The item's Chinese name in the shop." },
    { "item_kind", "Kind\n类别", REPORT_TEXT, false, "Raw herb, granule, powder, shelf product or goods." },
    { "kept", "Kept\n计量", REPORT_TEXT, false, "By weight or by pieces." },
    { "gtin", "Barcode\n条码", REPORT_TEXT, false, "As it was entered with the item." },
    { "home", "Place\n位置", REPORT_TEXT, false, "Where it is put when the row names no place." },
    ROWS_DONE,
};
static const struct report_column place_columns[] = {
    { "code", "Place\n位置", REPORT_TEXT, false, "The code to write." },
    { "name", "Name\n名称", REPORT_TEXT, false, "What people call it." },
    { "kind", "Kind\n类别", REPORT_TEXT, false,
      "Drawer, cabinet, shelf, refrigerator, bench or quarantine." },
    ROWS_DONE,
};
const struct report_sheet delivery_sheet_more[] = {
    { .name = "Items",
      .summary = "What the shop keeps: to look up, not to fill in.",
      .query = &q_report_delivery_items,
      .columns = item_columns },
    { .name = "Places",
      .summary = "Where goods lie in the shop: to look up, not to fill in.",
      .query = &q_report_delivery_places,
      .columns = place_columns },
    { .name = NULL },
};

const struct report_column patients_sheet_columns[] = {
    { "family_name", "Family name\n姓 *", REPORT_TEXT, false, "Needed." },
    { "given_name", "Given name\n名", REPORT_TEXT, false, "Or empty." },
    { "name_hanzi", "Chinese name\n中文姓名", REPORT_TEXT, false, "In characters, or empty." },
    { "sex", "Sex\n性别", REPORT_TEXT, false, "female, male or other; empty: not known." },
    { "born_on", "Date of birth\n出生日期", REPORT_DATE, false,
      "Age decides about doses and warnings: better not left empty." },
    { "weight_mg", "Body weight\n体重", REPORT_TEXT, false, "With its unit: 62 kg." },
    { "phone", "Telephone\n电话", REPORT_TEXT, false, "By which a recall reaches the patient." },
    { "language", "Language\n语言", REPORT_TEXT, false, "In which labels and sheets are printed." },
    { "occupation", "Occupation\n职业", REPORT_TEXT, false, "Or empty." },
    { "complaint", "Complaint\n主诉", REPORT_TEXT, false, "In the patient's own words, or empty." },
    { "code", "Patient no.\n患者号", REPORT_TEXT, false, "Empty: the shop's next number." },
    ROWS_DONE,
};
const struct report_entry patients_sheet_entries[] = {
    { .key = "family_name", .most = 120, .hint = "Needed" },
    { .key = "given_name", .most = 120 },
    { .key = "name_hanzi", .most = 120 },
    { .key = "sex", .words = "female|male|other" },
    { .key = "born_on", .least = 1900, .most = 2199, .hint = "Such as 1980-12-31" },
    { .key = "weight_mg", .most = 20, .hint = "With its unit, such as 62 kg" },
    { .key = "phone", .most = 120, .hint = "Such as +1 312 555 0101" },
    { .key = "language", .words = "english|简体中文|繁體中文|polish|spanish" },
    { .key = "occupation", .most = 120 },
    { .key = "complaint", .most = 2000 },
    { .key = "code", .most = 40, .hint = "Empty: the shop's next number" },
    ROWS_DONE,
};

const struct report_column herbs_sheet_columns[] = {
    { "sku", "SKU\n货号 *", REPORT_TEXT, false, "Needed: the shop's own number, which no item has yet." },
    { "item_kind", "Kind\n类别 *", REPORT_TEXT, false,
      "Needed: raw herb, granule, powder, shelf product or goods." },
    { "herb", "Herb or product\n药名 *", REPORT_TEXT, false,
      "Needed, but of goods: any name of it will do, pinyin, characters, Latin or English." },
    { "name", "Name in the shop", REPORT_TEXT, false,
      "Needed of goods; else empty: as the reference calls it." },
    { "name_hanzi", "Chinese name\n中文名", REPORT_TEXT, false, "Empty: as the reference calls it." },
    { "preparation", "Preparation\n炮制", REPORT_TEXT, false, "Such as honey-fried; empty: as it is." },
    { "price_cents", "Price\n价格", REPORT_MONEY, false, "Of the grams in the next column, or of a piece." },
    { "price_per_mg", "Price per\n每克数", REPORT_GRAMS, false,
      "The grams that the price is for; empty: 1 g. Not of what is counted." },
    { "ratio", "Ratio\n浓缩比", REPORT_TEXT, false,
      "Needed of granules: grams of crude herb in a gram, such as 5:1." },
    { "unit", "Unit\n单位", REPORT_TEXT, false,
      "Needed of products: kept by g, or counted (each). Goods are counted." },
    { "home", "Place\n位置", REPORT_TEXT, false,
      "The code of the place where it has its home, such as A01." },
    { "reorder_mg", "Re-order at g\n补货点", REPORT_GRAMS, false,
      "To be bought when less is left; of what is kept by weight." },
    { "reorder_pieces", "Re-order at pieces\n补货件数", REPORT_INTEGER, false,
      "The same of what is counted." },
    ROWS_DONE,
};
const struct report_entry herbs_sheet_entries[] = {
    { .key = "sku", .most = 60, .hint = "Such as R-DANGGUI; no item has it yet" },
    { .key = "item_kind", .words = "raw|granule|powder|product|goods" },
    { .key = "herb", .most = 120, .hint = "Any name: dang gui, 当归, Angelica sinensis" },
    { .key = "name", .most = 120 },
    { .key = "name_hanzi", .most = 120 },
    { .key = "preparation", .most = 60 },
    { .key = "price_cents", .hint = "Of the grams in the next column, or of a piece" },
    { .key = "price_per_mg", .hint = "Empty: 1 g" },
    { .key = "ratio", .most = 20, .hint = "Only of granules, such as 5:1" },
    { .key = "unit", .words = "g|each", .hint = "Only of products" },
    { .key = "home", .most = 40, .hint = "The place's code, such as A01" },
    { .key = "reorder_mg", .hint = "Of what is kept by weight" },
    { .key = "reorder_pieces", .hint = "Of what is counted" },
    ROWS_DONE,
};
