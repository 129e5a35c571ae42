/* What one press of a key in the builder costs: two formulas of 20 herbs together merged, brought to a total, converted by each
   item's ratio, scaled to the directions, divided into packets and capsules, compared with the classic. A million random
   formulas, of each of which every sum is checked: prints how long one took and how many milligrams were lost. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "clinic/dosing.h"
#include "clinic/dosing_pack.h"
#include "support/random.h"

enum { HERBS = 20, SHARED = 4, LINES = HERBS + SHARED, FORMULAS = 1000000, PACKETS = 14 };

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static struct random seed = { 88172645463325252U };

struct recalculation {
    struct dosing_line lines[LINES];
    struct ratio ratios[HERBS];
    struct weight total; /* by the directions */
    size_t count;
    struct weight totals[HERBS], form[HERBS], crude[HERBS], weighed[HERBS];
    struct packing packing;
    struct units units;
};

static void make(struct recalculation *r)
{
    for (int i = 0; i < LINES; i++)
        r->lines[i] = (struct dosing_line){ .herb_id = i < HERBS ? i : random_below(&seed, HERBS),
                                            .weight = { 1 + random_below(&seed, 30000) },
                                            .source = i >= HERBS / 2 };
    for (int i = 0; i < HERBS; i++)
        r->ratios[i] = random_below(&seed, 4) == 0
                           ? (struct ratio){ 1, 1 }
                           : (struct ratio){ 2 + random_below(&seed, 14), 1 + random_below(&seed, 2) };
    r->total.mg = 1000 + random_below(&seed, 200000);
}

static enum status recalculate(struct ctx *c, struct recalculation *r)
{
    const struct course course = { .days = 7, .packets = PACKETS };
    struct dosing_line *merged;
    struct dosing_difference *differences;
    size_t difference_count;

    TRY(dosing_merge(c, r->lines, LINES, MERGE_HIGHEST, &merged, &r->count));
    TRY(dosing_totals(c, merged, r->count, MODE_PER_DAY, course, (struct weight){ 0 }, r->totals));
    TRY(dosing_scale_form(c, r->totals, r->ratios, r->count, r->total, r->form, r->crude));
    TRY(dosing_overage(c, r->form, r->count, 30, r->weighed));
    TRY(dosing_pack(c, r->form, r->count, PACKETS, &r->packing));
    TRY(dosing_units(c, r->total, (struct units_wish){ .unit = { 500 } }, PACKETS, &r->units));
    dosing_compare(&c->arena, r->lines, HERBS, merged, r->count, &differences, &difference_count);
    return ST_OK;
}

/* Milligrams of the total that are in no packet, no herb's share or no capsule. */
static int64_t lost(const struct recalculation *r)
{
    int64_t missing = 0, whole = 0;

    for (size_t i = 0; i < r->count; i++) {
        int64_t herb = 0;

        for (int p = 0; p < PACKETS; p++)
            herb += packing_cell(&r->packing, i, p).mg;
        missing += llabs(herb - r->form[i].mg);
        whole += herb;
    }
    missing += llabs(whole - r->total.mg);
    return missing + llabs(r->units.content.mg * r->units.count + r->units.heavy - r->total.mg);
}

int main(void)
{
    static struct recalculation r;
    struct ctx c;
    double spent = 0;
    int64_t missing = 0;

    ctx_init(&c);
    for (int i = 0; i < FORMULAS; i++) {
        double began;
        enum status status;

        make(&r);
        began = now();
        status = recalculate(&c, &r);
        spent += now() - began;
        missing += status == ST_OK ? lost(&r) : 1;
        ctx_reset(&c);
    }
    printf("formulas %d\nrecalculation_us %.2f\nlost_mg %lld\n", FORMULAS, spent * 1e6 / FORMULAS,
           (long long)missing);
    ctx_close(&c);
    return missing == 0 ? 0 : 1;
}
