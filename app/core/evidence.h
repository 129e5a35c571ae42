/* The evidence book: a shop's own rules, names and granule ratios beside the reference ones. Every change is a proposal with author,
   reason, citation and the days it holds; another person, a curator, approves or rejects it; nothing is ever changed
   afterwards (PRODUCT law 8; schema/0019). */
#ifndef YAOFANG_CORE_EVIDENCE_H
#define YAOFANG_CORE_EVIDENCE_H

#include "base/ctx.h"
#include "base/date.h"
#include "clinic/knowledge.h"
#include "clinic/knowledge_overlay.h"

enum evidence_kind { EVIDENCE_RULE, EVIDENCE_SYNONYM, EVIDENCE_RATIO };

/* set: replaces the reference row of that key, or adds one. retire: puts it out of use. revert: what the shop has of its own no
   longer counts, the reference speaks again. */
enum evidence_change { EVIDENCE_SET, EVIDENCE_RETIRE, EVIDENCE_REVERT };

/* NULL-ended lists of the words, in the order of the enums. */
extern const char *const evidence_kinds[], *const evidence_changes[];

/* Texts may be NULL: not said. */
struct evidence_proposal {
    enum evidence_kind kind;
    enum evidence_change change;
    const char *reason, *citation; /* needed always */
    struct date from, to;          /* civil days in the shop; from DATE_NONE: today; to DATE_NONE: for good */
    struct rule_row
        rule; /* set: what is not said stays as it is now; a rule that is not there yet needs kind, both
                                      sides, severity, effect and action. Its id NULL: a new rule, numbered own_1, own_2, …
                                      citation and version are not read */
    struct own_synonym synonym;     /* thing_id may be any name of the thing */
    struct granule_ratio_row ratio; /* herb_id may be any name of the herb */
    const char *ratio_note;
    int64_t import_id; /* the file it comes from; 0: none */
};

/* Checks a proposal and completes it: names become ids, what was not said of a rule is taken from the row now in force. Notes
   everything that is wrong (an unknown id with those near it); ST_OK when nothing was. */
enum status evidence_check(struct ctx *c, const struct knowledge *knowledge,
                           struct evidence_proposal *proposal) MUST_CHECK;

/* evidence_check, then stored. `id` is the proposal's number. Needs the role curator, pharmacist or practitioner. */
enum status evidence_propose(struct ctx *c, const struct knowledge *knowledge,
                             struct evidence_proposal *proposal, int64_t *id) MUST_CHECK;

/* Stores one that evidence_check has passed, in the caller's transaction. */
enum status evidence_store(struct ctx *c, const struct evidence_proposal *proposal, int64_t *id) MUST_CHECK;

/* A curator's decision about a proposal of another person; a rejection needs a note. Once decided it stays so: ST_CONFLICT. */
enum status evidence_approve(struct ctx *c, int64_t id, const char *note) MUST_CHECK;
enum status evidence_reject(struct ctx *c, int64_t id, const char *note) MUST_CHECK;

/* The author takes back what is not decided yet. */
enum status evidence_withdraw(struct ctx *c, int64_t id, const char *note) MUST_CHECK;

/* Puts a proposal into an overlay in place of what that has of the same key, so that a rule book can be built as if it were in
   force. */
void overlay_put(struct ctx *c, struct overlay *overlay, const struct evidence_proposal *proposal);

/* Reads an undecided proposal back, as it was stored. ST_NOT_FOUND; ST_CONFLICT when it is decided. */
enum status evidence_read(struct ctx *c, int64_t id, struct evidence_proposal *proposal) MUST_CHECK;

#endif
