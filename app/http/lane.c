/* The queue is a list under one mutex. A worker takes the oldest request and, when that is a data route, the data routes that
   follow it, so that one round trip to the database serves them all. */
#include "http/lane.h"

#include <pthread.h>
#include <stdlib.h>

struct lane_queue {
    struct lane_options options;
    pthread_mutex_t mutex;
    pthread_cond_t filled;
    struct exchange *head;
    struct exchange *tail;
    int places; /* taken by lane_reserve and not yet picked up */
    int idle;   /* workers that sleep */
    bool closing;
    int started;
    pthread_t threads[];
};

static bool batches(const struct exchange *e)
{
    return e->in.route->kind == ROUTE_ROW || e->in.route->kind == ROUTE_ROWS;
}

static struct exchange *pop(struct lane_queue *queue)
{
    struct exchange *e = queue->head;

    queue->head = e->next;
    if (queue->head == NULL)
        queue->tail = NULL;
    e->next = NULL;
    queue->places--;
    return e;
}

/* Waits for work; 0 when the lane has closed and nothing waits. */
static size_t take(struct lane_queue *queue, struct exchange *batch[BATCH_MOST])
{
    size_t n = 0;

    pthread_mutex_lock(&queue->mutex);
    while (queue->head == NULL && !(queue->closing && queue->places == 0)) {
        queue->idle++;
        pthread_cond_wait(&queue->filled, &queue->mutex);
        queue->idle--;
    }
    if (queue->head != NULL)
        batch[n++] = pop(queue);
    while (n > 0 && n < BATCH_MOST && batches(batch[0]) && queue->head != NULL && batches(queue->head))
        batch[n++] = pop(queue);
    if (queue->closing && queue->places == 0)
        pthread_cond_broadcast(&queue->filled);
    pthread_mutex_unlock(&queue->mutex);
    return n;
}

static void *work(void *arg)
{
    struct lane_queue *queue = arg;
    const struct service *service = queue->options.service;
    void *worker = service->worker_open(service->app, queue->options.lane);
    struct exchange *batch[BATCH_MOST];
    size_t n;

    while ((n = take(queue, batch)) > 0) {
        service->worker_run(worker, batch, n);
        for (size_t i = 0; i < n; i++)
            queue->options.answered(batch[i]);
    }
    service->worker_close(worker);
    return NULL;
}

struct lane_queue *lane_open(const struct lane_options *options)
{
    struct lane_queue *queue = calloc(1, sizeof *queue + (size_t)options->workers * sizeof(pthread_t));

    if (queue == NULL)
        arena_out_of_memory();
    queue->options = *options;
    pthread_mutex_init(&queue->mutex, NULL);
    pthread_cond_init(&queue->filled, NULL);
    for (int i = 0; i < options->workers; i++)
        if (pthread_create(&queue->threads[queue->started], NULL, work, queue) == 0)
            queue->started++;
    if (queue->started > 0)
        return queue;
    lane_free(queue);
    return NULL;
}

bool lane_reserve(struct lane_queue *queue)
{
    bool room;

    pthread_mutex_lock(&queue->mutex);
    room = !queue->closing && queue->places < queue->options.most;
    queue->places += room;
    pthread_mutex_unlock(&queue->mutex);
    return room;
}

void lane_put(struct lane_queue *queue, struct exchange *e)
{
    pthread_mutex_lock(&queue->mutex);
    e->next = NULL;
    if (queue->tail == NULL)
        queue->head = e;
    else
        queue->tail->next = e;
    queue->tail = e;
    if (queue->idle > 0)
        pthread_cond_signal(&queue->filled);
    pthread_mutex_unlock(&queue->mutex);
}

int lane_waiting(struct lane_queue *queue)
{
    int places;

    pthread_mutex_lock(&queue->mutex);
    places = queue->places;
    pthread_mutex_unlock(&queue->mutex);
    return places;
}

void lane_stop(struct lane_queue *queue)
{
    pthread_mutex_lock(&queue->mutex);
    queue->closing = true;
    pthread_cond_broadcast(&queue->filled);
    pthread_mutex_unlock(&queue->mutex);
    for (int i = 0; i < queue->started; i++)
        pthread_join(queue->threads[i], NULL);
}

void lane_free(struct lane_queue *queue)
{
    pthread_cond_destroy(&queue->filled);
    pthread_mutex_destroy(&queue->mutex);
    free(queue);
}
