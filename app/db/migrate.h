/* Bringing a database to the schema built into the program. */
#ifndef YAOFANG_DB_MIGRATE_H
#define YAOFANG_DB_MIGRATE_H

#include "base/asset.h"
#include "base/ctx.h"

/* Applies every migration ("0001_name.sql", in order) that the database does not have yet, each in one transaction,
   under an advisory lock. An applied migration whose text has changed since is refused (ST_CONFLICT), as is a database
   newer than the program. `applied` gets how many were new. Safe to run twice and by two at once. */
enum status migrate(struct ctx *c, const struct asset *migrations, size_t *applied) MUST_CHECK;

#endif
