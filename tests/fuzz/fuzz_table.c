/* Tables coming in: text as a CSV file; XML as the rows of a sheet, packed into a workbook; and a workbook whose bytes are
   changed where the input says. A cell is either read or says what is wrong, and a refusal names its rule. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "fuzz/fuzz.h"
#include "intake/table.h"
#include "support/zipped.h"

#define HEADER \
    "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" " \
    "t=\"str\"><v>day</v></c>" \
    "<c r=\"D1\" t=\"inlineStr\"><is><t>mass</t></is></c></row>"

const char *const fuzz_seeds[] = {
    "sku,Lot,day,mass\nDG-1,\"a \"\"b\"\"\",2027-03,4.5 g\n,,,\n当归,7,2028-02-29,1 kg\r\n",
    "sku;lot\tx\n1;2\n",
    "\xBB\xF5\xBA\xC5,lot\n\xB5\xB1\xB9\xE9,\xBC\xD7\n",
    HEADER
    "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>2</v></c><c r=\"B3\" t=\"inlineStr\"><is><t>x_x000D_</t></is></c>"
    "<c r=\"C3\" s=\"1\"><v>46477</v></c><c r=\"D3\"><v>4.4999999999999996E-2</v></c></row>",
    HEADER
    "<row><c><f>A1</f><v>7</v></c><c t=\"b\"><v>1</v></c><c t=\"d\"><v>2027-03-31T00:00:00</v></c>"
    "<c t=\"e\"><v>#N/A</v></c></row></sheetData><mergeCells><mergeCell ref=\"A3:B9\"/></mergeCells><x>",
    "Z\x01\x02zz\x03\x04yy",
    NULL,
};

static const struct table_column columns[] = {
    { "sku", "货号", TABLE_TEXT, TABLE_FILLED, NULL },
    { "lot", "批号", TABLE_TEXT, TABLE_COLUMN, NULL },
    { "day", NULL, TABLE_DATE, TABLE_OPTIONAL, NULL },
    { "mass", NULL, TABLE_GRAMS, TABLE_OPTIONAL, NULL },
    { "cost", NULL, TABLE_MONEY, TABLE_OPTIONAL, NULL },
    { "n", NULL, TABLE_INTEGER, TABLE_OPTIONAL, NULL },
    { "r", NULL, TABLE_DECIMAL, TABLE_OPTIONAL, NULL },
    { "yes", NULL, TABLE_YES_NO, TABLE_OPTIONAL, NULL },
    { "form", NULL, TABLE_WORD, TABLE_OPTIONAL, "raw=a|b" },
    { NULL, NULL, TABLE_TEXT, TABLE_OPTIONAL, NULL },
};

static void check_row(const struct table_row *row)
{
    size_t wrong = 0;

    for (size_t i = 0; columns[i].name != NULL; i++) {
        const struct table_cell *cell = &row->cells[i];
        struct date date;

        wrong += cell->rule != NULL ? 1 : 0;
        if (cell->rule != NULL && cell->text != NULL)
            abort();
        if (cell->text != NULL && columns[i].kind == TABLE_DATE && !date_parse(cell->text, &date))
            abort();
        if (cell->text != NULL && columns[i].kind == TABLE_GRAMS &&
            cell->text[strspn(cell->text, "0123456789")] != '\0')
            abort();
    }
    if (wrong != row->wrong)
        abort();
}

static enum status read_all(struct ctx *c, const char *data, size_t size)
{
    const struct table_options options = { .formulas = size % 2 == 0 };
    const struct table_row *row;
    struct table *table;

    TRY(table_open_bytes(c, "fuzz", data, size, &options, &table));
    TRY(table_sheet(c, table, NULL, columns));
    do {
        TRY(table_next(c, table, &row));
        if (row != NULL)
            check_row(row);
    } while (row != NULL);
    return ST_OK;
}

/* Three bytes of input say where and what: the second half of a small workbook is its directory. */
static void change(struct text *file, const char *data, size_t size)
{
    for (size_t i = 1; i + 2 < size; i += 3)
        file->data[((unsigned char)data[i] * 256U + (unsigned char)data[i + 1]) % file->size] = data[i + 2];
}

void fuzz_one(struct ctx *c, const char *data, size_t size)
{
    struct text file;
    enum status status;

    if (size > 0 && *data == '<') {
        file = zipped_sheet(&c->arena, data, "");
        status = read_all(c, file.data, file.size);
    } else if (size > 0 && *data == 'Z') {
        file = zipped_sheet(&c->arena, HEADER "<row><c><v>1</v></c></row>", "");
        change(&file, data, size);
        status = read_all(c, file.data, file.size);
    } else {
        status = read_all(c, data, size);
    }
    if (status != ST_OK && c->fault.count == 0)
        abort();
}
