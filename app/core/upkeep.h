/* Keeping house: what nobody will ask for again is removed, what was written is sealed. */
#ifndef YAOFANG_CORE_UPKEEP_H
#define YAOFANG_CORE_UPKEEP_H

#include "base/ctx.h"

/* Seals the audit trail of every shop and removes old idempotency keys and long-ended sessions, some ten thousand at most;
   `removed` is how many. Needs nobody signed in; leaves the context acting for no shop. */
enum status upkeep_run(struct ctx *c, int64_t *removed) MUST_CHECK;

#endif
