/* Decoction in the shop: no final check without a finished run, one machine for one order, its own minutes, its own water; and what
   has been in the pot is not put back. */
#include "core/decoction.h"

#include <string.h>
#include <unistd.h>

#include "core/order.h"
#include "support/labelled.h"
#include "support/scene.h"
#include "support/stage.h"

#define DATABASE "test_decoction"

static int64_t lot;
static int machines;

SCENE_MADE(scene_make(DATABASE))

static void setup(void)
{
    scene_open(DATABASE, "mei.lin");
    lot = stage_lot(&c, "ma_huang", SQL("D%d-%d", (int)getpid(), ++machines), GRAMS(2000), 300, "released",
                    "A01");
}

static int64_t weighed(const char *form)
{
    int64_t order = stage_order_as(&c, form, "ma_huang", GRAMS(70), 7);

    MUST(order_allocate(&c, order, DATE_NONE));
    stage_release(&c, order);
    lot = sql_number(&c, SQL("SELECT min(lot_id) FROM reservations WHERE order_id = %lld", (long long)order));
    MUST(stage_weigh(&c, order, lot, GRAMS(70)));
    return order;
}

static struct decoction_wish wish(const char *machine)
{
    return (struct decoction_wish){ .scheme = "general",
                                    .machine = machine,
                                    .soak_minutes = -1,
                                    .water_ml = -1,
                                    .first_boil_minutes = -1,
                                    .second_boil_minutes = -1 };
}

static const char *machine(int64_t capacity)
{
    const char *code = SQL("M%d-%d", (int)getpid(), ++machines);
    int64_t id;

    MUST(decoction_machine_add(&c, code, "Pot", capacity, &id));
    return code;
}

START_TEST(what_the_shop_boils_is_not_checked_raw)
{
    const char *pot = machine(20000);
    int64_t order = weighed("decocted_liquid"), other = weighed("raw_decoction");
    struct decoction_wish want = wish(pot);

    act_as(&c, "david.chen");
    refused(order_check(&c, order, NULL), ST_CONFLICT, "no finished decoction");
    refused(
        sql_try(&c,
                SQL("INSERT INTO final_checks (shop_id, order_id, filler_id, checker_id, total_weighed)"
                    " SELECT shop_id, order_id, filler_id, %lld, 1 FROM order_fillers WHERE order_id = %lld",
                    (long long)c.who.user_id, (long long)order)),
        ST_CONFLICT, NULL);
    refused(decoction_begin(&c, other, &want), ST_CONFLICT, "is not decocted by the shop");
    MUST(decoction_begin(&c, order, &want));
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT water_ml FROM decoction_runs WHERE order_id = %lld", (long long)order)),
        840); /* 70 g at 1200 ml for 100 g */
    refused(decoction_end(&c, order, 4, 200, NULL), ST_CONFLICT, "80 more minutes");
    refused(
        sql_try(
            &c,
            SQL("UPDATE decoction_runs SET outcome = 'done', ended_at = now(), ended_by = %lld, bags = 4, "
                "bag_ml = 200 WHERE order_id = %lld",
                (long long)c.who.user_id, (long long)order)),
        ST_CONFLICT, NULL);
    refused(order_cancel(&c, order, "put it back"), ST_CONFLICT,
            SQL("cannot be cancelled: it is weighed, and boils in %s", pot));
    refused(order_cancel(&c, order, "put it back"), ST_CONFLICT, "waste it");
    refused(sql_try(&c, SQL("UPDATE orders SET state = 'cancelled' WHERE id = %lld", (long long)order)),
            ST_DENIED, NULL);
    stage_fate(
        &c, DATABASE,
        SQL("UPDATE decoction_runs SET started_at = started_at - interval '80 minutes' WHERE order_id = %lld",
            (long long)order));
    refused(decoction_end(&c, order, 5, 200, NULL), ST_CONFLICT, "more than the 840 ml");
    MUST(decoction_end(&c, order, 4, 200, NULL));
    refused(decoction_begin(&c, order, &want), ST_CONFLICT, "is decocted already");
    refused(order_cancel(&c, order, "put it back"), ST_CONFLICT, SQL("was boiled in %s", pot));
    refused(sql_try(&c, SQL("UPDATE decoction_runs SET note = 'x' WHERE order_id = %lld", (long long)order)),
            ST_OK, NULL);
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM decoction_runs WHERE note = 'x'"), 0);
    MUST(order_check(&c, order, NULL));
    MUST(order_check(&c, other, NULL));
}
END_TEST

START_TEST(a_machine_boils_one_order_at_a_time)
{
    const char *pot = machine(20000), *small = machine(500);
    int64_t first = weighed("decocted_liquid"), second = weighed("decocted_liquid"), id;
    struct decoction_wish want = wish(pot);

    MUST(decoction_begin(&c, first, &want));
    refused(decoction_begin(&c, second, &want), ST_CONFLICT,
            SQL("is busy with order %lld", (long long)first));
    refused(
        sql_try(
            &c,
            SQL("INSERT INTO decoction_runs (shop_id, order_id, run_no, scheme_id, machine_id, capacity_ml, "
                "herbs_mg, soak_minutes, water_ml, first_boil_minutes, second_boil_minutes, started_by, "
                "started_at) SELECT shop_id, %lld, 1, scheme_id, machine_id, capacity_ml, herbs_mg, 0, 500, "
                "1, "
                "0, started_by, now() FROM decoction_runs WHERE order_id = %lld",
                (long long)second, (long long)first)),
        ST_CONFLICT, NULL);
    want.machine = small;
    refused(decoction_begin(&c, second, &want), ST_CONFLICT, "does not go into the 500 ml");
    want.scheme = "nonsense";
    refused(decoction_begin(&c, second, &want), ST_INVALID, "is no decoction scheme");
    want = wish("nowhere");
    refused(decoction_begin(&c, second, &want), ST_INVALID, "is no machine");
    id = sql_number(&c, SQL("SELECT id FROM decoction_machines WHERE code = '%s'", pot));
    refused(decoction_machine_retire(&c, id), ST_CONFLICT, "or is busy");
    refused(decoction_fail(&c, first, ""), ST_INVALID, "must say why");
    MUST(decoction_fail(&c, first, "boiled over"));
    want = wish(pot);
    want.minutes_ago = 90;
    MUST(decoction_begin(&c, second, &want));
    MUST(decoction_end(&c, second, 2, 200, NULL));
    MUST(decoction_begin(&c, first, &want)); /* again, after the failure */
    act_as(&c, "dr.wu");
    refused(decoction_end(&c, first, 2, 200, NULL), ST_DENIED, "only a pharmacist or staff");
}
END_TEST

START_TEST(a_spoiled_pot_is_wasted_and_its_machine_is_free)
{
    const char *pot = machine(20000);
    int64_t order = weighed("decocted_liquid"), successor;
    struct decoction_wish want = wish(pot);

    MUST(decoction_begin(&c, order, &want));
    MUST(order_hold(&c, order, "other", "the power is gone", NULL));
    MUST(order_waste(&c, NULL, order, "decoction_failed", NULL, false, &successor));
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM decoction_runs WHERE order_id = %lld AND outcome = 'failed'",
                           (long long)order)),
        1);
    order = weighed("decocted_liquid");
    MUST(decoction_begin(&c, order, &want));
}
END_TEST

/* Asked for by the patient: raw herbs that the shop boils. Her label does not tell her to. */
START_TEST(raw_herbs_may_be_boiled_here)
{
    const struct staged_herb herb = { "ma_huang", GRAMS(70) };
    struct order_wish asked = { .decoct = true };
    struct label_job job;
    int64_t order;

    asked.prescription_id = stage_prescription(&c, 7, 0, true, &herb, 1);
    MUST(order_enter(&c, NULL, &asked, &order));
    ck_assert_int_eq(sql_number(&c, SQL("SELECT decocts::int FROM orders WHERE id = %lld", (long long)order)),
                     1);
    refused(sql_try(&c, SQL("UPDATE orders SET decocts = false WHERE id = %lld", (long long)order)),
            ST_DENIED, NULL);
    job = labelled_job(&c, "patient", order, false);
    job.language = "english";
    MUST(label_make(&c, &job));
    for (size_t i = 0; i < job.content.list_count; i++)
        for (size_t at = 0; at < job.content.lists[i].count; at++) {
            const char *text = job.content.lists[i].lines[at].text;

            ck_assert_msg(strstr(text, "Soak") == NULL && strstr(text, "simmer") == NULL, "%s", text);
        }
}
END_TEST

/* The order's cook sheet has the list, and a step in it says that. */
static void cook_sheet_says(int64_t order, const char *list, const char *part)
{
    struct label_job job = labelled_job(&c, "cook-sheet", order, false);

    job.language = "english";
    MUST(label_make(&c, &job));
    for (size_t i = 0; i < job.content.list_count; i++)
        for (size_t at = 0; strcmp(job.content.lists[i].name, list) == 0 && at < job.content.lists[i].count;
             at++)
            if (strstr(job.content.lists[i].lines[at].text, part) != NULL)
                return;
    ck_abort_msg("%s of the cook sheet does not say: %s", list, part);
}

/* The water of the scheme for a packet at home; of the scheme, then of the run, for the whole order in the shop. */
START_TEST(the_cook_sheet_has_water_minutes_and_bags)
{
    const char *pot = machine(20000);
    int64_t home = weighed("raw_decoction"), order = weighed("decocted_liquid"), pills = weighed("powder");
    struct decoction_wish want = wish(pot);

    cook_sheet_says(home, "steps", "Water for both boils together: 120 ml"); /* 10 g at 1200 ml for 100 g */
    cook_sheet_says(home, "steps", "simmer for 30 minutes");
    cook_sheet_says(home, "steps", "a second time for 20 minutes");
    cook_sheet_says(order, "pot", "together: 840 ml");
    cook_sheet_says(order, "pot", "Fill into 14 bags, one for each dose");
    want.water_ml = 1000;
    want.first_boil_minutes = 25;
    want.second_boil_minutes = 0;
    want.soak_minutes = 0;
    want.minutes_ago = 60;
    MUST(decoction_begin(&c, order, &want));
    cook_sheet_says(order, "pot", SQL("in machine %s, all packets in one pot: General", pot));
    cook_sheet_says(order, "pot", "Water: 1000 ml");
    cook_sheet_says(order, "pot", "Do not soak the herbs");
    cook_sheet_says(order, "pot", "simmer for 25 minutes");
    MUST(decoction_end(&c, order, 14, 60, NULL));
    cook_sheet_says(order, "pot", "Filled into 14 bags of 60 ml each");
    cook_sheet_says(order, "prepare", "Warm the pouch");
    cook_sheet_says(pills, "prepare", "");
}
END_TEST

SUITE(decoction)
{
    return suite_of("decoction", 120, make, setup, scene_close,
                    TESTS(what_the_shop_boils_is_not_checked_raw, a_machine_boils_one_order_at_a_time,
                          a_spoiled_pot_is_wasted_and_its_machine_is_free, raw_herbs_may_be_boiled_here,
                          the_cook_sheet_has_water_minutes_and_bags));
}
