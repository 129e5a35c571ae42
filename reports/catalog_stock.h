/* Columns, parameters and colours of count sheets, call lists, traces and valuations: reports/catalog_stock.c; the rows are in
   reports/catalog.c. */
#ifndef YAOFANG_REPORTS_CATALOG_STOCK_H
#define YAOFANG_REPORTS_CATALOG_STOCK_H

#include "print/report.h"

extern const struct report_parameter stocktake_parameters[], recall_parameters[], trace_parameters[];
extern const struct report_column stocktake_columns[], recall_columns[], trace_columns[];
extern const struct report_entry stocktake_entries[];
extern const struct report_rule recall_rules[], trace_rules[];
extern const struct report_parameter valuation_parameters[];
extern const struct report_column valuation_columns[];
extern const struct report_sheet valuation_more[];

#endif
