/* `yaofang migrate`: brings the database to the schema built into this program. */
#include <stdio.h>

#include "commands.h"
#include "database.h"
#include "db/migrate.h"

static enum status run(struct ctx *c, const struct arguments *in)
{
    size_t applied;

    TRY(database_open(c, in->config, DATABASE_OWNER));
    TRY(migrate(c, assets_schema, &applied));
    if (applied == 0)
        printf("The database is up to date.\n");
    else
        printf("Applied %zu migration%s.\n", applied, applied == 1 ? "" : "s");
    return ST_OK;
}

const struct command command_migrate = {
    .name = "migrate",
    .summary = "bring the database to this version's schema",
    .operands = "",
    .more = "Safe to run twice and by two at once: each migration is one transaction under a lock.\n",
    .run = run,
};
