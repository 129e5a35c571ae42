/* The place that knows libmicrohttpd (with server_answer.c): collects a request, has it placed, suspends the connection while a worker answers,
   and sends. libmicrohttpd calls on_request several times per request; an answer can only be queued when no body is
   pending, and stopping with suspended connections is undefined, so server_stop empties the lanes first. */
#include "http/server.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netdb.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "http/exchange.h"
#include "http/guard.h"
#include "http/lane.h"
#include "http/server_parts.h"

enum { PRESET_BODY = 1 << 20, PRESET_CONNECTIONS = 2000, PRESET_PER_HOST = 500, PRESET_TIMEOUT = 20 };
enum { HEADER_MEMORY = 32 * 1024, STOP_PATIENCE_MS = 3000 };

static enum MHD_Result collect_header(void *cls, enum MHD_ValueKind kind, const char *name, const char *value)
{
    struct request *in = cls;

    (void)kind;
    in->headers =
        arena_grow(&in->c->arena, in->headers, in->header_count, &in->header_capacity, sizeof *in->headers);
    in->headers[in->header_count++] = (struct pair){ .name = name, .value = value == NULL ? "" : value };
    return MHD_YES;
}

static enum MHD_Result collect_parameter(void *cls, enum MHD_ValueKind kind, const char *name,
                                         const char *value)
{
    (void)kind;
    return guard_parameter(cls, name, value) == ST_OK ? MHD_YES : MHD_NO;
}

/* Leaves escapes as sent: guard.c decodes, and sees a %00. */
static size_t leave_escaped(void *cls, struct MHD_Connection *connection, char *text)
{
    (void)cls;
    (void)connection;
    return strlen(text);
}

static enum MHD_Result send_answer(struct peer *peer)
{
    struct exchange *e = &peer->e;
    struct reply *out = &e->out;
    struct MHD_Response *response;
    enum MHD_Result queued;

    reply_finish(out);
    response = server_response(peer);
    reply_secure(out, peer->server->options.secure);
    if (response == NULL)
        return MHD_NO;
    if (out->type != NULL)
        (void)MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, out->type);
    for (size_t i = 0; i < out->header_count; i++)
        (void)MHD_add_response_header(response, out->headers[i].name, out->headers[i].value);
    if (peer->closing)
        (void)MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
    queued = MHD_queue_response(e->connection, (unsigned)out->status, response);
    MHD_destroy_response(response);
    return queued;
}

/* Answers with the context's fault and ends the connection, because what follows on it cannot be trusted or is not wanted. */
static enum MHD_Result refuse(struct peer *peer)
{
    reply_problem(&peer->e.c, &peer->e.out);
    peer->answered = peer->closing = true;
    return send_answer(peer);
}

static enum status find_route(struct server *server, struct exchange *e)
{
    const char *allowed = NULL;
    enum status status = route_find(&e->c, server->options.routes, server->options.route_count, e->in.method,
                                    e->in.path, &e->in.route, e->in.parts, &e->in.part_count, &allowed);

    if (allowed != NULL && *allowed != '\0')
        reply_header(&e->out, "Allow", allowed);
    return status;
}

static size_t body_limit(const struct peer *peer)
{
    const struct route *route = peer->e.in.route;

    return route->body_limit != 0 ? route->body_limit : peer->server->options.body_limit;
}

static enum status check_length(struct peer *peer)
{
    int64_t length = guard_length(&peer->e.in);

    if (length >= 0 && (uint64_t)length > body_limit(peer))
        return ctx_fail(&peer->e.c, ST_TOO_LARGE, "body", NULL, "must be at most %zu bytes; it has %lld",
                        body_limit(peer), (long long)length);
    return ST_OK;
}

/* The first call of a request: its head is known, its body is not. */
static enum status read_head(struct peer *peer, const char *url, const char *method, const char *version)
{
    struct exchange *e = &peer->e;

    TRY(guard_method(&e->c, method, &e->in.method));
    MHD_get_connection_values(e->connection, MHD_HEADER_KIND, collect_header, &e->in);
    TRY(guard_headers(&e->in, version));
    TRY(guard_path(&e->in, url));
    MHD_get_connection_values(e->connection, MHD_GET_ARGUMENT_KIND, collect_parameter, &e->in);
    TRY(ctx_fault_or_ok(&e->c));
    TRY(find_route(peer->server, e));
    return check_length(peer);
}

static enum MHD_Result begin(struct peer *peer, const char *url, const char *method, const char *version)
{
    struct server *server = peer->server;

    atomic_fetch_add(&server->active, 1);
    exchange_begin(&peer->e, atomic_fetch_add(&server->traces, 1));
    peer->e.in.app = server->service.app;
    peer->e.in.address = peer->address;
    return read_head(peer, url, method, version) == ST_OK ? MHD_YES : refuse(peer);
}

static enum MHD_Result take_body(struct peer *peer, const char *data, size_t *size)
{
    const bool patient = peer->answered || exchange_take_body(&peer->e, data, *size, body_limit(peer));

    *size = 0;
    return patient ? MHD_YES : MHD_NO;
}

static enum MHD_Result answer_now(struct peer *peer)
{
    struct exchange *e = &peer->e;

    if (e->out.status == 0)
        peer->server->service.answer(peer->server->service.app, e);
    peer->answered = true;
    return send_answer(peer);
}

/* The whole request is here. */
static enum MHD_Result dispatch(struct peer *peer)
{
    struct server *server = peer->server;
    struct exchange *e = &peer->e;
    enum lane lane;

    if (e->too_large)
        ctx_note(&e->c, ST_TOO_LARGE, "body", NULL, "must be at most %zu bytes", body_limit(peer));
    if (e->too_large || e->no_room)
        return refuse(peer);
    if (guard_media(&e->in) != ST_OK) {
        reply_problem(&e->c, &e->out);
        return answer_now(peer);
    }
    lane = server->service.place(server->service.app, e);
    if (lane == LANE_NONE)
        return answer_now(peer);
    if (!lane_reserve(server->lanes[lane])) {
        ctx_note(&e->c, ST_BUSY, NULL, NULL, "too many requests wait already");
        reply_problem(&e->c, &e->out);
        return answer_now(peer);
    }
    MHD_suspend_connection(e->connection); /* before a worker can resume it */
    lane_put(server->lanes[lane], e);
    return MHD_YES;
}

static void worker_answered(struct exchange *e)
{
    struct peer *peer = (struct peer *)e; /* e is its first member */

    e->c.db = NULL;
    peer->answered = true;
    MHD_resume_connection(e->connection);
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *data, size_t *size,
                                  void **con_cls)
{
    struct peer *peer = *con_cls;

    (void)cls;
    if (peer == NULL) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

        peer = *con_cls = info->socket_context;
        peer->e.connection = connection;
        return begin(peer, url, method, version);
    }
    if (*size > 0)
        return take_body(peer, data, size);
    return peer->answered ? send_answer(peer) : dispatch(peer);
}

static void on_completed(void *cls, struct MHD_Connection *connection, void **con_cls,
                         enum MHD_RequestTerminationCode code)
{
    struct server *server = cls;
    struct peer *peer = *con_cls;

    (void)connection;
    (void)code;
    if (peer == NULL)
        return;
    server->service.done(server->service.app, &peer->e);
    exchange_reset(&peer->e);
    peer->answered = peer->closing = false;
    *con_cls = NULL;
    atomic_fetch_sub(&server->active, 1);
}

static void address_text(struct MHD_Connection *connection, char text[INET6_ADDRSTRLEN])
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *address = info == NULL ? NULL : info->client_addr;
    const socklen_t size = address != NULL && address->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6)
                                                                             : sizeof(struct sockaddr_in);

    if (address == NULL || getnameinfo(address, size, text, INET6_ADDRSTRLEN, NULL, 0, NI_NUMERICHOST) != 0)
        text[0] = '\0';
}

static void on_connection(void *cls, struct MHD_Connection *connection, void **context,
                          enum MHD_ConnectionNotificationCode code)
{
    struct peer *peer = *context;

    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        peer = calloc(1, sizeof *peer);
        if (peer == NULL)
            arena_out_of_memory();
        ctx_init(&peer->e.c);
        peer->server = cls;
        address_text(connection, peer->address);
        *context = peer;
    } else if (peer != NULL) {
        ctx_close(&peer->e.c);
        free(peer);
        *context = NULL;
    }
}

static void on_error(void *cls, const char *format, va_list args)
{
    struct arena arena;

    (void)cls;
    arena_init(&arena);
    log_line(LOG_DEBUG, "event=http said=\"%s\"", arena_vprintf(&arena, format, args));
    arena_close(&arena);
}

static void presets(struct server_options *options)
{
    if (options->body_limit == 0)
        options->body_limit = PRESET_BODY;
    if (options->connections_most == 0)
        options->connections_most = PRESET_CONNECTIONS;
    if (options->connections_per_host == 0)
        options->connections_per_host = PRESET_PER_HOST;
    if (options->timeout_seconds == 0)
        options->timeout_seconds = PRESET_TIMEOUT;
}

static enum status listen_at(struct ctx *c, struct server *server)
{
    const struct server_options *o = &server->options;
    const struct addrinfo hints = { .ai_flags = AI_PASSIVE | AI_NUMERICSERV, .ai_socktype = SOCK_STREAM };
    const char *port = arena_printf(&c->arena, "%d", o->port);
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    struct addrinfo *found = NULL;

    if (getaddrinfo(o->address, port, &hints, &found) != 0)
        return ctx_fail(c, ST_INVALID, "YAOFANG_LISTEN", o->address, "is not an address of this machine");
    if (found->ai_family == AF_INET6)
        flags |= MHD_USE_IPv6;
    server->daemon = MHD_start_daemon(
        flags, (uint16_t)o->port, NULL, NULL, on_request, server, MHD_OPTION_EXTERNAL_LOGGER, on_error, NULL,
        MHD_OPTION_SOCK_ADDR, found->ai_addr, MHD_OPTION_NOTIFY_COMPLETED, on_completed, server,
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, server, MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped,
        NULL, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)o->timeout_seconds,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)o->connections_most, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
        (unsigned)o->connections_per_host, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADER_MEMORY,
        MHD_OPTION_THREAD_POOL_SIZE, (unsigned)(o->threads > 1 ? o->threads : 0), MHD_OPTION_END);
    freeaddrinfo(found);
    if (server->daemon == NULL)
        return ctx_fail(c, ST_CONFLICT, "YAOFANG_PORT", port, "is in use at %s by another program",
                        o->address);
    return ST_OK;
}

static enum status open_lanes(struct ctx *c, struct server *server)
{
    const int workers[LANE_COUNT] = { 0, server->options.fast_workers, server->options.slow_workers };

    for (int lane = LANE_FAST; lane < LANE_COUNT; lane++) {
        const struct lane_options options = {
            .lane = (enum lane)lane,
            .workers = workers[lane],
            .most = server->options.queue_most,
            .service = &server->service,
            .answered = worker_answered,
        };

        server->lanes[lane] = lane_open(&options);
        if (server->lanes[lane] == NULL)
            return ctx_fail(c, ST_BROKEN, NULL, NULL, "no worker could be started");
    }
    return ST_OK;
}

enum status server_start(struct ctx *c, const struct server_options *options, const struct service *service,
                         struct server **server)
{
    struct server *made = calloc(1, sizeof *made);
    enum status status;

    if (made == NULL)
        arena_out_of_memory();
    made->options = *options;
    made->service = *service;
    atomic_store(&made->traces, (uint64_t)exchange_clock());
    presets(&made->options);
    if (options->streams != NULL)
        streams_serve(options->streams, (struct stream_sleep){ sleep_connection, wake_connection });
    status = open_lanes(c, made);
    if (status == ST_OK)
        status = listen_at(c, made);
    if (status != ST_OK) {
        server_stop(made);
        return status;
    }
    *server = made;
    return ST_OK;
}

/* Who comes while it stops is answered by the stopped lanes (503) until the loops stop too. MHD_quiesce_daemon would turn people away
   earlier, but in 0.9.75 it and a thread of the pool may both take the listening socket out of the same epoll set, and the second aborts
   the program. */
void server_stop(struct server *server)
{
    if (server->options.streams != NULL)
        streams_end(server->options.streams);
    for (int lane = LANE_FAST; lane < LANE_COUNT; lane++)
        if (server->lanes[lane] != NULL)
            lane_stop(server->lanes[lane]);
    for (int ms = 0; atomic_load(&server->active) > 0 && ms < STOP_PATIENCE_MS; ms += 5)
        (void)usleep(5000);
    if (server->daemon != NULL)
        MHD_stop_daemon(server->daemon);
    for (int lane = LANE_FAST; lane < LANE_COUNT; lane++)
        if (server->lanes[lane] != NULL)
            lane_free(server->lanes[lane]);
    free(server);
}

int server_port(const struct server *server)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);

    return info == NULL ? 0 : info->port;
}

int server_waiting(const struct server *server, enum lane lane)
{
    return lane == LANE_NONE ? 0 : lane_waiting(server->lanes[lane]);
}
