/* A FHIR CodeableConcept resolved to the reference data. */
#ifndef YAOFANG_API_CDS_CONCEPT_H
#define YAOFANG_API_CDS_CONCEPT_H

#include "api/cds.h"

/* What kind of thing a concept is expected to name. */
enum fhir_sort { FHIR_MEDICINE, FHIR_CONDITION, FHIR_ALLERGEN, FHIR_PROCEDURE };

/* Adds what the concept means: our own code, then standard codes, then its text, then displays; the first that means something
   counts, and a text that says something else than the code is checked beside it and reported. A medicine's dose and form (words
   such as "granules") are taken into account. False, with nothing added, when nothing of it is understood. */
bool concept_take(struct arena *arena, const struct knowledge *k, const struct json_value *concept,
                  enum fhir_sort sort, const struct cds_dose *dose, const char *form, struct understood *out);

#endif
