/* A CSV file (RFC 4180, UTF-8, header line), as plain cells or read into rows by a column table. The only includer of libcsv. */
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

#endif
