/* Purchase orders over HTTP, and taking a delivery back. */
#include "core/purchase.h"

#include "api/handlers.h"
#include "api/read.h"
#include "core/stock.h"
#include "sql.h"

enum { LINES_MOST = 500, CODE_LONGEST = 80, NOTE_LONGEST = 500 };

static enum status reply_purchase(struct ctx *c, struct reply *out, int64_t id)
{
    return reply_row(c, out, &q_purchase_list, PARAMS(SHOP(c), I64(id), NONE(), NONE(), NONE()));
}

static struct purchase_line *read_lines(struct ctx *c, struct json_object *body, size_t *count)
{
    struct json_object **list = json_get_objects(body, "lines", LINES_MOST, count);
    struct purchase_line *lines = arena_array(&c->arena, *count + 1, sizeof *lines);

    for (size_t i = 0; i < *count; i++)
        lines[i] = (struct purchase_line){
            .sku = json_get_text(list[i], "sku", CODE_LONGEST),
            .quantity = json_get_i64(list[i], "quantity", 0, WEIGHT_LIMIT_MG),
            .unit = json_get_text_or(list[i], "unit", CODE_LONGEST, NULL),
            .cost = { json_get_i64_or(list[i], "cost_cents", 0, WEIGHT_LIMIT_MG, 0) },
        };
    return lines;
}

enum status post_purchase(struct ctx *c, struct request *in, struct reply *out)
{
    struct purchase purchase = { 0 };
    struct json_object *body;
    int64_t id;

    TRY(in_body(in, &body));
    purchase.supplier = json_get_text(body, "supplier", CODE_LONGEST);
    purchase.expected_on = json_get_date_or(body, "expected_on", DATE_NONE);
    purchase.note = json_get_text_or(body, "note", NOTE_LONGEST, NULL);
    purchase.lines = read_lines(c, body, &purchase.count);
    TRY(in_end(in));
    TRY(purchase_add(c, &purchase, &id));
    reply_created(c, out, "/api/v1/purchase-orders/%lld", (long long)id);
    return reply_purchase(c, out, id);
}

enum status post_purchase_lines(struct ctx *c, struct request *in, struct reply *out)
{
    const int64_t id = in_path_id(in, "id");
    struct purchase_line *lines;
    struct json_object *body;
    size_t n;

    TRY(in_body(in, &body));
    lines = read_lines(c, body, &n);
    TRY(in_end(in));
    TRY(purchase_set_lines(c, id, lines, n));
    return reply_purchase(c, out, id);
}

enum status post_purchase_state(struct ctx *c, struct request *in, struct reply *out)
{
    const int64_t id = in_path_id(in, "id");
    struct json_object *body;
    int word;

    TRY(in_body(in, &body));
    word = json_get_word_or(body, "state", purchase_targets, -1);
    TRY(in_end(in));
    TRY(purchase_set_state(c, id, purchase_targets[word]));
    return reply_purchase(c, out, id);
}

enum status post_receipt_undo(struct ctx *c, struct request *in, struct reply *out)
{
    const int64_t id = in_path_id(in, "id");
    struct json_object *body;
    const char *reason;

    TRY(in_body(in, &body));
    reason = json_get_text(body, "reason", NOTE_LONGEST);
    TRY(in_end(in));
    TRY(stock_undo_receipt(c, id, reason));
    return reply_row(c, out, &q_receipt_list, PARAMS(SHOP(c), I64(id), NONE(), NONE()));
}
