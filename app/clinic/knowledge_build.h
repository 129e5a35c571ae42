/* What the files that build the snapshot share. Nobody else includes this. */
#ifndef YAOFANG_CLINIC_KNOWLEDGE_BUILD_H
#define YAOFANG_CLINIC_KNOWLEDGE_BUILD_H

#include "clinic/knowledge.h"

struct builder {
    struct ctx *c; /* for what is thrown away after building */
    struct knowledge *k;
    const struct knowledge_rows *rows;
    struct herb *herbs; /* of k, while they are still being filled */
    struct rule *rules;
};

#define ROWS(b, table, row) ((const struct row *)(b)->rows->list[TABLE_##table].rows)
#define ROW_COUNT(b, table) ((b)->rows->list[TABLE_##table].count)

/* Memory and text that stay in the snapshot. */
void *build_array(struct builder *b, size_t count, size_t size) __attribute__((returns_nonnull));
const char *build_text(struct builder *b, const char *text);

/* Notes what is wrong in a reference file: "rules.csv hdi0001 object_id". */
void build_wrong(struct builder *b, const char *table, const char *row_id, const char *field,
                 const char *value, const char *rule);

/* The thing with that id; noted when there is none. `at` is NO_PARENT for an empty id. */
uint16_t build_ref(struct builder *b, enum ref_kind kind, const char *id, const char *table,
                   const char *row_id, const char *field);

/* The things named in a cell of ids separated by ';'. */
const uint16_t *build_refs(struct builder *b, enum ref_kind kind, const char *cell, const char *table,
                           const char *row_id, const char *field, uint16_t *count);

/* The place of `word` in a NULL-ended list; noted when it is not there. */
int build_word(struct builder *b, const char *const *words, const char *word, const char *table,
               const char *row_id, const char *field);

/* A cell of grams or of a whole number from 1; 0 for an empty cell, noted when it is neither. */
struct weight build_grams(struct builder *b, const char *cell, const char *table, const char *row_id,
                          const char *field);
int build_days(struct builder *b, const char *cell, const char *table, const char *row_id, const char *field);

void build_things(struct builder *b);
void build_facts(struct builder *b);

/* All rules into b->rules; how many of them are of two things (they come first). */
size_t build_rule_rows(struct builder *b);
void build_rules(struct builder *b);
void build_names(struct builder *b);

/* The characters that lead to others, into index->folds. */
void build_folds(struct builder *b, struct name_index *index);

/* How characters are read, into index->sounds. */
void build_sounds(struct builder *b, struct name_index *index);

#endif
