/* What label and receipt printers are sent, decoded again as their manuals say: dot for dot what was to be printed. */
#include <stdlib.h>
#include <string.h>

#include "print/raster.h"
#include "support/runner.h"

static struct ctx c;
static uint32_t seed;

static void setup(void)
{
    ctx_init(&c);
    seed = 20261122;
}

static void teardown(void)
{
    ctx_close(&c);
}

static uint32_t chance(uint32_t below)
{
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % below;
}

/* Runs of black and white of all lengths, equal rows, white ends, black ends. */
static struct raster some_raster(int width, int height, int pages)
{
    size_t stride = ((size_t)width + 7) / 8, rows = (size_t)height * (size_t)pages;
    unsigned char *bits = arena_alloc(&c.arena, rows * stride);

    memset(bits, 0, rows * stride);
    for (size_t row = 0; row < rows; row++) {
        uint32_t kind = chance(5);

        if (kind == 0 && row > 0)
            memcpy(bits + row * stride, bits + (row - 1) * stride, stride);
        for (int x = 0; x < width && kind > 1;) {
            int run = (int)chance(kind == 2 ? 4 : kind == 3 ? 60 : 4000) + 1;
            bool black = chance(2) == 1;

            for (; run > 0 && x < width; run--, x++)
                if (black)
                    bits[row * stride + (size_t)x / 8] |= (unsigned char)(0x80 >> x % 8);
        }
    }
    return (struct raster){ width, height, pages, stride, bits };
}

static const char *expect_text(const char *at, const char *text)
{
    ck_assert_msg(strncmp(at, text, strlen(text)) == 0, "no \"%s\" at \"%.40s\"", text, at);
    return at + strlen(text);
}

static int hex(char digit)
{
    const char *digits = "0123456789ABCDEF", *at = strchr(digits, digit);

    ck_hold(digit != '\0' && at != NULL, "no hexadecimal digit: %c", digit);
    return (int)(at - digits);
}

static void put_digit(unsigned char *row, size_t stride, size_t *place, int value)
{
    ck_hold(*place / 2 < stride, "a row is longer than %zu bytes", stride);
    row[*place / 2] |= (unsigned char)(*place % 2 == 0 ? value << 4 : value);
    ++*place;
}

/* One row of ^GFA data; where the next begins. */
static const char *decode_row(const char *at, unsigned char *rows, size_t row, size_t stride)
{
    unsigned char *this = rows + row * stride;
    size_t place = 0;

    while (*at == '\n')
        at++;
    if (*at == ':') {
        ck_hold(row > 0, "the first row repeats one");
        memcpy(this, this - stride, stride);
        return at + 1;
    }
    while (place < stride * 2) {
        size_t n = 0;

        if (*at == ',' || *at == '!') {
            while (place < stride * 2)
                put_digit(this, stride, &place, *at == ',' ? 0 : 15);
            return at + 1;
        }
        for (; (*at >= 'G' && *at <= 'Y') || (*at >= 'g' && *at <= 'z'); at++)
            n += *at <= 'Y' ? (size_t)(*at - 'G' + 1) : (size_t)(*at - 'g' + 1) * 20;
        for (n = n == 0 ? 1 : n; n > 0; n--)
            put_digit(this, stride, &place, hex(*at));
        at++;
    }
    return at;
}

static void check_zpl(const struct raster *raster)
{
    size_t bytes = raster->stride * (size_t)raster->height;
    unsigned char *rows = arena_alloc(&c.arena, bytes);
    struct text out;
    const char *at;

    text_init(&out, &c.arena);
    raster_zpl(raster, &out);
    at = out.data;
    for (int page = 0; page < raster->pages; page++) {
        at = expect_text(at, arena_printf(&c.arena, "^XA\n^PW%d\n^LL%d\n^LH0,0\n^FO0,0^GFA,%zu,%zu,%zu,",
                                          raster->width, raster->height, bytes, bytes, raster->stride));
        memset(rows, 0, bytes);
        for (int row = 0; row < raster->height; row++)
            at = decode_row(at, rows, (size_t)row, raster->stride);
        at = expect_text(at, "\n^FS\n^XZ\n");
        ck_assert_int_eq(memcmp(rows, raster->bits + (size_t)page * bytes, bytes), 0);
    }
    ck_assert_str_eq(at, "");
}

static void check_escpos(const struct raster *raster)
{
    size_t done = 0, all = raster->stride * (size_t)raster->height * (size_t)raster->pages;
    const unsigned char *at, *end;
    struct text out;
    int cuts = 0;

    text_init(&out, &c.arena);
    raster_escpos(raster, &out);
    at = (const unsigned char *)out.data;
    end = at + out.size;
    ck_assert_int_eq(memcmp(at, "\x1b@", 2), 0);
    for (at += 2; at < end;) {
        if (at[0] == 0x1d && at[1] == 'v') {
            size_t n = (size_t)(at[4] | at[5] << 8) * (size_t)(at[6] | at[7] << 8);

            ck_assert_int_eq(memcmp(at, "\x1dv0\0", 4), 0);
            ck_assert_uint_eq((size_t)(at[4] | at[5] << 8), raster->stride);
            ck_assert_uint_le(done + n, all);
            ck_assert_int_eq(memcmp(at + 8, raster->bits + done, n), 0);
            done += n;
            at += 8 + n;
        } else {
            ck_assert_int_eq(memcmp(at, "\x1bJ", 2), 0);
            ck_assert_int_eq(memcmp(at + 3, "\x1dV\x42\0", 4), 0);
            at += 7;
            cuts++;
        }
    }
    ck_assert_uint_eq(done, all);
    ck_assert_int_eq(cuts, raster->pages);
}

START_TEST(every_dot_arrives)
{
    for (int i = 0; i < 300; i++) {
        struct raster raster = some_raster((int)chance(900) + 1, (int)chance(300) + 1, (int)chance(3) + 1);

        check_zpl(&raster);
        check_escpos(&raster);
        ctx_reset(&c);
    }
}
END_TEST

START_TEST(a_long_run_is_said_shortly)
{
    struct raster raster = some_raster(8, 1, 1);
    unsigned char row[1000];
    struct text out;

    memset(row, 0xAA, sizeof row);
    raster = (struct raster){ 8000, 1, 1, sizeof row, row };
    text_init(&out, &c.arena);
    check_zpl(&raster);
    raster_zpl(&raster, &out);
    ck_assert_msg(strstr(out.data, "\nzzzzzA\n") != NULL, "%s", out.data);
}
END_TEST

SUITE(raster)
{
    return suite_of("raster", 60, NULL, setup, teardown,
                    TESTS(every_dot_arrives, a_long_run_is_said_shortly));
}
