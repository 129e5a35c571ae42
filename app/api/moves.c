/* Moving, repacking and sending stock over HTTP. */
#include "core/move.h"

#include "api/handlers.h"
#include "api/read.h"
#include "base/quantity.h"
#include "core/transfer.h"
#include "sql.h"

enum { LINES_MOST = 500, PARTS_MOST = 200, CODE_LONGEST = 80, NOTE_LONGEST = 500 };

/* `to`: lines say where to, too. */
static struct stock_line *read_lines(struct ctx *c, struct json_object *body, bool to, size_t *count)
{
    struct json_object **list = json_get_objects(body, "lines", LINES_MOST, count);
    struct stock_line *lines = arena_array(&c->arena, *count + 1, sizeof *lines);

    for (size_t i = 0; i < *count; i++)
        lines[i] = (struct stock_line){
            .lot_id = json_get_i64(list[i], "lot_id", 1, INT64_MAX),
            .from = json_get_text(list[i], "from", CODE_LONGEST),
            .to = to ? json_get_text(list[i], "to", CODE_LONGEST) : NULL,
            .quantity = json_get_i64(list[i], "quantity", 1, WEIGHT_LIMIT_MG),
        };
    return lines;
}

enum status post_moves(struct ctx *c, struct request *in, struct reply *out)
{
    struct stock_line *lines;
    struct json_object *body;
    const char *note;
    size_t n;

    TRY(in_body(in, &body));
    lines = read_lines(c, body, true, &n);
    note = json_get_text_or(body, "note", NOTE_LONGEST, NULL);
    TRY(in_end(in));
    TRY(stock_move(c, lines, n, note));
    reply_empty(out);
    return ST_OK;
}

enum status post_repack(struct ctx *c, struct request *in, struct reply *out)
{
    const int64_t id = in_path_id(in, "id");
    struct json_object *body, **list;
    const char *from, *note;
    struct lot_part *parts;
    struct json_writer *w;
    size_t n;

    TRY(in_body(in, &body));
    from = json_get_text(body, "from", CODE_LONGEST);
    note = json_get_text_or(body, "note", NOTE_LONGEST, NULL);
    list = json_get_objects(body, "parts", PARTS_MOST, &n);
    parts = arena_array(&c->arena, n + 1, sizeof *parts);
    for (size_t i = 0; i < n; i++)
        parts[i] = (struct lot_part){ .lot_code = json_get_text_or(list[i], "lot_code", CODE_LONGEST, NULL),
                                      .to = json_get_text_or(list[i], "to", CODE_LONGEST, NULL),
                                      .quantity = json_get_i64(list[i], "quantity", 1, WEIGHT_LIMIT_MG) };
    TRY(in_end(in));
    TRY(lot_repack(c, id, from, parts, n, note));
    out->status = 201;
    w = reply_json(c, out);
    json_open_object(w, NULL);
    json_open_list(w, "lots");
    for (size_t i = 0; i < n; i++)
        json_i64(w, NULL, parts[i].id);
    json_close_list(w);
    json_close_object(w);
    return ST_OK;
}

static enum status reply_transfer(struct ctx *c, struct reply *out, int64_t id)
{
    return reply_row(c, out, &q_transfer_list, PARAMS(SHOP(c), I64(id), NONE(), NONE()));
}

enum status post_transfer(struct ctx *c, struct request *in, struct reply *out)
{
    const char *to_shop, *note;
    struct stock_line *lines;
    struct json_object *body;
    int64_t id;
    size_t n;

    TRY(in_body(in, &body));
    to_shop = json_get_text(body, "to_shop", CODE_LONGEST);
    note = json_get_text_or(body, "note", NOTE_LONGEST, NULL);
    lines = read_lines(c, body, false, &n);
    TRY(in_end(in));
    TRY(transfer_send(c, to_shop, lines, n, note, &id));
    out->status = 201;
    return reply_transfer(c, out, id);
}

static struct transfer_part *read_parts(struct ctx *c, struct json_object *body, bool place, bool item,
                                        size_t *count)
{
    struct json_object **list = json_get_objects(body, "lines", LINES_MOST, count);
    struct transfer_part *parts = arena_array(&c->arena, *count + 1, sizeof *parts);

    for (size_t i = 0; i < *count; i++)
        parts[i] = (struct transfer_part){
            .line_no = json_get_i64(list[i], "line_no", 1, INT32_MAX),
            .quantity = json_get_i64(list[i], "quantity", 1, WEIGHT_LIMIT_MG),
            .location = place ? json_get_text(list[i], "location", CODE_LONGEST) : NULL,
            .sku = item ? json_get_text_or(list[i], "sku", CODE_LONGEST, NULL) : NULL,
        };
    return parts;
}

enum status post_transfer_accept(struct ctx *c, struct request *in, struct reply *out)
{
    const int64_t id = in_path_id(in, "id");
    struct transfer_part *parts;
    struct json_object *body;
    const char *from_shop;
    int64_t receipt;
    size_t n;

    TRY(in_body(in, &body));
    from_shop = json_get_text(body, "from_shop", CODE_LONGEST);
    parts = read_parts(c, body, true, true, &n);
    TRY(in_end(in));
    TRY(transfer_accept(c, from_shop, id, parts, n, &receipt));
    return reply_row(c, out, &q_receipt_list, PARAMS(SHOP(c), I64(receipt), NONE(), NONE()));
}

enum status post_transfer_take_back(struct ctx *c, struct request *in, struct reply *out)
{
    const int64_t id = in_path_id(in, "id");
    struct transfer_part *parts;
    struct json_object *body;
    size_t n;

    TRY(in_body(in, &body));
    parts = read_parts(c, body, true, false, &n);
    TRY(in_end(in));
    TRY(transfer_take_back(c, id, parts, n));
    return reply_transfer(c, out, id);
}

enum status post_transfer_lost(struct ctx *c, struct request *in, struct reply *out)
{
    const int64_t id = in_path_id(in, "id");
    struct transfer_part *parts;
    struct json_object *body;
    const char *note;
    size_t n;

    TRY(in_body(in, &body));
    parts = read_parts(c, body, false, false, &n);
    note = json_get_text(body, "note", NOTE_LONGEST);
    TRY(in_end(in));
    TRY(transfer_lose(c, id, parts, n, note));
    return reply_transfer(c, out, id);
}
