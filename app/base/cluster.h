/* The private PostgreSQL that `make run` keeps in the state folder, found by whoever has no DATABASE_URL. */
#ifndef YAOFANG_BASE_CLUSTER_H
#define YAOFANG_BASE_CLUSTER_H

#include "base/arena.h"

/* A libpq connection string for `user` of the cluster whose socket folder app/deploy/cluster wrote to
   STATE_DIR/pg.socket; "" when there is none, or it does not answer. */
const char *cluster_url(struct arena *arena, const char *state_dir, const char *user);

#endif
