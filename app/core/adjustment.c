/* What is asked, whether it needs a second person, and the one move each correction is. */
#include "core/adjustment.h"

#include <stdlib.h>
#include <string.h>

#include "base/quantity.h"
#include "core/audit.h"
#include "core/person.h"
#include "core/stock_parts.h"
#include "sql.h"

const char *const adjustment_uses[] = { "adjust", "write_off", "return_to_supplier", "customer_return",
                                        NULL };

enum use { USE_ADJUST, USE_WRITE_OFF, USE_RETURN_TO_SUPPLIER, USE_CUSTOMER_RETURN };

struct asked {
    const struct adjustment *adjustment;
    enum use use;
    int64_t id;
    bool booked;
};

/* What stands behind a correction: the reason's rule, the shop's limit, what the order handed out of the lot. */
struct background {
    bool reason_known, note_needed, order_known;
    int64_t limit_cents, handed_out, mode_id;
};

static const struct column background_columns[] = {
    COLUMN(struct background, reason_known),
    COLUMN(struct background, note_needed),
    COLUMN(struct background, limit_cents),
    COLUMN(struct background, handed_out),
    COLUMN(struct background, mode_id),
    COLUMN(struct background, order_known),
    COLUMNS_END,
};

/* A stored correction, with what its booking needs. */
struct stored {
    int64_t id, lot_id, from_id, to_id, quantity, asked_by;
    const char *use, *from_code, *to_code;
};

static const struct column stored_columns[] = {
    COLUMN(struct stored, id),       COLUMN(struct stored, lot_id),
    COLUMN(struct stored, from_id),  COLUMN(struct stored, to_id),
    COLUMN(struct stored, quantity), COLUMN(struct stored, asked_by),
    COLUMN(struct stored, use),      COLUMN(struct stored, from_code),
    COLUMN(struct stored, to_code),  COLUMNS_END,
};

static const char *subject(struct ctx *c, int64_t id)
{
    return arena_printf(&c->arena, "adjustment %lld", (long long)id);
}

/* The line of a correction: from where to where, for each use. */
static struct stock_lines lines_of(enum use use, const char *location, bool missing, struct stock_line *line)
{
    struct stock_lines lines = { .lines = line, .count = 1 };

    switch (use) {
    case USE_ADJUST:
        lines.reserved_too = true;
        if (missing) {
            line->from = location;
            lines.to_kind = "adjustment";
        } else {
            line->to = location;
            lines.from_kind = "adjustment";
        }
        break;
    case USE_WRITE_OFF:
        line->from = location;
        lines.to_kind = "loss";
        lines.reserved_too = true;
        break;
    case USE_RETURN_TO_SUPPLIER:
        line->from = location;
        lines.to_kind = "supplier";
        break;
    case USE_CUSTOMER_RETURN:
        line->to = location;
        lines.from_kind = "patient";
        break;
    }
    return lines;
}

static const char *move_reason(enum use use)
{
    switch (use) {
    case USE_ADJUST:
        return "adjusted";
    case USE_WRITE_OFF:
        return "lost";
    case USE_RETURN_TO_SUPPLIER:
        return "returned_to_supplier";
    case USE_CUSTOMER_RETURN:
        return "returned";
    }
    return "";
}

static enum status check_background(struct ctx *c, const struct asked *want, const char *unit,
                                    struct background *b)
{
    const struct adjustment *a = want->adjustment;
    bool found;

    TRY(db_row(c, &q_adjustment_background,
               PARAMS(SHOP(c), TEXT(a->use), TEXT(a->reason), I64(a->lot_id), I64_OR_NULL(a->order_id)),
               background_columns, b, &found));
    if (!b->reason_known)
        ctx_note(c, ST_INVALID, "reason", a->reason, "is no reason for %s", a->use);
    else if (b->note_needed && (a->note == NULL || *a->note == '\0'))
        ctx_note(c, ST_INVALID, "note", NULL, "is needed with the reason %s", a->reason);
    if (want->use != USE_CUSTOMER_RETURN)
        return ctx_fault_or_ok(c);
    if (a->order_id == 0)
        ctx_note(c, ST_INVALID, "order_id", NULL,
                 "must be given: what was handed out with no order is a sale's refund");
    else if (!b->order_known)
        ctx_note(c, ST_NOT_FOUND, "order_id", stock_number(c, a->order_id), "is no order of this shop");
    else if (a->quantity > b->handed_out)
        ctx_note(c, ST_CONFLICT, "quantity", stock_amount(c, a->quantity, unit),
                 "is more than the order handed out of this lot and did not get back: %s",
                 stock_amount(c, b->handed_out, unit));
    return ctx_fault_or_ok(c);
}

static enum status book(struct ctx *c, enum use use, const struct stock_lines *lines,
                        const struct known_line *known, int64_t id, const char *note)
{
    TRY(stock_lines_book(c, lines, known, move_reason(use), "adjustment", id, note));
    return lines->reserved_too ? stock_trim_reservations(c, &known->lot_id, 1) : ST_OK;
}

static enum status check_place(struct ctx *c, enum use use, const struct adjustment *a)
{
    int64_t quarantine;

    if (use != USE_CUSTOMER_RETURN)
        return ST_OK;
    TRY(stock_id_row(c, &q_location_quarantine, PARAMS(SHOP(c), TEXT(a->location)), &quarantine));
    if (quarantine == 0)
        return ctx_fail(
            c, ST_INVALID, "location", a->location,
            "is no place of the kind quarantine: what comes back from a customer is not sold again unseen");
    return ST_OK;
}

static enum status ask(struct ctx *c, void *arg)
{
    struct asked *want = arg;
    const struct adjustment *a = want->adjustment;
    struct stock_line line = { .lot_id = a->lot_id, .quantity = llabs(a->quantity) };
    const struct stock_lines lines = lines_of(want->use, a->location, a->quantity < 0, &line);
    struct known_line *known;
    struct background b = { 0 };

    TRY(check_place(c, want->use, a));
    TRY(stock_lines_look_up(c, &lines, &known));
    TRY(check_background(c, want, known->unit, &b));
    want->booked = known->value_cents <= b.limit_cents || b.mode_id != 0;
    TRY(stock_id_row(c, &q_adjustment_add,
                     PARAMS(SHOP(c), TEXT(a->use), TEXT(a->reason), I64(a->lot_id), I64(known->from_id),
                            I64(known->to_id), I64(line.quantity), I64_OR_NULL(a->order_id),
                            TEXT_OR_NULL(a->reference), TEXT_OR_NULL(a->note), I64(known->value_cents),
                            I64(b.limit_cents), TEXT(want->booked ? "booked" : "asked"), USER(c),
                            I64_OR_NULL(known->value_cents <= b.limit_cents ? 0 : b.mode_id)),
                     &want->id));
    if (want->booked)
        TRY(book(c, want->use, &lines, known, want->id, a->note));
    return audit_note(c, want->booked ? "stock_adjusted" : "stock_adjustment_asked", subject(c, want->id),
                      a->reason);
}

enum status adjustment_ask(struct ctx *c, const struct adjustment *adjustment, int64_t *id, bool *booked)
{
    struct asked want = { .adjustment = adjustment };
    size_t use = 0;

    TRY(person_require(c, ROLE_STAFF | ROLE_PHARMACIST, "correct stock"));
    while (adjustment_uses[use] != NULL && strcmp(adjustment_uses[use], adjustment->use) != 0)
        use++;
    if (adjustment_uses[use] == NULL)
        return ctx_fail(c, ST_INVALID, "use", adjustment->use,
                        "is adjust, write_off, return_to_supplier or customer_return");
    want.use = (enum use)use;
    if (adjustment->quantity == 0 || (adjustment->quantity < 0 && want.use != USE_ADJUST))
        return ctx_fail(c, ST_INVALID, "quantity", stock_number(c, adjustment->quantity),
                        want.use == USE_ADJUST ? "is what was found, or below nothing what is missing"
                                               : "is more than nothing");
    TRY(db_tx(c, ask, &want));
    *id = want.id;
    *booked = want.booked;
    return ST_OK;
}

struct deciding {
    int64_t id;
    bool accept;
};

static enum use use_of(const char *word)
{
    enum use use = USE_ADJUST;

    while (strcmp(adjustment_uses[use], word) != 0)
        use++;
    return use;
}

static enum status decide(struct ctx *c, void *arg)
{
    const struct deciding *want = arg;
    struct stock_line line = { 0 };
    struct stock_lines lines;
    struct known_line *known;
    struct stored stored;
    bool found, missing;

    TRY(db_row(c, &q_adjustment_lock, PARAMS(SHOP(c), I64(want->id)), stored_columns, &stored, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "adjustment_id", stock_number(c, want->id),
                        "is no correction of this shop that waits for a decision");
    if (stored.asked_by == c->who.user_id)
        return ctx_fail(c, ST_DENIED, "decided_by", c->who.username, "asked for it: another person decides");
    TRY(db_run(c, &q_adjustment_decide,
               PARAMS(SHOP(c), I64(want->id), TEXT(want->accept ? "booked" : "refused"), USER(c))));
    if (want->accept) {
        missing = use_of(stored.use) == USE_ADJUST && *stored.from_code != '\0';
        line = (struct stock_line){ .lot_id = stored.lot_id, .quantity = stored.quantity };
        lines = lines_of(use_of(stored.use), *stored.from_code != '\0' ? stored.from_code : stored.to_code,
                         missing, &line);
        TRY(stock_lines_look_up(c, &lines, &known));
        TRY(book(c, use_of(stored.use), &lines, known, want->id, NULL));
    }
    return audit_note(c, want->accept ? "stock_adjusted" : "stock_adjustment_refused", subject(c, want->id),
                      NULL);
}

enum status adjustment_decide(struct ctx *c, int64_t id, bool accept)
{
    struct deciding want = { .id = id, .accept = accept };

    TRY(person_require(c, ROLE_PHARMACIST | ROLE_ADMIN, "decide on a correction of stock"));
    return db_tx(c, decide, &want);
}
