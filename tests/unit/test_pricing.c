/* What a ticket costs: which rule prices it, that everything adds up whatever comes, and that no code goes where it may not. */
#include <stdlib.h>
#include <string.h>

#include "core/pricing.h"
#include "support/runner.h"

enum { LINES_MOST = 6, CODES_MOST = 3, ROUNDS = 20000 };
#define GRAMS(g) (INT64_C(1000) * (g))

static struct arena arena;

static void setup(void)
{
    arena_init(&arena);
}

static void teardown(void)
{
    arena_close(&arena);
}

/* A shelf product at its own price. */
static struct price_part part_of(int64_t item, int64_t pieces, int64_t price, int64_t cost)
{
    return (struct price_part){ .name = "x",
                                .item_id = item,
                                .sku = "S-X",
                                .thing = "x",
                                .item_kind = "product",
                                .tax_category = "medicine",
                                .quantity = pieces,
                                .base = { price },
                                .base_per = 1,
                                .cost = { cost },
                                .cost_known = true,
                                .restricted = "" };
}

static struct price_line line_of(struct price_part *part)
{
    return (struct price_line){ .line_no = 1,
                                .kind = LINE_ITEM,
                                .item_id = part->item_id,
                                .name = part->name,
                                .quantity = part->quantity,
                                .unit = part->weighed ? "mg" : "each",
                                .tax_category = part->tax_category,
                                .tax_basis_points = 225,
                                .parts = part,
                                .part_count = 1 };
}

static struct promo_code percent_of(const char *code, int64_t basis_points)
{
    return (struct promo_code){ .code = code,
                                .version = 1,
                                .percent = true,
                                .percent_basis_points = basis_points,
                                .valid_from = DATE_NONE,
                                .valid_until = DATE_NONE,
                                .uses_left = UNLIMITED_USES,
                                .customer_uses_left = UNLIMITED_USES };
}

static struct promo_code amount_of(const char *code, int64_t cents)
{
    struct promo_code made = percent_of(code, 0);

    made.percent = false;
    made.amount.cents = cents;
    return made;
}

static struct pricing run(struct price_line *lines, size_t n, struct promo_code *codes, size_t code_count)
{
    struct pricing p = { .customer_group = "",
                         .today = date_from(2026, 11, 22),
                         .lines = lines,
                         .line_count = n,
                         .codes = codes,
                         .code_count = code_count };

    pricing_run(&arena, &p);
    return p;
}

static void expect_reason(const struct reason *reason, const char *sentence)
{
    ck_assert_str_eq(reason_text(&arena, reason), sentence);
}

START_TEST(a_code_takes_its_own_percentage_and_tax_is_on_what_is_left)
{
    struct price_part part = part_of(1, 3, 999, 900);
    struct price_line line = line_of(&part);
    struct promo_code code = percent_of("TCMHEAL5", 500);
    struct pricing p = run(&line, 1, &code, 1);

    ck_assert_int_eq(p.list.cents, 2997);
    ck_assert_int_eq(p.discount.cents, 150); /* 149.85, half up */
    ck_assert_int_eq(p.tax.cents, 64);       /* 2.25 % of 28.47 */
    ck_assert_int_eq(p.total.cents, 2911);
    ck_assert(code.applies);
    expect_reason(code.effects[0].why, "5.00 % of 29.97: 1.50 off");
    p = run(&line, 1, NULL, 0); /* none typed: none given */
    ck_assert_int_eq(p.discount.cents, 0);
}
END_TEST

START_TEST(a_code_that_lost_its_minimum_stops)
{
    struct price_part part = part_of(1, 2, 1099, 100);
    struct price_line line = line_of(&part);
    struct promo_code code = amount_of("TEA2", 200);

    code.minimum.cents = 2000;
    ck_assert_int_eq(run(&line, 1, &code, 1).discount.cents, 200);
    part.quantity = 1;
    ck_assert_int_eq(run(&line, 1, &code, 1).discount.cents, 0);
    ck_assert(!code.applies);
    expect_reason(code.why, "begins at 20.00, and what it is for comes to 10.99");
}
END_TEST

START_TEST(a_code_stops_at_cost)
{
    struct price_part part = part_of(1, 1, 1000, 950);
    struct price_line line = line_of(&part);
    struct promo_code code = percent_of("TEN", 1000);

    ck_assert_int_eq(run(&line, 1, &code, 1).discount.cents, 50);
    expect_reason(code.effects[0].why, "0.50 off: more would go below cost");
    part.cost.cents = 1000;
    ck_assert_int_eq(run(&line, 1, &code, 1).discount.cents, 0);
    part.cost_known = false;
    ck_assert_int_eq(run(&line, 1, &code, 1).discount.cents, 0);
    code.allow_below_cost = true;
    ck_assert_int_eq(run(&line, 1, &code, 1).discount.cents, 100);
}
END_TEST

START_TEST(a_code_knows_what_is_in_and_out)
{
    struct price_part parts[3] = { part_of(1, 1, 1000, 1), part_of(2, 1, 1000, 1), part_of(3, 1, 1000, 1) };
    struct price_line lines[3];
    struct promo_code code = percent_of("X", 1000);

    parts[1].tax_category = "grocery";
    parts[2].restricted = "toxic";
    for (int i = 0; i < 3; i++)
        lines[i] = line_of(&parts[i]);
    ck_assert_int_eq(run(lines, 3, &code, 1).discount.cents, 200);
    expect_reason(code.effects[2].why, "never on restricted goods (toxic)");
    code.exclude = "Grocery; plaster";
    ck_assert_int_eq(run(lines, 3, &code, 1).discount.cents, 100);
    expect_reason(code.effects[1].why, "left out: Grocery");
    code.exclude = "";
    code.include = "grocery";
    ck_assert_int_eq(run(lines, 3, &code, 1).discount.cents, 100);
    expect_reason(code.effects[0].why, "not among grocery");
    code.include = "";
    code.allow_restricted = true;
    ck_assert_int_eq(run(lines, 3, &code, 1).discount.cents, 300);
}
END_TEST

START_TEST(dates_limits_and_customers)
{
    struct price_part part = part_of(1, 1, 1000, 1);
    struct price_line line = line_of(&part);
    struct promo_code code = percent_of("X", 1000);

    code.valid_until = date_from(2026, 11, 22); /* works on its last day */
    ck_assert_int_eq(run(&line, 1, &code, 1).discount.cents, 100);
    code.valid_until = date_from(2026, 11, 21);
    ck_assert_int_eq(run(&line, 1, &code, 1).discount.cents, 0);
    expect_reason(code.why, "ended on 2026-11-21");
    code.valid_until = DATE_NONE;
    code.valid_from = date_from(2026, 11, 23);
    ck_assert_int_eq(run(&line, 1, &code, 1).discount.cents, 0);
    code.valid_from = DATE_NONE;
    code.customer_uses_left = 1;
    ck_assert_int_eq(run(&line, 1, &code, 1).discount.cents, 0);
    code.customer_known = true;
    ck_assert_int_eq(run(&line, 1, &code, 1).discount.cents, 100);
    code.uses_left = 0;
    ck_assert_int_eq(run(&line, 1, &code, 1).discount.cents, 0);
    code.uses_left = 1;
    code.ended = true;
    ck_assert_int_eq(run(&line, 1, &code, 1).discount.cents, 0);
}
END_TEST

START_TEST(codes_combine_only_where_both_say_so)
{
    struct price_part part = part_of(1, 1, 1000, 1);
    struct price_line line = line_of(&part);
    struct promo_code codes[2] = { amount_of("TWO", 200), percent_of("TEN", 1000) };

    ck_assert_int_eq(run(&line, 1, codes, 2).discount.cents, 100); /* percentages first */
    expect_reason(codes[0].why, "does not combine with TEN");
    codes[0].stackable = codes[1].stackable = true;
    ck_assert_int_eq(run(&line, 1, codes, 2).discount.cents, 300);
    codes[0].stackable = false;
    ck_assert_int_eq(run(&line, 1, codes, 2).discount.cents, 100);
}
END_TEST

/* 3 at 1.25 less 7.5 %: 3.46875, rounded once; by the piece 1.15625 would come to 3.48. */
START_TEST(so_much_off_the_own_price_is_rounded_once)
{
    struct price_rule rule = { .id = 1, .name = "members", .kind = PRICE_OFF, .off_basis_points = 750 };
    struct price_part part = part_of(7, 3, 125, 1);
    struct price_line line = line_of(&part);
    struct pricing p = { .customer_group = "",
                         .today = date_from(2026, 11, 22),
                         .lines = &line,
                         .line_count = 1,
                         .rules = &rule,
                         .rule_count = 1 };

    pricing_run(&arena, &p);
    ck_assert_int_eq(line.list.cents, 347);
    expect_reason(line.priced_by, "rule 1, members");
    rule.off_basis_points = 10000;
    pricing_run(&arena, &p);
    ck_assert_int_eq(line.list.cents, 0);
    part.base.cents = 0; /* nothing to take off */
    pricing_run(&arena, &p);
    expect_reason(line.priced_by, "own price");
    part.quantity = INT64_C(1000000000);
    part.base.cents = INT64_C(1000000000);
    rule.off_basis_points = 1;
    pricing_run(&arena, &p);
    ck_assert(p.too_large);
    ck_assert_int_eq(line.list.cents, PRICE_MOST_CENTS);
}
END_TEST

START_TEST(the_narrower_rule_prices_unless_another_has_priority)
{
    struct price_rule rules[] = {
        { .id = 1, .name = "all herbs", .kind = PRICE_PER_GRAM, .tax_category = "medicine", .price = { 10 } },
        { .id = 2,
          .name = "this one",
          .kind = PRICE_FIXED,
          .item_id = 7,
          .price = { 500 },
          .per_quantity = GRAMS(100) },
        { .id = 3,
          .name = "members",
          .kind = PRICE_MARKUP,
          .customer_group = "member",
          .markup_basis_points = 5000 },
        { .id = 4, .name = "today", .kind = PRICE_PER_GRAM, .price = { 1 }, .priority = 5 },
    };
    struct price_part part = part_of(7, GRAMS(50), 2, 80);
    struct price_line line = line_of(&part);
    struct pricing p = { .customer_group = "",
                         .today = date_from(2026, 11, 22),
                         .lines = &line,
                         .line_count = 1,
                         .rules = rules,
                         .rule_count = 3 };

    part.weighed = true;
    part.base_per = GRAMS(1);
    pricing_run(&arena, &p);
    ck_assert_int_eq(line.list.cents, 250);
    expect_reason(line.priced_by, "rule 2, this one");
    part.item_id = 8;
    pricing_run(&arena, &p);
    ck_assert_int_eq(line.list.cents, 500);
    p.customer_group = "member"; /* narrower than a category */
    pricing_run(&arena, &p);
    ck_assert_int_eq(line.list.cents, 120);
    part.cost_known = false; /* nothing to mark up */
    pricing_run(&arena, &p);
    ck_assert_int_eq(line.list.cents, 500);
    p.rule_count = 4;
    pricing_run(&arena, &p);
    ck_assert_int_eq(line.list.cents, 50);
    part.weighed = false;
    p.rule_count = 2;
    part.item_id = 9;
    part.quantity = 3;
    part.base_per = 1;
    pricing_run(&arena, &p);
    expect_reason(line.priced_by, "own price");
    ck_assert_int_eq(line.list.cents, 6);
}
END_TEST

START_TEST(what_is_beyond_all_measure_is_marked)
{
    struct price_part part = part_of(1, 1000000, 100000000, 1);
    struct price_line line = line_of(&part);

    ck_assert(run(&line, 1, NULL, 0).too_large);
    part.quantity = 1;
    ck_assert(!run(&line, 1, NULL, 0).too_large);
}
END_TEST

START_TEST(shares_add_up_and_respect_their_caps)
{
    for (unsigned round = 0; round < ROUNDS; round++) {
        const size_t n = 1 + (size_t)rand() % 8;
        int64_t weights[8], caps[8], shares[8], sum = 0, room = 0, amount = rand() % 5000;

        for (size_t i = 0; i < n; i++) {
            weights[i] = rand() % 4 == 0 ? 0 : rand() % 2000;
            caps[i] = rand() % 3 == 0 ? rand() % 200 : weights[i];
            room += weights[i] > 0 ? caps[i] : 0;
        }
        pricing_apportion(&arena, amount, weights, caps, shares, n);
        for (size_t i = 0; i < n; i++) {
            ck_hold(shares[i] >= 0 && shares[i] <= caps[i] && (weights[i] > 0 || shares[i] == 0),
                    "round %u: share %lld of at most %lld", round, (long long)shares[i], (long long)caps[i]);
            sum += shares[i];
        }
        ck_assert_int_eq(sum, amount < room ? amount : room);
        arena_reset(&arena);
    }
}
END_TEST

START_TEST(the_floor_is_the_least_that_covers_the_cost)
{
    for (int64_t cost = 0; cost < 3000; cost++)
        for (int64_t points = 0; points <= 2500; points += 225) {
            const struct money least = pricing_floor((struct money){ cost }, points, true);
            const struct money less = { least.cents - 1 };

            ck_hold(least.cents - pricing_tax(least, points, true).cents >= cost &&
                        (least.cents == 0 || less.cents - pricing_tax(less, points, true).cents < cost),
                    "%lld is not the least for %lld", (long long)least.cents, (long long)cost);
        }
}
END_TEST

static struct promo_code any_code(void)
{
    struct promo_code code =
        rand() % 2 ? percent_of("P", 1 + rand() % 10000) : amount_of("A", 1 + rand() % 20000);

    code.stackable = rand() % 2;
    code.allow_below_cost = rand() % 3 == 0;
    code.allow_restricted = rand() % 3 == 0;
    code.include = rand() % 3 == 0 ? "medicine" : "";
    code.minimum.cents = rand() % 3 == 0 ? rand() % 5000 : 0;
    return code;
}

static void expect_sound(const struct pricing *p)
{
    int64_t total = 0, tax = 0, discount = 0, by_codes = 0;

    for (size_t i = 0; i < p->line_count; i++) {
        const struct price_line *line = &p->lines[i];
        const int64_t left = line->list.cents - line->discount.cents;
        int64_t effects = 0;
        bool below_allowed = false;

        for (size_t k = 0; k < p->code_count; k++) {
            effects += p->codes[k].effects[i].discount.cents;
            below_allowed = below_allowed || p->codes[k].allow_below_cost;
            ck_hold(line->restricted == NULL || p->codes[k].allow_restricted ||
                        p->codes[k].effects[i].discount.cents == 0,
                    "a code takes off a restricted line");
            ck_hold(p->codes[k].effects[i].why != NULL, "a code does not say why");
            ck_hold(strchr(reason_text(&arena, p->codes[k].effects[i].why), '{') == NULL,
                    "a code leaves a place open: %s", reason_text(&arena, p->codes[k].effects[i].why));
        }
        ck_assert_int_ge(left, 0);
        ck_assert_int_eq(effects, line->discount.cents);
        if (line->discount.cents > 0 && !below_allowed)
            ck_assert_int_ge(p->tax_included ? line->total.cents - line->tax.cents : left, line->cost.cents);
        total += line->total.cents;
        tax += line->tax.cents;
        discount += line->discount.cents;
    }
    for (size_t k = 0; k < p->code_count; k++) {
        by_codes += p->codes[k].discount.cents;
        ck_assert(p->codes[k].applies == (p->codes[k].discount.cents > 0));
        ck_assert(p->codes[k].percent || p->codes[k].discount.cents <= p->codes[k].amount.cents);
    }
    ck_assert_int_eq(total, p->total.cents);
    ck_assert_int_eq(discount, p->discount.cents);
    ck_assert_int_eq(discount, by_codes);
    ck_assert_int_eq(p->total.cents, p->list.cents - p->discount.cents + (p->tax_included ? 0 : tax));
}

START_TEST(whatever_comes_it_adds_up)
{
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct price_part parts[LINES_MOST];
        struct price_line lines[LINES_MOST];
        struct promo_code codes[CODES_MOST];
        struct pricing p = {
            .customer_group = "", .today = date_from(2026, 11, 22), .lines = lines, .codes = codes
        };

        p.line_count = 1 + (size_t)rand() % LINES_MOST;
        p.code_count = (size_t)rand() % (CODES_MOST + 1);
        p.tax_included = rand() % 2;
        for (size_t i = 0; i < p.line_count; i++) {
            parts[i] = part_of((int64_t)i + 1, 1 + rand() % 20, rand() % 3000, rand() % 20000);
            parts[i].tax_category = rand() % 2 ? "medicine" : "grocery";
            parts[i].restricted = rand() % 5 == 0 ? "toxic" : "";
            parts[i].cost_known = rand() % 8 != 0;
            lines[i] = line_of(&parts[i]);
            lines[i].tax_basis_points = rand() % 2500;
        }
        for (size_t k = 0; k < p.code_count; k++)
            codes[k] = any_code();
        pricing_run(&arena, &p);
        expect_sound(&p);
        arena_reset(&arena);
    }
}
END_TEST

SUITE(pricing)
{
    return suite_of("pricing", 60, NULL, setup, teardown,
                    TESTS(a_code_takes_its_own_percentage_and_tax_is_on_what_is_left,
                          a_code_that_lost_its_minimum_stops, a_code_stops_at_cost,
                          a_code_knows_what_is_in_and_out, dates_limits_and_customers,
                          codes_combine_only_where_both_say_so, so_much_off_the_own_price_is_rounded_once,
                          the_narrower_rule_prices_unless_another_has_priority,
                          what_is_beyond_all_measure_is_marked, shares_add_up_and_respect_their_caps,
                          the_floor_is_the_least_that_covers_the_cost, whatever_comes_it_adds_up));
}
