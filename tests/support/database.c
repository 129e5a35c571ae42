/* CREATE DATABASE runs outside transactions, so it goes through libpq itself; all else through the program's own layer. */
#include "support/database.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/asset.h"
#include "core/person.h"
#include "core/seed.h"
#include "db/db.h"
#include "db/migrate.h"

#define TEMPLATE "yaofang_test_template"
#define DEMO_SHOP "arcana-herbs-shop"

static _Noreturn void give_up(const char *what, const char *why)
{
    fprintf(stderr, "tests/support/database: %s: %s\n", what, why);
    abort();
}

const char *database_url(const char *name, enum test_login login)
{
    static const char *const variables[] = {
        [TEST_APP] = "DATABASE_URL",
        [TEST_OWNER] = "DATABASE_OWNER_URL",
        [TEST_SUPER] = "DATABASE_SUPER_URL",
    };
    static _Thread_local char url[1000];
    const char *base = getenv(variables[login]);

    if (base == NULL)
        give_up(variables[login], "is not set: run the tests by `make db`");
    (void)snprintf(url, sizeof url, "%s dbname=%s", base, name);
    return url;
}

static void run_outside(PGconn *connection, const char *sql)
{
    PGresult *result = PQexec(connection, sql);

    if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK)
        give_up(sql, PQerrorMessage(connection));
    PQclear(result);
}

static PGconn *connect_outside(void)
{
    PGconn *connection = PQconnectdb(database_url("postgres", TEST_SUPER));

    if (PQstatus(connection) != CONNECTION_OK)
        give_up("postgres", PQerrorMessage(connection));
    run_outside(connection, "SET client_min_messages = warning");
    return connection;
}

static void create(PGconn *connection, const char *name, const char *from)
{
    char sql[400];

    (void)snprintf(sql, sizeof sql, "DROP DATABASE IF EXISTS %s WITH (FORCE)", name);
    run_outside(connection, sql);
    (void)snprintf(sql, sizeof sql, "CREATE DATABASE %s OWNER yaofang_owner TEMPLATE %s", name, from);
    run_outside(connection, sql);
}

static bool exists(PGconn *connection, const char *name)
{
    const char *values[] = { name };
    PGresult *result = PQexecParams(connection, "SELECT FROM pg_database WHERE datname = $1", 1, NULL, values,
                                    NULL, NULL, 0);
    bool found = PQntuples(result) == 1;

    PQclear(result);
    return found;
}

static void fill_template(const char *name)
{
    const struct db_options options = { .url = database_url(name, TEST_OWNER), .prepared = true };
    struct seed_report report;
    struct ctx c;
    size_t applied;

    ctx_init(&c);
    if (db_open_owned(&c, &options) != ST_OK || migrate(&c, assets_schema, &applied) != ST_OK ||
        seed_load(&c, true, &report) != ST_OK) {
        if (c.cause != NULL)
            fprintf(stderr, "%s\n", c.cause);
        give_up("template", fault_text(&c));
    }
    ctx_close(&c);
}

/* One process makes the template under a lock; it takes its name only when it is whole. */
static void make_template(PGconn *connection)
{
    run_outside(connection, "SELECT pg_advisory_lock(1)");
    if (!exists(connection, TEMPLATE)) {
        create(connection, TEMPLATE "_new", "template0");
        fill_template(TEMPLATE "_new");
        run_outside(connection, "ALTER DATABASE " TEMPLATE "_new RENAME TO " TEMPLATE);
    }
    run_outside(connection, "SELECT pg_advisory_unlock(1)");
}

void database_fresh(const char *name)
{
    PGconn *connection = connect_outside();

    make_template(connection);
    create(connection, name, TEMPLATE);
    PQfinish(connection);
}

void database_empty(const char *name)
{
    PGconn *connection = connect_outside();

    create(connection, name, "template0");
    PQfinish(connection);
}

void database_open_test(struct ctx *c, const char *name, enum test_login login)
{
    const struct db_options options = { .url = database_url(name, login), .lock_timeout_ms = 20000 };

    ctx_init(c);
    if (db_open_owned(c, &options) != ST_OK)
        give_up(name, c->cause == NULL ? "cannot be opened" : c->cause);
    if (login == TEST_APP)
        c->who.shop_id = sql_number(c, "SELECT id FROM shop_list() WHERE slug = '" DEMO_SHOP "'");
}

void act_as(struct ctx *c, const char *username)
{
    if (person_act_as(c, username, DEMO_SHOP) != ST_OK)
        give_up(username, fault_text(c));
}

enum status sql_try(struct ctx *c, const char *sql)
{
    const struct query query = { .name = "test", .sql = sql, .index = 0 };

    return db_run(c, &query, NO_PARAMS);
}

void sql_must(struct ctx *c, const char *sql)
{
    if (sql_try(c, sql) != ST_OK)
        give_up(sql, c->cause == NULL ? fault_text(c) : c->cause);
}

int64_t sql_number(struct ctx *c, const char *sql)
{
    const struct query query = { .name = "test", .sql = sql, .index = 0 };
    const struct rows *rows;

    if (db_rows(c, &query, NO_PARAMS, &rows) != ST_OK)
        give_up(sql, c->cause == NULL ? fault_text(c) : c->cause);
    if (rows_count(rows) != 1 || rows_cell(rows, 0, 0) == NULL)
        give_up(sql, "gave not one number");
    return strtoll(rows_cell(rows, 0, 0), NULL, 10);
}

const char *fault_text(struct ctx *c)
{
    const struct fault_item *item = c->fault.count == 0 ? NULL : &c->fault.items[0];

    if (item == NULL)
        return "no fault";
    return arena_printf(&c->arena, "%s \"%s\": %s", item->field == NULL ? "-" : item->field,
                        item->value == NULL ? "" : item->value, item->rule);
}
