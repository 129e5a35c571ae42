/* What the files of `yaofang label` share. */
#ifndef YAOFANG_LABEL_H
#define YAOFANG_LABEL_H

#include "commands.h"
#include "print/label_job.h"
#include "subcommand.h"

/* A job as the options describe it, without an id and its label. */
enum status label_job_read(struct ctx *c, const struct arguments *in, struct label_job *job) MUST_CHECK;

/* cmd_label_rules.c: what does not print. */
extern const struct subcommand *const label_subcommands[];

#endif
