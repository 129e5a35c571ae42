/* The price list says what everything costs, what of it the shop keeps and which rule made the price; a rule that is tried says what it
   would make of that, and nothing of it stays. */
#include <string.h>

#include "core/price_list.h"
#include "support/counter.h"
#include "support/prescribe.h"
#include "support/scene.h"
#include "support/stage.h"

#define DATABASE "test_price_list"
#define TEA "S-GINGER-TEA" /* 5.99, grocery, 2.25 % */
#define POT "S-CLAY-POT"   /* 34.99 */

SCENE("admin")

static struct price_list list;

static const struct listed_price *find(const char *sku)
{
    for (size_t i = 0; i < list.count; i++)
        if (strcmp(list.rows[i].part->sku, sku) == 0)
            return &list.rows[i];
    return NULL;
}

static const struct listed_price *listed(const struct price_list_wanted *wanted, const char *sku)
{
    struct price_list_wanted asked = *wanted;

    asked.most = 1000;
    counter_must(&c, price_list_get(&c, &asked, &list));
    ck_assert_ptr_nonnull(find(sku));
    return find(sku);
}

static const struct price_list_wanted everything = { .most = 1000 };

static struct price_rule_new rule_of(const char *name, const char *kind, int64_t cents, int64_t points)
{
    return (struct price_rule_new){ .name = name,
                                    .kind = kind,
                                    .price = { cents },
                                    .markup_basis_points = points,
                                    .valid_from = DATE_NONE,
                                    .valid_until = DATE_NONE };
}

static int64_t add(struct price_rule_new rule)
{
    int64_t id;

    counter_must(&c, price_rule_add(&c, &rule, &id));
    return id;
}

static int64_t rules(void)
{
    return sql_number(&c, "SELECT count(*) FROM price_rules");
}

START_TEST(a_price_its_cost_and_the_rule_that_made_it)
{
    const struct listed_price *row = listed(&everything, TEA);
    struct price_rule_new rule = rule_of("Members' tea", "fixed", 300, -1);
    int64_t id;

    ck_assert_uint_eq(list.all, (size_t)sql_number(&c, "SELECT count(*) FROM items"));
    ck_assert_int_eq(row->price.cents, 599);
    ck_assert_ptr_null(row->rule);
    ck_assert_int_eq(
        row->part->cost.cents,
        sql_number(&c, SQL("SELECT round(sum(b.quantity * l.cost_cents::numeric / l.cost_quantity) / "
                           "sum(b.quantity))::bigint FROM lots l JOIN items i ON i.id = l.item_id "
                           "JOIN balances b ON b.lot_id = l.id AND b.internal WHERE i.sku = '%s'",
                           TEA)));
    row = listed(&everything, "R-HUANG-QI");
    ck_assert_int_eq(row->part->quantity, 100000);
    ck_assert_int_eq(row->price.cents, row->own.cents);
    counter_must(&c, customer_group_set(&c, "member", "Members"));
    rule.sku = TEA;
    rule.per_quantity = 1;
    rule.customer_group = "member";
    id = add(rule);
    ck_assert_int_eq(listed(&everything, TEA)->price.cents, 599);
    row = listed(&(struct price_list_wanted){ .customer_group = "member" }, TEA);
    ck_assert_int_eq(row->price.cents, 300);
    ck_assert_int_eq(row->rule->id, id);
    ck_assert_int_eq(row->own.cents, 599);
    ck_assert_uint_eq(list.by_rule, 1);
    rule = rule_of("Members pay a tenth less", "off", -1, -1);
    rule.customer_group = "member";
    rule.replaces = id;
    counter_refused(&c, ST_INVALID, price_rule_add(&c, &rule, &id), "kind", "off its basis points");
    rule.off_basis_points = 1000;
    id = add(rule);
    ck_assert_int_eq(listed(&(struct price_list_wanted){ .customer_group = "member" }, TEA)->price.cents,
                     539);
    ck_assert_uint_eq(list.by_rule, list.all);
    counter_must(&c, price_rule_end(&c, id));
    ck_assert_int_eq(listed(&(struct price_list_wanted){ .customer_group = "member" }, TEA)->price.cents,
                     599);
    counter_refused(&c, ST_NOT_FOUND,
                    price_list_get(&c, &(struct price_list_wanted){ .customer_group = "nobody" }, &list),
                    "customer_group", "is no group of customers");
    counter_refused(&c, ST_NOT_FOUND,
                    price_list_get(&c, &(struct price_list_wanted){ .dosage_form = "elixir" }, &list),
                    "dosage_form", "is no dosage form");
}
END_TEST

START_TEST(what_is_listed_can_be_narrowed_and_is_counted_all_the_same)
{
    int64_t id;

    (void)listed(&(struct price_list_wanted){ .dosage_form = "granule" }, "G-HUANG-QI");
    ck_assert_ptr_null(find("R-HUANG-QI"));
    (void)listed(&(struct price_list_wanted){ .text = "09527000001567" }, "S-TIGER-BALM-PATCH");
    (void)listed(&(struct price_list_wanted){ .text = "9527000001567" },
                 "S-TIGER-BALM-PATCH"); /* as EAN-13 */
    ck_assert_uint_eq(list.all, 1);
    id = add(rule_of("All by the gram", "per_gram", 4, -1));
    counter_must(
        &c, price_list_get(&c, &(struct price_list_wanted){ .only = LIST_BELOW_COST, .most = 3 }, &list));
    ck_assert_uint_eq(list.count, 3);
    ck_assert_uint_gt(list.below_cost, 3);
    ck_assert_uint_eq(list.matching, list.below_cost);
    for (size_t i = 0; i < list.count; i++)
        ck_assert_int_lt(list.rows[i].price.cents, list.rows[i].part->cost.cents);
    (void)listed(&(struct price_list_wanted){ .only = LIST_BY_RULE }, "R-HUANG-QI");
    ck_assert_ptr_null(find(TEA)); /* it is counted in pieces: nothing by the gram */
    counter_must(&c, price_rule_end(&c, id));
    counter_must(
        &c, price_list_get(&c, &(struct price_list_wanted){ .only = LIST_BELOW_COST, .most = 3 }, &list));
    ck_assert_uint_eq(list.count, 0);
}
END_TEST

START_TEST(a_rule_is_tried_and_nothing_stays)
{
    struct price_rule_new rule = rule_of("Cost and half", "markup", -1, 5000);
    const int64_t before = rules(), entries = sql_number(&c, "SELECT count(*) FROM audit");
    const struct listed_price *row;

    rule.item_kind = "raw";
    rule.valid_from = (struct date){ test_day(&c, 400).days };
    counter_must(&c, price_rule_try(&c, &rule, &everything, &list));
    row = find("R-HUANG-QI");
    ck_assert_ptr_nonnull(row);
    ck_assert_int_eq(row->price.cents, scale_i64(row->part->cost.cents, 15000, 10000));
    ck_assert_int_eq(row->was.cents, row->own.cents);
    ck_assert_ptr_null(find("G-HUANG-QI"));
    ck_assert_uint_eq(list.all, list.dearer + list.cheaper + list.same);
    ck_assert_uint_gt(list.cheaper, 0);
    rule.valid_until = (struct date){ rule.valid_from.days - 1 };
    counter_refused(&c, ST_INVALID, price_rule_try(&c, &rule, &everything, &list), "valid_until",
                    "is not before valid_from");
    ck_assert_int_eq(rules(), before);
    ck_assert_int_eq(sql_number(&c, "SELECT count(*) FROM audit"), entries);
}
END_TEST

/* Somebody wants the pot cheaper, but a rule with priority holds already. */
START_TEST(why_a_tried_rule_does_not_make_a_price)
{
    struct price_rule_new first = rule_of("The pot's price", "fixed", 3000, -1), rule = first;
    const struct listed_price *row;
    int64_t id;

    first.sku = rule.sku = POT;
    first.per_quantity = rule.per_quantity = 1;
    first.priority = 5;
    id = add(first);
    rule.price.cents = 2500;
    counter_must(&c, price_rule_try(&c, &rule, &everything, &list));
    ck_assert_uint_eq(list.all, 1);
    row = find(POT);
    ck_assert_int_eq(row->price.cents, 3000);
    ck_assert_int_eq(row->rule->id, id);
    ck_assert_uint_eq(list.dearer + list.cheaper + list.same, 0);
    rule.priority = 6;
    counter_must(&c, price_rule_try(&c, &rule, &everything, &list));
    row = find(POT);
    ck_assert_int_eq(row->price.cents, 2500);
    ck_assert_int_eq(row->was.cents, 3000);
    ck_assert_int_eq(row->was_rule->id, id);
    act_as(&c, "dr.wu");
    refused(price_rule_try(&c, &rule, &everything, &list), ST_DENIED, "change prices");
    act_as(&c, "admin");
    rule.priority = 0;
    rule.replaces = id;
    counter_must(&c, price_rule_try(&c, &rule, &everything, &list));
    ck_assert_int_eq(find(POT)->price.cents, 2500);
    ck_assert_int_eq(find(POT)->was.cents, 3000);
    rule.replaces = add(rule);
    ck_assert_int_eq(listed(&everything, POT)->rule->id, rule.replaces);
    ck_assert_int_eq(
        sql_number(&c, SQL("SELECT count(*) FROM price_rules WHERE id = %lld AND ended_at IS NOT NULL",
                           (long long)id)),
        1);
    id = rule.replaces;
    counter_must(&c, price_rule_end(&c, id));
    counter_refused(&c, ST_NOT_FOUND, price_rule_add(&c, &rule, &id), "replaces",
                    "is no price rule in force");
    ck_assert_ptr_null(listed(&everything, POT)->rule);
}
END_TEST

/* 3.00 holds 0.07 of tax: 2.93 are left. */
START_TEST(below_cost_is_without_the_tax_and_an_unknown_cost_is_not_nothing)
{
    const struct sale_settings held = { .tax_included = true, .quote_minutes = 30 };
    struct price_rule_new rule = rule_of("Tea", "fixed", 300, -1);
    const struct listed_price *row;
    int64_t id;

    rule.sku = TEA;
    rule.per_quantity = 1;
    id = add(rule);
    stage_fate(&c, DATABASE,
               "UPDATE lots SET cost_cents = 293, cost_quantity = 1 FROM items i "
               "WHERE i.id = lots.item_id AND i.sku = 'S-GINGER-TEA'");
    ck_assert(!listed(&everything, TEA)->below_cost);
    counter_must(&c, sale_settings_set(&c, &held));
    row = listed(&everything, TEA);
    ck_assert_int_eq(row->net.cents, 293);
    ck_assert(!row->below_cost);
    stage_fate(
        &c, DATABASE,
        "UPDATE lots SET cost_cents = 294 FROM items i WHERE i.id = lots.item_id AND i.sku = 'S-GINGER-TEA'");
    ck_assert(listed(&everything, TEA)->below_cost);
    stage_fate(&c, DATABASE,
               "UPDATE lots SET status = 'quarantined' FROM items i WHERE i.id = lots.item_id AND i.sku = "
               "'S-GINGER-TEA'");
    row = listed(&everything, TEA);
    ck_assert(!row->part->cost_known);
    ck_assert(!row->below_cost);
    counter_must(&c, price_rule_end(&c, id));
}
END_TEST

SUITE(price_list)
{
    return suite_of("price_list", 60, make, setup, scene_close,
                    TESTS(a_price_its_cost_and_the_rule_that_made_it,
                          what_is_listed_can_be_narrowed_and_is_counted_all_the_same,
                          a_rule_is_tried_and_nothing_stays, why_a_tried_rule_does_not_make_a_price,
                          below_cost_is_without_the_tax_and_an_unknown_cost_is_not_nothing));
}
