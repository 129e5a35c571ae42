/* The valuation at a month's end and of today is the sum of the ledger to the cent, whatever came and went about midnight. */
#include <stdlib.h>
#include <string.h>

#include "core/adjustment.h"
#include "core/count.h"
#include "core/order.h"
#include "core/stock.h"
#include "core/upkeep.h"
#include "db/db.h"
#include "sql.h"
#include "support/counter.h"
#include "support/database.h"
#include "support/prescribe.h"
#include "support/runner.h"
#include "support/stage.h"

#define DATABASE "test_valuation"
#define GRAMS(g) (INT64_C(1000) * (g))
#define SQL(...) arena_printf(&c.arena, __VA_ARGS__)
#define must(status) counter_must(&c, status)

/* The first instant of this month where the shop is. */
#define MONTH \
    "(date_trunc('month', shop_today(shop_id)::timestamp) AT TIME ZONE (SELECT time_zone FROM shops WHERE " \
    "id = " \
    "shop_id))"

static struct ctx c;

static void setup(void)
{
    database_fresh(DATABASE);
    database_open_test(&c, DATABASE, TEST_APP);
    act_as(&c, "mei.lin");
}

static void teardown(void)
{
    ctx_close(&c);
}

/* Lots at costs that divide badly: 1234 cents for 777 g, 100 for 333 g, 1 for 3 pieces; 999 for an unchanged one. */
static void receive(const char *invoice)
{
    struct receipt_line lines[] = {
        { .sku = "R-GUI-ZHI",
          .lot_code = SQL("%s-1", invoice),
          .expires = "2030",
          .quantity = GRAMS(777),
          .cost = { 1234 } },
        { .sku = "R-GUI-ZHI",
          .lot_code = SQL("%s-2", invoice),
          .expires = "2030",
          .quantity = GRAMS(333),
          .cost = { 100 } },
        { .sku = "S-GINGER-TEA",
          .lot_code = SQL("%s-3", invoice),
          .expires = "2030",
          .quantity = 7,
          .cost = { 1000 } },
    };
    const struct receipt receipt = { .supplier = "GLB", .invoice = invoice, .lines = lines, .count = 3 };
    int64_t id;

    for (size_t i = 0; i < 3; i++) {
        lines[i].expires = "2030-05";
        lines[i].location = "A01";
        lines[i].certificate = "COA";
    }
    must(stock_receive(&c, &receipt, &id));
}

static int64_t lot_of(const char *code)
{
    return sql_number(&c, SQL("SELECT id FROM lots WHERE lot_code = '%s'", code));
}

static void write_off(const char *code, int64_t quantity)
{
    const struct adjustment loss = { .use = "write_off",
                                     .reason = "damaged",
                                     .lot_id = lot_of(code),
                                     .location = "A01",
                                     .quantity = quantity };
    bool booked;
    int64_t id;

    must(adjustment_ask(&c, &loss, &id, &booked));
    ck_assert(booked);
}

static void sell(int64_t pieces)
{
    struct ticket_price price;
    const int64_t ticket = counter_open(&c, NULL);

    act_as(&c, "sam.ortiz");
    counter_add(&c, ticket, "S-GINGER-TEA", pieces);
    counter_sell(&c, ticket, &price);
    act_as(&c, "mei.lin");
}

static void count(const char *code, int64_t counted)
{
    static const char *const places[] = { "A01" };
    const struct count_plan plan = {
        .title = code, .limit_permille = 1000, .limit_cents = 100000000, .places = places, .place_count = 1
    };
    struct count_entry entry = { .counted = counted };
    int64_t id;

    must(count_add(&c, &plan, &id));
    entry.line_no =
        sql_number(&c, SQL("SELECT line_no FROM count_lines WHERE count_id = %lld AND lot_id = %lld",
                           (long long)id, (long long)lot_of(code)));
    must(count_enter(&c, id, &entry, 1, NULL, (struct instant){ 0 }));
    must(count_book(&c, id));
}

/* A weighed order of a lot of its own, checked by another, and some of it returned. */
static void weigh_and_return(void)
{
    const int64_t lot = stage_lot(&c, "ma_huang", "VAL-W", GRAMS(100), 300, "released", "A01");
    const int64_t order = stage_order(&c, "ma_huang", GRAMS(30), 7);
    const struct adjustment back = { .use = "customer_return",
                                     .reason = "not_needed",
                                     .lot_id = lot,
                                     .location = "Q9",
                                     .quantity = GRAMS(7),
                                     .order_id = order };
    bool booked;
    int64_t id;

    stage_fate(
        &c, DATABASE,
        SQL("UPDATE lots SET cost_cents = 1001, cost_quantity = 99991 WHERE id = %lld", (long long)lot));
    must(order_allocate(&c, order, DATE_NONE));
    stage_release(&c, order);
    must(stage_weigh(&c, order, lot, GRAMS(30)));
    act_as(&c, "david.chen");
    must(order_check(&c, order, NULL));
    sql_must(&c,
             SQL("INSERT INTO locations (shop_id, code, name, kind) VALUES (%lld, 'Q9', 'Q', 'quarantine')",
                 (long long)c.who.shop_id));
    must(adjustment_ask(&c, &back, &id, &booked));
    act_as(&c, "mei.lin");
}

/* The sum of a report's cents: of all rows, or of those called `what`. */
static int64_t cents(const struct query *query, const char *on, const char *what)
{
    const struct rows *rows;
    int64_t sum = 0;

    must(db_rows(&c, query, PARAMS(SHOP(&c), TEXT(on), NONE()), &rows));
    for (size_t i = 0; i < rows_count(rows); i++)
        if (what == NULL || strcmp(rows_named(rows, i, "what"), what) == 0)
            sum += strtoll(rows_named(rows, i, "cost_cents"), NULL, 10);
    return sum;
}

/* The ledger from its first move on, each lot's sum times its cost. */
static int64_t ledger(const char *before)
{
    return sql_number(
        &c, SQL("SELECT coalesce(sum(round(q.n::numeric * l.cost_cents / l.cost_quantity)), 0)::bigint FROM "
                "(SELECT "
                "m.shop_id, m.lot_id, "
                "sum(CASE WHEN t.internal THEN m.quantity ELSE 0 END - CASE WHEN f.internal THEN m.quantity "
                "ELSE 0 END) AS n "
                "FROM stock_moves m JOIN locations f ON f.shop_id = m.shop_id AND f.id = m.from_location_id "
                "JOIN locations t ON t.shop_id = m.shop_id AND t.id = m.to_location_id WHERE m.shop_id = "
                "%lld AND %s "
                "GROUP BY 1, 2) q JOIN lots l ON l.shop_id = q.shop_id AND l.id = q.lot_id",
                (long long)c.who.shop_id, before));
}

static void expect_same(const char *on, const char *before)
{
    const int64_t valued = cents(&q_report_stock_valuation, on, NULL);

    ck_assert_int_eq(valued, ledger(before));
    ck_assert_int_eq(valued, cents(&q_report_stock_valuation_moves, on, "closing"));
    /* opening and moves, and the closing once more */
    ck_assert_int_eq(2 * valued, cents(&q_report_stock_valuation_moves, on, NULL));
}

static const char *day(const char *expression)
{
    const struct date date = { (int32_t)sql_number(
        &c, SQL("SELECT %s - date '1970-01-01' FROM shops WHERE id = %lld", expression,
                (long long)c.who.shop_id)) };

    return date_text(&c.arena, date);
}

START_TEST(the_months_end_is_the_ledger_to_the_cent)
{
    const char *end, *today;

    receive("VAL-A");
    write_off("VAL-A-1", 123457);
    sell(1);
    /* All of it in the last instant of last month; what follows is of this one, the first of it at the very stroke. */
    stage_fate(&c, DATABASE, "UPDATE stock_moves SET at = " MONTH " - interval '1 microsecond'");
    write_off("VAL-A-2", 7);
    stage_fate(&c, DATABASE,
               "UPDATE stock_moves SET at = " MONTH " WHERE id = (SELECT max(id) FROM stock_moves)");
    receive("VAL-B");
    sell(3);
    weigh_and_return();
    count("VAL-B-1", GRAMS(700) + 1);
    count("VAL-A-1", GRAMS(800) + 333);
    write_off("VAL-B-2", 333);
    end = day("date_trunc('month', shop_today(id))::date - 1");
    today = day("shop_today(id)");
    expect_same(
        end,
        "m.at < date_trunc('month', shop_today(m.shop_id)::timestamp) AT TIME ZONE (SELECT time_zone FROM "
        "shops s WHERE s.id = "
        "m.shop_id)");
    expect_same(today, "true");
    ck_assert_int_eq(cents(&q_report_stock_valuation, end, NULL),
                     cents(&q_report_stock_valuation_moves, today, "opening"));
    ck_assert_int_ne(cents(&q_report_stock_valuation, end, NULL),
                     cents(&q_report_stock_valuation, today, NULL));
}
END_TEST

/* A day so many days before the first of this month, and what the ledger held at its end. */
static void expect_days_before(int days)
{
    const char *on = day(SQL("date_trunc('month', shop_today(id))::date - %d", days));

    expect_same(on, SQL("(m.at AT TIME ZONE (SELECT time_zone FROM shops s WHERE s.id = m.shop_id))::date <= "
                        "date '%s'",
                        on));
}

static void add_up(void)
{
    const struct who who = c.who;
    struct upkeep done;

    must(upkeep_run(&c, &done));
    c.who = who;
}

START_TEST(what_months_closed_with_is_the_ledger_to_the_cent)
{
    struct stock_fault *faults;
    size_t n;

    receive("VAL-A");
    receive("VAL-B");
    sell(4);
    weigh_and_return();
    write_off("VAL-A-1", 123457);
    write_off("VAL-B-2", 333);
    count("VAL-B-1", GRAMS(700) + 1);
    count("VAL-A-1", GRAMS(800) + 333);
    stage_fate(&c, DATABASE, "UPDATE stock_moves SET at = " MONTH " - interval '11 days' * (id % 12)");
    add_up();
    ck_assert_int_ge(sql_number(&c, "SELECT count(*) FROM lot_closings"), 5);
    ck_assert_int_ge(sql_number(&c, "SELECT count(*) FROM stock_months WHERE closed"), 4);
    for (int days = -1; days < 140; days += 3)
        expect_days_before(days);
    /* A shop that moves: days begin at other instants, what was added up stays right. */
    stage_fate(&c, DATABASE, "UPDATE shops SET time_zone = 'Asia/Shanghai'");
    for (int days = 1; days < 140; days += 7)
        expect_days_before(days);
    must(stock_verify_documents(&c, &faults, &n));
    ck_assert_int_eq((int)n, 0);
    stage_fate(&c, DATABASE, "UPDATE lot_months SET change = change + 1 WHERE moves = 1");
    must(stock_verify_documents(&c, &faults, &n));
    ck_assert_int_gt((int)n, 0);
    ck_assert_ptr_nonnull(strstr(faults[n - 1].rule, "its moves sum to"));
}
END_TEST

/* Moves of two months before this one and of its first days, at three hours of the day, the stroke of midnight among them. */
static void busy_months(void)
{
    static const char *const lots[] = { "VAL-A-1", "VAL-B-1", "VAL-B-2" };

    receive("VAL-A");
    receive("VAL-B");
    weigh_and_return();
    sell(4);
    for (int i = 0; i < 70; i++)
        write_off(lots[i % 3], 1009 + i * 37);
    count("VAL-B-1", GRAMS(700) + 1);
    stage_fate(&c, DATABASE,
               "UPDATE stock_moves SET at = least(now(), " MONTH
               " - interval '1 day' * (id * 7 % 65 - 8) + interval '9 hours' * (id % 3))");
    add_up();
}

/* How many moves the month's sheet counts, and how many there were from its first day on. */
static void expect_all_moves(const char *on)
{
    const struct rows *rows;
    int64_t n = 0;

    must(db_rows(&c, &q_report_stock_valuation_moves, PARAMS(SHOP(&c), TEXT(on), NONE()), &rows));
    for (size_t i = 0; i < rows_count(rows); i++)
        if (rows_named(rows, i, "moves") != NULL)
            n += strtoll(rows_named(rows, i, "moves"), NULL, 10);
    ck_assert_int_eq(
        n, sql_number(&c, SQL("SELECT count(*) FROM stock_moves m JOIN shops s ON s.id = m.shop_id "
                              "JOIN locations f ON f.shop_id = m.shop_id AND f.id = m.from_location_id "
                              "JOIN locations t ON t.shop_id = m.shop_id AND t.id = m.to_location_id "
                              "WHERE m.shop_id = %lld AND f.internal <> t.internal AND (m.at AT TIME ZONE "
                              "s.time_zone)::date "
                              "BETWEEN date_trunc('month', date '%s') AND date '%s'",
                              (long long)c.who.shop_id, on, on)));
}

static void expect_days(int step)
{
    for (int days = -8; days < 62; days += step) {
        expect_days_before(days);
        expect_all_moves(day(SQL("date_trunc('month', shop_today(id))::date - %d", days)));
    }
}

START_TEST(any_day_is_the_ledger_to_the_cent)
{
    busy_months();
    ck_assert_int_ge(sql_number(&c, "SELECT count(*) FROM month_parts"), 10);
    expect_days(1);
    /* A shop that moves: what follows is added up by its new days. */
    stage_fate(&c, DATABASE, "UPDATE shops SET time_zone = 'Asia/Shanghai'");
    add_up();
    expect_days(3);
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM month_differences"), 0);
}
END_TEST

static size_t months_at_fault(void)
{
    struct stock_fault *faults;
    size_t found = 0, n;

    must(stock_verify_documents(&c, &faults, &n));
    for (size_t i = 0; i < n; i++)
        found += strstr(faults[i].subject, ", month ") != NULL &&
                 strstr(faults[i].rule, "must be what its moves sum to: ") != NULL;
    return found;
}

START_TEST(a_wrong_part_of_a_month_is_found)
{
    static const char *const wrong[][2] = {
        { "UPDATE lot_month_parts SET change = change + 99991",
          "UPDATE lot_month_parts SET change = change - 99991" },
        { "UPDATE lot_month_parts SET moves = moves + 1", "UPDATE lot_month_parts SET moves = moves - 1" },
        { "UPDATE month_parts SET month = month - interval '1 month'",
          "UPDATE month_parts SET month = month + interval '1 month'" },
        { "UPDATE lot_month_parts SET reason = 'x-' || reason",
          "UPDATE lot_month_parts SET reason = substr(reason, 3)" },
    };
    const char *on;
    int64_t valued;

    busy_months();
    ck_assert_uint_eq(months_at_fault(), 0);
    on = day("(date_trunc('month', shop_today(id)) - interval '1 month')::date + 16");
    valued = cents(&q_report_stock_valuation, on, NULL);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        stage_fate(&c, DATABASE, wrong[i][0]);
        ck_assert_msg(months_at_fault() > 0, "not found: %s", wrong[i][0]);
        if (i == 0) { /* it is what days near it are reckoned from */
            ck_assert_int_ne(cents(&q_report_stock_valuation, on, NULL), valued);
            ck_assert_int_ne(cents(&q_report_stock_valuation_moves, on, "closing"), valued);
        }
        stage_fate(&c, DATABASE, wrong[i][1]);
        ck_assert_uint_eq(months_at_fault(), 0);
    }
    ck_assert_int_eq(cents(&q_report_stock_valuation, on, NULL), valued);
    stage_fate(&c, DATABASE,
               "DELETE FROM lot_month_parts e WHERE until_at = (SELECT max(until_at) FROM month_parts)");
    ck_assert_uint_gt(months_at_fault(), 0);
}
END_TEST

SUITE(valuation)
{
    return suite_of("valuation", 120, NULL, setup, teardown,
                    TESTS(the_months_end_is_the_ledger_to_the_cent,
                          what_months_closed_with_is_the_ledger_to_the_cent,
                          any_day_is_the_ledger_to_the_cent, a_wrong_part_of_a_month_is_found));
}
