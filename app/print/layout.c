/* Finds the arrangement that fits by trying them in the order of a table. A trial plans every block (widths of
   tracks, lines of cells, heights of rows), then places it; text was measured once, so a trial is arithmetic. */
#include "print/layout.h"

#include <limits.h>
#include <string.h>

#include "print/layout_plan.h"

#define ROLL_LIMIT MM(500)
#define FRAME_WEIGHT 250
#define HAIRLINE 120
#define SCALE_STEP 5
#define SCALE_COMFORTABLE 80
#define SCALE_SMALLEST 50

static struct mark *add_mark(struct trial *t, enum mark_kind kind, int page, const char *field)
{
    struct mark *mark;

    t->marks = arena_grow(&t->scratch, t->marks, t->mark_count, &t->mark_capacity, sizeof *t->marks);
    mark = &t->marks[t->mark_count++];
    *mark = (struct mark){ .kind = kind, .page = page, .field = field };
    return mark;
}

static void add_box(struct trial *t, enum mark_kind kind, enum shade shade, struct box box)
{
    struct mark *mark = add_mark(t, kind, t->page, NULL);

    mark->shade = shade;
    mark->x = box.x;
    mark->y = box.y;
    mark->width = box.width;
    mark->height = box.height;
}

static micrometre aligned(enum align align, struct box box, micrometre width)
{
    switch (align) {
    case ALIGN_LEFT:
        return box.x;
    case ALIGN_RIGHT:
        return box.x + box.width - width;
    case ALIGN_CENTRE:
        return box.x + (box.width - width) / 2;
    }
    return box.x;
}

/* Where lines end is decided by now: what is drawn, and copied out of a PDF, are common spaces. */
static const char *plain_spaces(char *text)
{
    char *to = text;

    for (const char *at = text; *at != '\0';) {
        bool joined = strncmp(at, NO_BREAK_SPACE, sizeof NO_BREAK_SPACE - 1) == 0;

        *to++ = joined ? ' ' : *at;
        at += joined ? sizeof NO_BREAK_SPACE - 1 : 1;
    }
    *to = '\0';
    return text;
}

/* One run of lines in one face from `y` down; returns the y below. */
static micrometre place_lines(struct trial *t, const struct fitted *run, const char *field, enum align align,
                              struct box box, bool white)
{
    micrometre y = box.y;

    for (size_t i = 0; i < run->count; i++) {
        struct mark *mark = add_mark(t, MARK_TEXT, t->page, field);

        mark->text = plain_spaces(arena_text_n(&t->scratch, run->lines[i].text, run->lines[i].size));
        mark->width = run->lines[i].width;
        mark->x = aligned(align, box, mark->width);
        mark->y = y;
        mark->height = plan_line_height(run->size);
        mark->baseline = y + plan_line_ascent(run->size);
        mark->size = run->size;
        mark->bold = run->bold;
        mark->white = white;
        y += mark->height;
    }
    return y;
}

static struct box place_code(struct trial *t, const struct cell *cell, const char *field, enum align align,
                             struct box box)
{
    struct mark *mark = add_mark(t, MARK_CODE, t->page, field);
    micrometre quiet = plan_quiet(t, cell);

    mark->code = cell->code;
    mark->module = cell->module;
    mark->width = cell->code->width * cell->module;
    mark->x = aligned(align, (struct box){ box.x + quiet, 0, box.width - 2 * quiet, 0 }, mark->width);
    mark->y = box.y;
    mark->height = cell->code->height > 1 ? cell->code->height * cell->module : cell->code_height;
    return (struct box){ mark->x, mark->y, mark->width, mark->height };
}

static void place_cell(struct trial *t, const struct block_plan *plan, const struct row_plan *row,
                       size_t track, struct box box)
{
    const struct cell_plan *planned = &row->cells[track];
    const struct cell *cell = &row->row->cells[track];
    const char *field = cell->field != NULL ? cell->field : plan->block->field;
    enum align align = plan->block->tracks[track].align;
    bool white = row->row->shade == SHADE_BLACK;
    struct fitted text = planned->text;

    if (cell->boxed) {
        struct box frame = { box.x, box.y + row->row->pad, box.width, box.height - 2 * row->row->pad };

        add_box(t, MARK_FILL, SHADE_NONE, frame);
        add_box(t, MARK_FRAME, SHADE_NONE, frame);
        box.x += BOX_INSET;
        box.y += BOX_DOWN;
    }
    if (cell->page_number && text.count > 0) {
        struct line *line = arena_alloc(&t->scratch, sizeof *line);

        line->text = arena_printf(&t->scratch, "%d / %d", t->page + 1, t->pages);
        line->size = strlen(line->text);
        line->width = text.lines[0].width;
        text.lines = line;
    }
    box.y += row->row->pad;
    if (cell->code != NULL) {
        struct box code = place_code(t, cell, field, align, box);

        box.y += planned->code_height;
        if (text.count > 0 && text.lines[0].width <= code.width) {
            box = (struct box){ code.x, box.y, code.width, box.height };
            align = ALIGN_CENTRE;
        }
    } else {
        place_lines(t, &planned->caption, "caption", align, box, white);
        box.y += row->ascent - planned->ascent + planned->caption_height;
    }
    place_lines(t, &text, field, align, box, white);
}

static void place_row(struct trial *t, const struct block_plan *plan, const struct row_plan *row, bool ruled,
                      micrometre x, micrometre y)
{
    if (row->row->shade != SHADE_NONE)
        add_box(t, MARK_FILL, row->row->shade, (struct box){ x, y, plan->column_width, row->height });
    if (ruled)
        add_box(t, MARK_FILL, SHADE_RULE,
                (struct box){ x, y + row->height - HAIRLINE, plan->column_width, HAIRLINE });
    for (size_t i = 0; i < plan->block->track_count; i++)
        if (!plan->tracks[i].hidden)
            place_cell(t, plan, row, i,
                       (struct box){ x + plan->tracks[i].x, y, plan_cell_width(plan, &row->row->cells[i], i),
                                     row->height });
}

/* Whether a row's hairline is its own to draw: the last row glued to it that is there draws it. */
static bool draws_rule(const struct block_plan *plan, size_t i)
{
    bool ruled = plan->rows[i].row->ruled;

    for (i++; i < plan->row_count && plan->rows[i].row->glued; i++)
        if (!plan->rows[i].absent)
            return false;
    return ruled;
}

static micrometre place_rows(struct trial *t, const struct block_plan *plan, size_t first, size_t count,
                             micrometre x, micrometre y)
{
    for (size_t i = first; i < first + count; i++) {
        if (plan->rows[i].absent)
            continue;
        place_row(t, plan, &plan->rows[i], draws_rule(plan, i), x, y);
        y += plan->rows[i].height;
    }
    return y;
}

/* `count` rows from `first` on, in the block's columns below t->y, each column under the header rows. */
static void place_piece(struct trial *t, const struct block_plan *plan, size_t first, size_t count)
{
    micrometre left = t->layout->margin;
    micrometre top = t->y;
    micrometre bottom = top + plan_piece_height(plan, first, count);
    size_t per_column = plan_rows_per_column(plan, first, count);

    if (plan->block->ruled)
        add_box(
            t, MARK_FILL, SHADE_BLACK,
            (struct box){ left, top - plan_space(t, plan) / 2, t->layout->width - 2 * left, FRAME_WEIGHT });
    for (int column = 0; column < plan->columns && count > 0; column++) {
        micrometre x = left + column * (plan->column_width + COLUMN_GAP);
        size_t n = count < per_column ? count : per_column;
        micrometre y = place_rows(t, plan, 0, plan->header_rows, x, top);

        place_rows(t, plan, first, n, x, y);
        first += n;
        count -= n;
    }
    if (plan->block->framed)
        add_box(t, MARK_FRAME, SHADE_NONE,
                (struct box){ left, top, t->layout->width - 2 * left, bottom - top });
    t->y = bottom;
}

static void place_zone(struct trial *t, enum zone zone)
{
    for (size_t i = 0; i < t->layout->count; i++) {
        const struct block_plan *plan = &t->plans[i];

        if (plan->block->zone != zone || plan->row_count == 0)
            continue;
        t->y += plan_space(t, plan);
        place_piece(t, plan, plan->header_rows, plan->row_count - plan->header_rows);
    }
}

static micrometre zone_height(const struct trial *t, enum zone zone)
{
    micrometre height = 0;

    for (size_t i = 0; i < t->layout->count; i++) {
        const struct block_plan *plan = &t->plans[i];

        if (plan->block->zone == zone && plan->row_count > 0)
            height += plan_space(t, plan) +
                      plan_piece_height(plan, plan->header_rows, plan->row_count - plan->header_rows);
    }
    return height;
}

/* Begins page t->page: its head, and the lowest y the flow may reach. */
static bool start_page(struct trial *t)
{
    t->y = t->layout->margin;
    place_zone(t, ZONE_HEAD);
    t->top = t->y;
    t->limit = (t->layout->height > 0 ? t->layout->height : ROLL_LIMIT) - t->layout->margin -
               zone_height(t, ZONE_FOOT);
    return t->y < t->limit;
}

static void end_page(struct trial *t)
{
    if (t->layout->height > 0)
        t->y = t->limit;
    place_zone(t, ZONE_FOOT);
}

static bool next_page(struct trial *t)
{
    if (t->page + 1 >= t->pages)
        return false;
    end_page(t);
    t->page++;
    return start_page(t);
}

/* Lets a block flow on from t->y over as many pages as it needs. */
static bool flow_block(struct trial *t, const struct block_plan *plan)
{
    size_t first = plan->header_rows;

    while (first < plan->row_count) {
        micrometre space = plan_space(t, plan);
        size_t count = plan_rows_within(plan, first, t->limit - t->y - space);

        if (count > 0) {
            t->y += space;
            place_piece(t, plan, first, count);
            first += count;
        } else if (t->y == t->top && t->page > 0) {
            return plan_stuck(t, plan, first);
        }
        if (first < plan->row_count && !next_page(t))
            return plan_stuck(t, plan, first);
    }
    return true;
}

static bool try_placing(struct trial *t, int columns)
{
    arena_reset(&t->scratch);
    t->marks = NULL;
    t->mark_count = t->mark_capacity = 0;
    t->page = 0;
    t->wraps = 0;
    t->stuck = NULL;
    for (size_t i = 0; i < t->layout->count; i++)
        if (!plan_block(t, &t->plans[i], columns))
            return false;
    if (!start_page(t)) {
        t->stuck = t->layout->count > 0 ? t->layout->blocks[0].field : NULL;
        return false;
    }
    for (size_t i = 0; i < t->layout->count; i++)
        if (t->plans[i].block->zone == ZONE_FLOW && !flow_block(t, &t->plans[i]))
            return false;
    end_page(t);
    return true;
}

/* One way to arrange everything: `wraps` is how many cells that should stay whole may wrap. */
struct arrangement {
    enum extras extras;
    int columns;
    int wraps;
    int from, to; /* percent of the nominal type size */
};

#define COMFORTABLE 100, SCALE_COMFORTABLE
#define SMALLER SCALE_COMFORTABLE - SCALE_STEP, SCALE_SMALLEST

/* In the order of preference, on the fewest pages that hold one of them. A line a herb comes before everything but
   comfortable type; two columns are for what is too long otherwise. */
static const struct arrangement with_extras[] = {
    { EXTRAS_BESIDE, 1, 0, COMFORTABLE }, { EXTRAS_BESIDE, 1, 2, COMFORTABLE },
    { EXTRAS_BELOW, 1, 0, COMFORTABLE },  { EXTRAS_BELOW, 1, INT_MAX, COMFORTABLE },
    { EXTRAS_BESIDE, 1, 0, SMALLER },     { EXTRAS_BESIDE, 1, 2, SMALLER },
    { EXTRAS_BESIDE, 1, 6, SMALLER },     { EXTRAS_BELOW, 1, 0, SMALLER },
    { EXTRAS_BELOW, 2, 0, SMALLER },      { EXTRAS_BELOW, 1, INT_MAX, SMALLER },
    { EXTRAS_BELOW, 2, 6, SMALLER },      { .columns = 0 },
};
static const struct arrangement without_extras[] = {
    { EXTRAS_LEFT_OUT, 1, INT_MAX, COMFORTABLE },
    { EXTRAS_LEFT_OUT, 2, 6, COMFORTABLE },
    { EXTRAS_LEFT_OUT, 1, INT_MAX, SMALLER },
    { EXTRAS_LEFT_OUT, 2, INT_MAX, SMALLER },
    { .columns = 0 },
};

static bool try_arrangement(struct trial *t, const struct arrangement *arrangement)
{
    int most = t->layout->scale_max;
    int from = arrangement->from < most ? arrangement->from : most;

    t->extras = arrangement->extras;
    t->wraps_max = arrangement->wraps;
    for (t->scale = from; t->scale >= arrangement->to; t->scale -= SCALE_STEP)
        if (try_placing(t, arrangement->columns))
            return true;
    return false;
}

static bool try_pages(struct trial *t, const struct arrangement *first)
{
    for (t->pages = 1; t->pages <= t->layout->pages_max; t->pages++)
        for (const struct arrangement *a = first; a->columns > 0; a++)
            if (try_arrangement(t, a))
                return true;
    return false;
}

/* Once to see how many pages it takes, and once to say so on them. */
static bool try_long_list(struct trial *t)
{
    t->extras = EXTRAS_BELOW;
    t->wraps_max = INT_MAX;
    t->scale = t->layout->scale_max;
    t->pages = t->layout->pages_max;
    if (!try_placing(t, 1))
        return false;
    t->pages = t->page + 1;
    return try_placing(t, 1);
}

/* Breaking a word comes after leaving the extras out: what is left is then at least whole. */
static bool try_all(struct trial *t)
{
    if (t->layout->long_list ? try_long_list(t) : try_pages(t, with_extras) || try_pages(t, without_extras))
        return true;
    t->break_words = true;
    if (t->layout->long_list)
        return try_long_list(t);
    return try_pages(t, with_extras) || try_pages(t, without_extras);
}

/* Takes the marks out of the scratch arena. */
static void hand_over(const struct trial *t, struct sheet_of_paper *paper)
{
    struct mark *marks = arena_array(&t->c->arena, t->mark_count, sizeof *marks);

    for (size_t i = 0; i < t->mark_count; i++) {
        marks[i] = t->marks[i];
        if (marks[i].text != NULL)
            marks[i].text = arena_text(&t->c->arena, marks[i].text);
    }
    *paper = (struct sheet_of_paper){ .title = t->layout->title,
                                      .width = t->layout->width,
                                      .height = t->layout->height,
                                      .pages = t->page + 1,
                                      .scale = t->scale,
                                      .marks = marks,
                                      .count = t->mark_count };
    if (paper->height == 0)
        paper->height = t->y + t->layout->margin;
}

enum status layout_place(struct ctx *c, const struct layout *layout, const struct ruler *ruler,
                         struct sheet_of_paper *paper)
{
    struct trial t = { .c = c, .layout = layout, .ruler = ruler };
    bool placed;

    arena_init(&t.scratch);
    plan_measure(&t);
    placed = try_all(&t);
    if (placed)
        hand_over(&t, paper);
    arena_close(&t.scratch);
    if (placed)
        return ST_OK;
    return ctx_fail(c, ST_INVALID, t.stuck, t.stuck_text,
                    "does not fit on %s, not even in the smallest readable type", layout->name);
}
