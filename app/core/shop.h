/* Shops: making one, which only the schema's owner can, and what its administrator says about it. */
#ifndef YAOFANG_CORE_SHOP_H
#define YAOFANG_CORE_SHOP_H

#include "base/ctx.h"
#include "base/quantity.h"

/* Texts but slug, name and time_zone may be NULL. They are what labels and receipts print. */
struct shop_new {
    const char *slug; /* a-z, 0-9 and dashes: how commands and the sign-in name it */
    const char *name;
    const char *street, *city, *region, *postal_code, *country, *phone, *registration;
    const char *time_zone; /* "America/Chicago": what day it is there decides what has expired */
    const char *currency;  /* three letters; NULL = USD */
};

/* ST_INVALID for a slug or time zone that is none, ST_CONFLICT for a slug that is taken. */
enum status shop_create(struct ctx *c, const struct shop_new *shop, int64_t *id) MUST_CHECK;

/* What may change of a shop. A text that is NULL and a number below 0 stay as they are; "none" takes an optional text away. */
struct shop_settings {
    const char *name, *name_hanzi, *street, *city, *region, *postal_code, *country, *phone, *registration;
    const char *time_zone;
    const char *liang; /* prc, taiwan or hong_kong (base/quantity.h); "none": "3 qian" is refused */
    int64_t second_person_above_cents; /* corrections of a greater value take two people, 0 to 100000000 */
    int64_t weigh_tolerance_permille;  /* how far a weighed line may be off, 0 to 200 */
    int64_t reservation_minutes;       /* how long allocated lots are set aside, 1 to 43200 */
};
#define SHOP_SETTINGS_KEPT \
    { \
        .second_person_above_cents = -1, .weigh_tolerance_permille = -1, .reservation_minutes = -1 \
    }

/* Changes the acting shop. ST_INVALID names every field that is wrong; nothing changes then. Needs the role admin. */
enum status shop_change(struct ctx *c, const struct shop_settings *settings) MUST_CHECK;

/* Whose liang the acting shop means; LIANG_NOT_CHOSEN: it has not said. */
enum status shop_liang(struct ctx *c, enum liang *liang) MUST_CHECK;

/* A weight as typed at the acting shop: "500 g", "2 oz", "3 liang" by the shop's own convention or one said with it ("3 liang
   tw"). `rounded` (may be NULL): whether it was no whole number of milligrams; `liang` (may be NULL): whose was used. ST_INVALID
   names `field`, what was typed and the rule. */
enum status shop_weight(struct ctx *c, const char *field, const char *typed, struct weight *weight,
                        enum liang *liang, bool *rounded) MUST_CHECK;

#endif
