/* What the two readers (workbook.c, csv_rows.c) hand to table.c: rows of cells as they stand in the file. */
#ifndef YAOFANG_INTAKE_READER_H
#define YAOFANG_INTAKE_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/ctx.h"

enum raw_kind {
    RAW_TEXT,
    RAW_NUMBER, /* a plain decimal, at most 15 significant digits */
    RAW_DATE,   /* "2027-03-31" */
    RAW_TIME,   /* "2027-03-31 14:05:00", or a time of day alone */
    RAW_BOOL,   /* "true", "false" */
    RAW_ERROR   /* "#N/A" */
};

enum { RAW_COLUMNS_MOST = 16384, RAW_CELL_MOST = 64 * 1024 };

struct raw_cell {
    const char *text; /* "" only for a formula without a stored result */
    unsigned column;  /* 0 is A */
    enum raw_kind kind;
    bool formula;
};

/* Filled cells only, in no particular order of columns; they live until the next row is read. */
struct raw_row {
    struct raw_cell *cells;
    size_t count;
    size_t width; /* CSV: how many cells the line has, filled or not; 0 for a workbook */
    int64_t number;
};

/* A CSV file: UTF-8 with or without a mark, UTF-16 with one, or surely GB18030. The file is read twice: once to be sure of
   encoding and separator. */
struct csv_rows;
enum status csv_rows_open(struct ctx *c, const char *name, FILE *file, struct csv_rows **rows) MUST_CHECK;
enum status csv_rows_rewind(struct ctx *c, struct csv_rows *rows) MUST_CHECK;

/* `found` false at the end. */
enum status csv_rows_next(struct ctx *c, struct csv_rows *rows, struct raw_row *row, bool *found) MUST_CHECK;

#endif
