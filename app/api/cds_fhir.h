/* Reading FHIR resources into a case: what cds_fhir.c and cds_medicine.c share. */
#ifndef YAOFANG_API_CDS_FHIR_H
#define YAOFANG_API_CDS_FHIR_H

#include "api/cds_concept.h"

struct fhir_reader {
    struct ctx *c;
    const struct knowledge *k;
    const struct json_value *prefetch;
    const struct json_value *drafts; /* a Bundle, or NULL */
    struct cds_case *out;
    size_t entries;
    bool from_prefetch;
    bool medicines_key;
};

/* Adds to what is not checked; what is said of an order is graver. */
void fhir_gap(struct fhir_reader *r, const char *what, const char *why);

bool fhir_type_is(const struct json_value *resource, const char *type);

/* "MedicationRequest/12"; NULL without an id. */
const char *fhir_reference(struct fhir_reader *r, const struct json_value *resource);

/* The Medication that "Medication/12" or a full URL refers to, in drafts or prefetch; NULL when it was not sent. */
const struct json_value *fhir_medication(struct fhir_reader *r, const char *reference);

/* The medicine, herb or formula that a request or statement names, with its dose; and how a person would know it, or NULL. */
void fhir_medicine_take(struct fhir_reader *r, const struct json_value *resource);
const char *fhir_medicine_label(struct fhir_reader *r, const struct json_value *resource);

#endif
