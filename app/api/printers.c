/* Printers and print jobs over HTTP: enter, remove, assign to workstations; queue a label or a test page, send it, see what became
   of it. */
#include "core/printer.h"

#include <string.h>

#include "api/handlers.h"
#include "api/print_paper.h"
#include "api/read.h"
#include "sql.h"

enum { CODE_LONGEST = 40, NAME_LONGEST = 120, URI_LONGEST = 300, KIND_LONGEST = 60, WORD_LONGEST = 10 };
enum { TEXT_LONGEST = 400, LINES_MOST = 400 };
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

/* What a paper is of: one of these members says its number. */
static const struct {
    const char *member, *about;
} subjects[] = { { "order_id", "order" },     { "prescription_id", "prescription" },
                 { "lot_id", "lot" },         { "location_id", "drawer" },
                 { "ticket_id", "ticket" },   { "count_id", "count" },
                 { "receipt_id", "delivery" } };
enum { SUBJECTS = sizeof subjects / sizeof *subjects };

static void read_subject(struct ctx *c, struct json_object *from, struct paper_wish *wish)
{
    int given = 0;

    for (size_t i = 0; i < SUBJECTS; i++) {
        const int64_t id = json_get_i64_or(from, subjects[i].member, 1, NUMBER_MOST, 0);

        if (id == 0)
            continue;
        wish->about = subjects[i].about;
        wish->id = id;
        given++;
    }
    if (given > 1)
        ctx_note(c, ST_INVALID, json_path(from, "order_id"), NULL,
                 "is of several things: give one of order_id, prescription_id, lot_id, location_id, "
                 "receipt_id, ticket_id, "
                 "count_id");
}

/* "1,3-5" as numbers; none when it says nothing. */
static enum status read_lines(struct ctx *c, const char *typed, struct label_job *label)
{
    int64_t *numbers = NULL;

    label->line_count = 0;
    if (typed != NULL)
        TRY(label_numbers(c, "lines", typed, LINES_MOST, &numbers, &label->line_count));
    label->lines = numbers;
    return ST_OK;
}

struct wishes {
    struct paper_wish *list;
    size_t count, capacity;
};

/* A paper, or, of a delivery, one for each of its lots or those of the chosen lines. */
static enum status add_wish(struct ctx *c, struct wishes *wishes, const struct paper_wish *wish)
{
    const bool delivery = wish->about != NULL && strcmp(wish->about, "delivery") == 0;
    const int64_t *ids = &wish->id;
    int64_t *lots = NULL;
    size_t n = 1;

    if (delivery) {
        TRY(paper_delivery_lots(c, wish->id, wish->label.lines, wish->label.line_count, &lots, &n));
        ids = lots;
    }
    for (size_t i = 0; i < n; i++) {
        struct paper_wish *added;

        wishes->list = arena_grow(&c->arena, wishes->list, wishes->count, &wishes->capacity, sizeof *added);
        added = &wishes->list[wishes->count++];
        *added = *wish;
        added->id = ids[i];
        if (delivery) {
            added->about = "lot";
            added->label.line_count = 0;
        }
        if (added->kind == NULL)
            added->kind = paper_kind_of(added->about);
    }
    return ST_OK;
}

/* Why it is printed in spite of what the label rules miss on it. */
static void read_override(struct json_object *from, struct label_job *label)
{
    struct json_object *override = json_get_object_or_null(from, "override");

    if (override == NULL)
        return;
    label->reason = json_get_text(override, "reason", KIND_LONGEST);
    label->note = json_get_text(override, "note", TEXT_LONGEST);
}

/* A paper as the body says it. Its lines are still text: whether they are numbers is only asked when all has been read. */
static void read_paper(struct ctx *c, struct json_object *from, struct paper_wish *wish, const char **lines)
{
    *wish = (struct paper_wish){ .label = { .on = DATE_NONE } };
    wish->kind = json_get_text_or(from, "kind", KIND_LONGEST, NULL);
    read_subject(c, from, wish);
    wish->copies = json_get_i64_or(from, "copies", 1, 99, 1);
    wish->label.containers = (int)json_get_i64_or(from, "containers", 1, 99, 1);
    wish->label.language = json_get_text_or(from, "language", WORD_LONGEST, NULL);
    wish->label.profile = json_get_text_or(from, "profile", KIND_LONGEST, NULL);
    *lines = json_get_text_or(from, "lines", TEXT_LONGEST, NULL);
    read_override(from, &wish->label);
}

/* The short way: one label of an order, or a test page. */
static void read_short(struct ctx *c, struct json_object *body, struct paper_wish *wish)
{
    *wish = (struct paper_wish){ .kind = json_get_text(body, "label", KIND_LONGEST),
                                 .label = { .on = DATE_NONE } };
    wish->id = json_get_i64_or(body, "order_id", 1, NUMBER_MOST, 0);
    wish->about = wish->id == 0 ? NULL : "order";
    read_override(body, &wish->label);
    if (wish->id == 0 && !text_same(wish->kind, "test"))
        ctx_note(c, ST_INVALID, "order_id", NULL, "must be given: of which order the %s is", wish->kind);
}

static enum status read_papers(struct ctx *c, struct request *in, struct json_object *body,
                               struct wishes *wishes)
{
    size_t n;
    struct json_object **papers = json_get_objects(body, "papers", PRINT_PAPERS_MOST, &n);
    struct paper_wish *read = arena_array(&c->arena, n + 1, sizeof *read);
    const char **lines = arena_array(&c->arena, n + 1, sizeof *lines);

    for (size_t i = 0; i < n; i++)
        read_paper(c, papers[i], &read[i], &lines[i]);
    if (n == 0)
        read_short(c, body, &read[n++]);
    TRY(in_end(in));
    for (size_t i = 0; i < n; i++) {
        TRY(read_lines(c, lines[i], &read[i].label));
        TRY(add_wish(c, wishes, &read[i]));
    }
    return ST_OK;
}

enum status post_print_job(struct ctx *c, struct request *in, struct reply *out)
{
    struct wishes wishes = { 0 };
    struct json_object *body;
    struct print_where where;
    int64_t id;

    TRY(in_body(in, &body));
    where.printer = json_get_text_or(body, "printer", CODE_LONGEST, NULL);
    where.station = json_get_text_or(body, "station", CODE_LONGEST, NULL);
    if (where.printer == NULL && where.station == NULL)
        ctx_note(c, ST_INVALID, "printer", NULL, "must be given, or the workstation it is for");
    TRY(read_papers(c, in, body, &wishes));
    TRY(print_queue(c, api_config(api_of(in)), wishes.list, wishes.count, &where, &id));
    reply_created(c, out, "/api/v1/print-jobs/%lld", (long long)id);
    return reply_job(c, out, id);
}

enum status post_print_job_sending(struct ctx *c, struct request *in, struct reply *out)
{
    const int64_t id = in_path_id(in, "id"), from = in_query_i64_or(in, "from", 1, PRINT_PAPERS_MOST, 1);
    struct print_sent sent;

    TRY(in_end(in));
    TRY(print_send(c, api_config(api_of(in)), id, (int)from, &sent));
    return reply_job(c, out, id);
}
