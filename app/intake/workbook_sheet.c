/* A sheet as a stream of rows: expat pauses at the end of each row that holds something, so one row is in memory at a time. */
#include <stdlib.h>
#include <string.h>

#include "intake/workbook_part.h"

enum { MERGES_MOST = 10000, ROWS_OF_A_SHEET = 1048576 };

struct sheet_state {
    struct part *part;
    size_t at;            /* which sheet */
    struct arena scratch; /* of one row */
    struct raw_cell *cells;
    size_t count, capacity;
    int64_t row, last_row;
    /* the cell being read */
    unsigned column, next_column;
    char type[12];
    size_t style;
    struct text text;
    bool in_cell, within, phonetic, formula, row_ready;
    const char **merges;
    size_t merge_count, merge_capacity;
};

static const char *place(struct part *part, const struct sheet_state *s)
{
    return arena_printf(&part->c->arena, "sheet %s row %lld", part->book->sheets[s->at].name,
                        (long long)s->row);
}

static void refuse(struct part *part, const struct sheet_state *s, const char *value, const char *rule)
{
    part_fail(part, ctx_fail(part->c, ST_INVALID, place(part, s), value, "%s", rule));
}

/* The column of "AB12": 27; RAW_COLUMNS_MOST when there is none. */
static unsigned column_of(const char *reference)
{
    unsigned column = 0;

    for (; *reference >= 'A' && *reference <= 'Z'; reference++) {
        column = column * 26 + (unsigned)(*reference - 'A') + 1;
        if (column > RAW_COLUMNS_MOST)
            return RAW_COLUMNS_MOST;
    }
    return column == 0 ? RAW_COLUMNS_MOST : column - 1;
}

static void begin_row(struct part *part, struct sheet_state *s, const char **attributes)
{
    const char *number = attribute(attributes, "r");

    s->row = number == NULL ? s->last_row + 1 : strtoll(number, NULL, 10);
    if (s->row <= s->last_row || s->row > ROWS_OF_A_SHEET)
        refuse(part, s, number, "is damaged: the sheet's rows are not in order");
    s->last_row = s->row;
    s->next_column = 0;
    s->cells = NULL;
    s->count = s->capacity = 0;
}

static void begin_cell(struct part *part, struct sheet_state *s, const char **attributes)
{
    const char *reference = attribute(attributes, "r"), *type = attribute(attributes, "t");
    const char *style = attribute(attributes, "s");

    s->column = reference == NULL ? s->next_column : column_of(reference);
    if (s->column < s->next_column || s->column >= RAW_COLUMNS_MOST)
        refuse(part, s, reference, "is damaged: the row's cells are not in order");
    s->next_column = s->column + 1;
    (void)snprintf(s->type, sizeof s->type, "%s", type == NULL ? "n" : type);
    s->style = style == NULL ? 0 : (size_t)strtoul(style, NULL, 10);
    s->formula = false;
    s->in_cell = true;
    s->text = (struct text){ 0 };
}

static void keep_merge(struct part *part, struct sheet_state *s, const char **attributes)
{
    const char *range = attribute(attributes, "ref");

    if (range == NULL || s->merge_count == MERGES_MOST)
        return;
    s->merges = arena_grow(&part->c->arena, s->merges, s->merge_count, &s->merge_capacity, sizeof *s->merges);
    s->merges[s->merge_count++] = arena_text(&part->c->arena, range);
}

static void sheet_start(struct part *part, const char *name, const char **attributes)
{
    struct sheet_state *s = part->arg;

    s->within = false;
    if (strcmp(name, "row") == 0)
        begin_row(part, s, attributes);
    else if (strcmp(name, "c") == 0)
        begin_cell(part, s, attributes);
    else if (strcmp(name, "mergeCell") == 0)
        keep_merge(part, s, attributes);
    else if (!s->in_cell)
        return;
    else if (strcmp(name, "f") == 0)
        s->formula = true;
    else if (strcmp(name, "rPh") == 0)
        s->phonetic = true;
    else if (strcmp(name, "v") == 0 || (strcmp(name, "t") == 0 && !s->phonetic))
        s->within = true;
}

static void sheet_text(struct part *part, const char *text, size_t size)
{
    struct sheet_state *s = part->arg;

    if (!s->within)
        return;
    if (s->text.data == NULL)
        text_init(&s->text, &s->scratch);
    if (s->text.size + size > RAW_CELL_MOST)
        refuse(part, s, NULL, "has a cell longer than 65536 bytes; such a file is not read");
    else
        text_add_n(&s->text, text, size);
}

/* A number, or the date that its format makes of it. */
static void read_number(struct part *part, struct sheet_state *s, struct raw_cell *cell)
{
    const struct workbook *book = part->book;
    const char *plain = decimal_plain(&s->scratch, s->text.data);

    cell->kind = RAW_NUMBER;
    cell->text = plain == NULL ? s->text.data : plain;
    if (plain != NULL && s->style < book->date_count && book->dates[s->style])
        (void)serial_text(&s->scratch, plain, book->from_1904, &cell->kind, &cell->text);
}

static void read_shared(struct part *part, struct sheet_state *s, struct raw_cell *cell)
{
    char *end;
    unsigned long at = strtoul(s->text.data, &end, 10);

    if (*end != '\0' || at >= part->book->string_count)
        refuse(part, s, s->text.data, "is damaged: a cell names a shared text that is not there");
    else
        cell->text = part->book->strings[at];
}

/* "2027-03-31T00:00:00" is a date; with another time, a time. */
static void read_iso(struct sheet_state *s, struct raw_cell *cell)
{
    char *time = strchr(s->text.data, 'T');

    cell->kind = RAW_DATE;
    if (time == NULL)
        return;
    if (strncmp(time, "T00:00:00", 9) == 0) {
        *time = '\0';
    } else {
        *time = ' ';
        cell->kind = RAW_TIME;
    }
}

static void read_value(struct part *part, struct sheet_state *s, struct raw_cell *cell)
{
    struct text plain;

    if (strcmp(s->type, "s") == 0) {
        read_shared(part, s, cell);
    } else if (strcmp(s->type, "inlineStr") == 0 || strcmp(s->type, "str") == 0) {
        text_init(&plain, &s->scratch);
        text_add_unescaped(&plain, s->text.data);
        cell->text = plain.data;
    } else if (strcmp(s->type, "b") == 0) {
        cell->kind = RAW_BOOL;
        cell->text = strcmp(s->text.data, "1") == 0 ? "true" : "false";
    } else if (strcmp(s->type, "e") == 0) {
        cell->kind = RAW_ERROR;
    } else if (strcmp(s->type, "d") == 0) {
        read_iso(s, cell);
    } else {
        read_number(part, s, cell);
    }
}

static void end_cell(struct part *part, struct sheet_state *s)
{
    struct raw_cell cell = { .column = s->column, .kind = RAW_TEXT, .formula = s->formula, .text = "" };

    s->in_cell = false;
    if (s->text.data != NULL) {
        cell.text = s->text.data;
        read_value(part, s, &cell);
    }
    if (*cell.text == '\0' && !cell.formula)
        return;
    s->cells = arena_grow(&s->scratch, s->cells, s->count, &s->capacity, sizeof *s->cells);
    s->cells[s->count++] = cell;
}

static void sheet_end(struct part *part, const char *name)
{
    struct sheet_state *s = part->arg;

    s->within = false;
    if (strcmp(name, "rPh") == 0) {
        s->phonetic = false;
    } else if (strcmp(name, "c") == 0 && s->in_cell) {
        end_cell(part, s);
    } else if (strcmp(name, "row") == 0 && s->count > 0) {
        s->row_ready = true;
        part_pause(part);
    }
}

static void drop(void *scratch)
{
    arena_close(scratch);
}

void sheet_state_make(struct ctx *c, struct workbook *book)
{
    book->sheet = arena_alloc(&c->arena, sizeof *book->sheet);
    arena_init(&book->sheet->scratch);
    arena_defer(&c->arena, drop, &book->sheet->scratch);
}

enum status workbook_sheet(struct ctx *c, struct workbook *book, size_t at)
{
    static const struct part_hooks hooks = { sheet_start, sheet_end, sheet_text };
    struct sheet_state *s = book->sheet;
    struct arena scratch = s->scratch;

    *s = (struct sheet_state){ .at = at, .scratch = scratch };
    return part_open(c, book, book->sheets[at].path, &hooks, s, &s->part, NULL);
}

enum status workbook_next(struct ctx *c, struct workbook *book, struct raw_row *row, bool *found)
{
    struct sheet_state *s = book->sheet;

    (void)c;
    arena_reset(&s->scratch);
    s->cells = NULL;
    s->count = s->capacity = 0;
    s->row_ready = false;
    TRY(part_read(s->part));
    *found = s->row_ready;
    *row = (struct raw_row){ .cells = s->cells, .count = s->count, .number = s->row };
    return ST_OK;
}

const char *workbook_merged(const struct workbook *book, int64_t from)
{
    const struct sheet_state *s = book->sheet;

    for (size_t i = 0; i < s->merge_count; i++) {
        const char *colon = strchr(s->merges[i], ':');
        const char *last = colon == NULL ? s->merges[i] : colon + 1;

        if (strtoll(last + strspn(last, "$ABCDEFGHIJKLMNOPQRSTUVWXYZ"), NULL, 10) >= from)
            return s->merges[i];
    }
    return NULL;
}
