/* The drawer of cash over HTTP. Every change answers with the drawer as it stands then. */
#include "core/drawer.h"

#include "api/handlers.h"
#include "api/read.h"
#include "sql.h"

enum { CODE_LONGEST = 60, TEXT_LONGEST = 200, PIECES_MOST = 1000000 };
#define MONEY_MOST INT64_C(100000000)
#define DENOMINATION_MOST INT64_C(10000000)

static enum status reply_drawer(struct ctx *c, struct reply *out, int64_t id)
{
    return reply_row(c, out, &q_drawer_list, PARAMS(SHOP(c), I64(id), NONE()));
}

enum status post_drawer(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    const char *register_name;
    struct money counted;
    int64_t id;

    TRY(in_body(in, &body));
    register_name = json_get_text_or(body, "register", CODE_LONGEST, "main");
    counted.cents = json_get_i64(body, "float_cents", 0, MONEY_MOST);
    TRY(in_end(in));
    TRY(drawer_open(c, register_name, counted, &id));
    reply_created(c, out, "/api/v1/drawers/%lld", (long long)id);
    return reply_drawer(c, out, id);
}

enum status post_drawer_move(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id");
    struct json_object *body;
    const char *kind, *reason;
    struct money amount;

    TRY(in_body(in, &body));
    kind = json_get_text(body, "kind", CODE_LONGEST);
    amount.cents = json_get_i64(body, "amount_cents", 1, MONEY_MOST);
    reason = json_get_text(body, "reason", TEXT_LONGEST);
    TRY(in_end(in));
    TRY(drawer_move(c, id, kind, amount, reason));
    return reply_drawer(c, out, id);
}

enum status post_drawer_approval(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id");
    struct json_object *body;
    struct money counted;
    const char *note;

    TRY(in_body(in, &body));
    counted.cents = json_get_i64(body, "counted_cents", 0, INT64_MAX);
    note = json_get_text_or(body, "note", TEXT_LONGEST, NULL);
    TRY(in_end(in));
    TRY(drawer_approve(c, id, counted, note));
    return reply_drawer(c, out, id);
}

enum status post_drawer_close(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id");
    struct json_object *body, **list;
    struct drawer_count *counts;
    const char *note;
    size_t n;

    TRY(in_body(in, &body));
    list = json_get_objects(body, "counts", DRAWER_COUNTS_MOST, &n);
    counts = arena_array(&c->arena, n + 1, sizeof *counts);
    for (size_t i = 0; i < n; i++) {
        counts[i].denomination.cents = json_get_i64(list[i], "denomination_cents", 1, DENOMINATION_MOST);
        counts[i].pieces = json_get_i64(list[i], "pieces", 0, PIECES_MOST);
    }
    note = json_get_text_or(body, "note", TEXT_LONGEST, NULL);
    TRY(in_end(in));
    TRY(drawer_close(c, id, counts, n, note));
    return reply_drawer(c, out, id);
}
