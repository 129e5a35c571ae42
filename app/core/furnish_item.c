/* The items a shop keeps: a herb raw, as granules or powder, a product, or goods that are neither; and finding them by any name. */
#include <string.h>

#include "base/text.h"
#include "clinic/names.h"
#include "core/audit.h"
#include "core/furnish_parts.h"
#include "core/goods.h"
#include "core/name.h"
#include "core/sale_setup.h"
#include "db/db.h"
#include "intake/gs1.h"
#include "sql.h"

enum {
    SKU_LONGEST = 60,
    RATIO_MOST = 1000000,
    FLAGS_LONGEST = 400,
    NO_MORE = -1,
    STRONGEST = 100,
    SUGGESTIONS_MOST = 40
};
#define PRICE_MOST_CENTS INT64_C(100000000)

static const char *const kinds[] = { "raw", "granule", "powder", "product", "goods", NULL };
static const char *const units[] = { "mg", "each", NULL };

struct found {
    int64_t id;
    const char *sku, *item_kind, *preparation, *name, *name_hanzi, *unit, *home;
    int64_t ratio_numerator, ratio_denominator, price_cents, price_per_quantity, reorder_quantity;
};

static const struct column id_columns[] = { COLUMN(struct found, id), COLUMNS_END };
static const struct column changed_columns[] = { COLUMN(struct item, item_kind), COLUMNS_END };
static const struct column item_columns[] = {
    COLUMN(struct found, id),
    COLUMN(struct found, sku),
    COLUMN(struct found, item_kind),
    COLUMN(struct found, preparation),
    COLUMN(struct found, name),
    COLUMN(struct found, name_hanzi),
    COLUMN(struct found, unit),
    COLUMN(struct found, home),
    COLUMN(struct found, ratio_numerator),
    COLUMN(struct found, ratio_denominator),
    COLUMN(struct found, price_cents),
    COLUMN(struct found, price_per_quantity),
    COLUMN(struct found, reorder_quantity),
    COLUMNS_END,
};

static bool is_kind(const struct item *item, const char *kind)
{
    return item->item_kind != NULL && strcmp(item->item_kind, kind) == 0;
}

static bool is_product(const struct item *item)
{
    return is_kind(item, "product");
}

static bool is_goods(const struct item *item)
{
    return is_kind(item, "goods");
}

static const char *whole(struct ctx *c, int64_t number)
{
    return arena_printf(&c->arena, "%lld", (long long)number);
}

/* One ratio for each kind: granules say how strong they are, everything else is itself. */
static void check_ratio(struct ctx *c, const struct item *item)
{
    const struct ratio ratio = item->ratio;
    const bool granule = is_kind(item, "granule");
    const char *value = arena_printf(&c->arena, "%lld:%lld", (long long)ratio.num, (long long)ratio.den);

    if (ratio.num == 0 && ratio.den == 0) {
        if (granule)
            ctx_note(c, ST_INVALID, "ratio", NULL,
                     "must be given: grams of crude herb in a gram of granules, such as 5:1");
        return;
    }
    if (ratio.num < 1 || ratio.den < 1 || ratio.num > RATIO_MOST || ratio.den > RATIO_MOST ||
        ratio.num < ratio.den || ratio.num > STRONGEST * ratio.den)
        ctx_note(c, ST_INVALID, "ratio", value, "is grams of crude herb in a gram of granules, 1:1 to %d:1",
                 STRONGEST);
    else if (!granule && ratio.num != ratio.den)
        ctx_note(c, ST_INVALID, "ratio", value, "belongs to granules; everything else is 1:1");
}

static void check_unit(struct ctx *c, const struct item *item)
{
    if (item->unit == NULL) {
        if (is_product(item))
            ctx_note(c, ST_INVALID, "unit", NULL, "must be given for a product: each or mg");
        return;
    }
    furnish_note_word(c, "unit", item->unit, units);
    if (is_goods(item) && strcmp(item->unit, "mg") == 0)
        ctx_note(c, ST_INVALID, "unit", item->unit, "is each for goods: they are counted in pieces");
    if (!is_product(item) && !is_goods(item) && strcmp(item->unit, "each") == 0)
        ctx_note(c, ST_INVALID, "unit", item->unit,
                 "is mg for a herb: only products and goods are counted in pieces");
}

/* What may change later as well. */
static void check_rest(struct ctx *c, const struct item *item)
{
    furnish_note_text(c, "preparation", item->preparation, FURNISH_NAME_LONGEST, false);
    furnish_note_text(c, "name", item->name, FURNISH_NAME_LONGEST, false);
    furnish_note_text(c, "name_hanzi", item->name_hanzi, FURNISH_NAME_LONGEST, false);
    if (item->price.cents < 0 || item->price.cents > PRICE_MOST_CENTS)
        ctx_note(c, ST_INVALID, "price_cents", whole(c, item->price.cents), "is 0 to %lld",
                 (long long)PRICE_MOST_CENTS);
    if (item->price_per_quantity < 0 || item->price_per_quantity > WEIGHT_LIMIT_MG)
        ctx_note(c, ST_INVALID, "price_per_quantity", whole(c, item->price_per_quantity), "is 1 to %lld",
                 (long long)WEIGHT_LIMIT_MG);
    furnish_note_text(c, "tax_category", item->tax_category, FURNISH_NAME_LONGEST, false);
    furnish_note_text(c, "flags", item->flags, FLAGS_LONGEST, false);
    if (item->pack_quantity < NO_MORE || item->pack_quantity > WEIGHT_LIMIT_MG)
        ctx_note(c, ST_INVALID, "pack_quantity", whole(c, item->pack_quantity), "is 1 to %lld",
                 (long long)WEIGHT_LIMIT_MG);
    if (item->content.mg < NO_MORE || item->content.mg > WEIGHT_LIMIT_MG)
        ctx_note(c, ST_INVALID, "content_mg", whole(c, item->content.mg), "is 1 to %lld",
                 (long long)WEIGHT_LIMIT_MG);
    if (item->content.mg > 0 && item->item_kind != NULL && !is_product(item))
        ctx_note(c, ST_INVALID, "content_mg", whole(c, item->content.mg),
                 "belongs to ready-made products: herbs are themselves, goods are no medicine");
    if (item->reorder_quantity < -1 || item->reorder_quantity > WEIGHT_LIMIT_MG)
        ctx_note(c, ST_INVALID, "reorder_quantity", whole(c, item->reorder_quantity), "is 0 to %lld",
                 (long long)WEIGHT_LIMIT_MG);
}

/* The GTIN as stored; NULL without one, after noting one that is none. */
static const char *check_gtin(struct ctx *c, const struct item *item)
{
    char padded[15];

    if (item->gtin == NULL || strcmp(item->gtin, "none") == 0)
        return item->gtin;
    if (gtin_parse(item->gtin, padded))
        return arena_text(&c->arena, padded);
    ctx_note(c, ST_INVALID, "gtin", item->gtin, "is 8, 12, 13 or 14 digits with their check digit");
    return NULL;
}

struct change {
    const struct item *item;
    const struct knowledge *knowledge;
    const char *gtin;
    int64_t version;
    const char *herb_id, *product_id; /* one of them; of goods none */
    int64_t id;
};

/* The home's id, as a parameter: NULL without one. */
static enum status home_of(struct ctx *c, const struct item *item, int64_t id, struct param *home)
{
    struct found place;
    bool found;

    *home = NONE();
    if (item->home == NULL)
        return ST_OK;
    TRY(location_usable(c, "home", item->home, id));
    TRY(db_row(c, &q_location_find, PARAMS(SHOP(c), TEXT(item->home)), id_columns, &place, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "home", item->home, "is no place of this shop where goods lie");
    *home = I64(place.id);
    return ST_OK;
}

static struct param reorder(const struct item *item)
{
    return item->reorder_quantity < 0 ? NONE() : I64(item->reorder_quantity);
}

static enum status add(struct ctx *c, void *arg)
{
    struct change *want = arg;
    const struct item *item = want->item;
    const char *unit = item->unit != NULL ? item->unit : is_goods(item) ? "each" : "mg";
    const int64_t one = strcmp(unit, "mg") == 0 ? 1000 : 1;
    struct found made = { 0 };
    struct param home;
    bool found;

    TRY(home_of(c, item, 0, &home));
    TRY(tax_category_usable(c, item->tax_category, 0));
    TRY(db_row(
        c, &q_item_add,
        PARAMS(SHOP(c), TEXT(item->sku), TEXT(item->item_kind), TEXT_OR_NULL(want->herb_id),
               TEXT_OR_NULL(want->product_id), TEXT_OR_NULL(item->preparation), TEXT_OR_NULL(item->name),
               TEXT_OR_NULL(item->name_hanzi), TEXT(unit), I64(item->ratio.num == 0 ? 1 : item->ratio.num),
               I64(item->ratio.den == 0 ? 1 : item->ratio.den), MONEY(item->price),
               I64(item->price_per_quantity == 0 ? one : item->price_per_quantity), home, reorder(item),
               TEXT_OR_NULL(want->gtin), TEXT_OR_NULL(item->tax_category), TEXT_OR_NULL(item->flags),
               I64_OR_NULL(item->pack_quantity), I64_OR_NULL(item->content.mg)),
        id_columns, &made, &found));
    if (!found)
        return ctx_fail(c, ST_CONFLICT, "sku", item->sku, "belongs to another item");
    want->id = made.id;
    return audit_note(c, "item_added", arena_printf(&c->arena, "item %s", item->sku), NULL);
}

/* What the item is of: a herb, a product, or nothing that is known. */
static void check_thing(struct ctx *c, const struct item *item, struct change *want)
{
    const bool product = is_product(item);
    struct ref thing;

    if (is_goods(item)) {
        if (item->thing != NULL)
            ctx_note(c, ST_INVALID, "item_kind", item->item_kind,
                     "is neither herb nor product: goods go by their name alone");
        if (item->preparation != NULL)
            ctx_note(c, ST_INVALID, "preparation", item->preparation, "belongs to herbs and products");
        if (item->name == NULL)
            ctx_note(c, ST_INVALID, "name", NULL, "must be given for goods");
        goods_check_names(c, want->knowledge, item->name, item->name_hanzi);
        return;
    }
    thing = name_resolve(c, want->knowledge, product ? "product" : "herb", item->thing,
                         product ? REF_PRODUCT : REF_HERB);
    if (thing.kind == REF_NONE)
        return;
    want->herb_id = product ? NULL : ref_id(want->knowledge, thing);
    want->product_id = product ? ref_id(want->knowledge, thing) : NULL;
}

enum status item_add(struct ctx *c, const struct knowledge *knowledge, const struct item *item, int64_t *id)
{
    struct change want = { .item = item, .knowledge = knowledge };

    TRY(furnish_require(c));
    furnish_note_code(c, "sku", item->sku, SKU_LONGEST);
    furnish_note_word(c, "item_kind", item->item_kind, kinds);
    check_unit(c, item);
    check_ratio(c, item);
    check_rest(c, item);
    want.gtin = check_gtin(c, item);
    check_thing(c, item, &want);
    if (item->pack_quantity < 0 || item->content.mg < 0)
        ctx_note(c, ST_INVALID, item->pack_quantity < 0 ? "pack_quantity" : "content_mg", "-1",
                 "takes away what a new item does not have");
    TRY(ctx_fault_or_ok(c));
    TRY(db_tx(c, add, &want));
    *id = want.id;
    return ST_OK;
}

/* Nothing was changed: because there is no such item, or because it was changed meanwhile. */
static enum status refuse_version(struct ctx *c, const struct change *want)
{
    struct found item;
    bool found;

    TRY(db_row(c, &q_item_list, PARAMS(SHOP(c), NONE(), NONE(), NONE(), I64(want->id), NONE(), NONE()),
               id_columns, &item, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "item", whole(c, want->id), "is no item of this shop");
    return ctx_fail(c, ST_STALE, "version", whole(c, want->version),
                    "is not the newest: somebody changed the item; look at it again");
}

static enum status change(struct ctx *c, void *arg)
{
    const struct change *want = arg;
    const struct item *item = want->item;
    struct item changed = { 0 };
    struct param home;
    bool found;

    TRY(home_of(c, item, want->id, &home));
    TRY(tax_category_usable(c, item->tax_category, want->id));
    TRY(db_row(c, &q_item_change,
               PARAMS(SHOP(c), I64(want->id), TEXT_OR_NULL(item->preparation), TEXT(item->name),
                      TEXT_OR_NULL(item->name_hanzi), MONEY(item->price), I64(item->price_per_quantity), home,
                      reorder(item), I64_OR_NULL(want->version), TEXT_OR_NULL(want->gtin),
                      TEXT_OR_NULL(item->tax_category), TEXT_OR_NULL(item->flags),
                      I64_OR_NULL(item->pack_quantity), I64_OR_NULL(item->content.mg)),
               changed_columns, &changed, &found));
    if (!found && want->version != 0)
        return refuse_version(c, want);
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "item", whole(c, want->id), "is no item of this shop");
    if (is_goods(&changed)) {
        goods_check_names(c, want->knowledge, item->name, item->name_hanzi);
        TRY(ctx_fault_or_ok(c));
    }
    return audit_note(c, "item_changed", arena_printf(&c->arena, "item %lld", (long long)want->id), NULL);
}

enum status item_change(struct ctx *c, const struct knowledge *knowledge, int64_t id, int64_t version,
                        const struct item *item)
{
    struct change want = { .item = item, .knowledge = knowledge, .id = id, .version = version };

    TRY(furnish_require(c));
    check_rest(c, item);
    want.gtin = check_gtin(c, item);
    if (item->name == NULL)
        ctx_note(c, ST_INVALID, "name", NULL, "must be given");
    if (item->price_per_quantity == 0)
        ctx_note(c, ST_INVALID, "price_per_quantity", "0", "is 1 to %lld", (long long)WEIGHT_LIMIT_MG);
    TRY(ctx_fault_or_ok(c));
    return db_tx(c, change, &want);
}

static const char *text_or_null(const char *text)
{
    return *text == '\0' ? NULL : text;
}

enum status item_find(struct ctx *c, const char *sku, int64_t *id, struct item *item)
{
    struct found row;
    bool found;

    TRY(db_row(c, &q_item_find, PARAMS(SHOP(c), TEXT(sku)), item_columns, &row, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "sku", sku, "is no item of this shop");
    *id = row.id;
    *item = (struct item){
        .sku = row.sku,
        .item_kind = row.item_kind,
        .preparation = text_or_null(row.preparation),
        .name = row.name,
        .name_hanzi = text_or_null(row.name_hanzi),
        .unit = row.unit,
        .ratio = { row.ratio_numerator, row.ratio_denominator },
        .price = { row.price_cents },
        .price_per_quantity = row.price_per_quantity,
        .home = text_or_null(row.home),
        .reorder_quantity = row.reorder_quantity,
    };
    return ST_OK;
}

void item_search(struct ctx *c, const struct knowledge *knowledge, const char *typed, const char ***ids,
                 size_t *count)
{
    const unsigned wanted = REF_BIT(REF_HERB) | REF_BIT(REF_PRODUCT);
    const char **list = arena_array(&c->arena, NAMES_MOST + SUGGESTIONS_MOST, sizeof *list);
    struct name_match match[SUGGESTIONS_MOST];
    struct name_meaning exact;
    size_t n;

    *count = 0;
    *ids = list;
    names_look_up(knowledge, typed, wanted, &exact);
    for (size_t i = 0; i < exact.count; i++)
        list[(*count)++] = ref_id(knowledge, exact.match[i].ref);
    n = names_suggest(knowledge, typed, wanted, match, SUGGESTIONS_MOST);
    if (*count == 0 && n == 0)
        n = names_nearest(knowledge, typed, wanted, match, SUGGESTIONS_MOST);
    for (size_t i = 0; i < n; i++)
        list[(*count)++] = ref_id(knowledge, match[i].ref);
}
