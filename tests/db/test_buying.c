/* What to buy, what will be left over, what nobody uses, what drawers lack: each figure worked out by hand here. */
#include <stdlib.h>
#include <string.h>

#include "core/order.h"
#include "core/par.h"
#include "core/upkeep.h"
#include "db/db.h"
#include "sql.h"
#include "support/database.h"
#include "support/runner.h"
#include "support/stage.h"

#define DATABASE "test_buying"
#define GRAMS(n) (INT64_C(1000) * (n))

static struct ctx c;
static int64_t lot, item;
static const char *sku;

static const char *sqlf(const char *format, ...) PRINTF_LIKE(1, 2);
static const char *sqlf(const char *format, ...)
{
    va_list args;
    const char *text;

    va_start(args, format);
    text = arena_vprintf(&c.arena, format, args);
    va_end(args);
    return text;
}

/* So much of the staged lot went to a patient so many days ago, in the shop's time. */
static void use(int64_t mg, int days_ago)
{
    sql_must(&c, sqlf("SELECT stock_book(o.shop_id, ARRAY[%lld], ARRAY[o.id], ARRAY[p.id], ARRAY[%lld], "
                      "'dispensed', NULL, "
                      "NULL, 'use', NULL) FROM locations o, locations p WHERE o.shop_id = current_shop() AND "
                      "o.code = 'A01' "
                      "AND p.shop_id = o.shop_id AND p.kind = 'patient'",
                      (long long)lot, (long long)mg));
    stage_fate(
        &c, DATABASE,
        sqlf("UPDATE stock_moves SET at = now() - interval '%d days', note = 'done' WHERE note = 'use'",
             days_ago));
}

static void make_database(void)
{
    database_fresh(DATABASE);
}

static void setup(void)
{
    database_open_test(&c, DATABASE, TEST_APP);
    act_as(&c, "sam.ortiz");
}

/* A kilogram of a herb of its own for each test, bought long ago, that expires in four days. */
static void begin(const char *herb)
{
    lot = stage_lot(&c, herb, "B1", GRAMS(1000), 4, "released", "A01");
    item = sql_number(&c, sqlf("SELECT item_id FROM lots WHERE id = %lld", (long long)lot));
    sku = sqlf("T-%s", herb);
    stage_fate(&c, DATABASE, "UPDATE stock_moves SET at = now() - interval '400 days' WHERE note = 'stage'");
    stage_fate(
        &c, DATABASE,
        sqlf("UPDATE lots SET received_at = now() - interval '400 days' WHERE id = %lld", (long long)lot));
}

static void teardown(void)
{
    ctx_close(&c);
}

/* The item's row of a report, by column; NULL: it is not there, or the cell is empty. */
static const char *cell(const struct query *query, size_t parameters, const char *column)
{
    struct param params[5] = { SHOP(&c) };
    const struct rows *rows;
    size_t sku_at = 0, wanted = 0;

    for (size_t i = 0; i < parameters; i++)
        params[1 + i] = NONE();
    ck_assert_msg(db_rows(&c, query, params, parameters + 1, &rows) == ST_OK, "%s", fault_text(&c));
    for (size_t i = 0; i < rows_width(rows); i++) {
        sku_at = strcmp(rows_name(rows, i), "sku") == 0 ? i : sku_at;
        wanted = strcmp(rows_name(rows, i), column) == 0 ? i : wanted;
    }
    for (size_t row = 0; row < rows_count(rows); row++)
        if (strcmp(rows_cell(rows, row, sku_at), sku) == 0)
            return rows_cell(rows, row, wanted);
    return NULL;
}

static int64_t number(const struct query *query, size_t parameters, const char *column)
{
    const char *text = cell(query, parameters, column);

    ck_assert_msg(text != NULL, "no %s", column);
    return strtoll(text, NULL, 10);
}

static int64_t used(int days)
{
    return sql_number(
        &c, sqlf("SELECT coalesce(sum(quantity), 0) FROM item_use(current_shop(), %d) WHERE item_id = %lld",
                 days, (long long)item));
}

START_TEST(use_is_the_same_from_the_ledger_and_rolled_up)
{
    struct upkeep done;
    int64_t settled;

    begin("gan_sui");
    use(GRAMS(100), 100);
    use(GRAMS(30), 60);
    use(GRAMS(20), 60);
    use(GRAMS(7), 1);
    use(GRAMS(5), 0);
    for (int round = 0; round < 3; round++) {
        ck_assert_int_eq(used(30), GRAMS(12));
        ck_assert_int_eq(used(90), GRAMS(62));
        ck_assert_int_eq(used(365), GRAMS(162));
        ck_assert_int_eq(upkeep_run(&c, &done), ST_OK);
        act_as(&c, "sam.ortiz");
    }
    /* Yesterday is settled six hours after its end; until then it is read from the ledger. */
    settled =
        sql_number(&c, "SELECT ((SELECT through FROM use_days) = shop_today(current_shop()) - 1)::integer");
    ck_assert_int_eq(settled,
                     sql_number(&c, "SELECT (((now() - interval '6 hours') AT TIME ZONE time_zone)::date = "
                                    "shop_today(id))::integer FROM shops WHERE id = current_shop()"));
    ck_assert_int_eq(
        sql_number(&c, sqlf("SELECT count(*) FROM item_uses WHERE item_id = %lld", (long long)item)),
        2 + settled);
    ck_assert_int_eq(
        sql_number(&c, sqlf("SELECT max(total) FROM item_uses WHERE item_id = %lld", (long long)item)),
        GRAMS(150) + settled * GRAMS(7));
    use(GRAMS(1), 0);
    ck_assert_int_eq(used(30), GRAMS(13));
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM use_differences"), 0);
    stage_fate(&c, DATABASE,
               sqlf("UPDATE item_uses SET total = total + 1 WHERE item_id = %lld", (long long)item));
    ck_assert_int_eq(sql_number(&c, sqlf("SELECT total - moved FROM use_differences WHERE item_id = %lld",
                                         (long long)item)),
                     1);
}
END_TEST

START_TEST(what_was_written_off_or_moved_is_not_use)
{
    begin("da_huang");
    sql_must(
        &c,
        sqlf(
            "SELECT stock_book(o.shop_id, ARRAY[%lld, %lld], ARRAY[o.id, o.id], ARRAY[p.id, q.id], "
            "ARRAY[1000, 1000], "
            "'moved', NULL, NULL, 'x', NULL) FROM locations o, locations p, locations q WHERE o.shop_id = "
            "current_shop() AND o.code = 'A01' AND p.shop_id = o.shop_id AND p.kind = 'loss' AND q.shop_id = "
            "o.shop_id AND q.code = 'A02'",
            (long long)lot, (long long)lot));
    ck_assert_int_eq(used(30), 0);
}
END_TEST

START_TEST(what_to_buy_is_use_for_lead_safety_and_cycle_less_what_is_there_and_coming)
{
    int64_t lead;

    begin("guan_mu_tong");
    lead = sql_number(&c, sqlf("SELECT coalesce(s.lead_time_days, 14) FROM lots l JOIN suppliers s "
                               "ON s.id = l.supplier_id WHERE l.id = %lld",
                               (long long)lot));

    use(GRAMS(900), 30); /* 10 g a day over 90 days; 100 g left */
    ck_assert_int_eq(number(&q_report_reorder, 3, "use_a_day_mg"), GRAMS(10));
    ck_assert_int_eq(number(&q_report_reorder, 3, "reorder_mg"), GRAMS(10) * (lead + 14));
    ck_assert_int_eq(number(&q_report_reorder, 3, "buy_mg"), GRAMS(10) * (lead + 14 + 30) - GRAMS(100));
    ck_assert_int_eq(number(&q_report_reorder, 3, "days_left"), 10);
    stage_fate(&c, DATABASE,
               sqlf("UPDATE items SET pack_quantity = 500000 WHERE id = %lld", (long long)item));
    ck_assert_int_eq(number(&q_report_reorder, 3, "buy_mg") % GRAMS(500), 0);
    ck_assert_int_ge(number(&q_report_reorder, 3, "buy_mg"), GRAMS(10) * (lead + 14 + 30) - GRAMS(100));
    sql_must(&c, "INSERT INTO purchase_orders (shop_id, supplier_id) SELECT shop_id, min(id) FROM suppliers "
                 "GROUP BY shop_id");
    sql_must(&c,
             sqlf("INSERT INTO purchase_order_lines (shop_id, purchase_order_id, line_no, item_id, quantity) "
                  "SELECT shop_id, max(id), 1, %lld, 10000 FROM purchase_orders GROUP BY shop_id",
                  (long long)item));
    ck_assert_int_eq(number(&q_report_reorder, 3, "on_order_mg"), 0);
    sql_must(&c, "UPDATE purchase_orders SET state = 'sent'");
    ck_assert_int_eq(number(&q_report_reorder, 3, "on_order_mg"), GRAMS(10));
    ck_assert_str_eq(cell(&q_report_reorder, 3, "state"), "on order, not enough");
    stage_fate(&c, DATABASE, sqlf("UPDATE purchase_order_lines SET quantity = %lld", (long long)GRAMS(5000)));
    ck_assert_ptr_null(cell(&q_report_reorder, 3, "buy_mg"));
}
END_TEST

/* Orders are short of it: what they want is bought, although nobody ever used it. */
START_TEST(what_orders_wait_for_is_bought)
{
    begin("xiong_huang");
    ck_assert_ptr_null(cell(&q_report_reorder, 3, "buy_mg"));
    act_as(&c, "mei.lin");
    ck_assert_int_eq(order_allocate(&c, stage_order(&c, "xiong_huang", GRAMS(1500), 2), DATE_NONE), ST_SHORT);
    ctx_forgive(&c);
    ck_assert_str_eq(cell(&q_report_reorder, 3, "state"), "orders wait");
    ck_assert_int_eq(number(&q_report_reorder, 3, "buy_mg"), GRAMS(500));
}
END_TEST

START_TEST(what_will_be_left_over_and_who_could_use_it)
{
    int64_t order;

    begin("ma_huang");
    use(GRAMS(900), 30); /* 10 g a day: 50 g in the five days until it expires */
    ck_assert_int_eq(number(&q_report_expiring, 1, "on_hand_mg"), GRAMS(100));
    ck_assert_int_eq(number(&q_report_expiring, 1, "left_over_mg"), GRAMS(50));
    ck_assert_ptr_null(cell(&q_report_expiring, 1, "waiting_orders"));
    act_as(&c, "mei.lin");
    order = stage_order(&c, "ma_huang", GRAMS(9), 3);
    ck_assert_str_eq(cell(&q_report_expiring, 1, "waiting_orders"), sqlf("#%lld", (long long)order));
    ck_assert_ptr_nonnull(strstr(cell(&q_report_expiring, 1, "formulas"), "Tāng"));
}
END_TEST

START_TEST(what_nobody_uses_is_dead)
{
    begin("fu_zi");
    ck_assert_int_eq(number(&q_report_dead_stock, 1, "on_hand_mg"), GRAMS(1000));
    use(GRAMS(1), 200);
    ck_assert_ptr_nonnull(cell(&q_report_dead_stock, 1, "on_hand_mg"));
    use(GRAMS(1), 20);
    ck_assert_ptr_null(cell(&q_report_dead_stock, 1, "on_hand_mg"));
}
END_TEST

START_TEST(a_drawer_that_lacks_is_named_with_where_to_take_from)
{
    begin("xi_xin");
    ck_assert_int_eq(par_set(&c, "A02", sku, GRAMS(300)), ST_OK);
    ck_assert_str_eq(cell(&q_report_drawer_par, 0, "state"), "empty");
    ck_assert_int_eq(number(&q_report_drawer_par, 0, "missing_mg"), GRAMS(300));
    ck_assert_str_eq(cell(&q_report_drawer_par, 0, "elsewhere"), "A01: B1");
    ck_assert_int_eq(par_set(&c, "A02", sku, 0), ST_OK);
    ck_assert_ptr_null(cell(&q_report_drawer_par, 0, "state"));
    ck_assert_int_eq(par_set(&c, "NOWHERE", sku, 5), ST_NOT_FOUND);
    ctx_forgive(&c);
    act_as(&c, "dr.wu");
    ck_assert_int_eq(par_set(&c, "A02", sku, 5), ST_DENIED);
}
END_TEST

SUITE(buying)
{
    Suite *suite = suite_create("buying");
    TCase *tests = tcase_create("what to buy");

    tcase_add_unchecked_fixture(tests, make_database, NULL);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, what_was_written_off_or_moved_is_not_use);
    tcase_add_test(tests, what_to_buy_is_use_for_lead_safety_and_cycle_less_what_is_there_and_coming);
    tcase_add_test(tests, what_orders_wait_for_is_bought);
    tcase_add_test(tests, what_will_be_left_over_and_who_could_use_it);
    tcase_add_test(tests, what_nobody_uses_is_dead);
    tcase_add_test(tests, a_drawer_that_lacks_is_named_with_where_to_take_from);
    /* last: days that were added up do not look at the ledger again */
    tcase_add_test(tests, use_is_the_same_from_the_ledger_and_rolled_up);
    suite_add_tcase(suite, tests);
    return suite;
}
