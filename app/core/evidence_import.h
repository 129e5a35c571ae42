/* Proposals that came in as a file (core/import.h, kind "evidence_book"). */
#ifndef YAOFANG_CORE_EVIDENCE_IMPORT_H
#define YAOFANG_CORE_EVIDENCE_IMPORT_H

#include "core/evidence.h"

/* What a checked file proposes, and on which of its lines: for applying it, and for the dry run before (evidence_effects).
   ST_NOT_FOUND when the shop has no such file; ST_CONFLICT when it was refused or applied. */
enum status evidence_import_read(struct ctx *c, int64_t import_id, struct evidence_proposal **proposals,
                                 int64_t **lines, size_t *count) MUST_CHECK;

#endif
