/* What the files of an order's way share and nobody else sees. */
#ifndef YAOFANG_CORE_ORDER_STEP_H
#define YAOFANG_CORE_ORDER_STEP_H

#include <stdbool.h>

#include "core/order.h"
#include "core/screening.h"

/* An order whose row lock this transaction holds. */
struct locked_order {
    int64_t id, prescription_id, version, patient_id;
    const char *state;
    int64_t allocation_no; /* 0 = never allocated */
};

/* Takes the order's row lock, the first of every step, and refuses a state the step does not start from: `states` is NULL-ended,
   `doing` completes "cannot be …" ("released"). ST_NOT_FOUND, or ST_CONFLICT naming the state. */
enum status order_lock(struct ctx *c, int64_t id, const char *const *states, const char *doing,
                       struct locked_order *order) MUST_CHECK;

/* ST_STALE: the screening is not one the step may stand on; `then` completes "screen again, answer what is new, then …". */
enum status order_stale(struct ctx *c, const struct screening_record *screening, const char *then);

/* "order 12", for the audit trail. */
const char *order_subject(struct ctx *c, int64_t id);

/* A reserved lot of a line. */
struct reservation {
    int64_t line_no, lot_id, location_id;
    struct weight planned;
    struct weight weighed; /* mg 0: not yet */
    struct weight there;   /* in that place now, reserved or not */
    bool ran_out;
    int64_t tolerance_permille;
    const char *herb, *lot_code;
    const char *refusal; /* why the lot may not be used now: recalled, held, expired, …; "" when it may */
};
enum status order_reservations(struct ctx *c, int64_t id, struct reservation **list,
                               size_t *count) MUST_CHECK;

#endif
