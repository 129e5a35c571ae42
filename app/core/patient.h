/* Patients: who they are, what they take, what they have. Every change of what screening looks at raises the profile's
   version, so that an older screening is known to be stale. */
#ifndef YAOFANG_CORE_PATIENT_H
#define YAOFANG_CORE_PATIENT_H

#include <stddef.h>

#include "base/ctx.h"
#include "base/date.h"
#include "base/quantity.h"
#include "clinic/knowledge.h"

/* Text may be NULL or "" where a person said nothing; family_name is required. */
struct patient_new {
    const char *code; /* NULL: one is made. Not looked at by patient_update */
    const char *family_name, *given_name, *name_hanzi;
    const char *sex; /* female, male, other */
    struct date born_on;
    struct weight weight; /* of the body; mg 0 = not known */
    const char *occupation, *phone;
    const char *language; /* english, zh_hans, zh_hant, polish, spanish; NULL = english */
    const char *complaint;
};

/* Needs the role practitioner, pharmacist or staff, as does every change below. ST_INVALID names each bad field;
   ST_CONFLICT a code that another patient has. */
enum status patient_create(struct ctx *c, const struct patient_new *patient, int64_t *id) MUST_CHECK;

/* Replaces what patient_new holds, but for the code. `seen_version` is the profile version the person looked at: ST_STALE
   when it is no longer the newest. `version` gets the new one. */
enum status patient_update(struct ctx *c, int64_t id, int64_t seen_version, const struct patient_new *patient,
                           int64_t *version) MUST_CHECK;

struct patient {
    int64_t id;
    const char *code, *name, *family_name, *given_name, *name_hanzi, *sex, *language;
    const char *occupation, *phone, *complaint;
    const char *patterns; /* ids, separated by ';' */
    struct date born_on;
    struct weight weight; /* mg 0 = not known */
    int64_t profile_version;
    bool medicines_asked;
    struct instant medicines_asked_at; /* us 0 = never */
    int64_t age_years;                 /* as of today in the shop; 0 when born_on is not known */
    bool demo;
};
enum status patient_get(struct ctx *c, int64_t id, struct patient *patient) MUST_CHECK;

/* By code ("D-0003") or, when it is a number, by id. ST_NOT_FOUND names what was typed. */
enum status patient_find(struct ctx *c, const char *code_or_id, int64_t *id) MUST_CHECK;

enum profile_part {
    PROFILE_MEDICINES,
    PROFILE_CONDITIONS,
    PROFILE_ALLERGIES,
    PROFILE_OPERATIONS, /* planned ones */
    PROFILE_PART_COUNT
};

/* "medicine", "condition", "allergy", "operation". */
const char *profile_part_word(enum profile_part part);

/* One medicine, condition, allergy or planned operation as a person says it. What it means is looked up in the knowledge; a name that is not
   understood, or not as one thing, is kept as typed and comes back from screening as "not checked". */
struct profile_line {
    const char *typed;
    const char *id; /* what it means, where a person chose among candidates; NULL = look it up */
    const char *
        note; /* directions of a medicine, note of a condition or operation, reaction of an allergy; may be NULL */
    const char *indication; /* of a medicine; may be NULL */
    struct date since;      /* of a medicine or condition; DATE_NONE = not known. Of an operation: its day */
};

/* Adds lines. For medicines, `asked` records that the patient was asked for everything she takes: no lines then means
   "takes nothing (more)". ST_INVALID names a bad line, a chosen id that the knowledge does not have, and an operation without
   a day or on one that is past; ST_CONFLICT a line that is there already. */
enum status patient_add(struct ctx *c, const struct knowledge *knowledge, int64_t id, enum profile_part part,
                        const struct profile_line *lines, size_t count, bool asked,
                        int64_t *version) MUST_CHECK;

/* Stops a medicine, ends a condition or an allergy, calls off an operation, from now on; the line stays in the history.
   ST_NOT_FOUND when it is not among the present ones. */
enum status patient_end(struct ctx *c, int64_t id, enum profile_part part, int64_t line,
                        int64_t *version) MUST_CHECK;

/* The last day a medicine was taken: it is stopped with that, or the day of a stopped one put right. ST_INVALID for a day that is
   not over yet, ST_NOT_FOUND for another patient's medicine. */
enum status patient_last_taken(struct ctx *c, int64_t id, int64_t line, struct date day,
                               int64_t *version) MUST_CHECK;

/* A line of the profile as it is now: what is taken, had and awaited, and, behind the other medicines, those stopped so lately
   that they may still act. */
struct profile_row {
    int64_t id;
    const char *typed;
    const char
        *ref_id;      /* of the drug, herb (allergy) or condition it was understood as; "" when it was not */
    const char *kind; /* of an allergy: herb, drug, other; else "" */
    const char *note, *indication;
    struct date since; /* of an operation: its day */
    struct instant noted_at;
    struct date noted_on;   /* of a medicine: that day in the shop */
    struct date stopped_on; /* of a medicine: the last day it was taken; DATE_NONE = it is taken */
};
enum status patient_profile(struct ctx *c, int64_t id, enum profile_part part, struct profile_row **rows,
                            size_t *count) MUST_CHECK;

/* Locks the patient's row to the end of the transaction: changes of a profile, answers and signatures of one patient follow
   one another. `version` gets the profile's version. ST_NOT_FOUND when the shop has no such patient. */
enum status patient_lock(struct ctx *c, int64_t id, int64_t *version) MUST_CHECK;

#endif
