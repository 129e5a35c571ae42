/* The receipt of a sale on a roll of 80 mm, from the frozen quote it was paid by: the same paper as a label's formats. */
#ifndef YAOFANG_PRINT_RECEIPT_H
#define YAOFANG_PRINT_RECEIPT_H

#include "print/label.h"

/* ST_NOT_FOUND when the ticket is none of this shop that was paid. */
enum status receipt_draw(struct ctx *c, int64_t ticket_id, const char *font, enum label_format format,
                         int dpi, struct text *out) MUST_CHECK;

#endif
