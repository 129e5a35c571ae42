/* GS1 application identifiers: which there are, how long their values are, what a value means. For gs1.c alone. */
#ifndef YAOFANG_INTAKE_GS1_VALUE_H
#define YAOFANG_INTAKE_GS1_VALUE_H

#include "intake/gs1.h"

enum gs1_meaning {
    GS1_GTIN,
    GS1_CONTENT_GTIN,
    GS1_LOT,
    GS1_SERIAL,
    GS1_ADDITIONAL_ID,
    GS1_MADE_ON,
    GS1_BEST_BEFORE,
    GS1_EXPIRES_ON,
    GS1_COUNT,
    GS1_CONTENT_COUNT,
    GS1_NET_KG,
    GS1_NET_LB,
    GS1_OTHER_DATE, /* checked, not kept */
    GS1_OTHER       /* known by its length, not kept */
};

/* `digits`: of the whole identifier; 310n is "310" with 4 digits. */
struct gs1_identifier {
    const char *start;
    size_t digits;
    size_t shortest, longest; /* of the value */
    bool numeric;
    enum gs1_meaning meaning;
};

/* An identifier with its value, both pointing into the code. */
struct gs1_element {
    const struct gs1_identifier *id;
    const char *name;
    size_t name_size;
    const char *value;
    size_t size;
};

/* The identifier that stands there, and how many digits it takes; NULL (and 0) when none does. */
const struct gs1_identifier *gs1_identifier_at(const char *at, size_t size, size_t *digits);

/* What the elements say together. ST_INVALID names the first that is wrong. */
enum status gs1_values(struct ctx *c, const struct gs1_element *elements, size_t count, struct date today,
                       struct gs1 *reading) MUST_CHECK;

/* Whether the last element may stand behind the others in a code whose separators were lost: its value means something, its
   identifier is new, and a weight or count stands only where the standard lets it: beside a GTIN of variable measure. Leaves no
   fault. */
bool gs1_element_fits(struct ctx *c, const struct gs1_element *elements, size_t last, struct date today);

#endif
