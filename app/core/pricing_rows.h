/* What pricing needs from the database: parts, fees and rules, one statement per kind of fact. A ticket and a draft are priced from
   the same rows, so that a draft says what the quote will. Not for use outside core/pricing_rows.c, ticket_price.c,
   prescription_price.c and price_list.c. */
#ifndef YAOFANG_CORE_PRICING_ROWS_H
#define YAOFANG_CORE_PRICING_ROWS_H

#include "base/ctx.h"
#include "core/pricing.h"
#include "db/db.h"

/* Lines of a ticket, column by column: goods (order 0) or an order (item 0). */
struct ticket_columns {
    int64_t *line, *item, *order, *quantity;
    size_t count;
};

/* What is drafted: the items its herbs are filled from, each beside its `line`, and the course its fees are of. */
struct draft_columns {
    const char *dosage_form; /* NULL: nothing is drafted */
    int64_t days, doses_per_day, packets, unit_count;
    int64_t *line, *item, *quantity;
    size_t count;
};

/* A part, and which line it belongs to: the ticket's, or line 1 for a draft, whose own is `part_no`. */
struct part_row {
    int64_t line_no, part_no, order_id;
    struct price_part part;
    const char *name_hanzi, *unit;
    int64_t tax_basis_points;
};

struct fee_row {
    int64_t line_no, order_id, fee_id;
    const char *name, *name_hanzi;
    struct money amount;
    const char *tax_category;
    int64_t tax_basis_points;
    const char *dosage_form;
    int64_t times;
};

/* ST_NOT_FOUND for a group of customers the shop does not have; NULL and "" are nobody's. */
enum status pricing_know_group(struct ctx *c, const char *group) MUST_CHECK;

/* The shop's day and whether its prices hold the tax. */
enum status pricing_begin(struct ctx *c, const char *customer_group, struct pricing *p) MUST_CHECK;

/* Parts and fees by line and part, of a ticket's lines and of a draft; either may be empty. */
enum status pricing_read_parts(struct ctx *c, const struct ticket_columns *lines,
                               const struct draft_columns *draft, struct part_row **rows,
                               size_t *count) MUST_CHECK;
enum status pricing_read_fees(struct ctx *c, const struct ticket_columns *lines,
                              const struct draft_columns *draft, struct fee_row **rows,
                              size_t *count) MUST_CHECK;

/* One more part of a line whose parts lie side by side: it is taxed as they are, at the highest rate where they differ. */
void pricing_add_part(struct price_line *line, const struct part_row *row, struct price_part *at);

/* What one row of a statement gives a part, for whoever reads them by a statement of their own (all of part_row). */
enum status pricing_part_rows(struct ctx *c, const struct query *query, const struct param *params, size_t n,
                              struct part_row **rows, size_t *count) MUST_CHECK;

/* The fees of a line, as lines after it; there is room for them. */
void pricing_add_fees(struct ctx *c, struct pricing *p, const struct fee_row *fees, size_t count,
                      int64_t line_no);

/* The rules in force today that any part may be priced by. */
enum status pricing_read_rules(struct ctx *c, struct pricing *p) MUST_CHECK;

#endif
