/* A shop's own formulas: kept under a name as what a draft comes to a day, started from by that name ("house:NAME" among a draft's
   formulas), changed by keeping the name again. */
#ifndef YAOFANG_CORE_HOUSE_FORMULA_H
#define YAOFANG_CORE_HOUSE_FORMULA_H

#include "core/prescription.h"

/* What a draft's formula begins with when it is a house formula's name. */
#define HOUSE_PREFIX "house:"

/* Keeps what the draft comes to a day as the newest version of that name; `id` gets its number. ST_INVALID for a name of no or more
   than 120 characters and for what prescription_build refuses, ST_BUSY when somebody else keeps it at the same moment.
   Needs the role practitioner or pharmacist. */
enum status house_formula_keep(struct ctx *c, const struct knowledge *knowledge, const char *name,
                               const struct prescription_draft *draft, int64_t *id) MUST_CHECK;

/* Takes it out of use; ST_NOT_FOUND when there is none of that name. */
enum status house_formula_retire(struct ctx *c, const char *name) MUST_CHECK;

/* A herb of a house formula. */
struct house_line {
    int64_t house_formula_id;
    const char *name, *herb_id, *processing;
    struct weight daily;
};

/* The herbs of the formula of that name, without the prefix; none when there is no such formula in use. */
enum status house_formula_lines(struct ctx *c, const char *name, struct house_line **lines,
                                size_t *count) MUST_CHECK;

#endif
