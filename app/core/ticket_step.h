/* What the files of a sale share and nobody else sees. */
#ifndef YAOFANG_CORE_TICKET_STEP_H
#define YAOFANG_CORE_TICKET_STEP_H

#include "core/ticket.h"
#include "db/db.h"

/* A ticket, whose row lock this transaction holds if ticket_lock read it. */
struct ticket_head {
    int64_t id; /* 0: no ticket */
    const char *state;
    int64_t patient_id;
    const char *customer_group;
    int64_t quote_no;
};

/* Takes the ticket's row lock, and refuses a state the step does not start from: `states` is NULL-ended, `doing` completes "cannot be
   …". ST_NOT_FOUND, or ST_CONFLICT naming the state. */
enum status ticket_lock(struct ctx *c, int64_t id, const char *const *states, const char *doing,
                        struct ticket_head *head) MUST_CHECK;

enum status ticket_require(struct ctx *c) MUST_CHECK;

/* "ticket 12", for the audit trail. */
const char *ticket_subject(struct ctx *c, int64_t id);
const char *ticket_number(struct ctx *c, int64_t n);

/* The lines on a ticket, and its codes. */
enum status ticket_wanted(struct ctx *c, int64_t id, struct ticket_line **lines, size_t *count) MUST_CHECK;
enum status ticket_codes(struct ctx *c, int64_t id, const char ***codes, size_t *count) MUST_CHECK;

/* The lots a payment has locked: it takes from these and no others. */
struct ticket_held {
    int64_t *lots;
    size_t count;
};

/* Prices these lines with these codes for a ticket (id 0: none) and its customer. held NULL: only looking, at any lot. */
enum status ticket_work_out(struct ctx *c, const struct ticket_head *head, const char *const *codes,
                            size_t code_count, const struct ticket_held *held,
                            struct ticket_price *price) MUST_CHECK;

/* ST_SHORT naming each line of the price that cannot be had, and why. */
enum status ticket_refuse_short(struct ctx *c, const struct ticket_price *price) MUST_CHECK;

/* The items of the lines, for locking their lots; and the orders. */
int64_t *ticket_items(struct ctx *c, const struct ticket_price *price, size_t *count);
int64_t *ticket_orders(struct ctx *c, const struct ticket_line *lines, size_t n, size_t *count);

/* Gives back the uses a ticket has reserved, but for those of `keep` codes that apply (NULL: all of them). Their codes are locked. */
enum status ticket_release_uses(struct ctx *c, const struct ticket_head *head, const char *why,
                                const struct pricing *keep) MUST_CHECK;

/* What somebody at the counter means by a code typed or scanned: one item, and the lot if a lot was named. */
enum status ticket_find(struct ctx *c, const struct ticket_want *want, struct ticket_line *line) MUST_CHECK;

/* The drawer that is open at a register, locked against being closed; 0 when none is. */
enum status ticket_drawer(struct ctx *c, const char *register_name, int64_t *session) MUST_CHECK;

/* The next number of a paper that leaves the counter. */
enum status ticket_receipt_no(struct ctx *c, int64_t id, const char *kind, int64_t *receipt_no) MUST_CHECK;

#endif
