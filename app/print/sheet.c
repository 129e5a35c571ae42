/* A report as a workbook that a person would show an accountant: on each sheet a title block, a frozen header with a filter, real
   dates and numbers, live totals; and at last a sheet of notes on how each figure is made. Rows go straight to the file
   (constant memory). What is not rows is in sheet_extra.c, how it looks in sheet_format.c. */
#include <stdlib.h>
#include <string.h>

#include "print/sheet_book.h"

#define WIDEST 42
#define EXACT_MOST INT64_C(999999999999999) /* fifteen digits */

static void drop(void *state)
{
    struct book *book = state;

    if (book->file != NULL)
        lxw_workbook_free(book->file);
}

static void set_properties(struct book *book)
{
    const struct report_job *job = book->job;
    lxw_doc_properties properties = { .title = (char *)(uintptr_t)job->report->title,
                                      .subject = (char *)(uintptr_t)job->report->title_hanzi,
                                      .author = (char *)(uintptr_t)job->person,
                                      .company = (char *)(uintptr_t)job->shop_name,
                                      .category = (char *)(uintptr_t) "Report",
                                      .comments = (char *)(uintptr_t)job->report->summary,
                                      .created = (time_t)(job->made.us / 1000000) };

    workbook_set_properties(book->file, &properties);
}

static enum status sheet_open(struct ctx *c, const struct report_job *job, const char *path, void **state)
{
    struct book *book = arena_alloc(&c->arena, sizeof *book);
    lxw_workbook_options options = { .constant_memory = LXW_TRUE };

    book->job = job;
    book->rows_end = job->rows_most == 0 ? LXW_ROW_MAX - 1 : FIRST_ROW + (lxw_row_t)job->rows_most;
    book->file = workbook_new_opt(path, &options);
    if (book->file == NULL)
        arena_out_of_memory();
    arena_defer(&c->arena, drop, book);
    book_formats(book);
    set_properties(book);
    *state = book;
    return ST_OK;
}

/* "2026-01-01 to 2026-11-22", as far as they were given. */
static const char *period(struct ctx *c, const struct book *book)
{
    const struct report_job *job = book->job;
    const char *from = NULL, *to = NULL;
    struct text text;

    text_init(&text, &c->arena);
    for (size_t i = 0; i < job->argument_count; i++) {
        if (strcmp(job->arguments[i].name, "from") == 0)
            from = job->arguments[i].value;
        if (strcmp(job->arguments[i].name, "to") == 0)
            to = job->arguments[i].value;
    }
    if (from == NULL && to == NULL)
        text_addf(&text, "As of %s", job->made_text);
    else
        text_addf(&text, "Period %s to %s", from == NULL ? "the beginning" : from, to == NULL ? "now" : to);
    for (size_t i = 0; i < job->argument_count; i++)
        if (strcmp(job->arguments[i].name, "from") != 0 && strcmp(job->arguments[i].name, "to") != 0)
            text_addf(&text, "; %s %s", job->arguments[i].name, job->arguments[i].value);
    return text.data;
}

static void write_title(struct ctx *c, struct book *book)
{
    /* of what people will fill in, such as 12,345.00 USD */
    static const int room_for[] = { [REPORT_TEXT] = 0,   [REPORT_INTEGER] = 9, [REPORT_GRAMS] = 14,
                                    [REPORT_MONEY] = 16, [REPORT_DATE] = 13,   [REPORT_TIME] = 19 };
    const struct report_job *job = book->job;
    const char *tab = book->written_count > 1 ? book->name : job->report->title_hanzi;

    worksheet_set_row(book->rows, 0, 28, NULL);
    worksheet_write_string(book->rows, 0, 0, arena_printf(&c->arena, "%s  %s", job->report->title, tab),
                           book->title);
    worksheet_write_string(book->rows, 1, 0, job->shop_name, book->strong);
    worksheet_write_string(book->rows, 2, 0, period(c, book), book->quiet);
    worksheet_write_string(
        book->rows, 3, 0,
        arena_printf(&c->arena, "Made %s for %s. How each figure is made: sheet Notes.%s", job->made_text,
                     job->person,
                     book->fillable ? " Fill in the yellow cells; the others are protected." : ""),
        book->quiet);
    worksheet_set_row(book->rows, HEADER_ROW, 34, NULL);
    for (size_t i = 0; i < book->columns; i++) {
        const struct report_column *column = &book->sheet->columns[i];

        worksheet_write_string(book->rows, HEADER_ROW, (lxw_col_t)i, column->heading,
                               book->shapes[i].entry != NULL ? book->header_entry
                               : is_right(column->kind)      ? book->header_right
                                                             : book->header);
        widen(&book->tallies[i], display_width(column->heading) + 4); /* the filter's arrow */
        if (book->shapes[i].entry != NULL)
            widen(&book->tallies[i], room_for[column->kind]);
    }
}

size_t column_of(const struct book *book, const char *key)
{
    size_t i = 0;

    while (i < book->columns - 1 && strcmp(book->sheet->columns[i].key, key) != 0)
        i++;
    return i;
}

static void shape_columns(struct ctx *c, struct book *book)
{
    const struct report_sheet *sheet = book->sheet;

    book->shapes = arena_array(&c->arena, book->columns, sizeof *book->shapes);
    for (const struct report_entry *entry = sheet->entries; entry != NULL && entry->key != NULL; entry++)
        book->shapes[column_of(book, entry->key)].entry = entry;
    for (const struct report_formula *f = sheet->formulas; f != NULL && f->key != NULL; f++)
        book->shapes[column_of(book, f->key)].formula = f->formula;
    for (size_t i = 0; i < book->columns; i++)
        book->shapes[i].format = book->shapes[i].entry != NULL ? book->entry[sheet->columns[i].kind]
                                                               : book->cell[sheet->columns[i].kind];
    book->fillable = sheet->entries != NULL;
}

/* "stock_moves", and where it goes on "stock_moves (2)". */
static enum status add_sheet(struct ctx *c, struct book *book, const char *name)
{
    const char *shown = book->part == 1 ? name : arena_printf(&c->arena, "%.26s (%d)", name, book->part);

    book->rows = workbook_add_worksheet(book->file, shown);
    if (book->rows == NULL || book->written_count == SHEETS_MOST)
        return ctx_fail(c, ST_TOO_LARGE, "sheet", shown,
                        "cannot be the name of a sheet, or there are more than %d", SHEETS_MOST);
    book->name = shown;
    book->written[book->written_count++] = book->sheet;
    return ST_OK;
}

static enum status begin_part(struct ctx *c, struct book *book)
{
    TRY(add_sheet(c, book, book->sheet->name));
    book->tallies = arena_array(&c->arena, book->columns, sizeof *book->tallies);
    book->next = FIRST_ROW;
    write_title(c, book);
    return ST_OK;
}

static enum status sheet_begin(struct ctx *c, void *state, const struct report_sheet *sheet)
{
    struct book *book = state;

    book->sheet = sheet;
    book->part = 1;
    for (book->columns = 0; sheet->columns[book->columns].key != NULL;)
        book->columns++;
    if (sheet->page) {
        TRY(add_sheet(c, book, sheet->name));
        begin_page(book);
        return ST_OK;
    }
    shape_columns(c, book);
    return begin_part(c, book);
}

/* A formula of the catalogue with its {keys} as cells of this row, in the caller's buffer. */
static const char *formula_here(const struct book *book, const char *formula, char *out, size_t room)
{
    size_t size = 0;

    while (*formula != '\0' && size + 16 < room) {
        const char *end = *formula == '{' ? strchr(formula, '}') : NULL;
        char key[64], name[8];

        if (end == NULL) {
            out[size++] = *formula++;
            continue;
        }
        (void)snprintf(key, sizeof key, "%.*s", (int)(end - formula - 1), formula + 1);
        lxw_col_to_name(name, (lxw_col_t)column_of(book, key), LXW_FALSE);
        size += (size_t)snprintf(out + size, room - size, "%s%u", name, (unsigned)book->next + 1);
        formula = end + 1;
    }
    out[size] = '\0';
    return out;
}

static enum status write_number(struct ctx *c, struct book *book, size_t i, const char *cell)
{
    const struct report_column *column = &book->sheet->columns[i];
    char formula[512];
    int64_t number;

    TRY(report_number(c, column, cell, &number));
    if (number > EXACT_MOST || number < -EXACT_MOST) { /* a spreadsheet would round it */
        worksheet_write_string(book->rows, book->next, (lxw_col_t)i, cell, book->shapes[i].format);
        widen(&book->tallies[i], (int)strlen(cell) + 3);
        return ST_OK;
    }
    if (column->total)
        book->tallies[i].sum += number;
    widen(&book->tallies[i], (int)strlen(cell) + (column->kind == REPORT_MONEY ? 8 : 4));
    if (book->shapes[i].formula != NULL)
        worksheet_write_formula_num(book->rows, book->next, (lxw_col_t)i,
                                    formula_here(book, book->shapes[i].formula, formula, sizeof formula),
                                    book->shapes[i].format, shown(column->kind, number));
    else
        worksheet_write_number(book->rows, book->next, (lxw_col_t)i, shown(column->kind, number),
                               book->shapes[i].format);
    return ST_OK;
}

/* Exactly `count` digits; -1 when there are others. */
static int digits(const char *text, int count)
{
    int number = 0;

    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

/* "2027-03-31", or with " 14:05:00". */
static enum status write_time(struct ctx *c, struct book *book, size_t i, const char *cell)
{
    const struct report_column *column = &book->sheet->columns[i];
    const size_t size = strlen(cell);
    lxw_datetime time = { 0 };

    if (size >= 10) {
        time.year = digits(cell, 4);
        time.month = digits(cell + 5, 2);
        time.day = digits(cell + 8, 2);
    }
    if (size >= 19) {
        time.hour = digits(cell + 11, 2);
        time.min = digits(cell + 14, 2);
        time.sec = digits(cell + 17, 2);
    }
    if (time.month < 1 || time.day < 1 || time.hour < 0 || time.min < 0 || time.sec < 0)
        return ctx_fail(c, ST_BROKEN, column->key, cell, "is not a date");
    if (time.year < 1900) { /* a spreadsheet has no such days */
        worksheet_write_string(book->rows, book->next, (lxw_col_t)i, cell, book->shapes[i].format);
        return ST_OK;
    }
    widen(&book->tallies[i], column->kind == REPORT_DATE ? 13 : 19);
    worksheet_write_datetime(book->rows, book->next, (lxw_col_t)i, &time, book->shapes[i].format);
    return ST_OK;
}

/* A row that holds a long text is made as high as its lines: programs do not all do so by themselves. */
static enum status write_text(struct ctx *c, struct book *book, size_t i, const char *cell, int *lines)
{
    int width = display_width(cell);
    int wanted = width == 0 ? 1 : 1 + (width - 1) / (WIDEST - 3);

    for (const char *at = cell; (at = strchr(at, '\n')) != NULL; at++)
        wanted++;
    *lines = wanted > *lines ? wanted : *lines;
    widen(&book->tallies[i], width + 3);
    if (worksheet_write_string(book->rows, book->next, (lxw_col_t)i, cell, book->shapes[i].format) ==
        LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
        return ctx_fail(c, ST_TOO_LARGE, book->sheet->columns[i].key, NULL,
                        "is longer than the cell of a spreadsheet; ask for csv");
    return ST_OK;
}

static enum status write_cell(struct ctx *c, struct book *book, size_t i, const char *cell, int *lines)
{
    switch (book->sheet->columns[i].kind) {
    case REPORT_TEXT:
        return write_text(c, book, i, cell, lines);
    case REPORT_INTEGER:
    case REPORT_GRAMS:
    case REPORT_MONEY:
        return write_number(c, book, i, cell);
    case REPORT_DATE:
    case REPORT_TIME:
        return write_time(c, book, i, cell);
    }
    return ST_OK;
}

static void write_empty(struct book *book, size_t i)
{
    char formula[512];

    if (book->shapes[i].formula != NULL)
        worksheet_write_formula_str(book->rows, book->next, (lxw_col_t)i,
                                    formula_here(book, book->shapes[i].formula, formula, sizeof formula),
                                    book->shapes[i].format, "");
    else
        worksheet_write_blank(book->rows, book->next, (lxw_col_t)i, book->shapes[i].format);
}

/* Sums that follow the filter, with their values stored for programs that do not compute. */
static void write_totals(struct ctx *c, struct book *book)
{
    bool any = false;

    for (size_t i = 0; i < book->columns; i++)
        any = any || book->sheet->columns[i].total;
    if (!any || book->next == FIRST_ROW)
        return;
    for (size_t i = 0; i < book->columns; i++) {
        const struct report_column *column = &book->sheet->columns[i];
        lxw_col_t at = (lxw_col_t)i;
        char name[8];

        if (!column->total) {
            worksheet_write_string(book->rows, book->next, at, i == 0 ? "Total 合计" : "",
                                   book->total[REPORT_TEXT]);
            continue;
        }
        lxw_col_to_name(name, at, LXW_FALSE);
        widen(&book->tallies[i],
              (int)strlen(arena_printf(&c->arena, "%lld", (long long)book->tallies[i].sum)) +
                  (column->kind == REPORT_MONEY ? 10 : 6));
        worksheet_write_formula_num(book->rows, book->next, at,
                                    arena_printf(&c->arena, "=SUBTOTAL(109,%s%d:%s%u)", name, FIRST_ROW + 1,
                                                 name, (unsigned)book->next),
                                    book->total[column->kind], shown(column->kind, book->tallies[i].sum));
    }
}

static void end_part(struct ctx *c, struct book *book)
{
    if (book->next > FIRST_ROW)
        set_charts(c, book);
    for (int blank = 0; blank < book->sheet->blank_rows; blank++, book->next++)
        for (size_t i = 0; i < book->columns; i++)
            write_empty(book, i);
    /* Before the totals: in constant memory the library refuses a range that ends above the row it is at. */
    if (book->next > FIRST_ROW) {
        worksheet_autofilter(book->rows, HEADER_ROW, 0, book->next - 1, (lxw_col_t)(book->columns - 1));
        set_colours(c, book);
        set_entries(c, book);
    }
    write_totals(c, book);
    set_page(c, book);
}

/* A sheet is full: its rows go on on another one, each with totals of its own. */
static enum status begin_next(struct ctx *c, struct book *book)
{
    end_part(c, book);
    book->part++;
    return begin_part(c, book);
}

static enum status sheet_add(struct ctx *c, void *state, const char *const *cells)
{
    struct book *book = state;
    int lines = 1;

    if (book->sheet->page) {
        add_page_line(c, book, cells);
        return ST_OK;
    }
    if (book->next >= book->rows_end)
        TRY(begin_next(c, book));
    for (size_t i = 0; i < book->columns; i++) {
        if (cells[i] == NULL)
            write_empty(book, i);
        else
            TRY(write_cell(c, book, i, cells[i], &lines));
    }
    if (lines > 1)
        worksheet_set_row(book->rows, book->next, lines * LXW_DEF_ROW_HEIGHT, NULL);
    book->next++;
    return ST_OK;
}

static enum status sheet_end(struct ctx *c, void *state)
{
    struct book *book = state;

    if (book->sheet->page)
        end_page(c, book);
    else
        end_part(c, book);
    return ST_OK;
}

static enum status sheet_close(struct ctx *c, void *state)
{
    struct book *book = state;
    lxw_error error;

    write_notes(c, book);
    error = workbook_close(book->file);
    book->file = NULL;
    if (error != LXW_NO_ERROR)
        return ctx_fail(c, ST_INVALID, "output", book->job->path, "cannot be written: %s",
                        lxw_strerror(error));
    return ST_OK;
}

const struct renderer renderer_xlsx = {
    "xlsx",      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    false,       sheet_open,
    sheet_begin, sheet_add,
    sheet_end,   sheet_close
};
