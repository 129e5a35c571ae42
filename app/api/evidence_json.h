/* The evidence book's answers that API and command line share. */
#ifndef YAOFANG_API_EVIDENCE_JSON_H
#define YAOFANG_API_EVIDENCE_JSON_H

#include "core/evidence_effects.h"
#include "json/json_write.h"

/* The members of an open object: day, how many prescriptions were screened and changed, and the rows. */
void evidence_effects_write(struct json_writer *w, const struct evidence_effects *effects);

/* "raised", "gone", "severity". */
const char *effect_word(enum effect_change change);

#endif
