/* How a shop's own rows are read from the statements evidence_rules, evidence_synonyms and evidence_ratios; for core/ alone. */
#ifndef YAOFANG_CORE_EVIDENCE_ROWS_H
#define YAOFANG_CORE_EVIDENCE_ROWS_H

#include "base/column.h"

/* struct own_rule, own_synonym, own_ratio of clinic/knowledge_overlay.h */
extern const struct column own_rule_columns[], own_synonym_columns[], own_ratio_columns[];

#endif
