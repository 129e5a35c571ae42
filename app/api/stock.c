/* Stock over HTTP: receiving a delivery, a lot's status. Reading it is data in routes.h. */
#include "core/stock.h"

#include "api/handlers.h"

enum { LINES_MOST = 500, CODE_LONGEST = 80, TEXT_LONGEST = 500 };

static void read_line(struct json_object *from, struct receipt_line *line)
{
    line->sku = json_get_text(from, "sku", CODE_LONGEST);
    line->lot_code = json_get_text(from, "lot_code", CODE_LONGEST);
    line->expires = json_get_text_or(from, "expires_on", CODE_LONGEST, "");
    line->quantity = json_get_i64(from, "quantity", 1, WEIGHT_LIMIT_MG);
    line->unit = json_get_text_or(from, "unit", CODE_LONGEST, NULL);
    line->location = json_get_text(from, "location", CODE_LONGEST);
    line->cost.cents = json_get_i64_or(from, "cost_cents", 0, WEIGHT_LIMIT_MG, 0);
    line->certificate = json_get_text_or(from, "certificate", TEXT_LONGEST, NULL);
    line->made_on = json_get_text_or(from, "made_on", CODE_LONGEST, NULL);
    line->status = json_get_text_or(from, "status", CODE_LONGEST, NULL);
}

static void read_receipt(struct ctx *c, struct json_object *body, struct receipt *receipt)
{
    struct json_object **list = json_get_objects(body, "lines", LINES_MOST, &receipt->count);
    struct receipt_line *lines = arena_array(&c->arena, receipt->count + 1, sizeof *lines);

    receipt->supplier = json_get_text(body, "supplier", CODE_LONGEST);
    receipt->purchase_order_id = json_get_i64_or(body, "purchase_order_id", 1, INT64_MAX, 0);
    for (size_t i = 0; i < receipt->count; i++)
        read_line(list[i], &lines[i]);
    receipt->lines = lines;
}

enum status post_receipt(struct ctx *c, struct request *in, struct reply *out)
{
    struct receipt receipt;
    struct json_object *body;
    struct json_writer *w;
    int64_t id;

    TRY(in_body(in, &body));
    read_receipt(c, body, &receipt);
    receipt.invoice = json_get_text(body, "invoice", CODE_LONGEST);
    TRY(in_end(in));
    TRY(stock_receive(c, &receipt, &id));
    out->status = 201;
    w = reply_json(c, out);
    json_open_object(w, NULL);
    json_i64(w, "id", id);
    json_close_object(w);
    return ST_OK;
}

/* While somebody is still entering it: the invoice may not be typed yet. */
enum status post_receipt_check(struct ctx *c, struct request *in, struct reply *out)
{
    struct receipt_warning *warnings;
    struct receipt receipt;
    struct json_object *body;
    struct json_writer *w;
    int64_t cost = 0;
    size_t n;

    TRY(in_body(in, &body));
    read_receipt(c, body, &receipt);
    receipt.invoice = json_get_text_or(body, "invoice", CODE_LONGEST, "");
    TRY(in_end(in));
    TRY(stock_check(c, &receipt, &warnings, &n));
    for (size_t i = 0; i < receipt.count; i++)
        cost += receipt.lines[i].cost.cents;
    w = reply_json(c, out);
    json_open_object(w, NULL);
    json_i64(w, "cost_cents", cost);
    json_open_list(w, "warnings");
    for (size_t i = 0; i < n; i++) {
        json_open_object(w, NULL);
        json_i64(w, "line_no", warnings[i].line_no);
        json_text(w, "warning", warnings[i].warning);
        json_text(w, "value", warnings[i].value);
        json_close_object(w);
    }
    json_close_list(w);
    json_close_object(w);
    return ST_OK;
}

enum status post_lot_status(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    int64_t id = in_path_id(in, "id");
    const char *reason;
    int word;

    TRY(in_body(in, &body));
    word = json_get_word_or(body, "status", lot_statuses, -1);
    reason = json_get_text(body, "reason", TEXT_LONGEST);
    TRY(in_end(in));
    TRY(lot_set_status(c, id, lot_statuses[word], reason));
    reply_empty(out);
    return ST_OK;
}
