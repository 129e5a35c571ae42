/* What is sent to printers, and what became of it. A job holds papers, each on its printer, and each is kept with its exact bytes until
   the printer has taken them: a retry sends the same paper, and one that was sent is never sent again. */
#ifndef YAOFANG_CORE_PRINT_JOB_H
#define YAOFANG_CORE_PRINT_JOB_H

#include <stdbool.h>
#include <stddef.h>

#include "core/printer.h"

enum { PRINT_PAPERS_MOST = 400 };

/* A paper as drawn for a printer. */
struct print_paper {
    const char *kind, *title;
    const char *
        about; /* what it is a counted copy of: order, prescription, lot, drawer, ticket or count; NULL: of nothing */
    int64_t subject_id; /* its number */
    int copy_no;
    int pieces; /* equal ones, one after the other in the bytes */
    const char *data;
    size_t size;
};

/* Begins a job, still without papers. `station` may be NULL. */
enum status print_job_open(struct ctx *c, const char *station, int64_t *id) MUST_CHECK;

/* Queues a paper as the job's next, number `paper_no` from 1. Nothing is sent. */
enum status print_job_add(struct ctx *c, int64_t job_id, int paper_no, const struct printer *printer,
                          const struct print_paper *paper) MUST_CHECK;

/* The oldest copy of that kind of paper that no printer has taken yet, nor any later one; else 0. What waits for it ends, since job
   `job_id` prints it: a hang-up does not make the one label that comes out "copy 2". */
enum status print_job_take_over(struct ctx *c, int64_t job_id, const char *about, int64_t subject_id,
                                const char *kind, int *copy_no) MUST_CHECK;

/* A paper of a job as it stands. */
struct print_job {
    int64_t job_id;
    int paper_no;
    const char *kind, *title, *printer, *uri, *format;
    int copy_no, media_width, media_height, step_no;
    int64_t size, taken;
    const char *state, *reason;
    bool stuck;
    const char *data; /* what is to be sent; NULL when it was */
};

/* The papers of a job in their order. ST_NOT_FOUND: no such job in this shop. */
enum status print_job_papers(struct ctx *c, int64_t id, struct print_job **papers, size_t *count) MUST_CHECK;

/* Whether there is something to do for a paper: it waits, or it failed. */
bool print_job_waits(const struct print_job *paper);

/* Claims a paper for sending. `again` false: it was sent already, and there is nothing to do. ST_CONFLICT: somebody is sending it, or
   it was cancelled; one whose sender is gone is marked failed first, since nobody knows what came out. */
enum status print_job_claim(struct ctx *c, int64_t id, int paper_no, struct print_job *job,
                            bool *again) MUST_CHECK;

/* Records how the sending of a claimed paper ended: `reason` NULL: the printer took it. `note` (may be NULL) is what it said. */
enum status print_job_settle(struct ctx *c, struct print_job *job, const char *reason, const char *note,
                             size_t taken) MUST_CHECK;

/* The job goes on behind this paper, which waits or failed: one of which the printer took something came out, as whoever says so
   sees; one of which it took nothing is left out. Neither is sent any more. */
enum status print_job_pass(struct ctx *c, const struct print_job *paper, int next) MUST_CHECK;

#endif
