/* Following what happens in a shop without being told: reading, again and again, what was added to the ledger, the orders'
   events, the lots' events, and to the trail of what several people look at: counts, recalls and their calls, batches, transfers,
   purchase orders, prescriptions and those written elsewhere. A notification per booking would cost a third of the bookings (NOTIFY takes one lock for all
   at commit). Nothing is missed and nothing is told twice, though numbers become visible out of order. */
#ifndef YAOFANG_CORE_FOLLOW_H
#define YAOFANG_CORE_FOLLOW_H

#include <stdbool.h>

#include "base/ctx.h"

enum follow_source { FOLLOW_STOCK, FOLLOW_ORDER, FOLLOW_LOT, FOLLOW_CHANGE, FOLLOW_SOURCES };

/* One thing that happened. */
struct happened {
    enum follow_source source;
    int64_t subject;  /* item, order, lot or the number of what changed */
    const char *word; /* the move's reason, the order's state, the lot's status, what changed: "count" */
};

struct follower;

/* Follows the shop of c->who from now on. Freed with follower_free. */
enum status follower_start(struct ctx *c, struct follower **follower) MUST_CHECK;
void follower_free(struct follower *follower);

/* What happened since the last call, in c's arena. `overrun`: more than can be told one by one; whoever listens should read
   anew, and the follower goes on from here. */
enum status follower_next(struct ctx *c, struct follower *follower, struct happened **list, size_t *count,
                          bool *overrun) MUST_CHECK;

#endif
