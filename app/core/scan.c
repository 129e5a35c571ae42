/* A code taken apart (intake/gs1), and each reading looked up among the shop's items. */
#include "core/scan.h"

#include <string.h>

#include "base/quantity.h"
#include "db/db.h"
#include "sql.h"

struct today {
    struct date today;
};

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

enum status scan_read(struct ctx *c, const char *code, struct scan *scan)
{
    struct gs1_result result;
    struct scan_item own;
    struct today now;
    bool found;

    TRY(find_item(c, NULL, code, &own));
    *scan = (struct scan){ .readings = arena_array(&c->arena, GS1_READINGS_MOST, sizeof *scan->readings) };
    if (own.id != 0) {
        gs1_empty(&scan->readings[0].code);
        scan->readings[0].code.text = own.sku;
        scan->readings[0].item = own;
        scan->count = 1;
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
