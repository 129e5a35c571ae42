/* A service of four routes, and a client that says exactly what it is told to. */
#include "support/bare.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"
#include "support/runner.h"

struct ctx bare;
struct server *bare_server;
atomic_int bare_handled, bare_slow, bare_workers;
atomic_bool bare_hold;

static enum status get_word(struct ctx *ctx, struct request *in, struct reply *out)
{
    struct json_writer *w = reply_json(ctx, out);

    TRY(in_end(in));
    json_text(w, NULL, in->path);
    return ST_OK;
}

static enum status post_echo(struct ctx *ctx, struct request *in, struct reply *out)
{
    struct json_object *body;
    struct json_writer *w;
    const char *word;

    TRY(in_body(in, &body));
    word = json_get_text(body, "word", 10);
    TRY(in_end(in));
    w = reply_json(ctx, out);
    json_text(w, NULL, word);
    return ST_OK;
}

static enum status get_slow(struct ctx *ctx, struct request *in, struct reply *out)
{
    atomic_fetch_add(&bare_slow, 1);
    while (atomic_load(&bare_hold))
        (void)nanosleep(&(struct timespec){ 0, 1000000 }, NULL);
    return get_word(ctx, in, out);
}

static const struct route table[] = {
    { .method = METHOD_GET, .kind = ROUTE_CALL, .lane = LANE_NONE, .path = "/word", .handle = get_word },
    { .method = METHOD_GET, .kind = ROUTE_CALL, .lane = LANE_FAST, .path = "/fast", .handle = get_word },
    { .method = METHOD_GET, .kind = ROUTE_CALL, .lane = LANE_SLOW, .path = "/slow", .handle = get_slow },
    { .method = METHOD_POST, .kind = ROUTE_CALL, .lane = LANE_FAST, .path = "/echo", .handle = post_echo },
};

static void answer(void *app, struct exchange *e)
{
    enum status status = e->in.route->handle(&e->c, &e->in, &e->out);

    (void)app;
    if (status != ST_OK)
        reply_problem(&e->c, &e->out);
    else if (e->out.status == 0)
        e->out.status = 200;
    atomic_fetch_add(&bare_handled, 1);
}

static enum lane place(void *app, struct exchange *e)
{
    (void)app;
    return e->in.route->lane;
}

static void *worker_open(void *app, enum lane lane)
{
    (void)lane;
    atomic_fetch_add(&bare_workers, 1);
    return app;
}

static void worker_run(void *worker, struct exchange **batch, size_t n)
{
    for (size_t i = 0; i < n; i++)
        answer(worker, batch[i]);
}

static void worker_close(void *worker)
{
    (void)worker;
    atomic_fetch_sub(&bare_workers, 1);
}

static void done(void *app, const struct exchange *e)
{
    (void)app;
    (void)e;
}

static enum status start_at(struct ctx *c, int port, struct server **server)
{
    static int app;
    const struct service service = { &app, place, answer, worker_open, worker_run, worker_close, done };
    const struct server_options options = {
        .address = "127.0.0.1",
        .port = port,
        .threads = 2,
        .fast_workers = 2,
        .slow_workers = 1,
        .queue_most = 2,
        .timeout_seconds = 3,
        .connections_per_host = 40,
        .body_limit = SMALL_BODY,
        .routes = table,
        .route_count = sizeof table / sizeof table[0],
    };

    return server_start(c, &options, &service, server);
}

void bare_start(void)
{
    ctx_init(&bare);
    atomic_store(&bare_hold, false);
    atomic_store(&bare_slow, 0);
    ck_assert_int_eq(start_at(&bare, 0, &bare_server), ST_OK);
}

enum status bare_start_again(struct ctx *c, struct server **second)
{
    return start_at(c, server_port(bare_server), second);
}

void bare_stop(void)
{
    if (bare_server != NULL)
        server_stop(bare_server);
    ctx_close(&bare);
}

int dial(void)
{
    const struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)server_port(bare_server)),
        .sin_addr = { htonl(INADDR_LOOPBACK) },
    };
    const struct timeval patience = { 10, 0 };
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    ck_assert_int_ge(fd, 0);
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ck_assert_int_eq(connect(fd, (const struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

void say(int fd, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t sent = send(fd, bytes, size, MSG_NOSIGNAL);

        if (sent <= 0)
            return;
        bytes += sent;
        size -= (size_t)sent;
    }
}

/* Everything until the server closes the connection. */
const char *hear(int fd)
{
    struct text text;
    char piece[4096];
    ssize_t got;

    text_init(&text, &bare.arena);
    while ((got = recv(fd, piece, sizeof piece, 0)) > 0)
        text_add_n(&text, piece, (size_t)got);
    (void)close(fd);
    return text.data;
}

const char *say_and_hear(const char *bytes, size_t size)
{
    int fd = dial();

    say(fd, bytes, size);
    return hear(fd);
}

int status_of(const char *answer_text)
{
    return strncmp(answer_text, "HTTP/1.1 ", 9) == 0 ? (int)strtol(answer_text + 9, NULL, 10) : 0;
}

int count_of(const char *text, const char *word)
{
    int n = 0;

    for (const char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word))
        n++;
    return n;
}
