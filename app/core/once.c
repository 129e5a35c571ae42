/* A key is claimed in the transaction of the change: a second claim waits for the first to commit, then finds its answer. */
#include "core/once.h"

#include <string.h>

#include "sql.h"

enum { KEY_LONGEST = 200 };

struct earlier {
    int64_t user_id;
    const char *operation, *body_hash, *answer;
};

static const struct column earlier_columns[] = {
    COLUMN(struct earlier, user_id),
    COLUMN(struct earlier, operation),
    COLUMN(struct earlier, body_hash),
    COLUMN(struct earlier, answer),
    COLUMNS_END,
};

static enum status answer_again(struct ctx *c, struct once *once)
{
    struct earlier earlier;
    bool found;

    TRY(db_row(c, &q_idempotency_find, PARAMS(SHOP(c), TEXT(once->key)), earlier_columns, &earlier, &found));
    if (!found || earlier.user_id != c->who.user_id || strcmp(earlier.operation, once->operation) != 0 ||
        strcmp(earlier.body_hash, once->said) != 0)
        return ctx_fail(c, ST_KEY_REUSED, "key", once->key, "was used for something else");
    text_cut(once->answer, 0);
    text_add(once->answer, earlier.answer);
    return ST_OK;
}

static enum status claim_and_act(struct ctx *c, void *arg)
{
    struct once *once = arg;
    size_t claimed;

    TRY(db_change(c, &q_idempotency_claim,
                  PARAMS(SHOP(c), TEXT(once->key), USER(c), TEXT(once->operation), TEXT(once->said)),
                  &claimed));
    if (claimed == 0)
        return answer_again(c, once);
    TRY(once->body(c, once->arg));
    return db_run(c, &q_idempotency_store,
                  PARAMS(SHOP(c), TEXT(once->key), I64(200),
                         TEXT(once->answer->data == NULL ? "" : once->answer->data), NONE()));
}

enum status once_run(struct ctx *c, struct once *once)
{
    if (*once->key == '\0' || strlen(once->key) > KEY_LONGEST)
        return ctx_fail(c, ST_INVALID, "key", once->key, "is 1 to %d bytes", KEY_LONGEST);
    return db_tx(c, claim_and_act, once);
}
