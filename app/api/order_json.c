/* An order put together from its rows; the statements' column names are the members. */
#include "api/order_json.h"

#include "api/read.h"
#include "db/db.h"
#include "sql.h"

enum status order_write(struct ctx *c, struct json_writer *w, int64_t id)
{
    const struct param params[] = { SHOP(c), I64(id) };
    struct db_read reads[] = {
        { &q_order_show, params, 2, NULL },   { &q_order_lines, params, 2, NULL },
        { &q_order_lots, params, 2, NULL },   { &q_order_passed_over, params, 2, NULL },
        { &q_order_events, params, 2, NULL },
    };
    static const char *const lists[] = { NULL, "lines", "lots", "passed_over", "events" };

    TRY(db_rows_together(c, reads, sizeof reads / sizeof *reads));
    if (rows_count(reads[0].rows) == 0)
        return ctx_fail(c, ST_NOT_FOUND, "order_id", arena_printf(&c->arena, "%lld", (long long)id),
                        "is no order of this shop");
    json_open_object(w, NULL);
    json_put_row(w, "order", reads[0].rows, 0);
    for (size_t i = 1; i < sizeof reads / sizeof *reads; i++)
        json_put_rows(w, lists[i], reads[i].rows);
    json_close_object(w);
    return ST_OK;
}
