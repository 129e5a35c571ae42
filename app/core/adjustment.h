/* Corrections of stock with coded reasons: adjust, write off, return to the supplier, take back from a customer. Up to the shop's
   limit in value they are booked at once; above, they wait for another person. */
#ifndef YAOFANG_CORE_ADJUSTMENT_H
#define YAOFANG_CORE_ADJUSTMENT_H

#include <stdbool.h>

#include "base/ctx.h"

extern const char *const adjustment_uses[]; /* adjust, write_off, return_to_supplier, customer_return */

struct adjustment {
    const char *use;
    const char *reason; /* a code of GET /api/v1/stock-reasons for that use */
    int64_t lot_id;
    const char
        *location;    /* the place concerned; a customer's return goes to a place of the kind quarantine */
    int64_t quantity; /* more than nothing; for "adjust" below nothing means missing */
    int64_t order_id; /* a customer's return: the order it was handed out with; else 0 */
    const char *reference; /* a credit note, a case number; may be NULL */
    const char *note;      /* some reasons need one; may be NULL */
};

/* `booked` false: its value is above the shop's limit and another person decides. ST_SHORT when more would go than lies there
   (returns to a supplier: lies free). ST_CONFLICT when a customer returns more than was handed out. What an adjustment or a
   write-off leaves too little of ends the newest reservations. Needs the role staff or pharmacist. */
enum status adjustment_ask(struct ctx *c, const struct adjustment *adjustment, int64_t *id,
                           bool *booked) MUST_CHECK;

/* Another person says yes (then it is booked) or no. Needs the role pharmacist or admin. */
enum status adjustment_decide(struct ctx *c, int64_t id, bool accept) MUST_CHECK;

#endif
