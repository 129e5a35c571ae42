/* Making a shop. */
#include "core/shop.h"

#include <string.h>

#include "db/db.h"
#include "sql.h"

struct made {
    int64_t id;
};

static const struct column made_columns[] = { COLUMN(struct made, id), COLUMNS_END };

enum status shop_create(struct ctx *c, const struct shop_new *shop, int64_t *id)
{
    const char *currency = shop->currency == NULL ? "USD" : shop->currency;
    struct made made;
    bool found;

    if (strlen(currency) != 3)
        return ctx_fail(c, ST_INVALID, "currency", currency, "is three letters, such as USD");
    TRY(db_row(c, &q_shop_add,
               PARAMS(TEXT(shop->slug), TEXT(shop->name), TEXT_OR_NULL(shop->street),
                      TEXT_OR_NULL(shop->city), TEXT_OR_NULL(shop->region), TEXT_OR_NULL(shop->postal_code),
                      TEXT_OR_NULL(shop->country), TEXT_OR_NULL(shop->phone),
                      TEXT_OR_NULL(shop->registration), TEXT(shop->time_zone), TEXT(currency)),
               made_columns, &made, &found));
    if (!found)
        return ctx_fail(c, ST_INVALID, "time_zone", shop->time_zone,
                        "is no time zone; write it as America/Chicago");
    *id = made.id;
    return ST_OK;
}
