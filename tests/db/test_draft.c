/* Drafts in their dosage form: directions set the total, granule grams are what was typed, capsules hold the whole, a prescription
   starts from another, and what a draft says is what the order takes. */
#include <stdlib.h>
#include <string.h>

#include "core/order.h"
#include "db/db.h"
#include "sql.h"
#include "support/draft.h"

#define DATABASE "test_draft"

SCENE_WITH_RULES("dr.wu")

START_TEST(directions_set_the_total_in_the_form)
{
    struct prescription_draft draft = test_draft(&c, 1, "Bu Zhong Yi Qi Tang", "dan_shen", 15000);
    struct prescription p;
    struct prescription_form form;
    int64_t packets = 0;

    draft.dosage_form = "granule";
    draft.dose.mg = 6000;
    p = draft_built(&draft);
    form = draft_form(&p);
    ck_assert_int_eq(p.form_total.mg, 84000); /* 6 g × 2 × 7 */
    ck_assert_int_eq(form.total.mg, 84000);
    ck_assert_int_eq(form.packing.lightest.mg, 6000);
    for (size_t i = 0; i < form.run_count; i++)
        packets += form.runs[i].weight.mg * (form.runs[i].last - form.runs[i].first + 1);
    ck_assert_int_eq(packets, 84000);
    draft.total.mg = 1;
    draft_refused(&draft, ST_INVALID, "total_mg", "follows from dose_mg");
}
END_TEST

/* Huang qi granules are 5:1 in the demo shop, dang gui 3:1: what is typed in granules stands in crude herb. */
START_TEST(weights_in_the_form_are_converted_by_each_ratio)
{
    static const struct draft_herb herbs[] = { { "huang_qi", { 2000 }, NULL },
                                               { "dang_gui", { 1000 }, NULL } };
    struct prescription_draft draft = test_draft(&c, 1, NULL, NULL, 0);
    struct prescription p;
    struct prescription_form form;

    draft.herbs = herbs;
    draft.herb_count = 2;
    draft.dosage_form = "granule";
    draft.in_form = true;
    p = draft_built(&draft);
    form = draft_form(&p);
    ck_assert_int_eq(test_line(&p, "huang_qi")->daily.mg, 10000);
    ck_assert_int_eq(test_line(&p, "dang_gui")->daily.mg, 3000);
    ck_assert_int_eq(draft_form_mg(&p, &form, "huang_qi"), 14000);
    ck_assert_int_eq(form.total.mg, 21000);
    ck_assert_str_eq(p.weights_in, "form");
    draft.total.mg = 30000;
    p = draft_built(&draft);
    form = draft_form(&p);
    ck_assert_int_eq(form.total.mg, 30000);
    ck_assert_int_eq(draft_form_mg(&p, &form, "huang_qi"), 20000);
}
END_TEST

START_TEST(a_change_of_form_converts_the_whole)
{
    static const char *const chain[] = { "granule", "powder", "capsule", "honey_pill", "raw_decoction" };
    struct prescription_draft draft = test_draft(&c, 1, "Si Jun Zi Tang", NULL, 0);
    struct prescription raw = draft_built(&draft);

    for (size_t i = 0; i < sizeof chain / sizeof *chain; i++) {
        struct prescription p;
        struct prescription_form form;

        draft.dosage_form = chain[i];
        p = draft_built(&draft);
        form = draft_form(&p);
        ck_assert_int_eq(p.total.mg, raw.total.mg);
        for (size_t j = 0; j < p.line_count; j++) {
            ck_assert_int_ne(form.lines[j].item_id, 0);
            ck_assert(llabs(form.lines[j].form.mg * form.lines[j].ratio.num -
                            p.lines[j].total.mg * form.lines[j].ratio.den) *
                          2 <=
                      form.lines[j].ratio.num);
        }
    }
}
END_TEST

/* Wu zhu yu has a ratio on file, xin yi has none; neither is kept as granules in the demo shop. */
START_TEST(a_herb_that_is_not_kept_is_said)
{
    struct prescription_draft draft = test_draft(&c, 1, NULL, "wu_zhu_yu", 15000);
    struct prescription p;
    struct prescription_form form;

    draft.dosage_form = "granule";
    draft.dose.mg = 3000;
    p = draft_built(&draft);
    form = draft_form(&p);
    ck_assert_int_eq(form.lines[0].item_id, 0);
    ck_assert_int_gt(form.lines[0].ratio.num, 0);
    ck_assert_int_eq(form.total.mg, 42000);
    draft = test_draft(&c, 1, NULL, "xin_yi", 15000);
    draft.dosage_form = "granule";
    p = draft_built(&draft);
    form = draft_form(&p);
    ck_assert_int_eq(form.lines[0].ratio.num, 0);
    draft.dose.mg = 3000;
    draft_refused(&draft, ST_SHORT, "herbs", "has no ratio in this form");
}
END_TEST

START_TEST(capsules_are_frozen_with_the_version_and_ordered_with_the_overage)
{
    struct prescription_draft draft = test_draft(&c, test_patient_new(&c, k), NULL, "huang_qi", 12100);
    struct prescription p;
    struct prescription_form form;
    int64_t id;

    draft.dosage_form = "capsule";
    draft.units.unit.mg = 500;
    draft.overage_permille = 30;
    id = draft_created(&draft);
    ck_assert_int_eq(prescription_get(&c, k, id, 1, &p), ST_OK);
    form = draft_form(&p);
    ck_assert_int_eq(p.form_total.mg, 84700);
    ck_assert_int_eq(p.unit_count, 189); /* 170 rounded up to 21 doses */
    ck_assert_int_eq(form.units.per_dose, 9);
    ck_assert_int_eq(form.units.content.mg * 189 + form.units.heavy, 84700);
    ck_assert_int_eq(form.units.filler.mg, 189 * 500 - 84700);
    ck_assert_int_eq(form.weighed.mg, 87241);
    ck_assert_int_eq(prescription_sign(&c, k, id, 1), ST_OK);
    ck_assert_msg(order_create(&c, k, id, &id) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(sql_number(&c, "SELECT quantity FROM order_lines ORDER BY order_id DESC LIMIT 1"),
                     87241);
    draft.dosage_form = "granule";
    draft_refused(&draft, ST_INVALID, "unit_mg", "is not made into capsules or pills");
    draft.overage_permille = 501;
    draft_refused(&draft, ST_INVALID, "overage_permille", "between 0 and 500");
}
END_TEST

struct label_row {
    const char *state, *content;
};

/* The bag holds what is taken, not what is lost: 9 capsules of 0.5 g a dose, 84.7 g in all. */
START_TEST(a_label_says_capsules_and_leaves_the_overage_out)
{
    static const struct column columns[] = { COLUMN(struct label_row, state),
                                             COLUMN(struct label_row, content), COLUMNS_END };
    struct prescription_draft draft = test_draft(&c, test_patient_new(&c, k), NULL, "huang_qi", 12100);
    struct label_row label;
    int64_t id;
    bool found;

    draft.dosage_form = "capsule";
    draft.units.unit.mg = 500;
    draft.overage_permille = 30;
    id = draft_created(&draft);
    ck_assert_int_eq(prescription_sign(&c, k, id, 1), ST_OK);
    ck_assert_msg(order_create(&c, k, id, &id) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(db_row(&c, &q_label_patient,
                            PARAMS(SHOP(&c), I64S(&id, 1), TEXT(NULL), TEXT(NULL), TEXT(NULL)), columns,
                            &label, &found),
                     ST_OK);
    ck_assert_msg(strstr(label.content, "9 × 0.5 g") != NULL, "%s", label.content);
    ck_assert_ptr_nonnull(strstr(label.content, "\"total\": 84700"));
    /* the sheet at the bench says what is in its weights */
    ck_assert_int_eq(
        db_row(&c, &q_label_weigh_sheet, PARAMS(SHOP(&c), I64S(&id, 1)), columns, &label, &found), ST_OK);
    ck_assert_msg(strstr(label.content, "3 %: every weight here includes it") != NULL, "%s", label.content);
    ck_assert_ptr_nonnull(strstr(label.content, " × 0.5 g"));
}
END_TEST

START_TEST(percentages_are_of_a_total_and_come_to_a_hundred)
{
    static const struct draft_herb herbs[] = { { "huang_qi", { 60000 }, NULL },
                                               { "dang_gui", { 40000 }, NULL } };
    struct prescription_draft draft = test_draft(&c, 1, NULL, NULL, 0);
    struct prescription p;

    draft.herbs = herbs;
    draft.herb_count = 2;
    draft.dose_mode = MODE_PERCENT;
    draft_refused(&draft, ST_INVALID, "total_mg", "percentages");
    draft.total.mg = 100001;
    p = draft_built(&draft);
    ck_assert_int_eq(p.total.mg, 100001);
    ck_assert_int_eq(test_line(&p, "huang_qi")->total.mg, 60001);
    draft.herb_count = 1;
    draft_refused(&draft, ST_INVALID, "lines", "must come to 100");
}
END_TEST

START_TEST(a_prescription_starts_from_another)
{
    static const struct draft_formula more[] = { { "Er Chen Tang", { 0 } } };
    static const char *const drops[] = { "fu_ling" };
    int64_t patient = test_patient_new(&c, k);
    struct prescription_draft first = test_draft(&c, patient, "Si Jun Zi Tang", "huang_qi", 15000);
    struct prescription_draft draft = test_draft(&c, patient, NULL, "dang_gui", 9000);
    struct prescription p;

    draft.from_id = draft_created(&first);
    draft.drops = drops;
    draft.drop_count = 1;
    draft.formulas = more;
    draft.formula_count = 1;
    draft.merge_rule = MERGE_SUM;
    p = draft_built(&draft);
    ck_assert_int_eq(test_line(&p, "huang_qi")->daily.mg, 15000);
    ck_assert_int_eq(test_line(&p, "dang_gui")->daily.mg, 9000);
    ck_assert_ptr_null(test_line(&p, "fu_ling"));
    ck_assert_uint_eq(p.formula_count, 2);
    ck_assert_str_eq(test_line(&p, "ren_shen")->via, "si_jun_zi_tang");
    ck_assert_int_eq(p.from_id, draft.from_id);
    ck_assert_int_eq(p.from_version, 1);
    ck_assert_int_eq(prescription_get(&c, k, draft_created(&draft), 1, &p), ST_OK);
    ck_assert_int_eq(p.from_id, draft.from_id);
    draft.from_id = 999999;
    draft_refused(&draft, ST_NOT_FOUND, "prescription", "is no prescription of this shop");
    draft.from_id = 0;
    draft.from_version = 2;
    draft_refused(&draft, ST_INVALID, "from_version", "needs from_prescription_id");
}
END_TEST

SUITE(draft)
{
    return suite_of("draft", 60, make, setup, scene_close,
                    TESTS(directions_set_the_total_in_the_form,
                          weights_in_the_form_are_converted_by_each_ratio,
                          a_change_of_form_converts_the_whole,
                          capsules_are_frozen_with_the_version_and_ordered_with_the_overage,
                          a_label_says_capsules_and_leaves_the_overage_out,
                          percentages_are_of_a_total_and_come_to_a_hundred,
                          a_prescription_starts_from_another, a_herb_that_is_not_kept_is_said));
}
