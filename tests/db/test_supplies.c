/* How much of a version may be ordered: parts that come to the whole, what is owed, refills and their days. */
#include <string.h>

#include "clinic/dosing.h"
#include "core/order.h"
#include "core/prescription.h"
#include "support/prescribe.h"
#include "support/scene.h"
#include "support/stage.h"

#define DATABASE "test_supplies"

SCENE_WITH_RULES("mei.lin")

static int64_t count(const char *sql)
{
    return sql_number(&c, sql);
}

/* Of `packets` of the version's prescription; 0: all that are owed. */
static enum status part(int64_t prescription, int64_t packets, int64_t *order)
{
    const struct order_wish wish = { .prescription_id = prescription, .packets = packets };

    return order_enter(&c, k, &wish, order);
}

static int64_t line(int64_t order, const char *what)
{
    return count(SQL("SELECT %s FROM order_lines WHERE order_id = %lld", what, (long long)order));
}

START_TEST(parts_come_to_the_whole_to_the_milligram)
{
    const struct staged_herb herbs[] = { { "ma_huang", 100003 }, { "xi_xin", 41999 } };
    struct weight packets[7];
    int64_t id, first, second, third;

    (void)stage_lot(&c, "ma_huang", "P1", GRAMS(500), 300, "released", "A01");
    (void)stage_lot(&c, "xi_xin", "P2", GRAMS(500), 300, "released", "A01");
    id = stage_prescription(&c, 7, 0, true, herbs, 2);
    refused(part(id, 8, &first), ST_CONFLICT, "more than the 7");
    MUST(part(id, 3, &first));
    MUST(dosing_packets(&c, (struct weight){ 100003 }, 7, packets));
    ck_assert_int_eq(line(first, "max(crude_mg) FILTER (WHERE line_no = 1)"),
                     packets[0].mg + packets[1].mg + packets[2].mg);
    MUST(part(id, 2, &second));
    ck_assert_int_eq(
        count("SELECT packets_owed FROM (SELECT s.packets - s.packets_ordered AS packets_owed, s.* FROM "
              "supplies s) s ORDER BY prescription_id DESC LIMIT 1"),
        2);
    MUST(order_cancel(&c, first, "the patient fell ill"));
    refused(part(id, 6, &third), ST_CONFLICT, "more than the 5");
    MUST(part(id, 0, &third));
    ck_assert_int_eq(line(second, "sum(crude_mg)") + line(third, "sum(crude_mg)"), 100003 + 41999);
    ck_assert_int_eq(line(second, "sum(quantity)") + line(third, "sum(quantity)"), 100003 + 41999);
    refused(part(id, 0, &first), ST_CONFLICT, "allows no refill");
    refused(sql_try(&c, SQL("UPDATE supplies SET packets_ordered = 8 WHERE prescription_id = %lld",
                            (long long)id)),
            ST_CONFLICT, NULL);
    ck_assert_int_eq(count("SELECT count(*) FROM order_differences"), 0);
    MUST(order_allocate(&c, second, DATE_NONE));
    ck_assert_int_eq(count(SQL("SELECT course_ends_on - shop_today(shop_id) FROM orders WHERE id = %lld",
                               (long long)second)),
                     1); /* two packets of seven in seven days: today and tomorrow */
}
END_TEST

START_TEST(any_parts_of_any_weight_come_to_the_whole)
{
    for (int i = 1; i <= 200; i++) {
        const int64_t mg = INT64_C(7919) * i * i % 1000003 + 1;
        const int packets = 1 + i % 31, taken = 1 + i * 17 % packets;
        struct weight each[32];
        int64_t share = 0;

        MUST(dosing_packets(&c, (struct weight){ mg }, packets, each));
        for (int p = 0; p < taken; p++)
            share += each[p].mg;
        ck_assert_int_eq(count(SQL("SELECT packets_share(%lld, %d, %d)", (long long)mg, packets, taken)),
                         share);
    }
}
END_TEST

START_TEST(the_rest_may_be_given_up)
{
    const struct staged_herb herb = { "ma_huang", GRAMS(70) };
    int64_t id = stage_prescription(&c, 7, 0, true, &herb, 1), order;

    MUST(part(id, 3, &order));
    refused(order_forgo(&c, order, "x", NULL), ST_INVALID, "is one of");
    MUST(order_forgo(&c, order, "patient_declined", NULL));
    refused(order_forgo(&c, order, "patient_declined", NULL), ST_CONFLICT,
            "of whose supply anything is owed");
    refused(part(id, 0, &order), ST_CONFLICT, "allows no refill");
}
END_TEST

static int64_t refillable(int refills, int interval)
{
    struct prescription_draft draft = test_draft(&c, test_patient_new(&c, k), NULL, "ma huang", GRAMS(3));
    int64_t id;

    draft.refills = refills;
    draft.refill_interval_days = interval;
    MUST(prescription_create(&c, k, &draft, &id));
    test_answer_all(&c, id, 1);
    MUST(prescription_sign(&c, k, id, 1));
    return id;
}

START_TEST(a_refill_waits_for_its_day)
{
    struct order_wish wish = { .prescription_id = refillable(1, 20), .early_reason = "travel" };
    int64_t order;

    MUST(part(wish.prescription_id, 4, &order));
    MUST(part(wish.prescription_id, 0, &order)); /* what is owed is no refill */
    refused(part(wish.prescription_id, 0, &order), ST_CONFLICT,
            "of which 7 of 7 packets are not handed over");
    act_as(&c, "sam.ortiz");
    refused(order_enter(&c, k, &wish, &order), ST_DENIED, "only a pharmacist");
    refused(
        sql_try(&c,
                SQL("INSERT INTO supplies (shop_id, prescription_id, version, supply_no, packets, refills, "
                    "interval_days, packets_ordered, opened_on, previous_opened_on) SELECT shop_id, "
                    "prescription_id, version, 1, packets, refills, interval_days, 7, opened_on, opened_on "
                    "FROM supplies WHERE prescription_id = %lld",
                    (long long)wish.prescription_id)),
        ST_DENIED, NULL);
    act_as(&c, "mei.lin");
    wish.early_reason = "lost";
    refused(order_enter(&c, k, &wish, &order), ST_INVALID, "must be given with the reason lost");
    wish.early_reason = "travel";
    MUST(order_enter(&c, k, &wish, &order));
    refused(part(wish.prescription_id, 0, &order), ST_CONFLICT, "every one of the 1 refills");
    ck_assert_int_eq(
        count(SQL("SELECT count(*) FROM supplies WHERE prescription_id = %lld AND supply_no = 1 AND "
                  "early_reason = 'travel' AND early_by = %lld",
                  (long long)wish.prescription_id, (long long)c.who.user_id)),
        1);
}
END_TEST

/* As if so much of the first supply had been handed over so many days ago. */
static void handed(int64_t prescription, int packets, int days_ago)
{
    stage_fate(&c, DATABASE,
               SQL("UPDATE supplies SET packets_handed = %d, handed_over_on = shop_today(shop_id) - %d WHERE "
                   "prescription_id = %lld",
                   packets, days_ago, (long long)prescription));
}

START_TEST(a_refill_counts_from_the_hand_over)
{
    int64_t id = refillable(2, 20), order;

    MUST(part(id, 0, &order));
    stage_fate(
        &c, DATABASE,
        SQL("UPDATE supplies SET opened_on = opened_on - 30 WHERE prescription_id = %lld", (long long)id));
    refused(part(id, 0, &order), ST_CONFLICT,
            "7 of 7 packets are not handed over"); /* however long ago opened */
    handed(id, 3, 25);
    refused(part(id, 0, &order), ST_CONFLICT, "4 of 7 packets are not handed over");
    handed(id, 7, 19);
    refused(part(id, 0, &order), ST_CONFLICT,
            "in 1 days: 20 days after the supply before it was handed over on");
    handed(id, 7, 20);
    refused(
        sql_try(&c,
                SQL("INSERT INTO supplies (shop_id, prescription_id, version, supply_no, packets, refills, "
                    "interval_days, packets_ordered, opened_on, previous_opened_on) SELECT shop_id, "
                    "prescription_id, version, 1, packets, refills, interval_days, 7, shop_today(shop_id), "
                    "opened_on FROM supplies WHERE prescription_id = %lld",
                    (long long)id)),
        ST_DENIED, NULL); /* without the day it counts from */
    MUST(part(id, 0, &order));
    ck_assert_int_eq(
        count(SQL("SELECT count(*) FROM orders WHERE id = %lld AND supply_no = 1", (long long)order)), 1);
    refused(
        sql_try(
            &c,
            SQL("UPDATE supplies SET handed_over_on = handed_over_on - 1 WHERE prescription_id = %lld AND "
                "supply_no = 0",
                (long long)id)),
        ST_CONFLICT, "does not count from"); /* nor can the day be moved afterwards */
    refused(
        sql_try(
            &c,
            SQL("INSERT INTO supplies (shop_id, prescription_id, version, supply_no, packets, refills, "
                "interval_days, packets_ordered, opened_on, previous_opened_on) SELECT shop_id, "
                "prescription_id, version, 3, packets, refills, interval_days, 7, opened_on + 40, opened_on "
                "FROM supplies WHERE prescription_id = %lld AND supply_no = 1",
                (long long)id)),
        ST_DENIED, NULL); /* neither beyond the limit nor with a gap */
}
END_TEST

START_TEST(what_was_given_up_does_not_hold_a_refill_for_ever)
{
    int64_t id = refillable(1, 0), order;

    MUST(part(id, 3, &order));
    MUST(order_forgo(&c, order, "patient_declined", NULL));
    refused(part(id, 0, &order), ST_CONFLICT, "3 of 3 packets are not handed over");
    MUST(order_cancel(&c, order, "not even those"));
    MUST(part(id, 0, &order));
    ck_assert_int_eq(
        count(SQL("SELECT count(*) FROM orders WHERE id = %lld AND supply_no = 1", (long long)order)), 1);
}
END_TEST

static int64_t course(int64_t prescription, const char *day)
{
    return count(
        SQL("SELECT %s - today FROM courses WHERE prescription_id = %lld", day, (long long)prescription));
}

START_TEST(a_course_lasts_as_long_as_what_is_supplied)
{
    int64_t id = refillable(0, 0), first, second;

    ck_assert_int_eq(course(id, "last_on"), 6); /* nothing ordered: the whole, from the signature */
    MUST(part(id, 3, &first));
    ck_assert_int_eq(course(id, "last_on"), 2);
    MUST(part(id, 2, &second));
    ck_assert_int_eq(course(id, "last_on"), 4);
    MUST(order_cancel(&c, first, "no more"));
    ck_assert_int_eq(course(id, "last_on"), 1);
}
END_TEST

/* Dan shen is to be stopped two weeks before an operation: seven days run into those weeks, two do not. */
START_TEST(a_part_is_screened_for_its_own_days)
{
    int64_t patient = test_patient_new(&c, k), id, order;
    struct prescription_draft draft = test_draft(&c, patient, NULL, "dan shen", GRAMS(9));
    int64_t whole, of_part;

    sql_must(
        &c, SQL("INSERT INTO patient_operations (shop_id, patient_id, typed, planned_on) VALUES (%lld, %lld, "
                "'hip replacement', shop_today(%lld) + 17)",
                (long long)c.who.shop_id, (long long)patient, (long long)c.who.shop_id));
    MUST(prescription_create(&c, k, &draft, &id));
    whole = test_latest(&c, id).critical_count;
    test_answer_all(&c, id, 1);
    MUST(prescription_sign(&c, k, id, 1));
    MUST(part(id, 2, &order));
    of_part = test_latest(&c, id).critical_count;
    ck_assert_msg(of_part < whole, "%lld of the part, %lld of the whole", (long long)of_part,
                  (long long)whole);
}
END_TEST

START_TEST(how_it_is_taken_is_kept_in_code)
{
    struct prescription_draft draft = test_draft(&c, test_patient_new(&c, k), NULL, "ma huang", GRAMS(3));
    struct prescription kept;
    int64_t id;

    draft.route = "nasal";
    refused(prescription_create(&c, k, &draft, &id), ST_INVALID, "is one of oral, external, wash");
    draft.route = "wash";
    draft.timing = "midnight";
    refused(prescription_create(&c, k, &draft, &id), ST_INVALID, "is one of before_meals");
    draft.timing = "at_bedtime";
    draft.frequency = "when_needed";
    MUST(prescription_create(&c, k, &draft, &id));
    MUST(prescription_get(&c, k, id, 0, &kept));
    ck_assert_str_eq(kept.route, "wash");
    ck_assert_str_eq(kept.timing, "at_bedtime");
    ck_assert_str_eq(kept.frequency, "when_needed");
}
END_TEST

SUITE(supplies)
{
    return suite_of(
        "supplies", 120, make, setup, scene_close,
        TESTS(parts_come_to_the_whole_to_the_milligram, any_parts_of_any_weight_come_to_the_whole,
              the_rest_may_be_given_up, a_refill_waits_for_its_day, a_refill_counts_from_the_hand_over,
              what_was_given_up_does_not_hold_a_refill_for_ever, a_course_lasts_as_long_as_what_is_supplied,
              a_part_is_screened_for_its_own_days, how_it_is_taken_is_kept_in_code));
}
