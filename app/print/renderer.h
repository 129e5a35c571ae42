/* A way to write a report's rows: one table row per format. Private to app/print. */
#ifndef YAOFANG_PRINT_RENDERER_H
#define YAOFANG_PRINT_RENDERER_H

#include <stdio.h>

#include "base/ctx.h"
#include "db/db.h"
#include "print/report.h"

/* `path` is a new file. `open` starts it; then for each sheet `begin`, `add` for each row, with one cell per column (NULL for
   SQL NULL), and `end`; `close` completes the file. `add` must not grow the context's arena. What is open when the context's
   arena ends is dropped. */
struct renderer {
    const char *format;
    const char *media_type;
    bool one_sheet; /* shows one sheet of rows only */
    enum status (*open)(struct ctx *c, const struct report_job *job, const char *path, void **state);
    enum status (*begin)(struct ctx *c, void *state, const struct report_sheet *sheet);
    enum status (*add)(struct ctx *c, void *state, const char *const *cells);
    enum status (*end)(struct ctx *c, void *state);
    enum status (*close)(struct ctx *c, void *state);
};

/* sheet.c and its sheet_*.c: the only includers of libxlsxwriter. report_text.c: the others. */
extern const struct renderer renderer_xlsx, renderer_csv, renderer_json;

/* What a report's cells hold, read by their kind: for every renderer the same. Grams and money in their smallest unit. */
enum status report_number(struct ctx *c, const struct report_column *column, const char *cell,
                          int64_t *number) MUST_CHECK;

/* A text as a cell of CSV: quoted where needed, and with an apostrophe before what a spreadsheet would take for a formula. */
void report_put_text(FILE *file, const char *text);

/* A sheet to be written; `key` is NULL for those of the catalogue. */
struct report_found {
    const struct report_sheet *sheet;
    const char *key;
};

/* report_each.c: the sheets that only the data knows, with the report's parameters; none where the report has no such. */
enum status report_find_sheets(struct ctx *c, const struct report *report, const struct param *params,
                               size_t param_count, struct report_found **found, size_t *count) MUST_CHECK;

/* ST_INVALID with everything that the report's own check finds wrong with its parameters. */
enum status report_check_arguments(struct ctx *c, const struct report *report, const struct param *params,
                                   size_t param_count) MUST_CHECK;

/* "from 2026-01-01, days 90": the arguments as printed; "" without any. */
const char *report_arguments_text(struct ctx *c, const struct report_job *job);

#endif
