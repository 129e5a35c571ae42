/* What a GS1 bar code says: element strings of GS1-128, GS1 DataMatrix and GS1 QR, plain GTINs, and the form people read,
   "(01)…(17)…". PURE: no database, no clock. Rules: GS1 General Specifications, sections 3 (identifiers), 7.9 (check digit),
   7.12 (century of a date).

   A scanner that does not send FNC1 (ASCII 29) glues the serial number to the lot. Then every way to take the code apart is
   tried, and only what reads in exactly one way is accepted; otherwise all readings are handed back for a person to choose. */
#ifndef YAOFANG_INTAKE_GS1_H
#define YAOFANG_INTAKE_GS1_H

#include <stdbool.h>

#include "base/ctx.h"
#include "base/date.h"

enum { GS1_LONGEST = 300, GS1_READINGS_MOST = 12 };

/* Texts are NULL, dates DATE_NONE and numbers -1 where the code does not say. */
struct gs1 {
    const char *gtin;          /* (01), 14 digits; GTIN-8, -12 and -13 are padded with zeros */
    const char *content_gtin;  /* (02): what a carton holds */
    const char *lot;           /* (10) */
    const char *serial;        /* (21) */
    const char *additional_id; /* (240) */
    struct date made_on;       /* (11); with day 00 the month's first day */
    struct date best_before;   /* (15) */
    struct date expires_on;    /* (17); with day 00 the month's last day */
    bool expires_month;        /* the expiry is known to the month only */
    int64_t count;             /* (30) */
    int64_t content_count;     /* (37) */
    int64_t net_mg;            /* (310n) or (320n) */
    bool net_rounded;          /* pounds that are no whole milligrams */
    const char *text;          /* as people read it: "(01)09501101530003(17)281130(10)LOT42A" */
};

struct gs1_result {
    struct gs1 *readings;
    size_t count;         /* 1: what the code says; more: what it may say */
    bool separators_lost; /* read without FNC1: taken apart by lengths, check digits and dates */
};

/* Takes a code apart. `today` decides the century of two-digit years. ST_INVALID names the identifier ("(17)"), its value and
   the rule: check digit, a day there is not, expiry before manufacture, an identifier that does not exist, a value too long.
   With ST_OK `count` is 1 to GS1_READINGS_MOST. */
enum status gs1_read(struct ctx *c, const char *data, size_t size, struct date today,
                     struct gs1_result *result) MUST_CHECK;

/* gs1_read for a caller that cannot ask: ST_CONFLICT names the readings when there are several. */
enum status gs1_read_one(struct ctx *c, const char *data, size_t size, struct date today,
                         struct gs1 *reading) MUST_CHECK;

/* A reading in which nothing is said. */
void gs1_empty(struct gs1 *reading);

/* Whether these are 8, 12, 13 or 14 digits whose last is the check digit of the others; then as 14 digits in `padded`. */
bool gtin_parse(const char *digits, char padded[15]);

#endif
