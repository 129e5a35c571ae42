/* The evidence book: a shop's own rows reach screening from the day they hold, only after another person approved them; what the
   database refuses by itself; the history; and what a proposal would change. */
#include <string.h>

#include "clinic/names.h"
#include "support/database.h"
#include "support/evidence.h"
#include "support/prescribe.h"
#include "support/runner.h"

#define DATABASE "test_evidence"
#define SQL(...) arena_printf(&c.arena, __VA_ARGS__)

static struct ctx c;
static const struct knowledge *k; /* the reference */
static long long shop;

static void setup(void)
{
    evidence_stage(&c, DATABASE);
    k = evidence_reference(&c);
    shop = c.who.shop_id;
}

static void teardown(void)
{
    ctx_close(&c);
}

static void make(void)
{
    evidence_fresh(DATABASE);
}

static void shift_today(int hours)
{
    struct ctx owner;

    /* the civil day moves with the shop's clock */
    database_open_test(&owner, DATABASE, TEST_OWNER);
    sql_must(&owner, arena_printf(&owner.arena, "UPDATE shops SET time_zone = '%s'",
                                  hours > 0 ? "Etc/GMT-14" : "Etc/GMT+12"));
    ctx_close(&owner);
}

static struct date today(void)
{
    return (struct date){ (int32_t)sql_number(&c, SQL("SELECT shop_today(%lld) - date '1970-01-01'", shop)) };
}

START_TEST(a_rule_is_in_force_only_after_another_person_approved_it)
{
    int64_t id = evidence_proposed(&c, k, evidence_rule("hdi0001", "contraindicated"));

    ck_assert(!evidence_rule_of(evidence_book(&c), "hdi0001")->own);
    ck_assert_int_eq(evidence_approve(&c, id, ""), ST_DENIED); /* her own */
    ctx_forgive(&c);
    evidence_approved(&c, id);
    ck_assert(evidence_rule_of(evidence_book(&c), "hdi0001")->own);
    ck_assert_int_eq(evidence_rule_of(evidence_book(&c), "hdi0001")->severity, SEVERITY_CONTRAINDICATED);
    /* what was not said came from the reference */
    ck_assert_str_eq(evidence_rule_of(evidence_book(&c), "hdi0001")->effect,
                     evidence_rule_of(k, "hdi0001")->effect);
    ck_assert_str_eq(evidence_rule_of(evidence_book(&c), "hdi0001")->citation, "Case notes 2026");
    ck_assert_int_eq(evidence_rule_of(k, "hdi0001")->severity,
                     SEVERITY_MAJOR); /* the reference is untouched */
}
END_TEST

START_TEST(an_update_of_the_reference_overwrites_nothing)
{
    struct ctx owner;
    int64_t id = evidence_proposed(&c, k, evidence_rule("hdi0002", "minor"));

    evidence_approved(&c, id);
    database_open_test(&owner, DATABASE, TEST_OWNER);
    sql_must(&owner,
             "UPDATE rules SET severity = 'contraindicated', version = version + 1 WHERE id = 'hdi0002'");
    ck_assert_int_eq(evidence_rule_of(evidence_book(&c), "hdi0002")->severity, SEVERITY_MINOR);
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM evidence_history h JOIN rules r ON r.id = h.key WHERE"
                           " h.id = %lld AND h.reference_version = r.version - 1",
                           (long long)id)),
        1);
    ctx_close(&owner);
}
END_TEST

START_TEST(a_retired_rule_is_gone_and_comes_back)
{
    struct evidence_proposal p = evidence_rule("hdi0003", NULL);

    p.change = EVIDENCE_RETIRE;
    evidence_approved(&c, evidence_proposed(&c, k, p));
    ck_assert_ptr_null(evidence_rule_of(evidence_book(&c), "hdi0003"));
    p = evidence_rule("hdi0003", NULL);
    p.change = EVIDENCE_REVERT;
    evidence_approved(&c, evidence_proposed(&c, k, p));
    ck_assert_ptr_nonnull(evidence_rule_of(evidence_book(&c), "hdi0003"));
    ck_assert(!evidence_rule_of(evidence_book(&c), "hdi0003")->own);
}
END_TEST

START_TEST(a_new_rule_gets_a_number_and_raises_a_finding)
{
    struct evidence_proposal p = evidence_rule(NULL, "major");
    struct stored_finding *findings;
    struct prescription_draft draft;
    int64_t patient = test_patient_new(&c, k), id;
    bool found = false;
    size_t n;

    p.rule.kind = "herb_drug";
    p.rule.subject_kind = "herb";
    p.rule.subject_id = "Huang Qi"; /* any name */
    p.rule.object_kind = "drug";
    p.rule.object_id = "metformin";
    p.rule.effect = "hypoglycaemia";
    p.rule.action = "measure";
    evidence_approved(&c, evidence_proposed(&c, k, p));
    test_add(&c, k, patient, PROFILE_MEDICINES, "metformin");
    draft = test_draft(&c, patient, NULL, "huang_qi", 30000);
    ck_assert_int_eq(prescription_create(&c, evidence_book(&c), &draft, &id), ST_OK);
    findings = test_findings(&c, id, &n);
    for (size_t i = 0; i < n; i++)
        if (strncmp(findings[i].rule_id, "own_", 4) == 0) {
            found = true;
            ck_assert_str_eq(findings[i].rule_origin, "shop");
            ck_assert_int_eq(findings[i].rule_version, 1);
            ck_assert_str_eq(findings[i].severity, "major");
        }
    ck_assert(found);
    ck_assert_int_eq(sql_number(&c, SQL("SELECT count(*) FROM alert_events WHERE prescription_id = %lld AND"
                                        " rule_origin = 'shop'",
                                        (long long)id)),
                     1);
}
END_TEST

START_TEST(it_holds_from_its_first_day_to_its_last_in_the_shops_time)
{
    struct evidence_proposal p = evidence_rule("hdi0004", "minor");

    shift_today(-1);
    p.from = date_plus_days(today(), 1);
    p.to = p.from;
    evidence_approved(&c, evidence_proposed(&c, k, p));
    ck_assert(!evidence_rule_of(evidence_book(&c), "hdi0004")->own);
    shift_today(+1); /* a day, at most two, later */
    if (today().days == p.from.days)
        ck_assert(evidence_rule_of(evidence_book(&c), "hdi0004")->own);
    sql_must(&c, "SELECT 1");
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM evidence_in_force(%lld, date '1970-01-01' + %d) WHERE key = "
                           "'hdi0004'",
                           shop, p.to.days)),
        1);
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM evidence_in_force(%lld, date '1970-01-01' + %d) WHERE key = "
                           "'hdi0004'",
                           shop, p.to.days + 1)),
        0);
    p.to = date_plus_days(p.from, -1);
    {
        int64_t id;

        ck_assert_int_eq(evidence_propose(&c, k, &p, &id), ST_INVALID);
        ck_assert(test_fault_says(&c, "effective_to", "not before"));
    }
}
END_TEST

static struct evidence_proposal name_of(const char *kind, const char *id, const char *name)
{
    struct evidence_proposal p = evidence_rule(NULL, NULL);

    p.kind = EVIDENCE_SYNONYM;
    p.synonym = (struct own_synonym){ .thing_kind = kind, .thing_id = id, .synonym = name };
    return p;
}

START_TEST(a_name_of_the_shops_own_is_understood)
{
    struct evidence_proposal p = name_of("herb", "Dan Shen", "grandmother root");
    struct name_meaning meaning;

    names_look_up(evidence_book(&c), "Grandmother Root", REF_ALL, &meaning);
    ck_assert_uint_eq(meaning.count, 0);
    evidence_approved(&c, evidence_proposed(&c, k, p));
    names_look_up(evidence_book(&c), "Grandmother Root", REF_ALL, &meaning);
    ck_assert_uint_eq(meaning.count, 1);
    p.synonym = (struct own_synonym){ .thing_kind = "drug", .thing_id = "warfarin", .synonym = "Marevanil" };
    evidence_approved(&c, evidence_proposed(&c, k, p));
    names_look_up(evidence_book(&c), "marevanil", REF_DRUGS, &meaning);
    ck_assert_uint_eq(meaning.count, 1);
    p.change = EVIDENCE_RETIRE;
    evidence_approved(&c, evidence_proposed(&c, k, p));
    names_look_up(evidence_book(&c), "marevanil", REF_DRUGS, &meaning);
    ck_assert_uint_eq(meaning.count, 0);
    p.synonym.thing_id = "clopidogrel";
    p.synonym.synonym = "Plavix"; /* a brand of the reference, in a cell with others */
    evidence_approved(&c, evidence_proposed(&c, k, p));
    names_look_up(evidence_book(&c), "Plavix", REF_DRUGS, &meaning);
    ck_assert_uint_eq(meaning.count, 0);
}
END_TEST

START_TEST(a_name_that_means_something_already_is_refused)
{
    struct evidence_proposal p = name_of("herb", "dan_shen", "Huang Qi");

    ck_assert_int_eq(evidence_check(&c, k, &p), ST_INVALID);
    ck_assert(test_fault_says(&c, "synonym", "means"));
    ctx_forgive(&c);
    p.synonym.synonym = "Dan Shen";
    ck_assert_int_eq(evidence_check(&c, k, &p), ST_INVALID);
    ck_assert(test_fault_says(&c, "synonym", "already"));
    ctx_forgive(&c);
    p.synonym.thing_id = "dan shem";
    p.synonym.synonym = "grandfather root";
    ck_assert_int_eq(evidence_check(&c, k, &p), ST_INVALID);
    ck_assert(test_fault_says(&c, "thing_id", "near it"));
}
END_TEST

START_TEST(a_ratio_of_the_shops_own_is_used)
{
    struct evidence_proposal p = {
        .kind = EVIDENCE_RATIO,
        .reason = "our supplier's certificate",
        .citation = "certificate 77",
        .from = DATE_NONE,
        .to = DATE_NONE,
        .ratio = { .herb_id = "huang_qi", .crude_g_per_g = "7.5" },
    };
    const struct knowledge *own;
    struct ref herb;

    evidence_approved(&c, evidence_proposed(&c, k, p));
    own = evidence_book(&c);
    herb = knowledge_find(own, REF_HERB, "huang_qi");
    ck_assert_int_eq(own->herbs[herb.at].granule.num * 2, own->herbs[herb.at].granule.den * 15);
    p.ratio.low = "9";
    ck_assert_int_eq(evidence_propose(&c, k, &p, &(int64_t){ 0 }), ST_INVALID);
}
END_TEST

START_TEST(what_is_wrong_is_named)
{
    struct evidence_proposal p = evidence_rule("hdi00011", "grave");

    p.citation = " ";
    ck_assert_int_eq(evidence_check(&c, k, &p), ST_INVALID);
    ck_assert(test_fault_says(&c, "citation", "must be given"));
    ck_assert(test_fault_says(&c, "id", "did you mean hdi0001"));
    ctx_forgive(&c);
    p = evidence_rule("hdi0001", "grave");
    ck_assert_int_eq(evidence_check(&c, k, &p), ST_INVALID);
    ck_assert(test_fault_says(&c, "severity", "contraindicated, major, moderate or minor"));
    ctx_forgive(&c);
    p = evidence_rule(NULL, "major");
    p.rule.kind = "herb_herb";
    p.rule.subject_kind = "herb";
    p.rule.object_kind = "drug";
    ck_assert_int_eq(evidence_check(&c, k, &p), ST_INVALID);
    ck_assert(test_fault_says(&c, "subject_kind", "herb and herb"));
    ck_assert(test_fault_says(&c, "effect", "must be given"));
}
END_TEST

SUITE(evidence)
{
    return suite_of(
        "evidence", 120, make, setup, teardown,
        TESTS(a_rule_is_in_force_only_after_another_person_approved_it,
              an_update_of_the_reference_overwrites_nothing, a_retired_rule_is_gone_and_comes_back,
              a_new_rule_gets_a_number_and_raises_a_finding,
              it_holds_from_its_first_day_to_its_last_in_the_shops_time,
              a_name_of_the_shops_own_is_understood, a_name_that_means_something_already_is_refused,
              a_ratio_of_the_shops_own_is_used, what_is_wrong_is_named));
}
