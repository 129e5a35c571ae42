/* What a file is, by its content; where its header is and which column means what; then row by row. */
#include "intake/table.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "intake/table_cell.h"
#include "intake/workbook.h"

enum { COLUMNS_MOST = 256, HEADER_WITHIN = 20, ROWS_MOST = 200000, BYTES_MOST = 64 * 1024 * 1024 };

struct table {
    struct ctx *c;
    const char *name;
    struct table_options options;
    struct workbook *book; /* else csv */
    struct csv_rows *csv;
    const char *sheet;
    const struct table_column *columns;
    size_t width;            /* how many columns there are */
    int means[COLUMNS_MOST]; /* by the file's column: which one it is; -1: none */
    size_t header_width;     /* CSV: cells of the header line */
    int64_t header_row;
    size_t rows;
    struct arena scratch; /* of one row */
    struct table_cell *cells;
    struct table_row row;
    bool ended;
};

static const char *letters(struct arena *arena, unsigned column)
{
    char name[8] = { 0 };
    size_t at = sizeof name - 1;

    for (unsigned rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        name[--at] = (char)('A' + (rest - 1) % 26);
    return arena_text(arena, name + at);
}

static const char *place_of(const struct table *t, int64_t row, unsigned column)
{
    struct arena *arena = &t->c->arena;

    return arena_printf(arena, "sheet %s row %lld column %s", t->sheet, (long long)row,
                        letters(arena, column));
}

static void close_file(void *file)
{
    (void)fclose(file);
}

static void drop(void *table)
{
    arena_close(&((struct table *)table)->scratch);
}

static bool ends_with(const char *name, const char *ending)
{
    size_t size = strlen(name), wanted = strlen(ending);

    return size >= wanted && strcasecmp(name + size - wanted, ending) == 0;
}

/* What the content is, against what the name says. */
static enum status open_by_content(struct ctx *c, struct table *t, FILE *file, size_t size)
{
    unsigned char head[8] = { 0 };
    bool zip;

    if (fread(head, 1, sizeof head, file) < 1)
        return ctx_fail(c, ST_INVALID, "file", t->name, "is empty");
    rewind(file);
    if (memcmp(head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0)
        return ctx_fail(c, ST_INVALID, "file", t->name,
                        "is encrypted, or is an old .xls workbook: save it as .xlsx without a password");
    zip = memcmp(head, "PK", 2) == 0 && head[2] < 9 && head[3] < 9;
    if (zip && (ends_with(t->name, ".csv") || ends_with(t->name, ".txt") || ends_with(t->name, ".tsv")))
        return ctx_fail(c, ST_INVALID, "file", t->name,
                        "is named as text but is packed like a workbook: give it back its name");
    if (!zip && (ends_with(t->name, ".xlsx") || ends_with(t->name, ".xlsm")))
        return ctx_fail(c, ST_INVALID, "file", t->name,
                        "is named as a workbook but is none: give it back its name, or save it as .xlsx");
    return zip ? workbook_open(c, t->name, file, size, &t->book) : csv_rows_open(c, t->name, file, &t->csv);
}

enum status table_open_file(struct ctx *c, FILE *file, const char *name, const struct table_options *options,
                            struct table **out)
{
    struct table *t = arena_alloc(&c->arena, sizeof *t);
    off_t size;

    t->c = c;
    t->name = arena_text(&c->arena, name);
    if (options != NULL)
        t->options = *options;
    t->options.rows_most = t->options.rows_most == 0 ? ROWS_MOST : t->options.rows_most;
    t->options.bytes_most = t->options.bytes_most == 0 ? BYTES_MOST : t->options.bytes_most;
    arena_init(&t->scratch);
    arena_defer(&c->arena, drop, t);
    if (fseeko(file, 0, SEEK_END) != 0 || (size = ftello(file)) < 0)
        return ctx_fail(c, ST_INVALID, "file", name, "must be a file that can be read from any place");
    rewind(file);
    if ((size_t)size > t->options.bytes_most)
        return ctx_fail(c, ST_TOO_LARGE, "file", name, "has more than %zu bytes", t->options.bytes_most);
    TRY(open_by_content(c, t, file, (size_t)size));
    *out = t;
    return ST_OK;
}

enum status table_open_path(struct ctx *c, const char *path, const char *name,
                            const struct table_options *options, struct table **table)
{
    FILE *file = fopen(path, "rbe");

    if (file == NULL)
        return ctx_fail(c, ST_NOT_FOUND, "file", name, "cannot be opened: %s", strerror(errno));
    arena_defer(&c->arena, close_file, file);
    return table_open_file(c, file, name, options, table);
}

enum status table_open_bytes(struct ctx *c, const char *name, const void *data, size_t size,
                             const struct table_options *options, struct table **table)
{
    FILE *file;

    if (size == 0)
        return ctx_fail(c, ST_INVALID, "file", name, "is empty");
    file = fmemopen((void *)(uintptr_t)data, size, "rb");
    if (file == NULL)
        arena_out_of_memory();
    arena_defer(&c->arena, close_file, file);
    return table_open_file(c, file, name, options, table);
}

bool table_is_csv(const struct table *t)
{
    return t->csv != NULL;
}

size_t table_sheet_count(const struct table *t)
{
    return t->book != NULL ? workbook_sheet_count(t->book) : 1;
}

const char *table_sheet_name(const struct table *t, size_t at)
{
    return t->book != NULL ? workbook_sheet_name(t->book, at) : t->name;
}

static enum status read_raw(struct table *t, struct raw_row *row, bool *found)
{
    return t->book != NULL ? workbook_next(t->c, t->book, row, found)
                           : csv_rows_next(t->c, t->csv, row, found);
}

/* Which column a caption means: all of it before a line of it, so that "Lot" is not "Lot\nnote". */
static int meaning(struct table *t, const char *caption)
{
    for (int by_line = 0; by_line <= 1; by_line++)
        for (size_t i = 0; i < t->width; i++)
            if (table_caption_means(&t->scratch, caption, &t->columns[i], by_line == 1))
                return (int)i;
    return -1;
}

/* How many of the columns a row's cells name, and whether these are all that must be there. */
static size_t captions_in(struct table *t, const struct raw_row *row, bool *all)
{
    bool *seen = arena_array(&t->scratch, t->width, sizeof *seen);
    size_t count = 0;

    for (size_t i = 0; i < row->count; i++) {
        int column = row->cells[i].kind == RAW_TEXT ? meaning(t, row->cells[i].text) : -1;

        if (column >= 0 && !seen[column]) {
            seen[column] = true;
            count++;
        }
    }
    *all = count > 0;
    for (size_t i = 0; i < t->width; i++)
        if (t->columns[i].need != TABLE_OPTIONAL && !seen[i])
            *all = false;
    return count;
}

static const char *caption_list(struct table *t, const struct table_column *column)
{
    struct text list;

    text_init(&list, &t->c->arena);
    text_add(&list, column->name);
    for (const char *at = column->captions; at != NULL && *at != '\0';) {
        size_t size = strcspn(at, "|");

        text_add(&list, ", ");
        text_add_n(&list, at, size);
        at += size + (at[size] == '|' ? 1 : 0);
    }
    return list.data;
}

/* The header as it stands: every caption known, none twice, none missing. */
static enum status take_header(struct table *t, const struct raw_row *row)
{
    int *seen_at = arena_array(&t->scratch, t->width, sizeof *seen_at);

    memset(t->means, -1, sizeof t->means);
    for (size_t i = 0; i < row->count; i++) {
        unsigned at = row->cells[i].column;
        const char *caption = row->cells[i].text;
        int column = at < COLUMNS_MOST ? meaning(t, caption) : -1;

        if (row->cells[i].kind != RAW_TEXT || *table_trim(&t->scratch, caption) == '\0')
            ctx_note(t->c, ST_INVALID, place_of(t, row->number, at), caption,
                     "must be a column's name, as text");
        else if (column < 0)
            ctx_note(t->c, ST_INVALID, place_of(t, row->number, at), caption,
                     "is no column of this table; remove it or rename it");
        else if (seen_at[column] != 0)
            ctx_note(t->c, ST_INVALID, place_of(t, row->number, at), caption,
                     "is the same column as column %s; a column is there once",
                     letters(&t->c->arena, (unsigned)seen_at[column] - 1));
        else
            t->means[at] = column;
        if (column >= 0 && seen_at[column] == 0)
            seen_at[column] = (int)at + 1;
    }
    for (size_t i = 0; i < t->width; i++)
        if (seen_at[i] == 0 && t->columns[i].need != TABLE_OPTIONAL)
            ctx_note(t->c, ST_INVALID,
                     arena_printf(&t->c->arena, "sheet %s row %lld", t->sheet, (long long)row->number),
                     t->columns[i].name, "is missing: the header must have this column (%s)",
                     caption_list(t, &t->columns[i]));
    t->header_row = row->number;
    t->header_width = row->width;
    return ctx_fault_or_ok(t->c);
}

/* A copy of the row's cells that outlives the next read: the likeliest header is remembered until a whole one is found. */
static struct raw_row keep_row(struct ctx *c, const struct raw_row *row)
{
    struct raw_row copy = *row;

    copy.cells = arena_array(&c->arena, row->count + 1, sizeof *copy.cells);
    for (size_t i = 0; i < row->count; i++) {
        copy.cells[i] = row->cells[i];
        copy.cells[i].text = arena_text(&c->arena, row->cells[i].text);
    }
    return copy;
}

static enum status find_header(struct table *t)
{
    struct raw_row row, best = { 0 };
    size_t best_count = 0;
    bool found, all = false;

    for (int i = 0; i < HEADER_WITHIN; i++) {
        size_t count;

        arena_reset(&t->scratch);
        TRY(read_raw(t, &row, &found));
        if (!found)
            break;
        count = captions_in(t, &row, &all);
        if (all)
            return take_header(t, &row);
        if (count > best_count) {
            best_count = count;
            best = keep_row(t->c, &row);
        }
    }
    if (best_count == 0)
        return ctx_fail(t->c, ST_INVALID, arena_printf(&t->c->arena, "sheet %s", t->sheet), NULL,
                        "has no header: none of its first %d filled rows names a column (%s, …)",
                        HEADER_WITHIN, caption_list(t, &t->columns[0]));
    return take_header(t, &best);
}

static enum status turn_to(struct table *t, const char *sheet)
{
    struct text names;
    size_t at = 0;

    if (t->csv != NULL) {
        t->sheet = t->name;
        return csv_rows_rewind(t->c, t->csv);
    }
    while (sheet != NULL && at < workbook_sheet_count(t->book) &&
           !text_same(workbook_sheet_name(t->book, at), sheet))
        at++;
    if (at == workbook_sheet_count(t->book)) {
        text_init(&names, &t->c->arena);
        for (at = 0; at < workbook_sheet_count(t->book) && names.size < 200; at++)
            text_addf(&names, "%s%s", at == 0 ? "" : ", ", workbook_sheet_name(t->book, at));
        return ctx_fail(t->c, ST_INVALID, "sheet", sheet, "is not in the workbook, which has %s", names.data);
    }
    t->sheet = workbook_sheet_name(t->book, at);
    return workbook_sheet(t->c, t->book, at);
}

enum status table_sheet(struct ctx *c, struct table *t, const char *sheet, const struct table_column *columns)
{
    t->columns = columns;
    for (t->width = 0; columns[t->width].name != NULL;)
        t->width++;
    t->cells = arena_array(&c->arena, t->width, sizeof *t->cells);
    t->rows = 0;
    t->ended = false;
    TRY(turn_to(t, sheet));
    TRY(find_header(t));
    for (size_t i = 0; i < t->width; i++)
        t->cells[i].letter = "";
    for (unsigned at = 0; at < COLUMNS_MOST; at++)
        if (t->means[at] >= 0)
            t->cells[t->means[at]].letter = letters(&c->arena, at);
    return ST_OK;
}

/* Two captions or more where values belong, and nothing else: the header once more, or another one. */
static bool is_header(struct table *t, const struct raw_row *row)
{
    size_t same = 0;

    for (size_t i = 0; i < row->count; i++) {
        const struct raw_cell *cell = &row->cells[i];

        if (cell->kind != RAW_TEXT || cell->column >= COLUMNS_MOST || t->means[cell->column] < 0)
            return false;
        if (!table_caption_means(&t->scratch, cell->text, &t->columns[t->means[cell->column]], true))
            return false;
        same++;
    }
    return same > 1;
}

static bool is_our_total(const struct raw_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (row->cells[i].column == 0)
            return strcmp(row->cells[i].text, "Total 合计") == 0;
    return false;
}

/* White space, and columns that are never read: a sheet of ours may compute below its last row. */
static bool says_nothing(struct table *t, const struct raw_row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        unsigned at = row->cells[i].column;
        int column = at < COLUMNS_MOST ? t->means[at] : -1;

        if (column >= 0 && t->columns[column].kind == TABLE_IGNORED)
            continue;
        if (row->cells[i].formula || *table_trim(&t->scratch, row->cells[i].text) != '\0')
            return false;
    }
    return true;
}

static enum status read_row(struct table *t, const struct raw_row *raw)
{
    const struct raw_cell *by_column[COLUMNS_MOST] = { NULL };

    for (size_t i = 0; i < raw->count; i++) {
        const struct raw_cell *cell = &raw->cells[i];

        if (cell->column < COLUMNS_MOST && t->means[cell->column] >= 0)
            by_column[t->means[cell->column]] = cell;
        else if (*table_trim(&t->scratch, cell->text) != '\0')
            return ctx_fail(t->c, ST_INVALID, place_of(t, raw->number, cell->column), cell->text,
                            "stands outside the columns that the header in row %lld names",
                            (long long)t->header_row);
    }
    if (raw->width != 0 && raw->width != t->header_width)
        return ctx_fail(t->c, ST_INVALID,
                        arena_printf(&t->c->arena, "sheet %s row %lld", t->sheet, (long long)raw->number),
                        NULL, "has %zu cells where the header has %zu", raw->width, t->header_width);
    t->row = (struct table_row){ .sheet = t->sheet, .number = raw->number, .cells = t->cells };
    for (size_t i = 0; i < t->width; i++) {
        table_cell_read(&t->scratch, &t->columns[i], by_column[i], t->options.formulas, &t->cells[i]);
        t->row.wrong += t->cells[i].rule != NULL ? 1 : 0;
    }
    return ST_OK;
}

/* Merged cells come after the rows in the file, so they are known at its end; the header's count too. */
static enum status finish(struct table *t)
{
    const char *merged = t->book == NULL ? NULL : workbook_merged(t->book, t->header_row);

    t->ended = true;
    if (merged == NULL)
        return ST_OK;
    return ctx_fail(t->c, ST_INVALID, arena_printf(&t->c->arena, "sheet %s cells %s", t->sheet, merged), NULL,
                    "are merged: of merged cells only the first has a value, so they must be separated");
}

enum status table_next(struct ctx *c, struct table *t, const struct table_row **row)
{
    struct raw_row raw;
    bool found;

    *row = NULL;
    if (t->ended)
        return ST_OK;
    do {
        arena_reset(&t->scratch);
        TRY(read_raw(t, &raw, &found));
        if (!found)
            return finish(t);
    } while (is_our_total(&raw) || says_nothing(t, &raw));
    if (++t->rows > t->options.rows_most)
        return ctx_fail(c, ST_TOO_LARGE,
                        arena_printf(&c->arena, "sheet %s row %lld", t->sheet, (long long)raw.number), NULL,
                        "is past the %zu rows that a table may have; split the file", t->options.rows_most);
    if (is_header(t, &raw))
        return ctx_fail(c, ST_INVALID,
                        arena_printf(&c->arena, "sheet %s row %lld", t->sheet, (long long)raw.number), NULL,
                        "is a second header row; the header is in row %lld", (long long)t->header_row);
    TRY(read_row(t, &raw));
    *row = &t->row;
    return ST_OK;
}

const char *table_place(struct ctx *c, const struct table *t, const struct table_row *row, size_t column)
{
    return arena_printf(&c->arena, "sheet %s row %lld column %s (%s)", row->sheet, (long long)row->number,
                        row->cells[column].letter, t->columns[column].name);
}
