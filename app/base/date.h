/* Civil dates without a time zone (expiry, birth, beyond-use) and instants in UTC microseconds.
   What day it is in a shop is asked of the database (shop_today), which knows the shop's time zone. */
#ifndef YAOFANG_BASE_DATE_H
#define YAOFANG_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

/* Days since 1970-01-01; DATE_NONE where there is none. */
struct date {
    int32_t days;
};
#define DATE_NONE ((struct date){ INT32_MIN })

/* Microseconds since 1970-01-01T00:00:00Z. */
struct instant {
    int64_t us;
};

bool date_is_none(struct date date);
struct date date_from(int year, int month, int day); /* DATE_NONE when there is no such day */
void date_parts(struct date date, int *year, int *month, int *day);

/* "2027-03-31", or "2027-03" which means that month's last day (PRODUCT law 3). Years 1800 to 2199. */
bool date_parse(const char *text, struct date *date);
const char *date_text(struct arena *arena, struct date date);
struct date date_plus_days(struct date date, int days);

/* The last day of the date's month. */
struct date date_month_end(struct date date);

/* Whole years between birth and `on`. */
int date_years_between(struct date birth, struct date on);

/* Now. Honours the test clock. */
struct instant instant_now(void);

/* "2026-11-21T23:05:00Z" and, as PostgreSQL prints timestamptz in UTC, "2026-11-21 23:05:00.123+00". */
bool instant_parse(const char *text, struct instant *instant);
const char *instant_text(struct arena *arena, struct instant instant);

/* Sets the clock for tests; us 0 gives the real one back. */
void clock_set(struct instant instant);

#endif
