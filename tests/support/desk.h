/* The desk of a suite of tests/api: the service on a database of the suite's own, a second connection to set things up with, and changes
   asked for over HTTP. Everything here aborts the test when it fails. */
#ifndef YAOFANG_TESTS_DESK_H
#define YAOFANG_TESTS_DESK_H

#include "support/book.h" /* c: what is asked over HTTP */
#include "support/database.h"
#include "support/runner.h"
#include "support/service.h"

extern struct ctx stage; /* what is put in place by SQL, as desk_open's person */

void desk_open(const char *database, const char *username);
void desk_close(void);

/* A word nobody else says: the key of a change, a lot's code. */
const char *desk_word(void);

/* POST by the person of that cookie; the answer must have that status and hold that part. */
struct answer must(const char *cookie, const char *path, const char *body, int status, const char *part);

#define GRAMS(g) (INT64_C(1000) * (g))

#endif
