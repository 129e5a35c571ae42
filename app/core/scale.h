/* A shop's weighing scales: entered by an administrator, read by who weighs. */
#ifndef YAOFANG_CORE_SCALE_H
#define YAOFANG_CORE_SCALE_H

#include <stdbool.h>

#include "base/date.h"
#include "base/link.h"
#include "base/quantity.h"
#include "intake/scale.h"

struct scale_new {
    const char *code, *name;
    const char *uri;      /* serial:///dev/ttyUSB0?baud=9600, tcp://host:port */
    const char *protocol; /* mt-sics, and, ohaus */
    const char *unit;     /* that it is meant to stand on; "any" */
    bool asks;
    struct weight capacity, minimum, resolution;
};

/* Enters a scale. ST_INVALID names what is no address, no protocol, no unit or no range; ST_CONFLICT a code in use. */
enum status scale_add(struct ctx *c, const struct scale_new *scale, int64_t *id) MUST_CHECK;

/* The scale is not used any more. */
enum status scale_remove(struct ctx *c, const char *code) MUST_CHECK;

struct scale_taken {
    int64_t id; /* of the reading kept; 0: only looked at */
    struct scale_reading reading;
    struct instant at;
};

/* Reads a stable weight: `limits` as link_open takes them. Fails as scale_ask does. scale_take keeps it: to be named by a weighing
   (order_weigh). */
enum status scale_look(struct ctx *c, const struct link_limits *limits, const char *code,
                       struct scale_taken *taken) MUST_CHECK;
enum status scale_take(struct ctx *c, const struct link_limits *limits, const char *code,
                       struct scale_taken *taken) MUST_CHECK;

/* How long a scale may be silent, or take to settle. */
enum { SCALE_PATIENCE_MS = 10000 };

#endif
