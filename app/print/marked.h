/* A table that came in, given back with what is wrong marked: faulty cells are coloured and carry the rule as a comment, and a
   last sheet lists them all. Corrected, the file can come in again. */
#ifndef YAOFANG_PRINT_MARKED_H
#define YAOFANG_PRINT_MARKED_H

#include "print/report.h"

struct marked;

/* Begins a workbook at `path`. */
enum status marked_begin(struct ctx *c, const char *path, const char *title, struct marked **out) MUST_CHECK;

/* An entry of the list of faults. After the last row. */
void marked_fault(struct marked *marked, const char *place, const char *value, const char *rule);

/* A sheet of rows, with captions and kinds. */
enum status marked_sheet(struct ctx *c, struct marked *marked, const char *name, const char *const *captions,
                         const enum report_kind *kinds, size_t columns) MUST_CHECK;

/* A row: cells as the reader made them (mg, cents, ISO dates; NULL: empty); where a rule stands, the cell as it was typed. */
void marked_row(struct marked *marked, const char *const *cells, const char *const *rules);

enum status marked_end(struct ctx *c, struct marked *marked) MUST_CHECK;

/* One line of the same list as CSV; the first one with its header. */
void marked_csv_header(FILE *file);
void marked_csv_fault(FILE *file, const char *place, const char *value, const char *rule);

#endif
