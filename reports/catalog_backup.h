/* Of reports/catalog.c: the complete backup. */
#ifndef YAOFANG_REPORTS_CATALOG_BACKUP_H
#define YAOFANG_REPORTS_CATALOG_BACKUP_H

#include "print/report.h"

extern const struct report_column backup_columns[];
extern const struct report_rule backup_rules[];
extern const struct report_sheet backup_more[];
extern const struct report_each backup_tables;

#endif
