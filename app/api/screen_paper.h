/* A screening's case and answer as the record that is printed: the same for the command line and the API. */
#ifndef YAOFANG_API_SCREEN_PAPER_H
#define YAOFANG_API_SCREEN_PAPER_H

#include "api/screen_json.h"
#include "print/record.h"

/* Who prints it and for whom. Texts may be NULL. */
struct screen_paper {
    const char *paper; /* "a4" (NULL) or "letter" */
    const char *about, *shop, *who;
    struct instant made;
};

/* Everything in `arena`; texts point into the case, the answer and the knowledge. */
void screen_record(struct arena *arena, const struct knowledge *k, const struct screen_case *in,
                   const struct screening *answer, const struct screen_paper *paper, struct record *out);

#endif
