/* The shop itself over HTTP: what its administrator says about it, and what a typed weight is by its convention. */
#include "core/shop.h"

#include "api/handlers.h"
#include "api/read.h"
#include "sql.h"

enum { TEXT_LONGEST = 200, CENTS_MOST = 100000000, PERMILLE_MOST = 200, MINUTES_MOST = 43200 };

enum status put_shop(struct ctx *c, struct request *in, struct reply *out)
{
    struct shop_settings s;
    struct json_object *body;

    TRY(in_body(in, &body));
    s = (struct shop_settings){
        .name = json_get_text_or(body, "name", TEXT_LONGEST, NULL),
        .name_hanzi = json_get_text_or(body, "name_hanzi", TEXT_LONGEST, NULL),
        .street = json_get_text_or(body, "street", TEXT_LONGEST, NULL),
        .city = json_get_text_or(body, "city", TEXT_LONGEST, NULL),
        .region = json_get_text_or(body, "region", TEXT_LONGEST, NULL),
        .postal_code = json_get_text_or(body, "postal_code", TEXT_LONGEST, NULL),
        .country = json_get_text_or(body, "country", TEXT_LONGEST, NULL),
        .phone = json_get_text_or(body, "phone", TEXT_LONGEST, NULL),
        .registration = json_get_text_or(body, "registration", TEXT_LONGEST, NULL),
        .time_zone = json_get_text_or(body, "time_zone", TEXT_LONGEST, NULL),
        .liang = json_get_text_or(body, "liang", TEXT_LONGEST, NULL),
        .second_person_above_cents = json_get_i64_or(body, "second_person_above_cents", 0, CENTS_MOST, -1),
        .weigh_tolerance_permille = json_get_i64_or(body, "weigh_tolerance_permille", 0, PERMILLE_MOST, -1),
        .reservation_minutes = json_get_i64_or(body, "reservation_minutes", 1, MINUTES_MOST, -1),
    };
    TRY(in_end(in));
    TRY(shop_change(c, &s));
    return reply_row(c, out, &q_shop_settings, PARAMS(SHOP(c)));
}

enum status get_weight(struct ctx *c, struct request *in, struct reply *out)
{
    const char *typed = in_query_text(in, "text", TEXT_LONGEST);
    struct weight weight;
    struct json_writer *w;
    enum liang liang;
    bool rounded;

    TRY(in_end(in));
    TRY(shop_weight(c, "text", typed, &weight, &liang, &rounded));
    w = reply_json(c, out);
    json_open_object(w, NULL);
    json_text(w, "text", typed);
    json_i64(w, "quantity_mg", weight.mg);
    json_text(w, "grams", weight_text(&c->arena, weight));
    json_text(w, "liang", liang == LIANG_NOT_CHOSEN ? NULL : liang_word(liang));
    json_bool(w, "rounded", rounded);
    json_close_object(w);
    return ST_OK;
}
