/* A change asked for twice happens once (WANTED 2): the wrapper around state-changing handlers, alone and under contention. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "api/internal.h"
#include "core/audit.h"
#include "support/database.h"
#include "support/runner.h"

#define DATABASE "api_write"

enum { CLIENTS = 8 };

static struct api api; /* only its key is used */

static void make_database(void)
{
    database_fresh(DATABASE);
}

/* Leaves a trace in the audit, which is then counted; refuses when the body says so. */
static enum status leave_trace(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    struct json_writer *w;
    const char *word;

    TRY(in_body(in, &body));
    word = json_get_text(body, "word", 20);
    TRY(in_end(in));
    TRY(audit_note(c, "test", word, ""));
    if (strcmp(word, "refuse") == 0)
        return ctx_fail(c, ST_SHORT, "word", word, "is short");
    w = reply_json(c, out);
    json_open_object(w, NULL);
    json_text(w, "word", word);
    json_close_object(w);
    reply_created(c, out, "/test/%s", word);
    return ST_OK;
}

static const struct route route = {
    .method = METHOD_POST, .kind = ROUTE_WRITE, .path = "/test/:id", .handle = leave_trace
};

struct client {
    pthread_t thread;
    const char *username, *key, *path, *body;
    enum status status;
    int http;
    bool replayed;
    char answer[64], location[32];
    char field[32];
};

static void *run_client(void *arg)
{
    struct client *client = arg;
    struct exchange e = { 0 };
    struct pair key = { .name = "Idempotency-Key", .value = client->key };

    database_open_test(&e.c, DATABASE, TEST_APP);
    act_as(&e.c, client->username);
    e.in = (struct request){ .c = &e.c,
                             .app = &api,
                             .route = &route,
                             .method = METHOD_POST,
                             .path = client->path,
                             .headers = &key,
                             .header_count = client->key != NULL,
                             .data = client->body,
                             .size = strlen(client->body) };
    client->status = write_once(&api, &e);
    client->http = e.out.status;
    for (size_t i = 0; i < e.out.header_count; i++) {
        client->replayed = client->replayed || strcmp(e.out.headers[i].name, "Idempotent-Replay") == 0;
        if (strcmp(e.out.headers[i].name, "Location") == 0)
            (void)snprintf(client->location, sizeof client->location, "%s", e.out.headers[i].value);
    }
    if (client->status == ST_OK)
        (void)snprintf(client->answer, sizeof client->answer, "%s", e.out.data);
    else
        (void)snprintf(client->field, sizeof client->field, "%s", e.c.fault.items[0].field);
    ctx_close(&e.c);
    return NULL;
}

static struct client once(const char *username, const char *key, const char *path, const char *body)
{
    struct client client = { .username = username, .key = key, .path = path, .body = body };

    (void)run_client(&client);
    return client;
}

static int64_t traces_of(const char *word)
{
    struct ctx c;
    int64_t n;

    database_open_test(&c, DATABASE, TEST_APP);
    n = sql_number(
        &c,
        arena_printf(&c.arena, "SELECT count(*) FROM audit WHERE action = 'test' AND subject = '%s'", word));
    ctx_close(&c);
    return n;
}

START_TEST(the_same_key_gets_the_same_answer)
{
    struct client first = once("mei.lin", "k1", "/test/1", "{\"word\":\"one\"}");
    struct client second = once("mei.lin", "k1", "/test/1", "{\"word\":\"one\"}");

    ck_assert_int_eq(first.status, ST_OK);
    ck_assert_int_eq(first.http, 201);
    ck_assert(!first.replayed);
    ck_assert_int_eq(second.status, ST_OK);
    ck_assert_int_eq(second.http, 201);
    ck_assert(second.replayed);
    ck_assert_str_eq(second.answer, "{\"word\":\"one\"}");
    ck_assert_str_eq(first.location, "/test/one");
    ck_assert_str_eq(second.location, "/test/one");
    ck_assert_int_eq(traces_of("one"), 1);
}
END_TEST

START_TEST(another_question_with_the_key_is_refused)
{
    static const struct {
        const char *username, *path, *body;
    } others[] = {
        { "mei.lin", "/test/1", "{\"word\":\"three\"}" },
        { "mei.lin", "/test/2", "{\"word\":\"two\"}" },
        { "david.chen", "/test/1", "{\"word\":\"two\"}" },
    };

    ck_assert_int_eq(once("mei.lin", "k2", "/test/1", "{\"word\":\"two\"}").status, ST_OK);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        struct client other = once(others[i].username, "k2", others[i].path, others[i].body);

        ck_assert_int_eq(other.status, ST_KEY_REUSED);
        ck_assert_str_eq(other.field, "Idempotency-Key");
    }
    ck_assert_int_eq(traces_of("two"), 1);
    ck_assert_int_eq(traces_of("three"), 0);
}
END_TEST

START_TEST(a_key_is_needed_and_bounded)
{
    char key[202];

    memset(key, 'k', sizeof key - 1);
    key[sizeof key - 1] = '\0';
    ck_assert_int_eq(once("mei.lin", NULL, "/test/1", "{\"word\":\"none\"}").status, ST_INVALID);
    ck_assert_int_eq(once("mei.lin", "", "/test/1", "{\"word\":\"none\"}").status, ST_INVALID);
    ck_assert_int_eq(once("mei.lin", key, "/test/1", "{\"word\":\"none\"}").status, ST_INVALID);
    ck_assert_int_eq(once("mei.lin", key + 1, "/test/1", "{\"word\":\"longest\"}").status, ST_OK);
    ck_assert_int_eq(traces_of("none"), 0);
}
END_TEST

START_TEST(what_fails_leaves_nothing)
{
    ck_assert_int_eq(once("mei.lin", "k3", "/test/1", "{\"word\":\"refuse\"}").status, ST_SHORT);
    ck_assert_int_eq(once("mei.lin", "k3", "/test/1", "{\"colour\":\"red\"}").status, ST_INVALID);
    ck_assert_int_eq(traces_of("refuse"), 0);
    ck_assert_int_eq(once("mei.lin", "k3", "/test/1", "{\"word\":\"four\"}").status,
                     ST_OK); /* the key is free still */
    ck_assert_int_eq(traces_of("four"), 1);
}
END_TEST

START_TEST(many_at_once_with_one_key_act_once)
{
    for (int round = 0; round < 5; round++) {
        struct client clients[CLIENTS];
        char key[24], body[64], word[24];
        int fresh = 0;

        (void)snprintf(key, sizeof key, "race-%d", round);
        (void)snprintf(word, sizeof word, "race%d", round);
        (void)snprintf(body, sizeof body, "{\"word\":\"%s\"}", word);
        for (int i = 0; i < CLIENTS; i++) {
            clients[i] =
                (struct client){ .username = "mei.lin", .key = key, .path = "/test/1", .body = body };
            ck_assert_int_eq(pthread_create(&clients[i].thread, NULL, run_client, &clients[i]), 0);
        }
        for (int i = 0; i < CLIENTS; i++) {
            ck_assert_int_eq(pthread_join(clients[i].thread, NULL), 0);
            ck_assert_int_eq(clients[i].status, ST_OK);
            ck_assert_str_eq(clients[i].answer, body);
            fresh += !clients[i].replayed;
        }
        ck_assert_int_eq(fresh, 1);
        ck_assert_int_eq(traces_of(word), 1);
    }
}
END_TEST

SUITE(write)
{
    return suite_of("write", 120, make_database, NULL, NULL,
                    TESTS(the_same_key_gets_the_same_answer, another_question_with_the_key_is_refused,
                          a_key_is_needed_and_bounded, what_fails_leaves_nothing,
                          many_at_once_with_one_key_act_once));
}
