/* Batches made ahead, over HTTP. */
#include "core/batch.h"

#include "api/handlers.h"
#include "api/read.h"
#include "base/quantity.h"
#include "sql.h"

enum { LINES_MOST = 100, CODE_LONGEST = 80, NAME_LONGEST = 200, NOTE_LONGEST = 500 };

static enum status reply_batch(struct ctx *c, struct reply *out, int64_t id)
{
    return reply_row(c, out, &q_batch_list, PARAMS(SHOP(c), I64(id), NONE(), NONE()));
}

static void read_plan(struct ctx *c, struct json_object *body, struct batch_plan *plan)
{
    struct json_object **list = json_get_objects(body, "lines", LINES_MOST, &plan->count);
    struct batch_line *lines = arena_array(&c->arena, plan->count + 1, sizeof *lines);

    for (size_t i = 0; i < plan->count; i++)
        lines[i] = (struct batch_line){ json_get_text(list[i], "sku", CODE_LONGEST),
                                        json_get_i64(list[i], "quantity_mg", 1, WEIGHT_LIMIT_MG) };
    plan->lines = lines;
    plan->sku = json_get_text(body, "sku", CODE_LONGEST);
    plan->quantity = json_get_i64(body, "quantity", 1, WEIGHT_LIMIT_MG);
    plan->piece_mg = json_get_i64_or(body, "piece_mg", 1, 100000000, 0);
    plan->formula = json_get_text_or(body, "formula", NAME_LONGEST, NULL);
    plan->form = json_get_text_or(body, "form", CODE_LONGEST, NULL);
    plan->keeps_days = json_get_i64_or(body, "keeps_days", 1, 3660, 0);
    plan->location = json_get_text(body, "location", CODE_LONGEST);
    plan->lot_code = json_get_text_or(body, "lot_code", CODE_LONGEST, NULL);
    plan->note = json_get_text_or(body, "note", NOTE_LONGEST, NULL);
}

enum status post_batch(struct ctx *c, struct request *in, struct reply *out)
{
    struct batch_plan plan = { 0 };
    struct json_object *body;
    int64_t id;

    TRY(in_body(in, &body));
    read_plan(c, body, &plan);
    TRY(in_end(in));
    TRY(batch_plan(c, api_knowledge(c, in), &plan, &id));
    reply_created(c, out, "/api/v1/batches/%lld", (long long)id);
    return reply_batch(c, out, id);
}

enum status post_batch_pick(struct ctx *c, struct request *in, struct reply *out)
{
    const int64_t id = in_path_id(in, "id");

    TRY(in_end(in));
    TRY(batch_pick(c, id));
    return reply_batch(c, out, id);
}

enum status post_batch_making(struct ctx *c, struct request *in, struct reply *out)
{
    const int64_t id = in_path_id(in, "id");
    struct json_object *body;
    const char *note;
    int64_t yield;

    TRY(in_body(in, &body));
    yield = json_get_i64(body, "yield", 1, WEIGHT_LIMIT_MG);
    note = json_get_text_or(body, "note", NOTE_LONGEST, NULL);
    TRY(in_end(in));
    TRY(batch_make(c, id, yield, note));
    return reply_batch(c, out, id);
}

enum status post_batch_check(struct ctx *c, struct request *in, struct reply *out)
{
    const int64_t id = in_path_id(in, "id");
    struct json_object *body;
    const char *note;
    int64_t lot;

    TRY(in_body(in, &body));
    note = json_get_text_or(body, "note", NOTE_LONGEST, NULL);
    TRY(in_end(in));
    TRY(batch_check(c, id, note, &lot));
    return reply_batch(c, out, id);
}

enum status post_batch_cancel(struct ctx *c, struct request *in, struct reply *out)
{
    const int64_t id = in_path_id(in, "id");

    TRY(in_end(in));
    TRY(batch_cancel(c, id));
    return reply_batch(c, out, id);
}
