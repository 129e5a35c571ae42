/* Which database a command talks to, and as whom. */
#ifndef YAOFANG_DATABASE_H
#define YAOFANG_DATABASE_H

#include "base/config.h"
#include "base/ctx.h"
#include "db/db.h"

enum database_purpose {
    DATABASE_SERVICE, /* as yaofang_app: what the service may do */
    DATABASE_OWNER    /* as the schema's owner: migrate and seed */
};

/* Opens the database of the settings into c->db, closed with the context. ST_NOT_FOUND when the settings name none and no
   private cluster runs (`make run` starts one). */
enum status database_open(struct ctx *c, const struct config *config,
                          enum database_purpose purpose) MUST_CHECK;

/* The options for further connections of the service, for example one per worker. */
struct db_options database_options(const struct config *config, enum database_purpose purpose);

/* Whether there is a database at all: `screen` works from the built-in seed when not. */
bool database_known(const struct config *config);

#endif
