/* What building, reading and comparing a prescription share; not for use outside core/prescription*.c. */
#ifndef YAOFANG_CORE_PRESCRIPTION_PARTS_H
#define YAOFANG_CORE_PRESCRIPTION_PARTS_H

#include "core/name.h"
#include "core/prescription.h"

/* A formula to start from, and what it is scaled to (mg 0: as it is). */
struct classic {
    const struct formula *formula;
    struct weight scaled;
};

/* Whether the source gives a day's weights, which alone are doses. */
bool classic_has_doses(const struct formula *formula);

/* A formula's herbs as the classic gives them a day (parts: as written), or scaled to classic->scaled. A weight the source does
   not give is 0. ST_INVALID when the source gives a batch only and nobody scaled it. */
enum status classic_lines(struct ctx *c, const struct classic *classic, enum dose_mode mode, int source,
                          struct dosing_line **lines, size_t *count) MUST_CHECK;

/* Fills in names, handling, role, processing of the lines, the formulas' names, and the sums. */
enum status lines_describe(struct ctx *c, struct prescription *prescription) MUST_CHECK;

/* Fills in how the lines differ from the formulas. */
enum status prescription_compare(struct ctx *c, const struct knowledge *knowledge,
                                 struct prescription *prescription) MUST_CHECK;

struct form_row {
    const char *id, *english;
    int doses_per_day; /* the usual */
    bool per_day;      /* packed as a day's packet, not per dose */
    bool in_units;     /* made into capsules or pills */
};

/* ST_INVALID when there is no such dosage form. */
enum status form_read(struct ctx *c, const char *id, struct form_row *form) MUST_CHECK;

#endif
