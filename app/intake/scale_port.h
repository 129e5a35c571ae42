/* Reading a scale over its line: asked for a stable weight, or listened to until it sends one. */
#ifndef YAOFANG_INTAKE_SCALE_PORT_H
#define YAOFANG_INTAKE_SCALE_PORT_H

#include "base/link.h"
#include "intake/scale.h"

struct scale_port {
    struct link_address address;
    struct link_limits limits;
    bool
        asks; /* send the protocol's word for a stable weight; else the scale sends by itself, or its PRINT key is pressed */
    int wait_ms; /* how long a stable weight may take */
};

/* Reads lines until one is stable. What was on its way before is not taken for the answer. Fails at once on a line that is
   refused; when the time is over, with what was wrong with the last line (ST_CONFLICT: not stable), or with why none came
   (ST_BUSY). */
enum status scale_ask(struct ctx *c, const struct scale_port *port, const struct scale_rule *rule,
                      struct scale_reading *reading) MUST_CHECK;

#endif
