/* Parts, fees and price rules read for pricing; the sums are core/pricing's. */
#include "core/pricing_rows.h"

#include <string.h>

#include "sql.h"

struct rule_row {
    struct price_rule rule;
    const char *kind;
};

struct group_row {
    const char *customer_group;
};

struct setting {
    struct date today;
    bool tax_included;
};

static const struct column part_columns[] = {
    COLUMN(struct part_row, line_no),
    COLUMN(struct part_row, part_no),
    COLUMN(struct part_row, order_id),
    COLUMN(struct part_row, name_hanzi),
    COLUMN(struct part_row, unit),
    COLUMN(struct part_row, tax_basis_points),
    COLUMN_NAMED(struct part_row, part.item_id, "item_id"),
    COLUMN_NAMED(struct part_row, part.sku, "sku"),
    COLUMN_NAMED(struct part_row, part.thing, "thing"),
    COLUMN_NAMED(struct part_row, part.item_kind, "item_kind"),
    COLUMN_NAMED(struct part_row, part.name, "name"),
    COLUMN_NAMED(struct part_row, part.quantity, "quantity"),
    COLUMN_NAMED(struct part_row, part.base, "price_cents"),
    COLUMN_NAMED(struct part_row, part.base_per, "price_per_quantity"),
    COLUMN_NAMED(struct part_row, part.tax_category, "tax_category"),
    COLUMN_NAMED(struct part_row, part.dosage_form, "dosage_form"),
    COLUMN_NAMED(struct part_row, part.cost, "cost_cents"),
    COLUMN_NAMED(struct part_row, part.cost_known, "cost_known"),
    COLUMN_NAMED(struct part_row, part.restricted, "restricted"),
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
    COLUMN_NAMED(struct rule_row, rule.off_basis_points, "off_basis_points"),
    COLUMN_NAMED(struct rule_row, rule.priority, "priority"),
    COLUMNS_END,
};
static const struct column group_columns[] = { COLUMN(struct group_row, customer_group), COLUMNS_END };
static const struct column setting_columns[] = {
    COLUMN(struct setting, today),
    COLUMN(struct setting, tax_included),
    COLUMNS_END,
};

enum status pricing_know_group(struct ctx *c, const char *group)
{
    struct group_row row;
    bool found;

    if (group == NULL || *group == '\0')
        return ST_OK;
    TRY(db_row(c, &q_customer_group_list, PARAMS(SHOP(c), TEXT(group), NONE()), group_columns, &row, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "customer_group", group, "is no group of customers of this shop");
    return ST_OK;
}

enum status pricing_begin(struct ctx *c, const char *customer_group, struct pricing *p)
{
    struct setting setting;
    bool found;

    *p = (struct pricing){ .customer_group = customer_group == NULL ? "" : customer_group };
    TRY(db_row(c, &q_ticket_head, PARAMS(SHOP(c), I64(0)), setting_columns, &setting, &found));
    p->today = setting.today;
    p->tax_included = setting.tax_included;
    return ST_OK;
}

enum status pricing_part_rows(struct ctx *c, const struct query *query, const struct param *params, size_t n,
                              struct part_row **rows, size_t *count)
{
    TRY(db_all(c, query, params, n, part_columns, sizeof **rows, rows, count));
    for (size_t i = 0; i < *count; i++)
        (*rows)[i].part.weighed = strcmp((*rows)[i].unit, "mg") == 0;
    return ST_OK;
}

enum status pricing_read_parts(struct ctx *c, const struct ticket_columns *lines,
                               const struct draft_columns *draft, struct part_row **rows, size_t *count)
{
    return pricing_part_rows(c, &q_ticket_parts,
                             PARAMS(SHOP(c), I64S(lines->line, lines->count), I64S(lines->item, lines->count),
                                    I64S(lines->order, lines->count), I64S(lines->quantity, lines->count),
                                    I64S(draft->line, draft->count), I64S(draft->item, draft->count),
                                    I64S(draft->quantity, draft->count), TEXT_OR_NULL(draft->dosage_form)),
                             rows, count);
}

enum status pricing_read_fees(struct ctx *c, const struct ticket_columns *lines,
                              const struct draft_columns *draft, struct fee_row **rows, size_t *count)
{
    return db_all(c, &q_ticket_fees,
                  PARAMS(SHOP(c), I64S(lines->line, lines->count), I64S(lines->order, lines->count),
                         TEXT_OR_NULL(draft->dosage_form), I64(draft->days), I64(draft->doses_per_day),
                         I64(draft->packets), I64_OR_NULL(draft->unit_count), I64S(draft->item, draft->count),
                         I64S(draft->quantity, draft->count)),
                  fee_columns, sizeof **rows, rows, count);
}

void pricing_add_part(struct price_line *line, const struct part_row *row, struct price_part *at)
{
    *at = row->part;
    at->name_hanzi = row->name_hanzi;
    if (line->part_count == 0 || row->tax_basis_points > line->tax_basis_points) {
        line->tax_basis_points = row->tax_basis_points;
        line->tax_category = row->part.tax_category;
    }
    if (line->part_count++ == 0)
        line->parts = at;
}

void pricing_add_fees(struct ctx *c, struct pricing *p, const struct fee_row *fees, size_t n, int64_t line_no)
{
    for (size_t i = 0; i < n; i++) {
        struct price_part *part;

        if (fees[i].line_no != line_no)
            continue;
        part = arena_alloc(&c->arena, sizeof *part);
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

static enum price_kind kind_of(const char *word)
{
    if (strcmp(word, "fixed") == 0)
        return PRICE_FIXED;
    if (strcmp(word, "per_gram") == 0)
        return PRICE_PER_GRAM;
    return strcmp(word, "off") == 0 ? PRICE_OFF : PRICE_MARKUP;
}

enum status pricing_read_rules(struct ctx *c, struct pricing *p)
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
    TRY(db_all(c, &q_price_rules_now, PARAMS(SHOP(c), I64S(items, count), I64(p->tried_rule)), rule_columns,
               sizeof *rows, &rows, &n));
    rules = arena_array(&c->arena, n + 1, sizeof *rules);
    for (size_t i = 0; i < n; i++) {
        rules[i] = rows[i].rule;
        rules[i].kind = kind_of(rows[i].kind);
    }
    p->rules = rules;
    p->rule_count = n;
    return ST_OK;
}
