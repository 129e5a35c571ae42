/* Stages for tests of the evidence book. Everything here aborts the test when it fails. */
#ifndef YAOFANG_TESTS_EVIDENCE_H
#define YAOFANG_TESTS_EVIDENCE_H

#include "core/evidence.h"

/* A fresh database in which dr.wu and mei.lin are curators too. */
void evidence_fresh(const char *name);

/* Opens it as the service; dr.wu acts. */
void evidence_stage(struct ctx *c, const char *name);

/* The reference alone; the acting shop's rule book as it would be loaded now. Closed with the context. */
const struct knowledge *evidence_reference(struct ctx *c);
const struct knowledge *evidence_book(struct ctx *c);

/* The rule with that id, or NULL. */
const struct rule *evidence_rule_of(const struct knowledge *of, const char *id);

/* A proposal to give the rule another severity (NULL: as it is); from today, for good. */
struct evidence_proposal evidence_rule(const char *id, const char *severity);

/* Proposes it in the name of who acts. */
int64_t evidence_proposed(struct ctx *c, const struct knowledge *knowledge,
                          struct evidence_proposal proposal);

/* mei.lin approves it; then dr.wu acts again. */
void evidence_approved(struct ctx *c, int64_t id);

#endif
