/* What running and storing a screening share; not for use outside core/screening*.c. */
#ifndef YAOFANG_CORE_SCREENING_PARTS_H
#define YAOFANG_CORE_SCREENING_PARTS_H

#include "clinic/screening.h"
#include "core/screening.h"

/* Findings as they will be stored, numbered, and the profile they saw. */
struct screened {
    struct stored_finding *findings; /* the gravest first */
    size_t count;
    int64_t critical_count;
    int64_t profile_version;
};

/* Runs the engine over a prescription and its patient's present profile. */
enum status screen_prescription(struct ctx *c, const struct knowledge *knowledge,
                                const struct prescription *prescription, struct screened *out) MUST_CHECK;

/* A finding of the engine with its texts frozen. */
void finding_freeze(struct arena *arena, const struct knowledge *knowledge, const struct finding *finding,
                    struct stored_finding *out);

/* A name that could not be checked, by the general rule for such names; `part` says what it is the name of. */
void gap_freeze(struct arena *arena, const struct knowledge *knowledge, enum general_rule general,
                const char *part, const char *typed, const char *why, struct stored_finding *out);

#endif
