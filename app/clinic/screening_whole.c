/* What only shows over the whole case: allergies, herbs that together load a blood thinner, a medicine named twice, and that nobody
   asked for medicines. */
#include <string.h>
#include <strings.h>

#include "clinic/screening_run.h"

/* One allergy is shown once for a herb, the graver meaning of it first. */
static bool shown_before(const struct screening_run *run, const struct herb *herb, const char *typed)
{
    for (size_t i = 0; i < run->finding_count; i++)
        if (run->findings[i].kind == FINDING_ALLERGY && run->findings[i].subject.id == herb->id &&
            run->findings[i].object.typed == typed)
            return true;
    return false;
}

/* Whether a herb's families ("Unionidae; Pteriidae") hold this one. */
static bool has_family(const char *families, const char *family)
{
    size_t size = strlen(family);

    for (const char *at = families; size > 0 && *at != '\0'; at += strspn(at, "; ")) {
        size_t word = strcspn(at, ";");

        if (word == size && strncasecmp(at, family, size) == 0)
            return true;
        at += word;
    }
    return false;
}

static void add_allergy(struct screening_run *run, const struct present *present, enum general_rule which,
                        const char *word, const char *typed)
{
    const struct herb *herb = &run->k->herbs[present->herb];
    struct finding *finding =
        shown_before(run, herb, typed) ? NULL : finding_general(run, FINDING_ALLERGY, which, present);

    if (finding != NULL)
        finding->object = (struct finding_side){ "allergy", word, typed };
}

/* To the herb itself or another form of it; to something it is made from; to its family. */
static void screen_herb_allergy(struct screening_run *run, const struct present *present,
                                const struct typed_item *allergy)
{
    const struct knowledge *k = run->k;
    const struct herb *herb = &k->herbs[present->herb];
    const struct herb *other = &k->herbs[allergy->ref.at];

    if (allergy->only) {
        if (herb_descends(k, present->herb, allergy->ref.at))
            add_allergy(run, present, GENERAL_ALLERGY_GROUP, "allergy", allergy->typed);
    } else if (herb->base == other->base) {
        add_allergy(run, present, GENERAL_ALLERGY_SAME, "allergy", allergy->typed);
    } else if (has_family(herb->family, other->family)) {
        add_allergy(run, present, GENERAL_ALLERGY_FAMILY, herb->family, allergy->typed);
    }
}

static void screen_allergies(struct screening_run *run)
{
    const struct screening_case *in = run->in;

    for (size_t i = 0; i < run->herb_count; i++) {
        const struct present *present = &run->presents[run->first_of[run->herbs[i]]];
        const struct herb *herb = &run->k->herbs[present->herb];

        for (size_t a = 0; a < in->allergy_count; a++)
            if (in->allergies[a].ref.kind == REF_HERB)
                screen_herb_allergy(run, present, &in->allergies[a]);
        for (size_t f = 0; f < in->allergy_family_count; f++)
            if (has_family(herb->family, in->allergy_families[f]))
                add_allergy(run, present, GENERAL_ALLERGY_FAMILY, herb->family,
                            in->allergy_typed == NULL ? in->allergy_families[f] : in->allergy_typed[f]);
    }
}

static bool adds_to_bleeding(const struct rule *rule, enum severity severity)
{
    return rule->bleeding && severity >= SEVERITY_MODERATE;
}

static bool contributes(const struct finding *finding, const struct finding_side *drug)
{
    return finding->kind == FINDING_HERB_DRUG && !finding->assumed && finding->object.id == drug->id &&
           adds_to_bleeding(finding->rule, finding->severity);
}

static void add_part(struct finding *load, struct finding_contributor *parts, const struct finding_side *herb,
                     const struct rule *rule, enum severity severity, struct weight daily, const char *course)
{
    finding_via(load, herb->id);
    parts[load->contributor_count++] = (struct finding_contributor){ .id = herb->id,
                                                                     .name = herb->name,
                                                                     .severity = severity,
                                                                     .daily = daily,
                                                                     .citation = rule->citation,
                                                                     .evidence = rule->evidence_level,
                                                                     .rule = rule->id,
                                                                     .version = rule->version,
                                                                     .course = course };
}

/* A herb of another prescription beside this one; what it does to the medicine by itself was said there. */
static struct shown shown_beside(struct screening_run *run, const struct present *herb,
                                 const struct taken *drug)
{
    const struct matrix *matrix = &run->k->herb_drug;
    uint16_t cell = matrix->cells[herb->herb * matrix->columns + drug_column(run->k, drug->ref)];
    struct meeting meeting = { .hit = &run->k->hits[cell],
                               .herb = herb,
                               .item = herb->item,
                               .object = drug->ref,
                               .object_item = drug->item };

    if (cell == 0)
        return (struct shown){ .rule = NULL };
    return meeting_shown(run, &meeting);
}

static void add_beside(struct screening_run *run, const struct taken *drug, struct finding *load,
                       struct finding_contributor *parts)
{
    for (size_t i = 0; i < run->other_count; i++) {
        const struct present *herb = present_of(run, run->others[i]);
        const struct shown shown = shown_beside(run, herb, drug);
        struct finding_side side = { run->k->herbs[herb->herb].id, run->k->herbs[herb->herb].name, NULL };

        if (shown.rule != NULL && !herb->item->assumed && adds_to_bleeding(shown.rule, shown.severity))
            add_part(load, parts, &side, shown.rule, shown.severity, herb->daily, herb->course->label);
    }
}

/* Herbs that each add to the bleeding risk of one medicine, at least one of them from this case: the whole is named once, with
   what each brings. */
static void screen_load(struct screening_run *run, const struct taken *drug)
{
    struct finding_side side = { ref_id(run->k, drug->ref), ref_name(run->k, drug->ref), drug->item->typed };
    size_t already = run->finding_count;
    struct finding load = { .contributor_count = 0 };
    struct finding_contributor *parts;
    struct finding *finding;
    size_t own = 0;

    for (size_t i = 0; i < already; i++)
        own += contributes(&run->findings[i], &side);
    if (own == 0 || own + run->other_count < 2)
        return;
    parts = arena_array(run->arena, own + run->other_count, sizeof *parts);
    for (size_t i = 0; i < already; i++) {
        const struct finding *one = &run->findings[i];

        if (contributes(one, &side))
            add_part(&load, parts, &one->subject, one->rule, one->severity, one->daily, NULL);
    }
    add_beside(run, drug, &load, parts);
    finding = load.contributor_count < 2
                  ? NULL
                  : finding_general(run, FINDING_BLEEDING_LOAD, GENERAL_BLEEDING_LOAD, NULL);
    if (finding == NULL)
        return;
    memcpy(finding->via, load.via, sizeof load.via);
    finding->via_count = load.via_count;
    finding->contributors = parts;
    finding->contributor_count = load.contributor_count;
    finding->subject = (struct finding_side){ "bleeding_load", "herbs that add up", NULL };
    finding->object = side;
    finding->assumed = drug->item->assumed;
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
                in->drugs[j].assumed || in->drugs[i].ref.kind != REF_DRUG || in->drugs[i].stopped ||
                in->drugs[j].stopped)
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
