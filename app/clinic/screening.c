/* A case expanded to its herbs and looked up in the matrices: pairs of herb, formula or procedure with medicine, condition or
   herb. What holds for a herb by itself is in screening_herbs.c, what is seen over the whole in screening_whole.c. */
#include "clinic/screening.h"

#include <stdlib.h>
#include <string.h>

#include "clinic/screening_run.h"

enum { FINDINGS_FIRST = 32 }; /* room for most cases without growing */

#define FINDING_KIND_WORD(name, word) word,
static const char *const kind_words[FINDING_KIND_COUNT] = { FINDING_KIND_LIST(FINDING_KIND_WORD) };
#undef FINDING_KIND_WORD

const char *finding_kind_word(enum finding_kind kind)
{
    return kind_words[kind];
}

bool finding_interrupts(const struct finding *finding)
{
    return finding->severity >= SEVERITY_MAJOR;
}

void finding_via(struct finding *finding, const char *id)
{
    if (id == NULL || finding->via_count == VIA_MOST)
        return;
    for (uint8_t i = 0; i < finding->via_count; i++)
        if (strcmp(finding->via[i], id) == 0)
            return;
    finding->via[finding->via_count++] = id;
}

struct finding *finding_new(struct screening_run *run, enum finding_kind kind, const struct rule *rule,
                            enum severity severity)
{
    struct finding *finding;

    run->findings = arena_grow(run->arena, run->findings, run->finding_count, &run->finding_capacity,
                               sizeof *run->findings);
    finding = &run->findings[run->finding_count++];
    *finding = (struct finding){ .kind = kind, .severity = severity, .rule = rule };
    return finding;
}

struct finding *finding_general(struct screening_run *run, enum finding_kind kind, enum general_rule which,
                                const struct present *present)
{
    const struct rule *rule = knowledge_general(run->k, which);
    struct finding *finding;

    if (rule == NULL)
        return NULL;
    finding = finding_new(run, kind, rule, rule->severity);
    finding->object = (struct finding_side){ rule->object_word, rule->object_word, NULL };
    if (present != NULL) {
        const struct herb *herb = &run->k->herbs[present->herb];

        finding->subject = (struct finding_side){ herb->id, herb->name, present->item->typed };
        finding->daily = present->daily;
        finding->assumed = present->item->assumed;
        finding_via(finding, present->recipe);
    }
    return finding;
}

/* The first way a herb got into the case that is settled; else the first. */
static const struct present *present_of(const struct screening_run *run, uint16_t herb)
{
    uint32_t at = run->first_of[herb];

    for (uint32_t other = at; other != NO_PRESENT; other = run->presents[other].next)
        if (!run->presents[other].item->assumed)
            return &run->presents[other];
    return &run->presents[at];
}

/* The same rule about the same object, found before: by another form of the herb or on another way. */
static struct finding *found_before(struct screening_run *run, const struct rule *rule, const char *object)
{
    for (size_t i = 0; i < run->finding_count; i++)
        if (run->findings[i].rule == rule && run->findings[i].object.id == object)
            return &run->findings[i];
    return NULL;
}

/* A hit as a finding; NULL when it was shown before (then only its way is added). `herb` is NULL for formulas and procedures. */
static struct finding *finding_of_hit(struct screening_run *run, enum finding_kind kind,
                                      const struct hit *hit, const struct present *herb,
                                      const struct typed_item *item, const char *way, struct ref object,
                                      const struct typed_item *object_item)
{
    const struct knowledge *k = run->k;
    const struct rule *rule = &k->rules[k->rule_lists[hit->first]];
    const char *object_id = ref_id(k, object);
    struct finding *finding = found_before(run, rule, object_id);
    bool assumed = item->assumed || (object_item != NULL && object_item->assumed);
    struct ref subject = rule->subject;

    if (finding != NULL) {
        finding_via(finding, way);
        if (herb != NULL && finding->subject.id != k->herbs[herb->herb].id)
            finding_via(finding, k->herbs[herb->herb].id);
        finding->assumed = finding->assumed && assumed;
        return NULL;
    }
    finding = finding_new(run, kind, rule, (enum severity)hit->severity);
    if (subject.kind == REF_NONE && herb != NULL)
        subject = (struct ref){ REF_HERB, herb->herb };
    finding->subject = (struct finding_side){ ref_id(k, subject), ref_name(k, subject), item->typed };
    finding->object = (struct finding_side){ object_id, ref_name(k, object),
                                             object_item == NULL ? NULL : object_item->typed };
    finding->assumed = assumed;
    finding->if_class = hit->if_class;
    finding->others = &k->rule_lists[hit->first + 1];
    finding->other_count = (size_t)hit->count - 1;
    finding_via(finding, way);
    if (herb != NULL) {
        finding->daily = herb->daily;
        if (subject.kind == REF_HERB && subject.at != herb->herb)
            finding_via(finding, k->herbs[herb->herb].id);
    }
    if (rule->object.kind == REF_DRUG_CLASS && !ref_same(rule->object, object)) {
        finding->drug_class = ref_id(k, rule->object);
        finding_via(finding, finding->drug_class);
    }
    return finding;
}

static size_t drug_column(const struct knowledge *k, struct ref drug)
{
    return drug.kind == REF_DRUG ? drug.at : k->count[REF_DRUG] + drug.at;
}

/* The hit in a cell, or NULL. */
static const struct hit *hit_at(const struct knowledge *k, const struct matrix *matrix, size_t row,
                                size_t column)
{
    uint16_t cell = matrix->cells[row * matrix->columns + column];

    return cell == 0 ? NULL : &k->hits[cell];
}

static enum finding_kind condition_kind(const struct knowledge *k, struct ref condition)
{
    const char *id = ref_id(k, condition);

    return strcmp(id, "pregnancy") == 0       ? FINDING_PREGNANCY
           : strcmp(id, "breastfeeding") == 0 ? FINDING_LACTATION
                                              : FINDING_HERB_CONDITION;
}

static void screen_herb_pairs(struct screening_run *run)
{
    const struct knowledge *k = run->k;

    for (size_t h = 0; h < run->herb_count; h++) {
        const struct present *herb = present_of(run, run->herbs[h]);

        for (size_t d = 0; d < run->taken_count; d++) {
            const struct hit *hit = hit_at(k, &k->herb_drug, herb->herb, drug_column(k, run->taken[d].ref));

            if (hit != NULL)
                (void)finding_of_hit(run, FINDING_HERB_DRUG, hit, herb, herb->item, herb->recipe,
                                     run->taken[d].ref, run->taken[d].item);
        }
        for (size_t i = 0; i < run->in->condition_count; i++) {
            const struct typed_item *condition = &run->in->conditions[i];
            const struct hit *hit = hit_at(k, &k->herb_condition, herb->herb, condition->ref.at);

            if (hit != NULL)
                (void)finding_of_hit(run, condition_kind(k, condition->ref), hit, herb, herb->item,
                                     herb->recipe, condition->ref, condition);
        }
    }
}

static bool descends(const struct knowledge *k, uint16_t herb, uint16_t from)
{
    while (herb != from && k->herbs[herb].parent != NO_PARENT)
        herb = k->herbs[herb].parent;
    return herb == from;
}

/* Subject and object stand as in the rule; each side shows the herb that was typed for it. */
static void screen_herb_herb(struct screening_run *run)
{
    const struct knowledge *k = run->k;

    for (size_t i = 0; i < run->herb_count; i++)
        for (size_t j = i + 1; j < run->herb_count; j++) {
            const struct hit *hit = hit_at(k, &k->herb_herb, run->herbs[i], run->herbs[j]);
            const struct present *a = present_of(run, run->herbs[i]);
            const struct present *b = present_of(run, run->herbs[j]);
            const struct rule *rule;
            struct finding *finding;

            if (hit == NULL || (a->item->assumed && b->item->assumed && a->item->typed == b->item->typed))
                continue;
            rule = &k->rules[k->rule_lists[hit->first]];
            if (!descends(k, a->herb, rule->subject.at)) {
                const struct present *swap = a;

                a = b;
                b = swap;
            }
            finding =
                finding_of_hit(run, FINDING_HERB_HERB, hit, a, a->item, a->recipe, rule->object, b->item);
            if (finding == NULL)
                continue;
            finding_via(finding, b->recipe);
            if (b->herb != rule->object.at)
                finding_via(finding, k->herbs[b->herb].id);
        }
}

/* Formulas and procedures have rules of their own. */
static void screen_own_rules(struct screening_run *run, const struct typed_item *item, struct ref ref,
                             const char *way)
{
    const struct knowledge *k = run->k;
    bool formula = ref.kind == REF_FORMULA;
    const struct matrix *drugs = formula ? &k->formula_drug : &k->procedure_drug;
    const struct matrix *conditions = formula ? &k->formula_condition : &k->procedure_condition;

    for (size_t d = 0; d < run->taken_count; d++) {
        const struct hit *hit = hit_at(k, drugs, ref.at, drug_column(k, run->taken[d].ref));

        if (hit != NULL)
            (void)finding_of_hit(run, formula ? FINDING_FORMULA_DRUG : FINDING_PROCEDURE, hit, NULL, item,
                                 way, run->taken[d].ref, run->taken[d].item);
    }
    for (size_t i = 0; i < run->in->condition_count; i++) {
        const struct typed_item *condition = &run->in->conditions[i];
        const struct hit *hit = hit_at(k, conditions, ref.at, condition->ref.at);

        if (hit != NULL)
            (void)finding_of_hit(run, formula ? condition_kind(k, condition->ref) : FINDING_PROCEDURE, hit,
                                 NULL, item, way, condition->ref, condition);
    }
}

/* A salicylate for the skin, named itself or in a product, is used as the liniment the procedure rules speak of. */
static void screen_liniments(struct screening_run *run)
{
    const struct knowledge *k = run->k;

    if (k->topical_liniment.kind == REF_NONE || k->topical_salicylate.kind == REF_NONE)
        return;
    for (size_t i = 0; i < run->taken_count; i++)
        if (ref_in_class(k, run->taken[i].ref, k->topical_salicylate.at))
            screen_own_rules(run, run->taken[i].item, k->topical_liniment,
                             ref_id(k, run->taken[i].item->ref));
}

static void screen_items(struct screening_run *run)
{
    const struct knowledge *k = run->k;

    for (size_t i = 0; i < run->in->item_count; i++) {
        const struct typed_item *item = &run->in->items[i];

        if (item->ref.kind == REF_FORMULA || item->ref.kind == REF_PROCEDURE)
            screen_own_rules(run, item, item->ref, NULL);
        if (item->ref.kind == REF_PRODUCT && k->products[item->ref.at].formula != NO_PARENT)
            screen_own_rules(run, item, (struct ref){ REF_FORMULA, k->products[item->ref.at].formula },
                             k->products[item->ref.at].id);
        for (size_t other = 0; other < item->also_count; other++)
            if (item->also[other].kind == REF_FORMULA)
                screen_own_rules(run, item, item->also[other], ref_id(k, item->ref));
    }
}

/* The gravest first; settled before assumed; then by kind and id, so that an answer is always in the same order. */
static int by_gravity(const void *a, const void *b)
{
    const struct finding *x = a;
    const struct finding *y = b;
    int order;

    if (x->severity != y->severity)
        return x->severity > y->severity ? -1 : 1;
    if (x->assumed != y->assumed)
        return x->assumed ? 1 : -1;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    order = strcmp(x->subject.id, y->subject.id);
    if (order == 0)
        order = strcmp(x->object.id, y->object.id);
    return order != 0 ? order : strcmp(x->rule->id, y->rule->id);
}

void screening_run(struct arena *arena, const struct knowledge *knowledge, const struct screening_case *in,
                   struct screening *out)
{
    struct screening_run run = { .arena = arena, .k = knowledge, .in = in };

    run.findings = arena_array(arena, FINDINGS_FIRST, sizeof *run.findings);
    run.finding_capacity = FINDINGS_FIRST;
    screen_expand(&run);
    screen_herb_pairs(&run);
    screen_herb_herb(&run);
    screen_items(&run);
    screen_liniments(&run);
    screen_herbs(&run);
    screen_whole(&run);
    if (run.finding_count > 1)
        qsort(run.findings, run.finding_count, sizeof *run.findings, by_gravity);
    *out = (struct screening){ .findings = run.findings,
                               .count = run.finding_count,
                               .worst = run.finding_count == 0 ? SEVERITY_NONE : run.findings[0].severity };
}
