/* The whole service on a port of its own, and a client of it: for tests of the API. Everything here aborts the test when it
   fails; answers are for the tests to judge. */
#ifndef YAOFANG_TESTS_SERVICE_H
#define YAOFANG_TESTS_SERVICE_H

#include <stdbool.h>

#include "base/config.h"
#include "base/ctx.h"

/* Starts the service on database `name` (see support/database.h; NULL: without a database), stops it. One at a time. A test
   may change service_config before starting: it is reset by service_stop. */
extern struct config service_config;
void service_start(const char *name);
void service_stop(void);

/* The port of 127.0.0.1 it listens at, for a test that must hold a connection itself. */
int service_port(void);

/* What is asked. Zero it and set what is needed. */
struct ask {
    const char *method; /* NULL: GET, or POST when there is a body */
    const char *path;
    const char *body;
    size_t size;            /* 0: strlen(body) */
    const char *type;       /* NULL: application/json when there is a body */
    const char *cookie;     /* "name=value", or NULL */
    const char *bearer;     /* token, or NULL */
    const char *key;        /* Idempotency-Key, or NULL */
    const char *headers[6]; /* further ones, "Name: value" */
};

struct answer {
    int status;
    const char *headers; /* as received */
    const char *body;
    size_t size;
};

/* Asks and waits for the answer; status 0 when there was none. Text lives in the context's arena. Thread-safe. */
struct answer ask(struct ctx *c, const struct ask *what);

/* The value of a header of an answer, or NULL. */
const char *answer_header(struct ctx *c, const struct answer *answer, const char *name);

/* The text between the first `"key":"` and the next quotation mark, or the digits behind `"key":`; "" when there is none. Enough
   to pick an id out of an answer. */
const char *answer_member(struct ctx *c, const struct answer *answer, const char *key);

/* Gives the demo shop's person a known password and signs in; returns the cookie. */
const char *sign_in_as(struct ctx *c, const char *database, const char *username);
#define TEST_PASSWORD "correct horse battery"

#endif
