/* The column tables of a shop's own rows: those of the reference rows, and whether the row is retired. */
#include "core/evidence_rows.h"

#include "clinic/knowledge_overlay.h"

#define OWN_TEXT(own, of, field) \
    { #field, offsetof(struct own, row) + offsetof(struct of, field), COLUMN_TEXT },

/* clang-format off */
#define RULE_TEXT(field) OWN_TEXT(own_rule, rule_row, field)
const struct column own_rule_columns[] = { COLUMN(struct own_rule, retired), RULE_FIELDS(RULE_TEXT) COLUMNS_END };
#undef RULE_TEXT

#define RATIO_TEXT(field) OWN_TEXT(own_ratio, granule_ratio_row, field)
const struct column own_ratio_columns[] = { COLUMN(struct own_ratio, retired), GRANULE_RATIO_FIELDS(RATIO_TEXT) COLUMNS_END };
#undef RATIO_TEXT
/* clang-format on */

const struct column own_synonym_columns[] = {
    COLUMN(struct own_synonym, retired),
    COLUMN(struct own_synonym, thing_kind),
    COLUMN(struct own_synonym, thing_id),
    COLUMN(struct own_synonym, synonym),
    COLUMNS_END,
};
