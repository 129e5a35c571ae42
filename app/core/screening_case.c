/* The case of a prescription and its patient, put before the engine. Every name the patient's profile holds is either screened
   or comes back as "not checked". Where the facts come from is no matter here: core/screening_facts.c reads those of one
   prescription, core/rescreen.c those of thousands. */
#include <string.h>

#include "base/text.h"
#include "core/screening_parts.h"

struct gap {
    enum general_rule general;
    const char *part, *typed, *why;
};

static const enum general_rule general_of[PROFILE_PART_COUNT] = {
    [PROFILE_MEDICINES] = GENERAL_NOT_CHECKED_MEDICINE,
    [PROFILE_CONDITIONS] = GENERAL_NOT_CHECKED_CONDITION,
    [PROFILE_ALLERGIES] = GENERAL_NOT_CHECKED_ALLERGY,
    [PROFILE_OPERATIONS] = GENERAL_NOT_CHECKED_CONDITION,
};

struct run {
    struct arena *arena;
    const struct knowledge *k;
    const struct case_facts *facts;
    struct understood understood; /* medicines and conditions; herbs typed among them too */
    struct typed_allergies allergies;
    struct screening_course *courses;
    struct gap *gaps;
    size_t gap_count, gap_capacity;
    struct stored_finding *findings;
    size_t count, capacity;
};

static void add_gap(struct run *r, enum general_rule general, const char *part, const char *typed,
                    const char *why)
{
    r->gaps = arena_grow(r->arena, r->gaps, r->gap_count, &r->gap_capacity, sizeof *r->gaps);
    r->gaps[r->gap_count++] = (struct gap){ general, part, typed, why };
}

static void add_known(struct run *r, struct typed_item **list, size_t *count, size_t *capacity,
                      struct ref ref, const char *typed)
{
    *list = arena_grow(r->arena, *list, *count, capacity, sizeof **list);
    (*list)[(*count)++] = (struct typed_item){ .typed = typed, .ref = ref };
}

/* What could not be settled about the names added since `gaps` and `questions` were so many. */
static void take_gaps(struct run *r, enum profile_part part, size_t gaps, size_t questions)
{
    struct understood *u = &r->understood;

    for (size_t i = gaps; i < u->gap_count; i++)
        add_gap(r, general_of[part], profile_part_word(part), u->gaps[i].typed, u->gaps[i].why);
    for (size_t i = questions; i < u->question_count; i++) {
        struct text why;

        text_init(&why, r->arena);
        text_add(&why, "means several things");
        for (size_t j = 0; j < u->questions[i].candidate_count; j++)
            text_addf(&why, "%s %s", j == 0 ? ":" : ",", ref_name(r->k, u->questions[i].candidates[j].ref));
        add_gap(r, general_of[part], profile_part_word(part), u->questions[i].typed, why.data);
    }
}

/* What was stopped counts from the day it was last taken. A line may say so itself, "stopped 5 days ago": before the day it was
   written down. */
static void mark_stopped(struct typed_item *items, size_t from, size_t count, const struct profile_row *row)
{
    if (!date_is_none(row->stopped_on))
        typed_stopped_on(items, from, count, row->stopped_on);
    for (size_t i = from; i < count; i++)
        if (items[i].stopped && items[i].stopped_on.days == 0)
            items[i].stopped_on = date_plus_days(row->noted_on, -items[i].stopped_ago);
}

static void add_medicines(struct run *r)
{
    struct understood *u = &r->understood;
    const struct profile_row *rows = r->facts->profile[PROFILE_MEDICINES];

    for (size_t i = 0; i < r->facts->profile_count[PROFILE_MEDICINES]; i++) {
        struct ref ref = knowledge_find(r->k, REF_DRUG, rows[i].ref_id);
        size_t gaps = u->gap_count, questions = u->question_count;
        size_t items = u->item_count, drugs = u->drug_count;

        if (*rows[i].ref_id != '\0' && ref.kind != REF_NONE)
            add_known(r, &u->drugs, &u->drug_count, &u->drug_capacity, ref, rows[i].typed);
        else
            typed_drug_add(r->arena, r->k, rows[i].typed, NULL, u);
        mark_stopped(u->items, items, u->item_count, &rows[i]);
        mark_stopped(u->drugs, drugs, u->drug_count, &rows[i]);
        take_gaps(r, PROFILE_MEDICINES, gaps, questions);
    }
}

static void add_conditions(struct run *r)
{
    struct understood *u = &r->understood;
    const struct profile_row *rows = r->facts->profile[PROFILE_CONDITIONS];

    for (size_t i = 0; i < r->facts->profile_count[PROFILE_CONDITIONS]; i++) {
        struct ref ref = knowledge_find(r->k, REF_CONDITION, rows[i].ref_id);
        size_t gaps = u->gap_count, questions = u->question_count;

        if (*rows[i].ref_id != '\0' && ref.kind != REF_NONE)
            add_known(r, &u->conditions, &u->condition_count, &u->condition_capacity, ref, rows[i].typed);
        else
            typed_condition_add(r->arena, r->k, rows[i].typed, u);
        take_gaps(r, PROFILE_CONDITIONS, gaps, questions);
    }
}

/* An allergy to a medicine meets no herb. One to anything else is a botanical family's, or what people call one ("shellfish"), or
   cannot be looked up. */
static void add_allergies(struct run *r)
{
    struct understood *u = &r->understood;
    const struct profile_row *rows = r->facts->profile[PROFILE_ALLERGIES];

    for (size_t i = 0; i < r->facts->profile_count[PROFILE_ALLERGIES]; i++) {
        struct ref ref = knowledge_find(r->k, REF_HERB, rows[i].ref_id);
        size_t gaps = u->gap_count, questions = u->question_count;

        if (strcmp(rows[i].kind, "herb") == 0 && ref.kind != REF_NONE)
            add_known(r, &r->allergies.herbs, &r->allergies.herb_count, &r->allergies.herb_capacity, ref,
                      rows[i].typed);
        else if (strcmp(rows[i].kind, "drug") != 0)
            typed_allergy_add(r->arena, r->k, rows[i].typed, &r->allergies, u);
        take_gaps(r, PROFILE_ALLERGIES, gaps, questions);
    }
}

/* The next operation that is planned; days 0: none. */
static struct date next_operation(const struct run *r)
{
    const struct profile_row *rows = r->facts->profile[PROFILE_OPERATIONS];
    struct date next = { 0 };

    for (size_t i = 0; i < r->facts->profile_count[PROFILE_OPERATIONS]; i++)
        if (rows[i].since.days >= r->facts->today.days && (next.days == 0 || rows[i].since.days < next.days))
            next = rows[i].since;
    return next;
}

static struct stored_finding *add_finding(struct run *r)
{
    r->findings = arena_grow(r->arena, r->findings, r->count, &r->capacity, sizeof *r->findings);
    return &r->findings[r->count++];
}

static struct typed_item herb_item(const struct case_part *part, struct ref ref)
{
    return (struct typed_item){ .typed = part->typed, .ref = ref, .form = DOSE_RAW, .daily = part->daily };
}

/* Herbs as they are in the prescription; and herbs the patient takes, which she named among her medicines. */
static struct typed_item *herb_items(struct run *r, size_t *count)
{
    const struct case_recipe *p = &r->facts->recipe;
    struct typed_item *items = arena_array(r->arena, p->herb_count + r->understood.item_count, sizeof *items);

    *count = 0;
    for (size_t i = 0; i < p->herb_count; i++) {
        struct ref ref = knowledge_find(r->k, REF_HERB, p->herbs[i].id);

        if (ref.kind == REF_NONE)
            add_gap(r, GENERAL_NOT_CHECKED_MEDICINE, "herb", p->herbs[i].typed,
                    "is not in the rule book any more");
        else
            items[(*count)++] = herb_item(&p->herbs[i], ref);
    }
    for (size_t i = 0; i < r->understood.item_count; i++)
        items[(*count)++] = r->understood.items[i];
    return items;
}

/* The other prescriptions, as far as their herbs are in the rule book. */
static struct screening_course *courses_of(const struct run *r)
{
    const struct case_facts *f = r->facts;
    struct screening_course *courses = arena_array(r->arena, f->course_count, sizeof *courses);

    for (size_t i = 0; i < f->course_count; i++) {
        const struct case_recipe *recipe = &f->courses[i].recipe;
        struct typed_item *items = arena_array(r->arena, recipe->herb_count, sizeof *items);
        size_t n = 0;

        for (size_t j = 0; j < recipe->herb_count; j++) {
            struct ref ref = knowledge_find(r->k, REF_HERB, recipe->herbs[j].id);

            if (ref.kind != REF_NONE)
                items[n++] = herb_item(&recipe->herbs[j], ref);
        }
        courses[i] = (struct screening_course){ f->courses[i].label, items, n, f->courses[i].first_on,
                                                f->courses[i].last_on };
    }
    return courses;
}

static struct screening_case case_of(const struct run *r, const struct typed_item *items, size_t count)
{
    return (struct screening_case){
        .items = items,
        .item_count = count,
        .drugs = r->understood.drugs,
        .drug_count = r->understood.drug_count,
        .conditions = r->understood.conditions,
        .condition_count = r->understood.condition_count,
        .allergies = r->allergies.herbs,
        .allergy_count = r->allergies.herb_count,
        .allergy_families = r->allergies.families,
        .allergy_family_count = r->allergies.family_count,
        .allergy_typed = r->allergies.family_typed,
        .medicines_asked = r->facts->medicines_asked,
        .on = r->facts->today,
        .first_on = r->facts->first_on,
        .last_on = r->facts->last_on,
        .surgery_on = next_operation(r),
        .jurisdiction = *r->facts->jurisdiction == '\0' ? NULL : r->facts->jurisdiction,
        .age_known = !date_is_none(r->facts->born_on),
        .age_months = (int)r->facts->age_months,
        .body = r->facts->body,
        .courses = r->courses,
        .course_count = r->facts->course_count,
        .prescribed = true,
    };
}

static void run_herbs(struct run *r)
{
    struct screening_case in;
    struct screening out;
    size_t count;
    const struct typed_item *items = herb_items(r, &count);

    in = case_of(r, items, count);
    screening_run(r->arena, r->k, &in, &out);
    for (size_t i = 0; i < out.count; i++)
        finding_freeze(r->arena, r->k, &out.findings[i], add_finding(r));
}

/* Rules that speak of a formula as a whole. Its herbs were screened with their real weights above, so of this run only what
   is about formulas counts. */
static void run_formulas(struct run *r)
{
    const struct case_recipe *p = &r->facts->recipe;
    struct typed_item *items = arena_array(r->arena, p->formula_count, sizeof *items);
    struct screening_case in;
    struct screening out;
    size_t count = 0;

    for (size_t i = 0; i < p->formula_count; i++) {
        struct ref ref = knowledge_find(r->k, REF_FORMULA, p->formulas[i].id);

        if (ref.kind != REF_NONE)
            items[count++] = (struct typed_item){ .typed = p->formulas[i].typed, .ref = ref };
    }
    in = case_of(r, items, count);
    screening_run(r->arena, r->k, &in, &out);
    for (size_t i = 0; i < out.count; i++)
        if (out.findings[i].rule->subject.kind == REF_FORMULA)
            finding_freeze(r->arena, r->k, &out.findings[i], add_finding(r));
}

/* The gravest first, else as they came; then numbers, and further numbers for those that must be answered. */
static int64_t number_findings(struct stored_finding *findings, size_t n)
{
    int64_t critical = 0;

    for (size_t i = 1; i < n; i++) {
        struct stored_finding moved = findings[i];
        size_t at = i;

        for (; at > 0 && severity_parse(findings[at - 1].severity) < severity_parse(moved.severity); at--)
            findings[at] = findings[at - 1];
        findings[at] = moved;
    }
    for (size_t i = 0; i < n; i++) {
        findings[i].finding_no = (int64_t)i + 1;
        if (severity_parse(findings[i].severity) >= SEVERITY_MAJOR)
            findings[i].critical_no = ++critical;
        findings[i].key = finding_key(&findings[i]);
    }
    return critical;
}

void facts_screen(struct arena *arena, const struct knowledge *knowledge, const struct case_facts *facts,
                  struct screened *out)
{
    struct run r = { .arena = arena, .k = knowledge, .facts = facts };

    add_medicines(&r);
    add_conditions(&r);
    add_allergies(&r);
    r.courses = courses_of(&r);
    run_herbs(&r);
    run_formulas(&r);
    for (size_t i = 0; i < r.gap_count; i++)
        gap_freeze(arena, knowledge, r.gaps[i].general, r.gaps[i].part, r.gaps[i].typed, r.gaps[i].why,
                   add_finding(&r));
    *out = (struct screened){
        .findings = r.findings,
        .count = r.count,
        .critical_count = number_findings(r.findings, r.count),
        .profile_version = facts->profile_version,
    };
}
