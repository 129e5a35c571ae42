/* Stages for tests of prescriptions: the rule book, drafts, patients. Everything here aborts the test when it fails. */
#ifndef YAOFANG_TESTS_PRESCRIBE_H
#define YAOFANG_TESTS_PRESCRIBE_H

#include "core/patient.h"
#include "core/prescription.h"
#include "core/screening.h"

/* The rule book of database `name`, read once per process. */
const struct knowledge *test_knowledge(const char *name);

/* A patient of the demo shop, by code. */
int64_t test_patient(struct ctx *c, const char *code);

/* A new patient of 40 years who was asked and takes nothing. */
int64_t test_patient_new(struct ctx *c, const struct knowledge *knowledge);

/* A draft of 7 days' raw decoction for the patient: one formula (NULL: none) and one herb by hand (NULL: none). */
struct prescription_draft test_draft(struct ctx *c, int64_t patient_id, const char *formula, const char *herb,
                                     int64_t mg);

/* The line of that herb, or NULL. */
const struct prescription_line *test_line(const struct prescription *prescription, const char *herb_id);

/* Whether a fault item is about `field` and its value or rule holds `part`. */
bool test_fault_says(const struct ctx *c, const char *field, const char *part);

/* Adds a medicine, condition or allergy to a patient. */
void test_add(struct ctx *c, const struct knowledge *knowledge, int64_t patient, enum profile_part part,
              const char *typed);

/* The day in the shop, so many days from today. */
struct date test_day(struct ctx *c, int days);

/* A prescription of one herb. */
int64_t test_prescribe(struct ctx *c, const struct knowledge *knowledge, int64_t patient, const char *herb,
                       int64_t mg);

/* A prescription of dan shen (critical) and huang qi (minor) for a new patient on warfarin, with two refills. */
extern const struct draft_herb test_risky_herbs[2];
int64_t test_risky(struct ctx *c, const struct knowledge *knowledge, int64_t *patient);

/* The latest screening of the newest version, and its findings. */
struct screening_record test_latest(struct ctx *c, int64_t prescription_id);
struct stored_finding *test_findings(struct ctx *c, int64_t prescription_id, size_t *n);

/* The finding of that kind about what was typed so; NULL when there is none. */
const struct stored_finding *test_finding(struct ctx *c, int64_t prescription_id, const char *kind,
                                          const char *object_typed);

/* Answers every critical finding of the latest screening of version 1 that has no answer yet; returns how many. */
size_t test_answer_all(struct ctx *c, int64_t prescription_id, int64_t version);

#endif
