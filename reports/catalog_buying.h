/* Columns, parameters and colours of the reports by which a shop buys and refills: reports/catalog_buying.c; the rows are in
   reports/catalog.c. */
#ifndef YAOFANG_REPORTS_CATALOG_BUYING_H
#define YAOFANG_REPORTS_CATALOG_BUYING_H

#include "print/report.h"

extern const struct report_parameter reorder_parameters[], expiring_parameters[], dead_stock_parameters[];
extern const struct report_column reorder_columns[], expiring_columns[], dead_stock_columns[],
    drawer_par_columns[];
extern const struct report_rule reorder_rules[], expiring_rules[], drawer_par_rules[];
extern const struct report_sheet reorder_more[];

#endif
