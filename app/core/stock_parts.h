/* What the files of stock share and nobody else sees: lines looked up against the shop, and the one door to the ledger. */
#ifndef YAOFANG_CORE_STOCK_PARTS_H
#define YAOFANG_CORE_STOCK_PARTS_H

#include <stdbool.h>

#include "base/ctx.h"
#include "db/db.h"

/* "lines[3].quantity" (lines count from 0, as in the API); and a number as text. */
const char *stock_field(struct ctx *c, size_t line, const char *name);
const char *stock_number(struct ctx *c, int64_t number);

/* A quantity as people read it: "4.5 g", "12". */
const char *stock_amount(struct ctx *c, int64_t quantity, const char *unit);

/* Runs a statement that gives one id, or no row: then 0. */
enum status stock_id_row(struct ctx *c, const struct query *query, const struct param *params, size_t count,
                         int64_t *id) MUST_CHECK;

/* Notes a unit that is not the item's; NULL is the item's. */
void stock_note_unit(struct ctx *c, size_t line, const char *meant, const char *unit, const char *sku);

struct known_item {
    int64_t item_id; /* 0: noted as no item of this shop */
    const char *unit, *name;
    bool medicinal; /* else goods, which are neither taken nor made into what is */
};
enum status stock_items(struct ctx *c, const char *const *skus, size_t count,
                        struct known_item **known) MUST_CHECK;

/* So much of a lot from one place to another. */
struct stock_line {
    int64_t lot_id;
    const char *from, *to; /* codes; NULL: a place between or beyond, named by the caller's kinds */
    int64_t quantity;
};

struct stock_lines {
    const struct stock_line *lines;
    size_t count;
    const char *from_kind, *to_kind; /* "transit", "production", …: the place where a line names none */
    bool reserved_too;               /* what is set aside for orders may be taken as well */
};

struct known_line {
    int64_t lot_id, item_id, from_id, to_id; /* 0: noted */
    int64_t there, reserved; /* in the place it comes from; what is set aside of it for orders */
    bool to_retired;         /* where it shall go is out of use */
    int64_t value_cents;     /* what so much of the lot cost, half up */
    const char *sku, *name, *unit, *lot_code, *status, *expires_on, *from_kind;
};

/* Locks the lots in id order, then looks the lines up. Notes lots and places the shop has not, quantities that are none, and
   with ST_SHORT lines that take more than lies free there, and goods that shall go from one place
   to another that is out of use; then decides. Within a transaction. */
enum status stock_lines_look_up(struct ctx *c, const struct stock_lines *want,
                                struct known_line **known) MUST_CHECK;

/* Books lines that were looked up: `document` and its id as stock_book_for takes them. */
enum status stock_lines_book(struct ctx *c, const struct stock_lines *want, const struct known_line *known,
                             const char *reason, const char *document, int64_t document_id,
                             const char *note) MUST_CHECK;

/* Ends the newest reservations of these lots where more is set aside than lies there: the goods are not there, whatever was
   promised. Their orders are to be allocated again. */
enum status stock_trim_reservations(struct ctx *c, const int64_t *lots, size_t count) MUST_CHECK;

/* The single-person mode that is in force, or 0. */
enum status stock_single_person(struct ctx *c, int64_t *mode_id) MUST_CHECK;

#endif
