/* Building answers: JSON, bytes, problem documents. */
#include "http/reply.h"

#include <string.h>

struct json_writer *reply_json(struct ctx *c, struct reply *out)
{
    out->type = "application/json";
    text_init(&out->body, &c->arena);
    json_init(&out->json, &out->body);
    return &out->json;
}

/* The name reduced to what every browser and shell takes; the full one would need RFC 5987 and gains nothing. */
static const char *plain_name(struct ctx *c, const char *name)
{
    char *plain = arena_text(&c->arena, name);

    for (char *at = plain; *at != '\0'; at++)
        if (strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_", *at) == NULL)
            *at = '_';
    return plain;
}

void reply_bytes(struct ctx *c, struct reply *out, const char *type, const char *data, size_t size,
                 const char *name)
{
    out->type = type;
    out->data = data;
    out->size = size;
    if (name != NULL)
        reply_header(out, "Content-Disposition",
                     arena_printf(&c->arena, "attachment; filename=\"%s\"", plain_name(c, name)));
}

void reply_later(struct ctx *c, struct reply *out, const char *type, const char *name, reply_pour *pour,
                 void *arg)
{
    reply_bytes(c, out, type, "", 0, name);
    out->pour = pour;
    out->pour_arg = arg;
}

void reply_created(struct ctx *c, struct reply *out, const char *location, ...)
{
    va_list args;

    va_start(args, location);
    reply_header(out, "Location", arena_vprintf(&c->arena, location, args));
    va_end(args);
    out->status = 201;
}

void reply_empty(struct reply *out)
{
    out->status = 204;
    out->type = NULL;
    out->size = 0;
}

void reply_stream(struct reply *out, struct streams *streams, int64_t channel, int64_t user)
{
    out->type = "text/event-stream";
    out->streams = streams;
    out->channel = channel;
    out->user = user;
    reply_header(out, "X-Accel-Buffering", "no"); /* a proxy shall not wait for the end */
}

void reply_header(struct reply *out, const char *name, const char *value)
{
    if (out->header_count == REPLY_MAX_HEADERS)
        return;
    out->headers[out->header_count].name = name;
    out->headers[out->header_count++].value = value;
}

/* More errors than this help nobody, and an answer should not be larger than its question. */
enum { PROBLEM_MOST = 100 };

static const char *title_of(enum status status)
{
    static const char *const titles[ST_COUNT] = {
        [ST_OK] = "Fine",
        [ST_MALFORMED] = "The request cannot be read",
        [ST_INVALID] = "The request breaks a rule",
        [ST_TOO_LARGE] = "The request is too large",
        [ST_MEDIA_TYPE] = "The content type is not understood",
        [ST_METHOD] = "The method is not allowed here",
        [ST_UNKNOWN_USER] = "Sign in first",
        [ST_DENIED] = "Your role does not allow this",
        [ST_OWN_PASSWORD] = "Choose a password of your own first",
        [ST_NOT_FOUND] = "There is no such thing",
        [ST_CONFLICT] = "It conflicts with what is there",
        [ST_STALE] = "Somebody changed it meanwhile",
        [ST_KEY_REUSED] = "The idempotency key was used for something else",
        [ST_SHORT] = "Not enough stock",
        [ST_UNSAFE] = "A critical finding is unanswered",
        [ST_TOO_MANY] = "Too many requests",
        [ST_BUSY] = "Busy; try again soon",
        [ST_BROKEN] = "Something is broken here",
    };

    return titles[status];
}

/* One sentence made of the first thing that is wrong. */
static const char *detail_of(struct ctx *c)
{
    const struct fault_item *first = c->fault.items;

    if (c->fault.count == 0)
        return title_of(c->fault.status);
    if (first->field == NULL)
        return first->rule;
    if (first->value == NULL)
        return arena_printf(&c->arena, "%s %s", first->field, first->rule);
    return arena_printf(&c->arena, "%s \"%s\" %s", first->field, first->value, first->rule);
}

void reply_problem(struct ctx *c, struct reply *out)
{
    const struct fault *fault = &c->fault;
    struct json_writer *w = reply_json(c, out);

    out->status = status_http(fault->status);
    out->type = "application/problem+json";
    out->data = NULL;
    out->cacheable = false;
    json_open_object(w, NULL);
    json_text(w, "type", arena_printf(&c->arena, "urn:yaofang:problem:%s", status_word(fault->status)));
    json_text(w, "title", title_of(fault->status));
    json_i64(w, "status", out->status);
    json_text(w, "detail", detail_of(c));
    json_text(w, "code", status_word(fault->status));
    json_open_list(w, "errors");
    for (size_t i = 0; i < fault->count && i < PROBLEM_MOST; i++) {
        json_open_object(w, NULL);
        json_text(w, "field", fault->items[i].field);
        json_text(w, "value", fault->items[i].value);
        json_text(w, "rule", fault->items[i].rule);
        json_close_object(w);
    }
    json_close_list(w);
    json_text(w, "trace", c->trace);
    json_close_object(w);
    if (fault->status == ST_BUSY || fault->status == ST_TOO_MANY)
        reply_header(out, "Retry-After", fault->status == ST_BUSY ? "1" : "60");
}

void reply_finish(struct reply *out)
{
    if (out->data != NULL || out->body.data == NULL || out->status == 204)
        return;
    out->data = out->body.data;
    out->size = out->body.size;
}

void reply_secure(struct reply *out, bool tls)
{
    reply_header(out, "X-Content-Type-Options", "nosniff");
    reply_header(out, "Referrer-Policy", "no-referrer");
    reply_header(out, "Cross-Origin-Opener-Policy", "same-origin");
    reply_header(
        out, "Content-Security-Policy",
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
        "base-uri 'none'; frame-ancestors 'none'; form-action 'self'");
    if (!out->cacheable)
        reply_header(out, "Cache-Control", "no-store");
    if (tls)
        reply_header(out, "Strict-Transport-Security", "max-age=31536000");
}
