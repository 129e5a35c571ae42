/* Tokens taken apart by the JSON reader and libsodium's base64; the signature itself is base/signature's. */
#include "http/jwt.h"

#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "json/json_value.h"

enum { NAME_LONGEST = 500 };

static enum status refuse(struct ctx *c, const char *field, const char *rule)
{
    return ctx_fail(c, ST_UNKNOWN_USER, field, NULL, "%s", rule);
}

/* One of the three parts: from *at to the next dot or the end. */
static struct bytes part(const char **at)
{
    const size_t size = strcspn(*at, ".");
    const struct bytes found = { (const unsigned char *)*at, size };

    *at += size + (((*at)[size]) == '.');
    return found;
}

/* A part that is JSON. What the JSON reader has to say of it is not passed on: its fields are not the request's. */
static enum status part_read(struct ctx *c, struct bytes encoded, const char *field,
                             const struct json_value **out)
{
    struct json_object *object;
    struct bytes plain;

    if (!base64url_decode(&c->arena, (const char *)encoded.data, encoded.size, &plain.data, &plain.size) ||
        json_parse_object(c, (const char *)plain.data, plain.size, &object) != ST_OK) {
        ctx_forgive(c);
        return refuse(c, field, "must be a JSON object in base64url");
    }
    *out = json_value_of(object);
    return ST_OK;
}

static enum status text_need(struct ctx *c, const struct json_value *in, const char *key, const char **out)
{
    *out = value_get_text(in, key);
    if (*out == NULL || strlen(*out) > NAME_LONGEST)
        return ctx_fail(c, ST_UNKNOWN_USER, key, NULL,
                        "must be given in the token as text of at most %d bytes", NAME_LONGEST);
    return ST_OK;
}

/* Seconds since 1970; a fraction is allowed by RFC 7519 and does not matter here. */
static bool seconds_read(struct ctx *c, const struct json_value *in, const char *key, int64_t *out)
{
    const char *text = value_get_decimal(&c->arena, in, key);
    int64_t seconds = 0;
    size_t digits = 0;

    for (; text != NULL && text[digits] >= '0' && text[digits] <= '9' && digits < 12; digits++)
        seconds = seconds * 10 + (text[digits] - '0');
    *out = seconds;
    return digits > 0 && (text[digits] == '\0' || text[digits] == '.');
}

static enum status header_read(struct ctx *c, const struct json_value *header, struct jwt *out)
{
    static const char *const algorithms[] = { "ES384", "RS384", NULL };

    if (!value_is_one_of(header, "alg", algorithms))
        return refuse(c, "alg", "must be ES384 or RS384");
    out->algorithm = value_get_text(header, "alg");
    if (value_has(header, "crit")) /* RFC 7515 §4.1.11: what must be understood and is not */
        return refuse(c, "crit", "names extensions that are not understood here");
    if (value_has(header, "typ") &&
        (value_get_text(header, "typ") == NULL || !text_same(value_get_text(header, "typ"), "JWT")))
        return refuse(c, "typ", "must be JWT");
    return text_need(c, header, "kid", &out->kid);
}

static enum status audience_read(struct ctx *c, const struct json_value *payload, struct jwt *out)
{
    const struct json_value *given = value_get(payload, "aud");

    out->audience = arena_array(&c->arena, JWT_AUDIENCES_MOST, sizeof *out->audience);
    if (value_text(given) != NULL)
        out->audience[out->audience_count++] = value_text(given);
    for (const struct json_value *one = value_first(given); one != NULL; one = value_next(one)) {
        if (value_text(one) == NULL || out->audience_count == JWT_AUDIENCES_MOST)
            return refuse(c, "aud", "must be a text or a short list of texts");
        out->audience[out->audience_count++] = value_text(one);
    }
    return out->audience_count > 0 ? ST_OK : refuse(c, "aud", "must be given in the token");
}

static enum status payload_read(struct ctx *c, const struct json_value *payload, struct jwt *out)
{
    TRY(text_need(c, payload, "iss", &out->issuer));
    TRY(text_need(c, payload, "jti", &out->id));
    TRY(audience_read(c, payload, out));
    out->tenant = value_get_text(payload, "tenant");
    out->not_before = INT64_MIN;
    if (!seconds_read(c, payload, "exp", &out->expires))
        return refuse(c, "exp", "must be given in the token as seconds since 1970");
    if (!seconds_read(c, payload, "iat", &out->issued))
        return refuse(c, "iat", "must be given in the token as seconds since 1970");
    if (value_has(payload, "nbf") && !seconds_read(c, payload, "nbf", &out->not_before))
        return refuse(c, "nbf", "must be seconds since 1970");
    return ST_OK;
}

enum status jwt_read(struct ctx *c, const char *text, struct jwt *out)
{
    const struct json_value *header, *payload;
    const char *at = text;
    struct bytes parts[3];

    *out = (struct jwt){ .algorithm = NULL };
    if (strnlen(text, JWT_LONGEST + 1) > JWT_LONGEST)
        return refuse(c, "Authorization", "holds a token that is too long");
    for (size_t i = 0; i < 3; i++)
        parts[i] = part(&at);
    if (*at != '\0' || parts[2].size == 0)
        return refuse(c, "Authorization", "must hold a signed token of three parts");
    TRY(part_read(c, parts[0], "token header", &header));
    TRY(header_read(c, header, out));
    TRY(part_read(c, parts[1], "token payload", &payload));
    TRY(payload_read(c, payload, out));
    if (!base64url_decode(&c->arena, (const char *)parts[2].data, parts[2].size, &out->signature.data,
                          &out->signature.size))
        return refuse(c, "token signature", "must be base64url");
    out->content = (struct bytes){ parts[0].data, parts[0].size + 1 + parts[1].size };
    return ST_OK;
}

/* A URL with one slash at the end is the same service. */
static bool same_url(const char *a, const char *b)
{
    size_t a_size = strlen(a), b_size = strlen(b);

    a_size -= a_size > 0 && a[a_size - 1] == '/';
    b_size -= b_size > 0 && b[b_size - 1] == '/';
    return a_size == b_size && strncmp(a, b, a_size) == 0;
}

enum status jwt_check(struct ctx *c, const struct jwt *token, const char *audience, struct instant now)
{
    const int64_t seconds = now.us / 1000000;
    bool meant = false;

    for (size_t i = 0; i < token->audience_count; i++)
        meant = meant || same_url(token->audience[i], audience);
    if (!meant)
        return ctx_fail(c, ST_UNKNOWN_USER, "aud", token->audience[0], "must be %s", audience);
    if (token->expires + JWT_LEEWAY_SECONDS <= seconds)
        return refuse(c, "exp", "has passed");
    if (token->issued > seconds + JWT_LEEWAY_SECONDS)
        return refuse(c, "iat", "lies ahead");
    if (token->not_before > seconds + JWT_LEEWAY_SECONDS)
        return refuse(c, "nbf", "lies ahead");
    if (token->expires <= token->issued || token->expires - token->issued > JWT_SECONDS_MOST)
        return ctx_fail(c, ST_UNKNOWN_USER, "exp", NULL, "must be within %d seconds after iat",
                        JWT_SECONDS_MOST);
    return ST_OK;
}

static enum status number_read(struct ctx *c, const char *field, const struct json_value *key,
                               const char *name, struct bytes *out)
{
    const char *text = value_get_text(key, name);

    if (text == NULL || !base64url_decode(&c->arena, text, strlen(text), &out->data, &out->size))
        return ctx_fail(c, ST_INVALID, field, NULL, "is a JSON Web Key whose %s must be base64url", name);
    return ST_OK;
}

static enum status jwk_read(struct ctx *c, const char *field, const struct json_value *key,
                            const char **algorithm, const char **pem)
{
    const char *kind = value_get_text(key, "kty");
    struct bytes first, second;
    bool ec = kind != NULL && strcmp(kind, "EC") == 0;

    if (value_has(key, "d"))
        return ctx_fail(c, ST_INVALID, field, NULL,
                        "is a private key; give the public one, and make a new pair");
    if (!ec && (kind == NULL || strcmp(kind, "RSA") != 0))
        return ctx_fail(c, ST_INVALID, field, NULL, "is a JSON Web Key whose kty must be EC or RSA");
    TRY(number_read(c, field, key, ec ? "x" : "n", &first));
    TRY(number_read(c, field, key, ec ? "y" : "e", &second));
    *algorithm = ec ? "ES384" : "RS384";
    return ec ? signature_key_ec(c, field, first, second, pem)
              : signature_key_rsa(c, field, first, second, pem);
}

enum status jwt_key_read(struct ctx *c, const char *field, const char *text, const char *kid,
                         const char **algorithm, const char **pem)
{
    struct json_object *object;
    const struct json_value *key, *found = NULL;

    if (text[strspn(text, " \r\n\t")] != '{')
        return signature_key(c, field, text, algorithm, pem);
    if (json_parse_object(c, text, strlen(text), &object) != ST_OK) {
        ctx_forgive(c);
        return ctx_fail(c, ST_INVALID, field, NULL, "must be a public key in PEM or a JSON Web Key");
    }
    key = json_value_of(object);
    if (!value_has(key, "keys"))
        return jwk_read(c, field, key, algorithm, pem);
    for (const struct json_value *one = value_first(value_get(key, "keys")); one != NULL;
         one = value_next(one)) {
        const char *name = value_get_text(one, "kid");

        if (name != NULL && strcmp(name, kid) == 0)
            found = one;
    }
    if (found == NULL)
        return ctx_fail(c, ST_INVALID, field, NULL, "is a key set without a key called %s", kid);
    return jwk_read(c, field, found, algorithm, pem);
}
