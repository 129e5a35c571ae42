/* Stages for tests of prescriptions: the rule book, drafts, patients. Everything here aborts the test when it fails. */
#ifndef YAOFANG_TESTS_PRESCRIBE_H
#define YAOFANG_TESTS_PRESCRIBE_H

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

/* Answers every critical finding of the latest screening of version 1 that has no answer yet; returns how many. */
size_t test_answer_all(struct ctx *c, int64_t prescription_id, int64_t version);

#endif
