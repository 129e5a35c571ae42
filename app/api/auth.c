/* Who asks, and whether the route lets them. */
#include <string.h>
#include <strings.h>

#include "api/cds.h"
#include "api/internal.h"
#include "core/account.h"

const char *auth_cookie_name(const struct api *api)
{
    /* __Host-: only over TLS, only from this host, for the whole host (ASVS 3.4.4). */
    return api->options.config->secure_cookies ? "__Host-yaofang_session" : "yaofang_session";
}

const char *auth_token(const struct api *api, const struct request *in, bool *bearer)
{
    static const char scheme[] = "Bearer ";
    const char *header = in_header(in, "Authorization");

    *bearer = header != NULL && strncasecmp(header, scheme, sizeof scheme - 1) == 0;
    return *bearer ? header + sizeof scheme - 1 : in_cookie(in, auth_cookie_name(api));
}

/* Whether an Origin ("https://host:port") names the host the request was sent to. */
static bool same_origin(const char *origin, const char *host)
{
    const char *after = strstr(origin, "://");

    return after != NULL && host != NULL && strcasecmp(after + 3, host) == 0;
}

enum status auth_same_site(const struct request *in)
{
    const char *site = in_header(in, "Sec-Fetch-Site"), *origin = in_header(in, "Origin");
    const char *type = in_header(in, "Content-Type");

    if (site != NULL && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0)
        return ctx_fail(in->c, ST_DENIED, "Sec-Fetch-Site", site, "must be same-origin");
    if (origin != NULL && !same_origin(origin, in_header(in, "Host")))
        return ctx_fail(in->c, ST_DENIED, "Origin", origin, "must be this site");
    /* A form of another site can send neither of these without asking this server first, which never agrees. */
    if (in_header(in, "X-Yaofang") == NULL &&
        (type == NULL || strncasecmp(type, "application/json", 16) != 0))
        return ctx_fail(in->c, ST_DENIED, "X-Yaofang", NULL,
                        "must be sent with a change that carries no JSON");
    return ST_OK;
}

static enum status roles_check(struct exchange *e)
{
    struct ctx *c = &e->c;
    const char *list = "";

    if (c->who.password_to_change && e->in.route->roles != ROLE_OWN_SIGN_IN)
        return ctx_fail(c, ST_OWN_PASSWORD, "password", NULL,
                        "was made by somebody else, who knows it too: choose your own first");
    if ((e->in.route->roles & ROLE_ANY) == ROLE_ANY || (c->who.roles & e->in.route->roles) != 0)
        return ST_OK;
    for (unsigned bit = 1; bit != 0 && bit <= e->in.route->roles; bit <<= 1)
        if ((e->in.route->roles & bit) != 0)
            list =
                arena_printf(&c->arena, "%s%s%s", list, *list == '\0' ? "" : ", ", role_word((enum role)bit));
    return ctx_fail(c, ST_DENIED, "role", NULL, "must be one of %s", list);
}

enum status auth_check(struct api *api, struct exchange *e)
{
    struct ctx *c = &e->c;
    struct secret_hash hash;
    const char *token;
    uint64_t turns;
    bool bearer;

    if (e->in.route->roles == ROLE_PUBLIC)
        return ST_OK;
    if (e->in.route->roles == ROLE_CLIENT)
        return cds_auth_check(api, e);
    token = auth_token(api, &e->in, &bearer);
    if (token == NULL || *token == '\0')
        return ctx_fail(c, ST_UNKNOWN_USER, NULL, NULL, "nobody is signed in");
    hash = secret_hash(&api->key, token, strlen(token));
    if (!passport_find(api->passports, &c->arena, &hash, &c->who)) {
        if (c->db == NULL)
            return ST_BUSY;
        turns = passport_turns(api->passports);
        TRY(bearer ? account_by_token(c, secret_hash_text(&c->arena, &hash))
                   : account_by_session(c, secret_hash_text(&c->arena, &hash)));
        passport_keep(api->passports, &hash, &c->who, turns);
    }
    c->who.source = bearer ? "api" : "page";
    if (!bearer && e->in.method != METHOD_GET)
        TRY(auth_same_site(&e->in));
    return roles_check(e);
}
