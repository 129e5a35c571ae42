/* What administrators do to other people's accounts: change, disable, enable, end tokens. Whoever administers the shop is changed under
   a lock of the shop's row, so that two who take each other's role are told one after the other. */
#include "core/account.h"

#include "base/text.h"
#include "core/audit.h"
#include "core/person.h"
#include "db/db.h"
#include "sql.h"

struct known {
    int64_t id;
    const char *display_name;
    const char *registration;
    const char *roles;
    bool disabled;
    bool others_administer;
};

static const struct column known_columns[] = {
    COLUMN(struct known, id),
    COLUMN(struct known, display_name),
    COLUMN(struct known, registration),
    COLUMN(struct known, roles),
    COLUMN(struct known, disabled),
    COLUMN(struct known, others_administer),
    COLUMNS_END,
};

/* An act on one account, through a transaction. */
struct act {
    const char *username;
    const struct account_change *change;
    int64_t token_id;
    struct known now; /* as it was before */
};

/* The account as it stands once nobody else is changing who administers the shop. */
static enum status hold(struct ctx *c, struct act *act)
{
    bool found;

    TRY(db_run(c, &q_account_hold_shop, PARAMS(SHOP(c))));
    TRY(db_row(c, &q_account_show, PARAMS(SHOP(c), TEXT(act->username)), known_columns, &act->now, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "username", act->username, "is nobody's name in this shop");
    return ST_OK;
}

static const char *role_words(struct ctx *c, unsigned roles)
{
    struct text words;

    text_init(&words, &c->arena);
    for (unsigned bit = 1; bit <= ROLE_ADMIN; bit <<= 1)
        if ((roles & bit) != 0)
            text_addf(&words, "%s%s", words.size == 0 ? "" : ";", role_word((enum role)bit));
    return words.size == 0 ? "none" : words.data;
}

static enum status audit_of(struct ctx *c, const char *action, const char *username, const char *details)
{
    return audit_note(c, action, arena_printf(&c->arena, "account %s", username), details);
}

static enum status change_roles(struct ctx *c, const struct act *act)
{
    const unsigned before = person_roles(c, act->now.roles), after = act->change->roles;

    if (before == after)
        return ST_OK;
    if (act->now.id == c->who.user_id)
        return ctx_fail(c, ST_DENIED, "roles", role_words(c, after),
                        "are changed by another administrator, never by oneself");
    if ((before & ~after & ROLE_ADMIN) != 0 && !act->now.others_administer)
        return ctx_fail(c, ST_CONFLICT, "roles", role_words(c, after),
                        "must keep admin: nobody else administers this shop and can sign in");
    for (unsigned bit = 1; bit <= ROLE_ADMIN; bit <<= 1) {
        const struct param role = TEXT(role_word((enum role)bit));

        if ((before & ~after & bit) != 0)
            TRY(db_run(c, &q_account_take_role, PARAMS(SHOP(c), I64(act->now.id), role)));
        if ((after & ~before & bit) != 0)
            TRY(db_run(c, &q_account_add_role, PARAMS(SHOP(c), I64(act->now.id), role, USER(c))));
    }
    return audit_of(c, "account_roles", act->username,
                    arena_printf(&c->arena, "%s -> %s", role_words(c, before), role_words(c, after)));
}

static enum status change(struct ctx *c, void *arg)
{
    struct act *act = arg;
    const struct account_change *wish = act->change;

    TRY(hold(c, act));
    if (wish->roles_given)
        TRY(change_roles(c, act));
    if (wish->display_name == NULL && wish->registration == NULL)
        return ST_OK;
    TRY(db_run(c, &q_account_change,
               PARAMS(SHOP(c), TEXT(act->username), TEXT_OR_NULL(wish->display_name),
                      TEXT_OR_NULL(wish->registration))));
    return audit_of(c, "account_change", act->username,
                    arena_printf(&c->arena, "was %s, registration %s", act->now.display_name,
                                 *act->now.registration == '\0' ? "none" : act->now.registration));
}

static enum status disable(struct ctx *c, void *arg)
{
    struct act *act = arg;

    TRY(hold(c, act));
    if (act->now.disabled)
        return ctx_fail(c, ST_CONFLICT, "username", act->username, "is disabled already");
    if ((person_roles(c, act->now.roles) & ROLE_ADMIN) != 0 && !act->now.others_administer)
        return ctx_fail(c, ST_CONFLICT, "username", act->username,
                        "is the only administrator of this shop who can sign in");
    TRY(db_run(c, &q_account_disable, PARAMS(SHOP(c), TEXT(act->username))));
    TRY(db_run(c, &q_session_end_all, PARAMS(SHOP(c), TEXT(act->username))));
    return audit_of(c, "account_disable", act->username, "");
}

static enum status enable(struct ctx *c, void *arg)
{
    struct act *act = arg;

    TRY(hold(c, act));
    if (!act->now.disabled)
        return ctx_fail(c, ST_CONFLICT, "username", act->username, "is not disabled");
    TRY(db_run(c, &q_account_enable, PARAMS(SHOP(c), TEXT(act->username))));
    return audit_of(c, "account_enable", act->username, "");
}

static enum status end_tokens(struct ctx *c, void *arg)
{
    struct act *act = arg;
    size_t ended;

    TRY(hold(c, act));
    TRY(db_change(c, &q_api_token_end, PARAMS(SHOP(c), I64(act->now.id), I64_OR_NULL(act->token_id)),
                  &ended));
    if (ended == 0)
        return ctx_fail(c, ST_NOT_FOUND, "token_id",
                        act->token_id == 0 ? NULL : arena_printf(&c->arena, "%lld", (long long)act->token_id),
                        "is no token of %s that still works", act->username);
    return audit_of(c, "account_tokens_end", act->username, arena_printf(&c->arena, "%zu ended", ended));
}

static enum status act_on(struct ctx *c, tx_body *body, struct act act, int64_t *id)
{
    TRY(db_tx(c, body, &act));
    *id = act.now.id;
    return ST_OK;
}

enum status account_change(struct ctx *c, const struct account_change *wish, int64_t *id)
{
    return act_on(c, change, (struct act){ .username = wish->username, .change = wish }, id);
}

enum status account_disable(struct ctx *c, const char *username, int64_t *id)
{
    return act_on(c, disable, (struct act){ .username = username }, id);
}

enum status account_enable(struct ctx *c, const char *username, int64_t *id)
{
    return act_on(c, enable, (struct act){ .username = username }, id);
}

enum status account_end_tokens(struct ctx *c, const char *username, int64_t token_id, int64_t *id)
{
    return act_on(c, end_tokens, (struct act){ .username = username, .token_id = token_id }, id);
}
