/* The schema's own promises, read from the catalog: keys with shop_id first, row security everywhere, nothing that only works
   in one database; every statement prepares; migrating and seeding twice changes nothing. */
#include "base/asset.h"
#include "core/seed.h"
#include "db/db.h"
#include "db/internal.h"
#include "db/migrate.h"
#include "support/database.h"
#include "support/runner.h"

static void setup(void)
{
    database_fresh("test_schema");
}

static int64_t ask(const char *sql)
{
    struct ctx c;
    int64_t number;

    database_open_test(&c, "test_schema", TEST_OWNER);
    number = sql_number(&c, sql);
    ctx_close(&c);
    return number;
}

START_TEST(migrating_twice_applies_nothing)
{
    struct ctx c;
    size_t applied;

    database_empty("test_migrate");
    for (int round = 0; round < 2; round++) {
        const struct db_options options = { .url = database_url("test_migrate", TEST_OWNER) };

        ctx_init(&c);
        ck_assert_int_eq(db_open_owned(&c, &options), ST_OK);
        ck_assert_int_eq(migrate(&c, assets_schema, &applied), ST_OK);
        ck_assert_int_eq(applied > 0, round == 0);
        ctx_close(&c);
    }
}
END_TEST

START_TEST(seeding_twice_changes_nothing)
{
    struct seed_report report;
    struct ctx c;
    int64_t moves, stock;

    database_open_test(&c, "test_schema", TEST_OWNER);
    moves = sql_number(&c, "SELECT count(*) FROM stock_moves");
    stock = sql_number(&c, "SELECT sum(quantity) FROM balances WHERE internal");
    ck_assert_int_gt(moves, 700);
    ck_assert_msg(seed_load(&c, true, &report) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(report.inserted + report.updated + report.retired, 0);
    ck_assert_int_gt(report.unchanged, 6000);
    ck_assert(!report.demo_made);
    ck_assert_str_eq(report.sign_in, "");
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM stock_moves"), moves);
    ck_assert_int_eq(sql_number(&c, "SELECT sum(quantity) FROM balances WHERE internal"), stock);
    ctx_close(&c);
}
END_TEST

START_TEST(a_changed_reference_row_keeps_what_it_said)
{
    struct seed_report report;
    struct ctx c;

    database_fresh("test_seed_change");
    database_open_test(&c, "test_seed_change", TEST_OWNER);
    sql_must(&c, "UPDATE rules SET effect = 'older wording' WHERE id = 'hdi0001'");
    sql_must(
        &c,
        "INSERT INTO conditions (id, english, source, confidence) VALUES ('gone', 'Gone', 'test', 'low')");
    ck_assert_msg(seed_load(&c, true, &report) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(report.updated, 1);
    ck_assert_int_eq(report.retired, 1);
    ck_assert_int_eq(sql_number(&c, "SELECT version FROM rules WHERE id = 'hdi0001'"), 2);
    ck_assert_int_eq(
        sql_number(&c,
                   "SELECT count(*) FROM reference_history WHERE row_before->>'effect' = 'older wording'"),
        1);
    ck_assert_int_eq(
        sql_number(&c, "SELECT count(*) FROM conditions WHERE id = 'gone' AND retired_at IS NOT NULL"), 1);
    ctx_close(&c);
}
END_TEST

START_TEST(every_statement_prepares)
{
    struct ctx c;

    database_open_test(&c, "test_schema", TEST_APP);
    ck_assert_msg(db_prepare_all(&c) == ST_OK, "%s", fault_text(&c));
    ctx_close(&c);
}
END_TEST

START_TEST(keys_of_shop_tables_hold_shop_id)
{
    ck_assert_int_eq(ask("SELECT count(*) FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid"
                         "  JOIN pg_attribute s ON s.attrelid = t.oid AND s.attname = 'shop_id'"
                         " WHERE k.contype IN ('p', 'u') AND t.relnamespace = 'public'::regnamespace"
                         "   AND k.conkey[1] <> s.attnum"),
                     0);
    /* a reference from one shop table to another names the shop on both sides */
    ck_assert_int_eq(ask("SELECT count(*) FROM pg_constraint k"
                         "  JOIN pg_attribute s ON s.attrelid = k.conrelid AND s.attname = 'shop_id'"
                         "  JOIN pg_attribute f ON f.attrelid = k.confrelid AND f.attname = 'shop_id'"
                         " WHERE k.contype = 'f' AND (k.conkey[1] <> s.attnum OR k.confkey[1] <> f.attnum)"),
                     0);
}
END_TEST

START_TEST(shop_tables_have_row_security)
{
    ck_assert_int_gt(ask("SELECT count(*) FROM pg_class t JOIN pg_attribute s ON s.attrelid = t.oid"
                         " WHERE s.attname = 'shop_id' AND t.relkind = 'r' AND t.relrowsecurity"),
                     30);
    ck_assert_int_eq(
        ask("SELECT count(*) FROM pg_class t JOIN pg_attribute s ON s.attrelid = t.oid"
            " WHERE s.attname = 'shop_id' AND t.relkind = 'r'"
            "   AND (NOT t.relrowsecurity OR NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = t.oid"
            "                                               AND p.polname = 'same_shop'))"),
        0);
}
END_TEST

START_TEST(nothing_ties_the_schema_to_one_server)
{
    ck_assert_int_eq(ask("SELECT count(*) FROM pg_sequence WHERE seqtypid <> 'bigint'::regtype"), 0);
    ck_assert_int_eq(ask("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal"), 0);
    ck_assert_int_eq(ask("SELECT count(*) FROM pg_constraint WHERE contype = 'x'"), 0);
}
END_TEST

START_TEST(the_service_can_delete_nothing_that_matters)
{
    ck_assert_int_eq(
        ask("SELECT count(*) FROM pg_class t WHERE t.relnamespace = 'public'::regnamespace AND t.relkind = "
            "'r'"
            "   AND t.relname <> 'user_roles' AND (has_table_privilege('yaofang_app', t.oid, 'DELETE')"
            "                                      OR has_table_privilege('yaofang_app', t.oid, "
            "'TRUNCATE'))"),
        0);
    ck_assert_int_eq(ask("SELECT count(*) FROM unnest(ARRAY['stock_moves', 'balances', 'findings', "
                         "'answers', 'screenings',"
                         "   'acknowledgements', 'signatures', 'weighings', 'final_checks', 'handovers', "
                         "'releases', 'audit',"
                         "   'printed_labels', 'prescription_versions', 'prescription_items']) t"
                         " WHERE has_any_column_privilege('yaofang_app', t, 'UPDATE')"),
                     0);
    ck_assert_int_eq(ask("SELECT count(*) FROM unnest(ARRAY['stock_moves', 'balances']) t"
                         " WHERE has_any_column_privilege('yaofang_app', t, 'INSERT')"),
                     0);
}
END_TEST

/* Names the system chose itself, helper keys that only widen a primary key, and references to the person acting are not
   reached by what a person types. */
START_TEST(every_constraint_a_person_can_break_is_explained)
{
    const struct query query = {
        .name = "named_constraints",
        .sql =
            "SELECT k.conname FROM pg_constraint k JOIN pg_attribute s ON s.attrelid = k.conrelid"
            " WHERE s.attname = 'shop_id' AND k.contype IN ('c', 'u', 'f')"
            "   AND k.conname !~ '_(fkey|check|count_once|version_once|patient_once|internal_once|author_once"
            "|booked_once|piece_once|maker_once|counter_once|facts_once|limits_once|to_once"
            "|tolerance_once|quantity_once|medicinal_once|fillers_once|critical_once|by|user)$'"
            "   AND k.conname <> 'audit_seal'",
    };
    const struct rows *rows;
    struct ctx c;

    database_open_test(&c, "test_schema", TEST_OWNER);
    ck_assert_int_eq(db_rows(&c, &query, NO_PARAMS, &rows), ST_OK);
    ck_assert_uint_gt(rows_count(rows), 100);
    for (size_t i = 0; i < rows_count(rows); i++)
        ck_assert_msg(constraint_find(rows_cell(rows, i, 0)) != NULL, "db/constraint.c has no row for %s",
                      rows_cell(rows, i, 0));
    ctx_close(&c);
}
END_TEST

SUITE(schema)
{
    return suite_of("schema", 120, setup, NULL, NULL,
                    TESTS(migrating_twice_applies_nothing, seeding_twice_changes_nothing,
                          a_changed_reference_row_keeps_what_it_said, every_statement_prepares,
                          every_constraint_a_person_can_break_is_explained, keys_of_shop_tables_hold_shop_id,
                          shop_tables_have_row_security, nothing_ties_the_schema_to_one_server,
                          the_service_can_delete_nothing_that_matters));
}
