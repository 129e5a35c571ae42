/* A change runs once per Idempotency-Key (PRODUCT laws; WANTED 2). The key is claimed in the transaction of the change, so a
   second request with the same key waits for the first and then gets its answer; when the first fails, nothing is kept. */
#include <string.h>

#include "api/internal.h"
#include "sql.h"

enum { KEY_LONGEST = 200 };

struct change {
    struct exchange *e;
    const char *key;
    const char *operation;
    const char *body_hash;
};

struct earlier {
    int64_t user_id;
    const char *operation;
    const char *body_hash;
    int status;
    const char *answer;
    const char *location; /* "" when there was none */
};

static const struct column earlier_columns[] = {
    COLUMN(struct earlier, user_id),
    COLUMN(struct earlier, operation),
    COLUMN(struct earlier, body_hash),
    COLUMN(struct earlier, status),
    COLUMN(struct earlier, answer),
    COLUMN(struct earlier, location),
    COLUMNS_END,
};

/* The key was used before: the same question gets the same answer. */
static enum status replay(struct ctx *c, const struct change *change)
{
    struct reply *out = &change->e->out;
    struct earlier earlier;
    bool found;

    TRY(db_row(c, &q_idempotency_find, PARAMS(SHOP(c), TEXT(change->key)), earlier_columns, &earlier,
               &found));
    if (!found)
        return ctx_fail(c, ST_BUSY, "Idempotency-Key", change->key, "is being used at this moment");
    if (earlier.user_id != c->who.user_id || strcmp(earlier.operation, change->operation) != 0 ||
        strcmp(earlier.body_hash, change->body_hash) != 0)
        return ctx_fail(c, ST_KEY_REUSED, "Idempotency-Key", change->key,
                        "was used for another request; make a new key for each change");
    out->status = earlier.status;
    if (earlier.status != 204)
        reply_bytes(c, out, "application/json", earlier.answer, strlen(earlier.answer), NULL);
    if (*earlier.location != '\0')
        reply_header(out, "Location", earlier.location);
    reply_header(out, "Idempotent-Replay", "true");
    return ST_OK;
}

static const char *location_of(const struct reply *out)
{
    for (size_t i = 0; i < out->header_count; i++)
        if (strcmp(out->headers[i].name, "Location") == 0)
            return out->headers[i].value;
    return NULL;
}

/* The body of the transaction; may run again, so the reply starts anew. */
static enum status claim_and_run(struct ctx *c, void *arg)
{
    struct change *change = arg;
    struct exchange *e = change->e;
    size_t claimed;

    e->out = (struct reply){ 0 };
    e->in.body = NULL;
    TRY(db_change(
        c, &q_idempotency_claim,
        PARAMS(SHOP(c), TEXT(change->key), USER(c), TEXT(change->operation), TEXT(change->body_hash)),
        &claimed));
    if (claimed == 0)
        return replay(c, change);
    TRY(e->in.route->handle(c, &e->in, &e->out));
    reply_finish(&e->out);
    if (e->out.status == 0)
        e->out.status = 200;
    return db_run(c, &q_idempotency_store,
                  PARAMS(SHOP(c), TEXT(change->key), I64(e->out.status),
                         TEXT(e->out.size == 0 ? "" : e->out.data), TEXT_OR_NULL(location_of(&e->out))));
}

enum status write_once(struct api *api, struct exchange *e)
{
    struct ctx *c = &e->c;
    const char *key = in_header(&e->in, "Idempotency-Key");
    struct secret_hash hash = secret_hash(&api->key, e->in.data, e->in.size);
    struct change change = { .e = e, .key = key };

    if (key == NULL || *key == '\0' || strlen(key) > KEY_LONGEST)
        return ctx_fail(c, ST_INVALID, "Idempotency-Key", key,
                        "must be 1 to %d characters, new for each change", KEY_LONGEST);
    change.operation = arena_printf(&c->arena, "%s %s", method_word(e->in.method), e->in.path);
    change.body_hash = secret_hash_text(&c->arena, &hash);
    return db_tx(c, claim_and_run, &change);
}
