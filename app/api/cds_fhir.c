/* FHIR R4 resources of a request (prefetch, draft orders) read into a case. Whatever is not understood, belongs to somebody else
   or was left out is listed as not checked; nothing is dropped in silence but what is over, refuted or entered in error. */
#include <string.h>

#include "api/cds_fhir.h"
#include "base/text.h"

enum { STOPPED_DAYS_MOST = 400 /* no effect on file lasts longer */ };

/* What each key of the prefetch is for; `medicine` keys say together whether the patient's medicines are known. */
static const struct {
    const char *key;
    const char *what;
    bool medicine;
    bool told; /* its absence is told: else it is only used when there */
} keys[] = {
    { "patient", "the patient's age", false, true },
    { "medicationRequests", "prescribed medicines", true, true },
    { "medicationStatements", "medicines and herbs the patient says are taken", true, true },
    { "conditions", "conditions", false, true },
    { "allergies", "allergies", false, true },
    { "pregnancy", "pregnancy", false, false },
    { "surgery", "planned operations", false, false },
};

void fhir_gap(struct fhir_reader *r, const char *what, const char *why)
{
    typed_gap_add(&r->c->arena, what == NULL ? "an entry without a name" : what, why, &r->out->understood);
    r->out->order_gap = r->out->order_gap || !r->from_prefetch;
}

bool fhir_type_is(const struct json_value *resource, const char *type)
{
    const char *own = value_get_text(resource, "resourceType");

    return own != NULL && strcmp(own, type) == 0;
}

const char *fhir_reference(struct fhir_reader *r, const struct json_value *resource)
{
    const char *id = value_get_text(resource, "id");

    return id == NULL ? NULL
                      : arena_printf(&r->c->arena, "%s/%s", value_get_text(resource, "resourceType"), id);
}

/* Whether it is this patient's: no reference, or one whose last part is the patient's id. */
static bool is_of_patient(const struct fhir_reader *r, const struct json_value *resource)
{
    const struct json_value *subject = value_get(resource, "subject");
    const char *text, *last;

    if (subject == NULL)
        subject = value_get(resource, "patient");
    text = value_get_text(subject, "reference");
    if (text == NULL || r->out->patient == NULL || *text == '#' || strncmp(text, "urn:", 4) == 0)
        return true;
    last = strrchr(text, '/');
    return strcmp(last == NULL ? text : last + 1, r->out->patient) == 0;
}

/* A medication in one bundle, by what a reference says of it. */
static const struct json_value *medication_in(struct fhir_reader *r, const struct json_value *bundle,
                                              const char *reference)
{
    for (const struct json_value *entry = value_first(value_get(bundle, "entry")); entry != NULL;
         entry = value_next(entry)) {
        const struct json_value *resource = value_get(entry, "resource");
        const char *url = value_get_text(entry, "fullUrl"), *own;

        if (!fhir_type_is(resource, "Medication"))
            continue;
        own = fhir_reference(r, resource);
        if ((url != NULL && strcmp(url, reference) == 0) || (own != NULL && strcmp(own, reference) == 0))
            return resource;
    }
    return NULL;
}

const struct json_value *fhir_medication(struct fhir_reader *r, const char *reference)
{
    const struct json_value *found = medication_in(r, r->drafts, reference);

    for (size_t i = 0; found == NULL && i < sizeof keys / sizeof *keys; i++)
        found = medication_in(r, value_get(r->prefetch, keys[i].key), reference);
    return found;
}

static bool is_over(const struct json_value *resource)
{
    static const char *const over[] = { "stopped",          "cancelled", "entered-in-error", "completed",
                                        "not-taken",        "revoked",   "not-done",         "rejected",
                                        "entered_in_error", NULL };

    return value_is_one_of(resource, "status", over) || value_is_true(resource, "doNotPerform");
}

static bool coded(const struct json_value *concept, const char *const *words)
{
    for (const struct json_value *one = value_first(value_get(concept, "coding")); one != NULL;
         one = value_next(one))
        if (value_is_one_of(one, "code", words))
            return true;
    return value_is_one_of(concept, "text", words);
}

/* A condition or allergy that is past, or that the patient does not have after all. */
static bool is_refuted(const struct json_value *resource)
{
    static const char *const past[] = { "inactive", "remission", "resolved", NULL };
    static const char *const wrong[] = { "refuted", "entered-in-error", NULL };

    return coded(value_get(resource, "clinicalStatus"), past) ||
           coded(value_get(resource, "verificationStatus"), wrong);
}

static void condition_take(struct fhir_reader *r, const struct json_value *resource)
{
    const struct json_value *code = value_get(resource, "code");

    if (!concept_take(&r->c->arena, r->k, code, FHIR_CONDITION, NULL, NULL, &r->out->understood))
        fhir_gap(r, fhir_label(&r->c->arena, r->k, code), "is no condition with herb cautions on file");
}

static bool is_family(const struct knowledge *k, const char *text)
{
    for (size_t i = 0; text != NULL && i < k->count[REF_HERB]; i++)
        if (*k->herbs[i].family != '\0' && text_same(k->herbs[i].family, text))
            return true;
    return false;
}

/* An allergy counts when it is to a herb, a plant family, or what people call one with all it crosses to; one to a medicine says
   nothing about herbs. */
static void allergy_take(struct fhir_reader *r, const struct json_value *resource)
{
    const struct json_value *code = value_get(resource, "code");
    const char *label = fhir_label(&r->c->arena, r->k, code);
    struct typed_allergies *out = &r->out->allergies;
    struct understood found = { 0 };

    if (label != NULL && (is_family(r->k, label) || knowledge_allergen(r->k, label) != NULL)) {
        typed_allergy_add(&r->c->arena, r->k, label, out, &r->out->understood);
        return;
    }
    if (!concept_take(&r->c->arena, r->k, code, FHIR_ALLERGEN, NULL, NULL, &found) || found.item_count == 0)
        fhir_gap(r, label, "the allergy is not to a herb or plant family on file");
    for (size_t i = 0; i < found.item_count; i++) {
        out->herbs =
            arena_grow(&r->c->arena, out->herbs, out->herb_count, &out->herb_capacity, sizeof *out->herbs);
        out->herbs[out->herb_count++] = found.items[i];
    }
}

/* An observation is asked for pregnancy and nursing alone: a positive answer is a condition. */
static void observation_take(struct fhir_reader *r, const struct json_value *resource)
{
    static const char *const positive[] = { "77386006", "LA15173-0", "69840006", "413712001", NULL };
    const struct json_value *value = value_get(resource, "valueCodeableConcept");

    if (coded(value, positive))
        (void)concept_take(&r->c->arena, r->k, value, FHIR_CONDITION, NULL, NULL, &r->out->understood);
}

static void patient_take(struct fhir_reader *r, const struct json_value *resource)
{
    const char *born = value_get_text(resource, "birthDate"), *id = value_get_text(resource, "id");
    struct date birth;
    int y, m, d, year, month, day;

    if (id != NULL && r->out->patient != NULL && strcmp(id, r->out->patient) != 0) {
        fhir_gap(r, "the patient's age", "the Patient that was sent is somebody else");
        return;
    }
    if (born != NULL && strlen(born) == 4)
        born = arena_printf(&r->c->arena, "%s-12-31", born);
    if (born == NULL || !date_parse(born, &birth) || birth.days > r->out->on.days) {
        fhir_gap(r, "the patient's age", "no date of birth was sent that could be read");
        return;
    }
    date_parts(birth, &y, &m, &d);
    date_parts(r->out->on, &year, &month, &day);
    r->out->age_known = true;
    r->out->age_months = (year - y) * 12 + month - m - (day < d);
}

/* A planned procedure: a surgical one fixes the day before which herbs must stop. */
static void service_take(struct fhir_reader *r, const struct json_value *resource)
{
    static const char *const surgical[] = { "387713003", NULL };
    const struct json_value *code = value_get(resource, "code");
    const char *day = value_get_text(resource, "occurrenceDateTime");
    struct date date;

    for (const struct json_value *one = value_first(value_get(resource, "category")); one != NULL;
         one = value_next(one))
        if (coded(one, surgical) && day != NULL &&
            date_parse(arena_text_n(&r->c->arena, day, strnlen(day, 10)), &date) &&
            date.days >= r->out->on.days &&
            (r->out->surgery_on.days == 0 || date.days < r->out->surgery_on.days))
            r->out->surgery_on = date;
    if (!r->from_prefetch &&
        !concept_take(&r->c->arena, r->k, code, FHIR_PROCEDURE, NULL, NULL, &r->out->understood))
        fhir_gap(r, fhir_label(&r->c->arena, r->k, code), "is no procedure with cautions on file");
}

/* A medicine or herb that was stopped on a day that is known still acts for a while: how long, the rule book says. */
static void stopped_take(struct fhir_reader *r, const struct json_value *resource)
{
    static const char *const ended[] = { "stopped", "completed", NULL };
    struct understood *u = &r->out->understood;
    const size_t items = u->item_count, drugs = u->drug_count;
    const char *end = value_get_text(value_get(resource, "effectivePeriod"), "end");
    struct date day;

    if (!fhir_type_is(resource, "MedicationStatement") || !value_is_one_of(resource, "status", ended) ||
        end == NULL || !date_parse(arena_text_n(&r->c->arena, end, strnlen(end, 10)), &day) ||
        day.days > r->out->on.days || day.days < r->out->on.days - STOPPED_DAYS_MOST)
        return;
    fhir_medicine_take(r, resource);
    typed_stopped_on(u->items, items, u->item_count, day);
    typed_stopped_on(u->drugs, drugs, u->drug_count, day);
}

static void resource_take(struct fhir_reader *r, const struct json_value *resource)
{
    const char *type = value_get_text(resource, "resourceType");

    if (type == NULL) {
        fhir_gap(r, "an entry", "is no FHIR resource");
        return;
    }
    if (!is_of_patient(r, resource)) {
        fhir_gap(r, fhir_reference(r, resource), "belongs to another patient");
        return;
    }
    if (is_over(resource)) {
        stopped_take(r, resource);
        return;
    }
    if (strcmp(type, "MedicationRequest") == 0 || strcmp(type, "MedicationStatement") == 0 ||
        strcmp(type, "MedicationAdministration") == 0 || strcmp(type, "MedicationDispense") == 0)
        fhir_medicine_take(r, resource);
    else if (strcmp(type, "Condition") == 0 && !is_refuted(resource))
        condition_take(r, resource);
    else if (strcmp(type, "AllergyIntolerance") == 0 && !is_refuted(resource))
        allergy_take(r, resource);
    else if (strcmp(type, "Observation") == 0)
        observation_take(r, resource);
    else if (strcmp(type, "Patient") == 0)
        patient_take(r, resource);
    else if (strcmp(type, "ServiceRequest") == 0 || strcmp(type, "Procedure") == 0)
        service_take(r, resource);
    else if (!r->from_prefetch && strcmp(type, "Medication") != 0)
        fhir_gap(r, fhir_reference(r, resource), "orders of this kind are not checked");
}

/* The same thing on both lists of the patient (requested and stated) is one thing; that it was stopped once says nothing against
   its being taken now. */
static void forget_repeats(struct typed_item *list, size_t from, size_t *count)
{
    size_t kept = from;

    for (size_t i = from; i < *count; i++) {
        bool repeated = false;

        for (size_t j = 0; j < kept && !repeated; j++)
            repeated = ref_same(list[j].ref, list[i].ref) && list[j].daily.mg >= list[i].daily.mg &&
                       (!list[j].stopped || list[i].stopped);
        if (!repeated)
            list[kept++] = list[i];
    }
    *count = kept;
}

/* A resource that stands among the drafts too is the same order, not a second one. */
static bool is_draft(struct fhir_reader *r, const struct json_value *resource)
{
    const char *own = fhir_reference(r, resource);

    for (size_t i = 0; own != NULL && i < r->out->order_count; i++)
        if (strcmp(r->out->orders[i].reference, own) == 0)
            return true;
    return false;
}

static void entry_take(struct fhir_reader *r, const struct json_value *resource)
{
    struct understood *u = &r->out->understood;
    const size_t items = u->item_count, drugs = u->drug_count;

    if (r->entries++ == CDS_ENTRIES_MOST)
        fhir_gap(r, "further entries", "only the first 1000 are read");
    if (r->entries > CDS_ENTRIES_MOST || is_draft(r, resource))
        return;
    resource_take(r, resource);
    forget_repeats(u->items, items, &u->item_count);
    forget_repeats(u->drugs, drugs, &u->drug_count);
}

static void bundle_take(struct fhir_reader *r, const char *key, const struct json_value *bundle)
{
    for (const struct json_value *link = value_first(value_get(bundle, "link")); link != NULL;
         link = value_next(link)) {
        static const char *const next[] = { "next", NULL };

        if (value_is_one_of(link, "relation", next))
            fhir_gap(r, key, "only the first page was sent");
    }
    for (const struct json_value *entry = value_first(value_get(bundle, "entry")); entry != NULL;
         entry = value_next(entry)) {
        const struct json_value *resource = value_get(entry, "resource");

        if (fhir_type_is(resource, "OperationOutcome"))
            fhir_gap(r, key, "came with a note that something of it is missing");
        else if (value_is_object(resource))
            entry_take(r, resource);
        else
            fhir_gap(r, key, "an entry holds no resource");
    }
}

static void key_take(struct fhir_reader *r, size_t i)
{
    const struct json_value *value = value_get(r->prefetch, keys[i].key);

    if (!value_has(r->prefetch, keys[i].key) || fhir_type_is(value, "OperationOutcome")) {
        if (keys[i].told)
            fhir_gap(r, keys[i].what, "were not sent, so nothing was checked against them");
        return;
    }
    r->medicines_key = r->medicines_key || keys[i].medicine;
    if (fhir_type_is(value, "Bundle"))
        bundle_take(r, keys[i].what, value);
    else if (value_is_object(value))
        entry_take(r, value);
    else if (value != NULL)
        fhir_gap(r, keys[i].what, "were not sent as FHIR");
}

static bool is_selected(const struct json_value *selections, const char *reference)
{
    const char *id = strchr(reference, '/');

    for (const struct json_value *one = value_first(selections); one != NULL; one = value_next(one)) {
        const char *text = value_text(one);

        if (text != NULL && (strcmp(text, reference) == 0 || (id != NULL && strcmp(text, id + 1) == 0)))
            return true;
    }
    return false;
}

/* The drafts are listed before the prefetch is read, and read after it, so that their place in the case is known. */
static void drafts_list(struct fhir_reader *r, const struct json_value *selections)
{
    struct cds_case *out = r->out;
    const bool all = value_first(selections) == NULL;
    size_t n = 0;

    for (const struct json_value *entry = value_first(value_get(r->drafts, "entry")); entry != NULL;
         entry = value_next(entry)) {
        const struct json_value *resource = value_get(entry, "resource");
        const char *reference;

        n++;
        if (!value_is_object(resource) || fhir_type_is(resource, "Medication") || n > CDS_ENTRIES_MOST)
            continue;
        reference = fhir_reference(r, resource);
        out->orders = arena_grow(&r->c->arena, out->orders, out->order_count, &out->order_capacity,
                                 sizeof *out->orders);
        out->orders[out->order_count++] = (struct cds_order){
            .reference = reference == NULL ? "" : reference,
            .resource = resource,
            .selected = all || reference == NULL || is_selected(selections, reference),
        };
    }
    if (n > CDS_ENTRIES_MOST)
        fhir_gap(r, "further orders", "only the first 1000 are read");
}

static void drafts_read(struct fhir_reader *r)
{
    struct understood *u = &r->out->understood;

    r->from_prefetch = false;
    for (size_t i = 0; i < r->out->order_count; i++) {
        struct cds_order *order = &r->out->orders[i];

        order->label = fhir_medicine_label(r, order->resource);
        order->item_from = u->item_count;
        order->drug_from = u->drug_count;
        resource_take(r, order->resource);
        order->item_to = u->item_count;
        order->drug_to = u->drug_count;
    }
}

static void fact_add(struct fhir_reader *r, const char *id, const char *typed)
{
    struct understood *u = &r->out->understood;
    const struct ref ref = knowledge_find(r->k, REF_CONDITION, id);

    if (ref.kind == REF_NONE)
        return;
    u->conditions = arena_grow(&r->c->arena, u->conditions, u->condition_count, &u->condition_capacity,
                               sizeof *u->conditions);
    u->conditions[u->condition_count++] = (struct typed_item){ .typed = typed, .ref = ref };
}

/* Age and a near operation are conditions too. */
static void facts_take(struct fhir_reader *r)
{
    enum { CHILD_BELOW = 12 * 12, OLDER_FROM = 65 * 12, SURGERY_DAYS = 14 };
    const struct cds_case *out = r->out;
    const int wait = out->surgery_on.days - out->on.days;

    if (out->age_known && out->age_months < CHILD_BELOW)
        fact_add(r, "child", arena_printf(&r->c->arena, "age %d", out->age_months / 12));
    if (out->age_known && out->age_months >= OLDER_FROM)
        fact_add(r, "older_adult", arena_printf(&r->c->arena, "age %d", out->age_months / 12));
    if (out->surgery_on.days != 0 && wait <= SURGERY_DAYS)
        fact_add(r, "surgery_2w", arena_printf(&r->c->arena, "operation in %d days", wait));
}

void cds_fhir_read(struct ctx *c, const struct knowledge *k, const struct json_value *body,
                   struct cds_case *out)
{
    const struct json_value *context = value_get(body, "context");
    struct fhir_reader r = { .c = c, .k = k, .out = out, .from_prefetch = true };

    r.prefetch = value_get(body, "prefetch");
    r.drafts = value_get(context, "draftOrders");
    drafts_list(&r, value_get(context, "selections"));
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        key_take(&r, i);
    out->medicines_given = r.medicines_key;
    drafts_read(&r);
    facts_take(&r);
    out->prescribed = out->order_count > 0;
}
