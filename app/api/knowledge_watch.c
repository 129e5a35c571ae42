/* Loads the rule book at start and again whenever the database says it changed. A new one that does not hold together is not
   published: the service goes on with the one it has, and says so in the log. The same thread does the upkeep,
   every few minutes and once more at the end. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "api/internal.h"
#include "base/date.h"
#include "base/log.h"
#include "core/knowledge_db.h"
#include "core/knowledge_seed.h"
#include "core/upkeep.h"

/* Whoever changes the rule book notifies on this channel (app/sql/knowledge_notify.sql). */
#define KNOWLEDGE_CHANNEL "knowledge_changed"

enum { UPKEEP_SECONDS = 300 };
enum { WAIT_MS = 250, RETRY_ROUNDS = 20 /* of WAIT_MS, after the database was lost */ };

struct knowledge_watch {
    struct api *api;
    struct db *db;   /* listens; NULL without a database or while it is lost */
    int64_t kept_us; /* when the upkeep was last done; 0: not yet */
    bool running;
    pthread_t thread;
    atomic_bool stop;
};

static enum status load(struct ctx *c, struct api *api)
{
    struct knowledge *knowledge;

    TRY(c->db == NULL ? knowledge_from_seed(c, &knowledge) : knowledge_from_database(c, &knowledge));
    snapshots_publish(api->snapshots, knowledge);
    log_line(LOG_INFO, "event=knowledge_loaded from=%s rules=%zu bytes=%zu",
             c->db == NULL ? "seed" : "database", knowledge->rule_count, knowledge->bytes);
    return ST_OK;
}

static const char *quoted(struct ctx *c, const char *text)
{
    return log_quoted(&c->arena, text == NULL ? "" : text);
}

static void say_why(struct ctx *c, const char *event)
{
    const struct fault_item none = { NULL, NULL, NULL },
                            *first = c->fault.count == 0 ? &none : c->fault.items;

    log_line(LOG_ERROR, "event=%s field=%s value=%s rule=%s cause=%s", event, quoted(c, first->field),
             quoted(c, first->value), quoted(c, first->rule), quoted(c, c->cause));
}

/* Runs `work` with a context of its own, so that the rows it reads do not stay in memory; the fault goes to the log. */
static enum status apart(struct knowledge_watch *watch, const char *failure,
                         enum status (*work)(struct ctx *c, struct knowledge_watch *watch))
{
    struct ctx c;
    enum status status;

    ctx_init(&c);
    c.db = watch->db;
    status = work(&c, watch);
    if (status != ST_OK)
        say_why(&c, failure);
    ctx_close(&c);
    return status;
}

static enum status reload(struct ctx *c, struct knowledge_watch *watch)
{
    return load(c, watch->api);
}

/* Listens first and loads then, so that no change falls in between. */
static enum status connect_and_load(struct ctx *c, struct knowledge_watch *watch)
{
    TRY(db_open(c, &watch->api->options.database, &watch->db));
    c->db = watch->db;
    TRY(db_listen(c, KNOWLEDGE_CHANNEL));
    return load(c, watch->api);
}

static enum status upkeep(struct ctx *c, struct knowledge_watch *watch)
{
    struct upkeep done;

    (void)watch;
    TRY(upkeep_run(c, &done));
    if (done.sealed + done.removed > 0)
        log_line(LOG_INFO, "event=upkeep sealed=%lld removed=%lld", (long long)done.sealed,
                 (long long)done.removed);
    return ST_OK;
}

static void upkeep_when_due(struct knowledge_watch *watch)
{
    int64_t now = instant_now().us;

    if (watch->kept_us != 0 && now - watch->kept_us < UPKEEP_SECONDS * INT64_C(1000000))
        return;
    watch->kept_us = now;
    (void)apart(watch, "upkeep_failed", upkeep);
}

static void disconnect(struct knowledge_watch *watch)
{
    db_close(watch->db);
    watch->db = NULL;
}

static void *watch_changes(void *arg)
{
    struct knowledge_watch *watch = arg;

    while (!atomic_load(&watch->stop)) {
        if (watch->db != NULL && db_wait(watch->db, WAIT_MS))
            (void)apart(watch, "knowledge_not_loaded", reload);
        if (watch->db != NULL && !db_lost(watch->db)) {
            upkeep_when_due(watch);
            continue;
        }
        disconnect(watch);
        for (int i = 0; i < RETRY_ROUNDS && !atomic_load(&watch->stop); i++)
            (void)nanosleep(&(struct timespec){ 0, WAIT_MS * 1000000L }, NULL);
        if (!atomic_load(&watch->stop) && apart(watch, "knowledge_not_loaded", connect_and_load) != ST_OK)
            disconnect(watch);
    }
    if (watch->db != NULL && !db_lost(watch->db))
        (void)apart(watch, "upkeep_failed", upkeep);
    disconnect(watch);
    return NULL;
}

enum status knowledge_watch_start(struct ctx *c, struct api *api)
{
    struct knowledge_watch *watch = api->watch = calloc(1, sizeof *watch);

    if (watch == NULL)
        arena_out_of_memory();
    watch->api = api;
    if (apart(watch, "knowledge_not_loaded", has_database(api) ? connect_and_load : reload) != ST_OK)
        return ctx_fail(c, ST_BROKEN, "rule book", NULL, "cannot be used; the log says why");
    if (!has_database(api))
        return ST_OK;
    watch->running = pthread_create(&watch->thread, NULL, watch_changes, watch) == 0;
    return watch->running ? ST_OK : ctx_fail(c, ST_BROKEN, NULL, NULL, "no thread could be started");
}

void knowledge_watch_stop(struct api *api)
{
    struct knowledge_watch *watch = api->watch;

    if (watch == NULL)
        return;
    atomic_store(&watch->stop, true);
    if (watch->running)
        pthread_join(watch->thread, NULL);
    disconnect(watch);
    free(watch);
    api->watch = NULL;
}
