/* Waiting for NOTIFY: for rare things, such as the rule book having changed. */
#include <poll.h>
#include <string.h>

#include "db/internal.h"

enum status db_listen(struct ctx *c, const char *channel)
{
    char *name;
    PGresult *result;
    const char *statement;
    bool heard;

    TRY(db_ready(c));
    name = PQescapeIdentifier(c->db->connection, channel, strlen(channel));
    if (name == NULL)
        arena_out_of_memory();
    statement = arena_printf(&c->arena, "LISTEN %s", name);
    PQfreemem(name);
    result = PQexec(c->db->connection, statement);
    heard = PQresultStatus(result) == PGRES_COMMAND_OK;
    if (!heard)
        (void)db_fault(c, result);
    PQclear(result);
    return ctx_fault_or_ok(c);
}

bool db_wait(struct db *db, int milliseconds, bool *plain)
{
    struct pollfd socket = { .fd = PQsocket(db->connection), .events = POLLIN };
    PGnotify *word;
    bool came = false;

    *plain = false;
    if (poll(&socket, 1, milliseconds) > 0 && PQconsumeInput(db->connection) == 0)
        return false;
    while ((word = PQnotifies(db->connection)) != NULL) {
        *plain = *plain || *word->extra == '\0';
        PQfreemem(word);
        came = true;
    }
    return came;
}

bool db_lost(const struct db *db)
{
    return db->gone || PQstatus(db->connection) != CONNECTION_OK;
}
