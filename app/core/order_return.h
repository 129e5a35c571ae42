/* What comes back after the hand-over: taken in, destroyed by one person, witnessed by another. Nothing of it is sold again. */
#ifndef YAOFANG_CORE_ORDER_RETURN_H
#define YAOFANG_CORE_ORDER_RETURN_H

#include "base/ctx.h"

/* So many packets came back, for a coded reason (order_reasons, use return). ST_CONFLICT when the order was not handed over, or not so
   many are out. `return_no` (may be NULL) gets the number of the return. */
enum status order_return(struct ctx *c, int64_t id, int64_t packets, const char *reason, const char *note,
                         int64_t *return_no) MUST_CHECK;

/* The person acting has destroyed a return, by a coded method (use destroy). `return_no` 0: the only one that waits. */
enum status order_destroy(struct ctx *c, int64_t id, int64_t return_no, const char *method,
                          const char *note) MUST_CHECK;

/* The person acting has seen it destroyed: somebody else than who destroyed it, one of the two a pharmacist; in the single-person mode
   the same person after its delay. Books its lots from the patient's side to loss. */
enum status order_witness(struct ctx *c, int64_t id, int64_t return_no) MUST_CHECK;

#endif
