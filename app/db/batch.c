/* Many people's reads in one round trip: the answer to a database that is one socket away (ARCHITECTURE §4). */
#include "db/internal.h"

static void run_alone(struct db_job *job, struct db *db)
{
    struct db *before = job->c->db;

    job->c->db = db;
    job->status = db_rows(job->c, job->query, job->params, job->count, &job->rows);
    job->c->db = before;
}

/* Sends every job, each behind its own shop's setting; false when the round trip failed for any of them. */
static bool run_together(struct db *db, struct db_job *jobs, size_t n)
{
    struct ctx *c = jobs[0].c;
    struct step *steps = arena_array(&c->arena, n * 2, sizeof *steps);
    struct param *shops = arena_array(&c->arena, n, sizeof *shops);
    PGresult **results = arena_array(&c->arena, n * 2, sizeof(PGresult *));
    size_t *places = arena_array(&c->arena, n, sizeof(size_t));
    int64_t shop = 0;
    size_t count = 0;
    struct db *before = c->db;
    enum status status;

    for (size_t i = 0; i < n; i++) {
        if (jobs[i].c->who.shop_id != shop) {
            shop = jobs[i].c->who.shop_id;
            shops[i] = TEXT(arena_printf(&c->arena, "%lld", (long long)shop));
            steps[count++] = (struct step){ &q_shop_set, &shops[i], 1 };
        }
        places[i] = count;
        steps[count++] = (struct step){ jobs[i].query, jobs[i].params, jobs[i].count };
    }
    c->db = db;
    status = db_ready(c);
    if (status == ST_OK)
        status = db_send(c, steps, count, results);
    c->db = before;
    if (status != ST_OK) {
        ctx_forgive(c);
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        struct rows *rows = arena_alloc(&c->arena, sizeof *rows);

        rows->result = results[places[i]];
        jobs[i].rows = rows;
        jobs[i].status = ST_OK;
    }
    return true;
}

void db_read_batch(struct db *db, struct db_job *jobs, size_t n)
{
    if (n > 1 && run_together(db, jobs, n))
        return;
    /* One job's failure would be everyone's in a shared transaction: each runs again by itself. */
    for (size_t i = 0; i < n; i++)
        run_alone(&jobs[i], db);
}
