/* One request with its answer, from its first byte to its last. */
#ifndef YAOFANG_HTTP_EXCHANGE_H
#define YAOFANG_HTTP_EXCHANGE_H

#include <stdint.h>

#include "http/reply.h"
#include "http/request.h"
#include "http/route.h"

/* One request on its way. The context's arena holds everything of it until the answer has been sent. */
struct exchange {
    struct ctx c;
    struct request in;
    struct reply out;
    struct exchange *next; /* in a lane's queue */
    int64_t began_us;
    int queries;
    int64_t db_us;
    char trace[17];
    size_t capacity; /* of in.data */
    size_t overrun;  /* bytes of the body thrown away after the limit */
    bool too_large;
    bool no_room; /* the body could not be kept; noted */
    void *connection;
};

/* Microseconds of a clock that only goes forward. */
int64_t exchange_clock(void);

/* Starts the clock and makes the trace id, from a number that is new for each request. */
void exchange_begin(struct exchange *e, uint64_t number);

/* Adds a piece of the body: in memory, or for a route with MEDIA_ANY in a temporary file. What exceeds the limit is thrown away for a while, so that the client gets to read its answer; false
   when that has gone on too long. */
bool exchange_take_body(struct exchange *e, const char *data, size_t size, size_t limit);

/* Forgets everything but the connection, for the next request on it. */
void exchange_reset(struct exchange *e);

#endif
