/* Weights, money and ratios are read exactly or refused. */
#include <stdlib.h>

#include "base/quantity.h"
#include "support/runner.h"

static int64_t mg_of(const char *text)
{
    struct weight weight = { -1 };

    ck_assert_msg(weight_parse(text, &weight) == QUANTITY_OK, "%s", text);
    return weight.mg;
}

START_TEST(weights_are_read_exactly)
{
    ck_assert_int_eq(mg_of("9"), 9000);
    ck_assert_int_eq(mg_of("9 g"), 9000);
    ck_assert_int_eq(mg_of("4.5g"), 4500);
    ck_assert_int_eq(mg_of("0.0085 kg"), 8500);
    ck_assert_int_eq(mg_of("500 mg"), 500);
    ck_assert_int_eq(mg_of("１２克"), 12000);
    ck_assert_int_eq(mg_of("1.230000"), 1230);
}
END_TEST

static int64_t mg_in(const char *text, enum liang liang, bool whole)
{
    struct weight weight = { -1 };
    bool rounded;

    ck_assert_msg(weight_parse_in(text, liang, &weight, &rounded) == QUANTITY_OK, "%s", text);
    ck_assert_msg(rounded != whole, "%s", text);
    return weight.mg;
}

START_TEST(liang_and_ounces_are_exact_fractions)
{
    struct weight weight;
    const struct ratio hong_kong = weight_unit("兩", LIANG_HONG_KONG), prc = weight_unit("liang", LIANG_PRC);

    ck_assert_int_eq(mg_in("2 liang", LIANG_PRC, true), 100000);
    ck_assert_int_eq(mg_in("3钱", LIANG_PRC, true), 15000);
    ck_assert_int_eq(mg_in("1 兩", LIANG_TAIWAN, true), 37500);
    ck_assert_int_eq(mg_in("1.5 錢", LIANG_TAIWAN, true), 5625);
    ck_assert_int_eq(mg_in("1 兩", LIANG_HONG_KONG, false), 37799);
    ck_assert_int_eq(mg_in("100000 liang", LIANG_HONG_KONG, true), INT64_C(3779936375));
    ck_assert_int_eq(mg_in("10 qian", LIANG_HONG_KONG, false), 37799);
    ck_assert_int_eq(mg_in("2 liang hk", LIANG_PRC, false), 75599);
    ck_assert_int_eq(mg_in("2 liang (tw)", LIANG_NOT_CHOSEN, true), 75000);
    ck_assert_int_eq(mg_in("1 jin", LIANG_PRC, true), 500000);
    ck_assert_int_eq(mg_in("1斤", LIANG_TAIWAN, true), 600000);
    ck_assert_int_eq(mg_in("16 oz", LIANG_NOT_CHOSEN, false), mg_in("1 lb", LIANG_NOT_CHOSEN, false));
    ck_assert_int_eq(mg_in("100 lb", LIANG_NOT_CHOSEN, true), 45359237);
    ck_assert_int_eq(mg_in("4.5 g", LIANG_NOT_CHOSEN, true), 4500);
    ck_assert_int_eq(weight_parse_in("2 liang", LIANG_NOT_CHOSEN, &weight, NULL), QUANTITY_CONVENTION);
    ck_assert_int_eq(weight_parse_in("2 liang mars", LIANG_PRC, &weight, NULL), QUANTITY_UNIT);
    ck_assert_int_eq(weight_parse_in("2 stone", LIANG_PRC, &weight, NULL), QUANTITY_UNIT);
    ck_assert_int_eq(weight_parse_in("-1 oz", LIANG_PRC, &weight, NULL), QUANTITY_NEGATIVE);
    ck_assert_int_eq(weight_parse_in("999999 jin", LIANG_PRC, &weight, NULL), QUANTITY_TOO_LARGE);
    ck_assert_int_eq(prc.num, 50000);
    ck_assert_int_eq(prc.den, 1);
    ck_assert_int_eq(hong_kong.num, 30239491); /* 37799.36375 = 30239491/800 */
    ck_assert_int_eq(hong_kong.den, 800);
    ck_assert_int_eq(weight_unit("liang", LIANG_NOT_CHOSEN).num, 0);
}
END_TEST

START_TEST(bad_weights_are_refused_with_the_rule)
{
    struct weight weight;

    ck_assert_int_eq(weight_parse("-3 g", &weight), QUANTITY_NEGATIVE);
    ck_assert_int_eq(weight_parse("0.0085 g", &weight), QUANTITY_TOO_FINE);
    ck_assert_int_eq(weight_parse("0.5 mg", &weight), QUANTITY_TOO_FINE);
    ck_assert_int_eq(weight_parse("3 oz", &weight), QUANTITY_UNIT);
    ck_assert_int_eq(weight_parse("g", &weight), QUANTITY_NOT_A_NUMBER);
    ck_assert_int_eq(weight_parse("", &weight), QUANTITY_NOT_A_NUMBER);
    ck_assert_int_eq(weight_parse("99999999999999999999 g", &weight), QUANTITY_TOO_LARGE);
    ck_assert_int_eq(weight_parse("1e3 g", &weight), QUANTITY_UNIT);
}
END_TEST

START_TEST(ratios_are_lowest_terms)
{
    struct ratio ratio;

    ck_assert(ratio_parse("5.0", &ratio) && ratio.num == 5 && ratio.den == 1);
    ck_assert(ratio_parse("1.5", &ratio) && ratio.num == 3 && ratio.den == 2);
    ck_assert(ratio_parse("10:2", &ratio) && ratio.num == 5 && ratio.den == 1);
    ck_assert(!ratio_parse("0", &ratio));
    ck_assert(!ratio_parse("5:0", &ratio));
    ck_assert(!ratio_parse("x", &ratio));
}
END_TEST

START_TEST(one_rounding_rule)
{
    ck_assert_int_eq(scale_i64(10, 1, 4), 3);
    ck_assert_int_eq(scale_i64(-10, 1, 4), -3);
    ck_assert_int_eq(scale_i64(9000, 1, 5), 1800);
}
END_TEST

START_TEST(weights_print_without_trailing_zeros)
{
    struct arena arena;

    arena_init(&arena);
    ck_assert_str_eq(weight_text(&arena, (struct weight){ 9000 }), "9 g");
    ck_assert_str_eq(weight_text(&arena, (struct weight){ 350 }), "0.35 g");
    ck_assert_str_eq(money_text(&arena, (struct money){ 1205 }), "12.05");
    arena_close(&arena);
}
END_TEST

SUITE(quantity)
{
    return suite_of("quantity", 4, NULL, NULL, NULL,
                    TESTS(weights_are_read_exactly, liang_and_ounces_are_exact_fractions,
                          bad_weights_are_refused_with_the_rule, ratios_are_lowest_terms, one_rounding_rule,
                          weights_print_without_trailing_zeros));
}
