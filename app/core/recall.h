/* Recalls: lots with everything made of them, barred at once; the patients concerned, and the calls to them. A mock recall starts
   the same clock and makes the same list, but bars nothing. */
#ifndef YAOFANG_CORE_RECALL_H
#define YAOFANG_CORE_RECALL_H

#include <stdbool.h>

#include "base/ctx.h"

/* Starts a recall of these lots. When it is not mock, all lots are "recalled" in the same transaction, so that no path hands them
   out, and what was set aside of them for orders is no more. listed_at is stored once the call list was made: the seconds until
   then are what a mock recall measures. Needs the role pharmacist. */
enum status recall_start(struct ctx *c, const int64_t *lots, size_t count, const char *reason, bool mock,
                         int64_t *id) MUST_CHECK;

extern const char *const call_statuses[]; /* called, no_answer, reached, returned, used_up, refused */

/* Notes a call to a patient, by whom and when. Needs the role pharmacist or staff. */
enum status recall_call(struct ctx *c, int64_t id, int64_t patient_id, const char *status,
                        const char *note) MUST_CHECK;

/* Ends a recall; its lots stay barred until somebody decides about each. Needs the role pharmacist. */
enum status recall_end(struct ctx *c, int64_t id, const char *note) MUST_CHECK;

#endif
