/* Names as typed to what the rule book knows. */
#ifndef YAOFANG_CORE_NAME_H
#define YAOFANG_CORE_NAME_H

#include "base/ctx.h"
#include "clinic/knowledge.h"

/* The one thing of a kind that `typed` means: an id or any of its names. REF_NONE after noting ST_INVALID: unknown, with the
   nearest names; ambiguous, with the candidates; or something of another kind. */
struct ref name_resolve(struct ctx *c, const struct knowledge *knowledge, const char *field,
                        const char *typed, enum ref_kind kind);

#endif
