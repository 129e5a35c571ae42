/* The planning half of layout: a trial's state, and blocks planned for one type size and number of columns. PURE;
   private to app/print. */
#ifndef YAOFANG_PRINT_LAYOUT_PLAN_H
#define YAOFANG_PRINT_LAYOUT_PLAN_H

#include "print/layout.h"
#include "print/wrap.h"

#define COLUMN_GAP MM(3)

struct box {
    micrometre x, y, width, height;
};

/* Lines of one text in one face. */
struct fitted {
    struct chunks chunks;
    const struct line *lines;
    size_t count;
    int size;
    bool bold;
};

struct cell_plan {
    struct fitted text, caption;
    micrometre code_height; /* with quiet zone; 0 without a code */
    micrometre caption_height;
    micrometre ascent; /* from the cell's top to the baseline of its first line of text */
    micrometre height;
};

struct row_plan {
    const struct row *row;
    struct cell_plan *cells;
    micrometre ascent, height;
    bool absent; /* belongs to another arrangement of the extras than the trial's */
};

struct track_plan {
    micrometre x, width;
    bool hidden;
};

struct block_plan {
    const struct block *block;
    struct row_plan *rows; /* those with something in them */
    size_t row_count, header_rows;
    struct track_plan *tracks;
    int columns;
    micrometre column_width;
};

struct trial {
    struct ctx *c;
    struct arena scratch; /* emptied before each trial: what a trial makes goes when it fails */
    const struct layout *layout;
    const struct ruler *ruler;
    struct block_plan *plans; /* one per block */
    int scale, pages;
    int wraps, wraps_max; /* cells that should stay whole and are not; how many of them this trial allows */
    enum extras extras;   /* where this trial has them */
    bool break_words;     /* the last resort: a word may be broken anywhere */
    int page;             /* being filled */
    micrometre y, top, limit; /* where the next block goes; the flow's first and last y on this page */
    struct mark *marks;
    size_t mark_count, mark_capacity;
    const char *stuck, *stuck_text; /* what had no room */
};

/* Measures every cell once: before the first trial. */
void plan_measure(struct trial *t);

/* Widths, lines and heights at t->scale in up to `columns` columns; false, with t->stuck set, when a cell has no room. */
bool plan_block(struct trial *t, struct block_plan *plan, int columns);

micrometre plan_line_height(int size);
micrometre plan_line_ascent(int size);

/* The white above a block at this scale. */
micrometre plan_space(const struct trial *t, const struct block_plan *plan);

/* The width of the cell of a track, with the tracks it spans. */
micrometre plan_cell_width(const struct block_plan *plan, const struct cell *cell, size_t track);

/* The quiet zone a code needs beside it, less what the margin of the paper gives. */
micrometre plan_quiet(const struct trial *t, const struct cell *cell);

/* How `count` rows from `first` spread over the block's columns, and how high that is with the header rows. */
size_t plan_rows_per_column(const struct block_plan *plan, size_t first, size_t count);
micrometre plan_piece_height(const struct block_plan *plan, size_t first, size_t count);

/* How many rows from `first` fit into `room` without parting glued ones. */
size_t plan_rows_within(const struct block_plan *plan, size_t first, micrometre room);

/* Notes that row `row` had no room; false, so that a caller can return it. */
bool plan_stuck(struct trial *t, const struct block_plan *plan, size_t row);

#endif
