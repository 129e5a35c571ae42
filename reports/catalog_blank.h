/* Of reports/catalog.c: workbooks to fill in for the imports that bring something new. */
#ifndef YAOFANG_REPORTS_CATALOG_BLANK_H
#define YAOFANG_REPORTS_CATALOG_BLANK_H

#include "print/report.h"

/* Rows to fill in on each of them. */
enum { BLANK_ROWS = 200 };

extern const struct report_parameter delivery_sheet_parameters[];
extern const struct report_column delivery_sheet_columns[], patients_sheet_columns[], herbs_sheet_columns[];
extern const struct report_entry delivery_sheet_entries[], patients_sheet_entries[], herbs_sheet_entries[];
extern const struct report_sheet delivery_sheet_more[];

#endif
