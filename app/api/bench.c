/* The bench over HTTP: settings, picking, identity checks, lots that run out, packets weighed again, spoons. */
#include "core/bench.h"

#include "api/handlers.h"
#include "api/order_json.h"
#include "api/read.h"
#include "sql.h"

enum { CHECKS_MOST = 200, CODE_LONGEST = 300, SPOON_LONGEST = 40, WORD_LONGEST = 20 };
#define NUMBER_MOST INT64_C(1000000000000)

enum status put_bench_settings(struct ctx *c, struct request *in, struct reply *out)
{
    struct bench_settings s = { .total_check = -1 };
    struct json_object *body;

    TRY(in_body(in, &body));
    s.identity = json_get_text_or(body, "identity", WORD_LONGEST, NULL);
    s.packet_checks = json_get_i64_or(body, "packet_checks", 0, 100, -1);
    if (json_has(body, "total_check"))
        s.total_check = json_get_bool(body, "total_check");
    s.density_permille = json_get_i64_or(body, "density_permille", 0, 1000, -1);
    TRY(in_end(in));
    TRY(bench_set(c, &s));
    return reply_row(c, out, &q_bench_settings_show, PARAMS(SHOP(c)));
}

static enum status reply_picking(struct ctx *c, struct reply *out, int64_t id)
{
    return reply_rows(c, out, &q_order_picking, PARAMS(SHOP(c), I64(id)));
}

enum status post_pick(struct ctx *c, struct request *in, struct reply *out)
{
    const int64_t id = in_path_id(in, "id");

    TRY(in_end(in));
    TRY(order_pick(c, id));
    return reply_picking(c, out, id);
}

enum status post_identity_checks(struct ctx *c, struct request *in, struct reply *out)
{
    static const char *const ways[] = { "scanned", "typed", NULL };
    const int64_t id = in_path_id(in, "id");
    struct json_object *body, **list;
    struct identity_scan *scans;
    size_t n;

    TRY(in_body(in, &body));
    list = json_get_objects(body, "checks", CHECKS_MOST, &n);
    scans = arena_array(&c->arena, n + 1, sizeof *scans);
    for (size_t i = 0; i < n; i++) {
        scans[i].code = json_get_text(list[i], "code", CODE_LONGEST);
        scans[i].typed = json_get_word_or(list[i], "how", ways, 0) == 1;
        scans[i].line_no = json_get_i64_or(list[i], "line_no", 1, NUMBER_MOST, 0);
    }
    TRY(in_end(in));
    TRY(order_identify(c, id, scans, n));
    return reply_picking(c, out, id);
}

enum status post_shortfall(struct ctx *c, struct request *in, struct reply *out)
{
    const int64_t id = in_path_id(in, "id");
    struct json_object *body;
    int64_t line_no, lot_id, location_id;
    struct weight there;

    TRY(in_body(in, &body));
    line_no = json_get_i64(body, "line_no", 1, NUMBER_MOST);
    lot_id = json_get_i64(body, "lot_id", 1, NUMBER_MOST);
    location_id = json_get_i64_or(body, "location_id", 1, NUMBER_MOST, 0);
    there.mg = json_get_i64(body, "there_mg", 0, WEIGHT_LIMIT_MG);
    TRY(in_end(in));
    TRY(order_shortfall(c, id, line_no, lot_id, location_id, there));
    return reply_picking(c, out, id);
}

enum status post_packet_checks(struct ctx *c, struct request *in, struct reply *out)
{
    const int64_t id = in_path_id(in, "id");
    struct json_object *body, **list;
    struct packet_weight *packets;
    size_t n, off;

    TRY(in_body(in, &body));
    list = json_get_objects(body, "checks", CHECKS_MOST, &n);
    packets = arena_array(&c->arena, n + 1, sizeof *packets);
    for (size_t i = 0; i < n; i++) {
        packets[i].packet_no = json_get_i64(list[i], "packet_no", 0, NUMBER_MOST);
        packets[i].reading_id = json_get_i64_or(list[i], "reading_id", 1, NUMBER_MOST, 0);
        if (packets[i].reading_id == 0)
            packets[i].weighed.mg = json_get_i64(list[i], "weighed_mg", 0, WEIGHT_LIMIT_MG);
    }
    TRY(in_end(in));
    TRY(order_weigh_packets(c, id, packets, n, &off));
    return reply_rows(c, out, &q_packet_check_list, PARAMS(SHOP(c), I64(id)));
}

enum status post_spoon_measure(struct ctx *c, struct request *in, struct reply *out)
{
    struct spoon_measure m = { 0 };
    struct spoon_measured measured;
    struct json_object *body;

    TRY(in_body(in, &body));
    m.lot_id = json_get_i64_or(body, "lot_id", 1, NUMBER_MOST, 0);
    m.order_id = json_get_i64_or(body, "order_id", 1, NUMBER_MOST, 0);
    m.spoon = json_get_text(body, "spoon", SPOON_LONGEST);
    m.spoons = json_get_i64(body, "spoons", 1, 100);
    m.reading_id = json_get_i64_or(body, "reading_id", 1, NUMBER_MOST, 0);
    if (m.reading_id == 0)
        m.weighed.mg = json_get_i64(body, "weighed_mg", 1, WEIGHT_LIMIT_MG);
    TRY(in_end(in));
    TRY(spoon_measure_add(c, &m, &measured));
    reply_created(c, out, "/api/v1/spoon-measures/%lld", (long long)measured.id);
    return reply_row(c, out, &q_spoon_list, PARAMS(SHOP(c), I64(measured.id), NONE(), NONE()));
}
