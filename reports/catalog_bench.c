/* What is fetched for the bench, drawer by drawer. */
#include "catalog_bench.h"

/* The row that ends a list. */
#define ROWS_DONE \
    { \
        .key = NULL \
    }

const struct report_parameter picking_parameters[] = {
    { "order", PARAMETER_INTEGER, "Only this order; without it every order released and not weighed yet" },
    { .name = NULL },
};
const struct report_column picking_columns[] = {
    { "place", "Drawer\n药斗", REPORT_TEXT, false, "In the order in which one walks along the drawers." },
    { "place_name", "Place\n位置", REPORT_TEXT, false, "The drawer's name." },
    { "name", "Item", REPORT_TEXT, false, "The item's name in the shop." },
    { "name_hanzi", "品名", REPORT_TEXT, false, "The item's Chinese name in the shop." },
    { "preparation", "Preparation\n炮制", REPORT_TEXT, false, "As the item is kept." },
    { "lot_code", "Lot\n批号", REPORT_TEXT, false, "The lot set aside: no other may be taken." },
    { "expires_on", "Expires\n有效期", REPORT_DATE, false, "Last day of use." },
    { "planned_mg", "Wanted g\n应取", REPORT_GRAMS, true, "What is set aside of this lot for this line." },
    { "there_mg", "There g\n库存", REPORT_GRAMS, false, "What lies there by the books, for all orders." },
    { "order_no", "Order\n处方单", REPORT_INTEGER, false, "The order's number." },
    { "line_no", "Line\n行", REPORT_INTEGER, false, "The order's line, as on the weigh sheet." },
    { "state", "State\n状态", REPORT_TEXT, false, "To pick, picked, looked at by its label, or weighed." },
    { "looked_at_by", "Looked at by\n核对人", REPORT_TEXT, false, "Who saw that it is the right lot." },
    ROWS_DONE,
};
const struct report_rule picking_rules[] = {
    { "state", "looked at", TONE_NOTE, "It is the lot that is meant: somebody scanned or typed its label." },
    { "state", "weighed", TONE_QUIET, "Done." },
    ROWS_DONE,
};
