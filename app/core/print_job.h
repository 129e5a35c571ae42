/* What is sent to a printer, and what became of it. A job is kept with its exact bytes until the printer has taken them: a retry
   sends the same paper, and one that was sent is never sent again. */
#ifndef YAOFANG_CORE_PRINT_JOB_H
#define YAOFANG_CORE_PRINT_JOB_H

#include <stdbool.h>

#include "core/printer.h"

/* A paper as drawn for a printer. */
struct print_paper {
    const char *kind, *title;
    int64_t order_id; /* 0: of no order */
    int copy_no;      /* of an order's paper: the counted copy it is */
    const char *data;
    size_t size;
};

/* Queues a paper. Nothing is sent. */
enum status print_job_add(struct ctx *c, const struct printer *printer, const char *station,
                          const struct print_paper *paper, int64_t *id) MUST_CHECK;

/* The newest copy of an order's paper of that kind when no printer has taken it yet, else 0. Its jobs end, since a new one prints
   it: a hang-up does not make the one label that comes out "copy 2". */
enum status print_job_take_over(struct ctx *c, int64_t order_id, const char *kind, int *copy_no) MUST_CHECK;

struct print_job {
    int64_t id, order_id;
    const char *kind, *title, *printer, *uri, *format;
    int copy_no, media_width, media_height, step_no;
    int64_t size, taken;
    const char *state, *reason;
    bool stuck;
    const char *data; /* what is to be sent; NULL when it was */
};

/* Claims a job for sending. `again` false: it was sent already, and there is nothing to do. ST_CONFLICT: somebody is sending it, or
   it was cancelled; one whose sender is gone is marked failed first, since nobody knows what came out. */
enum status print_job_claim(struct ctx *c, int64_t id, struct print_job *job, bool *again) MUST_CHECK;

/* Records how the sending of a claimed job ended: `reason` NULL: the printer took it. `note` (may be NULL) is what it said. */
enum status print_job_settle(struct ctx *c, struct print_job *job, const char *reason, const char *note,
                             size_t taken) MUST_CHECK;

#endif
