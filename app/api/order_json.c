/* An order put together from its rows; the statements' column names are the members. */
#include "api/order_json.h"

#include "api/read.h"
#include "db/db.h"
#include "sql.h"

enum status order_write(struct ctx *c, struct json_writer *w, int64_t id)
{
    const struct param params[] = { SHOP(c), I64(id) };
    const struct rows *rows;

    TRY(db_rows(c, &q_order_show, params, 2, &rows));
    if (rows_count(rows) == 0)
        return ctx_fail(c, ST_NOT_FOUND, "order_id", arena_printf(&c->arena, "%lld", (long long)id),
                        "is no order of this shop");
    json_open_object(w, NULL);
    json_put_row(w, "order", rows, 0);
    TRY(json_rows(c, w, "lines", &q_order_lines, params, 2));
    TRY(json_rows(c, w, "lots", &q_order_lots, params, 2));
    TRY(json_rows(c, w, "passed_over", &q_order_passed_over, params, 2));
    TRY(json_rows(c, w, "events", &q_order_events, params, 2));
    json_close_object(w);
    return ST_OK;
}
