/* A screening on paper, for the patient's record: what was asked, what it was taken for, what was found, what was not checked,
   by which rules, when and by whom. One page where it can be read on one; else as many as it takes, numbered. Knows no herb:
   whoever prints fills in the words. */
#ifndef YAOFANG_PRINT_RECORD_H
#define YAOFANG_PRINT_RECORD_H

#include <stddef.h>

#include "base/ctx.h"
#include "base/date.h"
#include "base/text.h"

/* One finding. Texts may be "" when there is nothing to say. */
struct record_finding {
    const char *severity; /* "major" */
    bool grave;           /* set off from the others */
    const char *title;    /* "Dāng Guī 当归 [Dong Quai] × warfarin [Coumadin]" */
    const char *said;     /* effect, dose and what to do */
    const char *source;   /* evidence, citation, rule and version */
};

/* Two texts side by side: as typed, and what it was taken for or why it was not checked. */
struct record_line {
    const char *typed;
    const char *read;
};

struct record {
    const char *paper;   /* "a4" or "letter" */
    const char *about;   /* whom or what it is for, as the person printing it says; "" */
    const char *shop;    /* "" */
    const char *who;     /* "" */
    const char *book;    /* the rule book: "1056 rules, …" */
    const char *summary; /* "2 findings (1 major, 1 moderate); 1 name was not checked" */
    struct instant made;
    const struct record_finding *findings;
    size_t finding_count;
    const struct record_line *questions, *gaps, *understood;
    size_t question_count, gap_count, understood_count;
};

/* The record as a PDF. `pages` says how many it takes. What no font can show (a picture character, a mark that shows nothing) is
   printed as its code, [U+1F48A]. ST_INVALID for another paper. */
enum status record_pdf(struct ctx *c, const struct record *record, const char *font, struct text *out,
                       int *pages) MUST_CHECK;

#endif
