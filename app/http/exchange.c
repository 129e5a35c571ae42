/* Beginning, filling and forgetting an exchange. */
#include "http/exchange.h"

#include <string.h>
#include <time.h>

#include "http/guard.h"

enum { OVERRUN_MOST = 8 /* times the limit */ };

int64_t exchange_clock(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void exchange_begin(struct exchange *e, uint64_t number)
{
    uint64_t mixed = number * UINT64_C(0x9E3779B97F4A7C15); /* odd: different numbers stay different */

    for (int i = 0; i < 16; i++, mixed >>= 4)
        e->trace[i] = "0123456789abcdef"[mixed & 15];
    e->began_us = exchange_clock();
    e->c.trace = e->trace;
    e->in.c = &e->c;
    e->in.data = "";
}

static void make_room(struct exchange *e, size_t more)
{
    struct request *in = &e->in;
    int64_t length = guard_length(in);
    size_t wanted = length >= 0 ? (size_t)length : (in->size + more) * 2;
    char *larger;

    if (in->size + more + 1 <= e->capacity)
        return;
    larger = arena_alloc(&e->c.arena, wanted + 1);
    memcpy(larger, in->data, in->size);
    in->data = larger;
    e->capacity = wanted + 1;
}

static void close_file(void *file)
{
    (void)fclose(file);
}

/* A large body is not held in memory. The kernel takes it as fast as it comes; who reads it is a worker. */
static void keep_in_file(struct exchange *e, const char *data, size_t size)
{
    if (e->in.file == NULL && !e->no_room) {
        e->in.file = tmpfile();
        e->no_room = e->in.file == NULL;
        if (e->in.file != NULL)
            arena_defer(&e->c.arena, close_file, e->in.file);
    }
    if (!e->no_room && fwrite(data, 1, size, e->in.file) == size)
        return;
    if (e->c.fault.count == 0)
        ctx_note(&e->c, ST_BUSY, "body", NULL, "found no room in the server's temporary folder");
    e->no_room = true;
}

bool exchange_take_body(struct exchange *e, const char *data, size_t size, size_t limit)
{
    struct request *in = &e->in;

    if (e->too_large || in->size + size > limit) {
        e->too_large = true;
        e->overrun += size;
        return e->overrun <= limit * OVERRUN_MOST;
    }
    if (in->route != NULL && in->route->media == MEDIA_ANY) {
        keep_in_file(e, data, size);
    } else {
        make_room(e, size);
        memcpy((char *)(uintptr_t)in->data + in->size, data, size);
    }
    in->size += size;
    return true;
}

void exchange_reset(struct exchange *e)
{
    struct ctx kept;
    void *connection = e->connection;

    ctx_reset(&e->c);
    kept = e->c;
    *e = (struct exchange){ .c = kept, .connection = connection };
}
