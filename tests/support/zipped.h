/* Workbooks put together by hand, part by part, for what no well-behaved program writes. */
#ifndef YAOFANG_TESTS_ZIPPED_H
#define YAOFANG_TESTS_ZIPPED_H

#include "base/text.h"

struct zipped_part {
    const char *path, *data;
    size_t size; /* 0: the text's length */
};

/* A zip of the parts, stored without packing. */
struct text zipped(struct arena *arena, const struct zipped_part *parts, size_t count);

/* The same, deflated. */
struct text zipped_tight(struct arena *arena, const struct zipped_part *parts, size_t count);

/* A workbook with one sheet called "Stock" whose <sheetData> and what follows it is given; dates are format 1, text format 2. */
struct text zipped_sheet(struct arena *arena, const char *rows, const char *after);

#endif
