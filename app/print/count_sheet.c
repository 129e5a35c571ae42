/* A count's sheet → blocks for layout → a PDF. Each line has its DataMatrix, "C12-L34": count 12, line 34, as count_enter
   understands it. */
#include "print/count_sheet.h"

#include <string.h>

#include "db/db.h"
#include "print/copy.h"
#include "print/draw.h"
#include "sql.h"

enum { PAGES_MOST = 600, BLOCKS = 4 };
enum { NUMBER, CODE, PLACE, ITEM, LOT, EXPECTED, FIRST, SECOND, TRACKS };

struct head {
    int64_t id, lines;
    const char *title, *state, *shop_name, *shop_name_hanzi, *opened_at, *opened_by;
    bool blind;
};

struct line {
    int64_t line_no, expected;
    const char *location, *sku, *name, *name_hanzi, *unit, *lot_code;
    struct date expires_on;
};

static const struct column head_columns[] = {
    COLUMN(struct head, id),        COLUMN(struct head, lines),
    COLUMN(struct head, title),     COLUMN(struct head, state),
    COLUMN(struct head, shop_name), COLUMN(struct head, shop_name_hanzi),
    COLUMN(struct head, opened_at), COLUMN(struct head, opened_by),
    COLUMN(struct head, blind),     COLUMNS_END,
};
static const struct column line_columns[] = {
    COLUMN(struct line, line_no),    COLUMN(struct line, expected),
    COLUMN(struct line, location),   COLUMN(struct line, sku),
    COLUMN(struct line, name),       COLUMN(struct line, name_hanzi),
    COLUMN(struct line, unit),       COLUMN(struct line, lot_code),
    COLUMN(struct line, expires_on), COLUMNS_END,
};

static const struct face title_face = { 170, 120, true };
static const struct face strong_face = { 105, 85, true };
static const struct face heading_face = { 78, 68, true };
static const struct face body_face = { 90, 75, false };
static const struct face small_face = { 76, 66, false };

/* Three dots of a printer of 203 dpi for the bars; a matrix of 16 modules comes to 8 mm. */
#define CODE_MODULE 377
#define MATRIX_MODULE 502
#define ROW_HEIGHT MM(10.5)

struct composer {
    struct ctx *c;
    const struct head *head;
    struct block blocks[BLOCKS];
    size_t count;
    bool said; /* what should be there is on the paper */
    int copy_no;
};

static struct row *rows_of(struct composer *m, size_t count, size_t across)
{
    struct row *rows = arena_array(&m->c->arena, count, sizeof *rows);

    for (size_t i = 0; i < count; i++)
        rows[i].cells = arena_array(&m->c->arena, across, sizeof(struct cell));
    return rows;
}

static enum status code_of(struct composer *m, enum barcode_kind kind, const char *text, struct cell *cell)
{
    struct barcode *code = arena_alloc(&m->c->arena, sizeof *code);

    TRY(barcode_make(m->c, kind, cell->field, text, code));
    cell->code = code;
    cell->module = kind == CODE_128 ? CODE_MODULE : MATRIX_MODULE;
    cell->code_height = kind == CODE_128 ? MM(9) : 0;
    return ST_OK;
}

static const char *joined(struct composer *m, const char *a, const char *between, const char *b)
{
    return arena_printf(&m->c->arena, "%s%s%s", a, *a == '\0' || *b == '\0' ? "" : between, b);
}

/* On top of every page: which count this is, and its number for the scanner. */
static enum status add_head(struct composer *m)
{
    static const struct track tracks[] = { { .kind = TRACK_SHARE, .share = 1 },
                                           { .kind = TRACK_FIT, .align = ALIGN_RIGHT } };
    const struct head *h = m->head;
    struct arena *arena = &m->c->arena;
    struct row *rows = rows_of(m, 3, 2);
    const char *number = arena_printf(arena, "C%lld", (long long)h->id);

    rows[0].cells[0] =
        (struct cell){ .field = "title",
                       .text = joined(m, "Count sheet 盘点表", " · ", copy_words(m->c, m->copy_no)),
                       .face = &title_face };
    rows[0].cells[1] = (struct cell){ .field = "count", .text = number, .face = &strong_face };
    TRY(code_of(m, CODE_128, number, &rows[0].cells[1]));
    rows[1].cells[0] = (struct cell){ .field = "title", .text = h->title, .face = &strong_face };
    rows[1].cells[1] = (struct cell){ .field = "page", .text = "", .face = &body_face, .page_number = true };
    rows[2].cells[0] = (struct cell){ .field = "shop",
                                      .text = joined(m, h->shop_name, " ", h->shop_name_hanzi),
                                      .face = &body_face };
    rows[2].cells[1] =
        (struct cell){ .field = "opened",
                       .text = arena_printf(arena, "opened %s%s · %lld line%s%s", h->opened_at,
                                            *h->opened_by == '\0' ? "" : joined(m, " by", " ", h->opened_by),
                                            (long long)h->lines, h->lines == 1 ? "" : "s",
                                            m->said ? "" : " · blind 盲盘"),
                       .face = &small_face };
    m->blocks[m->count++] = (struct block){ .field = "head",
                                            .zone = ZONE_HEAD,
                                            .tracks = tracks,
                                            .track_count = 2,
                                            .rows = rows,
                                            .row_count = 3,
                                            .columns_max = 1,
                                            .gutter = MM(4) };
    return ST_OK;
}

static const char *amount(struct composer *m, const struct line *line)
{
    return strcmp(line->unit, "mg") == 0 ? weight_text(&m->c->arena, (struct weight){ line->expected })
                                         : arena_printf(&m->c->arena, "%lld", (long long)line->expected);
}

static enum status add_line(struct composer *m, const struct line *line, bool shaded, struct row *row)
{
    struct arena *arena = &m->c->arena;
    const char *unit = strcmp(line->unit, "mg") == 0 ? "g" : "件";
    const char *expires = date_is_none(line->expires_on)
                              ? ""
                              : arena_printf(arena, "use by %s", date_text(arena, line->expires_on));
    struct cell *cells = row->cells;

    row->height = ROW_HEIGHT;
    row->pad = MM(0.5);
    row->ruled = true;
    row->shade = shaded ? SHADE_LIGHT : SHADE_NONE;
    cells[NUMBER] =
        (struct cell){ .text = arena_printf(arena, "%lld", (long long)line->line_no), .face = &small_face };
    cells[CODE] = (struct cell){ .field = "code" };
    TRY(code_of(m, CODE_DATAMATRIX,
                arena_printf(arena, "C%lld-L%lld", (long long)m->head->id, (long long)line->line_no),
                &cells[CODE]));
    cells[PLACE] = (struct cell){ .field = "place", .text = line->location, .face = &strong_face };
    cells[ITEM] =
        (struct cell){ .field = "item",
                       .text = joined(m, joined(m, line->name_hanzi, "  ", line->name), "\n", line->sku),
                       .face = &body_face };
    cells[LOT] =
        (struct cell){ .field = "lot", .text = joined(m, line->lot_code, "\n", expires), .face = &body_face };
    if (m->said)
        cells[EXPECTED] = (struct cell){ .field = "expected", .text = amount(m, line), .face = &body_face };
    cells[FIRST] =
        (struct cell){ .caption = unit, .caption_face = &small_face, .face = &body_face, .boxed = true };
    cells[SECOND] = cells[FIRST];
    for (size_t i = 0; i < TRACKS; i++)
        if (cells[i].field == NULL)
            cells[i].field = "lines";
    return ST_OK;
}

static enum status add_lines(struct composer *m, const struct line *lines, size_t count)
{
    static const struct track tracks[TRACKS] = {
        [NUMBER] = { .kind = TRACK_FIT, .align = ALIGN_RIGHT },
        [CODE] = { .kind = TRACK_FIT },
        [PLACE] = { .kind = TRACK_FIT },
        [ITEM] = { .kind = TRACK_SHARE, .share = 3 },
        [LOT] = { .kind = TRACK_SHARE, .share = 2 },
        [EXPECTED] = { .kind = TRACK_FIT, .align = ALIGN_RIGHT },
        [FIRST] = { .kind = TRACK_FIXED, .width = MM(25) },
        [SECOND] = { .kind = TRACK_FIXED, .width = MM(25) },
    };
    static const char *const headings[TRACKS] = {
        [PLACE] = "Place 位置",   [ITEM] = "Item 品名",    [LOT] = "Lot 批号",
        [FIRST] = "Counted 实盘", [SECOND] = "Again 复盘",
    };
    struct row *rows = rows_of(m, count + 1, TRACKS);

    for (size_t i = 0; i < TRACKS; i++)
        rows[0].cells[i] =
            (struct cell){ .text = headings[i] == NULL ? "" : headings[i], .face = &heading_face };
    rows[0].cells[EXPECTED].text = m->said ? "Books 账面" : "";
    rows[0].ruled = true;
    for (size_t i = 0; i < count; i++)
        TRY(add_line(m, &lines[i], i % 2 == 1, &rows[i + 1]));
    m->blocks[m->count++] = (struct block){ .field = "lines",
                                            .zone = ZONE_FLOW,
                                            .tracks = tracks,
                                            .track_count = TRACKS,
                                            .rows = rows,
                                            .row_count = count + 1,
                                            .header_rows = 1,
                                            .columns_max = 1,
                                            .space = MM(3),
                                            .gutter = MM(2.5) };
    return ST_OK;
}

/* At the bottom of every page: who counted, and when. */
static void add_foot(struct composer *m)
{
    static const struct track tracks[] = { { .kind = TRACK_SHARE, .share = 1 },
                                           { .kind = TRACK_SHARE, .share = 1 },
                                           { .kind = TRACK_SHARE, .share = 1 },
                                           { .kind = TRACK_SHARE, .share = 1 } };
    static const char *const captions[] = { "Counted by 盘点人", "Date and time 日期时间",
                                            "Counted again by 复盘人", "Date and time 日期时间" };
    struct row *rows = rows_of(m, 1, 4);

    rows[0].height = MM(13);
    for (size_t i = 0; i < 4; i++)
        rows[0].cells[i] = (struct cell){ .field = "foot",
                                          .caption = captions[i],
                                          .caption_face = &small_face,
                                          .face = &body_face,
                                          .boxed = true };
    m->blocks[m->count++] = (struct block){ .field = "foot",
                                            .zone = ZONE_FOOT,
                                            .tracks = tracks,
                                            .track_count = 4,
                                            .rows = rows,
                                            .row_count = 1,
                                            .columns_max = 1,
                                            .space = MM(3),
                                            .gutter = MM(4) };
}

static enum status read_sheet(struct ctx *c, int64_t count_id, struct head *head, struct line **lines,
                              size_t *n)
{
    bool found;

    TRY(db_row(c, &q_count_head, PARAMS(SHOP(c), I64(count_id)), head_columns, head, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "count_id", arena_printf(&c->arena, "%lld", (long long)count_id),
                        "is no count of this shop");
    return db_all(c, &q_count_lines, PARAMS(SHOP(c), I64(count_id), NONE(), NONE()), line_columns,
                  sizeof **lines, lines, n);
}

enum status count_sheet_place(struct ctx *c, int64_t count_id, const char *paper, int copy_no,
                              const struct ruler *ruler, struct sheet_of_paper *sheet)
{
    const bool letter = strcmp(paper, "letter") == 0;
    struct layout layout = { .name = letter ? "a Letter page" : "an A4 page",
                             .width = letter ? MM(215.9) : MM(210),
                             .height = letter ? MM(279.4) : MM(297),
                             .margin = MM(12),
                             .pages_max = PAGES_MOST,
                             .scale_max = 100,
                             .long_list = true };
    struct composer m = { .c = c, .copy_no = copy_no };
    struct line *lines;
    struct head head;
    size_t n;

    if (!letter && strcmp(paper, "a4") != 0)
        return ctx_fail(c, ST_INVALID, "paper", paper, "is a4 or letter");
    TRY(read_sheet(c, count_id, &head, &lines, &n));
    m.head = &head;
    m.said = !(head.blind && strcmp(head.state, "open") == 0);
    TRY(add_head(&m));
    TRY(add_lines(&m, lines, n));
    add_foot(&m);
    layout.title = arena_printf(&c->arena, "Count sheet %lld", (long long)head.id);
    layout.blocks = m.blocks;
    layout.count = m.count;
    return layout_place(c, &layout, ruler, sheet);
}

enum status count_sheet_pdf(struct ctx *c, int64_t count_id, const char *paper, const char *font,
                            struct text *out)
{
    struct sheet_of_paper sheet;
    struct ruler ruler;
    struct copy copy;

    TRY(copy_newest(c, "count", count_id, "count-sheet", &copy));
    TRY(draw_ruler(c, font, &ruler));
    TRY(count_sheet_place(c, count_id, paper, copy.copy_no, &ruler, &sheet));
    return draw_pdf(c, &ruler, &sheet, 1, instant_now(), out);
}
