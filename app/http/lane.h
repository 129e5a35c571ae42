/* A lane: a bounded queue of requests and the workers that answer them. */
#ifndef YAOFANG_HTTP_LANE_H
#define YAOFANG_HTTP_LANE_H

#include "http/server.h"

struct lane_options {
    enum lane lane;
    int workers;
    int most; /* waiting at once */
    const struct service *service;
    void (*answered)(struct exchange *e); /* called by the worker for each request it is done with */
};

struct lane_queue;

/* Starts the workers; NULL when not one could be started. The service in `options` must outlive the queue. */
struct lane_queue *lane_open(const struct lane_options *options);

/* Takes a place in the queue, so that the connection can be suspended before the request is put there: false when the lane
   is full or closing. A place taken must be followed by lane_put. */
bool lane_reserve(struct lane_queue *queue);
void lane_put(struct lane_queue *queue, struct exchange *e);

int lane_waiting(struct lane_queue *queue);

/* Lets no more in, has the workers answer what waits, and ends them. lane_reserve may still be called, and refuses. */
void lane_stop(struct lane_queue *queue);

/* Frees a stopped lane. */
void lane_free(struct lane_queue *queue);

#endif
