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

/* A sheet to fill in, with a chart: what no report of the stage has. */
static const struct report_column count_columns[] = {
    { "item", "Item\n品名", REPORT_TEXT, false, "What is counted." },
    { "on_hand_mg", "On hand g\n库存", REPORT_GRAMS, true, "By the ledger." },
    { "counted_mg", "Counted g\n实盘", REPORT_GRAMS, true, "Filled in by who counts." },
    { "difference_mg", "Difference g\n差异", REPORT_GRAMS, true, "Counted less on hand." },
    { "reason", "Reason\n原因", REPORT_TEXT, false, "Why they differ." },
    { "counted_on", "Counted on\n日期", REPORT_DATE, false, "The day of the count." },
    { "cost_cents", "Cost\n成本", REPORT_MONEY, true, "Of what is on hand." },
    { .key = NULL },
};
static const struct report_entry count_entries[] = {
    { "counted_mg", NULL, 0, 100000000, "What lies there, in g" },
    { "reason", "spilled|spoilt|miscounted|other", 0, 0, NULL },
    { "counted_on", NULL, 0, 0, NULL },
    { .key = NULL },
};
static const struct report_formula count_formulas[] = {
    { "difference_mg", "=IF({counted_mg}=\"\",\"\",{counted_mg}-{on_hand_mg})" },
    { .key = NULL },
};
static const struct report_chart count_charts[] = {
    { CHART_BARS, "On hand and counted", "item", "on_hand_mg|counted_mg" },
    { CHART_PIE, "Where the money lies", "item", "cost_cents" },
    { .title = NULL },
};
static const struct report_sheet count_sheet = {
    .name = "Count",
    .summary = "What lies there, to be counted.",
    .columns = count_columns,
    .charts = count_charts,
    .entries = count_entries,
    .formulas = count_formulas,
    .blank_rows = 2,
};
static const char *const count_rows[][7] = {
    { "+Dang Gui", "9000", NULL, NULL, NULL, NULL, "1250" },
    { "@黄芪", "120500", "120000", "-500", "spilled", "2026-11-21", "99" },
};

static const char *render(struct ctx *c, const char *format)
{
    struct text empty;
    const struct report_argument arguments[] = { { "days", "120" } };
    struct report_job job = { .shop_name = "Arcana Herbs Shop",
                              .person = "Lin Mei",
                              .currency = "EUR",
                              .made_text = "2026-11-21 17:05 (America/Chicago)",
                              .arguments = arguments,
                              .argument_count = 1 };
    struct report_sheet own;
    const char *path;
    void *state;

    text_init(&empty, &c->arena);
    text_add(&empty, "");
    path = paper_file(c, arena_printf(&c->arena, ".%s", format), &empty);
    ck_assert(instant_parse("2026-11-21T23:05:00Z", &job.made));
    job.path = path;
    ck_assert_int_eq(report_find(c, "stock-on-hand", &job.report), ST_OK);
    ck_assert_int_eq(report_renderer(c, format, &job.renderer), ST_OK);
    own = (struct report_sheet){ .name = job.report->title,
                                 .summary = job.report->summary,
                                 .columns = job.report->columns,
                                 .rules = job.report->rules };
    ck_assert_int_eq(job.renderer->open(c, &job, path, &state), ST_OK);
    ck_assert_int_eq(job.renderer->begin(c, state, &own), ST_OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_int_eq(job.renderer->add(c, state, rows[i]), ST_OK);
    ck_assert_int_eq(job.renderer->end(c, state), ST_OK);
    if (!job.renderer->one_sheet) {
        ck_assert_int_eq(job.renderer->begin(c, state, &count_sheet), ST_OK);
        for (size_t i = 0; i < sizeof count_rows / sizeof *count_rows; i++)
            ck_assert_int_eq(job.renderer->add(c, state, count_rows[i]), ST_OK);
        ck_assert_int_eq(job.renderer->end(c, state), ST_OK);
    }
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
    return suite_of("report", 60, NULL, NULL, NULL,
                    TESTS(a_workbook_has_real_types_formulas_and_a_frozen_header,
                          csv_is_in_grams_and_runs_no_formula, json_keeps_the_integers,
                          equal_rows_give_an_equal_workbook, what_is_not_there_is_named));
}
