/* The snapshot's things: herbs with their parents, formulas with their parts, products, drugs and their class tree,
   conditions, procedures. Every reference between them is checked here. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "clinic/knowledge_build.h"

struct id_place {
    const char *id;
    uint16_t at;
};

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct id_place *)a)->id, ((const struct id_place *)b)->id);
}

/* The id index of a kind; `ids` are pointers to the id field of each row, `stride` bytes apart. */
static void index_ids(struct builder *b, enum ref_kind kind, const char *table, const void *rows,
                      size_t stride, size_t count)
{
    struct id_place *places = arena_array(&b->c->arena, count + 1, sizeof *places);
    uint16_t *index = build_array(b, count, sizeof *index);
    uint16_t *rank = build_array(b, count, sizeof *rank);

    if (count >= NO_PARENT) {
        build_wrong(b, table, "", "", "", "has more rows than the snapshot can hold");
        return;
    }
    for (size_t i = 0; i < count; i++)
        places[i] = (struct id_place){ *(const char *const *)(const void *)((const char *)rows + i * stride),
                                       (uint16_t)i };
    qsort(places, count, sizeof *places, by_id);
    for (size_t i = 0; i < count; i++) {
        index[i] = places[i].at;
        rank[places[i].at] = (uint16_t)i;
        if (i > 0 && strcmp(places[i].id, places[i - 1].id) == 0)
            build_wrong(b, table, places[i].id, "id", places[i].id, "an id is used once");
    }
    b->k->by_id[kind] = index;
    b->k->rank[kind] = rank;
    b->k->count[kind] = count;
}

static bool yes(const char *cell)
{
    return strcmp(cell, "yes") == 0 || strcmp(cell, "t") == 0 || strcmp(cell, "true") == 0;
}

static const char *joined(struct builder *b, const char *first, const char *second)
{
    if (*second == '\0')
        return build_text(b, first);
    return build_text(b, arena_printf(&b->c->arena, "%s %s", first, second));
}

static void build_herb(struct builder *b, const struct herb_row *row, struct herb *herb)
{
    static const char *const toxicities[] = { "none", "slightly toxic", "toxic", "very toxic", NULL };
    static const char *const pregnancies[] = { "ok", "caution", "contraindicated", NULL };
    static const char *const statuses[] = { "ok", "restricted", "external_only", "banned", NULL };

    *herb = (struct herb){ .id = build_text(b, row->id),
                           .name = joined(b, row->pinyin, row->hanzi),
                           .english = build_text(b, row->english),
                           .family = "",
                           .notes = build_text(b, row->notes),
                           .source = build_text(b, row->source),
                           .parent = NO_PARENT };
    herb->toxicity = (enum toxicity)build_word(b, toxicities, row->toxicity, "herbs", row->id, "toxicity");
    herb->pregnancy =
        (enum herb_pregnancy)build_word(b, pregnancies, row->pregnancy, "herbs", row->id, "pregnancy");
    herb->status = (enum herb_status)build_word(b, statuses, row->status, "herbs", row->id, "status");
    herb->dose_min = build_grams(b, row->dose_min_g, "herbs", row->id, "dose_min_g");
    herb->dose_max = build_grams(b, row->dose_max_g, "herbs", row->id, "dose_max_g");
    if (herb->dose_min.mg > herb->dose_max.mg)
        build_wrong(b, "herbs", row->id, "dose_min_g", row->dose_min_g, "must not be above dose_max_g");
}

/* Parents make chains, never rings; `base` is the end of the chain. */
static void link_parents(struct builder *b, struct herb *herbs, size_t count)
{
    const struct herb_row *rows = ROWS(b, herbs, herb_row);

    for (size_t i = 0; i < count; i++)
        herbs[i].parent = build_ref(b, REF_HERB, rows[i].parent_id, "herbs", rows[i].id, "parent_id");
    for (size_t i = 0; i < count; i++) {
        uint16_t at = (uint16_t)i;
        int steps = 0;

        while (herbs[at].parent != NO_PARENT && steps++ < 8)
            at = herbs[at].parent;
        if (steps > 7)
            build_wrong(b, "herbs", rows[i].id, "parent_id", rows[i].parent_id,
                        "parents must not form a ring");
        herbs[i].base = at;
    }
}

static void build_herbs(struct builder *b)
{
    const struct herb_row *rows = ROWS(b, herbs, herb_row);
    const struct herb_monograph_row *monographs = ROWS(b, herb_monographs, herb_monograph_row);
    const struct granule_ratio_row *ratios = ROWS(b, granule_ratios, granule_ratio_row);
    size_t count = ROW_COUNT(b, herbs);
    struct herb *herbs = build_array(b, count, sizeof *herbs);

    b->k->herbs = b->herbs = herbs;
    for (size_t i = 0; i < count; i++)
        build_herb(b, &rows[i], &herbs[i]);
    index_ids(b, REF_HERB, "herbs", herbs, sizeof *herbs, count);
    link_parents(b, herbs, count);
    for (size_t i = 0; i < ROW_COUNT(b, herb_monographs); i++) {
        uint16_t at = build_ref(b, REF_HERB, monographs[i].herb_id, "herb_monographs", monographs[i].herb_id,
                                "herb_id");

        if (at != NO_PARENT)
            herbs[at].family = build_text(b, monographs[i].family);
    }
    for (size_t i = 0; i < ROW_COUNT(b, granule_ratios); i++) {
        const struct granule_ratio_row *row = &ratios[i];
        uint16_t at = build_ref(b, REF_HERB, row->herb_id, "granule_ratios", row->herb_id, "herb_id");

        if (at == NO_PARENT)
            continue;
        if (!ratio_parse(row->crude_g_per_g, &herbs[at].granule) ||
            !ratio_parse(row->low, &herbs[at].granule_low) ||
            !ratio_parse(row->high, &herbs[at].granule_high))
            build_wrong(b, "granule_ratios", row->herb_id, "crude_g_per_g", row->crude_g_per_g,
                        "the three ratios must be numbers");
    }
}

/* Only three bases make grams a daily dose; batch weights are never one (reference README, 2). */
static void build_part(struct builder *b, const struct formula_item_row *row, struct formula *formula,
                       struct formula_part *part)
{
    static const char *const bases[] = { "decoction_daily",
                                         "decoction_scaled",
                                         "kampo_daily_crude",
                                         "patent_batch",
                                         "powder_batch",
                                         "pill_batch",
                                         NULL };
    enum { DAILY_BASES = 3 };
    uint16_t herb = build_ref(b, REF_HERB, row->herb_id, "formula_items", row->formula_id, "herb_id");

    if (herb == NO_PARENT)
        return;
    *part = (struct formula_part){ .herb = herb, .exceeds_by_design = yes(row->exceeds_chp_max) };
    part->weight = build_grams(b, row->grams, "formula_items", row->formula_id, "grams");
    if (build_word(b, bases, row->dose_basis, "formula_items", row->formula_id, "dose_basis") < DAILY_BASES)
        part->daily = part->weight;
    formula->kampo = strcmp(row->dose_basis, "kampo_daily_crude") == 0;
    formula->part_count++;
}

static void build_formulas(struct builder *b)
{
    const struct formula_row *rows = ROWS(b, formulas, formula_row);
    const struct formula_item_row *items = ROWS(b, formula_items, formula_item_row);
    size_t count = ROW_COUNT(b, formulas);
    size_t item_count = ROW_COUNT(b, formula_items);
    struct formula *formulas = build_array(b, count, sizeof *formulas);
    struct formula_part *parts = build_array(b, item_count, sizeof *parts);
    uint16_t *of = arena_array(&b->c->arena, item_count + 1, sizeof *of);

    b->k->formulas = formulas;
    for (size_t i = 0; i < count; i++)
        formulas[i] = (struct formula){ .id = build_text(b, rows[i].id),
                                        .name = joined(b, rows[i].pinyin, rows[i].hanzi) };
    index_ids(b, REF_FORMULA, "formulas", formulas, sizeof *formulas, count);
    for (size_t i = 0; i < item_count; i++)
        of[i] = build_ref(b, REF_FORMULA, items[i].formula_id, "formula_items", items[i].formula_id,
                          "formula_id");
    for (size_t f = 0; f < count; f++) {
        formulas[f].parts = parts;
        for (size_t i = 0; i < item_count; i++)
            if (of[i] == f)
                build_part(b, &items[i], &formulas[f], &parts[formulas[f].part_count]);
        parts += formulas[f].part_count;
    }
}

static void build_products(struct builder *b)
{
    const struct product_row *rows = ROWS(b, products, product_row);
    size_t count = ROW_COUNT(b, products);
    struct product *products = build_array(b, count, sizeof *products);

    b->k->products = products;
    for (size_t i = 0; i < count; i++) {
        products[i] = (struct product){ .id = build_text(b, rows[i].id),
                                        .name = joined(b, rows[i].english, rows[i].hanzi),
                                        .external = yes(rows[i].external) };
        products[i].formula =
            build_ref(b, REF_FORMULA, rows[i].formula_id, "products", rows[i].id, "formula_id");
        products[i].herbs = build_refs(b, REF_HERB, rows[i].herb_ids, "products", rows[i].id, "herb_ids",
                                       &products[i].herb_count);
        products[i].drugs = build_refs(b, REF_DRUG, rows[i].screening_drug_ids, "products", rows[i].id,
                                       "screening_drug_ids", &products[i].drug_count);
    }
    index_ids(b, REF_PRODUCT, "products", products, sizeof *products, count);
}

/* Appends `at` to the list unless it is there. */
static void append_class(uint16_t *list, uint16_t *count, uint16_t at)
{
    for (uint16_t i = 0; i < *count; i++)
        if (list[i] == at)
            return;
    list[(*count)++] = at;
}

/* Follows the parents of every class of the list, nearest first. */
static const uint16_t *with_parents(struct builder *b, const uint16_t *parent, uint16_t *list,
                                    uint16_t *count)
{
    uint16_t *kept;

    for (uint16_t i = 0; i < *count; i++)
        if (parent[list[i]] != NO_PARENT)
            append_class(list, count, parent[list[i]]);
    kept = build_array(b, *count, sizeof *kept);
    memcpy(kept, list, *count * sizeof *kept);
    return kept;
}

static const char *words_of_id(struct builder *b, const char *id)
{
    char *words = arena_text(&b->c->arena, id);

    for (char *at = words; *at != '\0'; at++)
        if (*at == '_')
            *at = ' ';
    return build_text(b, words);
}

static void build_classes(struct builder *b, struct thing *classes, uint16_t *parent, uint16_t *list)
{
    const struct drug_class_row *rows = ROWS(b, drug_classes, drug_class_row);
    size_t count = ROW_COUNT(b, drug_classes);

    for (size_t i = 0; i < count; i++)
        classes[i] = (struct thing){ .id = build_text(b, rows[i].class_id),
                                     .name = words_of_id(b, rows[i].class_id),
                                     .code = "",
                                     .lasting_source = build_text(b, rows[i].lasting_source),
                                     .lasting_days = build_days(b, rows[i].lasting_days, "drug_classes",
                                                                rows[i].class_id, "lasting_days") };
    index_ids(b, REF_DRUG_CLASS, "drug_classes", classes, sizeof *classes, count);
    for (size_t i = 0; i < count; i++)
        parent[i] = build_ref(b, REF_DRUG_CLASS, rows[i].parent_class_id, "drug_classes", rows[i].class_id,
                              "parent_class_id");
    for (size_t i = 0; i < count; i++) {
        list[0] = (uint16_t)i;
        classes[i].class_count = 1;
        classes[i].classes = with_parents(b, parent, list, &classes[i].class_count);
    }
}

/* A drug's classes are named in its own row and in the members of a class; both count. */
static void classify_drugs(struct builder *b, struct thing *drugs, const uint16_t *parent, uint16_t *list)
{
    const struct drug_row *rows = ROWS(b, drugs, drug_row);
    const struct drug_class_row *class_rows = ROWS(b, drug_classes, drug_class_row);
    size_t class_count = ROW_COUNT(b, drug_classes);
    const uint16_t **members = arena_array(&b->c->arena, class_count + 1, sizeof *members);
    uint16_t *member_count = arena_array(&b->c->arena, class_count + 1, sizeof *member_count);

    for (size_t at = 0; at < class_count; at++)
        members[at] = build_refs(b, REF_DRUG, class_rows[at].members, "drug_classes", class_rows[at].class_id,
                                 "members", &member_count[at]);
    for (size_t i = 0; i < ROW_COUNT(b, drugs); i++) {
        uint16_t own;
        const uint16_t *named =
            build_refs(b, REF_DRUG_CLASS, rows[i].classes, "drugs", rows[i].id, "classes", &own);

        for (uint16_t n = 0; n < own; n++)
            append_class(list, &drugs[i].class_count, named[n]);
        for (size_t at = 0; at < class_count; at++)
            for (uint16_t m = 0; m < member_count[at]; m++)
                if (members[at][m] == i)
                    append_class(list, &drugs[i].class_count, (uint16_t)at);
        drugs[i].classes = with_parents(b, parent, list, &drugs[i].class_count);
    }
}

/* What has no figure of its own lasts as long as its nearest class with one says. */
static void inherit_lasting(const struct knowledge *k, struct thing *things, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (uint16_t at = 0; at < things[i].class_count && things[i].lasting_days == 0; at++) {
            things[i].lasting_days = k->classes[things[i].classes[at]].lasting_days;
            things[i].lasting_source = k->classes[things[i].classes[at]].lasting_source;
        }
}

static void build_drugs(struct builder *b)
{
    const struct drug_row *rows = ROWS(b, drugs, drug_row);
    size_t count = ROW_COUNT(b, drugs);
    size_t class_count = ROW_COUNT(b, drug_classes);
    struct thing *drugs = build_array(b, count, sizeof *drugs);
    struct thing *classes = build_array(b, class_count, sizeof *classes);
    uint16_t *parent = arena_array(&b->c->arena, class_count + 1, sizeof *parent);
    uint16_t *list = arena_array(&b->c->arena, class_count + 1, sizeof *list);

    b->k->drugs = drugs;
    b->k->classes = classes;
    for (size_t i = 0; i < count; i++)
        drugs[i] = (struct thing){ .id = build_text(b, rows[i].id),
                                   .name = build_text(b, rows[i].generic_inn),
                                   .code = build_text(b, rows[i].atc),
                                   .lasting_source = build_text(b, rows[i].lasting_source),
                                   .lasting_days = build_days(b, rows[i].lasting_days, "drugs", rows[i].id,
                                                              "lasting_days") };
    index_ids(b, REF_DRUG, "drugs", drugs, sizeof *drugs, count);
    build_classes(b, classes, parent, list);
    classify_drugs(b, drugs, parent, list);
    inherit_lasting(b->k, classes, class_count);
    inherit_lasting(b->k, drugs, count);
}

static int build_months(struct builder *b, const char *cell, const char *id)
{
    return strcmp(cell, "0") == 0 ? 0 : build_days(b, cell, "conditions", id, "age_from_months");
}

static void build_conditions(struct builder *b)
{
    const struct condition_row *rows = ROWS(b, conditions, condition_row);
    const struct procedure_row *procedure_rows = ROWS(b, procedures, procedure_row);
    struct thing *conditions = build_array(b, ROW_COUNT(b, conditions), sizeof *conditions);
    struct thing *procedures = build_array(b, ROW_COUNT(b, procedures), sizeof *procedures);

    b->k->conditions = conditions;
    b->k->procedures = procedures;
    for (size_t i = 0; i < ROW_COUNT(b, conditions); i++)
        conditions[i] = (struct thing){ .id = build_text(b, rows[i].id),
                                        .name = build_text(b, rows[i].english),
                                        .code = build_text(b, rows[i].icd10),
                                        .age_from = build_months(b, rows[i].age_from_months, rows[i].id),
                                        .age_below = build_months(b, rows[i].age_below_months, rows[i].id) };
    for (size_t i = 0; i < ROW_COUNT(b, procedures); i++)
        procedures[i] = (struct thing){ .id = build_text(b, procedure_rows[i].id),
                                        .name = build_text(b, procedure_rows[i].english),
                                        .code = "" };
    index_ids(b, REF_CONDITION, "conditions", conditions, sizeof *conditions, ROW_COUNT(b, conditions));
    index_ids(b, REF_PROCEDURE, "procedures", procedures, sizeof *procedures, ROW_COUNT(b, procedures));
}

void build_things(struct builder *b)
{
    build_herbs(b);
    build_formulas(b);
    build_drugs(b);
    build_products(b);
    build_conditions(b);
}
