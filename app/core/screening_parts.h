/* What running and storing a screening share; not for use outside core/screening*.c. */
#ifndef YAOFANG_CORE_SCREENING_PARTS_H
#define YAOFANG_CORE_SCREENING_PARTS_H

#include "clinic/screening.h"
#include "core/patient.h"
#include "core/screening.h"

/* A herb with what is taken of it a day, or a formula, by its id and the name it goes by in the prescription. */
struct case_part {
    const char *id, *typed;
    struct weight daily;
};

struct case_recipe {
    struct case_part *herbs, *formulas;
    size_t herb_count, formula_count;
};

/* Another prescription the patient takes from, or took lately. */
struct case_course {
    const char *label; /* "prescription 41" */
    struct case_recipe recipe;
    struct date first_on, last_on;
};

/* What the engine is told of a prescription and its patient, before any name is looked up. */
struct case_facts {
    int64_t profile_version;
    bool medicines_asked;
    struct date born_on; /* DATE_NONE: not known */
    int64_t age_months;
    struct weight body;                   /* mg 0: not known */
    const char *jurisdiction;             /* of the shop; "" = not known */
    struct date today, first_on, last_on; /* the days the recipe is taken */
    const struct profile_row *profile[PROFILE_PART_COUNT];
    size_t profile_count[PROFILE_PART_COUNT];
    struct case_recipe recipe;
    const struct case_course *courses;
    size_t course_count;
};

/* Findings as they will be stored, numbered, and the profile they saw. */
struct screened {
    struct stored_finding *findings; /* the gravest first */
    size_t count;
    int64_t critical_count;
    int64_t profile_version;
};

/* "dang_gui:9000;huang_qi:12000|bu_zhong_yi_qi_tang": how a screening keeps what it screened. */
const char *recipe_text(struct arena *arena, const struct prescription *prescription);

/* Takes "dang_gui:9000:Dāng Guī;…" apart: id, milligrams a day and name; what is not said is empty. */
struct case_part *case_parts(struct arena *arena, const char *list, size_t *count);

/* Runs the engine over the facts. Everything is in the arena, or in the facts and the knowledge. */
void facts_screen(struct arena *arena, const struct knowledge *knowledge, const struct case_facts *facts,
                  struct screened *out);

/* Reads a prescription's facts and screens them; `coming` packets of it are about to be ordered (0: none), and count for its days. */
enum status screen_prescription(struct ctx *c, const struct knowledge *knowledge,
                                const struct prescription *prescription, int64_t coming,
                                struct screened *out) MUST_CHECK;

/* A screening to be stored. */
struct screening_new {
    int64_t prescription_id, version, patient_id;
    const struct screened *screened;
    const char *recipe; /* what was screened, as recipe_text writes it */
    int64_t id;         /* set when it is stored */
};

/* Why screenings are made: what the work list says of what they raise. */
struct screening_cause {
    const char *why; /* where the data do not tell */
    bool rule_book;  /* the rule book changed, not the patient */
};

/* Stores screenings of different versions made by one rule book, in the name of c->who (user 0: nobody), carries answers
   over, and brings the work list up to date. Inside the caller's transaction. */
enum status screenings_store(struct ctx *c, const char *knowledge_version, struct screening_new *list,
                             size_t count, struct screening_cause cause) MUST_CHECK;

/* What makes a finding the same one in another screening of the version. Of a critical one it is everything an answer is
   to (answers_carry.sql compares the same); of another, what it is about and how grave it is. */
int64_t finding_key(const struct stored_finding *finding);

/* A finding of the engine with its texts frozen. */
void finding_freeze(struct arena *arena, const struct knowledge *knowledge, const struct finding *finding,
                    struct stored_finding *out);

/* A name that could not be checked, by the general rule for such names; `part` says what it is the name of. */
void gap_freeze(struct arena *arena, const struct knowledge *knowledge, enum general_rule general,
                const char *part, const char *typed, const char *why, struct stored_finding *out);

#endif
