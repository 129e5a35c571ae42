/* Prescriptions: what is put together is what is weighed, by a rule a person chose; nothing is guessed; versions never collide. */
#include <string.h>

#include "support/crowd.h"
#include "support/draft.h"

#define DATABASE "test_prescription"

SCENE_WITH_RULES("dr.wu")

/* Bu Zhong Yi Qi Tang has ren shen 6, bai zhu 9, zhi gan cao 9; Si Jun Zi Tang 9, 9 and 6. */
static struct prescription_draft two_formulas(enum merge_rule rule)
{
    static const struct draft_formula formulas[] = {
        { "Bu Zhong Yi Qi Tang", { 0 } },
        { "si_jun_zi_tang", { 0 } },
    };
    struct prescription_draft draft = test_draft(&c, test_patient(&c, "D-0003"), NULL, NULL, 0);

    draft.formulas = formulas;
    draft.formula_count = 2;
    draft.merge_rule = rule;
    return draft;
}

START_TEST(a_formula_and_herbs_become_lines_that_add_up)
{
    struct prescription_draft draft = test_draft(&c, 1, "补中益气汤", "dānshēn", 15000);
    struct prescription p = draft_built(&draft);
    const struct prescription_line *line = test_line(&p, "dan_shen");
    int64_t daily = 0, total = 0;

    ck_assert_uint_eq(p.line_count, 9);
    for (size_t i = 0; i < p.line_count; i++) {
        daily += p.lines[i].daily.mg;
        total += p.lines[i].total.mg;
        ck_assert_int_eq(p.lines[i].total.mg, p.lines[i].daily.mg * 7);
    }
    ck_assert_int_eq(p.daily.mg, daily);
    ck_assert_int_eq(p.total.mg, total);
    ck_assert_ptr_nonnull(line);
    ck_assert_str_eq(line->via, "");
    ck_assert_str_eq(test_line(&p, "huang_qi")->via, "bu_zhong_yi_qi_tang");
    ck_assert_str_eq(test_line(&p, "huang_qi")->role, "chief");
    ck_assert_uint_eq(p.difference_count, 1);
    ck_assert_str_eq(p.differences[0].herb_id, "dan_shen");
    ck_assert_int_eq(p.differences[0].was.mg, 0);
}
END_TEST

START_TEST(shared_herbs_follow_the_rule_that_was_chosen)
{
    static const struct {
        enum merge_rule rule;
        int64_t ren_shen, zhi_gan_cao, bai_zhu;
    } cases[] = {
        { MERGE_HIGHEST, 9000, 9000, 9000 },
        { MERGE_SUM, 15000, 15000, 18000 },
        { MERGE_KEEP_FIRST, 6000, 9000, 9000 },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct prescription_draft draft = two_formulas(cases[i].rule);
        struct prescription p = draft_built(&draft);

        ck_assert_uint_eq(p.line_count, 9);
        ck_assert_int_eq(test_line(&p, "ren_shen")->daily.mg, cases[i].ren_shen);
        ck_assert_int_eq(test_line(&p, "zhi_gan_cao")->daily.mg, cases[i].zhi_gan_cao);
        ck_assert_int_eq(test_line(&p, "bai_zhu")->daily.mg, cases[i].bai_zhu);
        ck_assert_str_eq(test_line(&p, "ren_shen")->via, "bu_zhong_yi_qi_tang;si_jun_zi_tang");
        ck_assert_uint_eq(p.difference_count, 0);
    }
}
END_TEST

START_TEST(the_rule_is_recorded)
{
    struct prescription_draft draft = two_formulas(MERGE_KEEP_FIRST);
    struct prescription p;

    ck_assert_int_eq(prescription_get(&c, k, draft_created(&draft), 1, &p), ST_OK);
    ck_assert_str_eq(p.merge_rule, "keep_first");
    ck_assert_uint_eq(p.formula_count, 2);
    ck_assert_int_eq(test_line(&p, "ren_shen")->daily.mg, 6000);
}
END_TEST

START_TEST(ask_names_each_herb_with_its_weights_until_a_person_says)
{
    static const struct draft_herb herbs[] = {
        { "ren shen", { 7000 }, NULL },
        { "zhi gan cao", { 5000 }, NULL },
    };
    struct prescription_draft draft = two_formulas(MERGE_ASK);
    struct prescription p;

    ck_assert_int_eq(prescription_build(&c, k, &draft, &p), ST_CONFLICT);
    ck_assert_uint_eq(c.fault.count, 2);
    ck_assert(test_fault_says(&c, "merge_rule", "6 g in"));
    ck_assert(test_fault_says(&c, "merge_rule", "Rén Shēn"));
    ctx_forgive(&c);
    draft.herbs = herbs;
    draft.herb_count = 2;
    p = draft_built(&draft);
    ck_assert_int_eq(test_line(&p, "ren_shen")->daily.mg, 7000);
    ck_assert_int_eq(test_line(&p, "zhi_gan_cao")->daily.mg, 5000);
    ck_assert_uint_eq(p.line_count, 9);
}
END_TEST

START_TEST(a_herb_is_dropped_only_when_it_is_there)
{
    static const char *const drops[] = { "Chai Hu" };
    struct prescription_draft draft = test_draft(&c, 1, "Bu Zhong Yi Qi Tang", NULL, 0);
    struct prescription p;

    draft.drops = drops;
    draft.drop_count = 1;
    p = draft_built(&draft);
    ck_assert_uint_eq(p.line_count, 7);
    ck_assert_ptr_null(test_line(&p, "chai_hu"));
    ck_assert_int_eq(p.differences[0].is.mg, 0);
    draft = test_draft(&c, 1, "Si Jun Zi Tang", NULL, 0);
    draft.drops = drops;
    draft.drop_count = 1;
    draft_refused(&draft, ST_INVALID, "drops[0]", "is not in the formulas");
}
END_TEST

START_TEST(no_name_is_guessed)
{
    struct prescription_draft draft = test_draft(&c, 1, NULL, "mu tong", 6000);

    draft_refused(&draft, ST_INVALID, "herbs[0].herb", "Guān Mù Tōng");
    draft = test_draft(&c, 1, NULL, "mu_tong", 6000);
    ck_assert_str_eq(draft_built(&draft).lines[0].herb_id, "mu_tong");
    draft = test_draft(&c, 1, NULL, "dan shenn", 6000);
    draft_refused(&draft, ST_INVALID, "herbs[0].herb", "near it: Dān Shēn");
    draft = test_draft(&c, 1, NULL, "Si Jun Zi Tang", 6000);
    draft_refused(&draft, ST_INVALID, "herbs[0].herb", "is a formula, not a herb");
    draft = test_draft(&c, 1, "warfarin", NULL, 0);
    draft_refused(&draft, ST_INVALID, "formulas[0].formula", "is a drug, not a formula");
    draft = test_draft(&c, 1, NULL, "\xff\xfe", 6000);
    draft_refused(&draft, ST_INVALID, "herbs[0].herb", "UTF-8");
}
END_TEST

START_TEST(absurd_weights_are_refused)
{
    struct prescription_draft draft = test_draft(&c, 1, NULL, "dan_shen", -5000);

    draft_refused(&draft, ST_INVALID, "herbs[0].mg", quantity_error_rule(QUANTITY_NEGATIVE));
    draft = test_draft(&c, 1, NULL, "dan_shen", 0);
    draft_refused(&draft, ST_INVALID, "herbs[0].mg", "has no weight");
    draft = test_draft(&c, 1, NULL, "dan_shen", 5000000);
    draft_refused(&draft, ST_INVALID, "herbs[0].mg", "no herb is given at more than 1000 g");
    draft = test_draft(&c, 1, "Si Jun Zi Tang", NULL, 0);
    draft.total.mg = 50000000;
    draft_refused(&draft, ST_INVALID, "herbs", "no herb is given at more than 1000 g");
    draft = test_draft(&c, 1, NULL, "dan_shen", INT64_MAX);
    draft_refused(&draft, ST_INVALID, "herbs[0].mg", quantity_error_rule(QUANTITY_TOO_LARGE));
    draft = test_draft(&c, 1, NULL, "dan_shen", 5000);
    draft.course.days = 400;
    ck_assert_int_eq(prescription_build(&c, k, &draft, &(struct prescription){ 0 }), ST_INVALID);
}
END_TEST

START_TEST(a_thousand_lines_are_refused_before_they_are_looked_at)
{
    struct prescription_draft draft = test_draft(&c, 1, NULL, "dan_shen", 5000);
    struct draft_herb *herbs = arena_array(&c.arena, 1000, sizeof *herbs);

    for (size_t i = 0; i < 1000; i++)
        herbs[i] = draft.herbs[0];
    draft.herbs = herbs;
    draft.herb_count = 1000;
    draft_refused(&draft, ST_INVALID, "herbs", "at most 100");
}
END_TEST

START_TEST(the_same_herb_twice_is_refused)
{
    static const struct draft_herb herbs[] = {
        { "Dan Shen", { 9000 }, NULL },
        { "丹参", { 6000 }, NULL },
    };
    struct prescription_draft draft = test_draft(&c, 1, NULL, NULL, 0);

    draft.herbs = herbs;
    draft.herb_count = 2;
    draft_refused(&draft, ST_INVALID, "herbs[1].herb", "twice");
}
END_TEST

/* A patent's batch weights are no dose: taken as one, they would be poison. */
START_TEST(a_batch_is_no_dose_until_it_is_scaled)
{
    struct prescription_draft draft = test_draft(&c, 1, "bu_zhong_yi_qi_wan", NULL, 0);
    struct draft_formula scaled = { "bu_zhong_yi_qi_wan", { GRAMS(12) } };
    struct prescription p;

    draft_refused(&draft, ST_INVALID, "formulas", "batch");
    draft.formulas = &scaled;
    p = draft_built(&draft);
    ck_assert_int_eq(p.daily.mg, 12000);
    ck_assert_uint_eq(p.difference_count, 0);
    ck_assert_int_eq(prescription_get(&c, k, draft_created(&draft), 0, &p), ST_OK);
    ck_assert_uint_eq(p.difference_count, 0);
}
END_TEST

START_TEST(each_dose_mode_means_what_it_says)
{
    struct prescription_draft draft = test_draft(&c, 1, NULL, "dan_shen", 9000);
    struct prescription p;

    draft.dose_mode = MODE_PER_PACKET;
    draft_refused(&draft, ST_INVALID, "packets", "must be given");
    draft.course.packets = 14;
    p = draft_built(&draft);
    ck_assert_int_eq(p.total.mg, 9000 * 14);
    ck_assert_int_eq(p.daily.mg, 18000);
    draft.dose_mode = MODE_TOTAL;
    p = draft_built(&draft);
    ck_assert_int_eq(p.total.mg, 9000);
    ck_assert_int_eq(p.daily.mg, 1286); /* 9 g in 7 days: 1285.7 mg */
    draft.dose_mode = MODE_PARTS;
    draft_refused(&draft, ST_INVALID, "total_mg", "must be given");
}
END_TEST

START_TEST(parts_and_scaling_make_exactly_the_total)
{
    struct prescription_draft draft = test_draft(&c, 1, "Liu Wei Di Huang Wan", NULL, 0);

    draft.dose_mode = MODE_PARTS;
    draft.total.mg = 100001;
    ck_assert_int_eq(draft_built(&draft).total.mg, 100001);
    ck_assert_uint_eq(draft_built(&draft).difference_count, 0);
    draft = test_draft(&c, 1, "Bu Zhong Yi Qi Tang", "dan_shen", 7000);
    draft.total.mg = 333333;
    ck_assert_int_eq(draft_built(&draft).total.mg, 333333);
}
END_TEST

START_TEST(packets_follow_the_form)
{
    struct prescription_draft draft = test_draft(&c, 1, NULL, "dan_shen", 9000);

    ck_assert_int_eq(draft_built(&draft).packets, 7);
    draft.dosage_form = "granule_sachet";
    ck_assert_int_eq(draft_built(&draft).packets, 14);
    draft.doses_per_day = 3;
    ck_assert_int_eq(draft_built(&draft).packets, 21);
    draft.dosage_form = "brick";
    draft_refused(&draft, ST_INVALID, "dosage_form", "brick");
}
END_TEST

START_TEST(a_stale_change_is_told_what_is_newest)
{
    struct prescription_draft draft = test_draft(&c, test_patient(&c, "D-0003"), NULL, "huang_qi", 9000);
    int64_t id = draft_created(&draft), version;

    ck_assert_int_eq(prescription_change(&c, k, id, 1, &draft, &version), ST_OK);
    ck_assert_int_eq(version, 2);
    ck_assert_int_eq(prescription_change(&c, k, id, 1, &draft, &version), ST_STALE);
    ck_assert(test_fault_says(&c, "seen_version", "version 2 is the newest"));
    ctx_forgive(&c);
    ck_assert_int_eq(prescription_change(&c, k, id, 7, &draft, &version), ST_STALE);
    ck_assert_int_eq(sql_number(&c, "SELECT max(version) FROM prescription_versions"), 2);
}
END_TEST

static enum status change_it(struct ctx *own, struct person_at_work *rival)
{
    struct prescription_draft draft = test_draft(own, 0, NULL, "huang_qi", 12000);
    int64_t version;

    return prescription_change(own, k, rival->id, 1, &draft, &version);
}

START_TEST(of_many_who_change_the_same_version_one_wins)
{
    enum { RIVALS = 4 };
    struct prescription_draft draft = test_draft(&c, test_patient(&c, "D-0003"), NULL, "huang_qi", 9000);
    int64_t id = draft_created(&draft);
    struct person_at_work rivals[RIVALS];
    int stale = 0;

    for (int i = 0; i < RIVALS; i++)
        rivals[i] = (struct person_at_work){ .username = "dr.silva", .work = change_it, .id = id };
    ck_assert_uint_eq(crowd_run(DATABASE, rivals, RIVALS), 1);
    for (int i = 0; i < RIVALS; i++)
        stale += rivals[i].status == ST_STALE;
    ck_assert_int_eq(stale, RIVALS - 1);
}
END_TEST

START_TEST(a_failure_stores_nothing)
{
    struct prescription_draft draft = test_draft(&c, test_patient(&c, "D-0003"), NULL, "no such herb", 9000);
    int64_t before = sql_number(&c, "SELECT count(*) FROM prescriptions"), id;

    ck_assert_int_eq(prescription_create(&c, k, &draft, &id), ST_INVALID);
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM prescriptions"), before);
}
END_TEST

START_TEST(only_those_who_prescribe_may)
{
    struct prescription_draft draft = test_draft(&c, test_patient(&c, "D-0003"), NULL, "huang_qi", 9000);
    int64_t id;

    c.who.roles = ROLE_STAFF | ROLE_ADMIN;
    ck_assert_int_eq(prescription_create(&c, k, &draft, &id), ST_DENIED);
}
END_TEST

START_TEST(another_shop_has_no_part_in_it)
{
    struct prescription_draft draft = test_draft(&c, test_patient(&c, "D-0003"), NULL, "huang_qi", 9000);
    int64_t id = draft_created(&draft), version;
    struct prescription p;

    c.who.shop_id = 999;
    ck_assert_int_eq(prescription_get(&c, k, id, 0, &p), ST_NOT_FOUND);
    ctx_forgive(&c);
    ck_assert_int_eq(prescription_change(&c, k, id, 1, &draft, &version), ST_NOT_FOUND);
    ctx_forgive(&c);
    ck_assert_int_eq(prescription_sign(&c, k, id, 1), ST_NOT_FOUND);
    ctx_forgive(&c);
    ck_assert_int_eq(prescription_create(&c, k, &draft, &id), ST_NOT_FOUND);
}
END_TEST

START_TEST(a_stored_version_cannot_be_changed)
{
    struct prescription_draft draft = test_draft(&c, test_patient(&c, "D-0003"), NULL, "huang_qi", 9000);

    draft_created(&draft);
    ck_assert_int_ne(sql_try(&c, "UPDATE prescription_items SET total_mg = 1"), ST_OK);
    ctx_forgive(&c);
    ck_assert_int_ne(sql_try(&c, "DELETE FROM prescription_versions"), ST_OK);
    ctx_forgive(&c);
}
END_TEST

SUITE(prescription)
{
    return suite_of(
        "prescription", 60, make, setup, scene_close,
        TESTS(a_formula_and_herbs_become_lines_that_add_up, shared_herbs_follow_the_rule_that_was_chosen,
              the_rule_is_recorded, ask_names_each_herb_with_its_weights_until_a_person_says,
              a_herb_is_dropped_only_when_it_is_there, no_name_is_guessed, absurd_weights_are_refused,
              a_thousand_lines_are_refused_before_they_are_looked_at, the_same_herb_twice_is_refused,
              a_batch_is_no_dose_until_it_is_scaled, each_dose_mode_means_what_it_says,
              parts_and_scaling_make_exactly_the_total, packets_follow_the_form,
              a_stale_change_is_told_what_is_newest, of_many_who_change_the_same_version_one_wins,
              a_failure_stores_nothing, only_those_who_prescribe_may, another_shop_has_no_part_in_it,
              a_stored_version_cannot_be_changed));
}
