/* The checks themselves; see guard.h for why each exists. */
#include "http/guard.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

enum status guard_method(struct ctx *c, const char *word, enum method *method)
{
    for (int m = 0; m < METHOD_COUNT; m++)
        if (strcmp(method_word((enum method)m), word) == 0) {
            *method = (enum method)m;
            return ST_OK;
        }
    *method = METHOD_GET;
    if (strcmp(word, "HEAD") == 0)
        return ST_OK;
    return ctx_fail(c, ST_METHOD, "method", NULL, "must be GET, HEAD, POST, PUT, DELETE or OPTIONS");
}

static int times(const struct request *in, const char *name)
{
    int n = 0;

    for (size_t i = 0; i < in->header_count; i++)
        n += strcasecmp(in->headers[i].name, name) == 0;
    return n;
}

/* Some headers are stored (User-Agent, Idempotency-Key), and the database takes nothing but UTF-8. */
static bool is_text(const char *text)
{
    for (const char *at = text; *at != '\0'; at++)
        if (((unsigned char)*at < ' ' && *at != '\t') || *at == 0x7F)
            return false;
    return utf8_valid(text, strlen(text));
}

enum status guard_headers(struct request *in, const char *version)
{
    const char *encoding = in_header(in, "Transfer-Encoding");
    int lengths = times(in, "Content-Length"), encodings = times(in, "Transfer-Encoding"),
        hosts = times(in, "Host");

    for (size_t i = 0; i < in->header_count; i++)
        if (!is_text(in->headers[i].value) || !is_text(in->headers[i].name))
            return ctx_fail(in->c, ST_MALFORMED, "headers", NULL,
                            "must be valid UTF-8 without control characters");
    if (lengths > 0 && encodings > 0)
        return ctx_fail(in->c, ST_MALFORMED, "Content-Length", NULL, "must not come with Transfer-Encoding");
    if (lengths > 1 || encodings > 1)
        return ctx_fail(in->c, ST_MALFORMED, lengths > 1 ? "Content-Length" : "Transfer-Encoding", NULL,
                        "must be given once");
    if (lengths == 1 && guard_length(in) < 0)
        return ctx_fail(in->c, ST_MALFORMED, "Content-Length", NULL, "must be a whole number");
    if (encoding != NULL && strcasecmp(encoding, "chunked") != 0)
        return ctx_fail(in->c, ST_MALFORMED, "Transfer-Encoding", NULL, "must be chunked");
    if (hosts > 1 || (hosts == 0 && strcmp(version, "HTTP/1.0") != 0))
        return ctx_fail(in->c, ST_MALFORMED, "Host", NULL, "must be given once");
    return ST_OK;
}

int64_t guard_length(const struct request *in)
{
    const char *text = in_header(in, "Content-Length");

    if (text == NULL || *text == '\0' || strlen(text) > 18 || text[strspn(text, "0123456789")] != '\0')
        return -1;
    return (int64_t)strtoll(text, NULL, 10);
}

static int hex(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    digit = (char)(digit | 0x20);
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

/* Decodes %XX. NULL for a broken escape, NUL, a byte of `barred`, or bad UTF-8. */
static const char *decode(struct arena *arena, const char *sent, char barred)
{
    char *text = arena_text(arena, sent), *to = text;

    for (const char *at = sent; *at != '\0'; at++, to++) {
        int high, low;

        *to = *at;
        if (*at != '%')
            continue;
        high = hex(at[1]);
        low = high < 0 ? -1 : hex(at[2]);
        if (low < 0 || (high == 0 && low == 0) || high * 16 + low == barred)
            return NULL;
        *to = (char)(high * 16 + low);
        at += 2;
    }
    *to = '\0';
    return utf8_valid(text, (size_t)(to - text)) ? text : NULL;
}

enum status guard_path(struct request *in, const char *sent)
{
    in->path = decode(&in->c->arena, sent, '/');
    if (in->path != NULL && *in->path == '/')
        return ST_OK;
    in->path = "/";
    return ctx_fail(in->c, ST_MALFORMED, "path", NULL, "must be a path in valid UTF-8 without %%00 and %%2F");
}

enum status guard_parameter(struct request *in, const char *name, const char *value)
{
    struct pair pair = {
        .name = decode(&in->c->arena, name, '\0'),
        .value = value == NULL ? "" : decode(&in->c->arena, value, '\0'),
    };

    if (pair.name == NULL || pair.value == NULL)
        return ctx_fail(in->c, ST_MALFORMED, "query", NULL, "must be valid UTF-8 without %%00");
    in->query = arena_grow(&in->c->arena, in->query, in->query_count, &in->query_capacity, sizeof *in->query);
    in->query[in->query_count++] = pair;
    return ST_OK;
}

enum status guard_media(struct request *in)
{
    static const char json[] = "application/json";
    const char *type = in_header(in, "Content-Type");
    char after;

    if (in->size == 0 || in->route->media == MEDIA_ANY)
        return ST_OK;
    if (type != NULL && strncasecmp(type, json, sizeof json - 1) == 0) {
        after = type[sizeof json - 1];
        if (after == '\0' || after == ';' || after == ' ')
            return ST_OK;
    }
    return ctx_fail(in->c, ST_MEDIA_TYPE, "Content-Type", type, "must be application/json");
}
