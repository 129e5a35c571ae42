/* A workbook read back with openpyxl: types, formats, formulas with their values, filter, frozen header; and the same rows as
   CSV and JSON. The rows are given here; the statements are tested with a database. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "print/renderer.h"
#include "support/paper.h"
#include "support/runner.h"

static const char *const rows[][16] = {
    { "Huáng Qí, sliced", "黄芪", "R-HUANG-QI", "raw", "A01", "GLB-1", "Golden Lotus", "2027-05-31", "191",
      "ok", "105000", "5000", "100000", NULL, "1234", "2500" },
    { "=HYPERLINK(\"x\")", "丹参", "R-DAN-SHEN", "raw", "A02", "GLB-2", "Golden, \"Lotus\"", "2026-11-01",
      "-20", "expired", "350", "0", "350", NULL, "4", "9" },
    { "Tiger Balm Patch", "虎标镇痛药布", "S-TIGER", "product", "SH1", "LSW-1", "Lakeshore", NULL, NULL,
      "low", NULL, NULL, NULL, "12", "2400", "4788" },
};

static const char *render(struct ctx *c, const char *format)
{
    struct text empty;
    const struct report_argument arguments[] = { { "days", "120" } };
    struct report_job job = {
        .shop_name = "Arcana Herbs Shop", .person = "Lin Mei", .arguments = arguments, .argument_count = 1
    };
    const char *path;
    void *state;

    text_init(&empty, &c->arena);
    text_add(&empty, "");
    path = paper_file(c, arena_printf(&c->arena, ".%s", format), &empty);
    ck_assert(instant_parse("2026-11-21T23:05:00Z", &job.made));
    job.path = path;
    ck_assert_int_eq(report_find(c, "stock-on-hand", &job.report), ST_OK);
    ck_assert_int_eq(report_renderer(c, format, &job.renderer), ST_OK);
    ck_assert_int_eq(job.renderer->open(c, &job, path, &state), ST_OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_int_eq(job.renderer->add(c, state, rows[i]), ST_OK);
    ck_assert_int_eq(job.renderer->close(c, state), ST_OK);
    return path;
}

START_TEST(a_workbook_has_real_types_formulas_and_a_frozen_header)
{
    struct ctx c;

    ctx_init(&c);
    paper_golden(&c, "stock_sheet",
                 paper_run(&c, arena_printf(&c.arena, "/usr/bin/python3 tests/support/sheet_text.py %s",
                                            render(&c, "xlsx"))));
    ctx_close(&c);
}
END_TEST

START_TEST(csv_is_in_grams_and_runs_no_formula)
{
    struct ctx c;

    ctx_init(&c);
    paper_golden(&c, "stock_csv", paper_run(&c, arena_printf(&c.arena, "cat %s", render(&c, "csv"))));
    ctx_close(&c);
}
END_TEST

START_TEST(json_keeps_the_integers)
{
    struct ctx c;
    const char *json;

    ctx_init(&c);
    json = paper_run(
        &c, arena_printf(&c.arena, "/usr/bin/python3 -m json.tool --no-ensure-ascii %s", render(&c, "json")));
    ck_assert(strstr(json, "\"on_hand_mg\": 105000") != NULL);
    ck_assert(strstr(json, "\"cost_cents\": 1234") != NULL);
    ck_assert(strstr(json, "\"expires_on\": null") != NULL);
    ck_assert(strstr(json, "\"name\": \"=HYPERLINK") != NULL);
    ctx_close(&c);
}
END_TEST

START_TEST(equal_rows_give_an_equal_workbook)
{
    struct ctx c;

    ctx_init(&c);
    paper_run(&c, arena_printf(&c.arena, "cmp %s %s", render(&c, "xlsx"), render(&c, "xlsx")));
    ctx_close(&c);
}
END_TEST

START_TEST(what_is_not_there_is_named)
{
    const struct report *report;
    const struct renderer *renderer;
    struct ctx c;

    ctx_init(&c);
    ck_assert_int_eq(report_find(&c, "stock", &report), ST_NOT_FOUND);
    ck_assert(strstr(c.fault.items[0].rule, "stock-on-hand") != NULL);
    ctx_forgive(&c);
    ck_assert_int_eq(report_renderer(&c, "doc", &renderer), ST_INVALID);
    ck_assert_str_eq(c.fault.items[0].value, "doc");
    ctx_close(&c);
}
END_TEST

SUITE(report)
{
    Suite *suite = suite_create("report");
    TCase *tests = tcase_create("report");

    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_workbook_has_real_types_formulas_and_a_frozen_header);
    tcase_add_test(tests, csv_is_in_grams_and_runs_no_formula);
    tcase_add_test(tests, json_keeps_the_integers);
    tcase_add_test(tests, equal_rows_give_an_equal_workbook);
    tcase_add_test(tests, what_is_not_there_is_named);
    suite_add_tcase(suite, tests);
    return suite;
}
