/* What the files that write a workbook share: the book with its formats, and the sheet being written. Private to sheet*.c, the
   only includers of libxlsxwriter. */
#ifndef YAOFANG_PRINT_SHEET_BOOK_H
#define YAOFANG_PRINT_SHEET_BOOK_H

#include <xlsxwriter.h>

#include "base/banned.h"
#include "base/text.h"
#include "print/renderer.h"

/* Rows above the header: title, shop, period, who and when, and one left empty. */
#define HEADER_ROW 5
#define FIRST_ROW (HEADER_ROW + 1)

enum { SHEETS_MOST = 500 };

struct tally {
    int width; /* of the widest cell, in columns of a half-width character */
    int64_t sum;
};

/* A column as it is written. */
struct shape {
    const struct report_entry *entry; /* NULL: not to be filled in */
    const char *formula;              /* NULL: none */
    lxw_format *format;
};

struct book {
    const struct report_job *job;
    lxw_workbook *file;
    lxw_format *title, *header, *header_right, *header_entry, *quiet, *wrapped, *strong;
    lxw_format *cell[REPORT_TIME + 1], *total[REPORT_TIME + 1], *entry[REPORT_TIME + 1];
    lxw_format *section, *label, *line[TONE_QUIET + 2]; /* of pages: the last line is one without a tone */
    const struct report_sheet *written[SHEETS_MOST];
    size_t written_count;
    /* the sheet being written */
    const struct report_sheet *sheet;
    const char *name; /* on its tab */
    int part;         /* 1, 2, …: a sheet that is full goes on on another */
    lxw_worksheet *rows;
    size_t columns;
    struct tally *tallies;
    struct shape *shapes;
    lxw_row_t next, rows_end;
    bool fillable; /* it has cells to fill in: the others are protected */
};

/* sheet_format.c */
void book_formats(struct book *book);
lxw_format *tone_format(struct book *book, enum report_tone tone);
double shown(enum report_kind kind, int64_t number); /* in g, or whole money */
bool is_right(enum report_kind kind);                /* numbers and dates stand at the right */

/* Columns of half-width characters that the text takes in its longest line: Chinese, Japanese and Korean characters and emoji
   take two, combining marks none (Unicode Annex 11). */
int display_width(const char *text);
void widen(struct tally *tally, int width);

size_t column_of(const struct book *book, const char *key);

/* sheet_page.c: sheets to be read from top to bottom. */
void begin_page(struct book *book);
void add_page_line(struct ctx *c, struct book *book, const char *const *cells);
void end_page(struct ctx *c, struct book *book);

/* sheet_extra.c: everything of a finished sheet that is not its rows. */
void set_colours(struct ctx *c, struct book *book);
void set_entries(struct ctx *c, struct book *book);
void set_charts(struct ctx *c, struct book *book);
void set_page(struct ctx *c, struct book *book);
void write_notes(struct ctx *c, struct book *book);

#endif
