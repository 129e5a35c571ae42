/* Counts of what was answered, for Prometheus. Thread-safe, without locks. */
#ifndef YAOFANG_API_METRICS_H
#define YAOFANG_API_METRICS_H

#include "base/text.h"
#include "http/server.h"

struct metrics;

struct metrics *metrics_open(size_t route_count);
void metrics_close(struct metrics *metrics);

/* Counts an answered request. */
void metrics_count(struct metrics *metrics, const struct exchange *e, int64_t microseconds);

/* Adds all figures in Prometheus' text format. */
void metrics_write(const struct metrics *metrics, struct text *out);

#endif
