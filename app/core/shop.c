/* Making a shop, changing what it says about itself, and reading weights the way it means them. */
#include "core/shop.h"

#include <string.h>

#include "base/text.h"
#include "core/audit.h"
#include "core/person.h"
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

struct changed {
    bool zone_known;
    const char *what;
};

static const struct column changed_columns[] = { COLUMN(struct changed, zone_known),
                                                 COLUMN(struct changed, what), COLUMNS_END };

static void check_text(struct ctx *c, const char *field, const char *text, size_t least, size_t most)
{
    if (text != NULL && (utf8_length(text) < least || utf8_length(text) > most))
        ctx_note(c, ST_INVALID, field, text, "is %zu to %zu characters", least, most);
}

static void check_number(struct ctx *c, const char *field, int64_t number, int64_t least, int64_t most)
{
    if (number != -1 && (number < least || number > most))
        ctx_note(c, ST_INVALID, field, arena_printf(&c->arena, "%lld", (long long)number), "is %lld to %lld",
                 (long long)least, (long long)most);
}

static enum status check_settings(struct ctx *c, const struct shop_settings *s)
{
    enum {
        NAME_MOST = 120,
        TEXT_MOST = 200,
        CENTS_MOST = 100000000,
        PERMILLE_MOST = 200,
        MINUTES_MOST = 43200
    };

    check_text(c, "name", s->name, 1, NAME_MOST);
    check_text(c, "name_hanzi", s->name_hanzi, 1, NAME_MOST);
    check_text(c, "street", s->street, 1, TEXT_MOST);
    check_text(c, "city", s->city, 1, TEXT_MOST);
    check_text(c, "region", s->region, 1, TEXT_MOST);
    check_text(c, "postal_code", s->postal_code, 1, TEXT_MOST);
    check_text(c, "country", s->country, 1, TEXT_MOST);
    check_text(c, "phone", s->phone, 1, TEXT_MOST);
    check_text(c, "registration", s->registration, 1, TEXT_MOST);
    if (s->liang != NULL && strcmp(s->liang, "none") != 0 && liang_parse(s->liang) == LIANG_NOT_CHOSEN)
        ctx_note(c, ST_INVALID, "liang", s->liang,
                 "is prc (50 g), taiwan (37.5 g), hong_kong (37.79936375 g) or none");
    check_number(c, "second_person_above_cents", s->second_person_above_cents, 0, CENTS_MOST);
    check_number(c, "weigh_tolerance_permille", s->weigh_tolerance_permille, 0, PERMILLE_MOST);
    check_number(c, "reservation_minutes", s->reservation_minutes, 1, MINUTES_MOST);
    return ctx_fault_or_ok(c);
}

static struct param said_number(int64_t number)
{
    return number < 0 ? NONE() : I64(number);
}

static enum status change(struct ctx *c, void *arg)
{
    const struct shop_settings *s = arg;
    const char *liang = s->liang;
    struct changed changed;
    bool found;

    if (liang != NULL && strcmp(liang, "none") != 0)
        liang = liang_word(liang_parse(liang));
    TRY(db_row(c, &q_shop_change,
               PARAMS(SHOP(c), TEXT_OR_NULL(s->name), TEXT_OR_NULL(s->name_hanzi), TEXT_OR_NULL(s->street),
                      TEXT_OR_NULL(s->city), TEXT_OR_NULL(s->region), TEXT_OR_NULL(s->postal_code),
                      TEXT_OR_NULL(s->country), TEXT_OR_NULL(s->phone), TEXT_OR_NULL(s->registration),
                      TEXT_OR_NULL(s->time_zone), TEXT_OR_NULL(liang),
                      said_number(s->second_person_above_cents), said_number(s->weigh_tolerance_permille),
                      said_number(s->reservation_minutes)),
               changed_columns, &changed, &found));
    if (!changed.zone_known)
        return ctx_fail(c, ST_INVALID, "time_zone", s->time_zone,
                        "is no time zone; write it as America/Chicago");
    return *changed.what == '\0' ? ST_OK : audit_note(c, "shop_changed", "shop", changed.what);
}

enum status shop_change(struct ctx *c, const struct shop_settings *settings)
{
    struct shop_settings copy = *settings;

    TRY(person_require(c, ROLE_ADMIN, "change what the shop says about itself"));
    TRY(check_settings(c, settings));
    return db_tx(c, change, &copy);
}

struct meant {
    const char *liang;
};

static const struct column meant_columns[] = { COLUMN(struct meant, liang), COLUMNS_END };

enum status shop_liang(struct ctx *c, enum liang *liang)
{
    struct meant meant;
    bool found;

    TRY(db_row(c, &q_shop_settings, PARAMS(SHOP(c)), meant_columns, &meant, &found));
    *liang = found ? liang_parse(meant.liang) : LIANG_NOT_CHOSEN;
    return ST_OK;
}

enum status shop_weight(struct ctx *c, const char *field, const char *typed, struct weight *weight,
                        enum liang *liang, bool *rounded)
{
    enum liang whose = LIANG_NOT_CHOSEN;
    enum quantity_error error = weight_parse_in(typed, whose, weight, rounded);

    if (error == QUANTITY_CONVENTION) {
        TRY(shop_liang(c, &whose));
        error = weight_parse_in(typed, whose, weight, rounded);
    }
    if (error == QUANTITY_CONVENTION)
        return ctx_fail(
            c, ST_INVALID, field, typed,
            "does not say whose liang is meant: write \"prc\", \"taiwan\" or \"hong_kong\" behind it, or let "
            "the administrator choose the shop's");
    if (error == QUANTITY_UNIT)
        return ctx_fail(c, ST_INVALID, field, typed,
                        "is a weight such as 500 g, 2 oz or 3 liang, or a number of pieces");
    if (error != QUANTITY_OK)
        return ctx_fail(c, ST_INVALID, field, typed, "%s", quantity_error_rule(error));
    if (liang != NULL)
        *liang = whose;
    return ST_OK;
}
