/* JSON at the edge: everything wrong is named at once; nothing wrong gets in. */
#include <stdlib.h>
#include <string.h>

#include "support/runner.h"
#include "json/json_read.h"
#include "json/json_write.h"

static struct ctx c;

static void begin(void)
{
    ctx_init(&c);
}

static void end(void)
{
    ctx_close(&c);
}

static struct json_object *parsed(const char *text)
{
    struct json_object *in = NULL;

    ck_assert_int_eq(json_parse_object(&c, text, strlen(text), &in), ST_OK);
    return in;
}

static void refused(const char *text, size_t size)
{
    struct json_object *in;

    ck_assert_msg(json_parse_object(&c, text, size, &in) == ST_MALFORMED, "accepted: %.60s", text);
    ctx_forgive(&c);
}

START_TEST(what_is_not_one_object_is_refused)
{
    static const char *const bad[] = {
        "",
        "{",
        "[1]",
        "7",
        "{} {}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"b\":2}}",
        "{\"a\":\"\\u0000\"}",
        "{\"a\":01x}",
        "nonsense",
        "{\"a\":\"\xff\"}",
        "{\"a\":\"\xed\xa0\x80\"}",
    };
    char deep[200];

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        refused(bad[i], strlen(bad[i]));
    memset(deep, '[', sizeof deep);
    memcpy(deep, "{\"a\":", 5);
    refused(deep, sizeof deep);
}
END_TEST

START_TEST(every_bad_field_is_named_in_one_answer)
{
    struct json_object *in = parsed("{\"name\":7,\"grams_mg\":1.5,\"when\":\"2027-02-30\",\"extra\":1,"
                                    "\"items\":[{\"mg\":-1,\"odd\":true}]}");
    size_t n;
    struct json_object **items;

    json_get_text(in, "name", 20);
    json_get_i64(in, "grams_mg", 0, 100);
    json_get_date(in, "when");
    json_get_bool(in, "missing");
    items = json_get_objects(in, "items", 0, &n);
    ck_assert_uint_eq(n, 1);
    json_get_i64(items[0], "mg", 0, 100);
    ck_assert_int_eq(json_end(in), ST_INVALID);
    ck_assert_uint_eq(c.fault.count, 7);
    ck_assert_str_eq(c.fault.items[0].field, "name");
    ck_assert_str_eq(c.fault.items[0].value, "7");
    ck_assert_str_eq(c.fault.items[2].value, "2027-02-30");
    ck_assert_str_eq(c.fault.items[3].rule, "is required");
    ck_assert_str_eq(c.fault.items[4].field, "items[0].mg");
    ck_assert_str_eq(c.fault.items[5].field, "extra");
    ck_assert_str_eq(c.fault.items[6].field, "items[0].odd");
}
END_TEST

START_TEST(numbers_are_exact_or_refused)
{
    struct json_object *in = parsed("{\"most\":9007199254740992,\"more\":9007199254740994,\"huge\":1e300}");

    ck_assert_int_eq(json_get_i64(in, "most", 0, INT64_MAX), INT64_C(9007199254740992));
    ck_assert_int_eq(json_end(parsed("{}")), ST_OK);
    json_get_i64(in, "more", 0, INT64_MAX);
    json_get_i64(in, "huge", 0, INT64_MAX);
    ck_assert_uint_eq(c.fault.count, 2);
}
END_TEST

START_TEST(lists_have_a_limit)
{
    struct text body;
    size_t n;
    struct json_object *in;

    text_init(&body, &c.arena);
    text_add(&body, "{\"items\":[");
    for (int i = 0; i < 1001; i++)
        text_add(&body, i == 0 ? "\"x\"" : ",\"x\"");
    text_add(&body, "]}");
    in = parsed(body.data);
    json_get_texts(in, "items", 0, 10, &n);
    ck_assert_uint_eq(n, 0);
    ck_assert_int_eq(json_end(in), ST_INVALID);
}
END_TEST

START_TEST(what_is_written_can_be_read)
{
    struct text out;
    struct json_writer w;
    struct json_object *in;

    text_init(&out, &c.arena);
    json_init(&w, &out);
    json_open_object(&w, NULL);
    json_text(&w, "text", "当归 \"quoted\" \\ \n\t\x01");
    json_weight(&w, "weight_mg", (struct weight){ 9000 });
    json_date(&w, "none", DATE_NONE);
    json_date(&w, "expiry", date_from(2027, 2, 28));
    json_open_list(&w, "list");
    json_i64(&w, NULL, 1);
    json_bool(&w, NULL, true);
    json_close_list(&w);
    json_text_list(&w, "parts", "a; b;;c");
    json_close_object(&w);
    in = parsed(out.data);
    ck_assert_str_eq(json_get_text(in, "text", 100), "当归 \"quoted\" \\ \n\t\x01");
    ck_assert_int_eq(json_get_i64(in, "weight_mg", 0, 10000), 9000);
    ck_assert(
        strstr(out.data,
               "\"none\":null,\"expiry\":\"2027-02-28\",\"list\":[1,true],\"parts\":[\"a\",\"b\",\"c\"]}"));
}
END_TEST

SUITE(json)
{
    return suite_of("json", 4, NULL, begin, end,
                    TESTS(what_is_not_one_object_is_refused, every_bad_field_is_named_in_one_answer,
                          numbers_are_exact_or_refused, lists_have_a_limit, what_is_written_can_be_read));
}
