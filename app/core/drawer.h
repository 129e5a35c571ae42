/* The drawer of cash of a register: opened with its float, counted when it is closed. What should be there is worked out from its
   sales, refunds and other moves; a difference above the shop's limit needs a second person who came to the same count. */
#ifndef YAOFANG_CORE_DRAWER_H
#define YAOFANG_CORE_DRAWER_H

#include "base/ctx.h"
#include "base/quantity.h"

enum { DRAWER_COUNTS_MOST = 40 };

/* So many of one coin or note. */
struct drawer_count {
    struct money denomination;
    int64_t pieces;
};

/* All need the role staff or pharmacist. ST_CONFLICT when the register has an open drawer. */
enum status drawer_open(struct ctx *c, const char *register_name, struct money counted_float,
                        int64_t *id) MUST_CHECK;

/* Cash in or out beside sales: change from the bank, postage. kind: pay_in or pay_out. */
enum status drawer_move(struct ctx *c, int64_t id, const char *kind, struct money amount,
                        const char *reason) MUST_CHECK;

/* The person acting has counted too and came to this sum. */
enum status drawer_approve(struct ctx *c, int64_t id, struct money counted, const char *note) MUST_CHECK;

/* ST_CONFLICT naming the difference when it is above the limit and nobody else approved this count; in the single-person mode
   nobody need, and the record says so. */
enum status drawer_close(struct ctx *c, int64_t id, const struct drawer_count *counts, size_t count,
                         const char *note) MUST_CHECK;

#endif
