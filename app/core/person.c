/* Who acts, for commands of the machine's owner; what a role allows. Signing in is core/account. */
#include "core/person.h"

#include <string.h>

#include "base/text.h"
#include "db/db.h"
#include "sql.h"

struct account {
    int64_t shop_id, user_id;
    const char *shop_slug, *username, *roles;
};

static const struct column account_columns[] = {
    COLUMN(struct account, shop_id),  COLUMN(struct account, user_id), COLUMN(struct account, shop_slug),
    COLUMN(struct account, username), COLUMN(struct account, roles),   COLUMNS_END,
};

enum status person_require(struct ctx *c, unsigned roles, const char *doing)
{
    struct text words;

    if ((c->who.roles & roles) != 0)
        return ST_OK;
    text_init(&words, &c->arena);
    for (unsigned bit = 1; bit <= roles; bit <<= 1)
        if ((roles & bit) != 0)
            text_addf(&words, "%s%s", words.size == 0 ? "" : " or ", role_word((enum role)bit));
    return ctx_fail(c, ST_DENIED, "role", c->who.username, "only a %s may %s", words.data, doing);
}

unsigned person_roles(struct ctx *c, const char *words)
{
    size_t n;
    char **parts = text_split(&c->arena, words, ';', &n);
    unsigned roles = 0;

    for (size_t i = 0; i < n; i++)
        roles |= (unsigned)role_parse(parts[i]);
    return roles;
}

enum status person_act_as(struct ctx *c, const char *username, const char *shop)
{
    struct account *found;
    size_t n;

    TRY(db_all(c, &q_person_account, PARAMS(TEXT(username), TEXT_OR_NULL(shop)), account_columns,
               sizeof *found, &found, &n));
    if (n == 0)
        return ctx_fail(c, ST_NOT_FOUND, "as", username, "is the username of nobody%s%s",
                        shop == NULL ? "" : " in the shop ", shop == NULL ? "" : shop);
    if (n > 1)
        return ctx_fail(c, ST_INVALID, "shop", NULL, "must be given: %s works in %s and in %s", username,
                        found[0].shop_slug, found[1].shop_slug);
    c->who = (struct who){
        .user_id = found->user_id,
        .shop_id = found->shop_id,
        .username = found->username,
        .roles = person_roles(c, found->roles),
    };
    return ST_OK;
}

unsigned person_roles_typed(struct ctx *c, const char *field, const char *const *words, size_t n)
{
    unsigned roles = 0;

    for (size_t i = 0; i < n; i++) {
        const enum role role = role_parse(words[i]);

        if (role == ROLE_NONE)
            ctx_note(c, ST_INVALID, field, words[i],
                     "must be practitioner, pharmacist, staff, curator or admin");
        roles |= (unsigned)role;
    }
    return roles;
}

struct number {
    int64_t id;
};

static const struct column number_columns[] = { COLUMN(struct number, id), COLUMNS_END };

enum status person_find(struct ctx *c, const char *username, int64_t *id)
{
    struct number number;
    bool found;

    TRY(db_row(c, &q_person_find, PARAMS(SHOP(c), TEXT(username)), number_columns, &number, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "username", username, "is nobody of this shop");
    *id = number.id;
    return ST_OK;
}

struct shop {
    int64_t id;
    const char *slug;
};

static const struct column shop_columns[] = { COLUMN(struct shop, id), COLUMN(struct shop, slug),
                                              COLUMNS_END };

enum status person_act_in(struct ctx *c, const char *shop)
{
    struct shop *shops;
    size_t n;

    TRY(db_all(c, &q_shop_list, NO_PARAMS, shop_columns, sizeof *shops, &shops, &n));
    if (shop == NULL && n > 1)
        return ctx_fail(c, ST_INVALID, "shop", NULL, "must be given: there is %s and %s", shops[0].slug,
                        shops[1].slug);
    for (size_t i = 0; i < n; i++) {
        if (shop != NULL && strcmp(shops[i].slug, shop) != 0)
            continue;
        c->who = (struct who){ .shop_id = shops[i].id, .username = "" };
        return ST_OK;
    }
    return ctx_fail(c, ST_NOT_FOUND, "shop", shop, "is not the name of a shop here");
}
