/* The tables of the evidence book's and the alert budget's workbooks, for catalog.c. */
#ifndef YAOFANG_REPORTS_CATALOG_EVIDENCE_H
#define YAOFANG_REPORTS_CATALOG_EVIDENCE_H

#include "print/report.h"

extern const struct report_column evidence_rule_columns[], alert_budget_columns[], alert_log_columns[];
extern const struct report_entry evidence_rule_entries[];
extern const struct report_rule evidence_states[], alert_log_rules[];
extern const struct report_sheet evidence_more[], alert_budget_more[];
extern const struct report_chart alert_budget_charts[];
extern const struct report_parameter alert_budget_parameters[], alert_log_parameters[];

#endif
