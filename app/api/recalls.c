/* Recalls over HTTP. */
#include "core/recall.h"

#include "api/handlers.h"
#include "api/read.h"
#include "sql.h"

enum { LOTS_MOST = 200, REASON_LONGEST = 500 };

/* A recall with its call list. */
static enum status reply_recall(struct ctx *c, struct reply *out, int64_t id)
{
    struct json_writer *w;
    const struct rows *rows;

    TRY(db_rows(c, &q_recall_list, PARAMS(SHOP(c), I64(id)), &rows));
    if (rows_count(rows) == 0)
        return ctx_fail(c, ST_NOT_FOUND, NULL, NULL, "there is no such recall");
    w = reply_json(c, out);
    json_open_object(w, NULL);
    json_put_row(w, "recall", rows, 0);
    TRY(json_rows(c, w, "patients", &q_recall_patients, PARAMS(SHOP(c), I64(id))));
    json_close_object(w);
    return ST_OK;
}

enum status get_recall(struct ctx *c, struct request *in, struct reply *out)
{
    const int64_t id = in_path_id(in, "id");

    TRY(in_end(in));
    return reply_recall(c, out, id);
}

enum status post_recall(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body, **list;
    const char *reason;
    int64_t *lots, id;
    bool mock;
    size_t n;

    TRY(in_body(in, &body));
    list = json_get_objects(body, "lots", LOTS_MOST, &n);
    lots = arena_array(&c->arena, n + 1, sizeof *lots);
    for (size_t i = 0; i < n; i++)
        lots[i] = json_get_i64(list[i], "lot_id", 1, INT64_MAX);
    reason = json_get_text(body, "reason", REASON_LONGEST);
    mock = json_get_bool(body, "mock");
    TRY(in_end(in));
    TRY(recall_start(c, lots, n, reason, mock, &id));
    reply_created(c, out, "/api/v1/recalls/%lld", (long long)id);
    return reply_recall(c, out, id);
}

enum status post_recall_call(struct ctx *c, struct request *in, struct reply *out)
{
    const int64_t id = in_path_id(in, "id"), patient = in_path_id(in, "patient");
    struct json_object *body;
    const char *note;
    int word;

    TRY(in_body(in, &body));
    word = json_get_word_or(body, "status", call_statuses, -1);
    note = json_get_text_or(body, "note", REASON_LONGEST, NULL);
    TRY(in_end(in));
    TRY(recall_call(c, id, patient, call_statuses[word], note));
    return reply_recall(c, out, id);
}

enum status post_recall_end(struct ctx *c, struct request *in, struct reply *out)
{
    const int64_t id = in_path_id(in, "id");
    struct json_object *body;
    const char *note;

    TRY(in_body(in, &body));
    note = json_get_text(body, "reason", REASON_LONGEST);
    TRY(in_end(in));
    TRY(recall_end(c, id, note));
    return reply_recall(c, out, id);
}
