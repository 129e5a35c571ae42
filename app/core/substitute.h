/* What may be taken instead of what is short: the same herb in another form or another lot of goods, another preparation of it, or
   the nearest combination of ready-made formulas and herbs that are there. Offers are worked out from what is free today; one
   that is proposed is kept, a prescriber consents to it or refuses, and with consent it becomes the next version,
   screened and signed like any other. Nothing is ever replaced silently. */
#ifndef YAOFANG_CORE_SUBSTITUTE_H
#define YAOFANG_CORE_SUBSTITUTE_H

#include "core/prescription.h"

/* A herb of what would be prescribed. */
struct offer_line {
    const char *herb_id, *processing, *via;
    int64_t item_id;        /* 0: the shop's usual choice */
    const char *formula_id; /* of a ready-made product; "" */
    const char *name;       /* of the item; "" */
    struct weight daily;
};

struct offer {
    const char *key;  /* says what it is: the same key is the same offer */
    const char *kind; /* "form", "preparation", "combination" */
    int64_t line_no;  /* the short line it is for; 0 = the whole */
    const char *summary;
    int score_permille;       /* 1000 less the milligrams too much and too little a day for 1000 prescribed */
    struct offer_line *lines; /* everything, what stays as it is included */
    size_t line_count;
    struct prescription_difference *differences; /* from the version, a day */
    size_t difference_count;
};

/* A herb that cannot be filled as prescribed. */
struct short_herb {
    int64_t line_no;
    const char *herb_id, *name;
    struct weight wanted, free; /* crude herb; free of the item that would fill it */
    bool barred;                /* on the patient's critical findings: it is not offered in any form */
};

/* What substitutes are looked for. */
struct substitute_wish {
    int64_t prescription_id, version; /* version 0: the newest */
    int64_t
        order_id; /* an order that is short: for its part and its days; the version is then the order's. 0: none */
    bool
        whole; /* the nearest combination for the whole even when nothing is short, its own herbs counting as parts like
                         any other */
};

struct offers {
    int64_t prescription_id, version;
    int64_t order_id; /* 0: for the whole version */
    struct short_herb *shorts;
    size_t short_count;
    const char **
        barred; /* herbs, of those that could be offered, on the patient's critical findings: nothing with them is */
    size_t barred_count;
    struct offer *list; /* for each short line, then for the whole, the nearest first */
    size_t count;
};

/* Works out what may be offered. Stores nothing. ST_NOT_FOUND for an order the shop does not have, ST_CONFLICT for one that is
   past its allocation. Needs the role practitioner or pharmacist. */
enum status substitute_find(struct ctx *c, const struct knowledge *knowledge,
                            const struct substitute_wish *wish, struct offers *out) MUST_CHECK;

/* Keeps the offer with that key, worked out again for the wish, as a proposal to the prescriber. ST_STALE when it is not offered
   any more (stock or findings changed), or when the version is not the newest. */
enum status substitute_propose(struct ctx *c, const struct knowledge *knowledge,
                               const struct substitute_wish *wish, const char *key, const char *note,
                               int64_t *id) MUST_CHECK;

/* The prescriber's answer. With consent the proposal becomes the next version (`version` gets its number, else 0): screened,
   not signed. ST_CONFLICT when it was answered before, ST_STALE when the prescription has a newer version. Needs the
   role practitioner. */
enum status substitute_answer(struct ctx *c, const struct knowledge *knowledge, int64_t id, bool consented,
                              const char *note, int64_t *prescription_id, int64_t *version) MUST_CHECK;

#endif
