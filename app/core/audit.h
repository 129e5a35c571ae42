/* The audit trail: who did what to what, only ever added, sealed into a chain of hashes per shop. */
#ifndef YAOFANG_CORE_AUDIT_H
#define YAOFANG_CORE_AUDIT_H

#include "base/ctx.h"

/* Adds an entry in the name of c->who, in the transaction of what it tells of. `subject` is for example "order 12". */
enum status audit_note(struct ctx *c, const char *action, const char *subject,
                       const char *details) MUST_CHECK;

/* Seals what is not sealed yet, then proves the whole chain: `broken` gets how many seals no longer fit their entries. */
enum status audit_verify(struct ctx *c, int64_t *sealed, int64_t *broken) MUST_CHECK;

/* Takes every entry of the shop not sealed yet into its chain of hashes; `sealed` is how many. */
enum status audit_seal(struct ctx *c, int64_t *sealed) MUST_CHECK;

#endif
