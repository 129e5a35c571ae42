/* The JSON of prescriptions: what is put together, and a version with its screening; the same over HTTP and from
   `yaofang compound --json`. */
#ifndef YAOFANG_API_PRESCRIPTION_JSON_H
#define YAOFANG_API_PRESCRIPTION_JSON_H

#include "core/prescription_price.h"
#include "core/screening.h"
#include "core/tier.h"
#include "json/json_read.h"
#include "json/json_write.h"

/* Reads a draft: {"dosage_form","merge_rule","dose_mode","days","packets","doses_per_day","total_mg","directions","indication",
   "change_note","route","timing","frequency","formulas":[{"formula","mg"}],"herbs":[{"herb","mg","processing"}],"drops":[…],"items":[{"herb","item"}],"weights_in","dose_mg","unit_mg",
   "unit_count","binder_permille","overage_permille","from_prescription_id","from_version"}. What is wrong is noted in the
   context (see json_end). Without a merge rule, shared herbs are asked about. */
void draft_read(struct ctx *c, struct json_object *in, struct prescription_draft *draft);

/* The words of enum merge_rule and enum dose_mode in order, NULL-ended. */
const char *const *merge_rule_words(void);
const char *const *dose_mode_words(void);

/* The version's members, into an object that is open. */
void prescription_members(struct json_writer *w, const struct prescription *prescription);

/* What it comes to in its form, as the member "form" of an object that is open: items, ratios and weights, packets, units, and
   what the shop does not keep. */
void prescription_form_member(struct json_writer *w, const struct prescription *prescription,
                              const struct prescription_form *form);

/* What it costs, herb by herb with what has no price, as the member "price" of an object that is open. */
void prescription_price_member(struct arena *arena, struct json_writer *w,
                               const struct prescription *prescription,
                               const struct prescription_price *price);

/* A list of findings, with their answers when they were stored, and how loudly each is shown. */
void findings_write(struct json_writer *w, const char *key, const struct stored_finding *findings,
                    size_t count, const struct tiers *tiers);

/* A stored version (0: the newest) as one object, with its latest screening, findings and answers. */
enum status prescription_write(struct ctx *c, struct json_writer *w, const struct knowledge *knowledge,
                               int64_t id, int64_t version) MUST_CHECK;

#endif
