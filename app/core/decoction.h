/* Decoction in the shop: its machines, and the run of each order that the shop boils. Without a finished run such an order has no
   final check. */
#ifndef YAOFANG_CORE_DECOCTION_H
#define YAOFANG_CORE_DECOCTION_H

#include "base/ctx.h"

/* A run that is begun. Minutes and water below 0: as the scheme says, the water for what was weighed, up to 10 ml. */
struct decoction_wish {
    const char *scheme, *machine; /* id of decoction_schemes, code of the shop's machine */
    int64_t soak_minutes, water_ml, first_boil_minutes, second_boil_minutes;
    int64_t minutes_ago; /* begun so long ago; noted only now */
};

/* Begins a run for a weighed order. ST_CONFLICT when the order is not decocted here, has its finished run, or the machine is
   busy (naming the order) or too small; ST_INVALID for an unknown scheme or machine. */
enum status decoction_begin(struct ctx *c, int64_t order_id, const struct decoction_wish *wish) MUST_CHECK;

/* Ends the run of an order: filled into `bags` of `bag_ml`. ST_CONFLICT while its minutes are not over (with how many are left),
   or more came out than went in. */
enum status decoction_end(struct ctx *c, int64_t order_id, int64_t bags, int64_t bag_ml,
                          const char *note) MUST_CHECK;

/* The run failed, for what `note` says: begin another, or waste the order. */
enum status decoction_fail(struct ctx *c, int64_t order_id, const char *note) MUST_CHECK;

/* Adds a machine; takes one out of use (not while it is busy). Needs the role pharmacist or admin. */
enum status decoction_machine_add(struct ctx *c, const char *code, const char *name, int64_t capacity_ml,
                                  int64_t *id) MUST_CHECK;
enum status decoction_machine_retire(struct ctx *c, int64_t id) MUST_CHECK;

#endif
