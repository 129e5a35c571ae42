/* The copy of a refused file: a list of what is wrong, and its rows with the faulty cells coloured and commented. */
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

#include "base/banned.h"
#include "print/marked.h"
#include "print/renderer.h"

struct marked {
    const char *path, *title;
    lxw_workbook *file;
    lxw_worksheet *list, *sheet;
    lxw_format *heading, *header, *wrong, *wrapped, *kinds[REPORT_TIME + 1];
    const enum report_kind *kind;
    size_t columns;
    lxw_row_t listed, next;
};

static void drop(void *data)
{
    struct marked *m = data;

    if (m->file != NULL)
        lxw_workbook_free(m->file);
}

static void make_formats(struct marked *m)
{
    static const char *const numbers[] = {
        [REPORT_TEXT] = "@",     [REPORT_INTEGER] = "0",       [REPORT_GRAMS] = "0.000",
        [REPORT_MONEY] = "0.00", [REPORT_DATE] = "yyyy-mm-dd", [REPORT_TIME] = "yyyy-mm-dd hh:mm"
    };

    for (int kind = REPORT_TEXT; kind <= REPORT_TIME; kind++) {
        m->kinds[kind] = workbook_add_format(m->file);
        format_set_num_format(m->kinds[kind], numbers[kind]);
    }
    m->heading = workbook_add_format(m->file);
    format_set_bold(m->heading);
    format_set_font_size(m->heading, 14);
    m->header = workbook_add_format(m->file);
    format_set_bold(m->header);
    format_set_bg_color(m->header, 0x1F5C4D);
    format_set_font_color(m->header, LXW_COLOR_WHITE);
    m->wrong = workbook_add_format(m->file);
    format_set_num_format(m->wrong, "@");
    format_set_bg_color(m->wrong, 0xF8D7DA);
    format_set_font_color(m->wrong, 0x842029);
    format_set_border(m->wrong, LXW_BORDER_THIN);
    format_set_border_color(m->wrong, 0x842029);
    m->wrapped = workbook_add_format(m->file);
    format_set_text_wrap(m->wrapped);
    format_set_align(m->wrapped, LXW_ALIGN_VERTICAL_TOP);
}

enum status marked_begin(struct ctx *c, const char *path, const char *title, struct marked **out)
{
    lxw_workbook_options options = { .constant_memory = LXW_TRUE };
    struct marked *m = arena_alloc(&c->arena, sizeof *m);

    m->path = path;
    m->file = workbook_new_opt(path, &options);
    if (m->file == NULL)
        arena_out_of_memory();
    arena_defer(&c->arena, drop, m);
    make_formats(m);
    m->title = title;
    *out = m;
    return ST_OK;
}

static void set_print(lxw_worksheet *sheet)
{
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, 9); /* A4 */
    worksheet_fit_to_pages(sheet, 1, 0);
}

/* The list stands behind the rows, so that the copy can come in again as it is. */
static void begin_list(struct marked *m)
{
    m->list = workbook_add_worksheet(m->file, "What is wrong");
    worksheet_set_column(m->list, 0, 0, 46, NULL);
    worksheet_set_column(m->list, 1, 1, 28, NULL);
    worksheet_set_column(m->list, 2, 2, 80, NULL);
    worksheet_write_string(m->list, 0, 0, m->title, m->heading);
    worksheet_write_string(m->list, 2, 0, "Where", m->header);
    worksheet_write_string(m->list, 2, 1, "What stands there", m->header);
    worksheet_write_string(m->list, 2, 2, "What is wrong", m->header);
    worksheet_freeze_panes(m->list, 3, 0);
    set_print(m->list);
    m->listed = 3;
}

void marked_fault(struct marked *m, const char *place, const char *value, const char *rule)
{
    if (m->list == NULL)
        begin_list(m);
    worksheet_write_string(m->list, m->listed, 0, place, m->wrapped);
    worksheet_write_string(m->list, m->listed, 1, value, m->wrapped);
    worksheet_write_string(m->list, m->listed++, 2, rule, m->wrapped);
}

enum status marked_sheet(struct ctx *c, struct marked *m, const char *name, const char *const *captions,
                         const enum report_kind *kinds, size_t columns)
{
    /* the name of a CSV file may be no name of a sheet */
    m->sheet = workbook_validate_sheet_name(m->file, name) == LXW_NO_ERROR
                   ? workbook_add_worksheet(m->file, name)
                   : workbook_add_worksheet(m->file, NULL);
    if (m->sheet == NULL)
        return ctx_fail(c, ST_BROKEN, "sheet", name, "cannot be written");
    m->kind = kinds;
    m->columns = columns;
    m->next = 1;
    for (size_t i = 0; i < columns; i++)
        worksheet_write_string(m->sheet, 0, (lxw_col_t)i, captions[i], m->header);
    worksheet_set_column(m->sheet, 0, (lxw_col_t)(columns - 1), 18, NULL);
    worksheet_freeze_panes(m->sheet, 1, 0);
    set_print(m->sheet);
    return ST_OK;
}

static void write_cell(struct marked *m, size_t i, const char *cell)
{
    const lxw_col_t at = (lxw_col_t)i;
    lxw_datetime day = { 0 };

    switch (m->kind[i]) {
    case REPORT_TEXT:
        worksheet_write_string(m->sheet, m->next, at, cell, m->kinds[REPORT_TEXT]);
        break;
    case REPORT_INTEGER:
    case REPORT_GRAMS:
    case REPORT_MONEY:
        worksheet_write_number(m->sheet, m->next, at,
                               (double)strtoll(cell, NULL, 10) / (m->kind[i] == REPORT_GRAMS   ? 1000
                                                                  : m->kind[i] == REPORT_MONEY ? 100
                                                                                               : 1),
                               m->kinds[m->kind[i]]);
        break;
    case REPORT_DATE:
    case REPORT_TIME:
        if (sscanf(cell, "%d-%d-%d", &day.year, &day.month, &day.day) == 3 && day.year >= 1900)
            worksheet_write_datetime(m->sheet, m->next, at, &day, m->kinds[REPORT_DATE]);
        else
            worksheet_write_string(m->sheet, m->next, at, cell, m->kinds[REPORT_TEXT]);
        break;
    }
}

void marked_row(struct marked *m, const char *const *cells, const char *const *rules)
{
    for (size_t i = 0; i < m->columns; i++) {
        const lxw_col_t at = (lxw_col_t)i;

        if (rules[i] != NULL) {
            worksheet_write_string(m->sheet, m->next, at, cells[i] == NULL ? "" : cells[i], m->wrong);
            if (cells[i] == NULL || *cells[i] == '\0')
                worksheet_write_blank(m->sheet, m->next, at, m->wrong);
            worksheet_write_comment(m->sheet, m->next, at, rules[i]);
        } else if (cells[i] != NULL) {
            write_cell(m, i, cells[i]);
        }
    }
    m->next++;
}

enum status marked_end(struct ctx *c, struct marked *m)
{
    lxw_error error = workbook_close(m->file);

    m->file = NULL;
    if (error != LXW_NO_ERROR)
        return ctx_fail(c, ST_INVALID, "output", m->path, "cannot be written: %s", lxw_strerror(error));
    return ST_OK;
}

void marked_csv_header(FILE *file)
{
    fputs("\xEF\xBB\xBFwhere,what stands there,what is wrong\r\n", file);
}

void marked_csv_fault(FILE *file, const char *place, const char *value, const char *rule)
{
    report_put_text(file, place);
    fputc(',', file);
    report_put_text(file, value);
    fputc(',', file);
    report_put_text(file, rule);
    fputs("\r\n", file);
}
