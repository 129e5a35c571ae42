/* Nearest combination by non-negative least squares over few parts. Vectors are sparse: a candidate is its herbs' shares of one
   milligram; distances are in milligrams a day. */
#include "clinic/substitution.h"

#include <stdlib.h>
#include <string.h>

/* A part must bring the square of the distance down by this much of the target's square. */
static const double PART_PRICE = 0.002;

enum {
    TRIED = 8,
    SWEEPS = 400,
    EXCHANGES = 40,
    SET_MOST = SUBSTITUTION_MOST_TARGET + SUBSTITUTION_MOST_PARTS
};

/* A candidate as a vector. */
struct column_vector {
    size_t count;
    const size_t *at;    /* places among the herbs */
    const double *share; /* of one milligram; they sum to 1 */
    double square, most;
};

/* Candidates in use and their amounts. */
struct set {
    size_t count;
    size_t at[SET_MOST];
    double amount[SET_MOST];
    size_t new_parts; /* not prescribed */
    double square;    /* of the distance */
    double cost;      /* that and the prices, of the target's square */
};

struct solver {
    struct arena *arena;
    const struct substitution_want *want;
    const int64_t *herbs; /* ids in order */
    size_t herb_count;
    struct column_vector *columns; /* count 0: barred or not there */
    double *target, *rest;
    double square;
};

static int by_id(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return x < y ? -1 : x > y;
}

static size_t place_of(const struct solver *s, int64_t herb)
{
    const int64_t *found = bsearch(&herb, s->herbs, s->herb_count, sizeof herb, by_id);

    return (size_t)(found - s->herbs);
}

static bool is_barred(const struct substitution_want *want, const struct substitute *candidate)
{
    for (size_t i = 0; i < candidate->herb_count; i++)
        for (size_t j = 0; j < want->barred_count; j++)
            if (candidate->herbs[i].herb_id == want->barred[j])
                return true;
    return false;
}

/* Every herb there is, once, in order of ids. */
static void collect_herbs(struct solver *s)
{
    const struct substitution_want *want = s->want;
    size_t n = want->target_count, kept = 0;
    int64_t *herbs;

    for (size_t i = 0; i < want->candidate_count; i++)
        n += want->candidates[i].herb_count;
    herbs = arena_array(s->arena, n, sizeof *herbs);
    n = 0;
    for (size_t i = 0; i < want->target_count; i++)
        herbs[n++] = want->target[i].herb_id;
    for (size_t i = 0; i < want->candidate_count; i++)
        for (size_t j = 0; j < want->candidates[i].herb_count; j++)
            herbs[n++] = want->candidates[i].herbs[j].herb_id;
    qsort(herbs, n, sizeof *herbs, by_id);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || herbs[kept - 1] != herbs[i])
            herbs[kept++] = herbs[i];
    s->herbs = herbs;
    s->herb_count = kept;
}

static void make_column(struct solver *s, size_t at)
{
    const struct substitute *candidate = &s->want->candidates[at];
    size_t *places = arena_array(s->arena, candidate->herb_count, sizeof *places);
    double *shares = arena_array(s->arena, candidate->herb_count, sizeof *shares);
    struct column_vector *column = &s->columns[at];
    int64_t whole = 0;

    if (candidate->most.mg == 0 || is_barred(s->want, candidate))
        return;
    for (size_t i = 0; i < candidate->herb_count; i++)
        whole += candidate->herbs[i].weight.mg;
    for (size_t i = 0; i < candidate->herb_count; i++) {
        places[i] = place_of(s, candidate->herbs[i].herb_id);
        shares[i] = (double)candidate->herbs[i].weight.mg / (double)whole;
        column->square += shares[i] * shares[i];
    }
    column->count = candidate->herb_count;
    column->at = places;
    column->share = shares;
    column->most = (double)candidate->most.mg;
}

/* How much of the rest lies along a candidate. */
static double along(const struct solver *s, const struct column_vector *column)
{
    double sum = 0;

    for (size_t i = 0; i < column->count; i++)
        sum += column->share[i] * s->rest[column->at[i]];
    return sum;
}

static void take(struct solver *s, const struct column_vector *column, double amount)
{
    for (size_t i = 0; i < column->count; i++)
        s->rest[column->at[i]] -= column->share[i] * amount;
}

/* The rest is the target less what the set comes to. */
static void set_rest(struct solver *s, const struct set *set)
{
    memcpy(s->rest, s->target, s->herb_count * sizeof *s->rest);
    for (size_t i = 0; i < set->count; i++)
        take(s, &s->columns[set->at[i]], set->amount[i]);
}

/* The best amounts of the set, each within its bounds, from where they are: one after the other until none moves. */
static void fit(struct solver *s, struct set *set)
{
    set_rest(s, set);
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
        double moved = 0;

        for (size_t i = 0; i < set->count; i++) {
            const struct column_vector *column = &s->columns[set->at[i]];
            double amount = set->amount[i] + along(s, column) / column->square;

            amount = amount < 0 ? 0 : amount > column->most ? column->most : amount;
            take(s, column, amount - set->amount[i]);
            moved += (amount - set->amount[i]) * (amount - set->amount[i]);
            set->amount[i] = amount;
        }
        if (moved < 1e-4)
            break;
    }
    set->square = 0;
    for (size_t i = 0; i < s->herb_count; i++)
        set->square += s->rest[i] * s->rest[i];
    set->cost = set->square / s->square + PART_PRICE * (double)set->new_parts;
}

static bool holds(const struct set *set, size_t candidate)
{
    for (size_t i = 0; i < set->count; i++)
        if (set->at[i] == candidate)
            return true;
    return false;
}

static void add(const struct solver *s, struct set *set, size_t candidate)
{
    set->at[set->count] = candidate;
    set->amount[set->count++] = 0;
    set->new_parts += !s->want->candidates[candidate].prescribed;
}

static void leave_out(const struct solver *s, struct set *set, size_t i)
{
    set->new_parts -= !s->want->candidates[set->at[i]].prescribed;
    set->count--;
    memmove(&set->at[i], &set->at[i + 1], (set->count - i) * sizeof *set->at);
    memmove(&set->amount[i], &set->amount[i + 1], (set->count - i) * sizeof *set->amount);
}

/* How far a candidate alone would bring the square of the rest down, within its bound. */
static double gain_of(const struct solver *s, const struct column_vector *column)
{
    double dot = along(s, column), amount = dot / column->square;

    if (dot <= 0)
        return 0;
    if (amount > column->most)
        amount = column->most;
    return 2 * amount * dot - amount * amount * column->square;
}

/* The few candidates that bring the rest of `set` down most, best first; equals in the candidates' order. */
static size_t promising(struct solver *s, const struct set *set, size_t *list)
{
    double gains[TRIED];
    size_t n = 0;

    set_rest(s, set);
    for (size_t i = 0; i < s->want->candidate_count; i++) {
        double gain = s->columns[i].count == 0 || holds(set, i) ? 0 : gain_of(s, &s->columns[i]);
        size_t at = n;

        if (gain <= 0)
            continue;
        while (at > 0 && gains[at - 1] < gain)
            at--;
        if (at == TRIED)
            continue;
        if (n < TRIED)
            n++;
        memmove(&gains[at + 1], &gains[at], (n - at - 1) * sizeof *gains);
        memmove(&list[at + 1], &list[at], (n - at - 1) * sizeof *list);
        gains[at] = gain;
        list[at] = i;
    }
    return n;
}

/* Adds the candidate that pays most, if one pays. */
static bool grow(struct solver *s, struct set *set)
{
    size_t list[TRIED], n = 0;
    struct set best = *set;

    if (set->count < SET_MOST && set->new_parts < SUBSTITUTION_MOST_PARTS)
        n = promising(s, set, list);
    for (size_t i = 0; i < n; i++) {
        struct set tried = *set;

        add(s, &tried, list[i]);
        fit(s, &tried);
        if (tried.cost < best.cost)
            best = tried;
    }
    if (best.cost >= set->cost)
        return false;
    *set = best;
    return true;
}

/* Leaves out a part that does not pay, or puts another in its place that does better. */
static bool exchange(struct solver *s, struct set *set)
{
    struct set best = *set;

    for (size_t i = 0; i < set->count; i++) {
        struct set without = *set;
        size_t list[TRIED], n;

        if (s->want->candidates[set->at[i]].prescribed)
            continue; /* costs nothing */
        leave_out(s, &without, i);
        fit(s, &without);
        if (without.cost < best.cost)
            best = without;
        n = promising(s, &without, list);
        for (size_t j = 0; j < n; j++) {
            struct set tried = without;

            add(s, &tried, list[j]);
            fit(s, &tried);
            if (tried.cost < best.cost)
                best = tried;
        }
    }
    if (best.cost >= set->cost - 1e-9)
        return false;
    *set = best;
    return true;
}

/* The best candidate alone is in the set, if the set is not as near without it: even where its price is more than it brings. */
static void add_best_alone(struct solver *s, struct set *set)
{
    const struct set none = { 0 };
    size_t list[TRIED], n = promising(s, &none, list);

    if (n == 0 || holds(set, list[0]) || set->count == SET_MOST ||
        s->square - gain_of(s, &s->columns[list[0]]) >= set->square)
        return;
    add(s, set, list[0]);
    fit(s, set);
}

static enum status check(struct ctx *c, const struct substitution_want *want)
{
    int64_t wanted = 0;

    if (want->target_count > SUBSTITUTION_MOST_TARGET)
        return ctx_fail(c, ST_INVALID, "target", arena_printf(&c->arena, "%zu", want->target_count),
                        "herbs are at most %d", SUBSTITUTION_MOST_TARGET);
    if (want->candidate_count > SUBSTITUTION_MOST_CANDIDATES)
        return ctx_fail(c, ST_INVALID, "candidates", arena_printf(&c->arena, "%zu", want->candidate_count),
                        "are at most %d", SUBSTITUTION_MOST_CANDIDATES);
    for (size_t i = 0; i < want->target_count; i++) {
        if (want->target[i].weight.mg < 0 || want->target[i].weight.mg > WEIGHT_LIMIT_MG)
            return ctx_fail(c, ST_INVALID, "target", weight_text(&c->arena, want->target[i].weight),
                            "a weight lies between 0 and 100 tonnes");
        for (size_t j = 0; j < i; j++)
            if (want->target[j].herb_id == want->target[i].herb_id)
                return ctx_fail(c, ST_INVALID, "target",
                                arena_printf(&c->arena, "%lld", (long long)want->target[i].herb_id),
                                "names a herb twice");
        wanted += want->target[i].weight.mg;
    }
    for (size_t i = 0; i < want->candidate_count; i++) {
        int64_t whole = 0;

        for (size_t j = 0; j < want->candidates[i].herb_count; j++)
            whole += want->candidates[i].herbs[j].weight.mg;
        if (whole <= 0 || want->candidates[i].most.mg < 0)
            return ctx_fail(c, ST_INVALID, "candidates", arena_printf(&c->arena, "%zu", i), "weighs nothing");
    }
    if (wanted == 0)
        return ctx_fail(c, ST_INVALID, "target", "0 mg", "at least one herb must weigh more than nothing");
    return ST_OK;
}

static int by_candidate(const void *a, const void *b)
{
    const struct substitution_part *x = a, *y = b;

    return x->candidate < y->candidate ? -1 : x->candidate > y->candidate;
}

int substitution_score(struct weight wanted, const struct dosing_difference *differences, size_t count)
{
    int64_t apart = 0;

    for (size_t i = 0; i < count; i++)
        apart += llabs(differences[i].is.mg - differences[i].was.mg);
    return apart >= wanted.mg ? 0 : (int)(1000 - scale_i64(apart, 1000, wanted.mg));
}

/* From amounts to whole milligrams: a part's first, then its herbs' by largest remainder. */
static enum status settle(struct ctx *c, struct solver *s, const struct set *set, struct substitution *out)
{
    const struct substitution_want *want = s->want;
    struct weight wanted = { 0 };
    struct dosing_line *merged;
    size_t most = 0, merged_count;

    out->parts = arena_array(&c->arena, set->count, sizeof *out->parts);
    for (size_t i = 0; i < set->count; i++) {
        int64_t mg = (int64_t)(set->amount[i] + 0.5), cap = want->candidates[set->at[i]].most.mg;

        if (mg > 0)
            out->parts[out->part_count++] = (struct substitution_part){ set->at[i], { mg > cap ? cap : mg } };
        most += want->candidates[set->at[i]].herb_count;
    }
    qsort(out->parts, out->part_count, sizeof *out->parts, by_candidate);
    out->lines = arena_array(&c->arena, most, sizeof *out->lines);
    for (size_t i = 0; i < out->part_count; i++) {
        const struct substitute *candidate = &want->candidates[out->parts[i].candidate];
        struct weight *weights = arena_array(&c->arena, candidate->herb_count, sizeof *weights);

        for (size_t j = 0; j < candidate->herb_count; j++)
            weights[j] = candidate->herbs[j].weight;
        TRY(dosing_scale(c, weights, candidate->herb_count, out->parts[i].daily, weights));
        for (size_t j = 0; j < candidate->herb_count; j++)
            out->lines[out->line_count++] =
                (struct dosing_line){ candidate->herbs[j].herb_id, weights[j], (int)i };
    }
    TRY(dosing_merge(c, out->lines, out->line_count, MERGE_SUM, &merged, &merged_count));
    dosing_compare(&c->arena, want->target, want->target_count, merged, merged_count, &out->differences,
                   &out->difference_count);
    for (size_t i = 0; i < want->target_count; i++)
        wanted = weight_plus(wanted, want->target[i].weight);
    out->score_permille = substitution_score(wanted, out->differences, out->difference_count);
    return ST_OK;
}

enum status substitution_find(struct ctx *c, const struct substitution_want *want, struct substitution *out)
{
    struct solver s = { .arena = &c->arena, .want = want };
    struct set set = { 0 };

    *out = (struct substitution){ 0 };
    TRY(check(c, want));
    collect_herbs(&s);
    s.columns = arena_array(&c->arena, want->candidate_count, sizeof *s.columns);
    s.target = arena_array(&c->arena, s.herb_count, sizeof *s.target);
    s.rest = arena_array(&c->arena, s.herb_count, sizeof *s.rest);
    for (size_t i = 0; i < want->target_count; i++) {
        double mg = (double)want->target[i].weight.mg;

        s.target[place_of(&s, want->target[i].herb_id)] = mg;
        s.square += mg * mg;
    }
    for (size_t i = 0; i < want->candidate_count; i++)
        make_column(&s, i);
    for (size_t i = 0; i < want->candidate_count && set.count < SUBSTITUTION_MOST_TARGET; i++)
        if (want->candidates[i].prescribed && s.columns[i].count > 0)
            add(&s, &set, i);
    fit(&s, &set);
    while (grow(&s, &set))
        ;
    for (int i = 0; i < EXCHANGES && exchange(&s, &set); i++)
        while (grow(&s, &set))
            ;
    add_best_alone(&s, &set);
    return settle(c, &s, &set, out);
}
