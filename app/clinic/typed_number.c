/* Numbers as people type them: digits, decimals and fractions, Chinese numerals; never a float. */
#include <ctype.h>
#include <string.h>

#include "clinic/typed_text.h"

enum { NUMBER_DIGITS = 9, DECIMALS_MOST = 6 };

/* The digits at *at as a whole number; more than NUMBER_DIGITS are too many. */
static int64_t digits(const char **at, bool *too_many)
{
    int64_t value = 0;
    int count = 0;

    for (; isdigit((unsigned char)**at); (*at)++, count++)
        if (count < NUMBER_DIGITS)
            value = 10 * value + (**at - '0');
    *too_many = *too_many || count > NUMBER_DIGITS;
    return value;
}

/* What stands behind a comma or point. Three digits behind a comma may be thousands: nobody can tell. */
static void decimals(const char **at, struct typed_number *out)
{
    bool comma = **at == ',';
    const char *from = *at + 1;
    size_t count = strspn(from, "0123456789");

    if (comma && count == 3)
        out->wrong = "a comma before three digits may mean thousands or a decimal: write it without a comma";
    if (count > DECIMALS_MOST)
        out->wrong = "a weight has at most six decimals";
    for (size_t i = 0; i < count && i < DECIMALS_MOST; i++) {
        out->num = 10 * out->num + (from[i] - '0');
        out->den *= 10;
    }
    *at = from + count;
}

const char *typed_western_number(const char *at, struct typed_number *out)
{
    bool too_many = false;
    const char *fraction;
    struct typed_number second = { .den = 1 };

    *out = (struct typed_number){ .num = digits(&at, &too_many), .den = 1 };
    if ((*at == '.' || *at == ',') && isdigit((unsigned char)at[1]))
        decimals(&at, out);
    else if (*at == '/' && isdigit((unsigned char)at[1])) {
        at++;
        out->den = digits(&at, &too_many);
    } else {
        fraction = at + strspn(at, " ");
        second.num = digits(&fraction, &too_many);
        if (fraction > at + 1 && *fraction == '/' && isdigit((unsigned char)fraction[1])) {
            at = fraction + 1;
            second.den = digits(&at, &too_many);
            out->num = out->num * second.den + second.num;
            out->den = second.den;
        }
    }
    if (out->den == 0 || out->den > 1000000)
        *out = (struct typed_number){ .den = 1, .wrong = "a fraction is written as 1/2 or 3/4" };
    if (too_many || out->num > 1000000000000)
        *out = (struct typed_number){ .den = 1, .wrong = quantity_error_rule(QUANTITY_TOO_LARGE) };
    return at;
}

/* The value of a Chinese numeral; -1 when it is none. Ten, hundred and thousand are 10, 100, 1000. */
static int numeral(uint32_t code)
{
    static const struct {
        uint32_t code;
        int value;
    } numerals[] = {
        { 0x4E00, 1 },  { 0x4E8C, 2 },   { 0x4E09, 3 },    { 0x56DB, 4 }, { 0x4E94, 5 }, { 0x516D, 6 },
        { 0x4E03, 7 },  { 0x516B, 8 },   { 0x4E5D, 9 },    { 0x58F9, 1 }, { 0x8D30, 2 }, { 0x8CB3, 2 },
        { 0x53C1, 3 },  { 0x53C3, 3 },   { 0x4F0D, 5 },    { 0x4E24, 2 }, { 0x5169, 2 }, { 0x5341, 10 },
        { 0x62FE, 10 }, { 0x767E, 100 }, { 0x5343, 1000 },
    };

    for (size_t i = 0; i < sizeof numerals / sizeof *numerals; i++)
        if (numerals[i].code == code)
            return numerals[i].value;
    return -1;
}

/* "三", "十二", "一百二十", "半". NULL when no number begins here. */
static const char *chinese_number(const char *at, struct typed_number *out)
{
    int total = 0;
    int digit = -1;
    bool any = false;

    *out = (struct typed_number){ .den = 1 };
    if (strncmp(at, "半", strlen("半")) == 0) {
        *out = (struct typed_number){ .num = 1, .den = 2 };
        return at + strlen("半");
    }
    for (;;) {
        const char *next = at;
        int value = *at == '\0' ? -1 : numeral(utf8_next(&next));

        if (value < 0 || (value < 10 && digit >= 0) || (value > 10 && digit < 0))
            break;
        if (value < 10) {
            digit = value;
        } else {
            total += (digit < 0 ? 1 : digit) * value;
            digit = -1;
        }
        any = true;
        at = next;
        if (total > 9999)
            break;
    }
    out->num = total + (digit < 0 ? 0 : digit);
    return any ? at : NULL;
}

const char *typed_number(const char *at, struct typed_number *out)
{
    return isdigit((unsigned char)*at) ? typed_western_number(at, out) : chinese_number(at, out);
}

const char *typed_range_end(const char *at)
{
    static const char *const signs[] = { "-", "~", "–", "—", "to ", "or ", "至", "到" };

    at += strspn(at, " ");
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strncmp(at, signs[i], strlen(signs[i])) == 0)
            return at + strlen(signs[i]) + strspn(at + strlen(signs[i]), " ");
    return NULL;
}

const char *typed_bare_number(const char *text)
{
    const char *blank = strrchr(text, ' ');
    const char *end;
    struct typed_number number;

    if (blank == NULL || !isdigit((unsigned char)blank[1]))
        return NULL;
    end = typed_western_number(blank + 1, &number);
    if (typed_range_end(end) != NULL && isdigit((unsigned char)*typed_range_end(end)))
        end = typed_western_number(typed_range_end(end), &number);
    return *end == '\0' ? blank + 1 : NULL;
}
