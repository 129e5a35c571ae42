/* A page by which a person sees whether a printer works: its name, a line of Chinese, a bar code, and the edges of what lies in
   it. */
#ifndef YAOFANG_PRINT_PRINT_TEST_H
#define YAOFANG_PRINT_PRINT_TEST_H

#include "print/label.h"

/* `where`: the printer's address. `width` and `height` in micrometres: of what lies in the printer; width 0: a strip of 62 mm, or A4
   for one of `pages`. */
enum status print_test_place(struct ctx *c, const char *printer, const char *where, micrometre width,
                             micrometre height, bool pages, const struct ruler *ruler,
                             struct sheet_of_paper *paper) MUST_CHECK;

#endif
