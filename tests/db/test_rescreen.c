/* Screening again in the background: what changes is found, put on the work list once with its cause, and taken off it again;
   a piece of the queue is done once, by whoever comes first, and gone on with after a fall. */
#include <string.h>
#include <unistd.h>

#include "core/knowledge_db.h"
#include "core/order.h"
#include "core/rescreen.h"
#include "core/rescreen_job.h"
#include "support/prescribe.h"
#include "support/scene.h"
#include "support/stage.h"

#define DATABASE "test_rescreen"

SCENE_WITH_RULES("dr.wu")

static const struct knowledge *book(struct ctx *at, void *arg)
{
    (void)at;
    (void)arg;
    return k;
}

/* Works the queue until nothing waits; returns how many batches that took. */
static int work_all(void)
{
    struct rescreener *rescreener = rescreener_open(book, NULL);
    bool worked = true;
    int steps = -1;

    while (worked) {
        struct ctx apart;
        enum status status;

        ctx_init(&apart);
        apart.db = c.db;
        status = rescreener_step(&apart, rescreener, &worked);
        ck_assert_msg(status == ST_OK, "%s %s", fault_text(&apart), apart.cause == NULL ? "" : apart.cause);
        ctx_close(&apart);
        steps++;
    }
    rescreener_close(rescreener);
    return steps;
}

/* A signed prescription of dan shen for a new patient who takes nothing. */
static int64_t signed_dan_shen(int64_t *patient)
{
    int64_t id;

    *patient = test_patient_new(&c, k);
    id = test_prescribe(&c, k, *patient, "dan_shen", 10000);
    test_answer_all(&c, id, 1);
    ck_assert_msg(prescription_sign(&c, k, id, 1) == ST_OK, "%s", fault_text(&c));
    return id;
}

static int64_t items(int64_t prescription, const char *where)
{
    return sql_number(&c, SQL("SELECT count(*) FROM work_items WHERE prescription_id = %lld AND %s",
                              (long long)prescription, where));
}

#define ABOUT_WARFARIN "severity = 'major' AND why = 'medicine added: Coumadin'"

START_TEST(a_new_medicine_reaches_the_work_list_once)
{
    int64_t patient, id = signed_dan_shen(&patient);

    test_add(&c, k, patient, PROFILE_MEDICINES, "Coumadin");
    ck_assert_int_eq(work_all(), 1);
    ck_assert_int_eq(items(id, ABOUT_WARFARIN " AND state = 'open'"), 1);
    ck_assert(test_latest(&c, id).stands);
    ck_assert_str_eq(test_latest(&c, id).made_by, "");
    ck_assert_int_eq(work_all(), 0);
    test_add(&c, k, patient, PROFILE_CONDITIONS, "hypertension");
    ck_assert_int_eq(work_all(), 1);
    ck_assert_int_eq(items(id, ABOUT_WARFARIN), 1);
}
END_TEST

START_TEST(what_stops_takes_its_work_with_it)
{
    int64_t patient, id = signed_dan_shen(&patient), line, version;

    test_add(&c, k, patient, PROFILE_MEDICINES, "Coumadin");
    work_all();
    line =
        sql_number(&c, SQL("SELECT id FROM patient_medicines WHERE patient_id = %lld", (long long)patient));
    ck_assert_int_eq(patient_end(&c, patient, PROFILE_MEDICINES, line, &version), ST_OK);
    work_all();
    ck_assert_int_eq(items(id, ABOUT_WARFARIN " AND state = 'open'"), 1); /* it still acts */
    ck_assert_int_eq(patient_last_taken(&c, patient, line, test_day(&c, -30), &version), ST_OK);
    work_all();
    ck_assert_int_eq(items(id, "state <> 'done'"), 0);
    ck_assert_int_ge(items(id, "outcome = 'cause_gone' AND note = 'medicine stopped: Coumadin'"), 1);
    test_add(&c, k, patient, PROFILE_MEDICINES, "Coumadin");
    work_all();
    ck_assert_int_eq(items(id, ABOUT_WARFARIN " AND state = 'open'"), 1);
}
END_TEST

START_TEST(an_answer_is_the_work)
{
    int64_t patient, id = signed_dan_shen(&patient);

    test_add(&c, k, patient, PROFILE_MEDICINES, "Coumadin");
    work_all();
    test_answer_all(&c, id, 1);
    ck_assert_int_eq(items(id, "severity = 'major' AND outcome = 'answered' AND done_by IS NOT NULL"
                               " AND note = 'monitored'"),
                     items(id, "severity IN ('major', 'contraindicated')"));
}
END_TEST

START_TEST(what_has_ended_is_not_screened_again)
{
    int64_t patient, id = signed_dan_shen(&patient);

    stage_fate(&c, DATABASE,
               SQL("UPDATE signatures SET signed_at = now() - interval '8 days'"
                   " WHERE prescription_id = %lld",
                   (long long)id));
    test_add(&c, k, patient, PROFILE_MEDICINES, "Coumadin");
    ck_assert_int_eq(work_all(), 0);
    ck_assert_int_eq(items(id, "true"), 0);
}
END_TEST

START_TEST(work_ends_with_the_course)
{
    int64_t patient, id = signed_dan_shen(&patient);

    test_add(&c, k, patient, PROFILE_MEDICINES, "Coumadin");
    work_all();
    stage_fate(&c, DATABASE,
               SQL("UPDATE signatures SET signed_at = now() - interval '8 days'"
                   " WHERE prescription_id = %lld",
                   (long long)id));
    ck_assert_int_eq(rescreen_days(&c), ST_OK);
    ck_assert_int_ge(work_all(), 1);
    ck_assert_int_eq(items(id, "state <> 'done'"), 0);
    ck_assert_int_ge(items(id, "outcome = 'course_ended'"), 1);
    ck_assert_int_eq(rescreen_days(&c), ST_OK);
    ck_assert_int_eq(work_all(), 0); /* once a day */
}
END_TEST

/* The rule book is read anew: the published one is older than the change. */
START_TEST(a_changed_rule_reaches_the_work_list)
{
    int64_t patient, id = signed_dan_shen(&patient);
    int64_t quiet;

    test_add(&c, k, patient, PROFILE_MEDICINES, "levothyroxine");
    work_all();
    quiet = items(id, "severity = 'contraindicated'");
    stage_fate(
        &c, DATABASE,
        "INSERT INTO rules (id, kind, subject_kind, subject_id, object_kind, object_id, severity, effect, "
        "action,"
        " source, confidence) VALUES ('t_new', 'herb_drug', 'herb', 'dan_shen', 'drug', 'levothyroxine',"
        " 'contraindicated', 'a test', 'stop', 'test', 'low')");
    ck_assert_int_eq(rescreen_request(&c, "a test rule"), ST_OK);
    ck_assert_int_ge(work_all(), 1);
    ck_assert_int_eq(quiet, 0);
    ck_assert_int_eq(
        items(id, "severity = 'contraindicated' AND why = 'the rule book changed: rule t_new, version 1'"),
        1);
    stage_fate(&c, DATABASE, "UPDATE rules SET retired_at = now() WHERE id = 't_new'");
    ck_assert_int_eq(rescreen_request(&c, "a test rule"), ST_OK);
    ck_assert_int_ge(work_all(), 1);
    ck_assert_int_eq(items(id, "severity = 'contraindicated' AND outcome = 'cause_gone'"), 1);
}
END_TEST

static enum status count_raised(struct ctx *at, const struct rescreen_result *results, size_t count,
                                void *arg)
{
    int64_t *raised = arg;

    (void)at;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < results[i].change_count; j++)
            *raised += results[i].changes[j].raised && results[i].changes[j].finding != NULL &&
                       strcmp(results[i].changes[j].finding->rule_id, "t_dry") == 0;
    return ST_OK;
}

/* Two rule books against each other, nothing stored: the evidence book's dry run. */
START_TEST(two_rule_books_are_compared)
{
    int64_t patient, id = signed_dan_shen(&patient), raised = 0, before;
    struct rescreen_figures figures;
    struct knowledge *other;

    test_add(&c, k, patient, PROFILE_MEDICINES, "digoxin");
    work_all();
    before = sql_number(&c, "SELECT count(*) FROM screenings");
    stage_fate(&c, DATABASE,
               "INSERT INTO rules (id, kind, subject_kind, subject_id, object_kind, object_id, severity, "
               "effect, action,"
               " source, confidence) VALUES ('t_dry', 'herb_drug', 'herb', 'dan_shen', 'drug', 'digoxin',"
               " 'contraindicated', 'a test', 'stop', 'test', 'low')");
    ck_assert_int_eq(knowledge_from_database(&c, &other), ST_OK);
    stage_fate(&c, DATABASE, "UPDATE rules SET retired_at = now() WHERE id = 't_dry'");
    ck_assert_msg(
        rescreen_walk(&c, other, k, (struct rescreen_scope){ 0 }, count_raised, &raised, &figures) == ST_OK,
        "%s", fault_text(&c));
    ck_assert_int_ge(raised, 1);
    ck_assert_int_ge(figures.prescriptions, 1);
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM screenings"), before);
    ck_assert_int_ge(id, 1);
    knowledge_close(other);
}
END_TEST

/* A profile for the next test; parts in the order they are entered. */
struct profile_case {
    int age;        /* years; 0: not known */
    int64_t weight; /* mg */
    const char *medicines[3], *condition, *allergy;
    int stopped_ago; /* days since the first medicine was last taken; -1: it is taken */
    int operation;   /* in so many days; 0: none */
};

static int64_t patient_of(const struct profile_case *one)
{
    int64_t id, line, version;
    struct patient_new patient = { .family_name = "Bulk", .born_on = DATE_NONE, .weight = { one->weight } };

    if (one->age > 0)
        patient.born_on = test_day(&c, -one->age * 366);
    ck_assert_msg(patient_create(&c, &patient, &id) == ST_OK, "%s", fault_text(&c));
    for (int i = 0; i < 3 && one->medicines[i] != NULL; i++)
        test_add(&c, k, id, PROFILE_MEDICINES, one->medicines[i]);
    if (one->condition != NULL)
        test_add(&c, k, id, PROFILE_CONDITIONS, one->condition);
    if (one->allergy != NULL)
        test_add(&c, k, id, PROFILE_ALLERGIES, one->allergy);
    if (one->stopped_ago >= 0) {
        line = sql_number(
            &c, SQL("SELECT min(id) FROM patient_medicines WHERE patient_id = %lld", (long long)id));
        ck_assert_int_eq(patient_last_taken(&c, id, line, test_day(&c, -one->stopped_ago), &version), ST_OK);
    }
    if (one->operation > 0) {
        const struct profile_line operation = { .typed = "operation", .since = test_day(&c, one->operation) };

        ck_assert_int_eq(patient_add(&c, k, id, PROFILE_OPERATIONS, &operation, 1, false, &version), ST_OK);
    }
    return id;
}

/* The bulk way and the one-by-one way find the same, whatever the profile holds: one screening each, then nothing changes. */
START_TEST(in_bulk_as_one_by_one)
{
    static const struct profile_case cases[] = {
        { 40, 0, { "Coumadin", "Xyzzyzol forte" }, "pregnancy", "huang qi", -1, 0 },
        { 71, 0, { "warfarin", "aspirin" }, "hypertension", "shellfish", 2, 0 },
        { 71, 62000000, { "warfarin" }, NULL, "ragweed", 400, 12 },
        { 4, 16000000, { NULL }, "asthma", "moon dust", -1, 0 },
        { 15, 0, { "sertraline" }, NULL, NULL, 10, 5 },
        { 0, 0, { "St John's wort (stopped 5 days ago)", "digoxin" }, NULL, "Asteraceae", -1, 0 },
        { 55, 0, { "St John's wort", "cyclosporine" }, "surgery", NULL, 9, 3 },
        { 60, 0, { "amiodarone", "clopidogrel" }, NULL, "penicillin", 90, 200 },
    };
    struct rescreen_figures figures;
    int64_t raised = 0;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t patient = patient_of(&cases[i]), id, screening;
        struct prescription_draft draft = test_draft(&c, patient, "Bu Zhong Yi Qi Tang", "dan_shen", 10000);
        struct stored_finding *findings;
        size_t n;

        ck_assert_int_eq(prescription_create(&c, k, &draft, &id), ST_OK);
        test_answer_all(&c, id, 1);
        ck_assert_msg(prescription_sign(&c, k, id, 1) == ST_OK, "%s", fault_text(&c));
        ck_assert_int_eq(screening_make(&c, k, id, 1, &screening), ST_OK);
        findings = test_findings(&c, id, &n);
        ck_assert_uint_ge(n, 1);
        ck_assert_int_ne(findings[0].key, 0);
        ck_assert_int_eq(rescreen_walk(&c, k, NULL, (struct rescreen_scope){ patient - 1, patient },
                                       count_raised, &raised, &figures),
                         ST_OK);
        ck_assert_int_eq(figures.prescriptions, 1);
        ck_assert_msg(figures.changed == 0, "case %zu: %lld raised, %lld gone", i, (long long)figures.raised,
                      (long long)figures.gone);
    }
}
END_TEST

/* A piece another service has locked is left to it; what fell over is gone on with behind the last batch. */
START_TEST(a_piece_is_done_once_and_gone_on_with)
{
    int64_t patient, id = signed_dan_shen(&patient);
    struct ctx other;
    int steps = 0;

    test_add(&c, k, patient, PROFILE_MEDICINES, "Coumadin");
    database_open_test(&other, DATABASE, TEST_APP);
    sql_must(&other, "BEGIN");
    sql_must(&other, "SELECT id FROM rescreen_jobs WHERE finished_at IS NULL FOR UPDATE");
    ck_assert_int_eq(work_all(), 0);
    ctx_close(&other); /* it fell over; the database learns that in a moment */
    for (int i = 0; i < 100 && steps == 0; i++) {
        usleep(50000);
        steps = work_all();
    }
    ck_assert_int_eq(steps, 1);
    ck_assert_int_eq(items(id, ABOUT_WARFARIN), 1);
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM rescreen_jobs WHERE finished_at IS NULL"), 0);
}
END_TEST

SUITE(rescreen)
{
    return suite_of("rescreen", 120, make, setup, scene_close,
                    TESTS(a_new_medicine_reaches_the_work_list_once, what_stops_takes_its_work_with_it,
                          an_answer_is_the_work, what_has_ended_is_not_screened_again,
                          work_ends_with_the_course, a_changed_rule_reaches_the_work_list,
                          two_rule_books_are_compared, in_bulk_as_one_by_one,
                          a_piece_is_done_once_and_gone_on_with));
}
