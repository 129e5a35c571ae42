/* What comes back after the hand-over: counted, destroyed by one and witnessed by another, lost by lot to the milligram, and never in a
   drawer again. */
#include "core/order_return.h"

#include <string.h>

#include "core/order.h"
#include "support/scene.h"
#include "support/stage.h"

#define DATABASE "test_order_returns"

SCENE("mei.lin")

static int64_t count(const char *sql)
{
    return sql_number(&c, sql);
}

/* Seven packets, handed over; mei.lin filled, david.chen checked. */
static int64_t handed_over(const char *herb, const char *code, int64_t *lot)
{
    int64_t order;

    *lot = stage_lot(&c, herb, code, GRAMS(200), 300, "released", "A01");
    order = stage_order(&c, herb, 40001, 7);
    MUST(order_allocate(&c, order, DATE_NONE));
    stage_release(&c, order);
    MUST(stage_weigh(&c, order, *lot, 40001));
    act_as(&c, "david.chen");
    MUST(order_check(&c, order, NULL));
    refused(order_return(&c, order, 1, "not_needed", NULL, NULL), ST_CONFLICT, "was not handed over");
    MUST(order_hand_over(&c, order, "the patient", true));
    act_as(&c, "mei.lin");
    return order;
}

static int64_t at(int64_t lot, const char *kind)
{
    return count(SQL(
        "SELECT coalesce(sum(b.quantity), 0) FROM balances b JOIN locations p ON p.shop_id = b.shop_id AND "
        "p.id = b.location_id WHERE b.lot_id = %lld AND p.kind = '%s'",
        (long long)lot, kind));
}

START_TEST(a_return_is_destroyed_before_two)
{
    int64_t lot, order = handed_over("ma_huang", "Z1", &lot), in_stock = stage_in_stock(&c, lot), no;

    refused(order_return(&c, order, 8, "not_needed", NULL, NULL), ST_CONFLICT, "the 7 that are out");
    refused(order_return(&c, order, 0, "not_needed", NULL, NULL), ST_INVALID, "1 to the 7");
    refused(order_return(&c, order, 2, "adverse_reaction", NULL, NULL), ST_INVALID, "must be given");
    MUST(order_return(&c, order, 3, "adverse_reaction", "a rash", &no));
    refused(order_return(&c, order, 5, "not_needed", NULL, NULL), ST_CONFLICT, "the 4 that are out");
    refused(
        sql_try(
            &c,
            SQL("INSERT INTO order_returns (shop_id, order_id, return_no, packets, packets_before, "
                "packets_upto, "
                "order_packets, reason, note_needed, received_by) SELECT shop_id, order_id, 2, 5, 3, 8, 7, "
                "'damaged', false, received_by FROM order_returns WHERE order_id = %lld",
                (long long)order)),
        ST_CONFLICT, NULL);
    refused(order_witness(&c, order, no), ST_CONFLICT, "waits for its witness");
    refused(order_destroy(&c, order, no, "eaten", NULL), ST_INVALID, "is one of");
    MUST(order_destroy(&c, order, no, "incinerated", NULL));
    refused(order_witness(&c, order, no), ST_DENIED, "somebody other than Lin Mei");
    refused(
        sql_try(&c,
                SQL("INSERT INTO destruction_witnesses (shop_id, order_id, return_no, destroyed_by, "
                    "witnessed_by) "
                    "SELECT shop_id, order_id, return_no, destroyed_by, destroyed_by FROM order_destructions "
                    "WHERE order_id = %lld",
                    (long long)order)),
        ST_DENIED, NULL);
    ck_assert_int_eq(at(lot, "loss"), 0); /* not before it is witnessed */
    act_as(&c, "dr.wu");
    refused(order_witness(&c, order, no), ST_DENIED, "only a pharmacist or staff");
    act_as(&c, "sam.ortiz");
    MUST(order_witness(&c, order, no));
    ck_assert_int_eq(at(lot, "loss"), 17143); /* 40001 × 3 / 7 */
    refused(order_witness(&c, order, no), ST_CONFLICT, NULL);
    act_as(&c, "mei.lin");
    MUST(order_return(&c, order, 4, "patient_died", NULL, &no));
    MUST(order_destroy(&c, order, 0, "incinerated", NULL));
    act_as(&c, "david.chen");
    MUST(order_witness(&c, order, 0));
    ck_assert_int_eq(at(lot, "loss"), 40001); /* all that went out came back and is lost, to the milligram */
    ck_assert_int_eq(at(lot, "patient"), 0);
    ck_assert_int_eq(stage_in_stock(&c, lot), in_stock);
    ck_assert_int_eq(count("SELECT count(*) FROM order_differences") +
                         count("SELECT count(*) FROM ledger_differences"),
                     0);
    ck_assert_int_eq(
        count(SQL("SELECT count(*) FROM orders WHERE id = %lld AND state = 'handed_over'", (long long)order)),
        1);
}
END_TEST

/* Two who are no pharmacists do not suffice; one person does only in the recorded mode, after its delay. */
START_TEST(one_of_the_two_is_a_pharmacist)
{
    int64_t lot, order = handed_over("xi_xin", "Z2", &lot), no;

    act_as(&c, "sam.ortiz");
    MUST(order_return(&c, order, 1, "damaged", NULL, &no));
    MUST(order_destroy(&c, order, no, "made_unusable", NULL));
    act_as(&c, "joanna.nowak");
    refused(order_witness(&c, order, no), ST_DENIED, NULL);
    act_as(&c, "mei.lin");
    MUST(order_witness(&c, order, no));
    MUST(order_return(&c, order, 1, "damaged", NULL, &no));
    MUST(order_destroy(&c, order, no, "made_unusable", NULL));
    sql_must(&c, SQL("INSERT INTO single_person_modes (shop_id, switched_on_by, delay_minutes) VALUES (%lld, "
                     "%lld, 30)",
                     (long long)c.who.shop_id, (long long)c.who.user_id));
    refused(order_witness(&c, order, no), ST_DENIED, "second look");
    stage_fate(&c, DATABASE,
               SQL("UPDATE order_destructions SET destroyed_at = destroyed_at - interval '31 minutes' WHERE "
                   "order_id = %lld AND return_no = %lld",
                   (long long)order, (long long)no));
    MUST(order_witness(&c, order, no));
    ck_assert_int_eq(
        count(
            SQL("SELECT count(*) FROM destruction_witnesses WHERE order_id = %lld AND single_person_mode_id "
                "IS NOT NULL",
                (long long)order)),
        1);
}
END_TEST

SUITE(order_returns)
{
    return suite_of("order_returns", 120, make, setup, scene_close,
                    TESTS(a_return_is_destroyed_before_two, one_of_the_two_is_a_pharmacist));
}
