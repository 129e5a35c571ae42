/* How often something failed lately, by name: slows down guessing of passwords (ASVS 2.2.1). Thread-safe. */
#ifndef YAOFANG_API_LIMITER_H
#define YAOFANG_API_LIMITER_H

#include <stdbool.h>

/* Failures within the window that are let pass: per account and per address; and passwords one administrator may make. */
enum { LIMIT_WINDOW_SECONDS = 900, LIMIT_PER_ACCOUNT = 10, LIMIT_PER_ADDRESS = 50, LIMIT_PASSWORDS = 50 };

struct limiter;

struct limiter *limiter_open(void);
void limiter_close(struct limiter *limiter);

/* Whether `name` has reached `most` failures within the window. */
bool limiter_full(struct limiter *limiter, const char *name, int most);
void limiter_count(struct limiter *limiter, const char *name);
void limiter_clear(struct limiter *limiter, const char *name);

#endif
