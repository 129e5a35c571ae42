/* Accounts over the tables users, user_roles, sessions and api_tokens. */
#include "core/account.h"

#include <string.h>

#include "base/secret.h"
#include "core/audit.h"
#include "core/person.h"
#include "db/db.h"
#include "sql.h"

struct found {
    int64_t shop_id;
    const char *shop_slug;
    int64_t user_id;
    const char *username;
    const char *password_hash;
    const char *roles;
    bool password_to_change;
};

static const struct column token_columns[] = {
    COLUMN(struct found, shop_id),
    COLUMN(struct found, user_id),
    COLUMN(struct found, username),
    COLUMN(struct found, roles),
    COLUMNS_END,
};

static const struct column session_columns[] = {
    COLUMN(struct found, shop_id),
    COLUMN(struct found, user_id),
    COLUMN(struct found, username),
    COLUMN(struct found, roles),
    COLUMN(struct found, password_to_change),
    COLUMNS_END,
};

static const struct column found_columns[] = {
    COLUMN(struct found, shop_id),
    COLUMN(struct found, shop_slug),
    COLUMN(struct found, user_id),
    COLUMN(struct found, username),
    COLUMN(struct found, password_hash),
    COLUMN(struct found, roles),
    COLUMN(struct found, password_to_change),
    COLUMNS_END,
};

static void become(struct ctx *c, const struct found *found)
{
    c->who = (struct who){ .user_id = found->user_id,
                           .shop_id = found->shop_id,
                           .username = found->username,
                           .roles = person_roles(c, found->roles),
                           .password_to_change = found->password_to_change };
}

static enum status by_hash(struct ctx *c, const struct query *query, const struct column *columns,
                           const char *hash)
{
    struct found found = { 0 };
    bool known;

    TRY(db_row(c, query, PARAMS(TEXT(hash)), columns, &found, &known));
    if (!known)
        return ctx_fail(c, ST_UNKNOWN_USER, NULL, NULL, "the sign-in has ended; sign in again");
    become(c, &found);
    return ST_OK;
}

enum status account_by_session(struct ctx *c, const char *token_hash)
{
    return by_hash(c, &q_session_find, session_columns, token_hash);
}

enum status account_by_token(struct ctx *c, const char *token_hash)
{
    return by_hash(c, &q_api_token_find, token_columns, token_hash);
}

static enum status session_start(struct ctx *c, void *arg)
{
    const struct sign_in *in = arg;

    TRY(db_run(c, &q_session_add,
               PARAMS(SHOP(c), TEXT(in->token_hash), USER(c), I64(SESSION_HOURS), TEXT_OR_NULL(in->address),
                      TEXT_OR_NULL(in->agent))));
    return audit_note(c, "sign_in", arena_printf(&c->arena, "account %s", c->who.username), "");
}

enum status account_sign_in(struct ctx *c, const struct sign_in *in)
{
    struct sign_in copy = *in;
    struct found *found;
    size_t n;
    bool right;

    TRY(db_all(c, &q_account_find, PARAMS(TEXT(in->username), TEXT_OR_NULL(in->shop)), found_columns,
               sizeof *found, &found, &n));
    if (n > 1)
        return ctx_fail(c, ST_INVALID, "shop", NULL, "must be given: several shops know this name");
    right =
        password_matches(n == 0 || *found->password_hash == '\0' ? NULL : found->password_hash, in->password);
    if (!right)
        return ctx_fail(c, ST_UNKNOWN_USER, NULL, NULL, "the name or the password is wrong");
    become(c, found);
    return db_tx(c, session_start, &copy);
}

static enum status session_end(struct ctx *c, void *token_hash)
{
    TRY(db_run(c, &q_session_end, PARAMS(SHOP(c), TEXT((const char *)token_hash))));
    return audit_note(c, "sign_out", arena_printf(&c->arena, "account %s", c->who.username), "");
}

enum status account_sign_out(struct ctx *c, const char *token_hash)
{
    return db_tx(c, session_end, arena_text(&c->arena, token_hash));
}

struct shop {
    int64_t id;
    const char *slug;
};

static const struct column shop_columns[] = { COLUMN(struct shop, id), COLUMN(struct shop, slug),
                                              COLUMNS_END };

enum status account_choose_shop(struct ctx *c, const char *slug)
{
    const char *known = "";
    struct shop *shops;
    size_t n;

    TRY(db_all(c, &q_shop_list, NO_PARAMS, shop_columns, sizeof *shops, &shops, &n));
    for (size_t i = 0; i < n; i++) {
        if (slug == NULL ? n == 1 : strcmp(shops[i].slug, slug) == 0) {
            c->who.shop_id = shops[i].id;
            return ST_OK;
        }
        known = arena_printf(&c->arena, "%s%s%s", known, i == 0 ? "" : ", ", shops[i].slug);
    }
    return ctx_fail(c, ST_NOT_FOUND, "shop", slug, "must be one of those there are: %s",
                    n == 0 ? "none" : known);
}

/* What goes through a transaction body. */
struct creation {
    const struct account *account;
    const char *password_hash;
    int64_t id;
};

struct id_row {
    int64_t id;
};

static const struct column id_columns[] = { COLUMN(struct id_row, id), COLUMNS_END };

static enum status create(struct ctx *c, void *arg)
{
    struct creation *creation = arg;
    const struct account *account = creation->account;
    struct id_row row;
    bool found;

    TRY(db_row(c, &q_account_add,
               PARAMS(SHOP(c), TEXT(account->username), TEXT(account->display_name),
                      TEXT_OR_NULL(account->registration), TEXT_OR_NULL(creation->password_hash), USER(c)),
               id_columns, &row, &found));
    for (unsigned bit = 1; bit <= ROLE_ADMIN; bit <<= 1)
        if ((account->roles & bit) != 0)
            TRY(db_run(c, &q_account_add_role,
                       PARAMS(SHOP(c), I64(row.id), TEXT(role_word((enum role)bit)), USER(c))));
    creation->id = row.id;
    return audit_note(c, "account_create", arena_printf(&c->arena, "account %s", account->username), "");
}

enum status account_create(struct ctx *c, const struct account *account, int64_t *id)
{
    struct creation creation = { .account = account };

    if (account->password != NULL)
        TRY(password_hash(c, account->password, &creation.password_hash));
    TRY(db_tx(c, create, &creation));
    *id = creation.id;
    return ST_OK;
}

struct password_row {
    const char *password_hash;
};

static const struct column password_columns[] = { COLUMN(struct password_row, password_hash), COLUMNS_END };

enum status account_password_is(struct ctx *c, const char *password)
{
    struct password_row row = { NULL };
    bool found;

    TRY(db_row(c, &q_account_password, PARAMS(SHOP(c), USER(c)), password_columns, &row, &found));
    if (!password_matches(!found || *row.password_hash == '\0' ? NULL : row.password_hash, password))
        return ctx_fail(c, ST_DENIED, "password", NULL, "is not your password");
    return ST_OK;
}

/* A change of one account, named by its user. */
struct change {
    const char *username;
    const struct query *query;
    const struct param *params;
    size_t count;
    const char *action;
    bool ends_sessions;
};

static enum status change_account(struct ctx *c, void *arg)
{
    const struct change *change = arg;
    size_t changed;

    TRY(db_change(c, change->query, change->params, change->count, &changed));
    if (changed == 0)
        return ctx_fail(c, ST_NOT_FOUND, "username", change->username, "is nobody's name in this shop");
    if (change->ends_sessions)
        TRY(db_run(c, &q_session_end_all, PARAMS(SHOP(c), TEXT(change->username))));
    return audit_note(c, change->action, arena_printf(&c->arena, "account %s", change->username), "");
}

enum status account_set_password(struct ctx *c, const char *username, const char *password)
{
    const char *hash;

    TRY(password_hash(c, password, &hash));
    return db_tx(c, change_account,
                 &(struct change){ username, &q_account_set_password,
                                   PARAMS(SHOP(c), TEXT(username), TEXT(hash), USER(c)), "account_password",
                                   true });
}

enum status account_add_token(struct ctx *c, const char *username, const char *name, const char *token_hash)
{
    return db_tx(c, change_account,
                 &(struct change){ username, &q_api_token_add,
                                   PARAMS(SHOP(c), TEXT(username), TEXT(name), TEXT(token_hash)),
                                   "account_token", false });
}

static const struct column row_columns[] = {
    COLUMN(struct account_row, username),     COLUMN(struct account_row, display_name),
    COLUMN(struct account_row, registration), COLUMN(struct account_row, roles),
    COLUMN(struct account_row, disabled),     COLUMN(struct account_row, has_password),
    COLUMN(struct account_row, tokens),       COLUMNS_END,
};

enum status account_list(struct ctx *c, struct account_row **rows, size_t *n)
{
    return db_all(c, &q_account_list, PARAMS(SHOP(c)), row_columns, sizeof **rows, rows, n);
}
