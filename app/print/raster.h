/* A label as a printer's dots, one bit each, and the languages of label and receipt printers that carry them. PURE: the dots
   come from draw_raster, so what is printed is the picture, Chinese included, on any printer and without its fonts. */
#ifndef YAOFANG_PRINT_RASTER_H
#define YAOFANG_PRINT_RASTER_H

#include "base/ctx.h"
#include "base/text.h"

/* Pages one below the other, each `height` rows of `stride` bytes; the leftmost dot is the highest bit, 1 is black, and the
   bits beyond `width` are 0. */
struct raster {
    int width, height, pages;
    size_t stride;
    const unsigned char *bits;
};

/* For label printers that speak ZPL II: a format (^XA … ^XZ) per page with one graphic field (^GFA) in the compression all of
   them know, where a letter repeats what follows, and a row like the one before is a colon. Source: Zebra, ZPL II
   Programming Guide, ^GF and "Alternative Data Compression Scheme". */
void raster_zpl(const struct raster *raster, struct text *out);

/* For receipt printers that speak ESC/POS: initialise, raster images (GS v 0) in bands that small buffers hold, feed and cut
   after each page. Source: Epson, ESC/POS Command Reference. */
void raster_escpos(const struct raster *raster, struct text *out);

#endif
