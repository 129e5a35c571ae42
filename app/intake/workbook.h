/* An Office Open XML workbook read as a stream: zip (minizip) and XML (expat) are included by the workbook files only.
   Everything a hostile file could make large is limited: entries, inflated bytes and their ratio to the file, shared strings,
   depth, cell length; a document type declaration is refused, so there are no entities. */
#ifndef YAOFANG_INTAKE_WORKBOOK_H
#define YAOFANG_INTAKE_WORKBOOK_H

#include "intake/reader.h"

struct workbook;

/* Reads the list of sheets, the number formats and the shared strings. `file` must stay open as long as the workbook. */
enum status workbook_open(struct ctx *c, const char *name, FILE *file, size_t size,
                          struct workbook **book) MUST_CHECK;

size_t workbook_sheet_count(const struct workbook *book);
const char *workbook_sheet_name(const struct workbook *book, size_t at);

/* Turns to the start of a sheet. */
enum status workbook_sheet(struct ctx *c, struct workbook *book, size_t at) MUST_CHECK;

/* The next row with a filled cell; `found` false at the end of the sheet. */
enum status workbook_next(struct ctx *c, struct workbook *book, struct raw_row *row, bool *found) MUST_CHECK;

/* After the sheet's end: the first merged range ("B7:C9") that reaches row `from` or below; NULL when there is none. */
const char *workbook_merged(const struct workbook *book, int64_t from);

#endif
