/* Shops: making one. Run as the schema's owner; the service itself cannot. */
#ifndef YAOFANG_CORE_SHOP_H
#define YAOFANG_CORE_SHOP_H

#include "base/ctx.h"

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

#endif
