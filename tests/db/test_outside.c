/* Prescriptions written elsewhere, from the paper to the signature, and every way round that must be shut: no paper, the same paper
   twice, one person, a version nobody compared, findings the prescriber was not asked about, refusals. */
#include <string.h>

#include "core/attachment.h"
#include "core/order.h"
#include "core/outside.h"
#include "db/db.h"
#include "print/label_job.h"
#include "support/database.h"
#include "support/labelled.h"
#include "support/prescribe.h"
#include "support/runner.h"
#include "support/stage.h"

#define DATABASE "test_outside"
#define GRAMS(g) (INT64_C(1000) * (g))
#define SQL(...) arena_printf(&c.arena, __VA_ARGS__)
#define MUST(call) ck_assert_msg((call) == ST_OK, "%s", fault_text(&c))

static struct ctx c;
static const struct knowledge *k;

static void make(void)
{
    database_fresh(DATABASE);
}

static void setup(void)
{
    database_open_test(&c, DATABASE, TEST_APP);
    act_as(&c, "mei.lin");
    k = test_knowledge(DATABASE);
}

static void teardown(void)
{
    ctx_close(&c);
}

/* The call is refused with that status, and its fault says so. */
static void refused(enum status status, enum status expected, const char *part)
{
    ck_assert_msg(status == expected, "%d: %s", (int)status, fault_text(&c));
    ck_assert_msg(part == NULL || strstr(c.fault.items[0].rule, part) != NULL, "%s", fault_text(&c));
    ctx_forgive(&c);
}

static struct outside_paper paper_of(int64_t patient, const char *number)
{
    return (struct outside_paper){ .patient_id = patient,
                                   .name = "Dr. Ada Osei",
                                   .address = "3 Mill Lane, Leeds LS1",
                                   .phone = "+44 113 496 0000",
                                   .registration = "7412356",
                                   .registered_with = "GMC",
                                   .number = number,
                                   .written_on = test_day(&c, -2),
                                   .how = "fax" };
}

static enum status page(int64_t intake, const char *text)
{
    struct attachment a = { .of = OF_INTAKE, .of_id = intake, .file_name = "paper.txt" };
    enum status status;
    int64_t id;

    a.file = tmpfile();
    ck_assert_ptr_nonnull(a.file);
    fputs(text, a.file);
    status = attachment_add(&c, &a, &id);
    (void)fclose(a.file);
    return status;
}

static int64_t received(int64_t patient)
{
    struct outside_paper paper = paper_of(patient, NULL);
    int64_t id;

    MUST(outside_receive(&c, &paper, &id));
    MUST(page(id, SQL("page of intake %lld", (long long)id)));
    return id;
}

/* Entered from a new paper by mei.lin: one herb of seven days. */
static int64_t entered(int64_t patient, const char *herb, int64_t *prescription)
{
    struct prescription_draft draft = test_draft(&c, patient, NULL, herb, GRAMS(3));
    int64_t id = received(patient);

    draft.patient_id = 0;
    MUST(outside_enter(&c, k, id, &draft, prescription));
    return id;
}

static int64_t signatures(int64_t prescription)
{
    return sql_number(
        &c, SQL("SELECT count(*) FROM signatures WHERE prescription_id = %lld", (long long)prescription));
}

START_TEST(a_paper_is_entered_compared_and_stands_as_signed)
{
    int64_t patient = test_patient_new(&c, k), prescription, id, order;
    struct label_job job;

    (void)stage_lot(&c, "ma_huang", "O1", GRAMS(500), 300, "released", "A01");
    id = entered(patient, "ma huang", &prescription);
    refused(prescription_sign(&c, k, prescription, 1), ST_CONFLICT,
            "another pharmacist must compare them first");
    refused(outside_check(&c, k, id, true, NULL), ST_DENIED, "another pharmacist must compare it");
    act_as(&c, "sam.ortiz");
    refused(outside_check(&c, k, id, true, NULL), ST_DENIED, "only a pharmacist");
    act_as(&c, "david.chen");
    MUST(outside_check(&c, k, id, true, NULL));
    ck_assert_int_eq(signatures(prescription), 1);
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM prescribers WHERE prescription_id = %lld AND display_name = "
                           "'Dr. Ada Osei' AND registration = 'GMC 7412356' AND address LIKE '3 Mill%%'",
                           (long long)prescription)),
        1);
    MUST(order_create(&c, k, prescription, &order));
    MUST(order_allocate(&c, order, DATE_NONE));
    refused(outside_reject(&c, id, "too_old", NULL), ST_CONFLICT, "stands as signed");
    job = labelled_job(&c, "prescription", prescription, false);
    job.about = "prescription";
    MUST(label_make(&c, &job));
    ck_assert_str_eq(job.content.prescriber_name, "Dr. Ada Osei");
    ck_assert_str_eq(job.content.prescriber_registration, "GMC 7412356");
    ck_assert_ptr_nonnull(strstr(job.content.prescriber_signature, "on paper"));
}
END_TEST

START_TEST(what_differs_is_corrected_and_compared_anew)
{
    int64_t patient = test_patient_new(&c, k), prescription, version;
    int64_t id = entered(patient, "gan cao", &prescription);
    struct prescription_draft draft = test_draft(&c, patient, NULL, "gan cao", GRAMS(6));

    act_as(&c, "david.chen");
    refused(outside_check(&c, k, id, false, NULL), ST_INVALID, "must say where it differs");
    MUST(outside_check(&c, k, id, false, "6 g, not 3 g"));
    refused(prescription_sign(&c, k, prescription, 1), ST_CONFLICT, "must compare");
    refused(outside_check(&c, k, id, true, NULL), ST_CONFLICT, "was compared with its paper already");
    MUST(prescription_change(&c, k, prescription, 1, &draft, &version));
    refused(outside_check(&c, k, id, true, NULL), ST_DENIED, "entered this version"); /* now he is the one */
    act_as(&c, "mei.lin");
    MUST(outside_check(&c, k, id, true, NULL));
    ck_assert_int_eq(signatures(prescription), 1);
}
END_TEST

START_TEST(nothing_is_entered_without_a_paper_and_no_paper_twice)
{
    int64_t patient = test_patient_new(&c, k), other = test_patient_new(&c, k), first, second, prescription;
    struct prescription_draft draft = test_draft(&c, patient, NULL, "gan cao", GRAMS(3));
    struct outside_paper paper = paper_of(patient, "RX-100");

    MUST(outside_receive(&c, &paper, &first));
    refused(outside_enter(&c, k, first, &draft, &prescription), ST_CONFLICT, "has no page yet");
    refused(
        sql_try(
            &c,
            SQL("INSERT INTO prescriptions (shop_id, patient_id, created_by, intake_id) VALUES (%lld, %lld, "
                "%lld, %lld)",
                (long long)c.who.shop_id, (long long)patient, (long long)c.who.user_id, (long long)first)),
        ST_DENIED, NULL);
    MUST(page(first, "the very same page"));
    refused(outside_receive(&c, &paper, &second), ST_CONFLICT, "was received already, as intake");
    paper.number = "RX-101";
    MUST(outside_receive(&c, &paper, &second));
    refused(page(second, "the very same page"), ST_CONFLICT, "a duplicate paper");
    draft.patient_id = other;
    refused(outside_enter(&c, k, first, &draft, &prescription), ST_CONFLICT, "is not the patient");
    draft.patient_id = patient;
    MUST(outside_enter(&c, k, first, &draft, &prescription));
    refused(outside_enter(&c, k, first, &draft, &prescription), ST_CONFLICT,
            "is entered already, as prescription");
    paper.written_on = test_day(&c, 3);
    paper.number = NULL;
    refused(outside_receive(&c, &paper, &second), ST_INVALID, "to the day it was received");
    paper.written_on = test_day(&c, 0);
    paper.how = "pigeon";
    refused(outside_receive(&c, &paper, &second), ST_INVALID, "is paper, fax, photo or email");
    paper.how = "email";
    paper.phone = "";
    refused(outside_receive(&c, &paper, &second), ST_INVALID, "is 1 to 40 characters");
}
END_TEST

static const struct outside_answer stays = { 1, "as_written", "I know, INR is weekly", "Dr. Ada Osei",
                                             "phone" };

START_TEST(findings_are_answered_only_where_the_prescriber_was_asked)
{
    int64_t patient = test_patient_new(&c, k), prescription, id, query;
    struct outside_answer answer = stays;
    struct screening_answer given = { .reason = "prescriber_consulted", .note = "see question 1" };
    struct stored_finding *findings;
    struct screening_record latest;
    size_t n;

    test_add(&c, k, patient, PROFILE_MEDICINES, "warfarin");
    id = entered(patient, "dan shen", &prescription);
    latest = test_latest(&c, prescription);
    ck_assert_int_ge(latest.critical_count, 1);
    findings = test_findings(&c, prescription, &n);
    given.finding_no = findings[0].finding_no;
    refused(screening_answer(&c, latest.id, &given, 1), ST_CONFLICT, "ask its prescriber");
    act_as(&c, "dr.wu"); /* nor may a prescriber of the shop answer for her */
    refused(screening_answer(&c, latest.id, &given, 1), ST_CONFLICT, "ask its prescriber");
    refused(sql_try(&c, SQL("INSERT INTO answers (shop_id, screening_id, answer_no, critical_no, reason, "
                            "answered_by) VALUES "
                            "(%lld, %lld, 1, 1, 'does_not_apply', %lld)",
                            (long long)c.who.shop_id, (long long)latest.id, (long long)c.who.user_id)),
            ST_DENIED, NULL);
    act_as(&c, "mei.lin");
    MUST(outside_ask(&c, id, "With warfarin?", &query));
    refused(screening_answer(&c, latest.id, &given, 1), ST_CONFLICT, "ask its prescriber");
    answer.said_how = "telepathy";
    refused(outside_record(&c, id, &answer), ST_INVALID, "is phone, fax");
    answer = stays;
    answer.said_by = "";
    refused(outside_record(&c, id, &answer), ST_INVALID, "who said it");
    MUST(outside_record(&c, id, &stays));
    refused(outside_record(&c, id, &stays), ST_CONFLICT, "waits for an answer");
    act_as(&c, "david.chen");
    refused(outside_check(&c, k, id, true, NULL), ST_UNSAFE, NULL);
    act_as(&c, "mei.lin");
    ck_assert_uint_ge(test_answer_all(&c, prescription, 1), 1);
    act_as(&c, "david.chen");
    MUST(outside_check(&c, k, id, true, NULL));
    ck_assert_int_eq(signatures(prescription), 1);
}
END_TEST

START_TEST(a_question_a_change_or_a_withdrawal_holds_the_signature)
{
    int64_t patient = test_patient_new(&c, k), prescription, id, query, version;
    struct prescription_draft draft = test_draft(&c, patient, NULL, "gan cao", GRAMS(2));
    struct outside_answer answer = stays;

    id = entered(patient, "gan cao", &prescription);
    MUST(outside_ask(&c, id, "Is it 3 g?", &query));
    act_as(&c, "david.chen");
    refused(outside_check(&c, k, id, true, NULL), ST_CONFLICT, "has a question without an answer");
    answer.verdict = "will_change";
    MUST(outside_record(&c, id, &answer));
    refused(outside_check(&c, k, id, true, NULL), ST_CONFLICT, "is to be changed");
    act_as(&c, "mei.lin");
    MUST(prescription_change(&c, k, prescription, 1, &draft, &version));
    MUST(outside_ask(&c, id, "And now?", &query));
    ck_assert_int_eq(query, 2);
    answer.query_no = 2;
    answer.verdict = "withdrawn";
    MUST(outside_record(&c, id, &answer));
    act_as(&c, "david.chen");
    refused(outside_check(&c, k, id, true, NULL), ST_CONFLICT, "was withdrawn by its prescriber");
    refused(outside_reject(&c, id, "because", NULL), ST_INVALID, "is one of");
    refused(outside_reject(&c, id, "not_authentic", NULL), ST_INVALID, "must be given with the reason");
    MUST(outside_reject(&c, id, "prescriber_withdrew", NULL));
    refused(outside_check(&c, k, id, true, NULL), ST_CONFLICT, "it was refused");
    refused(prescription_sign(&c, k, prescription, 2), ST_CONFLICT, "was refused");
}
END_TEST

START_TEST(a_refused_paper_is_replaced_under_its_number)
{
    int64_t patient = test_patient_new(&c, k), first, second;
    struct outside_paper paper = paper_of(patient, "RX-200");

    MUST(outside_receive(&c, &paper, &first));
    MUST(outside_reject(&c, first, "unreadable", NULL));
    refused(page(first, "too late"), ST_OK, NULL);
    MUST(outside_receive(&c, &paper, &second));
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT replaces_id FROM intakes WHERE id = %lld", (long long)second)), first);
    refused(outside_receive(&c, &paper, &second), ST_CONFLICT, "was received already");
}
END_TEST

/* What a hand at the service's own login could still try. */
START_TEST(the_database_shuts_the_ways_round)
{
    int64_t patient = test_patient_new(&c, k), prescription, id;

    id = entered(patient, "gan cao", &prescription);
    refused(
        sql_try(
            &c,
            SQL("INSERT INTO signatures (shop_id, prescription_id, version, screening_id, critical_count, "
                "signed_by) SELECT shop_id, prescription_id, version, id, 0, %lld FROM screenings WHERE "
                "prescription_id = %lld",
                (long long)c.who.user_id, (long long)prescription)),
        ST_DENIED, NULL);
    refused(sql_try(&c, SQL("INSERT INTO intake_checks (shop_id, intake_id, prescription_id, version, "
                            "entered_by, matches, "
                            "checked_by) VALUES (%lld, %lld, %lld, 1, %lld, true, %lld)",
                            (long long)c.who.shop_id, (long long)id, (long long)prescription,
                            (long long)c.who.user_id, (long long)c.who.user_id)),
            ST_DENIED, NULL);
    refused(sql_try(&c, SQL("UPDATE prescriptions SET intake_id = NULL WHERE id = %lld",
                            (long long)prescription)),
            ST_DENIED, NULL);
    refused(sql_try(&c, SQL("DELETE FROM intake_queries")), ST_DENIED, NULL);
}
END_TEST

SUITE(outside)
{
    Suite *suite = suite_create("outside");
    TCase *tests = tcase_create("outside");

    tcase_add_unchecked_fixture(tests, make, NULL);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_paper_is_entered_compared_and_stands_as_signed);
    tcase_add_test(tests, what_differs_is_corrected_and_compared_anew);
    tcase_add_test(tests, nothing_is_entered_without_a_paper_and_no_paper_twice);
    tcase_add_test(tests, findings_are_answered_only_where_the_prescriber_was_asked);
    tcase_add_test(tests, a_question_a_change_or_a_withdrawal_holds_the_signature);
    tcase_add_test(tests, a_refused_paper_is_replaced_under_its_number);
    tcase_add_test(tests, the_database_shuts_the_ways_round);
    suite_add_tcase(suite, tests);
    return suite;
}
