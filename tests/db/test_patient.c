/* Patients: nothing said is lost, every change raises the profile's version, and shops do not see each other's. */
#include <string.h>

#include "core/patient.h"
#include "support/prescribe.h"
#include "support/scene.h"

#define DATABASE "test_patient"

SCENE_WITH_RULES("dr.wu")

static int64_t version_of(int64_t id)
{
    struct patient patient;

    ck_assert_int_eq(patient_get(&c, id, &patient), ST_OK);
    return patient.profile_version;
}

static enum status add(int64_t id, enum profile_part part, const char *typed)
{
    struct profile_line line = { .typed = typed, .since = DATE_NONE };
    int64_t version;

    return patient_add(&c, k, id, part, &line, 1, false, &version);
}

START_TEST(a_patient_without_a_code_gets_the_next_one)
{
    const struct patient_new patient = { .family_name = "Nowak", .born_on = DATE_NONE };
    struct patient first, second;
    int64_t id;

    ck_assert_int_eq(patient_create(&c, &patient, &id), ST_OK);
    ck_assert_int_eq(patient_get(&c, id, &first), ST_OK);
    ck_assert_int_eq(patient_create(&c, &patient, &id), ST_OK);
    ck_assert_int_eq(patient_get(&c, id, &second), ST_OK);
    ck_assert_msg(strncmp(first.code, "P-0", 3) == 0, "%s", first.code);
    ck_assert_str_ne(first.code, second.code);
    ck_assert_int_eq(patient_find(&c, second.code, &id), ST_OK);
    ck_assert_int_eq(id, second.id);
}
END_TEST

START_TEST(a_code_that_is_taken_is_refused)
{
    const struct patient_new patient = { .code = "D-0001", .family_name = "Nowak", .born_on = DATE_NONE };
    int64_t id;

    ck_assert_int_eq(patient_create(&c, &patient, &id), ST_CONFLICT);
    ck_assert(test_fault_says(&c, "code", "another patient"));
}
END_TEST

START_TEST(every_bad_field_is_named_at_once)
{
    const struct patient_new patient = {
        .family_name = " ",
        .sex = "f",
        .language = "klingon",
        .weight = { 5 },
        .born_on = date_from(2190, 1, 1),
    };
    int64_t id;

    ck_assert_int_eq(patient_create(&c, &patient, &id), ST_INVALID);
    ck_assert(test_fault_says(&c, "born_on", "future"));
    ck_assert(test_fault_says(&c, "family_name", "must be given"));
    ck_assert(test_fault_says(&c, "sex", "f"));
    ck_assert(test_fault_says(&c, "language", "klingon"));
    ck_assert(test_fault_says(&c, "weight_mg", "100 g"));
}
END_TEST

START_TEST(a_brand_is_understood_and_an_unknown_name_is_kept)
{
    int64_t id = test_patient_new(&c, k);
    struct profile_row *rows;
    size_t n;

    ck_assert_int_eq(add(id, PROFILE_MEDICINES, "Coumadin"), ST_OK);
    ck_assert_int_eq(add(id, PROFILE_MEDICINES, "Xyzzyzol forte"), ST_OK);
    ck_assert_int_eq(patient_profile(&c, id, PROFILE_MEDICINES, &rows, &n), ST_OK);
    ck_assert_uint_eq(n, 2);
    ck_assert_str_eq(rows[0].typed, "Coumadin");
    ck_assert_str_eq(rows[0].ref_id, "warfarin");
    ck_assert_str_eq(rows[1].typed, "Xyzzyzol forte");
    ck_assert_str_eq(rows[1].ref_id, "");
}
END_TEST

START_TEST(an_id_that_is_chosen_must_exist)
{
    const struct profile_line line = { .typed = "the blue pill", .id = "no_such_drug", .since = DATE_NONE };
    int64_t id = test_patient_new(&c, k), version;

    ck_assert_int_eq(patient_add(&c, k, id, PROFILE_MEDICINES, &line, 1, false, &version), ST_INVALID);
    ck_assert(test_fault_says(&c, "medicines[0]", "no_such_drug"));
}
END_TEST

START_TEST(every_change_raises_the_version)
{
    int64_t id = test_patient_new(&c, k), before = version_of(id), version;
    struct profile_row *rows;
    size_t n;

    ck_assert_int_eq(add(id, PROFILE_MEDICINES, "warfarin"), ST_OK);
    ck_assert_int_eq(version_of(id), before + 1);
    ck_assert_int_eq(add(id, PROFILE_CONDITIONS, "pregnant"), ST_OK);
    ck_assert_int_eq(version_of(id), before + 2);
    ck_assert_int_eq(add(id, PROFILE_ALLERGIES, "Dang Gui"), ST_OK);
    ck_assert_int_eq(version_of(id), before + 3);
    ck_assert_int_eq(patient_profile(&c, id, PROFILE_MEDICINES, &rows, &n), ST_OK);
    ck_assert_int_eq(patient_end(&c, id, PROFILE_MEDICINES, rows[0].id, &version), ST_OK);
    ck_assert_int_eq(version, before + 4);
    ck_assert_int_eq(patient_profile(&c, id, PROFILE_MEDICINES, &rows, &n), ST_OK);
    ck_assert_uint_eq(n, 1); /* stopped today: it may still act */
    ck_assert(!date_is_none(rows[0].stopped_on));
    ck_assert_int_eq(patient_end(&c, id, PROFILE_MEDICINES, 1, &version), ST_NOT_FOUND);
    ctx_forgive(&c);
    ck_assert_int_eq(version_of(id), before + 4);
    ck_assert_int_eq(patient_last_taken(&c, id, rows[0].id, date_plus_days(rows[0].stopped_on, 2), &version),
                     ST_INVALID);
    ck_assert(test_fault_says(&c, "last_taken_on", "up to today"));
    ctx_forgive(&c);
    ck_assert_int_eq(patient_last_taken(&c, id, rows[0].id, date_plus_days(rows[0].stopped_on, -4), &version),
                     ST_OK);
    ck_assert_int_eq(version, before + 5);
    ck_assert_int_eq(patient_last_taken(&c, id, 1, rows[0].stopped_on, &version), ST_NOT_FOUND);
    ctx_forgive(&c);
    ck_assert_int_eq(add(id, PROFILE_MEDICINES, "warfarin"), ST_OK); /* again */
}
END_TEST

START_TEST(asked_and_takes_nothing_is_not_the_same_as_never_asked)
{
    const struct patient_new new = { .family_name = "Nowak", .born_on = DATE_NONE };
    struct patient patient;
    int64_t id, version;

    ck_assert_int_eq(patient_create(&c, &new, &id), ST_OK);
    ck_assert_int_eq(patient_get(&c, id, &patient), ST_OK);
    ck_assert(!patient.medicines_asked);
    ck_assert_int_eq(patient_add(&c, k, id, PROFILE_MEDICINES, NULL, 0, false, &version), ST_INVALID);
    ctx_forgive(&c);
    ck_assert_int_eq(patient_add(&c, k, id, PROFILE_MEDICINES, NULL, 0, true, &version), ST_OK);
    ck_assert_int_eq(patient_get(&c, id, &patient), ST_OK);
    ck_assert(patient.medicines_asked);
}
END_TEST

START_TEST(the_same_medicine_twice_is_refused_and_nothing_is_added)
{
    const struct profile_line lines[] = {
        { .typed = "metformin", .since = DATE_NONE },
        { .typed = "Coumadin", .since = DATE_NONE },
        { .typed = "warfarin", .since = DATE_NONE },
    };
    int64_t id = test_patient_new(&c, k), before = version_of(id), version;
    struct profile_row *rows;
    size_t n;

    ck_assert_int_eq(patient_add(&c, k, id, PROFILE_MEDICINES, lines, 3, false, &version), ST_CONFLICT);
    ck_assert(test_fault_says(&c, "medicines[2]", "warfarin"));
    ck_assert_int_eq(patient_profile(&c, id, PROFILE_MEDICINES, &rows, &n), ST_OK);
    ck_assert_uint_eq(n, 0);
    ck_assert_int_eq(version_of(id), before);
}
END_TEST

START_TEST(a_stale_update_is_told_both_versions)
{
    const struct patient_new new = { .family_name = "Renamed", .born_on = DATE_NONE };
    int64_t id = test_patient_new(&c, k), seen = version_of(id), version;

    ck_assert_int_eq(add(id, PROFILE_CONDITIONS, "gout"), ST_OK);
    ck_assert_int_eq(patient_update(&c, id, seen, &new, &version), ST_STALE);
    ck_assert(test_fault_says(&c, "seen_version",
                              arena_printf(&c.arena, "version %lld is the newest", (long long)seen + 1)));
    ctx_forgive(&c);
    ck_assert_int_eq(patient_update(&c, id, seen + 1, &new, &version), ST_OK);
    ck_assert_int_eq(version, seen + 2);
}
END_TEST

START_TEST(another_shop_sees_nobody)
{
    int64_t id = test_patient(&c, "D-0003"), other, version;
    struct patient patient;
    struct ctx owner;

    database_open_test(&owner, DATABASE, TEST_OWNER);
    sql_must(&owner, "INSERT INTO shops (slug, name) VALUES ('other', 'Other') ON CONFLICT DO NOTHING");
    other = sql_number(&owner, "SELECT id FROM shops WHERE slug = 'other'");
    ctx_close(&owner);
    c.who.shop_id = other;
    ck_assert_int_eq(patient_get(&c, id, &patient), ST_NOT_FOUND);
    ctx_forgive(&c);
    ck_assert_int_eq(patient_find(&c, "D-0003", &id), ST_NOT_FOUND);
    ctx_forgive(&c);
    ck_assert_int_eq(patient_add(&c, k, id, PROFILE_MEDICINES, NULL, 0, true, &version), ST_NOT_FOUND);
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM patients"), 0);
}
END_TEST

START_TEST(only_those_who_see_patients_may_change_them)
{
    const struct patient_new patient = { .family_name = "Nowak", .born_on = DATE_NONE };
    int64_t id;

    c.who.roles = ROLE_CURATOR;
    ck_assert_int_eq(patient_create(&c, &patient, &id), ST_DENIED);
}
END_TEST

SUITE(patient)
{
    return suite_of("patient", 60, make, setup, scene_close,
                    TESTS(a_patient_without_a_code_gets_the_next_one, a_code_that_is_taken_is_refused,
                          every_bad_field_is_named_at_once, a_brand_is_understood_and_an_unknown_name_is_kept,
                          an_id_that_is_chosen_must_exist, every_change_raises_the_version,
                          asked_and_takes_nothing_is_not_the_same_as_never_asked,
                          the_same_medicine_twice_is_refused_and_nothing_is_added,
                          a_stale_update_is_told_both_versions, another_shop_sees_nobody,
                          only_those_who_see_patients_may_change_them));
}
