/* Encodes bar codes with zint and turns the modules into few rectangles: a run of black modules is one bar, and a
   run repeated straight below makes the bar above it taller. */
#include "print/barcode.h"

#include <stdbool.h>
#include <string.h>
#include <zint.h>

static void delete_symbol(void *symbol)
{
    ZBarcode_Delete(symbol);
}

static bool is_black(const struct zint_symbol *symbol, int x, int y)
{
    return (symbol->encoded_data[y][x >> 3] >> (x & 7) & 1) != 0;
}

/* Grows a bar that ends just above (x, y) and is exactly as wide; false when there is none. */
static bool grow_above(struct bar *bars, size_t count, const struct bar *run)
{
    for (size_t i = count; i-- > 0;) {
        struct bar *above = &bars[i];

        if (above->x == run->x && above->width == run->width && above->y + above->height == run->y) {
            above->height++;
            return true;
        }
    }
    return false;
}

static void collect_bars(struct ctx *c, const struct zint_symbol *symbol, struct barcode *barcode)
{
    struct bar *bars = NULL;
    size_t capacity = 0;

    for (int y = 0; y < symbol->rows; y++) {
        for (int x = 0; x < symbol->width; x++) {
            struct bar run = { x, y, 0, 1 };

            while (x < symbol->width && is_black(symbol, x, y)) {
                run.width++;
                x++;
            }
            if (run.width == 0 || grow_above(bars, barcode->count, &run))
                continue;
            bars = arena_grow(&c->arena, bars, barcode->count, &capacity, sizeof *bars);
            bars[barcode->count++] = run;
        }
    }
    barcode->bars = bars;
}

enum status barcode_make(struct ctx *c, enum barcode_kind kind, const char *field, const char *text,
                         struct barcode *barcode)
{
    struct zint_symbol *symbol = ZBarcode_Create();

    if (symbol == NULL)
        arena_out_of_memory();
    arena_defer(&c->arena, delete_symbol, symbol);
    *barcode = (struct barcode){ .kind = kind, .quiet = kind == CODE_128 ? 10 : 2 };
    symbol->symbology = kind == CODE_128 ? BARCODE_CODE128 : BARCODE_DATAMATRIX;
    symbol->input_mode = kind == CODE_GS1_DATAMATRIX ? GS1_MODE : UNICODE_MODE;
    symbol->option_3 = kind == CODE_128 ? 0 : DM_SQUARE;
    if (ZBarcode_Encode(symbol, (const unsigned char *)text, (int)strlen(text)) >= ZINT_ERROR)
        return ctx_fail(c, ST_INVALID, field, text, "cannot be printed as a bar code: %s", symbol->errtxt);
    barcode->width = symbol->width;
    barcode->height = symbol->rows;
    collect_bars(c, symbol, barcode);
    return ST_OK;
}
