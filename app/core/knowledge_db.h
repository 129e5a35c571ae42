/* The knowledge from the database: the reference tables, retired rows left out, with what a shop has of its own laid over them
   (core/evidence.h). */
#ifndef YAOFANG_CORE_KNOWLEDGE_DB_H
#define YAOFANG_CORE_KNOWLEDGE_DB_H

#include "base/date.h"
#include "clinic/knowledge.h"
#include "clinic/knowledge_overlay.h"

/* Reads every table in one snapshot, checks and builds, as it holds for the shop of c->who today; without a shop the reference
   alone. The result must be closed by knowledge_close. */
enum status knowledge_from_database(struct ctx *c, struct knowledge **out) MUST_CHECK;

/* The reference rows alone, of one moment; they live in the context's arena. */
enum status knowledge_rows_read(struct ctx *c, struct knowledge_rows *rows) MUST_CHECK;

/* What the shop of c->who has of its own in force on a civil day (DATE_NONE: today, in the shop's time). */
enum status knowledge_overlay_read(struct ctx *c, struct date day, struct overlay *overlay) MUST_CHECK;

/* Lays the overlay over the rows and builds. The result must be closed by knowledge_close. */
enum status knowledge_overlaid(struct ctx *c, const struct knowledge_rows *rows,
                               const struct overlay *overlay, struct knowledge **out) MUST_CHECK;

#endif
