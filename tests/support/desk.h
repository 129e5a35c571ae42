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

/* Who is signed in, and where her cookie is kept. A list of them ends with nobody. */
struct desk_person {
    const char **cookie;
    const char *username;
};

/* The service alone, with these people signed in. */
void desk_open_for(const char *database, const struct desk_person *people);

/* Sets the desk for a file that has named its DATABASE: `make_database` for the suite, `setup` and `desk_close` for each test.
   DESK({ &staff, "sam.ortiz" }, { &doctor, "dr.wu" }) */
#define DESK(...) \
    static void make_database(void) \
    { \
        database_fresh(DATABASE); \
    } \
    static void setup(void) \
    { \
        desk_open_for(DATABASE, (const struct desk_person[]){ __VA_ARGS__, { NULL, NULL } }); \
    }

/* A word nobody else says: the key of a change, a lot's code. */
const char *desk_word(void);

/* A change asked for by the person of that cookie, under a key of its own. */
struct answer desk_send(const char *cookie, const char *method, const char *path, const char *body);

/* POST by the person of that cookie; the answer must have that status and hold that part. */
struct answer must(const char *cookie, const char *path, const char *body, int status, const char *part);

#define GRAMS(g) (INT64_C(1000) * (g))

#endif
