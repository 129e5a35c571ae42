/* What the files of a screening share while it runs. Nobody else includes this. */
#ifndef YAOFANG_CLINIC_SCREENING_RUN_H
#define YAOFANG_CLINIC_SCREENING_RUN_H

#include "clinic/screening.h"

#define NO_PRESENT UINT32_MAX

/* A herb in the case, once per way it got there. */
struct present {
    uint16_t herb;
    uint32_t next; /* the same herb by another way; NO_PRESENT ends */
    const struct typed_item *item;
    const char *recipe;    /* id of the formula or product that brought it; NULL when typed itself */
    struct weight daily;   /* raw equivalent a day; mg 0 = not known */
    struct weight classic; /* what the classic formula means on purpose, above the range; mg 0 = none */
    bool dose_typed;
    bool from_granule; /* worked out with the highest likely ratio */
};

/* A medicine or class in the case, once. */
struct taken {
    struct ref ref;
    const struct typed_item *item;
};

struct screening_run {
    struct arena *arena;
    const struct knowledge *k;
    const struct screening_case *in;
    struct present *presents;
    size_t present_count, present_capacity;
    uint32_t *first_of; /* by herb: its first present, or NO_PRESENT */
    uint16_t *herbs;    /* the distinct herbs */
    size_t herb_count;
    struct taken *taken;
    size_t taken_count, taken_capacity;
    struct finding *findings;
    size_t finding_count, finding_capacity;
};

/* A new finding made of a general rule; NULL when the rule has been retired. */
struct finding *finding_general(struct screening_run *run, enum finding_kind kind, enum general_rule which,
                                const struct present *present);
struct finding *finding_new(struct screening_run *run, enum finding_kind kind, const struct rule *rule,
                            enum severity severity);
void finding_via(struct finding *finding, const char *id);

/* Fills presents, herbs and taken from the case. */
void screen_expand(struct screening_run *run);

/* Doses, regulation, toxicity, duplicates, licorice: what holds for a herb whatever else is taken. */
void screen_herbs(struct screening_run *run);

/* Allergies, the bleeding load and duplicate medicines: what is seen over the whole case. Reads the findings so far. */
void screen_whole(struct screening_run *run);

#endif
