/* Sales. A ticket is open while lines, codes and customer change; a quote freezes what it costs and reserves the uses of its promo
   codes; a payment books lots and uses, once; a refund brings back, in parts or whole, never twice. Every step takes the ticket's
   row lock first, then orders, then promo codes, then lots by id. All need the role staff or pharmacist. */
#ifndef YAOFANG_CORE_TICKET_H
#define YAOFANG_CORE_TICKET_H

#include <stdbool.h>

#include "base/ctx.h"
#include "core/pricing.h"

enum { TICKET_LINES_MOST = 100, TICKET_CODES_MOST = 5, TICKET_TENDERS_MOST = 10 };

/* Who buys. */
struct ticket_customer {
    int64_t patient_id; /* 0: not known */
    const char *group;  /* of customers; NULL or "": none */
};

/* What goes on a ticket: `what` is a SKU, a GTIN or EAN as scanned, a GS1 code, a lot's code; or order_id an order. */
struct ticket_want {
    const char *what; /* NULL for an order */
    int64_t order_id; /* 0 for goods */
    int64_t quantity; /* mg, or pieces; of an order 1 */
    const char
        *unit; /* mg or each, as the sender means it: refused when the item's is another; NULL: the item's */
    bool join; /* add to the line that sells the same already, if there is one */
};

/* A line as it stands on a ticket. */
struct ticket_line {
    int64_t line_no, item_id, order_id, lot_id, quantity; /* 0: not that */
};

/* A lot that a line takes (or would take). */
struct ticket_lot {
    int64_t line_no, lot_id, location_id, quantity;
    const char *lot_code;
    struct date expires_on;
    struct money cost; /* of cost_quantity */
    int64_t cost_quantity;
};

/* What a ticket would cost now, and the lots it would take. */
struct ticket_price {
    struct pricing pricing;
    struct ticket_line *wanted;
    size_t wanted_count;
    struct ticket_lot *lots;
    size_t lot_count;
    bool is_short; /* some line cannot be had in full */
};

enum status ticket_open(struct ctx *c, const struct ticket_customer *customer, int64_t *id) MUST_CHECK;

/* All of these take a quoted ticket back to open, giving back what its quote had reserved. ST_CONFLICT for one that is paid. */
enum status ticket_set_customer(struct ctx *c, int64_t id, const struct ticket_customer *customer) MUST_CHECK;
/* ST_NOT_FOUND when nothing is called so, ST_CONFLICT when several things are, when the lot may not be sold, or when the order is
   cancelled, another patient's, or charged already. */
enum status ticket_add(struct ctx *c, int64_t id, const struct ticket_want *want) MUST_CHECK;
/* Quantity 0 takes the line off. */
enum status ticket_change(struct ctx *c, int64_t id, int64_t line_no, int64_t quantity) MUST_CHECK;
enum status ticket_add_code(struct ctx *c, int64_t id, const char *code) MUST_CHECK;
enum status ticket_remove_code(struct ctx *c, int64_t id, const char *code) MUST_CHECK;
/* "The card was declined": back to open, nothing reserved any more. */
enum status ticket_reopen(struct ctx *c, int64_t id) MUST_CHECK;
/* Ends a ticket that was not paid. */
enum status ticket_cancel(struct ctx *c, int64_t id) MUST_CHECK;

/* Prices a ticket as it stands; nothing is stored. A line that cannot be had is noted in is_short, not refused. */
enum status ticket_price_now(struct ctx *c, int64_t id, struct ticket_price *price) MUST_CHECK;

/* The same for lines that are on no ticket, with the codes given: the dry run of a promo code. */
enum status ticket_price_lines(struct ctx *c, const struct ticket_customer *customer,
                               const struct ticket_want *wants, size_t count, const char *const *codes,
                               size_t code_count, struct ticket_price *price) MUST_CHECK;
/* And for a ticket as if one more code were on it (when it is not there yet). */
enum status ticket_price_with(struct ctx *c, int64_t id, const char *code,
                              struct ticket_price *price) MUST_CHECK;

/* Freezes the price and reserves a use of every code that works; price gets what was frozen, with why each code works or not.
   ST_SHORT names each line that cannot be had in full, with the reasons; ST_INVALID an empty ticket. */
enum status ticket_quote(struct ctx *c, int64_t id, struct ticket_price *price) MUST_CHECK;

/* How a customer pays. given: what was handed over; 0: exactly the amount. */
struct ticket_tender {
    const char *kind; /* of tender_kinds */
    struct money amount, given;
    const char *reference; /* of a card slip, a voucher; may be NULL */
};

/* Takes the money for the quote of that total and books everything: lots by earliest expiry, promo uses, the orders' payment, the
   receipt's number. ST_STALE when the quote ran out, or when what it was made of changed so that it would cost otherwise now;
   ST_SHORT when a line cannot be had any more; ST_INVALID when the tenders do not come to the total; ST_CONFLICT when cash is
   given and no drawer is open. register_name: whose drawer ("main"). */
enum status ticket_pay(struct ctx *c, int64_t id, struct money total, const char *register_name,
                       const struct ticket_tender *tenders, size_t count) MUST_CHECK;

/* What comes back of a line of the receipt. */
struct ticket_return {
    int64_t seq;      /* the line of the receipt */
    int64_t quantity; /* 0: all that is left of it */
    const char *
        disposition; /* restock, write_off, or none (what is no shelf goods); NULL: restock goods, none for the rest */
};

/* Gives money back: of these lines, or (count 0) of everything that is left. reason: of refund_reasons. tenders NULL: the way it
   was paid, as far as that goes, the last tender first. ST_CONFLICT names what was given back already. A void is a refund of
   everything while nothing was refunded, on the day of the sale; without one the ticket is refunded once nothing is left. */
struct ticket_refund {
    bool is_void;
    const char *reason, *note; /* note may be NULL */
    const char *register_name;
    const struct ticket_return *lines;
    size_t line_count;
    const struct ticket_tender *tenders;
    size_t tender_count;
};
enum status ticket_refund(struct ctx *c, int64_t id, const struct ticket_refund *refund) MUST_CHECK;

/* What a refund would give back, and by which ways. */
struct ticket_refund_sum {
    struct money total;
    struct ticket_tender *tenders;
    size_t tender_count;
};
/* Looks at a refund without giving it: what ticket_refund would refuse of lines and tenders is refused here too. */
enum status ticket_refund_look(struct ctx *c, int64_t id, const struct ticket_refund *refund,
                               struct ticket_refund_sum *sum) MUST_CHECK;

/* One broken promise of the counter's books. */
struct ticket_difference {
    int64_t ticket_id;
    const char *what;
};
/* Every sale of the shop whose money, goods or promo uses do not agree: none, ever. */
enum status ticket_verify(struct ctx *c, struct ticket_difference **differences, size_t *count) MUST_CHECK;

#endif
