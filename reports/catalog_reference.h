/* Of reports/catalog.c: the rows of the reference data's reports. */
#ifndef YAOFANG_REPORTS_CATALOG_REFERENCE_H
#define YAOFANG_REPORTS_CATALOG_REFERENCE_H

#include "print/report.h"

extern const struct report_parameter monograph_parameters[], formulary_parameters[];
extern const struct report_column monograph_columns[], formulary_columns[];
extern const struct report_rule monograph_rules[];
extern const struct report_each monograph_pages, formulary_pages;

#endif
