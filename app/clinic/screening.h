/* A case (what is taken, which medicines, which conditions) against the knowledge: the findings, the gravest first, each once.
   Pure and fast: looks up matrices, allocates only findings. Severity comes from the data, never from here. */
#ifndef YAOFANG_CLINIC_SCREENING_H
#define YAOFANG_CLINIC_SCREENING_H

#include "clinic/typed.h"

#define FINDING_KIND_LIST(X) \
    X(HERB_DRUG, "herb_drug") \
    X(FORMULA_DRUG, "formula_drug") \
    X(HERB_HERB, "herb_herb") \
    X(HERB_CONDITION, "herb_condition") \
    X(PREGNANCY, "pregnancy") \
    X(LACTATION, "lactation") \
    X(ALLERGY, "allergy") \
    X(PROCEDURE, "procedure") \
    X(DOSE, "dose") \
    X(REGULATION, "regulation") \
    X(TOXICITY, "toxicity") \
    X(BLEEDING_LOAD, "bleeding_load") \
    X(DUPLICATE, "duplicate") \
    X(LIMIT, "limit") \
    X(MEDICINES_NOT_ASKED, "medicines_not_asked")
#define FINDING_KIND_ENUM(name, word) FINDING_##name,
enum finding_kind { FINDING_KIND_LIST(FINDING_KIND_ENUM) FINDING_KIND_COUNT };
#undef FINDING_KIND_ENUM

/* Another prescription the person takes from. Its herbs meet this case's herbs, add to its doses and to its bleeding load; what
   they do by themselves belongs to the screening of that prescription. */
struct screening_course {
    const char *label;              /* how a person knows it ("P-1042"), or its id as text */
    const struct typed_item *items; /* herbs, formulas, products; herbs with form DOSE_RAW and daily */
    size_t item_count;
    struct date first_on, last_on; /* days it is taken, both included; days 0 = not said */
};

/* What is screened. Only refs that exist in the snapshot; see typed.h for how text becomes one. A zeroed item with a ref is
   enough. Herbs of an order: ref, form DOSE_RAW and daily. A date whose days are 0 was not said; a case without `on` is one
   without a calendar: nothing that depends on a day is looked at. */
struct screening_case {
    const struct typed_item *items; /* herbs, formulas, products, procedures */
    size_t item_count;
    const struct typed_item *drugs; /* drugs and classes */
    size_t drug_count;
    const struct typed_item *conditions;
    size_t condition_count;
    const struct typed_item *allergies; /* herbs */
    size_t allergy_count;
    const char *const *allergy_families; /* botanical families, as in the monographs */
    size_t allergy_family_count;
    const char *const *allergy_typed; /* what was typed for each family; NULL = the family itself */
    bool medicines_asked;             /* false: nobody asked, which is a finding of its own */
    struct date on;                   /* the civil day screened for, given by the caller */
    struct date first_on, last_on;    /* the days `items` are taken; first_on not said = `on` */
    struct date surgery_on;           /* a planned operation or tooth extraction */
    const char *jurisdiction;         /* "US-CA", "AU"; NULL = not known */
    bool age_known;
    int age_months;
    struct weight body; /* what the person weighs; mg 0 = not known */
    const struct screening_course *courses;
    size_t course_count;
    bool prescribed; /* it is to be given to a patient: what nobody asked is then graver than at a look-up */
};

struct finding_side {
    const char *id; /* of the reference data: the rule's own subject or object */
    const char *name;
    const char *typed; /* as typed; NULL when nothing was */
};

enum { VIA_MOST = 8 };

/* One herb's part of a bleeding load. */
struct finding_contributor {
    const char *id, *name;
    enum severity severity;
    struct weight daily; /* mg 0 = not known */
    const char *citation, *evidence;
    const char *rule;
    int version;
    const char *course; /* label of the other prescription it comes from; NULL = this case */
};

struct finding {
    enum finding_kind kind;
    enum severity severity;
    bool assumed;  /* holds only if an unsettled name means this */
    bool if_class; /* holds for a part of the class that was typed */
    struct finding_side subject, object;
    uint32_t subject_rank,
        object_rank; /* their places in id order, for sorting; 0 = no thing of the reference data */
    const char *via
        [VIA_MOST]; /* ids from what was typed to the rule: formula, processed herb, …, class of the drug */
    uint8_t via_count;
    const char *drug_class;  /* the class the rule speaks of; NULL when it names the drug */
    const struct rule *rule; /* the one shown */
    const uint16_t
        *others; /* further rules that apply, as places in knowledge->rules: a contradiction shows both */
    const uint8_t *other_severities; /* how grave each of them is here */
    size_t other_count;
    bool lowered;        /* a trial or a small dose made `rule` less grave than it says */
    struct weight daily; /* of the herb in this case, raw equivalent; mg 0 = not known */
    struct weight sum;   /* of a rule with a threshold: the herb with all its forms; mg 0 = not known */
    struct weight limit; /* of a dose finding */
    bool from_granule;   /* `daily` was worked out with the highest likely granule ratio */
    bool stopped;        /* herb or medicine is no longer taken, and its effect still lasts */
    int stopped_days;    /* … so many days since the last dose */
    int lasting_days;    /* … so long it counts; by the default when nothing is on file (lasting_assumed) */
    bool lasting_assumed;
    struct date stop_by; /* before an operation: the last day to take it; days 0 = no such finding */
    struct date surgery_on;
    const char *course;          /* label of the other prescription that is the other side; NULL = none */
    int window_days, taken_days; /* of a limit over many days */
    struct weight total;         /* taken within that window */
    const struct place *place;   /* whose law it is; NULL = not a matter of a place */
    bool place_unknown;          /* nobody said where: the gravest law on file */
    struct ratio share;          /* of a child's dose: of the adult's; num 0 = adult */
    const struct finding_contributor *contributors; /* of a bleeding load: what each herb brings */
    size_t contributor_count;
};

struct screening {
    const struct finding *findings; /* the gravest first */
    size_t count;
    enum severity worst;
};

/* Only contraindicated and major interrupt a person (PRODUCT.md §3). */
bool finding_interrupts(const struct finding *finding);
const char *finding_kind_word(enum finding_kind kind);

/* A sentence about this case ("6 g a day; the range is 1 g to 3 g"), in `arena`; NULL where there is nothing to add to the rule. */
const char *finding_detail(struct arena *arena, const struct knowledge *knowledge,
                           const struct finding *finding);

/* Everything is allocated in `arena`; text points into it, the knowledge and the case. */
void screening_run(struct arena *arena, const struct knowledge *knowledge, const struct screening_case *in,
                   struct screening *out);

#endif
