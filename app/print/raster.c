/* Dots in the two languages of thermal printers. */
#include "print/raster.h"

#include <string.h>

enum { BAND_ROWS = 128, FEED_DOTS = 24 };

static const unsigned char *row_of(const struct raster *raster, int page, int row)
{
    return raster->bits + ((size_t)page * (size_t)raster->height + (size_t)row) * raster->stride;
}

/* A hexadecimal digit said `n` times: 400 and more by repeating "z", then 20 to 380 as g to y, 1 to 19 as G to Y. */
static void zpl_repeat(struct text *out, char digit, size_t n)
{
    if (n == 1) {
        text_add_char(out, digit);
        return;
    }
    for (; n >= 400; n -= 400)
        text_add_char(out, 'z');
    if (n >= 20)
        text_add_char(out, (char)('g' + n / 20 - 1));
    if (n % 20 > 0)
        text_add_char(out, (char)('G' + n % 20 - 1));
    text_add_char(out, digit);
}

static char digit_of(const unsigned char *row, size_t place)
{
    unsigned char byte = row[place / 2];

    return "0123456789ABCDEF"[place % 2 == 0 ? byte >> 4 : byte & 15];
}

/* A row: to its end white is ",", to its end black "!". */
static void zpl_row(struct text *out, const unsigned char *row, size_t digits)
{
    size_t place = 0;

    while (place < digits) {
        char digit = digit_of(row, place);
        size_t end = place + 1;

        while (end < digits && digit_of(row, end) == digit)
            end++;
        if (end == digits && (digit == '0' || digit == 'F'))
            text_add_char(out, digit == '0' ? ',' : '!');
        else
            zpl_repeat(out, digit, end - place);
        place = end;
    }
}

static void zpl_page(const struct raster *raster, int page, struct text *out)
{
    size_t bytes = raster->stride * (size_t)raster->height;

    text_addf(out, "^XA\n^PW%d\n^LL%d\n^LH0,0\n^FO0,0^GFA,%zu,%zu,%zu,\n", raster->width, raster->height,
              bytes, bytes, raster->stride);
    for (int row = 0; row < raster->height; row++) {
        const unsigned char *this = row_of(raster, page, row);

        if (row > 0 && memcmp(this, this - raster->stride, raster->stride) == 0)
            text_add_char(out, ':');
        else
            zpl_row(out, this, raster->stride * 2);
        text_add_char(out, '\n');
    }
    text_add(out, "^FS\n^XZ\n");
}

void raster_zpl(const struct raster *raster, struct text *out)
{
    for (int page = 0; page < raster->pages; page++)
        zpl_page(raster, page, out);
}

static void escpos_band(const struct raster *raster, int page, int first, int rows, struct text *out)
{
    const char head[] = { 0x1d,
                          'v',
                          '0',
                          0,
                          (char)(raster->stride & 255),
                          (char)(raster->stride >> 8),
                          (char)(rows & 255),
                          (char)(rows >> 8) };

    text_add_n(out, head, sizeof head);
    text_add_n(out, (const char *)row_of(raster, page, first), (size_t)rows * raster->stride);
}

void raster_escpos(const struct raster *raster, struct text *out)
{
    static const char start[] = { 0x1b, '@' };
    static const char cut[] = { 0x1b, 'J', FEED_DOTS, 0x1d, 'V', 66, 0 };

    text_add_n(out, start, sizeof start);
    for (int page = 0; page < raster->pages; page++) {
        for (int row = 0; row < raster->height; row += BAND_ROWS)
            escpos_band(raster, page, row,
                        raster->height - row < BAND_ROWS ? raster->height - row : BAND_ROWS, out);
        text_add_n(out, cut, sizeof cut);
    }
}
