/* An order put together from its rows; the statements' column names are the members. */
#include "api/order_json.h"

#include "api/read.h"
#include "core/alert.h"
#include "db/db.h"
#include "sql.h"

enum status order_write(struct ctx *c, struct json_writer *w, int64_t id)
{
    static const char *const lists[] = { NULL,     "lines",    "lots",  "passed_over",
                                         "events", "findings", "stops", "way" };
    const struct param params[] = { SHOP(c), I64(id) };
    const struct param shown_to[] = { SHOP(c), I64(id), TEXT(alert_role(c, MOMENT_RELEASE)) };
    const size_t list_count = sizeof lists / sizeof *lists;
    struct db_read reads[] = {
        { &q_order_show, params, 2, NULL },      { &q_order_lines, params, 2, NULL },
        { &q_order_lots, params, 2, NULL },      { &q_order_passed_over, params, 2, NULL },
        { &q_order_events, params, 2, NULL },    { &q_order_findings, shown_to, 3, NULL },
        { &q_order_stops, params, 2, NULL },     { &q_order_way, params, 2, NULL },
        { &q_order_screening, params, 2, NULL }, { &q_order_supply_show, params, 2, NULL },
    };

    TRY(db_rows_together(c, reads, sizeof reads / sizeof *reads));
    if (rows_count(reads[0].rows) == 0)
        return ctx_fail(c, ST_NOT_FOUND, "order_id", arena_printf(&c->arena, "%lld", (long long)id),
                        "is no order of this shop");
    json_open_object(w, NULL);
    json_put_row(w, "order", reads[0].rows, 0);
    json_put_row(w, "screening", reads[list_count].rows, 0);
    json_put_row(w, "supply", reads[list_count + 1].rows, 0);
    for (size_t i = 1; i < list_count; i++)
        json_put_rows(w, lists[i], reads[i].rows);
    json_close_object(w);
    return ST_OK;
}
