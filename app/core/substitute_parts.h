/* What finding offers shares; not for use outside core/substitute*.c. */
#ifndef YAOFANG_CORE_SUBSTITUTE_PARTS_H
#define YAOFANG_CORE_SUBSTITUTE_PARTS_H

#include "core/prescription_form.h"
#include "core/substitute.h"

/* Something the shop has: a herb in a form, or a ready-made product that is a formula. `free` is in the item's unit;
   content_mg is crude herb in a piece, 0 where it is not stated. */
struct stock_row {
    int64_t item_id, ratio_numerator, ratio_denominator, free, content_mg;
    const char *sku, *name, *item_kind, *herb_id, *preparation, *formula_id, *unit;
};

struct finding_offers {
    struct ctx *c;
    const struct knowledge *k;
    struct prescription p; /* of an order: its part, lines and days */
    int64_t order_id;
    int64_t *wanted_items, *wanted; /* beside the lines, of an order: the item and how much of it */
    struct prescription_form form;
    struct stock_row *stock; /* herbs in the form prescribed first */
    size_t stock_count;
    bool *is_short;       /* beside the version's lines */
    bool *barred;         /* beside the rule book's herbs */
    bool *barred_formula; /* beside its formulas */
    struct offers *out;
    size_t capacity;
};

/* What is in stock and could take a place is screened for the patient: a herb on a critical finding is barred, and every form of it; so is a formula. */
enum status find_barred(struct finding_offers *f) MUST_CHECK;
bool is_barred(const struct finding_offers *f, const char *herb_id);

/* Crude herb there is of a row; as much as anybody wants of a ready-made product whose content is not stated. */
struct weight stock_crude(const struct stock_row *row);

/* The version's lines as they are, with room for more. */
struct offer_line *offer_lines(struct finding_offers *f, size_t more);

/* Adds an offer unless its key is there, comparing it with the version. */
enum status offer_add(struct finding_offers *f, struct offer offer) MUST_CHECK;

/* The item that would fill a line. */
int64_t item_filling(const struct finding_offers *f, size_t line);

/* What holds a short line: one item or several side by side, of the herb in another form or from elsewhere; of another preparation
   of it. */
enum status offer_items(struct finding_offers *f, size_t line) MUST_CHECK;

/* How lines differ from the version, herb by herb, and the score. */
enum status offer_compare(struct finding_offers *f, const struct offer_line *lines, size_t count,
                          struct prescription_difference **differences, size_t *difference_count,
                          int *score_permille) MUST_CHECK;

/* The nearest combinations, at most `most`, each without the ready-made formula that was largest in the one before. */
enum status offer_combinations(struct finding_offers *f, bool whole, int most) MUST_CHECK;

#endif
