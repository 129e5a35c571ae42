/* One worksheet of rows, streamed to an xlsx file in constant memory. The only includer of libxlsxwriter is sheet.c. */
#ifndef YAOFANG_PRINT_SHEET_H
#define YAOFANG_PRINT_SHEET_H

#include "base/ctx.h"
#include "print/report.h"

struct sheet;

/* Starts job->path: title block, header row. The workbook is closed with the arena if sheet_close was not reached. */
enum status sheet_open(struct ctx *c, const struct report_job *job, const char *period,
                       struct sheet **sheet) MUST_CHECK;

/* Adds a row: one cell per report column, NULL for SQL NULL. Text is text, whatever it starts with. */
enum status sheet_add(struct ctx *c, struct sheet *sheet, const char *const *cells) MUST_CHECK;

/* Totals, filter, colours, widths, print set-up, the Notes sheet; writes the file. */
enum status sheet_close(struct ctx *c, struct sheet *sheet) MUST_CHECK;

#endif
