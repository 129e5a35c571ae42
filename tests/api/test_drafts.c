/* Drafts in their dosage form and substitutes over HTTP: what they answer, and what bad input gets. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "support/desk.h"

#define DATABASE "api_drafts"
#define PRESCRIPTIONS "/api/v1/prescriptions"
#define TEXT_OF(...) arena_printf(&c.arena, __VA_ARGS__)

static const char *practitioner, *pharmacist;

DESK({ &practitioner, "dr.wu" }, { &pharmacist, "mei.lin" })

static struct answer send_as(const char *cookie, const char *path, const char *body)
{
    return desk_send(cookie, "POST", path, body);
}

static struct answer send(const char *path, const char *body)
{
    return send_as(practitioner, path, body);
}

static struct answer get(const char *path)
{
    return ask(&c, &(struct ask){ .path = path, .cookie = practitioner });
}

static void has(const struct answer *answer, const char *part)
{
    ck_assert_msg(strstr(answer->body, part) != NULL, "no %s in %d %s", part, answer->status, answer->body);
}

static const char *patient_new(void)
{
    struct answer made = send("/api/v1/patients", "{\"family_name\":\"Pi\",\"born_on\":\"1980-02-29\"}");

    ck_assert_int_eq(made.status, 201);
    return answer_member(&c, &made, "id");
}

static struct answer preview(const char *patient, const char *members)
{
    return ask(&c, &(struct ask){ .path = PRESCRIPTIONS "/preview",
                                  .body = TEXT_OF("{\"patient_id\":%s,\"days\":7,%s}", patient, members),
                                  .cookie = practitioner });
}

/* 6 g twice a day for 7 days is 84 g of granules; 500 mg capsules; and what cannot be is refused by its field. */
START_TEST(a_preview_says_what_it_comes_to_in_the_form)
{
    const char *patient = patient_new();
    struct answer answer = preview(patient, "\"dosage_form\":\"granule\",\"dose_mg\":6000,\"formulas\":"
                                            "[{\"formula\":\"Si Jun Zi Tang\"}]");

    has(&answer, "\"form\":{\"total_mg\":84000");
    has(&answer, "\"packets\":{\"count\":14,\"lightest_mg\":6000,\"heaviest_mg\":6000");
    has(&answer, "\"ratio_from\":\"item\"");
    answer = preview(patient, "\"dosage_form\":\"capsule\",\"unit_mg\":500,\"overage_permille\":30,"
                              "\"herbs\":[{\"herb\":\"huang qi\",\"mg\":12000}]");
    has(&answer, "\"units\":{\"count\":168,\"unit_mg\":500,\"content_mg\":500");
    has(&answer, "\"weighed_mg\":86520");
    has(&answer, "\"price\":{\"complete\":true,\"missing_count\":0,\"herbs_cents\":");
    has(&answer, "\"price_note\":\"own price\"");
    answer = preview(patient, "\"dosage_form\":\"granule\",\"customer_group\":\"nobody\","
                              "\"herbs\":[{\"herb\":\"wu zhu yu\",\"mg\":3000}]");
    ck_assert_int_eq(answer.status, 404);
    has(&answer, "\"field\":\"customer_group\"");
    answer = preview(patient, "\"dosage_form\":\"granule\",\"herbs\":[{\"herb\":\"wu zhu yu\",\"mg\":3000}]");
    has(&answer, "\"missing\":\"the shop keeps none in this form\",\"missing_reason\":\"not_kept\"");
    answer = preview(patient, "\"dosage_form\":\"capsule\",\"packets\":10000,\"unit_mg\":20001,"
                              "\"herbs\":[{\"herb\":\"huang qi\",\"mg\":0}]");
    ck_assert_int_eq(answer.status, 422);
    has(&answer, "\"field\":\"packets\"");
    has(&answer, "\"field\":\"herbs[0].mg\"");
    answer = preview(patient, "\"dosage_form\":\"capsule\",\"unit_mg\":20001,\"herbs\":[{\"herb\":\"huang "
                              "qi\",\"mg\":9000}]");
    has(&answer, "\"field\":\"unit_mg\"");
    answer = preview(patient, "\"dosage_form\":\"granule\",\"dose_mode\":\"percent\",\"total_mg\":84000,"
                              "\"herbs\":[{\"herb\":\"huang qi\",\"mg\":99000}]");
    has(&answer, "percentages must come to 100");
    answer = preview(patient, "\"dosage_form\":\"granule\",\"herbs\":[{\"herb\":\"huang qi\",\"mg\":9000}],"
                              "\"items\":[{\"herb\":\"huang qi\",\"item\":\"R-HUANG-QI\"}]");
    ck_assert_int_eq(answer.status, 422);
    has(&answer, "\"field\":\"items[0].item\"");
    answer = preview(patient, "\"dosage_form\":\"granule\",\"herbs\":[{\"herb\":\"huang qi\",\"mg\":9000}],"
                              "\"items\":[{\"herb\":\"huang qi\",\"item\":\"G-HUANG-QI\"}]");
    has(&answer, "\"item\":\"Huáng Qí, granules 5:1\"");
    answer = get("/api/v1/patterns?q=stasis");
    has(&answer, "\"formula_id\":\"xue_fu_zhu_yu_tang\"");
}
END_TEST

/* What is offered is proposed, and becomes a version by a practitioner's word alone. */
START_TEST(a_substitute_is_proposed_and_consented_to)
{
    struct answer answer =
        send(PRESCRIPTIONS, TEXT_OF("{\"patient_id\":%s,\"days\":7,\"dosage_form\":\"raw_"
                                    "decoction\",\"herbs\":[{\"herb\":\"huang qi\",\"mg\":900000}]}",
                                    patient_new()));
    const char *id, *at, *key, *substitution;

    ck_assert_int_eq(answer.status, 201);
    id = TEXT_OF("%ld", strtol(strstr(answer.body, "\"id\":") + 5, NULL, 10));
    answer = get(TEXT_OF(PRESCRIPTIONS "/%s/substitutes", id));
    ck_assert_msg(answer.status == 200, "%d %s", answer.status, answer.body);
    has(&answer, "\"short\":[{\"line_no\":1,\"herb_id\":\"huang_qi\"");
    answer = get("/api/v1/orders/999999/substitutes");
    ck_assert_int_eq(answer.status, 404);
    has(&answer, "\"field\":\"order_id\"");
    answer = send(TEXT_OF(PRESCRIPTIONS "/%s/substitutions", id),
                  "{\"version\":1,\"offer\":\"form:1:1\",\"order_id\":999999}");
    ck_assert_int_eq(answer.status, 404);
    answer = get(TEXT_OF(PRESCRIPTIONS "/%s/substitutes", id));
    at = strstr(answer.body, "\"offer\":\"combination:");
    ck_assert_ptr_nonnull(at);
    key = arena_text_n(&c.arena, at + 9, strcspn(at + 9, "\""));
    answer = send(TEXT_OF(PRESCRIPTIONS "/%s/substitutions", id), "{\"version\":1,\"offer\":\"form:1:1\"}");
    ck_assert_int_eq(answer.status, 409);
    has(&answer, "\"field\":\"offer\"");
    answer = send(TEXT_OF(PRESCRIPTIONS "/%s/substitutions", id),
                  TEXT_OF("{\"version\":1,\"offer\":\"%s\",\"note\":\"not enough\"}", key));
    ck_assert_msg(answer.status == 201, "%d %s", answer.status, answer.body);
    substitution = TEXT_OF("%ld", strtol(strstr(answer.body, "\"id\":") + 5, NULL, 10));
    answer = get(TEXT_OF("/api/v1/substitutions?prescription=%s&state=open", id));
    has(&answer, "\"state\":\"open\"");
    answer =
        send_as(pharmacist, TEXT_OF("/api/v1/substitutions/%s/answer", substitution), "{\"consented\":true}");
    ck_assert_int_eq(answer.status, 403);
    answer = send(TEXT_OF("/api/v1/substitutions/%s/answer", substitution), "{\"note\":\"?\"}");
    has(&answer, "\"field\":\"consented\"");
    answer = send(TEXT_OF("/api/v1/substitutions/%s/answer", substitution), "{\"consented\":true}");
    ck_assert_msg(answer.status == 201, "%d %s", answer.status, answer.body);
    has(&answer, "\"became_version\":2");
    answer = send(TEXT_OF("/api/v1/substitutions/%s/answer", substitution), "{\"consented\":false}");
    ck_assert_int_eq(answer.status, 409);
}
END_TEST

START_TEST(a_house_formula_is_kept_by_name)
{
    struct answer answer = send("/api/v1/house-formulas",
                                "{\"name\":\"Lin's Cough\",\"days\":7,\"dosage_form\":\"raw_decoction\","
                                "\"herbs\":[{\"herb\":\"huang qi\",\"mg\":12000}]}");

    ck_assert_msg(answer.status == 201, "%d %s", answer.status, answer.body);
    answer = get("/api/v1/house-formulas?q=cough");
    has(&answer, "\"composition\":\"Huáng Qí 12 g\"");
    answer = preview(patient_new(),
                     "\"dosage_form\":\"granule\",\"formulas\":[{\"formula\":\"house:Lin's cough\"}]");
    has(&answer, "\"form\":{\"total_mg\":16800");
    answer = send("/api/v1/house-formulas/retirements", "{\"name\":\"Lin's Cough\"}");
    ck_assert_int_eq(answer.status, 204);
    answer = send("/api/v1/house-formulas",
                  "{\"name\":\"\",\"days\":7,\"dosage_form\":\"raw_decoction\",\"herbs\":[]}");
    ck_assert_int_eq(answer.status, 422);
}
END_TEST

SUITE(drafts)
{
    return suite_of("drafts", 60, make_database, setup, desk_close,
                    TESTS(a_preview_says_what_it_comes_to_in_the_form,
                          a_substitute_is_proposed_and_consented_to, a_house_formula_is_kept_by_name));
}
