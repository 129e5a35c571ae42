/* How a workbook looks: number formats with the shop's currency, fonts and colours of titles, headers, cells to read and cells to
   fill in, and how wide text is. */
#include <string.h>

#include "print/sheet_book.h"

#define GREEN 0x1F5C4D
#define LINE_GREY 0xD9DDDB
#define TEXT_GREY 0x5F6B66
#define ENTRY_PAPER 0xFFFBE6
#define ENTRY_LINE 0xC9B458

static void number_format(const struct book *book, enum report_kind kind, char format[64])
{
    static const char *const formats[] = {
        [REPORT_TEXT] = "@",         [REPORT_INTEGER] = "#,##0",   [REPORT_GRAMS] = "#,##0.000",
        [REPORT_MONEY] = "#,##0.00", [REPORT_DATE] = "yyyy-mm-dd", [REPORT_TIME] = "yyyy-mm-dd hh:mm"
    };

    (void)snprintf(format, 64, "%s", formats[kind]);
    if (kind == REPORT_MONEY && book->job->currency != NULL && *book->job->currency != '\0')
        (void)snprintf(format, 64, "#,##0.00 [$%.3s]", book->job->currency);
}

double shown(enum report_kind kind, int64_t number)
{
    return (double)number / (kind == REPORT_GRAMS ? 1000 : kind == REPORT_MONEY ? 100 : 1);
}

bool is_right(enum report_kind kind)
{
    return kind != REPORT_TEXT;
}

static lxw_format *make_format(struct book *book, const char *number, bool bold)
{
    lxw_format *format = workbook_add_format(book->file);

    format_set_num_format(format, number);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (bold)
        format_set_bold(format);
    return format;
}

/* To one side, a little away from the edge, so that a number and the text beside it do not touch. */
static void set_side(lxw_format *format, bool right)
{
    format_set_align(format, right ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT);
    format_set_indent(format, 1);
}

static lxw_format *make_header(struct book *book, bool right)
{
    lxw_format *format = make_format(book, "General", true);

    format_set_bg_color(format, GREEN);
    format_set_font_color(format, LXW_COLOR_WHITE);
    format_set_text_wrap(format);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    set_side(format, right);
    return format;
}

static void make_kind(struct book *book, enum report_kind kind)
{
    char number[64];

    number_format(book, kind, number);
    book->cell[kind] = make_format(book, number, false);
    book->total[kind] = make_format(book, number, true);
    book->entry[kind] = make_format(book, number, false);
    set_side(book->cell[kind], is_right(kind));
    set_side(book->total[kind], is_right(kind));
    set_side(book->entry[kind], is_right(kind));
    format_set_bottom(book->cell[kind], LXW_BORDER_HAIR);
    format_set_bottom_color(book->cell[kind], LINE_GREY);
    format_set_top(book->total[kind], LXW_BORDER_MEDIUM);
    format_set_top_color(book->total[kind], GREEN);
    format_set_border(book->entry[kind], LXW_BORDER_THIN);
    format_set_border_color(book->entry[kind], ENTRY_LINE);
    format_set_bg_color(book->entry[kind], ENTRY_PAPER);
    format_set_unlocked(book->entry[kind]);
}

void book_formats(struct book *book)
{
    for (int kind = REPORT_TEXT; kind <= REPORT_TIME; kind++)
        make_kind(book, (enum report_kind)kind);
    format_set_text_wrap(book->cell[REPORT_TEXT]);
    format_set_text_wrap(book->entry[REPORT_TEXT]);
    book->title = make_format(book, "General", true);
    format_set_font_size(book->title, 18);
    format_set_font_color(book->title, GREEN);
    book->quiet = make_format(book, "General", false);
    format_set_font_color(book->quiet, TEXT_GREY);
    book->header = make_header(book, false);
    book->header_right = make_header(book, true);
    book->header_entry = make_header(book, false);
    format_set_bg_color(book->header_entry, ENTRY_LINE);
    format_set_font_color(book->header_entry, LXW_COLOR_BLACK);
    book->wrapped = make_format(book, "General", false);
    format_set_text_wrap(book->wrapped);
    book->strong = make_format(book, "General", true);
}

lxw_format *tone_format(struct book *book, enum report_tone tone)
{
    static const struct {
        unsigned paper, ink;
    } tones[] = {
        [TONE_BAD] = { 0xF8D7DA, 0x842029 },
        [TONE_WARN] = { 0xFFF0C2, 0x664D03 },
        [TONE_NOTE] = { 0xDDEBF7, 0x0B3C6F },
        [TONE_QUIET] = { 0xE8EDEB, 0x36413C },
    };
    lxw_format *format = workbook_add_format(book->file);

    format_set_bg_color(format, tones[tone].paper);
    format_set_font_color(format, tones[tone].ink);
    return format;
}

static int character_width(uint32_t code)
{
    static const struct {
        uint32_t from, to;
        int width;
    } ranges[] = {
        { 0x0300, 0x036F, 0 },   { 0x1100, 0x115F, 2 },   { 0x200B, 0x200F, 0 },   { 0x2E80, 0x303E, 2 },
        { 0x3041, 0xA4CF, 2 },   { 0xAC00, 0xD7A3, 2 },   { 0xF900, 0xFAFF, 2 },   { 0xFE00, 0xFE0F, 0 },
        { 0xFE30, 0xFE6F, 2 },   { 0xFF01, 0xFF60, 2 },   { 0xFFE0, 0xFFE6, 2 },   { 0x1F300, 0x1F64F, 2 },
        { 0x1F680, 0x1F6FF, 2 }, { 0x1F900, 0x1F9FF, 2 }, { 0x20000, 0x3FFFD, 2 },
    };

    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0] && code >= ranges[i].from; i++)
        if (code <= ranges[i].to)
            return ranges[i].width;
    return 1;
}

int display_width(const char *text)
{
    int widest = 0, width = 0;

    while (*text != '\0') {
        if (*text == '\n') {
            width = 0;
            text++;
            continue;
        }
        /* most text is ASCII, and most of the time goes here */
        if ((unsigned char)*text < 0x80) {
            width++;
            text++;
        } else {
            width += character_width(utf8_next(&text));
        }
        widest = width > widest ? width : widest;
    }
    return widest;
}

void widen(struct tally *tally, int width)
{
    if (width > tally->width)
        tally->width = width;
}
