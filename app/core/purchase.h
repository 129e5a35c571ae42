/* Purchase orders: draft, sent, received in part or whole, closed or cancelled. Deliveries are booked by stock_receive, which
   names the order they belong to. */
#ifndef YAOFANG_CORE_PURCHASE_H
#define YAOFANG_CORE_PURCHASE_H

#include "base/ctx.h"
#include "base/date.h"
#include "base/quantity.h"

struct purchase_line {
    const char *sku;
    int64_t quantity;  /* in the item's unit; 0 drops the item again */
    const char *unit;  /* as the sender means it; NULL: the item's */
    struct money cost; /* of the whole line */
};

struct purchase {
    const char *supplier;    /* code */
    struct date expected_on; /* DATE_NONE: today and the supplier's lead time, where it is known */
    const char *note;
    const struct purchase_line *lines;
    size_t count; /* may be 0: lines come later */
};

/* All need the role admin, staff or pharmacist. Faults name line, field, value and rule; a new order
   is ST_CONFLICT for a supplier out of use. */
enum status purchase_add(struct ctx *c, const struct purchase *purchase, int64_t *id) MUST_CHECK;

/* Sets what is ordered of these items. ST_CONFLICT once the order was sent. */
enum status purchase_set_lines(struct ctx *c, int64_t id, const struct purchase_line *lines,
                               size_t count) MUST_CHECK;

/* To "sent" from draft, "closed" from any but draft, "cancelled" while nothing was received. ST_CONFLICT names the state. */
extern const char *const purchase_targets[];
enum status purchase_set_state(struct ctx *c, int64_t id, const char *state) MUST_CHECK;

/* Locks an order that a delivery of this supplier may fill. For stock_receive. */
enum status purchase_lock_for_receipt(struct ctx *c, int64_t id, const char *supplier) MUST_CHECK;

#endif
