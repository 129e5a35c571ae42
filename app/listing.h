/* Lists on the command line: the rows of a statement as a table, or as the API answers them. */
#ifndef YAOFANG_LISTING_H
#define YAOFANG_LISTING_H

#include "db/db.h"
#include "subcommand.h"

/* How a cell is shown: as it is, as a weight where the row's `unit` is mg, as cents, as milligrams, as yes or
   no. */
enum list_kind { LIST_TEXT, LIST_AMOUNT, LIST_MONEY, LIST_WEIGHT, LIST_YES_NO };

/* A column: what stands above it, the member of the row it shows, how wide it is; the last one takes the rest. A list of them ends
   with a row without a title. */
struct list_column {
    const char *title, *name;
    size_t columns;
    enum list_kind kind;
};

/* Prints the rows; with --json as the API answers them. */
enum status list_show(struct ctx *c, const struct called *in, const struct query *query,
                      const struct param *params, size_t count, const struct list_column *columns) MUST_CHECK;

#endif
