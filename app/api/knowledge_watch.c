/* Loads the rule books at start and again whenever the database says they changed: all of them when it was the reference, a shop's
   alone when it was the shop's own rows. What begins or ends at midnight is found by asking, every few seconds, what is in
   force. A rule book that does not hold together is not published: the service goes on with the one it has, and says so in the
   log. The same thread does the upkeep, every few minutes and once more at the end. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "api/internal.h"
#include "base/date.h"
#include "base/log.h"
#include "core/knowledge_db.h"
#include "core/knowledge_seed.h"
#include "core/upkeep.h"
#include "sql.h"

/* Whoever changes the rule book notifies on this channel (app/sql/knowledge_notify.sql). */
#define KNOWLEDGE_CHANNEL "knowledge_changed"

enum { UPKEEP_SECONDS = 300, OWN_SECONDS = 5 };
enum { WAIT_MS = 250, RETRY_ROUNDS = 20 /* of WAIT_MS, after the database was lost */ };

/* A shop with a rule book of its own, and what is in force in it. */
struct own_book {
    int64_t shop_id;
    const char *state;
};

struct knowledge_watch {
    struct api *api;
    struct db *db;      /* listens; NULL without a database or while it is lost */
    int64_t kept_us;    /* when the upkeep was last done; 0: not yet */
    int64_t asked_us;   /* when it was last asked what shops have of their own */
    struct arena arena; /* of `books` */
    struct own_book *books;
    size_t book_count;
    bool running;
    pthread_t thread;
    atomic_bool stop;
};

static void publish(struct api *api, int64_t shop_id, struct knowledge *knowledge, const char *from)
{
    snapshots_publish(api->snapshots, shop_id, knowledge);
    log_line(LOG_INFO, "event=knowledge_loaded from=%s shop=%lld rules=%zu bytes=%zu", from,
             (long long)shop_id, knowledge->rule_count, knowledge->bytes);
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

static const struct column book_columns[] = {
    COLUMN(struct own_book, shop_id),
    COLUMN(struct own_book, state),
    COLUMNS_END,
};

static const char *state_of(const struct own_book *books, size_t n, int64_t shop_id)
{
    for (size_t i = 0; i < n; i++)
        if (books[i].shop_id == shop_id)
            return books[i].state;
    return "";
}

/* Builds one shop's book with an arena of its own. One that does not hold together leaves the shop with what it has. */
static void load_own(struct knowledge_watch *watch, const struct knowledge_rows *rows, int64_t shop_id)
{
    struct knowledge *knowledge;
    struct overlay overlay;
    struct ctx c;

    ctx_init(&c);
    c.db = watch->db;
    c.who.shop_id = shop_id;
    if (knowledge_overlay_read(&c, DATE_NONE, &overlay) == ST_OK &&
        knowledge_overlaid(&c, rows, &overlay, &knowledge) == ST_OK)
        publish(watch->api, shop_id, knowledge, "database");
    else
        say_why(&c, "knowledge_not_loaded");
    ctx_close(&c);
}

static void remember(struct knowledge_watch *watch, const struct own_book *books, size_t n)
{
    arena_reset(&watch->arena);
    watch->books = arena_array(&watch->arena, n, sizeof *books);
    watch->book_count = n;
    for (size_t i = 0; i < n; i++)
        watch->books[i] = (struct own_book){ books[i].shop_id, arena_text(&watch->arena, books[i].state) };
}

/* Brings the shops' own books to what is in force now; `rows` NULL: the reference has not changed, and is read only if a shop
   has. */
static enum status follow_own(struct ctx *c, struct knowledge_watch *watch, const struct knowledge_rows *rows)
{
    const bool anew = rows != NULL;
    struct knowledge_rows read;
    struct own_book *books;
    size_t n;

    watch->asked_us = instant_now().us;
    TRY(db_all(c, &q_evidence_state, NO_PARAMS, book_columns, sizeof *books, &books, &n));
    for (size_t i = 0; i < n; i++) {
        if (!anew && strcmp(state_of(watch->books, watch->book_count, books[i].shop_id), books[i].state) == 0)
            continue;
        if (rows == NULL) {
            TRY(knowledge_rows_read(c, &read));
            rows = &read;
        }
        load_own(watch, rows, books[i].shop_id);
    }
    for (size_t i = 0; i < watch->book_count; i++)
        if (*state_of(books, n, watch->books[i].shop_id) == '\0')
            snapshots_withdraw(watch->api->snapshots, watch->books[i].shop_id);
    remember(watch, books, n);
    return ST_OK;
}

static enum status look(struct ctx *c, struct knowledge_watch *watch)
{
    return follow_own(c, watch, NULL);
}

static enum status load_all(struct ctx *c, struct knowledge_watch *watch)
{
    struct knowledge_rows rows;
    struct knowledge *knowledge;

    TRY(knowledge_rows_read(c, &rows));
    TRY(knowledge_build(c, &rows, &knowledge));
    publish(watch->api, 0, knowledge, "database");
    return follow_own(c, watch, &rows);
}

static enum status load_seed(struct ctx *c, struct knowledge_watch *watch)
{
    struct knowledge *knowledge;

    TRY(knowledge_from_seed(c, &knowledge));
    publish(watch->api, 0, knowledge, "seed");
    return ST_OK;
}

/* Listens first and loads then, so that no change falls in between. */
static enum status connect_and_load(struct ctx *c, struct knowledge_watch *watch)
{
    TRY(db_open(c, &watch->api->options.database, &watch->db));
    c->db = watch->db;
    TRY(db_listen(c, KNOWLEDGE_CHANNEL));
    return load_all(c, watch);
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

/* Waits for a word, and acts on it: without more it is about everything, else about a shop. Without a word it asks by itself now
   and then, because days begin and end silently. */
static void listen(struct knowledge_watch *watch)
{
    bool all, word = db_wait(watch->db, WAIT_MS, &all);

    if (word && all)
        (void)apart(watch, "knowledge_not_loaded", load_all);
    else if (word || instant_now().us - watch->asked_us >= OWN_SECONDS * INT64_C(1000000))
        (void)apart(watch, "knowledge_not_loaded", look);
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
        if (watch->db != NULL)
            listen(watch);
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
    arena_init(&watch->arena);
    if (apart(watch, "knowledge_not_loaded", has_database(api) ? connect_and_load : load_seed) != ST_OK)
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
    arena_close(&watch->arena);
    free(watch);
    api->watch = NULL;
}
