/* libcsv's cells gathered into rows of equal width; then, for who wants them so, mapped to structs by the header's names.
   Cells are copied into the arena. */
#include "intake/csv.h"

#include <csv.h>
#include <string.h>

#include "base/text.h"

enum { CELLS_MOST = 256 };

struct reading {
    struct ctx *c;
    const char *file;
    struct csv_cells *out;
    const char *header[CELLS_MOST];
    size_t at;       /* cell within the line */
    size_t line;     /* 0 is the header */
    size_t count;    /* cells of all rows so far */
    size_t capacity; /* of out->cells */
    enum status status;
};

static const char *place(struct ctx *c, const char *file, size_t line)
{
    return arena_printf(&c->arena, "%s line %zu", file, line + 1);
}

static void refuse(struct reading *r, const char *value, const char *rule)
{
    if (r->status == ST_OK)
        r->status = ctx_fail(r->c, ST_INVALID, place(r->c, r->file, r->line), value, "%s", rule);
}

static void on_heading(struct reading *r, const char *name)
{
    for (size_t i = 0; i < r->at; i++)
        if (strcmp(r->header[i], name) == 0)
            refuse(r, name, "a column is named once");
    r->header[r->at++] = name;
}

static void on_cell(void *text, size_t size, void *arg)
{
    struct reading *r = arg;
    struct csv_cells *out = r->out;
    const char *cell = text == NULL ? "" : arena_text_n(&r->c->arena, text, size);

    if (r->status != ST_OK)
        return;
    if (r->at == CELLS_MOST || (r->line > 0 && r->at >= out->width)) {
        refuse(r, cell, "a line has no more cells than the header");
        return;
    }
    if (r->line == 0) {
        on_heading(r, cell);
        return;
    }
    out->cells = arena_grow(&r->c->arena, out->cells, r->count, &r->capacity, sizeof *out->cells);
    out->cells[r->count++] = cell;
    r->at++;
}

static void on_line(int end, void *arg)
{
    struct reading *r = arg;

    (void)end;
    if (r->status != ST_OK)
        return;
    if (r->line == 0)
        r->out->width = r->at;
    else if (r->at != r->out->width)
        refuse(r, NULL, "a line has as many cells as the header");
    else
        r->out->rows++;
    r->line++;
    r->at = 0;
}

static void free_parser(void *parser)
{
    csv_free(parser);
}

enum status csv_cells_read(struct ctx *c, const char *file, const char *data, size_t size,
                           struct csv_cells *out)
{
    struct csv_parser *parser = arena_alloc(&c->arena, sizeof *parser);
    struct reading *r = arena_alloc(&c->arena, sizeof *r);

    *out = (struct csv_cells){ 0 };
    *r = (struct reading){ .c = c, .file = file, .out = out };
    if (size >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0) {
        data += 3;
        size -= 3;
    }
    if (!utf8_valid(data, size))
        return ctx_fail(c, ST_INVALID, file, NULL, "the file must be valid UTF-8");
    if (csv_init(parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0)
        arena_out_of_memory();
    arena_defer(&c->arena, free_parser, parser);
    if (csv_parse(parser, data, size, on_cell, on_line, r) != size ||
        csv_fini(parser, on_cell, on_line, r) != 0)
        refuse(r, csv_strerror(csv_error(parser)),
               "quotation marks must be closed and doubled inside a cell");
    if (r->status == ST_OK && r->line == 0)
        refuse(r, NULL, "the file must have a header line");
    out->header = r->header;
    return r->status;
}

/* Which cell of a line fills the column; `width` for none, which only the optional column may be. */
static enum status cell_of(struct ctx *c, const char *file, const struct csv_cells *cells, const char *name,
                           const char *optional, size_t *at)
{
    for (*at = 0; *at < cells->width; (*at)++)
        if (strcmp(cells->header[*at], name) == 0)
            return ST_OK;
    if (optional != NULL && strcmp(name, optional) == 0)
        return ST_OK;
    return ctx_fail(c, ST_INVALID, place(c, file, 0), name, "the header must have this column");
}

enum status csv_read(struct ctx *c, const char *file, const char *data, size_t size,
                     const struct column *columns, const char *optional, size_t row_size, void **rows,
                     size_t *count)
{
    struct csv_cells cells;
    char *list;

    TRY(csv_cells_read(c, file, data, size, &cells));
    list = arena_array(&c->arena, cells.rows + 1, row_size);
    for (const struct column *column = columns; column->name != NULL; column++) {
        size_t at;

        TRY(cell_of(c, file, &cells, column->name, optional, &at));
        for (size_t i = 0; i < cells.rows; i++) {
            const char *cell = at == cells.width ? "" : cells.cells[i * cells.width + at];

            if (column_read(c, column, *cell == '\0' ? NULL : cell, list + i * row_size) != ST_OK)
                return ctx_fail(c, ST_INVALID, place(c, file, i + 1), column->name,
                                "the cell cannot be read");
        }
    }
    *rows = list;
    *count = cells.rows;
    return ST_OK;
}

struct csv_feed {
    struct csv_parser parser;
    const struct csv_hooks *hooks;
    void *arg;
    bool returned; /* the last thing was a carriage return: a line feed after it ends no other line */
};

static void fed_cell(void *text, size_t size, void *arg)
{
    struct csv_feed *feed = arg;

    feed->returned = false;
    feed->hooks->cell(feed->arg, text == NULL ? "" : text, size);
}

static void fed_line(int end, void *arg)
{
    struct csv_feed *feed = arg;

    if (end != CSV_LF || !feed->returned)
        feed->hooks->line(feed->arg);
    feed->returned = end == CSV_CR;
}

struct csv_feed *csv_feed_begin(struct ctx *c, char separator, const struct csv_hooks *hooks, void *arg)
{
    struct csv_feed *feed = arena_alloc(&c->arena, sizeof *feed);

    feed->hooks = hooks;
    feed->arg = arg;
    if (csv_init(&feed->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL | CSV_REPALL_NL) != 0)
        arena_out_of_memory();
    csv_set_delim(&feed->parser, (unsigned char)separator);
    arena_defer(&c->arena, free_parser, &feed->parser);
    return feed;
}

const char *csv_feed_piece(struct csv_feed *feed, const char *data, size_t size, bool last)
{
    if (csv_parse(&feed->parser, data, size, fed_cell, fed_line, feed) != size ||
        (last && csv_fini(&feed->parser, fed_cell, fed_line, feed) != 0))
        return "quotation marks must be closed and doubled inside a cell";
    return NULL;
}
