/* The knowledge from the database's reference tables, retired rows left out. */
#ifndef YAOFANG_CORE_KNOWLEDGE_DB_H
#define YAOFANG_CORE_KNOWLEDGE_DB_H

#include "clinic/knowledge.h"

/* Reads every table in one snapshot, checks and builds. The result must be closed by knowledge_close. */
enum status knowledge_from_database(struct ctx *c, struct knowledge **out) MUST_CHECK;

#endif
