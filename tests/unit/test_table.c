/* Tables coming in: what a workbook's and a CSV file's cells become, and every way in which a file is refused. */
#include <string.h>

#include "intake/table.h"
#include "support/runner.h"
#include "support/zipped.h"

static struct ctx c;

static const struct table_column columns[] = {
    { "sku", "货号", TABLE_TEXT, TABLE_FILLED, NULL },
    { "lot_code", "Lot|批号", TABLE_TEXT, TABLE_COLUMN, NULL },
    { "counted_mg", "Counted g|实盘", TABLE_GRAMS, TABLE_OPTIONAL, NULL },
    { "price_cents", "Price", TABLE_MONEY, TABLE_OPTIONAL, NULL },
    { "expires_on", "Expires|有效期", TABLE_DATE, TABLE_OPTIONAL, NULL },
    { "form", "Form", TABLE_WORD, TABLE_OPTIONAL, "raw=原药|granule=颗粒" },
    { "toxic", NULL, TABLE_YES_NO, TABLE_OPTIONAL, NULL },
    { "pieces", NULL, TABLE_INTEGER, TABLE_OPTIONAL, NULL },
    { "difference", "Difference g", TABLE_IGNORED, TABLE_OPTIONAL, NULL },
    { NULL, NULL, TABLE_TEXT, TABLE_OPTIONAL, NULL },
};
enum { SKU, LOT, COUNTED, PRICE, EXPIRES, FORM, TOXIC, PIECES };

static void begin(void)
{
    ctx_init(&c);
}

static void end(void)
{
    ctx_close(&c);
}

static struct table *open_text(const char *name, const char *data)
{
    struct table *table;

    ck_assert_int_eq(table_open_bytes(&c, name, data, strlen(data), NULL, &table), ST_OK);
    return table;
}

#define HEADER "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"

static struct table *open_sheet(const char *rows, const char *after)
{
    struct text file = zipped_sheet(&c.arena, rows, after);
    struct table *table;

    ck_assert_int_eq(table_open_bytes(&c, "stock.xlsx", file.data, file.size, NULL, &table), ST_OK);
    return table;
}

static const struct table_row *next(struct table *table)
{
    const struct table_row *row;

    ck_assert_msg(table_next(&c, table, &row) == ST_OK, "%s", c.fault.count > 0 ? c.fault.items[0].rule : "");
    return row;
}

/* Reads to the end or the first failure, from opening on. */
static enum status read_all(const char *name, const char *data, size_t size, const char *sheet)
{
    struct table *table;
    const struct table_row *row;

    TRY(table_open_bytes(&c, name, data, size, NULL, &table));
    TRY(table_sheet(&c, table, sheet, columns));
    do
        TRY(table_next(&c, table, &row));
    while (row != NULL);
    return ST_OK;
}

/* One fault, with this field and words of this rule. */
static void refused(enum status status, const char *field, const char *rule)
{
    ck_assert_int_ne(status, ST_OK);
    ck_assert_uint_ge(c.fault.count, 1);
    ck_assert_msg(c.fault.items[0].field != NULL && strstr(c.fault.items[0].field, field) != NULL, "%s: %s",
                  c.fault.items[0].field, c.fault.items[0].rule);
    ck_assert_msg(strstr(c.fault.items[0].rule, rule) != NULL, "%s", c.fault.items[0].rule);
    ctx_forgive(&c);
}

static void refused_csv(const char *data, const char *field, const char *rule)
{
    refused(read_all("stock.csv", data, strlen(data), NULL), field, rule);
}

static void refused_sheet(const char *rows, const char *after, const char *field, const char *rule)
{
    struct text file = zipped_sheet(&c.arena, rows, after);

    refused(read_all("stock.xlsx", file.data, file.size, "stock"), field, rule);
}

static void cell_is(const struct table_row *row, int column, const char *text)
{
    ck_assert_ptr_nonnull(row);
    ck_assert_msg(row->cells[column].rule == NULL, "%s", row->cells[column].rule);
    ck_assert_pstr_eq(row->cells[column].text, text);
}

static void cell_wrong(const struct table_row *row, int column, const char *rule)
{
    ck_assert_ptr_nonnull(row);
    ck_assert_ptr_null(row->cells[column].text);
    ck_assert_ptr_nonnull(row->cells[column].rule);
    ck_assert_msg(strstr(row->cells[column].rule, rule) != NULL, "%s", row->cells[column].rule);
}

START_TEST(a_csv_file_is_read_by_its_captions)
{
    struct table *table =
        open_text("s.csv", "\xEF\xBB\xBF"
                           "批号,SKU,Counted g,Price,Expires,Form,toxic,pieces,Difference g\r\n"
                           "L-7,DG-1,4.5,12.5,2027-02,颗粒,是,012,x\r\n"
                           "\r\n"
                           "'@x,\"a \"\"b\"\"\",,,,,,,\r\n"
                           "Total 合计,,9,,,,,,\r\n");
    const struct table_row *row;

    ck_assert_int_eq(table_sheet(&c, table, NULL, columns), ST_OK);
    row = next(table);
    ck_assert_int_eq((int)row->number, 2);
    cell_is(row, SKU, "DG-1");
    cell_is(row, LOT, "L-7");
    cell_is(row, COUNTED, "4500");
    cell_is(row, PRICE, "1250");
    cell_is(row, EXPIRES, "2027-02-28");
    cell_is(row, FORM, "granule");
    cell_is(row, TOXIC, "true");
    cell_is(row, PIECES, "12");
    ck_assert_str_eq(row->cells[LOT].letter, "A");
    ck_assert_str_eq(table_place(&c, table, row, LOT), "sheet s.csv row 2 column A (lot_code)");
    row = next(table);
    ck_assert_int_eq((int)row->number, 4);
    cell_is(row, SKU, "a \"b\"");
    cell_is(row, LOT, "@x");
    ck_assert_ptr_null(next(table));
}
END_TEST

START_TEST(separator_and_encoding_are_found_when_sure)
{
    static const char *const files[] = { "sku;lot\nDG-1;\"a,b;c\"\n", "sku\tlot\nDG-1\ta,b;c\n",
                                         "sku,lot\nDG-1,\"a,b;c\"" };

    for (size_t i = 0; i < 3; i++) {
        struct table *table = open_text("s.csv", files[i]);
        const struct table_row *row;

        ck_assert_int_eq(table_sheet(&c, table, "whatever", columns), ST_OK);
        row = next(table);
        cell_is(row, SKU, "DG-1");
        cell_is(row, LOT, "a,b;c");
        ck_assert_ptr_null(next(table));
    }
    {
        /* 货号,批号 / 当归,甲 in GB18030 */
        struct table *table =
            open_text("s.csv", "\xBB\xF5\xBA\xC5,\xC5\xFA\xBA\xC5\n\xB5\xB1\xB9\xE9,\xBC\xD7\n");
        const struct table_row *row;

        ck_assert_int_eq(table_sheet(&c, table, NULL, columns), ST_OK);
        row = next(table);
        cell_is(row, SKU, "当归");
        cell_is(row, LOT, "甲");
    }
    refused_csv("sku,lot;x\n1,2\n", "file", "cannot be told");
    refused_csv("sku,lot\nCaf\xE9s,2\n", "file", "UTF-8 or GB18030");
    refused_csv("sku,lot\nDG,\"open\n", "line", "quotation marks");
}
END_TEST

START_TEST(utf16_is_read_by_its_mark)
{
    static const char text[] = "\xFF\xFEs\0k\0u\0\t\0l\0o\0t\0\r\0\n\0\x53\x5F\t\0x\0\r\0\n\0";
    struct table *table;

    ck_assert_int_eq(table_open_bytes(&c, "s.txt", text, sizeof text - 1, NULL, &table), ST_OK);
    ck_assert_int_eq(table_sheet(&c, table, NULL, columns), ST_OK);
    cell_is(next(table), SKU, "当");
}
END_TEST

START_TEST(long_files_come_in_pieces)
{
    struct text file;
    struct table *table;

    text_init(&file, &c.arena);
    text_add(&file, "sku,lot\n");
    for (int i = 0; i < 20000; i++)
        text_addf(&file, "药材%d,\"批\n号 %d\"\n", i, i);
    ck_assert_int_eq(table_open_bytes(&c, "s.csv", file.data, file.size, NULL, &table), ST_OK);
    ck_assert_int_eq(table_sheet(&c, table, NULL, columns), ST_OK);
    for (int i = 0; i < 20000; i++) {
        const struct table_row *row = next(table);

        cell_is(row, SKU, arena_printf(&c.arena, "药材%d", i));
        cell_is(row, LOT, arena_printf(&c.arena, "批\n号 %d", i));
        ck_assert_int_eq((int)row->number, i + 2);
    }
    ck_assert_ptr_null(next(table));
}
END_TEST

START_TEST(csv_headers_must_be_whole)
{
    refused_csv("sku,lot,note\n1,2,3\n", "row 1 column C", "is no column of this table");
    refused_csv("sku,lot,批号\n1,2,3\n", "row 1 column C", "same column as column B");
    refused_csv("sku,pieces\n1,2\n", "row 1", "is missing");
    refused_csv("a,b\n1,2\n", "sheet stock.csv", "has no header");
    refused_csv("sku,lot\nDG,1\nSKU,Lot\n", "row 3", "second header row");
    refused_csv("sku,lot\nDG,1,2\n", "row 2 column C", "outside the columns");
    refused_csv("sku,lot\nDG\n", "row 2", "has 1 cells where the header has 2");
    refused_csv("x", "sheet stock.csv", "has no header");
    refused(read_all("s.csv", "", 0, NULL), "file", "is empty");
}
END_TEST

START_TEST(wrong_cells_are_named_and_reading_goes_on)
{
    struct table *table = open_text("s.csv", "sku,lot,counted_mg,price,expires,form,toxic,pieces\n"
                                             ",1,\"4,5\",1.234,31/03/2027,dust,perhaps,1.5\n"
                                             "DG,1,-4,x,2027-02-30,raw,no,-1\n");
    const struct table_row *row;

    ck_assert_int_eq(table_sheet(&c, table, NULL, columns), ST_OK);
    row = next(table);
    ck_assert_uint_eq(row->wrong, 7);
    cell_wrong(row, SKU, "must be given");
    cell_wrong(row, COUNTED, "must be");
    cell_wrong(row, PRICE, "more decimals");
    cell_wrong(row, EXPIRES, "written 2027-03-31");
    cell_wrong(row, FORM, "must be one of raw, granule");
    cell_wrong(row, TOXIC, "yes or no");
    cell_wrong(row, PIECES, "whole number");
    ck_assert_str_eq(row->cells[FORM].raw, "dust");
    row = next(table);
    ck_assert_uint_eq(row->wrong, 4);
    cell_wrong(row, COUNTED, "negative");
    ck_assert_ptr_null(next(table));
}
END_TEST

START_TEST(a_workbook_is_read_with_its_kinds)
{
    struct table *table = open_sheet(
        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Stock list</t></is></c></row>"
        "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>0</v></c><c r=\"B3\" t=\"s\"><v>1</v></c>"
        "<c r=\"C3\" t=\"inlineStr\"><is><t>Expires</t></is></c><c r=\"D3\" t=\"str\"><v>counted g</v></c>"
        "<c r=\"AA3\" t=\"inlineStr\"><is><t>Difference g</t></is></c></row>"
        "<row r=\"5\"><c r=\"A5\" t=\"s\"><v>2</v></c><c r=\"B5\" t=\"s\"><v>3</v></c><c r=\"C5\" "
        "s=\"1\"><v>46477</v></c>"
        "<c r=\"D5\"><v>4.4999999999999996E-2</v></c><c r=\"AA5\"><f>D5-1</f></c></row>"
        "<row r=\"6\"><c r=\"A6\"><v>20240115</v></c><c r=\"B6\" s=\"3\"><v>46477</v></c><c "
        "r=\"C6\"><v>46477</v></c>"
        "<c r=\"D6\"><f>1+1</f><v>2</v></c></row>"
        "<row r=\"7\"><c r=\"A7\" t=\"e\"><v>#N/A</v></c><c r=\"B7\"><v>1234567890123456789</v></c>"
        "<c r=\"C7\" s=\"1\"><v>46477.5</v></c><c r=\"D7\" t=\"b\"><v>1</v></c></row>"
        "<row r=\"8\"><c r=\"AA8\"><f>D8</f><v>0</v></c></row>",
        "<mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells>");
    const struct table_row *row;

    ck_assert_int_eq(table_sheet(&c, table, "STOCK", columns), ST_OK);
    row = next(table);
    ck_assert_str_eq(row->sheet, "Stock");
    cell_is(row, SKU, "DG-1");
    cell_is(row, LOT, "L-7");
    cell_is(row, EXPIRES, "2027-03-31");
    cell_is(row, COUNTED, "45");
    row = next(table);
    cell_is(row, SKU, "20240115");
    cell_wrong(row, LOT, "became a date");
    cell_wrong(row, EXPIRES, "number where a date belongs");
    cell_wrong(row, COUNTED, "is a formula");
    row = next(table);
    cell_wrong(row, SKU, "error of the spreadsheet");
    cell_wrong(row, LOT, "more than 15 digits");
    cell_wrong(row, EXPIRES, "without a time");
    cell_wrong(row, COUNTED, "truth value");
    ck_assert_ptr_null(next(table));
}
END_TEST

START_TEST(formulas_are_taken_only_when_told)
{
    struct text file =
        zipped_sheet(&c.arena, HEADER "</row><row><c><f>A</f><v>7</v></c><c><f>B</f></c></row>", "");
    const struct table_options options = { .formulas = true };
    const struct table_row *row;
    struct table *table;

    ck_assert_int_eq(table_open_bytes(&c, "s", file.data, file.size, &options, &table), ST_OK);
    ck_assert_int_eq(table_sheet(&c, table, NULL, columns), ST_OK);
    row = next(table);
    cell_is(row, SKU, "7");
    cell_wrong(row, LOT, "result is not stored");
}
END_TEST

START_TEST(sheets_that_cannot_be_trusted_are_refused)
{
    refused_sheet(HEADER "</row><row r=\"2\"><c r=\"A2\"><v>1</v></c></row>",
                  "<mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells>", "sheet Stock cells A2:A3",
                  "are merged");
    refused_sheet(HEADER "</row><row r=\"2\"><c r=\"D2\"><v>1</v></c></row>", "",
                  "sheet Stock row 2 column D", "outside the columns");
    refused_sheet(HEADER "</row>" HEADER "</row>", "", "row 1", "not in order");
    refused_sheet(HEADER "<c r=\"B1\"><v>1</v></c></row>", "", "row 1", "not in order");
    refused_sheet(HEADER "<c t=\"s\"><v>99</v></c></row>", "", "row 1", "shared text that is not there");
    refused_sheet(HEADER "</row><row>", "", "part xl/worksheets/sheet1.xml", "is damaged");
    {
        struct text file = zipped_sheet(&c.arena, HEADER "</row>", "");

        refused(read_all("s.xlsx", file.data, file.size, "Lots"), "sheet", "the workbook, which has Stock");
        refused(read_all("s.csv", file.data, file.size, NULL), "file", "packed like a workbook");
        refused(read_all("s.xlsx", file.data, file.size / 2, NULL), "file", "truncated");
        refused(read_all("s.xlsx", "sku,lot\n", 8, NULL), "file", "is none");
        refused(read_all("s.xlsx", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, NULL), "file", "encrypted");
    }
}
END_TEST

START_TEST(a_document_type_is_refused)
{
    struct zipped_part parts[] = {
        { "_rels/.rels", "<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><r>&b;</r>", 0 }
    };
    struct text file = zipped(&c.arena, parts, 1);

    refused(read_all("s.xlsx", file.data, file.size, NULL), "_rels/.rels", "document type");
    parts[0].data = "<r/>";
    file = zipped(&c.arena, parts, 1);
    refused(read_all("s.xlsx", file.data, file.size, NULL), "file", "is none");
}
END_TEST

START_TEST(a_bomb_is_refused_before_it_unfolds)
{
    const size_t size = 20 * 1024 * 1024;
    char *spaces = arena_alloc(&c.arena, size);
    struct zipped_part parts[] = { { "_rels/.rels", spaces, size } };
    struct text file;

    memset(spaces, ' ', size);
    file = zipped_tight(&c.arena, parts, 1);
    ck_assert_uint_lt(file.size, size / 500);
    refused(read_all("s.xlsx", file.data, file.size, NULL), "_rels/.rels", "unpacks to more than 200 times");
    memset(spaces, '<', 200);
    for (size_t i = 0; i < 200; i++)
        memcpy(spaces + 3 * i, "<a>", 3);
    parts[0].size = 600;
    file = zipped(&c.arena, parts, 1);
    refused(read_all("s.xlsx", file.data, file.size, NULL), "_rels/.rels", "nests more than");
}
END_TEST

START_TEST(a_sheet_of_too_many_rows_is_refused)
{
    const struct table_options options = { .rows_most = 10 };
    struct text file;
    struct table *table;
    const struct table_row *row;

    text_init(&file, &c.arena);
    text_add(&file, "sku,lot\n");
    for (int i = 0; i < 11; i++)
        text_add(&file, "a,b\n");
    ck_assert_int_eq(table_open_bytes(&c, "s.csv", file.data, file.size, &options, &table), ST_OK);
    ck_assert_int_eq(table_sheet(&c, table, NULL, columns), ST_OK);
    for (int i = 0; i < 10; i++)
        ck_assert_ptr_nonnull(next(table));
    refused(table_next(&c, table, &row), "row 12", "past the 10 rows");
}
END_TEST

SUITE(table)
{
    return suite_of("table", 60, NULL, begin, end,
                    TESTS(a_csv_file_is_read_by_its_captions, separator_and_encoding_are_found_when_sure,
                          utf16_is_read_by_its_mark, long_files_come_in_pieces, csv_headers_must_be_whole,
                          wrong_cells_are_named_and_reading_goes_on, a_workbook_is_read_with_its_kinds,
                          formulas_are_taken_only_when_told, sheets_that_cannot_be_trusted_are_refused,
                          a_document_type_is_refused, a_bomb_is_refused_before_it_unfolds,
                          a_sheet_of_too_many_rows_is_refused));
}
