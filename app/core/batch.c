/* A batch's way from plan to lot. Amounts are divided in SQL by largest remainder, so nothing is lost to rounding. */
#include "core/batch.h"

#include <string.h>

#include "base/quantity.h"
#include "core/audit.h"
#include "core/furnish.h"
#include "core/name.h"
#include "core/person.h"
#include "core/stock_parts.h"
#include "sql.h"

enum { LINES_MOST = 100, KEEPS_DEFAULT = 365, PIECE_MOST_MG = 100000000 };

struct locked {
    int64_t id, item_id, piece_mg, used_mg, maker_id, mode_id;
    const char *state, *lot_code;
};

static const struct column locked_columns[] = {
    COLUMN(struct locked, id),      COLUMN(struct locked, item_id),  COLUMN(struct locked, piece_mg),
    COLUMN(struct locked, used_mg), COLUMN(struct locked, maker_id), COLUMN(struct locked, mode_id),
    COLUMN(struct locked, state),   COLUMN(struct locked, lot_code), COLUMNS_END,
};

struct planned_line {
    int64_t item_id, quantity_mg;
    const char *sku, *herb;
};

static const struct column planned_columns[] = {
    COLUMN(struct planned_line, item_id),
    COLUMN(struct planned_line, quantity_mg),
    COLUMN(struct planned_line, sku),
    COLUMN(struct planned_line, herb),
    COLUMNS_END,
};

struct picked_line {
    int64_t line_no, wanted, taken, barred;
    const char *sku, *name;
};

static const struct column picked_columns[] = {
    COLUMN(struct picked_line, line_no),
    COLUMN(struct picked_line, wanted),
    COLUMN(struct picked_line, taken),
    COLUMN(struct picked_line, barred),
    COLUMN(struct picked_line, sku),
    COLUMN(struct picked_line, name),
    COLUMNS_END,
};

struct barred_lot {
    const char *sku, *lot_code, *refusal;
};

static const struct column barred_columns[] = {
    COLUMN(struct barred_lot, sku),
    COLUMN(struct barred_lot, lot_code),
    COLUMN(struct barred_lot, refusal),
    COLUMNS_END,
};

struct work {
    const struct batch_plan *plan;
    const char *formula_id;
    int64_t id, amount, lot_id, piece_mg;
    const char *note;
};

static const char *subject(struct ctx *c, int64_t id)
{
    return arena_printf(&c->arena, "batch %lld", (long long)id);
}

static enum status require(struct ctx *c, const char *doing)
{
    return person_require(c, ROLE_STAFF | ROLE_PHARMACIST, doing);
}

static enum status lock(struct ctx *c, int64_t id, const char *state, struct locked *locked)
{
    bool found;

    TRY(db_row(c, &q_batch_lock, PARAMS(SHOP(c), I64(id)), locked_columns, locked, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "batch_id", stock_number(c, id),
                        "is no batch of this shop that goes on");
    if (state != NULL && strcmp(locked->state, state) != 0)
        return ctx_fail(c, ST_CONFLICT, "state", locked->state,
                        "is not the step before: the batch must be %s", state);
    return db_run(c, &q_batch_lock_lots, PARAMS(SHOP(c), I64(id)));
}

/* What goes in, as arrays. */
struct inputs {
    int64_t *items, *quantities;
    size_t count;
};

static enum status inputs_of_formula(struct ctx *c, const struct work *want, struct inputs *in)
{
    const struct batch_plan *p = want->plan;
    struct planned_line *lines;

    TRY(db_all(c, &q_batch_plan,
               PARAMS(SHOP(c), TEXT(want->formula_id), TEXT(p->form == NULL ? "raw" : p->form),
                      I64(p->quantity * want->piece_mg)),
               planned_columns, sizeof *lines, &lines, &in->count));
    if (in->count == 0)
        return ctx_fail(c, ST_INVALID, "formula", p->formula, "has no amounts: give the lines");
    in->items = arena_array(&c->arena, in->count, sizeof *in->items);
    in->quantities = arena_array(&c->arena, in->count, sizeof *in->quantities);
    for (size_t i = 0; i < in->count; i++) {
        in->items[i] = lines[i].item_id;
        in->quantities[i] = lines[i].quantity_mg;
        if (lines[i].item_id == 0)
            ctx_note(c, ST_SHORT, "formula", lines[i].herb, "is not kept by this shop as %s",
                     p->form == NULL ? "raw" : p->form);
        else if (lines[i].quantity_mg == 0)
            ctx_note(c, ST_INVALID, "quantity", stock_number(c, p->quantity), "leaves nothing of %s",
                     lines[i].herb);
    }
    return ctx_fault_or_ok(c);
}

static enum status inputs_of_lines(struct ctx *c, const struct batch_plan *p, struct inputs *in)
{
    const char **skus = arena_array(&c->arena, p->count + 1, sizeof *skus);
    struct known_item *known;

    in->count = p->count;
    in->items = arena_array(&c->arena, p->count + 1, sizeof *in->items);
    in->quantities = arena_array(&c->arena, p->count + 1, sizeof *in->quantities);
    for (size_t i = 0; i < p->count; i++)
        skus[i] = p->lines[i].sku;
    TRY(stock_items(c, skus, p->count, &known));
    for (size_t i = 0; i < p->count; i++) {
        in->items[i] = known[i].item_id;
        in->quantities[i] = p->lines[i].quantity_mg;
        stock_note_unit(c, i, "mg", known[i].unit, skus[i]);
    }
    return ctx_fault_or_ok(c);
}

static enum status plan(struct ctx *c, void *arg)
{
    struct work *want = arg;
    const struct batch_plan *p = want->plan;
    struct inputs in = { 0 };
    struct known_item *made;

    TRY(stock_items(c, &p->sku, 1, &made));
    if (!made->medicinal)
        ctx_note(c, ST_INVALID, "sku", p->sku, "is goods: what is made of herbs is screened, goods are not");
    TRY(ctx_fault_or_ok(c));
    want->piece_mg = strcmp(made->unit, "mg") == 0 ? 1 : p->piece_mg;
    if (want->piece_mg < 1 || want->piece_mg > PIECE_MOST_MG ||
        p->quantity > WEIGHT_LIMIT_MG / want->piece_mg)
        return ctx_fail(c, ST_INVALID, "piece_mg", stock_number(c, p->piece_mg),
                        "is what a piece weighs, 1 mg to 100 g, and all together at most 100 tonnes");
    TRY(want->formula_id != NULL ? inputs_of_formula(c, want, &in) : inputs_of_lines(c, p, &in));
    TRY(location_usable(c, "location", p->location, 0));
    TRY(stock_id_row(c, &q_batch_add,
                     PARAMS(SHOP(c), I64(made->item_id), TEXT_OR_NULL(want->formula_id),
                            TEXT_OR_NULL(p->lot_code), I64(p->quantity), I64(want->piece_mg),
                            I64(p->keeps_days == 0 ? KEEPS_DEFAULT : p->keeps_days), TEXT(p->location),
                            TEXT_OR_NULL(p->note), USER(c)),
                     &want->id));
    if (want->id == 0)
        return ctx_fail(c, ST_NOT_FOUND, "location", p->location, "is no place of this shop where goods lie");
    TRY(db_run(c, &q_batch_lines_add,
               PARAMS(SHOP(c), I64(want->id), I64S(in.items, in.count), I64S(in.quantities, in.count))));
    return audit_note(c, "batch_planned", subject(c, want->id), p->sku);
}

enum status batch_plan(struct ctx *c, const struct knowledge *knowledge, const struct batch_plan *want,
                       int64_t *id)
{
    struct work work = { .plan = want };

    TRY(require(c, "make a batch"));
    if (want->quantity < 1 || want->quantity > WEIGHT_LIMIT_MG)
        ctx_note(c, ST_INVALID, "quantity", stock_number(c, want->quantity), "is 1 to %lld",
                 (long long)WEIGHT_LIMIT_MG);
    if (want->form != NULL && strcmp(want->form, "raw") != 0 && strcmp(want->form, "granule") != 0 &&
        strcmp(want->form, "powder") != 0)
        ctx_note(c, ST_INVALID, "form", want->form, "is raw, granule or powder");
    if ((want->formula == NULL) == (want->count == 0) || want->count > LINES_MOST)
        ctx_note(c, ST_INVALID, "lines", NULL, "or a formula must be given, not both; at most %d lines",
                 LINES_MOST);
    if (want->formula != NULL)
        work.formula_id =
            ref_id(knowledge, name_resolve(c, knowledge, "formula", want->formula, REF_FORMULA));
    TRY(ctx_fault_or_ok(c));
    TRY(db_tx(c, plan, &work));
    *id = work.id;
    return ST_OK;
}

static enum status pick(struct ctx *c, void *arg)
{
    const struct work *want = arg;
    struct picked_line *lines;
    struct locked batch;
    size_t n;

    TRY(lock(c, want->id, "planned", &batch));
    TRY(db_all(c, &q_batch_take, PARAMS(SHOP(c), I64(want->id)), picked_columns, sizeof *lines, &lines, &n));
    for (size_t i = 0; i < n; i++)
        if (lines[i].taken < lines[i].wanted)
            ctx_note(c, ST_SHORT, arena_printf(&c->arena, "lines[%lld]", (long long)lines[i].line_no),
                     lines[i].sku, "is short: %s of %s is missing%s",
                     stock_amount(c, lines[i].wanted - lines[i].taken, "mg"),
                     stock_amount(c, lines[i].wanted, "mg"),
                     lines[i].barred > 0 ? "; more lies there but may not be used" : "");
    TRY(ctx_fault_or_ok(c));
    TRY(db_run(c, &q_batch_move_picks, PARAMS(SHOP(c), I64(want->id), BOOL(false), USER(c))));
    TRY(db_run(c, &q_batch_state, PARAMS(SHOP(c), I64(want->id), TEXT("picked"))));
    return audit_note(c, "batch_picked", subject(c, want->id), NULL);
}

enum status batch_pick(struct ctx *c, int64_t id)
{
    struct work want = { .id = id };

    TRY(require(c, "pick for a batch"));
    return db_tx(c, pick, &want);
}

static enum status make(struct ctx *c, void *arg)
{
    const struct work *want = arg;
    struct locked batch;
    int64_t loss;

    TRY(lock(c, want->id, "picked", &batch));
    if (want->amount < 1 || want->amount > batch.used_mg / batch.piece_mg)
        return ctx_fail(c, ST_INVALID, "yield", stock_number(c, want->amount),
                        "is more than nothing, and not more than went in: %lld",
                        (long long)(batch.used_mg / batch.piece_mg));
    loss = batch.used_mg - want->amount * batch.piece_mg;
    TRY(db_run(c, &q_batch_make,
               PARAMS(SHOP(c), I64(want->id), USER(c), I64(batch.used_mg), I64(want->amount),
                      I64(batch.piece_mg), I64(loss), TEXT_OR_NULL(want->note))));
    TRY(db_run(c, &q_batch_state, PARAMS(SHOP(c), I64(want->id), TEXT("made"))));
    return audit_note(c, "batch_made", subject(c, want->id), want->note);
}

enum status batch_make(struct ctx *c, int64_t id, int64_t yield, const char *note)
{
    struct work want = { .id = id, .amount = yield, .note = note };

    TRY(require(c, "make a batch"));
    return db_tx(c, make, &want);
}

static enum status refuse_barred(struct ctx *c, int64_t id)
{
    struct barred_lot *lots;
    size_t n;

    TRY(db_all(c, &q_batch_barred, PARAMS(SHOP(c), I64(id)), barred_columns, sizeof *lots, &lots, &n));
    for (size_t i = 0; i < n; i++)
        ctx_note(c, ST_CONFLICT, "ingredients",
                 arena_printf(&c->arena, "%s lot %s", lots[i].sku, lots[i].lot_code),
                 "is %s: the batch cannot be released", lots[i].refusal);
    return ctx_fault_or_ok(c);
}

static enum status check(struct ctx *c, void *arg)
{
    struct work *want = arg;
    struct locked batch;
    bool alone;

    TRY(lock(c, want->id, "made", &batch));
    alone = batch.maker_id == c->who.user_id;
    if (alone && batch.mode_id == 0)
        return ctx_fail(c, ST_DENIED, "checker", c->who.username,
                        "made this batch: somebody else must check it");
    TRY(refuse_barred(c, want->id));
    TRY(db_run(c, &q_supplier_house, PARAMS(SHOP(c))));
    TRY(stock_id_row(c, &q_batch_lot_add, PARAMS(SHOP(c), I64(want->id)), &want->lot_id));
    if (want->lot_id == 0)
        return ctx_fail(c, ST_CONFLICT, "lot_code", batch.lot_code, "exists for this item already");
    TRY(db_run(c, &q_batch_check,
               PARAMS(SHOP(c), I64(want->id), I64(batch.maker_id), USER(c), I64(want->lot_id),
                      I64_OR_NULL(alone ? batch.mode_id : 0), TEXT_OR_NULL(want->note))));
    TRY(db_run(c, &q_batch_book, PARAMS(SHOP(c), I64(want->id), I64(want->lot_id), USER(c))));
    TRY(db_run(c, &q_batch_state, PARAMS(SHOP(c), I64(want->id), TEXT("checked"))));
    return audit_note(c, alone ? "batch_checked_alone" : "batch_checked", subject(c, want->id), want->note);
}

enum status batch_check(struct ctx *c, int64_t id, const char *note, int64_t *lot_id)
{
    struct work want = { .id = id, .note = note };

    TRY(person_require(c, ROLE_PHARMACIST, "check a batch"));
    TRY(db_tx(c, check, &want));
    *lot_id = want.lot_id;
    return ST_OK;
}

static enum status cancel(struct ctx *c, void *arg)
{
    const struct work *want = arg;
    struct locked batch;

    TRY(lock(c, want->id, NULL, &batch));
    if (strcmp(batch.state, "planned") != 0)
        TRY(db_run(c, &q_batch_move_picks, PARAMS(SHOP(c), I64(want->id), BOOL(true), USER(c))));
    TRY(db_run(c, &q_batch_state, PARAMS(SHOP(c), I64(want->id), TEXT("cancelled"))));
    return audit_note(c, "batch_cancelled", subject(c, want->id), NULL);
}

enum status batch_cancel(struct ctx *c, int64_t id)
{
    struct work want = { .id = id };

    TRY(require(c, "cancel a batch"));
    return db_tx(c, cancel, &want);
}
