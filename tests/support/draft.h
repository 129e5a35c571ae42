/* Drafts as the suites about them put them together, in the scene's context (support/scene.h) by the scene's rules. Everything here aborts
   the test when it fails. */
#ifndef YAOFANG_TESTS_DRAFT_H
#define YAOFANG_TESTS_DRAFT_H

#include "core/prescription_form.h"
#include "support/prescribe.h"
#include "support/scene.h"

struct prescription draft_built(const struct prescription_draft *draft);
struct prescription_form draft_form(const struct prescription *built);

/* What that herb weighs in the form. */
int64_t draft_form_mg(const struct prescription *built, const struct prescription_form *form,
                      const char *herb);

/* The draft was refused with that status, and a fault about `field` says `part`; then that is forgotten. */
void draft_refused(const struct prescription_draft *draft, enum status status, const char *field,
                   const char *part);

/* Stores it; its number. */
int64_t draft_created(const struct prescription_draft *draft);

#endif
