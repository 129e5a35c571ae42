/* The work list: findings raised by screening again, for a person to deal with. What raises and ends them by itself is in
   core/screening.c (work_items_raise.sql, work_items_settle.sql); here is what people do. */
#ifndef YAOFANG_CORE_WORK_H
#define YAOFANG_CORE_WORK_H

#include <stdbool.h>

#include "base/ctx.h"

/* What waits in the shop of c->who: how many pieces, the newest of them, and when one was last taken (microseconds; 0: none is).
   Whatever is raised, taken or ended changes one of the three. */
struct work_figures {
    int64_t waiting, newest, last_taken_us;
};
enum status work_figures_read(struct ctx *c, struct work_figures *figures) MUST_CHECK;

/* c->who takes a piece of work. ST_CONFLICT names who has it already, unless `over`; or how it ended. Needs the role
   practitioner or pharmacist, as does work_done. */
enum status work_take(struct ctx *c, int64_t id, bool over) MUST_CHECK;

/* c->who, who has taken it, ends it with a code of work_outcomes and a note (may be NULL). ST_INVALID for a code that is not
   for a person to give, ST_CONFLICT when it is not hers or has ended. A critical finding of an open order still needs its
   answer. */
enum status work_done(struct ctx *c, int64_t id, const char *outcome, const char *note) MUST_CHECK;

#endif
