/* Signing in and out. */
#include <string.h>

#include "api/handlers.h"
#include "api/internal.h"
#include "api/read.h"
#include "base/text.h"
#include "core/account.h"
#include "sql.h"

enum { ADDRESS_LONGEST = 45 /* of an IPv6 address as text */ };

static void set_cookie(struct ctx *c, const struct api *api, struct reply *out, const char *token,
                       long seconds)
{
    reply_header(out, "Set-Cookie",
                 arena_printf(&c->arena, "%s=%s; Path=/; Max-Age=%ld; HttpOnly; SameSite=Strict%s",
                              auth_cookie_name(api), token, seconds,
                              api->options.config->secure_cookies ? "; Secure" : ""));
}

/* Too many failures of the account or the address lately: not even the right password is tried. */
static enum status slow_down(struct ctx *c, struct limiter *limiter, const char *account, const char *address)
{
    if (limiter_full(limiter, account, LIMIT_PER_ACCOUNT) ||
        limiter_full(limiter, address, LIMIT_PER_ADDRESS))
        return ctx_fail(c, ST_TOO_MANY, NULL, NULL, "sign-in failed too often; try again in %d minutes",
                        LIMIT_WINDOW_SECONDS / 60);
    return ST_OK;
}

static enum status try_sign_in(struct ctx *c, struct limiter *limiter, const struct sign_in *sign_in)
{
    const char *account = arena_printf(&c->arena, "account %s", sign_in->username);
    const char *address = arena_printf(&c->arena, "address %s", sign_in->address);
    enum status status;

    TRY(slow_down(c, limiter, account, address));
    status = account_sign_in(c, sign_in);
    if (status == ST_UNKNOWN_USER) {
        limiter_count(limiter, account);
        limiter_count(limiter, address);
    }
    if (status == ST_OK)
        limiter_clear(limiter, account);
    return status;
}

/* Behind the trusted proxy: the last address of X-Forwarded-For, which is the one the proxy itself saw; what stands before it
   anybody may have written. */
static const char *client_address(struct arena *arena, const char *trusted_proxy, const struct request *in)
{
    const char *forwarded = in_header(in, "X-Forwarded-For"), *comma;

    if (*trusted_proxy == '\0' || forwarded == NULL || strcmp(in->address, trusted_proxy) != 0)
        return in->address;
    comma = strrchr(forwarded, ',');
    forwarded = text_trim(arena, comma == NULL ? forwarded : comma + 1);
    return *forwarded == '\0' || strlen(forwarded) > ADDRESS_LONGEST ? in->address : forwarded;
}

enum status post_session(struct ctx *c, struct request *in, struct reply *out)
{
    struct api *api = api_of(in);
    const char *token = secret_token(&c->arena);
    struct secret_hash hash = secret_hash(&api->key, token, strlen(token));
    struct json_object *body;
    uint64_t turns;
    struct sign_in sign_in = {
        .token_hash = secret_hash_text(&c->arena, &hash),
        .address = client_address(&c->arena, api->options.config->trusted_proxy, in),
        .agent = in_header(in, "User-Agent"),
    };

    TRY(auth_same_site(in));
    TRY(in_body(in, &body));
    sign_in.username = json_get_text(body, "username", 64);
    sign_in.shop = json_get_text_or(body, "shop", 60, NULL);
    sign_in.password = json_get_text(body, "password", PASSWORD_LONGEST);
    TRY(in_end(in));
    turns = passport_turns(api->passports);
    TRY(try_sign_in(c, api->limiter, &sign_in));
    passport_keep(api->passports, &hash, &c->who, turns);
    TRY(reply_row(c, out, &q_session_show, PARAMS(SHOP(c), USER(c))));
    set_cookie(c, api, out, token, SESSION_HOURS * 3600L);
    out->status = 201;
    return ST_OK;
}

enum status delete_session(struct ctx *c, struct request *in, struct reply *out)
{
    struct api *api = api_of(in);
    struct secret_hash hash;
    const char *token;
    bool bearer;

    TRY(in_end(in));
    token = auth_token(api, in, &bearer);
    hash = secret_hash(&api->key, token, strlen(token));
    TRY(account_sign_out(c, secret_hash_text(&c->arena, &hash)));
    passport_forget(api->passports, &hash);
    set_cookie(c, api, out, "", 0);
    reply_empty(out);
    return ST_OK;
}

/* The old password, asked for again (ASVS 3.7.1). Guessing it is slowed down as at the sign-in, and counts with it: whoever found an
   open window must not find out more. */
static enum status ask_again(struct ctx *c, struct request *in, const char *password)
{
    struct api *api = api_of(in);
    const char *account = arena_printf(&c->arena, "account %s", c->who.username);
    const char *address = arena_printf(&c->arena, "address %s",
                                       client_address(&c->arena, api->options.config->trusted_proxy, in));
    enum status status;

    TRY(slow_down(c, api->limiter, account, address));
    status = account_password_is(c, password);
    if (status == ST_DENIED) {
        limiter_count(api->limiter, account);
        limiter_count(api->limiter, address);
    }
    return status;
}

/* All her sessions end, this one too. What is too long is refused by password_hash, which does not say what was typed. */
enum status put_password(struct ctx *c, struct request *in, struct reply *out)
{
    struct api *api = api_of(in);
    struct json_object *body;
    const char *password, *wanted;

    TRY(in_body(in, &body));
    password = json_get_text(body, "password", JSON_MAX_TEXT);
    wanted = json_get_text(body, "new_password", JSON_MAX_TEXT);
    if (utf8_length(wanted) < PASSWORD_SHORTEST || utf8_length(wanted) > PASSWORD_LONGEST)
        ctx_note(c, ST_INVALID, "new_password", NULL, "must be %d to %d characters long", PASSWORD_SHORTEST,
                 PASSWORD_LONGEST);
    else if (strcmp(password, wanted) == 0) /* known to whoever had it made */
        ctx_note(c, ST_INVALID, "new_password", NULL, "must be another than the one you have");
    TRY(in_end(in));
    TRY(ask_again(c, in, password));
    TRY(account_set_password(c, c->who.username, wanted));
    passport_forget_user(api->passports, c->who.shop_id, c->who.user_id);
    set_cookie(c, api, out, "", 0);
    reply_empty(out);
    return ST_OK;
}
