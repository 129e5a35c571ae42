/* The knowledge from the seed files that are built into the program: no database needed. */
#ifndef YAOFANG_CORE_KNOWLEDGE_SEED_H
#define YAOFANG_CORE_KNOWLEDGE_SEED_H

#include "clinic/knowledge.h"

/* Reads one table's rows from the built-in seed/reference/<table>.csv. */
enum status knowledge_seed_table(struct ctx *c, enum knowledge_table_name table,
                                 struct row_list *out) MUST_CHECK;

/* All tables, checked and built. The snapshot must be closed by knowledge_close. */
enum status knowledge_from_seed(struct ctx *c, struct knowledge **out) MUST_CHECK;

#endif
