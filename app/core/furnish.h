/* What a shop is furnished with before anything lies in it: places, suppliers, and the items it keeps. Entered and changed by the
   shop's staff or administrator. What stands fixed (codes, an item's herb, unit and ratio) is what lots and printed labels rest
   on: for another ratio there is another item. */
#ifndef YAOFANG_CORE_FURNISH_H
#define YAOFANG_CORE_FURNISH_H

#include <stdbool.h>

#include "base/ctx.h"
#include "base/quantity.h"
#include "clinic/knowledge.h"

/* Texts may be NULL but code and name. Codes have no spaces, so that they can be typed in a line and scanned. */
struct location {
    const char *code; /* 1 to 40 characters; fixed */
    const char *name;
    const char *kind; /* drawer, cabinet, shelf, refrigerator, bench or quarantine; fixed */
    bool restricted;  /* locked away */
};

enum furnishing { FURNISHING_LOCATION, FURNISHING_SUPPLIER, FURNISHING_ITEM };

struct supplier {
    const char *code; /* 1 to 40 characters; fixed */
    const char *name, *name_hanzi, *phone, *email, *city;
    int64_t lead_time_days;       /* -1: not known */
    const char *supplies;         /* what it is good for, in words */
    const char *certificate_note; /* what papers come with its goods */
};

struct item {
    const char *sku;         /* 1 to 60 characters; fixed */
    const char *item_kind;   /* raw, granule, powder, product or goods; fixed */
    const char *thing;       /* the herb, or the product, by id or any name; of goods NULL; fixed */
    const char *preparation; /* "honey-fried", as prescriptions call it */
    const char *name,
        *name_hanzi; /* NULL: the herb's or product's own; goods must have a name, and none that the reference knows (core/goods.h) */
    const char *
        unit; /* mg, or each for products counted in pieces and goods; fixed. NULL: mg for herbs, each for goods */
    struct ratio
        ratio; /* grams of crude herb in a gram: granules must say, others have 1:1. num 0: not said; fixed */
    struct money price;
    int64_t price_per_quantity; /* in the unit: 1000 mg for a price per gram. 0: one gram, or one piece */
    const char *home;           /* code of the place it belongs in */
    int64_t reorder_quantity;   /* in the unit; -1: none set */
    /* Adding: NULL and 0 are none. Changing: NULL and 0 keep what is stored, "none" and -1 take it away. */
    const char *gtin;         /* 8, 12, 13 or 14 digits with their check digit; stored as 14 */
    const char *tax_category; /* one of the shop's */
    const char *flags;        /* words separated by ';': fresh;toxic;prescription_only */
    struct weight content;    /* crude herb in one piece of a ready-made product, as its maker states */
    int64_t pack_quantity;    /* what one pack with the GTIN holds, in the unit */
};

/* All need the role admin or staff. Adding: ST_INVALID names every bad field, ST_CONFLICT a code that is taken. Changing takes
   everything anew but what is fixed: ST_NOT_FOUND when the shop has no such thing. */
enum status location_add(struct ctx *c, const struct location *location, int64_t *id) MUST_CHECK;
enum status location_change(struct ctx *c, int64_t id, const struct location *location) MUST_CHECK;
enum status supplier_add(struct ctx *c, const struct supplier *supplier, int64_t *id) MUST_CHECK;
enum status supplier_change(struct ctx *c, int64_t id, const struct supplier *supplier) MUST_CHECK;
enum status item_add(struct ctx *c, const struct knowledge *knowledge, const struct item *item,
                     int64_t *id) MUST_CHECK;
/* `version` 0: whatever it is now; else ST_STALE when somebody changed the item since. */
enum status item_change(struct ctx *c, const struct knowledge *knowledge, int64_t id, int64_t version,
                        const struct item *item) MUST_CHECK;

/* Takes a thing out of use, or back into it: what is out of use is not listed and not offered any more, an item once nothing is left
   of it. Nothing booked with it changes. ST_CONFLICT while a lot lies in the place or an item in use belongs there: goods that
   arrive there in the same moment still count, and the place shows them. */
enum status furnish_retire(struct ctx *c, enum furnishing what, int64_t id, bool retired) MUST_CHECK;

/* For whoever is about to write something new that names one: ST_CONFLICT, naming the field, when it is out of use. What the shop does
   not have is not told here. `item_id` keeps the home it has; 0: none. What leaves a place, and what undoes, never asks. */
enum status location_usable(struct ctx *c, const char *field, const char *code, int64_t item_id) MUST_CHECK;
enum status supplier_usable(struct ctx *c, const char *code) MUST_CHECK;

/* As stored, by code or SKU, for a caller that changes a part. ST_NOT_FOUND when the shop has none. */
enum status location_find(struct ctx *c, const char *code, int64_t *id, struct location *location) MUST_CHECK;
enum status supplier_find(struct ctx *c, const char *code, int64_t *id, struct supplier *supplier) MUST_CHECK;
enum status item_find(struct ctx *c, const char *sku, int64_t *id, struct item *item) MUST_CHECK;

/* Ids of the herbs and products that may be meant by what somebody at the counter types: names that are it, begin with it, or,
   when there are none, are nearly it. To look for, never to decide by. */
void item_search(struct ctx *c, const struct knowledge *knowledge, const char *typed, const char ***ids,
                 size_t *count);

#endif
