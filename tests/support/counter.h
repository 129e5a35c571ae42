/* The shop counter in tests: tickets opened, filled, paid; the books held against each other. Everything here aborts the test when it
   fails, but what returns a status. */
#ifndef YAOFANG_TESTS_COUNTER_H
#define YAOFANG_TESTS_COUNTER_H

#include "core/ticket.h"

/* A new ticket for a patient of the demo shop, by code (NULL: nobody). */
int64_t counter_open(struct ctx *c, const char *patient);
void counter_add(struct ctx *c, int64_t ticket, const char *what, int64_t quantity);

/* Pays the whole total in one way. */
enum status counter_pay(struct ctx *c, int64_t ticket, const char *kind, int64_t total) MUST_CHECK;

/* Quotes and pays by card. */
void counter_sell(struct ctx *c, int64_t ticket, struct ticket_price *price);

/* What lies in the shop of an item. */
int64_t counter_on_hand(struct ctx *c, const char *sku);

/* Ledger and balances agree, sales agree with both, receipts have no gap. */
void counter_expect_sound(struct ctx *c);

/* The status is as expected, the fault is about `field` and says `part`; then it is forgotten. */
void counter_refused(struct ctx *c, enum status expected, enum status status, const char *field,
                     const char *part);
void counter_must(struct ctx *c, enum status status);

#endif
