/* Price rules and the price list over HTTP: what a rule would do before it is written, and what everything costs by those there are. */
#include "core/furnish.h"
#include "core/price_list.h"

#include "api/handlers.h"
#include "api/price_list_json.h"
#include "api/read.h"
#include "api/snapshot.h"
#include "sql.h"

enum { CODE_LONGEST = 60, NAME_LONGEST = 120, PRIORITY_MOST = 1000, MARKUP_MOST = 1000000 };
enum { ROWS_MOST = 1000, ROWS_USUAL = 200 };
#define NUMBER_MOST INT64_C(1000000000000000)
#define MONEY_MOST INT64_C(100000000)
#define QUANTITY_MOST INT64_C(100000000000)

static void read_rule(struct json_object *body, struct price_rule_new *rule)
{
    rule->name = json_get_text(body, "name", NAME_LONGEST);
    rule->kind = json_get_text(body, "kind", CODE_LONGEST);
    rule->sku = json_get_text_or(body, "sku", CODE_LONGEST, NULL);
    rule->item_kind = json_get_text_or(body, "item_kind", CODE_LONGEST, NULL);
    rule->tax_category = json_get_text_or(body, "tax_category", CODE_LONGEST, NULL);
    rule->dosage_form = json_get_text_or(body, "dosage_form", CODE_LONGEST, NULL);
    rule->customer_group = json_get_text_or(body, "customer_group", CODE_LONGEST, NULL);
    rule->price.cents = json_get_i64_or(body, "price_cents", 0, MONEY_MOST, -1);
    rule->per_quantity = json_get_i64_or(body, "per_quantity", 1, QUANTITY_MOST, 0);
    rule->markup_basis_points = json_get_i64_or(body, "markup_basis_points", 0, MARKUP_MOST, -1);
    rule->off_basis_points = json_get_i64_or(body, "off_basis_points", 1, BASIS_POINTS, 0);
    rule->priority = json_get_i64_or(body, "priority", -PRIORITY_MOST, PRIORITY_MOST, 0);
    rule->valid_from = json_get_date_or(body, "valid_from", DATE_NONE);
    rule->valid_until = json_get_date_or(body, "valid_until", DATE_NONE);
    rule->replaces = json_get_i64_or(body, "replaces", 1, NUMBER_MOST, 0);
}

enum status post_price_rule(struct ctx *c, struct request *in, struct reply *out)
{
    struct price_rule_new rule;
    struct json_object *body;
    int64_t id;

    TRY(in_body(in, &body));
    read_rule(body, &rule);
    TRY(in_end(in));
    TRY(price_rule_add(c, &rule, &id));
    reply_created(c, out, "/api/v1/price-rules/%lld", (long long)id);
    return reply_row(c, out, &q_price_rule_list, PARAMS(SHOP(c), I64(id), BOOL(true)));
}

enum status post_price_rule_end(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id");

    TRY(in_end(in));
    TRY(price_rule_end(c, id));
    return reply_row(c, out, &q_price_rule_list, PARAMS(SHOP(c), I64(id), BOOL(true)));
}

enum status post_price_rule_dry_run(struct ctx *c, struct request *in, struct reply *out)
{
    struct price_list_wanted wanted = {
        .sku = in_query_text_or(in, "sku", CODE_LONGEST, NULL),
        .only = (enum price_list_only)in_query_word_or(in, "only", price_list_only_words(), LIST_ALL),
    };
    struct price_rule_new rule;
    struct price_list list;
    struct json_object *body;

    wanted.most = (size_t)in_query_i64_or(in, "limit", 1, ROWS_MOST, ROWS_USUAL);
    TRY(in_body(in, &body));
    read_rule(body, &rule);
    TRY(in_end(in));
    TRY(price_rule_try(c, &rule, &wanted, &list));
    price_list_write(reply_json(c, out), &list);
    return ST_OK;
}

enum status get_prices(struct ctx *c, struct request *in, struct reply *out)
{
    static const char *const kinds[] = { "any", "raw", "granule", "powder", "product", "goods", NULL };
    struct price_list_wanted wanted = {
        .text = in_query_text_or(in, "q", NAME_LONGEST, NULL),
        .customer_group = in_query_text_or(in, "customer_group", CODE_LONGEST, NULL),
        .dosage_form = in_query_text_or(in, "dosage_form", CODE_LONGEST, NULL),
        .only = (enum price_list_only)in_query_word_or(in, "only", price_list_only_words(), LIST_ALL),
    };
    const int kind = in_query_word_or(in, "item_kind", kinds, 0);
    struct price_list list;
    const char **ids = NULL;

    wanted.most = (size_t)in_query_i64_or(in, "limit", 1, ROWS_MOST, ROWS_USUAL);
    TRY(in_end(in));
    wanted.item_kind = kind == 0 ? NULL : kinds[kind];
    if (wanted.text != NULL)
        item_search(c, api_knowledge(c, in), wanted.text, &ids, &wanted.thing_count);
    wanted.things = ids;
    TRY(price_list_get(c, &wanted, &list));
    price_list_write(reply_json(c, out), &list);
    return ST_OK;
}
