/* From what is on a ticket to its price: everything pricing needs is gathered, in one statement per kind of fact. */
#include <string.h>

#include "core/ticket_step.h"
#include "sql.h"

/* As pricing has it, and which line it belongs to. */
struct part_row {
    int64_t line_no, order_id, item_id;
    const char *sku, *thing, *item_kind, *name, *name_hanzi, *unit;
    int64_t quantity;
    struct money price;
    int64_t price_per_quantity;
    const char *tax_category;
    int64_t tax_basis_points;
    const char *dosage_form;
    struct money cost;
    bool cost_known;
    const char *restricted;
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

struct rule_row {
    struct price_rule rule;
    const char *kind;
};

struct code_row {
    const char *code;
};

struct setting {
    struct date today;
    bool tax_included;
};

static const struct column wanted_columns[] = {
    COLUMN(struct ticket_line, line_no),  COLUMN(struct ticket_line, item_id),
    COLUMN(struct ticket_line, order_id), COLUMN(struct ticket_line, lot_id),
    COLUMN(struct ticket_line, quantity), COLUMNS_END,
};
static const struct column part_columns[] = {
    COLUMN(struct part_row, line_no),
    COLUMN(struct part_row, order_id),
    COLUMN(struct part_row, item_id),
    COLUMN(struct part_row, sku),
    COLUMN(struct part_row, thing),
    COLUMN(struct part_row, item_kind),
    COLUMN(struct part_row, name),
    COLUMN(struct part_row, name_hanzi),
    COLUMN(struct part_row, unit),
    COLUMN(struct part_row, quantity),
    COLUMN_NAMED(struct part_row, price, "price_cents"),
    COLUMN(struct part_row, price_per_quantity),
    COLUMN(struct part_row, tax_category),
    COLUMN(struct part_row, tax_basis_points),
    COLUMN(struct part_row, dosage_form),
    COLUMN_NAMED(struct part_row, cost, "cost_cents"),
    COLUMN(struct part_row, cost_known),
    COLUMN(struct part_row, restricted),
    COLUMNS_END,
};
static const struct column fee_columns[] = {
    COLUMN(struct fee_row, line_no),
    COLUMN(struct fee_row, order_id),
    COLUMN(struct fee_row, fee_id),
    COLUMN(struct fee_row, name),
    COLUMN(struct fee_row, name_hanzi),
    COLUMN_NAMED(struct fee_row, amount, "amount_cents"),
    COLUMN(struct fee_row, tax_category),
    COLUMN(struct fee_row, tax_basis_points),
    COLUMN(struct fee_row, dosage_form),
    COLUMN(struct fee_row, times),
    COLUMNS_END,
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
static const struct column rule_columns[] = {
    COLUMN_NAMED(struct rule_row, rule.id, "id"),
    COLUMN_NAMED(struct rule_row, rule.name, "name"),
    COLUMN(struct rule_row, kind),
    COLUMN_NAMED(struct rule_row, rule.item_id, "item_id"),
    COLUMN_NAMED(struct rule_row, rule.item_kind, "item_kind"),
    COLUMN_NAMED(struct rule_row, rule.tax_category, "tax_category"),
    COLUMN_NAMED(struct rule_row, rule.dosage_form, "dosage_form"),
    COLUMN_NAMED(struct rule_row, rule.customer_group, "customer_group"),
    COLUMN_NAMED(struct rule_row, rule.price, "price_cents"),
    COLUMN_NAMED(struct rule_row, rule.per_quantity, "per_quantity"),
    COLUMN_NAMED(struct rule_row, rule.markup_basis_points, "markup_basis_points"),
    COLUMN_NAMED(struct rule_row, rule.priority, "priority"),
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
static const struct column setting_columns[] = {
    COLUMN(struct setting, today),
    COLUMN(struct setting, tax_included),
    COLUMNS_END,
};

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

static struct price_part part_of(const struct part_row *row)
{
    return (struct price_part){
        .name = row->name,
        .item_id = row->item_id,
        .sku = row->sku,
        .thing = row->thing,
        .item_kind = row->item_kind,
        .tax_category = row->tax_category,
        .dosage_form = row->dosage_form,
        .weighed = strcmp(row->unit, "mg") == 0,
        .quantity = row->quantity,
        .base = row->price,
        .base_per = row->price_per_quantity,
        .cost = row->cost,
        .cost_known = row->cost_known,
        .restricted = row->restricted,
    };
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
    part->cost_known = part->cost_known && taken == row->quantity;
}

static struct price_line line_of(struct ctx *c, const struct part_row *row)
{
    const bool order = row->order_id != 0;

    return (struct price_line){
        .line_no = row->line_no,
        .kind = order ? LINE_ORDER : LINE_ITEM,
        .item_id = order ? 0 : row->item_id,
        .order_id = row->order_id,
        .name =
            order ? arena_printf(&c->arena, "Compounded order %lld", (long long)row->order_id) : row->name,
        .name_hanzi = order ? "中药处方" : row->name_hanzi,
        .quantity = order ? 1 : row->quantity,
        .unit = order ? "each" : row->unit,
        .tax_category = row->tax_category,
        .dosage_form = row->dosage_form,
        .tax_basis_points = row->tax_basis_points,
    };
}

/* An order is taxed as its herbs are; where these differ, at the highest rate. */
static void add_part(struct ctx *c, const struct ticket_price *price, const struct part_row *row,
                     struct price_line *line, struct price_part *at)
{
    *at = part_of(row);
    if (row->order_id == 0)
        cost_goods(price, row, at);
    if (line->part_count == 0)
        *line = line_of(c, row);
    if (row->tax_basis_points > line->tax_basis_points) {
        line->tax_basis_points = row->tax_basis_points;
        line->tax_category = row->tax_category;
    }
    if (line->part_count++ == 0)
        line->parts = at;
}

static void add_fees(struct ctx *c, struct pricing *p, const struct fee_row *fees, size_t n, int64_t line_no)
{
    for (size_t i = 0; i < n; i++) {
        struct price_part *part = arena_alloc(&c->arena, sizeof *part);

        if (fees[i].line_no != line_no)
            continue;
        *part = (struct price_part){ .name = fees[i].name,
                                     .quantity = fees[i].times,
                                     .base = fees[i].amount,
                                     .base_per = 1,
                                     .cost_known = true,
                                     .restricted = "" };
        p->lines[p->line_count++] = (struct price_line){
            .line_no = line_no,
            .kind = LINE_FEE,
            .order_id = fees[i].order_id,
            .fee_id = fees[i].fee_id,
            .name = fees[i].name,
            .name_hanzi = fees[i].name_hanzi,
            .quantity = fees[i].times,
            .unit = "each",
            .tax_category = fees[i].tax_category,
            .dosage_form = fees[i].dosage_form,
            .tax_basis_points = fees[i].tax_basis_points,
            .parts = part,
            .part_count = 1,
        };
    }
}

static enum status gather_lines(struct ctx *c, struct ticket_price *price)
{
    struct wanted_columns all = spread(c, price, false);
    struct pricing *p = &price->pricing;
    struct part_row *rows;
    struct fee_row *fees;
    struct price_part *parts;
    size_t n, fee_count;

    TRY(db_all(c, &q_ticket_parts,
               PARAMS(SHOP(c), I64S(all.line, all.count), I64S(all.item, all.count),
                      I64S(all.order, all.count), I64S(all.quantity, all.count)),
               part_columns, sizeof *rows, &rows, &n));
    TRY(db_all(c, &q_ticket_fees, PARAMS(SHOP(c), I64S(all.line, all.count), I64S(all.order, all.count)),
               fee_columns, sizeof *fees, &fees, &fee_count));
    parts = arena_array(&c->arena, n + 1, sizeof *parts);
    p->lines = arena_array(&c->arena, all.count + fee_count + 1, sizeof *p->lines);
    for (size_t i = 0; i < n; i++) {
        add_part(c, price, &rows[i], &p->lines[p->line_count], &parts[i]);
        if (i + 1 < n && rows[i + 1].line_no == rows[i].line_no)
            continue;
        p->line_count++;
        add_fees(c, p, fees, fee_count, rows[i].line_no);
    }
    return ST_OK;
}

static enum status gather_rules(struct ctx *c, struct pricing *p)
{
    struct rule_row *rows;
    struct price_rule *rules;
    int64_t *items;
    size_t n, count = 0, at = 0;

    for (size_t i = 0; i < p->line_count; i++)
        count += p->lines[i].part_count;
    items = arena_array(&c->arena, count + 1, sizeof *items);
    for (size_t i = 0; i < p->line_count; i++)
        for (size_t k = 0; k < p->lines[i].part_count; k++)
            items[at++] = p->lines[i].parts[k].item_id;
    TRY(db_all(c, &q_price_rules_now, PARAMS(SHOP(c), I64S(items, count)), rule_columns, sizeof *rows, &rows,
               &n));
    rules = arena_array(&c->arena, n + 1, sizeof *rules);
    for (size_t i = 0; i < n; i++) {
        rules[i] = rows[i].rule;
        rules[i].kind = strcmp(rows[i].kind, "fixed") == 0      ? PRICE_FIXED
                        : strcmp(rows[i].kind, "per_gram") == 0 ? PRICE_PER_GRAM
                                                                : PRICE_MARKUP;
    }
    p->rules = rules;
    p->rule_count = n;
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
    struct setting setting;
    bool found;

    price->is_short = false;
    *p = (struct pricing){ .customer_group = head->customer_group == NULL ? "" : head->customer_group };
    TRY(db_row(c, &q_ticket_head, PARAMS(SHOP(c), I64(0)), setting_columns, &setting, &found));
    p->today = setting.today;
    p->tax_included = setting.tax_included;
    TRY(take_lots(c, held, price));
    TRY(gather_lines(c, price));
    TRY(gather_rules(c, p));
    TRY(gather_codes(c, head, codes, code_count, p));
    pricing_run(&c->arena, p);
    if (p->too_large)
        return ctx_fail(c, ST_INVALID, "lines", NULL,
                        "come to more than anybody can pay: look at the quantities");
    return ST_OK;
}
