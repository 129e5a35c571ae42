/* The JSON of an order: the same over HTTP and from `yaofang compound --json`. */
#ifndef YAOFANG_API_ORDER_JSON_H
#define YAOFANG_API_ORDER_JSON_H

#include "base/ctx.h"
#include "core/order.h"
#include "json/json_write.h"

/* The order with its lines, lots, the lots passed over, and what happened, as one object. ST_NOT_FOUND names the id. */
enum status order_write(struct ctx *c, struct json_writer *w, int64_t id) MUST_CHECK;

/* What was set aside, and no more: it is written while other orders wait for the lots. The rest is the order's. */
void order_write_allocated(struct json_writer *w, const struct allocated *made);

#endif
