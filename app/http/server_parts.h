/* What server.c and server_answer.c share: the only includers of libmicrohttpd. */
#ifndef YAOFANG_HTTP_SERVER_PARTS_H
#define YAOFANG_HTTP_SERVER_PARTS_H

#include <arpa/inet.h>
#include <stdatomic.h>

#include "http/exchange.h"
#include "http/lane.h"

struct MHD_Daemon;
struct MHD_Response;

struct server {
    struct MHD_Daemon *daemon;
    struct server_options options;
    struct service service;
    struct lane_queue *lanes[LANE_COUNT];
    _Atomic int active;      /* requests begun and not completed */
    _Atomic uint64_t traces; /* for trace ids */
};

/* A connection and the request it carries: kept through keep-alive, so that the arena is used again. */
struct peer {
    struct exchange e;
    struct server *server;
    bool answered;
    bool closing; /* the connection ends with this answer */
    char address[INET6_ADDRSTRLEN];
};

/* The body of the answer: bytes, events, or what a worker pours; NULL when there is no memory. */
struct MHD_Response *server_response(struct peer *peer);

/* How a connection is put to sleep and woken; only suspended ones cost no loop. */
void sleep_connection(void *connection);
void wake_connection(void *connection);

#endif
