/* Counted references under one mutex: taken once per request, so no cleverer way is worth its risk. */
#include "api/snapshot.h"

#include <pthread.h>
#include <stdlib.h>

struct snapshot {
    struct snapshots *home;
    struct knowledge *knowledge;
    int holders; /* one of them is the publication itself */
};

struct snapshots {
    pthread_mutex_t mutex;
    struct snapshot *current;
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
    if (snapshots->current != NULL)
        let_go(snapshots->current);
    pthread_mutex_destroy(&snapshots->mutex);
    free(snapshots);
}

void snapshots_publish(struct snapshots *snapshots, struct knowledge *knowledge)
{
    struct snapshot *snapshot = calloc(1, sizeof *snapshot), *before;

    if (snapshot == NULL)
        arena_out_of_memory();
    *snapshot = (struct snapshot){ .home = snapshots, .knowledge = knowledge, .holders = 1 };
    pthread_mutex_lock(&snapshots->mutex);
    before = snapshots->current;
    snapshots->current = snapshot;
    snapshots->version++;
    pthread_mutex_unlock(&snapshots->mutex);
    if (before != NULL)
        let_go(before);
}

const struct knowledge *snapshots_hold(struct snapshots *snapshots, struct ctx *c)
{
    struct snapshot *snapshot;

    pthread_mutex_lock(&snapshots->mutex);
    snapshot = snapshots->current;
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
