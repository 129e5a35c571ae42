/* A report as a workbook that a person would show an accountant: title block, frozen header with a filter, real dates and
   numbers, live totals, colours by rule, and a sheet of notes on how each figure is made. Rows go straight to the file
   (constant memory). The only includer of libxlsxwriter. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

#include "base/banned.h"
#include "base/text.h"
#include "print/renderer.h"

#define HEADER_ROW 4
#define FIRST_ROW (HEADER_ROW + 1)
#define NARROWEST 7
#define WIDEST 42
#define GREEN 0x1F5C4D
#define LINE_GREY 0xD9DDDB
#define TEXT_GREY 0x5F6B66

struct tally {
    int width; /* of the widest cell, in columns of a half-width character */
    int64_t sum;
};

struct sheet {
    const struct report_job *job;
    lxw_workbook *book;
    lxw_worksheet *rows, *notes;
    lxw_format *title, *header, *header_right, *quiet, *wrapped, *strong;
    lxw_format *cell[REPORT_TIME + 1], *total[REPORT_TIME + 1];
    size_t columns;
    struct tally *tallies;
    lxw_row_t next;
};

static void drop(void *state)
{
    struct sheet *s = state;

    if (s->book != NULL)
        lxw_workbook_free(s->book);
}

static const char *number_format(enum report_kind kind)
{
    switch (kind) {
    case REPORT_TEXT:
        return "@";
    case REPORT_INTEGER:
        return "#,##0";
    case REPORT_GRAMS:
        return "#,##0.000";
    case REPORT_MONEY:
        return "#,##0.00";
    case REPORT_DATE:
        return "yyyy-mm-dd";
    case REPORT_TIME:
        return "yyyy-mm-dd hh:mm";
    }
    return "General";
}

static double shown(enum report_kind kind, int64_t number)
{
    return (double)number / (kind == REPORT_GRAMS ? 1000 : kind == REPORT_MONEY ? 100 : 1);
}

static lxw_format *make_format(struct sheet *s, const char *number, bool bold)
{
    lxw_format *format = workbook_add_format(s->book);

    format_set_num_format(format, number);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (bold)
        format_set_bold(format);
    return format;
}

/* To one side, a little away from the edge, so that a number and the text beside it do not touch. */
static void set_side(lxw_format *format, uint8_t side)
{
    format_set_align(format, side);
    format_set_indent(format, 1);
}

static lxw_format *make_header(struct sheet *s, uint8_t align)
{
    lxw_format *format = make_format(s, "General", true);

    format_set_bg_color(format, GREEN);
    format_set_font_color(format, LXW_COLOR_WHITE);
    format_set_text_wrap(format);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    set_side(format, align);
    return format;
}

static void make_formats(struct sheet *s)
{
    for (int kind = REPORT_TEXT; kind <= REPORT_TIME; kind++) {
        s->cell[kind] = make_format(s, number_format((enum report_kind)kind), false);
        format_set_bottom(s->cell[kind], LXW_BORDER_HAIR);
        format_set_bottom_color(s->cell[kind], LINE_GREY);
        s->total[kind] = make_format(s, number_format((enum report_kind)kind), true);
        set_side(s->cell[kind], kind == REPORT_TEXT ? LXW_ALIGN_LEFT : LXW_ALIGN_RIGHT);
        set_side(s->total[kind], kind == REPORT_TEXT ? LXW_ALIGN_LEFT : LXW_ALIGN_RIGHT);
        format_set_top(s->total[kind], LXW_BORDER_MEDIUM);
        format_set_top_color(s->total[kind], GREEN);
    }
    format_set_text_wrap(s->cell[REPORT_TEXT]);
    s->title = make_format(s, "General", true);
    format_set_font_size(s->title, 18);
    format_set_font_color(s->title, GREEN);
    s->quiet = make_format(s, "General", false);
    format_set_font_color(s->quiet, TEXT_GREY);
    s->header = make_header(s, LXW_ALIGN_LEFT);
    s->header_right = make_header(s, LXW_ALIGN_RIGHT);
    s->wrapped = make_format(s, "General", false);
    format_set_text_wrap(s->wrapped);
    s->strong = make_format(s, "General", true);
}

/* Half-width columns a line takes: a Chinese character counts two. */
static int display_width(const char *text)
{
    int widest = 0;
    int width = 0;
    uint32_t code;

    while ((code = utf8_next(&text)) != 0) {
        width = code == '\n' ? 0 : width + (code >= 0x2E80 ? 2 : 1);
        widest = width > widest ? width : widest;
    }
    return widest;
}

static void widen(struct tally *tally, int width)
{
    if (width > tally->width)
        tally->width = width;
}

static void set_properties(struct sheet *s)
{
    const struct report_job *job = s->job;
    lxw_doc_properties properties = { .title = (char *)(uintptr_t)job->report->title,
                                      .author = (char *)(uintptr_t)job->person,
                                      .company = (char *)(uintptr_t)job->shop_name,
                                      .comments = (char *)(uintptr_t)job->report->summary,
                                      .created = (time_t)(job->made.us / 1000000) };

    workbook_set_properties(s->book, &properties);
}

static void write_title(struct ctx *c, struct sheet *s)
{
    const struct report_job *job = s->job;
    const char *arguments = report_arguments_text(c, job);
    const char *made = instant_text(&c->arena, job->made);

    worksheet_set_row(s->rows, 0, 28, NULL);
    worksheet_write_string(s->rows, 0, 0,
                           arena_printf(&c->arena, "%s  %s", job->report->title, job->report->title_hanzi),
                           s->title);
    worksheet_write_string(s->rows, 1, 0, job->shop_name, s->strong);
    worksheet_write_string(
        s->rows, 2, 0,
        arena_printf(&c->arena, "Made %.10s %.5s UTC for %s%s%s. How each figure is made: sheet Notes.", made,
                     made + 11, job->person, *arguments != '\0' ? "; " : "", arguments),
        s->quiet);
    worksheet_set_row(s->rows, HEADER_ROW, 34, NULL);
    for (size_t i = 0; i < s->columns; i++) {
        const struct report_column *column = &job->report->columns[i];

        worksheet_write_string(s->rows, HEADER_ROW, (lxw_col_t)i, column->heading,
                               column->kind == REPORT_TEXT ? s->header : s->header_right);
        widen(&s->tallies[i], display_width(column->heading) + 4); /* the filter's arrow */
    }
}

static enum status sheet_open(struct ctx *c, const struct report_job *job, const char *path, void **state)
{
    struct sheet *s = arena_alloc(&c->arena, sizeof *s);
    lxw_workbook_options options = { .constant_memory = LXW_TRUE };

    s->job = job;
    s->book = workbook_new_opt(path, &options);
    if (s->book == NULL)
        arena_out_of_memory();
    arena_defer(&c->arena, drop, s);
    while (job->report->columns[s->columns].key != NULL)
        s->columns++;
    s->tallies = arena_array(&c->arena, s->columns, sizeof *s->tallies);
    s->rows = workbook_add_worksheet(s->book, job->report->title);
    s->notes = workbook_add_worksheet(s->book, "Notes");
    s->next = FIRST_ROW;
    make_formats(s);
    set_properties(s);
    write_title(c, s);
    *state = s;
    return ST_OK;
}

static enum status write_number(struct ctx *c, struct sheet *s, size_t i, const char *cell)
{
    const struct report_column *column = &s->job->report->columns[i];
    int64_t number;

    TRY(report_number(c, column, cell, &number));
    if (column->total)
        s->tallies[i].sum += number;
    widen(&s->tallies[i], (int)strlen(cell) + 4);
    worksheet_write_number(s->rows, s->next, (lxw_col_t)i, shown(column->kind, number),
                           s->cell[column->kind]);
    return ST_OK;
}

static enum status write_time(struct ctx *c, struct sheet *s, size_t i, const char *cell)
{
    const struct report_column *column = &s->job->report->columns[i];
    lxw_datetime time = { 0 };
    int read = sscanf(cell, "%d-%d-%d %d:%d:%lf", &time.year, &time.month, &time.day, &time.hour, &time.min,
                      &time.sec);

    if (read < 3)
        return ctx_fail(c, ST_BROKEN, column->key, cell, "is not a date");
    widen(&s->tallies[i], column->kind == REPORT_DATE ? 13 : 19);
    worksheet_write_datetime(s->rows, s->next, (lxw_col_t)i, &time, s->cell[column->kind]);
    return ST_OK;
}

static enum status write_cell(struct ctx *c, struct sheet *s, size_t i, const char *cell)
{
    enum report_kind kind = s->job->report->columns[i].kind;

    switch (kind) {
    case REPORT_TEXT:
        widen(&s->tallies[i], display_width(cell) + 3);
        worksheet_write_string(s->rows, s->next, (lxw_col_t)i, cell, s->cell[kind]);
        return ST_OK;
    case REPORT_INTEGER:
    case REPORT_GRAMS:
    case REPORT_MONEY:
        return write_number(c, s, i, cell);
    case REPORT_DATE:
    case REPORT_TIME:
        return write_time(c, s, i, cell);
    }
    return ST_OK;
}

/* A row that holds a long text is made as high as its lines: programs do not all do so by themselves. */
static void set_height(struct sheet *s, const char *const *cells)
{
    int lines = 1;

    for (size_t i = 0; i < s->columns; i++) {
        int wanted;

        if (cells[i] == NULL || s->job->report->columns[i].kind != REPORT_TEXT)
            continue;
        wanted = 1 + (display_width(cells[i]) - 1) / (WIDEST - 3);
        lines = wanted > lines ? wanted : lines;
    }
    if (lines > 1)
        worksheet_set_row(s->rows, s->next, lines * LXW_DEF_ROW_HEIGHT, NULL);
}

static enum status sheet_add(struct ctx *c, void *state, const char *const *cells)
{
    struct sheet *s = state;

    if (s->next >= LXW_ROW_MAX - 1)
        return ctx_fail(c, ST_TOO_LARGE, "report", s->job->report->name,
                        "has more rows than a sheet can hold; narrow it or ask for csv");
    set_height(s, cells);
    for (size_t i = 0; i < s->columns; i++) {
        if (cells[i] == NULL)
            worksheet_write_blank(s->rows, s->next, (lxw_col_t)i, s->cell[s->job->report->columns[i].kind]);
        else
            TRY(write_cell(c, s, i, cells[i]));
    }
    s->next++;
    return ST_OK;
}

/* Sums that follow the filter, with their values stored for programs that do not compute. */
static void write_totals(struct ctx *c, struct sheet *s)
{
    bool any = false;

    for (size_t i = 0; i < s->columns; i++)
        any = any || s->job->report->columns[i].total;
    if (!any || s->next == FIRST_ROW)
        return;
    for (size_t i = 0; i < s->columns; i++) {
        const struct report_column *column = &s->job->report->columns[i];
        lxw_col_t at = (lxw_col_t)i;
        char name[8];

        if (!column->total) {
            worksheet_write_string(s->rows, s->next, at, i == 0 ? "Total 合计" : "", s->total[REPORT_TEXT]);
            continue;
        }
        lxw_col_to_name(name, at, LXW_FALSE);
        widen(&s->tallies[i], (int)strlen(arena_printf(&c->arena, "%lld", (long long)s->tallies[i].sum)) + 6);
        worksheet_write_formula_num(
            s->rows, s->next, at,
            arena_printf(&c->arena, "=SUBTOTAL(109,%s%d:%s%u)", name, FIRST_ROW + 1, name, (unsigned)s->next),
            s->total[column->kind], shown(column->kind, s->tallies[i].sum));
    }
}

static lxw_format *tone_format(struct sheet *s, enum report_tone tone)
{
    static const struct {
        unsigned paper, ink;
    } tones[] = {
        [TONE_BAD] = { 0xF8D7DA, 0x842029 },
        [TONE_WARN] = { 0xFFF0C2, 0x664D03 },
        [TONE_NOTE] = { 0xDDEBF7, 0x0B3C6F },
        [TONE_QUIET] = { 0xE8EDEB, 0x36413C },
    };
    lxw_format *format = workbook_add_format(s->book);

    format_set_bg_color(format, tones[tone].paper);
    format_set_font_color(format, tones[tone].ink);
    return format;
}

static size_t column_of(const struct sheet *s, const char *key)
{
    size_t i = 0;

    while (i < s->columns - 1 && strcmp(s->job->report->columns[i].key, key) != 0)
        i++;
    return i;
}

/* Each rule colours whole rows, and goes on doing so when a person edits the cell it looks at. */
static void set_colours(struct ctx *c, struct sheet *s)
{
    for (const struct report_rule *rule = s->job->report->rules; rule != NULL && rule->key != NULL; rule++) {
        lxw_conditional_format format = { .type = LXW_CONDITIONAL_TYPE_FORMULA, .stop_if_true = LXW_TRUE };
        char name[8];

        format.format = tone_format(s, rule->tone);
        lxw_col_to_name(name, (lxw_col_t)column_of(s, rule->key), LXW_TRUE);
        format.value_string = arena_printf(&c->arena, "=%s%d=\"%s\"", name, FIRST_ROW + 1, rule->value);
        worksheet_conditional_format_range(s->rows, FIRST_ROW, 0, s->next - 1, (lxw_col_t)(s->columns - 1),
                                           &format);
    }
}

static void set_page(struct ctx *c, struct sheet *s)
{
    for (size_t i = 0; i < s->columns; i++) {
        int width = s->tallies[i].width < NARROWEST ? NARROWEST : s->tallies[i].width;

        worksheet_set_column(s->rows, (lxw_col_t)i, (lxw_col_t)i, (width > WIDEST ? WIDEST : width) * 1.05,
                             NULL);
    }
    worksheet_freeze_panes(s->rows, FIRST_ROW, s->columns > 6 ? 1 : 0);
    worksheet_set_landscape(s->rows);
    worksheet_fit_to_pages(s->rows, 1, 0);
    worksheet_repeat_rows(s->rows, HEADER_ROW, HEADER_ROW);
    worksheet_set_margins(s->rows, 0.4, 0.4, 0.5, 0.6);
    worksheet_gridlines(s->rows, LXW_HIDE_ALL_GRIDLINES);
    worksheet_set_footer(s->rows, arena_printf(&c->arena, "&L%s&C%s&RPage &P of &N", s->job->shop_name,
                                               s->job->report->title));
}

/* A heading in one line. */
static const char *one_line(struct ctx *c, const char *heading)
{
    char *line = arena_text(&c->arena, heading);

    for (char *at = line; *at != '\0'; at++)
        *at = *at == '\n' ? ' ' : *at;
    return line;
}

static void write_notes(struct ctx *c, struct sheet *s)
{
    const struct report *report = s->job->report;
    lxw_row_t row = 0;

    worksheet_set_column(s->notes, 0, 0, 30, NULL);
    worksheet_set_column(s->notes, 1, 1, 95, NULL);
    worksheet_gridlines(s->notes, LXW_HIDE_ALL_GRIDLINES);
    worksheet_fit_to_pages(s->notes, 1, 0);
    worksheet_set_row(s->notes, row, 28, NULL);
    worksheet_write_string(s->notes, row++, 0, report->title, s->title);
    worksheet_write_string(s->notes, row, 0, "What it shows", s->strong);
    worksheet_write_string(s->notes, row++, 1, report->summary, s->wrapped);
    worksheet_write_string(s->notes, row, 0, "Totals", s->strong);
    worksheet_write_string(s->notes, row++, 1, "Sums of the rows the filter shows.", s->wrapped);
    for (const struct report_parameter *p = report->parameters; p != NULL && p->name != NULL; p++) {
        worksheet_write_string(s->notes, row, 0, p->name, s->strong);
        worksheet_write_string(s->notes, row++, 1, p->meaning, s->wrapped);
    }
    row++;
    worksheet_write_string(s->notes, row, 0, "Column", s->header);
    worksheet_write_string(s->notes, row++, 1, "How it is made", s->header);
    for (size_t i = 0; i < s->columns; i++) {
        worksheet_write_string(s->notes, row, 0, one_line(c, report->columns[i].heading),
                               s->cell[REPORT_TEXT]);
        worksheet_write_string(s->notes, row++, 1, report->columns[i].meaning, s->cell[REPORT_TEXT]);
    }
    row++;
    for (const struct report_rule *rule = report->rules; rule != NULL && rule->key != NULL; rule++) {
        worksheet_write_string(s->notes, row, 0, rule->value, tone_format(s, rule->tone));
        worksheet_write_string(s->notes, row++, 1, rule->meaning, s->wrapped);
    }
}

static enum status sheet_close(struct ctx *c, void *state)
{
    struct sheet *s = state;
    lxw_error error;

    /* Before the totals: in constant memory the library refuses a range that ends above the row it is at. */
    worksheet_autofilter(s->rows, HEADER_ROW, 0, s->next - 1, (lxw_col_t)(s->columns - 1));
    write_totals(c, s);
    if (s->next > FIRST_ROW)
        set_colours(c, s);
    set_page(c, s);
    write_notes(c, s);
    error = workbook_close(s->book);
    s->book = NULL;
    if (error != LXW_NO_ERROR)
        return ctx_fail(c, ST_INVALID, "output", s->job->path, "cannot be written: %s", lxw_strerror(error));
    return ST_OK;
}

const struct renderer renderer_xlsx = { "xlsx",
                                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                                        sheet_open, sheet_add, sheet_close };
