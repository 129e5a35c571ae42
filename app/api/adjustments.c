/* Corrections of stock over HTTP. */
#include "core/adjustment.h"

#include "api/handlers.h"
#include "api/read.h"
#include "base/quantity.h"
#include "sql.h"

enum { CODE_LONGEST = 80, REFERENCE_LONGEST = 120, NOTE_LONGEST = 500 };

static enum status reply_adjustment(struct ctx *c, struct reply *out, int64_t id)
{
    return reply_row(c, out, &q_adjustment_list, PARAMS(SHOP(c), I64(id), NONE(), NONE()));
}

enum status post_adjustment(struct ctx *c, struct request *in, struct reply *out)
{
    struct adjustment adjustment = { 0 };
    struct json_object *body;
    bool booked;
    int64_t id;
    int use;

    TRY(in_body(in, &body));
    use = json_get_word_or(body, "use", adjustment_uses, -1);
    adjustment.use = adjustment_uses[use < 0 ? 0 : use];
    adjustment.reason = json_get_text(body, "reason", CODE_LONGEST);
    adjustment.lot_id = json_get_i64(body, "lot_id", 1, INT64_MAX);
    adjustment.location = json_get_text(body, "location", CODE_LONGEST);
    adjustment.quantity = json_get_i64(body, "quantity", -WEIGHT_LIMIT_MG, WEIGHT_LIMIT_MG);
    adjustment.order_id = json_get_i64_or(body, "order_id", 1, INT64_MAX, 0);
    adjustment.reference = json_get_text_or(body, "reference", REFERENCE_LONGEST, NULL);
    adjustment.note = json_get_text_or(body, "note", NOTE_LONGEST, NULL);
    TRY(in_end(in));
    TRY(adjustment_ask(c, &adjustment, &id, &booked));
    reply_created(c, out, "/api/v1/adjustments/%lld", (long long)id);
    return reply_adjustment(c, out, id);
}

enum status post_adjustment_decision(struct ctx *c, struct request *in, struct reply *out)
{
    const int64_t id = in_path_id(in, "id");
    struct json_object *body;
    bool accept;

    TRY(in_body(in, &body));
    accept = json_get_bool(body, "accept");
    TRY(in_end(in));
    TRY(adjustment_decide(c, id, accept));
    return reply_adjustment(c, out, id);
}
