/* The evidence book's laws: what the database refuses by itself, the history; what a proposal would change, and what comes before
   the curator. */
#include <string.h>

#include "core/curator.h"
#include "core/evidence_effects.h"
#include "support/database.h"
#include "support/evidence.h"
#include "support/prescribe.h"
#include "support/runner.h"

#define DATABASE "test_evidence_laws"
#define SQL(...) arena_printf(&c.arena, __VA_ARGS__)

static struct ctx c;
static const struct knowledge *k; /* the reference */
static long long shop;

static void make(void)
{
    evidence_fresh(DATABASE);
}

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

static void refused(enum status expected, const char *sql)
{
    ck_assert_msg(sql_try(&c, sql) == expected, "%s\n%s", sql, fault_text(&c));
    ctx_forgive(&c);
}

START_TEST(a_rejected_proposal_keeps_its_reason)
{
    int64_t id = evidence_proposed(&c, k, evidence_rule("hdi0005", "minor"));

    act_as(&c, "mei.lin");
    ck_assert_int_eq(evidence_reject(&c, id, ""), ST_INVALID);
    ctx_forgive(&c);
    ck_assert_int_eq(evidence_reject(&c, id, "two cases are no evidence"), ST_OK);
    ck_assert_int_eq(evidence_approve(&c, id, ""), ST_CONFLICT);
    ctx_forgive(&c);
    ck_assert(!evidence_rule_of(evidence_book(&c), "hdi0005")->own);
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM evidence_history WHERE id = %lld AND verdict = 'rejected'"
                           " AND decision_note = 'two cases are no evidence' AND decider IS NOT NULL",
                           (long long)id)),
        1);
}
END_TEST

START_TEST(the_history_says_from_what_to_what)
{
    int64_t first = evidence_proposed(&c, k, evidence_rule("hdi0006", "minor")), second;

    evidence_approved(&c, first);
    second = evidence_proposed(&c, k, evidence_rule("hdi0006", "contraindicated"));
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM evidence_history h, jsonb_array_elements(h.changes) e WHERE"
                           " h.id = %lld AND e->>'field' = 'severity' AND e->>'to' = 'minor' AND e->>'from' ="
                           " (SELECT severity::text FROM rules WHERE id = 'hdi0006')",
                           (long long)first)),
        1);
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM evidence_history h, jsonb_array_elements(h.changes) e WHERE"
                           " h.id = %lld AND e = '{\"field\":\"severity\",\"from\":\"minor\",\"to\":"
                           "\"contraindicated\"}'",
                           (long long)second)),
        1);
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT jsonb_array_length(changes) FROM evidence_history WHERE id = %lld",
                           (long long)second)),
        1);
}
END_TEST

#define DECIDE "INSERT INTO evidence_decisions (shop_id, proposal_id, author_id, verdict, decided_by, note) "

START_TEST(the_database_refuses_by_itself)
{
    long long id = evidence_proposed(&c, k, evidence_rule("hdi0007", "minor")), author = c.who.user_id, other,
              staff;

    other = sql_number(&c, "SELECT id FROM users WHERE username = 'mei.lin'");
    staff = sql_number(
        &c, "SELECT u.id FROM users u WHERE NOT EXISTS (SELECT FROM user_roles r WHERE r.user_id = u.id AND"
            " r.role = 'curator') LIMIT 1");
    refused(ST_DENIED,
            SQL(DECIDE "VALUES (%lld, %lld, %lld, 'approved', %lld, '')", shop, id, author, author));
    refused(ST_DENIED,
            SQL(DECIDE "VALUES (%lld, %lld, %lld, 'approved', %lld, '')", shop, id, author, staff));
    refused(ST_NOT_FOUND, /* a lie about the author */
            SQL(DECIDE "VALUES (%lld, %lld, %lld, 'approved', %lld, '')", shop, id, other, author));
    refused(ST_DENIED,
            SQL(DECIDE "VALUES (%lld, %lld, %lld, 'withdrawn', %lld, '')", shop, id, author, other));
    refused(ST_INVALID,
            SQL(DECIDE "VALUES (%lld, %lld, %lld, 'rejected', %lld, ' ')", shop, id, author, other));
    refused(ST_DENIED,
            SQL("INSERT INTO evidence_proposals (shop_id, kind, key, version, change, reason, citation, "
                "effective_from, author_id) VALUES (%lld, 'rule', 'hdi0007', 2, 'retire', 'r', 'c', "
                "'2026-01-01', %lld)",
                shop, (long long)sql_number(&c, "SELECT id FROM users WHERE username = 'admin'")));
    /* a version that follows none, a rule without what it sets */
    refused(ST_CONFLICT,
            SQL("INSERT INTO evidence_proposals (shop_id, kind, key, version, change, reason, citation, "
                "effective_from, author_id) VALUES (%lld, 'rule', 'hdi0007', 9, 'retire', 'r', 'c', "
                "'2026-01-01', %lld)",
                shop, author));
    refused(ST_INVALID,
            SQL("INSERT INTO evidence_proposals (shop_id, kind, key, version, change, reason, citation, "
                "effective_from, author_id) VALUES (%lld, 'rule', 'hdi0007', 2, 'set', 'r', 'c', "
                "'2026-01-01', %lld)",
                shop, author));
    sql_must(&c, SQL(DECIDE "VALUES (%lld, %lld, %lld, 'approved', %lld, '')", shop, id, author, other));
    refused(ST_CONFLICT,
            SQL(DECIDE "VALUES (%lld, %lld, %lld, 'rejected', %lld, 'x')", shop, id, author, other));
}
END_TEST

START_TEST(history_is_never_rewritten_and_stays_in_the_shop)
{
    static const char *const tables[] = { "evidence_proposals", "evidence_decisions", "shop_rules",
                                          "shop_synonyms",      "shop_ratios",        "alert_decisions" };

    (void)evidence_proposed(&c, k, evidence_rule("hdi0008", "minor"));
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        refused(ST_DENIED, SQL("UPDATE %s SET shop_id = shop_id", tables[i]));
        refused(ST_DENIED, SQL("DELETE FROM %s", tables[i]));
    }
    c.who.shop_id++;
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM evidence_proposals"), 0);
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM evidence_history"), 0);
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM shop_rules"), 0);
}
END_TEST

START_TEST(a_dry_run_says_whose_findings_change)
{
    const struct knowledge *now = evidence_book(&c);
    int64_t patient, id = test_risky(&c, now, &patient);
    struct evidence_proposal p = evidence_rule(NULL, NULL);
    const struct stored_finding *finding = test_finding(&c, id, "herb_drug", "Coumadin");
    struct evidence_effects effects;
    bool found = false;

    if (finding == NULL)
        finding = test_finding(&c, id, "herb_drug", "warfarin");
    ck_assert_ptr_nonnull(finding);
    p.rule.id = finding->rule_id;
    p.rule.severity = strcmp(finding->severity, "contraindicated") == 0 ? "major" : "contraindicated";
    ck_assert_uint_gt(test_answer_all(&c, id, 1), 0);
    ck_assert_msg(prescription_sign(&c, now, id, 1) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(evidence_check(&c, now, &p), ST_OK);
    ck_assert_msg(evidence_effects(&c, &p, 1, &effects) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_ge(effects.prescriptions, 1);
    for (size_t i = 0; i < effects.count; i++)
        if (effects.rows[i].prescription_id == id) {
            found = true;
            ck_assert_int_eq(effects.rows[i].change, EFFECT_SEVERITY);
            ck_assert_str_eq(effects.rows[i].before, finding->severity);
            ck_assert_str_eq(effects.rows[i].after, p.rule.severity);
        }
    ck_assert(found);
    p.change = EVIDENCE_RETIRE;
    ck_assert_msg(evidence_effects(&c, &p, 1, &effects) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_ge(effects.gone + effects.severity, 1); /* gone, or the class's rule comes to the front */
    /* nothing was stored */
    ck_assert_int_eq(evidence_rule_of(evidence_book(&c), p.rule.id)->severity,
                     evidence_rule_of(now, p.rule.id)->severity);
}
END_TEST

START_TEST(a_rule_that_is_overridden_too_often_comes_before_the_curator)
{
    const struct alert_settings often = { 50, 3, 30 };
    struct curator_decision d = { .rule_id = "gr001",
                                  .action = CURATOR_KEEP,
                                  .note = "needed for the children's doses" };
    int64_t id;

    ck_assert_int_eq(alert_settings_set(&c, &often), ST_OK);
    for (int i = 0; i < 3; i++)
        sql_must(&c, SQL("INSERT INTO alert_events (shop_id, rule_id, rule_version, rule_origin, "
                         "finding_kind, severity, about, "
                         "role, moment, what, occasion, source, reason) SELECT %lld, 'gr001', 1, "
                         "'reference', 'dose', 'major', 'x', "
                         "'practitioner', 'sign', what, 'test %d', 'api', CASE what WHEN 'overridden' THEN "
                         "'short_course' ELSE '' END"
                         " FROM unnest('{shown,%s}'::text[]) what",
                         shop, i, i < 2 ? "overridden" : "heeded"));
    ck_assert_int_eq(curator_decide(&c, k, &d, &id), ST_OK);
    ck_assert_int_eq(
        sql_number(
            &c, SQL("SELECT count(*) FROM alert_decisions WHERE id = %lld AND shown = 3 AND overridden = 2",
                    (long long)id)),
        1);
    ck_assert_int_eq(curator_decide(&c, k, &d, &id), ST_NOT_FOUND); /* nothing was shown since */
    ctx_forgive(&c);
    sql_must(
        &c,
        SQL("INSERT INTO alert_events (shop_id, rule_id, rule_version, rule_origin, finding_kind, severity, "
            "about, role, "
            "moment, what, occasion, source) VALUES (%lld, 'gr001', 1, 'reference', 'dose', 'major', 'x', "
            "'practitioner', 'sign', 'shown', 'test again', 'api')",
            shop));
    d.action = CURATOR_SEVERITY;
    d.severity = "minor";
    ck_assert_msg(curator_decide(&c, k, &d, &id) == ST_OK, "%s", fault_text(&c));
    evidence_approved(
        &c, sql_number(&c, SQL("SELECT proposal_id FROM alert_decisions WHERE id = %lld", (long long)id)));
    ck_assert_int_eq(evidence_rule_of(evidence_book(&c), "gr001")->severity, SEVERITY_MINOR);
    ck_assert(evidence_rule_of(evidence_book(&c), "gr001")->own);
    ck_assert_str_eq(evidence_rule_of(evidence_book(&c), "gr001")->kind, "dose");
}
END_TEST

SUITE(evidence_laws)
{
    return suite_of("evidence_laws", 120, make, setup, teardown,
                    TESTS(a_rejected_proposal_keeps_its_reason, the_history_says_from_what_to_what,
                          the_database_refuses_by_itself, history_is_never_rewritten_and_stays_in_the_shop,
                          a_dry_run_says_whose_findings_change,
                          a_rule_that_is_overridden_too_often_comes_before_the_curator));
}
