/* Every report runs on the demo shop, in every format, with every column it promises; another shop's rows are not in it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/import.h"
#include "db/db.h"
#include "intake/table_cell.h"
#include "print/report.h"
#include "support/database.h"
#include "support/paper.h"
#include "support/runner.h"

#define DATABASE "test_reports"

static void fresh(void)
{
    database_fresh(DATABASE);
}

static const char *run_report(struct ctx *c, const char *name, const char *format,
                              const struct report_argument *arguments, size_t count)
{
    struct report_job job = { .arguments = arguments, .argument_count = count, .made = instant_now() };
    struct text empty;

    text_init(&empty, &c->arena);
    text_add(&empty, "");
    job.path = paper_file(c, arena_printf(&c->arena, ".%s", format), &empty);
    ck_assert_int_eq(report_find(c, name, &job.report), ST_OK);
    ck_assert_int_eq(report_renderer(c, format, &job.renderer), ST_OK);
    ck_assert_msg(report_run(c, &job) == ST_OK, "%s as %s: %s", name, format, fault_text(c));
    return job.path;
}

START_TEST(every_report_runs_in_every_format)
{
    static const char *const formats[] = { "xlsx", "csv", "json" };

    for (const struct report *report = reports; report->name != NULL; report++) {
        for (size_t i = 0; i < 3; i++) {
            struct ctx c;

            database_open_test(&c, DATABASE, TEST_APP);
            run_report(&c, report->name, formats[i], NULL, 0);
            ctx_close(&c);
        }
    }
}
END_TEST

static void check_columns(const struct report *report, const struct query *query,
                          const struct report_column *columns)
{
    struct param params[8] = { { 0 } };
    const struct rows *rows;
    size_t count = 1;
    struct ctx c;

    database_open_test(&c, DATABASE, TEST_APP);
    params[0] = SHOP(&c);
    for (const struct report_parameter *p = report->parameters; p != NULL && p->name != NULL; p++)
        params[count++] = NONE();
    ck_assert_msg(db_rows(&c, query, params, count, &rows) == ST_OK, "%s: %s", query->name, fault_text(&c));
    for (const struct report_column *column = columns; column->key != NULL; column++) {
        size_t at = 0;

        while (at < rows_width(rows) && strcmp(rows_name(rows, at), column->key) != 0)
            at++;
        ck_assert_msg(at < rows_width(rows), "%s: no column %s", query->name, column->key);
    }
    ctx_close(&c);
}

/* What refers to a column by its key refers to one that is there. */
static void check_key(const struct report_column *columns, const char *key)
{
    for (; columns->key != NULL; columns++)
        if (strcmp(columns->key, key) == 0)
            return;
    ck_abort_msg("no column %s", key);
}

static void check_charts(const struct report_chart *chart, const struct report_column *columns)
{
    for (; chart != NULL && chart->title != NULL; chart++) {
        struct arena arena;
        size_t count;
        char **keys;

        arena_init(&arena);
        check_key(columns, chart->category);
        keys = text_split(&arena, chart->values, '|', &count);
        for (size_t i = 0; i < count; i++)
            check_key(columns, keys[i]);
        arena_close(&arena);
    }
}

START_TEST(every_column_promised_is_in_the_statement)
{
    for (const struct report *report = reports; report->name != NULL; report++) {
        check_columns(report, report->query, report->columns);
        check_charts(report->charts, report->columns);
        for (const struct report_entry *entry = report->entries; entry != NULL && entry->key != NULL; entry++)
            check_key(report->columns, entry->key);
        for (const struct report_rule *rule = report->rules; rule != NULL && rule->key != NULL; rule++)
            check_key(report->columns, rule->key);
        ck_assert_uint_le(strlen(report->title), 31);
        for (const struct report_sheet *sheet = report->more; sheet != NULL && sheet->name != NULL; sheet++) {
            check_columns(report, sheet->query, sheet->columns);
            check_charts(sheet->charts, sheet->columns);
            ck_assert_uint_le(strlen(sheet->name), 31);
        }
    }
}
END_TEST

START_TEST(one_sheet_of_several_is_chosen_by_name)
{
    struct report_job job = { .sheet = "By category", .made = instant_now() };
    struct text empty;
    struct ctx c;

    database_open_test(&c, DATABASE, TEST_APP);
    text_init(&empty, &c.arena);
    text_add(&empty, "");
    job.path = paper_file(&c, ".csv", &empty);
    ck_assert_int_eq(report_find(&c, "stock-on-hand", &job.report), ST_OK);
    ck_assert_int_eq(report_renderer(&c, "csv", &job.renderer), ST_OK);
    ck_assert_int_eq(report_run(&c, &job), ST_OK);
    ck_assert_str_eq(paper_run(&c, arena_printf(&c.arena, "head -c 40 %s | tr -d '\\r' | head -1", job.path)),
                     "\xEF\xBB\xBF"
                     "category,items,on_hand_g,cost,price\n");
    job.sheet = "By colour";
    ck_assert_int_eq(report_run(&c, &job), ST_NOT_FOUND);
    ctx_close(&c);
}
END_TEST

START_TEST(stock_on_hand_adds_up_to_the_ledger)
{
    struct ctx c;
    const char *sums;

    database_open_test(&c, DATABASE, TEST_APP);
    sums = paper_run(
        &c, arena_printf(&c.arena,
                         "/usr/bin/python3 -c 'import json,sys; r=json.load(open(sys.argv[1]))[\"rows\"]; "
                         "print(sum((x[\"on_hand_mg\"] or 0)+(x[\"pieces\"] or 0) for x in r))' %s",
                         run_report(&c, "stock-on-hand", "json", NULL, 0)));
    ck_assert_int_eq(
        strtoll(sums, NULL, 10),
        sql_number(&c, "SELECT sum(quantity) FROM balances WHERE internal AND shop_id = current_shop()"));
    ctx_close(&c);
}
END_TEST

START_TEST(parameters_are_read_or_named)
{
    static const struct report_argument bad_date[] = { { "from", "yesterday" } };
    static const struct report_argument unknown[] = { { "colour", "red" } };
    static const struct report_argument good[] = { { "from", "2000-01-01" }, { "to", "2000-01-02" } };
    struct report_job job = {
        .arguments = bad_date, .argument_count = 1, .path = "/nowhere/x.csv", .made = instant_now()
    };
    struct ctx c;

    database_open_test(&c, DATABASE, TEST_APP);
    ck_assert_int_eq(report_find(&c, "lot-ledger", &job.report), ST_OK);
    ck_assert_int_eq(report_renderer(&c, "csv", &job.renderer), ST_OK);
    ck_assert_int_eq(report_run(&c, &job), ST_INVALID);
    ck_assert_str_eq(c.fault.items[0].field, "from");
    ctx_forgive(&c);
    job.arguments = unknown;
    ck_assert_int_eq(report_run(&c, &job), ST_INVALID);
    ck_assert(strstr(c.fault.items[0].value, "colour") != NULL);
    ctx_forgive(&c);
    job.arguments = NULL;
    job.argument_count = 0;
    ck_assert_int_eq(report_run(&c, &job), ST_INVALID);
    ck_assert_str_eq(c.fault.items[0].field, "output");
    ctx_forgive(&c);
    ck_assert_str_eq(
        paper_run(&c, arena_printf(&c.arena, "wc -l <%s", run_report(&c, "lot-ledger", "csv", good, 2))),
        "1\n");
    ctx_close(&c);
}
END_TEST

/* The column of a kind of import that a workbook's column is read as, by its heading and by its name in CSV; NULL: none. */
static const struct table_column *read_as(struct ctx *c, const struct import_kind *kind,
                                          const struct report_column *column)
{
    const char *csv = column->key;
    const size_t size = strlen(csv);

    if (column->kind == REPORT_GRAMS)
        csv = arena_printf(&c->arena, "%.*s_g", (int)(size - strlen("_mg")), csv);
    if (column->kind == REPORT_MONEY)
        csv = arena_printf(&c->arena, "%.*s", (int)(size - strlen("_cents")), csv);
    for (const struct import_part *part = kind->parts; part->name != NULL; part++)
        for (const struct table_column *at = part->columns; at->name != NULL; at++)
            if (table_caption_means(&c->arena, column->heading, at, true) &&
                table_caption_means(&c->arena, csv, at, false))
                return at;
    return NULL;
}

/* Every word that a list of the workbook offers is one that the import takes. */
static void check_words(struct ctx *c, const struct report_entry *entry, const struct table_column *column)
{
    size_t count;
    char **words;

    if (column->kind != TABLE_WORD)
        return;
    ck_assert_msg(entry->words != NULL, "%s has no list", entry->key);
    words = text_split(&c->arena, entry->words, '|', &count);
    for (size_t i = 0; i < count; i++) {
        const struct raw_cell raw = { .kind = RAW_TEXT, .text = words[i] };
        struct table_cell cell;

        table_cell_read(&c->arena, column, &raw, false, &cell);
        ck_assert_msg(cell.text != NULL, "%s: %s: %s", entry->key, words[i], cell.rule);
    }
}

START_TEST(a_workbook_to_fill_in_is_one_that_its_import_reads)
{
    struct ctx c;

    database_open_test(&c, DATABASE, TEST_APP);
    for (size_t i = 0; import_kinds[i] != NULL; i++) {
        const struct import_kind *kind = import_kinds[i];
        const struct report *report;

        ck_assert_msg(report_find(&c, kind->workbook, &report) == ST_OK, "%s", fault_text(&c));
        ck_assert_msg(report->entries != NULL, "%s has nothing to fill in", report->name);
        ck_assert_msg(report->roles == 0 || (kind->roles & ~report->roles) == 0, "%s is not for all who may",
                      report->name);
        for (const struct report_column *column = report->columns; column->key != NULL; column++) {
            const struct table_column *read = read_as(&c, kind, column);

            ck_assert_msg(read != NULL, "%s of %s is no column of the import", column->key, report->name);
            for (const struct report_entry *entry = report->entries; entry->key != NULL; entry++)
                if (strcmp(entry->key, column->key) == 0)
                    check_words(&c, entry, read);
        }
    }
    ctx_close(&c);
}
END_TEST

SUITE(reports)
{
    return suite_of("reports", 60, fresh, NULL, NULL,
                    TESTS(every_report_runs_in_every_format, every_column_promised_is_in_the_statement,
                          one_sheet_of_several_is_chosen_by_name, stock_on_hand_adds_up_to_the_ledger,
                          parameters_are_read_or_named, a_workbook_to_fill_in_is_one_that_its_import_reads));
}
