/* Moving stock between the shop's places, and making several lots of one. */
#ifndef YAOFANG_CORE_MOVE_H
#define YAOFANG_CORE_MOVE_H

#include "base/ctx.h"
#include "core/stock_parts.h"

/* Moves lines from place to place: all or none. ST_SHORT names each line that takes more than lies free there: what is set
   aside for orders stays where the order looks for it. Needs the role staff or pharmacist. */
enum status stock_move(struct ctx *c, const struct stock_line *lines, size_t count,
                       const char *note) MUST_CHECK;

/* A part that a lot is divided into. */
struct lot_part {
    const char *lot_code; /* NULL: the lot's code with -1, -2, … behind it */
    const char *to;       /* code of a place; NULL: where the lot lies */
    int64_t quantity;
    int64_t id; /* out: the new lot */
};

/* Takes the sum of the parts from the lot in `from` and makes a lot of each, with the old one behind it (trace and recall go
   through): same item, supplier, expiry, status, certificate and cost per quantity. Needs the role staff or pharmacist. */
enum status lot_repack(struct ctx *c, int64_t lot_id, const char *from, struct lot_part *parts, size_t count,
                       const char *note) MUST_CHECK;

#endif
