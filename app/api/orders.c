/* Orders over HTTP: enter, allocate, release, weigh, approve, check, hand over, cancel. Every change answers with the order as it is
   then, the allocation with its terms. */
#include "api/handlers.h"
#include "api/order_json.h"
#include "core/order.h"

enum {
    WEIGHINGS_MOST = 200,
    TEXT_LONGEST = 500,
    NAME_LONGEST = 120,
    CODE_LONGEST = 40,
    SKU_LONGEST = 60,
    PRODUCTS_MOST = 20,
    PIECES_MOST = 10000
};
#define NUMBER_MOST INT64_C(1000000000000)

static enum status reply_order(struct ctx *c, struct reply *out, int64_t id)
{
    return order_write(c, reply_json(c, out), id);
}

enum status get_order(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id");

    TRY(in_end(in));
    return reply_order(c, out, id);
}

static void read_products(struct ctx *c, struct json_object *body, struct order_wish *wish)
{
    struct json_object **list = json_get_objects(body, "products", PRODUCTS_MOST, &wish->product_count);
    struct order_product *products = arena_array(&c->arena, wish->product_count, sizeof *products);

    for (size_t i = 0; i < wish->product_count; i++)
        products[i] = (struct order_product){
            .item = json_get_text(list[i], "item", SKU_LONGEST),
            .pieces = json_get_i64(list[i], "pieces", 1, PIECES_MOST),
        };
    wish->products = products;
}

enum status post_order(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    struct order_wish wish;
    int64_t id;

    TRY(in_body(in, &body));
    wish = (struct order_wish){
        .prescription_id = json_get_i64(body, "prescription_id", 1, NUMBER_MOST),
        .packets = json_get_i64_or(body, "packets", 1, 1000, 0),
        .early_reason = json_get_text_or(body, "early_reason", CODE_LONGEST, NULL),
        .early_note = json_get_text_or(body, "early_note", TEXT_LONGEST, NULL),
        .decoct = json_get_bool_or(body, "decoct", false),
    };
    read_products(c, body, &wish);
    TRY(in_end(in));
    TRY(order_enter(c, api_knowledge(c, in), &wish, &id));
    reply_created(c, out, "/api/v1/orders/%lld", (long long)id);
    return reply_order(c, out, id);
}

enum status post_order_screening(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id"), screening;

    TRY(in_end(in));
    TRY(order_screen(c, api_knowledge(c, in), id, &screening));
    return reply_order(c, out, id);
}

enum status post_allocation(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    int64_t id = in_path_id(in, "id");
    struct date course_ends;
    struct allocated made;
    const char *otherwise;

    TRY(in_body(in, &body));
    course_ends = json_get_date_or(body, "course_ends_on", DATE_NONE);
    TRY(in_end(in));
    otherwise = arena_printf(&c->arena, "GET /api/v1/orders/%lld/substitutes", (long long)id);
    TRY(order_allocate_or(c, id, course_ends, otherwise, &made));
    order_write_allocated(reply_json(c, out), &made);
    return ST_OK;
}

enum status post_supply_part(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    int64_t id = in_path_id(in, "id"), packets, part;

    TRY(in_body(in, &body));
    packets = json_get_i64_or(body, "packets", 1, 1000, 0);
    TRY(in_end(in));
    TRY(order_supply_part(c, api_knowledge(c, in), id, packets, &part));
    reply_created(c, out, "/api/v1/orders/%lld", (long long)part);
    return reply_order(c, out, part);
}

enum status post_release(struct ctx *c, struct request *in, struct reply *out)
{
    int64_t id = in_path_id(in, "id");

    TRY(in_end(in));
    TRY(order_release(c, api_knowledge(c, in), id));
    return reply_order(c, out, id);
}

static void read_lot(struct json_object *from, struct order_weighing *weighing)
{
    *weighing =
        (struct order_weighing){ .line_no = json_get_i64(from, "line_no", 1, NUMBER_MOST),
                                 .lot_id = json_get_i64(from, "lot_id", 1, NUMBER_MOST),
                                 .location_id = json_get_i64_or(from, "location_id", 1, NUMBER_MOST, 0) };
}

/* The net weight, or the gross one (typed, or a scale's reading) and the container's. */
static void read_weighing(struct json_object *from, struct order_weighing *weighing)
{
    read_lot(from, weighing);
    weighing->gross.mg = json_get_i64_or(from, "gross_mg", 1, WEIGHT_LIMIT_MG, 0);
    weighing->tare.mg = json_get_i64_or(from, "tare_mg", 0, WEIGHT_LIMIT_MG, 0);
    weighing->reading_id = json_get_i64_or(from, "reading_id", 1, NUMBER_MOST, 0);
    weighing->weighed.mg = json_get_i64_or(from, "pieces", 1, PIECES_MOST, 0);
    if (weighing->weighed.mg != 0)
        return;
    if (weighing->gross.mg == 0 && weighing->reading_id == 0)
        weighing->weighed.mg = json_get_i64(from, "weighed_mg", 1, WEIGHT_LIMIT_MG);
    else
        weighing->weighed.mg = json_get_i64_or(from, "weighed_mg", 1, WEIGHT_LIMIT_MG, 0);
}

enum status post_weighings(struct ctx *c, struct request *in, struct reply *out)
{
    struct order_weighing *weighings;
    struct json_object *body, **list;
    int64_t id = in_path_id(in, "id");
    size_t n;

    TRY(in_body(in, &body));
    list = json_get_objects(body, "weighings", WEIGHINGS_MOST, &n);
    weighings = arena_array(&c->arena, n + 1, sizeof *weighings);
    for (size_t i = 0; i < n; i++)
        read_weighing(list[i], &weighings[i]);
    TRY(in_end(in));
    TRY(order_weigh(c, id, weighings, n));
    return reply_order(c, out, id);
}

enum status post_approval(struct ctx *c, struct request *in, struct reply *out)
{
    struct order_weighing weighing;
    struct json_object *body;
    const char *note;
    int64_t id = in_path_id(in, "id");

    TRY(in_body(in, &body));
    read_lot(body, &weighing);
    weighing.weighed.mg = json_get_i64(body, "weighed_mg", 1, WEIGHT_LIMIT_MG);
    note = json_get_text_or(body, "note", TEXT_LONGEST, NULL);
    TRY(in_end(in));
    TRY(order_approve(c, id, &weighing, note));
    return reply_order(c, out, id);
}

enum status post_check(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    const char *note;
    int64_t id = in_path_id(in, "id");

    TRY(in_body(in, &body));
    note = json_get_text_or(body, "note", TEXT_LONGEST, NULL);
    TRY(in_end(in));
    TRY(order_check(c, id, note));
    return reply_order(c, out, id);
}

enum status post_handover(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    const char *received_by;
    int64_t id = in_path_id(in, "id");
    bool counselled;

    TRY(in_body(in, &body));
    received_by = json_get_text(body, "received_by", NAME_LONGEST);
    counselled = json_get_bool(body, "counselled");
    TRY(in_end(in));
    TRY(order_hand_over(c, id, received_by, counselled));
    return reply_order(c, out, id);
}

enum status post_cancel(struct ctx *c, struct request *in, struct reply *out)
{
    struct json_object *body;
    const char *reason;
    int64_t id = in_path_id(in, "id");

    TRY(in_body(in, &body));
    reason = json_get_text(body, "reason", TEXT_LONGEST);
    TRY(in_end(in));
    TRY(order_cancel(c, id, reason));
    return reply_order(c, out, id);
}
