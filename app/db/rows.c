/* Running statements and mapping their rows to structs by column tables. */
#include "base/text.h"
#include "db/internal.h"

static void clear_rows(void *result)
{
    PQclear(result);
}

/* A count of rows touched, from the command tag. */
static size_t touched(PGresult *result)
{
    size_t n = 0;

    for (const char *tag = PQcmdTuples(result); *tag >= '0' && *tag <= '9'; tag++)
        n = n * 10 + (size_t)(*tag - '0');
    return n;
}

enum status db_run(struct ctx *c, const struct query *query, const struct param *params, size_t count)
{
    PGresult *result;

    return db_exec(c, query, params, count, &result);
}

enum status db_change(struct ctx *c, const struct query *query, const struct param *params, size_t count,
                      size_t *changed)
{
    PGresult *result;

    TRY(db_exec(c, query, params, count, &result));
    *changed = touched(result);
    return ST_OK;
}

/* Where each column of the table stands in the result. */
static enum status places_of(struct ctx *c, const struct query *query, const PGresult *result,
                             const struct column *columns, int **places)
{
    size_t n = 0;

    while (columns[n].name != NULL)
        n++;
    *places = arena_array(&c->arena, n + 1, sizeof(int));
    for (size_t i = 0; i < n; i++) {
        (*places)[i] = PQfnumber(result, columns[i].name);
        if ((*places)[i] < 0)
            return ctx_fail(c, ST_BROKEN, columns[i].name, NULL, "is missing from the result of %s",
                            query->name);
    }
    return ST_OK;
}

static enum status read_row(struct ctx *c, const PGresult *result, int at, const struct column *columns,
                            const int *places, void *row)
{
    for (size_t i = 0; columns[i].name != NULL; i++) {
        const char *cell = PQgetisnull(result, at, places[i]) ? NULL : PQgetvalue(result, at, places[i]);

        TRY(column_read(c, &columns[i], cell, row));
    }
    return ST_OK;
}

enum status db_row(struct ctx *c, const struct query *query, const struct param *params, size_t count,
                   const struct column *columns, void *row, bool *found)
{
    PGresult *result;
    int *places;

    TRY(db_exec(c, query, params, count, &result));
    *found = PQntuples(result) > 0;
    if (!*found)
        return ST_OK;
    if (PQntuples(result) > 1)
        return ctx_fail(c, ST_BROKEN, NULL, NULL, "%s gave %d rows where one was asked for", query->name,
                        PQntuples(result));
    TRY(places_of(c, query, result, columns, &places));
    return read_row(c, result, 0, columns, places, row);
}

enum status db_all(struct ctx *c, const struct query *query, const struct param *params, size_t count,
                   const struct column *columns, size_t size, void *rows, size_t *n)
{
    PGresult *result;
    int *places;
    char *list;

    TRY(db_exec(c, query, params, count, &result));
    TRY(places_of(c, query, result, columns, &places));
    *n = (size_t)PQntuples(result);
    list = arena_array(&c->arena, *n, size);
    for (size_t i = 0; i < *n; i++)
        TRY(read_row(c, result, (int)i, columns, places, list + i * size));
    *(void **)rows = list;
    return ST_OK;
}

enum status db_rows(struct ctx *c, const struct query *query, const struct param *params, size_t count,
                    const struct rows **rows)
{
    struct rows *out = arena_alloc(&c->arena, sizeof *out);

    TRY(db_exec(c, query, params, count, &out->result));
    *rows = out;
    return ST_OK;
}

enum status db_rows_together(struct ctx *c, struct db_read *reads, size_t n)
{
    struct step *steps = arena_array(&c->arena, n, sizeof *steps);
    PGresult **results = arena_array(&c->arena, n, sizeof(PGresult *));
    struct rows *out = arena_array(&c->arena, n, sizeof *out);

    for (size_t i = 0; i < n; i++)
        steps[i] = (struct step){ reads[i].query, reads[i].params, reads[i].count };
    TRY(db_exec_all(c, steps, n, results));
    for (size_t i = 0; i < n; i++) {
        out[i].result = results[i];
        reads[i].rows = &out[i];
    }
    return ST_OK;
}

size_t rows_count(const struct rows *rows)
{
    return (size_t)PQntuples(rows->result);
}

size_t rows_width(const struct rows *rows)
{
    return (size_t)PQnfields(rows->result);
}

const char *rows_name(const struct rows *rows, size_t column)
{
    return PQfname(rows->result, (int)column);
}

/* The types our statements return, by the object ids PostgreSQL fixes in pg_type.dat. */
enum db_type rows_type(const struct rows *rows, size_t column)
{
    switch (PQftype(rows->result, (int)column)) {
    case 16:
        return DB_BOOL;
    case 20:
    case 21:
    case 23:
    case 1700:
        return DB_NUMBER;
    case 1082:
        return DB_DATE;
    case 1184:
        return DB_INSTANT;
    case 114:
    case 3802:
        return DB_JSON;
    default:
        return DB_TEXT;
    }
}

const char *rows_cell(const struct rows *rows, size_t row, size_t column)
{
    if (PQgetisnull(rows->result, (int)row, (int)column))
        return NULL;
    return PQgetvalue(rows->result, (int)row, (int)column);
}

struct each {
    const struct query *query;
    const struct param *params;
    size_t count;
    rows_visitor *visit;
    void *arg;
};

/* Takes what is left of an answer, so that the connection can be used again. */
static void drain(struct ctx *c)
{
    PGresult *result;

    while ((result = PQgetResult(c->db->connection)) != NULL)
        PQclear(result);
}

static enum status each_row(struct ctx *c, void *arg)
{
    struct each *each = arg;
    PGconn *connection = c->db->connection;
    const char **values = arena_array(&c->arena, each->count + 1, sizeof(const char *));
    enum status status = ST_OK;
    struct rows one;

    TRY(db_settle(c));
    for (size_t i = 0; i < each->count; i++)
        values[i] = param_text(&c->arena, &each->params[i]);
    if (PQsendQueryParams(connection, each->query->sql, (int)each->count, NULL, values, NULL, NULL, 0) != 1 ||
        PQsetSingleRowMode(connection) != 1)
        return db_fault(c, NULL);
    while (status == ST_OK && (one.result = PQgetResult(connection)) != NULL) {
        if (PQresultStatus(one.result) == PGRES_SINGLE_TUPLE)
            status = each->visit(c, &one, each->arg);
        else if (PQresultStatus(one.result) != PGRES_TUPLES_OK)
            status = db_fault(c, one.result);
        PQclear(one.result);
    }
    drain(c);
    return status;
}

const char *rows_named(const struct rows *rows, size_t row, const char *column)
{
    int place = PQfnumber(rows->result, column);

    return place < 0 ? NULL : rows_cell(rows, row, (size_t)place);
}

enum status db_each(struct ctx *c, const struct query *query, const struct param *params, size_t count,
                    rows_visitor *visit, void *arg)
{
    struct each each = { query, params, count, visit, arg };

    TRY(db_ready(c));
    return c->db->tx == TX_NONE ? db_tx_snapshot(c, each_row, &each) : each_row(c, &each);
}

enum status db_prepare_all(struct ctx *c)
{
    TRY(db_ready(c));
    for (int i = 0; i < QUERY_COUNT; i++) {
        PGresult *result = PQprepare(c->db->connection, "", all_queries[i]->sql, 0, NULL);

        if (result == NULL)
            return db_fault(c, NULL);
        arena_defer(&c->arena, clear_rows, result);
        if (PQresultStatus(result) != PGRES_COMMAND_OK)
            ctx_note(c, ST_BROKEN, all_queries[i]->name, NULL, "%s", PQresultErrorMessage(result));
    }
    return ctx_fault_or_ok(c);
}
