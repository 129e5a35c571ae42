/* Screening again what is being taken: every active prescription and every open order (the view `watched`, schema/0017), in
   batches of patients read by a few set-based statements, against one rule book; compared with what is stored, or with
   another rule book. Nothing here stores anything: core/rescreen_job.h does. */
#ifndef YAOFANG_CORE_RESCREEN_H
#define YAOFANG_CORE_RESCREEN_H

#include "base/ctx.h"
#include "clinic/knowledge.h"
#include "core/screening.h"

/* Whose prescriptions: patients with after_patient_id < id <= until_patient_id, of c->who.shop_id. All of a shop's: zeroed. */
struct rescreen_scope {
    int64_t after_patient_id;
    int64_t until_patient_id; /* 0 = to the last */
};

/* A finding that is there on one side only. Two findings are the same when their keys are (finding_key): an answer to the one
   then holds for the other. */
struct rescreen_change {
    bool raised; /* else gone */
    int64_t key;
    const struct stored_finding *finding; /* NULL when it is gone and the other side is what was stored */
};

/* A watched version, screened. */
struct rescreen_result {
    int64_t patient_id, prescription_id, version;
    const char *patient_code;
    int64_t order_id;                /* its newest open order; 0 = none */
    int64_t screening_id;            /* the latest stored screening; 0 = none */
    int64_t profile_version;         /* of the patient, as screened now */
    bool current;                    /* the stored screening saw that, and this rule book */
    struct stored_finding *findings; /* by the rule book given, the gravest first */
    size_t count;
    int64_t critical_count;
    const char *recipe; /* what was screened, as a screening keeps it */
    const struct rescreen_change *changes;
    size_t change_count, raised;
};

/* What was done, so far. */
struct rescreen_figures {
    int64_t patients, prescriptions, changed, raised, gone;
};

/* Called with the results of a batch that changed, and with those of open orders whose screening is not current; the results
   live until it returns. `c` has an arena of the batch's own and may use the database. */
typedef enum status rescreen_visitor(struct ctx *c, const struct rescreen_result *results, size_t count,
                                     void *arg);

/* Screens one batch of the scope (about a thousand patients) and moves scope->after_patient_id behind it; `finished` when the
   scope is empty then. `before` NULL compares with what is stored, else with what that rule book finds now. Adds to
   `figures`. Runs in the caller's transaction when there is one; everything it allocates is in c->arena. */
enum status rescreen_batch(struct ctx *c, const struct knowledge *knowledge, const struct knowledge *before,
                           struct rescreen_scope *scope, rescreen_visitor *visit, void *arg,
                           struct rescreen_figures *figures, bool *finished) MUST_CHECK;

/* All batches of the scope, each with an arena of its own. `figures` is set anew. */
enum status rescreen_walk(struct ctx *c, const struct knowledge *knowledge, const struct knowledge *before,
                          struct rescreen_scope scope, rescreen_visitor *visit, void *arg,
                          struct rescreen_figures *figures) MUST_CHECK;

#endif
