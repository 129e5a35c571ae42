/* The price of a draft: by the same function and rules as the quote of its order, to the cent, and whatever has no price is said. */
#include <string.h>

#include "core/order.h"
#include "core/prescription_price.h"
#include "core/sale_setup.h"
#include "support/counter.h"
#include "support/prescribe.h"
#include "support/scene.h"
#include "support/stage.h"

#define DATABASE "test_draft_price"

SCENE_WITH_RULES("dr.wu")

static struct prescription built;

static struct prescription_price price_of(const struct prescription_draft *draft, const char *group)
{
    struct prescription_form form;
    struct prescription_price price;

    counter_must(&c, prescription_build(&c, k, draft, &built));
    counter_must(&c, prescription_form_get(&c, k, &built, &form));
    counter_must(&c, prescription_price_get(&c, &built, &form, group, &price));
    return price;
}

static const struct herb_price *herb(const struct prescription_price *price, const char *herb_id)
{
    return &price->herbs[test_line(&built, herb_id) - built.lines];
}

static const char *said(const struct reason *reason)
{
    return reason_text(&c.arena, reason);
}

static int64_t fee_times(const struct prescription_price *price, const char *name)
{
    for (size_t i = 0; i < price->pricing.line_count; i++)
        if (strcmp(price->pricing.lines[i].name, name) == 0)
            return price->pricing.lines[i].quantity;
    return 0;
}

static void rule_new(struct price_rule_new rule)
{
    int64_t id;

    rule.valid_from = rule.valid_until = DATE_NONE;
    act_as(&c, "admin");
    counter_must(&c, price_rule_add(&c, &rule, &id));
    act_as(&c, "dr.wu");
}

static void fee_new(const char *name, const char *form, const char *per, int64_t unit_mg, int64_t cents)
{
    const struct fee_new fee = { .name = name,
                                 .dosage_form = form,
                                 .per = per,
                                 .unit_mg = unit_mg,
                                 .amount = { cents },
                                 .valid_from = DATE_NONE,
                                 .valid_until = DATE_NONE };
    int64_t id;

    act_as(&c, "admin");
    counter_must(&c, fee_add(&c, &fee, &id));
    act_as(&c, "dr.wu");
}

/* What the order of the draft is quoted at. */
static struct ticket_price quoted(const struct prescription_draft *draft, const char *group)
{
    struct ticket_price quote;
    int64_t prescription, order;

    counter_must(&c, prescription_create(&c, k, draft, &prescription));
    (void)test_answer_all(&c, prescription, 1);
    counter_must(&c, prescription_sign(&c, k, prescription, 1));
    counter_must(&c, order_create(&c, k, prescription, &order));
    counter_must(&c, ticket_price_lines(&c, &(struct ticket_customer){ .group = group },
                                        &(struct ticket_want){ .order_id = order, .quantity = 1 }, 1, NULL, 0,
                                        &quote));
    return quote;
}

static void same_as_the_quote(const struct prescription_draft *draft, const char *group)
{
    const struct prescription_price price = price_of(draft, group);
    const struct pricing quote = quoted(draft, group).pricing;

    ck_assert_int_eq(price.pricing.total.cents, quote.total.cents);
    ck_assert_int_eq(price.pricing.tax.cents, quote.tax.cents);
    ck_assert_uint_eq(price.pricing.line_count, quote.line_count);
    ck_assert_int_gt(quote.total.cents, 0);
}

/* Huang qi and dang gui at the items' own prices; then by the gram for a form, at cost and a markup, for a group. */
START_TEST(a_draft_costs_what_its_order_is_quoted_at)
{
    const int64_t patient = test_patient_new(&c, k);
    struct prescription_draft draft = test_draft(&c, patient, "Si Jun Zi Tang", "huang_qi", 15000);
    struct prescription_price price = price_of(&draft, NULL);

    ck_assert_uint_eq(price.missing_count, 0);
    ck_assert_str_eq(said(herb(&price, "huang_qi")->priced_by), "own price");
    ck_assert_int_eq(price.herbs_amount.cents, price.pricing.list.cents);
    same_as_the_quote(&draft, NULL);
    act_as(&c, "admin");
    counter_must(&c, customer_group_set(&c, "member", "Members"));
    rule_new((struct price_rule_new){ .name = "Granules by the gram",
                                      .kind = "per_gram",
                                      .dosage_form = "granule",
                                      .price = { 45 },
                                      .markup_basis_points = -1 });
    rule_new((struct price_rule_new){ .name = "At cost and half",
                                      .kind = "markup",
                                      .item_kind = "raw",
                                      .price = { -1 },
                                      .markup_basis_points = 5000,
                                      .customer_group = "member" });
    price = price_of(&draft, "member");
    ck_assert_ptr_nonnull(strstr(said(herb(&price, "huang_qi")->priced_by), "At cost and half"));
    same_as_the_quote(&draft, "member");
    draft.dosage_form = "granule";
    draft.overage_permille = 30;
    price = price_of(&draft, NULL);
    ck_assert_int_eq(herb(&price, "huang_qi")->part->amount.cents, 973); /* 21.63 g at 45 cents */
    same_as_the_quote(&draft, NULL);
}
END_TEST

START_TEST(fees_are_charged_by_packet_day_dose_and_capsule)
{
    struct prescription_draft draft = test_draft(&c, test_patient_new(&c, k), NULL, "huang_qi", 12100);
    struct prescription_price price;

    fee_new("Boiling", "decocted_liquid", "packet", 0, 250);
    fee_new("A day", "decocted_liquid", "day", 0, 10);
    fee_new("Filling", "capsule", "unit", 400, 3);
    fee_new("Every dose", NULL, "dose", 0, 1);
    draft.dosage_form = "decocted_liquid";
    draft.course.packets = 14;
    price = price_of(&draft, NULL);
    ck_assert_int_eq(fee_times(&price, "Boiling"), 14);
    ck_assert_int_eq(fee_times(&price, "A day"), 7);
    ck_assert_int_eq(fee_times(&price, "Every dose"), 14);
    ck_assert_int_eq(fee_times(&price, "Filling"), 0);
    same_as_the_quote(&draft, NULL);
    draft.dosage_form = "capsule";
    draft.course.packets = 1;
    draft.units.unit.mg = 500;
    draft.overage_permille = 30;
    price = price_of(&draft, NULL);
    ck_assert_int_eq(fee_times(&price, "Filling"), 189); /* what the version counts, not 84.7 g by 400 mg */
    same_as_the_quote(&draft, NULL);
    draft.units.unit.mg = 0;
    price = price_of(&draft, NULL);
    ck_assert_int_eq(fee_times(&price, "Filling"), 219); /* 87.241 g by 400 mg, rounded up */
    same_as_the_quote(&draft, NULL);
}
END_TEST

/* Wu zhu yu is not kept as granules; an item without a price and without a rule has none. */
START_TEST(what_has_no_price_is_said)
{
    struct prescription_draft draft = test_draft(&c, test_patient_new(&c, k), "Wu Zhu Yu Tang", NULL, 0);
    struct prescription_price price;
    struct prescription_form form;

    draft.dosage_form = "granule";
    price = price_of(&draft, NULL);
    ck_assert_ptr_null(herb(&price, "wu_zhu_yu")->part);
    ck_assert_ptr_nonnull(strstr(said(herb(&price, "wu_zhu_yu")->missing), "keeps none in this form"));
    ck_assert_uint_ge(price.missing_count, 1);
    stage_fate(&c, DATABASE, "UPDATE items SET price_cents = 0 WHERE sku = 'R-DANG-GUI'");
    draft = test_draft(&c, draft.patient_id, NULL, "dang_gui", 9000);
    price = price_of(&draft, NULL);
    ck_assert_uint_eq(price.missing_count, 1);
    ck_assert_int_eq(price.pricing.list.cents - price.herbs_amount.cents,
                     price.pricing.line_count > 1 ? price.pricing.lines[1].list.cents : 0);
    ck_assert_ptr_nonnull(strstr(said(price.herbs[0].missing), "neither the item nor a price rule"));
    counter_must(&c, prescription_form_get(&c, k, &built, &form));
    counter_refused(&c, ST_NOT_FOUND, prescription_price_get(&c, &built, &form, "nobody", &price),
                    "customer_group", "is no group of customers");
}
END_TEST

SUITE(draft_price)
{
    return suite_of("draft_price", 60, make, setup, scene_close,
                    TESTS(a_draft_costs_what_its_order_is_quoted_at,
                          fees_are_charged_by_packet_day_dose_and_capsule, what_has_no_price_is_said));
}
