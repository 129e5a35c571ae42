/* How a version differs from the formulas it was put together from: those of the rule book and the shop's own. */
#include <string.h>

#include "core/prescription_parts.h"
#include "db/db.h"
#include "sql.h"

static enum merge_rule merge_rule_parse(const char *word)
{
    enum merge_rule rule = MERGE_HIGHEST;

    while (rule != MERGE_ASK && strcmp(merge_rule_word(rule), word) != 0)
        rule++;
    /* A herb a person was asked about counts as changed unless she took the first formula's weight. */
    return rule == MERGE_ASK ? MERGE_KEEP_FIRST : rule;
}

/* Whether its weights were shares of a total. */
static bool was_shared(const struct prescription *p)
{
    return strcmp(p->dose_mode, dose_mode_word(MODE_PARTS)) == 0 ||
           strcmp(p->dose_mode, dose_mode_word(MODE_PERCENT)) == 0;
}

/* Lines of several formulas, before merging. */
struct merging {
    struct dosing_line *lines;
    size_t count, capacity;
};

static void add_lines(struct ctx *c, struct merging *all, const struct dosing_line *lines, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        all->lines = arena_grow(&c->arena, all->lines, all->count, &all->capacity, sizeof *all->lines);
        all->lines[all->count++] = lines[i];
    }
}

struct house_herb {
    int64_t house_formula_id;
    const char *herb_id;
    struct weight daily;
};

static const struct column house_herb_columns[] = {
    COLUMN(struct house_herb, house_formula_id),
    COLUMN(struct house_herb, herb_id),
    COLUMN_NAMED(struct house_herb, daily, "daily_mg"),
    COLUMNS_END,
};

/* One house formula's herbs, as it was kept or scaled. Herbs that the rule book does not have any more are left out. */
static enum status add_house(struct ctx *c, const struct knowledge *k, const struct prescription_house *house,
                             int source, const struct house_herb *herbs, size_t n, struct merging *all)
{
    struct dosing_line *lines = arena_array(&c->arena, n, sizeof *lines);
    struct weight *weights = arena_array(&c->arena, n, sizeof *weights);
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        struct ref ref = knowledge_find(k, REF_HERB, herbs[i].herb_id);

        if (herbs[i].house_formula_id != house->house_formula_id || ref.kind == REF_NONE)
            continue;
        lines[kept] = (struct dosing_line){ .herb_id = ref.at, .source = source };
        weights[kept++] = herbs[i].daily;
    }
    if (house->scaled.mg > 0 && kept > 0)
        TRY(dosing_scale(c, weights, kept, house->scaled, weights));
    for (size_t i = 0; i < kept; i++)
        lines[i].weight = weights[i];
    add_lines(c, all, lines, kept);
    return ST_OK;
}

static enum status add_houses(struct ctx *c, const struct knowledge *k, const struct prescription *p,
                              struct merging *all)
{
    int64_t *ids = arena_array(&c->arena, p->house_count, sizeof *ids);
    struct house_herb *herbs;
    size_t n;

    if (p->house_count == 0)
        return ST_OK;
    for (size_t i = 0; i < p->house_count; i++)
        ids[i] = p->houses[i].house_formula_id;
    TRY(db_all(c, &q_house_formula_herbs, PARAMS(SHOP(c), I64S(ids, p->house_count)), house_herb_columns,
               sizeof *herbs, &herbs, &n));
    for (size_t i = 0; i < p->house_count; i++)
        TRY(add_house(c, k, &p->houses[i], (int)(p->formula_count + i), herbs, n, all));
    return ST_OK;
}

/* The formulas merged as they stand in the books, then the house formulas as they were kept. Those that the rule book does not have any more are left out. */
static enum status classic_merged(struct ctx *c, const struct knowledge *k, const struct prescription *p,
                                  struct dosing_line **lines, size_t *count)
{
    enum dose_mode mode = was_shared(p) ? MODE_PARTS : MODE_PER_DAY;
    struct merging all = { 0 };

    for (size_t i = 0; i < p->formula_count; i++) {
        struct ref ref = knowledge_find(k, REF_FORMULA, p->formulas[i].formula_id);
        struct classic classic = { .scaled = p->formulas[i].scaled };
        struct dosing_line *part;
        size_t part_count;

        if (ref.kind == REF_NONE)
            continue;
        classic.formula = &k->formulas[ref.at];
        if (mode != MODE_PARTS && classic.scaled.mg == 0 && !classic_has_doses(classic.formula))
            continue;
        TRY(classic_lines(c, &classic, mode, (int)i, &part, &part_count));
        add_lines(c, &all, part, part_count);
    }
    TRY(add_houses(c, k, p, &all));
    return dosing_merge(c, all.lines, all.count, merge_rule_parse(p->merge_rule), lines, count);
}

/* Parts are no weights: they are compared as if the classic made as much a day. */
static enum status scale_parts(struct ctx *c, const struct prescription *p, struct dosing_line *lines,
                               size_t n)
{
    struct weight *weights = arena_array(&c->arena, n, sizeof *weights);

    if (n == 0 || !was_shared(p))
        return ST_OK;
    for (size_t i = 0; i < n; i++)
        weights[i] = lines[i].weight;
    TRY(dosing_scale(c, weights, n, p->daily, weights));
    for (size_t i = 0; i < n; i++)
        lines[i].weight = weights[i];
    return ST_OK;
}

enum status prescription_compare(struct ctx *c, const struct knowledge *k, struct prescription *p)
{
    struct dosing_line *classic, *present = arena_array(&c->arena, p->line_count, sizeof *present);
    struct dosing_difference *differences;
    size_t classic_count, present_count = 0;

    if (p->formula_count + p->house_count == 0)
        return ST_OK;
    TRY(classic_merged(c, k, p, &classic, &classic_count));
    TRY(scale_parts(c, p, classic, classic_count));
    for (size_t i = 0; i < p->line_count; i++) {
        struct ref ref = knowledge_find(k, REF_HERB, p->lines[i].herb_id);

        if (ref.kind != REF_NONE)
            present[present_count++] = (struct dosing_line){ .herb_id = ref.at, .weight = p->lines[i].daily };
    }
    TRY(dosing_merge(c, present, present_count, MERGE_SUM, &present,
                     &present_count)); /* one in a product too */
    dosing_compare(&c->arena, classic, classic_count, present, present_count, &differences,
                   &p->difference_count);
    p->differences = arena_array(&c->arena, p->difference_count, sizeof *p->differences);
    for (size_t i = 0; i < p->difference_count; i++)
        p->differences[i] = (struct prescription_difference){
            .herb_id = k->herbs[differences[i].herb_id].id,
            .name = k->herbs[differences[i].herb_id].name,
            .was = differences[i].was,
            .is = differences[i].is,
        };
    return ST_OK;
}
