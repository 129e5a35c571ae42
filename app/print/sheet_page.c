/* A page to be read from top to bottom: a title, sections, facts by name, and tables with long cells, as high as their text needs.
   It prints on upright paper, one page wide. */
#include <string.h>

#include "print/sheet_book.h"

enum { WHAT, TONE, A, B, C, D };

static const int widths[] = { 24, 28, 46, 36 }; /* of the columns a to d */
#define TEXT_WIDTH (widths[1] + widths[2] + widths[3])
#define QUIET_LINE (TONE_QUIET + 1)

static lxw_format *make_line(lxw_format *format)
{
    format_set_text_wrap(format);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    format_set_align(format, LXW_ALIGN_LEFT);
    format_set_indent(format, 1);
    format_set_bottom(format, LXW_BORDER_HAIR);
    format_set_bottom_color(format, 0xD9DDDB);
    return format;
}

static void page_formats(struct book *book)
{
    for (int tone = TONE_BAD; tone <= TONE_QUIET; tone++)
        book->line[tone] = make_line(tone_format(book, (enum report_tone)tone));
    book->line[QUIET_LINE] = make_line(workbook_add_format(book->file));
    book->label = make_line(workbook_add_format(book->file));
    format_set_font_color(book->label, 0x5F6B66);
    book->section = workbook_add_format(book->file);
    format_set_bold(book->section);
    format_set_font_size(book->section, 13);
    format_set_font_color(book->section, 0x1F5C4D);
    format_set_bottom(book->section, LXW_BORDER_MEDIUM);
    format_set_bottom_color(book->section, 0x1F5C4D);
    format_set_align(book->section, LXW_ALIGN_VERTICAL_BOTTOM);
}

void begin_page(struct book *book)
{
    if (book->section == NULL)
        page_formats(book);
    book->next = 0;
    for (lxw_col_t i = 0; i < 4; i++)
        worksheet_set_column(book->rows, i, i, widths[i], NULL);
    worksheet_set_portrait(book->rows);
    worksheet_set_paper(book->rows, 9); /* A4 */
    worksheet_fit_to_pages(book->rows, 1, 0);
    worksheet_set_margins(book->rows, 0.5, 0.5, 0.5, 0.6);
    worksheet_gridlines(book->rows, LXW_HIDE_ALL_GRIDLINES);
    worksheet_repeat_rows(book->rows, 0, 0);
    worksheet_freeze_panes(book->rows, 1, 0);
}

/* How many lines a text takes in a cell of that width, words kept whole: about one column in twenty is lost at the ends of lines. */
static int lines_of(const char *text, int width)
{
    int lines = 0;

    while (text != NULL) {
        const char *end = strchr(text, '\n');
        char piece[4096];
        int wide;

        (void)snprintf(piece, sizeof piece, "%.*s", end == NULL ? (int)strlen(text) : (int)(end - text),
                       text);
        wide = display_width(piece);
        lines += wide <= width ? 1 : (wide * 21 / 20 + width - 1) / width;
        text = end == NULL ? NULL : end + 1;
    }
    return lines;
}

static lxw_format *line_format(const struct book *book, const char *tone)
{
    static const char *const tones[] = {
        [TONE_BAD] = "bad", [TONE_WARN] = "warn", [TONE_NOTE] = "note", [TONE_QUIET] = "quiet"
    };

    for (int i = TONE_BAD; tone != NULL && i <= TONE_QUIET; i++)
        if (strcmp(tones[i], tone) == 0)
            return book->line[i];
    return book->line[QUIET_LINE];
}

static void write_wide(struct book *book, lxw_col_t from, const char *text, lxw_format *format)
{
    worksheet_merge_range(book->rows, book->next, from, book->next, 3, text == NULL ? "" : text, format);
}

static void write_row(struct book *book, const char *const *cells, lxw_format *format)
{
    int lines = 1;

    for (int i = 0; i < 4; i++) {
        const char *cell = cells[A + i] == NULL ? "" : cells[A + i];
        const int wanted = lines_of(cell, widths[i] - 3);

        lines = wanted > lines ? wanted : lines;
        worksheet_write_string(book->rows, book->next, (lxw_col_t)i, cell, format);
        if (*cell == '\0')
            worksheet_write_blank(book->rows, book->next, (lxw_col_t)i, format);
    }
    worksheet_set_row(book->rows, book->next, lines * LXW_DEF_ROW_HEIGHT + 3, NULL);
}

/* Below the title: whose page it is, and who made it when. */
static void write_maker(struct ctx *c, struct book *book)
{
    worksheet_write_string(book->rows, book->next, 0,
                           arena_printf(&c->arena, "%s · made %s for %s", book->job->shop_name,
                                        book->job->made_text, book->job->person),
                           book->quiet);
}

void add_page_line(struct ctx *c, struct book *book, const char *const *cells)
{
    const char *what = cells[WHAT] == NULL ? "" : cells[WHAT];

    if (strcmp(what, "title") == 0) {
        worksheet_set_row(book->rows, book->next, 30, NULL);
        write_wide(book, 0, cells[A], book->title);
    } else if (strcmp(what, "subtitle") == 0) {
        write_wide(book, 0, cells[A], book->strong);
        book->next++;
        write_maker(c, book);
    } else if (strcmp(what, "section") == 0) {
        worksheet_set_row(book->rows, book->next, 26, NULL);
        write_wide(book, 0, cells[A], book->section);
    } else if (strcmp(what, "fact") == 0) {
        const int lines = lines_of(cells[B], TEXT_WIDTH - 4), named = lines_of(cells[A], widths[0] - 3);

        worksheet_set_row(book->rows, book->next, (lines > named ? lines : named) * LXW_DEF_ROW_HEIGHT + 3,
                          NULL);
        worksheet_write_string(book->rows, book->next, 0, cells[A] == NULL ? "" : cells[A], book->label);
        write_wide(book, 1, cells[B], line_format(book, cells[TONE]));
    } else if (strcmp(what, "head") == 0) {
        write_row(book, cells, book->header);
    } else {
        write_row(book, cells, line_format(book, cells[TONE]));
    }
    book->next++;
}

void end_page(struct ctx *c, struct book *book)
{
    worksheet_set_footer(
        book->rows, arena_printf(&c->arena, "&L%s&C%s&RPage &P of &N", book->job->shop_name, book->name));
}
