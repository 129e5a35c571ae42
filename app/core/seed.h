/* Loading seed/: the reference facts always, the demo shop unless told not to. Run as the schema's owner. */
#ifndef YAOFANG_CORE_SEED_H
#define YAOFANG_CORE_SEED_H

#include <stdbool.h>

#include "base/ctx.h"

struct seed_report {
    int64_t inserted, updated, retired, unchanged; /* rows of the reference tables */
    bool demo_made;                                /* the demo shop was not there before */
    const char *sign_in; /* a line "username password" for each of its people; "" when it was there already */
};

/* Brings the reference tables to the built-in files: a second run changes nothing. With `demo`, makes the demo shop when there
   is none; one that exists is left alone, stock and all. Its people get random passwords, which are in the report only. */
enum status seed_load(struct ctx *c, bool demo, struct seed_report *report) MUST_CHECK;

#endif
