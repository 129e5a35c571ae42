/* Opening, setting up and re-opening connections; turning what the server refuses into faults. */
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "db/internal.h"

int64_t db_clock(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void ignore_notice(void *arg, const PGresult *result)
{
    (void)arg;
    (void)result;
}

static enum status set_up(struct ctx *c)
{
    struct db *db = c->db;
    const struct param params[] = {
        TEXT(arena_printf(&c->arena, "%d", db->options.statement_timeout_ms)),
        TEXT(arena_printf(&c->arena, "%d", db->options.lock_timeout_ms)),
        TEXT(db->options.role == NULL ? "" : db->options.role),
        TEXT(db->options.by_index ? "off" : "on"),
    };
    PGresult *result;

    memset(db->prepared, 0, sizeof db->prepared);
    db->tx = TX_NONE;
    db->gone = false;
    return db_send(c, &(struct step){ &q_session_setup, params, 4 }, 1, &result);
}

enum status db_open(struct ctx *c, const struct db_options *options, struct db **out)
{
    const char *const names[] = { "dbname", "application_name", "client_encoding", "connect_timeout", NULL };
    const char *const values[] = { options->url, "yaofang", "UTF8", "10", NULL };
    struct db *before = c->db;
    struct db *db = calloc(1, sizeof *db);
    enum status status;

    if (db == NULL)
        arena_out_of_memory();
    db->options = *options;
    db->connection = PQconnectdbParams(names, values, 1);
    if (db->connection == NULL)
        arena_out_of_memory();
    c->db = db;
    if (PQstatus(db->connection) != CONNECTION_OK) {
        c->cause = arena_text(&c->arena, PQerrorMessage(db->connection));
        status = ctx_fail(c, ST_BUSY, "database", NULL, "cannot be reached");
    } else {
        (void)PQsetNoticeReceiver(db->connection, ignore_notice, NULL);
        status = set_up(c);
    }
    c->db = before;
    if (status != ST_OK) {
        db_close(db);
        return status;
    }
    *out = db;
    return ST_OK;
}

void db_close(struct db *db)
{
    if (db == NULL)
        return;
    PQfinish(db->connection);
    free(db);
}

static void close_deferred(void *db)
{
    db_close(db);
}

enum status db_open_owned(struct ctx *c, const struct db_options *options)
{
    TRY(db_open(c, options, &c->db));
    arena_defer(&c->arena, close_deferred, c->db);
    return ST_OK;
}

/* A server that ended or was restarted while nothing was asked of it has left its farewell in the socket: it is read before the
   next question goes out, so that nobody is told of it. */
static void hear_farewell(struct db *db)
{
    struct pollfd socket = { .fd = PQsocket(db->connection), .events = POLLIN };

    while (!db_lost(db) && poll(&socket, 1, 0) > 0)
        db->gone = PQconsumeInput(db->connection) == 0;
}

enum status db_ready(struct ctx *c)
{
    struct db *db = c->db;

    if (db == NULL)
        return ctx_fail(c, ST_BUSY, "database", NULL, "is not connected");
    if (db->tx != TX_OPEN)
        hear_farewell(db);
    if (!db_lost(db))
        return ST_OK;
    if (db->tx == TX_OPEN) {
        db->soft = true;
        return ctx_fail(c, ST_BUSY, "database", NULL, "connection was lost");
    }
    PQreset(db->connection);
    if (PQstatus(db->connection) != CONNECTION_OK) {
        db->soft = true;
        c->cause = arena_text(&c->arena, PQerrorMessage(db->connection));
        return ctx_fail(c, ST_BUSY, "database", NULL, "cannot be reached");
    }
    enum tx_state wanted = db->tx;

    TRY(set_up(c));
    db->tx = wanted;
    return ST_OK;
}

static const struct {
    const char *state; /* an SQLSTATE, or its class */
    enum status status;
    bool soft;
    const char *rule;
} states[] = {
    { "40001", ST_BUSY, true, "was changed by somebody else at the same moment; try again" },
    { "40P01", ST_BUSY, true, "was changed by somebody else at the same moment; try again" },
    { "55P03", ST_BUSY, false, "is locked by somebody else; try again" },
    { "57014", ST_BUSY, false, "took too long and was stopped" },
    { "57P", ST_BUSY, true, "is restarting; try again" },
    { "08", ST_BUSY, true, "connection was lost; try again" },
    { "53", ST_BUSY, false, "has no room left; try again later" },
    { "42501", ST_DENIED, false, "may not be changed that way" },
    { "22003", ST_INVALID, false, "is out of range" },
};

static enum status violated(struct ctx *c, const PGresult *result)
{
    const char *name = PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME);
    const struct constraint_rule *rule = name == NULL ? NULL : constraint_find(name);
    const char *detail = PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL);

    c->db->refusal.constraint = name == NULL ? NULL : arena_text(&c->arena, name);
    c->db->refusal.detail = detail == NULL ? NULL : arena_text(&c->arena, detail);
    if (rule == NULL)
        return ctx_fail(c, ST_CONFLICT, name, NULL, "breaks a rule of the database");
    return ctx_fail(c, rule->status, rule->field, NULL, "%s", rule->rule);
}

enum status db_fault(struct ctx *c, const PGresult *result)
{
    const char *state = result == NULL ? NULL : PQresultErrorField(result, PG_DIAG_SQLSTATE);

    c->cause = arena_text(&c->arena,
                          result == NULL ? PQerrorMessage(c->db->connection) : PQresultErrorMessage(result));
    /* A write into a connection whose other end has gone fails so, and libpq calls the connection good as long as anything that
       came before is left to read: the notice of a server that was killed, for one. */
    if (state == NULL) {
        c->db->gone = true;
        state = "08006";
    }
    if (strncmp(state, "23", 2) == 0)
        return violated(c, result);
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        if (strncmp(state, states[i].state, strlen(states[i].state)) != 0)
            continue;
        c->db->soft = states[i].soft;
        return ctx_fail(c, states[i].status, "database", NULL, "%s", states[i].rule);
    }
    return ctx_fail(c, ST_BROKEN, "database", NULL, "refused a statement (%s)", state);
}

const char *db_refusal(const struct ctx *c, const char *constraint)
{
    const char *last = c->db->refusal.constraint;

    return last != NULL && strcmp(last, constraint) == 0 ? c->db->refusal.detail : NULL;
}

void db_take_figures(struct db *db, int *queries, int64_t *microseconds)
{
    *queries = db->queries;
    *microseconds = db->microseconds;
    db->queries = 0;
    db->microseconds = 0;
}
