/* Transactions that join, and the one retry loop. */
#include <time.h>

#include "db/internal.h"

enum { ATTEMPTS = 6 };

static enum status commit(struct ctx *c)
{
    const struct step steps[] = { { &q_transaction_commit, NULL, 0 },
                                  { &q_commit_reaches_the_disk, NULL, 0 } };
    const bool early = c->db->unlocks_early || c->db->last.query != NULL;
    PGresult *results[2];
    enum status status;

    if (c->db->tx != TX_OPEN && c->db->later_count == 0 && c->db->last.query == NULL)
        return ST_OK;
    status = db_exec_all(c, steps, early ? 2 : 1, results);
    if (status == ST_OK || !db_lost(c->db))
        return status;
    /* Whether it was committed is unknown: only the caller's idempotency key may try again. */
    c->db->soft = false;
    ctx_forgive(c);
    return ctx_fail(c, ST_BUSY, "database", NULL,
                    "was lost while saving; ask again with the same Idempotency-Key to learn the outcome");
}

static void roll_back(struct ctx *c)
{
    struct fault kept = c->fault;
    const char *cause = c->cause;
    bool soft = c->db->soft;
    PGresult *result;
    struct step step = { &q_transaction_rollback, NULL, 0 };

    db_forget(c->db);
    if (c->db->tx == TX_OPEN && !db_lost(c->db))
        (void)!db_send(c, &step, 1, &result);
    c->fault = kept;
    c->cause = cause;
    c->db->soft = soft;
}

/* 2 ms, doubled each time, with jitter from the clock so that two losers do not meet again. */
static void wait_before(int attempt)
{
    int64_t us = (INT64_C(2000) << attempt) + db_clock() % 2000;
    struct timespec pause = { 0, us * 1000 };

    (void)nanosleep(&pause, NULL);
}

enum outcome { KEEP, GIVE_UP };

static enum status transaction(struct ctx *c, const struct query *begin, enum outcome outcome, tx_body *body,
                               void *arg);

/* What a refusal leaves behind; it stays a refusal, in its own words or in better ones. */
static void act_afterwards(struct ctx *c)
{
    struct fault kept = c->fault;
    const char *cause = c->cause;
    tx_body *body = c->db->afterwards.body;
    void *arg = c->db->afterwards.arg;

    c->fault = (struct fault){ 0 };
    if (transaction(c, &q_transaction_begin, KEEP, body, arg) != ST_OK || c->fault.count == 0)
        c->fault = kept;
    c->cause = cause;
}

static enum status transaction(struct ctx *c, const struct query *begin, enum outcome outcome, tx_body *body,
                               void *arg)
{
    struct db *db = c->db;
    enum status status = ST_OK;

    if (db == NULL)
        return ctx_fail(c, ST_BUSY, "database", NULL, "is not connected");
    if (db->tx != TX_NONE)
        return body(c, arg);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        if (attempt > 0) {
            ctx_forgive(c);
            wait_before(attempt);
        }
        db->tx = TX_WANTED;
        db->tx_begin = begin;
        db_forget(db);
        db->unlocks_early = false;
        db->soft = false;
        db->afterwards.body = NULL;
        status = body(c, arg);
        if (status == ST_OK && outcome == KEEP)
            status = commit(c);
        if (status != ST_OK || outcome == GIVE_UP)
            roll_back(c);
        db->tx = TX_NONE;
        if (status == ST_OK || !db->soft)
            break;
    }
    if (status != ST_OK && db->afterwards.body != NULL && db->afterwards.on == status)
        act_afterwards(c);
    return status;
}

void db_tx_failed(struct ctx *c, enum status on, tx_body *body, void *arg)
{
    c->db->afterwards.on = on;
    c->db->afterwards.body = body;
    c->db->afterwards.arg = arg;
}

enum status db_tx(struct ctx *c, tx_body *body, void *arg)
{
    if (c->db != NULL && c->db->tx == TX_NONE)
        c->db->refusal.constraint = NULL; /* said to somebody else */
    return transaction(c, &q_transaction_begin, KEEP, body, arg);
}

enum status db_tx_snapshot(struct ctx *c, tx_body *body, void *arg)
{
    return transaction(c, &q_transaction_begin_snapshot, KEEP, body, arg);
}

enum status db_tx_try(struct ctx *c, tx_body *body, void *arg)
{
    if (c->db != NULL && c->db->tx != TX_NONE)
        return ctx_fail(c, ST_BROKEN, "transaction", NULL, "is under way: what is only tried cannot join it");
    return transaction(c, &q_transaction_begin, GIVE_UP, body, arg);
}
