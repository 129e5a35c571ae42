/* `yaofang seed`: loads the reference facts and the demo shop. */
#include <stdio.h>

#include "commands.h"
#include "core/seed.h"
#include "database.h"
#include "state.h"

static enum status run(struct ctx *c, const struct arguments *in)
{
    struct seed_report report;

    TRY(database_open(c, in->config, DATABASE_OWNER));
    TRY(seed_load(c, !argument_given(in, "--no-demo"), &report));
    printf("Reference rows: %lld new, %lld changed, %lld retired, %lld as they were.\n",
           (long long)report.inserted, (long long)report.updated, (long long)report.retired,
           (long long)report.unchanged);
    if (!report.demo_made)
        return ST_OK;
    TRY(state_write(c, in->config, STATE_SIGN_IN, report.sign_in));
    printf("The demo shop is ready; its people's passwords are in %s/%s.\n", in->config->state_dir,
           STATE_SIGN_IN);
    return ST_OK;
}

static const struct option options[] = {
    { "--no-demo", NULL, "leave the demo shop out" },
    { NULL, NULL, NULL },
};

const struct command command_seed = {
    .name = "seed",
    .summary = "load the reference facts and the demo shop",
    .operands = "",
    .more = "Safe to run again: what is there already is not touched, and stock is never loaded twice.\n",
    .options = options,
    .run = run,
};
