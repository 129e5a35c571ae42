/* What makes rows a sheet to work with: colours for what needs action, cells to fill in with what they take, charts, how it prints,
   and the notes on how each figure is made. */
#include <string.h>

#include "print/sheet_book.h"

enum {
    NARROWEST = 7,
    WIDEST = 42,
    CHART_ROWS = 18,
    CHART_TALLEST = 60,
    WORDS_MOST = 40,
    TITLE_CHARACTERS = 31
};

static const lxw_color_t palette[] = { 0x1F5C4D, 0xC9883B, 0x4F81BD, 0x9A5B8F, 0x7FA650, 0xB5473C, 0x5F6B66 };
enum { PALETTE = sizeof palette / sizeof palette[0] };

/* Each rule colours whole rows, and goes on doing so when a person edits the cell it looks at. */
void set_colours(struct ctx *c, struct book *book)
{
    for (const struct report_rule *rule = book->sheet->rules; rule != NULL && rule->key != NULL; rule++) {
        lxw_conditional_format format = { .type = LXW_CONDITIONAL_TYPE_FORMULA, .stop_if_true = LXW_TRUE };
        char name[8];

        format.format = tone_format(book, rule->tone);
        lxw_col_to_name(name, (lxw_col_t)column_of(book, rule->key), LXW_TRUE);
        format.value_string = arena_printf(&c->arena, "=%s%d=\"%s\"", name, FIRST_ROW + 1, rule->value);
        worksheet_conditional_format_range(book->rows, FIRST_ROW, 0, book->next - 1,
                                           (lxw_col_t)(book->columns - 1), &format);
    }
}

/* A heading in one line. */
static const char *one_line(struct ctx *c, const char *heading)
{
    char *line = arena_text(&c->arena, heading);

    for (char *at = line; *at != '\0'; at++)
        *at = *at == '\n' ? ' ' : *at;
    return line;
}

static void validate_number(struct ctx *c, const struct report_column *column,
                            const struct report_entry *entry, lxw_data_validation *v)
{
    const bool open = entry->least == 0 && entry->most == 0;

    v->validate = column->kind == REPORT_INTEGER ? LXW_VALIDATION_TYPE_INTEGER : LXW_VALIDATION_TYPE_DECIMAL;
    v->criteria = open ? LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO : LXW_VALIDATION_CRITERIA_BETWEEN;
    v->value_number = 0;
    v->minimum_number = shown(column->kind, entry->least);
    v->maximum_number = shown(column->kind, entry->most);
    v->error_message = (char *)(uintptr_t)(open ? "A number, not below 0."
                                                : arena_printf(&c->arena, "A number from %.10g to %.10g.",
                                                               v->minimum_number, v->maximum_number));
}

static char **words_of(struct ctx *c, const char *words)
{
    char **list = arena_array(&c->arena, WORDS_MOST + 1, sizeof *list);
    size_t count;
    char **parts = text_split(&c->arena, words, '|', &count);

    for (size_t i = 0; i < count && i < WORDS_MOST; i++)
        list[i] = parts[i];
    return list;
}

/* As much of a text as the title of a hint takes, in whole characters. */
static const char *beginning(struct ctx *c, const char *text)
{
    const char *end = text;

    for (int i = 0; i < TITLE_CHARACTERS && *end != '\0'; i++)
        (void)utf8_next(&end);
    return arena_text_n(&c->arena, text, (size_t)(end - text));
}

static void validate(struct ctx *c, struct book *book, size_t i)
{
    const struct report_column *column = &book->sheet->columns[i];
    const struct report_entry *entry = book->shapes[i].entry;
    lxw_data_validation v = { .ignore_blank = LXW_VALIDATION_ON,
                              .error_title = (char *)(uintptr_t) "This does not fit" };

    if (entry->words != NULL) {
        v.validate = LXW_VALIDATION_TYPE_LIST;
        v.value_list = words_of(c, entry->words);
        v.error_message = (char *)(uintptr_t) "Choose one of the list.";
    } else if (column->kind == REPORT_DATE) {
        v.validate = LXW_VALIDATION_TYPE_DATE;
        v.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
        v.minimum_datetime =
            (lxw_datetime){ .year = entry->most > 0 ? (int)entry->least : 2000, .month = 1, .day = 1 };
        v.maximum_datetime =
            (lxw_datetime){ .year = entry->most > 0 ? (int)entry->most : 2199, .month = 12, .day = 31 };
        v.error_message = (char *)(uintptr_t) "A day, such as 2027-03-31.";
    } else if (column->kind == REPORT_TEXT) {
        v.validate = LXW_VALIDATION_TYPE_LENGTH;
        v.criteria = LXW_VALIDATION_CRITERIA_LESS_THAN_OR_EQUAL_TO;
        v.value_number = entry->most > 0 ? (double)entry->most : 2000;
        v.error_message = (char *)(uintptr_t) "The text is too long.";
    } else {
        validate_number(c, column, entry, &v);
    }
    if (entry->hint != NULL) {
        v.input_title = (char *)(uintptr_t)beginning(c, one_line(c, column->heading));
        v.input_message = (char *)(uintptr_t)entry->hint;
    }
    worksheet_data_validation_range(book->rows, FIRST_ROW, (lxw_col_t)i, book->next - 1, (lxw_col_t)i, &v);
}

/* Cells to fill in take what fits; everything else on their sheet is protected, without a password, against slips. */
void set_entries(struct ctx *c, struct book *book)
{
    lxw_protection allowed = {
        .autofilter = LXW_TRUE, .sort = LXW_TRUE, .format_columns = LXW_TRUE, .format_rows = LXW_TRUE
    };

    if (!book->fillable)
        return;
    for (size_t i = 0; i < book->columns; i++)
        if (book->shapes[i].entry != NULL)
            validate(c, book, i);
    worksheet_protect(book->rows, NULL, &allowed);
}

/* "='By category'!$C$7:$C$19" */
static const char *range_of(struct ctx *c, const struct book *book, const char *key)
{
    struct text text;
    char name[8];

    text_init(&text, &c->arena);
    text_add(&text, "='");
    for (const char *at = book->name; *at != '\0'; at++)
        text_addf(&text, *at == '\'' ? "''" : "%c", *at);
    lxw_col_to_name(name, (lxw_col_t)column_of(book, key), LXW_TRUE);
    text_addf(&text, "'!%s$%d:%s$%u", name, FIRST_ROW + 1, name, (unsigned)book->next);
    return text.data;
}

static void colour_pie(lxw_chart_series *series, lxw_row_t rows)
{
    lxw_chart_fill fills[PALETTE];
    lxw_chart_point points[PALETTE];
    lxw_chart_point *list[PALETTE + 1] = { NULL };

    for (size_t i = 0; i < PALETTE && i < rows; i++) {
        fills[i] = (lxw_chart_fill){ .color = palette[i] };
        points[i] = (lxw_chart_point){ .fill = &fills[i] };
        list[i] = &points[i];
    }
    chart_series_set_points(series, list);
    /* shares outside, on paper of any colour; the legend has the names */
    chart_series_set_labels(series);
    chart_series_set_labels_options(series, LXW_FALSE, LXW_FALSE, LXW_FALSE);
    chart_series_set_labels_percentage(series);
    chart_series_set_labels_position(series, LXW_CHART_LABEL_POSITION_OUTSIDE_END);
}

static void add_series(struct ctx *c, struct book *book, lxw_chart *chart, const struct report_chart *what)
{
    size_t count;
    char **keys = text_split(&c->arena, what->values, '|', &count);

    for (size_t i = 0; i < count; i++) {
        const struct report_column *column = &book->sheet->columns[column_of(book, keys[i])];
        lxw_chart_series *series =
            chart_add_series(chart, range_of(c, book, what->category), range_of(c, book, keys[i]));
        lxw_chart_fill fill = { .color = palette[i % PALETTE] };
        lxw_chart_line line = { .color = palette[i % PALETTE], .width = 2 };

        chart_series_set_name(series, one_line(c, column->heading));
        if (what->kind == CHART_LINE)
            chart_series_set_line(series, &line);
        else if (what->kind == CHART_PIE)
            colour_pie(series, book->next - FIRST_ROW);
        else
            chart_series_set_fill(series, &fill);
    }
    if (count == 1 && what->kind != CHART_PIE)
        chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    else
        chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
}

/* In bars the library calls the upright axis, that of the categories, y. */
static void set_axes(lxw_chart *chart, const struct report_chart *what)
{
    const bool bars = what->kind == CHART_BARS;
    lxw_chart_axis *categories = bars ? chart->y_axis : chart->x_axis;
    lxw_chart_axis *values = bars ? chart->x_axis : chart->y_axis;
    lxw_chart_line grid = { .color = 0xD9DDDB, .width = 0.75 };
    lxw_chart_line hidden = { .none = LXW_TRUE };
    lxw_chart_font font = { .size = 9, .color = 0x36413C };

    if (what->kind == CHART_PIE)
        return;
    chart_axis_major_gridlines_set_visible(categories, LXW_FALSE);
    chart_axis_major_gridlines_set_visible(values, LXW_TRUE);
    chart_axis_major_gridlines_set_line(values, &grid);
    chart_axis_set_line(values, &hidden);
    chart_axis_set_num_font(categories, &font);
    chart_axis_set_num_font(values, &font);
    chart_axis_set_num_format(values, "#,##0");
    if (bars) { /* the first row at the top, and each with its name */
        chart_axis_set_reverse(categories);
        chart_axis_set_interval_unit(categories, 1);
    }
}

void set_charts(struct ctx *c, struct book *book)
{
    static const uint8_t types[] = { [CHART_COLUMNS] = LXW_CHART_COLUMN,
                                     [CHART_BARS] = LXW_CHART_BAR,
                                     [CHART_LINE] = LXW_CHART_LINE,
                                     [CHART_PIE] = LXW_CHART_PIE };
    lxw_row_t at = HEADER_ROW;

    for (const struct report_chart *what = book->sheet->charts; what != NULL && what->title != NULL; what++) {
        const lxw_row_t rows = book->next - FIRST_ROW;
        const bool tall = what->kind == CHART_BARS && rows + 6 > CHART_ROWS;
        const lxw_row_t height = tall ? rows + 6 : CHART_ROWS;
        lxw_chart *chart = workbook_add_chart(book->file, types[what->kind]);
        lxw_chart_font font = { .size = 13, .bold = LXW_TRUE, .color = 0x1F5C4D };
        lxw_chart_options options = { .x_scale = 1.4,
                                      .y_scale =
                                          (height > CHART_TALLEST ? CHART_TALLEST : height) * 20.0 / 288,
                                      .x_offset = 12,
                                      .description = (char *)(uintptr_t)what->title };

        add_series(c, book, chart, what);
        chart_title_set_name(chart, what->title);
        chart_title_set_name_font(chart, &font);
        set_axes(chart, what);
        worksheet_insert_chart_opt(book->rows, at, (lxw_col_t)(book->columns + 1), chart, &options);
        at += height + 2;
    }
}

void set_page(struct ctx *c, struct book *book)
{
    for (size_t i = 0; i < book->columns; i++) {
        int width = book->tallies[i].width < NARROWEST ? NARROWEST : book->tallies[i].width;

        worksheet_set_column(book->rows, (lxw_col_t)i, (lxw_col_t)i, (width > WIDEST ? WIDEST : width) * 1.05,
                             NULL);
    }
    worksheet_freeze_panes(book->rows, FIRST_ROW, book->columns > 6 ? 1 : 0);
    worksheet_set_landscape(book->rows);
    worksheet_set_paper(book->rows, 9); /* A4 */
    worksheet_fit_to_pages(book->rows, 1, 0);
    worksheet_repeat_rows(book->rows, HEADER_ROW, HEADER_ROW);
    worksheet_set_margins(book->rows, 0.4, 0.4, 0.5, 0.6);
    worksheet_gridlines(book->rows, LXW_HIDE_ALL_GRIDLINES);
    worksheet_set_footer(
        book->rows, arena_printf(&c->arena, "&L%s&C%s&RPage &P of &N", book->job->shop_name, book->name));
}

struct notes {
    struct book *book;
    lxw_worksheet *sheet;
    lxw_row_t row;
};

static void note(struct notes *n, const char *name, lxw_format *format, const char *text,
                 lxw_format *text_format)
{
    int lines = 1 + (display_width(text) - 1) / 92;

    if (lines > 1)
        worksheet_set_row(n->sheet, n->row, lines * LXW_DEF_ROW_HEIGHT, NULL);
    worksheet_write_string(n->sheet, n->row, 0, name, format);
    worksheet_write_string(n->sheet, n->row++, 1, text, text_format);
}

static void note_sheet(struct ctx *c, struct notes *n, const struct report_sheet *sheet)
{
    struct book *book = n->book;

    n->row++;
    note(n, "Column", book->header, "How it is made", book->header);
    for (const struct report_column *column = sheet->columns; column->key != NULL; column++)
        note(n, one_line(c, column->heading), book->cell[REPORT_TEXT], column->meaning,
             book->cell[REPORT_TEXT]);
    if (sheet->rules != NULL)
        n->row++;
    for (const struct report_rule *rule = sheet->rules; rule != NULL && rule->key != NULL; rule++)
        note(n, rule->value, tone_format(book, rule->tone), rule->meaning, book->wrapped);
}

void write_notes(struct ctx *c, struct book *book)
{
    const struct report *report = book->job->report;
    struct notes n = { .book = book, .sheet = workbook_add_worksheet(book->file, "Notes") };

    worksheet_set_column(n.sheet, 0, 0, 30, NULL);
    worksheet_set_column(n.sheet, 1, 1, 95, NULL);
    worksheet_gridlines(n.sheet, LXW_HIDE_ALL_GRIDLINES);
    worksheet_set_landscape(n.sheet);
    worksheet_set_paper(n.sheet, 9);
    worksheet_fit_to_pages(n.sheet, 1, 0);
    worksheet_set_footer(n.sheet,
                         arena_printf(&c->arena, "&L%s&CNotes&RPage &P of &N", book->job->shop_name));
    worksheet_set_row(n.sheet, 0, 28, NULL);
    worksheet_write_string(n.sheet, n.row++, 0, report->title, book->title);
    note(&n, "What it shows", book->strong, report->summary, book->wrapped);
    note(&n, "Totals", book->strong, "Sums of the rows the filter shows.", book->wrapped);
    note(&n, "Weights and money", book->strong,
         "Counted in whole milligrams and cents, and added exactly; shown in g and in the shop's currency.",
         book->wrapped);
    for (const struct report_parameter *p = report->parameters; p != NULL && p->name != NULL; p++)
        note(&n, p->name, book->strong, p->meaning, book->wrapped);
    for (size_t i = 0; i < book->written_count; i++) {
        if (book->written[i]->unnoted || (i > 0 && book->written[i] == book->written[i - 1]))
            continue;
        if (i > 0) {
            n.row++;
            note(&n, book->written[i]->name, book->strong, book->written[i]->summary, book->wrapped);
        }
        note_sheet(c, &n, book->written[i]);
    }
}
