/* The service: opening and closing, the route table, and how a request is placed, answered and counted. */
#include "api/api.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "api/cds.h"
#include "api/handlers.h"
#include "api/internal.h"
#include "api/read.h"
#include "base/log.h"
#include "sql.h"

enum {
    SLOW_WORKERS = 2 /* bounds the memory of Argon2id */,
    QUEUE_MOST = 1024,
    LOOP_BODY_MOST = 16 * 1024,
    UPLOAD_MOST = 64 * 1024 * 1024
};

#define READ_OF(kind_, path_, query_, from_, roles_, summary_, answer_) \
    { .method = METHOD_GET, \
      .kind = (kind_), \
      .lane = LANE_FAST, \
      .roles = (roles_), \
      .path = (path_), \
      .query = (query_), \
      .from = (from_), \
      .summary = (summary_), \
      .answer = (answer_) },
#define HANDLED(kind_, method_, path_, handle_, lane_, roles_, summary_, body_, answer_) \
    { .method = METHOD_##method_, \
      .kind = (kind_), \
      .lane = LANE_##lane_, \
      .roles = (roles_), \
      .path = (path_), \
      .handle = (handle_), \
      .summary = (summary_), \
      .body = (body_), \
      .answer = (answer_) },
#define READ_ROW(path, query, from, roles, summary, answer) \
    READ_OF(ROUTE_ROW, path, query, from, roles, summary, answer)
#define READ_ROWS(path, query, from, roles, summary, answer) \
    READ_OF(ROUTE_ROWS, path, query, from, roles, summary, answer)
#define CALL(method, path, function, lane, roles, summary, body, answer) \
    HANDLED(ROUTE_CALL, method, path, function, lane, roles, summary, body, answer)
#define WRITE(method, path, function, lane, roles, summary, body, answer) \
    HANDLED(ROUTE_WRITE, method, path, function, lane, roles, summary, body, answer)
#define UPLOAD(method_, path_, handle_, roles_, summary_, answer_) \
    { .method = METHOD_##method_, \
      .kind = ROUTE_CALL, \
      .lane = LANE_SLOW, \
      .media = MEDIA_ANY, \
      .roles = (roles_), \
      .path = (path_), \
      .handle = (handle_), \
      .summary = (summary_), \
      .answer = (answer_), \
      .body_limit = UPLOAD_MOST },
#define PARAMETERS(method, path, from)

const struct route routes[] = {
#include "api/routes.h"
};

size_t route_count(void)
{
    return sizeof routes / sizeof routes[0];
}

const struct config *api_config(const struct api *api)
{
    return api->options.config;
}

const struct knowledge *api_knowledge(struct ctx *c, struct request *in)
{
    return snapshots_hold(api_of(in)->snapshots, c);
}

/* The answer to a request whose handling ended with `status`. */
static void settle_reply(struct exchange *e, enum status status)
{
    if (status == ST_OK) {
        if (e->out.status == 0)
            e->out.status = 200;
        return;
    }
    if (e->c.fault.status == ST_OK)
        ctx_note(&e->c, status, NULL, NULL, "no reason was given");
    e->out = (struct reply){ 0 };
    reply_problem(&e->c, &e->out);
    if (e->out.status == 401)
        reply_header(&e->out, "WWW-Authenticate", "Bearer");
}

/* CDS Hooks wants CORS, on failures too: a page of another site could not read them otherwise. */
static void settle(struct exchange *e, enum status status)
{
    settle_reply(e, status);
    if (strncmp(e->in.route->path, "/cds-services", strlen("/cds-services")) == 0)
        cds_allow_origins(&e->out);
}

/* On the loop thread. Whoever is remembered is let on at once; the others are looked up by a worker. A large body (a thousand
   lines to screen) may take a quarter of a second, for which the others' connections shall not wait. */
static enum lane place(void *app, struct exchange *e)
{
    struct api *api = app;
    const struct route *route = e->in.route;
    enum status status = auth_check(api, e);

    if (status != ST_OK && e->c.fault.status != ST_OK) {
        settle(e, status);
        return LANE_NONE;
    }
    if (status == ST_OK && route->lane == LANE_NONE)
        return e->in.size > LOOP_BODY_MOST ? LANE_SLOW : LANE_NONE;
    if (!has_database(api)) {
        settle(e, ctx_fail(&e->c, ST_BUSY, "database", NULL, "is not there; this service runs without one"));
        return LANE_NONE;
    }
    return route->lane == LANE_NONE ? LANE_FAST : route->lane;
}

static void answer(void *app, struct exchange *e)
{
    (void)app;
    settle(e, e->in.route->handle(&e->c, &e->in, &e->out));
}

struct worker {
    struct api *api;
    enum lane lane;
    struct ctx c; /* of the connection, between requests */
    struct db *db;
};

static void *worker_open(void *app, enum lane lane)
{
    struct worker *worker = calloc(1, sizeof *worker);

    if (worker == NULL)
        arena_out_of_memory();
    worker->api = app;
    worker->lane = lane;
    ctx_init(&worker->c);
    return worker;
}

static void worker_close(void *arg)
{
    struct worker *worker = arg;

    db_close(worker->db);
    ctx_close(&worker->c);
    free(worker);
}

/* Connects when that has not been done, or failed so far; a connection lost later is the database layer's to mend. */
static void worker_connect(struct worker *worker)
{
    struct db_options options = worker->api->options.database;

    if (worker->db != NULL || !has_database(worker->api))
        return;
    options.by_index = worker->lane == LANE_FAST;
    ctx_reset(&worker->c);
    if (db_open(&worker->c, &options, &worker->db) != ST_OK)
        log_line(LOG_ERROR, "event=database_lost cause=\"%s\"",
                 worker->c.cause == NULL ? "" : worker->c.cause);
}

/* The answer of a data route; what the path names and is not there is named in turn. */
static enum status answer_rows(struct exchange *e, const struct rows *rows)
{
    const struct path_part *last = e->in.part_count == 0 ? NULL : &e->in.parts[e->in.part_count - 1];

    if (e->in.route->kind == ROUTE_ROW && rows_count(rows) == 0 && last != NULL)
        return ctx_fail(&e->c, ST_NOT_FOUND, last->name, last->text, "names nothing that is here");
    return reply_read(&e->c, &e->out, e->in.route->kind, rows);
}

static enum status handle(struct api *api, struct exchange *e)
{
    const struct route *route = e->in.route;
    const struct rows *rows;
    struct param *params;
    size_t n;

    switch (route->kind) {
    case ROUTE_CALL:
        return route->handle(&e->c, &e->in, &e->out);
    case ROUTE_WRITE:
        return write_once(api, e);
    case ROUTE_ROW:
    case ROUTE_ROWS:
        break;
    }
    TRY(params_from(&e->in, &params, &n));
    TRY(db_rows(&e->c, route->query, params, n, &rows));
    return answer_rows(e, rows);
}

/* The head is on its way: only the body can still fail. */
static void run_pour(struct exchange *e)
{
    enum status status = e->out.pour(&e->c, e->out.pour_arg, &e->out);

    e->out.pour_state = status == ST_OK ? POUR_DONE : POUR_FAILED;
    if (status != ST_OK && e->c.cause == NULL)
        e->c.cause = e->c.fault.count == 0 ? "the download broke off" : e->c.fault.items[0].rule;
}

static void run_one(struct worker *worker, struct exchange *e)
{
    enum status status = ST_OK;

    if (e->out.pour_state == POUR_RUNS) {
        run_pour(e);
        return;
    }
    if (e->c.who.user_id == 0)
        status = auth_check(worker->api, e);
    if (status == ST_OK)
        status = handle(worker->api, e);
    settle(e, status);
}

/* The data routes of several people in one round trip. The rows live in the first one's arena: all are written to JSON before
   any is let go. */
static void run_batch(struct worker *worker, struct exchange **batch, size_t n)
{
    struct db_job jobs[BATCH_MOST];
    struct exchange *of[BATCH_MOST];
    size_t count = 0;

    for (size_t i = 0; i < n; i++) {
        struct exchange *e = batch[i];
        enum status status = e->c.who.user_id == 0 ? auth_check(worker->api, e) : ST_OK;
        struct param *params = NULL;
        size_t given = 0;

        if (status == ST_OK)
            status = params_from(&e->in, &params, &given);
        if (status != ST_OK) {
            settle(e, status);
            continue;
        }
        of[count] = e;
        jobs[count++] =
            (struct db_job){ .c = &e->c, .query = e->in.route->query, .params = params, .count = given };
    }
    db_read_batch(worker->db, jobs, count);
    for (size_t i = 0; i < count; i++) {
        if (jobs[i].status == ST_OK)
            jobs[i].status = answer_rows(of[i], jobs[i].rows);
        settle(of[i], jobs[i].status);
    }
}

static void worker_run(void *arg, struct exchange **batch, size_t n)
{
    struct worker *worker = arg;
    int queries = 0;
    int64_t us = 0;

    worker_connect(worker);
    for (size_t i = 0; i < n; i++)
        batch[i]->c.db = worker->db;
    if (n > 1 && worker->db != NULL)
        run_batch(worker, batch, n);
    else
        for (size_t i = 0; i < n; i++)
            run_one(worker, batch[i]);
    if (worker->db != NULL)
        db_take_figures(worker->db, &queries, &us);
    for (size_t i = 0; i < n; i++) {
        batch[i]->queries = queries / (int)n;
        batch[i]->db_us = us / (int64_t)n;
        reply_finish(&batch[i]->out);
    }
}

/* One line per request. Never bodies, tokens, or query strings: they may name patients. */
static void log_request(const struct exchange *e, int64_t us)
{
    const struct route *route = e->in.route;
    struct arena arena;

    arena_init(&arena);
    log_line(e->out.status >= 500 ? LOG_ERROR : LOG_INFO,
             "event=request method=%s route=%s status=%d ms=%.2f queries=%d db_ms=%.2f shop=%lld user=%lld "
             "trace=%s%s%s",
             method_word(e->in.method), route == NULL ? "none" : route->path, e->out.status,
             (double)us / 1000, e->queries, (double)e->db_us / 1000, (long long)e->c.who.shop_id,
             (long long)e->c.who.user_id, e->trace,
             e->c.cause == NULL ? "" : " cause=", e->c.cause == NULL ? "" : log_quoted(&arena, e->c.cause));
    arena_close(&arena);
}

static void done(void *app, const struct exchange *e)
{
    struct api *api = app;
    int64_t us = exchange_clock() - e->began_us;

    /* A stream's length says nothing of how fast we answer. */
    metrics_count(api->metrics, e, e->out.streams == NULL ? us : 0);
    log_request(e, us);
}

enum status api_open(struct ctx *c, const struct api_options *options, struct api **out)
{
    struct api *api = calloc(1, sizeof *api);
    enum status status;

    if (api == NULL)
        arena_out_of_memory();
    arena_init(&api->arena);
    api->options = *options;
    api->passports = passports_open();
    api->limiter = limiter_open();
    api->board = board_open();
    api->metrics = metrics_open(route_count());
    api->snapshots = snapshots_open();
    api->tiers = tier_book_open();
    api->openapi = openapi_text(&api->arena);
    status = secret_key_load(c, options->config->state_dir, &api->key);
    if (status == ST_OK)
        status = knowledge_watch_start(c, api);
    if (status == ST_OK)
        status = live_start(c, api);
    if (status == ST_OK)
        status = rescreen_watch_start(c, api);
    if (status != ST_OK) {
        api_close(api);
        return status;
    }
    *out = api;
    return ST_OK;
}

void api_close(struct api *api)
{
    live_stop(api);
    rescreen_watch_stop(api);
    knowledge_watch_stop(api);
    snapshots_close(api->snapshots);
    tier_book_close(api->tiers);
    metrics_close(api->metrics);
    limiter_close(api->limiter);
    board_close(api->board);
    passports_close(api->passports);
    arena_close(&api->arena);
    free(api);
}

enum status api_serve(struct ctx *c, struct api *api, struct server **server)
{
    const struct config *config = api->options.config;
    const struct service service = {
        .app = api,
        .place = place,
        .answer = answer,
        .worker_open = worker_open,
        .worker_run = worker_run,
        .worker_close = worker_close,
        .done = done,
    };
    const struct server_options options = {
        .address = config->listen,
        .port = config->port,
        .threads = config->http_threads,
        .fast_workers = config->workers,
        .slow_workers = SLOW_WORKERS,
        .queue_most = QUEUE_MOST,
        .streams = live_streams(api),
        .secure = config->secure_cookies,
        .routes = routes,
        .route_count = route_count(),
    };

    TRY(server_start(c, &options, &service, server));
    atomic_store(&api->server, *server);
    return ST_OK;
}
