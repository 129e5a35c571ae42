/* What proposals would change for the patients there are: every prescription that is being taken and every open order, screened
   with the shop's rule book as it is and as it would be. Nothing is stored. */
#ifndef YAOFANG_CORE_EVIDENCE_EFFECTS_H
#define YAOFANG_CORE_EVIDENCE_EFFECTS_H

#include "core/evidence.h"

enum effect_change { EFFECT_RAISED, EFFECT_GONE, EFFECT_SEVERITY };

struct evidence_effect {
    int64_t patient_id, prescription_id, version, order_id; /* order 0: none open */
    const char *patient_code;
    enum effect_change change;
    const char *kind, *rule_id, *subject, *object, *effect;
    const char *before, *after; /* severities; "" on the side where there is no such finding */
};

struct evidence_effects {
    struct date day;                /* screened as of: the latest of today and the proposals' first days */
    int64_t prescriptions, changed; /* screened; of those, with a difference */
    int64_t raised, gone, severity; /* findings */
    const struct evidence_effect *rows; /* the first EFFECTS_MOST */
    size_t count;
};
enum { EFFECTS_MOST = 1000 };

/* Proposals that evidence_check has passed, together. Rows live in the context's arena. */
enum status evidence_effects(struct ctx *c, const struct evidence_proposal *proposals, size_t count,
                             struct evidence_effects *out) MUST_CHECK;

#endif
