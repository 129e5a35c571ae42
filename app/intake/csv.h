/* A CSV file (RFC 4180, UTF-8, header line), as plain cells or read into rows by a column table; or fed in pieces, for files
   that are not held whole. csv.c is the only includer of libcsv. */
#ifndef YAOFANG_INTAKE_CSV_H
#define YAOFANG_INTAKE_CSV_H

#include "base/column.h"

/* A file's cells, row after row; "" for an empty cell. */
struct csv_cells {
    const char **header;
    size_t width; /* cells of the header, and of every row */
    const char **cells;
    size_t rows;
};

/* Reads `size` bytes whole. Everything lives in the context's arena. ST_INVALID names `file`, the line and what is wrong: a
   line with more or fewer cells than the header, a quotation mark out of place, bytes that are not UTF-8. */
enum status csv_cells_read(struct ctx *c, const char *file, const char *data, size_t size,
                           struct csv_cells *out) MUST_CHECK;

/* The same, into rows. Every column of the table must be in the header, except `optional` (may be NULL), which is then absent
   in each row; further columns of the file are ignored. An empty cell is absent (see column_read). Rows and cells live in the
   context's arena. ST_INVALID names `file`, the line and what is wrong. */
enum status csv_read(struct ctx *c, const char *file, const char *data, size_t size,
                     const struct column *columns, const char *optional, size_t row_size, void **rows,
                     size_t *count) MUST_CHECK;

/* Cells and lines, empty lines too, as they come out of pieces of UTF-8. The text of a cell is good for the call only. */
struct csv_hooks {
    void (*cell)(void *arg, const char *text, size_t size);
    void (*line)(void *arg);
};
struct csv_feed;
struct csv_feed *csv_feed_begin(struct ctx *c, char separator, const struct csv_hooks *hooks, void *arg);

/* Feeds a piece; `last` after the whole file. NULL, or what is wrong, as a rule. */
const char *csv_feed_piece(struct csv_feed *feed, const char *data, size_t size, bool last) MUST_CHECK;

#endif
