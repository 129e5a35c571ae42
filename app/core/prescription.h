/* Prescriptions: built from formulas and herbs, kept as versions that never change. */
#ifndef YAOFANG_CORE_PRESCRIPTION_H
#define YAOFANG_CORE_PRESCRIPTION_H

#include "base/ctx.h"
#include "base/quantity.h"
#include "clinic/dosing.h"
#include "clinic/knowledge.h"

/* A herb set by hand. It replaces the weight a formula gave the same herb. */
struct prescription_herb {
    const char *herb;       /* as typed: id, pinyin, hanzi, English, … */
    struct weight weight;   /* meant as the dose mode says */
    const char *processing; /* preparation beyond the herb's own row; NULL = the formula's */
};

/* What a person puts together. */
struct prescription_draft {
    int64_t patient_id;
    const char *dosage_form; /* id of dosage_forms: raw_decoction, granule, powder, … */
    enum merge_rule merge_rule;
    enum dose_mode dose_mode;
    struct course course;
    int doses_per_day;                                 /* 0: the dosage form's usual */
    struct weight total;                               /* for MODE_PARTS only */
    const char *directions, *indication, *change_note; /* may be NULL */
    const char *const *formulas;                       /* as typed */
    size_t formula_count;
    const struct prescription_herb *herbs;
    size_t herb_count;
    const char *const *drops; /* herbs to leave out, as typed; each must be there */
    size_t drop_count;
};

/* Stores version 1. ST_INVALID names every name that is not understood, means two things, or is no herb; ST_CONFLICT a shared
   herb when the merge rule is "ask". Needs the role practitioner or pharmacist. */
enum status prescription_create(struct ctx *c, const struct knowledge *knowledge,
                                const struct prescription_draft *draft, int64_t *id) MUST_CHECK;

/* Stores the version after `seen_version`; ST_STALE when somebody else already did. draft->patient_id is not looked at. */
enum status prescription_change(struct ctx *c, const struct knowledge *knowledge, int64_t id,
                                int64_t seen_version, const struct prescription_draft *draft,
                                int64_t *version) MUST_CHECK;

/* Signs a version after its latest screening, which must have seen the patient as she is now (ST_STALE otherwise) and have
   every critical finding answered (ST_UNSAFE names each that is not). Needs the role practitioner. */
enum status prescription_sign(struct ctx *c, int64_t id, int64_t version) MUST_CHECK;

/* The newest version's number; ST_NOT_FOUND when there is no such prescription. */
enum status prescription_latest(struct ctx *c, int64_t id, int64_t *version) MUST_CHECK;

#endif
