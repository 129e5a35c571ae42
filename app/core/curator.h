/* The curator's queue: rules that are overridden too often to be worth showing as they are, and what is decided about them. */
#ifndef YAOFANG_CORE_CURATOR_H
#define YAOFANG_CORE_CURATOR_H

#include "base/ctx.h"
#include "clinic/knowledge.h"

/* keep: as it is, with a note why. severity: propose another one. retire: propose to show it no more. A proposal waits for
   another curator's approval like any other. */
enum curator_action { CURATOR_KEEP, CURATOR_SEVERITY, CURATOR_RETIRE };
extern const char *const curator_actions[]; /* NULL-ended, in that order */

struct curator_decision {
    const char *rule_id;
    bool own; /* the rule is the shop's */
    enum curator_action action;
    const char *note;     /* needed; the reason of the proposal */
    const char *severity; /* the new one */
    const char *citation; /* of the proposal; NULL or "": that of the rule */
};

/* Stores the decision with the figures of that moment; what was shown before counts no more for the queue. ST_NOT_FOUND when
   the rule was shown to nobody since the last one. Needs the role curator. */
enum status curator_decide(struct ctx *c, const struct knowledge *knowledge,
                           const struct curator_decision *decision, int64_t *id) MUST_CHECK;

/* From which share of overrides (percent), shown how often, within how many days a rule comes into the queue. Needs the role
   curator. */
struct alert_settings {
    int64_t override_percent, least_shown, days;
};
enum status alert_settings_set(struct ctx *c, const struct alert_settings *settings) MUST_CHECK;

#endif
