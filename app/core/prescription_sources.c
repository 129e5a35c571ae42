/* What a draft starts from: an earlier version, formulas of the rule book, the shop's own. */
#include <string.h>

#include "core/house_formula.h"
#include "core/prescription_build.h"

static void add_base_line(struct dosing_line *lines, struct prescription_line *said, size_t *n, int64_t herb,
                          const struct prescription_line *line)
{
    size_t at = 0;

    while (at < *n && lines[at].herb_id != herb)
        at++;
    if (at == *n) {
        said[(*n)++] = *line;
        lines[at] = (struct dosing_line){ .herb_id = herb };
    } else if (line->filled_item_id != said[at].filled_item_id) {
        said[at].filled_item_id = BASE_ITEMS_DIFFER;
    }
    lines[at].weight = weight_plus(lines[at].weight, line->daily);
}

/* The version the draft starts from, as a source of its own: its lines count a day's, in the order they stand. A herb that was in a
   ready-made product too counts with all its weight. */
static enum status resolve_base(struct build *b)
{
    struct prescription *base = &b->base;
    struct prescription_line *said;
    struct dosing_line *lines;
    size_t n = 0;

    if (b->draft->from_id == 0)
        return ST_OK;
    TRY(prescription_get(b->c, b->k, b->draft->from_id, b->draft->from_version, base));
    lines = arena_array(&b->c->arena, base->line_count, sizeof *lines);
    said = arena_array(&b->c->arena, base->line_count, sizeof *said);
    for (size_t i = 0; i < base->line_count; i++) {
        struct ref herb = knowledge_find(b->k, REF_HERB, base->lines[i].herb_id);

        if (herb.kind == REF_NONE)
            ctx_note(b->c, ST_CONFLICT, "from_prescription_id", base->lines[i].herb_id,
                     "is not in the rule book any more");
        else
            add_base_line(lines, said, &n, herb.at, &base->lines[i]);
    }
    b->base_said = said;
    b->sources[b->source_count++] = (struct source){
        .name = arena_printf(&b->c->arena, "prescription %lld", (long long)base->id),
        .field = "from_prescription_id",
        .lines = lines,
        .said = said,
        .count = n,
    };
    return ctx_fault_or_ok(b->c);
}

static bool is_named(const struct build *b, const struct formula *formula)
{
    for (size_t i = 0; i < b->source_count; i++)
        if (b->sources[i].formula == formula)
            return true;
    for (size_t i = 0; i < b->base.formula_count; i++)
        if (strcmp(b->base.formulas[i].formula_id, formula->id) == 0)
            return true;
    return false;
}

static bool is_house(const char *typed)
{
    return strncmp(typed, HOUSE_PREFIX, strlen(HOUSE_PREFIX)) == 0;
}

/* A formula of the shop's own, as a source whose lines count a day's. */
static enum status resolve_house(struct build *b, size_t i)
{
    const struct draft_formula *typed = &b->draft->formulas[i];
    const char *field = item_field(b->c, "formulas", i, ".formula");
    struct prescription_line *said;
    struct dosing_line *lines;
    struct house_line *house;
    size_t n, kept = 0;

    TRY(house_formula_lines(b->c, typed->formula + strlen(HOUSE_PREFIX), &house, &n));
    if (n == 0)
        ctx_note(b->c, ST_INVALID, field, typed->formula, "is no house formula in use");
    lines = arena_array(&b->c->arena, n, sizeof *lines);
    said = arena_array(&b->c->arena, n, sizeof *said);
    for (size_t j = 0; j < n; j++) {
        struct ref herb = knowledge_find(b->k, REF_HERB, house[j].herb_id);

        if (herb.kind == REF_NONE) {
            ctx_note(b->c, ST_CONFLICT, field, house[j].herb_id, "is not in the rule book any more");
            continue;
        }
        said[kept] = (struct prescription_line){
            .processing = house[j].processing,
            .via = arena_printf(&b->c->arena, HOUSE_PREFIX "%lld", (long long)house[j].house_formula_id),
        };
        lines[kept++] = (struct dosing_line){ .herb_id = herb.at, .weight = house[j].daily };
    }
    if (n > 0)
        b->sources[b->source_count++] = (struct source){
            .name = house[0].name,
            .house_id = house[0].house_formula_id,
            .field = field,
            .lines = lines,
            .said = said,
            .count = kept,
            .scaled = typed->weight,
        };
    return ST_OK;
}

static void resolve_formula(struct build *b, size_t i)
{
    const struct draft_formula *typed = &b->draft->formulas[i];
    const char *field = item_field(b->c, "formulas", i, ".formula");
    struct ref ref = name_resolve(b->c, b->k, field, typed->formula, REF_FORMULA);
    const struct formula *formula;
    struct dosing_line *parts;

    if (ref.kind != REF_FORMULA)
        return;
    formula = &b->k->formulas[ref.at];
    if (is_named(b, formula))
        ctx_note(b->c, ST_INVALID, field, typed->formula, "is named twice");
    parts = arena_array(&b->c->arena, formula->part_count, sizeof *parts);
    for (size_t j = 0; j < formula->part_count; j++)
        parts[j].herb_id = formula->parts[j].herb;
    b->sources[b->source_count++] = (struct source){
        .name = formula->name,
        .field = field,
        .formula = formula,
        .lines = parts,
        .count = formula->part_count,
        .scaled = typed->weight,
    };
}

enum status build_sources(struct build *b)
{
    const struct prescription_draft *d = b->draft;

    b->sources = arena_array(&b->c->arena, d->formula_count + 1, sizeof *b->sources);
    TRY(resolve_base(b));
    for (size_t i = 0; i < d->formula_count; i++)
        if (is_house(d->formulas[i].formula))
            TRY(resolve_house(b, i));
        else
            resolve_formula(b, i);
    return ST_OK;
}
