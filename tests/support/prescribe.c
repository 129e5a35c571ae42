/* Stages for tests of prescriptions. */
#include "support/prescribe.h"

#include <check.h>
#include <string.h>

#include "base/date.h"
#include "core/knowledge_db.h"
#include "core/patient.h"
#include "support/database.h"

const struct knowledge *test_knowledge(const char *name)
{
    static struct knowledge *knowledge;
    struct ctx c;

    if (knowledge == NULL) {
        database_open_test(&c, name, TEST_APP);
        ck_assert_msg(knowledge_from_database(&c, &knowledge) == ST_OK, "%s", fault_text(&c));
        ctx_close(&c);
    }
    return knowledge;
}

int64_t test_patient(struct ctx *c, const char *code)
{
    int64_t id;

    ck_assert_msg(patient_find(c, code, &id) == ST_OK, "%s", fault_text(c));
    return id;
}

int64_t test_patient_new(struct ctx *c, const struct knowledge *knowledge)
{
    int year, month, day;
    struct patient_new patient = { .family_name = "Test" };
    int64_t id, version;

    date_parts((struct date){ (int32_t)(instant_now().us / INT64_C(86400000000)) }, &year, &month, &day);
    patient.born_on = date_from(year - 40, 1, 1);
    ck_assert_msg(patient_create(c, &patient, &id) == ST_OK, "%s", fault_text(c));
    ck_assert_msg(patient_add(c, knowledge, id, PROFILE_MEDICINES, NULL, 0, true, &version) == ST_OK, "%s",
                  fault_text(c));
    return id;
}

struct prescription_draft test_draft(struct ctx *c, int64_t patient_id, const char *formula, const char *herb,
                                     int64_t mg)
{
    struct draft_formula *formulas = arena_array(&c->arena, 1, sizeof *formulas);
    struct draft_herb *herbs = arena_array(&c->arena, 1, sizeof *herbs);

    formulas->formula = formula;
    herbs->herb = herb;
    herbs->weight.mg = mg;
    return (struct prescription_draft){
        .patient_id = patient_id,
        .dosage_form = "raw_decoction",
        .merge_rule = MERGE_ASK,
        .dose_mode = MODE_PER_DAY,
        .course = { .days = 7 },
        .formulas = formulas,
        .formula_count = formula != NULL,
        .herbs = herbs,
        .herb_count = herb != NULL,
    };
}

const struct prescription_line *test_line(const struct prescription *prescription, const char *herb_id)
{
    for (size_t i = 0; i < prescription->line_count; i++)
        if (strcmp(prescription->lines[i].herb_id, herb_id) == 0)
            return &prescription->lines[i];
    return NULL;
}

bool test_fault_says(const struct ctx *c, const char *field, const char *part)
{
    for (size_t i = 0; i < c->fault.count; i++) {
        const struct fault_item *item = &c->fault.items[i];

        if (item->field != NULL && strcmp(item->field, field) == 0 &&
            (strstr(item->rule, part) != NULL || (item->value != NULL && strstr(item->value, part) != NULL)))
            return true;
    }
    return false;
}

size_t test_answer_all(struct ctx *c, int64_t prescription_id, int64_t version)
{
    struct screening_record record;
    struct screening_answer *answers;
    struct stored_finding *findings;
    size_t n, count = 0;

    ck_assert_msg(screening_latest(c, prescription_id, version, &record) == ST_OK, "%s", fault_text(c));
    ck_assert_msg(screening_findings(c, record.id, &findings, &n) == ST_OK, "%s", fault_text(c));
    answers = arena_array(&c->arena, n, sizeof *answers);
    for (size_t i = 0; i < n; i++)
        if (findings[i].critical_no != 0 && findings[i].answer_no == 0)
            answers[count++] = (struct screening_answer){ findings[i].finding_no, "monitored", "INR weekly" };
    if (count > 0)
        ck_assert_msg(screening_answer(c, record.id, answers, count) == ST_OK, "%s", fault_text(c));
    return count;
}

void test_add(struct ctx *c, const struct knowledge *k, int64_t patient, enum profile_part part,
              const char *typed)
{
    const struct profile_line line = { .typed = typed, .since = DATE_NONE };
    int64_t version;

    ck_assert_msg(patient_add(c, k, patient, part, &line, 1, false, &version) == ST_OK, "%s", fault_text(c));
}

struct date test_day(struct ctx *c, int days)
{
    return date_plus_days((struct date){ (int32_t)sql_number(
                              c, "SELECT shop_today(id) - date '1970-01-01' FROM shops LIMIT 1") },
                          days);
}

int64_t test_prescribe(struct ctx *c, const struct knowledge *k, int64_t patient, const char *herb,
                       int64_t mg)
{
    struct prescription_draft draft = test_draft(c, patient, NULL, herb, mg);
    int64_t id;

    ck_assert_msg(prescription_create(c, k, &draft, &id) == ST_OK, "%s", fault_text(c));
    return id;
}

struct screening_record test_latest(struct ctx *c, int64_t id)
{
    struct screening_record record;
    int64_t version;

    ck_assert_int_eq(prescription_latest(c, id, &version), ST_OK);
    ck_assert_msg(screening_latest(c, id, version, &record) == ST_OK, "%s", fault_text(c));
    return record;
}

struct stored_finding *test_findings(struct ctx *c, int64_t id, size_t *n)
{
    struct stored_finding *findings;

    ck_assert_int_eq(screening_findings(c, test_latest(c, id).id, &findings, n), ST_OK);
    return findings;
}

const struct stored_finding *test_finding(struct ctx *c, int64_t id, const char *kind,
                                          const char *object_typed)
{
    size_t n;
    struct stored_finding *findings = test_findings(c, id, &n);

    for (size_t i = 0; i < n; i++)
        if (strcmp(findings[i].kind, kind) == 0 && strcmp(findings[i].object_typed, object_typed) == 0)
            return &findings[i];
    return NULL;
}

const struct draft_herb test_risky_herbs[2] = {
    { "dan_shen", { 15000 }, NULL },
    { "huang_qi", { 9000 }, NULL },
};

int64_t test_risky(struct ctx *c, const struct knowledge *k, int64_t *patient)
{
    struct prescription_draft draft;
    int64_t id;

    *patient = test_patient_new(c, k);
    test_add(c, k, *patient, PROFILE_MEDICINES, "Coumadin");
    draft = test_draft(c, *patient, NULL, NULL, 0);
    draft.herbs = test_risky_herbs;
    draft.herb_count = 2;
    draft.refills = 2;
    ck_assert_msg(prescription_create(c, k, &draft, &id) == ST_OK, "%s", fault_text(c));
    return id;
}
