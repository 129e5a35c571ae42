/* The HTTP server alone, with a small service of its own, and bytes on a socket: for what a well-behaved client cannot say. */
#ifndef YAOFANG_TESTS_BARE_H
#define YAOFANG_TESTS_BARE_H

#include <stdatomic.h>
#include <stddef.h>

#include "http/server.h"

#define END "Connection: close\r\n\r\n"
#define HOST "Host: test\r\n"
#define JSON_TYPE "Content-Type: application/json\r\n"
#define SMUGGLED "GET /word HTTP/1.1\r\n" HOST END

#define SLOW "GET /slow HTTP/1.1\r\n" HOST END

/* Bodies are at most this long. */
enum { SMALL_BODY = 4096 };

/* Routes: GET /word (loop thread), /fast and /slow (lanes) answer their path; POST /echo its "word". */
extern struct server *bare_server;
extern struct ctx bare; /* for the tests' own use */
extern atomic_int bare_handled, bare_slow,
    bare_workers;             /* requests handled, slow ones begun, workers alive */
extern atomic_bool bare_hold; /* slow requests wait while it is set */

/* Two fast workers, one slow one, two places in a queue; at most 40 connections. */
void bare_start(void);
void bare_stop(void);

/* One more server, at the port of the first. */
enum status bare_start_again(struct ctx *c, struct server **second) MUST_CHECK;

int dial(void);
void say(int fd, const char *bytes, size_t size);

/* Everything until the server closes the connection; and both at once. */
const char *hear(int fd);
const char *say_and_hear(const char *bytes, size_t size);

int status_of(const char *heard); /* 0: no answer */
int count_of(const char *text, const char *word);

#endif
