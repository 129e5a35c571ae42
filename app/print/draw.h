/* Placed marks → PDF or PNG, by one routine, so that the picture is the paper. Decides nothing about where things go.
   The only includer of cairo and pango is draw.c. */
#ifndef YAOFANG_PRINT_DRAW_H
#define YAOFANG_PRINT_DRAW_H

#include "base/ctx.h"
#include "base/date.h"
#include "base/text.h"
#include "print/layout.h"
#include "print/raster.h"

/* A ruler that measures as draw will draw, with the families of `font` ("DejaVu Sans, Droid Sans Fallback"): setting
   YAOFANG_FONT. It lives as long as the context's arena. */
enum status draw_ruler(struct ctx *c, const char *font, struct ruler *ruler) MUST_CHECK;

/* The sheets as one PDF, one after the other, each page of its own size: selectable text, fonts embedded in part. `made` goes into
   the file, so equal input gives an equal file. A character that no installed font has is ST_INVALID naming field and character: no
   boxes on paper. */
enum status draw_pdf(struct ctx *c, const struct ruler *ruler, const struct sheet_of_paper *papers,
                     size_t count, struct instant made, struct text *out) MUST_CHECK;

/* The sheets as a PNG of `dpi` dots per inch (72 to 600), their pages one below the other; `dots`: black and white only, dot
   for dot what draw_raster gives a printer. ST_INVALID when that is more than a picture can hold. */
enum status draw_png(struct ctx *c, const struct ruler *ruler, const struct sheet_of_paper *papers,
                     size_t count, int dpi, bool dots, struct text *out) MUST_CHECK;

/* What drawing would refuse: ST_INVALID naming field and character. */
enum status draw_check(struct ctx *c, const struct ruler *ruler,
                       const struct sheet_of_paper *paper) MUST_CHECK;

/* One sheet as a printer's dots, in the arena. */
enum status draw_raster(struct ctx *c, const struct ruler *ruler, const struct sheet_of_paper *paper, int dpi,
                        struct raster *raster) MUST_CHECK;

#endif
