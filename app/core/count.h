/* Counting while selling goes on. What was counted is compared with the books as they were at that moment: what has moved since is
   taken into account, what was weighed out for an order but not booked yet too, and what another count has corrected since is
   not corrected twice. Differences beyond a limit take another person's approval. */
#ifndef YAOFANG_CORE_COUNT_H
#define YAOFANG_CORE_COUNT_H

#include <stdbool.h>

#include "base/ctx.h"
#include "base/date.h"

struct count_plan {
    const char *title;
    bool blind;                              /* the sheet does not say what should be there */
    int64_t limit_permille;                  /* of what should be there; -1: 100 */
    int64_t limit_cents;                     /* in value; -1: the shop's limit */
    const char *const *places, *const *skus; /* what to count; none: everything */
    size_t place_count, sku_count;
};

/* Opens a count and writes its sheet. Needs the role staff or pharmacist, as all that follows but booking.
   ST_CONFLICT names a place that is out of use, here and for a lot that is put on the sheet: what lies there all the same is counted
   with everything. */
enum status count_add(struct ctx *c, const struct count_plan *plan, int64_t *id) MUST_CHECK;

/* Puts a lot on the sheet that lies where the books have none. */
enum status count_add_line(struct ctx *c, int64_t id, int64_t lot_id, const char *location,
                           int64_t *line_no) MUST_CHECK;

struct count_entry {
    int64_t line_no;
    const char *code; /* instead of line_no, when not NULL: what a scanner read, see count_find_lines */
    int64_t counted;  /* in the item's unit; 0 is a count too */
    const char *note;
};

/* Enters what was counted, the first time or again (a recount): all or none. `counted_by` NULL: the one who acts; `at` 0: now,
   else when it was counted, within the last 31 days. */
enum status count_enter(struct ctx *c, int64_t id, const struct count_entry *entries, size_t count,
                        const char *counted_by, struct instant at) MUST_CHECK;

/* Which lines of the count scanned codes mean: "C12-L34", as the paper sheet has them, or a pack's GS1 code whose lot is on the
   sheet once. Where a code is NULL its line stays as it is. ST_INVALID and ST_NOT_FOUND name every code that means no line. */
enum status count_find_lines(struct ctx *c, int64_t id, const char *const *codes, size_t count,
                             int64_t *lines) MUST_CHECK;

struct rows;

/* What a person at the count scanned or typed means, as rows of count_meant.sql, at least one: the code of a sheet's line, a lot, a
   pack, a place, an item by its SKU or by one of `things` (item_search). Rows without a line are lots and places that are not on
   the sheet. A pack that can be read in several ways gives the lines of all. ST_INVALID and ST_NOT_FOUND name the code. */
enum status count_meant(struct ctx *c, int64_t id, const char *code, const char *const *things,
                        size_t thing_count, const struct rows **rows) MUST_CHECK;

/* The one who acts accepts what was counted last of these lines; not those she counted herself. Role pharmacist or admin. */
enum status count_approve(struct ctx *c, int64_t id, const int64_t *lines, size_t count) MUST_CHECK;

/* Books all differences and ends the count; lines nobody counted stay as they are. ST_DENIED names every line beyond a limit that
   nobody else approved. Where less lies there now than is set aside, the newest reservations end. Role pharmacist or admin. */
enum status count_book(struct ctx *c, int64_t id) MUST_CHECK;
enum status count_cancel(struct ctx *c, int64_t id) MUST_CHECK;

#endif
