/* Setting what a place should hold. */
#include "core/par.h"

#include "core/audit.h"
#include "core/furnish_parts.h"
#include "db/db.h"
#include "sql.h"

struct par {
    const char *location, *sku;
    int64_t quantity;
};

struct id_row {
    int64_t id;
};

static const struct column id_columns[] = { COLUMN(struct id_row, id), COLUMNS_END };

static enum status set(struct ctx *c, void *arg)
{
    const struct par *par = arg;
    struct id_row row;
    bool found;

    if (par->quantity > 0)
        TRY(location_usable(c, "location", par->location, 0));
    TRY(db_row(c, &q_par_set,
               PARAMS(SHOP(c), TEXT(par->location), TEXT(par->sku), I64(par->quantity), USER(c)), id_columns,
               &row, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "location",
                        arena_printf(&c->arena, "%s, %s", par->location, par->sku),
                        "is no place and item of this shop");
    return audit_note(c, "par_set", arena_printf(&c->arena, "place %s", par->location),
                      arena_printf(&c->arena, "%s: %lld", par->sku, (long long)par->quantity));
}

enum status par_set(struct ctx *c, const char *location, const char *sku, int64_t quantity)
{
    struct par par = { location, sku, quantity };

    TRY(furnish_require(c));
    return db_tx(c, set, &par);
}
