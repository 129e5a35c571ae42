/* What comes nearest to a formula of which herbs are missing: few of the things there are, each with a composition, that together come
   close to the wanted herbs a day. A proposal, never a decision: it says what it adds and what it lacks, to the milligram. */
#ifndef YAOFANG_CLINIC_SUBSTITUTION_H
#define YAOFANG_CLINIC_SUBSTITUTION_H

#include "clinic/dosing.h"

enum { SUBSTITUTION_MOST_TARGET = 100, SUBSTITUTION_MOST_CANDIDATES = 4000, SUBSTITUTION_MOST_PARTS = 12 };

/* Something there is: a herb, or a formula ready made, one line per herb. Weights of `herbs` count by their proportions only. */
struct substitute {
    const struct dosing_line *herbs;
    size_t herb_count;
    struct weight
        most; /* so much crude herb of it a day at most, all its herbs together; mg 0 = none is there */
    bool prescribed; /* stands in the formula anyway: it is no new part */
};

struct substitution_want {
    const struct dosing_line *target; /* wanted a day, one line per herb */
    size_t target_count;
    const struct substitute *candidates;
    size_t candidate_count;
    const int64_t *barred; /* herbs that must not be proposed; whatever holds one is not looked at */
    size_t barred_count;
};

/* How much of a candidate a day, in crude herb. */
struct substitution_part {
    size_t candidate;
    struct weight daily;
};

struct substitution {
    struct substitution_part
        *parts; /* in the candidates' order; none when nothing there comes nearer than nothing */
    size_t part_count;
    struct dosing_line *lines; /* what the parts come to, herb by herb; `source` is the part */
    size_t line_count;
    struct dosing_difference *differences; /* was: wanted; is: proposed */
    size_t difference_count;
    int score_permille; /* 1000 less the milligrams too much and too little for 1000 wanted; at least 0 */
};

/* Finds the combination with the least squared distance to the target and a price on every part that is not prescribed anyway
   (0.2 % of the target's square each): forward selection, each time refitting all amounts within [0, most] by coordinate
   descent (non-negative least squares), then exchanging and leaving out parts while that pays. The distance is never more than
   that of the best candidate alone. Amounts inside are floating point; what comes out is whole milligrams, and each part's
   herbs sum to it. The same input gives the same answer. ST_INVALID for more than the limits above, a weight out of range,
   a herb wanted twice, a target or a candidate that weighs nothing. */
enum status substitution_find(struct ctx *c, const struct substitution_want *want,
                              struct substitution *out) MUST_CHECK;

/* 1000 less the milligrams by which `differences` differ for 1000 of `wanted`; at least 0. */
int substitution_score(struct weight wanted, const struct dosing_difference *differences, size_t count);

#endif
