/* Receipts and reports as downloads. Drawing and reports are slow work: their routes are in the slow lane. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/handlers.h"
#include "api/progress.h"
#include "api/temporary.h"
#include "print/label.h"
#include "print/receipt.h"
#include "print/report.h"

/* A paid sale's receipt, drawn. */
enum status get_ticket_paper(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id");
    const char *word = in_query_text_or(in, "format", 20, "pdf");
    int64_t dpi = in_query_i64_or(in, "dpi", 72, 600, 203);
    enum label_format format;
    struct text bytes;

    TRY(in_end(in));
    TRY(label_format_find(c, "format", word, &format));
    text_init(&bytes, &c->arena);
    TRY(receipt_draw(c, id, api_config(api_of(in))->font, format, (int)dpi, &bytes));
    reply_bytes(c, out, label_formats[format].media_type, bytes.data, bytes.size,
                arena_printf(&c->arena, "receipt-%lld.%s", (long long)id, label_formats[format].suffix));
    return ST_OK;
}

enum status get_ticket_paper_lint(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id");
    const char *profile = in_query_text_or(in, "profile", 60, NULL);
    struct label_lint lint;

    TRY(in_end(in));
    TRY(receipt_lint(c, id, profile, api_config(api_of(in))->font, &lint));
    label_lint_json(reply_json(c, out), NULL, &lint);
    return ST_OK;
}

enum status post_ticket_paper_override(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id");
    struct json_object *body;
    const char *reason, *note;

    TRY(in_body(in, &body));
    reason = json_get_text(body, "reason", 60);
    note = json_get_text(body, "note", 400);
    TRY(in_end(in));
    TRY(receipt_override(c, id, api_config(api_of(in))->font, reason, note));
    reply_empty(out);
    return ST_OK;
}

static void write_parameters(struct json_writer *w, const struct report_parameter *parameters)
{
    static const char *const kinds[] = {
        [PARAMETER_DATE] = "date", [PARAMETER_INTEGER] = "integer", [PARAMETER_TEXT] = "text"
    };

    json_open_list(w, "parameters");
    for (; parameters != NULL && parameters->name != NULL; parameters++) {
        json_open_object(w, NULL);
        json_text(w, "name", parameters->name);
        json_text(w, "kind", kinds[parameters->kind]);
        json_text(w, "meaning", parameters->meaning);
        json_close_object(w);
    }
    json_close_list(w);
}

enum status get_reports(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_writer *w;

    TRY(in_end(in));
    w = reply_json(c, out);
    json_open_object(w, NULL);
    json_open_list(w, "rows");
    for (const struct report *report = reports; report->name != NULL; report++) {
        json_open_object(w, NULL);
        json_text(w, "name", report->name);
        json_text(w, "title", report->title);
        json_text(w, "title_hanzi", report->title_hanzi);
        json_text(w, "summary", report->summary);
        json_bool(w, "allowed", report->roles == 0 || (c->who.roles & report->roles) != 0);
        write_parameters(w, report->parameters);
        json_close_object(w);
    }
    json_close_list(w);
    json_close_object(w);
    return ST_OK;
}

#define PARAMETER_LONGEST 2000 /* a list of herbs */

/* The report's own parameters, those that were given. */
static void read_arguments(struct ctx *c, struct request *in, struct report_job *job)
{
    const struct report_parameter *parameter = job->report->parameters;
    struct report_argument *arguments;
    size_t most = 0;

    while (parameter != NULL && parameter[most].name != NULL)
        most++;
    arguments = arena_array(&c->arena, most, sizeof *arguments);
    for (size_t i = 0; i < most; i++) {
        const char *value = in_query_text_or(in, parameter[i].name, PARAMETER_LONGEST, NULL);

        if (value != NULL)
            arguments[job->argument_count++] = (struct report_argument){ parameter[i].name, value };
    }
    job->arguments = arguments;
}

/* A report to be poured out, and its place on the board. */
struct pouring {
    struct report_job job;
    struct spool *spool; /* where the job writes; NULL: to its path */
    struct board *board;
    const char *word; /* NULL: nobody asks how far it is */
    int place;
};

static void note_progress(void *arg, const char *sheet, int64_t rows)
{
    const struct pouring *p = arg;

    board_note(p->board, p->place, sheet, rows);
}

/* In a slow worker, after the head was sent. */
static enum status pour_report(struct ctx *c, void *arg, struct reply *out)
{
    struct pouring *p = arg;
    enum status status;

    p->place = p->word == NULL ? -1 : board_begin(p->board, c->who.user_id, p->word);
    p->job.progress = note_progress;
    p->job.progress_arg = p;
    status = report_run(c, &p->job);
    board_done(p->board, p->place);
    TRY(status);
    return p->spool != NULL ? spool_read(c, p->spool, &out->data, &out->size)
                            : temporary_read(c, p->job.path, &out->data, &out->size);
}

enum status get_report_progress(struct ctx *c, struct request *in, struct reply *out)
{
    const char *word = in_path_text(in, "word");
    struct progress progress;
    struct json_writer *w;

    TRY(in_end(in));
    if (!board_find(api_board(api_of(in)), c->who.user_id, word, &progress))
        return ctx_fail(c, ST_NOT_FOUND, "word", word, "names no report that is being made");
    w = reply_json(c, out);
    json_open_object(w, NULL);
    json_text(w, "sheet", progress.sheet);
    json_i64(w, "rows", progress.rows);
    json_i64(w, "rows_of_all", progress.all);
    json_close_object(w);
    return ST_OK;
}

/* Everything that can be wrong with the question is found at once; a client then waits with the answer begun. */
enum status get_report(struct ctx *c, struct request *in, struct reply *out)
{
    const char *format = in_query_text_or(in, "format", 10, "xlsx");
    struct pouring *p = arena_alloc(&c->arena, sizeof *p);
    struct report_job *job = &p->job;

    p->board = api_board(api_of(in));
    p->word = in_query_text_or(in, "progress", PROGRESS_WORD_LONGEST, NULL);
    job->made = instant_now();
    TRY(report_find(c, in_path_text(in, "name"), &job->report));
    read_arguments(c, in, job);
    job->sheet = in_query_text_or(in, "sheet", 31, NULL);
    TRY(in_end(in));
    TRY(report_renderer(c, format, &job->renderer));
    TRY(report_check(c, job));
    if (report_streams(job->renderer)) {
        p->spool = spool_new(c);
        job->stream = spool_open;
        job->stream_arg = p->spool;
    } else {
        TRY(temporary_path(c, &job->path));
    }
    reply_later(c, out, report_media_type(job->renderer),
                arena_printf(&c->arena, "%s.%s", job->report->name, format), pour_report, p);
    return ST_OK;
}
