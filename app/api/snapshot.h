/* The published rule book: replaced as a whole while requests still read the one before. */
#ifndef YAOFANG_API_SNAPSHOT_H
#define YAOFANG_API_SNAPSHOT_H

#include <stdint.h>

#include "base/ctx.h"
#include "clinic/knowledge.h"

struct snapshots;

struct snapshots *snapshots_open(void);

/* Closes the last one; nobody may hold one any more. */
void snapshots_close(struct snapshots *snapshots);

/* Makes `knowledge` the current one and takes it over. The one before is closed when its last holder lets go. */
void snapshots_publish(struct snapshots *snapshots, struct knowledge *knowledge);

/* The current one, held until the context's arena is reset; NULL when none was published. */
const struct knowledge *snapshots_hold(struct snapshots *snapshots, struct ctx *c);

/* How many have been published: the version in the figures. */
uint64_t snapshots_version(struct snapshots *snapshots);

#endif
