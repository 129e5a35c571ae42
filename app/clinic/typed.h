/* A line as a person types it ("zhi gan cao 12 g", "danshen tablets", "Bu Yang Huan Wu Tang (huang qi 120 g)",
   "guan mu tong 6 g in Long Dan Xie Gan Tang", "acupuncture LI4, BL23") taken apart into things and daily doses. What is not
   understood is reported, never dropped. */
#ifndef YAOFANG_CLINIC_TYPED_H
#define YAOFANG_CLINIC_TYPED_H

#include "base/date.h"
#include "clinic/names.h"

/* How a typed weight relates to the reference's daily dose of raw herb. */
enum dose_form {
    DOSE_NONE,    /* none typed */
    DOSE_RAW,     /* grams of the herb itself */
    DOSE_GRANULE, /* grams of concentrated granule: times the ratio */
    DOSE_OTHER    /* of an extract, tablet, tincture or whole formula: not comparable */
};

/* A herb's weight inside a formula as typed ("in Long Dan Xie Gan Tang"; "(huang qi 120 g)"). */
struct typed_part {
    uint16_t herb;
    struct weight daily; /* mg 0 = not said */
};

struct typed_item {
    const char *typed;
    struct ref ref;
    struct ref also[4]; /* other ids of the same thing (formula and product): their own rules hold too */
    size_t also_count;
    bool assumed; /* one of several meanings, not yet settled */
    bool only;    /* of an allergy: to this herb, not to its forms and family */
    enum dose_form form;
    struct weight daily;
    const char *written;            /* the weight as typed: "3-6 g"; NULL = none */
    const char *remark;             /* how the weight was read, where that is not plain; NULL */
    const char *preparation;        /* "chao", or NULL */
    const struct typed_part *parts; /* of a formula: changed or added herbs */
    size_t part_count;
    bool stopped;           /* no longer taken: counts only while its effect lasts */
    struct date stopped_on; /* the last day it was taken; days 0 = not said */
    int stopped_ago;        /* … or so many days ago; 0 when neither was said */
};

struct typed_question {
    const char *typed;
    const char *rule; /* why it is asked; may be NULL */
    bool taken;       /* screened as the first candidate meanwhile; else as each of them, marked */
    const struct name_match *candidates;
    size_t candidate_count;
};

struct typed_gap {
    const char *typed;
    const char *why;
    const struct name_match *nearest; /* names it may have been meant to be */
    size_t nearest_count;
};

/* Everything understood of a case so far. Zero it before the first line; then `liang` may be chosen. */
struct understood {
    enum liang
        liang; /* what a liang weighs in this case; LIANG_NOT_CHOSEN: as textbooks convert, 30 g, and a qian 3 g */
    struct typed_item *items;
    size_t item_count, item_capacity;
    struct typed_item *drugs; /* refs are drugs or drug classes */
    size_t drug_count, drug_capacity;
    struct typed_item *conditions;
    size_t condition_count, condition_capacity;
    struct typed_question *questions;
    size_t question_count, question_capacity;
    struct typed_gap *gaps;
    size_t gap_count, gap_capacity;
};

/* Adds what `text` says. `kinds`: REF_ITEMS for an item, narrower for --herb and the like. A medicine typed among the herbs
   is taken as a medicine, a herb typed among the medicines as a herb. `text` must be valid UTF-8; it is copied. */
void typed_item_add(struct arena *arena, const struct knowledge *k, const char *text, unsigned kinds,
                    struct understood *out);
void typed_drug_add(struct arena *arena, const struct knowledge *k, const char *text, const char *country,
                    struct understood *out);
void typed_condition_add(struct arena *arena, const struct knowledge *k, const char *text,
                         struct understood *out);

/* After the last line: doses of one herb that contradict each other ("dang gui 10 g", "dang gui 12 g") are added to what was not
   checked; all of them were counted. */
void typed_end(struct arena *arena, const struct knowledge *k, struct understood *out);

/* Allergies understood so far. Zero it before the first. */
struct typed_allergies {
    struct typed_item *herbs;
    size_t herb_count, herb_capacity;
    const char **families, **family_typed; /* botanical families, and what was typed for each */
    size_t family_count, family_capacity, typed_capacity;
};

/* Adds what a person says she is allergic to: a herb, a botanical family, or a common allergen with all it crosses to. What is
   none of these becomes a gap. */
void typed_allergy_add(struct arena *arena, const struct knowledge *k, const char *text,
                       struct typed_allergies *out, struct understood *gaps);

/* Marks the items from a place on as no longer taken, since `on`; days 0: not said, or said by the item itself. */
void typed_stopped_on(struct typed_item *items, size_t from, size_t count, struct date on);

/* Adds to what was not checked. Texts are kept, not copied. */
void typed_gap_add(struct arena *arena, const char *typed, const char *why, struct understood *out);

#endif
