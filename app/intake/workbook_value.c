/* What a workbook's text and numbers mean: escapes, decimals, days counted from 1900 or 1904, formats that make a date. All of
   it is done on digits: nothing passes through a float. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "intake/workbook_part.h"

enum { SIGNIFICANT = 15, DIGITS_MOST = 64, PLACES_MOST = 30 };

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* The character of "_x000D_" at `at`; 0 when it is no escape. */
static uint32_t escape(const char *at)
{
    uint32_t code = 0;

    if (at[0] != '_' || at[1] != 'x')
        return 0;
    for (int i = 2; i < 6; i++) {
        if (hex(at[i]) < 0)
            return 0;
        code = code * 16 + (uint32_t)hex(at[i]);
    }
    return at[6] == '_' && (code < 0xD800 || code > 0xDFFF) ? code : 0;
}

void text_add_unescaped(struct text *text, const char *more)
{
    const char *from = more;

    for (const char *at = more; (at = strstr(at, "_x")) != NULL;) {
        uint32_t code = escape(at);

        if (code == 0) {
            at++;
            continue;
        }
        text_add_n(text, from, (size_t)(at - from));
        text_add_code(text, code);
        at += 7;
        from = at;
    }
    text_add(text, from);
}

bool format_id_is_date(long id)
{
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) ||
           (id >= 50 && id <= 58);
}

bool format_code_is_date(const char *code)
{
    if (strncasecmp(code, "general", 7) == 0)
        return false;
    for (; *code != '\0'; code++) {
        if (*code == '[' || *code == '"') {
            const char *end = strchr(code + 1, *code == '[' ? ']' : '"');

            if (end == NULL)
                return false;
            code = end;
        } else if (*code == '\\' || *code == '_' || *code == '*') {
            if (code[1] != '\0')
                code++;
        } else if (strchr("dDmMyYhHsS", *code) != NULL) {
            return true;
        }
    }
    return false;
}

/* digits[0].digits[1…] × 10^(point-1), no leading zero unless it is zero itself. */
struct number {
    bool negative;
    char digits[DIGITS_MOST];
    int count, point;
};

static bool read_digits(const char **at, struct number *n, bool fraction)
{
    bool any = false;

    for (; isdigit((unsigned char)**at); (*at)++) {
        any = true;
        if (n->count == 0 && **at == '0') {
            n->point -= fraction ? 1 : 0;
            continue;
        }
        n->point += fraction ? 0 : 1;
        if (n->count < DIGITS_MOST)
            n->digits[n->count++] = **at;
    }
    return any;
}

static bool read_number(const char *text, struct number *n)
{
    bool any;

    *n = (struct number){ 0 };
    n->negative = *text == '-';
    if (*text == '-' || *text == '+')
        text++;
    any = read_digits(&text, n, false);
    if (*text == '.') {
        text++;
        any = read_digits(&text, n, true) || any;
    }
    if (any && (*text == 'e' || *text == 'E')) {
        char *end;
        long exponent = strtol(text + 1, &end, 10);

        if (end == text + 1 || exponent > 999 || exponent < -999)
            return false;
        n->point += (int)exponent;
        text = end;
    }
    return any && *text == '\0';
}

/* Half up at the 15th digit; trailing zeros go. */
static void round_number(struct number *n)
{
    if (n->count > SIGNIFICANT) {
        int at = SIGNIFICANT;
        bool up = n->digits[at] >= '5';

        n->count = SIGNIFICANT;
        while (up && at > 0) {
            at--;
            up = n->digits[at] == '9';
            n->digits[at] = up ? '0' : (char)(n->digits[at] + 1);
        }
        if (up) {
            memmove(n->digits + 1, n->digits, SIGNIFICANT - 1);
            n->digits[0] = '1';
            n->point++;
        }
    }
    while (n->count > 0 && n->digits[n->count - 1] == '0')
        n->count--;
}

const char *decimal_plain(struct arena *arena, const char *number)
{
    struct number n;
    char plain[DIGITS_MOST + 2 * PLACES_MOST + 4];
    size_t size = 0;

    if (!read_number(number, &n))
        return NULL;
    round_number(&n);
    if (n.count == 0)
        return "0";
    if (n.point > PLACES_MOST || n.point < -PLACES_MOST)
        return NULL;
    if (n.negative)
        plain[size++] = '-';
    if (n.point <= 0)
        plain[size++] = '0';
    for (int i = 0; i < n.point; i++)
        plain[size++] = i < n.count ? n.digits[i] : '0';
    if (n.count > n.point)
        plain[size++] = '.';
    for (int i = n.point; i < 0; i++)
        plain[size++] = '0';
    for (int i = n.point > 0 ? n.point : 0; i < n.count; i++)
        plain[size++] = n.digits[i];
    return arena_text_n(arena, plain, size);
}

/* The seconds of a day that the decimals of a plain number are, rounded to the second. */
static long day_seconds(const char *decimals)
{
    int64_t units = 0, scale = 1;

    for (; isdigit((unsigned char)*decimals) && scale < INT64_C(1000000000000); decimals++) {
        units = units * 10 + (*decimals - '0');
        scale *= 10;
    }
    return (long)((units * 86400 + scale / 2) / scale);
}

bool serial_text(struct arena *arena, const char *number, bool from_1904, enum raw_kind *kind,
                 const char **text)
{
    char *end;
    long days = strtol(number, &end, 10);
    long seconds = *end == '.' ? day_seconds(end + 1) : 0;
    struct date epoch = from_1904 ? date_from(1904, 1, 1) : date_from(1899, 12, 30);
    const char *clock;

    if (*number == '-' || days > 2958465)
        return false;
    days += seconds / 86400;
    seconds %= 86400;
    clock = arena_printf(arena, "%02ld:%02ld:%02ld", seconds / 3600, seconds / 60 % 60, seconds % 60);
    *kind = seconds == 0 ? RAW_DATE : RAW_TIME;
    if (days == 0 && !from_1904) {
        *kind = RAW_TIME;
        *text = clock;
        return true;
    }
    /* Day 60 is the 29th of February 1900, which never was; the days before it are counted one short of the others. */
    if (!from_1904 && days == 60)
        return false;
    epoch = date_plus_days(epoch, (int)days + (!from_1904 && days < 60 ? 1 : 0));
    *text =
        seconds == 0 ? date_text(arena, epoch) : arena_printf(arena, "%s %s", date_text(arena, epoch), clock);
    return true;
}
