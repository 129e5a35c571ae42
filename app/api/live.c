/* Live updates for the page: one thread reads what happens in every shop that somebody listens in, and publishes it. What is
   sent is a hint of what to read anew, never the thing itself: {"items":[…]} whose stock moved, an order and its state, a lot
   and its status, a count or recall or whatever else has a page that changed, how much work waits. Of the work list, whose rows change in place, the figures are compared once a second. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "api/handlers.h"
#include "api/internal.h"
#include "base/date.h"
#include "base/log.h"
#include "core/follow.h"
#include "core/work.h"

enum { LISTENERS_MOST = 1500, LISTENERS_EACH = 20 /* of one user: tabs and stations */, SHOPS_MOST = 256 };
enum { LOOK_MS = 25, IDLE_MS = 250, RETRY_MS = 5000, BEAT_SECONDS = 15, LIFE_SECONDS = 600 };
enum { WORK_US = 1000000, WORK_SHARE = 50 /* of the time at most one in so many goes into counting work */ };

/* A shop that is followed. */
struct watched {
    int64_t shop_id;
    struct follower *follower;
    struct work_figures work;
    bool work_known;
    int64_t work_due_us;
};

struct live {
    struct api *api;
    struct db *db;
    struct streams *streams;
    struct watched watched[SHOPS_MOST];
    size_t watched_count;
    int64_t beat_us;
    bool running;
    pthread_t thread;
    atomic_bool stop;
};

enum status get_live(struct ctx *c, struct request *in, struct reply *out)
{
    const struct live *live = api_of(in)->live;

    if (live == NULL)
        return ctx_fail(c, ST_BUSY, "database", NULL, "is not there; this service runs without one");
    reply_stream(out, live->streams, c->who.shop_id, c->who.user_id);
    return ST_OK;
}

static void publish_stock(struct ctx *c, struct streams *streams, const struct happened *list, size_t n)
{
    struct text data;
    struct json_writer w;
    size_t items = 0;

    text_init(&data, &c->arena);
    json_init(&w, &data);
    json_open_object(&w, NULL);
    json_open_list(&w, "items");
    for (size_t i = 0; i < n; i++) {
        bool before = list[i].source != FOLLOW_STOCK;

        for (size_t k = 0; k < i && !before; k++)
            before = list[k].source == FOLLOW_STOCK && list[k].subject == list[i].subject;
        if (before)
            continue;
        json_i64(&w, NULL, list[i].subject);
        items++;
    }
    json_close_list(&w);
    json_close_object(&w);
    if (items > 0)
        stream_publish(streams, c->who.shop_id, "stock", data.data);
}

/* How each is told of; stock is, many items at once. */
static const struct {
    const char *event, *subject, *word;
} told[FOLLOW_SOURCES] = {
    [FOLLOW_ORDER] = { "order", "order_id", "state" },
    [FOLLOW_LOT] = { "lot", "lot_id", "status" },
    [FOLLOW_CHANGE] = { "change", "id", "thing" },
};

static void publish_one(struct ctx *c, struct streams *streams, const struct happened *one)
{
    struct text data;
    struct json_writer w;

    text_init(&data, &c->arena);
    json_init(&w, &data);
    json_open_object(&w, NULL);
    json_i64(&w, told[one->source].subject, one->subject);
    json_text(&w, told[one->source].word, one->word);
    json_close_object(&w);
    stream_publish(streams, c->who.shop_id, told[one->source].event, data.data);
}

static enum status look_at_work(struct ctx *c, struct streams *streams, struct watched *watched)
{
    const struct work_figures before = watched->work;
    const int64_t began = instant_now().us;
    int64_t took;

    if (began < watched->work_due_us)
        return ST_OK;
    TRY(work_figures_read(c, &watched->work));
    if (watched->work_known &&
        (watched->work.waiting != before.waiting || watched->work.newest != before.newest ||
         watched->work.last_taken_us != before.last_taken_us))
        stream_publish(streams, c->who.shop_id, "work",
                       arena_printf(&c->arena, "{\"waiting\":%lld}", (long long)watched->work.waiting));
    watched->work_known = true;
    took = instant_now().us - began;
    watched->work_due_us = began + (took * WORK_SHARE > WORK_US ? took * WORK_SHARE : WORK_US);
    return ST_OK;
}

static enum status look(struct ctx *c, struct live *live, struct watched *watched)
{
    struct happened *list;
    size_t n;
    bool overrun;

    if (watched->follower == NULL)
        TRY(follower_start(c, &watched->follower));
    TRY(follower_next(c, watched->follower, &list, &n, &overrun));
    if (overrun)
        stream_publish(live->streams, watched->shop_id, "lost", "{}");
    publish_stock(c, live->streams, list, n);
    for (size_t i = 0; i < n; i++)
        if (list[i].source != FOLLOW_STOCK)
            publish_one(c, live->streams, &list[i]);
    return look_at_work(c, live->streams, watched);
}

static void forget(struct live *live, size_t place)
{
    follower_free(live->watched[place].follower);
    live->watched[place] = live->watched[--live->watched_count];
}

/* Follows the shops that have listeners now, and no others. */
static void choose(struct live *live)
{
    int64_t shops[SHOPS_MOST];
    size_t n = streams_channels(live->streams, shops, SHOPS_MOST);

    for (size_t i = live->watched_count; i-- > 0;) {
        size_t k = 0;

        while (k < n && shops[k] != live->watched[i].shop_id)
            k++;
        if (k == n)
            forget(live, i);
        else
            shops[k] = shops[--n];
    }
    for (size_t i = 0; i < n && live->watched_count < SHOPS_MOST; i++)
        live->watched[live->watched_count++] = (struct watched){ .shop_id = shops[i] };
}

/* After a loss nobody knows what was missed. */
static void lose(struct live *live)
{
    for (size_t i = live->watched_count; i-- > 0;) {
        stream_publish(live->streams, live->watched[i].shop_id, "lost", "{}");
        forget(live, i);
    }
    db_close(live->db);
    live->db = NULL;
}

static enum status look_at_all(struct live *live)
{
    struct ctx c;
    enum status status = ST_OK;

    ctx_init(&c);
    if (live->db == NULL && live->watched_count > 0)
        status = db_open(&c, &live->api->options.database, &live->db);
    c.db = live->db;
    for (size_t i = 0; i < live->watched_count && status == ST_OK; i++) {
        c.who = (struct who){ .shop_id = live->watched[i].shop_id };
        status = look(&c, live, &live->watched[i]);
    }
    if (status != ST_OK) {
        log_line(LOG_ERROR, "event=live_lost cause=%s", log_quoted(&c.arena, c.cause == NULL ? "" : c.cause));
        lose(live);
    }
    ctx_close(&c);
    return status;
}

static void beat_when_due(struct live *live)
{
    int64_t now = instant_now().us;

    if (now - live->beat_us < BEAT_SECONDS * INT64_C(1000000))
        return;
    live->beat_us = now;
    streams_beat(live->streams, LIFE_SECONDS);
}

static void pause_for(struct live *live, int ms)
{
    for (int slept = 0; slept < ms && !atomic_load(&live->stop); slept += LOOK_MS)
        (void)nanosleep(&(struct timespec){ 0, LOOK_MS * 1000000L }, NULL);
}

static void *follow(void *arg)
{
    struct live *live = arg;

    while (!atomic_load(&live->stop)) {
        enum status status;

        choose(live);
        status = look_at_all(live);
        beat_when_due(live);
        pause_for(live, status != ST_OK ? RETRY_MS : live->watched_count > 0 ? LOOK_MS : IDLE_MS);
    }
    return NULL;
}

enum status live_start(struct ctx *c, struct api *api)
{
    struct live *live;

    if (!has_database(api))
        return ST_OK;
    live = api->live = calloc(1, sizeof *live);
    if (live == NULL)
        arena_out_of_memory();
    live->api = api;
    live->streams = streams_open(LISTENERS_MOST, LISTENERS_EACH);
    live->running = pthread_create(&live->thread, NULL, follow, live) == 0;
    return live->running ? ST_OK : ctx_fail(c, ST_BROKEN, NULL, NULL, "no thread could be started");
}

struct streams *live_streams(const struct api *api)
{
    return api->live == NULL ? NULL : api->live->streams;
}

void live_stop(struct api *api)
{
    struct live *live = api->live;

    if (live == NULL)
        return;
    atomic_store(&live->stop, true);
    if (live->running)
        pthread_join(live->thread, NULL);
    while (live->watched_count > 0)
        forget(live, live->watched_count - 1);
    db_close(live->db);
    streams_close(live->streams);
    free(live);
    api->live = NULL;
}
