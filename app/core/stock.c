/* Receiving lots, changing their status, proving the ledger. Every move goes through the database's stock_book. */
#include "core/stock.h"

#include <string.h>

#include "core/audit.h"
#include "core/furnish.h"
#include "core/person.h"
#include "core/purchase.h"
#include "core/stock_parts.h"
#include "db/db.h"
#include "sql.h"

enum { RECEIPT_LINES_MOST = 100000 };

/* What the shop knows about a line of a delivery. */
struct known_delivery_line {
    int64_t item_id, location_id;
    bool place_retired, other_expiry;
    const char *unit;
};

static const struct column known_columns[] = {
    COLUMN(struct known_delivery_line, item_id),       COLUMN(struct known_delivery_line, location_id),
    COLUMN(struct known_delivery_line, place_retired), COLUMN(struct known_delivery_line, other_expiry),
    COLUMN(struct known_delivery_line, unit),          COLUMNS_END,
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
    const char **sku, **location, **lot, **expires, **precision, **certificate, **status, **made_on;
    int64_t *item, *place, *quantity, *cost;
};

/* The civil date a line's expiry means, as text; NULL for "does not expire" and for what is no date, which is noted. */
static const char *line_expiry(struct ctx *c, size_t line, const char *typed, const char **precision)
{
    struct date date;

    *precision = "day";
    if (typed == NULL || *typed == '\0')
        return NULL;
    if (!date_parse(typed, &date)) {
        ctx_note(c, ST_INVALID, stock_field(c, line, "expires_on"), typed,
                 "is a date such as 2028-03-31 or 2028-03");
        return NULL;
    }
    if (strlen(typed) == strlen("2028-03"))
        *precision = "month";
    return date_text(&c->arena, date);
}

/* The day of manufacture, as text; refused when it lies behind the expiry. */
static const char *line_made_on(struct ctx *c, size_t line, const char *typed, const char *expires)
{
    const char *field = stock_field(c, line, "made_on");
    struct date date;

    if (typed == NULL || *typed == '\0')
        return NULL;
    if (strlen(typed) == strlen("2028-03"))
        typed = arena_printf(&c->arena, "%s-01", typed);
    if (!date_parse(typed, &date)) {
        ctx_note(c, ST_INVALID, field, typed, "is a date such as 2026-03-31 or 2026-03");
        return NULL;
    }
    if (expires != NULL && strcmp(date_text(&c->arena, date), expires) > 0)
        ctx_note(c, ST_INVALID, stock_field(c, line, "expires_on"), expires,
                 "is before the day of manufacture, %s", date_text(&c->arena, date));
    return date_text(&c->arena, date);
}

/* Whether a new lot may be used: as the line says, or by its certificate. */
static const char *line_status(struct ctx *c, size_t line, const struct receipt_line *from)
{
    const bool certified = from->certificate != NULL && *from->certificate != '\0';

    if (from->status == NULL)
        return certified ? "released" : "quarantined";
    if (strcmp(from->status, "released") != 0 && strcmp(from->status, "quarantined") != 0)
        ctx_note(c, ST_INVALID, stock_field(c, line, "status"), from->status, "is released or quarantined");
    else if (!certified && strcmp(from->status, "released") == 0 && (c->who.roles & ROLE_PHARMACIST) == 0)
        ctx_note(c, ST_DENIED, stock_field(c, line, "status"), from->status,
                 "without a certificate only a pharmacist may say");
    return from->status;
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
    d->status = arena_array(&c->arena, n, sizeof *d->status);
    d->made_on = arena_array(&c->arena, n, sizeof *d->made_on);
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
        d->made_on[i] = line_made_on(c, i, line->made_on, d->expires[i]);
        d->status[i] = line_status(c, i, line);
        d->certificate[i] = line->certificate;
        d->quantity[i] = line->quantity;
        d->cost[i] = line->cost.cents;
        if (line->quantity < 1 || line->quantity > WEIGHT_LIMIT_MG)
            ctx_note(c, ST_INVALID, stock_field(c, i, "quantity"),
                     arena_printf(&c->arena, "%lld", (long long)line->quantity), "is 1 to %lld",
                     (long long)WEIGHT_LIMIT_MG);
    }
    return ctx_fault_or_ok(c);
}

static enum status delivery_look_up(struct ctx *c, struct delivery *d)
{
    struct known_delivery_line *known;
    size_t n;

    if (d->receipt->purchase_order_id == 0) /* what was ordered before still arrives */
        TRY(supplier_usable(c, d->receipt->supplier));
    TRY(db_all(c, &q_receipt_lines,
               PARAMS(SHOP(c), TEXTS(d->sku, d->count), TEXTS(d->location, d->count), TEXTS(d->lot, d->count),
                      TEXTS(d->expires, d->count), TEXT(d->receipt->supplier)),
               known_columns, sizeof *known, &known, &n));
    for (size_t i = 0; i < n; i++) {
        d->item[i] = known[i].item_id;
        d->place[i] = known[i].location_id;
        if (known[i].item_id == 0)
            ctx_note(c, ST_NOT_FOUND, stock_field(c, i, "sku"), d->sku[i], "is no item of this shop");
        stock_note_unit(c, i, d->receipt->lines[i].unit, known[i].unit, d->sku[i]);
        if (known[i].location_id == 0)
            ctx_note(c, ST_NOT_FOUND, stock_field(c, i, "location"), d->location[i],
                     "is no place of this shop where goods lie");
        if (known[i].place_retired)
            ctx_note(c, ST_CONFLICT, stock_field(c, i, "location"), d->location[i], "is out of use");
        if (known[i].other_expiry)
            ctx_note(c, ST_CONFLICT, stock_field(c, i, "expires_on"), d->receipt->lines[i].expires,
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
    if (d->receipt->purchase_order_id != 0)
        TRY(purchase_lock_for_receipt(c, d->receipt->purchase_order_id, d->receipt->supplier));
    TRY(db_row(c, &q_receipt_insert,
               PARAMS(SHOP(c), TEXT(d->receipt->supplier), TEXT(d->receipt->invoice), USER(c),
                      I64S(d->item, d->count), TEXTS(d->lot, d->count), TEXTS(d->expires, d->count),
                      TEXTS(d->precision, d->count), TEXTS(d->certificate, d->count), I64S(d->cost, d->count),
                      I64S(d->quantity, d->count), I64_OR_NULL(d->receipt->purchase_order_id),
                      TEXTS(d->status, d->count), TEXTS(d->made_on, d->count)),
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
    if (d->receipt->purchase_order_id != 0)
        TRY(db_run(c, &q_purchase_receive,
                   PARAMS(SHOP(c), I64(d->receipt->purchase_order_id), I64(made.id), BOOL(false))));
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

static const struct column warning_columns[] = {
    COLUMN(struct receipt_warning, line_no),
    COLUMN(struct receipt_warning, warning),
    COLUMN(struct receipt_warning, value),
    COLUMNS_END,
};

enum status stock_check(struct ctx *c, const struct receipt *receipt, struct receipt_warning **warnings,
                        size_t *count)
{
    struct delivery d = { .receipt = receipt, .count = receipt->count };

    TRY(person_require(c, ROLE_STAFF | ROLE_PHARMACIST, "receive stock"));
    TRY(delivery_read(c, &d));
    TRY(delivery_look_up(c, &d));
    if (receipt->purchase_order_id != 0)
        TRY(purchase_lock_for_receipt(c, receipt->purchase_order_id, receipt->supplier));
    return db_all(c, &q_receipt_warnings,
                  PARAMS(SHOP(c), TEXT(receipt->supplier), TEXT(receipt->invoice),
                         I64_OR_NULL(receipt->purchase_order_id), I64S(d.item, d.count),
                         TEXTS(d.lot, d.count), TEXTS(d.expires, d.count), I64S(d.quantity, d.count),
                         TEXTS(d.status, d.count)),
                  warning_columns, sizeof **warnings, warnings, count);
}

struct undo {
    int64_t id, purchase_order_id;
    bool undone;
    const char *reason;
};

static const struct column undo_columns[] = {
    COLUMN(struct undo, id),
    COLUMN(struct undo, purchase_order_id),
    COLUMN(struct undo, undone),
    COLUMNS_END,
};

/* What of a delivery is not where it was put. */
struct used {
    const char *sku, *lot_code, *location, *unit;
    int64_t quantity, there, reserved;
};

static const struct column used_columns[] = {
    COLUMN(struct used, sku),      COLUMN(struct used, lot_code),
    COLUMN(struct used, location), COLUMN(struct used, unit),
    COLUMN(struct used, quantity), COLUMN(struct used, there),
    COLUMN(struct used, reserved), COLUMNS_END,
};

static enum status refuse_used(struct ctx *c, int64_t id)
{
    struct used *used;
    size_t n;

    TRY(db_all(c, &q_receipt_used, PARAMS(SHOP(c), I64(id)), used_columns, sizeof *used, &used, &n));
    for (size_t i = 0; i < n; i++)
        ctx_note(c, ST_CONFLICT, arena_printf(&c->arena, "lot %s of %s", used[i].lot_code, used[i].sku),
                 stock_amount(c, used[i].quantity, used[i].unit),
                 "cannot be taken back: %s of it lies in %s%s", stock_amount(c, used[i].there, used[i].unit),
                 used[i].location, used[i].reserved > 0 ? ", and some is set aside for orders" : "");
    return ctx_fault_or_ok(c);
}

static enum status undo_receipt(struct ctx *c, void *arg)
{
    const struct undo *want = arg;
    struct booked booked = { 0 };
    struct undo receipt;
    bool found;

    TRY(db_row(c, &q_receipt_lock, PARAMS(SHOP(c), I64(want->id)), undo_columns, &receipt, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "receipt_id", stock_number(c, want->id),
                        "is no delivery to this shop");
    if (receipt.undone)
        return ctx_fail(c, ST_CONFLICT, "receipt_id", stock_number(c, want->id), "was undone already");
    TRY(refuse_used(c, want->id));
    if (receipt.purchase_order_id != 0)
        TRY(db_run(c, &q_purchase_receive,
                   PARAMS(SHOP(c), I64(receipt.purchase_order_id), I64(want->id), BOOL(true))));
    TRY(db_row(c, &q_receipt_undo, PARAMS(SHOP(c), I64(want->id), USER(c), TEXT(want->reason)),
               booked_columns, &booked, &found));
    return audit_note(c, "stock_receipt_undone", arena_printf(&c->arena, "receipt %lld", (long long)want->id),
                      want->reason);
}

enum status stock_undo_receipt(struct ctx *c, int64_t id, const char *reason)
{
    struct undo want = { .id = id, .reason = reason };

    TRY(person_require(c, ROLE_PHARMACIST, "take a delivery back"));
    return db_tx(c, undo_receipt, &want);
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

static const struct column fault_columns[] = {
    COLUMN(struct stock_fault, subject),
    COLUMN(struct stock_fault, value),
    COLUMN(struct stock_fault, rule),
    COLUMNS_END,
};

enum status stock_verify_documents(struct ctx *c, struct stock_fault **faults, size_t *count)
{
    return db_all(c, &q_stock_verify_documents, PARAMS(SHOP(c)), fault_columns, sizeof **faults, faults,
                  count);
}
