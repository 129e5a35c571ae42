/* The alert budget: what became of findings. An event is only ever added; a finding counts once for each role, moment and
   occasion, however often it is looked at. Every function joins the caller's transaction. */
#ifndef YAOFANG_CORE_ALERT_H
#define YAOFANG_CORE_ALERT_H

#include "base/ctx.h"
#include "clinic/knowledge.h"
#include "core/moment.h"

enum alert_what { ALERT_SHOWN, ALERT_HEEDED, ALERT_OVERRIDDEN };

/* An event that comes from elsewhere than a stored screening (a CDS card, a look-up). */
struct alert_event {
    const char *rule_id; /* of any rule, a general one too */
    int64_t rule_version;
    bool own;               /* the rule is the shop's, not the reference's */
    const char *kind;       /* of the finding: "herb_drug" */
    enum severity severity; /* not SEVERITY_NONE */
    const char *about;      /* the two sides: "dan_shen × warfarin" */
    const char *role;       /* NULL: that of c->who at that moment */
    enum moment moment;
    enum alert_what what;
    const char *occasion;    /* "card 0f3c…": what the event belongs to, 1 to 200 bytes */
    const char *reason;      /* code of an override; NULL or "" when none was given */
    const char *note;        /* in words; NULL or "" */
    const char *source;      /* NULL: c->who's; else page, api, cds, command or service */
    int64_t prescription_id; /* 0: none */
    int64_t order_id;        /* 0: none */
};

/* Adds events; those that are there already are left as they are. `added` (may be NULL) gets how many are new. ST_INVALID for
   words the database does not know. */
enum status alert_record(struct ctx *c, const struct alert_event *events, size_t count,
                         size_t *added) MUST_CHECK;

/* A screening was stored for signing: all its findings are shown, and those of the screening before it that are gone, because
   the prescription or the patient's profile changed (not the rule book), were heeded. */
enum status alert_screened(struct ctx *c, int64_t screening_id) MUST_CHECK;

/* Findings were answered in this screening by c->who: overridden, with the answer's reason. */
enum status alert_answered(struct ctx *c, int64_t screening_id) MUST_CHECK;

/* An order went past this screening's findings (0: those it was released on) at release, hand-over or refill: all are shown to
   the role of c->who at release, only the critical ones later; the critical ones are overridden with the reason of their
   answer, carried over or not. */
enum status alert_passed(struct ctx *c, int64_t screening_id, enum moment moment,
                         int64_t order_id) MUST_CHECK;

/* The role in which c->who acts at that moment: "system" for the service itself. */
const char *alert_role(const struct ctx *c, enum moment moment);

#endif
