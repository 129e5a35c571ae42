/* From what is on a ticket to its price: everything pricing needs is gathered, in one statement per kind of fact. */
#include <string.h>

#include "core/pricing_rows.h"
#include "core/ticket_step.h"
#include "sql.h"

struct code_row {
    const char *code;
};

static const struct column wanted_columns[] = {
    COLUMN(struct ticket_line, line_no),  COLUMN(struct ticket_line, item_id),
    COLUMN(struct ticket_line, order_id), COLUMN(struct ticket_line, lot_id),
    COLUMN(struct ticket_line, quantity), COLUMNS_END,
};
static const struct column lot_columns[] = {
    COLUMN(struct ticket_lot, line_no),
    COLUMN(struct ticket_lot, lot_id),
    COLUMN(struct ticket_lot, location_id),
    COLUMN(struct ticket_lot, quantity),
    COLUMN(struct ticket_lot, lot_code),
    COLUMN(struct ticket_lot, expires_on),
    COLUMN_NAMED(struct ticket_lot, cost, "cost_cents"),
    COLUMN(struct ticket_lot, cost_quantity),
    COLUMNS_END,
};
static const struct column promo_columns[] = {
    COLUMN(struct promo_code, code),
    COLUMN(struct promo_code, version),
    COLUMN(struct promo_code, ended),
    COLUMN(struct promo_code, percent),
    COLUMN(struct promo_code, percent_basis_points),
    COLUMN_NAMED(struct promo_code, amount, "amount_cents"),
    COLUMN(struct promo_code, valid_from),
    COLUMN(struct promo_code, valid_until),
    COLUMN_NAMED(struct promo_code, minimum, "minimum_cents"),
    COLUMN(struct promo_code, include),
    COLUMN(struct promo_code, exclude),
    COLUMN(struct promo_code, stackable),
    COLUMN(struct promo_code, allow_below_cost),
    COLUMN(struct promo_code, allow_restricted),
    COLUMN(struct promo_code, uses_left),
    COLUMN(struct promo_code, customer_uses_left),
    COLUMNS_END,
};
static const struct column code_columns[] = { COLUMN(struct code_row, code), COLUMNS_END };
enum status ticket_wanted(struct ctx *c, int64_t id, struct ticket_line **lines, size_t *count)
{
    return db_all(c, &q_ticket_wanted, PARAMS(SHOP(c), I64(id)), wanted_columns, sizeof **lines, lines,
                  count);
}

enum status ticket_codes(struct ctx *c, int64_t id, const char ***codes, size_t *count)
{
    struct code_row *rows;

    TRY(db_all(c, &q_ticket_codes, PARAMS(SHOP(c), I64(id)), code_columns, sizeof *rows, &rows, count));
    *codes = arena_array(&c->arena, *count + 2, sizeof **codes);
    for (size_t i = 0; i < *count; i++)
        (*codes)[i] = rows[i].code;
    return ST_OK;
}

/* The wanted lines column by column, as the statements take them; `goods`: without the orders. */
struct wanted_columns {
    int64_t *line, *item, *order, *lot, *quantity;
    size_t count;
};

static struct wanted_columns spread(struct ctx *c, const struct ticket_price *price, bool goods)
{
    const size_t n = price->wanted_count + 1;
    struct wanted_columns out = {
        .line = arena_array(&c->arena, n, sizeof *out.line),
        .item = arena_array(&c->arena, n, sizeof *out.item),
        .order = arena_array(&c->arena, n, sizeof *out.order),
        .lot = arena_array(&c->arena, n, sizeof *out.lot),
        .quantity = arena_array(&c->arena, n, sizeof *out.quantity),
    };

    for (size_t i = 0; i < price->wanted_count; i++) {
        const struct ticket_line *line = &price->wanted[i];

        if (goods && line->item_id == 0)
            continue;
        out.line[out.count] = line->line_no;
        out.item[out.count] = line->item_id;
        out.order[out.count] = line->order_id;
        out.lot[out.count] = line->lot_id;
        out.quantity[out.count++] = line->quantity;
    }
    return out;
}

int64_t *ticket_items(struct ctx *c, const struct ticket_price *price, size_t *count)
{
    struct wanted_columns goods = spread(c, price, true);

    *count = goods.count;
    return goods.item;
}

int64_t *ticket_orders(struct ctx *c, const struct ticket_line *lines, size_t n, size_t *count)
{
    int64_t *orders = arena_array(&c->arena, n + 1, sizeof *orders);

    *count = 0;
    for (size_t i = 0; i < n; i++)
        if (lines[i].order_id != 0)
            orders[(*count)++] = lines[i].order_id;
    return orders;
}

static enum status take_lots(struct ctx *c, const struct ticket_held *held, struct ticket_price *price)
{
    struct wanted_columns goods = spread(c, price, true);

    TRY(db_all(c, &q_ticket_take,
               PARAMS(SHOP(c), I64S(goods.line, goods.count), I64S(goods.item, goods.count),
                      I64S(goods.lot, goods.count), I64S(goods.quantity, goods.count),
                      held == NULL ? NONE() : I64S(held->lots, held->count)),
               lot_columns, sizeof *price->lots, &price->lots, &price->lot_count));
    for (size_t i = 0; i < goods.count; i++) {
        int64_t taken = 0;

        for (size_t k = 0; k < price->lot_count; k++)
            taken += price->lots[k].line_no == goods.line[i] ? price->lots[k].quantity : 0;
        price->is_short = price->is_short || taken < goods.quantity[i];
    }
    return ST_OK;
}

/* The cost of a shelf line is that of the lots it takes; short or without a cost it is not known. */
static void cost_goods(const struct ticket_price *price, const struct part_row *row, struct price_part *part)
{
    int64_t taken = 0;

    part->cost_known = true;
    for (size_t i = 0; i < price->lot_count; i++) {
        const struct ticket_lot *lot = &price->lots[i];

        if (lot->line_no != row->line_no)
            continue;
        taken += lot->quantity;
        part->cost.cents += scale_i64(lot->quantity, lot->cost.cents, lot->cost_quantity);
        part->cost_known = part->cost_known && lot->cost.cents > 0;
    }
    part->cost_known = part->cost_known && taken == row->part.quantity;
}

static struct price_line line_of(struct ctx *c, const struct part_row *row)
{
    const bool order = row->order_id != 0;

    return (struct price_line){
        .line_no = row->line_no,
        .kind = order ? LINE_ORDER : LINE_ITEM,
        .item_id = order ? 0 : row->part.item_id,
        .order_id = row->order_id,
        .name = order ? arena_printf(&c->arena, "Compounded order %lld", (long long)row->order_id)
                      : row->part.name,
        .name_hanzi = order ? "中药处方" : row->name_hanzi,
        .quantity = order ? 1 : row->part.quantity,
        .unit = order ? "each" : row->unit,
        .dosage_form = row->part.dosage_form,
    };
}

static enum status gather_lines(struct ctx *c, struct ticket_price *price)
{
    static const struct draft_columns nothing_drafted = { 0 };
    const struct wanted_columns all = spread(c, price, false);
    const struct ticket_columns asked = { all.line, all.item, all.order, all.quantity, all.count };
    struct pricing *p = &price->pricing;
    struct part_row *rows;
    struct fee_row *fees;
    struct price_part *parts;
    size_t n, fee_count;

    TRY(pricing_read_parts(c, &asked, &nothing_drafted, &rows, &n));
    TRY(pricing_read_fees(c, &asked, &nothing_drafted, &fees, &fee_count));
    parts = arena_array(&c->arena, n + 1, sizeof *parts);
    p->lines = arena_array(&c->arena, all.count + fee_count + 1, sizeof *p->lines);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || rows[i - 1].line_no != rows[i].line_no)
            p->lines[p->line_count++] = line_of(c, &rows[i]);
        pricing_add_part(&p->lines[p->line_count - 1], &rows[i], &parts[i]);
        if (rows[i].order_id == 0)
            cost_goods(price, &rows[i], &parts[i]);
        if (i + 1 == n || rows[i + 1].line_no != rows[i].line_no)
            pricing_add_fees(c, p, fees, fee_count, rows[i].line_no);
    }
    return ST_OK;
}

static enum status gather_codes(struct ctx *c, const struct ticket_head *head, const char *const *codes,
                                size_t count, struct pricing *p)
{
    TRY(db_all(c, &q_promo_facts,
               PARAMS(SHOP(c), TEXTS(codes, count), I64(head->id), I64_OR_NULL(head->patient_id)),
               promo_columns, sizeof *p->codes, &p->codes, &p->code_count));
    for (size_t i = 0; i < p->code_count; i++)
        p->codes[i].customer_known = head->patient_id != 0;
    return ST_OK;
}

enum status ticket_work_out(struct ctx *c, const struct ticket_head *head, const char *const *codes,
                            size_t code_count, const struct ticket_held *held, struct ticket_price *price)
{
    struct pricing *p = &price->pricing;

    price->is_short = false;
    TRY(pricing_begin(c, head->customer_group, p));
    TRY(take_lots(c, held, price));
    TRY(gather_lines(c, price));
    TRY(pricing_read_rules(c, p));
    TRY(gather_codes(c, head, codes, code_count, p));
    pricing_run(&c->arena, p);
    if (p->too_large)
        return ctx_fail(c, ST_INVALID, "lines", NULL,
                        "come to more than anybody can pay: look at the quantities");
    return ST_OK;
}
