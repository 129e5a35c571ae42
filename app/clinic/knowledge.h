/* The knowledge snapshot: every reference fact, checked, in compact immutable tables that many threads may read. What
   meets what (herb and drug, herb and herb, …) is worked out once, when it is built, into matrices of hits; screening
   then only looks up. Inheritance, class trees and contradictions are decided there, from the data. */
#ifndef YAOFANG_CLINIC_KNOWLEDGE_H
#define YAOFANG_CLINIC_KNOWLEDGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ctx.h"
#include "base/date.h"
#include "base/quantity.h"
#include "clinic/knowledge_rows.h"

enum ref_kind {
    REF_NONE,
    REF_HERB,
    REF_FORMULA,
    REF_PRODUCT,
    REF_PROCEDURE,
    REF_DRUG,
    REF_DRUG_CLASS,
    REF_CONDITION,
    REF_KIND_COUNT
};
#define REF_BIT(kind) (1u << (kind))
#define REF_ITEMS (REF_BIT(REF_HERB) | REF_BIT(REF_FORMULA) | REF_BIT(REF_PRODUCT) | REF_BIT(REF_PROCEDURE))
#define REF_DRUGS (REF_BIT(REF_DRUG) | REF_BIT(REF_DRUG_CLASS))
#define REF_CONDITIONS REF_BIT(REF_CONDITION)
#define REF_ALL (REF_ITEMS | REF_DRUGS | REF_CONDITIONS)

/* One thing of the reference data: its kind and its place in the snapshot's table of that kind. */
struct ref {
    uint16_t kind; /* enum ref_kind */
    uint16_t at;
};

enum severity { SEVERITY_NONE, SEVERITY_MINOR, SEVERITY_MODERATE, SEVERITY_MAJOR, SEVERITY_CONTRAINDICATED };
enum toxicity { TOXICITY_NONE, TOXICITY_SLIGHT, TOXICITY_TOXIC, TOXICITY_VERY };
enum herb_pregnancy { PREGNANCY_SILENT, PREGNANCY_CAUTION, PREGNANCY_CONTRAINDICATED };
enum herb_status { HERB_OK, HERB_RESTRICTED, HERB_EXTERNAL_ONLY, HERB_BANNED };

enum { NO_PARENT = 0xFFFF, NO_RULE = 0xFFFF };

struct herb {
    const char *id;
    const char *name; /* "Dāng Guī 当归" */
    const char *english;
    const char *family; /* botanical, or "" */
    const char *notes;
    const char *source;
    uint16_t parent; /* of a processed form, or NO_PARENT */
    uint16_t base;   /* the topmost parent; itself when it has none */
    enum toxicity toxicity;
    enum herb_pregnancy pregnancy;
    enum herb_status status;
    uint16_t first_regulation,
        regulation_count;             /* in knowledge->regulations; those of its parents hold too */
    bool regulated;                   /* it, or a form it is made from, has a regulation */
    bool limited;                     /* a limit over many days speaks of it or of a form it is made from */
    struct weight dose_min, dose_max; /* adult, raw herb, a day; dose_max.mg 0 = no safe oral dose is given */
    struct ratio granule_low, granule, granule_high; /* crude g per g; num 0 = not known */
};

/* A herb of a formula. `daily` is a dose only when mg > 0: batch weights are never one. */
struct formula_part {
    uint16_t herb;
    bool exceeds_by_design;
    struct weight daily;
    struct weight weight; /* as in the source: grams of a batch or of a day; 0 = none given */
};

struct formula {
    const char *id;
    const char *name;
    const struct formula_part *parts;
    uint16_t part_count;
    bool kampo; /* as Japan makes it; stands behind the Chinese formula of the same name */
};

struct product {
    const char *id;
    const char *name;
    uint16_t formula; /* or NO_PARENT */
    bool external;
    const uint16_t *herbs; /* all herbs in it */
    uint16_t herb_count;
    const uint16_t *drugs; /* what else must be screened in it */
    uint16_t drug_count;
};

/* A drug, a class, a condition or a procedure. */
struct thing {
    const char *id;
    const char *name;
    const char *code; /* ATC of a drug, ICD-10 of a condition */
    const uint16_t
        *classes; /* of a drug: its classes and theirs, nearest first; of a class: itself and its parents */
    uint16_t class_count;
    int lasting_days; /* of a drug or class: how long it still counts after the last dose; 0 = not on file */
    const char *lasting_source;
    int age_from, age_below; /* of a condition that is an age, in months; age_below 0 = it is none */
};

struct rule {
    const char *id;
    const char *object_word; /* of a general rule: "dose_max", "banned", …; else NULL */
    const char
        *kind; /* as in the data: herb_drug, formula_drug, herb_herb, herb_condition, procedure, dose, … */
    const char *effect, *mechanism, *evidence_level, *evidence_class, *evidence_direction;
    const char *action, *citation, *citation_seen, *note, *confidence;
    struct ref subject, object; /* REF_NONE in a general rule */
    enum severity severity;
    int version;
    bool own;            /* the shop's, not the reference's */
    bool bleeding;       /* its effect is on bleeding, to the worse */
    struct weight limit; /* of a general rule on a sum: from how much a day */
    int limit_days;      /* of a general rule on a time; 0 = none */
    struct weight
        threshold;        /* daily raw sum over the herb and all its forms from which it holds; mg 0 = any */
    enum severity below;  /* how grave it is below the threshold; SEVERITY_NONE = it does not hold there */
    int lasting_days;     /* how long it holds after the herb's last dose; 0 = not on file */
    int stop_days_before; /* how many days before an operation the herb must be stopped; 0 = not on file */
    enum severity
        lowers_to; /* what a theory about the same two may still be, beside this; SEVERITY_NONE = as it is */
};

/* A place with laws of its own. */
struct place {
    const char *id, *name;
    uint16_t parent; /* under whose law it also is; NO_PARENT */
};

/* What the law of a place says about a herb. Its texts and severity are in the rule. */
struct regulation {
    uint16_t rule, place, herb;
    struct date from, to;    /* DATE_NONE = not on file, without end */
    struct weight max_daily; /* allowed up to this much a day; mg 0 = whatever the dose */
};

/* How much of a herb and its forms in any `window_days` on end, or on how many of these days. */
struct herb_limit {
    uint16_t rule, herb;
    int window_days;
    struct weight most; /* mg 0 = the days count, not the weight */
    int most_days;
};

/* What people say they are allergic to. */
struct allergen {
    const char *id, *name;
    const char *const *names; /* as people type it, its own name first */
    size_t name_count;
    const char *const *families;
    size_t family_count;
    const uint16_t *herbs;
    uint16_t herb_count;
};

/* A child's share of an adult's dose. */
struct child_dose {
    int age_from, age_below; /* months */
    struct ratio share;
};

/* What one subject and one object have to do with each other: the rule to show (the gravest; among equals the most specific),
   then the others that apply; `severity` is the worst that stands. */
struct hit {
    uint32_t first; /* in rule_lists */
    uint16_t count;
    uint8_t severity; /* enum severity */
    bool if_class;    /* a class was typed, and the rule holds for a part of that class only */
    bool graded; /* one of its rules has a threshold: the dose decides which of them hold, and how grave */
};

/* Rows are subjects, columns objects; a cell is a place in `hits`, 0 for none. */
struct matrix {
    const uint16_t *cells;
    size_t columns;
};

/* The rules that hold for every herb: (kind, object_id) of general_rules.csv. Severity and texts are data; that there is such a
   rule is code. */
#define GENERAL_RULE_LIST(X) \
    X(DOSE_MAX, "dose", "dose_max") \
    X(DOSE_MAX_BY_DESIGN, "dose", "dose_max_by_design") \
    X(DOSE_MAX_TOXIC, "dose", "dose_max_toxic") \
    X(DOSE_MIN, "dose", "dose_min") \
    X(DOSE_NONE_SAFE, "dose", "dose_none_safe") \
    X(DOSE_MAX_CHILD, "dose", "dose_max_child") \
    X(LICORICE_SUM, "dose", "licorice_sum") \
    X(BANNED, "regulation", "banned") \
    X(EXTERNAL_ONLY, "regulation", "external_only") \
    X(RESTRICTED, "regulation", "restricted") \
    X(REGULATED_ELSEWHERE, "regulation", "elsewhere") \
    X(REGULATED_SOMEWHERE, "regulation", "somewhere") \
    X(VERY_TOXIC, "toxicity", "very_toxic") \
    X(TOXIC, "toxicity", "toxic") \
    X(PREGNANCY_BAN, "pregnancy", "contraindicated") \
    X(PREGNANCY_CARE, "pregnancy", "caution") \
    X(MEDICINES_NOT_ASKED, "medicines_not_asked", "medicines") \
    X(MEDICINES_OF_PATIENT_NOT_ASKED, "medicines_not_asked", "medicines_of_patient") \
    X(BLEEDING_LOAD, "bleeding_load", "antithrombotic") \
    X(DUPLICATE_HERB, "duplicate", "herb") \
    X(DUPLICATE_DRUG, "duplicate", "drug") \
    X(DUPLICATE_FORMULA, "duplicate", "formula") \
    X(DUPLICATE_COURSE, "duplicate", "course") \
    X(LASTING_NOT_ON_FILE, "lasting", "not_on_file") \
    X(SURGERY_WITHIN, "surgery", "within") \
    X(COURSE_LENGTH_NOT_SAID, "limit", "course_length_not_said") \
    X(ALLERGY_SAME, "allergy", "same") \
    X(ALLERGY_FAMILY, "allergy", "family") \
    X(ALLERGY_GROUP, "allergy", "group") \
    X(NOT_CHECKED_MEDICINE, "not_checked", "medicine") \
    X(NOT_CHECKED_CONDITION, "not_checked", "condition") \
    X(NOT_CHECKED_ALLERGY, "not_checked", "allergy")
#define GENERAL_RULE_ENUM(name, kind, object) GENERAL_##name,
enum general_rule { GENERAL_RULE_LIST(GENERAL_RULE_ENUM) GENERAL_RULE_COUNT };
#undef GENERAL_RULE_ENUM

struct name_index;

/* Everything is immutable after knowledge_build and lives until knowledge_close. */
struct knowledge {
    struct arena arena;
    size_t bytes; /* what it holds in memory */
    const struct herb *herbs;
    const struct formula *formulas;
    const struct product *products;
    const struct thing *procedures, *drugs, *classes, *conditions;
    size_t count[REF_KIND_COUNT];
    const uint16_t *by_id[REF_KIND_COUNT]; /* places in id order, for knowledge_find */
    const uint16_t *rank[REF_KIND_COUNT];  /* by_id the other way: the place of each in id order */
    const struct rule *rules;              /* general rules last */
    size_t rule_count;
    uint16_t general[GENERAL_RULE_COUNT]; /* places in rules; NO_RULE where a shop has retired it */
    const uint16_t *rule_lists;
    const uint8_t *list_severities; /* beside rule_lists: how grave each is there, theories lowered */
    const struct hit *hits;         /* [0] is no hit */
    size_t hit_count;
    struct matrix herb_drug, formula_drug, procedure_drug; /* columns: drugs, then classes */
    struct matrix herb_condition, formula_condition, procedure_condition;
    struct matrix herb_herb; /* symmetric */
    struct ref antithrombotic, topical_salicylate,
        topical_liniment;                         /* ids the screening speaks of; may be REF_NONE */
    struct ref surgery, pregnancy, breastfeeding; /* conditions the screening speaks of; may be REF_NONE */
    const struct place *places;
    size_t place_count;
    const struct regulation *regulations; /* by herb */
    size_t regulation_count;
    const struct herb_limit *limits;
    size_t limit_count;
    const struct allergen *allergens;
    size_t allergen_count;
    const struct child_dose *child_doses;
    size_t child_dose_count;
    const struct name_index *names;
};

/* Checks every reference and value and builds the snapshot. ST_INVALID names file, row id and value of everything that is
   wrong. Nothing of `rows` is kept. */
enum status knowledge_build(struct ctx *c, const struct knowledge_rows *rows,
                            struct knowledge **out) MUST_CHECK;
void knowledge_close(struct knowledge *knowledge);

/* The thing with that id; REF_NONE when there is none. */
struct ref knowledge_find(const struct knowledge *knowledge, enum ref_kind kind, const char *id);
const char *ref_id(const struct knowledge *knowledge, struct ref ref);
const char *ref_name(const struct knowledge *knowledge, struct ref ref);
/* A number that is greater for a thing whose id comes later; kinds one after the other. 0 for REF_NONE. */
uint32_t ref_rank(const struct knowledge *knowledge, struct ref ref);
const char *ref_kind_word(enum ref_kind kind); /* "herb", "drug_class", … */
bool ref_same(struct ref a, struct ref b);

/* The general rule; NULL when it has been retired. */
const struct rule *knowledge_general(const struct knowledge *knowledge, enum general_rule which);

/* Whether the drug or class `at` (a REF_DRUG or REF_DRUG_CLASS) belongs to the class, itself included. */
bool ref_in_class(const struct knowledge *knowledge, struct ref at, uint16_t drug_class);

/* The place with that id, in any case ("us-ca"); of a state that is not on file, its country. NO_PARENT when neither is. */
uint16_t knowledge_place(const struct knowledge *knowledge, const char *id);

/* Whether the law of `of` holds in `place`: it is the place itself or one it stands under. */
bool place_within(const struct knowledge *knowledge, uint16_t place, uint16_t of);

/* What goes by that name among allergens, compared without case, spaces and marks; NULL when nothing does. */
const struct allergen *knowledge_allergen(const struct knowledge *knowledge, const char *name);

/* "contraindicated", "major", …; "" for SEVERITY_NONE. severity_parse returns SEVERITY_NONE for an unknown word. */
const char *severity_word(enum severity severity);
enum severity severity_parse(const char *word);

#endif
