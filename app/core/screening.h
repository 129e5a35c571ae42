/* Screenings kept: the engine run over a stored version and patient, its findings frozen, and who answered what. */
#ifndef YAOFANG_CORE_SCREENING_H
#define YAOFANG_CORE_SCREENING_H

#include "base/ctx.h"
#include "base/date.h"
#include "base/quantity.h"
#include "clinic/knowledge.h"
#include "core/prescription.h"

struct screening_record {
    int64_t id;
    int64_t prescription_id, version;
    int64_t profile_version;
    int64_t critical_count; /* findings that must be answered */
    int64_t answered_count;
    int64_t acknowledged_count;
    const char *knowledge_version;
    const char *made_by; /* display name; "" = the service, in the background */
    struct instant made_at;
    bool current; /* has seen the patient's present profile */
    bool stands;  /* that, and the rule book has not changed since: what release and hand-over ask for */
};

/* A finding with its texts as they were, and its answer. Texts are "" where there is nothing to say. */
struct stored_finding {
    int64_t finding_no;
    int64_t key; /* the same for the same finding in another screening; 0 = stored before there were keys */
    int64_t critical_no; /* 1..n among those that must be answered; 0 = need not be */
    const char *kind, *severity;
    const char *rule_id;
    int64_t rule_version;
    const char *rule_origin; /* "reference", or "shop": a rule of the shop's own */
    const char *subject_id, *subject_name, *subject_typed;
    const char *object_id, *object_name, *object_typed;
    const char *via; /* ids separated by ';' */
    struct weight daily;
    const char *effect, *mechanism, *evidence, *action, *citation;
    const char *detail;            /* a sentence about this case */
    const char *detail_of_any_day; /* of one just found: the same without what each day changes */
    int64_t answer_no;             /* 0 = no answer */
    const char *reason, *reason_english, *note;
    const char *answered_by; /* display name */
    struct instant answered_at;
    int64_t carried_from;        /* the earlier screening the answer was given in; 0 = this one */
    const char *acknowledged_by; /* display name of the pharmacist who has read the answer; "" */
    struct instant acknowledged_at;
};

/* Runs the engine over lines, formulas and the patient's present profile, storing nothing: the findings as they would be
   stored. A name of the profile that means nothing to the knowledge becomes a finding of kind "not_checked". */
enum status screening_try(struct ctx *c, const struct knowledge *knowledge,
                          const struct prescription *prescription, struct stored_finding **findings,
                          size_t *count) MUST_CHECK;

/* The same over a stored version, stored. Answers given earlier to the same finding of this prescription (same rule
   version, sides as typed, severity and dose) are carried over, with the screening they came from. */
enum status screening_make(struct ctx *c, const struct knowledge *knowledge, int64_t prescription_id,
                           int64_t version, int64_t *id) MUST_CHECK;

/* The same with `coming` packets of it about to be ordered: taken for their days, once what is supplied is used up. */
enum status screening_make_for(struct ctx *c, const struct knowledge *knowledge, int64_t prescription_id,
                               int64_t version, int64_t coming, int64_t *id) MUST_CHECK;

/* The latest screening of a version; ST_NOT_FOUND when it was never screened. */
enum status screening_latest(struct ctx *c, int64_t prescription_id, int64_t version,
                             struct screening_record *record) MUST_CHECK;

/* Which version a screening is of, and which screening is that version's latest. ST_NOT_FOUND. */
enum status screening_place(struct ctx *c, int64_t screening_id, int64_t *prescription_id, int64_t *version,
                            int64_t *latest_id) MUST_CHECK;

/* Its findings, the gravest first. */
enum status screening_findings(struct ctx *c, int64_t screening_id, struct stored_finding **findings,
                               size_t *count) MUST_CHECK;

/* A coded reason of an answer. */
struct answer_reason {
    const char *code, *english;
    bool needs_note;
};
enum status answer_reasons(struct ctx *c, struct answer_reason **reasons, size_t *count) MUST_CHECK;

/* An answer to a critical finding: a code of answer_reasons, with a note where the code asks for one. */
struct screening_answer {
    int64_t finding_no;
    const char *reason;
    const char *note;
};

/* Stores answers in the name of c->who. ST_INVALID for an unknown finding or reason or a missing note, ST_CONFLICT for a
   finding answered before or one that needs none. All or none. Needs the role practitioner or pharmacist. */
enum status screening_answer(struct ctx *c, int64_t screening_id, const struct screening_answer *answers,
                             size_t count) MUST_CHECK;

/* The pharmacist has read every answer given so far (PRODUCT law 6); `count` gets how many she had not read before. Needs
   the role pharmacist. */
enum status screening_acknowledge(struct ctx *c, int64_t screening_id, int64_t *count) MUST_CHECK;

/* Notes ST_UNSAFE for every critical finding of the screening without an answer (or, when `acknowledged`, whose answer no
   pharmacist has read), naming the two sides. ST_OK when there is none. */
enum status screening_require_answers(struct ctx *c, int64_t screening_id, bool acknowledged) MUST_CHECK;

/* A text that changes whenever a rule or a herb's limits change. In the arena. */
const char *knowledge_version(struct arena *arena, const struct knowledge *knowledge);

#endif
