/* What only shows over the whole case: allergies, herbs that together load a blood thinner, a medicine named twice, and that nobody
   asked for medicines. */
#include <strings.h>

#include "clinic/screening_run.h"

static void screen_allergy(struct screening_run *run, const struct present *present, const char *family,
                           uint16_t allergic_base, const char *typed)
{
    const struct herb *herb = &run->k->herbs[present->herb];
    bool same = allergic_base == herb->base;
    struct finding *finding;

    if (!same && (*family == '\0' || *herb->family == '\0' || strcasecmp(family, herb->family) != 0))
        return;
    finding =
        finding_general(run, FINDING_ALLERGY, same ? GENERAL_ALLERGY_SAME : GENERAL_ALLERGY_FAMILY, present);
    if (finding == NULL)
        return;
    finding->object = (struct finding_side){ "allergy", same ? "allergy" : herb->family, typed };
}

static void screen_allergies(struct screening_run *run)
{
    for (size_t i = 0; i < run->herb_count; i++) {
        const struct present *present = &run->presents[run->first_of[run->herbs[i]]];

        for (size_t a = 0; a < run->in->allergy_count; a++) {
            const struct typed_item *allergy = &run->in->allergies[a];
            const struct herb *herb = &run->k->herbs[allergy->ref.at];

            if (allergy->ref.kind == REF_HERB)
                screen_allergy(run, present, herb->family, herb->base, allergy->typed);
        }
        for (size_t f = 0; f < run->in->allergy_family_count; f++)
            screen_allergy(run, present, run->in->allergy_families[f], NO_PARENT,
                           run->in->allergy_families[f]);
    }
}

static bool contributes(const struct finding *finding, const struct finding_side *drug)
{
    return finding->kind == FINDING_HERB_DRUG && !finding->assumed &&
           finding->severity >= SEVERITY_MODERATE && finding->object.id == drug->id &&
           finding->rule->bleeding;
}

/* Two herbs or more that each add to the bleeding risk of one medicine: the whole is named once, with what each brings. */
static void screen_load(struct screening_run *run, const struct taken *drug)
{
    struct finding_side side = { ref_id(run->k, drug->ref), ref_name(run->k, drug->ref), drug->item->typed };
    size_t already = run->finding_count;
    size_t count = 0;
    struct finding_contributor *parts;
    struct finding *load;

    for (size_t i = 0; i < already; i++)
        count += contributes(&run->findings[i], &side);
    load = count < 2 ? NULL : finding_general(run, FINDING_BLEEDING_LOAD, GENERAL_BLEEDING_LOAD, NULL);
    if (load == NULL)
        return;
    parts = arena_array(run->arena, count, sizeof *parts);
    load->contributors = parts;
    for (size_t i = 0; i < already; i++) {
        const struct finding *one = &run->findings[i];

        if (!contributes(one, &side))
            continue;
        finding_via(load, one->subject.id);
        parts[load->contributor_count++] =
            (struct finding_contributor){ one->subject.id, one->subject.name, one->severity, one->daily,
                                          one->rule->citation };
    }
    load->subject = (struct finding_side){ "bleeding_load", "herbs that add up", NULL };
    load->object = side;
    load->assumed = drug->item->assumed;
}

static void screen_loads(struct screening_run *run)
{
    struct ref class = run->k->antithrombotic;

    for (size_t i = 0; i < run->taken_count && class.kind != REF_NONE; i++)
        if (ref_in_class(run->k, run->taken[i].ref, class.at))
            screen_load(run, &run->taken[i]);
}

static void screen_medicines(struct screening_run *run)
{
    const struct screening_case *in = run->in;

    if (!in->medicines_asked) {
        enum general_rule rule =
            in->prescribed ? GENERAL_MEDICINES_OF_PATIENT_NOT_ASKED : GENERAL_MEDICINES_NOT_ASKED;
        struct finding *finding = finding_general(run, FINDING_MEDICINES_NOT_ASKED, rule, NULL);

        if (finding != NULL)
            finding->subject = (struct finding_side){ "case", "this case", NULL };
        if (finding != NULL)
            finding->object = (struct finding_side){ "medicines", "medicines of the person", NULL };
    }
    for (size_t i = 0; i < in->drug_count; i++)
        for (size_t j = 0; j < i; j++) {
            struct finding *finding;

            if (!ref_same(in->drugs[i].ref, in->drugs[j].ref) || in->drugs[i].assumed ||
                in->drugs[j].assumed || in->drugs[i].ref.kind != REF_DRUG)
                continue;
            finding = finding_general(run, FINDING_DUPLICATE, GENERAL_DUPLICATE_DRUG, NULL);
            if (finding == NULL)
                return;
            finding->subject =
                (struct finding_side){ ref_id(run->k, in->drugs[i].ref), ref_name(run->k, in->drugs[i].ref),
                                       in->drugs[i].typed };
            finding->object =
                (struct finding_side){ finding->subject.id, finding->subject.name, in->drugs[j].typed };
            break;
        }
}

void screen_whole(struct screening_run *run)
{
    screen_allergies(run);
    screen_loads(run);
    screen_medicines(run);
}
