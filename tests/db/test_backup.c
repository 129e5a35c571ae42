/* The complete backup: no table of a shop is forgotten, nothing secret is in it, no row is lost on the way, and long tables and
   texts go on where a sheet or a cell ends. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "core/person.h"
#include "print/report.h"
#include "support/database.h"
#include "support/paper.h"
#include "support/prescribe.h"
#include "support/runner.h"
#include "support/stage.h"

#define DATABASE "test_backup"

static struct ctx c;

static void make(void)
{
    database_fresh(DATABASE);
}

static void begin(void)
{
    database_open_test(&c, DATABASE, TEST_APP);
}

static void end(void)
{
    ctx_close(&c);
}

/* Told by the catalog itself, not by the functions that the backup uses. */
START_TEST(no_table_of_a_shop_is_forgotten)
{
    static const char left[] =
        "SELECT count(*) FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attname = 'shop_id'"
        " WHERE t.relkind IN ('r', 'p') AND t.relnamespace NOT IN ('pg_catalog'::regnamespace,"
        "       'information_schema'::regnamespace)"
        "   AND t.relname NOT IN (SELECT table_name FROM backup_tables())"
        "   AND t.relname NOT IN (SELECT table_name FROM backup_left_out WHERE column_name = '')";
    static const char untrue[] =
        "SELECT count(*) FROM backup_left_out o WHERE NOT EXISTS ("
        "  SELECT FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid"
        "   WHERE t.relname = o.table_name AND (o.column_name = '' OR a.attname = o.column_name))";

    ck_assert_int_eq(sql_number(&c, left), 0);
    ck_assert_int_eq(sql_number(&c, untrue), 0);
    ck_assert_int_gt(sql_number(&c, "SELECT count(*) FROM backup_tables()"), 90);
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM backup_tables() WHERE table_name = 'shops'"), 1);
    /* what cannot be a row of backup_rows would be lost */
    ck_assert_int_le(
        sql_number(&c, "SELECT max(column_no) FROM backup_tables() b, backup_columns(b.table_name)"), 60);
}
END_TEST

/* A new column that sounds like a secret must be left out, or be named here. */
START_TEST(nothing_secret_goes_out)
{
    static const char secrets[] =
        "SELECT count(*) FROM backup_tables() b, backup_columns(b.table_name) k"
        " WHERE k.column_name ~ '(hash|secret|token|password|salt|private|cookie|pin$|pin_)'"
        "   AND (b.table_name, k.column_name) NOT IN (('audit_seals', 'hash'))"; /* a seal is made to be shown */

    ck_assert_int_eq(sql_number(&c, secrets), 0);
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM backup_columns('users')"),
                     sql_number(&c,
                                "SELECT count(*) FROM pg_attribute WHERE attrelid = 'users'::regclass AND "
                                "attnum > 0 AND NOT attisdropped") -
                         1);
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM backup_columns('sessions')"), 0);
    /* files go out by themselves: of bytes a sheet shows only how many there are */
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM backup_tables() b, backup_columns(b.table_name) k "
                                    "WHERE k.type_name = 'bytea' AND k.cell NOT LIKE '%sha256%'"),
                     0);
}
END_TEST

START_TEST(every_row_is_in_it_and_no_other_shops)
{
    static const char rows[] =
        "SELECT sum(k.row_count) FROM backup_tables() b, backup_checksum(current_shop(), b.table_name) k";

    ck_assert_int_gt(sql_number(&c, rows), 1000);
    ck_assert_int_eq(
        sql_number(&c, "SELECT count(*) FROM backup_tables() b, backup_rows(current_shop(), b.table_name)"),
        sql_number(&c, rows));
    ck_assert_int_eq(sql_number(&c, "SELECT row_count FROM backup_checksum(current_shop(), 'patients')"),
                     sql_number(&c, "SELECT count(*) FROM patients"));
    ck_assert_int_eq(sql_number(&c, "SELECT sum(k.row_count) FROM backup_tables() b, "
                                    "backup_checksum(current_shop() + 1, b.table_name) k"),
                     0);
}
END_TEST

START_TEST(a_checksum_tells_a_changed_row)
{
    static const char same[] = "SELECT count(*) FROM backup_checksum(current_shop(), 'suppliers') "
                               "WHERE checksum = (SELECT checksum FROM kept)";

    sql_must(&c,
             "CREATE TEMP TABLE kept AS SELECT checksum FROM backup_checksum(current_shop(), 'suppliers')");
    ck_assert_int_eq(sql_number(&c, same), 1);
    sql_must(&c, "UPDATE suppliers SET city = coalesce(city, '') || '.' WHERE code = 'GLB'");
    ck_assert_int_eq(sql_number(&c, same), 0);
}
END_TEST

static enum status write_book(const char *name, int64_t rows_most, const char **path)
{
    struct report_job job = { .made = instant_now(), .rows_most = rows_most };
    struct text empty;
    enum status status;

    text_init(&empty, &c.arena);
    text_add(&empty, "");
    *path = job.path = paper_file(&c, ".xlsx", &empty);
    TRY(report_find(&c, name, &job.report));
    TRY(report_renderer(&c, "xlsx", &job.renderer));
    status = report_run(&c, &job);
    return status;
}

/* What Python says of the workbook `b`. */
static const char *python(const char *path, const char *expression)
{
    return paper_run(&c, arena_printf(&c.arena,
                                      "/usr/bin/python3 -c 'import openpyxl,sys; "
                                      "b=openpyxl.load_workbook(sys.argv[1], data_only=True); print(%s)' %s",
                                      expression, path));
}

START_TEST(a_full_sheet_goes_on_on_another)
{
    const char *path;
    const int64_t moves = sql_number(&c, "SELECT count(*) FROM stock_moves");

    ck_assert_msg(write_book("lot-ledger", 500, &path) == ST_OK, "%s", fault_text(&c));
    ck_assert_str_eq(python(path, "b.sheetnames[0], b.sheetnames[1]"), "Lot ledger Lot ledger (2)\n");
    ck_assert_str_eq(python(path, "sum(1 for s in b.worksheets[:-1] for r in s.iter_rows(min_row=7, "
                                  "values_only=True) if isinstance(r[1], (int, float)))"),
                     arena_printf(&c.arena, "%lld\n", (long long)moves));
    ck_assert_str_eq(python(path, "b.worksheets[0].max_row, b.worksheets[1].freeze_panes, "
                                  "b.worksheets[1].auto_filter.ref is not None"),
                     "506 B7 True\n");
}
END_TEST

START_TEST(a_long_text_goes_on_on_a_sheet_of_its_own)
{
    const char *path;

    stage_fate(
        &c, DATABASE,
        "UPDATE patients SET complaint = repeat('药', 70000) WHERE id = (SELECT min(id) FROM patients)");
    ck_assert_msg(write_book("backup", 0, &path) == ST_OK, "%s", fault_text(&c));
    ck_assert_str_eq(python(path, "[len(str(r[4])) for r in b[\"Long texts\"].iter_rows(min_row=7, "
                                  "values_only=True) if r[0] == \"patients\"]"),
                     "[32000, 32000, 6000]\n");
    ck_assert_str_eq(python(path, "sum(1 for r in b[\"patients\"].iter_rows(min_row=7, values_only=True) if "
                                  "\"70000 characters: see Long texts\" in r)"),
                     "1\n");
}
END_TEST

START_TEST(it_is_the_owners)
{
    const char *path;

    act_as(&c, "mei.lin");
    ck_assert_int_eq(write_book("backup", 0, &path), ST_DENIED);
    ctx_forgive(&c);
    act_as(&c, "admin");
    ck_assert_msg(write_book("backup", 0, &path) == ST_OK, "%s", fault_text(&c));
}
END_TEST

SUITE(backup)
{
    return suite_of("backup", 120, make, begin, end,
                    TESTS(no_table_of_a_shop_is_forgotten, nothing_secret_goes_out,
                          every_row_is_in_it_and_no_other_shops, a_checksum_tells_a_changed_row,
                          a_full_sheet_goes_on_on_another, a_long_text_goes_on_on_a_sheet_of_its_own,
                          it_is_the_owners));
}
