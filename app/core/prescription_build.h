/* What the files that work a draft out share; not for use outside core/prescription_{build,check,gather}.c. */
#ifndef YAOFANG_CORE_PRESCRIPTION_BUILD_H
#define YAOFANG_CORE_PRESCRIPTION_BUILD_H

#include "core/prescription_form.h"
#include "core/prescription_parts.h"

/* More of one herb a day than anybody drinks: a slip of the keyboard. */
#define DAILY_MOST_MG INT64_C(1000000)

/* In place of an item's id: a herb stood in several lines of the version a draft starts from, filled differently. */
#define BASE_ITEMS_DIFFER INT64_C(-1)

/* A herb typed by hand or dropped, and what it was understood as. */
struct named {
    const char *typed;
    struct ref ref;
    bool used;
};

/* The item that fills a herb where it is not the shop's usual choice; id 0: it is that. */
struct chosen_item {
    int64_t id;
    const char *name;
};

/* Whose herbs are merged: the version the draft starts from, a house formula, a formula of the rule book. */
struct source {
    const char *name;
    const struct formula *formula; /* of the rule book; NULL: `lines` are a day's crude weights */
    int64_t house_id;              /* of a house formula; 0 = none */
    const struct dosing_line *lines;
    const struct prescription_line *said; /* beside `lines`: preparation and origin; NULL = nothing */
    size_t count;
    struct weight scaled; /* as typed, then as crude herb */
    const char *field;    /* where it was named */
};

struct build {
    struct ctx *c;
    const struct knowledge *k;
    const struct prescription_draft *draft;
    struct form_row form;
    struct course course;
    struct prescription base;            /* the version it starts from; id 0 = none */
    struct prescription_line *base_said; /* its herbs, beside the lines of source 0 */
    struct source *sources;
    size_t source_count;
    struct named *hand, *drops, *picks; /* picks: herbs whose item was chosen */
    struct chosen_item *chosen;         /* by herb */
    const char **notices;
    size_t notice_count;
    struct weight *hand_weights; /* as crude herb; shares as typed */
    struct ratio *ratios;        /* by herb: crude g per g of the form; NULL when none are needed */
    struct dosing_line *lines;   /* of the sources, before merging */
    size_t count;
    struct dosing_line *merged;
    size_t merged_count;
    struct weight *totals, *daily;
};

struct named *find_named(struct named *list, size_t count, int64_t herb);
const char *item_field(struct ctx *c, const char *list, size_t i, const char *member);

/* Finds everything the draft names as a source; what is not understood is noted. */
enum status build_sources(struct build *b) MUST_CHECK;

/* Which items were chosen by hand, or are kept from the version the draft starts from; what cannot be kept becomes a notice. */
enum status build_choose_items(struct build *b) MUST_CHECK;

/* Whatever can be refused before anything is looked up. */
enum status draft_check(struct ctx *c, const struct prescription_draft *draft) MUST_CHECK;

/* Notes a weight nobody means, or that no herb can have. */
void note_weight(struct ctx *c, const char *field, struct weight weight);
void note_absurd(struct build *b, size_t i);
void note_processing(struct ctx *c, const char *field, const char *text);

/* Collects the sources' herbs, those dropped or set by hand apart, and merges them: one line per herb. */
enum status build_gather(struct build *b) MUST_CHECK;

#endif
