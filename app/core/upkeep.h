/* Keeping house: what nobody will ask for again is removed, what was written is sealed. */
#ifndef YAOFANG_CORE_UPKEEP_H
#define YAOFANG_CORE_UPKEEP_H

#include "base/ctx.h"

/* How much there was to do. Days and months that are over are also added up (schema/0028, 0053). */
struct upkeep {
    int64_t sealed; /* entries of the audit trails taken into their chains */
    int64_t
        removed; /* old idempotency keys, sessions, tokens and cards: some ten thousand at a time at most */
};

/* Does all of it for every shop. Needs nobody signed in; leaves the context acting for no shop. */
enum status upkeep_run(struct ctx *c, struct upkeep *done) MUST_CHECK;

#endif
