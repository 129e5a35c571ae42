/* Labels over HTTP: looked at, counted as printed, held against the rules. Drawing and placing are slow work: these routes are in
   the slow lane. */
#include <string.h>

#include "api/handlers.h"
#include "api/paper_make.h"
#include "print/draw.h"
#include "print/label_job.h"

struct question {
    struct label_job job;
    enum label_format format;
    int64_t dpi;
};

static enum status open_ruler(struct ctx *c, struct request *in, struct label_job *job)
{
    struct ruler *ruler = arena_alloc(&c->arena, sizeof *ruler);

    job->ruler = ruler;
    return draw_ruler(c, api_config(api_of(in))->font, ruler);
}

/* What every look at a label may say; ends the reading of the query. */
static enum status read_question(struct ctx *c, struct request *in, const char *kind, struct question *q)
{
    const char *word = in_query_text_or(in, "format", 20, "pdf");
    const char *lines = in_query_text_or(in, "lines", 400, NULL);
    int64_t *numbers = NULL;

    q->dpi = in_query_i64_or(in, "dpi", 72, 600, 203);
    q->job.containers = (int)in_query_i64_or(in, "containers", 1, 99, 1);
    q->job.profile = in_query_text_or(in, "profile", 60, NULL);
    q->job.language = in_query_text_or(in, "language", 20, NULL);
    q->job.on = DATE_NONE;
    TRY(in_end(in));
    TRY(label_format_find(c, "format", word, &q->format));
    TRY(label_find(c, kind, &q->job.label));
    if (lines != NULL)
        TRY(label_numbers(c, "lines", lines, 100, &numbers, &q->job.line_count));
    q->job.lines = numbers;
    return open_ruler(c, in, &q->job);
}

static enum status answer(struct ctx *c, struct reply *out, const struct question *q,
                          const struct label_job *jobs, size_t count)
{
    struct text bytes;

    text_init(&bytes, &c->arena);
    TRY(label_write_all(c, jobs, count, q->format, (int)q->dpi, &bytes));
    reply_bytes(c, out, label_formats[q->format].media_type, bytes.data, bytes.size,
                arena_printf(&c->arena, "%s-%s.%s", jobs->label->kind, jobs->content.order_number,
                             label_formats[q->format].suffix));
    return ST_OK;
}

static enum status look(struct ctx *c, struct request *in, struct reply *out, const char *about,
                        const char *kind)
{
    struct question q = { .job = { .id = in_path_id(in, "id"), .about = about } };

    TRY(read_question(c, in, kind, &q));
    TRY(label_make(c, &q.job));
    return answer(c, out, &q, &q.job, 1);
}

/* The order's label, drawn: the newest copy as printed, or a draft. Looking is not printing: no copy is counted. */
enum status get_order_label(struct ctx *c, struct request *in, struct reply *out)
{
    return look(c, in, out, "order", in_query_text_or(in, "kind", 60, "patient"));
}

/* What a prescriber signs: the newest copy, or a draft. */
enum status get_prescription_paper(struct ctx *c, struct request *in, struct reply *out)
{
    return look(c, in, out, "prescription", in_query_text_or(in, "kind", 60, "prescription"));
}

enum status get_lot_label(struct ctx *c, struct request *in, struct reply *out)
{
    return look(c, in, out, "lot", in_query_text_or(in, "kind", 60, "lot"));
}

/* The labels of all lots of a delivery in one file. */
enum status get_receipt_labels(struct ctx *c, struct request *in, struct reply *out)
{
    const int64_t id = in_path_id(in, "id");
    struct question q = { .job = { .about = "lot" } };
    struct label_job *jobs;
    int64_t *lots;
    size_t count;

    TRY(read_question(c, in, in_query_text_or(in, "kind", 60, "lot"), &q));
    TRY(paper_delivery_lots(c, id, NULL, 0, &lots, &count));
    if (count > LABELS_MOST)
        return ctx_fail(c, ST_CONFLICT, "lots", arena_printf(&c->arena, "%zu", count),
                        "are more than the %d labels one file holds: print them lot by lot", LABELS_MOST);
    jobs = label_jobs(c, &q.job, lots, count);
    TRY(label_make_all(c, jobs, count));
    return answer(c, out, &q, jobs, count);
}

enum status get_drawer_label(struct ctx *c, struct request *in, struct reply *out)
{
    return look(c, in, out, "drawer", in_query_text_or(in, "kind", 60, "drawer"));
}

/* The labels of many things of a kind in one file: the query parameter `field` numbers them. */
static enum status look_at_many(struct ctx *c, struct request *in, struct reply *out, const char *about,
                                const char *field, const char *usual_kind)
{
    const char *numbers = in_query_text(in, field, 4000);
    const char *kind = in_query_text_or(in, "kind", 60, usual_kind);
    struct question q = { .job = { .about = about } };
    struct label_job *jobs;
    int64_t *ids = NULL;
    size_t count = 0;

    TRY(read_question(c, in, kind, &q));
    TRY(label_numbers(c, field, numbers, LABELS_MOST, &ids, &count));
    jobs = label_jobs(c, &q.job, ids, count);
    TRY(label_make_all(c, jobs, count));
    return answer(c, out, &q, jobs, count);
}

enum status get_labels(struct ctx *c, struct request *in, struct reply *out)
{
    return look_at_many(c, in, out, "order", "orders", "patient");
}

enum status get_drawer_labels(struct ctx *c, struct request *in, struct reply *out)
{
    return look_at_many(c, in, out, "drawer", "locations", "drawer");
}

static void write_copy(struct json_writer *w, const struct label_job *job)
{
    json_open_object(w, NULL);
    json_i64(w, strcmp(job->about, "order") == 0 ? "order_id" : "prescription_id", job->id);
    json_text(w, "kind", job->label->kind);
    json_i64(w, "copy_no", job->content.copy_no);
    json_text(w, "control_number", job->content.control_number);
    label_lint_json(w, "lint", &job->lint);
    json_close_object(w);
}

/* Kind, and why to print in spite of what is missing. */
static void read_print(struct ctx *c, struct json_object *body, struct label_job *job, const char **kind)
{
    struct json_object *override = json_get_object_or_null(body, "override");

    (void)c;
    *kind = json_get_text(body, "kind", 60);
    *job = (struct label_job){ .about = "order", .print = true, .on = DATE_NONE };
    if (override == NULL)
        return;
    job->reason = json_get_text(override, "reason", 60);
    job->note = json_get_text(override, "note", 400);
}

/* Counts a copy; `paper` is where GET then shows it. */
static enum status print_one(struct ctx *c, struct request *in, struct reply *out, const char *about,
                             const char *paper)
{
    int64_t id = in_path_id(in, "id");
    struct json_object *body;
    struct label_job job;
    const char *kind;

    TRY(in_body(in, &body));
    read_print(c, body, &job, &kind);
    TRY(in_end(in));
    job.id = id;
    job.about = about;
    TRY(label_find(c, kind, &job.label));
    TRY(open_ruler(c, in, &job));
    TRY(label_make(c, &job));
    reply_created(c, out, "/api/v1/%ss/%lld/%s?kind=%s", about, (long long)id, paper, job.label->name);
    write_copy(reply_json(c, out), &job);
    return ST_OK;
}

/* Counts a copy of a label and freezes what it says. */
enum status post_order_label(struct ctx *c, struct request *in, struct reply *out)
{
    return print_one(c, in, out, "order", "label");
}

enum status post_prescription_paper(struct ctx *c, struct request *in, struct reply *out)
{
    return print_one(c, in, out, "prescription", "paper");
}

/* The same for many orders: all of them or none. */
enum status post_labels(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    struct label_job job, *jobs;
    struct json_writer *w;
    const char *kind, *orders;
    int64_t *ids = NULL;
    size_t count = 0;

    TRY(in_body(in, &body));
    read_print(c, body, &job, &kind);
    orders = json_get_text(body, "orders", 4000);
    TRY(in_end(in));
    TRY(label_find(c, kind, &job.label));
    TRY(label_numbers(c, "orders", orders, LABELS_MOST, &ids, &count));
    TRY(open_ruler(c, in, &job));
    jobs = label_jobs(c, &job, ids, count);
    TRY(label_make_all(c, jobs, count));
    w = reply_json(c, out);
    json_open_object(w, NULL);
    json_open_list(w, "rows");
    for (size_t i = 0; i < count; i++)
        write_copy(w, &jobs[i]);
    json_close_list(w);
    json_close_object(w);
    return ST_OK;
}

static enum status lint(struct ctx *c, struct request *in, struct reply *out, const char *about,
                        const char *usual)
{
    const char *kind = in_query_text_or(in, "kind", 60, usual);
    struct label_job job = { .id = in_path_id(in, "id"),
                             .about = about,
                             .profile = in_query_text_or(in, "profile", 60, NULL),
                             .on = in_query_date_or(in, "on", DATE_NONE) };

    TRY(in_end(in));
    TRY(label_find(c, kind, &job.label));
    TRY(open_ruler(c, in, &job));
    TRY(label_make(c, &job));
    label_lint_json(reply_json(c, out), NULL, &job.lint);
    return ST_OK;
}

enum status get_label_lint(struct ctx *c, struct request *in, struct reply *out)
{
    return lint(c, in, out, "order", "patient");
}

enum status get_prescription_paper_lint(struct ctx *c, struct request *in, struct reply *out)
{
    return lint(c, in, out, "prescription", "prescription");
}

enum status post_label_fact(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    const char *about, *field, *text;
    int64_t id;

    TRY(in_body(in, &body));
    about = json_get_text(body, "about", 20);
    id = json_get_i64(body, "id", 1, INT64_MAX);
    field = json_get_text(body, "field", 60);
    text = json_get_text_or(body, "text", 400, "");
    TRY(in_end(in));
    TRY(label_fact_note(c, about, id, field, text));
    reply_empty(out);
    return ST_OK;
}

enum status put_label_settings(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    const char *profile, *names;

    TRY(in_body(in, &body));
    profile = json_get_text_or(body, "label_profile", 60, NULL);
    names = json_get_text_or(body, "label_names", 60, NULL);
    TRY(in_end(in));
    TRY(label_settings_change(c, profile, names));
    reply_empty(out);
    return ST_OK;
}
