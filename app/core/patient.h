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
    const char *code; /* NULL: one is made */
    const char *family_name, *given_name, *name_hanzi;
    const char *sex; /* female, male, other */
    struct date born_on;
    struct weight weight; /* of the body; mg 0 = not known */
    const char *occupation, *phone;
    const char *language; /* english, zh_hans, zh_hant, polish, spanish; NULL = english */
    const char *complaint;
};
enum status patient_create(struct ctx *c, const struct patient_new *patient, int64_t *id) MUST_CHECK;

struct patient {
    int64_t id;
    const char *code, *name, *name_hanzi, *sex, *language;
    struct date born_on;
    int64_t profile_version;
    bool medicines_asked;
};
enum status patient_get(struct ctx *c, int64_t id, struct patient *patient) MUST_CHECK;

/* By code ("D-0003") or, when it is a number, by id. ST_NOT_FOUND names what was typed. */
enum status patient_find(struct ctx *c, const char *code_or_id, int64_t *id) MUST_CHECK;

enum profile_part { PROFILE_MEDICINES, PROFILE_CONDITIONS, PROFILE_ALLERGIES };

/* One medicine, condition or allergy as a person says it. What it means is looked up in the knowledge; a name that is not
   understood is kept as typed and comes back from screening as "not checked". */
struct profile_line {
    const char *typed;
    const char *note; /* directions of a medicine, note of a condition, reaction of an allergy; may be NULL */
};

/* Makes these lines the whole of that part; no lines means "asked: none". `seen_version` is the profile version the person
   looked at: ST_STALE when it is no longer the newest. `version` gets the new one. */
enum status patient_set_profile(struct ctx *c, const struct knowledge *knowledge, int64_t id,
                                enum profile_part part, int64_t seen_version,
                                const struct profile_line *lines, size_t count, int64_t *version) MUST_CHECK;

#endif
