/* A round trip: one or several statements in libpq's pipeline mode, prepared on first use. */
#include <string.h>

#include "db/internal.h"

static void clear_result(void *result)
{
    PQclear(result);
}

static int send_one(struct ctx *c, const struct step *step)
{
    struct db *db = c->db;
    const struct query *query = step->query;
    const char **values = arena_array(&c->arena, step->count + 1, sizeof(const char *));

    for (size_t i = 0; i < step->count; i++)
        values[i] = param_text(&c->arena, &step->params[i]);
    if (!db->options.prepared)
        return PQsendQueryParams(db->connection, query->sql, (int)step->count, NULL, values, NULL, NULL, 0);
    return PQsendQueryPrepared(db->connection, query->name, (int)step->count, values, NULL, NULL, 0);
}

/* Takes one answer and the NULL behind it. NULL only when the connection is gone. A statement on its own is its own
   transaction: what its commit refuses (a deferred constraint) comes as a second answer behind the first, and counts. */
static PGresult *take(struct ctx *c)
{
    PGresult *result = PQgetResult(c->db->connection), *end;

    if (result == NULL)
        return NULL;
    arena_defer(&c->arena, clear_result, result);
    if (PQresultStatus(result) == PGRES_PIPELINE_SYNC)
        return result;
    while ((end = PQgetResult(c->db->connection)) != NULL) {
        arena_defer(&c->arena, clear_result, end);
        result = end;
    }
    return result;
}

static bool succeeded(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);

    return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
}

/* Takes the sync; in front of it may stand what the commit of an implicit transaction refused. */
static enum status take_sync(struct ctx *c, enum status status)
{
    PGresult *result = take(c);

    if (result != NULL && PQresultStatus(result) != PGRES_PIPELINE_SYNC) {
        if (status == ST_OK)
            status = db_fault(c, result);
        result = take(c);
    }
    return result == NULL ? db_fault(c, NULL) : status;
}

/* Takes the answers up to the sync, keeping the first failure. */
static enum status take_all(struct ctx *c, const struct step *steps, const bool *fresh, size_t n,
                            PGresult **results)
{
    struct db *db = c->db;
    enum status status = ST_OK;

    for (size_t i = 0; i < n; i++) {
        for (int part = fresh[i] ? 0 : 1; part < 2; part++) {
            PGresult *result = take(c);

            if (result == NULL)
                return db_fault(c, NULL);
            if (part == 1)
                results[i] = result;
            if (part == 0 && succeeded(result))
                db->prepared[steps[i].query->index] = true;
            if (!succeeded(result) && status == ST_OK)
                status = db_fault(c, result);
        }
    }
    return take_sync(c, status);
}

static enum status pipeline(struct ctx *c, const struct step *steps, size_t n, PGresult **results)
{
    struct db *db = c->db;
    bool *fresh = arena_array(&c->arena, n, sizeof(bool));
    bool on_its_way = PQenterPipelineMode(db->connection) == 1;
    enum status status;

    for (size_t i = 0; i < n && on_its_way; i++) {
        const struct query *query = steps[i].query;

        fresh[i] = db->options.prepared && !db->prepared[query->index];
        for (size_t k = 0; k < i && fresh[i]; k++)
            if (steps[k].query == query)
                fresh[i] = false;
        if (fresh[i])
            on_its_way = PQsendPrepare(db->connection, query->name, query->sql, 0, NULL) == 1;
        on_its_way = on_its_way && send_one(c, &steps[i]) == 1;
    }
    on_its_way = on_its_way && PQpipelineSync(db->connection) == 1;
    status = on_its_way ? take_all(c, steps, fresh, n, results) : db_fault(c, NULL);
    (void)PQexitPipelineMode(db->connection);
    return status;
}

/* One statement that is prepared already needs no pipeline. */
static enum status alone(struct ctx *c, const struct step *step, PGresult **result)
{
    if (send_one(c, step) != 1)
        return db_fault(c, NULL);
    *result = take(c);
    if (*result == NULL)
        return db_fault(c, NULL);
    return succeeded(*result) ? ST_OK : db_fault(c, *result);
}

enum status db_send(struct ctx *c, const struct step *steps, size_t n, PGresult **results)
{
    struct db *db = c->db;
    int64_t began = db_clock();
    enum status status;

    if (n == 1 && (!db->options.prepared || db->prepared[steps[0].query->index]))
        status = alone(c, &steps[0], &results[0]);
    else
        status = pipeline(c, steps, n, results);
    db->queries += (int)n;
    db->microseconds += db_clock() - began;
    return status;
}

enum { PRELUDE_MOST = 2 + LATER_MOST + 2 };

void db_forget(struct db *db)
{
    db->later_count = 0;
    db->last = (struct step){ 0 };
}

/* What must go before a statement: BEGIN if a transaction is wanted, the shop if it is not the one set, and what was left for
   later. */
static size_t prelude(struct ctx *c, struct step *steps, struct param *shop)
{
    struct db *db = c->db;
    size_t n = 0;

    if (db->tx == TX_WANTED)
        steps[n++] = (struct step){ db->tx_begin, NULL, 0 };
    if (c->who.shop_id != 0 && !(db->tx == TX_OPEN && db->tx_shop == c->who.shop_id)) {
        *shop = TEXT(arena_printf(&c->arena, "%lld", (long long)c->who.shop_id));
        steps[n++] = (struct step){ &q_shop_set, shop, 1 };
    }
    for (size_t i = 0; i < db->later_count; i++)
        steps[n++] = db->later[i];
    if (db->last.query != NULL) {
        steps[n++] = (struct step){ &q_commit_unlocks_early, NULL, 0 };
        steps[n++] = db->last;
        db->unlocks_early = true;
    }
    db_forget(db);
    return n;
}

static void begun(struct ctx *c)
{
    if (c->db->tx == TX_NONE)
        return;
    c->db->tx = TX_OPEN;
    c->db->tx_shop = c->who.shop_id;
}

enum status db_exec_all(struct ctx *c, const struct step *steps, size_t n, PGresult **results)
{
    struct step *all = arena_array(&c->arena, PRELUDE_MOST + n, sizeof *all);
    PGresult **answers = arena_array(&c->arena, PRELUDE_MOST + n, sizeof(PGresult *));
    struct param shop;
    size_t before;
    enum status status;

    TRY(db_ready(c));
    before = prelude(c, all, &shop);
    if (before + n == 0)
        return ST_OK;
    if (n > 0)
        memcpy(&all[before], steps, n * sizeof *steps);
    status = db_send(c, all, before + n, answers);
    begun(c);
    if (n > 0)
        memcpy(results, &answers[before], n * sizeof(PGresult *));
    return status;
}

enum status db_exec(struct ctx *c, const struct query *query, const struct param *params, size_t count,
                    PGresult **result)
{
    struct step step = { query, params, count };

    *result = NULL;
    return db_exec_all(c, &step, 1, result);
}

enum status db_settle(struct ctx *c)
{
    return db_exec_all(c, NULL, 0, NULL);
}

/* A statement that outlives the call that brought it. */
static struct step keep(struct ctx *c, const struct query *query, const struct param *params, size_t count)
{
    struct param *kept = arena_array(&c->arena, count, sizeof *kept);

    for (size_t i = 0; i < count; i++) {
        const char *text = param_text(&c->arena, &params[i]);

        kept[i] = text == NULL ? NONE() : TEXT(arena_text(&c->arena, text));
    }
    return (struct step){ query, kept, count };
}

enum status db_later(struct ctx *c, const struct query *query, const struct param *params, size_t count)
{
    struct db *db = c->db;

    if (db == NULL || db->tx == TX_NONE)
        return db_run(c, query, params, count);
    if (db->later_count == LATER_MOST)
        TRY(db_settle(c));
    db->later[db->later_count++] = keep(c, query, params, count);
    return ST_OK;
}

enum status db_last(struct ctx *c, const struct query *query, const struct param *params, size_t count)
{
    struct db *db = c->db;

    if (db == NULL || db->tx == TX_NONE)
        return db_run(c, query, params, count);
    if (db->last.query != NULL)
        TRY(db_settle(c));
    db->last = keep(c, query, params, count);
    return ST_OK;
}

enum status db_script(struct ctx *c, const char *script)
{
    PGresult *result;

    TRY(db_settle(c));
    result = PQexec(c->db->connection, script);
    if (result == NULL)
        return db_fault(c, NULL);
    arena_defer(&c->arena, clear_result, result);
    return succeeded(result) ? ST_OK : db_fault(c, result);
}
