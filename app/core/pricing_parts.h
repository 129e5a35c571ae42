/* What core/pricing*.c share. */
#ifndef YAOFANG_CORE_PRICING_PARTS_H
#define YAOFANG_CORE_PRICING_PARTS_H

#include "core/pricing.h"

/* Lets every code do to the priced lines what its terms allow, and say what it did or why not. */
void pricing_codes(struct arena *arena, struct pricing *p);

#endif
