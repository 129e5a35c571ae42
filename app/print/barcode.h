/* Bar codes as rectangles of whole modules. The only includer of zint is barcode.c. */
#ifndef YAOFANG_PRINT_BARCODE_H
#define YAOFANG_PRINT_BARCODE_H

#include <stddef.h>

#include "base/ctx.h"

enum barcode_kind {
    CODE_128,        /* order and control numbers: printable ASCII */
    CODE_DATAMATRIX, /* the same, small and square */
    CODE_GS1_DATAMATRIX, /* element strings with bracketed identifiers: "[01]09501101530003[17]281130[10]LOT42A" */
};

/* A black rectangle, in modules from the top left corner of the code. */
struct bar {
    int x, y, width, height;
};

/* Without its quiet zone, which is `quiet` modules on every side that matters: left and right for Code 128, all four
   for a matrix. A Code 128 is one module high: whoever draws it gives it a height. */
struct barcode {
    enum barcode_kind kind;
    int width, height, quiet;
    const struct bar *bars;
    size_t count;
};

/* Encodes `text`. Fails with ST_INVALID naming `field` and zint's reason when the symbology cannot say it. */
enum status barcode_make(struct ctx *c, enum barcode_kind kind, const char *field, const char *text,
                         struct barcode *barcode) MUST_CHECK;

#endif
