/* Codes and texts of other systems. Each reading is tried on the side and taken only when nothing of it stayed open, so that a
   display that means nothing cannot hide a code that does. */
#include "api/cds_concept.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"

#define RXNORM "http://www.nlm.nih.gov/research/umls/rxnorm"
#define ATC "http://www.whocc.no/atc"
#define ICD10 "http://hl7.org/fhir/sid/icd-10"
#define SNOMED "http://snomed.info/sct"

enum { TEXT_MOST = 500 };

/* The few SNOMED CT and LOINC codes whose English cannot be relied on to come along. */
static const struct {
    const char *code;
    const char *condition;
} condition_codes[] = {
    { "77386006", "pregnancy" },      { "LA15173-0", "pregnancy" },        { "69840006", "breastfeeding" },
    { "413712001", "breastfeeding" }, { "64779008", "bleeding_disorder" },
};

struct reading {
    struct arena *arena;
    const struct knowledge *k;
    enum fhir_sort sort;
    const struct cds_dose *dose; /* NULL: not asked */
    const char *form;            /* or NULL */
};

static bool code_fits(const char *system, const char *prefix)
{
    return system != NULL && strncmp(system, prefix, strlen(prefix)) == 0;
}

/* Whether something was understood and nothing was left open. */
static bool is_whole(const struct understood *u)
{
    return u->gap_count == 0 && u->item_count + u->drug_count + u->condition_count > 0;
}

static void put(struct arena *arena, struct typed_item **list, size_t *count, size_t *capacity,
                const struct typed_item *more, size_t more_count)
{
    for (size_t i = 0; i < more_count; i++) {
        *list = arena_grow(arena, *list, *count, capacity, sizeof **list);
        (*list)[(*count)++] = more[i];
    }
}

static void merge(struct arena *arena, const struct understood *from, struct understood *to)
{
    put(arena, &to->items, &to->item_count, &to->item_capacity, from->items, from->item_count);
    put(arena, &to->drugs, &to->drug_count, &to->drug_capacity, from->drugs, from->drug_count);
    put(arena, &to->conditions, &to->condition_count, &to->condition_capacity, from->conditions,
        from->condition_count);
    for (size_t i = 0; i < from->question_count; i++) {
        to->questions = arena_grow(arena, to->questions, to->question_count, &to->question_capacity,
                                   sizeof *to->questions);
        to->questions[to->question_count++] = from->questions[i];
    }
    for (size_t i = 0; i < from->gap_count; i++) {
        to->gaps = arena_grow(arena, to->gaps, to->gap_count, &to->gap_capacity, sizeof *to->gaps);
        to->gaps[to->gap_count++] = from->gaps[i];
    }
}

static enum dose_form form_of(const char *form, bool small)
{
    static const char *const granules[] = { "granul", "颗粒", "konzentr", "concentrat" };
    static const char *const raw[] = { "slice", "decoct", "raw", "dried", "饮片", "herb", "root" };

    for (size_t i = 0; form != NULL && i < sizeof granules / sizeof *granules; i++)
        if (strcasestr(form, granules[i]) != NULL)
            return DOSE_GRANULE;
    for (size_t i = 0; form != NULL && i < sizeof raw / sizeof *raw; i++)
        if (strcasestr(form, raw[i]) != NULL)
            return DOSE_RAW;
    return form != NULL || small ? DOSE_OTHER : DOSE_RAW;
}

static const enum ref_kind own_kinds[] = { REF_HERB, REF_FORMULA,    REF_PRODUCT,  REF_PROCEDURE,
                                           REF_DRUG, REF_DRUG_CLASS, REF_CONDITION };

/* Our own code is the id itself, also with the kind before it ("herb/dan_shen"). */
static bool take_own(const struct reading *r, const char *code, const char *label, struct understood *out)
{
    const char *slash = strchr(code, '/');

    for (size_t i = 0; i < sizeof own_kinds / sizeof *own_kinds; i++) {
        struct typed_item item = { .typed = label };

        if (slash != NULL && strncmp(ref_kind_word(own_kinds[i]), code, (size_t)(slash - code)) != 0)
            continue;
        item.ref = knowledge_find(r->k, own_kinds[i], slash == NULL ? code : slash + 1);
        if (item.ref.kind == REF_NONE)
            continue;
        if (r->dose != NULL && r->dose->known && (REF_BIT(item.ref.kind) & REF_ITEMS) != 0) {
            item.daily = r->dose->daily;
            item.form = item.ref.kind == REF_HERB ? form_of(r->form, r->dose->small) : DOSE_OTHER;
        }
        if ((REF_BIT(item.ref.kind) & REF_DRUGS) != 0)
            put(r->arena, &out->drugs, &out->drug_count, &out->drug_capacity, &item, 1);
        else if (item.ref.kind == REF_CONDITION)
            put(r->arena, &out->conditions, &out->condition_count, &out->condition_capacity, &item, 1);
        else
            put(r->arena, &out->items, &out->item_count, &out->item_capacity, &item, 1);
        return true;
    }
    return false;
}

/* Everything this code means goes by the label a person knows it under. */
static bool renamed(struct understood *u, const char *label)
{
    for (size_t i = 0; i < u->item_count; i++)
        u->items[i].typed = label;
    for (size_t i = 0; i < u->drug_count; i++)
        u->drugs[i].typed = label;
    for (size_t i = 0; i < u->condition_count; i++)
        u->conditions[i].typed = label;
    return is_whole(u);
}

static bool take_code(const struct reading *r, const struct json_value *coding, const char *label,
                      struct understood *out)
{
    const char *system = value_get_text(coding, "system"), *code = value_get_text(coding, "code");

    if (code == NULL || strlen(code) > TEXT_MOST)
        return false;
    if (code_fits(system, CDS_SYSTEM_THINGS))
        return take_own(r, code, label, out);
    for (size_t i = 0; r->sort == FHIR_CONDITION && i < sizeof condition_codes / sizeof *condition_codes; i++)
        if (strcmp(condition_codes[i].code, code) == 0)
            return take_own(r, condition_codes[i].condition, label, out);
    if (r->sort == FHIR_CONDITION && code_fits(system, ICD10))
        typed_condition_add(r->arena, r->k, code, out);
    if (r->sort == FHIR_MEDICINE && code_fits(system, RXNORM))
        typed_drug_add(r->arena, r->k, arena_printf(r->arena, "rxcui %s", code), NULL, out);
    if (r->sort == FHIR_MEDICINE && code_fits(system, ATC))
        typed_drug_add(r->arena, r->k, code, NULL, out);
    return renamed(out, label);
}

/* "12 HR bupropion …": how long a tablet works stands in front in RxNorm's names. */
static const char *without_hours(const char *text)
{
    const char *at = text;

    while (isdigit((unsigned char)*at))
        at++;
    return at > text && strncmp(at, " HR ", 4) == 0 ? at + 4 : text;
}

/* A herb with its dose behind it, as a person would write it, so that weight and form are read by the same rules. */
static const char *with_dose(const struct reading *r, const char *text, const struct understood *plain)
{
    const char *form = r->form == NULL ? "" : r->form, *gap = r->form == NULL ? "" : " ";

    if (r->dose == NULL || !r->dose->known || plain->item_count == 0 || plain->items[0].daily.mg > 0)
        return NULL;
    return r->dose->small && r->dose->daily.mg < 1000
               ? arena_printf(r->arena, "%s%s%s %lld mg", text, gap, form, (long long)r->dose->daily.mg)
               : arena_printf(r->arena, "%s%s%s %s", text, gap, form, weight_text(r->arena, r->dose->daily));
}

/* The weight in the name and the one in the dosage should be one; else the larger is checked and that is said. */
static void doses_compare(const struct reading *r, const char *text, struct understood *u)
{
    for (size_t i = 0; i < u->item_count; i++) {
        struct typed_item *item = &u->items[i];

        if (r->dose == NULL || !r->dose->known || item->daily.mg == 0 ||
            item->daily.mg == r->dose->daily.mg || u->item_count > 1)
            continue;
        typed_gap_add(r->arena, text,
                      arena_printf(r->arena,
                                   "its name says %s a day and its dosage %s: the larger was checked",
                                   weight_text(r->arena, item->daily), weight_text(r->arena, r->dose->daily)),
                      u);
        if (item->daily.mg < r->dose->daily.mg)
            item->daily = r->dose->daily;
    }
}

static bool take_medicine(const struct reading *r, const char *text, struct understood *out)
{
    struct understood dosed = { 0 };
    const char *longer;

    text = without_hours(text);
    typed_item_add(r->arena, r->k, text, REF_ITEMS, out);
    if (!is_whole(out)) {
        *out = (struct understood){ 0 };
        typed_drug_add(r->arena, r->k, text, NULL, out);
    }
    if (!is_whole(out))
        return false;
    longer = with_dose(r, text, out);
    if (longer != NULL)
        typed_item_add(r->arena, r->k, longer, REF_ITEMS, &dosed);
    if (longer != NULL && is_whole(&dosed) && dosed.item_count == out->item_count)
        *out = dosed;
    else
        doses_compare(r, text, out);
    return true;
}

/* RxNorm's "amoxicillin 250 MG / clavulanate 125 MG Oral Tablet": each ingredient; all must be known. */
static bool take_parts(const struct reading *r, const char *text, struct understood *out)
{
    struct understood parts = { 0 };
    size_t known = 0, count = 0;

    while (text != NULL && count < 20) {
        const char *slash = strstr(text, " / ");
        const char *one = slash == NULL ? text : arena_text_n(r->arena, text, (size_t)(slash - text));
        struct understood part = { 0 };

        count++;
        if (take_medicine(r, one, &part)) {
            merge(r->arena, &part, &parts);
            known++;
        } else {
            typed_gap_add(r->arena, one, "this part of the medicine is not on file", &parts);
        }
        text = slash == NULL ? NULL : slash + 3;
    }
    if (known == 0)
        return false;
    *out = parts;
    return true;
}

static bool take_text(const struct reading *r, const char *text, struct understood *out)
{
    *out = (struct understood){ 0 };
    if (text == NULL || strlen(text) > TEXT_MOST)
        return false;
    switch (r->sort) {
    case FHIR_MEDICINE:
        if (take_medicine(r, text, out))
            return true;
        return strstr(text, " / ") != NULL && take_parts(r, text, out);
    case FHIR_CONDITION:
        typed_condition_add(r->arena, r->k, text, out);
        return is_whole(out);
    case FHIR_ALLERGEN:
        typed_item_add(r->arena, r->k, text, REF_BIT(REF_HERB), out);
        return is_whole(out);
    case FHIR_PROCEDURE:
        typed_item_add(r->arena, r->k, text, REF_BIT(REF_PROCEDURE), out);
        return is_whole(out) && out->drug_count == 0;
    }
    return false;
}

static bool holds(const struct typed_item *list, size_t count, struct ref ref)
{
    for (size_t i = 0; i < count; i++)
        if (ref_same(list[i].ref, ref))
            return true;
    return false;
}

/* Whether one of the things is among the others, as itself or as drug and class of each other. */
static bool agree(const struct knowledge *k, const struct understood *a, const struct understood *b)
{
    for (size_t i = 0; i < a->item_count; i++)
        if (holds(b->items, b->item_count, a->items[i].ref))
            return true;
    for (size_t i = 0; i < a->drug_count; i++)
        for (size_t j = 0; j < b->drug_count; j++) {
            const struct ref one = a->drugs[i].ref, other = b->drugs[j].ref;

            if (ref_same(one, other) || (other.kind == REF_DRUG_CLASS && ref_in_class(k, one, other.at)) ||
                (one.kind == REF_DRUG_CLASS && ref_in_class(k, other, one.at)))
                return true;
        }
    return a->condition_count > 0;
}

static bool take_codes(const struct reading *r, const struct json_value *concept, const char *label,
                       struct understood *out)
{
    for (const struct json_value *one = value_first(value_get(concept, "coding")); one != NULL;
         one = value_next(one)) {
        *out = (struct understood){ 0 };
        if (take_code(r, one, label, out))
            return true;
    }
    return false;
}

static bool take_texts(const struct reading *r, const struct json_value *concept, struct understood *out)
{
    if (take_text(r, value_get_text(concept, "text"), out))
        return true;
    for (const struct json_value *one = value_first(value_get(concept, "coding")); one != NULL;
         one = value_next(one))
        if (take_text(r, value_get_text(one, "display"), out))
            return true;
    return false;
}

/* The name behind a code of our own; NULL when it is none. */
static const char *own_name(const struct knowledge *k, const struct json_value *coding)
{
    const char *code = value_get_text(coding, "code"), *slash = code == NULL ? NULL : strchr(code, '/');

    if (code == NULL || !code_fits(value_get_text(coding, "system"), CDS_SYSTEM_THINGS))
        return NULL;
    for (size_t i = 0; i < sizeof own_kinds / sizeof *own_kinds; i++) {
        const struct ref ref = knowledge_find(k, own_kinds[i], slash == NULL ? code : slash + 1);

        if (ref.kind != REF_NONE)
            return ref_name(k, ref);
    }
    return NULL;
}

const char *fhir_label(struct arena *arena, const struct knowledge *k, const struct json_value *concept)
{
    const struct json_value *codings = value_get(concept, "coding");
    const char *label = value_get_text(concept, "text");

    for (const struct json_value *one = value_first(codings); label == NULL && one != NULL;
         one = value_next(one))
        label = value_get_text(one, "display");
    for (const struct json_value *one = value_first(codings); label == NULL && one != NULL;
         one = value_next(one))
        label = own_name(k, one);
    for (const struct json_value *one = value_first(codings); label == NULL && one != NULL;
         one = value_next(one))
        if (value_get_text(one, "code") != NULL)
            label =
                arena_printf(arena, "%s %s",
                             value_get_text(one, "system") == NULL ? "code" : value_get_text(one, "system"),
                             value_get_text(one, "code"));
    return label;
}

bool concept_take(struct arena *arena, const struct knowledge *k, const struct json_value *concept,
                  enum fhir_sort sort, const struct cds_dose *dose, const char *form, struct understood *out)
{
    const struct reading r = { arena, k, sort, dose, form };
    const char *label = fhir_label(arena, k, concept);
    struct understood coded = { 0 }, worded = { 0 };
    bool by_code = take_codes(&r, concept, label, &coded), by_text = take_texts(&r, concept, &worded);

    if (!by_code && !by_text)
        return false;
    if (by_code && by_text && agree(k, &coded, &worded) && sort == FHIR_MEDICINE && coded.item_count == 0)
        by_code = coded.drug_count >= worded.drug_count; /* a pack's text names all its medicines */
    if (by_code && by_text && !agree(k, &coded, &worded)) {
        merge(arena, &worded, &coded);
        typed_gap_add(arena, label, "its code and its text mean different things: both were checked", &coded);
    }
    merge(arena, by_code ? &coded : &worded, out);
    return true;
}
