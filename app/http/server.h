/* The HTTP server: guards, routes, lanes. Knows nothing of what the application answers. The only includer of libmicrohttpd
   is server.c.

   A request is read whole on a loop thread, found in the route table, placed in a lane by the application, and answered
   there: on the loop thread, or by a worker while the connection is suspended. A full lane answers 503 at once. */
#ifndef YAOFANG_HTTP_SERVER_H
#define YAOFANG_HTTP_SERVER_H

#include <stdint.h>

#include "base/ctx.h"
#include "http/exchange.h"

/* What the application gives. `app` is passed to place and worker_open, and stands in request.app. */
struct service {
    void *app;

    /* On the loop thread, with the whole request read and its route found: says which lane answers, or answers itself
       (a refusal) and returns LANE_NONE with out->status set. Must not block. */
    enum lane (*place)(void *app, struct exchange *e);

    /* Answers on the loop thread what was placed in LANE_NONE and has no status yet. */
    void (*answer)(void *app, struct exchange *e);

    /* A worker's life on its own thread. `run` answers n requests; n > 1 only for data routes, at most BATCH_MOST. */
    void *(*worker_open)(void *app, enum lane lane);
    void (*worker_run)(void *worker, struct exchange **batch, size_t n);
    void (*worker_close)(void *worker);

    /* After the answer: logging and counting. */
    void (*done)(void *app, const struct exchange *e);
};

enum { BATCH_MOST = 16 };

struct server_options {
    const char *address;
    int port;    /* 0: any free one, see server_port */
    int threads; /* event loops */
    int fast_workers;
    int slow_workers;
    int queue_most;           /* requests waiting per lane before 503 */
    int connections_most;     /* 0: 2,000 */
    int connections_per_host; /* 0: 500 */
    int timeout_seconds;      /* idle or half-sent; 0: 20 */
    size_t body_limit;        /* 0: 1 MiB */
    struct streams *streams;  /* of reply_stream; NULL: none */
    bool secure;              /* people reach it over TLS: adds Strict-Transport-Security */
    const struct route *routes;
    size_t route_count;
};

struct server;

/* Starts listening and answering. Fails with ST_CONFLICT when the address is taken. */
enum status server_start(struct ctx *c, const struct server_options *options, const struct service *service,
                         struct server **server) MUST_CHECK;

/* Answers the requests that wait, and new ones with 503 meanwhile, and frees everything. */
void server_stop(struct server *server);

int server_port(const struct server *server);

/* How many requests wait in a lane. */
int server_waiting(const struct server *server, enum lane lane);

#endif
