/* Who meets whom: herbs with medicines, conditions and each other, formulas and procedures with theirs. The matrices say what is known
   of a pair; here it is decided what of that holds in this case. */
#include <string.h>

#include "clinic/screening_run.h"

const struct present *present_of(const struct screening_run *run, uint16_t herb)
{
    uint32_t at = run->first_of[herb];

    for (uint32_t other = at; other != NO_PRESENT; other = run->presents[other].next)
        if (!run->presents[other].item->assumed &&
            (run->presents[other].course == NULL || run->presents[at].course != NULL))
            return &run->presents[other];
    return &run->presents[at];
}

size_t drug_column(const struct knowledge *k, struct ref drug)
{
    return drug.kind == REF_DRUG ? drug.at : k->count[REF_DRUG] + drug.at;
}

static const struct hit *hit_at(const struct knowledge *k, const struct matrix *matrix, size_t row,
                                size_t column)
{
    uint16_t cell = matrix->cells[row * matrix->columns + column];

    return cell == 0 ? NULL : &k->hits[cell];
}

static bool about_operation(const struct screening_run *run, const struct meeting *m)
{
    return run->dated && day_said(run->in->surgery_on) && ref_same(m->object, run->k->surgery) &&
           run->in->surgery_on.days >= run->in->on.days;
}

/* How grave a rule of the meeting is in this case; SEVERITY_NONE when it does not hold. */
static enum severity severity_here(struct screening_run *run, const struct meeting *m, uint32_t at)
{
    const struct rule *rule = &run->k->rules[run->k->rule_lists[at]];
    enum severity severity = (enum severity)run->k->list_severities[at];
    bool assumed;

    if (m->item->stopped && days_since(run, m->item) > rule_lasts(run->k, rule, &assumed))
        return SEVERITY_NONE;
    if (about_operation(run, m) && !surgery_concerns(run, rule))
        return SEVERITY_NONE;
    if (rule->threshold.mg > 0 && m->herb != NULL && !m->item->stopped) {
        struct weight sum = sum_of_base(run, run->k->herbs[m->herb->herb].base);

        if (sum.mg > 0 && sum.mg < rule->threshold.mg && severity > rule->below)
            severity = rule->below;
    }
    return severity;
}

/* The rules of a meeting that hold, weighed one by one: the gravest is shown, the first among equals. */
static struct shown weigh(struct screening_run *run, const struct meeting *m)
{
    const struct hit *hit = m->hit;
    uint16_t *others = arena_array(run->arena, hit->count, sizeof *others);
    uint8_t *severities = arena_array(run->arena, hit->count, sizeof *severities);
    struct shown shown = { .others = others, .other_severities = severities };
    uint32_t best = 0;

    for (uint32_t i = 0; i < hit->count; i++) {
        enum severity severity = severity_here(run, m, hit->first + i);

        if (severity > shown.severity) {
            shown.severity = severity;
            best = hit->first + i;
        }
    }
    if (shown.severity == SEVERITY_NONE)
        return (struct shown){ .rule = NULL };
    shown.rule = &run->k->rules[run->k->rule_lists[best]];
    for (uint32_t i = hit->first; i < hit->first + hit->count; i++) {
        enum severity severity = severity_here(run, m, i);

        if (i == best || severity == SEVERITY_NONE)
            continue;
        others[shown.other_count] = run->k->rule_lists[i];
        severities[shown.other_count++] = (uint8_t)severity;
    }
    return shown;
}

struct shown meeting_shown(struct screening_run *run, const struct meeting *m)
{
    const struct knowledge *k = run->k;
    const struct hit *hit = m->hit;

    if (hit->graded || m->item->stopped || about_operation(run, m))
        return weigh(run, m);
    return (struct shown){ &k->rules[k->rule_lists[hit->first]], (enum severity)hit->severity,
                           &k->rule_lists[hit->first + 1], &k->list_severities[hit->first + 1],
                           (size_t)hit->count - 1 };
}

/* The same rule about the same object, found before: by another form of the herb or on another way. */
static struct finding *found_before(struct screening_run *run, const struct rule *rule, const char *object)
{
    for (size_t i = 0; i < run->finding_count; i++)
        if (run->findings[i].rule == rule && run->findings[i].object.id == object)
            return &run->findings[i];
    return NULL;
}

static void add_way(const struct screening_run *run, const struct meeting *m, struct finding *finding)
{
    finding_via(finding, m->way);
    if (m->herb != NULL && finding->subject.id != run->k->herbs[m->herb->herb].id)
        finding_via(finding, run->k->herbs[m->herb->herb].id);
}

static void describe(struct screening_run *run, const struct meeting *m, const struct shown *shown,
                     struct finding *finding)
{
    const struct knowledge *k = run->k;
    const struct rule *rule = shown->rule;
    struct ref subject = rule->subject;

    if (subject.kind == REF_NONE && m->herb != NULL)
        subject = (struct ref){ REF_HERB, m->herb->herb };
    finding->subject = (struct finding_side){ ref_id(k, subject), ref_name(k, subject), m->item->typed };
    finding->object = (struct finding_side){ ref_id(k, m->object), ref_name(k, m->object),
                                             m->object_item == NULL ? NULL : m->object_item->typed };
    finding->subject_rank = ref_rank(k, subject);
    finding->object_rank = ref_rank(k, m->object);
    finding->if_class = m->hit->if_class;
    finding->others = shown->others;
    finding->other_severities = shown->other_severities;
    finding->other_count = shown->other_count;
    finding->lowered = shown->severity < rule->severity;
    add_way(run, m, finding);
    if (m->herb != NULL && !m->item->stopped) {
        finding->daily = m->herb->next == NO_PRESENT ? m->herb->daily : sum_dose(run, m->herb->herb).daily;
        if (rule->threshold.mg > 0)
            finding->sum = sum_of_base(run, k->herbs[m->herb->herb].base);
    }
    if (rule->object.kind == REF_DRUG_CLASS && !ref_same(rule->object, m->object)) {
        finding->drug_class = ref_id(k, rule->object);
        finding_via(finding, finding->drug_class);
    }
    finding_days(run, m, finding);
}

struct finding *finding_of_meeting(struct screening_run *run, const struct meeting *m)
{
    struct shown shown = meeting_shown(run, m);
    bool assumed = m->item->assumed || (m->object_item != NULL && m->object_item->assumed);
    struct finding *finding;

    if (shown.rule == NULL)
        return NULL;
    finding = found_before(run, shown.rule, ref_id(run->k, m->object));
    if (finding != NULL) {
        add_way(run, m, finding);
        finding->assumed = finding->assumed && assumed;
        return NULL;
    }
    finding = finding_new(run, m->kind, shown.rule, shown.severity);
    finding->assumed = assumed;
    describe(run, m, &shown, finding);
    return finding;
}

static enum finding_kind condition_kind(const struct knowledge *k, struct ref condition)
{
    return ref_same(condition, k->pregnancy)       ? FINDING_PREGNANCY
           : ref_same(condition, k->breastfeeding) ? FINDING_LACTATION
                                                   : FINDING_HERB_CONDITION;
}

/* A herb with every medicine. */
static void screen_drugs(struct screening_run *run, const struct present *herb)
{
    for (size_t d = 0; d < run->taken_count; d++) {
        const struct taken *taken = &run->taken[d];
        const struct hit *hit =
            hit_at(run->k, &run->k->herb_drug, herb->herb, drug_column(run->k, taken->ref));

        if (hit != NULL)
            (void)finding_of_meeting(run, &(struct meeting){ FINDING_HERB_DRUG, hit, herb, herb->item,
                                                             herb->recipe, taken->ref, taken->item });
    }
}

void screen_herb_pairs(struct screening_run *run)
{
    for (size_t h = 0; h < run->herb_count; h++) {
        const struct present *herb = present_of(run, run->herbs[h]);

        screen_drugs(run, herb);
        for (size_t i = 0; i < run->condition_count; i++) {
            const struct typed_item *condition = &run->conditions[i];
            const struct hit *hit = hit_at(run->k, &run->k->herb_condition, herb->herb, condition->ref.at);

            if (hit != NULL)
                (void)finding_of_meeting(run, &(struct meeting){ condition_kind(run->k, condition->ref), hit,
                                                                 herb, herb->item, herb->recipe,
                                                                 condition->ref, condition });
        }
    }
    for (size_t i = 0; i < run->stopped.count; i++)
        screen_drugs(run, &run->stopped.list[i]);
}

bool herb_descends(const struct knowledge *k, uint16_t herb, uint16_t from)
{
    while (herb != from && k->herbs[herb].parent != NO_PARENT)
        herb = k->herbs[herb].parent;
    return herb == from;
}

/* Subject and object stand as in the rule; each side shows the herb that was typed for it. */
static void screen_pair(struct screening_run *run, uint16_t one, uint16_t other)
{
    const struct knowledge *k = run->k;
    const struct hit *hit = hit_at(k, &k->herb_herb, one, other);
    const struct present *a, *b;
    const struct rule *rule;
    struct finding *finding;

    if (hit == NULL)
        return;
    a = present_of(run, one);
    b = present_of(run, other);
    if (a->item->assumed && b->item->assumed && a->item->typed == b->item->typed)
        return;
    rule = &k->rules[k->rule_lists[hit->first]];
    if (!herb_descends(k, a->herb, rule->subject.at)) {
        const struct present *swap = a;

        a = b;
        b = swap;
    }
    finding = finding_of_meeting(
        run, &(struct meeting){ FINDING_HERB_HERB, hit, a, a->item, a->recipe, rule->object, b->item });
    if (finding == NULL)
        return;
    finding_via(finding, b->recipe);
    if (b->herb != rule->object.at)
        finding_via(finding, k->herbs[b->herb].id);
    if (a->course != NULL || b->course != NULL)
        finding->course = a->course != NULL ? a->course->label : b->course->label;
}

/* Of this case with each other, and with those of other prescriptions. */
void screen_herb_herb(struct screening_run *run)
{
    for (size_t i = 0; i < run->herb_count; i++) {
        for (size_t j = i + 1; j < run->herb_count; j++)
            screen_pair(run, run->herbs[i], run->herbs[j]);
        for (size_t j = 0; j < run->other_count; j++)
            screen_pair(run, run->herbs[i], run->others[j]);
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
            (void)finding_of_meeting(
                run, &(struct meeting){ formula ? FINDING_FORMULA_DRUG : FINDING_PROCEDURE, hit, NULL, item,
                                        way, run->taken[d].ref, run->taken[d].item });
    }
    for (size_t i = 0; i < run->condition_count && !item->stopped; i++) {
        const struct typed_item *condition = &run->conditions[i];
        const struct hit *hit = hit_at(k, conditions, ref.at, condition->ref.at);

        if (hit != NULL)
            (void)finding_of_meeting(
                run, &(struct meeting){ formula ? condition_kind(k, condition->ref) : FINDING_PROCEDURE, hit,
                                        NULL, item, way, condition->ref, condition });
    }
}

/* A salicylate for the skin, named itself or in a product, is used as the liniment the procedure rules speak of. */
void screen_liniments(struct screening_run *run)
{
    const struct knowledge *k = run->k;

    if (k->topical_liniment.kind == REF_NONE || k->topical_salicylate.kind == REF_NONE)
        return;
    for (size_t i = 0; i < run->taken_count; i++)
        if (ref_in_class(k, run->taken[i].ref, k->topical_salicylate.at))
            screen_own_rules(run, run->taken[i].item, k->topical_liniment,
                             ref_id(k, run->taken[i].item->ref));
}

void screen_items(struct screening_run *run)
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
