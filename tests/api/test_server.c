/* The server alone, with a small service of its own and bytes on a socket: what libmicrohttpd lets pass and we do not, limits,
   lanes, overload, and stopping while requests are being worked on. Needs no database. */
#include <arpa/inet.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"
#include "http/server.h"
#include "support/runner.h"

enum { SMALL_BODY = 4096 };

static struct ctx c;
static struct server *server;
static atomic_int handled, slow_now, workers_open;
static atomic_bool hold; /* slow requests wait while it is set */

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
    atomic_fetch_add(&slow_now, 1);
    while (atomic_load(&hold))
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
    atomic_fetch_add(&handled, 1);
}

static enum lane place(void *app, struct exchange *e)
{
    (void)app;
    return e->in.route->lane;
}

static void *worker_open(void *app, enum lane lane)
{
    (void)lane;
    atomic_fetch_add(&workers_open, 1);
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
    atomic_fetch_sub(&workers_open, 1);
}

static void done(void *app, const struct exchange *e)
{
    (void)app;
    (void)e;
}

static void setup(void)
{
    static int app;
    const struct service service = { &app, place, answer, worker_open, worker_run, worker_close, done };
    const struct server_options options = {
        .address = "127.0.0.1",
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

    ctx_init(&c);
    atomic_store(&hold, false);
    ck_assert_int_eq(server_start(&c, &options, &service, &server), ST_OK);
}

static void teardown(void)
{
    if (server != NULL)
        server_stop(server);
    ctx_close(&c);
}

static int dial(void)
{
    const struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)server_port(server)),
        .sin_addr = { htonl(INADDR_LOOPBACK) },
    };
    const struct timeval patience = { 10, 0 };
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    ck_assert_int_ge(fd, 0);
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ck_assert_int_eq(connect(fd, (const struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

static void say(int fd, const char *bytes, size_t size)
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
static const char *hear(int fd)
{
    struct text text;
    char piece[4096];
    ssize_t got;

    text_init(&text, &c.arena);
    while ((got = recv(fd, piece, sizeof piece, 0)) > 0)
        text_add_n(&text, piece, (size_t)got);
    (void)close(fd);
    return text.data;
}

static const char *ask(const char *bytes, size_t size)
{
    int fd = dial();

    say(fd, bytes, size);
    return hear(fd);
}

static int status_of(const char *answer_text)
{
    return strncmp(answer_text, "HTTP/1.1 ", 9) == 0 ? (int)strtol(answer_text + 9, NULL, 10) : 0;
}

static int count_of(const char *text, const char *word)
{
    int n = 0;

    for (const char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word))
        n++;
    return n;
}

#define END "Connection: close\r\n\r\n"
#define HOST "Host: test\r\n"
#define JSON_TYPE "Content-Type: application/json\r\n"
#define SMUGGLED "GET /word HTTP/1.1\r\n" HOST END

/* What came from whom, and the status it must get; 0: the connection is closed without an answer. */
static const struct {
    const char *name;
    const char *bytes;
    size_t size; /* 0: until the NUL */
    int status;
} conformance[] = {
    { "plain", "GET /word HTTP/1.1\r\n" HOST END, 0, 200 },
    { "worker", "GET /fast HTTP/1.1\r\n" HOST END, 0, 200 },
    { "HEAD", "HEAD /word HTTP/1.1\r\n" HOST END, 0, 200 },
    { "CL with TE",
      "POST /echo HTTP/1.1\r\n" HOST JSON_TYPE
      "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SMUGGLED,
      0, 400 },
    { "two CL",
      "POST /echo HTTP/1.1\r\n" HOST JSON_TYPE "Content-Length: 2\r\nContent-Length: 60\r\n\r\n{}" SMUGGLED,
      0, 400 },
    { "two equal CL",
      "POST /echo HTTP/1.1\r\n" HOST JSON_TYPE "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", 0, 400 },
    { "two TE",
      "POST /echo HTTP/1.1\r\n" HOST JSON_TYPE
      "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SMUGGLED,
      0, 400 },
    { "odd TE",
      "POST /echo HTTP/1.1\r\n" HOST JSON_TYPE "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" SMUGGLED, 0,
      400 },
    { "TE list", "POST /echo HTTP/1.1\r\n" HOST JSON_TYPE "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
      0, 400 },
    { "negative CL", "POST /echo HTTP/1.1\r\n" HOST JSON_TYPE "Content-Length: -1\r\n\r\n", 0, 400 },
    { "no Host", "GET /word HTTP/1.1\r\n" END, 0, 400 },
    { "two Hosts", "GET /word HTTP/1.1\r\n" HOST HOST END, 0, 400 },
    { "space before colon", "GET /word HTTP/1.1\r\nHost : test\r\n" END, 0, 400 },
    { "TRACE", "TRACE /word HTTP/1.1\r\n" HOST END, 0, 405 },
    { "CONNECT", "CONNECT /word HTTP/1.1\r\n" HOST END, 0, 405 },
    { "invented method", "BREW /word HTTP/1.1\r\n" HOST END, 0, 405 },
    { "wrong method", "DELETE /word HTTP/1.1\r\n" HOST END, 0, 405 },
    { "no such path", "GET /nothing HTTP/1.1\r\n" HOST END, 0, 404 },
    { "escaped NUL", "GET /word%00 HTTP/1.1\r\n" HOST END, 0, 400 },
    { "escaped slash", "GET /wo%2Frd HTTP/1.1\r\n" HOST END, 0, 400 },
    { "broken escape", "GET /word%4 HTTP/1.1\r\n" HOST END, 0, 400 },
    { "bad UTF-8 in the path", "GET /word%C3%28 HTTP/1.1\r\n" HOST END, 0, 400 },
    { "bad UTF-8 in the query", "GET /word?q=%FF HTTP/1.1\r\n" HOST END, 0, 400 },
    { "NUL in the query", "GET /word?q=%00 HTTP/1.1\r\n" HOST END, 0, 400 },
    { "unknown parameter", "GET /word?colour=red HTTP/1.1\r\n" HOST END, 0, 422 },
    /* libmicrohttpd 0.9.75 cuts a value at a NUL before anybody sees it: harmless, unless a proxy in front reads on. */
    /* libmicrohttpd 0.9.75 cuts a value at a NUL before anybody sees it: harmless, unless a proxy in front reads on. */
    { "NUL in a header", "GET /word HTTP/1.1\r\n" HOST "X-A: a\0b\r\n" END,
      sizeof "GET /word HTTP/1.1\r\n" HOST "X-A: a\0b\r\n" END - 1, 200 },
    { "control in a header", "GET /word HTTP/1.1\r\n" HOST "X-A: a\001b\r\n" END, 0, 400 },
    { "JSON", "POST /echo HTTP/1.1\r\n" HOST JSON_TYPE "Content-Length: 12\r\n" END "{\"word\":\"a\"}", 0,
      200 },
    { "chunked",
      "POST /echo HTTP/1.1\r\n" HOST JSON_TYPE "Transfer-Encoding: chunked\r\n" END
      "6\r\n{\"word\r\n6\r\n\":\"a\"}\r\n0\r\n\r\n",
      0, 200 },
    { "no content type", "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 12\r\n" END "{\"word\":\"a\"}", 0,
      415 },
    { "form",
      "POST /echo HTTP/1.1\r\n" HOST "Content-Type: application/x-www-form-urlencoded\r\n"
      "Content-Length: 6\r\n" END "word=a",
      0, 415 },
    { "broken JSON", "POST /echo HTTP/1.1\r\n" HOST JSON_TYPE "Content-Length: 7\r\n" END "{\"word\"", 0,
      400 },
    { "no body", "POST /echo HTTP/1.1\r\n" HOST END, 0, 400 },
    { "unknown field",
      "POST /echo HTTP/1.1\r\n" HOST JSON_TYPE "Content-Length: 18\r\n" END "{\"word\":\"a\",\"b\":1}", 0,
      422 },
    { "too long a field",
      "POST /echo HTTP/1.1\r\n" HOST JSON_TYPE "Content-Length: 22\r\n" END "{\"word\":\"abcdefghijk\"}", 0,
      422 },
    { "declared too large", "POST /echo HTTP/1.1\r\n" HOST JSON_TYPE "Content-Length: 10485760\r\n\r\n", 0,
      413 },
};

START_TEST(requests_get_the_status_they_deserve)
{
    for (size_t i = 0; i < sizeof conformance / sizeof conformance[0]; i++) {
        size_t size = conformance[i].size == 0 ? strlen(conformance[i].bytes) : conformance[i].size;
        int before = atomic_load(&handled);
        const char *heard = ask(conformance[i].bytes, size);

        ck_assert_msg(status_of(heard) == conformance[i].status, "%s: %s", conformance[i].name, heard);
        ck_assert_msg(count_of(heard, "HTTP/1.1 2") == (conformance[i].status == 200),
                      "%s: the smuggled was answered: %s", conformance[i].name, heard);
        if (conformance[i].status == 400 && strstr(conformance[i].bytes, SMUGGLED) != NULL)
            ck_assert_msg(atomic_load(&handled) == before, "%s: the smuggled was run", conformance[i].name);
    }
}
END_TEST

START_TEST(every_answer_carries_the_security_headers)
{
    static const char *const wanted[] = {
        "X-Content-Type-Options: nosniff\r\n",
        "Referrer-Policy: no-referrer\r\n",
        "Cache-Control: no-store\r\n",
        "Content-Security-Policy: default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' "
        "data:; "
        "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'\r\n",
    };
    static const char *const requests[] = {
        "GET /word HTTP/1.1\r\n" HOST END,
        "GET /fast HTTP/1.1\r\n" HOST END,
        "GET /nothing HTTP/1.1\r\n" HOST END,
        "TRACE /word HTTP/1.1\r\n" HOST END,
    };

    for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++)
        for (size_t k = 0; k < sizeof wanted / sizeof wanted[0]; k++)
            ck_assert_msg(strstr(ask(requests[i], strlen(requests[i])), wanted[k]) != NULL, "%s lacks %s",
                          requests[i], wanted[k]);
    ck_assert_ptr_nonnull(strstr(ask(requests[3], strlen(requests[3])), "application/problem+json"));
    ck_assert_ptr_null(
        strstr(ask(requests[0], strlen(requests[0])), "Server:")); /* no version banner (ASVS 14.3.3) */
}
END_TEST

START_TEST(a_chunked_body_beyond_the_limit_is_413)
{
    char chunk[0x400 + 16];
    int fd = dial();

    say(fd, "POST /echo HTTP/1.1\r\n" HOST JSON_TYPE "Transfer-Encoding: chunked\r\n" END,
        strlen("POST /echo HTTP/1.1\r\n" HOST JSON_TYPE "Transfer-Encoding: chunked\r\n" END));
    memset(chunk, ' ', sizeof chunk);
    memcpy(chunk, "400\r\n", 5);
    memcpy(chunk + 5 + 0x400, "\r\n", 2);
    for (int i = 0; i < SMALL_BODY / 0x400 + 2; i++)
        say(fd, chunk, 5 + 0x400 + 2);
    say(fd, "0\r\n\r\n", 5);
    ck_assert_int_eq(status_of(hear(fd)), 413);
}
END_TEST

START_TEST(a_connection_serves_many_requests)
{
    static const char pair[] = "GET /fast HTTP/1.1\r\n" HOST "\r\nGET /word HTTP/1.1\r\n" HOST "\r\n";
    int fd = dial();
    const char *heard;

    for (int i = 0; i < 50; i++)
        say(fd, pair, sizeof pair - 1);
    say(fd, SMUGGLED, sizeof SMUGGLED - 1);
    heard = hear(fd);
    ck_assert_int_eq(count_of(heard, "HTTP/1.1 200"), 101);
    ck_assert_int_eq(count_of(heard, "\"/fast\""), 50);
}
END_TEST

START_TEST(half_a_request_is_dropped_in_time)
{
    int fd = dial();
    time_t began = time(NULL);

    say(fd, "GET /word HTTP/1.1\r\nHos", 23);
    (void)hear(fd);
    ck_assert_int_le(time(NULL) - began, 8);
}
END_TEST

START_TEST(huge_headers_are_refused)
{
    struct text text;
    int status;

    text_init(&text, &c.arena);
    text_add(&text, "GET /word HTTP/1.1\r\n" HOST "X-A: ");
    for (int i = 0; i < 50000; i++)
        text_add_char(&text, 'a');
    text_add(&text, "\r\n" END);
    status = status_of(ask(text.data, text.size));
    ck_assert_msg(status == 431 || status == 413 || status == 0, "%d", status);
    ck_assert_int_eq(status_of(ask(SMUGGLED, sizeof SMUGGLED - 1)), 200);
}
END_TEST

static void wait_until_slow_runs(void)
{
    for (int i = 0; i < 5000 && atomic_load(&slow_now) == 0; i++)
        (void)usleep(1000);
    ck_assert_int_gt(atomic_load(&slow_now), 0);
}

#define SLOW "GET /slow HTTP/1.1\r\n" HOST END

START_TEST(a_full_lane_answers_503_at_once)
{
    int waiting[3];
    const char *heard;

    atomic_store(&slow_now, 0);
    atomic_store(&hold, true);
    waiting[0] = dial();
    say(waiting[0], SLOW, sizeof SLOW - 1);
    wait_until_slow_runs(); /* the one slow worker is busy */
    for (int i = 1; i < 3; i++) {
        waiting[i] = dial();
        say(waiting[i], SLOW, sizeof SLOW - 1);
    }
    for (int i = 0; i < 5000 && server_waiting(server, LANE_SLOW) < 2; i++)
        (void)usleep(1000);
    heard = ask(SLOW, sizeof SLOW - 1);
    ck_assert_int_eq(status_of(heard), 503);
    ck_assert_ptr_nonnull(strstr(heard, "Retry-After: 1\r\n"));
    ck_assert_int_eq(status_of(ask(SMUGGLED, sizeof SMUGGLED - 1)), 200); /* the other lanes go on */
    ck_assert_int_eq(
        status_of(ask("GET /fast HTTP/1.1\r\n" HOST END, strlen("GET /fast HTTP/1.1\r\n" HOST END))), 200);
    atomic_store(&hold, false);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(status_of(hear(waiting[i])), 200);
}
END_TEST

static void *release_later(void *arg)
{
    (void)arg;
    (void)usleep(100000);
    atomic_store(&hold, false);
    return NULL;
}

START_TEST(stopping_answers_what_was_taken)
{
    pthread_t thread;
    int waiting[3];

    atomic_store(&slow_now, 0);
    atomic_store(&hold, true);
    for (int i = 0; i < 3; i++) {
        waiting[i] = dial();
        say(waiting[i], SLOW, sizeof SLOW - 1);
        wait_until_slow_runs(); /* the first one is in hand, the others wait */
    }
    for (int i = 0; i < 5000 && server_waiting(server, LANE_SLOW) < 2; i++)
        (void)usleep(1000);
    ck_assert_int_eq(pthread_create(&thread, NULL, release_later, NULL), 0);
    server_stop(server); /* with one request being worked on and two suspended */
    server = NULL;
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(status_of(hear(waiting[i])), 200);
    ck_assert_int_eq(atomic_load(&workers_open), 0);
}
END_TEST

START_TEST(clients_that_go_away_do_no_harm)
{
    atomic_store(&hold, true);
    for (int i = 0; i < 30; i++) {
        const struct linger at_once = { 1, 0 };
        int fd = dial();

        say(fd, i % 2 == 0 ? SLOW : SMUGGLED,
            (i % 2 == 0 ? sizeof SLOW : sizeof SMUGGLED) - 1 - (size_t)(i % 3));
        (void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        (void)close(fd);
    }
    atomic_store(&hold, false);
    ck_assert_int_eq(status_of(ask(SMUGGLED, sizeof SMUGGLED - 1)), 200);
}
END_TEST

START_TEST(a_taken_port_is_said_so)
{
    static int app;
    const struct service service = { &app, place, answer, worker_open, worker_run, worker_close, done };
    const struct server_options options = {
        .address = "127.0.0.1",
        .port = server_port(server),
        .threads = 1,
        .fast_workers = 1,
        .slow_workers = 1,
        .queue_most = 1,
        .routes = table,
        .route_count = 1,
    };
    struct server *second;

    ck_assert_int_eq(server_start(&c, &options, &service, &second), ST_CONFLICT);
    ck_assert_str_eq(c.fault.items[0].field, "YAOFANG_PORT");
}
END_TEST

SUITE(server)
{
    Suite *suite = suite_create("server");
    TCase *tests = tcase_create("server");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, requests_get_the_status_they_deserve);
    tcase_add_test(tests, every_answer_carries_the_security_headers);
    tcase_add_test(tests, a_chunked_body_beyond_the_limit_is_413);
    tcase_add_test(tests, a_connection_serves_many_requests);
    tcase_add_test(tests, half_a_request_is_dropped_in_time);
    tcase_add_test(tests, huge_headers_are_refused);
    tcase_add_test(tests, a_full_lane_answers_503_at_once);
    tcase_add_test(tests, stopping_answers_what_was_taken);
    tcase_add_test(tests, clients_that_go_away_do_no_harm);
    tcase_add_test(tests, a_taken_port_is_said_so);
    suite_add_tcase(suite, tests);
    return suite;
}
