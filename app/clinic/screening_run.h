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
    bool from_granule;                     /* worked out with the highest likely ratio */
    const struct screening_course *course; /* the other prescription it comes from; NULL = this case */
};

/* Herbs aside from those taken now: stopped ones, and those of prescriptions that are over. */
struct present_list {
    struct present *list;
    size_t count, capacity;
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
    uint16_t *others; /* the distinct herbs that come from other prescriptions only */
    size_t other_count;
    struct present_list stopped; /* of this case, no longer taken */
    struct present_list past;    /* of other prescriptions that are over: for limits over many days */
    const struct screening_course *course; /* being expanded */
    bool course_over;
    const struct typed_item *conditions; /* of the case, and those that age and a planned operation make */
    size_t condition_count;
    struct ratio child_share; /* of the adult dose; num 0 = an adult, or the age is not known */
    bool dated;               /* there is a calendar */
    struct date from, until;  /* the days the case is taken; `until` is far off when it was not said */
    uint16_t sum_base;        /* whose sum is in `sum`, when sum_known */
    bool sum_known;
    struct weight sum;
    struct taken *taken;
    size_t taken_count, taken_capacity;
    struct finding *findings;
    size_t finding_count, finding_capacity;
};

/* A herb's dose over all ways it got into the case, and into the prescriptions that run beside it. */
struct dose_sum {
    struct weight daily;
    struct weight beside;  /* what of it comes from other prescriptions */
    struct weight classic; /* what classics mean on purpose */
    const struct present *first;
    const struct present *other; /* the first from another prescription; NULL = none */
    size_t ways;
    bool typed;   /* at least one weight was typed */
    bool granule; /* a ratio was used */
    bool unknown; /* one way gives no weight */
    bool several; /* from more than one typed item of this case */
};
struct dose_sum sum_dose(const struct screening_run *run, uint16_t herb);

/* The sum over a herb and all forms of it; mg 0 when a part of it is not known. */
struct weight sum_of_base(struct screening_run *run, uint16_t base);

/* Two things that meet in a cell of a matrix. */
struct meeting {
    enum finding_kind kind;
    const struct hit *hit;
    const struct present *herb; /* NULL for formulas and procedures */
    const struct typed_item *item;
    const char *way; /* how it got here; may be NULL */
    struct ref object;
    const struct typed_item *object_item;
};

/* What of a meeting holds in this case. */
struct shown {
    const struct rule *rule; /* NULL = nothing holds */
    enum severity severity;
    const uint16_t *others;
    const uint8_t *other_severities;
    size_t other_count;
};
struct shown meeting_shown(struct screening_run *run, const struct meeting *meeting);

/* The column of a medicine or class in a drug matrix. */
size_t drug_column(const struct knowledge *k, struct ref drug);

/* A meeting as a finding; NULL when it was shown before (then only its way is added) or nothing of it holds. */
struct finding *finding_of_meeting(struct screening_run *run, const struct meeting *meeting);

/* A new finding made of a general rule; NULL when the rule has been retired. */
struct finding *finding_general(struct screening_run *run, enum finding_kind kind, enum general_rule which,
                                const struct present *present);
struct finding *finding_new(struct screening_run *run, enum finding_kind kind, const struct rule *rule,
                            enum severity severity);
void finding_via(struct finding *finding, const char *id);

/* The first way a herb got into this case that is settled; else the first. */
const struct present *present_of(const struct screening_run *run, uint16_t herb);
bool herb_descends(const struct knowledge *k, uint16_t herb, uint16_t from);

/* ---- days (screening_days.c) ---- */

bool day_said(struct date day);

/* The calendar of the case and of the conditions that follow from age and a planned operation. */
void screen_calendar(struct screening_run *run);

/* Whether another prescription runs beside this case. */
bool course_beside(const struct screening_run *run, const struct screening_course *course);

/* Days since a stopped item was last taken. */
int days_since(const struct screening_run *run, const struct typed_item *item);

/* How long a stopped medicine counts; how long a stopped herb counts by a rule. `assumed`: nothing is on file. */
int drug_lasts(const struct knowledge *k, struct ref drug, bool *assumed);
int rule_lasts(const struct knowledge *k, const struct rule *rule, bool *assumed);

/* Whether the rule about an operation concerns this case, by its days. */
bool surgery_concerns(const struct screening_run *run, const struct rule *rule);

/* What a finding says about days. */
void finding_days(const struct screening_run *run, const struct meeting *meeting, struct finding *finding);

/* ---- the steps ---- */

/* Fills presents, herbs and taken from the case. */
void screen_expand(struct screening_run *run);

/* Herbs with medicines and conditions; with each other; formulas and procedures with theirs; salves for the skin. */
void screen_herb_pairs(struct screening_run *run);
void screen_herb_herb(struct screening_run *run);
void screen_items(struct screening_run *run);
void screen_liniments(struct screening_run *run);

/* Doses, toxicity, duplicates, licorice: what holds for a herb whatever else is taken. */
void screen_herbs(struct screening_run *run);

/* Doses of other prescriptions beside this one: duplicates and limits over many days. */
void screen_courses(struct screening_run *run);

/* What the law says. */
void screen_law(struct screening_run *run, uint16_t herb, const struct dose_sum *sum);

/* Allergies, the bleeding load and duplicate medicines: what is seen over the whole case. Reads the findings so far. */
void screen_whole(struct screening_run *run);

#endif
