/* Batches made ahead: what went in is what came out and what was lost, to the milligram; two people; the ingredients' lots stand
   behind the new one. */
#include <string.h>

#include "core/batch.h"
#include "core/recall.h"
#include "support/prescribe.h"
#include "support/scene.h"
#include "support/stage.h"

#define DATABASE "test_batch"

SCENE("mei.lin")

static int64_t differences(void)
{
    return sql_number(
        &c, "SELECT (SELECT count(*) FROM batch_differences) + (SELECT count(*) FROM ledger_differences)");
}

/* Ma huang and xi xin, 70 g and 30 g, into an item "MIX" of 100 g. */
static int64_t planned(const char *code, int64_t lots[2])
{
    const struct batch_line lines[] = { { "T-ma_huang", GRAMS(70) }, { "T-xi_xin", GRAMS(30) } };
    const struct batch_plan plan = { .sku = "R-GUI-ZHI",
                                     .quantity = GRAMS(100),
                                     .lines = lines,
                                     .count = 2,
                                     .location = "A01",
                                     .lot_code = code };
    int64_t id;

    lots[0] = stage_lot(&c, "ma_huang", SQL("%s-1", code), GRAMS(70), 100, "released", "A01");
    lots[1] = stage_lot(&c, "xi_xin", SQL("%s-2", code), GRAMS(40), 40, "released", "A02");
    stage_fate(&c, DATABASE,
               SQL("UPDATE lots SET cost_cents = 333, cost_quantity = 100000 WHERE id IN (%lld, %lld)",
                   (long long)lots[0], (long long)lots[1]));
    ck_assert_msg(batch_plan(&c, NULL, &plan, &id) == ST_OK, "%s", fault_text(&c));
    return id;
}

START_TEST(a_batch_becomes_a_lot)
{
    int64_t lots[2], id = planned("BT-1", lots), lot, recall;

    ck_assert_int_eq(batch_make(&c, id, GRAMS(1), NULL), ST_CONFLICT); /* not picked yet */
    ctx_forgive(&c);
    ck_assert_msg(batch_pick(&c, id) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(stage_in_stock(&c, lots[0]), GRAMS(70));
    ck_assert_int_eq(differences(), 0);
    ck_assert_int_eq(batch_make(&c, id, GRAMS(100) + 1, NULL), ST_INVALID);
    ctx_forgive(&c);
    ck_assert_msg(batch_make(&c, id, GRAMS(100) - 777, "sticky") == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(batch_check(&c, id, NULL, &lot), ST_DENIED); /* the maker */
    ctx_forgive(&c);
    act_as(&c, "david.chen");
    ck_assert_msg(batch_check(&c, id, NULL, &lot) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(stage_in_stock(&c, lot), GRAMS(100) - 777);
    ck_assert_int_eq(stage_in_stock(&c, lots[0]), 0);
    ck_assert_int_eq(stage_in_stock(&c, lots[1]), GRAMS(10));
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT sum(quantity) FROM stock_moves WHERE batch_id = %lld AND reason = 'lost'",
                           (long long)id)),
        777);
    /* 70 g and 30 g at 3.33 for 100 g: 2.33 and 1.00; expiry of the xi xin */
    ck_assert_int_eq(
        sql_number(
            &c, SQL("SELECT cost_cents FROM lots WHERE id = %lld AND cost_quantity = 99223", (long long)lot)),
        333);
    ck_assert_int_eq(
        sql_number(&c,
                   SQL("SELECT count(*) FROM lots WHERE id = %lld AND expires_on = shop_today(shop_id) + 40",
                       (long long)lot)),
        1);
    ck_assert_int_eq(differences(), 0);
    ck_assert_int_eq(batch_cancel(&c, id), ST_NOT_FOUND);
    ctx_forgive(&c);
    ck_assert_int_eq(recall_start(&c, &lots[1], 1, "trace", false, &recall), ST_OK);
    ck_assert_int_eq(sql_number(&c, SQL("SELECT count(*) FROM lots WHERE id = %lld AND status = 'recalled'",
                                        (long long)lot)),
                     1);
}
END_TEST

START_TEST(a_cancelled_batch_gives_back)
{
    int64_t lots[2], id = planned("BT-2", lots);

    ck_assert_int_eq(batch_pick(&c, id), ST_OK);
    ck_assert_int_eq(batch_cancel(&c, id), ST_OK);
    ck_assert_int_eq(sql_number(&c, SQL("SELECT quantity FROM balances b JOIN locations p ON p.shop_id = "
                                        "b.shop_id AND p.id = b.location_id"
                                        " WHERE b.lot_id = %lld AND p.code = 'A01'",
                                        (long long)lots[0])),
                     GRAMS(70));
    ck_assert_int_eq(differences(), 0);
    stage_fate(&c, DATABASE,
               SQL("UPDATE lots SET status = 'held' WHERE id IN (%lld, %lld)", (long long)lots[0],
                   (long long)lots[1]));
}
END_TEST

START_TEST(what_is_short_or_barred_is_named)
{
    int64_t lots[2], id = planned("BT-3", lots), lot;

    stage_fate(&c, DATABASE,
               SQL("UPDATE lots SET status = 'quarantined' WHERE id = %lld", (long long)lots[0]));
    ck_assert_int_eq(batch_pick(&c, id), ST_SHORT);
    ck_assert(test_fault_says(&c, "lines[1]", "70 g"));
    ctx_forgive(&c);
    stage_fate(&c, DATABASE, SQL("UPDATE lots SET status = 'released' WHERE id = %lld", (long long)lots[0]));
    ck_assert_msg(batch_pick(&c, id) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(batch_make(&c, id, GRAMS(90), NULL), ST_OK);
    stage_fate(&c, DATABASE, SQL("UPDATE lots SET status = 'recalled' WHERE id = %lld", (long long)lots[0]));
    act_as(&c, "david.chen");
    ck_assert_int_eq(batch_check(&c, id, NULL, &lot), ST_CONFLICT);
    ck_assert(test_fault_says(&c, "ingredients", "recalled"));
    ctx_forgive(&c);
    ck_assert_int_eq(batch_cancel(&c, id), ST_OK);
}
END_TEST

/* The laws as the service's own role: no batch whose input is not output plus loss, no check by the maker, no step left out. */
START_TEST(a_batch_keeps_the_laws)
{
    int64_t lots[2], id = planned("BT-4", lots);
    const long long shop = c.who.shop_id, user = c.who.user_id;

    ck_assert_int_ne(sql_try(&c, SQL("INSERT INTO batch_makings (shop_id, batch_id, maker_id, used_mg, "
                                     "yield_quantity, piece_mg, loss_mg)"
                                     " VALUES (%lld, %lld, %lld, 1, 1, 1, 0)",
                                     shop, (long long)id, user)),
                     ST_OK); /* not picked */
    ctx_forgive(&c);
    ck_assert_msg(batch_pick(&c, id) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(sql_try(&c, SQL("INSERT INTO batch_makings (shop_id, batch_id, maker_id, used_mg, "
                                     "yield_quantity, piece_mg, loss_mg)"
                                     " VALUES (%lld, %lld, %lld, 100000, 90000, 1, 9999)",
                                     shop, (long long)id, user)),
                     ST_INVALID);
    ctx_forgive(&c);
    ck_assert_int_ne(sql_try(&c, SQL("INSERT INTO batch_makings (shop_id, batch_id, maker_id, used_mg, "
                                     "yield_quantity, piece_mg, loss_mg)"
                                     " VALUES (%lld, %lld, %lld, 90000, 90000, 1, 0)",
                                     shop, (long long)id, user)),
                     ST_OK); /* not what was picked */
    ctx_forgive(&c);
    ck_assert_int_eq(sql_try(&c, SQL("UPDATE batches SET state = 'checked' WHERE id = %lld", (long long)id)),
                     ST_CONFLICT);
    ctx_forgive(&c);
    ck_assert_int_eq(batch_make(&c, id, GRAMS(99), NULL), ST_OK);
    ck_assert_int_eq(
        sql_try(&c, SQL("INSERT INTO batch_checks (shop_id, batch_id, maker_id, checker_id, lot_id)"
                        " VALUES (%lld, %lld, %lld, %lld, %lld)",
                        shop, (long long)id, user, user, (long long)lots[0])),
        ST_DENIED);
    ctx_forgive(&c);
    ck_assert_int_eq(batch_cancel(&c, id), ST_OK);
}
END_TEST

/* A formula divided over its herbs adds up to the milligram. */
START_TEST(a_formula_is_divided_whole)
{
    const struct knowledge *knowledge = test_knowledge(DATABASE);
    struct batch_plan plan = { .sku = "R-GUI-ZHI",
                               .quantity = 99991,
                               .formula = "Si Jun Zi Tang",
                               .form = "granule",
                               .location = "A01" };
    int64_t id;

    ck_assert_msg(batch_plan(&c, knowledge, &plan, &id) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT sum(quantity_mg) FROM batch_lines WHERE batch_id = %lld", (long long)id)),
        99991);
    plan.formula = "No Such Formula";
    ck_assert_int_eq(batch_plan(&c, knowledge, &plan, &id), ST_INVALID);
    ctx_forgive(&c);
    plan.formula = NULL;
    ck_assert_int_eq(batch_plan(&c, knowledge, &plan, &id), ST_INVALID);
}
END_TEST

SUITE(batch)
{
    return suite_of("batch", 60, make, setup, scene_close,
                    TESTS(a_batch_becomes_a_lot, a_cancelled_batch_gives_back,
                          what_is_short_or_barred_is_named, a_batch_keeps_the_laws,
                          a_formula_is_divided_whole));
}
