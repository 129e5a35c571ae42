/* Bodies that are not there yet when the answer begins: events, which come as they happen, and downloads, whose head is sent at
   once while a worker makes the file. Between two pieces the connection is suspended. */
#include <microhttpd.h>
#include <string.h>

#include "http/server_parts.h"

enum { STREAM_BLOCK = 4096, POUR_BLOCK = 64 * 1024 };

void sleep_connection(void *connection)
{
    MHD_suspend_connection(connection);
}

void wake_connection(void *connection)
{
    MHD_resume_connection(connection);
}

static ssize_t read_stream(void *listener, uint64_t position, char *out, size_t most)
{
    size_t n = stream_take(listener, out, most);

    (void)position;
    return n == STREAM_ENDED ? MHD_CONTENT_READER_END_OF_STREAM : (ssize_t)n;
}

static void leave_stream(void *listener)
{
    stream_leave(listener);
}

/* NULL when there are too many listeners: then the reply is that problem. */
static struct MHD_Response *open_stream(struct exchange *e)
{
    struct reply *out = &e->out;
    struct stream_listener *listener = stream_listen(out->streams, out->channel, out->user, e->connection);
    struct MHD_Response *response;

    if (listener == NULL) {
        *out = (struct reply){ 0 };
        ctx_note(&e->c, ST_BUSY, NULL, NULL, "too many listen already; close other windows");
        reply_problem(&e->c, out);
        reply_finish(out);
        return NULL;
    }
    response = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK, read_stream, listener,
                                                 leave_stream);
    if (response == NULL)
        stream_leave(listener);
    return response;
}

/* A slow worker takes the exchange while its connection is suspended, as it takes a request: until it is resumed nobody else
   touches it. A failure can no longer be said: the body ends short of its last chunk, which every client notices. */
static ssize_t read_pour(void *cls, uint64_t position, char *out, size_t most)
{
    struct peer *peer = cls;
    struct reply *reply = &peer->e.out;
    struct lane_queue *slow = peer->server->lanes[LANE_SLOW];
    size_t left;

    if (reply->pour_state == POUR_WAITS) {
        if (!lane_reserve(slow))
            return MHD_CONTENT_READER_END_WITH_ERROR;
        reply->pour_state = POUR_RUNS;
        MHD_suspend_connection(peer->e.connection);
        lane_put(slow, &peer->e);
        return 0;
    }
    if (reply->pour_state != POUR_DONE)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    left = reply->size - (size_t)position;
    if (left == 0)
        return MHD_CONTENT_READER_END_OF_STREAM;
    left = left < most ? left : most;
    memcpy(out, reply->data + position, left);
    return (ssize_t)left;
}

struct MHD_Response *server_response(struct peer *peer)
{
    struct reply *out = &peer->e.out;
    struct MHD_Response *response = NULL;

    if (out->pour != NULL)
        return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, POUR_BLOCK, read_pour, peer, NULL);
    if (out->streams != NULL)
        response = open_stream(&peer->e);
    if (response == NULL)
        response =
            MHD_create_response_from_buffer(out->size, (void *)(uintptr_t)out->data, MHD_RESPMEM_PERSISTENT);
    return response;
}
