/* A shop of one person may let the filler check her own work after a delay (PRODUCT law 8). Who switched it on, when and with
   which delay is on record, and every check made under it names that record. */
#ifndef YAOFANG_CORE_SINGLE_PERSON_H
#define YAOFANG_CORE_SINGLE_PERSON_H

#include "base/ctx.h"

enum { SINGLE_PERSON_LEAST_MINUTES = 5, SINGLE_PERSON_MOST_MINUTES = 1440 };

/* From now on the filler may check an order `minutes` after its last weighing; when it is on already, with the new delay. Needs
   the role admin. ST_INVALID outside the bounds. */
enum status single_person_on(struct ctx *c, int64_t minutes) MUST_CHECK;

/* Two people again. ST_CONFLICT when it is not on. Needs the role admin. */
enum status single_person_off(struct ctx *c) MUST_CHECK;

#endif
