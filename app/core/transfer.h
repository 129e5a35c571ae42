/* Goods from one shop to another. Sent goods lie in the sender's place for goods on their way until the other shop accepts
   them, the sender takes them back, or they are given up: nothing is lost if nobody ever answers. Both shops see the transfer. */
#ifndef YAOFANG_CORE_TRANSFER_H
#define YAOFANG_CORE_TRANSFER_H

#include "base/ctx.h"
#include "core/stock_parts.h"

/* Sends lots (line.to is not used) to the shop with that slug. Needs the role staff or pharmacist. */
enum status transfer_send(struct ctx *c, const char *to_shop, const struct stock_line *lines, size_t count,
                          const char *note, int64_t *id) MUST_CHECK;

struct transfer_part {
    int64_t line_no;
    int64_t quantity;
    const char *location; /* where it goes; for "lost" not used */
    const char *sku;      /* accepting: our item, NULL: the one of the same SKU */
};

/* Accepts what another shop (by slug) sent: it arrives as a delivery of that shop, which stands as supplier SHOP-<slug>. The lot
   keeps code, expiry, certificate, cost and status. ST_CONFLICT when more is accepted than is on its way, or when our item is
   another herb, product, kind, ratio or unit, or goods of another bar code or name. */
enum status transfer_accept(struct ctx *c, const char *from_shop, int64_t id,
                            const struct transfer_part *parts, size_t count, int64_t *receipt_id) MUST_CHECK;

/* The sender takes back what is still on its way, or gives it up as lost (for which the role pharmacist is needed). */
enum status transfer_take_back(struct ctx *c, int64_t id, const struct transfer_part *parts,
                               size_t count) MUST_CHECK;
enum status transfer_lose(struct ctx *c, int64_t id, const struct transfer_part *parts, size_t count,
                          const char *note) MUST_CHECK;

#endif
