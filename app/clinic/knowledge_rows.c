/* The column tables of the reference rows, generated from the field lists of the header. */
#include "clinic/knowledge_rows.h"

/* clang-format off */
#define COLUMNS_OF(table, row, fields, optional) \
    static const struct column table##_columns[] = { fields(COLUMN_OF_##row) COLUMNS_END };
#define COLUMN_OF_herb_row(field) COLUMN(struct herb_row, field),
#define COLUMN_OF_herb_monograph_row(field) COLUMN(struct herb_monograph_row, field),
#define COLUMN_OF_herb_synonym_row(field) COLUMN(struct herb_synonym_row, field),
#define COLUMN_OF_homonym_row(field) COLUMN(struct homonym_row, field),
#define COLUMN_OF_formula_row(field) COLUMN(struct formula_row, field),
#define COLUMN_OF_formula_item_row(field) COLUMN(struct formula_item_row, field),
#define COLUMN_OF_formula_synonym_row(field) COLUMN(struct formula_synonym_row, field),
#define COLUMN_OF_drug_class_row(field) COLUMN(struct drug_class_row, field),
#define COLUMN_OF_drug_class_synonym_row(field) COLUMN(struct drug_class_synonym_row, field),
#define COLUMN_OF_drug_row(field) COLUMN(struct drug_row, field),
#define COLUMN_OF_drug_product_row(field) COLUMN(struct drug_product_row, field),
#define COLUMN_OF_condition_row(field) COLUMN(struct condition_row, field),
#define COLUMN_OF_condition_synonym_row(field) COLUMN(struct condition_synonym_row, field),
#define COLUMN_OF_procedure_row(field) COLUMN(struct procedure_row, field),
#define COLUMN_OF_product_row(field) COLUMN(struct product_row, field),
#define COLUMN_OF_product_synonym_row(field) COLUMN(struct product_synonym_row, field),
#define COLUMN_OF_rule_row(field) COLUMN(struct rule_row, field),
#define COLUMN_OF_general_rule_row(field) COLUMN(struct general_rule_row, field),
#define COLUMN_OF_granule_ratio_row(field) COLUMN(struct granule_ratio_row, field),
#define COLUMN_OF_jurisdiction_row(field) COLUMN(struct jurisdiction_row, field),
#define COLUMN_OF_regulation_row(field) COLUMN(struct regulation_row, field),
#define COLUMN_OF_herb_limit_row(field) COLUMN(struct herb_limit_row, field),
#define COLUMN_OF_allergen_row(field) COLUMN(struct allergen_row, field),
#define COLUMN_OF_child_dose_row(field) COLUMN(struct child_dose_row, field),
KNOWLEDGE_TABLES(COLUMNS_OF)

#define TABLE_OF(table, row, fields, optional) { #table, table##_columns, sizeof(struct row), optional },
const struct knowledge_table knowledge_tables[KNOWLEDGE_TABLE_COUNT] = { KNOWLEDGE_TABLES(TABLE_OF) };
/* clang-format on */
