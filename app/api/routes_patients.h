/* The routes of patients: a part of routes.h, which says what a row is and is included several times. */
READ_ROWS("/api/v1/patients", &q_patient_search, "shop ?q ?limit.int",
          ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF, "Patients by a part of name, code or phone",
          "patient_brief")
WRITE(POST, "/api/v1/patients", post_patient, FAST, ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF,
      "Enter a patient", "patient_new", "patient")
CALL(GET, "/api/v1/patients/:id", get_patient, FAST, ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF,
     "A patient with medicines, conditions and allergies", NULL, "patient")
WRITE(PUT, "/api/v1/patients/:id", put_patient, FAST, ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF,
      "Replace who a patient is", "patient_update", "patient")
WRITE(POST, "/api/v1/patients/:id/medicines", post_patient_medicines, FAST,
      ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF,
      "Add medicines, or record that the patient was asked and takes none", "patient_medicines", "patient")
WRITE(POST, "/api/v1/patients/:id/medicines/:line/stop", post_patient_medicine_stop, FAST,
      ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF, "A medicine is not taken any more", NULL, "patient")
WRITE(PUT, "/api/v1/patients/:id/medicines/:line/last-taken", put_patient_last_taken, FAST,
      ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF,
      "The last day a medicine was taken: it is stopped with that, or the day of a stopped one put right",
      "patient_last_taken", "patient")
WRITE(POST, "/api/v1/patients/:id/conditions", post_patient_conditions, FAST,
      ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF, "Add conditions, pregnancy among them",
      "patient_conditions", "patient")
WRITE(POST, "/api/v1/patients/:id/conditions/:line/end", post_patient_condition_end, FAST,
      ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF, "A condition is over", NULL, "patient")
WRITE(POST, "/api/v1/patients/:id/allergies", post_patient_allergies, FAST,
      ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF, "Add allergies", "patient_allergies", "patient")
WRITE(POST, "/api/v1/patients/:id/allergies/:line/end", post_patient_allergy_end, FAST,
      ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF, "An allergy turned out to be none", NULL, "patient")
WRITE(POST, "/api/v1/patients/:id/operations", post_patient_operations, FAST,
      ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF, "Add planned operations, teeth taken out among them",
      "patient_operations", "patient")
WRITE(POST, "/api/v1/patients/:id/operations/:line/end", post_patient_operation_end, FAST,
      ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_STAFF, "An operation is called off", NULL, "patient")
