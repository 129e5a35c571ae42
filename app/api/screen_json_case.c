/* A case from JSON, and its run. What the fields mean is said in the header and in clinic/. */
#include "api/screen_json.h"

#include <string.h>

enum { CASE_LINES_MOST = 1000, CASE_TEXT_MOST = 10000 };
#define DAY_US INT64_C(86400000000)

/* The texts of a list that may also hold objects {"name","mg"}; those are read from `objects`-lists of their own. */
static void read_items(struct ctx *c, const struct knowledge *k, struct json_object *in, const char *key,
                       unsigned kinds, struct understood *out)
{
    size_t count;
    const char **texts = json_get_texts(in, key, CASE_LINES_MOST, CASE_TEXT_MOST, &count);

    for (size_t i = 0; i < count && ctx_fault_or_ok(c) == ST_OK; i++)
        typed_item_add(&c->arena, k, texts[i], kinds, out);
}

static void add_condition(struct ctx *c, const struct knowledge *k, const char *id, const char *typed,
                          struct understood *out)
{
    struct ref ref = knowledge_find(k, REF_CONDITION, id);

    if (ref.kind == REF_NONE)
        return;
    out->conditions = arena_grow(&c->arena, out->conditions, out->condition_count, &out->condition_capacity,
                                 sizeof *out->conditions);
    out->conditions[out->condition_count++] = (struct typed_item){ .typed = typed, .ref = ref };
}

void screen_weight_set(struct ctx *c, const char *field, const char *kilograms, struct screen_case *out)
{
    enum { LEAST_MG = 300000, MOST_MG = 500000000 };
    struct weight grams; /* the number read as grams: a thousandth of what it means */

    if (weight_parse(kilograms, &grams) != QUANTITY_OK || grams.mg * 1000 < LEAST_MG ||
        grams.mg * 1000 > MOST_MG)
        ctx_note(c, ST_INVALID, field, kilograms, "is the person's weight in kilograms, from 0.3 to 500");
    else
        out->facts.body.mg = grams.mg * 1000;
}

/* What a person weighs, "23.5" or 70. */
static void read_weight(struct ctx *c, struct json_object *in, struct screen_case *out)
{
    bool number;
    const char *text = json_get_name_or(in, "weight_kg", 20, NULL, &number);

    if (text != NULL)
        screen_weight_set(c, json_path(in, "weight_kg"), text, out);
}

struct date screen_today(void)
{
    return (struct date){ (int32_t)(instant_now().us / DAY_US) };
}

/* The calendar of the case. Today is asked of the clock here, never in clinic/. */
static void read_days(struct ctx *c, struct json_object *in, struct screening_case *out)
{
    const struct date none = { 0 };
    int64_t surgery;

    out->on = json_get_date_or(in, "on", screen_today());
    out->first_on = json_get_date_or(in, "first_on", none);
    out->last_on = json_get_date_or(in, "last_on", none);
    out->surgery_on = json_get_date_or(in, "surgery_on", none);
    surgery = json_get_i64_or(in, "surgery_in_days", 0, 3650, -1);
    if (surgery >= 0 && out->surgery_on.days == 0)
        out->surgery_on = date_plus_days(out->on, (int)surgery);
    if (out->last_on.days != 0 && out->first_on.days != 0 && out->last_on.days < out->first_on.days)
        ctx_note(c, ST_INVALID, json_path(in, "last_on"), date_text(&c->arena, out->last_on),
                 "must not be before first_on");
}

static void read_age(struct json_object *in, struct screening_case *out)
{
    int64_t years = json_get_i64_or(in, "age_years", 0, 130, -1);
    int64_t months = json_get_i64_or(in, "age_months", 0, 1560, -1);

    out->age_known = years >= 0 || months >= 0;
    out->age_months = (int)(months >= 0 ? months + (years > 0 && months < 12 ? years * 12 : 0) : years * 12);
}

void screen_facts_check(struct ctx *c, const struct knowledge *k, struct screen_case *out)
{
    const struct screening_case *facts = &out->facts;

    if (facts->surgery_on.days != 0 && facts->surgery_on.days < facts->on.days)
        typed_gap_add(
            &c->arena, arena_printf(&c->arena, "surgery on %s", date_text(&c->arena, facts->surgery_on)),
            "the day is past: the rules speak of what to stop before an operation", &out->understood);
    if (facts->jurisdiction != NULL && knowledge_place(k, facts->jurisdiction) == NO_PARENT)
        typed_gap_add(&c->arena, facts->jurisdiction,
                      "no law of that place is on file: the gravest law anywhere is shown", &out->understood);
}

/* Facts with a field of their own are conditions too; those that follow from age and operation are worked out in clinic/. */
static void read_person(struct ctx *c, const struct knowledge *k, struct json_object *in,
                        struct screen_case *out)
{
    read_days(c, in, &out->facts);
    read_age(in, &out->facts);
    read_weight(c, in, out);
    out->facts.jurisdiction = json_get_text_or(in, "jurisdiction", 20, NULL);
    if (json_get_bool_or(in, "pregnant", false))
        add_condition(c, k, "pregnancy", "pregnant", &out->understood);
    if (json_get_bool_or(in, "breastfeeding", false))
        add_condition(c, k, "breastfeeding", "breastfeeding", &out->understood);
    screen_facts_check(c, k, out);
}

void screen_stopped_add(struct ctx *c, const struct knowledge *k, const char *name, const char *country,
                        struct date on, struct screen_case *out)
{
    struct understood *u = &out->understood;
    const size_t items = u->item_count, drugs = u->drug_count;

    typed_drug_add(&c->arena, k, name, country, u);
    typed_stopped_on(u->items, items, u->item_count, on);
    typed_stopped_on(u->drugs, drugs, u->drug_count, on);
}

static void read_stopped(struct ctx *c, const struct knowledge *k, struct json_object *in,
                         const char *country, struct screen_case *out)
{
    size_t count;
    struct json_object **list = json_get_objects(in, "stopped", 0, &count);

    for (size_t i = 0; i < count && ctx_fault_or_ok(c) == ST_OK; i++) {
        const char *name = json_get_text(list[i], "name", CASE_TEXT_MOST);
        struct date on = json_get_date_or(list[i], "on", (struct date){ 0 });
        int64_t ago = json_get_i64_or(list[i], "days_ago", 0, 36500, -1);

        if (ago >= 0 && on.days == 0)
            on = date_plus_days(out->facts.on, (int)-ago);
        screen_stopped_add(c, k, name, country, on, out);
    }
}

/* Names of another prescription that mean nothing are not checked either; a medicine among its herbs is a medicine. */
static void read_course(struct ctx *c, const struct knowledge *k, struct json_object *in,
                        struct screen_case *out, struct screening_course *course)
{
    struct understood one = { 0 };
    struct understood *u = &out->understood;

    course->label = json_get_text(in, "label", 200);
    course->first_on = json_get_date_or(in, "first_on", (struct date){ 0 });
    course->last_on = json_get_date_or(in, "last_on", (struct date){ 0 });
    read_items(c, k, in, "items", REF_ITEMS, &one);
    course->items = one.items;
    course->item_count = one.item_count;
    for (size_t i = 0; i < one.gap_count; i++)
        typed_gap_add(&c->arena, one.gaps[i].typed, one.gaps[i].why, u);
    for (size_t i = 0; i < one.drug_count; i++) {
        u->drugs = arena_grow(&c->arena, u->drugs, u->drug_count, &u->drug_capacity, sizeof *u->drugs);
        u->drugs[u->drug_count++] = one.drugs[i];
    }
    for (size_t i = 0; i < one.question_count; i++) {
        u->questions = arena_grow(&c->arena, u->questions, u->question_count, &u->question_capacity,
                                  sizeof *u->questions);
        u->questions[u->question_count++] = one.questions[i];
    }
}

static void read_courses(struct ctx *c, const struct knowledge *k, struct json_object *in,
                         struct screen_case *out)
{
    size_t count;
    struct json_object **list = json_get_objects(in, "courses", 100, &count);
    struct screening_course *courses = arena_array(&c->arena, count + 1, sizeof *courses);

    for (size_t i = 0; i < count && ctx_fault_or_ok(c) == ST_OK; i++)
        read_course(c, k, list[i], out, &courses[i]);
    out->facts.courses = courses;
    out->facts.course_count = count;
}

void screen_allergies_set(struct ctx *c, const struct knowledge *k, const char *const *texts, size_t count,
                          struct screen_case *out)
{
    struct typed_allergies allergies = { .herbs = NULL };

    for (size_t i = 0; i < count && ctx_fault_or_ok(c) == ST_OK; i++)
        typed_allergy_add(&c->arena, k, texts[i], &allergies, &out->understood);
    out->allergies = allergies.herbs;
    out->allergy_count = allergies.herb_count;
    out->allergy_families = allergies.families;
    out->allergy_family_count = allergies.family_count;
    out->facts.allergy_typed = allergies.family_typed;
}

static void read_allergies(struct ctx *c, const struct knowledge *k, struct json_object *in,
                           struct screen_case *out)
{
    size_t count;
    const char **texts = json_get_texts(in, "allergies", CASE_LINES_MOST, CASE_TEXT_MOST, &count);

    screen_allergies_set(c, k, texts, count, out);
}

/* Whose liang is meant; nothing said is what textbooks convert by. */
static enum liang read_liang(struct ctx *c, struct json_object *in)
{
    const char *word = json_get_text_or(in, "liang", 20, NULL);
    enum liang liang = word == NULL ? LIANG_NOT_CHOSEN : liang_parse(word);

    if (word != NULL && liang == LIANG_NOT_CHOSEN && strcmp(word, "textbook") != 0)
        ctx_note(c, ST_INVALID, "liang", word, "is textbook, prc, taiwan or hong_kong");
    return liang;
}

enum status screen_case_read(struct ctx *c, const struct knowledge *k, struct json_object *in,
                             struct screen_case *out)
{
    struct understood *understood = &out->understood;
    const char *country;
    const char **drugs;
    size_t count;

    *out = (struct screen_case){ .id = NULL };
    out->id = json_get_name_or(in, "id", 200, NULL, &out->id_is_number);
    country = json_get_text_or(in, "country", 2, NULL);
    understood->liang = read_liang(c, in);
    read_items(c, k, in, "items", REF_ITEMS, understood);
    read_items(c, k, in, "herbs", REF_BIT(REF_HERB), understood);
    read_items(c, k, in, "formulas", REF_BIT(REF_FORMULA) | REF_BIT(REF_PRODUCT), understood);
    read_items(c, k, in, "procedures", REF_BIT(REF_PROCEDURE), understood);
    out->medicines_asked = json_has(in, "drugs");
    drugs = json_get_texts(in, "drugs", CASE_LINES_MOST, CASE_TEXT_MOST, &count);
    for (size_t i = 0; i < count && ctx_fault_or_ok(c) == ST_OK; i++)
        typed_drug_add(&c->arena, k, drugs[i], country, understood);
    drugs = json_get_texts(in, "conditions", CASE_LINES_MOST, CASE_TEXT_MOST, &count);
    for (size_t i = 0; i < count && ctx_fault_or_ok(c) == ST_OK; i++)
        typed_condition_add(&c->arena, k, drugs[i], understood);
    read_person(c, k, in, out);
    read_stopped(c, k, in, country, out);
    read_courses(c, k, in, out);
    read_allergies(c, k, in, out);
    typed_end(&c->arena, k, understood);
    return ST_OK;
}

void screen_case_run(struct arena *arena, const struct knowledge *k, const struct screen_case *in,
                     struct screening *out)
{
    const struct understood *u = &in->understood;
    struct screening_case screened = in->facts;

    screened.items = u->items;
    screened.item_count = u->item_count;
    screened.drugs = u->drugs;
    screened.drug_count = u->drug_count;
    screened.conditions = u->conditions;
    screened.condition_count = u->condition_count;
    screened.allergies = in->allergies;
    screened.allergy_count = in->allergy_count;
    screened.allergy_families = in->allergy_families;
    screened.allergy_family_count = in->allergy_family_count;
    /* a medicine typed among the herbs shows that there are medicines */
    screened.medicines_asked = in->medicines_asked || u->drug_count > 0;
    screening_run(arena, k, &screened, out);
}
