/* What a screening finds and stores: every part of a profile is screened or said to be unchecked, and the texts are frozen. */
#include <string.h>

#include "core/patient.h"
#include "core/screening.h"
#include "support/prescribe.h"
#include "support/scene.h"
#include "support/stage.h"

#define DATABASE "test_screening_store"

SCENE_WITH_RULES("dr.wu")

START_TEST(saving_screens_and_freezes_the_texts)
{
    int64_t patient, id = test_risky(&c, k, &patient);
    const struct stored_finding *f = test_finding(&c, id, "herb_drug", "Coumadin");
    struct screening_record record = test_latest(&c, id);

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

START_TEST(medicines_nobody_asked_about_are_a_finding)
{
    int64_t id = test_prescribe(&c, k, test_patient(&c, "D-0001"), "huang_qi", 12000), n = 0;
    size_t count;
    struct stored_finding *findings = test_findings(&c, id, &count);

    for (size_t i = 0; i < count; i++)
        n += strcmp(findings[i].kind, "medicines_not_asked") == 0 && findings[i].critical_no >= 1;
    ck_assert_int_eq(n, 1);
    ck_assert_int_eq(prescription_sign(&c, k, id, 1), ST_UNSAFE);
}
END_TEST

START_TEST(what_cannot_be_checked_is_never_dropped)
{
    int64_t patient = test_patient_new(&c, k), id;

    test_add(&c, k, patient, PROFILE_MEDICINES, "Xyzzyzol forte");
    test_add(&c, k, patient, PROFILE_CONDITIONS, "blue nose");
    test_add(&c, k, patient, PROFILE_ALLERGIES, "moon dust");
    id = test_prescribe(&c, k, patient, "huang_qi", 12000);
    ck_assert_ptr_nonnull(test_finding(&c, id, "not_checked", "Xyzzyzol forte"));
    ck_assert_int_ge(test_finding(&c, id, "not_checked", "Xyzzyzol forte")->critical_no, 1);
    ck_assert_ptr_nonnull(test_finding(&c, id, "not_checked", "blue nose"));
    ck_assert_ptr_nonnull(test_finding(&c, id, "not_checked", "moon dust"));
    ck_assert_int_eq(prescription_sign(&c, k, id, 1), ST_UNSAFE);
}
END_TEST

START_TEST(conditions_allergies_and_age_are_screened)
{
    int64_t patient = test_patient_new(&c, k), id;

    test_add(&c, k, patient, PROFILE_CONDITIONS, "pregnant");
    test_add(&c, k, patient, PROFILE_ALLERGIES, "Dang Gui");
    id = test_prescribe(&c, k, patient, "dang_gui", 9000);
    ck_assert_ptr_nonnull(test_finding(&c, id, "allergy", "Dang Gui"));
    ck_assert(test_finding(&c, id, "pregnancy", "pregnant") != NULL ||
              test_finding(&c, id, "herb_condition", "pregnant") != NULL);
    id = test_prescribe(&c, k, test_patient(&c, "D-0003"), "zhi_gan_cao", 9000);
    ck_assert_ptr_nonnull(test_finding(&c, id, "herb_condition", "age 67"));
}
END_TEST

static int64_t line_of(int64_t patient, enum profile_part part, const char *typed)
{
    struct profile_row *rows;
    size_t n;

    ck_assert_int_eq(patient_profile(&c, patient, part, &rows, &n), ST_OK);
    for (size_t i = 0; i < n; i++)
        if (strcmp(rows[i].typed, typed) == 0)
            return rows[i].id;
    ck_abort_msg("%s is not in the profile", typed);
}

/* What common names of allergies cross to, as in the quick check. */
START_TEST(a_common_allergy_meets_what_it_crosses_to)
{
    int64_t patient = test_patient_new(&c, k), id;

    test_add(&c, k, patient, PROFILE_ALLERGIES, "shellfish");
    test_add(&c, k, patient, PROFILE_ALLERGIES, "ragweed");
    id = test_prescribe(&c, k, patient, "mu_li", 15000);
    ck_assert_ptr_nonnull(test_finding(&c, id, "allergy", "shellfish"));
    ck_assert_ptr_null(test_finding(&c, id, "not_checked", "shellfish"));
    id = test_prescribe(&c, k, patient, "ju_hua", 9000);
    ck_assert_ptr_nonnull(test_finding(&c, id, "allergy", "ragweed"));
}
END_TEST

/* Warfarin acts for days after the last tablet, St John's wort for two weeks; then they are gone. */
START_TEST(what_was_stopped_lately_still_counts)
{
    int64_t patient = test_patient_new(&c, k), id, version;

    test_add(&c, k, patient, PROFILE_MEDICINES, "Coumadin");
    test_add(&c, k, patient, PROFILE_MEDICINES, "St John's wort");
    ck_assert_int_eq(patient_end(&c, patient, PROFILE_MEDICINES,
                                 line_of(patient, PROFILE_MEDICINES, "Coumadin"), &version),
                     ST_OK);
    ck_assert_int_eq(patient_last_taken(&c, patient, line_of(patient, PROFILE_MEDICINES, "St John's wort"),
                                        test_day(&c, -12), &version),
                     ST_OK);
    id = test_prescribe(&c, k, patient, "dan_shen", 10000);
    ck_assert_ptr_nonnull(test_finding(&c, id, "herb_drug", "Coumadin"));
    ck_assert_ptr_nonnull(
        strstr(test_finding(&c, id, "herb_drug", "Coumadin")->detail, "after the last dose"));
    ck_assert_int_eq(patient_last_taken(&c, patient, line_of(patient, PROFILE_MEDICINES, "Coumadin"),
                                        test_day(&c, -30), &version),
                     ST_OK);
    id = test_prescribe(&c, k, patient, "dan_shen", 10000);
    ck_assert_ptr_null(test_finding(&c, id, "herb_drug", "Coumadin"));
    test_add(&c, k, patient, PROFILE_MEDICINES, "warfarin");
    id = test_prescribe(&c, k, patient, "chen_pi", 5000);
    ck_assert_ptr_nonnull(test_finding(&c, id, "herb_drug", "warfarin"));
    ck_assert_int_eq(patient_last_taken(&c, patient, line_of(patient, PROFILE_MEDICINES, "St John's wort"),
                                        test_day(&c, -90), &version),
                     ST_OK);
    id = test_prescribe(&c, k, patient, "chen_pi", 5000);
    ck_assert_ptr_null(test_finding(&c, id, "herb_drug", "warfarin"));
}
END_TEST

/* "stopped 3 days ago" was said on the day it was written down. */
START_TEST(days_ago_are_counted_from_the_day_it_was_said)
{
    int64_t patient = test_patient_new(&c, k), id;
    char *sql;

    test_add(&c, k, patient, PROFILE_MEDICINES, "warfarin (stopped 3 days ago)");
    id = test_prescribe(&c, k, patient, "dan_shen", 10000);
    ck_assert_ptr_nonnull(test_finding(&c, id, "herb_drug", "warfarin"));
    sql = arena_printf(&c.arena,
                       "UPDATE patient_medicines SET noted_at = now() - interval '30 days'"
                       " WHERE patient_id = %lld",
                       (long long)patient);
    stage_fate(&c, DATABASE, sql);
    id = test_prescribe(&c, k, patient, "dan_shen", 10000);
    ck_assert_ptr_null(test_finding(&c, id, "herb_drug", "warfarin"));
}
END_TEST

/* An answer given while a medicine was taken holds while its effect lasts: the finding is the same one. */
START_TEST(an_answer_outlives_the_last_dose)
{
    int64_t patient = test_patient_new(&c, k), id, version, screening;

    test_add(&c, k, patient, PROFILE_MEDICINES, "warfarin");
    id = test_prescribe(&c, k, patient, "dan_shen", 10000);
    ck_assert_uint_ge(test_answer_all(&c, id, 1), 1);
    ck_assert_int_eq(patient_last_taken(&c, patient, line_of(patient, PROFILE_MEDICINES, "warfarin"),
                                        test_day(&c, -1), &version),
                     ST_OK);
    ck_assert_int_eq(screening_make(&c, k, id, 1, &screening), ST_OK);
    ck_assert_ptr_nonnull(test_finding(&c, id, "herb_drug", "warfarin"));
    ck_assert_int_eq(test_latest(&c, id).answered_count, test_latest(&c, id).critical_count);
    ck_assert_int_ge(test_latest(&c, id).critical_count, 1);
}
END_TEST

/* What must be stopped before an operation; the next one counts, one that was called off does not. */
START_TEST(a_planned_operation_is_screened)
{
    int64_t patient = test_patient_new(&c, k), id, version;
    struct profile_line lines[] = { { .typed = "hip replacement", .since = test_day(&c, 300) },
                                    { .typed = "tooth extraction", .since = test_day(&c, 9) } };

    ck_assert_msg(patient_add(&c, k, patient, PROFILE_OPERATIONS, lines, 2, false, &version) == ST_OK, "%s",
                  fault_text(&c));
    id = test_prescribe(&c, k, patient, "dan_shen", 10000);
    ck_assert_ptr_nonnull(test_finding(&c, id, "herb_condition", "surgery in 9 days"));
    ck_assert_int_eq(patient_end(&c, patient, PROFILE_OPERATIONS,
                                 line_of(patient, PROFILE_OPERATIONS, "tooth extraction"), &version),
                     ST_OK);
    id = test_prescribe(&c, k, patient, "dan_shen", 10000);
    ck_assert_ptr_null(test_finding(&c, id, "herb_condition", "surgery in 9 days"));
    ck_assert_int_eq(patient_add(&c, k, patient, PROFILE_OPERATIONS, lines, 1, false, &version), ST_CONFLICT);
    ctx_forgive(&c);
    lines[0].since = test_day(&c, -2);
    ck_assert_int_eq(patient_add(&c, k, patient, PROFILE_OPERATIONS, lines, 1, false, &version), ST_INVALID);
    ck_assert(test_fault_says(&c, "operations[0]", "is past"));
}
END_TEST

/* A herb the patient takes on her own account meets her medicines and the prescription alike. */
START_TEST(a_herb_among_the_medicines_is_screened_too)
{
    int64_t patient = test_patient_new(&c, k), id;

    test_add(&c, k, patient, PROFILE_MEDICINES, "Coumadin");
    test_add(&c, k, patient, PROFILE_MEDICINES, "Dong Quai");
    id = test_prescribe(&c, k, patient, "huang_qi", 9000);
    ck_assert_ptr_null(test_finding(&c, id, "not_checked", "Dong Quai"));
    ck_assert_str_eq(test_finding(&c, id, "herb_drug", "Coumadin")->subject_id, "dang_gui");
}
END_TEST

START_TEST(a_rule_about_a_whole_formula_is_found)
{
    int64_t patient = test_patient_new(&c, k), id;
    struct prescription_draft draft = test_draft(&c, patient, "Xiao Chai Hu Tang", NULL, 0);

    test_add(&c, k, patient, PROFILE_MEDICINES, "interferon alfa");
    ck_assert_msg(prescription_create(&c, k, &draft, &id) == ST_OK, "%s", fault_text(&c));
    ck_assert_ptr_nonnull(test_finding(&c, id, "formula_drug", "interferon alfa"));
}
END_TEST

START_TEST(a_preview_finds_the_same_and_stores_nothing)
{
    int64_t patient, id = test_risky(&c, k, &patient),
                     before = sql_number(&c, "SELECT count(*) FROM screenings");
    struct prescription_draft draft = test_draft(&c, patient, NULL, NULL, 0);
    struct stored_finding *findings, *stored;
    struct prescription built;
    size_t n, stored_count;

    draft.herbs = test_risky_herbs;
    draft.herb_count = 2;
    ck_assert_int_eq(prescription_build(&c, k, &draft, &built), ST_OK);
    ck_assert_int_eq(screening_try(&c, k, &built, &findings, &n), ST_OK);
    stored = test_findings(&c, id, &stored_count);
    ck_assert_uint_eq(n, stored_count);
    for (size_t i = 0; i < n; i++)
        ck_assert_str_eq(findings[i].rule_id, stored[i].rule_id);
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM screenings"), before);
}
END_TEST

SUITE(screening_store)
{
    return suite_of("screening_store", 60, make, setup, scene_close,
                    TESTS(saving_screens_and_freezes_the_texts, medicines_nobody_asked_about_are_a_finding,
                          what_cannot_be_checked_is_never_dropped, conditions_allergies_and_age_are_screened,
                          a_common_allergy_meets_what_it_crosses_to, what_was_stopped_lately_still_counts,
                          days_ago_are_counted_from_the_day_it_was_said, an_answer_outlives_the_last_dose,
                          a_planned_operation_is_screened, a_herb_among_the_medicines_is_screened_too,
                          a_rule_about_a_whole_formula_is_found,
                          a_preview_finds_the_same_and_stores_nothing));
}
