/* The packets of an order: the main ones, and the little ones with what is handled apart. */
#ifndef YAOFANG_CORE_ORDER_PACKETS_H
#define YAOFANG_CORE_ORDER_PACKETS_H

#include "clinic/packet_groups.h"

/* A group, for people: `words` is how it is handled ("decoct first 先煎"; "" the main one), `herbs` and `line_nos` run in parallel. */
struct order_packets {
    struct packet_group group;
    const char *words;
    const char **herbs;
    int64_t *line_nos;
};

/* The groups of an order's packets, the main one first; all in one when nobody boils the form. An order without lines has none. */
enum status order_packets(struct ctx *c, int64_t id, struct order_packets **out, size_t *count) MUST_CHECK;

#endif
