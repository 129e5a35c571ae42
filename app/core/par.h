/* How much of an item a place should hold, for refilling drawers (reports/report_drawer_par.sql). */
#ifndef YAOFANG_CORE_PAR_H
#define YAOFANG_CORE_PAR_H

#include <stdint.h>

#include "base/ctx.h"

/* Says it anew; `quantity` in the item's unit (mg or pieces), 0: no more said of it. Needs the role admin or staff. ST_CONFLICT
   for a place out of use, but to say no more of it.
   ST_NOT_FOUND when the shop has no such place of its own or no such item. */
enum status par_set(struct ctx *c, const char *location, const char *sku, int64_t quantity) MUST_CHECK;

#endif
