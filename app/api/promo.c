/* Promo codes over HTTP: their terms and their end. Reading them is data in routes.h. */
#include "core/promo.h"

#include "api/handlers.h"
#include "api/read.h"
#include "sql.h"

enum { CODE_LONGEST = 60, TEXT_LONGEST = 500, BASIS_POINTS_MOST = 10000, USES_MOST = 1000000000 };
#define MONEY_MOST INT64_C(100000000)
#define VERSION_MOST INT64_C(1000000)

static enum status reply_promo(struct ctx *c, struct reply *out, const char *code)
{
    return reply_row(c, out, &q_promo_list, PARAMS(SHOP(c), TEXT(code), BOOL(true)));
}

static void read_terms(struct json_object *body, struct promo_terms *terms)
{
    terms->description = json_get_text_or(body, "description", TEXT_LONGEST, NULL);
    terms->percent_basis_points = json_get_i64_or(body, "percent_basis_points", 1, BASIS_POINTS_MOST, 0);
    terms->amount.cents = json_get_i64_or(body, "amount_cents", 1, MONEY_MOST, 0);
    terms->valid_from = json_get_date_or(body, "valid_from", DATE_NONE);
    terms->valid_until = json_get_date_or(body, "valid_until", DATE_NONE);
    terms->minimum.cents = json_get_i64_or(body, "minimum_cents", 0, MONEY_MOST, 0);
    terms->include = json_get_text_or(body, "include", TEXT_LONGEST, NULL);
    terms->exclude = json_get_text_or(body, "exclude", TEXT_LONGEST, NULL);
    terms->max_uses = json_get_i64_or(body, "max_uses", 1, USES_MOST, 0);
    terms->max_uses_per_customer = json_get_i64_or(body, "max_uses_per_customer", 1, USES_MOST, 0);
    terms->stackable = json_get_bool_or(body, "stackable", false);
    terms->allow_below_cost = json_get_bool_or(body, "allow_below_cost", false);
    terms->allow_restricted = json_get_bool_or(body, "allow_restricted", false);
    terms->return_on_refund = json_get_bool_or(body, "return_on_refund", true);
    terms->change_note = json_get_text_or(body, "change_note", TEXT_LONGEST, NULL);
}

enum status post_promo(struct ctx *c, struct request *in, struct reply *out)
{
    struct promo_terms terms;
    struct json_object *body;
    const char *code;

    TRY(in_body(in, &body));
    code = json_get_text(body, "code", CODE_LONGEST);
    read_terms(body, &terms);
    TRY(in_end(in));
    TRY(promo_add(c, code, &terms));
    reply_created(c, out, "/api/v1/promo-codes/%s", promo_code_text(c, code));
    return reply_promo(c, out, promo_code_text(c, code));
}

enum status put_promo(struct ctx *c, struct request *in, struct reply *out)
{
    const char *code = in_path_text(in, "code");
    struct promo_terms terms;
    struct json_object *body;
    int64_t version;

    TRY(in_body(in, &body));
    version = json_get_i64(body, "seen_version", 1, VERSION_MOST);
    read_terms(body, &terms);
    TRY(in_end(in));
    TRY(promo_change(c, code, version, &terms));
    return reply_promo(c, out, code);
}

enum status post_promo_end(struct ctx *c, struct request *in, struct reply *out)
{
    const char *code = in_path_text(in, "code");

    TRY(in_end(in));
    TRY(promo_end(c, code));
    return reply_promo(c, out, code);
}
