/* PostgreSQL: connecting, running the statements of app/sql, transactions with retry. The only includer of libpq.

   Every statement runs with the transaction-local setting yaofang.shop_id = ctx->who.shop_id, which row-level security
   reads; it travels in the same round trip. A failure is recorded in the context: constraint violations become the
   status, field and rule of db/constraint.c; a lost connection or a lock that took too long becomes ST_BUSY; anything
   else ST_BROKEN with the server's words in ctx->cause. */
#ifndef YAOFANG_DB_DB_H
#define YAOFANG_DB_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/column.h"
#include "base/ctx.h"
#include "db/query.h"

/* A parameter: built by the makers below, sent as text and typed by the statement. */
struct param {
    enum {
        PARAM_NULL,
        PARAM_I64,
        PARAM_TEXT,
        PARAM_BOOL,
        PARAM_DATE,
        PARAM_INSTANT,
        PARAM_I64_LIST,
        PARAM_TEXT_LIST
    } kind;
    int64_t number;
    const char *text;
    const void *list;
    size_t count;
};

static inline struct param NONE(void) {
    return (struct param){ .kind = PARAM_NULL };
} static inline struct param I64(int64_t number) {
    return (struct param){ .kind = PARAM_I64, .number = number };
}
/* NULL when the id is 0. */
static inline struct param
I64_OR_NULL(int64_t number) {
    return (struct param){ .kind = number == 0 ? PARAM_NULL : PARAM_I64, .number = number };
} static inline struct param TEXT(const char *text) {
    return (struct param){ .kind = PARAM_TEXT, .text = text };
}
/* NULL when the text is NULL or empty. */
static inline struct param
TEXT_OR_NULL(const char *text) {
    return (struct param){ .kind = text == NULL || *text == '\0' ? PARAM_NULL : PARAM_TEXT, .text = text };
} static inline struct param BOOL(bool flag) {
    return (struct param){ .kind = PARAM_BOOL, .number = flag };
}
/* NULL when DATE_NONE. */
static inline struct param
DATE(struct date date) {
    return (struct param){ .kind = date_is_none(date) ? PARAM_NULL : PARAM_DATE, .number = date.days };
}
/* NULL when 0. */
static inline struct param
INSTANT(struct instant instant) {
    return (struct param){ .kind = instant.us == 0 ? PARAM_NULL : PARAM_INSTANT, .number = instant.us };
} static inline struct param WEIGHT(struct weight weight) {
    return I64(weight.mg);
} static inline struct param MONEY(struct money money) {
    return I64(money.cents);
}
/* A PostgreSQL array: cast it in the statement ($2::bigint[], $3::text[]). A NULL text is a NULL element. */
static inline struct param
I64S(const int64_t *list, size_t count) {
    return (struct param){ .kind = PARAM_I64_LIST, .list = list, .count = count };
} static inline struct param TEXTS(const char *const *list, size_t count) {
    return (struct param){ .kind = PARAM_TEXT_LIST, .list = list, .count = count };
}
/* A list of texts as PostgreSQL writes an array, for an element of a list that is cast to an array itself. */
const char *
texts_text(struct arena *arena, const char *const *list, size_t count);
#define SHOP(c) I64((c)->who.shop_id)
#define USER(c) I64_OR_NULL((c)->who.user_id)

#define PARAMS(...) \
    (struct param[]){ __VA_ARGS__ }, sizeof((struct param[]){ __VA_ARGS__ }) / sizeof(struct param)
#define NO_PARAMS NULL, (size_t)0

struct db_options {
    const char *url;  /* libpq connection string or URL; may name several hosts */
    const char *role; /* SET ROLE after connecting when the login is another; NULL = stay as logged in */
    bool prepared;    /* named prepared statements (false behind old poolers) */
    bool
        by_index; /* where there is an index it is taken, however small a table is today: for statements that look rows up */
    int statement_timeout_ms; /* 0 = the server's */
    int lock_timeout_ms;      /* 0 = the server's */
};

/* Connects. The handle is closed by db_close, or with the arena if `c` owns it (db_open_owned). */
enum status db_open(struct ctx *c, const struct db_options *options, struct db **db) MUST_CHECK;
void db_close(struct db *db);

/* Opens a connection into c->db that closes with the context's arena: for commands and tests. */
enum status db_open_owned(struct ctx *c, const struct db_options *options) MUST_CHECK;

/* Runs a statement for its effect. `changed` (may be NULL) gets the number of rows touched. */
enum status db_run(struct ctx *c, const struct query *query, const struct param *params,
                   size_t count) MUST_CHECK;
enum status db_change(struct ctx *c, const struct query *query, const struct param *params, size_t count,
                      size_t *changed) MUST_CHECK;

/* Runs a statement for its effect in the round trip of the next one of the transaction, or of its commit: for what nobody
   waits for, such as the audit trail. What it violates is reported by what it travels with. Outside a transaction it is
   db_run. */
enum status db_later(struct ctx *c, const struct query *query, const struct param *params,
                     size_t count) MUST_CHECK;

/* The same, behind all that is for later, however late that comes: for one statement that takes locks others wait for. The commit then
   lets them go before the disk has it; db_tx returns when the disk has it. Nothing can come to the disk that builds on it before it
   does: the log is one. */
enum status db_last(struct ctx *c, const struct query *query, const struct param *params,
                    size_t count) MUST_CHECK;

/* Exactly one row into *row by the column table; `found` false when there is none. Columns the table does not name are
   ignored; a column of the table that the result lacks is ST_BROKEN. */
enum status db_row(struct ctx *c, const struct query *query, const struct param *params, size_t count,
                   const struct column *columns, void *row, bool *found) MUST_CHECK;

/* All rows, as a list of structs of `size` bytes in the arena (*rows is a pointer to that struct type). */
enum status db_all(struct ctx *c, const struct query *query, const struct param *params, size_t count,
                   const struct column *columns, size_t size, void *rows, size_t *n) MUST_CHECK;

/* A result whose columns C does not know: for forwarding rows to JSON, CSV or a sheet. */
struct rows;
enum db_type { DB_TEXT, DB_NUMBER, DB_BOOL, DB_DATE, DB_INSTANT, DB_JSON };
enum status db_rows(struct ctx *c, const struct query *query, const struct param *params, size_t count,
                    const struct rows **rows) MUST_CHECK;
size_t rows_count(const struct rows *rows);
size_t rows_width(const struct rows *rows);
const char *rows_name(const struct rows *rows, size_t column);
enum db_type rows_type(const struct rows *rows, size_t column);
const char *rows_cell(const struct rows *rows, size_t row, size_t column); /* NULL for SQL NULL */
/* By the column's name; NULL also when there is no such column. */
const char *rows_named(const struct rows *rows, size_t row, const char *column);

/* Several statements of one context in one round trip, in order; each gets its rows. */
struct db_read {
    const struct query *query;
    const struct param *params;
    size_t count;
    const struct rows *rows;
};
enum status db_rows_together(struct ctx *c, struct db_read *reads, size_t n) MUST_CHECK;

/* Calls `each` per row as it arrives, for results too long to hold (reports). Must be inside db_tx or alone on the
   connection; `each` must not use c->db. Stops at the first failure. */
typedef enum status rows_visitor(struct ctx *c, const struct rows *one, void *arg);
enum status db_each(struct ctx *c, const struct query *query, const struct param *params, size_t count,
                    rows_visitor *each, void *arg) MUST_CHECK;

/* Several contexts' reads in one round trip. All of it is one transaction, so reads only. Each job's status and rows
   are its own. */
struct db_job {
    struct ctx *c;
    const struct query *query;
    const struct param *params;
    size_t count;
    enum status status;
    const struct rows *rows;
};
void db_read_batch(struct db *db, struct db_job *jobs, size_t n);

/* Runs `body` in a READ COMMITTED transaction and commits when it returns ST_OK. Retries on serialization failure,
   deadlock, and a connection lost before commit. Within a transaction it just calls `body`: transactions join.
   `body` may run more than once, so its only effects are in the database and in what it overwrites in `arg`. */
typedef enum status tx_body(struct ctx *c, void *arg);
enum status db_tx(struct ctx *c, tx_body *body, void *arg) MUST_CHECK;

/* From within db_tx: when the outermost transaction is given up for `on`, `body` runs in one of its own, to keep what a refusal has
   found out. The refusal is what the caller gets all the same: in its own words, or in those that `body` has noted (ctx_note)
   when it returned ST_OK; what `body` fails with is not told. `arg` is on the arena. */
void db_tx_failed(struct ctx *c, enum status on, tx_body *body, void *arg);

/* For such a body: what the database said in detail when it refused something for breaking `constraint` (RAISE … DETAIL); NULL when
   it said nothing, or its last refusal was another. */
const char *db_refusal(const struct ctx *c, const char *constraint);

/* The same, but everything is given up at the end: what a change would do, refused by all that refuses the change itself (but what is
   looked at only when it is committed). Joins no other transaction. */
enum status db_tx_try(struct ctx *c, tx_body *body, void *arg) MUST_CHECK;

/* The same as db_tx, REPEATABLE READ READ ONLY: a report sees one moment. */
enum status db_tx_snapshot(struct ctx *c, tx_body *body, void *arg) MUST_CHECK;

/* How many statements this connection ran and the time they took, since the last call: for the log line. */
void db_take_figures(struct db *db, int *queries, int64_t *microseconds);

/* LISTEN on a channel, and waiting for a word on it: true when one came within the time; `plain` when one of them came without
   saying more. */
enum status db_listen(struct ctx *c, const char *channel) MUST_CHECK;
bool db_wait(struct db *db, int milliseconds, bool *plain);

/* Whether the connection is gone; what is run next re-opens it, but it listens no more. */
bool db_lost(const struct db *db);

/* Prepares every statement of the program: the test that keeps .sql files and schema together. Names each that fails. */
enum status db_prepare_all(struct ctx *c) MUST_CHECK;

#endif
