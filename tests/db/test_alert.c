/* The alert budget as it fills: shown when a version is stored, overridden when answered and when an order goes past, heeded when
   the herb goes; counted once; never changed afterwards. */
#include "core/alert.h"
#include "core/order.h"
#include "support/database.h"
#include "support/prescribe.h"
#include "support/runner.h"
#include "support/stage.h"

#define DATABASE "test_alert"
#define SQL(...) arena_printf(&c.arena, __VA_ARGS__)

static struct ctx c;
static const struct knowledge *k;

static void make(void)
{
    database_fresh(DATABASE);
}

static void setup(void)
{
    k = test_knowledge(DATABASE);
    database_open_test(&c, DATABASE, TEST_APP);
    act_as(&c, "dr.wu");
}

static void teardown(void)
{
    ctx_close(&c);
}

static int64_t count(const char *where)
{
    return sql_number(&c, SQL("SELECT count(*) FROM alert_events WHERE %s", where));
}

/* Events of a prescription: its herb against warfarin. */
static int64_t events(int64_t prescription, const char *what, const char *role)
{
    return count(
        SQL("prescription_id = %lld AND what = '%s' AND role = '%s' AND about = 'dan_shen × warfarin'"
            " AND finding_kind = 'herb_drug'",
            (long long)prescription, what, role));
}

static int64_t of(int64_t prescription, const char *where)
{
    return count(SQL("prescription_id = %lld AND %s", (long long)prescription, where));
}

static int64_t of_order(int64_t order, const char *where)
{
    return count(SQL("order_id = %lld AND moment = 'release' AND role = 'pharmacist' AND %s",
                     (long long)order, where));
}

START_TEST(a_finding_counts_once_however_often_it_is_screened)
{
    int64_t patient, id = test_risky(&c, k, &patient), screening;

    ck_assert_int_eq(events(id, "shown", "practitioner"), 1);
    ck_assert_int_eq(screening_make(&c, k, id, 1, &screening), ST_OK);
    ck_assert_int_eq(events(id, "shown", "practitioner"), 1);
    ck_assert_int_eq(events(id, "overridden", "practitioner"), 0);
    ck_assert_int_eq(events(id, "heeded", "practitioner"), 0);
    ck_assert_int_eq(of(id, "(moment <> 'sign' OR source <> 'command' OR user_id IS NULL)"), 0);
}
END_TEST

START_TEST(an_answer_is_an_override_with_its_reason)
{
    int64_t patient, id = test_risky(&c, k, &patient), screening;

    ck_assert_uint_gt(test_answer_all(&c, id, 1), 0);
    ck_assert_int_eq(events(id, "overridden", "practitioner"), 1);
    ck_assert_int_eq(
        of(id, "what = 'overridden' AND reason = 'monitored' AND note = 'INR weekly'"),
        sql_number(&c, SQL("SELECT count(*) FROM answers a JOIN screenings s ON s.id = a.screening_id"
                           " WHERE s.prescription_id = %lld",
                           (long long)id)));
    /* carried over to the next screening: nobody answered again */
    ck_assert_int_eq(screening_make(&c, k, id, 1, &screening), ST_OK);
    ck_assert_int_eq(events(id, "overridden", "practitioner"), 1);
}
END_TEST

START_TEST(a_pharmacist_who_answers_was_shown_it)
{
    int64_t patient, id = test_risky(&c, k, &patient);

    act_as(&c, "mei.lin");
    ck_assert_uint_gt(test_answer_all(&c, id, 1), 0);
    ck_assert_int_eq(events(id, "shown", "pharmacist"), 1);
    ck_assert_int_eq(events(id, "overridden", "pharmacist"), 1);
    ck_assert_int_eq(events(id, "overridden", "practitioner"), 0);
}
END_TEST

START_TEST(a_herb_that_is_dropped_was_heeded)
{
    int64_t patient, id = test_risky(&c, k, &patient), version;
    struct prescription_draft draft = test_draft(&c, patient, NULL, "huang_qi", 9000);

    ck_assert_msg(prescription_change(&c, k, id, 1, &draft, &version) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(events(id, "heeded", "practitioner"), 1);
    ck_assert_int_eq(
        of(id, "what = 'heeded'"),
        of(id, SQL("what = 'heeded' AND occasion = 'prescription %lld version 1'", (long long)id)));
    /* huang qi stays, and so does what is known of it */
    ck_assert_int_eq(of(id, "what = 'heeded' AND about LIKE 'huang_qi%'"), 0);
}
END_TEST

START_TEST(an_order_goes_past_with_the_reasons_it_was_given)
{
    const struct staged_herb herb = { "ma_huang", 10000 };
    int64_t order;

    act_as(&c, "mei.lin");
    (void)stage_lot(&c, "ma_huang", "ALERT", 100000, 300, "released", "A01");
    ck_assert_int_eq(order_create(&c, k, stage_prescription(&c, 7, 2, true, &herb, 1), &order), ST_OK);
    ck_assert_int_eq(order_allocate(&c, order, DATE_NONE), ST_OK);
    stage_release(&c, order);
    ck_assert_int_eq(alert_passed(&c, 0, MOMENT_RELEASE, order), ST_OK);
    ck_assert_int_eq(alert_passed(&c, 0, MOMENT_RELEASE, order), ST_OK);
    ck_assert_int_eq(
        of_order(order, "what = 'shown'"),
        sql_number(&c, SQL("SELECT count(DISTINCT (rule_id, finding_about(subject_id, subject_typed,"
                           " object_id, object_typed))) FROM findings f JOIN releases r ON"
                           " r.screening_id = f.screening_id WHERE r.order_id = %lld",
                           (long long)order)));
    ck_assert_int_gt(of_order(order, "what = 'overridden' AND reason = 'dose_reduced'"), 0);
}
END_TEST

START_TEST(an_event_from_elsewhere_is_counted_once)
{
    struct alert_event event = { .rule_id = "hdi0001",
                                 .rule_version = 1,
                                 .kind = "herb_drug",
                                 .severity = SEVERITY_MAJOR,
                                 .about = "dan_shen × warfarin",
                                 .role = "practitioner",
                                 .moment = MOMENT_SIGN,
                                 .what = ALERT_OVERRIDDEN,
                                 .occasion = "card 1",
                                 .reason = "monitored",
                                 .source = "cds" };
    size_t added;

    ck_assert_msg(alert_record(&c, &event, 1, &added) == ST_OK, "%s", fault_text(&c));
    ck_assert_uint_eq(added, 1);
    ck_assert_int_eq(alert_record(&c, &event, 1, &added), ST_OK);
    ck_assert_uint_eq(added, 0);
    event.source = "rumour";
    event.occasion = "card 2";
    ck_assert_int_eq(alert_record(&c, &event, 1, &added), ST_INVALID);
    ck_assert_str_eq(c.fault.items[0].field, "source");
    ctx_forgive(&c);
    event.source = "cds";
    event.what = ALERT_HEEDED;
    ck_assert_int_eq(alert_record(&c, &event, 1, &added), ST_INVALID);
    ck_assert_str_eq(c.fault.items[0].field, "reason");
}
END_TEST

START_TEST(what_became_of_a_finding_is_never_rewritten)
{
    int64_t patient, id = test_risky(&c, k, &patient);

    (void)id;
    ck_assert_int_eq(sql_try(&c, "UPDATE alert_events SET what = 'heeded'"), ST_DENIED);
    ctx_forgive(&c);
    ck_assert_int_eq(sql_try(&c, "DELETE FROM alert_events"), ST_DENIED);
    ctx_forgive(&c);
    /* nor is it dated back */
    ck_assert_int_eq(
        sql_try(&c,
                "INSERT INTO alert_events (shop_id, rule_id, rule_version, rule_origin, "
                "finding_kind, severity, about, role, moment, what, occasion, source, at) SELECT shop_id, "
                "rule_id, rule_version, rule_origin, finding_kind, severity, about, role, moment, what, "
                "'back', source, at - interval '1 year' FROM alert_events LIMIT 1"),
        ST_DENIED);
    ctx_forgive(&c);
    c.who.shop_id++;
    ck_assert_int_eq(count("true"), 0);
}
END_TEST

SUITE(alert)
{
    return suite_of("alert", 120, make, setup, teardown,
                    TESTS(a_finding_counts_once_however_often_it_is_screened,
                          an_answer_is_an_override_with_its_reason, a_pharmacist_who_answers_was_shown_it,
                          a_herb_that_is_dropped_was_heeded, an_order_goes_past_with_the_reasons_it_was_given,
                          an_event_from_elsewhere_is_counted_once,
                          what_became_of_a_finding_is_never_rewritten));
}
