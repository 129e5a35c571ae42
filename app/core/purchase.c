/* What was ordered from whom, and how far it has come. */
#include "core/purchase.h"

#include <string.h>

#include "core/audit.h"
#include "core/furnish.h"
#include "core/person.h"
#include "core/stock_parts.h"
#include "db/db.h"
#include "sql.h"

enum { LINES_MOST = 1000, NOTE_LONGEST = 500 };

struct locked {
    int64_t id, lines;
    const char *state, *supplier;
};

static const struct column locked_columns[] = {
    COLUMN(struct locked, id),
    COLUMN(struct locked, lines),
    COLUMN(struct locked, state),
    COLUMN(struct locked, supplier),
    COLUMNS_END,
};

struct ordered {
    const struct purchase *purchase;
    const struct purchase_line *lines;
    size_t count;
    const char *state;
    int64_t id;
};

static enum status require(struct ctx *c)
{
    return person_require(c, ROLE_ADMIN | ROLE_STAFF | ROLE_PHARMACIST, "order from a supplier");
}

static const char *subject(struct ctx *c, int64_t id)
{
    return arena_printf(&c->arena, "purchase order %lld", (long long)id);
}

static enum status lock(struct ctx *c, int64_t id, struct locked *locked)
{
    bool found;

    TRY(db_row(c, &q_purchase_lock, PARAMS(SHOP(c), I64(id)), locked_columns, locked, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "purchase_order_id", stock_number(c, id),
                        "is no purchase order of this shop that is not ended");
    return ST_OK;
}

static enum status write_lines(struct ctx *c, const struct ordered *want)
{
    const size_t n = want->count;
    const char **skus = arena_array(&c->arena, n + 1, sizeof *skus);
    int64_t *items = arena_array(&c->arena, n + 1, sizeof *items),
            *quantities = arena_array(&c->arena, n + 1, sizeof *quantities),
            *costs = arena_array(&c->arena, n + 1, sizeof *costs);
    struct known_item *known;

    for (size_t i = 0; i < n; i++) {
        skus[i] = want->lines[i].sku;
        quantities[i] = want->lines[i].quantity;
        costs[i] = want->lines[i].cost.cents;
        if (quantities[i] < 0 || quantities[i] > WEIGHT_LIMIT_MG)
            ctx_note(c, ST_INVALID, stock_field(c, i, "quantity"), stock_number(c, quantities[i]),
                     "is 0 to %lld", (long long)WEIGHT_LIMIT_MG);
    }
    TRY(stock_items(c, skus, n, &known));
    for (size_t i = 0; i < n; i++) {
        items[i] = known[i].item_id;
        stock_note_unit(c, i, want->lines[i].unit, known[i].unit, skus[i]);
        for (size_t k = 0; k < i; k++)
            if (items[k] == items[i] && items[i] != 0)
                ctx_note(c, ST_INVALID, stock_field(c, i, "sku"), skus[i], "stands in line %zu already",
                         k + 1);
    }
    TRY(ctx_fault_or_ok(c));
    if (n == 0)
        return ST_OK;
    return db_run(c, &q_purchase_lines_set,
                  PARAMS(SHOP(c), I64(want->id), I64S(items, n), I64S(quantities, n), I64S(costs, n)));
}

static enum status add(struct ctx *c, void *arg)
{
    struct ordered *want = arg;
    const struct purchase *p = want->purchase;

    TRY(supplier_usable(c, p->supplier));
    TRY(stock_id_row(c, &q_purchase_add,
                     PARAMS(SHOP(c), TEXT(p->supplier), DATE(p->expected_on), TEXT_OR_NULL(p->note), USER(c)),
                     &want->id));
    if (want->id == 0)
        return ctx_fail(c, ST_NOT_FOUND, "supplier", p->supplier, "is no supplier of this shop");
    TRY(write_lines(c, want));
    return audit_note(c, "purchase_order_added", subject(c, want->id), p->supplier);
}

enum status purchase_add(struct ctx *c, const struct purchase *purchase, int64_t *id)
{
    struct ordered want = { .purchase = purchase, .lines = purchase->lines, .count = purchase->count };

    TRY(require(c));
    if (purchase->count > LINES_MOST)
        return ctx_fail(c, ST_INVALID, "lines", NULL, "are at most %d", LINES_MOST);
    TRY(db_tx(c, add, &want));
    *id = want.id;
    return ST_OK;
}

static enum status set_lines(struct ctx *c, void *arg)
{
    const struct ordered *want = arg;
    struct locked locked;

    TRY(lock(c, want->id, &locked));
    if (strcmp(locked.state, "draft") != 0)
        return ctx_fail(c, ST_CONFLICT, "state", locked.state,
                        "is past draft: what was ordered does not change any more");
    TRY(write_lines(c, want));
    return audit_note(c, "purchase_order_changed", subject(c, want->id), NULL);
}

enum status purchase_set_lines(struct ctx *c, int64_t id, const struct purchase_line *lines, size_t count)
{
    struct ordered want = { .lines = lines, .count = count, .id = id };

    TRY(require(c));
    if (count == 0 || count > LINES_MOST)
        return ctx_fail(c, ST_INVALID, "lines", NULL, "are 1 to %d", LINES_MOST);
    return db_tx(c, set_lines, &want);
}

const char *const purchase_targets[] = { "sent", "closed", "cancelled", NULL };

/* Which states each target may follow. */
static bool may_follow(const char *state, const char *target)
{
    if (strcmp(target, "sent") == 0)
        return strcmp(state, "draft") == 0;
    if (strcmp(target, "cancelled") == 0)
        return strcmp(state, "draft") == 0 || strcmp(state, "sent") == 0;
    return strcmp(state, "sent") == 0 || strcmp(state, "part_received") == 0 ||
           strcmp(state, "received") == 0;
}

static enum status set_state(struct ctx *c, void *arg)
{
    const struct ordered *want = arg;
    struct locked locked;

    TRY(lock(c, want->id, &locked));
    if (!may_follow(locked.state, want->state))
        return ctx_fail(c, ST_CONFLICT, "state", want->state, "cannot follow %s", locked.state);
    if (strcmp(want->state, "sent") == 0 && locked.lines == 0)
        return ctx_fail(c, ST_CONFLICT, "lines", NULL, "are needed before an order is sent");
    TRY(db_run(c, &q_purchase_set_state, PARAMS(SHOP(c), I64(want->id), TEXT(want->state))));
    return audit_note(c, arena_printf(&c->arena, "purchase_order_%s", want->state), subject(c, want->id),
                      NULL);
}

enum status purchase_set_state(struct ctx *c, int64_t id, const char *state)
{
    struct ordered want = { .id = id, .state = state };

    TRY(require(c));
    return db_tx(c, set_state, &want);
}

enum status purchase_lock_for_receipt(struct ctx *c, int64_t id, const char *supplier)
{
    struct locked locked;

    TRY(lock(c, id, &locked));
    if (strcmp(locked.supplier, supplier) != 0)
        return ctx_fail(c, ST_CONFLICT, "purchase_order_id", stock_number(c, id), "is for supplier %s",
                        locked.supplier);
    if (strcmp(locked.state, "sent") != 0 && strcmp(locked.state, "part_received") != 0 &&
        strcmp(locked.state, "received") != 0)
        return ctx_fail(c, ST_CONFLICT, "purchase_order_id", stock_number(c, id),
                        "is %s: only what was sent can be received", locked.state);
    return ST_OK;
}
