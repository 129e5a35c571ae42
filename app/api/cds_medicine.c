/* What a MedicationRequest or MedicationStatement names: a concept, a Medication referred to, its ingredients; with the dose. */
#include <string.h>

#include "api/cds_fhir.h"
#include "base/text.h"

/* The Medication that is referred to: within the resource, or sent beside it. */
static const struct json_value *medication_find(struct fhir_reader *r, const struct json_value *resource,
                                                const char *reference)
{
    if (*reference != '#')
        return fhir_medication(r, reference);
    for (const struct json_value *one = value_first(value_get(resource, "contained")); one != NULL;
         one = value_next(one))
        if (value_get_text(one, "id") != NULL && strcmp(value_get_text(one, "id"), reference + 1) == 0)
            return one;
    return NULL;
}

/* A medicine made of several: each ingredient is a concept of its own. True when all of them were understood or reported. */
static bool ingredients_take(struct fhir_reader *r, const struct json_value *medication)
{
    bool any = false;

    for (const struct json_value *one = value_first(value_get(medication, "ingredient")); one != NULL;
         one = value_next(one)) {
        const struct json_value *concept = value_get(one, "itemCodeableConcept");

        any = true;
        if (!concept_take(&r->c->arena, r->k, concept, FHIR_MEDICINE, NULL, NULL, &r->out->understood))
            fhir_gap(r, fhir_label(&r->c->arena, r->k, concept), "this ingredient is not on file");
    }
    return any;
}

/* What a request or statement names, and how a person would know it. */
struct medicine {
    const struct json_value *concept;
    const struct json_value *medication; /* the resource referred to, or NULL */
    const char *label;
    const char *form;
};

static struct medicine medicine_of(struct fhir_reader *r, const struct json_value *resource)
{
    const struct json_value *reference = value_get(resource, "medicationReference");
    const char *target = value_get_text(reference, "reference");
    struct medicine m = { .concept = value_get(resource, "medicationCodeableConcept") };

    if (m.concept == NULL && target != NULL)
        m.medication = medication_find(r, resource, target);
    if (m.medication != NULL)
    m.concept = value_get(m.medication, "code");
    m.form = fhir_label(&r->c->arena, r->k, value_get(m.medication, "form"));
    m.label = fhir_label(&r->c->arena, r->k, m.concept);
    if (m.label == NULL)
        m.label =
            value_get_text(reference, "display") != NULL ? value_get_text(reference, "display") : target;
    return m;
}

/* A reference that leads nowhere may still carry a name. */
static bool display_take(struct fhir_reader *r, const struct json_value *resource,
                         const struct cds_dose *dose)
{
    const char *text = value_get_text(value_get(resource, "medicationReference"), "display");
    struct json_object *object;
    struct text json;
    struct json_writer w;

    if (text == NULL)
        return false;
    text_init(&json, &r->c->arena);
    json_init(&w, &json);
    json_open_object(&w, NULL);
    json_text(&w, "text", text);
    json_close_object(&w);
    if (json_parse_object(r->c, json.data, json.size, &object) != ST_OK)
        return false;
    return concept_take(&r->c->arena, r->k, json_value_of(object), FHIR_MEDICINE, dose, NULL,
                        &r->out->understood);
}

static void dose_report(struct fhir_reader *r, const struct medicine *m, const struct cds_dose *dose,
                        size_t item_from)
{
    const struct understood *u = &r->out->understood;

    if (!dose->given || dose->known || u->item_count == item_from ||
        u->items[item_from].ref.kind != REF_HERB || u->items[item_from].daily.mg > 0)
        return;
    fhir_gap(r, m->label,
             arena_printf(&r->c->arena,
                          "the dose '%s' does not come to a weight a day: the herb was checked without it",
                          text_short(&r->c->arena, dose->text, 80)));
}

/* A name that means nothing here, with the names it may have been meant to be. */
static void unknown_medicine(struct fhir_reader *r, const char *label)
{
    struct understood *u = &r->out->understood, tried = { 0 };

    fhir_gap(r, label, "is no herb, formula, product or medicine on file");
    if (strlen(label) > 200)
        return;
    typed_item_add(&r->c->arena, r->k, label, REF_ITEMS | REF_DRUGS, &tried);
    if (tried.gap_count == 1) {
        u->gaps[u->gap_count - 1].nearest = tried.gaps[0].nearest;
        u->gaps[u->gap_count - 1].nearest_count = tried.gaps[0].nearest_count;
    }
}

void fhir_medicine_take(struct fhir_reader *r, const struct json_value *resource)
{
    struct medicine m = medicine_of(r, resource);
    const struct json_value *dosages = value_get(resource, "dosageInstruction");
    const size_t items = r->out->understood.item_count;
    struct cds_dose dose =
        cds_dose_read(&r->c->arena, dosages == NULL ? value_get(resource, "dosage") : dosages);

    if (m.label == NULL && value_get(m.medication, "ingredient") == NULL) {
        fhir_gap(r, fhir_reference(r, resource), "names no medicine yet");
        return;
    }
    if (m.label == NULL)
        m.label = "a mixture without a name";
    if (concept_take(&r->c->arena, r->k, m.concept, FHIR_MEDICINE, &dose, m.form, &r->out->understood) ||
        display_take(r, resource, &dose))
        dose_report(r, &m, &dose, items);
    else if (!ingredients_take(r, m.medication))
        unknown_medicine(r, m.label);
}

const char *fhir_medicine_label(struct fhir_reader *r, const struct json_value *resource)
{
    return medicine_of(r, resource).label;
}
