/* What a prescription comes to in its dosage form: the item that fills each herb and its ratio, the weights in the form, packets
   herb by herb, capsules or pills. Prescriptions are of crude herb; this is worked out anew from what the shop keeps, by
   the same choice an order makes. */
#ifndef YAOFANG_CORE_PRESCRIPTION_FORM_H
#define YAOFANG_CORE_PRESCRIPTION_FORM_H

#include "core/prescription.h"

/* How one herb is filled. */
struct form_line {
    int64_t item_id; /* 0: the shop keeps none in this form */
    const char *sku, *name;
    struct ratio ratio;    /* crude g per g of it; num 0 = not known */
    struct weight form;    /* what the crude weight is in the form; 0 without a ratio */
    struct weight weighed; /* that and the overage for losses: what is taken from the drawer */
    bool from_shelf;       /* in a ready-made product: not weighed here */
    struct weight content; /* crude herb in one piece of that product; mg 0 = not on file */
    int64_t
        pieces; /* of the product, for all its lines, said with the first; 0: with another, or not known */
    bool with_first;       /* another line before it says the pieces */
    struct weight on_hand; /* usable today */
};

struct prescription_form {
    struct form_line *lines; /* beside the prescription's */
    struct weight total, weighed;
    struct packing packing;
    struct packet_run *runs;
    size_t run_count;
    struct units units; /* count 0 = none */
};

/* How each of `count` herbs is filled in a dosage form. Without an item the ratio is the rule book's for granules, 1:1 for what
   is ground or cut. `crude` NULL: whatever amount is on hand; else the item is chosen for that much. `filled` (may be NULL) says
   the item, 0 where nobody did. */
enum status form_lines(struct ctx *c, const struct knowledge *knowledge, const char *dosage_form,
                       const char *const *herb_ids, const char *const *processing, const struct weight *crude,
                       const int64_t *filled, size_t count, struct form_line **out) MUST_CHECK;

/* Notes ST_SHORT for every herb without a ratio, by its name. */
void form_note_missing(struct ctx *c, const struct knowledge *knowledge, const struct form_line *lines,
                       const char *const *herb_ids, size_t count);

/* Works out a version, stored or drafted. A herb without a ratio weighs nothing here; whoever needs it notes it. */
enum status prescription_form_get(struct ctx *c, const struct knowledge *knowledge,
                                  const struct prescription *prescription,
                                  struct prescription_form *out) MUST_CHECK;

#endif
