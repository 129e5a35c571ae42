/* Integer arithmetic of prescriptions; the one rounding rule is the largest remainder, so that parts always sum to the whole. */
#include "clinic/dosing.h"

#include <stdlib.h>
#include <string.h>

__extension__ typedef __int128 wide;

/* Keeps a weight times two ratios inside 128 bits. */
#define RATIO_LIMIT INT64_C(1000000)

enum { DAYS_MOST = 366, PACKETS_MOST = 1000, TIMES_MOST = 24 };
enum { PERCENT_WHOLE = 100000, PERCENT_ROUNDING = 50 }; /* thousandths of a percent; of each line */

static const char *const merge_words[] = { "highest", "sum", "keep_first", "ask" };
static const char *const mode_words[] = { "per_day", "per_packet", "total", "parts", "percent" };

const char *merge_rule_word(enum merge_rule rule)
{
    return merge_words[rule];
}

const char *dose_mode_word(enum dose_mode mode)
{
    return mode_words[mode];
}

bool dose_mode_shares(enum dose_mode mode)
{
    return mode == MODE_PARTS || mode == MODE_PERCENT;
}

static enum status check_weight(struct ctx *c, const char *field, struct weight weight)
{
    if (weight.mg < 0 || weight.mg > WEIGHT_LIMIT_MG)
        return ctx_fail(c, ST_INVALID, field, arena_printf(&c->arena, "%lld mg", (long long)weight.mg),
                        "a weight lies between 0 and 100 tonnes");
    return ST_OK;
}

static enum status check_count(struct ctx *c, const char *field, int value, int most)
{
    if (value < 1 || value > most)
        return ctx_fail(c, ST_INVALID, field, arena_printf(&c->arena, "%d", value),
                        "must lie between 1 and %d", most);
    return ST_OK;
}

static struct dosing_line *line_of(struct dosing_line *lines, size_t count, int64_t herb_id)
{
    for (size_t i = 0; i < count; i++)
        if (lines[i].herb_id == herb_id)
            return &lines[i];
    return NULL;
}

static enum status merge_into(struct ctx *c, struct dosing_line *kept, struct weight more,
                              enum merge_rule rule)
{
    switch (rule) {
    case MERGE_HIGHEST:
        if (more.mg > kept->weight.mg)
            kept->weight = more;
        return ST_OK;
    case MERGE_SUM:
        kept->weight = weight_plus(kept->weight, more);
        return check_weight(c, "lines", kept->weight);
    case MERGE_KEEP_FIRST:
        return ST_OK;
    case MERGE_ASK:
        if (more.mg != kept->weight.mg)
            ctx_note(c, ST_CONFLICT, "lines",
                     arena_printf(&c->arena, "herb %lld: %s and %s", (long long)kept->herb_id,
                                  weight_text(&c->arena, kept->weight), weight_text(&c->arena, more)),
                     "two formulas hold this herb in different weights: choose highest, sum or keep_first");
        return ST_OK;
    }
    return ST_OK;
}

enum status dosing_merge(struct ctx *c, const struct dosing_line *lines, size_t count, enum merge_rule rule,
                         struct dosing_line **out, size_t *out_count)
{
    struct dosing_line *merged = arena_array(&c->arena, count + 1, sizeof *merged);
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        struct dosing_line *kept = line_of(merged, n, lines[i].herb_id);

        TRY(check_weight(c, "lines", lines[i].weight));
        if (kept == NULL)
            merged[n++] = lines[i];
        else
            TRY(merge_into(c, kept, lines[i].weight, rule));
    }
    *out = merged;
    *out_count = n;
    return ctx_fault_or_ok(c);
}

struct remainder {
    int64_t rest;
    size_t at;
};

static int by_rest(const void *a, const void *b)
{
    const struct remainder *x = a;
    const struct remainder *y = b;

    if (x->rest != y->rest)
        return x->rest > y->rest ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

/* Shares `total` in proportion to `weights` (of any unit), whose sum is `sum` > 0: floors first, the milligrams left over go
   to the largest remainders. */
static void share(struct ctx *c, const struct weight *weights, size_t count, int64_t sum, int64_t total,
                  struct weight *out)
{
    struct remainder *rest = arena_array(&c->arena, count, sizeof *rest);
    int64_t left = total;

    for (size_t i = 0; i < count; i++) {
        wide exact = (wide)total * weights[i].mg;

        out[i].mg = (int64_t)(exact / sum);
        rest[i] = (struct remainder){ (int64_t)(exact % sum), i };
        left -= out[i].mg;
    }
    qsort(rest, count, sizeof *rest, by_rest);
    for (size_t i = 0; left > 0 && i < count; i++, left--)
        out[rest[i].at].mg++;
}

enum status dosing_scale(struct ctx *c, const struct weight *weights, size_t count, struct weight total,
                         struct weight *out)
{
    int64_t sum = 0;

    TRY(check_weight(c, "total", total));
    for (size_t i = 0; i < count; i++) {
        TRY(check_weight(c, "lines", weights[i]));
        sum += weights[i].mg;
        if (sum > WEIGHT_LIMIT_MG * 1000)
            return ctx_fail(c, ST_INVALID, "lines", NULL, "the weights together are too large");
    }
    if (sum == 0)
        return ctx_fail(c, ST_INVALID, "lines", "0 mg", "at least one weight must be more than nothing");
    share(c, weights, count, sum, total.mg, out);
    return ST_OK;
}

static enum status times(struct ctx *c, const struct dosing_line *lines, size_t count, int factor,
                         struct weight *out)
{
    for (size_t i = 0; i < count; i++) {
        TRY(check_weight(c, "lines", lines[i].weight));
        out[i].mg = lines[i].weight.mg * factor;
        TRY(check_weight(c, "lines", out[i]));
    }
    return ST_OK;
}

/* Percentages that are not a whole were mistyped or lack a herb: nothing is scaled silently. */
static enum status check_percent(struct ctx *c, const struct dosing_line *lines, size_t count)
{
    int64_t sum = 0;

    for (size_t i = 0; i < count; i++) {
        TRY(check_weight(c, "lines", lines[i].weight));
        sum += lines[i].weight.mg;
    }
    if (llabs(sum - PERCENT_WHOLE) > PERCENT_ROUNDING * (int64_t)count)
        return ctx_fail(
            c, ST_INVALID, "lines",
            arena_printf(&c->arena, "%lld.%03lld %%", (long long)(sum / 1000), (long long)(sum % 1000)),
            "percentages must come to 100 within 0.05 a herb");
    return ST_OK;
}

static enum status share_out(struct ctx *c, const struct dosing_line *lines, size_t count,
                             struct weight total, struct weight *out)
{
    struct weight *parts = arena_array(&c->arena, count + 1, sizeof *parts);

    for (size_t i = 0; i < count; i++)
        parts[i] = lines[i].weight;
    return dosing_scale(c, parts, count, total, out);
}

enum status dosing_totals(struct ctx *c, const struct dosing_line *lines, size_t count, enum dose_mode mode,
                          struct course course, struct weight total, struct weight *out)
{
    TRY(check_count(c, "days", course.days, DAYS_MOST));
    TRY(check_count(c, "packets", course.packets, PACKETS_MOST));
    switch (mode) {
    case MODE_PER_DAY:
        return times(c, lines, count, course.days, out);
    case MODE_PER_PACKET:
        return times(c, lines, count, course.packets, out);
    case MODE_TOTAL:
        return times(c, lines, count, 1, out);
    case MODE_PARTS:
        return share_out(c, lines, count, total, out);
    case MODE_PERCENT:
        TRY(check_percent(c, lines, count));
        return share_out(c, lines, count, total, out);
    }
    return ST_OK;
}

static enum status convert(struct ctx *c, struct weight from, int64_t num, int64_t den, struct weight *to)
{
    wide exact;

    TRY(check_weight(c, "weight", from));
    if (num <= 0 || den <= 0)
        return ctx_fail(c, ST_INVALID, "ratio",
                        arena_printf(&c->arena, "%lld:%lld", (long long)num, (long long)den),
                        "must be more than nothing");
    exact = (wide)from.mg * num / den;
    if (exact > WEIGHT_LIMIT_MG)
        return ctx_fail(c, ST_INVALID, "ratio",
                        arena_printf(&c->arena, "%lld:%lld", (long long)num, (long long)den),
                        "gives a weight above 100 tonnes");
    to->mg = scale_i64(from.mg, num, den);
    return ST_OK;
}

enum status dosing_granules(struct ctx *c, struct weight raw, struct ratio ratio, struct weight *granules)
{
    return convert(c, raw, ratio.den, ratio.num, granules);
}

enum status dosing_raw(struct ctx *c, struct weight granules, struct ratio ratio, struct weight *raw)
{
    return convert(c, granules, ratio.num, ratio.den, raw);
}

static const char *line_field(struct ctx *c, size_t i)
{
    return arena_printf(&c->arena, "lines[%zu]", i);
}

static void note_ratio(struct ctx *c, size_t i, struct ratio ratio)
{
    if (ratio.num == 0)
        ctx_note(c, ST_SHORT, line_field(c, i), NULL, "has no ratio between crude herb and this form");
    else if (ratio.num < 0 || ratio.den <= 0 || ratio.num > RATIO_LIMIT || ratio.den > RATIO_LIMIT)
        ctx_note(c, ST_INVALID, line_field(c, i),
                 arena_printf(&c->arena, "%lld:%lld", (long long)ratio.num, (long long)ratio.den),
                 "a ratio has two numbers between 1 and 1,000,000");
}

enum status dosing_change_form(struct ctx *c, const struct weight *weights, const struct ratio *from,
                               const struct ratio *to, size_t count, struct weight *out)
{
    for (size_t i = 0; i < count; i++) {
        note_ratio(c, i, from[i]);
        note_ratio(c, i, to[i]);
        TRY(check_weight(c, line_field(c, i), weights[i]));
    }
    TRY(ctx_fault_or_ok(c));
    for (size_t i = 0; i < count; i++) {
        wide num = (wide)from[i].num * to[i].den;
        wide den = (wide)from[i].den * to[i].num;
        wide exact = (weights[i].mg * num * 2 + den) / (den * 2); /* half up: nothing here is negative */

        if (exact > WEIGHT_LIMIT_MG)
            return ctx_fail(c, ST_INVALID, line_field(c, i), weight_text(&c->arena, weights[i]),
                            "weighs more than 100 tonnes in the other form");
        out[i].mg = (int64_t)exact;
    }
    return ST_OK;
}

enum status dosing_scale_form(struct ctx *c, const struct weight *in, const struct ratio *ratios,
                              size_t count, struct weight total, struct weight *form, struct weight *crude)
{
    struct weight *fine =
        arena_array(&c->arena, count + 1, sizeof *fine); /* micrograms: rounding is yet to come */
    struct ratio *raw = arena_array(&c->arena, count + 1, sizeof *raw);
    int64_t sum = 0;

    TRY(check_weight(c, "total", total));
    for (size_t i = 0; i < count; i++) {
        raw[i] = (struct ratio){ 1, 1 };
        note_ratio(c, i, ratios[i]);
        TRY(check_weight(c, line_field(c, i), in[i]));
    }
    TRY(ctx_fault_or_ok(c));
    for (size_t i = 0; i < count; i++) {
        wide exact = (wide)in[i].mg * 1000 * ratios[i].den / ratios[i].num;

        if (exact > WEIGHT_LIMIT_MG * 1000)
            return ctx_fail(c, ST_INVALID, line_field(c, i), weight_text(&c->arena, in[i]),
                            "weighs more than 100 tonnes in this form");
        fine[i].mg = (int64_t)exact;
        sum += fine[i].mg;
    }
    if (sum == 0)
        return ctx_fail(c, ST_INVALID, "lines", "0 mg", "at least one weight must be more than nothing");
    share(c, fine, count, sum, total.mg, form);
    return dosing_change_form(c, form, ratios, raw, count, crude);
}

enum status dosing_packets(struct ctx *c, struct weight total, int packets, struct weight *out)
{
    TRY(check_weight(c, "total", total));
    TRY(check_count(c, "packets", packets, PACKETS_MOST));
    for (int i = 0; i < packets; i++)
        out[i].mg = total.mg / packets + (i < total.mg % packets);
    return ST_OK;
}

enum status dosing_directions(struct ctx *c, struct weight dose, int times_a_day, int days,
                              struct weight *total)
{
    TRY(check_weight(c, "dose", dose));
    TRY(check_count(c, "times_a_day", times_a_day, TIMES_MOST));
    TRY(check_count(c, "days", days, DAYS_MOST));
    total->mg = dose.mg * times_a_day * days;
    return check_weight(c, "total", *total);
}

static const struct dosing_line *find_line(const struct dosing_line *lines, size_t count, int64_t herb_id)
{
    for (size_t i = 0; i < count; i++)
        if (lines[i].herb_id == herb_id)
            return &lines[i];
    return NULL;
}

void dosing_compare(struct arena *arena, const struct dosing_line *classic, size_t classic_count,
                    const struct dosing_line *lines, size_t count, struct dosing_difference **out,
                    size_t *out_count)
{
    struct dosing_difference *differences =
        arena_array(arena, classic_count + count + 1, sizeof *differences);
    size_t n = 0;

    for (size_t i = 0; i < classic_count; i++) {
        const struct dosing_line *line = find_line(lines, count, classic[i].herb_id);
        struct weight is = line == NULL ? ((struct weight){ 0 }) : line->weight;

        if (is.mg != classic[i].weight.mg)
            differences[n++] = (struct dosing_difference){ classic[i].herb_id, classic[i].weight, is };
    }
    for (size_t i = 0; i < count; i++)
        if (find_line(classic, classic_count, lines[i].herb_id) == NULL)
            differences[n++] = (struct dosing_difference){ lines[i].herb_id, { 0 }, lines[i].weight };
    *out = differences;
    *out_count = n;
}
