/* Screening cannot be skipped (PRODUCT law 6): what is stored, who answers, what is carried along, and that neither code nor SQL
   gets a signature past an unanswered critical finding. */
#include <pthread.h>
#include <string.h>

#include "core/patient.h"
#include "core/screening.h"
#include "support/database.h"
#include "support/prescribe.h"
#include "support/runner.h"

#define DATABASE "test_screening_store"
#define SQL(...) arena_printf(&c.arena, __VA_ARGS__)

static struct ctx c;
static const struct knowledge *k;

static void make(void)
{
    database_fresh(DATABASE);
    k = test_knowledge(DATABASE);
}

static void setup(void)
{
    database_open_test(&c, DATABASE, TEST_APP);
    act_as(&c, "dr.wu");
}

static void teardown(void)
{
    ctx_close(&c);
}

static void add(int64_t patient, enum profile_part part, const char *typed)
{
    const struct profile_line line = { .typed = typed, .since = DATE_NONE };
    int64_t version;

    ck_assert_msg(patient_add(&c, k, patient, part, &line, 1, false, &version) == ST_OK, "%s",
                  fault_text(&c));
}

static int64_t prescribe(int64_t patient, const char *herb, int64_t mg)
{
    struct prescription_draft draft = test_draft(&c, patient, NULL, herb, mg);
    int64_t id;

    ck_assert_msg(prescription_create(&c, k, &draft, &id) == ST_OK, "%s", fault_text(&c));
    return id;
}

static struct screening_record latest(int64_t id)
{
    struct screening_record record;
    int64_t version;

    ck_assert_int_eq(prescription_latest(&c, id, &version), ST_OK);
    ck_assert_msg(screening_latest(&c, id, version, &record) == ST_OK, "%s", fault_text(&c));
    return record;
}

static struct stored_finding *findings_of(int64_t id, size_t *n)
{
    struct stored_finding *findings;

    ck_assert_int_eq(screening_findings(&c, latest(id).id, &findings, n), ST_OK);
    return findings;
}

/* The finding of that kind about what was typed so; NULL when there is none. */
static const struct stored_finding *find(int64_t id, const char *kind, const char *object_typed)
{
    size_t n;
    struct stored_finding *findings = findings_of(id, &n);

    for (size_t i = 0; i < n; i++)
        if (strcmp(findings[i].kind, kind) == 0 && strcmp(findings[i].object_typed, object_typed) == 0)
            return &findings[i];
    return NULL;
}

static const struct draft_herb risky_herbs[] = {
    { "dan_shen", { 15000 }, NULL },
    { "huang_qi", { 9000 }, NULL },
};

/* A patient on warfarin with dan shen (critical) and huang qi (minor). */
static int64_t risky(int64_t *patient)
{
    struct prescription_draft draft;
    int64_t id;

    *patient = test_patient_new(&c, k);
    add(*patient, PROFILE_MEDICINES, "Coumadin");
    draft = test_draft(&c, *patient, NULL, NULL, 0);
    draft.herbs = risky_herbs;
    draft.herb_count = 2;
    ck_assert_msg(prescription_create(&c, k, &draft, &id) == ST_OK, "%s", fault_text(&c));
    return id;
}

static enum status answer(int64_t id, int64_t finding_no, const char *reason, const char *note)
{
    const struct screening_answer one = { finding_no, reason, note };

    return screening_answer(&c, latest(id).id, &one, 1);
}

START_TEST(saving_screens_and_freezes_the_texts)
{
    int64_t patient, id = risky(&patient);
    const struct stored_finding *f = find(id, "herb_drug", "Coumadin");
    struct screening_record record = latest(id);

    ck_assert(record.current);
    ck_assert_int_ge(record.critical_count, 1);
    ck_assert_ptr_nonnull(f);
    ck_assert_str_eq(f->severity, "major");
    ck_assert_str_eq(f->subject_id, "dan_shen");
    ck_assert_str_eq(f->object_id, "warfarin");
    ck_assert_str_ne(f->effect, "");
    ck_assert_str_ne(f->action, "");
    ck_assert_str_ne(f->citation, "");
    ck_assert_int_eq(f->rule_version, 1);
    ck_assert_int_eq(f->finding_no, 1);
    ck_assert_int_eq(f->critical_no, 1);
    ck_assert_int_ne(sql_try(&c, "UPDATE findings SET severity = 'minor'"), ST_OK);
}
END_TEST

START_TEST(signing_is_refused_and_names_both_sides)
{
    int64_t patient, id = risky(&patient);

    ck_assert_int_eq(prescription_sign(&c, k, id, 1), ST_UNSAFE);
    ck_assert_msg(test_fault_says(&c, "finding 1", "Dān Shēn 丹参 × warfarin"), "%s of %s", fault_text(&c),
                  c.fault.items[0].value);
}
END_TEST

/* The service's own rights do not suffice to sign by hand: the row refers to an answer that is not there. */
START_TEST(sql_cannot_sign_either)
{
    int64_t patient, id = risky(&patient);
    struct screening_record record = latest(id);

    ck_assert_int_eq(sql_try(&c, SQL("INSERT INTO signatures (shop_id, prescription_id, version, "
                                     "screening_id, critical_count, signed_by)"
                                     " VALUES (%lld, %lld, 1, %lld, %lld, %lld)",
                                     (long long)c.who.shop_id, (long long)id, (long long)record.id,
                                     (long long)record.critical_count, (long long)c.who.user_id)),
                     ST_UNSAFE);
    ctx_forgive(&c);
    ck_assert_int_ne(sql_try(&c, SQL("INSERT INTO signatures (shop_id, prescription_id, version, "
                                     "screening_id, critical_count, signed_by)"
                                     " VALUES (%lld, %lld, 1, %lld, 0, %lld)",
                                     (long long)c.who.shop_id, (long long)id, (long long)record.id,
                                     (long long)c.who.user_id)),
                     ST_OK);
    ctx_forgive(&c);
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM signatures WHERE prescription_id = %lld", (long long)id)),
        0);
}
END_TEST

START_TEST(an_answer_is_a_known_reason_with_its_note)
{
    int64_t patient, id = risky(&patient);
    size_t n;

    findings_of(id, &n);
    ck_assert_int_eq(answer(id, 1, "because", ""), ST_INVALID);
    ck_assert(test_fault_says(&c, "answers[0].reason", "is one of already_tolerated"));
    ctx_forgive(&c);
    ck_assert_int_eq(answer(id, 1, "monitored", "  "), ST_INVALID);
    ck_assert(test_fault_says(&c, "answers[0].note", "must be given"));
    ctx_forgive(&c);
    ck_assert_int_eq(answer(id, 999, "short_course", ""), ST_INVALID);
    ctx_forgive(&c);
    ck_assert_int_eq(answer(id, (int64_t)n, "short_course", ""), ST_CONFLICT);
    ck_assert(test_fault_says(&c, "answers[0].finding_no", "needs no answer"));
    ctx_forgive(&c);
    ck_assert_int_eq(answer(id, 1, "short_course", ""), ST_OK);
    ck_assert_int_eq(answer(id, 1, "short_course", ""), ST_CONFLICT);
    ck_assert(test_fault_says(&c, "answers[0].finding_no", "answered already"));
}
END_TEST

START_TEST(one_bad_answer_stores_none)
{
    int64_t patient, id = risky(&patient);
    const struct screening_answer two[] = { { 1, "short_course", "" }, { 1, "short_course", "" } };

    ck_assert_int_eq(screening_answer(&c, latest(id).id, two, 2), ST_CONFLICT);
    ck_assert_int_eq(latest(id).answered_count, 0);
}
END_TEST

START_TEST(answered_it_is_signed_once)
{
    int64_t patient, id = risky(&patient);
    struct prescription p;

    ck_assert_uint_ge(test_answer_all(&c, id, 1), 1);
    ck_assert_msg(prescription_sign(&c, k, id, 1) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(prescription_get(&c, k, id, 1, &p), ST_OK);
    ck_assert_int_ne(p.signed_at.us, 0);
    ck_assert_int_eq(prescription_sign(&c, k, id, 1), ST_CONFLICT);
    ck_assert(test_fault_says(&c, "version", "signed already"));
}
END_TEST

START_TEST(roles_decide_who_answers_reads_and_signs)
{
    int64_t patient, id = risky(&patient), count;

    c.who.roles = ROLE_STAFF;
    ck_assert_int_eq(answer(id, 1, "short_course", ""), ST_DENIED);
    ctx_forgive(&c);
    ck_assert_int_eq(prescription_sign(&c, k, id, 1), ST_DENIED);
    ctx_forgive(&c);
    c.who.roles = ROLE_PRACTITIONER;
    ck_assert_int_eq(screening_acknowledge(&c, latest(id).id, &count), ST_DENIED);
}
END_TEST

START_TEST(a_pharmacist_reads_every_answer_once)
{
    int64_t patient, id = risky(&patient), count;
    size_t given = test_answer_all(&c, id, 1);

    ck_assert_int_eq(screening_require_answers(&c, latest(id).id, true), ST_UNSAFE);
    ck_assert(test_fault_says(&c, "finding 1", "not read by a pharmacist"));
    ctx_forgive(&c);
    act_as(&c, "mei.lin");
    ck_assert_int_eq(screening_acknowledge(&c, latest(id).id, &count), ST_OK);
    ck_assert_int_eq(count, (int64_t)given);
    ck_assert_int_eq(screening_acknowledge(&c, latest(id).id, &count), ST_OK);
    ck_assert_int_eq(count, 0);
    ck_assert_int_eq(screening_require_answers(&c, latest(id).id, true), ST_OK);
}
END_TEST

START_TEST(signing_screens_again_when_the_patient_changed)
{
    int64_t patient, id = risky(&patient), screening;

    test_answer_all(&c, id, 1);
    add(patient, PROFILE_MEDICINES, "Xyzzyzol forte");
    ck_assert(!latest(id).current);
    ck_assert_int_eq(prescription_sign(&c, k, id, 1), ST_UNSAFE);
    ck_assert(test_fault_says(&c, "screening", "screen again"));
    ck_assert(test_fault_says(&c, "finding 2", "Xyzzyzol forte") ||
              test_fault_says(&c, "finding 1", "Xyzzyzol forte"));
    ctx_forgive(&c);
    ck_assert_int_eq(screening_make(&c, k, id, 1, &screening), ST_OK);
    ck_assert_uint_eq(test_answer_all(&c, id, 1), 1);
    ck_assert_msg(prescription_sign(&c, k, id, 1) == ST_OK, "%s", fault_text(&c));
}
END_TEST

START_TEST(an_answer_is_carried_to_the_same_finding_and_says_so)
{
    int64_t patient, id = risky(&patient), first = latest(id).id, screening;
    const struct stored_finding *f;

    test_answer_all(&c, id, 1);
    add(patient, PROFILE_CONDITIONS, "gout");
    act_as(&c, "dr.silva");
    ck_assert_int_eq(screening_make(&c, k, id, 1, &screening), ST_OK);
    f = find(id, "herb_drug", "Coumadin");
    ck_assert_int_eq(f->answer_no, 1);
    ck_assert_int_eq(f->carried_from, first);
    ck_assert_str_eq(f->note, "INR weekly");
    ck_assert_msg(strstr(f->answered_by, "Wu Jianguo") != NULL, "%s", f->answered_by);
    ck_assert_str_eq(f->acknowledged_by, "");
    ck_assert_int_eq(answer(id, f->finding_no, "short_course", ""), ST_CONFLICT);
}
END_TEST

START_TEST(an_answer_is_not_carried_to_another_dose)
{
    int64_t patient, id = risky(&patient), version;
    struct prescription_draft draft = test_draft(&c, patient, NULL, "dan_shen", 15000);

    test_answer_all(&c, id, 1);
    ck_assert_int_eq(prescription_change(&c, k, id, 1, &draft, &version), ST_OK);
    ck_assert_int_eq(latest(id).answered_count, latest(id).critical_count);
    draft = test_draft(&c, patient, NULL, "dan_shen", 30000);
    ck_assert_int_eq(prescription_change(&c, k, id, 2, &draft, &version), ST_OK);
    ck_assert_int_eq(latest(id).answered_count, 0);
    ck_assert_int_eq(prescription_sign(&c, k, id, 3), ST_UNSAFE);
}
END_TEST

START_TEST(an_old_screening_is_not_answered_any_more)
{
    const struct screening_answer one = { 1, "short_course", "" };
    int64_t patient, id = risky(&patient), first = latest(id).id, screening;

    ck_assert_int_eq(screening_make(&c, k, id, 1, &screening), ST_OK);
    ck_assert_int_eq(screening_answer(&c, first, &one, 1), ST_STALE);
}
END_TEST

START_TEST(an_old_version_is_not_signed)
{
    int64_t patient = test_patient_new(&c, k), id = prescribe(patient, "huang_qi", 12000), version;
    struct prescription_draft draft = test_draft(&c, patient, NULL, "huang_qi", 15000);

    ck_assert_int_eq(prescription_change(&c, k, id, 1, &draft, &version), ST_OK);
    ck_assert_int_eq(prescription_sign(&c, k, id, 1), ST_STALE);
}
END_TEST

START_TEST(medicines_nobody_asked_about_are_a_finding)
{
    int64_t id = prescribe(test_patient(&c, "D-0001"), "huang_qi", 12000), n = 0;
    size_t count;
    struct stored_finding *findings = findings_of(id, &count);

    for (size_t i = 0; i < count; i++)
        n += strcmp(findings[i].kind, "medicines_not_asked") == 0;
    ck_assert_int_eq(n, 1);
}
END_TEST

START_TEST(what_cannot_be_checked_is_never_dropped)
{
    int64_t patient = test_patient_new(&c, k), id;

    add(patient, PROFILE_MEDICINES, "Xyzzyzol forte");
    add(patient, PROFILE_CONDITIONS, "blue nose");
    add(patient, PROFILE_ALLERGIES, "shellfish");
    id = prescribe(patient, "huang_qi", 12000);
    ck_assert_ptr_nonnull(find(id, "not_checked", "Xyzzyzol forte"));
    ck_assert_int_ge(find(id, "not_checked", "Xyzzyzol forte")->critical_no, 1);
    ck_assert_ptr_nonnull(find(id, "not_checked", "blue nose"));
    ck_assert_ptr_nonnull(find(id, "not_checked", "shellfish"));
    ck_assert_int_eq(prescription_sign(&c, k, id, 1), ST_UNSAFE);
}
END_TEST

START_TEST(conditions_allergies_and_age_are_screened)
{
    int64_t patient = test_patient_new(&c, k), id;

    add(patient, PROFILE_CONDITIONS, "pregnant");
    add(patient, PROFILE_ALLERGIES, "Dang Gui");
    id = prescribe(patient, "dang_gui", 9000);
    ck_assert_ptr_nonnull(find(id, "allergy", "Dang Gui"));
    ck_assert(find(id, "pregnancy", "pregnant") != NULL || find(id, "herb_condition", "pregnant") != NULL);
    id = prescribe(test_patient(&c, "D-0003"), "zhi_gan_cao", 9000);
    ck_assert_ptr_nonnull(find(id, "herb_condition", "67 years old"));
}
END_TEST

START_TEST(a_rule_about_a_whole_formula_is_found)
{
    int64_t patient = test_patient_new(&c, k), id;
    struct prescription_draft draft = test_draft(&c, patient, "Xiao Chai Hu Tang", NULL, 0);

    add(patient, PROFILE_MEDICINES, "interferon alfa");
    ck_assert_msg(prescription_create(&c, k, &draft, &id) == ST_OK, "%s", fault_text(&c));
    ck_assert_ptr_nonnull(find(id, "formula_drug", "interferon alfa"));
}
END_TEST

struct rival {
    int64_t screening, finding_no;
    enum status status;
};

static void *answer_it(void *arg)
{
    struct rival *rival = arg;
    const struct screening_answer one = { rival->finding_no, "short_course", "" };
    struct ctx own;

    database_open_test(&own, DATABASE, TEST_APP);
    act_as(&own, "dr.silva");
    rival->status = screening_answer(&own, rival->screening, &one, 1);
    ctx_close(&own);
    return NULL;
}

/* Two people answer two findings at the same moment: both count, numbered without a gap. */
START_TEST(answers_at_once_leave_no_gap)
{
    enum { RIVALS = 4 };
    int64_t patient = test_patient_new(&c, k), id;
    struct rival rivals[RIVALS];
    pthread_t threads[RIVALS];
    struct screening_record record;

    for (int i = 0; i < RIVALS; i++)
        add(patient, PROFILE_MEDICINES, SQL("Xyzzyzol %d", i));
    id = prescribe(patient, "huang_qi", 12000);
    record = latest(id);
    ck_assert_int_eq(record.critical_count, RIVALS);
    for (int i = 0; i < RIVALS; i++) {
        rivals[i] = (struct rival){ .screening = record.id, .finding_no = i + 1 };
        ck_assert_int_eq(pthread_create(&threads[i], NULL, answer_it, &rivals[i]), 0);
    }
    for (int i = 0; i < RIVALS; i++) {
        pthread_join(threads[i], NULL);
        ck_assert_int_eq(rivals[i].status, ST_OK);
    }
    ck_assert_int_eq(latest(id).answered_count, RIVALS);
    ck_assert_msg(prescription_sign(&c, k, id, 1) == ST_OK, "%s", fault_text(&c));
}
END_TEST

START_TEST(a_preview_finds_the_same_and_stores_nothing)
{
    int64_t patient, id = risky(&patient), before = sql_number(&c, "SELECT count(*) FROM screenings");
    struct prescription_draft draft = test_draft(&c, patient, NULL, NULL, 0);
    struct stored_finding *findings, *stored;
    struct prescription built;
    size_t n, stored_count;

    draft.herbs = risky_herbs;
    draft.herb_count = 2;
    ck_assert_int_eq(prescription_build(&c, k, &draft, &built), ST_OK);
    ck_assert_int_eq(screening_try(&c, k, &built, &findings, &n), ST_OK);
    stored = findings_of(id, &stored_count);
    ck_assert_uint_eq(n, stored_count);
    for (size_t i = 0; i < n; i++)
        ck_assert_str_eq(findings[i].rule_id, stored[i].rule_id);
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM screenings"), before);
}
END_TEST

SUITE(screening_store)
{
    Suite *suite = suite_create("screening_store");
    TCase *tests = tcase_create("laws");

    tcase_add_unchecked_fixture(tests, make, NULL);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, saving_screens_and_freezes_the_texts);
    tcase_add_test(tests, signing_is_refused_and_names_both_sides);
    tcase_add_test(tests, sql_cannot_sign_either);
    tcase_add_test(tests, an_answer_is_a_known_reason_with_its_note);
    tcase_add_test(tests, one_bad_answer_stores_none);
    tcase_add_test(tests, answered_it_is_signed_once);
    tcase_add_test(tests, roles_decide_who_answers_reads_and_signs);
    tcase_add_test(tests, a_pharmacist_reads_every_answer_once);
    tcase_add_test(tests, signing_screens_again_when_the_patient_changed);
    tcase_add_test(tests, an_answer_is_carried_to_the_same_finding_and_says_so);
    tcase_add_test(tests, an_answer_is_not_carried_to_another_dose);
    tcase_add_test(tests, an_old_screening_is_not_answered_any_more);
    tcase_add_test(tests, an_old_version_is_not_signed);
    tcase_add_test(tests, medicines_nobody_asked_about_are_a_finding);
    tcase_add_test(tests, what_cannot_be_checked_is_never_dropped);
    tcase_add_test(tests, conditions_allergies_and_age_are_screened);
    tcase_add_test(tests, a_rule_about_a_whole_formula_is_found);
    tcase_add_test(tests, answers_at_once_leave_no_gap);
    tcase_add_test(tests, a_preview_finds_the_same_and_stores_nothing);
    suite_add_tcase(suite, tests);
    return suite;
}
