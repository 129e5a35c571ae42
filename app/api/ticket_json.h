/* The JSON of a sale: the same over HTTP and from `yaofang sale --json`. */
#ifndef YAOFANG_API_TICKET_JSON_H
#define YAOFANG_API_TICKET_JSON_H

#include "core/ticket.h"
#include "json/json_write.h"

/* The ticket with its lines, codes, frozen quote, tenders, lots and refunds; while it is open or quoted also what it would cost now,
   as a member "price". ST_NOT_FOUND names the id. */
enum status ticket_write(struct ctx *c, struct json_writer *w, int64_t id) MUST_CHECK;

/* A price with the reasons: each line with its rule, each code line by line; every reason as a sentence and as a word with terms
   (api/reason_json.h). */
void price_write(struct ctx *c, struct json_writer *w, const char *key, const struct ticket_price *price);

/* A paid ticket as its receipt says it: shop, number, lines, tax table, codes, tenders. ST_NOT_FOUND when it was not paid. */
enum status receipt_write(struct ctx *c, struct json_writer *w, int64_t id) MUST_CHECK;

#endif
