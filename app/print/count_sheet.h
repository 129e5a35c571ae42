/* The paper of a count: its lines in the order of the drawers, with room to write and a code on every line that a scanner reads
   back into the count. */
#ifndef YAOFANG_PRINT_COUNT_SHEET_H
#define YAOFANG_PRINT_COUNT_SHEET_H

#include "base/ctx.h"
#include "base/text.h"
#include "print/layout.h"

/* The sheet placed, `copy_no` printed on it from the second on. `paper` is "a4" or "letter". The sheet of an open blind count does
   not say what should be there. ST_NOT_FOUND: no such count; ST_INVALID names the paper, or what does not fit. */
enum status count_sheet_place(struct ctx *c, int64_t count_id, const char *paper, int copy_no,
                              const struct ruler *ruler, struct sheet_of_paper *sheet) MUST_CHECK;

/* To look at: marked as the newest counted copy is. */
enum status count_sheet_pdf(struct ctx *c, int64_t count_id, const char *paper, const char *font,
                            struct text *out) MUST_CHECK;

#endif
