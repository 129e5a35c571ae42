/* The bench attacked: the wrong lot scanned, the picker who looks herself, weights without a look, readings of scales used twice, lots
   that run out, packets that are off, and spoons. */
#include <string.h>

#include "core/bench.h"
#include "core/order.h"
#include "support/labelled.h"
#include "support/prescribe.h"
#include "support/scene.h"
#include "support/stage.h"

#define DATABASE "test_weighing_bench"

SCENE("mei.lin")

static void want(const char *identity, int packets, int total)
{
    const struct bench_settings settings = {
        .identity = identity, .packet_checks = packets, .total_check = total, .density_permille = -1
    };

    act_as(&c, "admin");
    ck_assert_msg(bench_set(&c, &settings) == ST_OK, "%s", fault_text(&c));
    act_as(&c, "mei.lin");
}

static int64_t released(const char *herb, int64_t mg)
{
    int64_t order = stage_order(&c, herb, mg, 7);

    ck_assert_msg(order_allocate(&c, order, DATE_NONE) == ST_OK, "%s", fault_text(&c));
    stage_release(&c, order);
    return order;
}

static enum status look(int64_t order, const char *code, bool typed)
{
    const struct identity_scan scan = { .code = code, .typed = typed };

    return order_identify(&c, order, &scan, 1);
}

static void denied(const char *sql)
{
    ck_assert_msg(sql_try(&c, sql) != ST_OK, "not refused: %s", sql);
    ctx_forgive(&c);
}

START_TEST(another_person_looks_before_anything_is_weighed)
{
    int64_t lot, other, order;

    want("second_person", 0, 0);
    lot = stage_lot(&c, "ma_huang", "BENCH-1", GRAMS(500), 300, "released", "A01");
    other = stage_lot(&c, "ma_huang", "BENCH-2", GRAMS(500), 400, "released", "A01");
    order = released("ma_huang", GRAMS(40));
    refused(look(order, "BENCH-1", false), ST_CONFLICT, "has not been picked yet");
    MUST(order_pick(&c, order));
    refused(order_pick(&c, order), ST_CONFLICT, "has picked it");
    refused(stage_weigh(&c, order, lot, GRAMS(40)), ST_CONFLICT,
            "nobody has looked whether it is lot BENCH-1");
    refused(look(order, "BENCH-1", false), ST_DENIED, "somebody other than");
    denied(SQL(
        "INSERT INTO weighings (shop_id, order_id, allocation_no, line_no, lot_id, location_id, planned, "
        "weighed,"
        " tolerance_permille, weighed_by) SELECT r.shop_id, r.order_id, r.allocation_no, r.line_no, r.lot_id,"
        " r.location_id, r.quantity, r.quantity, a.tolerance_permille, %lld FROM reservations r JOIN "
        "allocations a"
        " USING (shop_id, order_id, allocation_no) WHERE r.order_id = %lld",
        (long long)c.who.user_id, (long long)order));
    denied(SQL("INSERT INTO identity_checks (shop_id, order_id, allocation_no, line_no, lot_id, location_id, "
               "identity_rule,"
               " picker_id, how, code, checked_by) SELECT r.shop_id, r.order_id, r.allocation_no, r.line_no, "
               "r.lot_id,"
               " r.location_id, 'second_person', %lld, 'scanned', 'x', %lld FROM reservations r WHERE "
               "r.order_id = %lld",
               (long long)c.who.user_id, (long long)c.who.user_id, (long long)order));
    act_as(&c, "david.chen");
    refused(look(order, "BENCH-2", false), ST_CONFLICT, "is lot BENCH-2 of");
    refused(look(order, "BENCH-2", false), ST_CONFLICT, "what is meant: lot BENCH-1 of");
    refused(look(order, SQL("YAOFANG-LOT-%lld", (long long)other), false), ST_CONFLICT, "is lot BENCH-2 of");
    refused(look(order, "NEVER-SEEN", false), ST_CONFLICT, "is no lot of this shop (NEVER-SEEN)");
    MUST(look(order, "(10)BENCH-1", false));
    refused(look(order, "BENCH-1", true), ST_CONFLICT, "was looked at already");
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM identity_checks WHERE order_id = %lld AND how = 'scanned'",
                           (long long)order)),
        1);
    act_as(&c, "mei.lin");
    MUST(stage_weigh(&c, order, lot, GRAMS(40)));
    act_as(&c, "david.chen");
    MUST(order_check(&c, order, NULL));
}
END_TEST

START_TEST(where_a_scan_suffices_the_picker_scans_and_nobody_types)
{
    int64_t lot, order;

    want("scan", 0, 0);
    lot = stage_lot(&c, "xi_xin", "SCAN-1", GRAMS(100), 300, "released", "A01");
    order = released("xi_xin", GRAMS(40));
    MUST(order_pick(&c, order));
    refused(look(order, "SCAN-1", true), ST_INVALID, "was typed");
    refused(stage_weigh(&c, order, lot, GRAMS(40)), ST_CONFLICT, "nobody has looked");
    MUST(look(order, SQL("yaofang-lot-%lld", (long long)lot), false)); /* what the lot's own label says */
    MUST(stage_weigh(&c, order, lot, GRAMS(40)));
}
END_TEST

START_TEST(one_person_looks_again_after_the_delay_and_the_record_says_so)
{
    int64_t lot, order;

    want("second_person", 0, 0);
    lot = stage_lot(&c, "xiong_huang", "ALONE-1", GRAMS(100), 300, "released", "A01");
    order = released("xiong_huang", GRAMS(40));
    sql_must(&c, SQL("INSERT INTO single_person_modes (shop_id, delay_minutes, switched_on_by) VALUES (%lld, "
                     "30, %lld)",
                     (long long)c.who.shop_id, (long long)c.who.user_id));
    MUST(order_pick(&c, order));
    refused(look(order, "ALONE-1", false), ST_DENIED, "second look of a single-person shop");
    stage_fate(&c, DATABASE,
               SQL("UPDATE order_picks SET picked_at = now() - interval '31 minutes' WHERE order_id = %lld",
                   (long long)order));
    MUST(look(order, "ALONE-1", false));
    ck_assert_int_eq(
        sql_number(
            &c,
            SQL("SELECT count(*) FROM identity_checks WHERE order_id = %lld AND single_person_mode_id > 0",
                (long long)order)),
        1);
    MUST(stage_weigh(&c, order, lot, GRAMS(40)));
    sql_must(&c, "UPDATE single_person_modes SET switched_off_at = now() WHERE switched_off_at IS NULL");
}
END_TEST

static int64_t reading(int64_t mg)
{
    return sql_number(
        &c, SQL("WITH s AS (INSERT INTO scales (shop_id, code, uri, protocol, capacity_mg, resolution_mg) "
                "VALUES (%lld, 'S' ||"
                " (SELECT count(*) FROM scales), 'tcp://127.0.0.1:1', 'mt-sics', 3000000, 10) RETURNING id)"
                " INSERT INTO scale_readings (shop_id, scale_id, weight_mg, rounded, line, read_by) SELECT "
                "%lld, id, %lld,"
                " false, 'S S', %lld FROM s RETURNING id",
                (long long)c.who.shop_id, (long long)c.who.shop_id, (long long)mg, (long long)c.who.user_id));
}

START_TEST(net_is_gross_less_tare_and_a_reading_serves_once)
{
    int64_t lot, order, read;
    struct order_weighing w;

    want("choice", 0, 0);
    lot = stage_lot(&c, "qian_dan", "NET-1", GRAMS(500), 300, "released", "A01");
    order = released("qian_dan", GRAMS(40));
    read = reading(52000);
    w = (struct order_weighing){ .line_no = 1, .lot_id = lot, .tare = { GRAMS(60) }, .reading_id = read };
    refused(order_weigh(&c, order, &w, 1), ST_INVALID, "not less than the gross of 52 g");
    w.tare.mg = GRAMS(12);
    w.weighed.mg = GRAMS(41);
    refused(order_weigh(&c, order, &w, 1), ST_INVALID, "is not 52 g gross less 12 g");
    w.weighed.mg = 0;
    act_as(&c, "sam.ortiz");
    refused(order_weigh(&c, order, &w, 1), ST_CONFLICT, "read by somebody else");
    act_as(&c, "mei.lin");
    MUST(order_weigh(&c, order, &w, 1));
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT weighed FROM weighings WHERE order_id = %lld AND gross_mg = 52000 AND"
                           " tare_mg = 12000 AND reading_id = %lld",
                           (long long)order, (long long)read)),
        GRAMS(40));
    order = released("qian_dan", GRAMS(40));
    refused(order_weigh(&c, order, &w, 1), ST_CONFLICT, "was used for another weight");
    w = (struct order_weighing){
        .line_no = 1, .lot_id = lot, .weighed = { GRAMS(40) }, .tare = { GRAMS(2) }
    };
    refused(order_weigh(&c, order, &w, 1), ST_INVALID, "without the gross weight");
    w.tare.mg = 0;
    w.reading_id = reading(GRAMS(40));
    stage_fate(&c, DATABASE, "UPDATE scale_readings SET read_at = now() - interval '16 minutes'");
    refused(order_weigh(&c, order, &w, 1), ST_CONFLICT, "is older than 15 minutes");
    denied(SQL("UPDATE scale_readings SET weight_mg = 1 WHERE id = %lld", (long long)w.reading_id));
}
END_TEST

static const char *reserved(int64_t order)
{
    int64_t n =
        sql_number(&c, SQL("SELECT count(*) FROM reservations WHERE order_id = %lld AND ended_at IS NULL",
                           (long long)order));
    int64_t sum = sql_number(
        &c, SQL("SELECT sum(quantity) FROM reservations WHERE order_id = %lld AND ended_at IS NULL",
                (long long)order));

    return SQL("%lld lots, %lld mg", (long long)n, (long long)sum);
}

START_TEST(a_lot_that_runs_out_is_made_up_from_others)
{
    int64_t first, second, third, order;

    want("choice", 0, 0);
    first = stage_lot(&c, "zhu_sha", "OUT-1", GRAMS(100), 300, "released", "A01");
    second = stage_lot(&c, "zhu_sha", "OUT-2", GRAMS(20), 400, "released", "A02");
    third = stage_lot(&c, "zhu_sha", "OUT-3", GRAMS(100), 500, "released", "A02");
    order = released("zhu_sha", GRAMS(60));
    ck_assert_str_eq(reserved(order), "1 lots, 60000 mg");
    refused(order_shortfall(&c, order, 1, first, 0, (struct weight){ GRAMS(60) }), ST_INVALID,
            "is not less than");
    MUST(order_shortfall(&c, order, 1, first, 0, (struct weight){ GRAMS(25) }));
    ck_assert_str_eq(reserved(order), "3 lots, 60000 mg");
    ck_assert_int_eq(stage_reserved(&c, order, first), GRAMS(25));
    ck_assert_int_eq(stage_reserved(&c, order, second), GRAMS(20));
    ck_assert_int_eq(stage_reserved(&c, order, third), GRAMS(15));
    MUST(stage_weigh(&c, order, first, GRAMS(25)));
    refused(order_shortfall(&c, order, 1, first, 0, (struct weight){ GRAMS(5) }), ST_CONFLICT,
            "was weighed already");
    refused(order_shortfall(&c, order, 1, third, 0, (struct weight){ 0 }), ST_SHORT,
            "no other lot has it free");
    ck_assert_str_eq(reserved(order), "3 lots, 60000 mg");
    MUST(stage_weigh(&c, order, second, GRAMS(20)));
    MUST(stage_weigh(&c, order, third, GRAMS(15)));
    act_as(&c, "david.chen");
    MUST(order_check(&c, order, NULL));
    ck_assert_int_eq(stage_in_stock(&c, third), GRAMS(85));
}
END_TEST

START_TEST(a_lot_that_is_not_there_at_all_gives_way_to_another)
{
    int64_t first, second, order;

    want("choice", 0, 0);
    first = stage_lot(&c, "guan_mu_tong", "GONE-1", GRAMS(100), 300, "released", "A01");
    second = stage_lot(&c, "guan_mu_tong", "GONE-2", GRAMS(100), 400, "released", "A02");
    order = released("guan_mu_tong", GRAMS(60));
    ck_assert_int_eq(stage_reserved(&c, order, first), GRAMS(60));
    MUST(order_shortfall(&c, order, 1, first, 0, (struct weight){ 0 }));
    ck_assert_int_eq(stage_reserved(&c, order, first), 0);
    ck_assert_int_eq(stage_reserved(&c, order, second), GRAMS(60));
    ck_assert_int_eq(sql_number(&c, SQL("SELECT planned - there FROM reservation_cuts WHERE order_id = %lld",
                                        (long long)order)),
                     GRAMS(60));
    MUST(stage_weigh(&c, order, second, GRAMS(60)));
}
END_TEST

static enum status packet(int64_t order, int64_t number, int64_t mg, size_t *off)
{
    const struct packet_weight p = { .packet_no = number, .weighed = { mg } };

    return order_weigh_packets(&c, order, &p, 1, off);
}

START_TEST(packets_are_weighed_again_before_the_check)
{
    int64_t lot, order;
    size_t off;

    want("choice", 2, 1);
    lot = stage_lot(&c, "tian_xian_zi", "PACK-1", GRAMS(500), 300, "released", "A01");
    order = released("tian_xian_zi", GRAMS(70)); /* 7 packets of 10 g */
    refused(packet(order, 1, GRAMS(10), &off), ST_CONFLICT, "cannot be checked packet by packet");
    MUST(stage_weigh(&c, order, lot, GRAMS(70)));
    act_as(&c, "david.chen");
    refused(order_check(&c, order, NULL), ST_CONFLICT, "2 of 2 must be weighed again");
    refused(packet(order, 8, GRAMS(10), &off), ST_INVALID, "it has 7");
    MUST(packet(order, 1, GRAMS(10) + 500, &off));
    ck_assert_uint_eq(off, 0);
    MUST(packet(order, 2, GRAMS(10) + 501, &off));
    ck_assert_uint_eq(off, 1);
    refused(order_check(&c, order, NULL), ST_CONFLICT, "1 weighed again is outside");
    denied(SQL(
        "INSERT INTO final_checks (shop_id, order_id, filler_id, checker_id, total_weighed)"
        " SELECT f.shop_id, f.order_id, f.filler_id, %lld, 1 FROM order_fillers f WHERE f.order_id = %lld",
        (long long)c.who.user_id, (long long)order));
    denied(SQL("INSERT INTO packet_checks (shop_id, order_id, packet_no, attempt_no, planned, weighed, "
               "tolerance_permille,"
               " checked_by) VALUES (%lld, %lld, 3, 1, 1, 1, 50, %lld)",
               (long long)c.who.shop_id, (long long)order, (long long)c.who.user_id));
    MUST(packet(order, 2, GRAMS(10), &off));
    refused(order_check(&c, order, NULL), ST_CONFLICT, "all of it must be weighed again");
    MUST(packet(order, 0, GRAMS(70) - 1, &off));
    ck_assert_uint_eq(off, 0);
    MUST(order_check(&c, order, NULL));
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM packet_checks WHERE order_id = %lld", (long long)order)), 4);
}
END_TEST

START_TEST(a_spoon_is_measured_and_a_shift_is_told)
{
    struct spoon_measure m = { .spoon = "5 ml", .spoons = 10, .weighed = { 25000 } };
    struct spoon_measured done;
    const char *text, *spoon;
    struct label_job label;
    int64_t order, first, second;

    want("choice", 0, 0);
    first = stage_lot(&c, "qing_fen", "SPOON-1", GRAMS(100), 300, "released", "A01");
    second = stage_lot(&c, "qing_fen", "SPOON-2", GRAMS(100), 400, "released", "A01");
    refused(spoon_measure_add(&c, &m, &done), ST_INVALID, "must be given");
    m.lot_id = first;
    MUST(spoon_measure_add(&c, &m, &done));
    ck_assert_ptr_null(done.compared_lot);
    ck_assert(!done.shifted);
    m.lot_id = second;
    m.weighed.mg = 27500;
    MUST(spoon_measure_add(&c, &m, &done));
    ck_assert_int_eq(done.shift_permille, 100);
    ck_assert(!done.shifted);
    m.weighed.mg = 31000;
    MUST(spoon_measure_add(&c, &m, &done));
    ck_assert_int_eq(done.shift_permille, 127);
    ck_assert_str_eq(done.compared_lot, "SPOON-2");
    ck_assert(done.shifted);
    order = released("qing_fen", GRAMS(60));
    MUST(spoon_of_dose(&c, order, (struct weight){ 5000 }, &text, &spoon));
    ck_assert_ptr_null(spoon);
    MUST(stage_weigh(&c, order, first, GRAMS(60)));
    MUST(spoon_of_dose(&c, order, (struct weight){ 5000 }, &text, &spoon)); /* 2.5 g a spoon */
    ck_assert_str_eq(text, "2");
    ck_assert_str_eq(spoon, "5 ml");
    MUST(spoon_of_dose(&c, order, (struct weight){ 3750 }, &text, &spoon));
    ck_assert_str_eq(text, "1½");
    MUST(spoon_of_dose(&c, order, (struct weight){ 1200 }, &text, &spoon));
    ck_assert_str_eq(text, "½");
    MUST(spoon_of_dose(&c, order, (struct weight){ 3000 }, &text, &spoon)); /* neither 1 nor 1½ is near */
    ck_assert_ptr_null(text);
    m.lot_id = 0;
    m.order_id = order;
    m.weighed.mg = 50000;
    MUST(spoon_measure_add(&c, &m, &done));
    MUST(spoon_of_dose(&c, order, (struct weight){ 5000 }, &text, &spoon));
    ck_assert_str_eq(text, "1");
    label = labelled_job(&c, "patient", order, false);
    MUST(label_make(&c, &label)); /* 14 doses of 4.286 g, at 5 g a spoon: to be weighed */
    ck_assert_str_eq(label.content.spoon_measure, "");
    m.weighed.mg = 43000;
    MUST(spoon_measure_add(&c, &m, &done));
    MUST(label_make(&c, &label));
    ck_assert_msg(strstr(label.content.spoon_measure, "1 (5 ml)") != NULL, "%s", label.content.spoon_measure);
}
END_TEST

SUITE(weighing_bench)
{
    return suite_of(
        "weighing_bench", 60, make, setup, scene_close,
        TESTS(another_person_looks_before_anything_is_weighed,
              where_a_scan_suffices_the_picker_scans_and_nobody_types,
              one_person_looks_again_after_the_delay_and_the_record_says_so,
              net_is_gross_less_tare_and_a_reading_serves_once, a_lot_that_runs_out_is_made_up_from_others,
              a_lot_that_is_not_there_at_all_gives_way_to_another, packets_are_weighed_again_before_the_check,
              a_spoon_is_measured_and_a_shift_is_told));
}
