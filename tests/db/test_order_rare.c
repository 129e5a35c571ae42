/* What happens rarely on an order's way: granules by their own ratio, a reservation that ran out, the shop of one person, stock
   that somebody took meanwhile, a herb the shop does not keep. */
#include <string.h>

#include "core/order.h"
#include "support/scene.h"
#include "support/stage.h"

#define DATABASE "test_order_rare"

SCENE("mei.lin")

static int64_t released(const char *herb, int64_t lot, int64_t mg)
{
    int64_t order = stage_order(&c, herb, mg, 7);

    ck_assert_int_eq(order_allocate(&c, order, DATE_NONE), ST_OK);
    ck_assert_int_eq(stage_reserved(&c, order, lot), mg);
    stage_release(&c, order);
    return order;
}

/* 126 g of crude huang qi at 5:1 are 25.2 g of granules, to the milligram. */
START_TEST(granules_are_taken_by_their_own_ratio)
{
    int64_t order = stage_order_as(&c, "granule", "huang_qi", GRAMS(126), 7);

    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT l.quantity FROM order_lines l JOIN items i ON i.id = l.item_id"
                           " WHERE l.order_id = %lld AND i.item_kind = 'granule' AND i.ratio_numerator = 5"
                           "   AND i.ratio_denominator = 1 AND l.crude_mg = 126000",
                           (long long)order)),
        25200);
}
END_TEST

START_TEST(a_herb_the_shop_does_not_keep_is_named)
{
    const struct staged_herb herb = { "guan_mu_tong", GRAMS(10) };
    int64_t id;

    ck_assert_int_eq(order_create(&c, NULL, stage_prescription(&c, 7, 0, true, &herb, 1), &id), ST_SHORT);
    ck_assert_str_eq(c.fault.items[0].field, "guan_mu_tong");
    ck_assert_ptr_nonnull(strstr(c.fault.items[0].rule, "10 g is wanted"));
    ctx_forgive(&c);
}
END_TEST

START_TEST(a_reservation_that_ran_out_holds_nothing)
{
    int64_t lot = stage_lot(&c, "ma_huang", "E1", GRAMS(60), 300, "released", "A01");
    int64_t slow = released("ma_huang", lot, GRAMS(40)), quick;

    stage_fate(&c, DATABASE,
               SQL("UPDATE reservations SET expires_at = now() - interval '1 minute' WHERE order_id = %lld",
                   (long long)slow));
    ck_assert_int_eq(stage_weigh(&c, slow, lot, GRAMS(40)), ST_CONFLICT);
    ck_assert_ptr_nonnull(strstr(c.fault.items[0].rule, "ran out"));
    ctx_forgive(&c);
    quick = released("ma_huang", lot, GRAMS(40));
    ck_assert_int_eq(order_allocate(&c, slow, DATE_NONE), ST_SHORT);
    ctx_forgive(&c);
    ck_assert_int_eq(stage_weigh(&c, quick, lot, GRAMS(40)), ST_OK);
    /* what was weighed is kept, however long the check takes */
    ck_assert_int_eq(
        sql_number(&c,
                   SQL("SELECT count(*) FROM reservations WHERE order_id = %lld AND expires_at = 'infinity'",
                       (long long)quick)),
        1);
}
END_TEST

START_TEST(a_shop_of_one_person_looks_a_second_time)
{
    int64_t lot = stage_lot(&c, "xi_xin", "O1", GRAMS(60), 300, "released", "A01");
    int64_t order = released("xi_xin", lot, GRAMS(40));

    sql_must(&c, SQL("INSERT INTO single_person_modes (shop_id, switched_on_by, delay_minutes) VALUES (%lld, "
                     "%lld, 30)",
                     (long long)c.who.shop_id, (long long)c.who.user_id));
    ck_assert_int_eq(stage_weigh(&c, order, lot, GRAMS(40)), ST_OK);
    ck_assert_int_eq(order_check(&c, order, NULL), ST_DENIED);
    ck_assert_ptr_nonnull(strstr(c.fault.items[0].rule, "second look"));
    ctx_forgive(&c);
    stage_fate(&c, DATABASE,
               SQL("UPDATE weighings SET weighed_at = now() - interval '31 minutes' WHERE order_id = %lld",
                   (long long)order));
    ck_assert_msg(order_check(&c, order, NULL) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(
        sql_number(&c,
                   SQL("SELECT count(*) FROM final_checks WHERE order_id = %lld AND checker_id = filler_id"
                       " AND single_person_mode_id IS NOT NULL",
                       (long long)order)),
        1);
    sql_must(&c, "UPDATE single_person_modes SET switched_off_at = now()");
}
END_TEST

START_TEST(stock_taken_meanwhile_is_named_at_the_check)
{
    int64_t lot = stage_lot(&c, "zhu_sha", "M1", GRAMS(60), 300, "released", "A01");
    int64_t order = released("zhu_sha", lot, GRAMS(40));

    ck_assert_int_eq(stage_weigh(&c, order, lot, GRAMS(40)), ST_OK);
    sql_must(&c, SQL("SELECT stock_book(%lld, ARRAY[%lld], ARRAY[a.id], ARRAY[b.id], ARRAY[25000], 'lost', "
                     "NULL, NULL, '', NULL)"
                     " FROM locations a, locations b WHERE a.code = 'A01' AND b.code = 'LOSS'",
                     (long long)c.who.shop_id, (long long)lot));
    act_as(&c, "david.chen");
    ck_assert_int_eq(order_check(&c, order, NULL), ST_SHORT);
    ck_assert_ptr_nonnull(strstr(c.fault.items[0].value, "朱砂"));
    ck_assert_ptr_nonnull(strstr(c.fault.items[0].rule, "35 g lies there"));
    ctx_forgive(&c);
    ck_assert_int_eq(stage_in_stock(&c, lot), GRAMS(35));
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM final_checks WHERE order_id = %lld", (long long)order)), 0);
}
END_TEST

START_TEST(a_recalled_lot_is_not_offered_any_more)
{
    int64_t lot = stage_lot(&c, "xiong_huang", "K1", GRAMS(60), 300, "released", "A01");
    int64_t order = stage_order(&c, "xiong_huang", GRAMS(40), 7);

    sql_must(&c, SQL("UPDATE lots SET status = 'recalled', status_reason = 'supplier notice' WHERE id = %lld",
                     (long long)lot));
    ck_assert_int_eq(order_allocate(&c, order, DATE_NONE), ST_SHORT);
    ck_assert_ptr_nonnull(strstr(c.fault.items[0].rule, "60 g more lies there but may not be used"));
    ctx_forgive(&c);
}
END_TEST

/* Allocated, or even weighed: a recall reaches the lot at once. */
START_TEST(a_recall_stops_an_order_on_its_way)
{
    int64_t lot = stage_lot(&c, "qian_dan", "K2", GRAMS(100), 300, "released", "A01");
    int64_t first = released("qian_dan", lot, GRAMS(40)), second = released("qian_dan", lot, GRAMS(40));

    ck_assert_int_eq(stage_weigh(&c, first, lot, GRAMS(40)), ST_OK);
    sql_must(&c, SQL("UPDATE lots SET status = 'recalled', status_reason = 'supplier notice' WHERE id = %lld",
                     (long long)lot));
    ck_assert_int_eq(stage_weigh(&c, second, lot, GRAMS(40)), ST_CONFLICT);
    ck_assert_ptr_nonnull(strstr(c.fault.items[0].rule, "recalled"));
    ctx_forgive(&c);
    act_as(&c, "david.chen");
    ck_assert_int_eq(order_check(&c, first, NULL), ST_CONFLICT);
    ck_assert_ptr_nonnull(strstr(c.fault.items[0].rule, "recalled"));
    ctx_forgive(&c);
    ck_assert_int_eq(stage_in_stock(&c, lot), GRAMS(100));
    ck_assert_int_eq(order_cancel(&c, first, "recall"), ST_OK);
}
END_TEST

SUITE(order_rare)
{
    return suite_of("order_rare", 120, make, setup, scene_close,
                    TESTS(granules_are_taken_by_their_own_ratio, a_herb_the_shop_does_not_keep_is_named,
                          a_reservation_that_ran_out_holds_nothing, a_shop_of_one_person_looks_a_second_time,
                          stock_taken_meanwhile_is_named_at_the_check, a_recalled_lot_is_not_offered_any_more,
                          a_recall_stops_an_order_on_its_way));
}
