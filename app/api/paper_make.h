/* One paper of whatever can be printed: an order's labels and sheets, prescriptions, the labels of lots and drawers, a sale's receipt, a count's sheet,
   a printer's test page. Placed and counted; for a file, or for a printer. */
#ifndef YAOFANG_API_PAPER_MAKE_H
#define YAOFANG_API_PAPER_MAKE_H

#include "core/printer.h"
#include "print/label_job.h"

/* A paper as wanted. */
struct paper_wish {
    const char *kind;  /* a kind of label or a size's name, "receipt", "count-sheet" or "test" */
    const char *about; /* order, prescription, lot, drawer, ticket or count; NULL: nothing, for a test page */
    int64_t id;        /* its number */
    int64_t copies;    /* 0 and 1: one. Of lots and drawers equal pieces, else counted copies */
    struct label_job
        label; /* `print`: count it, else only look; of labels also language, lines, override and so on */
};

struct paper_made {
    const char *kind, *title;
    const char *number; /* of what it is of, as printed */
    int copy_no;        /* 0: a draft */
    const struct sheet_of_paper *sheets;
    size_t count;
    struct instant printed_at;
    const struct label_lint *lint; /* NULL: nothing was to be held against rules */
};

/* The kind a wish's word means: "patient" for "patient-62". ST_NOT_FOUND names the kinds there are. */
enum status paper_kind(struct ctx *c, const char *word, const char **kind) MUST_CHECK;

/* What a kind or a size's name is of: "order" for "patient-62"; NULL for a test page, and for what is no kind. */
const char *paper_about(const char *word);

/* What is of a subject unless another kind is said: "patient" of an order, "lot" of a lot. */
const char *paper_kind_of(const char *about);

/* Equal pieces of these are one counted print; of others each piece is a counted copy of its own. */
bool paper_in_pieces(const char *about);

/* Makes one paper (one piece of it) as label_make does; `again` as there. `printer` NULL: for a file, in the size that was named or is
   usual; else in the largest size that fits what lies in it, ST_INVALID when none does. */
enum status paper_make(struct ctx *c, const struct paper_wish *wish, const struct printer *printer, int again,
                       const struct ruler *ruler, struct paper_made *made) MUST_CHECK;

/* Many papers for a file, one of each wish: all of them or none. Labels of one kind that follow each other are made as one. */
enum status paper_make_all(struct ctx *c, const struct paper_wish *wishes, size_t count,
                           const struct ruler *ruler, struct paper_made *made) MUST_CHECK;

/* Papers one after the other in a format; `pieces` of each. */
enum status paper_draw(struct ctx *c, const struct paper_made *made, size_t count, int pieces,
                       const struct ruler *ruler, enum label_format format, int dpi,
                       struct text *out) MUST_CHECK;

/* The lots of a delivery, all or those of the chosen lines (from 1). ST_NOT_FOUND: no such delivery; ST_CONFLICT: it was undone;
   ST_INVALID names a line that it has not. */
enum status paper_delivery_lots(struct ctx *c, int64_t receipt_id, const int64_t *lines, size_t line_count,
                                int64_t **lots, size_t *count) MUST_CHECK;

#endif
