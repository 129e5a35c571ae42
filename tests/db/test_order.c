/* The laws of an order's way, each with what would break it: allocation by expiry and horizon, tolerance, two people, booking by
   real weights, and the end after which nothing changes. */
#include <string.h>

#include "core/order.h"
#include "core/stock.h"
#include "support/scene.h"
#include "support/stage.h"

#define DATABASE "test_order"

SCENE("mei.lin")

static void allocate(int64_t order)
{
    ck_assert_msg(order_allocate(&c, order, DATE_NONE) == ST_OK, "%s", fault_text(&c));
}

static void weigh(int64_t order, int64_t lot, int64_t mg)
{
    const struct order_weighing weighing = { .line_no = 1, .lot_id = lot, .weighed = { mg } };

    ck_assert_msg(order_weigh(&c, order, &weighing, 1) == ST_OK, "%s", fault_text(&c));
}

static int64_t passed_over(int64_t order, int64_t lot, const char *reason)
{
    return sql_number(
        &c, SQL("SELECT count(*) FROM lots_passed_over a, unnest(a.lot_ids, a.reasons) AS x (lot_id, reason)"
                " WHERE order_id = %lld AND lot_id = %lld"
                " AND reason = '%s'",
                (long long)order, (long long)lot, reason));
}

START_TEST(earliest_expiry_goes_first_and_a_line_is_split)
{
    int64_t late = stage_lot(&c, "ma_huang", "F2", GRAMS(100), 400, "released", "A02");
    int64_t early = stage_lot(&c, "ma_huang", "F1", GRAMS(50), 30, "released", "A01");
    int64_t spare = stage_lot(&c, "ma_huang", "F3", GRAMS(100), 500, "released", "A01");
    int64_t order = stage_order(&c, "ma_huang", GRAMS(80), 7);

    allocate(order);
    ck_assert_int_eq(stage_reserved(&c, order, early), GRAMS(50));
    ck_assert_int_eq(stage_reserved(&c, order, late), GRAMS(30));
    ck_assert_int_eq(passed_over(order, spare, "not_needed"), 1);
}
END_TEST

START_TEST(a_lot_in_two_drawers_is_one_supply)
{
    int64_t lot = stage_lot(&c, "xi_xin", "D1", GRAMS(40), 300, "released", "A01"), order;

    sql_must(&c, SQL("SELECT stock_book(%lld, ARRAY[%lld], ARRAY[a.id], ARRAY[b.id], ARRAY[15000], 'moved', "
                     "NULL, NULL, '', NULL)"
                     " FROM locations a, locations b WHERE a.code = 'A01' AND b.code = 'A02'",
                     (long long)c.who.shop_id, (long long)lot));
    order = stage_order(&c, "xi_xin", GRAMS(40), 7);
    allocate(order);
    ck_assert_int_eq(stage_reserved(&c, order, lot), GRAMS(40));
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM reservations WHERE order_id = %lld", (long long)order)), 2);
}
END_TEST

/* A course of 7 days from today ends on today + 6: a lot good until that very day may be used, one day less may not. */
static void book(int64_t lot, const char *from, const char *to, int64_t mg)
{
    sql_must(&c,
             arena_printf(
                 &c.arena,
                 "SELECT stock_book(o.shop_id, ARRAY[%lld], ARRAY[o.id], ARRAY[p.id], ARRAY[%lld], 'moved', "
                 "NULL, NULL, 'test', NULL) FROM locations o, locations p WHERE o.shop_id = current_shop() "
                 "AND p.shop_id = o.shop_id AND o.code = '%s' AND p.code = '%s'",
                 (long long)lot, (long long)mg, from, to));
}

static int64_t in_stock(int64_t lot)
{
    return sql_number(
        &c, arena_printf(&c.arena, "SELECT in_stock::int FROM lots WHERE id = %lld", (long long)lot));
}

START_TEST(a_lot_is_in_stock_while_any_place_holds_some)
{
    int64_t lot = stage_lot(&c, "ma_huang", "S1", GRAMS(100), 400, "released", "A01");
    const char *loss = "LOSS", *wrong = "SELECT count(*) FROM lots l WHERE l.in_stock <> EXISTS (SELECT FROM "
                                        "balances b WHERE b.shop_id = l.shop_id "
                                        "AND b.lot_id = l.id AND b.internal AND b.quantity > 0)";

    ck_assert_int_eq(in_stock(lot), 1);
    book(lot, "A01", "A02", GRAMS(100));
    ck_assert_int_eq(in_stock(lot), 1);
    book(lot, "A02", loss, GRAMS(60));
    ck_assert_int_eq(in_stock(lot), 1);
    book(lot, "A02", loss, GRAMS(40));
    ck_assert_int_eq(in_stock(lot), 0);
    book(lot, loss, "A01", GRAMS(5));
    ck_assert_int_eq(in_stock(lot), 1);
    ck_assert_int_eq(sql_number(&c, wrong), 0);
    ck_assert_int_eq(sql_try(&c, "UPDATE lots SET in_stock = true"), ST_DENIED);
    ctx_forgive(&c);
}
END_TEST

START_TEST(a_lot_must_outlive_the_course)
{
    int64_t dies = stage_lot(&c, "guan_mu_tong", "H1", GRAMS(50), 5, "released", "A01");
    int64_t lasts = stage_lot(&c, "guan_mu_tong", "H2", GRAMS(50), 6, "released", "A01");
    int64_t order = stage_order(&c, "guan_mu_tong", GRAMS(20), 7);

    allocate(order);
    ck_assert_int_eq(stage_reserved(&c, order, lasts), GRAMS(20));
    ck_assert_int_eq(passed_over(order, dies, "expires_before_course_ends"), 1);
}
END_TEST

START_TEST(a_lot_that_may_not_be_used_is_named_with_its_reason)
{
    int64_t expired = stage_lot(&c, "zhu_sha", "R1", GRAMS(50), -1, "released", "A01");
    int64_t held = stage_lot(&c, "zhu_sha", "R2", GRAMS(50), 90, "held", "A01");
    int64_t waiting = stage_lot(&c, "zhu_sha", "R3", GRAMS(50), 90, "quarantined", "A01");
    int64_t recalled = stage_lot(&c, "zhu_sha", "R4", GRAMS(50), 90, "recalled", "A01");
    int64_t aside = stage_lot(&c, "zhu_sha", "R5", GRAMS(50), 90, "released", "QUAR");
    int64_t good = stage_lot(&c, "zhu_sha", "R6", GRAMS(50), 0, "released", "A01");
    int64_t order = stage_order(&c, "zhu_sha", GRAMS(50), 1);

    allocate(order);
    ck_assert_int_eq(stage_reserved(&c, order, good), GRAMS(50));
    ck_assert_int_eq(passed_over(order, expired, "expired"), 1);
    ck_assert_int_eq(passed_over(order, held, "held"), 1);
    ck_assert_int_eq(passed_over(order, waiting, "quarantined"), 1);
    ck_assert_int_eq(passed_over(order, recalled, "recalled"), 1);
    ck_assert_int_eq(passed_over(order, aside, "quarantined"), 1);
}
END_TEST

START_TEST(a_short_line_is_named_and_nothing_is_reserved)
{
    int64_t lot = stage_lot(&c, "xiong_huang", "S1", GRAMS(30), 300, "released", "A01");
    int64_t order = stage_order(&c, "xiong_huang", GRAMS(50), 7);

    ck_assert_int_eq(order_allocate(&c, order, DATE_NONE), ST_SHORT);
    ck_assert_uint_eq(c.fault.count, 1);
    ck_assert_ptr_nonnull(strstr(c.fault.items[0].value, "雄黄"));
    ck_assert_ptr_nonnull(strstr(c.fault.items[0].rule, "20 g of 50 g is missing"));
    ctx_forgive(&c);
    ck_assert_int_eq(stage_reserved(&c, order, lot), 0);
    ck_assert_int_eq(sql_number(&c, SQL("SELECT count(*) FROM orders WHERE id = %lld AND state = 'short'",
                                        (long long)order)),
                     1);
}
END_TEST

START_TEST(what_is_reserved_is_not_offered_again_until_it_is_given_back)
{
    int64_t lot = stage_lot(&c, "qian_dan", "W1", GRAMS(60), 300, "released", "A01");
    int64_t first = stage_order(&c, "qian_dan", GRAMS(40), 7),
            second = stage_order(&c, "qian_dan", GRAMS(40), 7);

    allocate(first);
    ck_assert_int_eq(order_allocate(&c, second, DATE_NONE), ST_SHORT);
    ctx_forgive(&c);
    ck_assert_int_eq(order_cancel(&c, first, "patient called off"), ST_OK);
    allocate(second);
    ck_assert_int_eq(stage_reserved(&c, second, lot), GRAMS(40));
    /* allocating again gives back first what the order held itself */
    allocate(second);
    ck_assert_int_eq(stage_reserved(&c, second, lot), GRAMS(40));
}
END_TEST

START_TEST(a_weight_outside_the_tolerance_needs_a_second_person)
{
    int64_t lot = stage_lot(&c, "qing_fen", "T1", GRAMS(500), 300, "released", "A01");
    int64_t order = stage_order(&c, "qing_fen", GRAMS(100), 7);
    struct order_weighing off = { .line_no = 1, .lot_id = lot, .weighed = { 105001 } };

    allocate(order);
    ck_assert_int_eq(order_weigh(&c, order, &off, 1), ST_CONFLICT);
    ctx_forgive(&c);
    stage_release(&c, order);
    ck_assert_int_eq(order_weigh(&c, order, &off, 1), ST_CONFLICT);
    ck_assert_ptr_nonnull(strstr(c.fault.items[0].rule, "5.0 % off the 100 g"));
    ctx_forgive(&c);
    /* her own approval does not count, nor that of another weight */
    ck_assert_msg(order_approve(&c, order, &off, "long roots") == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(order_weigh(&c, order, &off, 1), ST_CONFLICT);
    ctx_forgive(&c);
    act_as(&c, "sam.ortiz");
    off.weighed.mg = 105002;
    ck_assert_int_eq(order_approve(&c, order, &off, "long roots"), ST_OK);
    act_as(&c, "mei.lin");
    off.weighed.mg = 105001;
    ck_assert_int_eq(order_weigh(&c, order, &off, 1), ST_CONFLICT);
    ctx_forgive(&c);
    off.weighed.mg = 105002;
    ck_assert_msg(order_weigh(&c, order, &off, 1) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(sql_number(&c, SQL("SELECT count(*) FROM orders WHERE id = %lld AND state = 'weighed'",
                                        (long long)order)),
                     1);
    /* the edge of the band is inside it */
    order = stage_order(&c, "qing_fen", GRAMS(100), 7);
    allocate(order);
    stage_release(&c, order);
    weigh(order, lot, 95000);
}
END_TEST

START_TEST(the_filler_cannot_check_and_stock_goes_by_real_weights)
{
    int64_t lot = stage_lot(&c, "tu_san_qi", "C1", GRAMS(500), 40, "released", "A01");
    int64_t order = stage_order(&c, "tu_san_qi", GRAMS(100), 7);

    allocate(order);
    stage_release(&c, order);
    weigh(order, lot, 101500);
    ck_assert_int_eq(stage_in_stock(&c, lot), GRAMS(500));
    ck_assert_int_eq(order_check(&c, order, NULL), ST_DENIED);
    ck_assert_str_eq(c.fault.items[0].field, "checker");
    ck_assert_ptr_nonnull(strstr(c.fault.items[0].rule, "Lin Mei"));
    ctx_forgive(&c);
    act_as(&c, "david.chen");
    ck_assert_msg(order_check(&c, order, NULL) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(stage_in_stock(&c, lot), GRAMS(500) - 101500);
    ck_assert_int_eq(stage_reserved(&c, order, lot), 0);
    /* beyond use: the ingredient dies before the form's 90 days are over */
    ck_assert_int_eq(
        sql_number(&c,
                   SQL("SELECT beyond_use_on - shop_today(shop_id) FROM final_checks WHERE order_id = %lld",
                       (long long)order)),
        40);
    ck_assert_int_eq(order_check(&c, order, NULL), ST_CONFLICT);
    ctx_forgive(&c);
}
END_TEST

START_TEST(one_person_weighs_an_order)
{
    int64_t lot = stage_lot(&c, "tian_xian_zi", "P1", GRAMS(100), 300, "released", "A01");
    int64_t other = stage_lot(&c, "tian_xian_zi", "P2", GRAMS(100), 400, "released", "A01");
    int64_t order = stage_order(&c, "tian_xian_zi", GRAMS(150), 7);
    const struct order_weighing second = { .line_no = 1, .lot_id = other, .weighed = { GRAMS(50) } };

    allocate(order);
    stage_release(&c, order);
    weigh(order, lot, GRAMS(100));
    act_as(&c, "sam.ortiz");
    ck_assert_int_eq(order_weigh(&c, order, &second, 1), ST_CONFLICT);
    ck_assert_ptr_nonnull(strstr(c.fault.items[0].rule, "Lin Mei"));
    ctx_forgive(&c);
    /* and not by the back door */
    ck_assert_int_eq(sql_try(&c, SQL("INSERT INTO weighings (shop_id, order_id, allocation_no, line_no, "
                                     "lot_id, location_id, planned,"
                                     " weighed, tolerance_permille, weighed_by) SELECT shop_id, order_id, "
                                     "allocation_no, line_no, lot_id,"
                                     " location_id, quantity, quantity, 50, %lld FROM reservations WHERE "
                                     "order_id = %lld AND lot_id = %lld",
                                     (long long)c.who.user_id, (long long)order, (long long)other)),
                     ST_CONFLICT);
    ctx_forgive(&c);
}
END_TEST

START_TEST(a_handed_over_order_does_not_change)
{
    int64_t lot = stage_lot(&c, "xue_shang_yi_zhi_hao", "I1", GRAMS(100), 300, "released", "A01");
    int64_t order = stage_order(&c, "xue_shang_yi_zhi_hao", GRAMS(50), 7);
    const struct order_weighing again = { .line_no = 1, .lot_id = lot, .weighed = { GRAMS(50) } };

    allocate(order);
    stage_release(&c, order);
    weigh(order, lot, GRAMS(50));
    ck_assert_int_eq(order_hand_over(&c, order, "the patient", true), ST_CONFLICT);
    ctx_forgive(&c);
    act_as(&c, "david.chen");
    ck_assert_int_eq(order_check(&c, order, NULL), ST_OK);
    ck_assert_msg(order_hand_over(&c, order, "the patient", true) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(order_cancel(&c, order, "too late"), ST_CONFLICT);
    ck_assert_ptr_nonnull(strstr(c.fault.items[0].rule, "handed_over"));
    ctx_forgive(&c);
    ck_assert_int_eq(order_weigh(&c, order, &again, 1), ST_CONFLICT);
    ctx_forgive(&c);
    sql_must(&c, SQL("UPDATE orders SET state = 'entered' WHERE id = %lld", (long long)order));
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM orders WHERE id = %lld AND state = 'handed_over'",
                           (long long)order)),
        1);
    ck_assert_int_eq(sql_try(&c, SQL("DELETE FROM stock_moves WHERE order_id = %lld", (long long)order)),
                     ST_DENIED);
    ctx_forgive(&c);
    ck_assert_int_eq(
        sql_try(&c, SQL("UPDATE weighings SET weighed = 1 WHERE order_id = %lld", (long long)order)),
        ST_DENIED);
    ctx_forgive(&c);
    ck_assert_int_eq(
        sql_try(&c, SQL("INSERT INTO allocations (shop_id, order_id, allocation_no, course_ends_on, "
                        "tolerance_permille,"
                        " expires_at, allocated_by) VALUES (%lld, %lld, 9, '2030-01-01', 200, now(), %lld)",
                        (long long)c.who.shop_id, (long long)order, (long long)c.who.user_id)),
        ST_DENIED);
    ctx_forgive(&c);
}
END_TEST

START_TEST(a_role_is_asked_for)
{
    int64_t id;

    act_as(&c, "curator.han");
    ck_assert_int_eq(order_create(&c, NULL, 1, &id), ST_DENIED);
    ctx_forgive(&c);
    act_as(&c, "sam.ortiz");
    ck_assert_int_eq(order_check(&c, 1, NULL), ST_DENIED);
    ctx_forgive(&c);
}
END_TEST

START_TEST(a_delivery_is_all_or_nothing)
{
    struct receipt_line lines[] = {
        { .sku = "R-GUI-ZHI",
          .lot_code = "NEW-1",
          .expires = "2031-02",
          .quantity = 1000,
          .location = "A01",
          .certificate = "C" },
        { .sku = "R-NOTHING",
          .lot_code = "NEW-2",
          .expires = "2031-02-30",
          .quantity = 0,
          .location = "NOWHERE" },
    };
    struct receipt receipt = { .supplier = "GLB", .invoice = "T-1", .lines = lines, .count = 2 };
    int64_t id;

    ck_assert_int_eq(stock_receive(&c, &receipt, &id), ST_INVALID);
    ck_assert_uint_eq(c.fault.count, 2); /* expiry and quantity */
    ctx_forgive(&c);
    lines[1].expires = "";
    lines[1].quantity = 5;
    ck_assert_int_eq(stock_receive(&c, &receipt, &id), ST_NOT_FOUND);
    ck_assert_uint_eq(c.fault.count, 2); /* item and place */
    ctx_forgive(&c);
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM receipts WHERE invoice = 'T-1'"), 0);
    receipt.count = 1;
    ck_assert_msg(stock_receive(&c, &receipt, &id) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(
        sql_number(&c, "SELECT count(*) FROM lots WHERE lot_code = 'NEW-1' AND expires_on = '2031-02-28'"
                       " AND status = 'released'"),
        1);
    ck_assert_int_eq(stock_receive(&c, &receipt, &id), ST_CONFLICT);
    ctx_forgive(&c);
}
END_TEST

SUITE(order)
{
    return suite_of("order", 120, make, setup, scene_close,
                    TESTS(earliest_expiry_goes_first_and_a_line_is_split, a_lot_in_two_drawers_is_one_supply,
                          a_lot_is_in_stock_while_any_place_holds_some, a_lot_must_outlive_the_course,
                          a_lot_that_may_not_be_used_is_named_with_its_reason,
                          a_short_line_is_named_and_nothing_is_reserved,
                          what_is_reserved_is_not_offered_again_until_it_is_given_back,
                          a_weight_outside_the_tolerance_needs_a_second_person,
                          the_filler_cannot_check_and_stock_goes_by_real_weights, one_person_weighs_an_order,
                          a_handed_over_order_does_not_change, a_role_is_asked_for,
                          a_delivery_is_all_or_nothing));
}
