/* What core/furnish*.c share. */
#ifndef YAOFANG_CORE_FURNISH_PARTS_H
#define YAOFANG_CORE_FURNISH_PARTS_H

#include "core/furnish.h"
#include "db/db.h"

enum { FURNISH_NAME_LONGEST = 120 };

/* Notes a text that is missing (when it is needed), blank, too long or no UTF-8; a code also when it holds a space. */
void furnish_note_text(struct ctx *c, const char *field, const char *text, size_t longest, bool needed);
void furnish_note_code(struct ctx *c, const char *field, const char *text, size_t longest);

/* Notes a word that is not in the NULL-ended list. */
void furnish_note_word(struct ctx *c, const char *field, const char *word, const char *const *words);

/* ST_CONFLICT when `query` says that what `code` names is out of use. NULL and "" name nothing; what the shop does not have is not told
   here. */
enum status furnish_usable(struct ctx *c, const char *field, const char *code, const struct query *query,
                           const struct param *params, size_t count) MUST_CHECK;

enum status furnish_require(struct ctx *c) MUST_CHECK;

#endif
