/* Decisions about rules in the curator's queue. A change of the rule is a proposal of the evidence book, made in the same
   transaction. */
#include "core/curator.h"

#include <string.h>

#include "base/text.h"
#include "core/audit.h"
#include "core/evidence.h"
#include "core/person.h"
#include "db/db.h"
#include "sql.h"

const char *const curator_actions[] = { "keep", "severity", "retire", NULL };

struct queued {
    const char *origin;
    int64_t shown, overridden;
};

static const struct column queued_columns[] = {
    COLUMN(struct queued, origin),
    COLUMN(struct queued, shown),
    COLUMN(struct queued, overridden),
    COLUMNS_END,
};

struct made {
    int64_t id;
};

static const struct column made_columns[] = { COLUMN(struct made, id), COLUMNS_END };

struct deciding {
    const struct knowledge *knowledge;
    const struct curator_decision *decision;
    int64_t id;
};

/* The figures of the rule as they are now. */
static enum status figures(struct ctx *c, const struct curator_decision *d, struct queued *out)
{
    struct queued *rows;
    size_t n;

    TRY(db_all(c, &q_curator_queue, PARAMS(SHOP(c), TEXT(d->rule_id)), queued_columns, sizeof *rows, &rows,
               &n));
    for (size_t i = 0; i < n; i++)
        if ((strcmp(rows[i].origin, "shop") == 0) == d->own) {
            *out = rows[i];
            return ST_OK;
        }
    return ctx_fail(c, ST_NOT_FOUND, "rule", d->rule_id,
                    "was shown to nobody since it was last decided about");
}

static const char *citation_of(const struct knowledge *k, const struct curator_decision *d)
{
    if (d->citation != NULL && *d->citation != '\0')
        return d->citation;
    for (size_t i = 0; i < k->rule_count; i++)
        if (strcmp(k->rules[i].id, d->rule_id) == 0)
            return k->rules[i].citation;
    return NULL;
}

static enum status propose(struct ctx *c, const struct deciding *want, int64_t *proposal)
{
    const struct curator_decision *d = want->decision;
    struct evidence_proposal p = {
        .kind = EVIDENCE_RULE,
        .change = d->action == CURATOR_RETIRE ? EVIDENCE_RETIRE : EVIDENCE_SET,
        .reason = d->note,
        .citation = citation_of(want->knowledge, d),
        .from = DATE_NONE,
        .to = DATE_NONE,
        .rule = { .id = d->rule_id, .severity = d->severity },
    };

    *proposal = 0;
    return d->action == CURATOR_KEEP ? ST_OK : evidence_propose(c, want->knowledge, &p, proposal);
}

static enum status decide(struct ctx *c, void *arg)
{
    struct deciding *want = arg;
    const struct curator_decision *d = want->decision;
    struct queued now = { .origin = NULL };
    struct made made;
    int64_t proposal;
    bool found;

    TRY(figures(c, d, &now));
    TRY(propose(c, want, &proposal));
    TRY(db_row(c, &q_alert_decision_add,
               PARAMS(SHOP(c), TEXT(d->rule_id), TEXT(now.origin), TEXT(curator_actions[d->action]),
                      TEXT(d->note), I64_OR_NULL(proposal), I64(now.shown), I64(now.overridden), USER(c)),
               made_columns, &made, &found));
    want->id = made.id;
    return audit_note(c, "alert_decided", arena_printf(&c->arena, "rule %s", d->rule_id),
                      arena_printf(&c->arena, "%s: %s", curator_actions[d->action], d->note));
}

enum status curator_decide(struct ctx *c, const struct knowledge *knowledge,
                           const struct curator_decision *decision, int64_t *id)
{
    struct deciding want = { .knowledge = knowledge, .decision = decision };

    TRY(person_require(c, ROLE_CURATOR, "decide about the curator's queue"));
    if (decision->note == NULL || *text_trim(&c->arena, decision->note) == '\0')
        ctx_note(c, ST_INVALID, "note", NULL, "must say why");
    if ((decision->action == CURATOR_SEVERITY) != (decision->severity != NULL))
        ctx_note(c, ST_INVALID, "severity", decision->severity,
                 "goes with the action severity, and with no other");
    TRY(ctx_fault_or_ok(c));
    TRY(db_tx(c, decide, &want));
    *id = want.id;
    return ST_OK;
}

static enum status set(struct ctx *c, void *arg)
{
    const struct alert_settings *s = arg;

    TRY(db_run(c, &q_alert_settings_set,
               PARAMS(SHOP(c), I64(s->override_percent), I64(s->least_shown), I64(s->days), USER(c))));
    return audit_note(c, "alert_settings", "shop",
                      arena_printf(&c->arena, "%lld %% of %lld shown in %lld days",
                                   (long long)s->override_percent, (long long)s->least_shown,
                                   (long long)s->days));
}

enum status alert_settings_set(struct ctx *c, const struct alert_settings *settings)
{
    struct alert_settings copy = *settings;

    TRY(person_require(c, ROLE_CURATOR, "set the alert budget"));
    return db_tx(c, set, &copy);
}
