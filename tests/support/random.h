/* Numbers at random that are the same at every run: xorshift, from a seed of the test's own. */
#ifndef YAOFANG_TESTS_RANDOM_H
#define YAOFANG_TESTS_RANDOM_H

#include <stdint.h>
#include <stdlib.h>

struct random {
    uint64_t state; /* not 0 */
};

/* A number from 0 to limit - 1. */
static inline int64_t random_below(struct random *random, int64_t limit)
{
    random->state ^= random->state << 13;
    random->state ^= random->state >> 7;
    random->state ^= random->state << 17;
    return (int64_t)(random->state % (uint64_t)limit);
}

/* How often a property is tried: YAOFANG_PROPERTY_RUNS, or 20,000 (`make bench` tries a million in the release build). */
static inline long property_runs(void)
{
    const char *text = getenv("YAOFANG_PROPERTY_RUNS");

    return text == NULL ? 20000 : strtol(text, NULL, 10);
}

#endif
