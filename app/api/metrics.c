/* One counter per route and status, one histogram of latency per route. */
#include "api/metrics.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "api/api.h"

static const int codes[] = { 200, 201, 204, 304, 400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503 };
static const int64_t buckets_us[] = { 250,   500,   1000,   2500,   5000,    10000,
                                      25000, 50000, 100000, 250000, 1000000, 5000000 };
enum { CODES = sizeof codes / sizeof codes[0], BUCKETS = sizeof buckets_us / sizeof buckets_us[0] };

struct figures {
    _Atomic uint64_t answers[CODES];
    _Atomic uint64_t buckets[BUCKETS]; /* each counts what is not in a smaller one */
    _Atomic uint64_t slower;
    _Atomic uint64_t total_us;
    _Atomic uint64_t queries;
    _Atomic uint64_t db_us;
};

struct metrics {
    size_t route_count;
    struct figures figures[]; /* the last: requests of no route */
};

struct metrics *metrics_open(size_t count)
{
    struct metrics *metrics = calloc(1, sizeof *metrics + (count + 1) * sizeof(struct figures));

    if (metrics == NULL)
        arena_out_of_memory();
    metrics->route_count = count;
    return metrics;
}

void metrics_close(struct metrics *metrics)
{
    free(metrics);
}

static void add(_Atomic uint64_t *counter, uint64_t n)
{
    atomic_fetch_add_explicit(counter, n, memory_order_relaxed);
}

void metrics_count(struct metrics *metrics, const struct exchange *e, int64_t microseconds)
{
    size_t place = e->in.route == NULL ? metrics->route_count : (size_t)(e->in.route - routes);
    struct figures *figures = &metrics->figures[place];
    size_t code = 0, bucket = 0;

    while (code < CODES && codes[code] != e->out.status)
        code++;
    if (code < CODES)
        add(&figures->answers[code], 1);
    while (bucket < BUCKETS && microseconds > buckets_us[bucket])
        bucket++;
    add(bucket < BUCKETS ? &figures->buckets[bucket] : &figures->slower, 1);
    add(&figures->total_us, (uint64_t)microseconds);
    add(&figures->queries, (uint64_t)e->queries);
    add(&figures->db_us, (uint64_t)e->db_us);
}

static uint64_t get(const _Atomic uint64_t *counter)
{
    return atomic_load_explicit(counter, memory_order_relaxed);
}

static const char *label_of(struct text *out, const struct metrics *metrics, size_t place)
{
    if (place == metrics->route_count)
        return "route=\"none\"";
    return arena_printf(out->arena, "route=\"%s %s\"", method_word(routes[place].method), routes[place].path);
}

static void write_latency(const struct figures *figures, const char *label, struct text *out)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < BUCKETS; i++) {
        sum += get(&figures->buckets[i]);
        text_addf(out, "yaofang_request_seconds_bucket{%s,le=\"%g\"} %llu\n", label,
                  (double)buckets_us[i] / 1e6, (unsigned long long)sum);
    }
    sum += get(&figures->slower);
    text_addf(out, "yaofang_request_seconds_bucket{%s,le=\"+Inf\"} %llu\n", label, (unsigned long long)sum);
    text_addf(out, "yaofang_request_seconds_sum{%s} %.6f\n", label, (double)get(&figures->total_us) / 1e6);
    text_addf(out, "yaofang_request_seconds_count{%s} %llu\n", label, (unsigned long long)sum);
}

static bool was_used(const struct figures *figures)
{
    uint64_t sum = get(&figures->slower);

    for (size_t i = 0; i < BUCKETS; i++)
        sum += get(&figures->buckets[i]);
    return sum > 0;
}

static void write_counter(const struct metrics *metrics, struct text *out, const char *name, size_t offset,
                          double per)
{
    text_addf(out, "# TYPE %s counter\n", name);
    for (size_t i = 0; i <= metrics->route_count; i++) {
        const struct figures *figures = &metrics->figures[i];
        const _Atomic uint64_t *counter = (const void *)((const char *)figures + offset);

        if (was_used(figures))
            text_addf(out, "%s{%s} %.15g\n", name, label_of(out, metrics, i), (double)get(counter) / per);
    }
}

void metrics_write(const struct metrics *metrics, struct text *out)
{
    text_add(out,
             "# HELP yaofang_requests_total Requests answered.\n# TYPE yaofang_requests_total counter\n");
    for (size_t i = 0; i <= metrics->route_count; i++)
        for (size_t k = 0; k < CODES; k++)
            if (get(&metrics->figures[i].answers[k]) > 0)
                text_addf(out, "yaofang_requests_total{%s,status=\"%d\"} %llu\n", label_of(out, metrics, i),
                          codes[k], (unsigned long long)get(&metrics->figures[i].answers[k]));
    text_add(out, "# HELP yaofang_request_seconds From the first byte of a request's head to its answer.\n"
                  "# TYPE yaofang_request_seconds histogram\n");
    for (size_t i = 0; i <= metrics->route_count; i++)
        if (was_used(&metrics->figures[i]))
            write_latency(&metrics->figures[i], label_of(out, metrics, i), out);
    write_counter(metrics, out, "yaofang_queries_total", offsetof(struct figures, queries), 1);
    write_counter(metrics, out, "yaofang_database_seconds_total", offsetof(struct figures, db_us), 1e6);
}
