/* What the values of a GS1 code mean: numbers with check digits, two-digit years, weights with a decimal point in their
   identifier. */
#include "intake/gs1_value.h"

#include <stdlib.h>
#include <string.h>

#include "base/quantity.h"
#include "base/text.h"

enum { NET_DIGITS = 6, NET_DECIMALS_MOST = 5 };
#define MG_IN_LB_NUM INT64_C(45359237)
#define MG_IN_LB_DEN INT64_C(100)

static const struct gs1_identifier identifiers[] = {
    { "00", 2, 18, 18, true, GS1_OTHER },
    { "01", 2, 14, 14, true, GS1_GTIN },
    { "02", 2, 14, 14, true, GS1_CONTENT_GTIN },
    { "10", 2, 1, 20, false, GS1_LOT },
    { "11", 2, 6, 6, true, GS1_MADE_ON },
    { "12", 2, 6, 6, true, GS1_OTHER_DATE },
    { "13", 2, 6, 6, true, GS1_OTHER_DATE },
    { "15", 2, 6, 6, true, GS1_BEST_BEFORE },
    { "16", 2, 6, 6, true, GS1_OTHER_DATE },
    { "17", 2, 6, 6, true, GS1_EXPIRES_ON },
    { "20", 2, 2, 2, true, GS1_OTHER },
    { "21", 2, 1, 20, false, GS1_SERIAL },
    { "240", 3, 1, 30, false, GS1_ADDITIONAL_ID },
    { "241", 3, 1, 30, false, GS1_OTHER },
    { "250", 3, 1, 30, false, GS1_OTHER },
    { "30", 2, 1, 8, true, GS1_COUNT },
    { "310", 4, 6, 6, true, GS1_NET_KG },
    { "320", 4, 6, 6, true, GS1_NET_LB },
    { "37", 2, 1, 8, true, GS1_CONTENT_COUNT },
    { "400", 3, 1, 30, false, GS1_OTHER },
    { "422", 3, 3, 3, true, GS1_OTHER },
};

const struct gs1_identifier *gs1_identifier_at(const char *at, size_t size, size_t *digits)
{
    *digits = 0;
    for (size_t i = 0; i < sizeof identifiers / sizeof identifiers[0]; i++) {
        const struct gs1_identifier *id = &identifiers[i];

        if (size < id->digits || strncmp(at, id->start, strlen(id->start)) != 0)
            continue;
        if (id->digits > strlen(id->start) && (at[3] < '0' || at[3] > '0' + NET_DECIMALS_MOST))
            continue;
        *digits = id->digits;
        return id;
    }
    return NULL;
}

void gs1_empty(struct gs1 *reading)
{
    *reading = (struct gs1){ .made_on = DATE_NONE,
                             .best_before = DATE_NONE,
                             .expires_on = DATE_NONE,
                             .count = -1,
                             .content_count = -1,
                             .net_mg = -1 };
}

static const char *copy(struct ctx *c, const struct gs1_element *e)
{
    return arena_text_n(&c->arena, e->value, e->size);
}

static enum status wrong(struct ctx *c, const struct gs1_element *e, const char *rule)
{
    return ctx_fail(c, ST_INVALID, arena_printf(&c->arena, "(%.*s)", (int)e->name_size, e->name), copy(c, e),
                    "%s", rule);
}

static int two_digits(const char *at)
{
    return (at[0] - '0') * 10 + (at[1] - '0');
}

/* The year that YY means today: at most 50 years ahead, at most 49 back (General Specifications 7.12). */
static int full_year(int yy, struct date today)
{
    int year, month, day;

    date_parts(today, &year, &month, &day);
    if (yy - year % 100 >= 51)
        return year - year % 100 - 100 + yy;
    if (yy - year % 100 <= -50)
        return year - year % 100 + 100 + yy;
    return year - year % 100 + yy;
}

/* YYMMDD. Day 00 is the month as a whole: its last day, or the first with `first`. */
static enum status value_date(struct ctx *c, const struct gs1_element *e, struct date today, bool first,
                              struct date *date, bool *whole_month)
{
    const int year = full_year(two_digits(e->value), today), month = two_digits(e->value + 2),
              day = two_digits(e->value + 4);

    *whole_month = day == 0;
    if (month < 1 || month > 12)
        return wrong(c, e, "is a date YYMMDD, and there is no such month");
    *date = date_from(year, month, day == 0 ? 1 : day);
    if (date_is_none(*date))
        return wrong(c, e, "is a date YYMMDD, and the month has no such day");
    if (day == 0 && !first)
        *date = date_month_end(*date);
    return ST_OK;
}

static int64_t value_number(const struct gs1_element *e)
{
    int64_t number = 0;

    for (size_t i = 0; i < e->size; i++)
        number = number * 10 + (e->value[i] - '0');
    return number;
}

static enum status value_gtin(struct ctx *c, const struct gs1_element *e, const char **gtin)
{
    char padded[15];

    *gtin = copy(c, e);
    return gtin_parse(*gtin, padded) ? ST_OK : wrong(c, e, "is no GTIN: its check digit does not fit");
}

static int64_t power_of_ten(int n)
{
    int64_t power = 1;

    for (int i = 0; i < n; i++)
        power *= 10;
    return power;
}

static enum status value_net(struct ctx *c, const struct gs1_element *e, bool pounds, struct gs1 *reading)
{
    const int decimals = e->name[3] - '0';
    const int64_t number = value_number(e);
    const int64_t den = power_of_ten(decimals) * MG_IN_LB_DEN;
    const int64_t before = reading->net_mg;

    if (number == 0)
        return wrong(c, e, "is a weight, and more than nothing");
    if (pounds) {
        reading->net_mg = scale_i64(number, MG_IN_LB_NUM, den);
        reading->net_rounded = number * MG_IN_LB_NUM % den != 0;
    } else {
        reading->net_mg = number * power_of_ten(NET_DIGITS - decimals);
        reading->net_rounded = false;
    }
    if (reading->net_mg > WEIGHT_LIMIT_MG)
        return wrong(c, e, "is more than any weight handled here");
    if (before >= 0 && before != reading->net_mg && llabs(before - reading->net_mg) * 1000 > before)
        return wrong(c, e, "is another weight than the code says before");
    if (before >= 0)
        reading->net_mg = before; /* kilograms and pounds of the same goods: the first said */
    return ST_OK;
}

static enum status value_count(struct ctx *c, const struct gs1_element *e, int64_t *count)
{
    *count = value_number(e);
    return *count > 0 ? ST_OK : wrong(c, e, "is a number of pieces, and more than none");
}

/* The form of a value: as long as its identifier allows, of digits or of the 82 characters the standard has for text. */
static enum status check_form(struct ctx *c, const struct gs1_element *e)
{
    static const char digits[] = "0123456789";
    static const char others[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!\"%&'()*+,-./:;<=>?_";

    if (e->size < e->id->shortest || e->size > e->id->longest) {
        const char *rule =
            e->id->shortest == e->id->longest
                ? arena_printf(&c->arena, "is %zu characters long", e->id->longest)
                : arena_printf(&c->arena, "is %zu to %zu characters long", e->id->shortest, e->id->longest);

        return wrong(c, e, rule);
    }
    for (size_t i = 0; i < e->size; i++)
        if (strchr(digits, e->value[i]) == NULL && (e->id->numeric || strchr(others, e->value[i]) == NULL))
            return wrong(c, e,
                         e->id->numeric ? "has digits only" : "holds a character GS1 codes do not have");
    return ST_OK;
}

static enum status read_value(struct ctx *c, const struct gs1_element *e, struct date today,
                              struct gs1 *reading)
{
    struct date date;
    bool whole_month;

    TRY(check_form(c, e));
    switch (e->id->meaning) {
    case GS1_GTIN:
        return value_gtin(c, e, &reading->gtin);
    case GS1_CONTENT_GTIN:
        return value_gtin(c, e, &reading->content_gtin);
    case GS1_LOT:
        reading->lot = copy(c, e);
        return ST_OK;
    case GS1_SERIAL:
        reading->serial = copy(c, e);
        return ST_OK;
    case GS1_ADDITIONAL_ID:
        reading->additional_id = copy(c, e);
        return ST_OK;
    case GS1_MADE_ON:
        return value_date(c, e, today, true, &reading->made_on, &whole_month);
    case GS1_BEST_BEFORE:
        return value_date(c, e, today, false, &reading->best_before, &whole_month);
    case GS1_EXPIRES_ON:
        return value_date(c, e, today, false, &reading->expires_on, &reading->expires_month);
    case GS1_OTHER_DATE:
        return value_date(c, e, today, false, &date, &whole_month);
    case GS1_COUNT:
        return value_count(c, e, &reading->count);
    case GS1_CONTENT_COUNT:
        return value_count(c, e, &reading->content_count);
    case GS1_NET_KG:
        return value_net(c, e, false, reading);
    case GS1_NET_LB:
        return value_net(c, e, true, reading);
    case GS1_OTHER:
        return ST_OK;
    }
    return ST_OK;
}

static bool same_name(const struct gs1_element *a, const struct gs1_element *b)
{
    return a->name_size == b->name_size && strncmp(a->name, b->name, a->name_size) == 0;
}

static enum status refuse_twice(struct ctx *c, const struct gs1_element *elements, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (same_name(&elements[i], &elements[at]) &&
            (elements[i].size != elements[at].size ||
             memcmp(elements[i].value, elements[at].value, elements[at].size) != 0))
            return wrong(c, &elements[at], "stands in the code before, with another value");
    return ST_OK;
}

enum status gs1_values(struct ctx *c, const struct gs1_element *elements, size_t count, struct date today,
                       struct gs1 *reading)
{
    struct text shown;

    gs1_empty(reading);
    text_init(&shown, &c->arena);
    for (size_t i = 0; i < count; i++) {
        TRY(refuse_twice(c, elements, i));
        TRY(read_value(c, &elements[i], today, reading));
        text_addf(&shown, "(%.*s)%.*s", (int)elements[i].name_size, elements[i].name, (int)elements[i].size,
                  elements[i].value);
        if (!date_is_none(reading->made_on) && !date_is_none(reading->expires_on) &&
            reading->expires_on.days < reading->made_on.days)
            return ctx_fail(c, ST_INVALID, "(17)", date_text(&c->arena, reading->expires_on),
                            "is before the day of manufacture, %s", date_text(&c->arena, reading->made_on));
    }
    reading->text = shown.data == NULL ? "" : shown.data;
    return ST_OK;
}

/* A GTIN of variable measure begins with 9; only with such a one, or with (02), do (30), (310n) and (320n) stand. */
static bool variable_measure(const struct gs1_element *elements, size_t last)
{
    for (size_t i = 0; i < last; i++)
        if (elements[i].id->meaning == GS1_CONTENT_GTIN ||
            (elements[i].id->meaning == GS1_GTIN && elements[i].value[0] == '9'))
            return true;
    return false;
}

static bool may_stand(const struct gs1_element *elements, size_t last)
{
    const struct gs1_element *e = &elements[last];

    for (size_t i = 0; i < last; i++)
        if (same_name(&elements[i], e))
            return false;
    switch (e->id->meaning) {
    case GS1_COUNT:
        return variable_measure(elements, last);
    case GS1_CONTENT_COUNT:
        for (size_t i = 0; i < last; i++)
            if (elements[i].id->meaning == GS1_CONTENT_GTIN)
                return true;
        return false;
    case GS1_GTIN:
    case GS1_CONTENT_GTIN:
    case GS1_LOT:
    case GS1_SERIAL:
    case GS1_ADDITIONAL_ID:
    case GS1_MADE_ON:
    case GS1_BEST_BEFORE:
    case GS1_EXPIRES_ON:
    case GS1_NET_KG:
    case GS1_NET_LB:
    case GS1_OTHER_DATE:
    case GS1_OTHER:
        return true;
    }
    return true;
}

bool gs1_element_fits(struct ctx *c, const struct gs1_element *elements, size_t last, struct date today)
{
    struct gs1 ignored;
    bool fits;

    gs1_empty(&ignored);
    fits = may_stand(elements, last) && read_value(c, &elements[last], today, &ignored) == ST_OK;
    ctx_forgive(c);
    return fits;
}
