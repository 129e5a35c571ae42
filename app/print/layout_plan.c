/* Plans a block for one type size: which tracks get how much, how cells wrap in them, how high rows become. */
#include "print/layout_plan.h"

#include <string.h>

#define COLUMN_LEAST MM(6)

static const struct face no_face = { 80, 60, false };

micrometre plan_line_height(int size)
{
    return size *
           42; /* 1.19 of the size: accents on capitals never touch; 35.28 micrometres are a tenth of a point */
}

micrometre plan_line_ascent(int size)
{
    return size * 33;
}

micrometre plan_space(const struct trial *t, const struct block_plan *plan)
{
    return plan->block->space * t->scale / 100;
}

static int face_size(const struct trial *t, const struct face *face)
{
    int size = face->size * t->scale / 100;

    return size < face->floor ? face->floor : size;
}

bool plan_stuck(struct trial *t, const struct block_plan *plan, size_t row)
{
    const struct row *stuck = plan->rows[row].row;

    t->stuck = plan->block->field;
    t->stuck_text = NULL;
    for (size_t i = 0; i < plan->block->track_count; i++) {
        const struct cell *cell = &stuck->cells[i];

        if (cell->text == NULL || (t->stuck_text != NULL && strlen(cell->text) <= strlen(t->stuck_text)))
            continue;
        t->stuck_text = cell->text;
        t->stuck = cell->field != NULL && strchr(cell->field, ';') == NULL ? cell->field : plan->block->field;
    }
    return false;
}

static struct fitted measure(struct trial *t, const char *text, const struct face *face)
{
    struct fitted fitted = { .bold = face != NULL && face->bold };

    if (text != NULL)
        fitted.chunks = wrap_measure(t->c, t->ruler, text, fitted.bold);
    return fitted;
}

static bool measure_row(struct trial *t, const struct block *block, const struct row *row,
                        struct row_plan *plan)
{
    bool any = row->height > 0;

    *plan = (struct row_plan){ .row = row };
    plan->cells = arena_array(&t->c->arena, block->track_count, sizeof *plan->cells);
    for (size_t i = 0; i < block->track_count; i++) {
        const struct cell *cell = &row->cells[i];
        const char *text = cell->page_number ? "8 / 8" : cell->text;

        plan->cells[i].text = measure(t, text, cell->face);
        if (plan->cells[i].text.chunks.count > 0 || cell->boxed)
            plan->cells[i].caption = measure(t, cell->caption, cell->caption_face);
        any = any || plan->cells[i].text.chunks.count > 0 || cell->code != NULL;
    }
    return any;
}

void plan_measure(struct trial *t)
{
    t->plans = arena_array(&t->c->arena, t->layout->count, sizeof *t->plans);
    for (size_t b = 0; b < t->layout->count; b++) {
        const struct block *block = &t->layout->blocks[b];
        struct block_plan *plan = &t->plans[b];

        plan->block = block;
        plan->rows = arena_array(&t->c->arena, block->row_count, sizeof *plan->rows);
        plan->tracks = arena_array(&t->c->arena, block->track_count, sizeof *plan->tracks);
        for (size_t r = 0; r < block->row_count; r++) {
            if (!measure_row(t, block, &block->rows[r], &plan->rows[plan->row_count]))
                continue;
            plan->row_count++;
            plan->header_rows += r < block->header_rows;
        }
        if (plan->header_rows == plan->row_count)
            plan->header_rows = 0;
    }
}

micrometre plan_quiet(const struct trial *t, const struct cell *cell)
{
    micrometre quiet = cell->code->quiet * cell->module;

    return quiet > t->layout->margin ? quiet - t->layout->margin : 0;
}

micrometre plan_cell_width(const struct block_plan *plan, const struct cell *cell, size_t track)
{
    micrometre width = plan->tracks[track].width;

    for (int i = 1; i <= cell->span; i++)
        if (!plan->tracks[track + (size_t)i].hidden)
            width += plan->tracks[track + (size_t)i].width + plan->block->gutter;
    return width;
}

/* The width a track's widest cell asks for. */
static micrometre natural_width(const struct trial *t, const struct block_plan *plan, size_t track)
{
    micrometre widest = 0;

    for (size_t r = 0; r < plan->row_count; r++) {
        const struct cell *cell = &plan->rows[r].row->cells[track];
        const struct cell_plan *planned = &plan->rows[r].cells[track];
        const struct face *face = cell->face != NULL ? cell->face : &no_face;
        const struct face *small = cell->caption_face != NULL ? cell->caption_face : face;
        micrometre width = wrap_natural(&planned->text.chunks, face_size(t, face));
        micrometre caption = wrap_natural(&planned->caption.chunks, face_size(t, small));

        if ((cell->page_number && t->pages == 1) || cell->span > 0 || plan->rows[r].absent)
            continue;
        if (cell->code != NULL && cell->code->width * cell->module + 2 * plan_quiet(t, cell) > width)
            width = cell->code->width * cell->module + 2 * plan_quiet(t, cell);
        width = caption > width ? caption : width;
        widest = width > widest ? width : widest;
    }
    return widest;
}

/* Sums the tracks' needs: those that are sure of their width, what the sharing ones would like, what the spare ones
   would. A track with nothing in it is hidden. */
static void sum_needs(const struct trial *t, struct block_plan *plan, micrometre *sure, micrometre *shared,
                      micrometre *spare)
{
    *sure = *shared = *spare = 0;
    for (size_t i = 0; i < plan->block->track_count; i++) {
        const struct track *track = &plan->block->tracks[i];
        struct track_plan *planned = &plan->tracks[i];

        planned->width = track->kind == TRACK_FIXED ? track->width : natural_width(t, plan, i);
        planned->hidden = planned->width == 0 && track->kind != TRACK_SHARE;
        if (planned->hidden)
            continue;
        switch (track->kind) {
        case TRACK_FIT:
        case TRACK_FIXED:
            *sure += planned->width + plan->block->gutter;
            break;
        case TRACK_SHARE:
            *shared += planned->width + plan->block->gutter;
            break;
        case TRACK_SPARE:
            *spare += planned->width + plan->block->gutter;
            break;
        }
    }
}

static int count_shares(const struct block_plan *plan, enum track_kind kind)
{
    int shares = 0;

    for (size_t i = 0; i < plan->block->track_count; i++)
        if (plan->block->tracks[i].kind == kind && !plan->tracks[i].hidden)
            shares += kind == TRACK_SHARE ? plan->block->tracks[i].share : 1;
    return shares;
}

/* Divides `rest`, gutters included, among the tracks of a kind. */
static void divide(struct block_plan *plan, enum track_kind kind, micrometre rest)
{
    int shares = count_shares(plan, kind);

    for (size_t i = 0; i < plan->block->track_count; i++) {
        const struct track *track = &plan->block->tracks[i];

        if (track->kind == kind && !plan->tracks[i].hidden)
            plan->tracks[i].width =
                rest / shares * (kind == TRACK_SHARE ? track->share : 1) - plan->block->gutter;
    }
}

/* Decides the tracks' widths; false when the sure ones alone are too wide. */
static bool plan_tracks(const struct trial *t, struct block_plan *plan)
{
    micrometre inner = plan->column_width - 2 * plan->block->inset + plan->block->gutter;
    micrometre x = plan->block->inset;
    micrometre sure, shared, spare;

    sum_needs(t, plan, &sure, &shared, &spare);
    if (sure > inner || (shared > 0 && inner - sure < COLUMN_LEAST))
        return false;
    if (spare > 0 && t->extras == EXTRAS_BESIDE) {
        if (inner - sure - shared < COLUMN_LEAST)
            return false;
        divide(plan, TRACK_SPARE, inner - sure - shared);
    } else {
        for (size_t i = 0; i < plan->block->track_count; i++)
            plan->tracks[i].hidden |= plan->block->tracks[i].kind == TRACK_SPARE;
        if (shared > 0)
            divide(plan, TRACK_SHARE, inner - sure);
    }
    for (size_t i = 0; i < plan->block->track_count; i++) {
        plan->tracks[i].x = x;
        if (!plan->tracks[i].hidden)
            x += plan->tracks[i].width + plan->block->gutter;
    }
    return true;
}

/* Wraps one text into `width`; false when it has text and no line fits. */
static bool fit(struct trial *t, struct fitted *fitted, const struct face *face, micrometre width)
{
    fitted->size = face_size(t, face != NULL ? face : &no_face);
    fitted->count = 0;
    if (fitted->chunks.count == 0)
        return true;
    fitted->count = wrap_lines(&t->scratch, t->ruler, &fitted->chunks, fitted->bold, fitted->size, width,
                               t->break_words, &fitted->lines);
    return fitted->count > 0;
}

static bool plan_cell(struct trial *t, const struct cell *cell, struct cell_plan *plan, micrometre width)
{
    if (!fit(t, &plan->caption, cell->caption_face, width) || !fit(t, &plan->text, cell->face, width))
        return false;
    if (cell->page_number && t->pages == 1)
        plan->text.count = plan->caption.count = 0;
    plan->code_height = 0;
    if (cell->code != NULL)
        plan->code_height = (cell->code->height > 1 ? cell->code->height * cell->module : cell->code_height) +
                            2 * cell->module;
    plan->caption_height = (micrometre)plan->caption.count * plan_line_height(plan->caption.size);
    plan->ascent = plan->caption_height + (plan->text.count > 0 ? plan_line_ascent(plan->text.size) : 0);
    plan->height = plan->code_height + plan->caption_height +
                   (micrometre)plan->text.count * plan_line_height(plan->text.size) +
                   (cell->boxed && plan->caption.count > 0 ? BOX_DOWN : 0);
    return true;
}

/* Cells of a row stand on the baseline of their first lines; a bar code hangs from the top. */
static bool plan_row(struct trial *t, struct block_plan *plan, struct row_plan *row)
{
    row->ascent = 0;
    row->height = 0;
    if (row->absent)
        return true;
    row->height = row->row->height;
    for (size_t i = 0; i < plan->block->track_count; i++) {
        const struct cell *cell = &row->row->cells[i];

        if (plan->tracks[i].hidden)
            continue;
        if (!plan_cell(t, cell, &row->cells[i],
                       plan_cell_width(plan, cell, i) - (cell->boxed ? 2 * BOX_INSET : 0)))
            return false;
        t->wraps += plan->block->tracks[i].whole && row->cells[i].text.count > 1;
        if (cell->code == NULL && row->cells[i].ascent > row->ascent)
            row->ascent = row->cells[i].ascent;
    }
    for (size_t i = 0; i < plan->block->track_count; i++) {
        const struct cell_plan *cell = &row->cells[i];
        micrometre down = row->row->cells[i].code == NULL ? row->ascent - cell->ascent : 0;
        micrometre height = plan->tracks[i].hidden ? 0 : down + cell->height + 2 * row->row->pad;

        row->height = height > row->height ? height : row->height;
    }
    return true;
}

bool plan_block(struct trial *t, struct block_plan *plan, int columns)
{
    micrometre width = t->layout->width - 2 * t->layout->margin;

    if (plan->row_count == 0)
        return true;
    plan->columns = columns < plan->block->columns_max ? columns : plan->block->columns_max;
    plan->columns = plan->columns < 1 ? 1 : plan->columns;
    plan->column_width = (width - (plan->columns - 1) * COLUMN_GAP) / plan->columns;
    for (size_t r = 0; r < plan->row_count; r++)
        plan->rows[r].absent =
            plan->rows[r].row->extras != EXTRAS_ANY && plan->rows[r].row->extras != t->extras;
    if (!plan_tracks(t, plan))
        return plan_stuck(t, plan, plan->header_rows);
    for (size_t r = 0; r < plan->row_count; r++)
        if (!plan_row(t, plan, &plan->rows[r]))
            return plan_stuck(t, plan, r);
    return t->wraps <= t->wraps_max || plan_stuck(t, plan, plan->header_rows);
}

static micrometre rows_height(const struct block_plan *plan, size_t first, size_t count)
{
    micrometre height = 0;

    for (size_t i = first; i < first + count; i++)
        height += plan->rows[i].height;
    return height;
}

size_t plan_rows_per_column(const struct block_plan *plan, size_t first, size_t count)
{
    size_t columns = (size_t)plan->columns;
    size_t n = (count + columns - 1) / columns;

    while (n < count && plan->rows[first + n].row->glued)
        n++;
    return n;
}

micrometre plan_piece_height(const struct block_plan *plan, size_t first, size_t count)
{
    size_t n = plan_rows_per_column(plan, first, count);
    micrometre highest = 0;

    for (size_t done = 0; done < count; done += n) {
        micrometre height = rows_height(plan, first + done, count - done < n ? count - done : n);

        highest = height > highest ? height : highest;
    }
    return rows_height(plan, 0, plan->header_rows) + highest;
}

/* How many rows are no higher, all columns together, than the room: what fits is no more than that. */
static size_t rows_at_most(const struct block_plan *plan, size_t first, micrometre room)
{
    int64_t left = (int64_t)room * plan->columns;
    size_t count = 0;

    while (first + count < plan->row_count && left >= plan->rows[first + count].height)
        left -= plan->rows[first + count++].height;
    return count;
}

size_t plan_rows_within(const struct block_plan *plan, size_t first, micrometre room)
{
    size_t count = rows_at_most(plan, first, room);

    while (count > 0) {
        bool parts_glued = first + count < plan->row_count && plan->rows[first + count].row->glued;

        if (!parts_glued && plan_piece_height(plan, first, count) <= room)
            break;
        count--;
    }
    return count;
}
