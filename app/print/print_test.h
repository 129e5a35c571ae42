/* A page by which a person sees whether a printer works: its name, a line of Chinese, a bar code, and the edges of what lies in
   it. */
#ifndef YAOFANG_PRINT_PRINT_TEST_H
#define YAOFANG_PRINT_PRINT_TEST_H

#include "print/label.h"

/* `width` and `height` in micrometres: of what lies in the printer; width 0: a strip of 62 mm, or A4 for a pdf. */
enum status print_test_draw(struct ctx *c, const char *printer, const char *shop, micrometre width,
                            micrometre height, const char *font, enum label_format format, int dpi,
                            struct text *out) MUST_CHECK;

#endif
