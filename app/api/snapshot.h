/* The published rule books: the reference, shared by all shops without rows of their own, and one for each shop that has some. Each
   is replaced as a whole while requests still read the one before. */
#ifndef YAOFANG_API_SNAPSHOT_H
#define YAOFANG_API_SNAPSHOT_H

#include <stdint.h>

#include "base/ctx.h"
#include "clinic/knowledge.h"

struct snapshots;

struct snapshots *snapshots_open(void);

/* Closes all; nobody may hold one any more. */
void snapshots_close(struct snapshots *snapshots);

/* Makes `knowledge` the current one of a shop (0: the reference) and takes it over. The one before is closed when its last
   holder lets go. */
void snapshots_publish(struct snapshots *snapshots, int64_t shop_id, struct knowledge *knowledge);

/* From now on the shop uses the reference. */
void snapshots_withdraw(struct snapshots *snapshots, int64_t shop_id);

/* The current one of the shop c->who acts in, held until the context's arena is reset; the reference when the shop has none of its
   own; NULL when none was published. */
const struct knowledge *snapshots_hold(struct snapshots *snapshots, struct ctx *c);

/* How many have been published: the version in the figures. */
uint64_t snapshots_version(struct snapshots *snapshots);

#endif
