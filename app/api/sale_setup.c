/* How a shop sells, over HTTP: fees, groups of customers, taxes, settings. Reading is data in routes.h; price rules are in prices.c. */
#include "core/sale_setup.h"

#include "api/handlers.h"
#include "api/read.h"
#include "sql.h"

enum {
    CODE_LONGEST = 60,
    NAME_LONGEST = 120,
    TEXT_LONGEST = 300,
    BASIS_POINTS_MOST = 10000,
    MINUTES_MOST = 10080
};
#define NUMBER_MOST INT64_C(1000000000000000)
#define MONEY_MOST INT64_C(100000000)
#define QUANTITY_MOST INT64_C(100000000000)

enum status post_fee(struct ctx *c, struct request *in, struct reply *out)
{
    struct fee_new fee;
    struct json_object *body;
    int64_t id;

    TRY(in_body(in, &body));
    fee.name = json_get_text(body, "name", NAME_LONGEST);
    fee.name_hanzi = json_get_text_or(body, "name_hanzi", NAME_LONGEST, NULL);
    fee.dosage_form = json_get_text_or(body, "dosage_form", CODE_LONGEST, NULL);
    fee.per = json_get_text(body, "per", CODE_LONGEST);
    fee.unit_mg = json_get_i64_or(body, "unit_mg", 1, QUANTITY_MOST, 0);
    fee.amount.cents = json_get_i64(body, "amount_cents", 1, MONEY_MOST);
    fee.tax_category = json_get_text_or(body, "tax_category", CODE_LONGEST, NULL);
    fee.valid_from = json_get_date_or(body, "valid_from", DATE_NONE);
    fee.valid_until = json_get_date_or(body, "valid_until", DATE_NONE);
    fee.replaces = json_get_i64_or(body, "replaces", 1, NUMBER_MOST, 0);
    TRY(in_end(in));
    TRY(fee_add(c, &fee, &id));
    reply_created(c, out, "/api/v1/fees/%lld", (long long)id);
    return reply_row(c, out, &q_fee_list, PARAMS(SHOP(c), I64(id), BOOL(true)));
}

enum status post_fee_end(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id");

    TRY(in_end(in));
    TRY(fee_end(c, id));
    return reply_row(c, out, &q_fee_list, PARAMS(SHOP(c), I64(id), BOOL(true)));
}

static enum status reply_group(struct ctx *c, struct reply *out, const char *group)
{
    return reply_row(c, out, &q_customer_group_list, PARAMS(SHOP(c), TEXT(group), NONE()));
}

static enum status reply_tax(struct ctx *c, struct reply *out, const char *category)
{
    return reply_row(c, out, &q_tax_category_list, PARAMS(SHOP(c), TEXT(category), NONE()));
}

enum status put_customer_group(struct ctx *c, struct request *in, struct reply *out)
{
    const char *group = in_path_text(in, "group"), *name;
    struct json_object *body;

    TRY(in_body(in, &body));
    name = json_get_text(body, "name", NAME_LONGEST);
    TRY(in_end(in));
    TRY(customer_group_set(c, group, name));
    return reply_group(c, out, group);
}

enum status put_tax_category(struct ctx *c, struct request *in, struct reply *out)
{
    const char *category = in_path_text(in, "category"), *name, *note;
    struct json_object *body;
    int64_t points;

    TRY(in_body(in, &body));
    name = json_get_text(body, "name", NAME_LONGEST);
    points = json_get_i64(body, "rate_basis_points", 0, BASIS_POINTS_MOST);
    note = json_get_text_or(body, "note", TEXT_LONGEST, NULL);
    TRY(in_end(in));
    TRY(tax_category_set(c, category, name, points, note));
    return reply_tax(c, out, category);
}

static enum status read_retired(struct request *in, bool *retired)
{
    struct json_object *body;

    TRY(in_body(in, &body));
    *retired = json_get_bool(body, "retired");
    return in_end(in);
}

enum status post_customer_group_retired(struct ctx *c, struct request *in, struct reply *out)
{
    const char *group = in_path_text(in, "group");
    bool retired;

    TRY(read_retired(in, &retired));
    TRY(customer_group_retire(c, group, retired));
    return reply_group(c, out, group);
}

enum status post_tax_category_retired(struct ctx *c, struct request *in, struct reply *out)
{
    const char *category = in_path_text(in, "category");
    bool retired;

    TRY(read_retired(in, &retired));
    TRY(tax_category_retire(c, category, retired));
    return reply_tax(c, out, category);
}

enum status put_sale_settings(struct ctx *c, struct request *in, struct reply *out)
{
    struct sale_settings ways;
    struct json_object *body;

    TRY(in_body(in, &body));
    ways.tax_included = json_get_bool(body, "tax_included");
    ways.handover_needs_payment = json_get_bool(body, "handover_needs_payment");
    ways.quote_minutes = json_get_i64(body, "quote_minutes", 1, MINUTES_MOST);
    ways.drawer_limit.cents = json_get_i64(body, "drawer_limit_cents", 0, MONEY_MOST);
    ways.receipt_note = json_get_text_or(body, "receipt_note", TEXT_LONGEST, NULL);
    TRY(in_end(in));
    TRY(sale_settings_set(c, &ways));
    return reply_row(c, out, &q_sale_settings_show, PARAMS(SHOP(c)));
}
