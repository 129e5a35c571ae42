/* Server-sent events: channels that are published to, and the listeners whose answers never end. Knows no HTTP library: the
   server gives two functions, by which a connection with nothing to read is put to sleep and woken.

   A channel keeps its last 64 KiB. A listener that falls behind further is told "lost" and goes on from now; one that comes
   is told "hello". On either the page reads anew what it shows, so nothing needs to be kept for those who were away. */
#ifndef YAOFANG_HTTP_STREAM_H
#define YAOFANG_HTTP_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct streams;
struct stream_listener;

/* How a connection is put to sleep and woken. Both are called with the streams locked. */
struct stream_sleep {
    void (*sleep)(void *connection);
    void (*wake)(void *connection);
};

/* At most `most` listeners at once, and `most_each` of one user, whose oldest ends when one more comes. */
struct streams *streams_open(size_t most, size_t most_each);

/* When no listener is left. */
void streams_close(struct streams *streams);

/* The server says how its connections sleep, before the first listener comes. */
void streams_serve(struct streams *streams, struct stream_sleep sleep);

/* Listens at a channel; NULL when there are too many already. Ended by stream_leave. */
struct stream_listener *stream_listen(struct streams *streams, int64_t channel, int64_t user,
                                      void *connection);
void stream_leave(struct stream_listener *listener);

/* Takes what there is to send, at most `most` bytes. 0: nothing now, and the connection has been put to sleep;
   STREAM_ENDED: there will be no more. */
#define STREAM_ENDED SIZE_MAX
size_t stream_take(struct stream_listener *listener, char *out, size_t most);

/* Sends an event to everybody at the channel. `data` is one line. */
void stream_publish(struct streams *streams, int64_t channel, const char *event, const char *data);

/* Sends a comment to everybody, so that a connection whose other end is gone is noticed; ends listeners older than
   `seconds_most`, who come back with a session that is looked at anew. */
void streams_beat(struct streams *streams, int seconds_most);

/* The channels that have listeners: at most `most`; the number of them. */
size_t streams_channels(struct streams *streams, int64_t *channels, size_t most);
size_t streams_listeners(struct streams *streams);

/* Ends every listener and lets none in: before the server stops. */
void streams_end(struct streams *streams);

#endif
