/* Columns and sheets of the reports of the shop counter: sales, promo codes, prices, drawers, formula margins. Their rows are in
   catalog.c. */
#ifndef YAOFANG_REPORTS_CATALOG_SALES_H
#define YAOFANG_REPORTS_CATALOG_SALES_H

#include "print/report.h"

extern const struct report_column sale_columns[];
extern const struct report_rule sale_rules[];
extern const struct report_sheet sale_more[];
extern const struct report_column promo_columns[];
extern const struct report_rule promo_rules[];
extern const struct report_sheet promo_more[];
extern const struct report_parameter price_parameters[];
extern const struct report_column price_columns[];
extern const struct report_parameter formula_parameters[];
extern const struct report_column margin_columns[];
extern const struct report_rule margin_rules[];
extern const struct report_sheet margin_more[];
extern const struct report_column drawer_columns[];
extern const struct report_rule drawer_rules[];

/* The row that ends a list of columns or rules. */
#define ROWS_DONE \
    { \
        .key = NULL \
    }
extern const struct report_entry price_entries[];

#endif
