/* What HTTP does without a socket: routes, guards, readers, problem documents. */
#include "base/text.h"
#include "http/guard.h"
#include "http/reply.h"
#include "http/route.h"
#include "support/runner.h"

#include <string.h>

static const struct route table[] = {
    { .method = METHOD_GET, .path = "/herbs" },
    { .method = METHOD_GET, .path = "/herbs/:id" },
    { .method = METHOD_GET, .path = "/herbs/search" },
    { .method = METHOD_PUT, .path = "/herbs/:id" },
    { .method = METHOD_POST, .path = "/orders/:id/lines/:line" },
    { .method = METHOD_GET, .path = "/*" },
};
enum { TABLE_SIZE = sizeof table / sizeof table[0] };

static struct ctx c;
static struct request in;

static void setup(void)
{
    ctx_init(&c);
    in = (struct request){ .c = &c, .data = "", .route = &table[0] };
}

static void teardown(void)
{
    ctx_close(&c);
}

static enum status find(enum method method, const char *path, int *row, const char **allowed)
{
    const struct route *route = NULL;
    enum status status =
        route_find(&c, table, TABLE_SIZE, method, path, &route, in.parts, &in.part_count, allowed);

    *row = route == NULL ? -1 : (int)(route - table);
    ctx_forgive(&c);
    return status;
}

START_TEST(routes_are_found)
{
    static const struct {
        enum method method;
        const char *path;
        enum status status;
        int row;
        const char *allowed;
    } cases[] = {
        { METHOD_GET, "/herbs", ST_OK, 0, NULL },
        { METHOD_GET, "/herbs/dang_gui", ST_OK, 1, NULL },
        { METHOD_GET, "/herbs/search", ST_OK, 2, NULL },
        { METHOD_PUT, "/herbs/dang_gui", ST_OK, 3, NULL },
        { METHOD_POST, "/orders/7/lines/2", ST_OK, 4, NULL },
        { METHOD_GET, "/app.js", ST_OK, 5, NULL },
        { METHOD_GET, "/herbs/", ST_OK, 5, NULL },
        { METHOD_DELETE, "/herbs/dang_gui", ST_METHOD, -1, "GET, HEAD, PUT" },
        { METHOD_GET, "/orders/7/lines/2", ST_METHOD, -1, "GET, HEAD, POST" },
        { METHOD_POST, "/app.js", ST_METHOD, -1, "GET, HEAD" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *allowed = NULL;
        int row;

        ck_assert_msg(find(cases[i].method, cases[i].path, &row, &allowed) == cases[i].status, "%s",
                      cases[i].path);
        ck_assert_int_eq(row, cases[i].row);
        ck_assert_pstr_eq(allowed, cases[i].allowed);
    }
}
END_TEST

START_TEST(path_parts_are_taken)
{
    const char *allowed;
    int row;

    ck_assert_int_eq(find(METHOD_POST, "/orders/7/lines/two", &row, &allowed), ST_OK);
    ck_assert_int_eq(in_path_id(&in, "id"), 7);
    ck_assert_str_eq(in_path_text(&in, "line"), "two");
    ck_assert_int_eq(in_path_id(&in, "line"), 0);
    ck_assert_int_eq(c.fault.status, ST_INVALID);
    ck_assert_str_eq(c.fault.items[0].field, "line");
    ck_assert_str_eq(c.fault.items[0].value, "two");
}
END_TEST

START_TEST(no_route_without_a_wildcard)
{
    const struct route *route;
    const char *allowed = NULL;

    ck_assert_int_eq(
        route_find(&c, table, 5, METHOD_GET, "/nothing", &route, in.parts, &in.part_count, &allowed),
        ST_NOT_FOUND);
}
END_TEST

START_TEST(paths_are_decoded_or_refused)
{
    static const char *const bad[] = { "/a%00b", "/a%2Fb", "/a%2fb",  "/a%", "/a%4",
                                       "/a%zz",  "/%ff",   "/%c3%28", "x" };

    ck_assert_int_eq(guard_path(&in, "/herbs/%E5%BD%93%E5%BD%92"), ST_OK);
    ck_assert_str_eq(in.path, "/herbs/当归");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ck_assert_msg(guard_path(&in, bad[i]) == ST_MALFORMED, "%s", bad[i]);
        ctx_forgive(&c);
    }
}
END_TEST

static void header(const char *name, const char *value)
{
    in.headers = arena_grow(&c.arena, in.headers, in.header_count, &in.header_capacity, sizeof *in.headers);
    in.headers[in.header_count++] = (struct pair){ .name = name, .value = value };
}

START_TEST(smuggling_headers_are_refused)
{
    static const struct {
        const char *names[3];
        const char *values[3];
        bool fine;
    } cases[] = {
        { { "Host" }, { "h" }, true },
        { { "Host", "Content-Length" }, { "h", "5" }, true },
        { { "Host", "Transfer-Encoding" }, { "h", "Chunked" }, true },
        { { "Host", "Content-Length", "Transfer-Encoding" }, { "h", "5", "chunked" }, false },
        { { "Host", "Content-Length", "content-length" }, { "h", "5", "5" }, false },
        { { "Host", "Transfer-Encoding", "Transfer-Encoding" }, { "h", "chunked", "chunked" }, false },
        { { "Host", "Transfer-Encoding" }, { "h", "xchunked" }, false },
        { { "Host", "Transfer-Encoding" }, { "h", "gzip, chunked" }, false },
        { { "Host", "Content-Length" }, { "h", "-1" }, false },
        { { "Host", "Content-Length" }, { "h", "5, 5" }, false },
        { { "Host", "X" }, { "h", "a\x01" }, false },
        { { "X" }, { "a" }, false },
        { { "Host", "Host" }, { "h", "h" }, false },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        in.header_count = 0;
        for (size_t k = 0; k < 3 && cases[i].names[k] != NULL; k++)
            header(cases[i].names[k], cases[i].values[k]);
        ck_assert_msg((guard_headers(&in, "HTTP/1.1") == ST_OK) == cases[i].fine, "case %zu", i);
        ctx_forgive(&c);
    }
}
END_TEST

START_TEST(only_json_is_taken_where_json_is_wanted)
{
    static const struct {
        const char *type;
        enum status status;
    } cases[] = {
        { "application/json", ST_OK },
        { "Application/JSON; charset=utf-8", ST_OK },
        { "application/jsonp", ST_MEDIA_TYPE },
        { "text/plain", ST_MEDIA_TYPE },
    };

    in.size = 2;
    ck_assert_int_eq(guard_media(&in), ST_MEDIA_TYPE);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ctx_forgive(&c);
        in.header_count = 0;
        header("Content-Type", cases[i].type);
        ck_assert_msg(guard_media(&in) == cases[i].status, "%s", cases[i].type);
    }
}
END_TEST

START_TEST(query_readers_note_everything)
{
    static const char *const words[] = { "asc", "desc", NULL };

    ck_assert_int_eq(guard_parameter(&in, "q", "dang%20gui"), ST_OK);
    ck_assert_int_eq(guard_parameter(&in, "limit", "5000"), ST_OK);
    ck_assert_int_eq(guard_parameter(&in, "on", "2027-02-30"), ST_OK);
    ck_assert_int_eq(guard_parameter(&in, "order", "up"), ST_OK);
    ck_assert_int_eq(guard_parameter(&in, "colour", "red"), ST_OK);
    ck_assert_str_eq(in_query_text(&in, "q", 20), "dang gui");
    ck_assert_int_eq(in_query_i64_or(&in, "limit", 1, 100, 50), 50);
    ck_assert(date_is_none(in_query_date_or(&in, "on", DATE_NONE)));
    ck_assert_int_eq(in_query_word_or(&in, "order", words, 0), 0);
    ck_assert_int_eq(in_end(&in), ST_INVALID);
    ck_assert_uint_eq(c.fault.count, 4);
    ck_assert_str_eq(c.fault.items[3].field, "colour");
    ck_assert_int_eq(guard_parameter(&in, "x", "%00"), ST_INVALID); /* the first fault stands */
    ctx_forgive(&c);
    ck_assert_int_eq(guard_parameter(&in, "x", "%00"), ST_MALFORMED);
}
END_TEST

START_TEST(cookies_are_told_apart)
{
    header("Cookie", "a=1; yaofang_session=abc; yaofang_session2=def");
    ck_assert_str_eq(in_cookie(&in, "yaofang_session"), "abc");
    ck_assert_str_eq(in_cookie(&in, "a"), "1");
    ck_assert_ptr_null(in_cookie(&in, "session"));
}
END_TEST

START_TEST(a_body_nobody_wants_is_refused)
{
    in.data = "{}";
    in.size = 2;
    ck_assert_int_eq(in_end(&in), ST_OK);
    in.body = NULL;
    in.data = "{\"a\":1}";
    in.size = 7;
    ck_assert_int_eq(in_end(&in), ST_INVALID);
}
END_TEST

START_TEST(problems_name_field_value_and_rule)
{
    struct reply out = { 0 };

    c.trace = "abc";
    ctx_note(&c, ST_SHORT, "Dang Gui", "9 g", "has only %s left", "2 g");
    reply_problem(&c, &out);
    reply_finish(&out);
    ck_assert_int_eq(out.status, 409);
    ck_assert_str_eq(out.type, "application/problem+json");
    ck_assert_str_eq(
        out.data,
        "{\"type\":\"urn:yaofang:problem:short_stock\",\"title\":\"Not enough stock\",\"status\":409,"
        "\"detail\":\"Dang Gui \\\"9 g\\\" has only 2 g left\",\"code\":\"short_stock\",\"errors\":"
        "[{\"field\":\"Dang Gui\",\"value\":\"9 g\",\"rule\":\"has only 2 g left\"}],"
        "\"trace\":\"abc\"}");
}
END_TEST

SUITE(http)
{
    return suite_of("http", 4, NULL, setup, teardown,
                    TESTS(routes_are_found, path_parts_are_taken, no_route_without_a_wildcard,
                          paths_are_decoded_or_refused, smuggling_headers_are_refused,
                          only_json_is_taken_where_json_is_wanted, query_readers_note_everything,
                          cookies_are_told_apart, a_body_nobody_wants_is_refused,
                          problems_name_field_value_and_rule));
}
