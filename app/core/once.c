/* The key is claimed in the transaction of the change, so a second one with the same key waits for the first and then gets its
   answer; when the first fails, nothing is kept. */
#include "core/once.h"

#include <string.h>

#include "sql.h"

enum { KEY_LONGEST = 200 };

struct earlier {
    int64_t user_id, status;
    const char *operation, *body_hash, *answer, *location;
};

static const struct column earlier_columns[] = {
    COLUMN(struct earlier, user_id),
    COLUMN(struct earlier, status),
    COLUMN(struct earlier, operation),
    COLUMN(struct earlier, body_hash),
    COLUMN(struct earlier, answer),
    COLUMN(struct earlier, location),
    COLUMNS_END,
};

/* The key was used before: the same question gets the same answer. */
static enum status answer_again(struct ctx *c, struct once *once)
{
    struct earlier earlier;
    bool found;

    TRY(db_row(c, &q_idempotency_find, PARAMS(SHOP(c), TEXT(once->key)), earlier_columns, &earlier, &found));
    if (!found)
        return ctx_fail(c, ST_BUSY, once->field, once->key, "is being used at this moment");
    if (earlier.user_id != c->who.user_id || strcmp(earlier.operation, once->operation) != 0 ||
        strcmp(earlier.body_hash, once->said) != 0)
        return ctx_fail(c, ST_KEY_REUSED, once->field, once->key,
                        "was used for something else; make a new key for each change");
    once->answer = (struct once_answer){ earlier.status, earlier.answer, earlier.location };
    once->replayed = true;
    return ST_OK;
}

static enum status claim_and_act(struct ctx *c, void *arg)
{
    struct once *once = arg;
    size_t claimed;

    once->replayed = false;
    TRY(db_change(c, &q_idempotency_claim,
                  PARAMS(SHOP(c), TEXT(once->key), USER(c), TEXT(once->operation), TEXT(once->said)),
                  &claimed));
    if (claimed == 0)
        return answer_again(c, once);
    TRY(once->body(c, once->arg));
    return db_later(c, &q_idempotency_store,
                    PARAMS(SHOP(c), TEXT(once->key), I64(once->answer.status),
                           TEXT(once->answer.text == NULL ? "" : once->answer.text),
                           TEXT_OR_NULL(once->answer.location)));
}

enum status once_run(struct ctx *c, struct once *once)
{
    if (once->key == NULL || *once->key == '\0' || strlen(once->key) > KEY_LONGEST)
        return ctx_fail(c, ST_INVALID, once->field, once->key,
                        "must be 1 to %d characters, new for each change", KEY_LONGEST);
    return db_tx(c, claim_and_act, once);
}
