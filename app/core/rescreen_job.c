/* The queue of what is screened again. A batch and how far it got are stored in one transaction, so a crash loses nothing and
   repeats nothing; a locked piece is skipped, so services share the work. */
#include "core/rescreen_job.h"

#include <stdlib.h>
#include <string.h>

#include "core/knowledge_db.h"
#include "core/rescreen.h"
#include "core/screening_parts.h"
#include "db/db.h"
#include "sql.h"

/* Patients from which planning anew (rescreen_by_index.sql, some 20 ms) is worth it: a changed patient is a piece of her own. */
enum { PLANNED_ANEW_FROM = 20 };

struct rescreener {
    rescreen_book *published;
    void *arg;
    struct knowledge *own; /* read for a changed rule book of own_shop; NULL: none */
    int64_t own_shop;
    char *seen; /* the database's snapshot `own` was read after */
};

struct id_row {
    int64_t id;
};

struct number_row {
    int64_t number;
};

struct seen_row {
    const char *seen;
};

struct job {
    int64_t id, after_patient_id, until_patient_id;
    const char *cause, *why;
    bool seen;
};

static const struct column id_columns[] = { COLUMN(struct id_row, id), COLUMNS_END };
static const struct column number_columns[] = { COLUMN(struct number_row, number), COLUMNS_END };
static const struct column seen_columns[] = { COLUMN(struct seen_row, seen), COLUMNS_END };
static const struct column job_columns[] = {
    COLUMN(struct job, id),
    COLUMN(struct job, cause),
    COLUMN(struct job, why),
    COLUMN(struct job, after_patient_id),
    COLUMN(struct job, until_patient_id),
    COLUMN(struct job, seen),
    COLUMNS_END,
};

enum status rescreen_request(struct ctx *c, const char *why)
{
    struct number_row made;
    bool found;

    return db_row(c, &q_rescreen_request, PARAMS(SHOP(c), TEXT(why), USER(c)), number_columns, &made, &found);
}

enum status rescreen_days(struct ctx *c)
{
    struct number_row made;
    bool found;

    return db_row(c, &q_rescreen_days, NO_PARAMS, number_columns, &made, &found);
}

struct rescreener *rescreener_open(rescreen_book *published, void *arg)
{
    struct rescreener *r = calloc(1, sizeof *r);

    if (r == NULL)
        arena_out_of_memory();
    r->published = published;
    r->arg = arg;
    return r;
}

void rescreener_rest(struct rescreener *r)
{
    if (r->own != NULL)
        knowledge_close(r->own);
    free(r->seen);
    r->own = NULL;
    r->seen = NULL;
}

void rescreener_close(struct rescreener *r)
{
    rescreener_rest(r);
    free(r);
}

/* The moment is taken before the rule book is read: whatever it saw is in the book. */
static enum status read_book(struct ctx *c, struct rescreener *r)
{
    struct seen_row row;
    bool found;

    rescreener_rest(r);
    TRY(db_row(c, &q_rescreen_snapshot, NO_PARAMS, seen_columns, &row, &found));
    TRY(knowledge_from_database(c, &r->own));
    r->own_shop = c->who.shop_id;
    r->seen = strdup(row.seen);
    if (r->seen == NULL)
        arena_out_of_memory();
    return ST_OK;
}

struct step {
    struct rescreener *rescreener;
    const char *seen; /* of the book for this shop; "" = none was read */
    struct job job;
    bool found, too_old;
};

struct storing {
    const char *knowledge_version;
    struct screening_cause cause;
};

/* What changed, and open orders whose screening is out of date, get a new screening. */
static enum status store(struct ctx *c, const struct rescreen_result *results, size_t count, void *arg)
{
    const struct storing *storing = arg;
    struct screening_new *list = arena_array(&c->arena, count, sizeof *list);
    struct screened *screened = arena_array(&c->arena, count, sizeof *screened);

    for (size_t i = 0; i < count; i++) {
        screened[i] = (struct screened){
            .findings = results[i].findings,
            .count = results[i].count,
            .critical_count = results[i].critical_count,
            .profile_version = results[i].profile_version,
        };
        list[i] = (struct screening_new){
            .prescription_id = results[i].prescription_id,
            .version = results[i].version,
            .patient_id = results[i].patient_id,
            .screened = &screened[i],
            .recipe = results[i].recipe,
        };
    }
    return screenings_store(c, storing->knowledge_version, list, count, storing->cause);
}

static enum status work(struct ctx *c, void *arg)
{
    struct step *step = arg;
    struct rescreener *r = step->rescreener;
    struct job *job = &step->job;
    struct rescreen_figures figures = { 0 };
    struct rescreen_scope scope;
    struct storing storing;
    const struct knowledge *book;
    bool finished, rule_book;

    TRY(db_row(c, &q_rescreen_next, PARAMS(SHOP(c), TEXT(step->seen)), job_columns, job, &step->found));
    step->too_old = step->found && !job->seen;
    if (!step->found || step->too_old)
        return ST_OK;
    rule_book = strcmp(job->cause, "rule_book") == 0;
    book = rule_book ? r->own : r->published(c, r->arg);
    scope = (struct rescreen_scope){ job->after_patient_id, job->until_patient_id };
    storing = (struct storing){ knowledge_version(&c->arena, book), { job->why, rule_book } };
    if (job->until_patient_id - job->after_patient_id > PLANNED_ANEW_FROM)
        TRY(db_run(c, &q_rescreen_by_index, NO_PARAMS));
    TRY(rescreen_batch(c, book, NULL, &scope, store, &storing, &figures, &finished));
    if (finished && strcmp(job->cause, "day") == 0)
        TRY(db_run(c, &q_work_items_end_courses, PARAMS(SHOP(c))));
    return db_run(c, &q_rescreen_progress,
                  PARAMS(SHOP(c), I64(job->id), I64(scope.after_patient_id), I64(figures.prescriptions),
                         I64(figures.raised), I64(figures.gone), BOOL(finished)));
}

/* Stores why a piece failed, and keeps the fault for the log. */
static void put_off(struct ctx *c, const struct job *job)
{
    const struct fault kept = c->fault;
    const char *cause = c->cause;
    const char *what = cause != NULL ? cause : kept.count > 0 ? kept.items[0].rule : status_word(kept.status);

    ctx_forgive(c);
    (void)!db_run(c, &q_rescreen_failed, PARAMS(SHOP(c), I64(job->id), TEXT(what)));
    c->fault = kept;
    c->cause = cause;
}

/* At most twice: once to learn that the rule book has to be read first. */
static enum status work_for_shop(struct ctx *c, struct rescreener *r, bool *worked)
{
    for (int attempt = 0; attempt < 2; attempt++) {
        struct step step = { .rescreener = r };
        enum status status;

        step.seen = r->own != NULL && r->own_shop == c->who.shop_id ? r->seen : "";
        status = db_tx(c, work, &step);
        if (status != ST_OK) {
            if (step.found)
                put_off(c, &step.job);
            return status;
        }
        *worked = step.found && !step.too_old;
        if (!step.too_old)
            return ST_OK;
        TRY(read_book(c, r));
    }
    return ST_OK;
}

enum status rescreener_step(struct ctx *c, struct rescreener *r, bool *worked)
{
    struct id_row *shops;
    size_t n;

    *worked = false;
    TRY(db_all(c, &q_rescreen_due, NO_PARAMS, id_columns, sizeof *shops, &shops, &n));
    for (size_t i = 0; i < n && !*worked; i++) {
        c->who = (struct who){ .shop_id = shops[i].id };
        TRY(work_for_shop(c, r, worked));
    }
    return ST_OK;
}
