/* Herbs that are handled apart go into little packets of their own, one with each main packet: what is decocted first, added near the
   end, wrapped, melted or taken with the strained liquid must not lie among the rest. */
#ifndef YAOFANG_CLINIC_PACKET_GROUPS_H
#define YAOFANG_CLINIC_PACKET_GROUPS_H

#include <stddef.h>

#include "clinic/dosing_pack.h"

/* A herb of an order: how much of it in all, and how it is handled ("decoct_first;crush"; "" as the rest). */
struct packet_line {
    const char *handling;
    struct weight total;
};

/* Little packets that are handled alike, or ("") the main ones. Each line's total is in its group's packets, to the milligram. */
struct packet_group {
    const char *handling; /* the codes that set it apart, in the order of the work: "decoct_first;wrap" */
    const size_t *lines;  /* places in the list that was given */
    size_t count;
    struct weight total;
    struct packing packing;
};

/* Divides an order's lines into groups, the main one first (it is left out when every herb is handled apart), then in the order in
   which the pot wants them. What does not set a herb apart (crush) makes no group. ST_INVALID for packets that are not 1 to 1000. */
enum status packet_groups(struct ctx *c, const struct packet_line *lines, size_t count, int packets,
                          struct packet_group **out, size_t *group_count) MUST_CHECK;

#endif
