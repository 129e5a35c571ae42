/* Screenings kept: the engine run over a stored version and patient, its findings frozen, and who answered what. */
#ifndef YAOFANG_CORE_SCREENING_H
#define YAOFANG_CORE_SCREENING_H

#include "base/ctx.h"
#include "clinic/knowledge.h"

struct screening_record {
    int64_t id;
    int64_t prescription_id, version;
    int64_t profile_version;
    int64_t critical_count; /* findings that must be answered */
    int64_t answered_count;
    const char *knowledge_version;
    bool current; /* has seen the patient's present profile */
};

/* Runs the engine over a version and the patient's present profile and stores what it finds. A name of the profile that means
   nothing to the knowledge becomes a finding of kind "not_checked", severity major: it must be answered. Answers given in an
   earlier screening of the same version to the same finding (same rule version, sides, severity and dose) are carried over. */
enum status screening_make(struct ctx *c, const struct knowledge *knowledge, int64_t prescription_id,
                           int64_t version, int64_t *id) MUST_CHECK;

/* The latest screening of a version; ST_NOT_FOUND when it was never screened. */
enum status screening_latest(struct ctx *c, int64_t prescription_id, int64_t version,
                             struct screening_record *record) MUST_CHECK;

/* An answer to a critical finding: a code of answer_reasons, with a note where the code asks for one. */
struct screening_answer {
    int64_t finding_no;
    const char *reason;
    const char *note;
};

/* Stores answers in the name of c->who. ST_INVALID for an unknown reason or a missing note, ST_CONFLICT for a finding answered
   before or one that needs none. All or none. Needs the role practitioner or pharmacist. */
enum status screening_answer(struct ctx *c, int64_t screening_id, const struct screening_answer *answers,
                             size_t count) MUST_CHECK;

/* The pharmacist has read every answer given so far (PRODUCT law 6). Needs the role pharmacist. */
enum status screening_acknowledge(struct ctx *c, int64_t screening_id) MUST_CHECK;

/* Notes ST_UNSAFE for every critical finding of the screening without an answer (or, when `acknowledged`, whose answer no
   pharmacist has read), naming the two sides. ST_OK when there is none. */
enum status screening_require_answers(struct ctx *c, int64_t screening_id, bool acknowledged) MUST_CHECK;

/* A text that changes whenever a rule or a herb's limits change. In the arena. */
const char *knowledge_version(struct arena *arena, const struct knowledge *knowledge);

#endif
