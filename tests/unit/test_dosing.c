/* The sum law and its friends: whatever the input, parts sum to the whole, packets differ by a milligram at most, and what
   cannot be is refused by name. Many random formulas; YAOFANG_PROPERTY_RUNS sets how many. */
#include <string.h>

#include "clinic/dosing.h"
#include "support/random.h"
#include "support/runner.h"

static struct ctx c;

static void setup(void)
{
    ctx_init(&c);
}

static void teardown(void)
{
    ctx_close(&c);
}

static struct random seed = { 88172645463325252U };

enum { LINES_MOST = 24, PACKETS = 60 };

START_TEST(parts_sum_to_the_whole_for_any_formula)
{
    for (int run = 0; run < property_runs(); run++) {
        struct weight weights[LINES_MOST], out[LINES_MOST], packets[PACKETS];
        size_t count = 1 + (size_t)random_below(&seed, LINES_MOST);
        struct weight total = { random_below(&seed, run % 3 == 0 ? 50 : 5000000) };
        int packet_count = 1 + (int)random_below(&seed, PACKETS);
        int64_t sum = 0, weight_sum = 0, packet_sum = 0;
        bool holds = true; /* one assertion a run: Check writes a mark for each */

        for (size_t i = 0; i < count; i++) {
            weights[i].mg = random_below(&seed, run % 5 == 0 ? 3 : 120000);
            weight_sum += weights[i].mg;
        }
        weights[0].mg += weight_sum == 0;
        weight_sum += weight_sum == 0;
        holds = dosing_scale(&c, weights, count, total, out) == ST_OK;
        for (size_t i = 0; i < count; i++) {
            int64_t floor = total.mg * weights[i].mg / weight_sum; /* far from overflow here */

            holds = holds && (out[i].mg == floor || out[i].mg == floor + 1);
            sum += out[i].mg;
        }
        holds = holds && sum == total.mg && dosing_packets(&c, total, packet_count, packets) == ST_OK;
        for (int i = 0; i < packet_count; i++) {
            holds = holds && packets[0].mg - packets[i].mg <= 1 && packets[i].mg <= packets[0].mg;
            packet_sum += packets[i].mg;
        }
        ck_assert_msg(holds && packet_sum == total.mg, "run %d", run);
        ctx_reset(&c);
    }
}
END_TEST

START_TEST(granules_and_back_differ_by_half_a_ratio_at_most)
{
    for (int run = 0; run < property_runs() / 10; run++) {
        struct ratio ratio = { 1 + random_below(&seed, 20), 1 + random_below(&seed, 4) };
        struct weight raw = { random_below(&seed, 1000000) }, granules, back;
        int64_t apart;

        ck_assert_int_eq(dosing_granules(&c, raw, ratio, &granules), ST_OK);
        ck_assert_int_eq(dosing_raw(&c, granules, ratio, &back), ST_OK);
        apart = llabs(back.mg - raw.mg);
        ck_assert(2 * apart * ratio.den <= ratio.num + ratio.den);
        ctx_reset(&c);
    }
}
END_TEST

static const struct dosing_line two_formulas[] = {
    { 1, { 9000 }, 0 }, { 2, { 6000 }, 0 }, { 1, { 12000 }, 1 }, { 3, { 3000 }, 1 }, { 2, { 6000 }, 1 },
};

static int64_t merged(enum merge_rule rule, int64_t herb)
{
    struct dosing_line *out;
    size_t count;

    ck_assert_int_eq(dosing_merge(&c, two_formulas, 5, rule, &out, &count), ST_OK);
    ck_assert_uint_eq(count, 3);
    for (size_t i = 0; i < count; i++)
        if (out[i].herb_id == herb)
            return out[i].weight.mg;
    return -1;
}

START_TEST(merge_rules_do_what_they_say)
{
    struct dosing_line *out;
    size_t count;

    ck_assert_int_eq(merged(MERGE_HIGHEST, 1), 12000);
    ck_assert_int_eq(merged(MERGE_SUM, 1), 21000);
    ck_assert_int_eq(merged(MERGE_KEEP_FIRST, 1), 9000);
    ck_assert_int_eq(merged(MERGE_SUM, 2), 12000);
    ck_assert_int_eq(merged(MERGE_HIGHEST, 3), 3000);
    ck_assert_int_eq(dosing_merge(&c, two_formulas, 5, MERGE_ASK, &out, &count), ST_CONFLICT);
    ck_assert_uint_eq(c.fault.count, 1);
    ck_assert_str_eq(c.fault.items[0].field, "lines");
    ctx_forgive(&c);
    ck_assert_int_eq(dosing_merge(&c, two_formulas + 1, 2, MERGE_ASK, &out, &count), ST_OK);
}
END_TEST

START_TEST(dose_modes_give_totals)
{
    const struct dosing_line lines[] = { { 1, { 9000 }, 0 }, { 2, { 4500 }, 0 }, { 3, { 1500 }, 0 } };
    const struct course course = { .days = 7, .packets = 14 };
    struct weight out[3];

    ck_assert_int_eq(dosing_totals(&c, lines, 3, MODE_PER_DAY, course, (struct weight){ 0 }, out), ST_OK);
    ck_assert_int_eq(out[0].mg, 63000);
    ck_assert_int_eq(dosing_totals(&c, lines, 3, MODE_PER_PACKET, course, (struct weight){ 0 }, out), ST_OK);
    ck_assert_int_eq(out[1].mg, 63000);
    ck_assert_int_eq(dosing_totals(&c, lines, 3, MODE_TOTAL, course, (struct weight){ 0 }, out), ST_OK);
    ck_assert_int_eq(out[2].mg, 1500);
    ck_assert_int_eq(dosing_totals(&c, lines, 3, MODE_PARTS, course, (struct weight){ 100001 }, out), ST_OK);
    ck_assert_int_eq(out[0].mg, 60001);
    ck_assert_int_eq(out[1].mg, 30000);
    ck_assert_int_eq(out[2].mg, 10000);
}
END_TEST

START_TEST(directions_set_the_total)
{
    struct weight total;

    ck_assert_int_eq(dosing_directions(&c, (struct weight){ 6000 }, 2, 7, &total), ST_OK);
    ck_assert_int_eq(total.mg, 84000);
}
END_TEST

START_TEST(what_cannot_be_is_refused_by_name)
{
    struct weight out[4], zeros[2] = { { 0 }, { 0 } }, negative[1] = { { -5 } };

    ck_assert_int_eq(dosing_scale(&c, zeros, 2, (struct weight){ 10 }, out), ST_INVALID);
    ck_assert_str_eq(c.fault.items[0].field, "lines");
    ctx_forgive(&c);
    ck_assert_int_eq(dosing_scale(&c, negative, 1, (struct weight){ 10 }, out), ST_INVALID);
    ctx_forgive(&c);
    ck_assert_int_eq(dosing_packets(&c, (struct weight){ 10 }, 0, out), ST_INVALID);
    ck_assert_str_eq(c.fault.items[0].field, "packets");
    ctx_forgive(&c);
    ck_assert_int_eq(dosing_granules(&c, (struct weight){ 10 }, (struct ratio){ 0, 1 }, out), ST_INVALID);
    ctx_forgive(&c);
    ck_assert_int_eq(dosing_directions(&c, (struct weight){ WEIGHT_LIMIT_MG }, 24, 366, out), ST_INVALID);
    ck_assert_str_eq(c.fault.items[0].field, "total");
}
END_TEST

START_TEST(differs_from_the_classic_by)
{
    const struct dosing_line classic[] = { { 1, { 9000 }, 0 }, { 2, { 6000 }, 0 }, { 3, { 3000 }, 0 } };
    const struct dosing_line built[] = { { 4, { 1000 }, 0 }, { 1, { 9000 }, 0 }, { 2, { 9000 }, 0 } };
    struct dosing_difference *list;
    size_t count;

    dosing_compare(&c.arena, classic, 3, built, 3, &list, &count);
    ck_assert_uint_eq(count, 3);
    ck_assert(list[0].herb_id == 2 && list[0].was.mg == 6000 && list[0].is.mg == 9000);
    ck_assert(list[1].herb_id == 3 && list[1].is.mg == 0);
    ck_assert(list[2].herb_id == 4 && list[2].was.mg == 0 && list[2].is.mg == 1000);
}
END_TEST

SUITE(dosing)
{
    return suite_of("dosing", 60, NULL, setup, teardown,
                    TESTS(parts_sum_to_the_whole_for_any_formula,
                          granules_and_back_differ_by_half_a_ratio_at_most, merge_rules_do_what_they_say,
                          dose_modes_give_totals, directions_set_the_total, what_cannot_be_is_refused_by_name,
                          differs_from_the_classic_by));
}
