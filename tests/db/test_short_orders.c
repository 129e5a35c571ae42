/* An order for which there is not enough: recorded as short, tried again, supplied in part, stopped, ended; and what the database itself
   says to a short order that lacks nothing. */
#include <string.h>

#include "core/order.h"
#include "db/db.h"
#include "support/prescribe.h"
#include "support/scene.h"
#include "support/stage.h"

#define DATABASE "test_short_orders"

SCENE_WITH_RULES("mei.lin")

static void state_is(int64_t order, const char *state)
{
    ck_assert_msg(sql_number(&c, SQL("SELECT count(*) FROM orders WHERE id = %lld AND state = '%s'",
                                     (long long)order, state)) == 1,
                  "order %lld is not %s", (long long)order, state);
}

static int64_t of(int64_t order, const char *what)
{
    return sql_number(&c, SQL("SELECT %s FROM short_lines WHERE order_id = %lld", what, (long long)order));
}

/* Two herbs, seven packets: enough of the first, `there` grams of 70 of the second. */
static int64_t scarce(const char *plenty, const char *scarce_herb, int64_t there)
{
    const struct staged_herb herbs[] = { { plenty, GRAMS(70) }, { scarce_herb, GRAMS(70) } };
    int64_t prescription, order;

    (void)stage_lot(&c, plenty, "S1", GRAMS(500), 300, "released", "A01");
    if (there > 0)
        (void)stage_lot(&c, scarce_herb, "S2", GRAMS(there), 300, "released", "A01");
    prescription = stage_prescription(&c, 7, 0, true, herbs, 2);
    MUST(order_create(&c, k, prescription, &order));
    refused(order_allocate(&c, order, DATE_NONE), ST_SHORT, "is short");
    state_is(order, "short");
    return order;
}

START_TEST(what_is_missing_is_kept_and_nothing_is_reserved)
{
    int64_t order = scarce("ma_huang", "xi_xin", 31);

    ck_assert_int_eq(of(order, "count(*)"), 1);
    ck_assert_int_eq(of(order, "max(line_no)"), 2);
    ck_assert_int_eq(of(order, "max(missing)"), GRAMS(39));
    ck_assert_int_eq(of(order, "max(there)"), GRAMS(31));
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM reservations WHERE order_id = %lld", (long long)order)), 0);
    ck_assert_int_eq(sql_number(&c, SQL("SELECT packets_possible(shop_id, id) FROM orders WHERE id = %lld",
                                        (long long)order)),
                     3);
    refused(order_release(&c, k, order), ST_CONFLICT, "it is short");
    refused(order_allocate(&c, order, DATE_NONE), ST_SHORT, "is short"); /* a second go is a second row */
    ck_assert_int_eq(sql_number(&c, SQL("SELECT short_no FROM orders WHERE id = %lld", (long long)order)), 2);
    (void)stage_lot(&c, "xi_xin", "S3", GRAMS(100), 300, "released", "A01");
    MUST(order_allocate(&c, order, DATE_NONE));
    state_is(order, "allocated");
    ck_assert_int_eq(of(order, "count(*)"), 0); /* what it once lacked is history */
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM order_short_lines WHERE order_id = %lld", (long long)order)),
        2);
}
END_TEST

static int64_t count(const char *sql)
{
    return sql_number(&c, sql);
}

static enum status inside_another(struct ctx *in, void *arg)
{
    return order_allocate(in, *(int64_t *)arg, DATE_NONE);
}

START_TEST(it_is_kept_from_within_a_change_with_a_key_too)
{
    int64_t order = stage_order(&c, "ma_huang", GRAMS(9000), 7);

    refused(db_tx(&c, inside_another, &order), ST_SHORT, "is short");
    state_is(order, "short");
    ck_assert_int_eq(
        count(SQL("SELECT count(*) FROM order_events WHERE order_id = %lld AND event = 'short' AND "
                  "note LIKE '%%: %%g'",
                  (long long)order)),
        1);
}
END_TEST

START_TEST(what_may_not_be_used_is_said)
{
    int64_t order;

    (void)stage_lot(&c, "cao_guo", "S4", GRAMS(20), 3, "released", "A01"); /* dies before the course ends */
    (void)stage_lot(&c, "cao_guo", "S5", GRAMS(25), 300, "released", "A01");
    order = stage_order(&c, "cao_guo", GRAMS(30), 7);
    refused(order_allocate(&c, order, DATE_NONE), ST_SHORT, "may not be used");
    ck_assert_int_eq(of(order, "max(missing)"), GRAMS(5));
    ck_assert_int_eq(of(order, "max(barred)"), GRAMS(20));
    ck_assert_int_eq(count(SQL("SELECT item_free(shop_id, item_id, course_ends_on) FROM short_lines WHERE "
                               "order_id = %lld",
                               (long long)order)),
                     GRAMS(25));
}
END_TEST

START_TEST(what_is_set_aside_stands_until_its_time_is_out)
{
    int64_t lot = stage_lot(&c, "bing_lang", "S6", GRAMS(50), 300, "released", "A01");
    int64_t order = stage_order(&c, "bing_lang", GRAMS(40), 7);

    MUST(order_allocate(&c, order, DATE_NONE));
    stage_fate(&c, DATABASE, SQL("UPDATE lots SET status = 'held' WHERE id = %lld", (long long)lot));
    refused(order_allocate(&c, order, DATE_NONE), ST_SHORT, "is short");
    state_is(order, "allocated");
    ck_assert_int_eq(stage_reserved(&c, order, lot), GRAMS(40));
    stage_fate(&c, DATABASE,
               SQL("UPDATE reservations SET expires_at = now() WHERE order_id = %lld", (long long)order));
    refused(order_allocate(&c, order, DATE_NONE), ST_SHORT, "is short");
    state_is(order, "short");
    ck_assert_int_eq(count(SQL("SELECT count(*) FROM reservations WHERE order_id = %lld AND ended_at IS NULL",
                               (long long)order)),
                     0);
}
END_TEST

START_TEST(a_part_is_supplied_and_the_rest_is_owed)
{
    int64_t order = scarce("bi_ba", "bai_lian", 35), part, rest;

    refused(order_supply_part(&c, k, order, 7, &part), ST_INVALID, "is no part of the order's 7 packets");
    refused(order_supply_part(&c, k, order, 4, &part), ST_SHORT,
            "5 g of 40 g is missing"); /* 35 g are there */
    state_is(order, "short");          /* nothing half done */
    MUST(order_supply_part(&c, k, order, 0, &part));
    state_is(order, "cancelled");
    state_is(part, "allocated");
    ck_assert_int_eq(count(SQL("SELECT packets FROM orders WHERE id = %lld", (long long)part)), 3);
    ck_assert_int_eq(
        count(SQL("SELECT s.packets - s.packets_ordered FROM supplies s JOIN orders o USING (shop_id, "
                  "prescription_id, version, supply_no) WHERE o.id = %lld",
                  (long long)part)),
        4);
    ck_assert_int_eq(count("SELECT count(*) FROM order_differences"), 0);
    refused(order_supply_part(&c, k, part, 1, &rest), ST_CONFLICT, "it is allocated");
}
END_TEST

START_TEST(no_part_where_there_is_none_to_give)
{
    int64_t order = scarce("lou_lu", "ge_jie", 5), part;

    refused(order_supply_part(&c, k, order, 0, &part), ST_SHORT, "not one");
    stage_fate(&c, DATABASE, SQL("UPDATE orders SET payment = 'vouched' WHERE id = %lld", (long long)order));
    refused(order_supply_part(&c, k, order, 1, &part), ST_CONFLICT, "refund this one first");
    stage_fate(&c, DATABASE, SQL("UPDATE orders SET payment = 'unpaid' WHERE id = %lld", (long long)order));
    (void)stage_lot(&c, "ge_jie", "S9", GRAMS(500), 300, "released", "A01");
    refused(order_supply_part(&c, k, order, 0, &part), ST_INVALID, "enough for all");
    act_as(&c, "dr.wu");
    refused(order_supply_part(&c, k, order, 1, &part), ST_DENIED, "only a pharmacist");
}
END_TEST

START_TEST(a_short_order_may_be_stopped_declined_and_ended)
{
    int64_t held = stage_order(&c, "ma_huang", GRAMS(9000), 7),
            declined = stage_order(&c, "ma_huang", GRAMS(9000), 7),
            ended = stage_order(&c, "ma_huang", GRAMS(9000), 7);
    const int64_t all[] = { held, declined, ended };

    for (size_t i = 0; i < 3; i++)
        refused(order_allocate(&c, all[i], DATE_NONE), ST_SHORT, NULL);
    MUST(order_hold(&c, held, "waiting_for_stock", NULL, NULL));
    refused(order_allocate(&c, held, DATE_NONE), ST_CONFLICT, "on hold");
    ck_assert_int_eq(count(SQL("SELECT short_no FROM orders WHERE id = %lld", (long long)held)), 1);
    MUST(order_reject(&c, declined, "cannot_be_made", "no ma huang in the country"));
    MUST(order_cancel(&c, ended, "the patient went elsewhere"));
    ck_assert_int_eq(count(SQL("SELECT count(*) FROM short_lines WHERE order_id IN (%lld, %lld)",
                               (long long)declined, (long long)ended)),
                     0);
}
END_TEST

START_TEST(the_database_knows_what_short_means)
{
    const long long bare = stage_order(&c, "ma_huang", GRAMS(5), 7);
    int64_t full;

    (void)stage_lot(&c, "ma_huang", "S7", GRAMS(500), 300, "released", "A01");
    full = stage_order(&c, "ma_huang", GRAMS(5), 7);
    MUST(order_allocate(&c, full, DATE_NONE));
    refused(sql_try(&c, SQL("UPDATE orders SET state = 'short' WHERE id = %lld", bare)), ST_CONFLICT, NULL);
    refused(
        sql_try(&c,
                SQL("INSERT INTO order_shorts (shop_id, order_id, short_no, first_line_no, course_ends_on, "
                    "tried_by) VALUES (%lld, %lld, 1, 1, '2030-01-01', %lld)",
                    (long long)c.who.shop_id, bare, (long long)c.who.user_id)),
        ST_INVALID, "must say what is short");
    refused(
        sql_try(&c,
                SQL("INSERT INTO order_shorts (shop_id, order_id, short_no, first_line_no, course_ends_on, "
                    "tried_by) VALUES (%lld, %lld, 1, 1, '2030-01-01', %lld)",
                    (long long)c.who.shop_id, (long long)full, (long long)c.who.user_id)),
        ST_DENIED, NULL); /* it has what it needs */
    refused(
        sql_try(&c, SQL("INSERT INTO order_short_lines (shop_id, order_id, short_no, line_no, wanted, there, "
                        "barred) VALUES (%lld, %lld, 1, 1, 5, 5, 0)",
                        (long long)c.who.shop_id, bare)),
        ST_CONFLICT, "is enough");
}
END_TEST

SUITE(short_orders)
{
    return suite_of(
        "short_orders", 120, make, setup, scene_close,
        TESTS(what_is_missing_is_kept_and_nothing_is_reserved, it_is_kept_from_within_a_change_with_a_key_too,
              what_may_not_be_used_is_said, what_is_set_aside_stands_until_its_time_is_out,
              a_part_is_supplied_and_the_rest_is_owed, no_part_where_there_is_none_to_give,
              a_short_order_may_be_stopped_declined_and_ended, the_database_knows_what_short_means));
}
