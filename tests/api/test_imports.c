/* Tables coming in over HTTP: checked, applied, undone, given back with their faults; keys, sizes and what is no table. */
#include <string.h>

#include "base/text.h"
#include "support/database.h"
#include "support/runner.h"
#include "support/service.h"

#define DATABASE "api_imports"

static struct ctx c;
static const char *cookie;

static void begin(void)
{
    database_fresh(DATABASE);
    service_start(DATABASE);
    ctx_init(&c);
    cookie = sign_in_as(&c, DATABASE, "mei.lin");
}

static void end(void)
{
    ctx_close(&c);
    service_stop();
}

static struct answer send(const char *path, const char *key, const char *body)
{
    return ask(&c, &(struct ask){ .method = "POST",
                                  .path = path,
                                  .body = body,
                                  .type = "text/csv",
                                  .cookie = cookie,
                                  .key = key,
                                  .headers = { "X-Yaofang: 1" } });
}

static struct answer get(const char *path)
{
    return ask(&c, &(struct ask){ .path = path, .cookie = cookie });
}

static void is(struct answer answer, int status, const char *part)
{
    ck_assert_msg(answer.status == status && strstr(answer.body, part) != NULL, "%d %s", answer.status,
                  answer.body);
}

START_TEST(a_file_is_checked_then_applied_then_undone)
{
    static const char file[] = "family_name,born_on\nZhang,1970-02-03\n李,1980-12\n";
    struct answer answer = send("/api/v1/imports/patients?dry_run=true&file_name=people.csv", "i-1", file);
    const char *id = answer_member(&c, &answer, "id");

    is(answer, 201, "\"state\":\"ready\"");
    is(answer, 201, "people.csv");
    is(get(arena_printf(&c.arena, "/api/v1/imports/%s", id)), 200, "\"rows_total\":2");
    is(send(arena_printf(&c.arena, "/api/v1/imports/%s/apply", id), "i-2", NULL), 200,
       "\"state\":\"applied\"");
    is(send(arena_printf(&c.arena, "/api/v1/imports/%s/apply", id), "i-2", NULL), 200,
       "\"state\":\"applied\"");
    is(send(arena_printf(&c.arena, "/api/v1/imports/%s/apply", id), "i-3", NULL), 409, "is applied");
    is(send("/api/v1/imports/patients", "i-4", file), 409, "was applied already");
    is(send(arena_printf(&c.arena, "/api/v1/imports/%s/undo", id), "i-5", NULL), 200, "\"state\":\"undone\"");
    is(get("/api/v1/imports"), 200, "\"undone_by\":\"Lin Mei (demo)\"");
    is(send("/api/v1/imports/patients", "i-6", file), 201, "\"state\":\"applied\"");
    is(send("/api/v1/imports/patients", "i-6", file), 201, "\"state\":\"applied\"");
    is(send("/api/v1/imports/patients", "i-6", "family_name\nB\n"), 409, "something else");
}
END_TEST

START_TEST(what_is_wrong_is_named_and_given_back)
{
    struct answer answer =
        send("/api/v1/imports/patients", "f-1", "family_name,born_on\n=A,31/12/1970\n,1980-01-01\n");

    is(answer, 422, "sheet upload row 2 column B (born_on)");
    is(answer, 422, "\"31/12/1970\"");
    is(answer, 422, "sheet upload row 3 column A (family_name)");
    answer = get("/api/v1/imports/1/faults?format=csv");
    is(answer, 200, "sheet upload row 2 column B (born_on),31/12/1970,");
    answer = get("/api/v1/imports/1/faults");
    ck_assert_int_eq(answer.status, 200);
    ck_assert_mem_eq(answer.body, "PK", 2);
    is(get("/api/v1/imports/99"), 404, "no import");
    is(get("/api/v1/imports/1/faults?format=pdf"), 422, "format");
}
END_TEST

START_TEST(what_is_no_table_is_refused)
{
    is(send("/api/v1/imports/patients", "n-1", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), 422, "encrypted");
    is(send("/api/v1/imports/patients?file_name=a.xlsx", "n-2", "family_name\nA\n"), 422, "is none");
    is(send("/api/v1/imports/paitents", "n-3", "family_name\nA\n"), 404, "patients, herbs");
    is(send("/api/v1/imports/patients", NULL, "family_name\nA\n"), 422, "Idempotency-Key");
    is(send("/api/v1/imports/patients?colour=red", "n-4", "family_name\nA\n"), 422, "colour");
    is(send("/api/v1/imports/patients", "n-5", NULL), 422, "body");
    is(send("/api/v1/imports/herbs", "n-6", "sku\nA\n"), 403, "import");
    ck_assert_int_eq(ask(&c, &(struct ask){ .method = "POST",
                                            .path = "/api/v1/imports/patients",
                                            .body = "a",
                                            .type = "text/csv",
                                            .cookie = cookie,
                                            .key = "n-7" })
                         .status,
                     403);
}
END_TEST

START_TEST(a_large_file_goes_through_and_a_huge_one_does_not)
{
    const size_t size = 65 * 1024 * 1024;
    char *huge = arena_alloc(&c.arena, size + 1);
    struct text file;
    struct answer answer;

    text_init(&file, &c.arena);
    text_add(&file, "family_name,complaint\n");
    for (int i = 0; i < 20000; i++)
        text_addf(&file, "Person %d,%0100d\n", i, i);
    ck_assert_uint_gt(file.size, 2 * 1024 * 1024);
    is(send("/api/v1/imports/patients", "l-1", file.data), 201, "\"rows_total\":20000");
    memset(huge, 'x', size);
    answer = send("/api/v1/imports/patients", "l-2", huge);
    ck_assert_int_eq(answer.status, 413);
    answer = ask(&c, &(struct ask){ .method = "POST",
                                    .path = "/api/v1/patients",
                                    .body = huge,
                                    .size = 2 * 1024 * 1024,
                                    .cookie = cookie,
                                    .key = "l-3" });
    ck_assert_int_eq(answer.status, 413);
}
END_TEST

START_TEST(the_kinds_say_what_they_take)
{
    is(get("/api/v1/import-kinds"), 200, "\"name\":\"patients\"");
    is(get("/api/v1/import-kinds"), 200, "\"captions\":\"Patient no.|");
    is(get("/api/v1/import-kinds"), 200, "\"workbook\":\"patients-sheet\"");
}
END_TEST

SUITE(imports)
{
    return suite_of("imports", 120, NULL, begin, end,
                    TESTS(a_file_is_checked_then_applied_then_undone, what_is_wrong_is_named_and_given_back,
                          what_is_no_table_is_refused, a_large_file_goes_through_and_a_huge_one_does_not,
                          the_kinds_say_what_they_take));
}
