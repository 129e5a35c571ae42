/* Patients and prescriptions over HTTP, on the whole service: the way a practitioner goes, and what bad input gets. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "support/desk.h"

#define DATABASE "api_prescriptions"
#define PATIENTS "/api/v1/patients"
#define PRESCRIPTIONS "/api/v1/prescriptions"
#define TEXT_OF(...) arena_printf(&c.arena, __VA_ARGS__)

static const char *practitioner, *pharmacist;

DESK({ &practitioner, "dr.wu" }, { &pharmacist, "mei.lin" })

static struct answer send_keyed(const char *cookie, const char *key, const char *path, const char *body)
{
    return ask(&c, &(struct ask){ .method = "POST",
                                  .path = path,
                                  .body = body,
                                  .cookie = cookie,
                                  .key = key,
                                  .headers = { "X-Yaofang: 1" } });
}

static struct answer send(const char *path, const char *body)
{
    return send_keyed(practitioner, desk_word(), path, body);
}

static struct answer get(const char *path)
{
    return ask(&c, &(struct ask){ .path = path, .cookie = practitioner });
}

static const char *member(const struct answer *answer, const char *key)
{
    return answer_member(&c, answer, key);
}

static void has(const struct answer *answer, const char *part)
{
    ck_assert_msg(strstr(answer->body, part) != NULL, "no %s in %d %s", part, answer->status, answer->body);
}

/* A patient on warfarin; returns the path. */
static const char *patient_on_warfarin(void)
{
    struct answer made = send(PATIENTS, "{\"family_name\":\"Pi\",\"born_on\":\"1980-02-29\"}");
    const char *path = TEXT_OF(PATIENTS "/%s", member(&made, "id"));

    ck_assert_int_eq(made.status, 201);
    made = send(TEXT_OF("%s/medicines", path),
                "{\"asked\":true,\"medicines\":[{\"typed\":\"Coumadin\",\"directions\":\"5 mg\"}]}");
    ck_assert_msg(made.status == 201, "%d %s", made.status, made.body);
    has(&made, "\"understood_id\":\"warfarin\"");
    return path;
}

#define DRAFT(more) \
    "\"dosage_form\":\"raw_decoction\",\"days\":7,\"formulas\":[{\"formula\":\"Bu Zhong Yi Qi Tang\"}]," \
    "\"herbs\":[{\"herb\":\"Dan Shen\",\"mg\":15000},{\"herb\":\"Chuan Xiong\",\"mg\":9000}]" more "}"

static const char *draft_for(const char *patient_path)
{
    return TEXT_OF("{\"patient_id\":%s," DRAFT(""), strrchr(patient_path, '/') + 1);
}

/* Stores the demo's prescription; returns its path. */
static const char *prescribed(struct answer *answer)
{
    *answer = send(PRESCRIPTIONS, draft_for(patient_on_warfarin()));
    ck_assert_msg(answer->status == 201, "%d %s", answer->status, answer->body);
    return TEXT_OF(PRESCRIPTIONS "/%s", member(answer, "id"));
}

static const char *screening_of(const struct answer *answer)
{
    const struct answer tail = { .body = strstr(answer->body, "\"screening\":") };

    return member(&tail, "id");
}

/* Answers every critical finding: they come first and are numbered from 1. */
static struct answer answer_all(const char *path, const struct answer *shown)
{
    const char *list = "";
    int critical = (int)strtol(member(shown, "critical_count"), NULL, 10);

    for (int i = 1; i <= critical; i++)
        list = TEXT_OF("%s%s{\"finding_no\":%d,\"reason\":\"monitored\",\"note\":\"INR weekly\"}", list,
                       i == 1 ? "" : ",", i);
    return send(TEXT_OF("%s/answers", path),
                TEXT_OF("{\"screening_id\":%s,\"answers\":[%s]}", screening_of(shown), list));
}

START_TEST(from_patient_to_signature)
{
    struct answer shown, answer;
    const char *path = prescribed(&shown);

    ck_assert_ptr_nonnull(answer_header(&c, &shown, "Location"));
    has(&shown, "\"pinyin\":\"Dān Shēn\"");
    has(&shown, "\"change\":\"added\"");
    has(&shown, "\"signature\":null");
    answer = send(TEXT_OF("%s/signature", path), "{\"version\":1}");
    ck_assert_int_eq(answer.status, 409);
    ck_assert_str_eq(member(&answer, "code"), "unanswered_finding");
    has(&answer, "Dān Shēn 丹参 × warfarin");
    answer = answer_all(path, &shown);
    ck_assert_msg(answer.status == 201, "%d %s", answer.status, answer.body);
    has(&answer, "\"reason\":\"monitored\"");
    answer =
        send(TEXT_OF("%s/acknowledgements", path), TEXT_OF("{\"screening_id\":%s}", screening_of(&shown)));
    ck_assert_int_eq(answer.status, 403);
    answer = send(TEXT_OF("%s/signature", path), "{\"version\":1}");
    ck_assert_msg(answer.status == 201, "%d %s", answer.status, answer.body);
    answer = send_keyed(pharmacist, desk_word(), TEXT_OF("%s/acknowledgements", path),
                        TEXT_OF("{\"screening_id\":%s}", screening_of(&shown)));
    ck_assert_int_eq(answer.status, 201);
    answer = get(path);
    has(&answer, "\"signed_by\":\"Wu Jianguo");
    has(&answer, "\"acknowledged_by\":\"Lin Mei");
}
END_TEST

START_TEST(a_double_click_makes_one_prescription)
{
    const char *draft = draft_for(patient_on_warfarin());
    struct answer first = send_keyed(practitioner, "double", PRESCRIPTIONS, draft);
    struct answer second = send_keyed(practitioner, "double", PRESCRIPTIONS, draft);

    ck_assert_int_eq(first.status, 201);
    ck_assert_int_eq(second.status, 201);
    ck_assert_str_eq(first.body, second.body);
    ck_assert_str_eq(answer_header(&c, &second, "Idempotent-Replay"), "true");
    second = send_keyed(practitioner, "double", PRESCRIPTIONS, TEXT_OF("%s ", draft));
    ck_assert_int_eq(second.status, 409);
    ck_assert_str_eq(member(&second, "code"), "idempotency_key_reused");
    ck_assert_int_eq(send_keyed(practitioner, NULL, PRESCRIPTIONS, draft).status, 422);
}
END_TEST

START_TEST(a_stale_version_names_both)
{
    struct answer shown, answer;
    const char *path = prescribed(&shown), *body = "{\"seen_version\":1," DRAFT(",\"drops\":[\"Chai Hu\"]");

    answer = send(TEXT_OF("%s/versions", path), body);
    ck_assert_msg(answer.status == 201, "%d %s", answer.status, answer.body);
    has(&answer, "\"version\":2");
    has(&answer, "\"change\":\"dropped\"");
    answer = send(TEXT_OF("%s/versions", path), body);
    ck_assert_int_eq(answer.status, 409);
    ck_assert_str_eq(member(&answer, "code"), "stale_version");
    has(&answer, "\"value\":\"1\"");
    has(&answer, "version 2 is the newest");
    answer = get(TEXT_OF("%s?version=1", path));
    has(&answer, "\"latest_version\":2");
    has(&answer, "chai_hu");
}
END_TEST

START_TEST(a_preview_stores_nothing_and_says_what_concerns_the_addition)
{
    const char *patient = patient_on_warfarin();
    const char *id = strrchr(patient, '/') + 1;
    struct answer all, some, list;

    all = ask(&c, &(struct ask){ .path = PRESCRIPTIONS "/preview",
                                 .body = TEXT_OF("{\"patient_id\":%s," DRAFT(""), id),
                                 .cookie = practitioner });
    ck_assert_msg(all.status == 200, "%d %s", all.status, all.body);
    has(&all, "\"subject\":{\"id\":\"dang_gui\"");
    has(&all, "\"total_mg\":609000");
    some = ask(&c, &(struct ask){ .path = PRESCRIPTIONS "/preview",
                                  .body = TEXT_OF("{\"patient_id\":%s," DRAFT(",\"adding\":[\"丹参\"]"), id),
                                  .cookie = practitioner });
    has(&some, "\"subject\":{\"id\":\"dan_shen\"");
    ck_assert_ptr_null(strstr(some.body, "\"subject\":{\"id\":\"dang_gui\""));
    list = get(TEXT_OF(PRESCRIPTIONS "?patient=%s", id));
    ck_assert_str_eq(list.body, "{\"rows\":[]}");
}
END_TEST

/* What a herb brings, and nothing else; and how loudly it is shown to whom, as the shop has it. */
START_TEST(adding_shows_what_is_new_and_how_loudly)
{
    const char *admin = sign_in_as(&c, DATABASE, "admin");
    struct answer answer;

    answer = send("/api/v1/screen",
                  "{\"items\":[\"dang gui 10 g\"],\"drugs\":[\"Coumadin\"],\"adding\":[\"dan shen 9 g\"]}");
    ck_assert_int_eq(answer.status, 200);
    has(&answer, "\"subject\":{\"id\":\"dan_shen\"");
    has(&answer, "\"tier\":\"interrupt\"");
    ck_assert_ptr_null(strstr(answer.body, "\"subject\":{\"id\":\"dang_gui\""));
    answer = send("/api/v1/screen",
                  "{\"items\":[\"dang gui 10 g\"],\"drugs\":[\"Coumadin\"],\"adding\":[\"xyzzy\"]}");
    has(&answer, "\"findings\":[]");
    has(&answer, "\"typed\":\"xyzzy\"");
    answer = ask(&c, &(struct ask){ .path = "/api/v1/tiers",
                                    .method = "PUT",
                                    .cookie = admin,
                                    .key = desk_word(),
                                    .body = "{\"role\":\"pharmacist\",\"moment\":\"release\",\"severity\":"
                                            "\"major\",\"tier\":\"quiet\"}" });
    ck_assert_msg(answer.status == 409, "%d %s", answer.status, answer.body);
    answer = ask(
        &c, &(struct ask){
                .path = "/api/v1/tiers",
                .method = "PUT",
                .cookie = practitioner,
                .key = desk_word(),
                .body = "{\"role\":\"staff\",\"moment\":\"add\",\"severity\":\"minor\",\"tier\":\"list\"}" });
    ck_assert_int_eq(answer.status, 403);
    answer = ask(
        &c,
        &(struct ask){
            .path = "/api/v1/tiers",
            .method = "PUT",
            .cookie = admin,
            .key = desk_word(),
            .body =
                "{\"role\":\"practitioner\",\"moment\":\"add\",\"severity\":\"major\",\"tier\":\"quiet\"}" });
    ck_assert_msg(answer.status == 200, "%d %s", answer.status, answer.body);
    has(&answer, "\"tier\":\"quiet\",\"reference\":\"interrupt\"");
    for (int i = 0; i < 100; i++) { /* the service looks every few seconds */
        answer =
            send("/api/v1/screen", "{\"items\":[],\"drugs\":[\"Coumadin\"],\"adding\":[\"dan shen 9 g\"]}");
        if (strstr(answer.body, "\"tier\":\"quiet\"") != NULL)
            break;
        usleep(100000);
    }
    has(&answer, "\"severity\":\"major\"");
    has(&answer, "\"tier\":\"quiet\"");
}
END_TEST

START_TEST(what_is_wrong_is_named)
{
    static const struct {
        const char *more, *part;
    } cases[] = {
        { "\"herbs\":[{\"herb\":\"Dan Shenn\",\"mg\":9000}]", "near it: Dān Shēn" },
        { "\"herbs\":[{\"herb\":\"mu tong\",\"mg\":9000}]", "Guān Mù Tōng" },
        { "\"herbs\":[{\"herb\":\"dan_shen\",\"mg\":-5}]", "herbs[0].mg" },
        { "\"herbs\":[{\"herb\":\"dan_shen\",\"mg\":9.5}]", "herbs[0].mg" },
        { "\"herbs\":[{\"herb\":\"dan_shen\",\"mg\":90000000000}]", "no herb is given at more than 1000 g" },
        { "\"herbs\":[{\"herb\":\"dan_shen\",\"mg\":9000,\"unit\":\"lb\"}]", "herbs[0].unit" },
        { "\"herbs\":[],\"colour\":\"red\"", "colour" },
        { "\"formulas\":[{\"formula\":\"Bu Zhong Yi Qi Tang\"},{\"formula\":\"Si Jun Zi Tang\"}]",
          "Rén Shēn" },
    };
    const char *id = strrchr(patient_on_warfarin(), '/') + 1;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct answer answer =
            send(PRESCRIPTIONS, TEXT_OF("{\"patient_id\":%s,\"dosage_form\":\"raw_decoction\",\"days\":7,%s}",
                                        id, cases[i].more));

        ck_assert_msg(answer.status == 422 || answer.status == 409, "%d %s", answer.status, answer.body);
        has(&answer, cases[i].part);
    }
    ck_assert_str_eq(get(TEXT_OF(PRESCRIPTIONS "?patient=%s", id)).body, "{\"rows\":[]}");
}
END_TEST

START_TEST(a_thousand_herbs_are_refused)
{
    const char *id = strrchr(patient_on_warfarin(), '/') + 1;
    struct answer answer;
    struct text body;

    text_init(&body, &c.arena);
    text_addf(&body, "{\"patient_id\":%s,\"dosage_form\":\"raw_decoction\",\"days\":7,\"herbs\":[", id);
    for (int i = 0; i < 1000; i++)
        text_addf(&body, "%s{\"herb\":\"dan_shen\",\"mg\":1}", i == 0 ? "" : ",");
    text_add(&body, "]}");
    answer = send(PRESCRIPTIONS, body.data);
    ck_assert_int_eq(answer.status, 422);
    has(&answer, "\"field\":\"herbs\"");
}
END_TEST

START_TEST(a_profile_is_changed_and_ended)
{
    const char *path = patient_on_warfarin();
    struct answer answer =
        send(TEXT_OF("%s/conditions", path), "{\"conditions\":[{\"typed\":\"pregnant\"}]}");
    const struct answer part = { .body = strstr(answer.body, "\"conditions\":") };

    ck_assert_int_eq(answer.status, 201);
    has(&answer, "\"understood_id\":\"pregnancy\"");
    answer = send(TEXT_OF("%s/conditions/%s/end", path, member(&part, "id")), NULL);
    ck_assert_msg(answer.status == 200, "%d %s", answer.status, answer.body);
    has(&answer, "\"conditions\":[]");
    answer = send(TEXT_OF("%s/allergies", path), "{\"allergies\":[{\"typed\":\"shellfish\"}]}");
    has(&answer, "\"understood_id\":null");
    answer = ask(&c, &(struct ask){ .method = "PUT",
                                    .path = path,
                                    .body = "{\"family_name\":\"Rho\",\"seen_version\":1}",
                                    .cookie = practitioner,
                                    .key = "stale-put",
                                    .headers = { "X-Yaofang: 1" } });
    ck_assert_int_eq(answer.status, 409);
    answer = get(PATIENTS "?q=hale");
    has(&answer, "\"code\":\"D-0003\"");
    ck_assert_int_eq(get(PATIENTS "/999999").status, 404);
}
END_TEST

/* When a medicine was last taken, and operations that are planned: entered, put right, called off, refused by name. */
START_TEST(what_was_stopped_and_what_is_planned)
{
    const char *path = patient_on_warfarin();
    struct answer answer = get(path), part = { .body = strstr(answer.body, "\"medicines\":") };
    struct ask put = { .method = "PUT",
                       .path = TEXT_OF("%s/medicines/%s/last-taken", path, member(&part, "id")),
                       .body = "{\"last_taken_on\":\"2020-02-29\"}",
                       .cookie = practitioner,
                       .key = desk_word(),
                       .headers = { "X-Yaofang: 1" } };

    answer = ask(&c, &put);
    ck_assert_msg(answer.status == 200, "%d %s", answer.status, answer.body);
    has(&answer, "\"medicines\":[]");
    has(&answer, "\"last_taken_on\":\"2020-02-29\"");
    put.body = "{\"last_taken_on\":\"2199-01-01\"}";
    put.key = desk_word();
    answer = ask(&c, &put);
    ck_assert_int_eq(answer.status, 422);
    has(&answer, "\"field\":\"last_taken_on\"");
    answer = send(TEXT_OF("%s/operations", path),
                  "{\"operations\":[{\"typed\":\"tooth\",\"planned_on\":\"2020-01-01\"}]}");
    ck_assert_int_eq(answer.status, 422);
    has(&answer, "operations[0]");
    answer = send(TEXT_OF("%s/operations", path),
                  "{\"operations\":[{\"typed\":\"hip replacement\",\"planned_on\":\"2190-01-01\"}]}");
    ck_assert_msg(answer.status == 201, "%d %s", answer.status, answer.body);
    has(&answer, "\"planned_on\":\"2190-01-01\"");
    part.body = strstr(answer.body, "\"operations\":");
    answer = send(TEXT_OF("%s/operations/%s/end", path, member(&part, "id")), NULL);
    ck_assert_msg(answer.status == 200, "%d %s", answer.status, answer.body);
    has(&answer, "\"operations\":[]");
}
END_TEST

START_TEST(roles_are_kept_apart)
{
    const char *curator = sign_in_as(&c, DATABASE, "admin");

    ck_assert_int_eq(ask(&c, &(struct ask){ .path = PATIENTS, .cookie = curator }).status, 403);
    ck_assert_int_eq(send_keyed(curator, "r", PRESCRIPTIONS, "{}").status, 403);
    ck_assert_int_eq(ask(&c, &(struct ask){ .path = PRESCRIPTIONS "/1" }).status, 401);
}
END_TEST

SUITE(prescriptions)
{
    return suite_of(
        "prescriptions", 60, make_database, setup, desk_close,
        TESTS(from_patient_to_signature, a_double_click_makes_one_prescription, a_stale_version_names_both,
              a_preview_stores_nothing_and_says_what_concerns_the_addition,
              adding_shows_what_is_new_and_how_loudly, what_is_wrong_is_named, a_thousand_herbs_are_refused,
              a_profile_is_changed_and_ended, what_was_stopped_and_what_is_planned, roles_are_kept_apart));
}
