/* The thread that screens again in the background: it has a connection of its own, is woken by NOTIFY, and works the queue
   batch by batch. What it does not finish, another service or the next start does. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "api/internal.h"
#include "base/date.h"
#include "base/log.h"
#include "core/rescreen_job.h"

/* Whoever adds to the queue notifies on this channel (schema/0017). */
#define RESCREEN_CHANNEL "rescreen"

enum { DAY_ROUND_SECONDS = 600, WAIT_MS = 250, ROUNDS_ASLEEP = 8 /* of WAIT_MS, when nobody wakes it */ };

struct rescreen_watch {
    struct api *api;
    struct db *db; /* NULL while it is lost */
    struct rescreener *rescreener;
    int64_t asked_us; /* when the daily round was last asked for */
    bool worked;      /* the last step found something to do */
    pthread_t thread;
    bool running;
    atomic_bool stop;
};

static const struct knowledge *published(struct ctx *c, void *arg)
{
    const struct rescreen_watch *watch = arg;

    return snapshots_hold(watch->api->snapshots, c);
}

/* Runs `work` in a context of its own; the fault goes to the log, and the next round tries again. */
static enum status apart(struct rescreen_watch *watch,
                         enum status (*work)(struct ctx *c, struct rescreen_watch *watch))
{
    struct ctx c;
    enum status status;

    ctx_init(&c);
    c.db = watch->db;
    status = work(&c, watch);
    if (status != ST_OK)
        log_line(LOG_ERROR, "event=rescreen_failed shop=%lld rule=%s cause=%s", (long long)c.who.shop_id,
                 log_quoted(&c.arena, c.fault.count == 0 ? "" : c.fault.items[0].rule),
                 log_quoted(&c.arena, c.cause == NULL ? "" : c.cause));
    ctx_close(&c);
    return status;
}

static enum status connect(struct ctx *c, struct rescreen_watch *watch)
{
    TRY(db_open(c, &watch->api->options.database, &watch->db));
    c->db = watch->db;
    return db_listen(c, RESCREEN_CHANNEL);
}

static void disconnect(struct rescreen_watch *watch)
{
    if (watch->db != NULL)
        db_close(watch->db);
    watch->db = NULL;
}

static enum status ask_for_the_day(struct ctx *c, struct rescreen_watch *watch)
{
    int64_t now = instant_now().us;

    if (watch->asked_us != 0 && now - watch->asked_us < DAY_ROUND_SECONDS * INT64_C(1000000))
        return ST_OK;
    watch->asked_us = now;
    return rescreen_days(c);
}

static enum status read_tiers(struct ctx *c, struct rescreen_watch *watch)
{
    return tier_book_refresh(c, watch->api->tiers);
}

static enum status step(struct ctx *c, struct rescreen_watch *watch)
{
    return rescreener_step(c, watch->rescreener, &watch->worked);
}

static void sleep_a_while(struct rescreen_watch *watch)
{
    bool plain;

    for (int i = 0; i < ROUNDS_ASLEEP && !atomic_load(&watch->stop); i++)
        if (watch->db == NULL)
            (void)nanosleep(&(struct timespec){ 0, WAIT_MS * 1000000L }, NULL);
        else if (db_wait(watch->db, WAIT_MS, &plain))
            return;
}

static void *work_the_queue(void *arg)
{
    struct rescreen_watch *watch = arg;

    while (!atomic_load(&watch->stop)) {
        watch->worked = false;
        if (watch->db != NULL && db_lost(watch->db))
            disconnect(watch);
        if (watch->db == NULL && apart(watch, connect) != ST_OK)
            disconnect(watch);
        if (watch->db != NULL && apart(watch, read_tiers) == ST_OK && apart(watch, ask_for_the_day) == ST_OK)
            (void)apart(watch, step);
        if (watch->worked)
            continue;
        rescreener_rest(watch->rescreener);
        sleep_a_while(watch);
    }
    disconnect(watch);
    return NULL;
}

enum status rescreen_watch_start(struct ctx *c, struct api *api)
{
    struct rescreen_watch *watch;

    if (!has_database(api))
        return tier_book_refresh(c, api->tiers);
    watch = api->rescreen = calloc(1, sizeof *watch);
    if (watch == NULL)
        arena_out_of_memory();
    watch->api = api;
    watch->rescreener = rescreener_open(published, watch);
    watch->running = pthread_create(&watch->thread, NULL, work_the_queue, watch) == 0;
    return watch->running ? ST_OK : ctx_fail(c, ST_BROKEN, NULL, NULL, "no thread could be started");
}

void rescreen_watch_stop(struct api *api)
{
    struct rescreen_watch *watch = api->rescreen;

    if (watch == NULL)
        return;
    atomic_store(&watch->stop, true);
    if (watch->running)
        pthread_join(watch->thread, NULL);
    rescreener_close(watch->rescreener);
    free(watch);
    api->rescreen = NULL;
}
