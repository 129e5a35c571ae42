/* Reports as CSV (for a person's spreadsheet: grams, and no cell that could run as a formula) and as JSON (for machines: the
   statement's own integers). */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "print/renderer.h"
#include "json/json_write.h"

struct text_out {
    const struct report_sheet *sheet;
    FILE *file;
    struct arena scratch; /* one row's memory */
    bool comma;
};

static void drop(void *state)
{
    struct text_out *out = state;

    if (out->file != NULL)
        fclose(out->file);
    arena_close(&out->scratch);
}

static enum status open_file(struct ctx *c, const struct report_job *job, const char *path,
                             struct text_out **out)
{
    *out = arena_alloc(&c->arena, sizeof **out);
    arena_init(&(*out)->scratch);
    (*out)->file = job->stream != NULL ? job->stream(job->stream_arg) : fopen(path, "wb");
    arena_defer(&c->arena, drop, *out);
    if ((*out)->file == NULL)
        return ctx_fail(c, ST_INVALID, "output", job->path, "cannot be written: %s", strerror(errno));
    return ST_OK;
}

/* Ends the file; a full disk shows here at the latest. */
static enum status close_file(struct ctx *c, struct text_out *out)
{
    bool failed = ferror(out->file) != 0;

    failed = fclose(out->file) != 0 || failed;
    out->file = NULL;
    return failed ? ctx_fail(c, ST_BROKEN, "output", NULL, "could not be written") : ST_OK;
}

/* A thousandth or hundredth part written as a decimal. */
static enum status put_decimal(struct ctx *c, struct text_out *out, const struct report_column *column,
                               const char *cell, int64_t unit, int digits)
{
    int64_t number;

    TRY(report_number(c, column, cell, &number));
    fprintf(out->file, "%s%lld.%0*lld", number < 0 ? "-" : "",
            (long long)(number < 0 ? -number : number) / unit, digits,
            (long long)(number < 0 ? -number : number) % unit);
    return ST_OK;
}

/* Quoted where needed; a text that a spreadsheet would take for a formula gets an apostrophe before it. */
void report_put_text(FILE *file, const char *text)
{
    bool quoted = strpbrk(text, ",\"\r\n") != NULL;

    if (quoted)
        fputc('"', file);
    if (*text != '\0' && strchr("=+-@\t\r", *text) != NULL)
        fputc('\'', file);
    for (; *text != '\0'; text++) {
        if (*text == '"')
            fputc('"', file);
        fputc(*text, file);
    }
    if (quoted)
        fputc('"', file);
}

static enum status csv_cell(struct ctx *c, struct text_out *out, const struct report_column *column,
                            const char *cell)
{
    switch (column->kind) {
    case REPORT_GRAMS:
        return put_decimal(c, out, column, cell, 1000, 3);
    case REPORT_MONEY:
        return put_decimal(c, out, column, cell, 100, 2);
    case REPORT_INTEGER:
    case REPORT_DATE:
    case REPORT_TIME:
        fputs(cell, out->file);
        return ST_OK;
    case REPORT_TEXT:
        report_put_text(out->file, cell);
        return ST_OK;
    }
    return ST_OK;
}

/* "on_hand_mg" is shown in grams, so it is called on_hand_g; "value_cents" is called value. */
static void put_csv_name(FILE *file, const struct report_column *column)
{
    size_t size = strlen(column->key);

    if (column->kind == REPORT_GRAMS && size > 3)
        fprintf(file, "%.*s_g", (int)(size - 3), column->key);
    else if (column->kind == REPORT_MONEY && size > 6)
        fprintf(file, "%.*s", (int)(size - 6), column->key);
    else
        fputs(column->key, file);
}

static enum status csv_open(struct ctx *c, const struct report_job *job, const char *path, void **state)
{
    struct text_out *out;

    TRY(open_file(c, job, path, &out));
    *state = out;
    return ST_OK;
}

static enum status csv_begin(struct ctx *c, void *state, const struct report_sheet *sheet)
{
    struct text_out *out = state;

    (void)c;
    out->sheet = sheet;
    fputs("\xEF\xBB\xBF", out->file); /* so that a spreadsheet reads it as UTF-8 */
    for (const struct report_column *column = sheet->columns; column->key != NULL; column++) {
        fputs(column == sheet->columns ? "" : ",", out->file);
        put_csv_name(out->file, column);
    }
    fputs("\r\n", out->file);
    return ST_OK;
}

/* Nothing follows the rows. */
static enum status text_end(struct ctx *c, void *state)
{
    (void)c;
    (void)state;
    return ST_OK;
}

static enum status csv_add(struct ctx *c, void *state, const char *const *cells)
{
    struct text_out *out = state;

    for (size_t i = 0; out->sheet->columns[i].key != NULL; i++) {
        fputs(i == 0 ? "" : ",", out->file);
        if (cells[i] != NULL)
            TRY(csv_cell(c, out, &out->sheet->columns[i], cells[i]));
    }
    fputs("\r\n", out->file);
    return ST_OK;
}

static enum status csv_close(struct ctx *c, void *state)
{
    return close_file(c, state);
}

static enum status json_open(struct ctx *c, const struct report_job *job, const char *path, void **state)
{
    struct text_out *out;
    struct json_writer w;
    struct text head;

    TRY(open_file(c, job, path, &out));
    text_init(&head, &out->scratch);
    json_init(&w, &head);
    json_open_object(&w, NULL);
    json_text(&w, "report", job->report->name);
    json_text(&w, "shop", job->shop_name);
    json_text(&w, "person", job->person);
    json_instant(&w, "made", job->made);
    json_open_list(&w, "rows");
    fputs(head.data, out->file);
    *state = out;
    return ST_OK;
}

static enum status json_begin(struct ctx *c, void *state, const struct report_sheet *sheet)
{
    (void)c;
    ((struct text_out *)state)->sheet = sheet;
    return ST_OK;
}

static enum status json_add(struct ctx *c, void *state, const char *const *cells)
{
    struct text_out *out = state;
    const struct report_column *columns = out->sheet->columns;
    struct json_writer w;
    struct text row;

    arena_reset(&out->scratch);
    text_init(&row, &out->scratch);
    json_init(&w, &row);
    json_open_object(&w, NULL);
    for (size_t i = 0; columns[i].key != NULL; i++) {
        bool is_number = columns[i].kind == REPORT_INTEGER || columns[i].kind == REPORT_GRAMS ||
                         columns[i].kind == REPORT_MONEY;
        int64_t number;

        if (cells[i] == NULL || !is_number) {
            json_text(&w, columns[i].key, cells[i]);
            continue;
        }
        TRY(report_number(c, &columns[i], cells[i], &number));
        json_i64(&w, columns[i].key, number);
    }
    json_close_object(&w);
    fprintf(out->file, "%s\n%s", out->comma ? "," : "", row.data);
    out->comma = true;
    return ST_OK;
}

static enum status json_close(struct ctx *c, void *state)
{
    struct text_out *out = state;

    fputs("\n]}\n", out->file);
    return close_file(c, out);
}

const struct renderer renderer_csv = {
    "csv", "text/csv; charset=utf-8", true, csv_open, csv_begin, csv_add, text_end, csv_close
};
const struct renderer renderer_json = { "json",     "application/json", true,     json_open,
                                        json_begin, json_add,           text_end, json_close };
