/* A change that acts once per key (PRODUCT law 4): for every writing route and every command with --key. */
#ifndef YAOFANG_CORE_ONCE_H
#define YAOFANG_CORE_ONCE_H

#include <stdbool.h>

#include "db/db.h"

struct once_answer {
    int64_t status; /* as the API answers; commands leave 0 */
    const char *text;
    const char *location; /* where what was made is; "" or NULL: nowhere */
};

struct once {
    const char *field;     /* what the key is called where it was given, for errors */
    const char *key;       /* 1 to 200 bytes */
    const char *operation; /* what is done: the same key for something else is refused */
    const char *said;      /* everything that was asked, or a hash of it, to compare */
    tx_body *body;         /* does it, and fills in `answer` */
    void *arg;
    struct once_answer answer;
    bool replayed; /* nothing was done: `answer` is the first one */
};

/* Runs the body in a transaction with the record of its answer. When the key was used before, `answer` gets the first answer
   and nothing is done; ST_KEY_REUSED when it was used for something else. */
enum status once_run(struct ctx *c, struct once *once) MUST_CHECK;

#endif
