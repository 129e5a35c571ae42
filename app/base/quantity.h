/* Weights in integer milligrams, money in integer cents, ratios as exact fractions. Nothing is a float. */
#ifndef YAOFANG_BASE_QUANTITY_H
#define YAOFANG_BASE_QUANTITY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

struct weight {
    int64_t mg;
};

struct money {
    int64_t cents;
};

/* num / den with den > 0; for granules: grams of crude herb per gram of granule. */
struct ratio {
    int64_t num;
    int64_t den;
};

/* No weight the system handles is larger: 100 tonnes. Keeps every sum and product far from overflow. */
#define WEIGHT_LIMIT_MG INT64_C(100000000000)

/* Why a weight as typed was not accepted; QUANTITY_OK when it was. */
enum quantity_error {
    QUANTITY_OK,
    QUANTITY_NOT_A_NUMBER,
    QUANTITY_UNIT,
    QUANTITY_NEGATIVE,
    QUANTITY_TOO_FINE,
    QUANTITY_TOO_LARGE,
    QUANTITY_CONVENTION
};

/* What a liang, a qian and a jin weigh depends on where they are meant; nobody's is assumed. */
enum liang {
    LIANG_NOT_CHOSEN,
    LIANG_PRC,      /* 50 g, 5 g, 500 g (State Council of the PRC, 1959) */
    LIANG_TAIWAN,   /* 37.5 g, 3.75 g, 600 g (台斤) */
    LIANG_HONG_KONG /* 37.79936375 g, 3.779936375 g, 604.78982 g (Weights and Measures Ordinance, Cap. 68) */
};

/* Reads "9", "9 g", "4.5g", "500 mg", "1.2 kg" exactly; a bare number is grams. Finer than a milligram is
   refused, never rounded. Full-width digits and the units 克, 毫克, 公斤 are understood. */
enum quantity_error weight_parse(const char *text, struct weight *weight);

/* The same, and besides g, mg and kg also oz (28.349523125 g), lb (453.59237 g), and liang 两, qian 钱 and jin 斤 by the
   convention given: QUANTITY_CONVENTION when none was chosen. "2 liang prc", "2 兩 tw" and "2 liang hk" choose it
   themselves. Units that are no whole milligrams are exact fractions until the one rounding at the end, half up; `rounded`
   (may be NULL) says whether there was anything to round. */
enum quantity_error weight_parse_in(const char *text, enum liang liang, struct weight *weight, bool *rounded);

/* Milligrams in one of that unit ("g", "oz", "兩", …, without regard to ASCII case) as an exact fraction; num 0 when there is
   no such unit, or when it is one of the liang family and no convention was chosen. */
struct ratio weight_unit(const char *unit, enum liang liang);

/* "prc", "taiwan", "hong_kong", and back; "tw" and "hk" are understood. LIANG_NOT_CHOSEN for anything else. */
const char *liang_word(enum liang liang);
enum liang liang_parse(const char *word);

/* The rule that was broken, as a sentence for an error ("a weight is written as a number and g, mg or kg"). */
const char *quantity_error_rule(enum quantity_error error);

/* "9 g", "4.5 g", "0.35 g": grams without trailing zeros. */
const char *weight_text(struct arena *arena, struct weight weight);

/* "12.50": a plain decimal; the currency is the shop's. */
const char *money_text(struct arena *arena, struct money money);

/* Reads "12.5" or "12.50" exactly. */
enum quantity_error money_parse(const char *text, struct money *money);

/* Reads "5", "5.0", "1.5" or "5:1" as an exact fraction in lowest terms. */
bool ratio_parse(const char *text, struct ratio *ratio);

/* a * num / den, rounded half away from zero (the one rounding rule); exact in between, aborts on overflow of the result. */
int64_t scale_i64(int64_t a, int64_t num, int64_t den);

/* Sums and differences that abort on overflow: limits at the edge keep input from reaching it. */
struct weight weight_plus(struct weight a, struct weight b);
struct weight weight_minus(struct weight a, struct weight b);

#endif
