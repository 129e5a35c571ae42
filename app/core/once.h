/* A change that acts once per key (PRODUCT law 4), for commands; over HTTP the route's wrapper sees to it. */
#ifndef YAOFANG_CORE_ONCE_H
#define YAOFANG_CORE_ONCE_H

#include "base/text.h"
#include "db/db.h"

struct once {
    const char *key;       /* 1 to 200 bytes */
    const char *operation; /* what is done: the same key for something else is refused */
    const char *said;      /* everything that was asked, to compare */
    tx_body *body;         /* does it, and writes what it answers into `answer` */
    void *arg;
    struct text *answer;
};

/* Runs the body in a transaction with the record of its answer. When the key was used before, `answer` gets the first answer
   and nothing is done; ST_KEY_REUSED when it was used for something else. */
enum status once_run(struct ctx *c, struct once *once) MUST_CHECK;

#endif
