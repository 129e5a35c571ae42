/* Receiving lots, changing their status, proving the ledger. Every move goes through the database's stock_book. */
#include "core/stock.h"

#include <string.h>

#include "core/audit.h"
#include "core/person.h"
#include "db/db.h"
#include "sql.h"

enum { RECEIPT_LINES_MOST = 1000 };

/* What the shop knows about a line of a delivery. */
struct known_line {
    int64_t item_id, location_id;
    bool other_expiry;
    const char *unit;
};

static const struct column known_columns[] = {
    COLUMN(struct known_line, item_id),
    COLUMN(struct known_line, location_id),
    COLUMN(struct known_line, other_expiry),
    COLUMN(struct known_line, unit),
    COLUMNS_END,
};

struct id_row {
    int64_t id;
};

static const struct column id_columns[] = { COLUMN(struct id_row, id), COLUMNS_END };

struct booked {
    int64_t moves;
};

static const struct column booked_columns[] = { COLUMN(struct booked, moves), COLUMNS_END };
static const struct column difference_columns[] = {
    COLUMN(struct stock_difference, shop_id),     COLUMN(struct stock_difference, lot_id),
    COLUMN(struct stock_difference, location_id), COLUMN(struct stock_difference, ledger),
    COLUMN(struct stock_difference, balance),     COLUMNS_END,
};

/* The lines of a delivery, column by column as the statements want them. */
struct delivery {
    const struct receipt *receipt;
    int64_t id;
    size_t count;
    const char **sku, **location, **lot, **expires, **precision, **certificate;
    int64_t *item, *place, *quantity, *cost;
};

static const char *line_field(struct ctx *c, size_t line, const char *name)
{
    return arena_printf(&c->arena, "lines[%zu].%s", line, name);
}

/* The civil date a line's expiry means, as text; NULL for "does not expire" and for what is no date, which is noted. */
static const char *line_expiry(struct ctx *c, size_t line, const char *typed, const char **precision)
{
    struct date date;

    *precision = "day";
    if (typed == NULL || *typed == '\0')
        return NULL;
    if (!date_parse(typed, &date)) {
        ctx_note(c, ST_INVALID, line_field(c, line, "expires"), typed,
                 "is a date such as 2028-03-31 or 2028-03");
        return NULL;
    }
    if (strlen(typed) == strlen("2028-03"))
        *precision = "month";
    return date_text(&c->arena, date);
}

static enum status delivery_read(struct ctx *c, struct delivery *d)
{
    const size_t n = d->count;

    if (n == 0 || n > RECEIPT_LINES_MOST)
        return ctx_fail(c, ST_INVALID, "lines", NULL, "are 1 to %d", RECEIPT_LINES_MOST);
    d->sku = arena_array(&c->arena, n, sizeof *d->sku);
    d->location = arena_array(&c->arena, n, sizeof *d->location);
    d->lot = arena_array(&c->arena, n, sizeof *d->lot);
    d->expires = arena_array(&c->arena, n, sizeof *d->expires);
    d->precision = arena_array(&c->arena, n, sizeof *d->precision);
    d->certificate = arena_array(&c->arena, n, sizeof *d->certificate);
    d->item = arena_array(&c->arena, n, sizeof *d->item);
    d->place = arena_array(&c->arena, n, sizeof *d->place);
    d->quantity = arena_array(&c->arena, n, sizeof *d->quantity);
    d->cost = arena_array(&c->arena, n, sizeof *d->cost);
    for (size_t i = 0; i < n; i++) {
        const struct receipt_line *line = &d->receipt->lines[i];

        d->sku[i] = line->sku;
        d->location[i] = line->location;
        d->lot[i] = line->lot_code;
        d->expires[i] = line_expiry(c, i, line->expires, &d->precision[i]);
        d->certificate[i] = line->certificate;
        d->quantity[i] = line->quantity;
        d->cost[i] = line->cost.cents;
        if (line->quantity < 1 || line->quantity > WEIGHT_LIMIT_MG)
            ctx_note(c, ST_INVALID, line_field(c, i, "quantity"),
                     arena_printf(&c->arena, "%lld", (long long)line->quantity), "is 1 to %lld",
                     (long long)WEIGHT_LIMIT_MG);
    }
    return ctx_fault_or_ok(c);
}

static enum status delivery_look_up(struct ctx *c, struct delivery *d)
{
    struct known_line *known;
    size_t n;

    TRY(db_all(c, &q_receipt_lines,
               PARAMS(SHOP(c), TEXTS(d->sku, d->count), TEXTS(d->location, d->count), TEXTS(d->lot, d->count),
                      TEXTS(d->expires, d->count), TEXT(d->receipt->supplier)),
               known_columns, sizeof *known, &known, &n));
    for (size_t i = 0; i < n; i++) {
        d->item[i] = known[i].item_id;
        d->place[i] = known[i].location_id;
        if (known[i].item_id == 0)
            ctx_note(c, ST_NOT_FOUND, line_field(c, i, "sku"), d->sku[i], "is no item of this shop");
        else if (d->receipt->lines[i].unit != NULL && strcmp(d->receipt->lines[i].unit, known[i].unit) != 0)
            ctx_note(c, ST_INVALID, line_field(c, i, "unit"), d->receipt->lines[i].unit,
                     strcmp(known[i].unit, "mg") == 0 ? "does not suit %s: it is kept by weight"
                                                      : "does not suit %s: it is counted in pieces",
                     d->sku[i]);
        if (known[i].location_id == 0)
            ctx_note(c, ST_NOT_FOUND, line_field(c, i, "location"), d->location[i],
                     "is no place of this shop where goods lie");
        if (known[i].other_expiry)
            ctx_note(c, ST_CONFLICT, line_field(c, i, "expires"), d->receipt->lines[i].expires,
                     "differs from the expiry already given for lot %s", d->lot[i]);
    }
    return ctx_fault_or_ok(c);
}

static enum status receive(struct ctx *c, void *arg)
{
    struct delivery *d = arg;
    struct booked booked = { 0 };
    struct id_row made;
    bool found;

    TRY(delivery_look_up(c, d));
    TRY(db_row(c, &q_receipt_insert,
               PARAMS(SHOP(c), TEXT(d->receipt->supplier), TEXT(d->receipt->invoice), USER(c),
                      I64S(d->item, d->count), TEXTS(d->lot, d->count), TEXTS(d->expires, d->count),
                      TEXTS(d->precision, d->count), TEXTS(d->certificate, d->count), I64S(d->cost, d->count),
                      I64S(d->quantity, d->count)),
               id_columns, &made, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "supplier", d->receipt->supplier, "is no supplier of this shop");
    TRY(db_row(c, &q_receipt_book,
               PARAMS(SHOP(c), I64(made.id), USER(c), I64S(d->item, d->count), TEXTS(d->lot, d->count),
                      I64S(d->place, d->count), I64S(d->quantity, d->count)),
               booked_columns, &booked, &found));
    if ((size_t)booked.moves != d->count)
        return ctx_fail(c, ST_BROKEN, "stock", NULL,
                        "was not booked: the shop has no location of the kind supplier");
    d->id = made.id;
    return audit_note(c, "stock_received", arena_printf(&c->arena, "receipt %lld", (long long)made.id),
                      d->receipt->invoice);
}

enum status stock_receive(struct ctx *c, const struct receipt *receipt, int64_t *id)
{
    struct delivery d = { .receipt = receipt, .count = receipt->count };

    TRY(person_require(c, ROLE_STAFF | ROLE_PHARMACIST, "receive stock"));
    TRY(delivery_read(c, &d));
    TRY(db_tx(c, receive, &d));
    *id = d.id;
    return ST_OK;
}

struct status_change {
    int64_t lot_id;
    const char *status, *reason;
};

static enum status set_status(struct ctx *c, void *arg)
{
    const struct status_change *want = arg;
    size_t changed;

    TRY(db_change(c, &q_lot_set_status,
                  PARAMS(SHOP(c), I64(want->lot_id), TEXT(want->status), TEXT(want->reason), USER(c)),
                  &changed));
    if (changed == 0)
        return ctx_fail(c, ST_NOT_FOUND, "lot_id", arena_printf(&c->arena, "%lld", (long long)want->lot_id),
                        "is no lot of this shop");
    return audit_note(c, "lot_status_changed", arena_printf(&c->arena, "lot %lld", (long long)want->lot_id),
                      want->status);
}

const char *const lot_statuses[] = { "released", "quarantined", "held", "recalled", NULL };

enum status lot_set_status(struct ctx *c, int64_t lot_id, const char *status, const char *reason)
{
    struct status_change want = { .lot_id = lot_id, .status = status, .reason = reason };
    bool known = false;

    for (size_t i = 0; lot_statuses[i] != NULL; i++)
        known = known || strcmp(lot_statuses[i], status) == 0;
    if (!known)
        return ctx_fail(c, ST_INVALID, "status", status, "is released, quarantined, held or recalled");
    TRY(person_require(c, ROLE_PHARMACIST, "change a lot's status"));
    return db_tx(c, set_status, &want);
}

enum status stock_verify(struct ctx *c, struct stock_difference **differences, size_t *count)
{
    return db_all(c, &q_stock_verify, PARAMS(SHOP(c)), difference_columns, sizeof **differences, differences,
                  count);
}
