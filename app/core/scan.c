/* A code taken apart (intake/gs1), and each reading looked up among the shop's items. */
#include "core/scan.h"

#include <string.h>
#include <strings.h>

#include "base/quantity.h"
#include "db/db.h"
#include "sql.h"

struct today {
    struct date today;
};

struct own_lot {
    const char *sku, *lot_code;
};

static const struct column own_lot_columns[] = { COLUMN(struct own_lot, sku),
                                                 COLUMN(struct own_lot, lot_code), COLUMNS_END };
static const struct column today_columns[] = { COLUMN(struct today, today), COLUMNS_END };
static const struct column item_columns[] = {
    COLUMN(struct scan_item, id),
    COLUMN(struct scan_item, sku),
    COLUMN(struct scan_item, name),
    COLUMN(struct scan_item, name_hanzi),
    COLUMN(struct scan_item, unit),
    COLUMN(struct scan_item, home),
    COLUMN(struct scan_item, pack_quantity),
    COLUMNS_END,
};

static enum status find_item(struct ctx *c, const char *gtin, const char *sku, struct scan_item *item)
{
    bool found;

    *item = (struct scan_item){ 0 };
    return db_row(c, &q_scan_item, PARAMS(SHOP(c), TEXT_OR_NULL(gtin), TEXT_OR_NULL(sku)), item_columns, item,
                  &found);
}

/* How much one such pack, or so many, holds. */
static int64_t quantity_of(const struct scan_reading *r)
{
    const int64_t packs = r->code.count > 0           ? r->code.count
                          : r->code.content_count > 0 ? r->code.content_count
                                                      : 1;

    if (r->item.id == 0)
        return 0;
    if (strcmp(r->item.unit, "mg") == 0 && r->code.net_mg > 0)
        return r->code.net_mg;
    if (r->item.pack_quantity > 0 && packs <= WEIGHT_LIMIT_MG / r->item.pack_quantity)
        return packs * r->item.pack_quantity;
    return strcmp(r->item.unit, "each") == 0 ? packs : 0;
}

bool scan_is_own_lot(const char *code)
{
    return strncasecmp(code, SCAN_OWN_LOT, sizeof SCAN_OWN_LOT - 1) == 0;
}

/* The one reading there is of what the shop itself put a code on. `lot` NULL: the item only. */
static void read_own(const struct scan_item *item, const char *lot, struct scan *scan)
{
    struct scan_reading *r = &scan->readings[0];

    gs1_empty(&r->code);
    r->code.text = item->sku;
    r->code.lot = lot;
    r->item = *item;
    scan->count = 1;
}

static enum status read_own_lot(struct ctx *c, const char *code, struct scan *scan)
{
    struct scan_item item;
    struct own_lot lot;
    bool found;

    TRY(db_row(c, &q_scan_own_lot, PARAMS(SHOP(c), TEXT(code)), own_lot_columns, &lot, &found));
    if (!found)
        return ctx_fail(c, ST_INVALID, "code", code, "is on no lot's label of this shop");
    TRY(find_item(c, NULL, lot.sku, &item));
    read_own(&item, lot.lot_code, scan);
    return ST_OK;
}

enum status scan_read(struct ctx *c, const char *code, struct scan *scan)
{
    struct gs1_result result;
    struct scan_item own;
    struct today now;
    bool found;

    *scan = (struct scan){ .readings = arena_array(&c->arena, GS1_READINGS_MOST, sizeof *scan->readings) };
    if (scan_is_own_lot(code))
        return read_own_lot(c, code, scan);
    TRY(find_item(c, NULL, code, &own));
    if (own.id != 0) {
        read_own(&own, NULL, scan);
        return ST_OK;
    }
    TRY(db_row(c, &q_scan_today, PARAMS(SHOP(c)), today_columns, &now, &found));
    TRY(gs1_read(c, code, strlen(code), now.today, &result));
    scan->count = result.count;
    scan->separators_lost = result.separators_lost;
    for (size_t i = 0; i < result.count; i++) {
        struct scan_reading *r = &scan->readings[i];
        const char *gtin =
            result.readings[i].gtin == NULL ? result.readings[i].content_gtin : result.readings[i].gtin;

        r->code = result.readings[i];
        if (gtin != NULL)
            TRY(find_item(c, gtin, NULL, &r->item));
        r->quantity = quantity_of(r);
    }
    return ST_OK;
}
