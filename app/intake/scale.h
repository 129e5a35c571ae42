/* What a weighing scale says in one line, as whole milligrams. PURE: the line comes from scale_port.c or from a person's paste.

   Only a stable weight within the scale's range, in the unit it is meant to stand on, is accepted. A weight is an exact decimal in an
   exact unit; where the result is no whole milligram (a balance that shows 0.1 mg, ounces) it is rounded once, half up, and says
   so. Sources: METTLER TOLEDO, MT-SICS Reference Manual, "S", "SI" and response formats; A&D, EJ and EK-L series manuals, "Data
   format"; Ohaus, Explorer manual, "Output format". */
#ifndef YAOFANG_INTAKE_SCALE_H
#define YAOFANG_INTAKE_SCALE_H

#include <stdbool.h>

#include "base/ctx.h"
#include "base/quantity.h"

/* The languages of scales: what asks for a stable weight. */
#define SCALE_PROTOCOL_LIST(X) \
    X(MT_SICS, "mt-sics", "S\r\n") \
    X(AND, "and", "S\r\n") \
    X(OHAUS, "ohaus", "SP\r\n")
#define SCALE_PROTOCOL_ENUM(name, word, asks) SCALE_##name,
enum scale_protocol { SCALE_PROTOCOL_LIST(SCALE_PROTOCOL_ENUM) SCALE_PROTOCOL_COUNT };
#undef SCALE_PROTOCOL_ENUM

enum { SCALE_LINE_LONGEST = 80 };

/* What is known of a scale. */
struct scale_rule {
    enum scale_protocol protocol;
    const char *unit; /* it is meant to stand on: "g"; "any": whatever unit of weight it names */
    struct weight capacity;
    struct weight minimum;    /* mg 0: none */
    struct weight resolution; /* its display's step; a step finer than a milligram is 1 mg */
};

struct scale_reading {
    struct weight weight;
    bool rounded;     /* finer than a milligram as read */
    const char *unit; /* as read */
    const char *line; /* as read, without the line's end */
};

/* What became of a line. */
enum scale_verdict {
    SCALE_STABLE,
    SCALE_UNSTABLE, /* worth reading again */
    SCALE_REFUSED
};

/* Reads a line of `size` bytes, with or without its CR LF. SCALE_UNSTABLE and SCALE_REFUSED are recorded in the context as a fault
   of "scale" with the line as its value and what is wrong: not stable, overloaded, below zero, above the capacity, below the
   minimum, finer than the display's step, another unit, no unit of weight, garbled. Zero is a weight here. */
enum scale_verdict scale_line_read(struct ctx *c, const struct scale_rule *rule, const char *line,
                                   size_t size, struct scale_reading *reading) MUST_CHECK;

/* The protocol of a word ("mt-sics"); SCALE_PROTOCOL_COUNT when it is none. Its word, and what asks the scale for a stable weight. */
enum scale_protocol scale_protocol_parse(const char *word);
const char *scale_protocol_word(enum scale_protocol protocol);
const char *scale_protocol_asks(enum scale_protocol protocol);

/* Milligrams in one of a scale's units as an exact fraction; num 0 when it is no unit of weight, or one that means different
   weights in different places (tael, tola). Case counts, as scales write them. */
struct ratio scale_unit(const char *unit);

#endif
