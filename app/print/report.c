/* Runs a report: arguments → the statement's parameters, rows → a renderer, all in one snapshot of the database. The file
   appears under its name only when it is complete. */
#include "print/report.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "db/db.h"
#include "print/renderer.h"
#include "sql.h"

#define PARAMETERS_MAX 8 /* and the key of a sheet */
#define PROGRESS_EVERY 5000

static const struct renderer *const renderers[] = { &renderer_xlsx, &renderer_csv, &renderer_json, NULL };

enum status report_find(struct ctx *c, const char *name, const struct report **report)
{
    struct text names;

    text_init(&names, &c->arena);
    for (const struct report *row = reports; row->name != NULL; row++) {
        if (strcmp(row->name, name) == 0) {
            *report = row;
            return ST_OK;
        }
        text_addf(&names, "%s%s", names.size > 0 ? ", " : "", row->name);
    }
    return ctx_fail(c, ST_NOT_FOUND, "report", name, "there are these reports: %s", names.data);
}

enum status report_renderer(struct ctx *c, const char *format, const struct renderer **renderer)
{
    for (size_t i = 0; renderers[i] != NULL; i++) {
        if (strcmp(renderers[i]->format, format) == 0) {
            *renderer = renderers[i];
            return ST_OK;
        }
    }
    return ctx_fail(c, ST_INVALID, "format", format, "is one of xlsx, csv, json");
}

const char *report_media_type(const struct renderer *renderer)
{
    return renderer->media_type;
}

bool report_streams(const struct renderer *renderer)
{
    return renderer->one_sheet;
}

enum status report_number(struct ctx *c, const struct report_column *column, const char *cell,
                          int64_t *number)
{
    char *end;

    errno = 0;
    *number = strtoll(cell, &end, 10);
    if (errno != 0 || end == cell || *end != '\0')
        return ctx_fail(c, ST_BROKEN, column->key, cell, "is not a whole number");
    return ST_OK;
}

const char *report_arguments_text(struct ctx *c, const struct report_job *job)
{
    struct text text;

    text_init(&text, &c->arena);
    for (size_t i = 0; i < job->argument_count; i++)
        text_addf(&text, "%s%s %s", i > 0 ? ", " : "", job->arguments[i].name, job->arguments[i].value);
    return text.size > 0 ? text.data : "";
}

/* A report being run. */
struct run {
    const struct report_job *job;
    const char *path; /* of the unfinished file */
    void *state;      /* the renderer's */
    struct param params[PARAMETERS_MAX + 1];
    size_t param_count;
    struct report_sheet own;          /* the report's own rows */
    const struct report_sheet *sheet; /* being written */
    size_t width;
    size_t *columns;    /* the statement's column of each of the sheet's */
    const char **cells; /* of one row */
    bool mapped;
    int64_t rows; /* of this sheet so far */
};

static const struct report_argument *find_argument(const struct report_job *job, const char *name)
{
    for (size_t i = 0; i < job->argument_count; i++)
        if (strcmp(job->arguments[i].name, name) == 0)
            return &job->arguments[i];
    return NULL;
}

static struct param read_parameter(struct ctx *c, const struct report_parameter *parameter, const char *value)
{
    struct date date = DATE_NONE;
    int64_t number = 0;
    char *end;

    switch (parameter->kind) {
    case PARAMETER_DATE:
        if (!date_parse(value, &date))
            ctx_note(c, ST_INVALID, parameter->name, value, "is a date written as 2026-11-30");
        return DATE(date);
    case PARAMETER_INTEGER:
        errno = 0;
        number = strtoll(value, &end, 10);
        if (errno != 0 || end == value || *end != '\0' || number < 0 || number > 100000)
            ctx_note(c, ST_INVALID, parameter->name, value, "is a whole number from 0 to 100000");
        return I64(number);
    case PARAMETER_TEXT:
        return TEXT(value);
    }
    return NONE();
}

static enum status read_arguments(struct ctx *c, struct run *run)
{
    const struct report_parameter *parameters = run->job->report->parameters;
    size_t used = 0;

    run->params[run->param_count++] = SHOP(c);
    for (; parameters != NULL && parameters->name != NULL; parameters++) {
        const struct report_argument *argument = find_argument(run->job, parameters->name);

        used += argument != NULL;
        run->params[run->param_count++] =
            argument == NULL ? NONE() : read_parameter(c, parameters, argument->value);
    }
    if (used < run->job->argument_count)
        ctx_note(c, ST_INVALID, "parameter", report_arguments_text(c, run->job),
                 "holds a name twice or one that %s does not know", run->job->report->name);
    return ctx_fault_or_ok(c);
}

static enum status map_columns(struct ctx *c, struct run *run, const struct rows *rows)
{
    for (size_t i = 0; i < run->width; i++) {
        const char *key = run->sheet->columns[i].key;
        size_t at = 0;

        if (run->sheet->by_place) {
            run->columns[i] = i;
            continue;
        }
        while (at < rows_width(rows) && strcmp(rows_name(rows, at), key) != 0)
            at++;
        if (at == rows_width(rows))
            return ctx_fail(c, ST_BROKEN, key, NULL, "is not a column of the statement %s",
                            run->sheet->query->name);
        run->columns[i] = at;
    }
    run->mapped = true;
    return ST_OK;
}

static enum status add_row(struct ctx *c, const struct rows *rows, void *arg)
{
    struct run *run = arg;

    if (!run->mapped)
        TRY(map_columns(c, run, rows));
    for (size_t i = 0; i < run->width; i++)
        run->cells[i] = rows_cell(rows, 0, run->columns[i]);
    if (++run->rows % PROGRESS_EVERY == 0 && run->job->progress != NULL)
        run->job->progress(run->job->progress_arg, run->sheet->name, run->rows);
    return run->job->renderer->add(c, run->state, run->cells);
}

static enum status render_sheet(struct ctx *c, struct run *run, const struct report_sheet *sheet)
{
    const struct renderer *renderer = run->job->renderer;

    run->sheet = sheet;
    run->mapped = false;
    run->rows = 0;
    for (run->width = 0; sheet->columns[run->width].key != NULL;)
        run->width++;
    run->columns = arena_array(&c->arena, run->width, sizeof *run->columns);
    run->cells = arena_array(&c->arena, run->width, sizeof *run->cells);
    if (run->job->progress != NULL)
        run->job->progress(run->job->progress_arg, sheet->name, 0);
    TRY(renderer->begin(c, run->state, sheet));
    TRY(db_each(c, sheet->query, run->params, run->param_count, add_row, run));
    return renderer->end(c, run->state);
}

/* A sheet that only the data knows: its key is the statement's last parameter. */
static enum status render_each(struct ctx *c, struct run *run, const struct report_found *found)
{
    enum status status;

    run->params[run->param_count++] = TEXT(found->key);
    status = render_sheet(c, run, found->sheet);
    run->param_count--;
    return status;
}

/* The one sheet of rows that a text shows. */
static enum status choose_sheet(struct ctx *c, const struct run *run, struct report_found *chosen)
{
    const char *wanted = run->job->sheet;
    struct report_found *found;
    size_t count;

    *chosen = (struct report_found){ .sheet = &run->own };
    if (wanted == NULL || text_same(wanted, run->own.name))
        return ST_OK;
    for (chosen->sheet = run->job->report->more; chosen->sheet != NULL && chosen->sheet->name != NULL;
         chosen->sheet++)
        if (text_same(chosen->sheet->name, wanted))
            return ST_OK;
    TRY(report_find_sheets(c, run->job->report, run->params, run->param_count, &found, &count));
    for (size_t i = 0; i < count; i++) {
        *chosen = found[i];
        if (text_same(chosen->sheet->name, wanted) && !chosen->sheet->page)
            return ST_OK;
    }
    return ctx_fail(c, ST_NOT_FOUND, "sheet", wanted, "is no sheet of the report %s", run->job->report->name);
}

static enum status render_all(struct ctx *c, struct run *run)
{
    const struct report_sheet *sheet = run->job->report->more;
    struct report_found *found;
    size_t count;

    TRY(render_sheet(c, run, &run->own));
    for (; sheet != NULL && sheet->name != NULL; sheet++)
        TRY(render_sheet(c, run, sheet));
    TRY(report_find_sheets(c, run->job->report, run->params, run->param_count, &found, &count));
    for (size_t i = 0; i < count; i++)
        TRY(render_each(c, run, &found[i]));
    return ST_OK;
}

/* The transaction's body: may be run again from the start, so it starts the file anew. */
static enum status render(struct ctx *c, void *arg)
{
    struct run *run = arg;
    const struct renderer *renderer = run->job->renderer;
    struct report_found chosen;

    TRY(db_run(c, &q_report_patience, NO_PARAMS));
    TRY(choose_sheet(c, run, &chosen));
    TRY(renderer->open(c, run->job, run->path, &run->state));
    if (!renderer->one_sheet)
        TRY(render_all(c, run));
    else if (chosen.key != NULL)
        TRY(render_each(c, run, &chosen));
    else
        TRY(render_sheet(c, run, chosen.sheet));
    return renderer->close(c, run->state);
}

static const struct column heading_columns[] = {
    COLUMN(struct report_job, shop_name),
    COLUMN(struct report_job, person),
    COLUMN(struct report_job, currency),
    COLUMN(struct report_job, made_text),
    COLUMNS_END,
};

static enum status prepare(struct ctx *c, struct run *run)
{
    const struct report_job *job = run->job;
    struct report_found chosen;

    if (c->who.user_id != 0 && job->report->roles != 0 && (c->who.roles & job->report->roles) == 0)
        return ctx_fail(c, ST_DENIED, "report", job->report->name, "is not for your roles");
    run->own = (struct report_sheet){ .name = job->report->title,
                                      .summary = job->report->summary,
                                      .query = job->report->query,
                                      .columns = job->report->columns,
                                      .rules = job->report->rules,
                                      .charts = job->report->charts,
                                      .entries = job->report->entries,
                                      .formulas = job->report->formulas,
                                      .blank_rows = job->report->blank_rows };
    TRY(read_arguments(c, run));
    TRY(report_check_arguments(c, job->report, run->params, run->param_count));
    return choose_sheet(c, run, &chosen);
}

enum status report_check(struct ctx *c, const struct report_job *job)
{
    struct run run = { .job = job };

    return prepare(c, &run);
}

enum status report_run(struct ctx *c, struct report_job *job)
{
    struct run run = { .job = job };
    bool found;
    enum status status;

    if (job->stream == NULL)
        run.path = arena_printf(&c->arena, "%s.part", job->path);
    TRY(prepare(c, &run));
    TRY(db_row(c, &q_report_heading, PARAMS(SHOP(c), USER(c), INSTANT(job->made)), heading_columns, job,
               &found));
    status = db_tx_snapshot(c, render, &run);
    if (job->stream != NULL)
        return status;
    if (status == ST_OK && rename(run.path, job->path) != 0)
        status = ctx_fail(c, ST_INVALID, "output", job->path, "cannot be written: %s", strerror(errno));
    if (status != ST_OK)
        unlink(run.path);
    return status;
}
