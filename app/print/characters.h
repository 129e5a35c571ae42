/* Which characters paper carries, whatever a font may have. PURE. */
#ifndef YAOFANG_PRINT_CHARACTERS_H
#define YAOFANG_PRINT_CHARACTERS_H

#include "base/ctx.h"

/* Marks that show nothing or turn the writing round, by which a name reads otherwise than it is stored (Unicode Annex 9), and picture
   characters, which every printer draws otherwise, are ST_INVALID naming `field` and the character's code, "U+202E". */
enum status characters_check(struct ctx *c, const char *field, const char *text) MUST_CHECK;

#endif
