/* A short line filled from several items, and substitutes of an order: for its part, its days and what it lacks. */
#include <string.h>

#include "core/order.h"
#include "core/substitute.h"
#include "support/counter.h"
#include "support/prescribe.h"
#include "support/scene.h"
#include "support/stage.h"

#define DATABASE "test_substitute_items"

SCENE_WITH_RULES("dr.wu")

/* Another granule item of huang qi, with that much of it. */
static void stock(const char *sku, int64_t ratio, int64_t mg)
{
    const char *const steps[] = {
        SQL("INSERT INTO items (shop_id, sku, item_kind, herb_id, preparation, name, unit, ratio_numerator) "
            "SELECT shop_id, '%s', 'granule', herb_id, preparation, 'Huáng Qí, granules %lld:1', 'mg', %lld "
            "FROM items WHERE sku = 'G-HUANG-QI'",
            sku, (long long)ratio, (long long)ratio),
        SQL("INSERT INTO lots (shop_id, item_id, supplier_id, lot_code, expires_on, status, in_stock) "
            "SELECT i.shop_id, i.id, (SELECT min(s.id) FROM suppliers s WHERE s.shop_id = i.shop_id), i.sku, "
            "'2090-12-31', 'released', true FROM items i WHERE i.sku = '%s'",
            sku),
        SQL("INSERT INTO balances (shop_id, lot_id, location_id, quantity, internal) "
            "SELECT l.shop_id, l.id, p.id, %lld, true FROM lots l JOIN locations p USING (shop_id) "
            "WHERE l.lot_code = '%s' AND p.code = 'GR01'",
            (long long)mg, sku),
    };

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        stage_fate(&c, DATABASE, steps[i]);
}

static void hold(const char *skus, const char *status)
{
    stage_fate(&c, DATABASE,
               SQL("UPDATE lots SET status = '%s' WHERE item_id IN (SELECT id FROM items WHERE sku IN (%s))",
                   status, skus));
}

static const struct offer *offer_with(const struct offers *offers, const char *kind, const char *part)
{
    for (size_t i = 0; i < offers->count; i++)
        if (strcmp(offers->list[i].kind, kind) == 0 && strstr(offers->list[i].summary, part) != NULL)
            return &offers->list[i];
    return NULL;
}

static int64_t signed_prescription(const struct prescription_draft *draft)
{
    int64_t id;

    counter_must(&c, prescription_create(&c, k, draft, &id));
    (void)test_answer_all(&c, id, 1);
    counter_must(&c, prescription_sign(&c, k, id, 1));
    return id;
}

/* 105 g of huang qi: 10 g at 5:1 and 10 g at 6:1 together hold them, neither alone. The version has two lines, its order too. */
START_TEST(two_items_hold_a_line_together)
{
    struct prescription_draft draft = test_draft(&c, test_patient_new(&c, k), NULL, "huang_qi", 15000);
    struct substitute_wish wish = { 0 };
    const struct offer *both;
    struct prescription p;
    struct offers offers;
    int64_t made, order;

    hold("'R-HUANG-QI', 'G-HUANG-QI'", "held");
    stock("G-HUANG-QI-A", 5, 10000);
    stock("G-HUANG-QI-B", 6, 10000);
    wish.prescription_id = signed_prescription(&draft);
    counter_must(&c, substitute_find(&c, k, &wish, &offers));
    both = offer_with(&offers, "form", "granules 6:1");
    ck_assert_ptr_nonnull(both);
    ck_assert_ptr_nonnull(strstr(both->summary, "granules 5:1 ("));
    ck_assert_uint_eq(both->line_count, 2);
    ck_assert_int_eq(both->lines[0].daily.mg + both->lines[1].daily.mg, 15000);
    ck_assert_int_eq(both->lines[0].daily.mg, 8571); /* 60 g of the 6:1 in 7 days */
    ck_assert_int_eq(both->score_permille, 1000);
    wish.version = 1;
    counter_must(&c, substitute_propose(&c, k, &wish, both->key, NULL, &made));
    counter_must(&c, substitute_answer(&c, k, made, true, NULL, &wish.prescription_id, &wish.version));
    counter_must(&c, prescription_get(&c, k, wish.prescription_id, 2, &p));
    ck_assert_uint_eq(p.line_count, 2);
    ck_assert_int_eq(p.total.mg, 105000);
    (void)test_answer_all(&c, wish.prescription_id, 2);
    counter_must(&c, prescription_sign(&c, k, wish.prescription_id, 2));
    act_as(&c, "mei.lin");
    counter_must(&c, order_create(&c, k, wish.prescription_id, &order));
    counter_must(&c, order_allocate(&c, order, DATE_NONE));
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(DISTINCT item_id) FROM order_lines WHERE order_id = %lld",
                           (long long)order)),
        2);
    hold("'R-HUANG-QI', 'G-HUANG-QI'", "released");
}
END_TEST

/* What is left of the item prescribed is used first, the rest comes from another: a mixed line. */
START_TEST(what_is_left_is_used_and_the_rest_is_another_item)
{
    struct prescription_draft draft = test_draft(&c, test_patient_new(&c, k), NULL, "dang_gui", 400000);
    struct substitute_wish wish = { .prescription_id = 0 };
    const struct offer *mixed;
    struct offers offers;

    wish.prescription_id = signed_prescription(&draft);
    counter_must(&c, substitute_find(&c, k, &wish, &offers));
    ck_assert_uint_eq(offers.short_count, 1);
    mixed = offer_with(&offers, "form", " + ");
    ck_assert_ptr_nonnull(mixed);
    ck_assert_ptr_nonnull(strstr(mixed->summary, "sliced ("));
    ck_assert_ptr_nonnull(strstr(mixed->summary, "granules 3:1 ("));
    ck_assert_int_eq(mixed->lines[0].daily.mg + mixed->lines[1].daily.mg, 400000);
    ck_assert_str_ne(mixed->lines[0].processing, mixed->lines[1].processing);
}
END_TEST

/* Half the packets of a week are 4 days; what was set aside for the order itself is free for it. */
START_TEST(substitutes_of_an_order_are_for_its_part)
{
    struct prescription_draft draft = test_draft(&c, test_patient_new(&c, k), "Xiao Yao San", NULL, 0);
    struct substitute_wish wish = { 0 }, other = { 0 };
    struct order_wish want = { 0 };
    struct offers offers;
    int64_t prescription, order, made, version;

    prescription = signed_prescription(&draft);
    want.prescription_id = prescription;
    want.packets = 4;
    act_as(&c, "mei.lin");
    counter_must(&c, order_enter(&c, k, &want, &order));
    counter_must(&c, order_allocate(&c, order, DATE_NONE));
    wish.order_id = order;
    counter_must(&c, substitute_find(&c, k, &wish, &offers));
    ck_assert_uint_eq(offers.short_count, 0);
    hold("'R-CHAI-HU'", "held");
    counter_refused(&c, ST_SHORT, order_allocate(&c, order, DATE_NONE), "lines[1]", "is short");
    counter_must(&c, substitute_find(&c, k, &wish, &offers));
    ck_assert_uint_eq(offers.short_count, 1);
    ck_assert_int_eq(offers.prescription_id, prescription);
    ck_assert_int_eq(offers.shorts[0].wanted.mg, 36000);
    ck_assert_ptr_nonnull(offer_with(&offers, "form", "Chái Hú, granules"));
    other.order_id = order;
    other.prescription_id = prescription + 1;
    counter_refused(&c, ST_INVALID, substitute_find(&c, k, &other, &offers), "order_id", "is an order of");
    other.order_id = 999999;
    counter_refused(&c, ST_NOT_FOUND, substitute_find(&c, k, &other, &offers), "order_id", "is no order");
    wish.prescription_id = prescription;
    counter_must(&c, substitute_find(&c, k, &wish, &offers));
    counter_must(&c, substitute_propose(&c, k, &wish, offer_with(&offers, "form", "Chái Hú, granules")->key,
                                        NULL, &made));
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT order_id FROM substitutions WHERE id = %lld", (long long)made)), order);
    act_as(&c, "dr.wu");
    counter_must(&c, substitute_answer(&c, k, made, true, NULL, &prescription, &version));
    ck_assert_int_eq(sql_number(&c, SQL("SELECT total_mg FROM prescription_items WHERE prescription_id = "
                                        "%lld AND version = 2 AND herb_id = "
                                        "'chai_hu'",
                                        (long long)prescription)),
                     63000); /* the version is for the whole week */
    hold("'R-CHAI-HU'", "released");
    act_as(&c, "mei.lin");
    stage_fate(&c, DATABASE, SQL("UPDATE orders SET state = 'cancelled' WHERE id = %lld", (long long)order));
    counter_refused(&c, ST_CONFLICT, substitute_find(&c, k, &wish, &offers), "order_id", "is cancelled");
}
END_TEST

SUITE(substitute_items)
{
    return suite_of("substitute_items", 60, make, setup, scene_close,
                    TESTS(two_items_hold_a_line_together, what_is_left_is_used_and_the_rest_is_another_item,
                          substitutes_of_an_order_are_for_its_part));
}
