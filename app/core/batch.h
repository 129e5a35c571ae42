/* Batches made ahead: house pills, prepacks, granule mixes. Planned from a formula or line by line; picked, so that the
   ingredients lie in the place for what is being made; made, with what came of it; checked by another person, which turns the
   ingredients into a lot with their lots behind it, and the loss. */
#ifndef YAOFANG_CORE_BATCH_H
#define YAOFANG_CORE_BATCH_H

#include "base/ctx.h"
#include "clinic/knowledge.h"

struct batch_line {
    const char *sku;
    int64_t quantity_mg;
};

struct batch_plan {
    const char *sku;     /* what is made */
    int64_t quantity;    /* in its unit: milligrams or pieces */
    int64_t piece_mg;    /* what a piece weighs; for what is weighed 0 or 1 */
    const char *formula; /* by any name, from items of the kind `form`; NULL: `lines` */
    const char *form;    /* raw, granule or powder; NULL: raw */
    const struct batch_line *lines;
    size_t count;
    int64_t keeps_days;   /* from the day it is made; 0: 365 */
    const char *location; /* where it will lie */
    const char *lot_code; /* NULL: B-YYMMDD-n */
    const char *note;
};

/* All need the role pharmacist or staff, batch_check the role pharmacist. ST_NOT_FOUND for a batch that has ended. */
enum status batch_plan(struct ctx *c, const struct knowledge *knowledge, const struct batch_plan *plan,
                       int64_t *id) MUST_CHECK;

/* Earliest expiry first among what may be used and is free; ST_SHORT names every line that is short. */
enum status batch_pick(struct ctx *c, int64_t id) MUST_CHECK;

/* What came of it, in the unit of what is made; the rest is lost. ST_INVALID when more came out than went in. */
enum status batch_make(struct ctx *c, int64_t id, int64_t yield, const char *note) MUST_CHECK;

/* By somebody else than the maker (or in a recorded single-person shop). ST_CONFLICT names ingredients that were barred since. */
enum status batch_check(struct ctx *c, int64_t id, const char *note, int64_t *lot_id) MUST_CHECK;

/* Puts what was picked back where it lay. */
enum status batch_cancel(struct ctx *c, int64_t id) MUST_CHECK;

#endif
