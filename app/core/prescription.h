/* Prescriptions: built from formulas and herbs, kept as versions that never change. Weights are of crude herb; what a granule
   or another form of it weighs is the order's affair. */
#ifndef YAOFANG_CORE_PRESCRIPTION_H
#define YAOFANG_CORE_PRESCRIPTION_H

#include "base/ctx.h"
#include "base/date.h"
#include "base/quantity.h"
#include "clinic/dosing.h"
#include "clinic/dosing_pack.h"
#include "clinic/knowledge.h"

/* No version has more lines; more herbs in a draft are refused before they are looked at. */
enum { PRESCRIPTION_MOST_LINES = 100, PRESCRIPTION_MOST_FORMULAS = 20, PRESCRIPTION_MOST_REFILLS = 99 };

/* A herb set by hand. It replaces the weight a formula gave the same herb. */
struct draft_herb {
    const char *herb;       /* as typed: id, pinyin, hanzi, English, … */
    struct weight weight;   /* meant as the dose mode says */
    const char *processing; /* preparation beyond the herb's own row; NULL = the formula's */
};

/* A formula to start from. */
struct draft_formula {
    const char *formula;  /* as typed; "house:NAME" is the shop's own of that name */
    struct weight weight; /* scale it to this, meant as the dose mode says; mg 0 = as the classic gives it */
};

/* The item a herb of the draft is to be filled with, in place of the shop's usual choice. */
struct draft_item {
    const char *herb; /* as typed */
    const char *item; /* SKU */
};

/* What a person puts together. */
struct prescription_draft {
    int64_t patient_id;
    int64_t intake_id;       /* the paper it is entered from (core/outside.h); 0 = written here */
    const char *dosage_form; /* id of dosage_forms: raw_decoction, granule, powder, … */
    enum merge_rule merge_rule;
    enum dose_mode dose_mode;
    struct course course; /* packets 0: one a day, or one per dose, as the form is packed */
    int doses_per_day;    /* 0: the dosage form's usual */
    int refills;          /* how often it may be supplied again, at least refill_interval_days apart */
    int refill_interval_days;
    bool in_form;            /* weights typed, and `total`, are in the form's own grams, not in crude herb */
    struct weight total;     /* of what PARTS and PERCENT are; else scales the whole to it; mg 0 = none */
    struct weight dose;      /* taken at a time, in the form's grams: sets the total instead; mg 0 = not so */
    struct units_wish units; /* capsules or pills; all 0 = none */
    int overage_permille;    /* weighed besides for what is lost on the way */
    int64_t from_id,
        from_version; /* a version to start from, its lines taken as a day's; 0 = none, the newest */
    const char *directions, *indication, *change_note; /* may be NULL */
    const char *route, *timing,
        *frequency; /* codes of administration_words, may be NULL: as the form is taken, every day */
    const struct draft_formula *formulas;
    size_t formula_count;
    const struct draft_herb *herbs;
    size_t herb_count;
    const char *const *drops; /* herbs to leave out, as typed; each must be there */
    size_t drop_count;
    const struct draft_item *items;
    size_t item_count;
};

/* A herb of a prescription. */
struct prescription_line {
    int64_t line_no;
    const char *herb_id, *pinyin, *hanzi, *english;
    const char *processing, *handling, *role; /* "" where there is none */
    const char *handling_words;               /* "decoct first 先煎, crush 打碎" */
    const char *via; /* ids of the formulas it came from, separated by ';'; "" when added by hand */
    struct weight daily, total;
    int64_t filled_item_id;  /* the item that fills it where it is not the shop's usual choice; 0 = that */
    const char *filled_name; /* its name; "" */
};

struct prescription_formula {
    const char *formula_id, *pinyin, *hanzi, *english;
    struct weight scaled; /* what it was scaled to, a day (parts: as parts); mg 0 = as the classic gives it */
};

/* A formula of the shop's own it was put together from, as it was kept then. */
struct prescription_house {
    int64_t house_formula_id;
    const char *name;
    struct weight scaled; /* what it was scaled to, a day; mg 0 = as it was kept */
};

/* How the version differs from its formulas merged by its rule, a day: was 0 = added, is 0 = dropped. */
struct prescription_difference {
    const char *herb_id, *name;
    struct weight was, is;
};

/* A version, stored or (version 0) only drafted. */
struct prescription {
    int64_t id, version, latest_version;
    int64_t patient_id;
    const char *patient_code, *patient_name;
    const char *dosage_form, *form_english, *merge_rule, *dose_mode;
    int days, doses_per_day, packets, refills, refill_interval_days;
    struct weight total, daily; /* sums of the lines */
    const char *weights_in;     /* "raw" or "form": how they were typed */
    struct weight dose; /* taken at a time, in the form's grams; mg 0: the directions did not set the total */
    struct weight form_total; /* what all weigh in the form; mg 0: not worked out when it was stored */
    struct weight unit;       /* fill weight of a capsule, weight of a pill; mg 0 = none */
    int64_t unit_count;
    int overage_permille, binder_permille;
    int64_t from_id, from_version; /* what it was started from; 0 = nothing */
    int64_t intake_id;             /* the paper it was entered from; 0 = written here */
    const char *written_by;        /* the prescriber of that paper; "" = written here */
    const char *directions, *indication, *change_note;
    const char *route, *timing, *frequency; /* codes; "" = not said */
    const char *created_by;                 /* display name */
    struct instant created_at;              /* us 0: not stored */
    const char *signed_by;                  /* display name; "" when not signed */
    struct instant signed_at;
    struct prescription_line *lines;
    size_t line_count;
    struct prescription_formula *formulas;
    size_t formula_count;
    struct prescription_house *houses;
    size_t house_count;
    struct prescription_difference *differences;
    size_t difference_count;
    const char **notices; /* only drafted: what of the version it starts from could not be kept as it was */
    size_t notice_count;
};

/* Works a draft out without storing anything. ST_SHORT names each herb whose weight in the form is needed (weights in the form, a
   dose, capsules) and that has neither an item of the shop nor a ratio on file. ST_INVALID names every name that is not understood (with the nearest names),
   means two things (with the candidates) or is no herb, every weight out of range, and every item
   chosen that the shop does not keep, that is another herb or preparation, or that the form is not made of; ST_CONFLICT each shared herb with its
   weights when the merge rule is "ask" and nobody set it by hand. */
enum status prescription_build(struct ctx *c, const struct knowledge *knowledge,
                               const struct prescription_draft *draft, struct prescription *out) MUST_CHECK;

/* The one herb `typed` means; REF_NONE after noting in `field` why it is not one herb. */
struct ref herb_named(struct ctx *c, const struct knowledge *knowledge, const char *field, const char *typed);

/* Builds, stores version 1 and screens it. Needs the role practitioner or pharmacist. */
enum status prescription_create(struct ctx *c, const struct knowledge *knowledge,
                                const struct prescription_draft *draft, int64_t *id) MUST_CHECK;

/* Builds, stores and screens the version after `seen_version`; ST_STALE naming both when somebody else already did.
   draft->patient_id is not looked at. */
enum status prescription_change(struct ctx *c, const struct knowledge *knowledge, int64_t id,
                                int64_t seen_version, const struct prescription_draft *draft,
                                int64_t *version) MUST_CHECK;

/* Stores and screens a version that was worked out already, after `seen_version`; ST_STALE as above. In an open transaction. */
enum status prescription_store_next(struct ctx *c, const struct knowledge *knowledge, int64_t id,
                                    int64_t seen_version, const struct prescription *built,
                                    int64_t *version) MUST_CHECK;

/* Reads a version; version 0 means the newest. ST_NOT_FOUND names the one that is not there. */
enum status prescription_get(struct ctx *c, const struct knowledge *knowledge, int64_t id, int64_t version,
                             struct prescription *out) MUST_CHECK;

/* Signs a version in the name of c->who. When its latest screening has not seen the patient or the rule book as they are now,
   everything is screened again first. ST_UNSAFE names every critical finding without an answer, ST_CONFLICT a version that is
   signed already, ST_STALE one that is not the newest. Needs the role practitioner or pharmacist. */
enum status prescription_sign(struct ctx *c, const struct knowledge *knowledge, int64_t id,
                              int64_t version) MUST_CHECK;

/* The newest version's number; ST_NOT_FOUND when there is no such prescription. */
enum status prescription_latest(struct ctx *c, int64_t id, int64_t *version) MUST_CHECK;

#endif
