/* Not a milligram lost: change of form, scaling in the form, packets herb by herb and capsules and pills, for formulas at
   random and for the numbers people stumble over. YAOFANG_PROPERTY_RUNS sets how many; `make bench` does a million. */
#include <string.h>

#include "clinic/dosing.h"
#include "clinic/dosing_pack.h"
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

static struct random seed = { 1442695040888963407U };

enum { HERBS = 24 };

struct formula_at_random {
    size_t count;
    struct weight weights[HERBS];
    struct ratio ratios[HERBS];
    int64_t sum;
};

static struct formula_at_random formula_make(int run)
{
    struct formula_at_random formula = { .count = 1 + (size_t)random_below(&seed, HERBS) };

    for (size_t i = 0; i < formula.count; i++) {
        formula.weights[i].mg = random_below(&seed, run % 4 == 0 ? 4 : 200000) + (i == 0);
        formula.ratios[i] = random_below(&seed, 3) == 0 ? (struct ratio){ 1, 1 } : /* minerals and shells */
                                (struct ratio){ 1 + random_below(&seed, 20), 1 + random_below(&seed, 4) };
        formula.sum += formula.weights[i].mg;
    }
    return formula;
}

static int64_t sum_of(const struct weight *weights, size_t count)
{
    int64_t sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += weights[i].mg;
    return sum;
}

static bool packs(const struct formula_at_random *formula, int packets)
{
    struct packing packing;
    struct packet_run *list;
    size_t n;
    int64_t whole = 0;
    int next = 0;

    if (dosing_pack(&c, formula->weights, formula->count, packets, &packing) != ST_OK)
        return false;
    for (size_t i = 0; i < formula->count; i++) {
        int64_t herb = 0;

        for (int p = 0; p < packets; p++) {
            int64_t cell = packing_cell(&packing, i, p).mg;

            if (cell != formula->weights[i].mg / packets && cell != formula->weights[i].mg / packets + 1)
                return false;
            herb += cell;
        }
        if (herb != formula->weights[i].mg)
            return false;
    }
    packing_runs(&c.arena, &packing, &list, &n);
    for (size_t r = 0; r < n; r++) {
        int64_t expected = list[r].first < packing.heavy ? packing.heaviest.mg : packing.lightest.mg;

        if (list[r].first != next || list[r].weight.mg != expected)
            return false;
        next = list[r].last + 1;
        whole += list[r].weight.mg * (next - list[r].first);
    }
    return n <= 2 * formula->count + 1 && next == packets && whole == formula->sum &&
           packing.heaviest.mg - packing.lightest.mg <= 1;
}

START_TEST(every_herb_and_every_packet_adds_up)
{
    for (int run = 0; run < property_runs(); run++) {
        struct formula_at_random formula = formula_make(run);
        int packets = 1 + (int)random_below(&seed, run % 100 == 0 ? 1000 : 20);

        ck_assert_msg(packs(&formula, packets), "run %d: %zu herbs, %d packets", run, formula.count, packets);
        ctx_reset(&c);
    }
}
END_TEST

START_TEST(scaling_in_the_form_hits_the_total_and_converts_back)
{
    for (int run = 0; run < property_runs(); run++) {
        struct formula_at_random formula = formula_make(run);
        struct weight form[HERBS], crude[HERBS], total = { random_below(&seed, 500000) };
        bool holds = dosing_scale_form(&c, formula.weights, formula.ratios, formula.count, total, form,
                                       crude) == ST_OK;

        holds = holds && sum_of(form, formula.count) == total.mg;
        for (size_t i = 0; holds && i < formula.count; i++) {
            struct ratio ratio = formula.ratios[i];

            holds = llabs(crude[i].mg * ratio.den - form[i].mg * ratio.num) * 2 <= ratio.den;
        }
        ck_assert_msg(holds, "run %d", run);
        ctx_reset(&c);
    }
}
END_TEST

START_TEST(a_form_changed_there_and_back_is_within_its_rounding)
{
    for (int run = 0; run < property_runs() / 10; run++) {
        struct formula_at_random formula = formula_make(run);
        struct ratio raw[HERBS];
        struct weight there[HERBS], back[HERBS];
        bool holds = true;

        for (size_t i = 0; i < HERBS; i++)
            raw[i] = (struct ratio){ 1, 1 };
        ck_assert_int_eq(dosing_change_form(&c, formula.weights, raw, formula.ratios, formula.count, there),
                         ST_OK);
        ck_assert_int_eq(dosing_change_form(&c, there, formula.ratios, raw, formula.count, back), ST_OK);
        for (size_t i = 0; i < formula.count; i++)
            holds = holds && 2 * llabs(back[i].mg - formula.weights[i].mg) * formula.ratios[i].den <=
                                 formula.ratios[i].num + formula.ratios[i].den;
        ck_assert_msg(holds, "run %d", run);
        ctx_reset(&c);
    }
}
END_TEST

static bool units_hold(struct weight total, struct units_wish wish, int64_t doses)
{
    struct units units;
    int64_t held;

    if (dosing_units(&c, total, wish, doses, &units) != ST_OK)
        return false;
    held = units.content.mg * units.count + units.heavy;
    return held == total.mg && units.filler.mg >= 0 && units.heavy < units.count &&
           units.count * units.unit.mg == total.mg + units.filler.mg &&
           units.content.mg + (units.heavy > 0) <= units.unit.mg &&
           units.per_dose * doses + units.spare == units.count &&
           (wish.count != 0 ? units.count == wish.count : units.spare == 0 && units.unit.mg == wish.unit.mg);
}

START_TEST(capsules_and_pills_hold_the_whole)
{
    for (int run = 0; run < property_runs(); run++) {
        struct weight total = { 1 + random_below(&seed, run % 7 == 0 ? 100 : 2000000) };
        int64_t doses = 1 + random_below(&seed, 60);
        struct units_wish wish = { .binder_permille = run % 3 == 0 ? (int)random_below(&seed, 1500) : 0 };

        if (run % 2 == 0)
            wish.unit.mg = 100 + random_below(&seed, 900);
        else
            wish.count = 300 + random_below(&seed, 2000);
        ck_assert_msg(units_hold(total, wish, doses), "run %d: %lld mg in %lld doses", run,
                      (long long)total.mg, (long long)doses);
        ctx_reset(&c);
    }
}
END_TEST

/* 84 g in 14 doses: 500 mg capsules are 168, 12 a dose. 85 g are 170, so 182: the rest of the fill is filler. */
START_TEST(capsules_as_a_pharmacist_counts_them)
{
    const struct weight weights[] = { { 9000 }, { 15 } };
    struct weight out[2];
    struct units units;

    ck_assert_int_eq(
        dosing_units(&c, (struct weight){ 84000 }, (struct units_wish){ .unit = { 500 } }, 14, &units),
        ST_OK);
    ck_assert(units.count == 168 && units.per_dose == 12 && units.filler.mg == 0);
    ck_assert_int_eq(dosing_overage(&c, weights, 2, 30, out), ST_OK);
    ck_assert(out[0].mg == 9270 && out[1].mg == 15); /* 15.45 mg */
    ck_assert_int_eq(
        dosing_units(&c, (struct weight){ 85000 }, (struct units_wish){ .unit = { 500 } }, 14, &units),
        ST_OK);
    ck_assert(units.count == 182 && units.per_dose == 13 && units.filler.mg == 6000);
    ck_assert(units.content.mg == 467 && units.heavy == 6);
    /* honey pills of 9 g, as much honey as powder */
    ck_assert_int_eq(dosing_units(&c, (struct weight){ 63000 },
                                  (struct units_wish){ .unit = { 9000 }, .binder_permille = 1000 }, 14,
                                  &units),
                     ST_OK);
    ck_assert(units.count == 14 && units.content.mg == 4500 && units.filler.mg == 63000);
    ck_assert_int_eq(
        dosing_units(&c, (struct weight){ 10000 }, (struct units_wish){ .count = 100 }, 14, &units), ST_OK);
    ck_assert(units.unit.mg == 100 && units.per_dose == 7 && units.spare == 2);
}
END_TEST

START_TEST(percentages_come_to_a_hundred)
{
    const struct course course = { .days = 7, .packets = 7 };
    struct dosing_line thirds[] = { { 1, { 33300 }, 0 }, { 2, { 33300 }, 0 }, { 3, { 33300 }, 0 } };
    struct weight out[3];

    ck_assert_int_eq(dosing_totals(&c, thirds, 3, MODE_PERCENT, course, (struct weight){ 100000 }, out),
                     ST_OK);
    ck_assert(out[0].mg == 33334 && out[1].mg == 33333 && out[2].mg == 33333);
    thirds[0].weight.mg = 40000;
    ck_assert_int_eq(dosing_totals(&c, thirds, 3, MODE_PERCENT, course, (struct weight){ 100000 }, out),
                     ST_INVALID);
    ck_assert_str_eq(c.fault.items[0].value, "106.600 %");
    ck_assert_str_eq(c.fault.items[0].rule, "percentages must come to 100 within 0.05 a herb");
}
END_TEST

static void refused(enum status got, enum status status, const char *field)
{
    ck_assert_int_eq(got, status);
    ck_assert_str_eq(c.fault.items[0].field, field);
    ctx_forgive(&c);
}

START_TEST(what_cannot_be_divided_is_refused_by_name)
{
    const struct weight weights[] = { { 9000 }, { 6000 } };
    const struct ratio raw[] = { { 1, 1 }, { 1, 1 } }, none[] = { { 5, 1 }, { 0, 1 } };
    const struct ratio huge[] = { { 1000000, 1 }, { 1, 1 } };
    const struct weight heavy[] = { { WEIGHT_LIMIT_MG }, { 1 } };
    const struct weight total = { 84000 };
    struct weight out[2];
    struct packing packing;
    struct units units;

    refused(dosing_pack(&c, weights, 2, 0, &packing), ST_INVALID, "packets");
    refused(dosing_pack(&c, weights, 2, 10000, &packing), ST_INVALID, "packets");
    refused(dosing_change_form(&c, weights, raw, none, 2, out), ST_SHORT, "lines[1]");
    refused(dosing_change_form(&c, heavy, huge, raw, 2, out), ST_INVALID, "lines[0]");
    refused(dosing_scale_form(&c, weights, none, 2, total, out, out), ST_SHORT, "lines[1]");
    refused(dosing_units(&c, total, (struct units_wish){ 0 }, 14, &units), ST_INVALID, "unit_mg");
    refused(dosing_units(&c, total, (struct units_wish){ .unit = { 20001 } }, 14, &units), ST_INVALID,
            "unit_mg");
    refused(dosing_units(&c, total, (struct units_wish){ .unit = { 500 }, .count = 3 }, 14, &units),
            ST_INVALID, "unit_count");
    refused(dosing_units(&c, total, (struct units_wish){ .count = 3 }, 14, &units), ST_INVALID, "unit_mg");
    refused(dosing_units(&c, heavy[0], (struct units_wish){ .unit = { 1 } }, 14, &units), ST_INVALID,
            "unit_count");
    refused(dosing_overage(&c, weights, 2, 501, out), ST_INVALID, "overage_permille");
    refused(
        dosing_units(&c, total, (struct units_wish){ .unit = { 500 }, .binder_permille = -1 }, 14, &units),
        ST_INVALID, "binder_permille");
    refused(dosing_units(&c, total, (struct units_wish){ .unit = { 500 } }, 0, &units), ST_INVALID, "doses");
}
END_TEST

SUITE(dosing_pack)
{
    return suite_of("dosing_pack", 600, NULL, setup, teardown,
                    TESTS(every_herb_and_every_packet_adds_up,
                          scaling_in_the_form_hits_the_total_and_converts_back,
                          a_form_changed_there_and_back_is_within_its_rounding,
                          capsules_and_pills_hold_the_whole, capsules_as_a_pharmacist_counts_them,
                          percentages_come_to_a_hundred, what_cannot_be_divided_is_refused_by_name));
}
