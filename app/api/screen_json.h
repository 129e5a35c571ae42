/* The JSON of a case to screen and of its answer: the same on the command line, over HTTP and in the tests. */
#ifndef YAOFANG_API_SCREEN_JSON_H
#define YAOFANG_API_SCREEN_JSON_H

#include "clinic/screening.h"
#include "core/tier.h"
#include "json/json_read.h"
#include "json/json_write.h"

/* A case as typed. NULL lists are empty. */
struct screen_case {
    const struct tiers *tiers; /* NULL: findings do not say how loudly they are shown */
    const char *id;            /* echoed; NULL = none */
    bool id_is_number;         /* then `id` is its digits */
    struct understood understood;
    struct typed_item *allergies;
    size_t allergy_count;
    const char **allergy_families;
    size_t allergy_family_count;
    bool medicines_asked;
    struct screening_case facts; /* what is not typed text: days, jurisdiction, age, weight, courses */
};

/* "id" as it was given. */
void screen_id_write(struct json_writer *w, const struct screen_case *in);

/* Reads {"id","items":[…],"drugs":[…],"conditions":[…]} and the optional "herbs", "formulas", "procedures",
   "allergies", "country", "pregnant", "breastfeeding", "age_years", "age_months", "weight_kg", "surgery_on", "surgery_in_days",
   "jurisdiction", "on" (default: today, UTC), "first_on", "last_on", "stopped": [{"name","on"|"days_ago"}] (herbs and medicines
   no longer taken), "courses": [{"label","items","first_on","last_on"}] (other prescriptions). "drugs" absent or null means that nobody asked; [] that there are
   none. Unknown members, wrong types and bad values are noted in the context (see json_end). */
enum status screen_case_read(struct ctx *c, const struct knowledge *k, struct json_object *in,
                             struct screen_case *out) MUST_CHECK;

/* Parts of a case that other callers than JSON say one by one. Bad values are noted under `field`; what cannot be settled is listed as
   not checked. */
void screen_weight_set(struct ctx *c, const char *field, const char *kilograms, struct screen_case *out);
/* A herb or medicine no longer taken, and since when; days 0: not said, or said in the name ("stopped 5 days ago"). */
void screen_stopped_add(struct ctx *c, const struct knowledge *k, const char *name, const char *country,
                        struct date on, struct screen_case *out);
/* A herb each, a botanical family, or what people call one (ragweed, shellfish). */
void screen_allergies_set(struct ctx *c, const struct knowledge *k, const char *const *texts, size_t count,
                          struct screen_case *out);
/* What days and places can't be checked: an operation that is past, a place without a law on file. */
void screen_facts_check(struct ctx *c, const struct knowledge *k, struct screen_case *out);
struct date screen_today(void); /* UTC */

/* Reads "adding": items to be put to those of the case, which is then screened with them. `before` gets the case without them;
   false when there are none. */
bool screen_adding_read(struct ctx *c, const struct knowledge *k, struct json_object *in,
                        struct screen_case *with, struct screen_case *before);

/* Of a case and its answer, keeps what the case before did not have: what concerns the items added. */
void screen_keep_new(struct arena *arena, const struct screen_case *before, const struct screening *was,
                     struct screen_case *with, struct screening *answer);

/* Screens it. */
void screen_case_run(struct arena *arena, const struct knowledge *k, const struct screen_case *in,
                     struct screening *out);

/* Writes {"id","findings","ambiguous","not_checked"}; further members may follow the ones of the contract. */
void screen_answer_write(struct json_writer *w, const struct knowledge *k, const struct screen_case *in,
                         const struct screening *answer);

/* One finding as JSON, for stored screenings. */
void finding_write(struct json_writer *w, const char *key, const struct knowledge *k,
                   const struct finding *finding, const struct tiers *tiers);

#endif
