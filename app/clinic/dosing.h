/* The arithmetic of a prescription: merging formulas, dose modes, scaling, granules, packets. Integer milligrams
   throughout; rounding happens once, by largest remainder, so that sums hold (PRODUCT law 1). */
#ifndef YAOFANG_CLINIC_DOSING_H
#define YAOFANG_CLINIC_DOSING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"
#include "base/quantity.h"

/* A line of what is being built: a herb (any id of the caller's) and a weight. */
struct dosing_line {
    int64_t herb_id;
    struct weight weight;
    int source; /* which formula it came from, 0 first; kept by merging */
};

/* What happens to a herb that several formulas share; chosen by a person and recorded. */
enum merge_rule { MERGE_HIGHEST, MERGE_SUM, MERGE_KEEP_FIRST, MERGE_ASK };
const char *merge_rule_word(enum merge_rule rule); /* "highest", "sum", "keep_first", "ask" */

/* How the weights of the lines are meant. PARTS: a milligram is a part. PERCENT: a milligram is a thousandth of a percent
   (40 % is 40,000), and all come to 100 % within 0.05 % a line, as figures rounded to one decimal do. */
enum dose_mode { MODE_PER_DAY, MODE_PER_PACKET, MODE_TOTAL, MODE_PARTS, MODE_PERCENT };
const char *dose_mode_word(enum dose_mode mode); /* "per_day", "per_packet", "total", "parts", "percent" */
bool dose_mode_shares(enum dose_mode mode); /* PARTS and PERCENT: no weights until a total says of what */

/* The course: days of treatment and packets it is divided into. */
struct course {
    int days;    /* 1 to 366 */
    int packets; /* 1 to 1000 */
};

/* Merges the lines of several formulas (in `source` order) into one line per herb, in order of first appearance. With
   MERGE_ASK a shared herb with different weights is noted as ST_CONFLICT naming `field`, and nothing is merged. */
enum status dosing_merge(struct ctx *c, const struct dosing_line *lines, size_t count, enum merge_rule rule,
                         struct dosing_line **out, size_t *out_count) MUST_CHECK;

/* The total weight of every line for the whole course. PER_DAY: × days. PER_PACKET: × packets. TOTAL: as it is. PARTS, PERCENT:
   the `total` shared in proportion to the lines, the sum exactly `total`. `total` is ignored otherwise. ST_INVALID for a course,
   weight or total out of range, and for percentages that do not come to 100. */
enum status dosing_totals(struct ctx *c, const struct dosing_line *lines, size_t count, enum dose_mode mode,
                          struct course course, struct weight total, struct weight *out) MUST_CHECK;

/* Scales weights to a new total, proportions kept, by largest remainder: the sum of `out` is exactly `total`. ST_INVALID
   when all are zero or the total is negative or too large. */
enum status dosing_scale(struct ctx *c, const struct weight *weights, size_t count, struct weight total,
                         struct weight *out) MUST_CHECK;

/* Granules for a weight of raw herb at `ratio` crude g per g, and back; rounded half away from zero to a milligram.
   ST_INVALID for a ratio that is not positive. */
enum status dosing_granules(struct ctx *c, struct weight raw, struct ratio ratio,
                            struct weight *granules) MUST_CHECK;
enum status dosing_raw(struct ctx *c, struct weight granules, struct ratio ratio,
                       struct weight *raw) MUST_CHECK;

/* Change of form: what the weights of one form weigh in another, line by line at its own two ratios (crude g per g; 1:1 for raw
   herb, ground minerals and shells), rounded once. A line whose ratio num is 0 has none: it is noted as ST_SHORT in
   "lines[i]", all of them before this fails. */
enum status dosing_change_form(struct ctx *c, const struct weight *weights, const struct ratio *from,
                               const struct ratio *to, size_t count, struct weight *out) MUST_CHECK;

/* Scales crude weights so that in the form they weigh `total` together, exactly, proportions kept: `form` gets what each
   line weighs in the form (largest remainder), `crude` what that is of crude herb. Ratios as above, `in` and `crude` may be the
   same. */
enum status dosing_scale_form(struct ctx *c, const struct weight *in, const struct ratio *ratios,
                              size_t count, struct weight total, struct weight *form,
                              struct weight *crude) MUST_CHECK;

/* Divides a total into `packets` that differ by at most one milligram and sum exactly to it; the heavier ones first. */
enum status dosing_packets(struct ctx *c, struct weight total, int packets, struct weight *out) MUST_CHECK;

/* Directions set the total: 6 g, 2 times a day, 7 days = 84 g. */
enum status dosing_directions(struct ctx *c, struct weight dose, int times_a_day, int days,
                              struct weight *total) MUST_CHECK;

/* How `lines` differ from the classic: herbs added (was 0), dropped (is 0) or changed. In the classic's order, additions
   last. */
struct dosing_difference {
    int64_t herb_id;
    struct weight was, is;
};
void dosing_compare(struct arena *arena, const struct dosing_line *classic, size_t classic_count,
                    const struct dosing_line *lines, size_t count, struct dosing_difference **out,
                    size_t *out_count);

#endif
