/* Counts over HTTP: the sheet, what was counted, approval, booking. */
#include "core/count.h"

#include "api/handlers.h"
#include "api/read.h"
#include "api/temporary.h"
#include "base/quantity.h"
#include "core/furnish.h"
#include "print/count_sheet.h"
#include "print/report.h"
#include "sql.h"

enum {
    SCANNED_LONGEST = 300,
    NAMES_MOST = 200,
    ENTRIES_MOST = 1000,
    CODE_LONGEST = 80,
    TITLE_LONGEST = 120,
    NOTE_LONGEST = 200
};

static enum status reply_count(struct ctx *c, struct reply *out, int64_t id)
{
    return reply_row(c, out, &q_count_list, PARAMS(SHOP(c), I64(id)));
}

enum status post_count(struct ctx *c, struct request *in, struct reply *out)
{
    struct count_plan plan = { 0 };
    struct json_object *body;
    int64_t id;

    TRY(in_body(in, &body));
    plan.title = json_get_text(body, "title", TITLE_LONGEST);
    plan.blind = json_get_bool_or(body, "blind", true);
    plan.limit_permille = json_get_i64_or(body, "limit_permille", 0, 1000, -1);
    plan.limit_cents = json_get_i64_or(body, "limit_cents", 0, 100000000, -1);
    plan.places = json_get_texts(body, "places", NAMES_MOST, CODE_LONGEST, &plan.place_count);
    plan.skus = json_get_texts(body, "skus", NAMES_MOST, CODE_LONGEST, &plan.sku_count);
    TRY(in_end(in));
    TRY(count_add(c, &plan, &id));
    reply_created(c, out, "/api/v1/counts/%lld", (long long)id);
    return reply_count(c, out, id);
}

enum status post_count_line(struct ctx *c, struct request *in, struct reply *out)
{
    const int64_t id = in_path_id(in, "id");
    struct json_object *body;
    struct json_writer *w;
    const char *location;
    int64_t lot, line;

    TRY(in_body(in, &body));
    lot = json_get_i64(body, "lot_id", 1, INT64_MAX);
    location = json_get_text(body, "location", CODE_LONGEST);
    TRY(in_end(in));
    TRY(count_add_line(c, id, lot, location, &line));
    out->status = 201;
    w = reply_json(c, out);
    json_open_object(w, NULL);
    json_i64(w, "line_no", line);
    json_close_object(w);
    return ST_OK;
}

enum status post_count_scan(struct ctx *c, struct request *in, struct reply *out)
{
    const int64_t id = in_path_id(in, "id");
    const struct rows *rows;
    struct json_object *body;
    const char *code, **things = NULL;
    struct json_writer *w;
    size_t n = 0;

    TRY(in_body(in, &body));
    code = json_get_text(body, "code", SCANNED_LONGEST);
    TRY(in_end(in));
    item_search(c, api_knowledge(c, in), code, &things, &n);
    TRY(count_meant(c, id, code, things, n, &rows));
    w = reply_json(c, out);
    json_open_object(w, NULL);
    json_put_rows(w, "rows", rows);
    json_close_object(w);
    return ST_OK;
}

enum status post_count_entries(struct ctx *c, struct request *in, struct reply *out)
{
    const int64_t id = in_path_id(in, "id");
    struct json_object *body, **list;
    struct count_entry *entries;
    const char *counted_by, *at_text;
    struct instant at = { 0 };
    size_t n;

    TRY(in_body(in, &body));
    list = json_get_objects(body, "entries", ENTRIES_MOST, &n);
    entries = arena_array(&c->arena, n + 1, sizeof *entries);
    for (size_t i = 0; i < n; i++)
        entries[i] = (struct count_entry){ .code = json_get_text_or(list[i], "code", SCANNED_LONGEST, NULL),
                                           .line_no = json_has(list[i], "code")
                                                          ? 0
                                                          : json_get_i64(list[i], "line_no", 1, INT32_MAX),
                                           .counted = json_get_i64(list[i], "counted", 0, WEIGHT_LIMIT_MG),
                                           .note = json_get_text_or(list[i], "note", NOTE_LONGEST, NULL) };
    counted_by = json_get_text_or(body, "counted_by", CODE_LONGEST, NULL);
    at_text = json_get_text_or(body, "counted_at", CODE_LONGEST, NULL);
    if (at_text != NULL && !instant_parse(at_text, &at))
        ctx_note(c, ST_INVALID, "counted_at", at_text, "is an instant such as 2026-11-21T23:05:00Z");
    TRY(in_end(in));
    TRY(count_enter(c, id, entries, n, counted_by, at));
    return reply_count(c, out, id);
}

enum status post_count_approvals(struct ctx *c, struct request *in, struct reply *out)
{
    const int64_t id = in_path_id(in, "id");
    struct json_object *body, **list;
    int64_t *lines;
    size_t n;

    TRY(in_body(in, &body));
    list = json_get_objects(body, "lines", ENTRIES_MOST, &n);
    lines = arena_array(&c->arena, n + 1, sizeof *lines);
    for (size_t i = 0; i < n; i++)
        lines[i] = json_get_i64(list[i], "line_no", 1, INT32_MAX);
    TRY(in_end(in));
    TRY(count_approve(c, id, lines, n));
    return reply_rows(c, out, &q_count_differences, PARAMS(SHOP(c), I64(id)));
}

enum status post_count_book(struct ctx *c, struct request *in, struct reply *out)
{
    const int64_t id = in_path_id(in, "id");

    TRY(in_end(in));
    TRY(count_book(c, id));
    return reply_count(c, out, id);
}

enum status post_count_cancel(struct ctx *c, struct request *in, struct reply *out)
{
    const int64_t id = in_path_id(in, "id");

    TRY(in_end(in));
    TRY(count_cancel(c, id));
    return reply_count(c, out, id);
}

static enum status sheet_book(struct ctx *c, struct reply *out, int64_t id)
{
    const struct report_argument which = { "count", arena_printf(&c->arena, "%lld", (long long)id) };
    struct report_job job = { .arguments = &which, .argument_count = 1, .made = instant_now() };

    TRY(report_find(c, "stocktake", &job.report));
    TRY(report_renderer(c, "xlsx", &job.renderer));
    TRY(temporary_path(c, &job.path));
    TRY(report_run(c, &job));
    TRY(temporary_read(c, job.path, &out->data, &out->size));
    reply_bytes(c, out, report_media_type(job.renderer), out->data, out->size,
                arena_printf(&c->arena, "count-%lld.xlsx", (long long)id));
    return ST_OK;
}

enum status get_count_sheet(struct ctx *c, struct request *in, struct reply *out)
{
    static const char *const formats[] = { "pdf", "xlsx", NULL }, *const papers[] = { "a4", "letter", NULL };
    const int64_t id = in_path_id(in, "id");
    const int format = in_query_word_or(in, "format", formats, 0);
    const int paper = in_query_word_or(in, "paper", papers, 0);
    struct text bytes;

    TRY(in_end(in));
    if (format == 1)
        return sheet_book(c, out, id);
    text_init(&bytes, &c->arena);
    TRY(count_sheet_pdf(c, id, papers[paper], api_config(api_of(in))->font, &bytes));
    reply_bytes(c, out, "application/pdf", bytes.data, bytes.size,
                arena_printf(&c->arena, "count-%lld.pdf", (long long)id));
    return ST_OK;
}
