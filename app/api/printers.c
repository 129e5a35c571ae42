/* Printers and print jobs over HTTP: enter, remove, assign to workstations; queue a label or a test page, send it, see what became
   of it. */
#include "core/printer.h"

#include "api/handlers.h"
#include "api/print_paper.h"
#include "api/read.h"
#include "sql.h"

enum {
    CODE_LONGEST = 40,
    NAME_LONGEST = 120,
    URI_LONGEST = 300,
    KIND_LONGEST = 60,
    WORD_LONGEST = 10,
    NOTE_LONGEST = 400
};
#define NUMBER_MOST INT64_C(1000000000000)

enum status post_printer(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    struct printer_new printer;
    struct json_writer *w;
    int64_t id;

    TRY(in_body(in, &body));
    printer.code = json_get_text(body, "code", CODE_LONGEST);
    printer.name = json_get_text_or(body, "name", NAME_LONGEST, "");
    printer.uri = json_get_text(body, "uri", URI_LONGEST);
    printer.format = json_get_text(body, "format", WORD_LONGEST);
    printer.dpi = json_get_i64_or(body, "dpi", 72, 600, 203);
    printer.media_width = json_get_i64_or(body, "media_width_um", 10000, 500000, 0);
    printer.media_height = json_get_i64_or(body, "media_height_um", 5000, 1000000, 0);
    TRY(in_end(in));
    TRY(printer_add(c, &printer, &id));
    reply_created(c, out, "/api/v1/printers/%s", printer.code);
    w = reply_json(c, out);
    json_open_object(w, NULL);
    json_i64(w, "id", id);
    json_text(w, "code", printer.code);
    json_close_object(w);
    return ST_OK;
}

enum status post_printer_removal(struct ctx *c, struct request *in, struct reply *out)
{
    const char *code = in_path_text(in, "code");

    TRY(in_end(in));
    TRY(printer_remove(c, code));
    reply_empty(out);
    return ST_OK;
}

enum status put_station_printer(struct ctx *c, struct request *in, struct reply *out)
{
    const char *station = in_path_text(in, "station");
    struct json_object *body;
    const char *kind, *printer;

    TRY(in_body(in, &body));
    kind = json_get_text_or(body, "kind", KIND_LONGEST, "");
    printer = json_get_text(body, "printer", CODE_LONGEST);
    TRY(in_end(in));
    TRY(printer_assign(c, station, kind, printer));
    return reply_rows(c, out, &q_station_printer_list, PARAMS(SHOP(c), TEXT(station)));
}

static enum status reply_job(struct ctx *c, struct reply *out, int64_t id)
{
    return reply_row(c, out, &q_print_job_list, PARAMS(SHOP(c), I64(id), NONE(), NONE(), NONE()));
}

/* What to print, and why in spite of what the label rules miss on it. */
static void read_wish(struct json_object *body, struct label_job *job)
{
    struct json_object *override = json_get_object_or_null(body, "override");

    *job = (struct label_job){ .about = "order", .on = DATE_NONE };
    job->id = json_get_i64_or(body, "order_id", 1, NUMBER_MOST, 0);
    if (override == NULL)
        return;
    job->reason = json_get_text(override, "reason", KIND_LONGEST);
    job->note = json_get_text(override, "note", NOTE_LONGEST);
}

enum status post_print_job(struct ctx *c, struct request *in, struct reply *out)
{
    const struct config *config = api_config(api_of(in));
    struct json_object *body;
    struct print_where where;
    struct label_job job;
    const char *label;
    int64_t id;

    TRY(in_body(in, &body));
    label = json_get_text(body, "label", KIND_LONGEST);
    read_wish(body, &job);
    where.printer = json_get_text_or(body, "printer", CODE_LONGEST, NULL);
    where.station = json_get_text_or(body, "station", CODE_LONGEST, NULL);
    if (where.printer == NULL && where.station == NULL)
        ctx_note(c, ST_INVALID, "printer", NULL, "must be given, or the workstation it is for");
    TRY(in_end(in));
    if (job.id == 0 && !text_same(label, "test"))
        return ctx_fail(c, ST_INVALID, "order_id", NULL, "must be given: of which order the %s is", label);
    TRY(job.id == 0 ? print_test(c, config, &where, &id)
                    : print_order_label(c, config, label, &job, &where, &id));
    reply_created(c, out, "/api/v1/print-jobs/%lld", (long long)id);
    return reply_job(c, out, id);
}

enum status post_print_job_sending(struct ctx *c, struct request *in, struct reply *out)
{
    const int64_t id = in_path_id(in, "id");
    struct print_job job;

    TRY(in_end(in));
    TRY(print_send(c, api_config(api_of(in)), id, &job));
    return reply_job(c, out, id);
}
