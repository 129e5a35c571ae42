/* What link_address.c and link.c share. */
#ifndef YAOFANG_BASE_LINK_PARTS_H
#define YAOFANG_BASE_LINK_PARTS_H

#include "base/link.h"

/* Whether a numeric address or a device file is among what may be opened. */
bool link_allowed(struct ctx *c, const char *what, const struct link_limits *limits);

#endif
