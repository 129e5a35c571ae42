/* The receipt of a sale on a roll of 80 mm, from the frozen quote it was paid by: the same paper as a label's formats. Held
   against the rules of the shop's profile like a label. */
#ifndef YAOFANG_PRINT_RECEIPT_H
#define YAOFANG_PRINT_RECEIPT_H

#include "print/label_job.h"

/* What the rules of a profile (NULL: the shop's) ask of a receipt, and what this one lacks. ST_NOT_FOUND when the ticket is none of
   this shop that was paid, or there is no such profile. */
enum status receipt_lint(struct ctx *c, int64_t ticket_id, const char *profile, const char *font,
                         struct label_lint *lint) MUST_CHECK;

/* Lets the receipt through without what the shop's profile asks for: a code of label_override_reasons and why. */
enum status receipt_override(struct ctx *c, int64_t ticket_id, const char *font, const char *reason,
                             const char *note) MUST_CHECK;

/* The paper placed, `copy_no` printed on it from the second on, and held against the rules of the shop's profile: ST_UNSAFE names every
   field that is missing and was not let through; `reason` and `note` (may be NULL) let it through now. ST_NOT_FOUND as above. */
enum status receipt_place(struct ctx *c, int64_t ticket_id, int copy_no, const char *reason, const char *note,
                          const struct ruler *ruler, struct sheet_of_paper *paper) MUST_CHECK;

/* To look at: marked as the newest counted copy is. Refused as receipt_place. */
enum status receipt_draw(struct ctx *c, int64_t ticket_id, const char *font, enum label_format format,
                         int dpi, struct text *out) MUST_CHECK;

#endif
