/* The upkeep. What is old is decided by the database's own function: the service may delete nothing by itself. */
#include "core/upkeep.h"

#include "core/audit.h"
#include "db/db.h"
#include "sql.h"

struct shop {
    int64_t id;
};

static const struct column upkeep_columns[] = { COLUMN(struct upkeep, removed), COLUMNS_END };
static const struct column shop_columns[] = { COLUMN(struct shop, id), COLUMNS_END };

/* So many steps at a time: each takes some seconds where there are ten million moves, and adds a season's use or a month. */
#define STEPS_AT_ONCE 20

struct step {
    bool done; /* there was something to add */
};

static const struct column step_columns[] = { COLUMN(struct step, done), COLUMNS_END };

/* Adds what is over of days and months to what reports read instead of the ledger. */
static enum status add_up(struct ctx *c, const struct query *query)
{
    struct step step = { .done = true };
    bool found;

    for (int i = 0; i < STEPS_AT_ONCE && step.done; i++)
        TRY(db_row(c, query, PARAMS(SHOP(c)), step_columns, &step, &found));
    return ST_OK;
}

/* What a statement removed, added to the rest. */
static enum status removed(struct ctx *c, const struct query *query, struct upkeep *done)
{
    struct upkeep row = { 0 };
    bool found;

    TRY(db_row(c, query, NO_PARAMS, upkeep_columns, &row, &found));
    done->removed += row.removed;
    return ST_OK;
}

enum status upkeep_run(struct ctx *c, struct upkeep *done)
{
    int64_t sealed;
    struct shop *shops;
    size_t n;

    *done = (struct upkeep){ 0 };
    TRY(db_all(c, &q_shop_list, NO_PARAMS, shop_columns, sizeof *shops, &shops, &n));
    for (size_t i = 0; i < n; i++) {
        c->who = (struct who){ .shop_id = shops[i].id };
        TRY(audit_seal(c, &sealed));
        done->sealed += sealed;
        TRY(add_up(c, &q_use_roll_up));
        TRY(add_up(c, &q_months_roll_up));
    }
    c->who = (struct who){ 0 };
    TRY(removed(c, &q_upkeep, done));
    return removed(c, &q_cds_upkeep, done);
}
