/* From what a person wants printed to a job at printers: for the routes and for the command line. */
#ifndef YAOFANG_API_PRINT_PAPER_H
#define YAOFANG_API_PRINT_PAPER_H

#include "api/paper_make.h"
#include "base/config.h"
#include "core/print_job.h"

/* Where: a printer by its code, or what the workstation uses for each kind of paper. With both, a workstation that had no printer for
   the kind remembers this one. */
struct print_where {
    const char *printer; /* NULL: by the workstation */
    const char *station; /* may be NULL */
};

/* Makes all the papers for their printers and queues them as one job, or none of them: one that may not be printed is named, and why.
   A copy that no printer took is printed again under its number. Nothing is sent. */
enum status print_queue(struct ctx *c, const struct config *config, const struct paper_wish *wishes,
                        size_t count, const struct print_where *where, int64_t *job_id) MUST_CHECK;

/* The same within a transaction that is open, for a key: `arg` is a struct print_wanted. */
struct print_wanted {
    const struct config *config;
    const struct paper_wish *wishes;
    size_t count;
    struct print_where where;
    int64_t job_id; /* filled in */
};
enum status print_queue_body(struct ctx *c, void *arg) MUST_CHECK;

/* What became of a job's papers. */
struct print_sent {
    const struct print_job *papers;
    size_t count;
};

/* Sends what waits or failed of a job, outside any transaction, paper by paper, and records what became of each; one that was sent is
   left alone. `from`: 1, or the paper to go on with (print_job_pass says what becomes of those before it). A printer that fails gets no
   further paper of the job, others do. ST_BUSY says in plain words what the printer did, which papers are out and which are not. */
enum status print_send(struct ctx *c, const struct config *config, int64_t job_id, int from,
                       struct print_sent *sent) MUST_CHECK;

/* A line for each paper that is out: "job 7 on printer FRONT: sent …, copy 1". */
void print_sent_text(const struct print_sent *sent, struct text *out);

#endif
