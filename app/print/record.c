/* A screening's texts → blocks for layout → a PDF. Says what stands where and how large; layout finds what fits. */
#include "print/record.h"

#include <string.h>

#include "print/draw.h"

static const struct face title_face = { 150, 110, true };
static const struct face heading_face = { 100, 75, true };
static const struct face strong_face = { 90, 62, true };
static const struct face body_face = { 88, 60, false };
static const struct face small_face = { 74, 55, false };

enum { PAGES_MOST = 50, BLOCKS_MOST = 12 };

struct composer {
    struct ctx *c;
    struct block blocks[BLOCKS_MOST];
    size_t count;
};

/* ---- what fonts can show ---- */

/* Latin, Greek, Cyrillic, signs, Chinese, Japanese and Korean; not what shows nothing or turns the writing round. */
static bool can_show(uint32_t code)
{
    if (code == '\n')
        return true;
    if (code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0xAD || (code >= 0x300 && code < 0x370))
        return false;
    if (code < 0x530)
        return true;
    if (code >= 0x2010 && code < 0x2200)
        return code < 0x2028 || code > 0x202F;
    return (code >= 0x3000 && code < 0xA000) || (code >= 0xAC00 && code <= 0xD7A3) ||
           (code >= 0xFF01 && code <= 0xFF5E);
}

static const char *shown(struct composer *m, const char *text)
{
    struct text out;

    if (text == NULL || *text == '\0')
        return "";
    text_init(&out, &m->c->arena);
    for (const char *at = text; *at != '\0';) {
        const char *from = at;
        uint32_t code = utf8_next(&at);

        if (can_show(code))
            text_add_n(&out, from, (size_t)(at - from));
        else
            text_addf(&out, "[U+%04X]", code);
    }
    return out.data;
}

/* ---- blocks ---- */

static struct cell *cells(struct composer *m, size_t count)
{
    return arena_array(&m->c->arena, count, sizeof(struct cell));
}

static struct cell said(struct composer *m, const char *field, const char *text, const struct face *face)
{
    return (struct cell){ .field = field, .text = shown(m, text), .face = face };
}

static void add_block(struct composer *m, struct block block)
{
    m->blocks[m->count++] = block;
}

/* On top of every page: what this is, for whom, when, and the page. */
static void add_head(struct composer *m, const struct record *record)
{
    static const struct track tracks[] = { { TRACK_SHARE, 1, 0, ALIGN_LEFT, false },
                                           { TRACK_FIT, 0, 0, ALIGN_RIGHT, true } };
    struct arena *arena = &m->c->arena;
    struct row *rows = arena_array(arena, 2, sizeof *rows);
    const char *made;

    rows[0].cells = cells(m, 2);
    rows[0].cells[0] = said(m, "title", "Herb–drug screening", &title_face);
    made = instant_text(arena, record->made); /* 2026-11-22T03:36:16Z */
    rows[0].cells[1] = said(m, "made", arena_printf(arena, "%.10s %.5s UTC", made, made + 11), &body_face);
    rows[1].cells = cells(m, 2);
    rows[1].cells[0] =
        said(m, "about",
             *record->about == '\0'  ? record->shop
             : *record->shop == '\0' ? arena_printf(arena, "For: %s", record->about)
                                     : arena_printf(arena, "For: %s · %s", record->about, record->shop),
             &strong_face);
    rows[1].cells[1] = (struct cell){ .field = "page", .text = "", .face = &body_face, .page_number = true };
    add_block(m, (struct block){ .field = "head",
                                 .zone = ZONE_HEAD,
                                 .tracks = tracks,
                                 .track_count = 2,
                                 .rows = rows,
                                 .row_count = 2,
                                 .columns_max = 1,
                                 .gutter = MM(4) });
}

/* A line across the page: a heading or the summary. */
static void add_line(struct composer *m, const char *field, const char *text, const struct face *face,
                     micrometre space)
{
    static const struct track one[] = { { TRACK_SHARE, 1, 0, ALIGN_LEFT, false } };
    struct row *row = arena_array(&m->c->arena, 1, sizeof *row);

    row->cells = cells(m, 1);
    row->cells[0] = said(m, field, text, face);
    add_block(m, (struct block){ .field = field,
                                 .zone = ZONE_FLOW,
                                 .tracks = one,
                                 .track_count = 1,
                                 .rows = row,
                                 .row_count = 1,
                                 .columns_max = 1,
                                 .ruled = true,
                                 .space = space });
}

static void add_findings(struct composer *m, const struct record *record)
{
    static const struct track tracks[] = { { TRACK_FIT, 0, 0, ALIGN_LEFT, true },
                                           { TRACK_SHARE, 1, 0, ALIGN_LEFT, false } };
    struct row *rows = arena_array(&m->c->arena, 3 * record->finding_count + 1, sizeof *rows);
    size_t count = 0;

    for (size_t i = 0; i < record->finding_count; i++) {
        const struct record_finding *finding = &record->findings[i];
        const char *const texts[] = { finding->title, finding->said, finding->source };
        const struct face *const faces[] = { &strong_face, &body_face, &small_face };

        for (size_t line = 0; line < 3; line++) {
            struct row *row = &rows[count];

            if (line > 0 && (texts[line] == NULL || *texts[line] == '\0'))
                continue;
            row->cells = cells(m, 2);
            row->cells[0] = said(m, "severity", line == 0 ? finding->severity : "", &strong_face);
            row->cells[1] = said(m, "finding", texts[line], faces[line]);
            row->shade = line == 0 && finding->grave ? SHADE_LIGHT : SHADE_NONE;
            row->glued = line > 0;
            row->pad = line == 0 ? MM(0.4) : 0;
            count++;
        }
        rows[count - 1].ruled = true;
    }
    if (count > 0)
        add_block(m, (struct block){ .field = "findings",
                                     .zone = ZONE_FLOW,
                                     .tracks = tracks,
                                     .track_count = 2,
                                     .rows = rows,
                                     .row_count = count,
                                     .columns_max = 1,
                                     .space = MM(1),
                                     .gutter = MM(3) });
}

static void add_lines(struct composer *m, const char *heading, const struct record_line *lines, size_t count)
{
    static const struct track tracks[] = { { TRACK_SHARE, 2, 0, ALIGN_LEFT, false },
                                           { TRACK_SHARE, 3, 0, ALIGN_LEFT, false } };
    struct row *rows = arena_array(&m->c->arena, count + 1, sizeof *rows);

    if (count == 0)
        return;
    add_line(m, heading, heading, &heading_face, MM(2));
    for (size_t i = 0; i < count; i++) {
        rows[i].cells = cells(m, 2);
        rows[i].cells[0] = said(m, "typed", *lines[i].typed == '\0' ? "(empty)" : lines[i].typed, &body_face);
        rows[i].cells[1] = said(m, "read", lines[i].read, &body_face);
        rows[i].ruled = true;
    }
    add_block(m, (struct block){ .field = heading,
                                 .zone = ZONE_FLOW,
                                 .tracks = tracks,
                                 .track_count = 2,
                                 .rows = rows,
                                 .row_count = count,
                                 .columns_max = 2,
                                 .gutter = MM(4) });
}

static void add_foot(struct composer *m, const struct record *record)
{
    static const struct track one[] = { { TRACK_SHARE, 1, 0, ALIGN_LEFT, false } };
    struct row *rows = arena_array(&m->c->arena, 2, sizeof *rows);

    rows[0].cells = cells(m, 1);
    rows[0].cells[0] =
        said(m, "who",
             *record->who == '\0'
                 ? "Screened by: ______________________      Signature: ______________________"
                 : arena_printf(&m->c->arena, "Screened by: %s      Signature: ______________________",
                                record->who),
             &body_face);
    rows[1].cells = cells(m, 1);
    rows[1].cells[0] =
        said(m, "book",
             arena_printf(&m->c->arena, "%s. That nothing was found is no proof of safety.", record->book),
             &small_face);
    add_block(m, (struct block){ .field = "foot",
                                 .zone = ZONE_FOOT,
                                 .tracks = one,
                                 .track_count = 1,
                                 .rows = rows,
                                 .row_count = 2,
                                 .columns_max = 1,
                                 .ruled = true,
                                 .space = MM(2) });
}

enum status record_pdf(struct ctx *c, const struct record *record, const char *font, struct text *out,
                       int *pages)
{
    struct composer m = { .c = c };
    bool letter = strcmp(record->paper, "letter") == 0;
    struct layout layout = { .name = letter ? "a Letter page" : "an A4 page",
                             .title = "Herb–drug screening",
                             .width = letter ? MM(215.9) : MM(210),
                             .height = letter ? MM(279.4) : MM(297),
                             .margin = MM(13),
                             .pages_max = PAGES_MOST,
                             .scale_max = 100 };
    struct sheet_of_paper paper;
    struct ruler ruler;

    if (!letter && strcmp(record->paper, "a4") != 0)
        return ctx_fail(c, ST_INVALID, "paper", record->paper, "is a4 or letter");
    add_head(&m, record);
    add_line(&m, "summary", record->summary, &heading_face, MM(1));
    add_findings(&m, record);
    add_lines(&m, "May mean several things", record->questions, record->question_count);
    add_lines(&m, "Not checked", record->gaps, record->gap_count);
    add_lines(&m, "Asked, and what it was taken for", record->understood, record->understood_count);
    add_foot(&m, record);
    layout.blocks = m.blocks;
    layout.count = m.count;
    TRY(draw_ruler(c, font, &ruler));
    TRY(layout_place(c, &layout, &ruler, &paper));
    *pages = paper.pages;
    return draw_pdf(c, &ruler, &paper, 1, record->made, out);
}
