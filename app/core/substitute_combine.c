/* The nearest combinations of what is there, put before clinic/substitution, and back as lines of a prescription. */
#include <string.h>

#include "base/text.h"
#include "clinic/substitution.h"
#include "core/substitute_parts.h"

struct combining {
    struct finding_offers *f;
    struct substitution_want want;
    struct substitute *candidates;
    const struct stock_row **rows; /* beside the candidates */
    size_t count;
    bool *wanted; /* herbs that are prescribed */
};

static size_t herb_at(const struct finding_offers *f, const char *id)
{
    return knowledge_find(f->k, REF_HERB, id).at;
}

/* The version's line that this item fills now and can go on filling; NULL when there is none. */
static const struct prescription_line *line_filled(const struct finding_offers *f, int64_t item_id)
{
    for (size_t i = 0; i < f->p.line_count; i++)
        if (!f->is_short[i] && item_filling(f, i) == item_id)
            return &f->p.lines[i];
    return NULL;
}

static enum status formula_lines(const struct finding_offers *f, const struct formula *formula,
                                 const struct dosing_line **out, size_t *count)
{
    struct dosing_line *lines = arena_array(&f->c->arena, formula->part_count, sizeof *lines), *merged;
    size_t n = 0;

    for (uint16_t i = 0; i < formula->part_count; i++)
        if (formula->parts[i].weight.mg > 0)
            lines[n++] =
                (struct dosing_line){ .herb_id = formula->parts[i].herb, .weight = formula->parts[i].weight };
    TRY(dosing_merge(f->c, lines, n, MERGE_SUM, &merged, count));
    *out = merged;
    return ST_OK;
}

static bool touches(const struct combining *g, const struct substitute *candidate)
{
    for (size_t i = 0; i < candidate->herb_count; i++)
        if (g->wanted[candidate->herbs[i].herb_id])
            return true;
    return false;
}

/* A stock row as a candidate, if it holds anything that is wanted. */
static enum status add_row(struct combining *g, const struct stock_row *row, bool whole)
{
    struct finding_offers *f = g->f;
    struct ref formula = knowledge_find(f->k, REF_FORMULA, row->formula_id);
    struct substitute candidate = { .prescribed = !whole && line_filled(f, row->item_id) != NULL };
    struct dosing_line *one;

    if (row->free <= 0 || (*row->herb_id == '\0' && formula.kind == REF_NONE))
        return ST_OK;
    if (*row->herb_id != '\0') {
        one = arena_array(&f->c->arena, 1, sizeof *one);
        *one = (struct dosing_line){ .herb_id = (int64_t)herb_at(f, row->herb_id), .weight = { 1 } };
        candidate.herbs = one;
        candidate.herb_count = 1;
    } else if (f->barred_formula[formula.at])
        return ST_OK;
    else
        TRY(formula_lines(f, &f->k->formulas[formula.at], &candidate.herbs, &candidate.herb_count));
    candidate.most.mg = stock_crude(row).mg / f->p.days;
    if (candidate.most.mg == 0 || candidate.herb_count == 0 || !touches(g, &candidate))
        return ST_OK;
    g->candidates[g->count] = candidate;
    g->rows[g->count++] = row;
    return ST_OK;
}

static enum status prepare(struct combining *g, bool whole)
{
    struct finding_offers *f = g->f;
    const size_t herbs = f->k->count[REF_HERB];
    struct dosing_line *target = arena_array(&f->c->arena, f->p.line_count, sizeof *target);
    int64_t *barred = arena_array(&f->c->arena, herbs, sizeof *barred);

    g->wanted = arena_array(&f->c->arena, herbs, sizeof *g->wanted);
    g->candidates = arena_array(&f->c->arena, f->stock_count, sizeof *g->candidates);
    g->rows = arena_array(&f->c->arena, f->stock_count, sizeof *g->rows);
    for (size_t i = 0; i < f->p.line_count; i++) {
        target[i] = (struct dosing_line){ .herb_id = (int64_t)herb_at(f, f->p.lines[i].herb_id),
                                          .weight = f->p.lines[i].daily };
        g->wanted[target[i].herb_id] = true;
    }
    TRY(dosing_merge(f->c, target, f->p.line_count, MERGE_SUM, &target, &g->want.target_count));
    for (size_t i = 0; i < f->stock_count; i++)
        TRY(add_row(g, &f->stock[i], whole));
    for (size_t i = 0; i < herbs; i++)
        if (f->barred[i])
            barred[g->want.barred_count++] = (int64_t)i;
    g->want.target = target;
    g->want.barred = barred;
    g->want.candidates = g->candidates;
    g->want.candidate_count = g->count;
    return ST_OK;
}

/* A herb stands in one line per preparation: a second item of it is told apart by its code. */
static const char *processing_apart(const struct offer *offer, const char *herb, const char *processing,
                                    const char *sku)
{
    for (size_t i = 0; i < offer->line_count; i++)
        if (strcmp(offer->lines[i].herb_id, herb) == 0 && strcmp(offer->lines[i].processing, processing) == 0)
            return sku;
    return processing;
}

static void add_herb(struct combining *g, struct offer *offer, const struct stock_row *row,
                     struct weight daily)
{
    const struct prescription_line *kept = line_filled(g->f, row->item_id);
    struct offer_line line = {
        .herb_id = row->herb_id, .processing = "", .via = "", .formula_id = "", .name = "", .daily = daily
    };

    if (kept != NULL) {
        line.processing = kept->processing;
        line.via = kept->via;
        line.item_id = kept->filled_item_id;
        line.name = kept->filled_name;
    } else {
        line.item_id = row->item_id;
        line.name = row->name;
    }
    line.processing = processing_apart(offer, line.herb_id, line.processing, row->sku);
    offer->lines[offer->line_count++] = line;
}

static void add_product(struct combining *g, struct offer *offer, const struct stock_row *row,
                        const struct substitution *found, int part)
{
    const char *in = arena_printf(&g->f->c->arena, "in %s", row->name);

    for (size_t i = 0; i < found->line_count; i++)
        if (found->lines[i].source == part && found->lines[i].weight.mg > 0)
            offer->lines[offer->line_count++] = (struct offer_line){
                .herb_id = g->f->k->herbs[found->lines[i].herb_id].id,
                .processing = in,
                .via = row->formula_id,
                .item_id = row->item_id,
                .formula_id = row->formula_id,
                .name = row->name,
                .daily = found->lines[i].weight,
            };
}

/* The same parts are the same offer. */
static const char *key_of(struct ctx *c, const struct combining *g, const struct substitution *found)
{
    uint64_t hash = 14695981039346656037U;
    struct text text;

    text_init(&text, &c->arena);
    for (size_t i = 0; i < found->part_count; i++)
        text_addf(&text, "%lld=%lld;", (long long)g->rows[found->parts[i].candidate]->item_id,
                  (long long)found->parts[i].daily.mg);
    for (size_t i = 0; i < text.size; i++)
        hash = (hash ^ (unsigned char)text.data[i]) * 1099511628211U;
    return arena_printf(&c->arena, "combination:0:%016llx", (unsigned long long)hash);
}

/* What is new in it, and how many herbs stay as they are. */
static const char *summary_of(struct ctx *c, const struct combining *g, const struct substitution *found)
{
    struct text text;
    size_t kept = 0;

    text_init(&text, &c->arena);
    for (size_t i = 0; i < found->part_count; i++) {
        const struct stock_row *row = g->rows[found->parts[i].candidate];

        if (g->candidates[found->parts[i].candidate].prescribed)
            kept++;
        else
            text_addf(&text, "%s%s (%s of crude herb a day)", text.size == 0 ? "" : " + ", row->name,
                      weight_text(&c->arena, found->parts[i].daily));
    }
    if (kept > 0)
        text_addf(&text, "%s%zu herb%s as prescribed", text.size == 0 ? "" : " + ", kept,
                  kept == 1 ? "" : "s");
    return text.data;
}

static enum status offer_found(struct combining *g, const struct substitution *found)
{
    struct ctx *c = g->f->c;
    struct offer offer = {
        .key = key_of(c, g, found),
        .kind = "combination",
        .summary = summary_of(c, g, found),
        .lines = arena_array(&c->arena, found->line_count, sizeof *offer.lines),
    };

    for (size_t i = 0; i < found->part_count; i++) {
        const struct stock_row *row = g->rows[found->parts[i].candidate];

        if (*row->herb_id != '\0')
            add_herb(g, &offer, row, found->parts[i].daily);
        else
            add_product(g, &offer, row, found, (int)i);
    }
    return offer.line_count > PRESCRIPTION_MOST_LINES ? ST_OK : offer_add(g->f, offer);
}

/* Takes the largest ready-made formula of an answer out of the stock; false when it has none. */
static bool without_largest(struct combining *g, const struct substitution *found)
{
    size_t largest = g->count;
    int64_t mg = 0;

    for (size_t i = 0; i < found->part_count; i++) {
        size_t at = found->parts[i].candidate;

        if (*g->rows[at]->herb_id == '\0' && found->parts[i].daily.mg > mg) {
            largest = at;
            mg = found->parts[i].daily.mg;
        }
    }
    if (largest == g->count)
        return false;
    g->candidates[largest].most.mg = 0;
    return true;
}

enum status offer_combinations(struct finding_offers *f, bool whole, int most)
{
    struct combining g = { .f = f };

    TRY(prepare(&g, whole));
    for (int i = 0; i < most; i++) {
        struct substitution found;

        TRY(substitution_find(f->c, &g.want, &found));
        if (found.part_count == 0)
            return ST_OK;
        TRY(offer_found(&g, &found));
        if (!without_largest(&g, &found))
            return ST_OK;
    }
    return ST_OK;
}
