/* Blocks of text → lines placed on pages. PURE: it measures through a ruler it is given, draws nothing, and does the
   same for a sticker and a sheet of paper.

   The caller says what is on the paper, as blocks of rows of cells; layout finds the arrangement that fits: fewest
   pages first; then type of a comfortable size; then smaller type down to each face's floor, and two columns last. A
   table's extras (the English names of herbs) stand beside, else below; they are left out only when no number of pages
   holds them: a second label serves a patient better than a list of herbs he cannot read. Nothing is ever cut: a long
   line wraps, a long table flows on, and when even the smallest readable type does not fit, the field that had no room
   is named. */
#ifndef YAOFANG_PRINT_LAYOUT_H
#define YAOFANG_PRINT_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"
#include "print/barcode.h"

/* Lengths on paper, in micrometres: exact, and finer than any printer. */
typedef int32_t micrometre;
#define MM(mm) ((micrometre)((mm)*1000))

/* In a text: a space where no line may end. */
#define NO_BREAK_SPACE "\xC2\xA0"

/* White between a frame to write into and the caption in it. */
#define BOX_INSET MM(0.8)
#define BOX_DOWN MM(0.6)

/* How a piece of text looks. Sizes are tenths of a point; a size never shrinks below its floor. */
struct face {
    int size, floor;
    bool bold;
};

/* Width in micrometres of `size` bytes of text set at 100 points. */
struct ruler {
    micrometre (*width)(void *arg, const char *text, size_t size, bool bold);
    void *arg;
};

enum align { ALIGN_LEFT, ALIGN_RIGHT, ALIGN_CENTRE };

/* How wide a column of cells is. */
enum track_kind {
    TRACK_FIT,   /* as wide as its widest cell; gone when all are empty */
    TRACK_SHARE, /* `share` parts of what the others leave, also when empty; its cells wrap */
    TRACK_SPARE, /* what the others leave, where the extras stand beside; else not there */
    TRACK_FIXED  /* `width` wide */
};

/* Where a table's extras are, and so which of its rows are there. */
enum extras {
    EXTRAS_ANY,
    EXTRAS_BESIDE,  /* in the spare track */
    EXTRAS_BELOW,   /* in rows of their own */
    EXTRAS_LEFT_OUT /* for want of room */
};
struct track {
    enum track_kind kind;
    int share;
    micrometre width;
    enum align align;
    bool whole; /* its cells should not wrap while another arrangement is possible */
};

/* One cell: text (with '\n' where a line must end, and a no-break space U+00A0 where none may) under an optional small
   caption, or a bar code with its text centred below. An empty text takes no room. A code's quiet zone may lie in the
   margin of the paper. */
struct cell {
    const char
        *field; /* named when this cell is what does not fit, or holds a character no font has; may be NULL */
    const char *text;
    const char *caption;
    const struct face *face;
    const struct face *caption_face;
    const struct barcode *code;
    micrometre module;      /* width of one module of the code */
    micrometre code_height; /* of a one-dimensional code */
    int span;               /* how many tracks to the right it also covers; their cells are empty */
    bool boxed;             /* a frame around the cell, to write into */
    bool page_number;       /* the text is "1 / 2", and only where there are several pages */
};

enum shade { SHADE_NONE, SHADE_LIGHT, SHADE_RULE, SHADE_BLACK };

struct row {
    struct cell *cells; /* as many as the block has tracks */
    enum shade shade;   /* behind the whole row; text on black is white */
    bool glued;         /* stays on the page and in the column of the row before it */
    bool ruled;         /* a hairline below it and the rows glued to it */
    enum extras extras; /* there only in this arrangement; EXTRAS_ANY: always */
    micrometre height;  /* at least this high */
    micrometre pad;     /* white above and below its cells */
};

enum zone {
    ZONE_HEAD, /* on top of every page */
    ZONE_FLOW, /* from page to page */
    ZONE_FOOT  /* at the bottom of every page */
};

struct block {
    const char *field; /* named when it does not fit */
    enum zone zone;
    const struct track *tracks;
    size_t track_count;
    const struct row *rows;
    size_t row_count;
    size_t header_rows; /* of them, repeated in every column and on every page */
    int columns_max;    /* a table may flow in up to so many columns */
    bool framed;        /* a frame around it */
    micrometre inset;   /* white at the left and right end of its rows */
    bool ruled;         /* a line across the paper above it */
    micrometre space;   /* white above it, scaled with the type */
    micrometre gutter;  /* white between tracks */
};

struct layout {
    const char *name;         /* of the paper, for the failure's words: "a label of 100 × 62 mm" */
    const char *title;        /* of the document */
    micrometre width, height; /* height 0: a roll, cut where the content ends */
    micrometre margin;
    int pages_max;
    int scale_max; /* percent of the nominal type size tried first */
    bool
        long_list; /* at that size and in one column, on as many pages as it takes: nothing smaller is tried */
    const struct block *blocks;
    size_t count;
};

enum mark_kind { MARK_TEXT, MARK_FILL, MARK_FRAME, MARK_CODE };

/* One thing on a page. x, y, width, height are its box from the page's top left corner; a text stands on `baseline`. */
struct mark {
    enum mark_kind kind;
    int page; /* from 0 */
    micrometre x, y, width, height;
    micrometre baseline;
    micrometre module; /* of a code */
    int size;          /* of a text, tenths of a point */
    bool bold;
    bool white;
    enum shade shade; /* of a fill */
    const char *text;
    const char *field;
    const struct barcode *code;
};

struct sheet_of_paper {
    const char *title;
    micrometre width, height; /* of every page */
    int pages;
    int scale;                /* percent of the nominal type size that fitted */
    const struct mark *marks; /* in the order of drawing, by page */
    size_t count;
};

/* Places everything. ST_INVALID naming the field when it cannot be done at the smallest type on pages_max pages. */
enum status layout_place(struct ctx *c, const struct layout *layout, const struct ruler *ruler,
                         struct sheet_of_paper *paper) MUST_CHECK;

#endif
