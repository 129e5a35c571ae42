/* The ways an order leaves the straight road, each with what would break it: holds and questions, refusal, waste and starting
   again. */
#include <string.h>

#include "core/order.h"
#include "support/prescribe.h"
#include "support/scene.h"
#include "support/stage.h"

#define DATABASE "test_order_ways"

SCENE_WITH_RULES("mei.lin")

static int64_t allocated(const char *herb, int64_t mg)
{
    int64_t order = stage_order(&c, herb, mg, 7);

    MUST(order_allocate(&c, order, DATE_NONE));
    return order;
}

static int64_t count(const char *sql)
{
    return sql_number(&c, sql);
}

static int64_t state_is(int64_t order, const char *state)
{
    return count(
        SQL("SELECT count(*) FROM orders WHERE id = %lld AND state = '%s'", (long long)order, state));
}

START_TEST(nothing_moves_an_order_on_hold)
{
    int64_t lot = stage_lot(&c, "ma_huang", "W1", GRAMS(500), 300, "released", "A01");
    int64_t order = allocated("ma_huang", GRAMS(40)), stop;

    MUST(order_hold(&c, order, "patient_asked", NULL, &stop));
    refused(order_release(&c, k, order), ST_CONFLICT, "it is on hold: The patient asked to wait");
    refused(order_allocate(&c, order, DATE_NONE), ST_CONFLICT, "on hold");
    refused(sql_try(&c, SQL("UPDATE orders SET state = 'released' WHERE id = %lld", (long long)order)),
            ST_CONFLICT, NULL);
    refused(sql_try(&c, SQL("UPDATE orders SET stopped_state = NULL WHERE id = %lld", (long long)order)),
            ST_DENIED, NULL);
    refused(
        sql_try(&c, SQL("INSERT INTO order_stops (shop_id, order_id, stop_no, kind, state, reason, placed_by)"
                        " SELECT shop_id, id, 1, 'hold', state, 'patient_asked', created_by FROM orders"
                        " WHERE id = %lld",
                        (long long)stage_order(&c, "ma_huang", GRAMS(1), 7))),
        ST_DENIED, NULL);
    refused(order_lift(&c, order, 0, false, NULL), ST_INVALID, "must say why");
    MUST(order_lift(&c, order, stop, false, "she called"));
    refused(order_lift(&c, order, stop, false, "again"), ST_CONFLICT, "no stop without an end");
    stage_release(&c, order);
    MUST(order_hold(&c, order, "safety_concern", "a note", NULL));
    refused(stage_weigh(&c, order, lot, GRAMS(40)), ST_CONFLICT, "on hold");
    refused(
        sql_try(&c, SQL("INSERT INTO order_fillers (shop_id, order_id, filler_id) VALUES (%lld, %lld, %lld)",
                        (long long)c.who.shop_id, (long long)order, (long long)c.who.user_id)),
        ST_DENIED, NULL);
    MUST(order_lift(&c, order, 0, false, "looked into"));
    MUST(stage_weigh(&c, order, lot, GRAMS(40)));
    ck_assert_int_eq(
        count(SQL("SELECT count(*) FROM order_events WHERE order_id = %lld AND event IN ('held', "
                  "'hold_lifted') AND user_id IS NOT NULL",
                  (long long)order)),
        4);
}
END_TEST

START_TEST(a_reason_is_coded_and_some_need_a_note)
{
    int64_t order;

    (void)stage_lot(&c, "xi_xin", "W2", GRAMS(500), 300, "released", "A01");
    order = allocated("xi_xin", GRAMS(20));
    refused(order_hold(&c, order, "because", NULL, NULL), ST_INVALID, "is one of other, patient_asked");
    refused(order_hold(&c, order, "other", "", NULL), ST_INVALID, "must be given with the reason other");
    refused(order_reject(&c, order, "unsafe", NULL), ST_INVALID, "must be given");
    refused(
        sql_try(&c, SQL("INSERT INTO order_rejections (shop_id, order_id, reason, note_needed, rejected_by) "
                        "VALUES (%lld, %lld, 'unsafe', false, %lld)",
                        (long long)c.who.shop_id, (long long)order, (long long)c.who.user_id)),
        ST_INVALID, NULL);
    act_as(&c, "sam.ortiz");
    refused(order_reject(&c, order, "no_answer", NULL), ST_DENIED, "only a pharmacist");
    refused(
        sql_try(&c, SQL("INSERT INTO order_rejections (shop_id, order_id, reason, note_needed, rejected_by) "
                        "VALUES (%lld, %lld, 'no_answer', false, %lld)",
                        (long long)c.who.shop_id, (long long)order, (long long)c.who.user_id)),
        ST_DENIED, NULL);
    act_as(&c, "mei.lin");
    refused(sql_try(&c, SQL("UPDATE orders SET state = 'rejected' WHERE id = %lld", (long long)order)),
            ST_CONFLICT, NULL);
    MUST(order_reject(&c, order, "unsafe", "too warm for her"));
    ck_assert_int_eq(state_is(order, "rejected"), 1);
    ck_assert_int_eq(count(SQL("SELECT count(*) FROM reservations WHERE order_id = %lld AND ended_at IS NULL",
                               (long long)order)),
                     0);
    ck_assert_int_eq(count(SQL("SELECT packets_ordered FROM supplies s JOIN orders o ON o.prescription_id = "
                               "s.prescription_id WHERE o.id = %lld",
                               (long long)order)),
                     0);
    refused(order_cancel(&c, order, "after"), ST_CONFLICT, "it is rejected");
    refused(order_hold(&c, order, "patient_asked", NULL, NULL), ST_CONFLICT, "it is rejected");
}
END_TEST

START_TEST(the_prescriber_answers_and_a_pharmacist_closes)
{
    int64_t order, stop;

    (void)stage_lot(&c, "zhu_sha", "W3", GRAMS(500), 300, "released", "A01");
    act_as(&c, "dr.wu");
    order = stage_order(&c, "zhu_sha", GRAMS(20), 7);
    refused(order_ask(&c, order, "me?", NULL), ST_DENIED, "only a pharmacist");
    act_as(&c, "mei.lin");
    MUST(order_allocate(&c, order, DATE_NONE));
    refused(order_ask(&c, order, "", NULL), ST_INVALID, "must be asked");
    MUST(order_ask(&c, order, "Cinnabar for how long?", &stop));
    MUST(order_hold(&c, order, "waiting_for_result", NULL, NULL));
    refused(order_answer(&c, order, stop, "as_written", "self"), ST_DENIED, "the prescriber must answer");
    refused(
        sql_try(&c, SQL("INSERT INTO query_answers (shop_id, order_id, stop_no, asked_by, verdict, answer, "
                        "answered_by) VALUES (%lld, %lld, %lld, %lld, 'as_written', 'x', %lld)",
                        (long long)c.who.shop_id, (long long)order, (long long)stop, (long long)c.who.user_id,
                        (long long)c.who.user_id)),
        ST_DENIED, NULL);
    refused(order_lift(&c, order, stop, false, NULL), ST_CONFLICT, "has not answered");
    act_as(&c, "david.chen"); /* a pharmacist, but not the one who signed */
    refused(order_answer(&c, order, stop, "as_written", "not mine"), ST_DENIED, NULL);
    act_as(&c, "dr.wu");
    refused(order_answer(&c, order, stop, "perhaps", "x"), ST_INVALID, "as_written");
    MUST(order_answer(&c, order, stop, "as_written", "Three days"));
    refused(order_answer(&c, order, stop, "as_written", "again"), ST_CONFLICT,
            "no question without an answer");
    refused(order_lift(&c, order, stop, false, NULL), ST_DENIED, "only a pharmacist");
    act_as(&c, "mei.lin");
    MUST(order_lift(&c, order, stop, false, NULL));
    refused(order_release(&c, k, order), ST_CONFLICT, "on hold"); /* the hold is left */
    MUST(order_lift(&c, order, 0, false, "the result is there"));
    stage_release(&c, order);
    MUST(order_ask(&c, order, "a mistake", &stop));
    act_as(&c, "david.chen");
    refused(order_lift(&c, order, stop, true, "not mine"), ST_DENIED, "asker");
    act_as(&c, "mei.lin");
    MUST(order_lift(&c, order, stop, true, "asked of the wrong order"));
}
END_TEST

/* One person asks and answers: only in the mode, only after its delay, and the row says so. */
START_TEST(a_shop_of_one_person_looks_twice)
{
    int64_t order, stop;

    (void)stage_lot(&c, "qian_dan", "W4", GRAMS(500), 300, "released", "A01");
    order = allocated("qian_dan", GRAMS(20)); /* signed by mei.lin herself */
    MUST(order_ask(&c, order, "the dose?", &stop));
    sql_must(&c, SQL("INSERT INTO single_person_modes (shop_id, switched_on_by, delay_minutes) VALUES (%lld, "
                     "%lld, 30)",
                     (long long)c.who.shop_id, (long long)c.who.user_id));
    refused(order_answer(&c, order, stop, "as_written", "yes"), ST_DENIED, "second look");
    refused(
        sql_try(&c,
                SQL("INSERT INTO query_answers (shop_id, order_id, stop_no, asked_by, verdict, answer, "
                    "answered_by, single_person_mode_id) SELECT shop_id, %lld, %lld, %lld, 'as_written', "
                    "'x', %lld, id FROM single_person_modes WHERE switched_off_at IS NULL",
                    (long long)order, (long long)stop, (long long)c.who.user_id, (long long)c.who.user_id)),
        ST_DENIED, NULL);
    stage_fate(
        &c, DATABASE,
        SQL("UPDATE order_stops SET placed_at = placed_at - interval '31 minutes' WHERE order_id = %lld",
            (long long)order));
    MUST(order_answer(&c, order, stop, "as_written", "yes"));
    MUST(order_lift(&c, order, stop, false, NULL));
    ck_assert_int_eq(count(SQL("SELECT count(*) FROM query_answers WHERE order_id = %lld AND "
                               "single_person_mode_id IS NOT NULL",
                               (long long)order)),
                     1);
    sql_must(&c, "UPDATE single_person_modes SET switched_off_at = now() WHERE switched_off_at IS NULL");
}
END_TEST

static int64_t lost(int64_t order)
{
    return count(
        SQL("SELECT coalesce(sum(quantity), 0) FROM stock_moves WHERE order_id = %lld AND reason = 'lost'",
            (long long)order));
}

START_TEST(waste_books_what_was_weighed_and_starts_again)
{
    int64_t lot = stage_lot(&c, "xiong_huang", "W5", GRAMS(200), 300, "released", "A01");
    int64_t order = allocated("xiong_huang", GRAMS(40)), again, second;

    stage_release(&c, order);
    refused(order_waste(&c, NULL, order, "spilled", NULL, true, &again), ST_CONFLICT, "cancel it instead");
    ck_assert_int_eq(state_is(order, "released"), 1);
    MUST(stage_weigh(&c, order, lot, GRAMS(41)));
    refused(sql_try(&c, SQL("UPDATE orders SET state = 'wasted' WHERE id = %lld", (long long)order)),
            ST_CONFLICT, NULL);
    MUST(order_waste(&c, k, order, "spilled", NULL, true, &again));
    ck_assert_int_eq(lost(order), GRAMS(41));
    ck_assert_int_eq(stage_in_stock(&c, lot), GRAMS(159));
    ck_assert_int_eq(stage_reserved(&c, order, lot), 0);
    ck_assert_int_eq(state_is(order, "wasted"), 1);
    ck_assert_int_eq(
        count(SQL("SELECT count(*) FROM orders n JOIN orders o ON o.id = n.replaces_id AND o.version = "
                  "n.version AND o.packets = n.packets AND o.supply_no = n.supply_no WHERE n.id = %lld "
                  "AND o.id = %lld",
                  (long long)again, (long long)order)),
        1);
    ck_assert_int_eq(count("SELECT count(*) FROM order_differences"), 0);
    ck_assert_int_eq(count(SQL("SELECT count(*) FROM screenings s JOIN orders o ON o.prescription_id = "
                               "s.prescription_id WHERE o.id = %lld",
                               (long long)again)),
                     2); /* screened anew */
    refused(order_waste(&c, k, order, "spilled", NULL, true, &second), ST_CONFLICT, "it is wasted");
    refused(
        sql_try(
            &c,
            SQL("INSERT INTO orders (shop_id, prescription_id, version, patient_id, created_by, supply_no, "
                "packets, replaces_id) SELECT shop_id, prescription_id, version, patient_id, created_by, "
                "supply_no, packets, %lld FROM orders WHERE id = %lld",
                (long long)again, (long long)again)),
        ST_CONFLICT, NULL); /* what was not wasted is not replaced */
}
END_TEST

/* After the final check the stock has gone to the patient's side: it is lost from there, and the drawers do not move. */
START_TEST(waste_after_the_check_is_lost_from_the_patients_side)
{
    int64_t lot = stage_lot(&c, "guan_mu_tong", "W6", GRAMS(200), 300, "released", "A01");
    int64_t order = allocated("guan_mu_tong", GRAMS(40)), again;

    stage_release(&c, order);
    MUST(stage_weigh(&c, order, lot, GRAMS(40)));
    act_as(&c, "david.chen");
    MUST(order_check(&c, order, NULL));
    ck_assert_int_eq(stage_in_stock(&c, lot), GRAMS(160));
    act_as(&c, "sam.ortiz");
    refused(order_waste(&c, k, order, "not_collected", NULL, false, &again), ST_DENIED, "only a pharmacist");
    act_as(&c, "david.chen");
    MUST(order_waste(&c, k, order, "not_collected", NULL, false, &again));
    ck_assert_int_eq(again, 0);
    ck_assert_int_eq(stage_in_stock(&c, lot), GRAMS(160));
    ck_assert_int_eq(lost(order), GRAMS(40));
    ck_assert_int_eq(
        count(SQL("SELECT sum(b.quantity) FROM balances b JOIN locations p ON p.shop_id = b.shop_id AND "
                  "p.id = b.location_id WHERE b.lot_id = %lld AND p.kind = 'patient'",
                  (long long)lot)),
        0);
    ck_assert_int_eq(count("SELECT count(*) FROM ledger_differences"), 0);
    ck_assert_int_eq(count("SELECT count(*) FROM order_differences"), 0);
    refused(order_hand_over(&c, order, "the patient", true), ST_CONFLICT, "it is wasted");
}
END_TEST

/* Two orders share a lot to its last gram, and more is weighed for the first than was set aside for it: once that is booked, the
   second one's share is not there any more, and it is told. */
static void weigh_into_the_others_share(const char *herb, enum status (*end)(int64_t order))
{
    const int64_t lot = stage_lot(&c, herb, herb, GRAMS(100), 300, "released", "A01");
    const int64_t first = allocated(herb, GRAMS(50)), second = allocated(herb, GRAMS(50));

    stage_release(&c, first);
    MUST(stage_weigh(&c, first, lot, GRAMS(52)));
    ck_assert_int_eq(stage_reserved(&c, second, lot), GRAMS(50));
    act_as(&c, "david.chen");
    MUST(end(first));
    act_as(&c, "mei.lin");
    ck_assert_int_eq(stage_reserved(&c, second, lot), 0);
    ck_assert_int_eq(count("SELECT count(*) FROM reservation_differences"), 0);
    ck_assert_int_eq(count(SQL("SELECT count(*) FROM order_events WHERE event = 'reservation_ended' AND "
                               "order_id = %lld",
                               (long long)second)),
                     1);
}

static enum status end_checked(int64_t order)
{
    return order_check(&c, order, NULL);
}

static enum status end_wasted(int64_t order)
{
    int64_t successor;

    return order_waste(&c, k, order, "spilled", NULL, false, &successor);
}

START_TEST(what_was_weighed_of_anothers_share_ends_her_promise)
{
    weigh_into_the_others_share("gan_sui", end_checked);
    weigh_into_the_others_share("ba_dou_shuang", end_wasted);
}
END_TEST

static int64_t released(const char *herb, int64_t mg)
{
    const int64_t order = allocated(herb, mg);

    stage_release(&c, order);
    return order;
}

static void weighed(int64_t order, int64_t lot, int64_t mg)
{
    act_as(&c, "mei.lin");
    MUST(stage_weigh(&c, order, lot, mg));
}

static void checked(int64_t order)
{
    act_as(&c, "david.chen");
    MUST(order_check(&c, order, NULL));
    act_as(&c, "mei.lin");
}

/* A lot is promised to its last gram. Two orders weigh of it together no more than lies there; what one weighs less than planned
   another may weigh more. */
START_TEST(no_two_orders_weigh_more_together_than_lies_there)
{
    const int64_t lot = stage_lot(&c, "qian_niu_zi", "W7", GRAMS(100), 300, "released", "A01");
    const int64_t first = released("qian_niu_zi", GRAMS(50)), second = released("qian_niu_zi", GRAMS(50));

    weighed(second, lot, GRAMS(49));
    refused(stage_weigh(&c, first, lot, GRAMS(52)), ST_SHORT,
            "lot W7: with it 101 g is weighed, for the orders");
    ck_assert_int_eq(count(SQL("SELECT count(*) FROM weighings WHERE order_id = %lld", (long long)first)), 0);
    ck_assert(state_is(first, "released"));
    weighed(first, lot, GRAMS(51));
    checked(first);
    ck_assert_int_eq(stage_in_stock(&c, lot), GRAMS(49));
    ck_assert_int_eq(stage_reserved(&c, second, lot),
                     GRAMS(50)); /* it is on the scales, and stays promised */
    ck_assert_int_eq(count("SELECT count(*) FROM reservation_differences"), 0);
    checked(second);
    ck_assert_int_eq(stage_in_stock(&c, lot), 0);
}
END_TEST

/* What is on the scales of one order is not promised to an older one that has weighed nothing. */
START_TEST(what_is_weighed_comes_before_what_waits)
{
    const int64_t lot = stage_lot(&c, "qian_jin_zi", "W8", GRAMS(150), 300, "released", "A01");
    const int64_t oldest = released("qian_jin_zi", GRAMS(50));
    const int64_t second = released("qian_jin_zi", GRAMS(50)), third = released("qian_jin_zi", GRAMS(50));

    weighed(second, lot, GRAMS(50));
    weighed(third, lot, GRAMS(52));
    checked(third);
    ck_assert_int_eq(stage_reserved(&c, oldest, lot), 0);
    ck_assert_int_eq(stage_reserved(&c, second, lot), GRAMS(50));
    ck_assert_int_eq(count("SELECT count(*) FROM reservation_differences"), 0);
    refused(stage_weigh(&c, oldest, lot, GRAMS(48)), ST_CONFLICT, "allocate the order again");
    checked(second);
    ck_assert_int_eq(stage_in_stock(&c, lot), GRAMS(48));
}
END_TEST

SUITE(order_ways)
{
    return suite_of("order_ways", 120, make, setup, scene_close,
                    TESTS(nothing_moves_an_order_on_hold, a_reason_is_coded_and_some_need_a_note,
                          the_prescriber_answers_and_a_pharmacist_closes, a_shop_of_one_person_looks_twice,
                          waste_books_what_was_weighed_and_starts_again,
                          waste_after_the_check_is_lost_from_the_patients_side,
                          what_was_weighed_of_anothers_share_ends_her_promise,
                          no_two_orders_weigh_more_together_than_lies_there,
                          what_is_weighed_comes_before_what_waits));
}
