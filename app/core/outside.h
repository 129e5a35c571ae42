/* Prescriptions written elsewhere: received with their paper, entered from it by one person, compared with it by another, and then
   standing as signed. Questions to a prescriber who has no account here, and what she said. */
#ifndef YAOFANG_CORE_OUTSIDE_H
#define YAOFANG_CORE_OUTSIDE_H

#include "base/date.h"
#include "core/prescription.h"

/* A paper and its prescriber, who is known by where and under what number she is registered. */
struct outside_paper {
    int64_t patient_id;
    const char *name, *address, *phone, *registration, *registered_with;
    const char *number; /* the paper's own; NULL or "": it has none */
    struct date written_on;
    const char *how; /* "paper", "fax", "photo", "email" */
    const char *note;
};

/* Receives a paper; its pages follow (core/attachment.h, OF_INTAKE). ST_CONFLICT names the one that has the prescriber's number already;
   one that was refused is replaced. Needs the role pharmacist or staff. */
enum status outside_receive(struct ctx *c, const struct outside_paper *paper, int64_t *id) MUST_CHECK;

/* Enters what the paper says as a prescription for its patient (draft->patient_id 0, or the same) and screens it. ST_CONFLICT when it
   has no page, was refused, or was entered already; then it is corrected by prescription_change. */
enum status outside_enter(struct ctx *c, const struct knowledge *knowledge, int64_t id,
                          const struct prescription_draft *draft, int64_t *prescription) MUST_CHECK;

/* Compares the newest version with the paper. It matches: it stands as signed, by prescription_sign's rules. It does not: `note` says
   where, and its next version is compared anew. ST_DENIED for the one who entered that version, but in the single-person mode after
   its delay. Needs the role pharmacist. */
enum status outside_check(struct ctx *c, const struct knowledge *knowledge, int64_t id, bool matches,
                          const char *note) MUST_CHECK;

/* A pharmacist asks the prescriber: about the newest version's findings once it is entered, else about the paper. */
enum status outside_ask(struct ctx *c, int64_t id, const char *question, int64_t *query_no) MUST_CHECK;

/* What was said to a question. Only after "as_written" may a pharmacist answer the critical findings that were asked about. */
struct outside_answer {
    int64_t query_no;
    const char *verdict;          /* "as_written", "will_change", "withdrawn" */
    const char *answer, *said_by; /* in words; a person's name */
    const char *said_how;         /* "phone", "fax", "email", "letter", "in_person" */
};
enum status outside_record(struct ctx *c, int64_t id, const struct outside_answer *answer) MUST_CHECK;

/* A pharmacist refuses a paper that does not stand as signed, for a coded reason. */
enum status outside_reject(struct ctx *c, int64_t id, const char *reason, const char *note) MUST_CHECK;

#endif
