/* Of reports/catalog.c: the bench. */
#ifndef YAOFANG_REPORTS_CATALOG_BENCH_H
#define YAOFANG_REPORTS_CATALOG_BENCH_H

#include "print/report.h"

extern const struct report_parameter picking_parameters[];
extern const struct report_column picking_columns[];
extern const struct report_rule picking_rules[];

#endif
