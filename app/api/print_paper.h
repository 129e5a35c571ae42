/* From what a person wants printed to a job at a printer: for the routes and for the command line. */
#ifndef YAOFANG_API_PRINT_PAPER_H
#define YAOFANG_API_PRINT_PAPER_H

#include "base/config.h"
#include "core/print_job.h"
#include "print/label_job.h"

/* Where: a printer by its code, or what the workstation uses for that kind of paper. */
struct print_where {
    const char *printer; /* NULL: by the workstation */
    const char *station; /* may be NULL */
};

/* Counts a copy of an order's label (or takes over the newest one, when no printer has taken it yet), draws it as the printer
   wants it, and queues it. `label` is a kind ("patient": the size that fits what lies in the printer) or a size's name; `wanted` says
   of which order, and may say more. */
enum status print_order_label(struct ctx *c, const struct config *config, const char *label,
                              const struct label_job *wanted, const struct print_where *where,
                              int64_t *job_id) MUST_CHECK;

/* Queues a test page. */
enum status print_test(struct ctx *c, const struct config *config, const struct print_where *where,
                       int64_t *job_id) MUST_CHECK;

/* Queues any paper already drawn in the printer's own format. */
enum status print_bytes(struct ctx *c, const struct print_where *where, const struct print_paper *paper,
                        int64_t *job_id) MUST_CHECK;

/* Sends a queued or failed job, outside any transaction, and records what became of it; one that was sent is left alone. ST_BUSY says
   in plain words what the printer did. */
enum status print_send(struct ctx *c, const struct config *config, int64_t job_id,
                       struct print_job *job) MUST_CHECK;

#endif
