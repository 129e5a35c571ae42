/* An order put together from its rows; the statements' column names are the members. */
#include "api/order_json.h"

#include "api/read.h"
#include "core/alert.h"
#include "core/order_packets.h"
#include "db/db.h"
#include "sql.h"

/* The packets of an order: the main ones, and the little ones with what is handled apart. */
static void write_packets(struct json_writer *w, const struct order_packets *groups, size_t n)
{
    json_open_list(w, "packet_groups");
    for (size_t i = 0; i < n; i++) {
        const struct packet_group *g = &groups[i].group;

        json_open_object(w, NULL);
        json_text(w, "handling", g->handling);
        json_text(w, "words", groups[i].words);
        json_i64(w, "packets", g->packing.packets);
        json_weight(w, "total_mg", g->total);
        json_weight(w, "lightest_mg", g->packing.lightest);
        json_weight(w, "heaviest_mg", g->packing.heaviest);
        json_i64(w, "heavy", g->packing.heavy);
        json_open_list(w, "line_nos");
        for (size_t k = 0; k < g->count; k++)
            json_i64(w, NULL, groups[i].line_nos[k]);
        json_close_list(w);
        json_close_object(w);
    }
    json_close_list(w);
}

enum status order_write(struct ctx *c, struct json_writer *w, int64_t id)
{
    static const char *const lists[] = { NULL,         "lines",    "lots",       "passed_over",
                                         "events",     "findings", "stops",      "way",
                                         "decoctions", "returns",  "short_lines" };
    const struct param params[] = { SHOP(c), I64(id) };
    const struct param shown_to[] = { SHOP(c), I64(id), TEXT(alert_role(c, MOMENT_RELEASE)) };
    const size_t list_count = sizeof lists / sizeof *lists;
    struct order_packets *groups;
    size_t group_count;
    struct db_read reads[] = {
        { &q_order_show, params, 2, NULL },        { &q_order_lines, params, 2, NULL },
        { &q_order_lots, params, 2, NULL },        { &q_order_passed_over, params, 2, NULL },
        { &q_order_events, params, 2, NULL },      { &q_order_findings, shown_to, 3, NULL },
        { &q_order_stops, params, 2, NULL },       { &q_order_way, params, 2, NULL },
        { &q_order_decoctions, params, 2, NULL },  { &q_order_returns, params, 2, NULL },
        { &q_order_short_lines, params, 2, NULL }, { &q_order_screening, params, 2, NULL },
        { &q_order_supply_show, params, 2, NULL }, { &q_order_bench, params, 2, NULL },
    };

    TRY(db_rows_together(c, reads, sizeof reads / sizeof *reads));
    if (rows_count(reads[0].rows) == 0)
        return ctx_fail(c, ST_NOT_FOUND, "order_id", arena_printf(&c->arena, "%lld", (long long)id),
                        "is no order of this shop");
    TRY(order_packets(c, id, &groups, &group_count));
    json_open_object(w, NULL);
    json_put_row(w, "order", reads[0].rows, 0);
    json_put_row(w, "screening", reads[list_count].rows, 0);
    json_put_row(w, "supply", reads[list_count + 1].rows, 0);
    json_put_row(w, "bench", reads[list_count + 2].rows, 0);
    for (size_t i = 1; i < list_count; i++)
        json_put_rows(w, lists[i], reads[i].rows);
    write_packets(w, groups, group_count);
    json_close_object(w);
    return ST_OK;
}

void order_write_allocated(struct json_writer *w, const struct allocated *made)
{
    json_open_object(w, NULL);
    json_open_object(w, "order");
    json_i64(w, "id", made->id);
    json_text(w, "state", made->state);
    json_i64(w, "allocation_no", made->allocation_no);
    json_date(w, "course_ends_on", made->course_ends_on);
    json_instant(w, "reserved_until", made->reserved_until);
    json_close_object(w);
    json_close_object(w);
}
