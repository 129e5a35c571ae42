/* Which herbs and formulas a patient must not be offered, and how an offer differs from what was prescribed. */
#include <string.h>

#include "clinic/substitution.h"
#include "core/screening.h"
#include "core/substitute_parts.h"

/* A dose to try a herb at that nobody prescribed yet: the highest that is usual. */
#define TRIED_MG INT64_C(9000)

/* Findings about a herb itself. Doses, sums and duplicates depend on what is made of it, and are found when it is drafted. */
static bool bars(const char *kind)
{
    static const char *const kinds[] = { "herb_drug",  "formula_drug", "herb_herb", "herb_condition",
                                         "pregnancy",  "lactation",    "allergy",   "procedure",
                                         "regulation", "toxicity",     NULL };

    for (size_t i = 0; kinds[i] != NULL; i++)
        if (strcmp(kinds[i], kind) == 0)
            return true;
    return false;
}

static void bar_herb(struct finding_offers *f, const char *id)
{
    struct ref subject = knowledge_find(f->k, REF_HERB, id);

    for (size_t i = 0; subject.kind != REF_NONE && i < f->k->count[REF_HERB]; i++)
        for (uint16_t at = (uint16_t)i; at != NO_PARENT; at = f->k->herbs[at].parent)
            if (at == subject.at)
                f->barred[i] = true;
}

static bool is_prescribed(const struct finding_offers *f, const char *herb_id)
{
    for (size_t i = 0; i < f->p.line_count; i++) {
        struct ref line = knowledge_find(f->k, REF_HERB, f->p.lines[i].herb_id);
        uint16_t at = line.kind == REF_NONE ? NO_PARENT : line.at;

        for (; at != NO_PARENT; at = f->k->herbs[at].parent)
            if (strcmp(f->k->herbs[at].id, herb_id) == 0)
                return true;
    }
    return false;
}

/* Two herbs that must not meet bar the one that is not prescribed; two that are not, neither. */
static void bar_pair(struct finding_offers *f, const struct stored_finding *finding)
{
    bool subject = is_prescribed(f, finding->subject_id), object = is_prescribed(f, finding->object_id);

    if (object)
        bar_herb(f, finding->subject_id);
    if (subject)
        bar_herb(f, finding->object_id);
}

static void bar(struct finding_offers *f, const struct stored_finding *finding)
{
    struct ref formula = knowledge_find(f->k, REF_FORMULA, finding->subject_id);

    if (severity_parse(finding->severity) < SEVERITY_MAJOR || !bars(finding->kind))
        return;
    if (strcmp(finding->kind, "herb_herb") == 0)
        bar_pair(f, finding);
    else
        bar_herb(f, finding->subject_id);
    if (formula.kind != REF_NONE)
        f->barred_formula[formula.at] = true;
}

static void try_herb(struct finding_offers *f, struct prescription *tried, bool *seen, size_t at)
{
    const struct herb *herb = &f->k->herbs[at];

    if (seen[at])
        return;
    seen[at] = true;
    tried->lines[tried->line_count++] = (struct prescription_line){
        .herb_id = herb->id,
        .pinyin = herb->name,
        .daily = { herb->dose_max.mg > 0 ? herb->dose_max.mg : TRIED_MG },
    };
}

/* Everything there is, as if it were prescribed to the patient. */
static void try_stock(struct finding_offers *f, struct prescription *tried, bool *seen)
{
    for (size_t i = 0; i < f->stock_count; i++) {
        struct ref herb = knowledge_find(f->k, REF_HERB, f->stock[i].herb_id);
        struct ref formula = knowledge_find(f->k, REF_FORMULA, f->stock[i].formula_id);

        if (herb.kind != REF_NONE)
            try_herb(f, tried, seen, herb.at);
        if (formula.kind == REF_NONE)
            continue;
        tried->formulas[tried->formula_count++] = (struct prescription_formula){
            .formula_id = f->k->formulas[formula.at].id,
            .pinyin = f->k->formulas[formula.at].name,
        };
        for (size_t j = 0; j < f->k->formulas[formula.at].part_count; j++)
            try_herb(f, tried, seen, f->k->formulas[formula.at].parts[j].herb);
    }
}

enum status find_barred(struct finding_offers *f)
{
    const size_t herbs = f->k->count[REF_HERB];
    struct prescription tried = f->p;
    bool *seen = arena_array(&f->c->arena, herbs, sizeof *seen);
    struct stored_finding *findings;
    size_t n;

    f->barred = arena_array(&f->c->arena, herbs, sizeof *f->barred);
    f->barred_formula = arena_array(&f->c->arena, f->k->count[REF_FORMULA], sizeof *f->barred_formula);
    tried.lines = arena_array(&f->c->arena, herbs, sizeof *tried.lines);
    tried.formulas = arena_array(&f->c->arena, f->stock_count, sizeof *tried.formulas);
    tried.line_count = tried.formula_count = 0;
    for (size_t i = 0; i < f->p.line_count; i++) {
        struct ref herb = knowledge_find(f->k, REF_HERB, f->p.lines[i].herb_id);

        if (herb.kind != REF_NONE)
            try_herb(f, &tried, seen, herb.at);
    }
    try_stock(f, &tried, seen);
    TRY(screening_try(f->c, f->k, &tried, &findings, &n));
    for (size_t i = 0; i < n; i++)
        bar(f, &findings[i]);
    f->out->barred = arena_array(&f->c->arena, herbs, sizeof *f->out->barred);
    for (size_t i = 0; i < herbs; i++)
        if (f->barred[i] && seen[i])
            f->out->barred[f->out->barred_count++] = f->k->herbs[i].id;
    return ST_OK;
}

bool is_barred(const struct finding_offers *f, const char *herb_id)
{
    struct ref herb = knowledge_find(f->k, REF_HERB, herb_id);

    return herb.kind != REF_NONE && f->barred[herb.at];
}

enum status offer_compare(struct finding_offers *f, const struct offer_line *lines, size_t count,
                          struct prescription_difference **differences, size_t *difference_count,
                          int *score_permille)
{
    struct dosing_line *was = arena_array(&f->c->arena, f->p.line_count, sizeof *was);
    struct dosing_line *is = arena_array(&f->c->arena, count, sizeof *is);
    struct dosing_difference *list;
    size_t was_count = f->p.line_count;

    for (size_t i = 0; i < was_count; i++)
        was[i] = (struct dosing_line){ .herb_id = knowledge_find(f->k, REF_HERB, f->p.lines[i].herb_id).at,
                                       .weight = f->p.lines[i].daily };
    for (size_t i = 0; i < count; i++)
        is[i] = (struct dosing_line){ .herb_id = knowledge_find(f->k, REF_HERB, lines[i].herb_id).at,
                                      .weight = lines[i].daily };
    TRY(dosing_merge(f->c, was, was_count, MERGE_SUM, &was, &was_count));
    TRY(dosing_merge(f->c, is, count, MERGE_SUM, &is, &count));
    dosing_compare(&f->c->arena, was, was_count, is, count, &list, difference_count);
    *score_permille = substitution_score(f->p.daily, list, *difference_count);
    *differences = arena_array(&f->c->arena, *difference_count, sizeof **differences);
    for (size_t i = 0; i < *difference_count; i++)
        (*differences)[i] = (struct prescription_difference){
            .herb_id = f->k->herbs[list[i].herb_id].id,
            .name = f->k->herbs[list[i].herb_id].name,
            .was = list[i].was,
            .is = list[i].is,
        };
    return ST_OK;
}
