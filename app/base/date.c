/* The proleptic Gregorian calendar, and the one clock everything asks. */
#include "base/date.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/text.h"

#define US_PER_SECOND INT64_C(1000000)
#define SECONDS_PER_DAY INT64_C(86400)

static _Atomic int64_t test_clock_us;

bool date_is_none(struct date date)
{
    return date.days == DATE_NONE.days;
}

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_length(int year, int month)
{
    static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

/* Days from 1970-01-01, counting years from March so that the leap day is a year's last. */
struct date date_from(int year, int month, int day)
{
    int y, era, year_of_era, day_of_year;

    if (month < 1 || month > 12 || day < 1 || day > month_length(year, month))
        return DATE_NONE;
    y = month <= 2 ? year - 1 : year;
    era = y / 400;
    year_of_era = y - era * 400;
    day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return (struct date){ era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 +
                          day_of_year - 719468 };
}

void date_parts(struct date date, int *year, int *month, int *day)
{
    int z = date.days + 719468;
    int era = z / 146097;
    int day_of_era = z - era * 146097;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int march_month = (5 * day_of_year + 2) / 153;

    *day = day_of_year - (153 * march_month + 2) / 5 + 1;
    *month = march_month < 10 ? march_month + 3 : march_month - 9;
    *year = year_of_era + era * 400 + (*month <= 2 ? 1 : 0);
}

/* Reads exactly `count` digits. */
static bool digits(const char **at, int count, int *number)
{
    *number = 0;
    for (int i = 0; i < count; i++, (*at)++) {
        if (**at < '0' || **at > '9')
            return false;
        *number = *number * 10 + (**at - '0');
    }
    return true;
}

bool date_parse(const char *text, struct date *date)
{
    int year, month, day = 0;

    if (!digits(&text, 4, &year) || *text++ != '-' || !digits(&text, 2, &month))
        return false;
    if (year < 1800 || year > 2199 || month < 1 || month > 12)
        return false;
    if (*text == '\0')
        day = month_length(year, month);
    else if (*text++ != '-' || !digits(&text, 2, &day) || *text != '\0')
        return false;
    *date = date_from(year, month, day);
    return !date_is_none(*date);
}

const char *date_text(struct arena *arena, struct date date)
{
    int year, month, day;

    if (date_is_none(date))
        return "";
    date_parts(date, &year, &month, &day);
    return arena_printf(arena, "%04d-%02d-%02d", year, month, day);
}

struct date date_plus_days(struct date date, int days)
{
    return (struct date){ date.days + days };
}

struct date date_month_end(struct date date)
{
    int year, month, day;

    date_parts(date, &year, &month, &day);
    return date_from(year, month, month_length(year, month));
}

int date_years_between(struct date birth, struct date on)
{
    int by, bm, bd, y, m, d;

    date_parts(birth, &by, &bm, &bd);
    date_parts(on, &y, &m, &d);
    return y - by - (m < bm || (m == bm && d < bd) ? 1 : 0);
}

struct instant instant_now(void)
{
    int64_t fixed = atomic_load(&test_clock_us);
    struct timespec now;

    if (fixed != 0)
        return (struct instant){ fixed };
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (struct instant){ now.tv_sec * US_PER_SECOND + now.tv_nsec / 1000 };
}

void clock_set(struct instant instant)
{
    atomic_store(&test_clock_us, instant.us);
}

bool instant_parse(const char *text, struct instant *instant)
{
    int year, month, day, hour, minute, second, fraction = 0, scale = 100000;
    struct date date;

    if (!digits(&text, 4, &year) || *text++ != '-' || !digits(&text, 2, &month) || *text++ != '-' ||
        !digits(&text, 2, &day) || (*text != 'T' && *text != ' '))
        return false;
    text++;
    if (!digits(&text, 2, &hour) || *text++ != ':' || !digits(&text, 2, &minute) || *text++ != ':' ||
        !digits(&text, 2, &second))
        return false;
    if (*text == '.')
        for (text++; *text >= '0' && *text <= '9'; text++, scale /= 10)
            fraction += (*text - '0') * scale;
    if (strcmp(text, "Z") != 0 && strcmp(text, "+00") != 0 && strcmp(text, "+00:00") != 0)
        return false;
    date = date_from(year, month, day);
    if (date_is_none(date) || hour > 23 || minute > 59 || second > 60)
        return false;
    instant->us =
        (date.days * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second) * US_PER_SECOND + fraction;
    return true;
}

const char *instant_text(struct arena *arena, struct instant instant)
{
    int64_t seconds = instant.us / US_PER_SECOND;
    struct date date = { (int32_t)(seconds / SECONDS_PER_DAY) };
    int rest = (int)(seconds % SECONDS_PER_DAY);

    return arena_printf(arena, "%sT%02d:%02d:%02dZ", date_text(arena, date), rest / 3600, rest / 60 % 60,
                        rest % 60);
}
