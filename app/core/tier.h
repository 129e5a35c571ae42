/* How loudly a finding is shown: it interrupts, is listed, or is quiet (shown when asked for), by the role of who looks, the moment
   and the severity. Data: seed/reference/tiers.csv, and a shop's own. */
#ifndef YAOFANG_CORE_TIER_H
#define YAOFANG_CORE_TIER_H

#include "clinic/knowledge.h"
#include "core/moment.h"

/* The tier of each severity for one person at one moment. */
struct tiers {
    const char *of[SEVERITY_CONTRAINDICATED + 1]; /* "interrupt", "list", "quiet" */
};

/* Those of c->who at that moment, as her shop has them. */
enum status tiers_read(struct ctx *c, enum moment moment, struct tiers *tiers) MUST_CHECK;

/* A tier of the shop's own; `tier` NULL: as the reference has it. ST_INVALID for unknown words, ST_CONFLICT where a critical finding
   would not interrupt the pharmacist whom it stops anyway. Needs the role admin. */
enum status tier_set(struct ctx *c, const char *role, const char *moment, const char *severity,
                     const char *tier) MUST_CHECK;

/* The tiers of all shops in memory, for screening what is typed: refreshed by a thread, read by all. */
struct tier_book;
struct tier_book *tier_book_open(void);
void tier_book_close(struct tier_book *book);

/* Reads it anew: from the database, or without one from the built-in seed. */
enum status tier_book_refresh(struct ctx *c, struct tier_book *book) MUST_CHECK;

/* Those of c->who at that moment by the book. */
void tier_book_read(const struct ctx *c, struct tier_book *book, enum moment moment, struct tiers *tiers);

#endif
