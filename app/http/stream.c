/* Channels as rings of bytes, listeners as places in them. One lock for all: what is done under it is copying a few bytes. */
#include "http/stream.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"

enum { RING = 64 * 1024 };

static const char hello[] = "retry: 2000\nevent: hello\ndata: {}\n\n";
static const char lost[] = "event: lost\ndata: {}\n\n";

struct channel {
    struct channel *next;
    int64_t id;
    uint64_t written; /* bytes ever published */
    size_t listeners;
    char ring[RING];
};

struct stream_listener {
    struct streams *streams;
    struct stream_listener *next, *previous;
    struct channel *channel;
    int64_t user;
    void *connection;
    const char *greeting; /* what is said before the channel's own, as far as it was not sent yet */
    uint64_t read;        /* of the channel's bytes */
    time_t since;
    bool asleep, ended;
};

struct streams {
    pthread_mutex_t lock;
    struct stream_sleep sleep;
    struct channel *channels;
    struct stream_listener *listeners;
    size_t count, most, most_each;
    bool ended;
};

static time_t seconds(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

struct streams *streams_open(size_t most, size_t most_each)
{
    struct streams *streams = calloc(1, sizeof *streams);

    if (streams == NULL)
        arena_out_of_memory();
    pthread_mutex_init(&streams->lock, NULL);
    streams->most = most;
    streams->most_each = most_each;
    return streams;
}

void streams_close(struct streams *streams)
{
    while (streams->channels != NULL) {
        struct channel *channel = streams->channels;

        streams->channels = channel->next;
        free(channel);
    }
    pthread_mutex_destroy(&streams->lock);
    free(streams);
}

void streams_serve(struct streams *streams, struct stream_sleep sleep)
{
    pthread_mutex_lock(&streams->lock);
    streams->sleep = sleep;
    pthread_mutex_unlock(&streams->lock);
}

static struct channel *channel_find(const struct streams *streams, int64_t id)
{
    struct channel *channel = streams->channels;

    while (channel != NULL && channel->id != id)
        channel = channel->next;
    return channel;
}

static struct channel *channel_get(struct streams *streams, int64_t id)
{
    struct channel *channel = channel_find(streams, id);

    if (channel != NULL)
        return channel;
    channel = calloc(1, sizeof *channel);
    if (channel == NULL)
        arena_out_of_memory();
    channel->id = id;
    channel->next = streams->channels;
    streams->channels = channel;
    return channel;
}

static void wake(struct stream_listener *listener)
{
    if (!listener->asleep)
        return;
    listener->asleep = false;
    listener->streams->sleep.wake(listener->connection);
}

/* Ends the user's oldest listener when there are as many as allowed: it is likelier a window that was left than the new one. */
static void make_room(struct streams *streams, int64_t user)
{
    struct stream_listener *oldest = NULL;
    size_t n = 0;

    for (struct stream_listener *at = streams->listeners; at != NULL; at = at->next)
        if (at->user == user && !at->ended) {
            oldest = at;
            n++;
        }
    if (n < streams->most_each)
        return;
    oldest->ended = true;
    wake(oldest);
}

static struct stream_listener *join(struct streams *streams, int64_t channel, int64_t user, void *connection)
{
    struct stream_listener *made;

    if (streams->ended || streams->count == streams->most)
        return NULL;
    make_room(streams, user);
    made = calloc(1, sizeof *made);
    if (made == NULL)
        arena_out_of_memory();
    *made = (struct stream_listener){
        .streams = streams,
        .channel = channel_get(streams, channel),
        .user = user,
        .connection = connection,
        .greeting = hello,
        .since = seconds(),
        .next = streams->listeners,
    };
    made->read = made->channel->written;
    made->channel->listeners++;
    if (made->next != NULL)
        made->next->previous = made;
    streams->listeners = made;
    streams->count++;
    return made;
}

struct stream_listener *stream_listen(struct streams *streams, int64_t channel, int64_t user,
                                      void *connection)
{
    struct stream_listener *made;

    pthread_mutex_lock(&streams->lock);
    made = join(streams, channel, user, connection);
    pthread_mutex_unlock(&streams->lock);
    return made;
}

void stream_leave(struct stream_listener *listener)
{
    struct streams *streams = listener->streams;

    pthread_mutex_lock(&streams->lock);
    if (listener->previous != NULL)
        listener->previous->next = listener->next;
    else
        streams->listeners = listener->next;
    if (listener->next != NULL)
        listener->next->previous = listener->previous;
    listener->channel->listeners--;
    streams->count--;
    pthread_mutex_unlock(&streams->lock);
    free(listener);
}

static size_t take_greeting(struct stream_listener *listener, char *out, size_t most)
{
    size_t length = strlen(listener->greeting), n = length < most ? length : most;

    memcpy(out, listener->greeting, n);
    listener->greeting = n == length ? NULL : listener->greeting + n;
    return n;
}

static size_t take_published(struct stream_listener *listener, char *out, size_t most)
{
    struct channel *channel = listener->channel;
    uint64_t there = channel->written - listener->read;
    size_t from = (size_t)(listener->read % RING), n = there < most ? (size_t)there : most;

    if (n > RING - from)
        n = RING - from;
    memcpy(out, channel->ring + from, n);
    listener->read += n;
    return n;
}

static size_t take(struct stream_listener *listener, char *out, size_t most)
{
    struct channel *channel = listener->channel;

    if (listener->ended)
        return STREAM_ENDED;
    if (listener->greeting == NULL && channel->written - listener->read > RING) {
        listener->read = channel->written;
        listener->greeting = lost;
    }
    if (listener->greeting != NULL)
        return take_greeting(listener, out, most);
    if (channel->written != listener->read)
        return take_published(listener, out, most);
    listener->asleep = true;
    listener->streams->sleep.sleep(listener->connection);
    return 0;
}

size_t stream_take(struct stream_listener *listener, char *out, size_t most)
{
    size_t n;

    pthread_mutex_lock(&listener->streams->lock);
    n = take(listener, out, most);
    pthread_mutex_unlock(&listener->streams->lock);
    return n;
}

static void put(struct channel *channel, const char *text)
{
    for (size_t length = strlen(text); length > 0;) {
        size_t at = (size_t)(channel->written % RING), n = length < RING - at ? length : RING - at;

        memcpy(channel->ring + at, text, n);
        channel->written += n;
        text += n;
        length -= n;
    }
}

static void wake_all(struct streams *streams, const struct channel *channel)
{
    for (struct stream_listener *at = streams->listeners; at != NULL; at = at->next)
        if (channel == NULL || at->channel == channel)
            wake(at);
}

void stream_publish(struct streams *streams, int64_t channel, const char *event, const char *data)
{
    struct channel *at;

    pthread_mutex_lock(&streams->lock);
    at = channel_find(streams, channel);
    if (at != NULL && at->listeners > 0) {
        put(at, "event: ");
        put(at, event);
        put(at, "\ndata: ");
        put(at, data);
        put(at, "\n\n");
        wake_all(streams, at);
    }
    pthread_mutex_unlock(&streams->lock);
}

void streams_beat(struct streams *streams, int seconds_most)
{
    time_t now = seconds();

    pthread_mutex_lock(&streams->lock);
    for (struct channel *channel = streams->channels; channel != NULL; channel = channel->next)
        put(channel, ":\n\n");
    for (struct stream_listener *at = streams->listeners; at != NULL; at = at->next)
        if (now - at->since >= seconds_most)
            at->ended = true;
    wake_all(streams, NULL);
    pthread_mutex_unlock(&streams->lock);
}

size_t streams_channels(struct streams *streams, int64_t *channels, size_t most)
{
    size_t n = 0;

    pthread_mutex_lock(&streams->lock);
    for (const struct channel *at = streams->channels; at != NULL && n < most; at = at->next)
        if (at->listeners > 0)
            channels[n++] = at->id;
    pthread_mutex_unlock(&streams->lock);
    return n;
}

size_t streams_listeners(struct streams *streams)
{
    size_t n;

    pthread_mutex_lock(&streams->lock);
    n = streams->count;
    pthread_mutex_unlock(&streams->lock);
    return n;
}

void streams_end(struct streams *streams)
{
    pthread_mutex_lock(&streams->lock);
    streams->ended = true;
    for (struct stream_listener *at = streams->listeners; at != NULL; at = at->next)
        at->ended = true;
    wake_all(streams, NULL);
    pthread_mutex_unlock(&streams->lock);
}
