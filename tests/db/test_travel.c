/* A finding and its answer go with the order: to release, to hand-over, to the next refill. What becomes known on the way stops
   it, for the program and for a hand at the database. */
#include <string.h>

#include "core/order.h"
#include "core/work.h"
#include "db/db.h"
#include "sql.h"
#include "support/prescribe.h"
#include "support/scene.h"
#include "support/stage.h"

#define DATABASE "test_travel"

SCENE_WITH_RULES("dr.wu")

static void read_answers(int64_t prescription)
{
    int64_t read;

    act_as(&c, "mei.lin");
    MUST(screening_acknowledge(&c, test_latest(&c, prescription).id, &read));
}

/* Dan shen and huang qi for a patient on warfarin, answered, signed, read by the pharmacist. */
static int64_t prescribed(int64_t *patient)
{
    int64_t id = test_risky(&c, k, patient);

    test_answer_all(&c, id, 1);
    MUST(prescription_sign(&c, k, id, 1));
    read_answers(id);
    return id;
}

/* The next order; a refill before the supply before it was handed over too, by the pharmacist who acts. */
static int64_t allocated(int64_t prescription)
{
    const struct order_wish wish = { .prescription_id = prescription, .early_reason = "travel" };
    int64_t order;

    MUST(order_enter(&c, k, &wish, &order));
    MUST(order_allocate(&c, order, DATE_NONE));
    return order;
}

static const struct column weighing_columns[] = {
    COLUMN(struct order_weighing, line_no),
    COLUMN(struct order_weighing, lot_id),
    COLUMN(struct order_weighing, location_id),
    COLUMN_NAMED(struct order_weighing, weighed, "planned"),
    COLUMNS_END,
};

/* Released, weighed by mei.lin, checked by david.chen. */
static void finish(int64_t order)
{
    struct order_weighing *weighings;
    size_t n;

    MUST(order_release(&c, k, order));
    MUST(db_all(&c, &q_order_reservations, PARAMS(SHOP(&c), I64(order)), weighing_columns, sizeof *weighings,
                &weighings, &n));
    MUST(order_weigh(&c, order, weighings, n));
    act_as(&c, "david.chen");
    MUST(order_check(&c, order, NULL));
}

/* The hand-over as a hand at the database would write it, on the latest screening of the version. */
static enum status hand_over_by_sql(int64_t order, const char *screening)
{
    return sql_try(
        &c,
        SQL("INSERT INTO handovers (shop_id, order_id, prescription_id, version, screening_id, "
            "critical_count,"
            " handed_by, received_by, counselled)"
            " SELECT o.shop_id, o.id, o.prescription_id, o.version, s.id, s.critical_count, %lld, 'x', true"
            " FROM orders o JOIN screenings s ON s.shop_id = o.shop_id AND s.prescription_id = "
            "o.prescription_id"
            " WHERE o.id = %lld AND s.id = (SELECT %s(id) FROM screenings WHERE prescription_id = "
            "o.prescription_id)",
            (long long)c.who.user_id, (long long)order, screening));
}

START_TEST(a_medicine_after_the_check_stops_the_hand_over)
{
    int64_t patient, id = prescribed(&patient), order = allocated(id), screening;

    finish(order);
    test_add(&c, k, patient, PROFILE_MEDICINES, "acenocoumarol");
    ck_assert_int_eq(order_hand_over(&c, order, "the patient", true), ST_STALE);
    ctx_forgive(&c);
    ck_assert_int_eq(hand_over_by_sql(order, "max"), ST_DENIED);
    ctx_forgive(&c);

    MUST(order_screen(&c, k, order, &screening));
    ck_assert_int_eq(order_hand_over(&c, order, "the patient", true), ST_UNSAFE);
    ctx_forgive(&c);
    ck_assert_int_eq(hand_over_by_sql(order, "max"), ST_UNSAFE);
    ctx_forgive(&c);
    ck_assert_int_eq(hand_over_by_sql(order, "min"), ST_DENIED); /* nor on the older one */
    ctx_forgive(&c);

    act_as(&c, "dr.wu");
    ck_assert_uint_ge(test_answer_all(&c, id, 1), 1);
    act_as(&c, "david.chen");
    ck_assert_int_eq(order_hand_over(&c, order, "the patient", true), ST_UNSAFE); /* nobody has read it */
    ctx_forgive(&c);
    ck_assert_int_eq(hand_over_by_sql(order, "max"), ST_UNSAFE);
    ctx_forgive(&c);
    read_answers(id);
    MUST(order_hand_over(&c, order, "the patient", true));
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM handovers WHERE order_id = %lld AND screening_id = %lld",
                           (long long)order, (long long)screening)),
        1);
}
END_TEST

START_TEST(a_changed_rule_book_stops_release_and_hand_over)
{
    int64_t patient, id = prescribed(&patient), order = allocated(id), second = allocated(id), screening;

    finish(order);
    stage_fate(&c, DATABASE, "SELECT rescreen_all(id, 'rule_book', 'a test', NULL) FROM shops");
    ck_assert_int_eq(order_hand_over(&c, order, "the patient", true), ST_STALE);
    ck_assert_ptr_nonnull(strstr(c.fault.items[0].rule, "the rule book"));
    ctx_forgive(&c);
    ck_assert_int_eq(hand_over_by_sql(order, "max"), ST_DENIED);
    ctx_forgive(&c);
    act_as(&c, "mei.lin");
    ck_assert_int_eq(order_release(&c, k, second), ST_STALE);
    ctx_forgive(&c);
    MUST(order_screen(&c, k, order, &screening));
    read_answers(id);
    MUST(order_hand_over(&c, order, "the patient", true));
}
END_TEST

/* Two orders from one screening: the second one is screened anew, its answers come along and are read again. */
START_TEST(a_refill_shows_the_old_answers_again)
{
    int64_t patient, id = prescribed(&patient), order = allocated(id), refill;
    int64_t first = test_latest(&c, id).id;
    struct stored_finding *findings;
    size_t n, carried = 0;

    finish(order);
    MUST(order_hand_over(&c, order, "the patient", true));
    ck_assert_int_eq(sql_number(&c, SQL("SELECT count(*) FROM supplies WHERE prescription_id = %lld AND "
                                        "packets_handed = 7 AND handed_over_on = shop_today(shop_id)",
                                        (long long)id)),
                     1);
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM supply_differences"), 0);
    ck_assert_int_eq(
        sql_try(&c, SQL("INSERT INTO orders (shop_id, prescription_id, version, patient_id, created_by)"
                        " SELECT shop_id, prescription_id, version, patient_id, created_by FROM orders"
                        " WHERE id = %lld",
                        (long long)order)),
        ST_DENIED);
    ctx_forgive(&c);
    refill = allocated(id);
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM supplies WHERE prescription_id = %lld AND supply_no "
                           "= 1 AND early_reason IS NULL AND previous_handed_on = opened_on",
                           (long long)id)),
        1); /* on its day: the reason offered was not needed */
    ck_assert_int_gt(test_latest(&c, id).id, first);
    findings = test_findings(&c, id, &n);
    for (size_t i = 0; i < n; i++)
        if (findings[i].critical_no != 0) {
            ck_assert_int_eq(findings[i].carried_from, first);
            ck_assert_str_eq(findings[i].note, "INR weekly");
            ck_assert_str_eq(findings[i].acknowledged_by, "");
            carried++;
        }
    ck_assert_uint_ge(carried, 1);
    act_as(&c, "mei.lin");
    ck_assert_int_eq(order_release(&c, k, refill), ST_UNSAFE);
    ctx_forgive(&c);
    read_answers(id);
    MUST(order_release(&c, k, refill));
    ck_assert_int_ge(
        sql_number(&c, SQL("SELECT count(*) FROM alert_events WHERE order_id = %lld AND moment = 'refill'"
                           " AND what = 'overridden' AND reason = 'monitored'",
                           (long long)refill)),
        1);
}
END_TEST

static int64_t course(int64_t prescription, const char *day)
{
    return sql_number(
        &c, SQL("SELECT %s - today FROM courses WHERE prescription_id = %lld", day, (long long)prescription));
}

START_TEST(parts_are_taken_one_after_another)
{
    int64_t patient, id = prescribed(&patient), first, second;
    struct order_wish wish = { .prescription_id = id, .packets = 3 };

    MUST(order_enter(&c, k, &wish, &first));
    read_answers(id);
    MUST(order_allocate(&c, first, DATE_NONE));
    finish(first);
    MUST(order_hand_over(&c, first, "the patient", true));
    stage_fate(
        &c, DATABASE,
        SQL("UPDATE handovers SET handed_over_at = handed_over_at - interval '1 day' WHERE order_id = %lld",
            (long long)first));
    ck_assert_int_eq(course(id, "first_on"), -1);
    ck_assert_int_eq(course(id, "last_on"), 1);
    wish.packets = 2;
    MUST(order_enter(&c, k, &wish, &second));
    ck_assert_int_eq(course(id, "first_on"), -1);
    ck_assert_int_eq(course(id, "last_on"), 3); /* three days from yesterday, and two more */
    stage_fate(
        &c, DATABASE,
        SQL("UPDATE handovers SET handed_over_at = handed_over_at - interval '9 days' WHERE order_id = %lld",
            (long long)first));
    ck_assert_int_eq(course(id, "first_on"), 0); /* long used up */
    ck_assert_int_eq(course(id, "last_on"), 1);
}
END_TEST

/* The same screening cannot let two orders out, whoever writes the row. */
START_TEST(one_screening_lets_one_order_out)
{
    int64_t patient, id = prescribed(&patient), order = allocated(id), second = allocated(id);

    MUST(order_release(&c, k, order));
    ck_assert_int_eq(order_release(&c, k, second), ST_STALE);
    ctx_forgive(&c);
    ck_assert_int_eq(
        sql_try(&c, SQL("INSERT INTO releases (shop_id, order_id, prescription_id, version, screening_id,"
                        " critical_count, released_by) SELECT o.shop_id, o.id, o.prescription_id, o.version,"
                        " s.id, s.critical_count, %lld FROM orders o JOIN screenings s USING (shop_id,"
                        " prescription_id) WHERE o.id = %lld",
                        (long long)c.who.user_id, (long long)second)),
        ST_STALE);
    ctx_forgive(&c);
}
END_TEST

static int64_t raised(int64_t *patient)
{
    int64_t id = prescribed(patient), screening;

    act_as(&c, "dr.wu");
    test_add(&c, k, *patient, PROFILE_MEDICINES, "acenocoumarol");
    MUST(screening_make(&c, k, id, 1, &screening));
    return sql_number(
        &c, SQL("SELECT min(id) FROM work_items WHERE prescription_id = %lld AND severity = 'major'",
                (long long)id));
}

START_TEST(work_is_taken_and_ended_by_one)
{
    int64_t patient, item = raised(&patient);

    ck_assert_int_gt(item, 0);
    ck_assert_int_eq(work_done(&c, item, "patient_advised", NULL), ST_CONFLICT); /* nobody has taken it */
    ctx_forgive(&c);
    MUST(work_take(&c, item, false));
    act_as(&c, "mei.lin");
    ck_assert_int_eq(work_take(&c, item, false), ST_CONFLICT);
    ck_assert_ptr_nonnull(strstr(c.fault.items[0].rule, "is taken by"));
    ctx_forgive(&c);
    ck_assert_int_eq(work_done(&c, item, "patient_advised", NULL), ST_CONFLICT);
    ctx_forgive(&c);
    MUST(work_take(&c, item, true));
    ck_assert_int_eq(work_done(&c, item, "cause_gone", NULL),
                     ST_INVALID); /* that is for the service to say */
    ctx_forgive(&c);
    ck_assert_int_eq(work_done(&c, item, "whatever", NULL), ST_INVALID);
    ctx_forgive(&c);
    MUST(work_done(&c, item, "patient_advised", "called at noon"));
    ck_assert_int_eq(work_take(&c, item, true), ST_CONFLICT);
    ck_assert_ptr_nonnull(strstr(c.fault.items[0].rule, "patient_advised"));
    ctx_forgive(&c);
    ck_assert_int_eq(work_take(&c, 999999, false), ST_NOT_FOUND);
    ctx_forgive(&c);
    act_as(&c, "sam.ortiz");
    ck_assert_int_eq(work_take(&c, item, false), ST_DENIED);
    ctx_forgive(&c);
}
END_TEST

/* By the back door: not ended by another, not changed after its end, not twice for one finding, not of another shop. */
START_TEST(the_work_list_holds_against_a_hand)
{
    int64_t patient, item = raised(&patient), count;
    const char *own = SQL("WHERE id = %lld", (long long)item);

    MUST(work_take(&c, item, false));
    ck_assert_int_eq(
        sql_try(&c, SQL("UPDATE work_items SET outcome = 'patient_advised', done_at = now(), done_by ="
                        " (SELECT id FROM users WHERE username = 'mei.lin') %s",
                        own)),
        ST_CONFLICT);
    ctx_forgive(&c);
    ck_assert_int_eq(
        sql_try(&c,
                SQL("INSERT INTO work_items (shop_id, patient_id, prescription_id, version, screening_id,"
                    " finding_no, finding_key, severity, why) SELECT shop_id, patient_id, prescription_id,"
                    " version, screening_id, finding_no, finding_key, severity, why FROM work_items %s",
                    own)),
        ST_CONFLICT);
    ctx_forgive(&c);
    MUST(work_done(&c, item, "no_action_needed", NULL));
    sql_must(&c, SQL("UPDATE work_items SET note = 'changed' %s", own));
    ck_assert_int_eq(sql_number(&c, SQL("SELECT count(*) FROM work_items %s AND note = 'changed'", own)), 0);
    ck_assert_int_ne(sql_try(&c, SQL("DELETE FROM work_items %s", own)), ST_OK);
    ctx_forgive(&c);
    c.who.shop_id++;
    count = sql_number(&c, "SELECT count(*) FROM work_items");
    c.who.shop_id--;
    ck_assert_int_eq(count, 0);
}
END_TEST

START_TEST(a_critical_finding_cannot_be_made_quiet)
{
    act_as(&c, "admin");
    ck_assert_int_eq(
        sql_try(&c, SQL("INSERT INTO shop_tiers (shop_id, role, moment, severity, tier, changed_by)"
                        " VALUES (%lld, 'pharmacist', 'release', 'major', 'list', %lld)",
                        (long long)c.who.shop_id, (long long)c.who.user_id)),
        ST_CONFLICT);
    ctx_forgive(&c);
    sql_must(&c, SQL("INSERT INTO shop_tiers (shop_id, role, moment, severity, tier, changed_by)"
                     " VALUES (%lld, 'practitioner', 'sign', 'moderate', 'interrupt', %lld)",
                     (long long)c.who.shop_id, (long long)c.who.user_id));
    ck_assert_int_eq(
        sql_number(
            &c, SQL("SELECT count(*) WHERE tier_for(%lld, 'practitioner', 'sign', 'moderate') = 'interrupt'"
                    " AND tier_for(%lld, 'pharmacist', 'sign', 'moderate') = 'list'",
                    (long long)c.who.shop_id, (long long)c.who.shop_id)),
        1);
}
END_TEST

SUITE(travel)
{
    return suite_of("travel", 120, make, setup, scene_close,
                    TESTS(a_medicine_after_the_check_stops_the_hand_over,
                          a_changed_rule_book_stops_release_and_hand_over,
                          a_refill_shows_the_old_answers_again, parts_are_taken_one_after_another,
                          one_screening_lets_one_order_out, work_is_taken_and_ended_by_one,
                          the_work_list_holds_against_a_hand, a_critical_finding_cannot_be_made_quiet));
}
