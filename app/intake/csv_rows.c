/* A CSV file as rows: first read through once to be sure what its bytes mean (UTF-8, UTF-16 by its mark, or surely GB18030) and
   what separates its cells, then decoded and parsed in pieces, a few hundred rows ahead of who asks. */
#include <iconv.h>
#include <string.h>

#include "base/text.h"
#include "intake/csv.h"
#include "intake/reader.h"

enum { PIECE = 32 * 1024, CARRY = 8, DECODED = 3 * (PIECE + CARRY) };

struct csv_rows {
    struct ctx *c;
    const char *name;
    FILE *file;
    const char *encoding; /* as iconv calls it */
    long start;           /* after the byte-order mark */
    char separator;
    iconv_t decoder;
    struct csv_feed *feed;
    char raw[PIECE + CARRY];
    size_t carried; /* bytes at the front of raw that end within a character */
    char decoded[DECODED];
    bool ended;
    struct arena arenas[2]; /* of the rows waiting; the other one takes over what is unfinished */
    int current;
    struct raw_row *waiting;
    size_t waiting_count, waiting_capacity, at;
    struct raw_row line; /* being put together */
    size_t line_capacity;
    int64_t lines;
    enum status status;
};

static void drop(void *data)
{
    struct csv_rows *r = data;

    if (r->decoder != (iconv_t)-1)
        (void)iconv_close(r->decoder);
    arena_close(&r->arenas[0]);
    arena_close(&r->arenas[1]);
}

static enum status refuse(struct csv_rows *r, const char *value, const char *rule)
{
    return ctx_fail(r->c, ST_INVALID,
                    arena_printf(&r->c->arena, "%s line %lld", r->name, (long long)r->lines + 1), value, "%s",
                    rule);
}

static enum status rewind_to(struct csv_rows *r, const char *encoding)
{
    if (r->decoder != (iconv_t)-1)
        (void)iconv_close(r->decoder);
    r->decoder = iconv_open("UTF-8", encoding);
    if (r->decoder == (iconv_t)-1)
        return ctx_fail(r->c, ST_BROKEN, "iconv", encoding, "is not known to this machine's C library");
    r->encoding = encoding;
    r->carried = 0;
    r->ended = false;
    if (fseek(r->file, r->start, SEEK_SET) != 0)
        return ctx_fail(r->c, ST_BROKEN, "file", r->name, "cannot be read again from the start");
    return ST_OK;
}

/* The next piece as UTF-8; false when the bytes are not of the encoding. */
static bool decode(struct csv_rows *r, size_t *size)
{
    size_t read = fread(r->raw + r->carried, 1, PIECE, r->file);
    size_t left = r->carried + read, room = DECODED;
    char *from = r->raw, *to = r->decoded;

    r->ended = read < PIECE;
    (void)iconv(r->decoder, &from, &left, &to, &room);
    if (left >= CARRY || (r->ended && left > 0))
        return false;
    memmove(r->raw, from, left);
    r->carried = left;
    *size = (size_t)(to - r->decoded);
    return utf8_valid(r->decoded, *size);
}

/* Whether the whole file is of the encoding. */
static enum status all_of(struct csv_rows *r, const char *encoding, bool *fits)
{
    size_t size;

    TRY(rewind_to(r, encoding));
    do
        *fits = decode(r, &size);
    while (*fits && !r->ended);
    return ST_OK;
}

/* Almost any bytes are characters in GB18030, also those of another encoding. It is sure when nine of ten characters are of
   the plane of everyday Chinese, whose bytes are both 0xA1 or above: Latin letters with accents and Big5 are not. */
static enum status surely_gb18030(struct csv_rows *r, bool *sure)
{
    size_t common = 0, others = 0;
    int lead = 0;

    TRY(rewind_to(r, "GB18030"));
    for (int byte; (byte = getc(r->file)) != EOF;) {
        if (lead == 0) {
            lead = byte >= 0x81 ? byte : 0;
            continue;
        }
        if (lead >= 0xA1 && byte >= 0xA1)
            common++;
        else
            others++;
        lead = 0;
    }
    *sure = common > 9 * others;
    return ST_OK;
}

static enum status find_encoding(struct csv_rows *r)
{
    unsigned char mark[3] = { 0 };
    bool fits, sure;

    rewind(r->file);
    if (fread(mark, 1, 3, r->file) == 3 && memcmp(mark, "\xEF\xBB\xBF", 3) == 0)
        r->start = 3;
    if ((mark[0] == 0xFF && mark[1] == 0xFE) || (mark[0] == 0xFE && mark[1] == 0xFF)) {
        TRY(all_of(r, "UTF-16", &fits));
        return fits ? ST_OK
                    : ctx_fail(r->c, ST_INVALID, "file", r->name, "must be valid UTF-16, as its mark says");
    }
    TRY(all_of(r, "UTF-8", &fits));
    if (fits)
        return ST_OK;
    TRY(surely_gb18030(r, &sure));
    if (sure)
        TRY(all_of(r, "GB18030", &fits));
    if (!sure || !fits)
        return ctx_fail(r->c, ST_INVALID, "file", r->name,
                        "must be text in UTF-8 or GB18030; save it as \"CSV UTF-8\"");
    return ST_OK;
}

/* The first line with , ; or a tab outside quotation marks says which one separates; two kinds in it say nothing. */
static enum status find_separator(struct csv_rows *r)
{
    static const char candidates[] = ",;\t";
    bool quoted = false;
    char found = 0;
    size_t size;

    TRY(rewind_to(r, r->encoding));
    if (!decode(r, &size))
        return ctx_fail(r->c, ST_INVALID, "file", r->name, "must be valid text");
    for (size_t i = 0; i < size; i++) {
        char at = r->decoded[i];

        if (at == '"')
            quoted = !quoted;
        if (quoted)
            continue;
        if (at == '\n' && found != 0)
            break;
        if (at == '\0' || strchr(candidates, at) == NULL)
            continue;
        if (found != 0 && found != at)
            return ctx_fail(
                r->c, ST_INVALID, "file", r->name,
                "has two of , ; and tab in its first line, so what separates its cells cannot be told");
        found = at;
    }
    r->separator = found == 0 ? ',' : found;
    return ST_OK;
}

static struct arena *scratch(struct csv_rows *r)
{
    return &r->arenas[r->current];
}

static void on_cell(void *arg, const char *text, size_t size)
{
    struct csv_rows *r = arg;
    struct raw_row *line = &r->line;

    if (r->status != ST_OK)
        return;
    if (size > RAW_CELL_MOST || line->width == RAW_COLUMNS_MOST) {
        r->status = refuse(r, NULL, "has a cell longer than 65536 bytes or more than 16384 cells");
        return;
    }
    /* the apostrophe that our own CSV puts before what a spreadsheet would take for a formula */
    if (size > 1 && text[0] == '\'' && strchr("=+-@\t\r", text[1]) != NULL) {
        text++;
        size--;
    }
    if (size > 0) {
        line->cells =
            arena_grow(scratch(r), line->cells, line->count, &r->line_capacity, sizeof *line->cells);
        line->cells[line->count++] = (struct raw_cell){ .column = (unsigned)line->width,
                                                        .kind = RAW_TEXT,
                                                        .text = arena_text_n(scratch(r), text, size) };
    }
    line->width++;
}

static void on_line(void *arg)
{
    struct csv_rows *r = arg;

    r->line.number = ++r->lines;
    if (r->line.count > 0) {
        r->waiting =
            arena_grow(scratch(r), r->waiting, r->waiting_count, &r->waiting_capacity, sizeof *r->waiting);
        r->waiting[r->waiting_count++] = r->line;
    }
    r->line = (struct raw_row){ 0 };
    r->line_capacity = 0;
}

/* The rows handed out go; the cells of a line that is not finished move to the other arena. */
static void turn_over(struct csv_rows *r)
{
    struct raw_row unfinished = r->line;

    r->current = !r->current;
    arena_reset(scratch(r));
    r->waiting = NULL;
    r->waiting_count = r->waiting_capacity = r->at = 0;
    r->line_capacity = unfinished.count;
    r->line.cells = arena_array(scratch(r), unfinished.count + 1, sizeof *r->line.cells);
    for (size_t i = 0; i < unfinished.count; i++) {
        r->line.cells[i] = unfinished.cells[i];
        r->line.cells[i].text = arena_text(scratch(r), unfinished.cells[i].text);
    }
}

static enum status feed_more(struct csv_rows *r)
{
    const char *wrong;
    size_t size;

    turn_over(r);
    if (!decode(r, &size))
        return refuse(r, NULL, "the file changed while it was read");
    wrong = csv_feed_piece(r->feed, r->decoded, size, r->ended);
    if (r->status != ST_OK)
        return r->status;
    return wrong == NULL ? ST_OK : refuse(r, NULL, wrong);
}

enum status csv_rows_rewind(struct ctx *c, struct csv_rows *r)
{
    static const struct csv_hooks hooks = { on_cell, on_line };

    TRY(rewind_to(r, r->encoding));
    r->line = (struct raw_row){ 0 };
    r->line_capacity = 0;
    r->waiting_count = r->at = 0;
    r->lines = 0;
    r->feed = csv_feed_begin(c, r->separator, &hooks, r);
    return ST_OK;
}

enum status csv_rows_open(struct ctx *c, const char *name, FILE *file, struct csv_rows **out)
{
    struct csv_rows *r = arena_alloc(&c->arena, sizeof *r);

    r->c = c;
    r->name = name;
    r->file = file;
    r->decoder = (iconv_t)-1;
    arena_init(&r->arenas[0]);
    arena_init(&r->arenas[1]);
    arena_defer(&c->arena, drop, r);
    TRY(find_encoding(r));
    TRY(find_separator(r));
    *out = r;
    return csv_rows_rewind(c, r);
}

enum status csv_rows_next(struct ctx *c, struct csv_rows *r, struct raw_row *row, bool *found)
{
    (void)c;
    while (r->at == r->waiting_count && !r->ended)
        TRY(feed_more(r));
    *found = r->at < r->waiting_count;
    if (*found)
        *row = r->waiting[r->at++];
    return ST_OK;
}
