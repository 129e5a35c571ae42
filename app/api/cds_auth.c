/* Who asks over CDS Hooks: the system whose key signed the request's token. Keys come from the database, never from where the token
   says; each token is good once. */
#include <string.h>

#include "api/cds.h"
#include "api/internal.h"
#include "base/signature.h"
#include "core/account.h"
#include "http/jwt.h"

/* What tokens for this service are addressed to: where it says it is reached, else where it listens. Never the Host header: whoever
   got a token meant for another service could send it here with that one's name. */
static const char *base_url(struct ctx *c, const struct api *api)
{
    const struct config *config = api_config(api);
    const struct server *server = atomic_load(&api->server);
    size_t size = strlen(config->public_url);

    if (size > 0)
        return arena_text_n(&c->arena, config->public_url, size - (config->public_url[size - 1] == '/'));
    return arena_printf(&c->arena, "http://%s:%d", config->listen,
                        server == NULL ? config->port : server_port(server));
}

/* The shop opened to everybody by the setting, for a demonstration. */
static enum status act_as_open_shop(struct ctx *c, const struct api *api)
{
    TRY(account_choose_shop(c, api_config(api)->cds_open));
    c->who.username = "anybody";
    c->who.roles = ROLE_PRACTITIONER;
    return ST_OK;
}

enum status cds_auth_check(struct api *api, struct exchange *e)
{
    struct ctx *c = &e->c;
    struct cds_client client;
    struct jwt token;
    bool bearer;
    const char *text = auth_token(api, &e->in, &bearer);

    c->who.source = "cds";
    if (!bearer && *api_config(api)->cds_open != '\0')
        return c->db == NULL ? ST_BUSY : act_as_open_shop(c, api);
    if (!bearer || text == NULL)
        return ctx_fail(c, ST_UNKNOWN_USER, "Authorization", NULL,
                        "must be Bearer and a token signed by a client of this service");
    TRY(jwt_read(c, text, &token));
    if (c->db == NULL)
        return ST_BUSY;
    TRY(cds_client_find(c, token.issuer, token.kid, token.tenant, &client));
    if (strcmp(client.algorithm, token.algorithm) != 0 ||
        !signature_matches(client.public_key, token.algorithm, token.content, token.signature))
        return ctx_fail(c, ST_UNKNOWN_USER, "token signature", NULL, "does not fit the client's key");
    TRY(jwt_check(c, &token, arena_printf(&c->arena, "%s%s", base_url(c, api), e->in.path), instant_now()));
    c->who = (struct who){ .shop_id = client.shop_id,
                           .username = client.name,
                           .roles = role_parse(client.role),
                           .source = "cds",
                           .client_id = client.id };
    return cds_token_use(c, token.id, token.expires);
}
