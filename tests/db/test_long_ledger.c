/* A shop after years: no page of stock and no report reads the ledger, the lots or the balances from end to end. What each statement
   reads is counted by the database itself, with the service's role, row security and kept plans; so it holds on any machine. */
#include <stdlib.h>
#include <string.h>

#include "core/count.h"
#include "core/upkeep.h"
#include "db/db.h"
#include "sql.h"
#include "support/database.h"
#include "support/paper.h"
#include "support/runner.h"

#define DATABASE "test_long_ledger"
#define SQL(...) arena_printf(&c.arena, __VA_ARGS__)
#define must(status) ck_assert_msg((status) == ST_OK, "%s", fault_text(&c))

/* The ledger's moves; and what may be read for an answer: of moves the last two days or one lot's, of lots those in stock. */
#define MOVES "400000"
#define MOVES_READ 5000
#define LOTS_READ 2600
#define BALANCES_READ 5000
#define USES_READ 60000

static struct ctx c;

static void make_database(void)
{
    struct upkeep done;

    database_fresh(DATABASE);
    database_open_test(&c, DATABASE, TEST_APP);
    paper_run(&c, SQL("psql -Xq -v n=" MOVES " -f tests/bench/ledger_seed.sql '%s' 2>&1",
                      database_url(DATABASE, TEST_SUPER)));
    for (int i = 0; i < 4; i++) /* five years of months, twenty at a time */
        must(upkeep_run(&c, &done));
    ctx_close(&c);
    database_open_test(&c, DATABASE, TEST_SUPER);
    sql_must(&c, "ANALYZE");
    ctx_close(&c);
}

static void setup(void)
{
    database_open_test(&c, DATABASE, TEST_APP);
    act_as(&c, "mei.lin");
}

static void teardown(void)
{
    ctx_close(&c);
}

/* A statement with what is asked of it: a report (planned for what was asked) or a page (by a kept plan). */
struct reading {
    const struct query *query;
    const char *asked[5];
    bool report;
    int64_t lots; /* at most; 0: LOTS_READ */
};

static const char *const tables[] = { "stock_moves", "lots", "balances", "item_uses" };
static const int64_t most[] = { MOVES_READ, LOTS_READ, BALANCES_READ, USES_READ };
enum { TABLES = sizeof tables / sizeof tables[0] };

/* Rows read of each by this connection, since it last told the collector. */
static void count_rows(struct ctx *ctx, int64_t *counts)
{
    for (size_t i = 0; i < TABLES; i++)
        counts[i] =
            sql_number(ctx, arena_printf(&ctx->arena,
                                         "SELECT coalesce(sum(seq_tup_read + idx_tup_fetch), 0)::bigint "
                                         "FROM pg_stat_xact_user_tables WHERE relname = '%s'",
                                         tables[i]));
}

/* The highest $n of a statement. */
static size_t parameters_of(const struct query *query)
{
    size_t highest = 0;

    for (const char *at = query->sql; (at = strchr(at, '$')) != NULL; at++)
        if ((size_t)strtoull(at + 1, NULL, 10) > highest)
            highest = (size_t)strtoull(at + 1, NULL, 10);
    return highest;
}

static enum status read_it(struct ctx *ctx, void *arg)
{
    const struct reading *reading = arg;
    struct param params[8] = { SHOP(ctx) }; /* those behind the asked ones are NULL */
    int64_t before[TABLES], after[TABLES];
    const struct rows *rows;

    count_rows(ctx, before);
    /* However small these tables are: no way may be chosen that reads more the more there is. */
    sql_must(ctx, "SET LOCAL enable_seqscan = off");
    if (reading->report)
        TRY(db_run(ctx, &q_report_patience, NO_PARAMS));
    for (size_t i = 0; i < 5; i++)
        params[i + 1] = reading->asked[i] == NULL ? NONE() : TEXT(reading->asked[i]);
    TRY(db_rows(ctx, reading->query, params, parameters_of(reading->query), &rows));
    count_rows(ctx, after);
    for (size_t i = 0; i < TABLES; i++)
        ck_assert_msg(after[i] - before[i] <= (i == 1 && reading->lots > 0 ? reading->lots : most[i]),
                      "%s (%s) read %lld rows of %s", reading->query->name,
                      reading->asked[0] == NULL ? "-" : reading->asked[0], (long long)(after[i] - before[i]),
                      tables[i]);
    return ST_OK;
}

static void read_little(const struct reading *readings, size_t n)
{
    for (size_t i = 0; i < n; i++)
        must(db_tx(&c, read_it, (void *)&readings[i]));
}

START_TEST(no_stock_report_reads_the_whole_ledger)
{
    const struct rows *rows;
    const struct query asked = {
        .name = "asked",
        .sql = "SELECT l.lot_code, i.sku, (date_trunc('month', shop_today(l.shop_id)) - interval '1 "
               "day')::date::text "
               "AS month_end, shop_today(l.shop_id) - 400 AS long_ago, "
               "date_trunc('month', shop_today(l.shop_id) - 400)::date + 27 AS late FROM lots l JOIN items i "
               "ON i.shop_id "
               "= l.shop_id "
               "AND i.id = l.item_id WHERE l.lot_code = 'LEDGER-3000'",
    };
    const char *code, *sku, *month, *ago, *late;

    must(db_rows(&c, &asked, NO_PARAMS, &rows));
    ck_assert_uint_eq(rows_count(rows), 1);
    code = rows_named(rows, 0, "lot_code");
    sku = rows_named(rows, 0, "sku");
    month = rows_named(rows, 0, "month_end");
    ago = rows_named(rows, 0, "long_ago");
    late = rows_named(rows, 0, "late");
    const struct reading readings[] = {
        { &q_report_stock_on_hand, { NULL }, true, 0 },
        { &q_report_stock_by_category, { NULL }, true, 0 },
        { &q_report_stock_by_month, { NULL }, true, 0 },
        { &q_report_expiring, { NULL }, true, 0 },
        { &q_report_reorder, { NULL }, true, 0 },
        { &q_report_reorder_use, { NULL }, true, 0 },
        { &q_report_dead_stock, { NULL }, true, 0 },
        { &q_report_drawer_par, { NULL }, true, 0 },
        { &q_report_stocktake, { NULL }, true, 0 },
        { &q_report_price_list, { NULL }, true, 0 },
        { &q_report_recall_call_list, { NULL }, true, 0 },
        { &q_report_trace, { code }, true, 0 },
        { &q_report_formula_margin, { NULL }, true, 0 },
        { &q_report_formula_margin_sums, { NULL }, true, 0 },
        { &q_report_lot_ledger, { NULL, NULL, NULL, code }, true, 0 },
        { &q_report_lot_ledger, { month, NULL, sku }, true, 0 },
        { &q_report_stock_valuation, { NULL }, true, 0 },
        { &q_report_stock_valuation, { month }, true, 0 },
        { &q_report_stock_valuation, { ago }, true, 0 },
        { &q_report_stock_valuation_moves, { NULL }, true, 0 },
        { &q_report_stock_valuation_moves, { month }, true, 0 },
        { &q_report_stock_valuation_moves, { ago }, true, 0 },
        { &q_report_stock_valuation_moves, { late }, true, 0 },
    };

    read_little(readings, sizeof readings / sizeof readings[0]);
}
END_TEST

/* Pages go by plans that are kept and know no parameters. */
START_TEST(no_page_of_stock_reads_every_lot)
{
    const char *lot =
        SQL("%lld", (long long)sql_number(&c, "SELECT id FROM lots WHERE lot_code = 'LEDGER-3000'"));
    const char *item =
        SQL("%lld", (long long)sql_number(&c, "SELECT item_id FROM lots WHERE lot_code = 'LEDGER-3000'"));
    const char *place = SQL("%lld", (long long)sql_number(&c, "SELECT id FROM locations WHERE code = 'A01'"));
    const struct reading readings[] = {
        { &q_item_list, { NULL }, false, 0 },
        { &q_item_list, { NULL, NULL, NULL, item }, false, 0 },
        { &q_price_items, { NULL }, false, 0 },
        { &q_price_items, { NULL, NULL, NULL, "R-HUANG-QI" }, false, 100 },
        { &q_lot_list, { NULL }, false, 0 },
        { &q_lot_list, { NULL, NULL, NULL, "true" }, false, 0 },
        { &q_lot_list, { item }, false, 0 },
        { &q_lot_list, { NULL, NULL, "ledger-3000" }, false, 0 },
        { &q_lot_find, { "ledger-3000" }, false, 0 },
        { &q_supply_list, { NULL, item }, false, 0 },
        { &q_location_lots, { place }, false, 0 },
        { &q_location_held, { place }, false, 0 },
        { &q_ticket_found, { "ledger-3000" }, false, 0 },
        { &q_ticket_found, { "YAOFANG-LOT-1" }, false, 0 },
        { &q_scan_lots, { item, "LEDGER-3000" }, false, 0 },
        { &q_scan_own_lot, { "YAOFANG-LOT-1" }, false, 0 },
        { &q_lot_moves, { lot }, false, 0 },
        { &q_lot_trace, { lot }, false, 0 },
        { &q_par_list, { NULL }, false, 0 },
        { &q_receipt_list, { NULL }, false, 0 },
        { &q_purchase_list, { NULL }, false, 0 },
        { &q_transfer_list, { NULL }, false, 0 },
        { &q_adjustment_list, { NULL }, false, 0 },
        { &q_count_list, { NULL }, false, 0 },
        { &q_recall_list, { NULL }, false, 0 },
        { &q_batch_list, { NULL }, false, 0 },
        { &q_attachment_list, { NULL }, false, 0 },
    };

    read_little(readings, sizeof readings / sizeof readings[0]);
}
END_TEST

/* A count of everything, some of it counted: its page reads what it shows. */
START_TEST(no_page_of_a_count_reads_every_line)
{
    const struct count_plan plan = {
        .title = "everything", .blind = true, .limit_permille = -1, .limit_cents = -1
    };
    struct count_entry entries[50];
    const char *count;
    int64_t id;

    must(count_add(&c, &plan, &id));
    ck_assert_int_ge(
        sql_number(&c, SQL("SELECT count(*) FROM count_lines WHERE count_id = %lld", (long long)id)), 500);
    for (int i = 0; i < 50; i++)
        entries[i] = (struct count_entry){ .line_no = i + 1, .counted = 1 };
    must(count_enter(&c, id, entries, 50, NULL, (struct instant){ 0 }));
    count = SQL("%lld", (long long)id);
    const struct reading readings[] = {
        { &q_count_lines, { count, "true", "200" }, false, 250 },
        { &q_count_lines, { count, "false", "50" }, false, 60 },
        { &q_count_meant, { count, "A01" }, false, 60 },
        { &q_count_meant, { count, NULL, "{LEDGER-3000}", "{NULL}" }, false, 60 },
        { &q_count_meant, { count, "R-GUI-ZHI" }, false, 60 },
        { &q_count_lines_of_lots, { count, "{0}", "{LEDGER-3000}", "{NULL}" }, false, 60 },
        { &q_count_differences, { count }, false, 60 },
    };

    read_little(readings, sizeof readings / sizeof readings[0]);
    must(count_cancel(&c, id));
}
END_TEST

SUITE(long_ledger)
{
    Suite *suite = suite_create("long_ledger");
    TCase *tests = tcase_create("long_ledger");

    tcase_add_unchecked_fixture(tests, make_database, NULL);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, no_stock_report_reads_the_whole_ledger);
    tcase_add_test(tests, no_page_of_stock_reads_every_lot);
    tcase_add_test(tests, no_page_of_a_count_reads_every_line);
    suite_add_tcase(suite, tests);
    return suite;
}
