/* Decoction over HTTP: the shop's machines, and the runs of orders. */
#include "core/decoction.h"

#include "api/handlers.h"
#include "api/order_json.h"
#include "api/read.h"
#include "db/db.h"
#include "sql.h"

enum { CODE_LONGEST = 40, NAME_LONGEST = 120, NOTE_LONGEST = 500, MINUTES_MOST = 240, WATER_MOST = 200000 };

static enum status reply_machine(struct ctx *c, struct reply *out, int64_t id)
{
    const struct rows *rows;

    TRY(db_rows(c, &q_decoction_machine_list, PARAMS(SHOP(c), I64(id)), &rows));
    json_put_row(reply_json(c, out), NULL, rows, 0);
    return ST_OK;
}

enum status post_decoction_machine(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    const char *code, *name;
    int64_t capacity, id;

    TRY(in_body(in, &body));
    code = json_get_text(body, "code", CODE_LONGEST);
    name = json_get_text(body, "name", NAME_LONGEST);
    capacity = json_get_i64(body, "capacity_ml", 100, WATER_MOST);
    TRY(in_end(in));
    TRY(decoction_machine_add(c, code, name, capacity, &id));
    reply_created(c, out, "/api/v1/decoction-machines");
    return reply_machine(c, out, id);
}

enum status post_decoction_machine_retire(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id");

    TRY(in_end(in));
    TRY(decoction_machine_retire(c, id));
    return reply_machine(c, out, id);
}

enum status post_decoction(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    struct decoction_wish wish;
    int64_t id = in_path_id(in, "id");

    TRY(in_body(in, &body));
    wish = (struct decoction_wish){
        .scheme = json_get_text(body, "scheme", 60),
        .machine = json_get_text(body, "machine", CODE_LONGEST),
        .soak_minutes = json_get_i64_or(body, "soak_minutes", 0, MINUTES_MOST, -1),
        .water_ml = json_get_i64_or(body, "water_ml", 50, WATER_MOST, -1),
        .first_boil_minutes = json_get_i64_or(body, "first_boil_minutes", 1, MINUTES_MOST, -1),
        .second_boil_minutes = json_get_i64_or(body, "second_boil_minutes", 0, MINUTES_MOST, -1),
        .minutes_ago = json_get_i64_or(body, "minutes_ago", 0, 1440, 0),
    };
    TRY(in_end(in));
    TRY(decoction_begin(c, id, &wish));
    return order_write(c, reply_json(c, out), id);
}

enum status post_decoction_end(struct ctx *c, struct request *in, struct reply *out)
{
    static const char *const outcomes[] = { "done", "failed", NULL };
    struct json_object *body;
    int64_t id = in_path_id(in, "id"), bags, bag_ml;
    const char *note;
    int outcome;

    TRY(in_body(in, &body));
    outcome = json_get_word_or(body, "outcome", outcomes, 0);
    bags = json_get_i64_or(body, "bags", 1, 2000, 0);
    bag_ml = json_get_i64_or(body, "bag_ml", 10, 2000, 0);
    note = json_get_text_or(body, "note", NOTE_LONGEST, NULL);
    TRY(in_end(in));
    TRY(outcome == 0 ? decoction_end(c, id, bags, bag_ml, note) : decoction_fail(c, id, note));
    return order_write(c, reply_json(c, out), id);
}
