/* What people type, resolved to the reference data: whole names only, exact before anything else, never a guess between
   two. Case, spaces, hyphens, apostrophes, tone marks, ü/v/u:, full-width forms and traditional characters don't
   matter. */
#ifndef YAOFANG_CLINIC_NAMES_H
#define YAOFANG_CLINIC_NAMES_H

#include "base/text.h"
#include "clinic/knowledge.h"

/* How a name belongs to a thing; the lower the better. */
enum name_strength { NAME_ID, NAME_OWN, NAME_FORMAL, NAME_SYNONYM, NAME_BOTANICAL, NAME_OLD_SPELLING };

/* How a name fits what was typed; the lower the better. */
enum name_fit {
    FIT_EXACT,
    FIT_OWN,     /* the thing's own name starts so */
    FIT_SYNONYM, /* another name of it starts so */
    FIT_WORD,    /* a later word of a name starts so */
    FIT_INSIDE,  /* it stands somewhere in a name */
    FIT_NEAR     /* a name a small typo away: to offer, never to take */
};
const char *name_fit_word(enum name_fit fit); /* "exact", "own", "synonym", "word", "inside", "near" */

struct name_match {
    struct ref ref;
    enum name_strength strength;
    enum name_fit fit;
    const char *name; /* as written in the reference data */
};

enum { NAMES_MOST = 12 };

/* What a name means. */
struct name_meaning {
    struct name_match match[NAMES_MOST];
    size_t count;     /* 0: unknown */
    bool ask;         /* the name means several things; `match` are the candidates */
    bool taken;       /* … but by rule it is match[0] until someone says otherwise */
    const char *rule; /* why, from homonyms.csv; may be NULL */
};

/* The comparison form of `text`: valid UTF-8 in, letters and digits out. Longer input is cut at NAME_KEY_SIZE. */
enum { NAME_KEY_SIZE = 256 };
size_t name_key(const struct knowledge *knowledge, const char *text, size_t size, char key[NAME_KEY_SIZE]);

/* Looks up the whole of `text` among the kinds (REF_BIT…). Several refs with count > 1 and !ask are one thing under several
   ids (a formula and the product made to it; a combination product's drugs), the best first. */
void names_look_up(const struct knowledge *knowledge, const char *text, unsigned kinds,
                   struct name_meaning *out);

/* Whether two herbs stand in one line of the homonyms, so that one may have been taken for the other. */
bool names_confusable(const struct knowledge *knowledge, uint16_t herb, uint16_t other);

/* The herb that is meant by default where `herb` may be taken for it (homonyms.csv); NO_PARENT when there is none, or it is the
   default itself. */
uint16_t names_usually_meant(const struct knowledge *knowledge, uint16_t herb);

/* Whether two formulas or products of like name are one thing: they share at least three fifths of their herbs. */
bool names_same_recipe(const struct knowledge *knowledge, struct ref a, struct ref b);

/* Type-ahead: the best `most` (at most NAMES_MOST * 2) things, each once, in the order of enum name_fit; within it by the
   name's strength, then the shorter name. Names that only hold the text somewhere, or are a typo away, come in when too few
   start with it. Measured in tests/bench: p99 below 1 ms. */
size_t names_suggest(const struct knowledge *knowledge, const char *text, unsigned kinds,
                     struct name_match *out, size_t most);

/* Names a small typo away from `text`, nearest first: to offer, never to take. In Chinese a character that sounds alike is
   nearer than another one; one wrong, missing or extra character is offered from three characters on, in two characters
   only one that sounds alike or one that is missing. Nothing for a code: another code is another thing. */
size_t names_nearest(const struct knowledge *knowledge, const char *text, unsigned kinds,
                     struct name_match *out, size_t most);

#endif
