/* The label linter on papers as they are placed: what is there, what is missing, too small or in another language, and what a
   condition decides. */
#include <stdlib.h>
#include <string.h>

#include "print/draw.h"
#include "print/label_lint.h"
#include "support/paper.h"
#include "support/runner.h"

#define FONT "DejaVu Sans, Droid Sans Fallback"

static struct ctx c;

static void setup(void)
{
    ctx_init(&c);
}

static void teardown(void)
{
    ctx_close(&c);
}

static struct label_rule rule_of(const char *field, const char *requirement, const char *code,
                                 const char *language, int points)
{
    return (struct label_rule){ .field = field,
                                .english = field,
                                .requirement = requirement,
                                .condition = "",
                                .condition_code = code,
                                .clause = "s 1",
                                .language_rule = "",
                                .language_code = language,
                                .verified = "seen",
                                .in_force_basis = "seen",
                                .min_type_size_pt = points };
}

static enum status place(const struct label_content *content, const char *kind, struct sheet_of_paper *paper)
{
    const struct label *label;
    struct ruler ruler;

    ck_assert_int_eq(label_find(&c, kind, &label), ST_OK);
    ck_assert_int_eq(draw_ruler(&c, FONT, &ruler), ST_OK);
    return label_place(&c, label, content, &ruler, paper);
}

/* What one rule says about a label. */
static struct lint_finding verdict(struct label_content content, struct label_rule rule)
{
    const struct label_rules rules = { "test", "XX", "patient_label", &rule, 1 };
    struct sheet_of_paper paper;
    struct label_lint lint;

    ck_assert_int_eq(place(&content, "patient", &paper), ST_OK);
    label_lint_check(&c, &rules, &content, &paper, 1, &lint);
    ck_assert_uint_eq(lint.count, 1);
    ck_assert_uint_eq(lint.blocking, lint_faulty(&lint.findings[0]));
    return lint.findings[0];
}

START_TEST(every_field_of_the_sample_is_found_and_missed_when_gone)
{
    static const char *const fields[] = {
        "patient_name",       "patient_dob",       "prescriber_name",       "dispensary_name",
        "dispensary_address", "dispensary_phone",  "dispenser_name",        "checker_name",
        "dispensed_on",       "order_number",      "lot_or_control_number", "product_name",
        "dosage_form",        "packets",           "total_quantity",        "storage",
        "beyond_use_date",    "herb_names_pinyin", "herb_names_chinese",    "herb_names_english",
        "herb_quantities"
    };
    struct label_content content = paper_order(&c, 10, true);
    struct label_content empty = paper_order(&c, 0, true);

    empty.patient_name = empty.prescriber_name = empty.shop_name = empty.shop_name_hanzi =
        empty.shop_address = empty.shop_phone = empty.filled_by = empty.checked_by = empty.order_number =
            empty.control_number = empty.product_name = empty.product_hanzi = empty.form = empty.packets =
                empty.storage = "";
    empty.patient_born = empty.dispensed_on = empty.beyond_use = DATE_NONE;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        struct label_rule rule = rule_of(fields[i], "required", "", "", 0);

        ck_assert_msg(verdict(content, rule).outcome == LINT_PRESENT, "%s is there", fields[i]);
        ck_assert_msg(verdict(empty, rule).outcome == LINT_MISSING, "%s is not there", fields[i]);
        ck_assert(lint_faulty(&(struct lint_finding){ .outcome = LINT_MISSING, .due = true }));
    }
}
END_TEST

START_TEST(one_herb_without_its_latin_name_is_enough)
{
    struct label_content content = paper_order(&c, 4, false);
    struct label_ingredient *herbs = arena_array(&c.arena, 4, sizeof *herbs);
    struct label_rule rule = rule_of("herb_names_latin", "required", "", "", 0);

    memcpy(herbs, content.ingredients, 4 * sizeof *herbs);
    content.ingredients = herbs;
    for (size_t i = 0; i < 4; i++)
        herbs[i].latin = "Radix";
    ck_assert_int_eq(verdict(content, rule).outcome, LINT_PRESENT);
    herbs[2].latin = "";
    ck_assert_int_eq(verdict(content, rule).outcome, LINT_MISSING);
}
END_TEST

START_TEST(lines_say_which_field_they_are)
{
    struct label_line line = { .text = "每日服一剂。",
                               .english = "Take one packet a day.",
                               .field = "dose;frequency" };
    struct label_content content = paper_order(&c, 4, true);

    ck_assert_int_eq(verdict(content, rule_of("frequency", "required", "", "", 0)).outcome, LINT_MISSING);
    content.directions = &line;
    content.direction_count = 1;
    ck_assert_int_eq(verdict(content, rule_of("frequency", "required", "", "", 0)).outcome, LINT_PRESENT);
    ck_assert_int_eq(verdict(content, rule_of("dose", "required", "", "english", 0)).outcome, LINT_PRESENT);
    ck_assert_int_eq(verdict(content, rule_of("dose", "required", "", "chinese", 0)).outcome, LINT_PRESENT);
    ck_assert_int_eq(verdict(content, rule_of("dose", "required", "", "zh_hant", 0)).outcome,
                     LINT_WRONG_LANGUAGE);
    line.english = "";
    ck_assert_int_eq(verdict(content, rule_of("dose", "required", "", "english", 0)).outcome,
                     LINT_WRONG_LANGUAGE);
    line.text = "Take one packet a day.";
    ck_assert_int_eq(verdict(content, rule_of("dose", "required", "", "chinese", 0)).outcome,
                     LINT_WRONG_LANGUAGE);
}
END_TEST

START_TEST(conditions_decide_what_is_due)
{
    struct label_content content = paper_order(&c, 4, false);
    struct label_rule rule = rule_of("external_use_only", "conditional", "external_use", "", 0);

    content.conditions = "has_formula";
    ck_assert_int_eq(verdict(content, rule).outcome, LINT_NOT_DUE);
    content.conditions = "has_formula;external_use";
    ck_assert_int_eq(verdict(content, rule).outcome, LINT_MISSING);
    ck_assert(verdict(content, rule).due);
    rule.condition_code = "";
    ck_assert_int_eq(verdict(content, rule).outcome, LINT_DECIDE);
    rule.requirement = "recommended";
    ck_assert_int_eq(verdict(content, rule).outcome, LINT_MISSING);
    ck_assert(!verdict(content, rule).due);
    rule = rule_of("herb_quantities", "conditional", "no_number", "", 0);
    content.ingredient_count = 0;
    ck_assert_int_eq(verdict(content, rule).outcome, LINT_NOT_DUE);
    content.order_number = "";
    ck_assert_int_eq(verdict(content, rule).outcome, LINT_MISSING);
}
END_TEST

/* Without the rule the labels' own type is too small for it; with it, the type grows, or the label is refused by name. */
START_TEST(the_lawful_type_size_holds)
{
    struct label_rule rule = rule_of("patient_name", "required", "", "", 24);
    const struct label_rules rules = { "test", "XX", "patient_label", &rule, 1 };
    struct label_content content = paper_order(&c, 10, false);
    struct sheet_of_paper paper;
    struct label_lint lint;

    ck_assert_int_eq(verdict(content, rule).outcome, LINT_TOO_SMALL);
    content.rules = &rules;
    ck_assert_int_eq(place(&content, "patient", &paper), ST_OK);
    label_lint_check(&c, &rules, &content, &paper, 1, &lint);
    ck_assert_int_eq(lint.findings[0].outcome, LINT_PRESENT);
    ck_assert_int_ge(lint.findings[0].size, 240);
    rule.min_type_size_pt = 90;
    ck_assert_int_eq(place(&content, "patient-100x62", &paper), ST_INVALID);
    ck_assert(strstr(c.fault.items[c.fault.count - 1].rule, "90 points") != NULL);
}
END_TEST

SUITE(label_lint)
{
    return suite_of("label_lint", 60, NULL, setup, teardown,
                    TESTS(every_field_of_the_sample_is_found_and_missed_when_gone,
                          one_herb_without_its_latin_name_is_enough, lines_say_which_field_they_are,
                          conditions_decide_what_is_due, the_lawful_type_size_holds));
}
