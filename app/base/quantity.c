/* Exact reading and printing of weights and money; the one place where a quantity is rounded. */
#include "base/quantity.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

struct decimal {
    int64_t units;    /* the number times 10^scale */
    const char *rest; /* what follows it */
};

/* The ASCII character a full-width digit or point stands for, else the character itself. */
static uint32_t narrow(uint32_t code)
{
    return code >= 0xFF01 && code <= 0xFF5E ? code - 0xFEE0 : code;
}

/* Reads digits with at most `scale` decimals (further zeros are allowed) into units of 10^-scale. */
static enum quantity_error decimal_read(const char *text, int scale, struct decimal *out)
{
    bool point = false, any = false;
    int decimals = 0;
    int64_t units = 0;
    const char *at = text, *before = text;

    while (*at == ' ')
        at++;
    if (*at == '-')
        return QUANTITY_NEGATIVE;
    for (;;) {
        uint32_t code;

        before = at;
        code = narrow(utf8_next(&at));
        if (code == '.' && !point) {
            point = true;
            continue;
        }
        if (code < '0' || code > '9')
            break;
        any = true;
        if (point && ++decimals > scale) {
            if (code != '0')
                return QUANTITY_TOO_FINE;
            continue;
        }
        units = units * 10 + (int64_t)(code - '0');
        if (units > WEIGHT_LIMIT_MG * 10)
            return QUANTITY_TOO_LARGE;
    }
    if (!any)
        return QUANTITY_NOT_A_NUMBER;
    for (int i = decimals; i < scale; i++) {
        units *= 10;
        if (units > WEIGHT_LIMIT_MG * 10)
            return QUANTITY_TOO_LARGE;
    }
    *out = (struct decimal){ .units = units, .rest = before };
    return QUANTITY_OK;
}

/* Where the digits, the point and the spaces of a number end: there the unit stands. */
static const char *unit_of(const char *text)
{
    for (;;) {
        const char *next = text;
        uint32_t code = narrow(utf8_next(&next));

        if (code != ' ' && code != '.' && (code < '0' || code > '9'))
            return text;
        text = next;
    }
}

/* The decimals of one unit that are whole milligrams; -1 for a unit we do not know. */
static int unit_scale(const char *unit)
{
    static const struct {
        const char *name;
        int scale;
    } units[] = {
        { "", 3 },   { "g", 3 },  { "gr", 3 },   { "gm", 3 }, { "gram", 3 }, { "grams", 3 },
        { "mg", 0 }, { "克", 3 }, { "毫克", 0 }, { "kg", 6 }, { "公斤", 6 }, { "千克", 6 },
    };
    size_t size = strlen(unit);

    while (size > 0 && unit[size - 1] == ' ')
        size--;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strlen(units[i].name) == size && strncasecmp(units[i].name, unit, size) == 0)
            return units[i].scale;
    return -1;
}

enum quantity_error weight_parse(const char *text, struct weight *weight)
{
    int scale = unit_scale(unit_of(text));
    struct decimal number;
    enum quantity_error error = decimal_read(text, scale < 0 ? 3 : scale, &number);

    if (scale < 0 && error != QUANTITY_NOT_A_NUMBER && error != QUANTITY_NEGATIVE)
        return QUANTITY_UNIT;
    if (error == QUANTITY_OK && number.units > WEIGHT_LIMIT_MG)
        return QUANTITY_TOO_LARGE;
    if (error == QUANTITY_OK)
        weight->mg = number.units;
    return error;
}

const char *quantity_error_rule(enum quantity_error error)
{
    switch (error) {
    case QUANTITY_OK:
        return "fine";
    case QUANTITY_NOT_A_NUMBER:
        return "must be a decimal number";
    case QUANTITY_UNIT:
        return "must be a number followed by g, mg or kg";
    case QUANTITY_NEGATIVE:
        return "must not be negative";
    case QUANTITY_TOO_FINE:
        return "has more decimals than can be kept exactly";
    case QUANTITY_TOO_LARGE:
        return "is larger than any weight or amount handled here";
    }
    return "is not a quantity";
}

const char *weight_text(struct arena *arena, struct weight weight)
{
    int64_t mg = llabs(weight.mg);
    char *text = arena_printf(arena, "%s%lld.%03lld", weight.mg < 0 ? "-" : "", (long long)(mg / 1000),
                              (long long)(mg % 1000));
    size_t size = strlen(text);

    while (text[size - 1] == '0')
        size--;
    if (text[size - 1] == '.')
        size--;
    return arena_printf(arena, "%.*s g", (int)size, text);
}

const char *money_text(struct arena *arena, struct money money)
{
    int64_t cents = llabs(money.cents);

    return arena_printf(arena, "%s%lld.%02lld", money.cents < 0 ? "-" : "", (long long)(cents / 100),
                        (long long)(cents % 100));
}

enum quantity_error money_parse(const char *text, struct money *money)
{
    struct decimal number;
    enum quantity_error error = decimal_read(text, 2, &number);

    if (error != QUANTITY_OK)
        return error;
    while (*number.rest == ' ')
        number.rest++;
    if (*number.rest != '\0')
        return QUANTITY_NOT_A_NUMBER;
    money->cents = number.units;
    return QUANTITY_OK;
}

static int64_t common_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

bool ratio_parse(const char *text, struct ratio *ratio)
{
    struct decimal num, den = { .units = 1000000 };
    int64_t divisor;

    if (decimal_read(text, 6, &num) != QUANTITY_OK)
        return false;
    if (*num.rest == ':' || *num.rest == '/') {
        if (decimal_read(num.rest + 1, 6, &den) != QUANTITY_OK || *den.rest != '\0')
            return false;
    } else if (*num.rest != '\0') {
        return false;
    }
    if (num.units == 0 || den.units == 0)
        return false;
    divisor = common_divisor(num.units, den.units);
    *ratio = (struct ratio){ .num = num.units / divisor, .den = den.units / divisor };
    return true;
}

int64_t scale_i64(int64_t a, int64_t num, int64_t den)
{
    __extension__ typedef __int128 wide;
    wide product = (wide)a * num;
    wide half = den / 2;
    wide result = (product >= 0 ? product + half : product - half) / den;

    if (result > INT64_MAX || result < INT64_MIN)
        abort();
    return (int64_t)result;
}

struct weight weight_plus(struct weight a, struct weight b)
{
    struct weight sum;

    if (__builtin_add_overflow(a.mg, b.mg, &sum.mg))
        abort();
    return sum;
}

struct weight weight_minus(struct weight a, struct weight b)
{
    return weight_plus(a, (struct weight){ .mg = -b.mg });
}
