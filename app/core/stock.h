/* Stock: receiving lots, their status, and the proof that balances are the sum of their moves. */
#ifndef YAOFANG_CORE_STOCK_H
#define YAOFANG_CORE_STOCK_H

#include "base/ctx.h"
#include "base/date.h"
#include "base/quantity.h"

/* One lot of a delivery. */
struct receipt_line {
    const char *sku;
    const char *lot_code;
    /* "2028-03-31", "2028-03" (the month's last day), or "" when nothing is said: a lot that is known keeps its expiry, a new
       one does not expire. */
    const char *expires;
    const char *made_on; /* the same forms (a month: its first day), or NULL */
    int64_t quantity;    /* in the item's unit */
    const char
        *unit; /* mg or each, as the sender means it: refused when the item's is another; NULL: the item's */
    const char *location;    /* code */
    struct money cost;       /* of the whole line */
    const char *certificate; /* NULL or "" without one: the lot stays in quarantine */
    /* "released", which without a certificate only a pharmacist may say, or "quarantined"; NULL: by the certificate. For lots
       that are new with this delivery. */
    const char *status;
};

struct receipt {
    const char *supplier; /* code */
    const char *invoice;
    int64_t purchase_order_id; /* what was ordered; 0: free of any order */
    const struct receipt_line *lines;
    size_t count;
};

/* Books a delivery in: all lines or none. ST_INVALID names line, field, value and rule; ST_CONFLICT a place that is out of use, and a
   supplier that is, unless the delivery is of a purchase order of before. Needs the role staff or pharmacist. */
enum status stock_receive(struct ctx *c, const struct receipt *receipt, int64_t *id) MUST_CHECK;

/* What a person should know of a delivery before it is booked. */
struct receipt_warning {
    int64_t line_no; /* from 1; 0: of the whole delivery */
    /* known_invoice (value: the delivery it was booked with; it will not be booked again), expired, short_expiry (within 90 days; value: the day), no_expiry,
       known_lot (value: its status), quarantined, not_ordered, over_ordered (value: what is still open) */
    const char *warning, *value;
};

/* Refuses what stock_receive would refuse of the lines, and books nothing. Needs the role staff or pharmacist. */
enum status stock_check(struct ctx *c, const struct receipt *receipt, struct receipt_warning **warnings,
                        size_t *count) MUST_CHECK;

/* Takes a delivery back by moves of the other direction. ST_CONFLICT names every lot of which less lies free where it was put.
   Needs the role pharmacist. */
enum status stock_undo_receipt(struct ctx *c, int64_t id, const char *reason) MUST_CHECK;

/* One of lot_statuses (released, quarantined, held, recalled), with a reason. Needs the role pharmacist. */
extern const char *const lot_statuses[];
enum status lot_set_status(struct ctx *c, int64_t lot_id, const char *status, const char *reason) MUST_CHECK;

/* One broken promise of the stored data. */
struct stock_difference {
    int64_t shop_id, lot_id, location_id;
    int64_t ledger, balance;
};

/* Every lot and location of the shop where the balance is not the sum of the moves: none, ever. */
enum status stock_verify(struct ctx *c, struct stock_difference **differences, size_t *count) MUST_CHECK;

/* Something that must hold of the documents of stock and does not: of what, what is found, what must hold. */
struct stock_fault {
    const char *subject, *value, *rule;
};

/* Transfers, batches, reservations, corrections and counts of the shop that do not agree with the ledger: none, ever. */
enum status stock_verify_documents(struct ctx *c, struct stock_fault **faults, size_t *count) MUST_CHECK;

#endif
