/* Screening cannot be skipped (PRODUCT law 6): who answers, what is carried along, and that neither code nor SQL gets a signature
   past an unanswered critical finding. */
#include <string.h>

#include "core/patient.h"
#include "core/screening.h"
#include "support/crowd.h"
#include "support/prescribe.h"
#include "support/scene.h"

#define DATABASE "test_signing"

SCENE_WITH_RULES("dr.wu")

static enum status answer(int64_t id, int64_t finding_no, const char *reason, const char *note)
{
    const struct screening_answer one = { finding_no, reason, note };

    return screening_answer(&c, test_latest(&c, id).id, &one, 1);
}

START_TEST(signing_is_refused_and_names_both_sides)
{
    int64_t patient, id = test_risky(&c, k, &patient);

    ck_assert_int_eq(prescription_sign(&c, k, id, 1), ST_UNSAFE);
    ck_assert_msg(test_fault_says(&c, "finding 1", "Dān Shēn 丹参 × warfarin"), "%s of %s", fault_text(&c),
                  c.fault.items[0].value);
}
END_TEST

/* The service's own rights do not suffice to sign by hand: the row refers to an answer that is not there. */
START_TEST(sql_cannot_sign_either)
{
    int64_t patient, id = test_risky(&c, k, &patient);
    struct screening_record record = test_latest(&c, id);

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
    int64_t patient, id = test_risky(&c, k, &patient);
    size_t n;

    test_findings(&c, id, &n);
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
    int64_t patient, id = test_risky(&c, k, &patient);
    const struct screening_answer two[] = { { 1, "short_course", "" }, { 1, "short_course", "" } };

    ck_assert_int_eq(screening_answer(&c, test_latest(&c, id).id, two, 2), ST_CONFLICT);
    ck_assert_int_eq(test_latest(&c, id).answered_count, 0);
}
END_TEST

START_TEST(answered_it_is_signed_once)
{
    int64_t patient, id = test_risky(&c, k, &patient);
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
    int64_t patient, id = test_risky(&c, k, &patient), count;

    c.who.roles = ROLE_STAFF;
    ck_assert_int_eq(answer(id, 1, "short_course", ""), ST_DENIED);
    ctx_forgive(&c);
    ck_assert_int_eq(prescription_sign(&c, k, id, 1), ST_DENIED);
    ctx_forgive(&c);
    c.who.roles = ROLE_PRACTITIONER;
    ck_assert_int_eq(screening_acknowledge(&c, test_latest(&c, id).id, &count), ST_DENIED);
}
END_TEST

START_TEST(a_pharmacist_reads_every_answer_once)
{
    int64_t patient, id = test_risky(&c, k, &patient), count;
    size_t given = test_answer_all(&c, id, 1);

    ck_assert_int_eq(screening_require_answers(&c, test_latest(&c, id).id, true), ST_UNSAFE);
    ck_assert(test_fault_says(&c, "finding 1", "not read by a pharmacist"));
    ctx_forgive(&c);
    act_as(&c, "mei.lin");
    ck_assert_int_eq(screening_acknowledge(&c, test_latest(&c, id).id, &count), ST_OK);
    ck_assert_int_eq(count, (int64_t)given);
    ck_assert_int_eq(screening_acknowledge(&c, test_latest(&c, id).id, &count), ST_OK);
    ck_assert_int_eq(count, 0);
    ck_assert_int_eq(screening_require_answers(&c, test_latest(&c, id).id, true), ST_OK);
}
END_TEST

START_TEST(signing_screens_again_when_the_patient_changed)
{
    int64_t patient, id = test_risky(&c, k, &patient), screening;

    test_answer_all(&c, id, 1);
    test_add(&c, k, patient, PROFILE_MEDICINES, "Xyzzyzol forte");
    ck_assert(!test_latest(&c, id).current);
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
    int64_t patient, id = test_risky(&c, k, &patient), first = test_latest(&c, id).id, screening;
    const struct stored_finding *f;

    test_answer_all(&c, id, 1);
    test_add(&c, k, patient, PROFILE_CONDITIONS, "gout");
    act_as(&c, "dr.silva");
    ck_assert_int_eq(screening_make(&c, k, id, 1, &screening), ST_OK);
    f = test_finding(&c, id, "herb_drug", "Coumadin");
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
    int64_t patient, id = test_risky(&c, k, &patient), version;
    struct prescription_draft draft = test_draft(&c, patient, NULL, "dan_shen", 15000);

    test_answer_all(&c, id, 1);
    ck_assert_int_eq(prescription_change(&c, k, id, 1, &draft, &version), ST_OK);
    ck_assert_int_eq(test_latest(&c, id).answered_count, test_latest(&c, id).critical_count);
    draft = test_draft(&c, patient, NULL, "dan_shen", 30000);
    ck_assert_int_eq(prescription_change(&c, k, id, 2, &draft, &version), ST_OK);
    ck_assert_int_eq(test_latest(&c, id).answered_count, 0);
    ck_assert_int_eq(prescription_sign(&c, k, id, 3), ST_UNSAFE);
}
END_TEST

START_TEST(an_old_screening_is_not_answered_any_more)
{
    const struct screening_answer one = { 1, "short_course", "" };
    int64_t patient, id = test_risky(&c, k, &patient), first = test_latest(&c, id).id, screening;

    ck_assert_int_eq(screening_make(&c, k, id, 1, &screening), ST_OK);
    ck_assert_int_eq(screening_answer(&c, first, &one, 1), ST_STALE);
}
END_TEST

START_TEST(an_old_version_is_not_signed)
{
    int64_t patient = test_patient_new(&c, k), id = test_prescribe(&c, k, patient, "huang_qi", 12000),
            version;
    struct prescription_draft draft = test_draft(&c, patient, NULL, "huang_qi", 15000);

    ck_assert_int_eq(prescription_change(&c, k, id, 1, &draft, &version), ST_OK);
    ck_assert_int_eq(prescription_sign(&c, k, id, 1), ST_STALE);
}
END_TEST

static enum status answer_it(struct ctx *own, struct person_at_work *rival)
{
    const struct screening_answer one = { rival->other, "short_course", "" };

    return screening_answer(own, rival->id, &one, 1);
}

/* Two people answer two findings at the same moment: both count, numbered without a gap. */
START_TEST(answers_at_once_leave_no_gap)
{
    enum { RIVALS = 4 };
    int64_t patient = test_patient_new(&c, k), id;
    struct person_at_work rivals[RIVALS];
    struct screening_record record;

    for (int i = 0; i < RIVALS; i++)
        test_add(&c, k, patient, PROFILE_MEDICINES, SQL("Xyzzyzol %d", i));
    id = test_prescribe(&c, k, patient, "huang_qi", 12000);
    record = test_latest(&c, id);
    ck_assert_int_eq(record.critical_count, RIVALS);
    for (int i = 0; i < RIVALS; i++)
        rivals[i] = (struct person_at_work){ "dr.silva", answer_it, .id = record.id, .other = i + 1 };
    ck_assert_uint_eq(crowd_run(DATABASE, rivals, RIVALS), RIVALS);
    ck_assert_int_eq(test_latest(&c, id).answered_count, RIVALS);
    ck_assert_msg(prescription_sign(&c, k, id, 1) == ST_OK, "%s", fault_text(&c));
}
END_TEST

SUITE(signing)
{
    return suite_of("signing", 60, make, setup, scene_close,
                    TESTS(signing_is_refused_and_names_both_sides, sql_cannot_sign_either,
                          an_answer_is_a_known_reason_with_its_note, one_bad_answer_stores_none,
                          answered_it_is_signed_once, roles_decide_who_answers_reads_and_signs,
                          a_pharmacist_reads_every_answer_once,
                          signing_screens_again_when_the_patient_changed,
                          an_answer_is_carried_to_the_same_finding_and_says_so,
                          an_answer_is_not_carried_to_another_dose, an_old_screening_is_not_answered_any_more,
                          an_old_version_is_not_signed, answers_at_once_leave_no_gap));
}
