/* What the files of db share and nobody else sees. */
#ifndef YAOFANG_DB_INTERNAL_H
#define YAOFANG_DB_INTERNAL_H

#include <libpq-fe.h>

#include "db/db.h"
#include "sql.h"

enum tx_state { TX_NONE, TX_WANTED /* BEGIN travels with the first statement */, TX_OPEN };

/* One statement of a round trip. */
struct step {
    const struct query *query;
    const struct param *params;
    size_t count;
};

enum { LATER_MOST = 8 };

struct db {
    PGconn *connection;
    struct db_options options;
    bool prepared[QUERY_COUNT];
    enum tx_state tx;
    const struct query *tx_begin;  /* which BEGIN is wanted */
    int64_t tx_shop;               /* the shop set in the open transaction */
    struct step later[LATER_MOST]; /* of the transaction, waiting for a round trip */
    size_t later_count;
    struct step last; /* behind those; query NULL: none */
    bool
        unlocks_early; /* the open transaction commits before the disk has it; that is waited for behind it */
    bool soft;         /* the last failure may be tried again in a new transaction */
    bool gone;         /* libpq failed without a word of the server's, and may not have noticed itself */
    struct {
        enum status on;
        tx_body *body;
        void *arg;
    } afterwards; /* db_tx_failed */
    struct {
        const char *constraint, *detail;
    } refusal; /* db_refusal: in the arena of the context whose transaction it was */
    int queries;
    int64_t microseconds;
};

struct rows {
    PGresult *result;
};

/* Makes sure there is a live connection with its session set up; reconnects outside transactions. */
enum status db_ready(struct ctx *c) MUST_CHECK;

/* Sends the steps in one round trip, in order, as one transaction unless one is open. results[i] is step i's; they are
   cleared with the arena. On failure the context has the fault. */
enum status db_send(struct ctx *c, const struct step *steps, size_t n, PGresult **results) MUST_CHECK;

/* db_send of one statement with what must go before it: BEGIN, the shop, what was left for later. */
enum status db_exec(struct ctx *c, const struct query *query, const struct param *params, size_t count,
                    PGresult **result) MUST_CHECK;

/* The same for n statements. */
enum status db_exec_all(struct ctx *c, const struct step *steps, size_t n, PGresult **results) MUST_CHECK;

/* Forgets what was left for later. */
void db_forget(struct db *db);

/* Sends what must go before a statement, so that the next one may be sent bare. */
enum status db_settle(struct ctx *c) MUST_CHECK;

/* Runs a script of several statements inside the open transaction. */
enum status db_script(struct ctx *c, const char *script) MUST_CHECK;

/* Turns a failed result (or, when NULL, the connection's error) into the context's fault. */
enum status db_fault(struct ctx *c, const PGresult *result);

/* The text of a parameter; NULL for SQL NULL. */
const char *param_text(struct arena *arena, const struct param *param);

/* The status, field and rule of a violated constraint; NULL when it has no row. */
struct constraint_rule {
    const char *name;
    enum status status;
    const char *field;
    const char *rule;
};
const struct constraint_rule *constraint_find(const char *name);
extern const struct constraint_rule constraint_sale_rules[]; /* its part for the shop counter */
extern const struct constraint_rule
    constraint_stock_rules[]; /* its part for stock: deliveries, counts, batches */
extern const struct constraint_rule
    constraint_bench_rules[]; /* its part for the bench: scales, printers, packets */
extern const struct constraint_rule
    constraint_order_rules[]; /* its part for orders: stops, waste, supplies, decoctions, returns */

/* Microseconds of a clock that only goes forward. */
int64_t db_clock(void);

#endif
