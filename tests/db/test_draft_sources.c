/* What a draft is put together from: a house formula, kept and compared with; an item chosen by hand, kept from the version it starts
   from where it still fits. */
#include <string.h>

#include "core/house_formula.h"
#include "core/order.h"
#include "support/draft.h"
#include "support/stage.h"

#define DATABASE "test_draft_sources"

SCENE_WITH_RULES("dr.wu")

START_TEST(a_house_formula_is_kept_and_started_from)
{
    static const struct draft_formula house[] = { { "house:wu's BACK", { 0 } } },
                                      half[] = { { "house:Wu's Back", { 20000 } } },
                                      none[] = { { "house:Nobody's", { 0 } } };
    static const char *const drops[] = { "ren_shen" };
    struct prescription_draft kept = test_draft(&c, 0, "Si Jun Zi Tang", "huang_qi", 15000);
    struct prescription_draft draft = test_draft(&c, test_patient_new(&c, k), NULL, "dang_gui", 9000);
    struct prescription p;
    int64_t id;

    ck_assert_msg(house_formula_keep(&c, k, "Wu's Back", &kept, &id) == ST_OK, "%s", fault_text(&c));
    draft.formulas = house;
    draft.formula_count = 1;
    p = draft_built(&draft);
    ck_assert_int_eq(test_line(&p, "huang_qi")->daily.mg, 15000);
    ck_assert_int_eq(test_line(&p, "dang_gui")->daily.mg, 9000);
    ck_assert_ptr_nonnull(strstr(test_line(&p, "ren_shen")->via, "house:"));
    ck_assert_uint_eq(p.difference_count, 1); /* from the house formula: dang gui is added */
    ck_assert_str_eq(p.differences[0].herb_id, "dang_gui");
    ck_assert_int_eq(p.differences[0].was.mg, 0);
    draft.drops = drops;
    draft.drop_count = 1;
    ck_assert_int_eq(prescription_get(&c, k, draft_created(&draft), 1, &p), ST_OK);
    ck_assert_uint_eq(p.house_count, 1);
    ck_assert_str_eq(p.houses[0].name, "Wu's Back");
    ck_assert_uint_eq(p.difference_count, 2);
    ck_assert_int_eq(p.differences[0].is.mg + p.differences[1].was.mg,
                     0); /* ren shen dropped, dang gui added */
    draft.drop_count = 0;
    draft.formulas = half;
    draft.herb_count = 0;
    ck_assert_int_eq(draft_built(&draft).daily.mg, 20000);
    ck_assert_int_eq(prescription_get(&c, k, draft_created(&draft), 1, &p), ST_OK);
    ck_assert_uint_eq(p.difference_count, 0); /* scaled as it stands */
    ck_assert_int_eq(p.houses[0].scaled.mg, 20000);
    draft.formulas = none;
    draft_refused(&draft, ST_INVALID, "formulas[0].formula", "is no house formula in use");
    kept = test_draft(&c, 0, NULL, "huang_qi", 30000);
    ck_assert_int_eq(house_formula_keep(&c, k, "wu's back ", &kept, &id), ST_OK);
    draft.formulas = house;
    ck_assert_uint_eq(draft_built(&draft).line_count, 1); /* the next version */
    ck_assert_int_eq(house_formula_retire(&c, "Wu's Back"), ST_OK);
    draft_refused(&draft, ST_INVALID, "formulas[0].formula", "is no house formula in use");
    ck_assert_int_eq(house_formula_retire(&c, "Wu's Back"), ST_NOT_FOUND);
    ctx_forgive(&c);
    ck_assert_int_eq(house_formula_keep(&c, k, "  ", &kept, &id), ST_INVALID);
    ctx_forgive(&c);
    act_as(&c, "admin");
    ck_assert_int_eq(house_formula_keep(&c, k, "Mine", &kept, &id), ST_DENIED);
}
END_TEST

static int64_t filled(const struct prescription *p, const char *herb)
{
    return test_line(p, herb)->filled_item_id;
}

/* The demo shop keeps one item of huang qi a kind; here it gets another, of another ratio. */
START_TEST(a_person_chooses_an_item)
{
    static const struct draft_item two[] = { { "huang qi", "g-huang-qi-2" } },
                                   wrong[] = { { "dang gui", "G-HUANG-QI-2" } },
                                   raw[] = { { "huang qi", "R-HUANG-QI" } },
                                   none[] = { { "huang qi", "G-NOTHING" } },
                                   absent[] = { { "dan shen", "G-DAN-SHEN" } },
                                   twice[] = { { "huang qi", "G-HUANG-QI" }, { "huang_qi", "G-HUANG-QI-2" } };
    static const struct {
        const struct draft_item *items;
        const char *field, *part;
    } bad[] = {
        { wrong, "items[0].item", "not Dāng Guī" },      { raw, "items[0].item", "is made of granule" },
        { none, "items[0].item", "is no item of this" }, { absent, "items[0].herb", "is not in the draft" },
        { twice, "items[1].herb", "chosen twice" },
    };
    struct prescription_draft draft =
        test_draft(&c, test_patient_new(&c, k), "Dang Gui Bu Xue Tang", "huang_qi", 15000);
    struct prescription p;
    struct prescription_form form;
    int64_t id, order, other;

    stage_fate(&c, DATABASE,
               "INSERT INTO items (shop_id, sku, item_kind, herb_id, preparation, name, unit, "
               "ratio_numerator) SELECT shop_id, "
               "'G-HUANG-QI-2', 'granule', herb_id, preparation, 'Huáng Qí, granules 6:1', 'mg', 6 FROM "
               "items WHERE sku = 'G-HUANG-QI'");
    other = sql_number(&c, "SELECT id FROM items WHERE sku = 'G-HUANG-QI-2'");
    draft.dosage_form = "granule";
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        draft.items = bad[i].items;
        draft.item_count = bad[i].items == twice ? 2 : 1;
        draft_refused(&draft, ST_INVALID, bad[i].field, bad[i].part);
    }
    draft.items = two;
    draft.item_count = 1;
    p = draft_built(&draft);
    form = draft_form(&p);
    ck_assert_int_eq(filled(&p, "huang_qi"), other);
    ck_assert_int_eq(filled(&p, "dang_gui"), 0);
    ck_assert_int_eq(draft_form_mg(&p, &form, "huang_qi"), 17500); /* 105 g at 6:1 */
    id = draft_created(&draft);
    (void)test_answer_all(&c, id, 1);
    ck_assert_msg(prescription_sign(&c, k, id, 1) == ST_OK, "%s", fault_text(&c));
    ck_assert_msg(order_create(&c, k, id, &order) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(
        sql_number(
            &c, "SELECT item_id FROM order_lines WHERE herb_id = 'huang_qi' ORDER BY order_id DESC LIMIT 1"),
        other);
    draft = test_draft(&c, draft.patient_id, NULL, NULL, 0);
    draft.herb_count = 0;
    draft.from_id = id;
    draft.dosage_form = "granule_sachet";
    p = draft_built(&draft);
    ck_assert_int_eq(filled(&p, "huang_qi"), other); /* kept */
    ck_assert_uint_eq(p.notice_count, 0);
    draft.dosage_form = "raw_decoction";
    p = draft_built(&draft);
    ck_assert_int_eq(filled(&p, "huang_qi"), 0);
    ck_assert_uint_eq(p.notice_count, 1);
    ck_assert_ptr_nonnull(strstr(p.notices[0], "is granule, not raw: the shop's usual item is taken"));
}
END_TEST

/* Weights typed in the form's grams are of the item chosen. */
START_TEST(weights_in_the_form_are_of_the_chosen_item)
{
    static const struct draft_item two[] = { { "huang qi", "G-HUANG-QI-3" } };
    struct prescription_draft draft = test_draft(&c, 1, NULL, "huang_qi", 2000);
    struct prescription p;

    stage_fate(&c, DATABASE,
               "INSERT INTO items (shop_id, sku, item_kind, herb_id, preparation, name, unit, "
               "ratio_numerator) SELECT shop_id, "
               "'G-HUANG-QI-3', 'granule', herb_id, preparation, 'Huáng Qí, granules 7:1', 'mg', 7 FROM "
               "items WHERE sku = 'G-HUANG-QI'");
    draft.dosage_form = "granule";
    draft.in_form = true;
    draft.items = two;
    draft.item_count = 1;
    p = draft_built(&draft);
    ck_assert_int_eq(test_line(&p, "huang_qi")->daily.mg, 14000);
}
END_TEST

/* Capsules are filled with powder or ground herb, and with granules where somebody chooses them: 84.7 g of crude herb are 16.94 g. */
START_TEST(capsules_of_granules_are_chosen_item_by_item)
{
    static const struct draft_item granules[] = { { "huang qi", "G-HUANG-QI" } };
    struct prescription_draft draft = test_draft(&c, 1, NULL, "huang_qi", 12100);
    struct prescription p;
    struct prescription_form form;

    draft.dosage_form = "capsule";
    draft.units.unit.mg = 500;
    draft.items = granules;
    draft.item_count = 1;
    p = draft_built(&draft);
    form = draft_form(&p);
    ck_assert_int_eq(form.total.mg, 16940);
    ck_assert_int_eq(p.unit_count, 42); /* 34 rounded up to 21 doses */
    ck_assert_int_eq(form.units.content.mg * 42 + form.units.heavy, 16940);
    draft.units.unit.mg = 0;
    draft.dosage_form = "powder";
    draft_refused(&draft, ST_INVALID, "items[0].item", "is made of powder or raw");
}
END_TEST

SUITE(draft_sources)
{
    return suite_of("draft_sources", 60, make, setup, scene_close,
                    TESTS(a_house_formula_is_kept_and_started_from, a_person_chooses_an_item,
                          weights_in_the_form_are_of_the_chosen_item,
                          capsules_of_granules_are_chosen_item_by_item));
}
