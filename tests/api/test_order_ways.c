/* An order's side ways over HTTP: held, asked about, rejected, ordered in parts, boiled in the shop, wasted and started again, brought
   back. The orders are put in place by SQL; every step here is a request of whoever may. */
#include <string.h>
#include <unistd.h>

#include "core/order.h"
#include "support/desk.h"
#include "support/stage.h"

#define DATABASE "api_order_ways"

static const char *doctor, *pharmacist, *other, *helper;

static void make_database(void)
{
    database_fresh(DATABASE);
}

static void setup(void)
{
    desk_open(DATABASE, "dr.wu");
    doctor = sign_in_as(&c, DATABASE, "dr.wu");
    pharmacist = sign_in_as(&c, DATABASE, "mei.lin");
    other = sign_in_as(&c, DATABASE, "david.chen");
    helper = sign_in_as(&c, DATABASE, "sam.ortiz");
}

static void shows(const char *cookie, const char *path, const char *part)
{
    struct answer answer = ask(&c, &(struct ask){ .path = path, .cookie = cookie });

    ck_assert_msg(answer.status == 200 && strstr(answer.body, part) != NULL, "%s lacks %s: %.3000s", path,
                  part, answer.body);
}

static const char *step(int64_t order, const char *name)
{
    return arena_printf(&c.arena, "/api/v1/orders/%lld/%s", (long long)order, name);
}

/* An order of ma huang, prescribed by the doctor; seven packets of 10 g. */
static int64_t entered(const char *form)
{
    (void)stage_lot(&stage, "ma_huang", desk_word(), GRAMS(500), 300, "released", "A01");
    return stage_order_as(&stage, form, "ma_huang", GRAMS(70), 7);
}

static int64_t weighed(const char *form)
{
    int64_t order = entered(form), lot;

    act_as(&stage, "mei.lin");
    ck_assert_int_eq(order_allocate(&stage, order, DATE_NONE), ST_OK);
    stage_release(&stage, order);
    lot = sql_number(&stage,
                     arena_printf(&c.arena, "SELECT min(lot_id) FROM reservations WHERE order_id = %lld",
                                  (long long)order));
    ck_assert_int_eq(stage_weigh(&stage, order, lot, GRAMS(70)), ST_OK);
    act_as(&stage, "dr.wu");
    return order;
}

START_TEST(an_order_stops_and_goes_on)
{
    int64_t order = entered("raw_decoction");

    (void)must(helper, step(order, "holds"), "{\"reason\":\"nonsense\"}", 422, "patient_asked");
    (void)must(helper, step(order, "holds"), "{\"reason\":\"patient_asked\"}", 200, "\"stopped\":true");
    (void)must(helper, step(order, "allocation"), "{}", 409, "it is on hold: The patient asked to wait");
    (void)must(doctor, step(order, "queries"), "{\"question\":\"to myself\"}", 403, "denied");
    (void)must(pharmacist, step(order, "queries"), "{\"question\":\"How long?\"}", 200, "\"kind\":\"query\"");
    shows(doctor, "/api/v1/orders/stopped?kind=query&mine=true", "How long?");
    (void)must(pharmacist, step(order, "stops/2/answer"), "{\"verdict\":\"as_written\",\"answer\":\"x\"}",
               403, "answered_by");
    (void)must(doctor, step(order, "stops/2/answer"), "{\"verdict\":\"as_written\",\"answer\":\"A week\"}",
               200, "\"answered_by\":\"Wu Jianguo");
    (void)must(pharmacist, step(order, "stops/2/end"), "{}", 200, "\"stopped\":true"); /* the hold is left */
    (void)must(helper, step(order, "stops/1/end"), "{\"note\":\"Monday\"}", 200, "\"stopped\":false");
    (void)must(helper, step(order, "reject"), "{\"reason\":\"no_answer\"}", 403, "denied");
    (void)must(other, step(order, "reject"), "{\"reason\":\"no_answer\"}", 200,
               "\"rejected_by\":\"David Chen");
    shows(helper, "/api/v1/order-reasons?use=waste", "\"spilled\"");
}
END_TEST

START_TEST(a_short_order_is_listed_tried_again_and_supplied_in_part)
{
    int64_t order;

    (void)stage_lot(&stage, "lou_lu", "SH1", GRAMS(45), 300, "released", "A01");
    order = stage_order(&stage, "lou_lu", GRAMS(70), 7);
    (void)must(helper, step(order, "part"), "{}", 409, "it is entered");
    (void)must(helper, step(order, "allocation"), "{}", 409, "25 g of 70 g is missing");
    shows(doctor, arena_printf(&c.arena, "/api/v1/orders/%lld", (long long)order),
          "\"missing_mg\":25000,\"barred_mg\":0,\"free_now_mg\":45000");
    shows(helper, "/api/v1/orders/short", "\"packets\":7,\"packets_possible\":4");
    shows(helper, "/api/v1/orders?state=short", "\"state\":\"short\"");
    (void)must(doctor, step(order, "part"), "{}", 403, "denied");
    (void)must(helper, step(order, "part"), "{\"packets\":9}", 422, "is no part of the order's 7 packets");
    (void)must(helper, step(order, "part"), "{\"packets\":2}", 201, "\"packets_owed\":5");
    shows(helper, arena_printf(&c.arena, "/api/v1/orders/%lld", (long long)order), "\"state\":\"cancelled\"");
}
END_TEST

START_TEST(parts_are_ordered_and_the_rest_is_owed)
{
    const struct staged_herb herb = { "ma_huang", GRAMS(70) };
    int64_t id = stage_prescription(&stage, 7, 0, true, &herb, 1);
    const char *body = arena_printf(&c.arena, "{\"prescription_id\":%lld,\"packets\":5}", (long long)id);

    (void)stage_lot(&stage, "ma_huang", arena_printf(&c.arena, "P%d", (int)getpid()), GRAMS(500), 300,
                    "released", "A01");
    (void)must(pharmacist, "/api/v1/orders", body, 201, "\"packets_owed\":2");
    shows(helper, "/api/v1/orders/owed", "\"packets_owed\":2");
    (void)must(pharmacist, "/api/v1/orders", body, 409, "more than the 2 that can still be ordered");
    body = arena_printf(&c.arena, "{\"prescription_id\":%lld,\"packets\":1}", (long long)id);
    (void)must(pharmacist, "/api/v1/orders", body, 201, "\"packets_owed\":1");
    id = sql_number(&stage, "SELECT max(id) FROM orders");
    (void)must(helper, step(id, "forgo"), "{\"reason\":\"patient_declined\"}", 200, "\"packets_owed\":0");
    (void)must(pharmacist, "/api/v1/orders", body, 409, "allows no refill");
}
END_TEST

START_TEST(boiled_wasted_started_again_and_brought_back)
{
    int64_t order = weighed("decocted_liquid");
    const char *again = arena_printf(&c.arena, "\"replaces_id\":%lld", (long long)order);

    (void)must(helper, "/api/v1/decoction-machines",
               "{\"code\":\"P1\",\"name\":\"Pot\",\"capacity_ml\":9000}", 403, "denied");
    (void)must(pharmacist, "/api/v1/decoction-machines",
               "{\"code\":\"P1\",\"name\":\"Pot\",\"capacity_ml\":9000}", 201, "\"capacity_ml\":9000");
    shows(helper, "/api/v1/decoction-schemes", "\"verified\":\"draft\"");
    (void)must(other, step(order, "check"), "{}", 409, "no finished decoction");
    (void)must(helper, step(order, "decoctions"), "{\"scheme\":\"general\",\"machine\":\"P1\"}", 200,
               "\"water_ml\":840");
    shows(helper, "/api/v1/decoction-machines",
          arena_printf(&c.arena, "\"busy_with\":%lld", (long long)order));
    (void)must(helper, step(order, "decoctions/end"), "{\"bags\":4,\"bag_ml\":200}", 409, "more minutes");
    (void)must(pharmacist, step(order, "waste"), "{\"reason\":\"spilled\",\"again\":true}", 201, again);
    order = weighed("decocted_liquid");
    (void)must(helper, step(order, "decoctions"),
               "{\"scheme\":\"general\",\"machine\":\"P1\",\"minutes_ago\":90}", 200, "decoction_begun");
    (void)must(helper, step(order, "decoctions/end"), "{\"bags\":4,\"bag_ml\":200}", 200,
               "\"outcome\":\"done\"");
    (void)must(other, step(order, "check"), "{}", 200, "\"step\":\"decocted\",\"at\":\"2");
    (void)must(other, step(order, "handover"), "{\"received_by\":\"x\",\"counselled\":true}", 200,
               "handed_over");
    (void)must(helper, step(order, "returns"), "{\"packets\":9,\"reason\":\"not_needed\"}", 409,
               "the 7 that are out");
    (void)must(helper, step(order, "returns"), "{\"packets\":2,\"reason\":\"not_needed\"}", 200,
               "\"packets_left\":5");
    shows(helper, "/api/v1/orders/returned", "\"reason_english\":\"No longer needed\"");
    (void)must(helper, step(order, "returns/1/destruction"), "{\"method\":\"incinerated\"}", 200,
               "Incinerated");
    shows(helper, "/api/v1/orders/returned", "\"destroyed_by_pharmacist\":false,\"second_look_from\":null");
    (void)must(helper, step(order, "returns/1/witness"), "", 403, "\"field\":\"witness\"");
    (void)must(pharmacist, step(order, "returns/1/witness"), "", 200, "\"witnessed_by\":\"Lin Mei");
}
END_TEST

SUITE(order_ways)
{
    return suite_of(
        "order_ways", 120, make_database, setup, desk_close,
        TESTS(an_order_stops_and_goes_on, a_short_order_is_listed_tried_again_and_supplied_in_part,
              parts_are_ordered_and_the_rest_is_owed, boiled_wasted_started_again_and_brought_back));
}
