/* Counted references under one mutex: taken once per request, so no cleverer way is worth its risk. The shops with rows of their own
   are few; they stand in a short list in the order of their ids. */
#include "api/snapshot.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct snapshot {
    struct snapshots *home;
    struct knowledge *knowledge;
    int holders; /* one of them is the publication itself */
};

struct published {
    int64_t shop_id; /* 0: the reference */
    struct snapshot *current;
};

struct snapshots {
    pthread_mutex_t mutex;
    struct published *list;
    size_t count, capacity;
    uint64_t version;
};

struct snapshots *snapshots_open(void)
{
    struct snapshots *snapshots = calloc(1, sizeof *snapshots);

    if (snapshots == NULL)
        arena_out_of_memory();
    pthread_mutex_init(&snapshots->mutex, NULL);
    return snapshots;
}

static void let_go(void *arg)
{
    struct snapshot *snapshot = arg;
    bool last;

    pthread_mutex_lock(&snapshot->home->mutex);
    last = --snapshot->holders == 0;
    pthread_mutex_unlock(&snapshot->home->mutex);
    if (!last)
        return;
    knowledge_close(snapshot->knowledge);
    free(snapshot);
}

void snapshots_close(struct snapshots *snapshots)
{
    for (size_t i = 0; i < snapshots->count; i++)
        let_go(snapshots->list[i].current);
    pthread_mutex_destroy(&snapshots->mutex);
    free(snapshots->list);
    free(snapshots);
}

/* Where the shop stands, or would stand. */
static size_t place_of(const struct snapshots *snapshots, int64_t shop_id)
{
    size_t low = 0;

    for (size_t high = snapshots->count; low < high;) {
        const size_t middle = (low + high) / 2;

        if (snapshots->list[middle].shop_id < shop_id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool stands_at(const struct snapshots *snapshots, size_t at, int64_t shop_id)
{
    return at < snapshots->count && snapshots->list[at].shop_id == shop_id;
}

/* Opens a gap at `at`. */
static void make_room(struct snapshots *snapshots, size_t at)
{
    if (snapshots->count == snapshots->capacity) {
        snapshots->capacity = snapshots->capacity == 0 ? 8 : snapshots->capacity * 2;
        snapshots->list = realloc(snapshots->list, snapshots->capacity * sizeof *snapshots->list);
        if (snapshots->list == NULL)
            arena_out_of_memory();
    }
    memmove(&snapshots->list[at + 1], &snapshots->list[at],
            (snapshots->count - at) * sizeof *snapshots->list);
    snapshots->count++;
}

void snapshots_publish(struct snapshots *snapshots, int64_t shop_id, struct knowledge *knowledge)
{
    struct snapshot *snapshot = calloc(1, sizeof *snapshot), *before = NULL;
    size_t at;

    if (snapshot == NULL)
        arena_out_of_memory();
    *snapshot = (struct snapshot){ .home = snapshots, .knowledge = knowledge, .holders = 1 };
    pthread_mutex_lock(&snapshots->mutex);
    at = place_of(snapshots, shop_id);
    if (stands_at(snapshots, at, shop_id))
        before = snapshots->list[at].current;
    else
        make_room(snapshots, at);
    snapshots->list[at] = (struct published){ shop_id, snapshot };
    snapshots->version++;
    pthread_mutex_unlock(&snapshots->mutex);
    if (before != NULL)
        let_go(before);
}

void snapshots_withdraw(struct snapshots *snapshots, int64_t shop_id)
{
    struct snapshot *before = NULL;
    size_t at;

    pthread_mutex_lock(&snapshots->mutex);
    at = place_of(snapshots, shop_id);
    if (stands_at(snapshots, at, shop_id)) {
        before = snapshots->list[at].current;
        snapshots->count--;
        memmove(&snapshots->list[at], &snapshots->list[at + 1],
                (snapshots->count - at) * sizeof *snapshots->list);
        snapshots->version++;
    }
    pthread_mutex_unlock(&snapshots->mutex);
    if (before != NULL)
        let_go(before);
}

const struct knowledge *snapshots_hold(struct snapshots *snapshots, struct ctx *c)
{
    struct snapshot *snapshot = NULL;
    size_t at;

    pthread_mutex_lock(&snapshots->mutex);
    at = place_of(snapshots, c->who.shop_id);
    if (!stands_at(snapshots, at, c->who.shop_id))
        at = place_of(snapshots, 0);
    if (stands_at(snapshots, at, c->who.shop_id) || stands_at(snapshots, at, 0))
        snapshot = snapshots->list[at].current;
    if (snapshot != NULL)
        snapshot->holders++;
    pthread_mutex_unlock(&snapshots->mutex);
    if (snapshot == NULL)
        return NULL;
    arena_defer(&c->arena, let_go, snapshot);
    return snapshot->knowledge;
}

uint64_t snapshots_version(struct snapshots *snapshots)
{
    uint64_t version;

    pthread_mutex_lock(&snapshots->mutex);
    version = snapshots->version;
    pthread_mutex_unlock(&snapshots->mutex);
    return version;
}
