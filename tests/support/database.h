/* Databases for tests: a copy of one migrated and seeded template per suite, in the throw-away cluster that
   app/deploy/with-cluster made. Everything here aborts the test when it fails. */
#ifndef YAOFANG_TESTS_DATABASE_H
#define YAOFANG_TESTS_DATABASE_H

#include "base/ctx.h"

enum test_login { TEST_APP, TEST_OWNER, TEST_SUPER };

/* (Re)makes database `name` with schema, reference facts and demo shop. Call it in an unchecked fixture, once per suite, or in
   a test that needs one of its own. */
void database_fresh(const char *name);

/* (Re)makes database `name` without anything in it. */
void database_empty(const char *name);

/* The connection string of database `name` for that login. Static storage per thread, overwritten by the next call. */
const char *database_url(const char *name, enum test_login login);

/* Initialises the context and opens its connection to database `name`, with the demo shop set. ctx_close ends both. */
void database_open_test(struct ctx *c, const char *name, enum test_login login);

/* Makes that person of the demo shop the one who acts. */
void act_as(struct ctx *c, const char *username);

/* Runs SQL as written, as the context's shop: for attacks on the schema and for setting a stage. */
enum status sql_try(struct ctx *c, const char *sql) MUST_CHECK;
void sql_must(struct ctx *c, const char *sql);

/* The one number a SELECT gives. */
int64_t sql_number(struct ctx *c, const char *sql);

/* The first fault as "field: rule", for a readable failure. */
const char *fault_text(struct ctx *c);

#endif
