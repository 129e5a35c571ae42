/* Tables coming in: a sheet of a workbook (xlsx) or a CSV file, row by row, as named cells already read by their column's
   kind. One interface for both; what the file is, is told by its content. Memory is bounded by the limits below, not by
   the file: at most one row is held, and a workbook's shared strings.

   How a file is read:
   - The header is the first of the first 20 filled rows that has every required column, so a title block may stand above it.
     A caption matches a column's name or one of its captions without regard to case, white space, '_' and '-'; of a caption
     in lines ("Lot\n批号") each line may match.
   - Refused as a whole (the call fails; field, value and rule are in the context): a truncated, encrypted or renamed file, a
     zip bomb, XML with a document type, an unknown, missing or repeated column, a second header row, merged cells in or below
     the header, a sheet that is not there, more rows than the limit, a file that is not UTF-8, UTF-16 with its mark, or surely
     GB18030, a separator (, ; or tab) that cannot be told.
   - A cell that cannot be read does not end the reading: its `rule` says what is wrong, so that all such cells are named at
     once. Formulas are wrong unless the options take their stored results; a date is a real date or "2027-03-31".
   - In CSV an apostrophe before = + - @ is left out: our own CSV puts it there, so that no text becomes a formula.
   - Empty rows, and the row of totals of our own workbooks ("Total 合计"), are passed over. */
#ifndef YAOFANG_INTAKE_TABLE_H
#define YAOFANG_INTAKE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/ctx.h"

/* How a column's cells are read, and the text they become. */
enum table_kind {
    TABLE_TEXT,    /* trimmed; a number keeps its digits; a date or truth value in its place is wrong */
    TABLE_WORD,    /* one of `words`, as declared there */
    TABLE_INTEGER, /* "12"; not negative */
    TABLE_GRAMS,   /* "4.5" or "4.5 g", "1.2 kg": integer milligrams, "4500" */
    TABLE_MONEY,   /* "12.5": integer cents, "1250" */
    TABLE_DECIMAL, /* "1.5" as it stands, exact */
    TABLE_DATE,    /* "2027-03-31"; "2027-03" is that month's last day */
    TABLE_YES_NO,  /* yes/no, true/false, 是/否: "true" or "false" */
    TABLE_IGNORED  /* may be in the file (what our own sheets compute); never read */
};

enum table_need {
    TABLE_OPTIONAL, /* the column may be missing */
    TABLE_COLUMN,   /* the column must be there, its cells may be empty */
    TABLE_FILLED    /* every row must have a value */
};

/* A table of columns ends with a row without a name. */
struct table_column {
    const char *name;     /* "lot_code" */
    const char *captions; /* further captions, "Lot|批号"; NULL: none */
    enum table_kind kind;
    enum table_need need;
    const char *words; /* TABLE_WORD: "raw=原药|granule=颗粒"; else NULL */
};

struct table_cell {
    const char *text;   /* by the column's kind; NULL when empty or wrong */
    const char *raw;    /* as it stands in the file, for people; NULL when empty */
    const char *rule;   /* what is wrong, a sentence without a full stop; NULL: nothing */
    const char *letter; /* the file's column, "D"; "" when the file has no such column */
};

struct table_row {
    const char *sheet;              /* the sheet's name; for CSV the file's */
    int64_t number;                 /* as the spreadsheet counts: 1 is the first line */
    const struct table_cell *cells; /* one for each row of the column table */
    size_t wrong;                   /* how many of them carry a rule */
};

/* All zero means the default. */
struct table_options {
    bool formulas;     /* take a formula's stored result */
    size_t rows_most;  /* of data; default 200,000 */
    size_t bytes_most; /* of the file; default 64 MiB */
};

struct table;

/* Opens a file; it is closed with the context's arena. `name` is what people call it, for messages, and its ending must not
   contradict its content. */
enum status table_open_path(struct ctx *c, const char *path, const char *name,
                            const struct table_options *options, struct table **table) MUST_CHECK;

/* The same for an open file, which stays the caller's and must stay open. */
enum status table_open_file(struct ctx *c, FILE *file, const char *name, const struct table_options *options,
                            struct table **table) MUST_CHECK;

/* The same for `size` bytes, which must stay where they are. */
enum status table_open_bytes(struct ctx *c, const char *name, const void *data, size_t size,
                             const struct table_options *options, struct table **table) MUST_CHECK;

bool table_is_csv(const struct table *table);

/* The sheets, in the workbook's order; a CSV file is one. */
size_t table_sheet_count(const struct table *table);
const char *table_sheet_name(const struct table *table, size_t at);

/* Turns to a sheet by name (without regard to case; NULL: the first one; a CSV file answers to any name) and reads up to its
   header. May be called again for another sheet. */
enum status table_sheet(struct ctx *c, struct table *table, const char *sheet,
                        const struct table_column *columns) MUST_CHECK;

/* The next row, good until the next call; NULL after the last. */
enum status table_next(struct ctx *c, struct table *table, const struct table_row **row) MUST_CHECK;

/* "sheet Stock row 7 column D (lot_code)": where a cell stands, for a fault's field. */
const char *table_place(struct ctx *c, const struct table *table, const struct table_row *row, size_t column);

#endif
