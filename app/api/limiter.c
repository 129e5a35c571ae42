/* Counters in a table of fixed size, found by a hash of the name. Names that share a counter share their failures: that can
   only refuse too much, never too little. */
#include "api/limiter.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/date.h"

enum { COUNTERS = 8192 };

struct counter {
    int64_t since_us;
    int failures;
};

struct limiter {
    pthread_mutex_t mutex;
    struct counter table[COUNTERS];
};

struct limiter *limiter_open(void)
{
    struct limiter *limiter = calloc(1, sizeof *limiter);

    if (limiter == NULL)
        arena_out_of_memory();
    pthread_mutex_init(&limiter->mutex, NULL);
    return limiter;
}

void limiter_close(struct limiter *limiter)
{
    pthread_mutex_destroy(&limiter->mutex);
    free(limiter);
}

/* FNV-1a. The last byte reaches only the lowest bits and those from the 40th up: both are used, so that neighbouring addresses
   do not share a counter. */
static struct counter *counter_of(struct limiter *limiter, const char *name)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);

    for (; *name != '\0'; name++)
        hash = (hash ^ (unsigned char)*name) * UINT64_C(0x100000001B3);
    return &limiter->table[(hash ^ (hash >> 32)) % COUNTERS];
}

static bool over(const struct counter *counter)
{
    return instant_now().us - counter->since_us > LIMIT_WINDOW_SECONDS * INT64_C(1000000);
}

bool limiter_full(struct limiter *limiter, const char *name, int most)
{
    const struct counter *counter = counter_of(limiter, name);
    bool full;

    pthread_mutex_lock(&limiter->mutex);
    full = counter->failures >= most && !over(counter);
    pthread_mutex_unlock(&limiter->mutex);
    return full;
}

void limiter_count(struct limiter *limiter, const char *name)
{
    struct counter *counter = counter_of(limiter, name);

    pthread_mutex_lock(&limiter->mutex);
    if (over(counter))
        *counter = (struct counter){ .since_us = instant_now().us };
    counter->failures++;
    pthread_mutex_unlock(&limiter->mutex);
}

void limiter_clear(struct limiter *limiter, const char *name)
{
    struct counter *counter = counter_of(limiter, name);

    pthread_mutex_lock(&limiter->mutex);
    counter->failures = 0;
    pthread_mutex_unlock(&limiter->mutex);
}
