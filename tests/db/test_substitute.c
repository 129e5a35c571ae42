/* What may be taken instead of what is short: offered from what is there, never with what the patient must not have, proposed to the
   prescriber, and a version only with consent. */
#include <string.h>

#include "core/order.h"
#include "core/substitute.h"
#include "support/prescribe.h"
#include "support/scene.h"

#define DATABASE "test_substitute"

SCENE_WITH_RULES("dr.wu")

static void hold(const char *skus, const char *status)
{
    sql_must(&c,
             arena_printf(
                 &c.arena,
                 "UPDATE lots SET status = '%s' WHERE item_id IN (SELECT id FROM items WHERE sku IN (%s))",
                 status, skus));
}

static void refused_by_database(const char *sql)
{
    ck_assert_int_ne(sql_try(&c, sql), ST_OK);
    ctx_forgive(&c);
}

static struct offers find(int64_t id, bool whole)
{
    const struct substitute_wish wish = { .prescription_id = id, .whole = whole };
    struct offers out;

    ck_assert_msg(substitute_find(&c, k, &wish, &out) == ST_OK, "%s", fault_text(&c));
    return out;
}

static const struct offer *offer_of(const struct offers *offers, const char *kind, const char *part)
{
    for (size_t i = 0; i < offers->count; i++)
        if (strcmp(offers->list[i].kind, kind) == 0 && strstr(offers->list[i].summary, part) != NULL)
            return &offers->list[i];
    return NULL;
}

static int64_t prescribe(int64_t patient, const char *formula)
{
    struct prescription_draft draft = test_draft(&c, patient, formula, "huang_qi", 15000);
    int64_t id;

    ck_assert_msg(prescription_create(&c, k, &draft, &id) == ST_OK, "%s", fault_text(&c));
    return id;
}

static int64_t propose(int64_t id, const struct offer *offer)
{
    const struct substitute_wish wish = { .prescription_id = id, .version = 1 };
    int64_t made;

    ck_assert_msg(substitute_propose(&c, k, &wish, offer->key, "out of it", &made) == ST_OK, "%s",
                  fault_text(&c));
    return made;
}

START_TEST(nothing_is_offered_when_nothing_is_short)
{
    struct offers offers = find(prescribe(test_patient_new(&c, k), "Xiao Yao San"), false);

    ck_assert_uint_eq(offers.short_count, 0);
    ck_assert_uint_eq(offers.count, 0);
}
END_TEST

/* Chai hu lies there as granules too, bai zhu has another preparation, and Xiao Yao San is there ready made. */
START_TEST(a_short_herb_is_offered_in_another_form_and_the_whole_as_a_combination)
{
    int64_t id = prescribe(test_patient_new(&c, k), "Xiao Yao San");
    const struct offer *form, *whole;
    struct offers offers;
    int64_t chai_hu = 0;

    hold("'R-CHAI-HU', 'R-BAI-ZHU'", "held");
    offers = find(id, false);
    hold("'R-CHAI-HU', 'R-BAI-ZHU'", "released");
    ck_assert_uint_eq(offers.short_count, 2);
    form = offer_of(&offers, "form", "Chái Hú, granules");
    whole = offer_of(&offers, "combination", "Xiao Yao San concentrated granules");
    ck_assert_ptr_nonnull(form);
    ck_assert_ptr_nonnull(whole);
    ck_assert_int_eq(form->score_permille, 1000);
    ck_assert_uint_eq(form->difference_count, 0);
    ck_assert_ptr_nonnull(strstr(whole->summary, "as prescribed"));
    for (size_t i = 0; i < whole->line_count; i++)
        if (strcmp(whole->lines[i].herb_id, "chai_hu") == 0)
            chai_hu += whole->lines[i].daily.mg;
    ck_assert_int_eq(chai_hu, 9000);
}
END_TEST

/* Dan shen and dang gui meet warfarin: neither is offered, in no form and in no formula, though it is short and there. */
START_TEST(what_the_patient_must_not_have_is_never_offered)
{
    int64_t patient = test_patient_new(&c, k), id;
    struct offers offers;
    bool barred = false;

    test_add(&c, k, patient, PROFILE_MEDICINES, "warfarin");
    id = prescribe(patient, "Xiao Yao San"); /* holds dang gui */
    hold("'R-DANG-GUI', 'R-CHAI-HU'", "held");
    offers = find(id, true);
    hold("'R-DANG-GUI', 'R-CHAI-HU'", "released");
    for (size_t i = 0; i < offers.barred_count; i++)
        barred = barred || strcmp(offers.barred[i], "dang_gui") == 0;
    ck_assert(barred);
    ck_assert_uint_gt(offers.count, 0);
    for (size_t i = 0; i < offers.count; i++) {
        ck_assert_ptr_null(strstr(offers.list[i].summary, "Dāng Guī"));
        ck_assert_ptr_null(strstr(offers.list[i].summary, "Xiao Yao"));
        if (strcmp(offers.list[i].kind, "combination") != 0)
            continue;
        for (size_t j = 0; j < offers.list[i].line_count; j++)
            for (size_t b = 0; b < offers.barred_count; b++)
                ck_assert_str_ne(offers.list[i].lines[j].herb_id, offers.barred[b]);
    }
    for (size_t i = 0; i < offers.short_count; i++)
        ck_assert_int_eq(offers.shorts[i].barred, strcmp(offers.shorts[i].herb_id, "dang_gui") == 0);
}
END_TEST

START_TEST(consent_makes_the_next_version_and_an_order_takes_what_it_says)
{
    int64_t id = prescribe(test_patient_new(&c, k), "Xiao Yao San"), made, prescription, version, order;
    struct prescription p;
    const struct offer *form;
    struct offers offers;

    hold("'R-CHAI-HU'", "held");
    offers = find(id, false);
    form = offer_of(&offers, "form", "Chái Hú, granules");
    ck_assert_ptr_nonnull(form);
    act_as(&c, "mei.lin");
    made = propose(id, form);
    hold("'R-CHAI-HU'", "released");
    ck_assert_int_eq(substitute_answer(&c, k, made, true, NULL, &prescription, &version), ST_DENIED);
    ctx_forgive(&c);
    act_as(&c, "dr.wu");
    ck_assert_msg(substitute_answer(&c, k, made, true, "agreed", &prescription, &version) == ST_OK, "%s",
                  fault_text(&c));
    ck_assert_int_eq(version, 2);
    ck_assert_int_eq(prescription_get(&c, k, id, 2, &p), ST_OK);
    ck_assert_ptr_nonnull(strstr(test_line(&p, "chai_hu")->filled_name, "granules"));
    ck_assert_int_eq(test_line(&p, "chai_hu")->daily.mg, 9000);
    ck_assert_ptr_nonnull(strstr(p.change_note, "agreed"));
    ck_assert_int_eq(p.signed_at.us, 0);
    ck_assert_int_eq(test_latest(&c, id).version, 2); /* screened */
    ck_assert_int_eq(substitute_answer(&c, k, made, false, NULL, &prescription, &version), ST_CONFLICT);
    ctx_forgive(&c);
    test_answer_all(&c, id, 2);
    ck_assert_msg(prescription_sign(&c, k, id, 2) == ST_OK, "%s", fault_text(&c));
    ck_assert_msg(order_create(&c, k, id, &order) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(
        sql_number(&c, arena_printf(&c.arena,
                                    "SELECT quantity FROM order_lines WHERE order_id = %lld AND herb_id = "
                                    "'chai_hu'",
                                    (long long)order)),
        12600); /* 63 g at 5:1 */
}
END_TEST

/* A ready-made product is not weighed: pieces of it are a line of the order. */
START_TEST(a_product_goes_along_from_the_shelf)
{
    int64_t id = prescribe(test_patient_new(&c, k), "Xiao Yao San"), made, prescription, version, order;
    const struct order_product pieces = { "S-XIAO-YAO-GRANULE", 2 };
    struct order_wish wish = { .products = &pieces, .product_count = 1 };
    const struct offer *whole;
    struct offers offers;
    struct prescription p;

    hold("'R-CHAI-HU', 'R-BAI-ZHU'", "held");
    offers = find(id, false);
    whole = offer_of(&offers, "combination", "Xiao Yao San concentrated granules");
    ck_assert_ptr_nonnull(whole);
    made = propose(id, whole);
    hold("'R-CHAI-HU', 'R-BAI-ZHU'", "released");
    ck_assert_msg(substitute_answer(&c, k, made, true, NULL, &prescription, &version) == ST_OK, "%s",
                  fault_text(&c));
    ck_assert_int_eq(prescription_get(&c, k, id, 2, &p), ST_OK);
    ck_assert_uint_eq(p.line_count, 9);
    ck_assert_int_eq(p.total.mg, 486500);
    test_answer_all(&c, id, 2);
    ck_assert_msg(prescription_sign(&c, k, id, 2) == ST_OK, "%s", fault_text(&c));
    wish.prescription_id = id;
    ck_assert_msg(order_enter(&c, k, &wish, &order) == ST_OK, "%s", fault_text(&c));
    ck_assert_int_eq(
        sql_number(&c, arena_printf(&c.arena, "SELECT count(*) FROM order_lines WHERE order_id = %lld",
                                    (long long)order)),
        2);
    ck_assert_int_eq(
        sql_number(&c, arena_printf(&c.arena,
                                    "SELECT count(*) FROM order_events WHERE order_id = %lld AND event = "
                                    "'goes_along' AND note LIKE 'Xiao Yao San%% × 2'",
                                    (long long)order)),
        1);
}
END_TEST

START_TEST(a_refusal_changes_nothing_and_what_is_old_is_stale)
{
    int64_t id = prescribe(test_patient_new(&c, k), "Xiao Yao San"), refused, open, prescription, version;
    struct prescription_draft draft = test_draft(&c, 0, NULL, "huang_qi", 9000);
    const struct substitute_wish wish = { .prescription_id = id, .version = 1 };
    const struct offer *form;
    struct offers offers;

    hold("'R-CHAI-HU'", "held");
    offers = find(id, false);
    form = offer_of(&offers, "form", "Chái Hú, granules");
    refused = propose(id, form);
    open = propose(id, form);
    hold("'R-CHAI-HU'", "released");
    ck_assert_int_eq(substitute_propose(&c, k, &wish, form->key, NULL, &version), ST_STALE);
    ctx_forgive(&c);
    ck_assert_int_eq(substitute_answer(&c, k, refused, false, "wait for it", &prescription, &version), ST_OK);
    ck_assert_int_eq(version, 0);
    ck_assert_int_eq(prescription_latest(&c, id, &version), ST_OK);
    ck_assert_int_eq(version, 1);
    ck_assert_int_eq(prescription_change(&c, k, id, 1, &draft, &version), ST_OK);
    ck_assert_int_eq(substitute_answer(&c, k, open, true, NULL, &prescription, &version), ST_STALE);
    ctx_forgive(&c);
    ck_assert_int_eq(substitute_propose(&c, k, &wish, form->key, NULL, &version), ST_STALE);
    ctx_forgive(&c);
    ck_assert_int_eq(substitute_answer(&c, k, 999999, true, NULL, &prescription, &version), ST_NOT_FOUND);
}
END_TEST

/* The database itself: no answer by anybody but a prescriber, and nothing is rewritten. */
START_TEST(the_database_holds_consent)
{
    int64_t id = prescribe(test_patient_new(&c, k), "Xiao Yao San"), made;
    struct offers offers;

    hold("'R-CHAI-HU'", "held");
    offers = find(id, false);
    made = propose(id, offer_of(&offers, "form", "Chái Hú, granules"));
    hold("'R-CHAI-HU'", "released");
    refused_by_database(
        arena_printf(&c.arena,
                     "INSERT INTO substitution_answers (shop_id, substitution_id, prescription_id, "
                     "consented, answered_by) SELECT current_shop(), %lld, %lld, false, id FROM "
                     "users WHERE username = 'mei.lin'",
                     (long long)made, (long long)id));
    refused_by_database("UPDATE substitution_lines SET daily_mg = 1");
    refused_by_database("DELETE FROM substitutions");
}
END_TEST

SUITE(substitute)
{
    return suite_of("substitute", 60, make, setup, scene_close,
                    TESTS(nothing_is_offered_when_nothing_is_short,
                          a_short_herb_is_offered_in_another_form_and_the_whole_as_a_combination,
                          what_the_patient_must_not_have_is_never_offered,
                          consent_makes_the_next_version_and_an_order_takes_what_it_says,
                          a_product_goes_along_from_the_shelf,
                          a_refusal_changes_nothing_and_what_is_old_is_stale, the_database_holds_consent));
}
