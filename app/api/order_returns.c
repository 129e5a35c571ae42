/* Returns over HTTP: taken in, destroyed, witnessed. Each answers with the order. */
#include "core/order_return.h"

#include "api/handlers.h"
#include "api/order_json.h"

enum { CODE_LONGEST = 40, NOTE_LONGEST = 500 };

enum status post_return(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    const char *reason, *note;
    int64_t id = in_path_id(in, "id"), packets;

    TRY(in_body(in, &body));
    packets = json_get_i64(body, "packets", 1, 1000);
    reason = json_get_text(body, "reason", CODE_LONGEST);
    note = json_get_text_or(body, "note", NOTE_LONGEST, NULL);
    TRY(in_end(in));
    TRY(order_return(c, id, packets, reason, note, NULL));
    return order_write(c, reply_json(c, out), id);
}

enum status post_destruction(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    const char *method, *note;
    int64_t id = in_path_id(in, "id"), return_no = in_path_id(in, "return");

    TRY(in_body(in, &body));
    method = json_get_text(body, "method", CODE_LONGEST);
    note = json_get_text_or(body, "note", NOTE_LONGEST, NULL);
    TRY(in_end(in));
    TRY(order_destroy(c, id, return_no, method, note));
    return order_write(c, reply_json(c, out), id);
}

enum status post_witness(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id"), return_no = in_path_id(in, "return");

    TRY(in_end(in));
    TRY(order_witness(c, id, return_no));
    return order_write(c, reply_json(c, out), id);
}
