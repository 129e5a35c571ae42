/* The evidence book over HTTP: from a proposal to the answer of a screening, who is refused, what is in the history, and the alert
   budget with the curator's queue. */
#include <string.h>
#include <time.h>

#include "support/desk.h"

#define DATABASE "api_evidence_book"
#define EVIDENCE "/api/v1/evidence"
#define TEXT_OF(...) arena_printf(&c.arena, __VA_ARGS__)

static const char *practitioner, *pharmacist, *staff, *han, *reed;

DESK({ &practitioner, "dr.wu" }, { &pharmacist, "mei.lin" }, { &staff, "sam.ortiz" }, { &han, "curator.han" },
     { &reed, "curator.reed" })

static struct answer post(const char *cookie, const char *path, const char *body)
{
    return desk_send(cookie, "POST", path, body);
}

static struct answer get(const char *cookie, const char *path)
{
    return ask(&c, &(struct ask){ .path = path, .cookie = cookie });
}

static void has(const struct answer *answer, const char *part)
{
    ck_assert_msg(strstr(answer->body, part) != NULL, "no %s in %d %s", part, answer->status, answer->body);
}

static void status_is(const struct answer *answer, int status)
{
    ck_assert_msg(answer->status == status, "%d %s", answer->status, answer->body);
}

#define WHY "\"reason\":\"two cases here\",\"citation\":\"Case notes 2026\""

/* Proposes to make a rule contraindicated; returns the proposal's path. */
static const char *proposed(const char *cookie, const char *rule)
{
    struct answer made = post(cookie, EVIDENCE "/rules",
                              TEXT_OF("{\"id\":\"%s\",\"severity\":\"contraindicated\"," WHY "}", rule));

    status_is(&made, 201);
    has(&made, "\"state\":\"proposed\"");
    has(&made, "\"to\": \"contraindicated\"");
    return TEXT_OF(EVIDENCE "/proposals/%s", answer_member(&c, &made, "id"));
}

/* Asks the quick check until it answers so, at most some seconds: the rule book follows by itself. */
static void screens_as(const char *cookie, const char *part)
{
    struct answer answer = { 0 };

    for (int i = 0; i < 100; i++) {
        answer = post(cookie, "/api/v1/screen", "{\"items\":[\"dan shen 10 g\"],\"drugs\":[\"warfarin\"]}");
        if (answer.status == 200 && strstr(answer.body, part) != NULL)
            return;
        (void)nanosleep(&(struct timespec){ 0, 100000000L }, NULL);
    }
    has(&answer, part);
}

START_TEST(an_approved_rule_reaches_the_screening_while_it_runs)
{
    const char *path;
    struct answer answer;

    screens_as(practitioner, "\"origin\":\"reference\"");
    path = proposed(pharmacist, "hdi0001");
    answer = post(han, TEXT_OF("%s/approval", path), "{\"note\":\"seen both cases\"}");
    status_is(&answer, 200);
    has(&answer, "\"state\":\"approved\"");
    has(&answer, "\"in_force\":true");
    screens_as(practitioner, "\"rule\":\"hdi0001\",\"version\":1,\"origin\":\"shop\"");
    answer = get(staff, EVIDENCE "/rules?q=hdi0001");
    has(&answer, "\"origin\":\"shop\"");
    answer = get(staff, EVIDENCE "/book?kind=rule&q=hdi0001");
    has(&answer, "\"standing\":\"in_force\"");
    answer = get(staff, EVIDENCE "/book/rule/hdi0001");
    has(&answer, "\"severity\": \"contraindicated\"");
    has(&answer, "\"in_reference\":true");
    answer = get(staff, EVIDENCE "/book/rule/hdi0009999");
    status_is(&answer, 404);
    /* what is emptied is not what is left out */
    answer = post(pharmacist, EVIDENCE "/rules",
                  "{\"id\":\"hdi0026\",\"threshold_g\":null,\"below_severity\":null,"
                  "\"mechanism\":null,\"lasting_days\":null," WHY "}");
    status_is(&answer, 201);
    has(&answer, "\"from\": \"2.5\"");
    has(&answer, "\"field\": \"mechanism\"");
    /* and back */
    answer = post(practitioner, EVIDENCE "/rules", "{\"id\":\"hdi0001\",\"change\":\"revert\"," WHY "}");
    status_is(&answer, 201);
    answer = post(reed, TEXT_OF(EVIDENCE "/proposals/%s/approval", answer_member(&c, &answer, "id")), "{}");
    status_is(&answer, 200);
    screens_as(practitioner, "\"rule\":\"hdi0001\",\"version\":1,\"origin\":\"reference\"");
    answer = get(staff, EVIDENCE "/book?standing=reverted");
    has(&answer, "\"key\":\"hdi0001\"");
    answer = get(staff, EVIDENCE "/proposals?kind=rule&key=hdi0001");
    has(&answer, "\"version\":2");
    has(&answer, "seen both cases");
    has(&answer, "\"from\": \"contraindicated\"");
}
END_TEST

START_TEST(each_is_refused_what_is_not_hers)
{
    const char *path = proposed(han, "hdi0002");
    struct answer answer;

    answer = post(staff, EVIDENCE "/rules", "{\"id\":\"hdi0001\",\"severity\":\"minor\"," WHY "}");
    status_is(&answer, 403);
    answer = post(staff, EVIDENCE "/synonyms", "{" WHY "}");
    status_is(&answer, 403);
    answer = post(staff, EVIDENCE "/ratios", "{" WHY "}");
    status_is(&answer, 403);
    answer = get(staff, TEXT_OF("%s/effects", path));
    status_is(&answer, 403);
    answer = get(staff, EVIDENCE "/imports/1/effects");
    status_is(&answer, 403);
    answer = get(han, "/api/v1/work-list/count");
    status_is(&answer, 403);
    answer = get(staff, "/api/v1/work-list/count");
    has(&answer, "\"mine\":0");
    answer = get(staff, path);
    status_is(&answer, 200);
    answer = post(pharmacist, TEXT_OF("%s/approval", path), "{}");
    status_is(&answer, 403);
    answer = post(practitioner, TEXT_OF("%s/rejection", path), "{\"note\":\"no\"}");
    status_is(&answer, 403);
    answer = post(han, TEXT_OF("%s/approval", path), "{}"); /* her own */
    status_is(&answer, 403);
    has(&answer, "somebody else must decide");
    answer = post(pharmacist, TEXT_OF("%s/withdrawal", path), "{}");
    status_is(&answer, 403);
    answer = post(reed, TEXT_OF("%s/rejection", path), "{}");
    status_is(&answer, 422);
    has(&answer, "\"field\":\"note\"");
    answer = post(reed, TEXT_OF("%s/rejection", path), "{\"note\":\"too few cases\"}");
    status_is(&answer, 200);
    has(&answer, "too few cases");
    answer = post(reed, TEXT_OF("%s/approval", path), "{}");
    status_is(&answer, 409);
    answer = post(reed, EVIDENCE "/proposals/999999/approval", "{}");
    status_is(&answer, 404);
    answer = get(staff, "/api/v1/alert-budget");
    status_is(&answer, 403);
    answer = get(practitioner, "/api/v1/curator-queue");
    status_is(&answer, 403);
    answer = post(pharmacist, "/api/v1/curator-queue/decisions",
                  "{\"rule\":\"gr001\",\"action\":\"keep\",\"note\":\"x\"}");
    status_is(&answer, 403);
    answer = desk_send(pharmacist, "PUT", "/api/v1/alert-settings",
                       "{\"override_percent\":50,\"least_shown\":3,\"days\":30}");
    status_is(&answer, 403);
}
END_TEST

START_TEST(bad_input_is_named)
{
    struct answer answer;

    answer = post(han, EVIDENCE "/rules", "{\"id\":\"hdi00011\",\"severity\":\"grave\",\"reason\":\"x\"}");
    status_is(&answer, 422);
    has(&answer, "\"field\":\"citation\"");
    has(&answer, "did you mean hdi0001");
    answer = post(han, EVIDENCE "/rules", "{\"id\":\"hdi0001\",\"severity\":\"grave\"," WHY "}");
    has(&answer, "contraindicated, major, moderate or minor");
    answer = post(han, EVIDENCE "/rules",
                  "{\"id\":\"hdi0001\",\"effective_from\":\"2027-02-01\",\"effective_to\":\"2027-01-31\"," WHY
                  "}");
    has(&answer, "is not before effective_from");
    answer = post(han, EVIDENCE "/rules", "{\"id\":\"hdi0001\",\"color\":\"red\"," WHY "}");
    status_is(&answer, 422);
    has(&answer, "\"field\":\"color\"");
    answer = post(han, EVIDENCE "/synonyms",
                  "{\"thing_kind\":\"herb\",\"thing_id\":\"dan shem\",\"synonym\":\"red root\"," WHY "}");
    has(&answer, "near it");
    answer = post(han, EVIDENCE "/synonyms",
                  "{\"thing_kind\":\"herb\",\"thing_id\":\"dan_shen\",\"synonym\":\"Huang Qi\"," WHY "}");
    has(&answer, "retire it there first");
    answer = post(han, EVIDENCE "/ratios", "{\"herb_id\":\"Huang Qi\",\"crude_g_per_g\":\"five\"," WHY "}");
    has(&answer, "\"field\":\"crude_g_per_g\"");
    answer = post(han, EVIDENCE "/ratios", "{\"herb_id\":\"Huang Qi\",\"crude_g_per_g\":\"5\"," WHY "}");
    status_is(&answer, 201);
    answer = get(han, TEXT_OF(EVIDENCE "/proposals/%s/effects", answer_member(&c, &answer, "id")));
    status_is(&answer, 200);
    has(&answer, "\"prescriptions\":");
    answer = get(han, EVIDENCE "/imports/999999/effects");
    status_is(&answer, 404);
    has(&answer, "is no evidence book that came in");
}
END_TEST

START_TEST(what_is_overridden_often_comes_before_the_curator)
{
    struct answer answer;
    struct ctx app;

    answer = desk_send(han, "PUT", "/api/v1/alert-settings",
                       "{\"override_percent\":60,\"least_shown\":2,\"days\":30}");
    status_is(&answer, 200);
    database_open_test(&app, DATABASE, TEST_APP);
    sql_must(&app, "INSERT INTO alert_events (shop_id, rule_id, rule_version, rule_origin, finding_kind, "
                   "severity, about, role,"
                   " moment, what, occasion, source, reason) SELECT current_shop(), 'hdi0009', 1, "
                   "'reference', 'herb_drug', 'major',"
                   " 'x', 'practitioner', 'sign', what, 'test ' || n, 'api', CASE what WHEN 'overridden' "
                   "THEN 'monitored' ELSE ''"
                   " END FROM generate_series(1, 3) n, unnest('{shown,overridden}'::text[]) what");
    ctx_close(&app);
    answer = get(pharmacist, "/api/v1/alert-budget?rule=hdi0009");
    has(&answer,
        "\"shown\":3,\"heeded\":0,\"overridden\":3,\"override_percent\":100,\"reasons\":{\"monitored\": 3}");
    answer = get(han, "/api/v1/curator-queue");
    has(&answer, "\"rule\":\"hdi0009\"");
    answer = post(han, "/api/v1/curator-queue/decisions",
                  "{\"rule\":\"hdi0009\",\"action\":\"severity\",\"note\":\"always monitored\"}");
    status_is(&answer, 422);
    answer = post(han, "/api/v1/curator-queue/decisions",
                  "{\"rule\":\"hdi0009\",\"action\":\"severity\",\"severity\":\"moderate\",\"note\":\"always "
                  "monitored\"}");
    status_is(&answer, 201);
    has(&answer, "\"shown\":3");
    ck_assert_str_ne(answer_member(&c, &answer, "proposal_id"), "");
    answer = get(han, "/api/v1/curator-queue");
    ck_assert_ptr_null(strstr(answer.body, "hdi0009"));
    answer = get(pharmacist, "/api/v1/curator-queue/decisions?rule=hdi0009");
    has(&answer, "always monitored");
}
END_TEST

SUITE(evidence_book)
{
    return suite_of("evidence_book", 120, make_database, setup, desk_close,
                    TESTS(an_approved_rule_reaches_the_screening_while_it_runs,
                          each_is_refused_what_is_not_hers, bad_input_is_named,
                          what_is_overridden_often_comes_before_the_curator));
}
