/* Routes as data, and finding the one a request means. A path is written "/api/v1/orders/:id/allocation"; a part that
   begins with ':' takes any one segment. */
#ifndef YAOFANG_HTTP_ROUTE_H
#define YAOFANG_HTTP_ROUTE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"

struct query;
struct reply;
struct request;

/* A handler reads the request, calls the business, and fills the reply; a status other than ST_OK becomes a problem
   document made of the context's fault. */
typedef enum status handler(struct ctx *c, struct request *in, struct reply *out);

#define METHOD_LIST(X) X(GET) X(POST) X(PUT) X(DELETE) X(OPTIONS)
#define METHOD_ENUM(name) METHOD_##name,
enum method { METHOD_LIST(METHOD_ENUM) METHOD_COUNT };
#undef METHOD_ENUM

/* Where a request runs. NONE: at once on the loop thread, c->db is NULL, must not block. FAST: a worker with a database
   connection. SLOW: a worker for what takes long (exports, labels, imports, passwords), so that it cannot hold up the rest. */
enum lane { LANE_NONE, LANE_FAST, LANE_SLOW, LANE_COUNT };

enum route_kind {
    ROUTE_ROW,   /* data: one row of `query` as an object, 404 when there is none */
    ROUTE_ROWS,  /* data: all rows of `query` as {"rows":[…]} */
    ROUTE_CALL,  /* a handler that changes nothing that a repetition could double */
    ROUTE_WRITE, /* a handler that changes state: needs Idempotency-Key, runs in one transaction with it */
};

enum media { MEDIA_JSON, MEDIA_ANY };

/* Role bits of a route: nobody need be signed in; anybody who is; the same, and even before her password is her own; another system, by
   a token it signed (CDS Hooks). */
enum { ROLE_PUBLIC = 0, ROLE_ANY = 0x1FFFFFFF, ROLE_OWN_SIGN_IN = 0x3FFFFFFF, ROLE_CLIENT = 0x40000000 };

struct route {
    enum method method;
    enum route_kind kind;
    enum lane lane;
    enum media media; /* of the body, where there is one */
    unsigned roles;   /* one of these bits is needed; ROLE_PUBLIC: none */
    const char *path;
    handler *handle;           /* ROUTE_CALL, ROUTE_WRITE */
    const struct query *query; /* ROUTE_ROW, ROUTE_ROWS */
    const char *from;          /* where the query's parameters come from, see api/routes.h */
    const char *summary;
    const char *body;   /* name of the schema of what is sent; NULL: nothing */
    const char *answer; /* name of the schema of the answer; NULL: no JSON */
    size_t body_limit;  /* bytes; 0: the server's */
};

enum { ROUTE_MAX_PARTS = 12 };

struct path_part {
    const char *name; /* as in the route, without ':' */
    const char *text; /* as sent, percent-decoded */
};

/* Finds the route. ST_NOT_FOUND when no path matches, ST_METHOD when only the method does not: then `allowed` gets a list
   for the Allow header. The path must be decoded. `parts` gets what the ':' segments held. A literal segment is
   preferred to a ':' one (herbs/search before herbs/:id). */
enum status route_find(struct ctx *c, const struct route *routes, size_t count, enum method method,
                       const char *path, const struct route **route, struct path_part parts[ROUTE_MAX_PARTS],
                       size_t *n, const char **allowed) MUST_CHECK;

const char *method_word(enum method method);

#endif
