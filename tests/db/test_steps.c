/* An order's steps attacked: out of their place by SQL at the service's own login, on a screening that is not the latest, with a
   course cut short, through a quarantine place, after a recall, and in a shop that lacks the places its goods go to. */
#include <string.h>

#include "core/order.h"
#include "core/stock.h"
#include "core/upkeep.h"
#include "support/database.h"
#include "support/runner.h"
#include "support/stage.h"

#define DATABASE "test_steps"
#define GRAMS(g) (INT64_C(1000) * (g))
#define SQL(...) arena_printf(&c.arena, __VA_ARGS__)

static struct ctx c;

static void make(void)
{
    database_fresh(DATABASE);
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

static void refused(const char *sql)
{
    ck_assert_msg(sql_try(&c, sql) == ST_DENIED, "not refused: %s", sql);
    ctx_forgive(&c);
}

static int64_t allocated(const char *herb, int64_t mg)
{
    int64_t order = stage_order(&c, herb, mg, 7);

    ck_assert_msg(order_allocate(&c, order, DATE_NONE) == ST_OK, "%s", fault_text(&c));
    return order;
}

static void fill(int64_t order, int64_t lot, int64_t mg)
{
    stage_release(&c, order);
    ck_assert_msg(stage_weigh(&c, order, lot, mg) == ST_OK, "%s", fault_text(&c));
}

/* Two people's work up to the final check. */
static void finish(int64_t order, int64_t lot, int64_t mg)
{
    fill(order, lot, mg);
    act_as(&c, "david.chen");
    ck_assert_msg(order_check(&c, order, NULL) == ST_OK, "%s", fault_text(&c));
}

static const char *final_check(int64_t order)
{
    return SQL("INSERT INTO final_checks (shop_id, order_id, filler_id, checker_id, total_weighed)"
               " SELECT f.shop_id, f.order_id, f.filler_id, u.id, 1 FROM order_fillers f JOIN users u ON"
               " u.shop_id = f.shop_id AND u.username = 'david.chen' WHERE f.order_id = %lld",
               (long long)order);
}

START_TEST(no_step_is_taken_out_of_its_place)
{
    int64_t lot = stage_lot(&c, "ma_huang", "S1", GRAMS(500), 300, "released", "A01");
    int64_t order = allocated("ma_huang", GRAMS(40)), cancelled = allocated("ma_huang", GRAMS(40));

    stage_release(&c, order);
    sql_must(&c, SQL("INSERT INTO order_fillers (shop_id, order_id, filler_id) VALUES (%lld, %lld, %lld)",
                     (long long)c.who.shop_id, (long long)order, (long long)c.who.user_id));
    refused(final_check(order)); /* nothing was weighed */
    refused(SQL("UPDATE orders SET state = 'weighed' WHERE id = %lld", (long long)order));
    fill(cancelled, lot, GRAMS(40));
    ck_assert_int_eq(order_cancel(&c, cancelled, "test"), ST_OK);
    refused(final_check(cancelled));
    refused(SQL("INSERT INTO allocations (shop_id, order_id, allocation_no, course_ends_on, "
                "tolerance_permille, expires_at, allocated_by)"
                " VALUES (%lld, %lld, 9, '2030-01-01', 200, now(), %lld)",
                (long long)c.who.shop_id, (long long)cancelled, (long long)c.who.user_id));
}
END_TEST

START_TEST(what_was_checked_cannot_go_back)
{
    int64_t lot = stage_lot(&c, "xi_xin", "S2", GRAMS(100), 300, "released", "A01");
    int64_t order = allocated("xi_xin", GRAMS(40));

    finish(order, lot, GRAMS(40));
    refused(SQL("UPDATE orders SET state = 'cancelled' WHERE id = %lld", (long long)order));
    refused(SQL("UPDATE orders SET state = 'released' WHERE id = %lld", (long long)order));
    ck_assert_int_eq(stage_in_stock(&c, lot), GRAMS(60));
}
END_TEST

static const char *release_on(int64_t order, const char *screening)
{
    return SQL(
        "INSERT INTO releases (shop_id, order_id, prescription_id, version, screening_id, "
        "critical_count, released_by)"
        " SELECT o.shop_id, o.id, o.prescription_id, o.version, (SELECT %s(id) FROM screenings s WHERE "
        "s.prescription_id = o.prescription_id), 0, %lld FROM orders o WHERE o.id = %lld",
        screening, (long long)c.who.user_id, (long long)order);
}

START_TEST(an_older_screening_releases_nothing)
{
    int64_t order;

    (void)stage_lot(&c, "xiong_huang", "S3", GRAMS(100), 300, "released", "A01");
    order = allocated("xiong_huang", GRAMS(40));
    sql_must(&c,
             SQL("INSERT INTO screenings (shop_id, prescription_id, version, patient_id, profile_version,"
                 " knowledge_version, critical_count, made_by)"
                 " SELECT s.shop_id, s.prescription_id, s.version, s.patient_id, s.profile_version, 'new', "
                 "0, s.made_by FROM screenings s JOIN orders o ON o.prescription_id = s.prescription_id "
                 "WHERE o.id = %lld",
                 (long long)order));
    refused(release_on(order, "min"));
    sql_must(&c, "UPDATE patients SET profile_version = profile_version + 1 WHERE code = 'D-0003'");
    refused(release_on(order, "max"));
    sql_must(&c, "UPDATE patients SET profile_version = profile_version - 1 WHERE code = 'D-0003'");
    sql_must(&c, release_on(order, "max"));
}
END_TEST

/* The horizon is the course's, whatever end is asked for: no lot that dies before. */
START_TEST(a_course_is_not_cut_short_to_use_up_a_dying_lot)
{
    struct date wanted;
    int64_t order, earliest;

    (void)stage_lot(&c, "qian_dan", "S4", GRAMS(100), 5, "released", "A01");
    order = stage_order(&c, "qian_dan", GRAMS(40), 30);
    earliest =
        sql_number(&c, SQL("SELECT shop_today(%lld) + 29 - date '1970-01-01'", (long long)c.who.shop_id));
    wanted = (struct date){ (int32_t)earliest - 27 };
    ck_assert_int_eq(order_allocate(&c, order, wanted), ST_INVALID);
    ck_assert_str_eq(c.fault.items[0].field, "course_ends_on");
    ctx_forgive(&c);
    wanted.days = (int32_t)earliest;
    ck_assert_int_eq(order_allocate(&c, order, wanted), ST_SHORT);
    ctx_forgive(&c);
}
END_TEST

START_TEST(quarantine_is_a_place_for_every_path)
{
    int64_t lot, item;

    sql_must(&c, SQL("INSERT INTO locations (shop_id, code, name, kind) VALUES (%lld, 'QQ', 'Quarantine', "
                     "'quarantine') ON CONFLICT DO NOTHING",
                     (long long)c.who.shop_id));
    lot = stage_lot(&c, "qian_dan", "S5", GRAMS(70), 300, "released", "QQ");
    item = sql_number(&c, SQL("SELECT item_id FROM lots WHERE id = %lld", (long long)lot));
    ck_assert_int_eq(order_allocate(&c, stage_order(&c, "qian_dan", GRAMS(40), 30), DATE_NONE), ST_SHORT);
    ctx_forgive(&c);
    ck_assert_int_eq(
        sql_number(&c,
                   SQL("SELECT count(*) FROM lots l JOIN balances b ON b.lot_id = l.id AND b.internal"
                       " JOIN locations p ON p.id = b.location_id WHERE l.item_id = %lld"
                       "   AND lot_refusal_at(p.kind, l.status, l.expires_on, current_date, current_date) "
                       "= 'quarantined'",
                       (long long)item)),
        1);
}
END_TEST

/* Between the check and the patient a recall still stops the order, and so does its beyond-use date. */
START_TEST(a_recalled_lot_is_not_handed_over)
{
    int64_t lot = stage_lot(&c, "zhu_sha", "S6", GRAMS(100), 300, "released", "A01");
    int64_t order = allocated("zhu_sha", GRAMS(40));

    finish(order, lot, GRAMS(40));
    ck_assert_int_eq(lot_set_status(&c, lot, "recalled", "supplier notice"), ST_OK);
    ck_assert_int_eq(order_hand_over(&c, order, "the patient", true), ST_CONFLICT);
    ck_assert_ptr_nonnull(strstr(c.fault.items[0].rule, "recalled"));
    ctx_forgive(&c);
    ck_assert_int_eq(lot_set_status(&c, lot, "released", "false alarm"), ST_OK);
    stage_fate(
        &c, DATABASE,
        SQL("UPDATE final_checks SET beyond_use_on = '2020-01-01' WHERE order_id = %lld", (long long)order));
    ck_assert_int_eq(order_hand_over(&c, order, "the patient", true), ST_CONFLICT);
    ck_assert_str_eq(c.fault.items[0].field, "beyond_use_on");
    ctx_forgive(&c);
    stage_fate(&c, DATABASE,
               SQL("UPDATE final_checks SET beyond_use_on = NULL WHERE order_id = %lld", (long long)order));
    ck_assert_msg(order_hand_over(&c, order, "the patient", true) == ST_OK, "%s", fault_text(&c));
}
END_TEST

START_TEST(a_check_that_cannot_book_is_no_check)
{
    int64_t lot = stage_lot(&c, "zhu_sha", "S7", GRAMS(100), 300, "released", "A01");
    int64_t order = allocated("zhu_sha", GRAMS(40));

    stage_fate(&c, DATABASE, "UPDATE locations SET kind = 'loss' WHERE kind = 'patient'");
    fill(order, lot, GRAMS(40));
    act_as(&c, "david.chen");
    ck_assert_int_eq(order_check(&c, order, NULL), ST_BROKEN);
    ctx_forgive(&c);
    ck_assert_int_eq(sql_number(&c, SQL("SELECT count(*) FROM orders WHERE id = %lld AND state = 'weighed'",
                                        (long long)order)),
                     1);
    stage_fate(&c, DATABASE,
               "UPDATE locations SET kind = 'patient' WHERE code = (SELECT min(code) FROM locations l WHERE "
               "kind = 'loss' AND EXISTS (SELECT FROM balances b WHERE b.location_id = l.id))");
}
END_TEST

START_TEST(weighing_and_signing_out_are_in_the_audit)
{
    int64_t lot = stage_lot(&c, "ma_huang", "S8", GRAMS(100), 20, "released", "A01");
    int64_t order = allocated("ma_huang", GRAMS(40));

    fill(order, lot, GRAMS(40));
    ck_assert_int_eq(
        sql_number(&c,
                   SQL("SELECT count(*) FROM audit WHERE action = 'order_weighed' AND subject = 'order %lld'"
                       " AND details LIKE '%%40 g%%'",
                       (long long)order)),
        1);
    refused(SQL("INSERT INTO audit (shop_id, action, subject, at) VALUES (%lld, 'x', 'y', '2001-01-01')",
                (long long)c.who.shop_id));
    refused(SQL("INSERT INTO audit (shop_id, action, subject, seal_no) VALUES (%lld, 'x', 'y', NULL)",
                (long long)c.who.shop_id));
}
END_TEST

START_TEST(one_delivery_gives_a_lot_one_expiry)
{
    struct receipt_line lines[] = {
        { .sku = "R-GUI-ZHI",
          .lot_code = "TWICE",
          .expires = "2031-02",
          .quantity = 1000,
          .location = "A01" },
        { .sku = "R-GUI-ZHI",
          .lot_code = "TWICE",
          .expires = "2033-02",
          .quantity = 1000,
          .location = "A02" },
    };
    struct receipt receipt = { .supplier = "GLB", .invoice = "T-2", .lines = lines, .count = 2 };
    int64_t id;

    ck_assert_int_eq(stock_receive(&c, &receipt, &id), ST_CONFLICT);
    ck_assert_str_eq(c.fault.items[0].field, "lines[1].expires_on");
    ctx_forgive(&c);
    lines[1].expires = "2031-02-28";
    ck_assert_msg(stock_receive(&c, &receipt, &id) == ST_OK, "%s", fault_text(&c));
}
END_TEST

START_TEST(too_little_for_the_granules_is_named)
{
    const struct staged_herb herb = { "huang_qi", 1 };
    int64_t prescription = stage_prescription(&c, 1, 0, true, &herb, 1), id;

    stage_fate(&c, DATABASE,
               SQL("UPDATE prescription_versions SET dosage_form = 'granule' WHERE prescription_id = %lld",
                   (long long)prescription));
    ck_assert_int_eq(order_create(&c, NULL, prescription, &id), ST_INVALID);
    ck_assert_str_eq(c.fault.items[0].field, "huang_qi");
    ctx_forgive(&c);
}
END_TEST

/* Old keys and sessions go; young ones stay; nothing else can be deleted, and the trail is sealed on the way. */
START_TEST(upkeep_removes_only_what_is_old)
{
    const struct who me = c.who;
    struct upkeep done;

    stage_fate(&c, DATABASE,
               SQL("INSERT INTO idempotency_keys (shop_id, key, operation, body_hash, created_at) VALUES "
                   "(%lld, 'old', 'x', 'x', now() - interval '8 days'), (%lld, 'young', 'x', 'x', now())",
                   (long long)c.who.shop_id, (long long)c.who.shop_id));
    stage_fate(
        &c, DATABASE,
        SQL("INSERT INTO sessions (shop_id, token_hash, user_id, expires_at, ended_at)"
            " VALUES (%lld, repeat('a', 64), %lld, now() + interval '1 day', now() - interval '91 days'),"
            " (%lld, repeat('b', 64), %lld, now() - interval '1 day', NULL)",
            (long long)c.who.shop_id, (long long)c.who.user_id, (long long)c.who.shop_id,
            (long long)c.who.user_id));
    refused("DELETE FROM idempotency_keys");
    refused("DELETE FROM sessions");
    ck_assert_msg(upkeep_run(&c, &done) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(done.removed, 2);
    c.who = me;
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM idempotency_keys WHERE key = 'young'"), 1);
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM sessions WHERE token_hash = repeat('b', 64)"), 1);
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM audit WHERE seal_no IS NULL"), 0);
    ck_assert_int_eq(
        sql_number(&c,
                   "SELECT count(*) FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
                   " AND has_function_privilege('yaofang_read', oid, 'EXECUTE')"),
        0);
}
END_TEST

/* A promise nobody keeps any more does not burden the lot for ever; one that ran out an hour ago may still be looked at. */
START_TEST(reservations_that_ran_out_a_day_ago_end)
{
    const struct who me = c.who;
    const int64_t lot = stage_lot(&c, "long_gu", "RUN-OUT", GRAMS(100), 300, "released", "A01");
    const int64_t old = stage_order(&c, "long_gu", GRAMS(40), 7);
    const int64_t young = stage_order(&c, "long_gu", GRAMS(40), 7);
    struct upkeep done;

    ck_assert_int_eq(order_allocate(&c, old, DATE_NONE), ST_OK);
    ck_assert_int_eq(order_allocate(&c, young, DATE_NONE), ST_OK);
    stage_fate(
        &c, DATABASE,
        SQL("UPDATE reservations SET expires_at = now() - CASE order_id WHEN %lld THEN interval '25 hours' "
            "ELSE interval '1 hour' END WHERE lot_id = %lld",
            (long long)old, (long long)lot));
    ck_assert_int_eq(upkeep_run(&c, &done), ST_OK);
    ck_assert_int_eq(done.removed, 1);
    c.who = me;
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT order_id FROM reservations WHERE lot_id = %lld AND ended_at IS NOT "
                           "NULL",
                           (long long)lot)),
        old);
    ck_assert_int_eq(order_allocate(&c, old, DATE_NONE), ST_OK);
}
END_TEST

SUITE(steps)
{
    Suite *suite = suite_create("steps");
    TCase *tests = tcase_create("attacks");

    tcase_set_timeout(tests, 120);
    tcase_add_unchecked_fixture(tests, make, NULL);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, no_step_is_taken_out_of_its_place);
    tcase_add_test(tests, what_was_checked_cannot_go_back);
    tcase_add_test(tests, an_older_screening_releases_nothing);
    tcase_add_test(tests, a_course_is_not_cut_short_to_use_up_a_dying_lot);
    tcase_add_test(tests, quarantine_is_a_place_for_every_path);
    tcase_add_test(tests, a_recalled_lot_is_not_handed_over);
    tcase_add_test(tests, a_check_that_cannot_book_is_no_check);
    tcase_add_test(tests, weighing_and_signing_out_are_in_the_audit);
    tcase_add_test(tests, one_delivery_gives_a_lot_one_expiry);
    tcase_add_test(tests, too_little_for_the_granules_is_named);
    tcase_add_test(tests, upkeep_removes_only_what_is_old);
    tcase_add_test(tests, reservations_that_ran_out_a_day_ago_end);
    suite_add_tcase(suite, tests);
    return suite;
}
