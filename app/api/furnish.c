/* What a shop is furnished with, over HTTP: places, suppliers, items. Each change answers with the thing as it is then. */
#include "core/furnish.h"

#include <string.h>

#include "api/handlers.h"
#include "api/read.h"
#include "core/par.h"
#include "sql.h"

enum {
    CODE_LONGEST = 60,
    NAME_LONGEST = 120,
    TYPED_LONGEST = 200,
    SUPPLIES_LONGEST = 500,
    LEAD_DAYS_MOST = 730,
    RATIO_MOST = 1000000
};
#define PRICE_MOST_CENTS INT64_C(100000000)

static enum status reply_location(struct ctx *c, struct reply *out, int64_t id)
{
    return reply_row(c, out, &q_location_list, PARAMS(SHOP(c), I64(id), NONE(), NONE()));
}

static enum status reply_supplier(struct ctx *c, struct reply *out, int64_t id)
{
    return reply_row(c, out, &q_supplier_list, PARAMS(SHOP(c), I64(id), NONE()));
}

static enum status reply_item(struct ctx *c, struct reply *out, int64_t id)
{
    return reply_row(c, out, &q_item_list, PARAMS(SHOP(c), NONE(), NONE(), NONE(), I64(id), NONE(), NONE()));
}

enum status post_location(struct ctx *c, struct request *in, struct reply *out)
{
    struct location location;
    struct json_object *body;
    int64_t id;

    TRY(in_body(in, &body));
    location.code = json_get_text(body, "code", CODE_LONGEST);
    location.name = json_get_text(body, "name", NAME_LONGEST);
    location.kind = json_get_text(body, "kind", CODE_LONGEST);
    location.restricted = json_get_bool_or(body, "restricted", false);
    TRY(in_end(in));
    TRY(location_add(c, &location, &id));
    reply_created(c, out, "/api/v1/locations/%lld", (long long)id);
    return reply_location(c, out, id);
}

enum status put_location(struct ctx *c, struct request *in, struct reply *out)
{
    struct location location = { 0 };
    struct json_object *body;
    int64_t id = in_path_id(in, "id");

    TRY(in_body(in, &body));
    location.name = json_get_text(body, "name", NAME_LONGEST);
    location.restricted = json_get_bool_or(body, "restricted", false);
    TRY(in_end(in));
    TRY(location_change(c, id, &location));
    return reply_location(c, out, id);
}

enum status put_par(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    const char *location, *sku;
    int64_t quantity;

    TRY(in_body(in, &body));
    location = json_get_text(body, "location", CODE_LONGEST);
    sku = json_get_text(body, "sku", CODE_LONGEST);
    quantity = json_get_i64(body, "quantity", 0, WEIGHT_LIMIT_MG);
    TRY(in_end(in));
    TRY(par_set(c, location, sku, quantity));
    reply_empty(out);
    return ST_OK;
}

/* All but the code, which stays. */
static void read_supplier(struct json_object *body, struct supplier *supplier)
{
    supplier->name = json_get_text(body, "name", NAME_LONGEST);
    supplier->name_hanzi = json_get_text_or(body, "name_hanzi", NAME_LONGEST, NULL);
    supplier->phone = json_get_text_or(body, "phone", NAME_LONGEST, NULL);
    supplier->email = json_get_text_or(body, "email", NAME_LONGEST, NULL);
    supplier->city = json_get_text_or(body, "city", NAME_LONGEST, NULL);
    supplier->supplies = json_get_text_or(body, "supplies", SUPPLIES_LONGEST, NULL);
    supplier->certificate_note = json_get_text_or(body, "certificate_note", SUPPLIES_LONGEST, NULL);
    supplier->lead_time_days = json_get_i64_or(body, "lead_time_days", 0, LEAD_DAYS_MOST, -1);
}

enum status post_supplier(struct ctx *c, struct request *in, struct reply *out)
{
    struct supplier supplier;
    struct json_object *body;
    int64_t id;

    TRY(in_body(in, &body));
    supplier.code = json_get_text(body, "code", CODE_LONGEST);
    read_supplier(body, &supplier);
    TRY(in_end(in));
    TRY(supplier_add(c, &supplier, &id));
    reply_created(c, out, "/api/v1/suppliers/%lld", (long long)id);
    return reply_supplier(c, out, id);
}

enum status put_supplier(struct ctx *c, struct request *in, struct reply *out)
{
    struct supplier supplier = { 0 };
    struct json_object *body;
    int64_t id = in_path_id(in, "id");

    TRY(in_body(in, &body));
    read_supplier(body, &supplier);
    TRY(in_end(in));
    TRY(supplier_change(c, id, &supplier));
    return reply_supplier(c, out, id);
}

enum status get_item(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id");

    TRY(in_end(in));
    return reply_item(c, out, id);
}

/* Whatever is typed at the counter: 当归, dong quai, a part of a name or of a SKU. */
enum status get_items(struct ctx *c, struct request *in, struct reply *out)
{
    const char *typed = in_query_text_or(in, "q", TYPED_LONGEST, NULL);
    const int64_t most = in_query_i64_or(in, "limit", 1, 1000, 1000);
    const char *home = in_query_text_or(in, "home", CODE_LONGEST, NULL);
    const bool all = in_query_bool_or(in, "all", false);
    const char **ids = NULL;
    size_t n = 0;

    TRY(in_end(in));
    if (typed != NULL)
        item_search(c, api_knowledge(c, in), typed, &ids, &n);
    return reply_rows(c, out, &q_item_list,
                      PARAMS(SHOP(c), TEXT_OR_NULL(typed), I64(most), TEXTS(ids, n), NONE(),
                             TEXT_OR_NULL(home), BOOL(all)));
}

/* 0 says there is none: taken away from what is stored. */
static int64_t read_amount(struct json_object *body, const char *key)
{
    int64_t amount = json_get_i64_or(body, key, 0, WEIGHT_LIMIT_MG, 0);

    return amount == 0 && json_has(body, key) ? -1 : amount;
}

/* What may change later as well. */
static void read_item(struct json_object *body, struct item *item)
{
    item->preparation = json_get_text_or(body, "preparation", NAME_LONGEST, NULL);
    item->name_hanzi = json_get_text_or(body, "name_hanzi", NAME_LONGEST, NULL);
    item->price.cents = json_get_i64(body, "price_cents", 0, PRICE_MOST_CENTS);
    item->price_per_quantity = json_get_i64_or(body, "price_per_quantity", 1, WEIGHT_LIMIT_MG, 0);
    item->home = json_get_text_or(body, "home", CODE_LONGEST, NULL);
    item->reorder_quantity = json_get_i64_or(body, "reorder_quantity", 0, WEIGHT_LIMIT_MG, -1);
    item->gtin = json_get_text_or(body, "gtin", CODE_LONGEST, NULL);
    item->tax_category = json_get_text_or(body, "tax_category", CODE_LONGEST, NULL);
    item->flags = json_get_text_or(body, "flags", TYPED_LONGEST, NULL);
    item->content.mg = read_amount(body, "content_mg");
    item->pack_quantity = read_amount(body, "pack_quantity");
}

static void read_new_item(struct json_object *body, struct item *item)
{
    item->sku = json_get_text(body, "sku", CODE_LONGEST);
    item->item_kind = json_get_text(body, "item_kind", CODE_LONGEST);
    if (strcmp(item->item_kind, "goods") != 0)
        item->thing =
            json_get_text(body, strcmp(item->item_kind, "product") == 0 ? "product" : "herb", TYPED_LONGEST);
    item->name = json_get_text_or(body, "name", NAME_LONGEST, NULL);
    item->unit = json_get_text_or(body, "unit", CODE_LONGEST, NULL);
    item->ratio.num = json_get_i64_or(body, "ratio_numerator", 1, RATIO_MOST, 0);
    item->ratio.den = json_get_i64_or(body, "ratio_denominator", 1, RATIO_MOST, item->ratio.num == 0 ? 0 : 1);
    read_item(body, item);
}

enum status post_item(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    struct item item = { 0 };
    int64_t id;

    TRY(in_body(in, &body));
    read_new_item(body, &item);
    TRY(in_end(in));
    TRY(item_add(c, api_knowledge(c, in), &item, &id));
    reply_created(c, out, "/api/v1/items/%lld", (long long)id);
    return reply_item(c, out, id);
}

enum status put_item(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    struct item item = { 0 };
    int64_t id = in_path_id(in, "id"), version;

    TRY(in_body(in, &body));
    version = json_get_i64_or(body, "version", 1, INT32_MAX, 0);
    item.name = json_get_text(body, "name", NAME_LONGEST);
    read_item(body, &item);
    if (item.price_per_quantity == 0)
        ctx_note(c, ST_INVALID, "price_per_quantity", NULL, "must be given");
    TRY(in_end(in));
    TRY(item_change(c, api_knowledge(c, in), id, version, &item));
    return reply_item(c, out, id);
}

/* One body for places, suppliers and items. */
static enum status read_retired(struct ctx *c, struct request *in, enum furnishing what, int64_t *id)
{
    struct json_object *body;
    bool retired;

    *id = in_path_id(in, "id");
    TRY(in_body(in, &body));
    retired = json_get_bool(body, "retired");
    TRY(in_end(in));
    return furnish_retire(c, what, *id, retired);
}

enum status post_location_retired(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id;

    TRY(read_retired(c, in, FURNISHING_LOCATION, &id));
    return reply_location(c, out, id);
}

enum status post_supplier_retired(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id;

    TRY(read_retired(c, in, FURNISHING_SUPPLIER, &id));
    return reply_supplier(c, out, id);
}

enum status post_item_retired(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id;

    TRY(read_retired(c, in, FURNISHING_ITEM, &id));
    return reply_item(c, out, id);
}
