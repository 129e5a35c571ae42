/* Promo codes: their terms in versions, and their end. What they do to a ticket is core/pricing.h; that their limits hold is
   core/ticket.h and the database. */
#ifndef YAOFANG_CORE_PROMO_H
#define YAOFANG_CORE_PROMO_H

#include <stdbool.h>

#include "base/ctx.h"
#include "base/date.h"
#include "base/quantity.h"

/* Texts may be NULL. Exactly one of percent and amount. include, exclude: see struct promo_code of core/pricing.h. */
struct promo_terms {
    const char *description;
    int64_t percent_basis_points; /* 0: an amount */
    struct money amount;          /* 0: a percentage */
    struct date valid_from, valid_until;
    struct money minimum;
    const char *include, *exclude;
    int64_t max_uses, max_uses_per_customer; /* 0: no limit */
    bool stackable, allow_below_cost, allow_restricted;
    bool return_on_refund; /* refunding the whole sale gives the use back */
    const char *change_note;
};

/* All need the role admin or staff. Adding: ST_CONFLICT for a code the shop has or had, ST_INVALID for terms that say nothing, and
   for words of include and exclude that mean nothing in this shop, each named. */
enum status promo_add(struct ctx *c, const char *code, const struct promo_terms *terms) MUST_CHECK;
/* Writes the version after `seen_version`; ST_STALE when somebody else already did, ST_CONFLICT for a code that was ended. */
enum status promo_change(struct ctx *c, const char *code, int64_t seen_version,
                         const struct promo_terms *terms) MUST_CHECK;
enum status promo_end(struct ctx *c, const char *code) MUST_CHECK;

/* A code as it is kept: in capitals, without spaces around it. */
const char *promo_code_text(struct ctx *c, const char *typed);

#endif
