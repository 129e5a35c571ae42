/* What a scanned code means in the shop: the item of its GTIN, and a line for receiving filled in as far as the code says. */
#ifndef YAOFANG_CORE_SCAN_H
#define YAOFANG_CORE_SCAN_H

#include <stdbool.h>

#include "base/ctx.h"
#include "intake/gs1.h"

struct scan_item {
    int64_t id; /* 0: the shop has no item of that GTIN */
    const char *sku, *name, *name_hanzi, *unit, *home;
    int64_t pack_quantity; /* 0: not known */
};

/* One thing the code may mean. */
struct scan_reading {
    struct gs1 code;
    struct scan_item item;
    int64_t quantity; /* in the item's unit: its net weight or count, else packs of the item; 0: not said */
};

struct scan {
    struct scan_reading *readings;
    size_t count;         /* more than one: a person has to say which */
    bool separators_lost; /* taken apart without FNC1 */
};

/* How the shop's own code of a lot begins (schema/0049). */
#define SCAN_OWN_LOT "YAOFANG-LOT-"
bool scan_is_own_lot(const char *code);

/* Reads a code as a scanner sends it: GS1, a plain GTIN, one of the shop's own SKUs or its own code of a lot. ST_INVALID names identifier, value and
   rule; nothing is stored. */
enum status scan_read(struct ctx *c, const char *code, struct scan *scan) MUST_CHECK;

#endif
