/* An order's whole way over HTTP, by the people who may: prescribed for the patient on warfarin, answered, signed, allocated,
   read, released, weighed, checked by another, handed over; and what each step refuses. */
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "support/desk.h"
#include "json/json_read.h"

#define DATABASE "api_orders"

static const char *doctor, *filler, *checker, *curator;

DESK({ &doctor, "dr.wu" }, { &filler, "mei.lin" }, { &checker, "david.chen" }, { &curator, "curator.han" })

static struct answer post(const char *cookie, const char *path, const char *body)
{
    return desk_send(cookie, "POST", path, body);
}

static struct answer get(const char *cookie, const char *path)
{
    return ask(&c, &(struct ask){ .path = path, .cookie = cookie });
}

static const char *path_of(const char *order, const char *step)
{
    return arena_printf(&c.arena, "/api/v1/orders/%s/%s", order, step);
}

static void expect(const struct answer *answer, int status, const char *part)
{
    ck_assert_msg(answer->status == status && strstr(answer->body, part) != NULL,
                  "wanted %d with %s, got %d: %.3000s", status, part, answer->status, answer->body);
}

static struct json_object *parse(const struct answer *answer)
{
    struct json_object *object = NULL;

    ck_assert_int_eq(json_parse_object(&c, answer->body, answer->size, &object), ST_OK);
    return object;
}

static int64_t number(struct json_object *in, const char *key)
{
    return json_get_i64(in, key, 0, INT64_C(1000000000000));
}

/* Answers every critical finding of the prescription's latest screening; returns that screening. */
static int64_t answer_all(const char *path, struct json_object *prescription)
{
    const int64_t screening = number(json_get_object_or_null(prescription, "screening"), "id");
    struct answer answer;
    struct text body;
    size_t n;
    struct json_object **findings = json_get_objects(prescription, "findings", 0, &n);

    text_init(&body, &c.arena);
    for (size_t i = 0; i < n; i++)
        if (json_get_bool(findings[i], "critical"))
            text_addf(&body, "%s{\"finding_no\":%lld,\"reason\":\"monitored\",\"note\":\"INR weekly\"}",
                      body.size == 0 ? "" : ",", (long long)number(findings[i], "finding_no"));
    ck_assert_uint_gt(body.size, 0);
    answer = post(
        doctor, arena_printf(&c.arena, "%s/answers", path),
        arena_printf(&c.arena, "{\"screening_id\":%lld,\"answers\":[%s]}", (long long)screening, body.data));
    expect(&answer, 201, "INR weekly");
    return screening;
}

/* Seven days of Bu Zhong Yi Qi Tang with dan shen and chuan xiong for the patient on warfarin: signed, every finding answered.
   `path` gets where it is, `screening` what it was screened as. */
static int64_t prescribe(const char **path, int64_t *screening)
{
    struct answer answer = get(doctor, "/api/v1/patients?q=D-0003");
    struct json_object *prescription;

    answer = post(
        doctor, "/api/v1/prescriptions",
        arena_printf(&c.arena,
                     "{\"patient_id\":%s,\"dosage_form\":\"raw_decoction\",\"merge_rule\":\"highest\","
                     "\"days\":7,\"formulas\":[{\"formula\":\"Bu Zhong Yi Qi Tang\"}],\"herbs\":[{\"herb\":"
                     "\"Dan Shen\",\"mg\":10000},{\"herb\":\"Chuan Xiong\",\"mg\":6000}]}",
                     answer_member(&c, &answer, "id")));
    expect(&answer, 201, "\"findings\"");
    prescription = parse(&answer);
    *path = arena_printf(&c.arena, "/api/v1/prescriptions/%lld", (long long)number(prescription, "id"));
    answer = post(doctor, arena_printf(&c.arena, "%s/signature", *path), "{\"version\":1}");
    expect(&answer, 409, "unanswered_finding");
    *screening = answer_all(*path, prescription);
    answer = post(doctor, arena_printf(&c.arena, "%s/signature", *path), "{\"version\":1}");
    expect(&answer, 201, "Wu Jianguo");
    return number(prescription, "id");
}

/* Every lot as planned, but for the first, of which `percent` are weighed; the first lot alone when `first_only`. */
static const char *weights(struct json_object *order, int64_t percent, bool first_only)
{
    size_t n;
    struct json_object **lots = json_get_objects(order, "lots", 0, &n);
    struct text body;

    text_init(&body, &c.arena);
    for (size_t i = 0; i < (first_only ? 1 : n); i++)
        text_addf(&body, "%s{\"line_no\":%lld,\"lot_id\":%lld,\"location_id\":%lld,\"weighed_mg\":%lld}",
                  i == 0 ? "" : ",", (long long)number(lots[i], "line_no"),
                  (long long)number(lots[i], "lot_id"), (long long)number(lots[i], "location_id"),
                  (long long)(number(lots[i], "planned_mg") * (i == 0 ? percent : 100) / 100));
    return body.data;
}

static const char *listed(const char *weighings)
{
    return arena_printf(&c.arena, "{\"weighings\":[%s]}", weighings);
}

static int64_t lots_of(struct json_object *order)
{
    size_t n;

    (void)json_get_objects(order, "lots", 0, &n);
    return (int64_t)n;
}

START_TEST(the_whole_way_of_an_order)
{
    const char *prescription, *order;
    int64_t screening, id = prescribe(&prescription, &screening);
    struct answer answer, again;
    struct json_object *allocated;

    answer =
        post(filler, "/api/v1/orders", arena_printf(&c.arena, "{\"prescription_id\":%lld}", (long long)id));
    expect(&answer, 201, "\"state\":\"entered\"");
    order = arena_printf(&c.arena, "%lld",
                         (long long)number(json_get_object_or_null(parse(&answer), "order"), "id"));

    answer = post(filler, path_of(order, "allocation"), "{}");
    expect(&answer, 200, "\"state\":\"allocated\"");
    answer = get(filler, arena_printf(&c.arena, "/api/v1/orders/%s", order));
    allocated = parse(&answer);
    ck_assert_int_ge(lots_of(allocated), 11);                          /* ten herbs, huang qi from two lots */
    expect(&answer, 200, "\"reason\":\"expires_before_course_ends\""); /* the first chai hu lot */
    expect(&answer, 200, "\"reason\":\"expired\"");                    /* the first dan shen lot */
    expect(&answer, 200, "\"reason\":\"quarantined\"");                /* a chuan xiong lot */

    answer = post(filler, path_of(order, "release"), "");
    expect(&answer, 409, "unanswered_finding"); /* nobody has read the prescriber's answers */
    answer = post(filler, arena_printf(&c.arena, "%s/acknowledgements", prescription),
                  arena_printf(&c.arena, "{\"screening_id\":%lld}", (long long)screening));
    expect(&answer, 201, "acknowledged_by");
    answer = post(doctor, path_of(order, "release"), "");
    expect(&answer, 403, "denied");
    answer = post(filler, path_of(order, "release"), "");
    expect(&answer, 200, "\"state\":\"released\"");

    answer = post(filler, path_of(order, "weighings"), listed(weights(allocated, 80, false)));
    expect(&answer, 409, "% off the");
    answer = post(filler, path_of(order, "weighings"), listed(weights(allocated, 500, true)));
    expect(&answer, 409, "lies there"); /* nobody can take five times what is in the drawer */
    answer = post(checker, path_of(order, "approvals"), weights(allocated, 80, true));
    expect(&answer, 200, "\"state\":\"released\"");
    answer = post(filler, path_of(order, "weighings"), listed(weights(allocated, 80, false)));
    expect(&answer, 200, "\"state\":\"weighed\"");
    expect(&answer, 200, "\"approved_by\":\"David Chen");

    answer = post(filler, path_of(order, "check"), "{}");
    expect(&answer, 403, "\"field\":\"checker\"");
    answer =
        ask(&c, &(struct ask){
                    .path = path_of(order, "check"), .body = "{}", .cookie = checker, .key = "check-once" });
    expect(&answer, 200, "\"state\":\"checked\"");
    again =
        ask(&c, &(struct ask){
                    .path = path_of(order, "check"), .body = "{}", .cookie = checker, .key = "check-once" });
    ck_assert_int_eq(again.status, 200);
    ck_assert_str_eq(answer_header(&c, &again, "Idempotent-Replay"), "true");
    ck_assert_str_eq(again.body, answer.body);

    answer =
        post(checker, path_of(order, "handover"), "{\"received_by\":\"Robert Hale\",\"counselled\":false}");
    expect(&answer, 409, "\"field\":\"counselled\"");
    expect(&answer, 409, "unanswered_finding");
    answer =
        post(checker, path_of(order, "handover"), "{\"received_by\":\"Robert Hale\",\"counselled\":true}");
    expect(&answer, 200, "\"state\":\"handed_over\"");
    answer = post(checker, path_of(order, "cancel"), "{\"reason\":\"too late\"}");
    expect(&answer, 409, "handed_over");
    answer = get(filler, "/api/v1/orders?state=handed_over");
    expect(&answer, 200, "D-0003");
}
END_TEST

/* A medicine that becomes known after the screening: no release until it was screened again. */
START_TEST(a_stale_screening_does_not_release)
{
    const char *prescription, *order;
    int64_t screening, id = prescribe(&prescription, &screening);
    struct answer answer = get(doctor, "/api/v1/patients?q=D-0003");
    const char *patient = answer_member(&c, &answer, "id");

    answer =
        post(filler, "/api/v1/orders", arena_printf(&c.arena, "{\"prescription_id\":%lld}", (long long)id));
    order = arena_printf(&c.arena, "%lld",
                         (long long)number(json_get_object_or_null(parse(&answer), "order"), "id"));
    answer = post(filler, path_of(order, "allocation"), "{}");
    expect(&answer, 200, "allocated");
    answer = post(filler, arena_printf(&c.arena, "%s/acknowledgements", prescription),
                  arena_printf(&c.arena, "{\"screening_id\":%lld}", (long long)screening));
    expect(&answer, 201, "acknowledged_by");
    answer = post(filler, arena_printf(&c.arena, "/api/v1/patients/%s/medicines", patient),
                  "{\"medicines\":[{\"typed\":\"aspirin\"}]}");
    ck_assert_msg(answer.status < 300, "%s", answer.body);
    answer = post(filler, path_of(order, "release"), ""); /* screened again in the background or not yet */
    expect(&answer, 409,
           strstr(answer.body, "stale_version") != NULL ? "stale_version" : "unanswered_finding");
}
END_TEST

/* What the service finds in the background within some seconds. */
static struct answer wait_for_work(const char *patient)
{
    struct answer answer = { 0 };

    for (int i = 0; i < 100; i++) {
        answer = get(filler, arena_printf(&c.arena, "/api/v1/work-list?severity=major&patient=%s", patient));
        if (strstr(answer.body, "acenocoumarol") != NULL)
            return answer;
        usleep(100000);
    }
    ck_abort_msg("nothing on the work list: %s", answer.body);
}

/* A medicine told after the prescription was signed: found in the background, worked off by a person. */
START_TEST(the_work_list_over_http)
{
    const char *prescription, *order, *patient, *item;
    int64_t screening, id = prescribe(&prescription, &screening);
    struct answer answer = get(doctor, "/api/v1/patients?q=D-0003");

    patient = answer_member(&c, &answer, "id");
    answer =
        post(filler, "/api/v1/orders", arena_printf(&c.arena, "{\"prescription_id\":%lld}", (long long)id));
    order = arena_printf(&c.arena, "%lld",
                         (long long)number(json_get_object_or_null(parse(&answer), "order"), "id"));
    expect(&answer, 201, "Keep your blood test appointments");
    expect(&answer, 201, "\"tier\":\"interrupt\"");
    answer = post(filler, arena_printf(&c.arena, "/api/v1/patients/%s/medicines", patient),
                  "{\"medicines\":[{\"typed\":\"acenocoumarol\"}]}");
    ck_assert_msg(answer.status < 300, "%s", answer.body);
    answer = wait_for_work(patient);
    expect(&answer, 200, "\"why\":\"medicine added: acenocoumarol\"");
    item = answer_member(&c, &answer, "id");
    answer = get(filler, arena_printf(&c.arena, "/api/v1/orders/%s", order));
    expect(&answer, 200, "\"stands\":true,"); /* the order has its new screening, made by nobody */
    expect(&answer, 200, "acenocoumarol");
    answer = post(filler, arena_printf(&c.arena, "/api/v1/work-list/%s/done", item),
                  "{\"outcome\":\"formula_stopped\"}");
    expect(&answer, 409, "take it first");
    answer = post(curator, arena_printf(&c.arena, "/api/v1/work-list/%s/take", item), "{}");
    expect(&answer, 403, "denied");
    answer = post(filler, arena_printf(&c.arena, "/api/v1/work-list/%s/take", item), "{}");
    expect(&answer, 200, "\"state\":\"taken\"");
    answer = get(filler, "/api/v1/work-list?mine=true&state=taken");
    expect(&answer, 200, "\"taken_by\":\"Lin Mei");
    answer = post(doctor, arena_printf(&c.arena, "/api/v1/work-list/%s/take", item), "{}");
    expect(&answer, 409, "is taken by Lin Mei");
    answer =
        post(filler, arena_printf(&c.arena, "/api/v1/work-list/%s/done", item), "{\"outcome\":\"nothing\"}");
    expect(&answer, 422, "prescriber_informed");
    answer = post(filler, arena_printf(&c.arena, "/api/v1/work-list/%s/done", item),
                  "{\"outcome\":\"prescriber_informed\",\"note\":\"by phone\"}");
    expect(&answer, 200, "\"outcome_english\":\"The prescriber was told");
    answer = get(filler, "/api/v1/work-list/999999");
    expect(&answer, 404, "");
    answer = post(filler, path_of(order, "screening"), "");
    expect(&answer, 200, "\"made_by\":\"Lin Mei");
    answer = get(filler, "/api/v1/work-outcomes");
    expect(&answer, 200, "\"by_hand\":false");
}
END_TEST

START_TEST(what_cannot_be_is_refused_by_name)
{
    struct answer answer = post(doctor, "/api/v1/orders", "{\"prescription_id\":999999}");

    expect(&answer, 409, "prescription_id");
    answer = post(curator, "/api/v1/orders", "{\"prescription_id\":1}");
    expect(&answer, 403, "denied");
    answer = post(doctor, "/api/v1/orders", "{\"prescription_id\":\"x\",\"more\":1}");
    expect(&answer, 422, "prescription_id");
    expect(&answer, 422, "more");
    answer = get(filler, "/api/v1/orders/999999");
    expect(&answer, 404, "is no order of this shop");
    answer = post(filler, "/api/v1/orders/999999/weighings",
                  "{\"weighings\":[{\"line_no\":0,\"lot_id\":1,\"weighed_mg\":-5}]}");
    expect(&answer, 422, "weighings[0].line_no");
    expect(&answer, 422, "weighings[0].weighed_mg");
    answer = post(filler, "/api/v1/lots/1/status", "{\"status\":\"held\",\"reason\":\"test\"}");
    ck_assert_msg(answer.status == 204 || answer.status == 404, "%s", answer.body);
    answer = post(filler, "/api/v1/receipts",
                  "{\"supplier\":\"GLB\",\"invoice\":\"N-1\",\"lines\":[{\"sku\":\"NOPE\",\"lot_code\":\"L\","
                  "\"expires_on\":\"2030-13\",\"quantity\":5,\"location\":\"A01\"}]}");
    expect(&answer, 422, "lines[0].expires_on");
}
END_TEST

START_TEST(stock_can_be_read)
{
    struct answer answer = get(filler, "/api/v1/items?q=huang_qi");

    expect(&answer, 200, "\"usable\":");
    answer = get(filler, arena_printf(&c.arena, "/api/v1/lots?item=%s", answer_member(&c, &answer, "id")));
    expect(&answer, 200, "\"lot_code\"");
    answer = get(filler, arena_printf(&c.arena, "/api/v1/lots/%s/moves", answer_member(&c, &answer, "id")));
    expect(&answer, 200, "\"reason\":\"received\"");
    answer = get(filler, "/api/v1/lots/1/moves?after=1000000000&limit=5");
    expect(&answer, 200, "{\"rows\":[]}");
    answer = get(filler, "/api/v1/locations");
    expect(&answer, 200, "\"QUAR\"");
}
END_TEST

SUITE(orders)
{
    return suite_of("orders", 120, make_database, setup, desk_close,
                    TESTS(the_whole_way_of_an_order, a_stale_screening_does_not_release,
                          the_work_list_over_http, what_cannot_be_is_refused_by_name, stock_can_be_read));
}
