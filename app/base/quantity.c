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
static int unit_scale(const char *unit, size_t size)
{
    static const struct {
        const char *name;
        int scale;
    } units[] = {
        { "", 3 },   { "g", 3 },  { "gr", 3 },   { "gm", 3 }, { "gram", 3 }, { "grams", 3 },
        { "mg", 0 }, { "克", 3 }, { "毫克", 0 }, { "kg", 6 }, { "公斤", 6 }, { "千克", 6 },
    };

    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strlen(units[i].name) == size && strncasecmp(units[i].name, unit, size) == 0)
            return units[i].scale;
    return -1;
}

static size_t trimmed(const char *unit)
{
    size_t size = strlen(unit);

    while (size > 0 && unit[size - 1] == ' ')
        size--;
    return size;
}

enum quantity_error weight_parse(const char *text, struct weight *weight)
{
    const char *unit = unit_of(text);
    int scale = unit_scale(unit, trimmed(unit));
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

static int64_t common_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

/* Units besides g, mg and kg, in parts of 10^-8 mg, which every one of them is a whole number of; by convention where it
   depends on one. */
static const struct {
    const char *names; /* separated by spaces */
    int64_t one;       /* everywhere; 0: by convention */
    int64_t by_liang[4];
} odd_units[] = {
    { "oz ounce ounces 盎司", INT64_C(2834952312500), { 0 } },
    { "lb lbs pound pounds 磅", INT64_C(45359237000000), { 0 } },
    { "liang 两 兩 tael taels",
      0,
      { 0, INT64_C(5000000000000), INT64_C(3750000000000), INT64_C(3779936375000) } },
    { "qian 钱 錢 mace", 0, { 0, INT64_C(500000000000), INT64_C(375000000000), INT64_C(377993637500) } },
    { "jin 斤 catty catties",
      0,
      { 0, INT64_C(50000000000000), INT64_C(60000000000000), INT64_C(60478982000000) } },
};
#define ODD_PARTS INT64_C(100000000) /* in a milligram */

static const struct {
    const char *word;
    enum liang liang;
} liang_words[] = {
    { "prc", LIANG_PRC },   { "taiwan", LIANG_TAIWAN }, { "hong_kong", LIANG_HONG_KONG },
    { "cn", LIANG_PRC },    { "tw", LIANG_TAIWAN },     { "hk", LIANG_HONG_KONG },
    { "台", LIANG_TAIWAN }, { "港", LIANG_HONG_KONG },
};

const char *liang_word(enum liang liang)
{
    for (size_t i = 0; i < sizeof liang_words / sizeof liang_words[0]; i++)
        if (liang_words[i].liang == liang)
            return liang_words[i].word;
    return "";
}

static enum liang liang_of(const char *word, size_t size)
{
    for (size_t i = 0; i < sizeof liang_words / sizeof liang_words[0]; i++)
        if (strlen(liang_words[i].word) == size && strncasecmp(liang_words[i].word, word, size) == 0)
            return liang_words[i].liang;
    return LIANG_NOT_CHOSEN;
}

enum liang liang_parse(const char *word)
{
    return liang_of(word, strlen(word));
}

/* The row of odd_units that the first `size` bytes name; NULL for none. */
static const int64_t *odd_unit(const char *unit, size_t size, enum liang liang, bool *known)
{
    for (size_t i = 0; i < sizeof odd_units / sizeof odd_units[0]; i++)
        for (const char *at = odd_units[i].names; *at != '\0';) {
            const size_t length = strcspn(at, " ");

            if (length == size && strncasecmp(at, unit, size) == 0) {
                *known = true;
                return odd_units[i].one != 0 ? &odd_units[i].one : &odd_units[i].by_liang[liang];
            }
            at += length + strspn(at + length, " ");
        }
    *known = false;
    return NULL;
}

struct ratio weight_unit(const char *unit, enum liang liang)
{
    const size_t size = trimmed(unit);
    const int scale = size == 0 ? -1 : unit_scale(unit, size);
    int64_t num = 1, divisor;
    const int64_t *odd;
    bool known;

    for (int i = 0; i < scale; i++)
        num *= 10;
    if (scale >= 0)
        return (struct ratio){ .num = num, .den = 1 };
    odd = odd_unit(unit, size, liang, &known);
    if (odd == NULL || *odd == 0)
        return (struct ratio){ .num = 0, .den = 1 };
    divisor = common_divisor(*odd, ODD_PARTS);
    return (struct ratio){ .num = *odd / divisor, .den = ODD_PARTS / divisor };
}

/* The unit, and the convention that may stand behind it: "liang prc", "兩(港)". */
static size_t unit_and_liang(const char *unit, enum liang *liang)
{
    const size_t size = strcspn(unit, " ("), whole = trimmed(unit);
    const char *word = unit + size;
    enum liang chosen;
    size_t length;

    word += strspn(word, " (");
    length = strcspn(word, " )");
    chosen = length == 0 ? LIANG_NOT_CHOSEN : liang_of(word, length);
    if (chosen == LIANG_NOT_CHOSEN)
        return whole;
    *liang = chosen;
    return size;
}

/* `millionths` of a unit of `one` parts, to whole milligrams. */
static enum quantity_error odd_weight(int64_t millionths, int64_t one, struct weight *weight, bool *rounded)
{
    __extension__ typedef __int128 wide;
    const wide parts = (wide)millionths * one, all = (wide)ODD_PARTS * 1000000;

    if (parts > (wide)WEIGHT_LIMIT_MG * all)
        return QUANTITY_TOO_LARGE;
    weight->mg = (int64_t)((parts + all / 2) / all);
    if (rounded != NULL)
        *rounded = parts % all != 0;
    return QUANTITY_OK;
}

enum quantity_error weight_parse_in(const char *text, enum liang liang, struct weight *weight, bool *rounded)
{
    const char *unit = unit_of(text);
    enum quantity_error error;
    struct decimal number;
    const int64_t *odd;
    bool known;
    size_t size;

    if (rounded != NULL)
        *rounded = false;
    if (unit_scale(unit, trimmed(unit)) >= 0)
        return weight_parse(text, weight);
    size = unit_and_liang(unit, &liang);
    odd = odd_unit(unit, size, liang, &known);
    error = decimal_read(text, 6, &number);
    if (error != QUANTITY_OK)
        return error;
    if (!known)
        return QUANTITY_UNIT;
    if (*odd == 0)
        return QUANTITY_CONVENTION;
    return odd_weight(number.units, *odd, weight, rounded);
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
    case QUANTITY_CONVENTION:
        return "must say whose liang, qian or jin is meant: prc (50 g), taiwan (37.5 g) or hong_kong "
               "(37.79936375 g)";
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
