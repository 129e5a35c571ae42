/* Of reports/catalog.c: the compounding register. */
#ifndef YAOFANG_REPORTS_CATALOG_REGISTER_H
#define YAOFANG_REPORTS_CATALOG_REGISTER_H

#include "print/report.h"

extern const struct report_column register_columns[];
extern const struct report_rule register_rules[];
extern const struct report_sheet register_more[];

#endif
