/* The reference facts as flat rows of text, before anything is checked. A row struct has the columns its CSV file
   (seed/reference/<table>.csv) and its database table share, so both sources fill it by the same column table.
   Lists inside a cell are separated by ';'. An empty cell (or NULL) is "". */
#ifndef YAOFANG_CLINIC_KNOWLEDGE_ROWS_H
#define YAOFANG_CLINIC_KNOWLEDGE_ROWS_H

#include <stdbool.h>

#include "base/column.h"

/* A line of fields is read more easily than a column of them. */
/* clang-format off */
#define HERB_FIELDS(X) \
    X(id) X(pinyin) X(pinyin_plain) X(hanzi) X(hanzi_traditional) X(chp_name) X(pharmaceutical_latin) \
    X(botanical_latin) X(english) X(category) X(dose_min_g) X(dose_max_g) X(toxicity) X(pregnancy) \
    X(parent_id) X(status) X(notes) X(source) X(confidence)
#define HERB_MONOGRAPH_FIELDS(X) X(herb_id) X(family) X(cites)
#define HERB_SYNONYM_FIELDS(X) X(herb_id) X(synonym) X(ambiguous_with)
#define HOMONYM_FIELDS(X) X(term) X(herb_ids) X(danger) X(rule) X(default_id) X(ask)
#define FORMULA_FIELDS(X) \
    X(id) X(pinyin) X(pinyin_plain) X(hanzi) X(hanzi_traditional) X(english) X(dose_basis)
#define FORMULA_ITEM_FIELDS(X) X(formula_id) X(seq) X(herb_id) X(grams) X(dose_basis) X(exceeds_chp_max)
#define FORMULA_SYNONYM_FIELDS(X) X(formula_id) X(synonym)
#define DRUG_FIELDS(X) \
    X(id) X(generic_inn) X(alt_names) X(classes) X(atc) X(rxcui) X(rxcui_checked) X(brands_us) \
    X(brands_uk) X(brands_au) X(brands_eu) X(lasting_days) X(lasting_source)
#define DRUG_PRODUCT_FIELDS(X) X(name) X(country) X(drug_ids)
#define DRUG_CLASS_FIELDS(X) X(class_id) X(parent_class_id) X(members) X(lasting_days) X(lasting_source)
#define DRUG_CLASS_SYNONYM_FIELDS(X) X(class_id) X(synonym)
#define CONDITION_FIELDS(X) X(id) X(english) X(hanzi) X(icd10) X(age_from_months) X(age_below_months)
#define CONDITION_SYNONYM_FIELDS(X) X(condition_id) X(synonym)
#define PROCEDURE_FIELDS(X) X(id) X(english) X(hanzi) X(synonyms)
#define PRODUCT_FIELDS(X) \
    X(id) X(english) X(hanzi) X(formula_id) X(herb_ids) X(screening_drug_ids) X(external)
#define PRODUCT_SYNONYM_FIELDS(X) X(product_id) X(synonym)
#define RULE_FIELDS(X) \
    X(id) X(kind) X(subject_kind) X(subject_id) X(object_kind) X(object_id) X(severity) X(effect) \
    X(mechanism) X(evidence_level) X(evidence_class) X(evidence_direction) X(action) X(citation) \
    X(citation_seen) X(threshold_g) X(below_severity) X(lasting_days) X(stop_days_before) X(lowers_to) \
    X(note) X(source) X(confidence) X(version)
#define GENERAL_RULE_FIELDS(X) \
    X(id) X(kind) X(subject_id) X(object_id) X(limit_g) X(limit_days) X(severity) X(effect) X(mechanism) X(action) \
    X(citation) X(confidence) X(version)
#define JURISDICTION_FIELDS(X) X(id) X(english) X(parent_id)
#define REGULATION_FIELDS(X) \
    X(id) X(jurisdiction_id) X(herb_id) X(kind) X(in_force_from) X(in_force_to) X(max_daily_g) X(severity) \
    X(effect) X(mechanism) X(action) X(citation) X(source) X(confidence) X(version)
#define HERB_LIMIT_FIELDS(X) \
    X(id) X(herb_id) X(window_days) X(max_g) X(max_days) X(severity) X(effect) X(mechanism) X(action) \
    X(citation) X(source) X(confidence) X(version)
#define ALLERGEN_FIELDS(X) X(id) X(english) X(synonyms) X(families) X(herb_ids)
#define CHILD_DOSE_FIELDS(X) X(age_from_months) X(age_below_months) X(share)
#define GRANULE_RATIO_FIELDS(X) X(herb_id) X(crude_g_per_g) X(low) X(high)

/* table, row struct, its fields, a column the CSV may lack (it is then ""); in loading order */
#define KNOWLEDGE_TABLES(X) \
    X(herbs, herb_row, HERB_FIELDS, NULL) \
    X(herb_monographs, herb_monograph_row, HERB_MONOGRAPH_FIELDS, NULL) \
    X(herb_synonyms, herb_synonym_row, HERB_SYNONYM_FIELDS, NULL) \
    X(homonyms, homonym_row, HOMONYM_FIELDS, NULL) \
    X(formulas, formula_row, FORMULA_FIELDS, NULL) \
    X(formula_items, formula_item_row, FORMULA_ITEM_FIELDS, NULL) \
    X(formula_synonyms, formula_synonym_row, FORMULA_SYNONYM_FIELDS, NULL) \
    X(drug_classes, drug_class_row, DRUG_CLASS_FIELDS, NULL) \
    X(drug_class_synonyms, drug_class_synonym_row, DRUG_CLASS_SYNONYM_FIELDS, NULL) \
    X(drugs, drug_row, DRUG_FIELDS, NULL) \
    X(drug_products, drug_product_row, DRUG_PRODUCT_FIELDS, NULL) \
    X(conditions, condition_row, CONDITION_FIELDS, NULL) \
    X(condition_synonyms, condition_synonym_row, CONDITION_SYNONYM_FIELDS, NULL) \
    X(procedures, procedure_row, PROCEDURE_FIELDS, NULL) \
    X(products, product_row, PRODUCT_FIELDS, NULL) \
    X(product_synonyms, product_synonym_row, PRODUCT_SYNONYM_FIELDS, NULL) \
    X(rules, rule_row, RULE_FIELDS, "version") \
    X(general_rules, general_rule_row, GENERAL_RULE_FIELDS, "version") \
    X(granule_ratios, granule_ratio_row, GRANULE_RATIO_FIELDS, NULL) \
    X(jurisdictions, jurisdiction_row, JURISDICTION_FIELDS, NULL) \
    X(regulations, regulation_row, REGULATION_FIELDS, "version") \
    X(herb_limits, herb_limit_row, HERB_LIMIT_FIELDS, "version") \
    X(allergens, allergen_row, ALLERGEN_FIELDS, NULL) \
    X(child_doses, child_dose_row, CHILD_DOSE_FIELDS, NULL)
/* clang-format on */

#define KNOWLEDGE_FIELD(field) const char *field;
#define KNOWLEDGE_STRUCT(table, row, fields, optional) \
    struct row { \
        fields(KNOWLEDGE_FIELD) \
    };
KNOWLEDGE_TABLES(KNOWLEDGE_STRUCT)
#undef KNOWLEDGE_STRUCT
#undef KNOWLEDGE_FIELD

#define KNOWLEDGE_ENUM(table, row, fields, optional) TABLE_##table,
enum knowledge_table_name { KNOWLEDGE_TABLES(KNOWLEDGE_ENUM) KNOWLEDGE_TABLE_COUNT };
#undef KNOWLEDGE_ENUM

/* How a table is read: SELECT or read these columns into rows of this size. */
struct knowledge_table {
    const char *name; /* "herbs": the database table, and seed/reference/herbs.csv */
    const struct column *columns;
    size_t row_size;
    const char *optional; /* a column the CSV file may lack; NULL = none */
};
extern const struct knowledge_table knowledge_tables[KNOWLEDGE_TABLE_COUNT];

struct row_list {
    const void *rows;
    size_t count;
};

/* All tables, filled by the seed files or by the database; indexed by enum knowledge_table_name. */
struct knowledge_rows {
    struct row_list list[KNOWLEDGE_TABLE_COUNT];
    const bool *own_rules, *own_general_rules; /* which rows are the shop's own; NULL: none */
};

#endif
