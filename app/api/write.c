/* A change over HTTP runs once per Idempotency-Key (PRODUCT law 4; core/once.h): from the handler's reply to the answer that is
   kept, and back. */
#include <string.h>

#include "api/internal.h"
#include "core/once.h"

struct change {
    struct exchange *e;
    struct once once;
};

static const char *location_of(const struct reply *out)
{
    for (size_t i = 0; i < out->header_count; i++)
        if (strcmp(out->headers[i].name, "Location") == 0)
            return out->headers[i].value;
    return NULL;
}

/* The body of the transaction; may run again, so the reply starts anew. */
static enum status handle(struct ctx *c, void *arg)
{
    struct change *change = arg;
    struct exchange *e = change->e;

    e->out = (struct reply){ 0 };
    e->in.body = NULL;
    TRY(e->in.route->handle(c, &e->in, &e->out));
    reply_finish(&e->out);
    if (e->out.status == 0)
        e->out.status = 200;
    change->once.answer =
        (struct once_answer){ e->out.status, e->out.size == 0 ? "" : e->out.data, location_of(&e->out) };
    if (e->out.kept != NULL)
        change->once.answer.text = e->out.kept;
    return ST_OK;
}

static void replay(struct ctx *c, const struct once_answer *earlier, struct reply *out)
{
    *out = (struct reply){ .status = (int)earlier->status };
    if (earlier->status != 204)
        reply_bytes(c, out, "application/json", earlier->text, strlen(earlier->text), NULL);
    if (*earlier->location != '\0')
        reply_header(out, "Location", earlier->location);
    reply_header(out, "Idempotent-Replay", "true");
}

enum status write_once(struct api *api, struct exchange *e)
{
    struct ctx *c = &e->c;
    struct secret_hash hash = secret_hash(&api->key, e->in.data, e->in.size);
    struct change change = { .e = e };

    change.once = (struct once){
        .field = "Idempotency-Key",
        .key = in_header(&e->in, "Idempotency-Key"),
        .operation = arena_printf(&c->arena, "%s %s", method_word(e->in.method), e->in.path),
        .said = secret_hash_text(&c->arena, &hash),
        .body = handle,
        .arg = &change,
    };
    TRY(once_run(c, &change.once));
    if (change.once.replayed)
        replay(c, &change.once.answer, &e->out);
    /* Not before the commit: whoever asked meanwhile would have been remembered as she was. */
    if (e->out.stranger != 0)
        passport_forget_user(api->passports, c->who.shop_id, e->out.stranger);
    return ST_OK;
}
