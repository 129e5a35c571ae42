/* What is in a case, herb by herb: formulas and products taken apart, typed changes applied, medicines inside products added. */
#include <string.h>

#include "clinic/screening_run.h"

static void add_aside(struct screening_run *run, struct present_list *aside, const struct present *present)
{
    aside->list = arena_grow(run->arena, aside->list, aside->count, &aside->capacity, sizeof *aside->list);
    aside->list[aside->count] = *present;
    aside->list[aside->count++].course = run->course;
}

/* Items of the case come before those of other prescriptions, so a herb's first way is its own whenever there is one. */
static void add_present(struct screening_run *run, const struct present *present)
{
    uint32_t *last = &run->first_of[present->herb];

    if (run->course_over) {
        add_aside(run, &run->past, present);
        return;
    }
    if (present->item->stopped) {
        if (run->course == NULL)
            add_aside(run, &run->stopped, present);
        return;
    }
    if (*last == NO_PRESENT && run->course == NULL)
        run->herbs[run->herb_count++] = present->herb;
    if (*last == NO_PRESENT && run->course != NULL)
        run->others[run->other_count++] = present->herb;
    while (*last != NO_PRESENT)
        last = &run->presents[*last].next;
    *last = (uint32_t)run->present_count; /* before the list may move */
    run->presents = arena_grow(run->arena, run->presents, run->present_count, &run->present_capacity,
                               sizeof *run->presents);
    run->presents[run->present_count] = *present;
    run->presents[run->present_count].course = run->course;
    run->presents[run->present_count++].next = NO_PRESENT;
}

/* Granules count as the raw herb they were made from; without the supplier's figure, with the highest likely ratio. */
static void add_herb(struct screening_run *run, const struct typed_item *item)
{
    const struct herb *herb = &run->k->herbs[item->ref.at];
    struct present present = { .herb = item->ref.at, .item = item };

    if (item->form == DOSE_RAW)
        present.daily = item->daily;
    if (item->form == DOSE_GRANULE && herb->granule_high.num > 0) {
        present.daily.mg = scale_i64(item->daily.mg, herb->granule_high.num, herb->granule_high.den);
        present.from_granule = true;
    }
    present.dose_typed = present.daily.mg > 0;
    add_present(run, &present);
}

/* The typed change of a formula's herb: of this herb, of its other form, or of one easily taken for it. */
static const struct typed_part *change_of(const struct screening_run *run, const struct typed_item *item,
                                          uint16_t herb)
{
    for (size_t i = 0; i < item->part_count; i++) {
        uint16_t typed = item->parts[i].herb;

        if (typed == herb || run->k->herbs[typed].base == run->k->herbs[herb].base ||
            names_confusable(run->k, typed, herb))
            return &item->parts[i];
    }
    return NULL;
}

static void add_typed_parts(struct screening_run *run, const struct typed_item *item, const char *recipe)
{
    for (size_t i = 0; i < item->part_count; i++) {
        struct present present = { .herb = item->parts[i].herb, .item = item, .recipe = recipe };

        present.daily = item->parts[i].daily;
        present.dose_typed = present.daily.mg > 0;
        add_present(run, &present);
    }
}

static void add_formula(struct screening_run *run, const struct typed_item *item, uint16_t at,
                        const char *recipe)
{
    const struct formula *formula = &run->k->formulas[at];

    for (uint16_t i = 0; i < formula->part_count; i++) {
        const struct formula_part *part = &formula->parts[i];
        const struct typed_part *change = change_of(run, item, part->herb);
        struct present present = { .herb = part->herb, .item = item, .recipe = recipe };

        if (part->exceeds_by_design)
            present.classic = part->daily;
        if (change != NULL && change->herb != part->herb)
            continue;
        present.daily = item->form == DOSE_OTHER ? ((struct weight){ 0 }) : part->daily;
        if (change != NULL && change->daily.mg > 0) {
            present.daily = change->daily;
            present.dose_typed = true;
        }
        add_present(run, &present);
    }
    for (size_t i = 0; i < item->part_count; i++) { /* herbs the formula does not have, or not in this form */
        struct typed_item one = *item;
        bool there = false;

        for (uint16_t p = 0; p < formula->part_count; p++)
            there = there || formula->parts[p].herb == item->parts[i].herb;
        one.parts = &item->parts[i];
        one.part_count = 1;
        if (!there) {
            struct typed_item *kept = arena_alloc(run->arena, sizeof *kept);

            *kept = one;
            add_typed_parts(run, kept, recipe);
        }
    }
}

/* A medicine taken now stands before the same one stopped; one whose effect is over is not taken. */
static void add_taken(struct screening_run *run, struct ref ref, const struct typed_item *item)
{
    bool assumed;

    if (item->stopped && days_since(run, item) > drug_lasts(run->k, ref, &assumed))
        return;
    for (size_t i = 0; i < run->taken_count; i++)
        if (ref_same(run->taken[i].ref, ref)) {
            if (run->taken[i].item->stopped && !item->stopped)
                run->taken[i].item = item;
            return;
        }
    run->taken =
        arena_grow(run->arena, run->taken, run->taken_count, &run->taken_capacity, sizeof *run->taken);
    run->taken[run->taken_count++] = (struct taken){ ref, item };
}

/* The herbs of a product for the skin do not reach the blood in a way the rules speak of; its medicines are looked at. */
static void add_product(struct screening_run *run, const struct typed_item *item)
{
    const struct product *product = &run->k->products[item->ref.at];

    for (uint16_t i = 0; i < product->drug_count && !run->course_over; i++)
        add_taken(run, (struct ref){ REF_DRUG, product->drugs[i] }, item);
    if (product->external)
        return;
    if (product->formula != NO_PARENT && product->herb_count == 0) {
        struct typed_item *undosed = arena_alloc(run->arena, sizeof *undosed);

        *undosed = *item;
        undosed->form = DOSE_OTHER;
        add_formula(run, undosed, product->formula, product->id);
        return;
    }
    for (uint16_t i = 0; i < product->herb_count; i++)
        if (change_of(run, item, product->herbs[i]) == NULL)
            add_present(run,
                        &(struct present){ .herb = product->herbs[i], .item = item, .recipe = product->id });
    add_typed_parts(run, item, product->id);
}

static void add_items(struct screening_run *run, const struct typed_item *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct typed_item *item = &items[i];

        if (item->ref.kind == REF_HERB)
            add_herb(run, item);
        else if (item->ref.kind == REF_FORMULA)
            add_formula(run, item, item->ref.at, run->k->formulas[item->ref.at].id);
        else if (item->ref.kind == REF_PRODUCT)
            add_product(run, item);
    }
}

void screen_expand(struct screening_run *run)
{
    size_t herbs = run->k->count[REF_HERB];

    run->first_of = arena_array(run->arena, herbs, sizeof *run->first_of);
    memset(run->first_of, 0xFF, herbs * sizeof *run->first_of);
    run->herbs = arena_array(run->arena, herbs, sizeof *run->herbs);
    for (size_t i = 0; i < run->in->drug_count; i++)
        add_taken(run, run->in->drugs[i].ref, &run->in->drugs[i]);
    add_items(run, run->in->items, run->in->item_count);
    if (run->in->course_count > 0)
        run->others = arena_array(run->arena, herbs, sizeof *run->others);
    for (size_t i = 0; i < run->in->course_count; i++) {
        run->course = &run->in->courses[i];
        run->course_over = !course_beside(run, run->course);
        add_items(run, run->course->items, run->course->item_count);
    }
    run->course = NULL;
    run->course_over = false;
}
