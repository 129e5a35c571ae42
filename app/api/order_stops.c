/* An order's side ways over HTTP: declined, held, asked about, wasted, and the rest not wanted. Each answers with the order as it is
   then. */
#include "api/handlers.h"
#include "api/order_json.h"
#include "core/order.h"

enum { CODE_LONGEST = 40, NOTE_LONGEST = 500, SAID_LONGEST = 1000 };

/* A coded reason with its note. */
struct reason {
    const char *code, *note;
};

static enum status read_reason(struct request *in, size_t note_longest, struct json_object **body,
                               struct reason *reason)
{
    TRY(in_body(in, body));
    reason->code = json_get_text(*body, "reason", CODE_LONGEST);
    reason->note = json_get_text_or(*body, "note", note_longest, NULL);
    return ST_OK;
}

enum status post_reject(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    struct reason reason;
    int64_t id = in_path_id(in, "id");

    TRY(read_reason(in, NOTE_LONGEST, &body, &reason));
    TRY(in_end(in));
    TRY(order_reject(c, id, reason.code, reason.note));
    return order_write(c, reply_json(c, out), id);
}

enum status post_hold(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    struct reason reason;
    int64_t id = in_path_id(in, "id");

    TRY(read_reason(in, SAID_LONGEST, &body, &reason));
    TRY(in_end(in));
    TRY(order_hold(c, id, reason.code, reason.note, NULL));
    return order_write(c, reply_json(c, out), id);
}

enum status post_query(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    const char *question;
    int64_t id = in_path_id(in, "id");

    TRY(in_body(in, &body));
    question = json_get_text(body, "question", SAID_LONGEST);
    TRY(in_end(in));
    TRY(order_ask(c, id, question, NULL));
    return order_write(c, reply_json(c, out), id);
}

enum status post_query_answer(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    const char *verdict, *answer;
    int64_t id = in_path_id(in, "id"), stop = in_path_id(in, "stop");

    TRY(in_body(in, &body));
    verdict = json_get_text(body, "verdict", CODE_LONGEST);
    answer = json_get_text(body, "answer", SAID_LONGEST);
    TRY(in_end(in));
    TRY(order_answer(c, id, stop, verdict, answer));
    return order_write(c, reply_json(c, out), id);
}

enum status post_stop_end(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    const char *note;
    int64_t id = in_path_id(in, "id"), stop = in_path_id(in, "stop");
    bool taken_back;

    TRY(in_body(in, &body));
    note = json_get_text_or(body, "note", SAID_LONGEST, NULL);
    taken_back = json_get_bool_or(body, "taken_back", false);
    TRY(in_end(in));
    TRY(order_lift(c, id, stop, taken_back, note));
    return order_write(c, reply_json(c, out), id);
}

enum status post_waste(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    struct reason reason;
    int64_t id = in_path_id(in, "id"), successor;
    bool again;

    TRY(read_reason(in, NOTE_LONGEST, &body, &reason));
    again = json_get_bool_or(body, "again", false);
    TRY(in_end(in));
    TRY(order_waste(c, api_knowledge(c, in), id, reason.code, reason.note, again, &successor));
    if (successor != 0)
        reply_created(c, out, "/api/v1/orders/%lld", (long long)successor);
    return order_write(c, reply_json(c, out), successor != 0 ? successor : id);
}

enum status post_forgo(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    struct reason reason;
    int64_t id = in_path_id(in, "id");

    TRY(read_reason(in, NOTE_LONGEST, &body, &reason));
    TRY(in_end(in));
    TRY(order_forgo(c, id, reason.code, reason.note));
    return order_write(c, reply_json(c, out), id);
}
