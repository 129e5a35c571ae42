/* The service as a whole: health, the rule book's routes, the page, bad input, the OpenAPI document, and a change that is asked
   for twice. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "api/api.h"
#include "base/asset.h"
#include "base/text.h"
#include "support/database.h"
#include "support/runner.h"
#include "support/service.h"
#include "json/json_read.h"

#define DATABASE "api_service"

static struct ctx c;
static const char *cookie;

static void make_database(void)
{
    database_fresh(DATABASE);
}

static void setup(void)
{
    ctx_init(&c);
    service_start(DATABASE);
    cookie = sign_in_as(&c, DATABASE, "mei.lin");
}

static void teardown(void)
{
    service_stop();
    ctx_close(&c);
}

static struct answer get(const char *path)
{
    return ask(&c, &(struct ask){ .path = path, .cookie = cookie });
}

/* The figures once they hold `line`: a request is counted after its last byte has left, so just after the answer. */
static struct answer metrics_with(const char *line)
{
    const struct timespec pause = { 0, 10 * 1000 * 1000 };
    struct answer answer = ask(&c, &(struct ask){ .path = "/metrics" });

    for (int tries = 0; tries < 200 && strstr(answer.body, line) == NULL; tries++) {
        (void)nanosleep(&pause, NULL);
        answer = ask(&c, &(struct ask){ .path = "/metrics" });
    }
    ck_assert_msg(strstr(answer.body, line) != NULL, "no %s in %s", line, answer.body);
    return answer;
}

START_TEST(it_says_how_it_is)
{
    struct answer answer = ask(&c, &(struct ask){ .path = "/healthz" });

    ck_assert_int_eq(answer.status, 200);
    answer = ask(&c, &(struct ask){ .path = "/readyz" });
    ck_assert_msg(answer.status == 200, "%s", answer.body);
    answer = metrics_with("yaofang_requests_total{route=\"GET /readyz\",status=\"200\"} 1");
    ck_assert_ptr_nonnull(
        strstr(answer.body, "yaofang_request_seconds_bucket{route=\"GET /readyz\",le=\"+Inf\"} 1"));
    ck_assert_ptr_nonnull(strstr(answer.body, "yaofang_knowledge_version 1\n"));
}
END_TEST

START_TEST(the_rule_book_can_be_read)
{
    struct answer answer = get("/api/v1/herbs?q=dang%20gui");

    ck_assert_int_eq(answer.status, 200);
    ck_assert_ptr_nonnull(strstr(answer.body, "\"id\":\"dang_gui\""));
    answer = get("/api/v1/herbs/dang_gui");
    ck_assert_int_eq(answer.status, 200);
    ck_assert_str_eq(answer_member(&c, &answer, "pinyin"), "Dāng Guī");
    ck_assert_ptr_nonnull(strstr(answer.body, "warfarin"));
    answer = get("/api/v1/formulas/bu_zhong_yi_qi_tang");
    ck_assert_int_eq(answer.status, 200);
    ck_assert_ptr_nonnull(strstr(answer.body, "huang_qi"));
    answer = get("/api/v1/drugs?q=coumadin");
    ck_assert_ptr_nonnull(strstr(answer.body, "\"id\":\"warfarin\""));
    answer = get("/api/v1/names?q=bu%20zhong&kinds=formula");
    ck_assert_int_eq(answer.status, 200);
    ck_assert_ptr_nonnull(strstr(answer.body, "bu_zhong_yi_qi_tang"));
    answer = get("/api/v1/herbs/no_such_herb");
    ck_assert_int_eq(answer.status, 404);
    ck_assert_str_eq(answer_member(&c, &answer, "value"), "no_such_herb");
    ck_assert_int_eq(get("/api/v1/herbs?colour=red").status, 422);
    ck_assert_int_eq(get("/api/v1/names?q=a&kinds=animal").status, 422);
}
END_TEST

static void *read_often(void *arg)
{
    struct ctx own;

    ctx_init(&own);
    for (int i = 0; i < 30; i++) {
        static const char *const paths[] = { "/api/v1/herbs/dan_shen", "/api/v1/herbs/no_such_herb",
                                             "/api/v1/conditions?q=preg", "/api/v1/session" };
        static const int statuses[] = { 200, 404, 200, 200 };
        static const char *const words[] = { "丹参", "no_such_herb", "\"pregnancy\"", "mei.lin" };
        struct answer answer = ask(&own, &(struct ask){ .path = paths[i % 4], .cookie = cookie });

        if (answer.status != statuses[i % 4] || strstr(answer.body, words[i % 4]) == NULL)
            *(int *)arg += 1;
    }
    ctx_close(&own);
    return NULL;
}

START_TEST(reads_of_many_are_not_mixed_up)
{
    pthread_t threads[8];
    int wrong[8] = { 0 };

    for (int i = 0; i < 8; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, read_often, &wrong[i]), 0);
    for (int i = 0; i < 8; i++) {
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
        ck_assert_int_eq(wrong[i], 0);
    }
}
END_TEST

START_TEST(what_is_typed_is_screened)
{
    struct answer answer = ask(&c, &(struct ask){ .path = "/api/v1/screen",
                                                  .cookie = cookie,
                                                  .body = "{\"id\":\"a\",\"items\":[\"Dang Gui 10 g\"],"
                                                          "\"drugs\":[\"Coumadin\"],\"conditions\":[]}" });

    ck_assert_msg(answer.status == 200, "%s", answer.body);
    ck_assert_ptr_nonnull(strstr(answer.body, "\"findings\":[{"));
    ck_assert_ptr_nonnull(strstr(answer.body, "\"dang_gui\""));
    ck_assert_ptr_nonnull(strstr(answer.body, "\"severity\":\"major\""));
}
END_TEST

START_TEST(a_screening_comes_as_a_page)
{
    struct answer answer =
        ask(&c, &(struct ask){ .path = "/api/v1/screen/record?paper=letter&about=P-0001",
                               .cookie = cookie,
                               .body = "{\"items\":[\"Dang Gui 10 g\"],\"drugs\":[\"Coumadin\"]}" });

    ck_assert_int_eq(answer.status, 200);
    ck_assert_int_eq(strncmp(answer.body, "%PDF-", 5), 0);
    answer =
        ask(&c, &(struct ask){
                    .path = "/api/v1/screen/record?paper=a5", .cookie = cookie, .body = "{\"items\":[]}" });
    ck_assert_int_eq(answer.status, 422);
    ck_assert_ptr_nonnull(strstr(answer.body, "\"paper\""));
}
END_TEST

static const char *repeated(const char *open, const char *piece, int times, const char *close)
{
    struct text text;

    text_init(&text, &c.arena);
    text_add(&text, open);
    for (int i = 0; i < times; i++)
        text_addf(&text, "%s%s", i == 0 ? "" : ",", piece);
    text_add(&text, close);
    return text.data;
}

/* `times` members "k0":1 … */
static const char *numbered(const char *open, int times, const char *close)
{
    struct text text;

    text_init(&text, &c.arena);
    text_add(&text, open);
    for (int i = 0; i < times; i++)
        text_addf(&text, "%s\"k%d\":1", i == 0 ? "" : ",", i);
    text_add(&text, close);
    return text.data;
}

START_TEST(a_thousand_lines_are_screened_beside_the_rest)
{
    struct answer answer =
        ask(&c, &(struct ask){ .path = "/api/v1/screen",
                               .cookie = cookie,
                               .body = repeated("{\"items\":[", "\"Dang Gui 10 g a day\"", 1000, "]}") });

    ck_assert_int_eq(answer.status, 200);
    ck_assert_ptr_nonnull(strstr(answer.body, "\"dang_gui\""));
}
END_TEST

START_TEST(bad_input_is_named)
{
    const struct {
        const char *name;
        const char *body;
        int status;
        const char *code;
        const char *field;
    } cases[] = {
        { "no JSON", "{\"items\":", 400, "malformed", "body" },
        { "no object", "[1]", 400, "malformed", "body" },
        { "bad UTF-8", "{\"items\":[\"\xff\"]}", 400, "malformed", "body" },
        { "NUL", "{\"items\":[\"a\\u0000b\"]}", 400, "malformed", "body" },
        { "twice", "{\"items\":[],\"items\":[]}", 400, "malformed", "items" },
        { "many members", numbered("{", 501, "}"), 400, "malformed", "body" },
        { "deep", repeated("{\"items\":", "[", 40, ""), 400, "malformed", "body" },
        { "unknown field", "{\"items\":[],\"colour\":\"red\"}", 422, "invalid", "colour" },
        { "wrong type", "{\"items\":\"Dang Gui\"}", 422, "invalid", "items" },
        { "1,001 lines", repeated("{\"items\":[", "\"Dang Gui\"", 1001, "]}"), 422, "invalid", "items" },
        { "10 MB",
          repeated("{\"items\":[", "\"0123456789012345678901234567890123456789012345678901234567\"", 170000,
                   "]}"),
          413, "too_large", "body" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct answer answer =
            ask(&c, &(struct ask){ .path = "/api/v1/screen", .cookie = cookie, .body = cases[i].body });

        ck_assert_msg(answer.status == cases[i].status, "%s: %d %s", cases[i].name, answer.status,
                      answer.body);
        ck_assert_str_eq(answer_header(&c, &answer, "Content-Type"), "application/problem+json");
        ck_assert_str_eq(answer_member(&c, &answer, "code"), cases[i].code);
        ck_assert_str_eq(answer_member(&c, &answer, "field"), cases[i].field);
        ck_assert_uint_eq(strlen(answer_member(&c, &answer, "trace")), 16);
    }
}
END_TEST

START_TEST(the_page_is_kept_by_browsers)
{
    const struct asset *asset = &assets_web[0];
    struct answer answer;
    const char *path;

    ck_assert_ptr_nonnull(asset->name);
    path = arena_printf(&c.arena, "/%s", asset->name);
    answer = ask(&c, &(struct ask){ .path = path });
    ck_assert_int_eq(answer.status, 200);
    ck_assert_uint_eq(answer.size, asset->size);
    ck_assert_str_eq(answer_header(&c, &answer, "ETag"), asset->etag);
    ck_assert_str_eq(answer_header(&c, &answer, "Cache-Control"), "no-cache");
    ck_assert_ptr_nonnull(answer_header(&c, &answer, "Content-Security-Policy"));
    answer =
        ask(&c, &(struct ask){ .path = path,
                               .headers = { arena_printf(&c.arena, "If-None-Match: %s", asset->etag) } });
    ck_assert_int_eq(answer.status, 304);
    ck_assert_uint_eq(answer.size, 0);
    ck_assert_int_eq(ask(&c, &(struct ask){ .path = "/../../etc/passwd" }).status, 404);
    ck_assert_int_eq(ask(&c, &(struct ask){ .path = "/api/v1/nothing" }).status, 404);
}
END_TEST

/* Whether every "$ref" of the document leads somewhere. */
static void check_references(const char *document)
{
    static const char mark[] = "\"$ref\":\"#/components/";

    for (const char *at = strstr(document, mark); at != NULL; at = strstr(at + 1, mark)) {
        const char *name = strchr(at + sizeof mark - 1, '/') + 1;

        ck_assert_msg(
            strstr(document, arena_printf(&c.arena, "\"%.*s\":{", (int)strcspn(name, "\""), name)) != NULL,
            "nothing is called %.*s", (int)strcspn(name, "\""), name);
    }
}

START_TEST(the_document_tells_of_every_route)
{
    struct answer answer = ask(&c, &(struct ask){ .path = "/api/v1/openapi.json" });
    struct json_object *document, *paths;

    ck_assert_int_eq(json_parse_object(&c, answer.body, answer.size, &document), ST_OK);
    ck_assert_str_eq(json_get_text(document, "openapi", 10), "3.1.0");
    paths = json_get_object_or_null(document, "paths");
    for (size_t i = 0; i < route_count(); i++) {
        static const char *const methods[] = { "get", "post", "put", "delete", "options" };
        char *path = arena_printf(&c.arena, "%s/", routes[i].path), *colon;
        struct json_object *item;

        if (strchr(path, '*') != NULL)
            continue;
        for (colon = strchr(path, ':'); colon != NULL; colon = strchr(path, ':')) {
            size_t name = strcspn(colon, "/");

            path = arena_printf(&c.arena, "%.*s{%.*s}%s", (int)(colon - path), path, (int)name - 1, colon + 1,
                                colon + name);
        }
        path[strlen(path) - 1] = '\0';
        item = json_get_object_or_null(paths, path);
        ck_assert_msg(item != NULL && json_has(item, methods[routes[i].method]),
                      "%s %s is not in the document", methods[routes[i].method], path);
        ck_assert_msg(routes[i].summary != NULL && *routes[i].summary != '\0', "%s has no summary", path);
    }
    check_references(answer.body);
}
END_TEST

START_TEST(roles_are_held_against_every_route)
{
    const char *staff = sign_in_as(&c, DATABASE, "sam.ortiz");

    for (size_t i = 0; i < route_count(); i++) {
        static const char *const methods[] = { "GET", "POST", "PUT", "DELETE", "OPTIONS" };
        char *path = arena_text(&c.arena, routes[i].path);
        struct ask what = { .method = methods[routes[i].method],
                            .path = path,
                            .headers = { "X-Yaofang: 1" } };

        for (char *colon = strchr(path, ':'); colon != NULL; colon = strchr(path, ':'))
            *colon = '1';
        if (routes[i].roles == ROLE_PUBLIC)
            continue;
        ck_assert_msg(ask(&c, &what).status == 401, "%s %s without anybody", what.method, path);
        what.cookie = staff;
        if (routes[i].roles == ROLE_CLIENT) /* another system's, whoever the cookie belongs to */
            ck_assert_msg(ask(&c, &what).status == 401, "%s %s by staff", what.method, path);
        else if ((routes[i].roles & ROLE_STAFF) == 0)
            ck_assert_msg(ask(&c, &what).status == 403, "%s %s by staff", what.method, path);
    }
}
END_TEST

START_TEST(without_a_database_the_rule_book_still_serves)
{
    service_stop();
    service_start(NULL);
    ck_assert_int_eq(ask(&c, &(struct ask){ .path = "/healthz" }).status, 200);
    ck_assert_int_eq(ask(&c, &(struct ask){ .path = "/readyz" }).status, 503);
    ck_assert_int_eq(ask(&c, &(struct ask){ .path = "/api/v1/openapi.json" }).status, 200);
}
END_TEST

/* How often a rule book has been published so far. */
static int64_t knowledge_version(void)
{
    struct answer answer = ask(&c, &(struct ask){ .path = "/metrics" });
    const char *at = strstr(answer.body, "\nyaofang_knowledge_version ");

    ck_assert_ptr_nonnull(at);
    return strtoll(at + strlen("\nyaofang_knowledge_version "), NULL, 10);
}

START_TEST(a_changed_rule_book_is_taken_up)
{
    struct ctx own;

    ck_assert_int_eq(knowledge_version(), 1);
    database_open_test(&own, DATABASE, TEST_OWNER);
    sql_must(&own, "INSERT INTO herb_synonyms (herb_id, synonym, kind, source, confidence) VALUES "
                   "('dan_shen', 'quick brown herb', 'english', 'test', 'low')");
    sql_must(&own, "SELECT pg_notify('knowledge_changed', '')");
    for (int i = 0; i < 100 && knowledge_version() == 1; i++)
        (void)nanosleep(&(struct timespec){ 0, 50000000 }, NULL);
    ctx_close(&own);
    ck_assert_ptr_nonnull(strstr(get("/api/v1/names?q=quick%20brown").body, "\"dan_shen\""));
}
END_TEST

/* Every worker's connection is cut while it waits. */
START_TEST(nobody_is_told_that_the_database_was_restarted)
{
    struct ctx own;

    ck_assert_int_eq(get("/api/v1/session").status, 200);
    database_open_test(&own, DATABASE, TEST_SUPER);
    sql_must(&own, "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = "
                   "current_database() AND pid <> pg_backend_pid()");
    ctx_close(&own);
    for (int i = 0; i < 12; i++)
        ck_assert_int_eq(get("/api/v1/session").status, 200);
}
END_TEST

SUITE(service)
{
    return suite_of("service", 120, make_database, setup, teardown,
                    TESTS(it_says_how_it_is, the_rule_book_can_be_read, reads_of_many_are_not_mixed_up,
                          what_is_typed_is_screened, a_screening_comes_as_a_page, bad_input_is_named,
                          a_thousand_lines_are_screened_beside_the_rest, the_page_is_kept_by_browsers,
                          the_document_tells_of_every_route, roles_are_held_against_every_route,
                          without_a_database_the_rule_book_still_serves, a_changed_rule_book_is_taken_up,
                          nobody_is_told_that_the_database_was_restarted));
}
