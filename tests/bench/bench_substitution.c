/* The nearest combination against a shop of 400 items and 120 ready-made formulas, for classic formulas of the rule book of which a
   third of the herbs is missing. Prints the mean and the slowest in milliseconds. */
#include <stdio.h>
#include <time.h>

#include "clinic/substitution.h"
#include "core/knowledge_seed.h"
#include "support/random.h"

enum { ITEMS = 400, FORMULAS = 120, RUNS = 200 };

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static struct random seed = { 1442695040888963407U };

/* A formula's herbs by its weights, one line each. */
static size_t lines_of(struct ctx *c, const struct formula *formula, struct dosing_line **out)
{
    struct dosing_line *lines = arena_array(&c->arena, formula->part_count, sizeof *lines);
    size_t n;

    for (uint16_t i = 0; i < formula->part_count; i++)
        lines[i] = (struct dosing_line){ formula->parts[i].herb, formula->parts[i].weight, 0 };
    if (dosing_merge(c, lines, formula->part_count, MERGE_SUM, out, &n) != ST_OK)
        return 0;
    return n;
}

static const struct formula *any_formula(const struct knowledge *k)
{
    const struct formula *formula;

    do
        formula = &k->formulas[random_below(&seed, (int64_t)k->count[REF_FORMULA])];
    while (formula->part_count < 4 || formula->parts[0].weight.mg == 0);
    return formula;
}

static bool is_missing(const struct dosing_line *target, size_t n, int64_t herb)
{
    for (size_t i = 0; i < n; i += 3)
        if (target[i].herb_id == herb)
            return true;
    return false;
}

static double run(struct ctx *c, const struct knowledge *k, int *score)
{
    struct substitute *stock = arena_array(&c->arena, ITEMS + FORMULAS, sizeof *stock);
    struct substitution_want want = { .candidates = stock };
    struct substitution found;
    struct dosing_line *target, *lines;
    const struct formula *wanted = any_formula(k);
    double began;

    want.target_count = lines_of(c, wanted, &target);
    want.target = target;
    for (int i = 0; i < ITEMS; i++) {
        struct dosing_line *herb = arena_array(&c->arena, 1, sizeof *herb);

        *herb = (struct dosing_line){ random_below(&seed, (int64_t)k->count[REF_HERB]), { 1 }, 0 };
        if (!is_missing(target, want.target_count, herb->herb_id))
            stock[want.candidate_count++] = (struct substitute){ herb, 1, { 200000 }, false };
    }
    for (int i = 0; i < FORMULAS; i++) {
        const struct formula *formula = any_formula(k);
        size_t n = formula == wanted ? 0 : lines_of(c, formula, &lines);

        if (n > 0)
            stock[want.candidate_count++] = (struct substitute){ lines, n, { 200000 }, false };
    }
    began = now();
    *score = substitution_find(c, &want, &found) == ST_OK ? found.score_permille : -1;
    return now() - began;
}

int main(void)
{
    struct ctx c;
    struct knowledge *k;
    double sum = 0, worst = 0;
    int scores = 0;

    ctx_init(&c);
    if (knowledge_from_seed(&c, &k) != ST_OK)
        return 1;
    ctx_reset(&c);
    for (int i = 0; i < RUNS; i++) {
        int score;
        double spent = run(&c, k, &score);

        if (score < 0)
            return 1;
        sum += spent;
        scores += score;
        worst = spent > worst ? spent : worst;
        ctx_reset(&c);
    }
    printf("substitution_ms %.2f\nsubstitution_worst_ms %.2f\nscore_permille %d\n", sum * 1000 / RUNS,
           worst * 1000, scores / RUNS);
    knowledge_close(k);
    ctx_close(&c);
    return 0;
}
