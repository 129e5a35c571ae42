/* Items priced one by one for the price list, and once more with a rule that is only tried out. */
#include "core/price_list.h"

#include "core/pricing_rows.h"
#include "sql.h"

struct form_row {
    const char *id;
};

/* A rule that is tried, and what comes of it. */
struct trial {
    const struct price_rule_new *rule;
    struct price_list_wanted wanted;
    struct price_list *list;
};

static const char *const only_words[] = { [LIST_ALL] = "all",
                                          [LIST_BY_RULE] = "by_rule",
                                          [LIST_BELOW_COST] = "below_cost",
                                          [LIST_UNPRICED] = "unpriced",
                                          NULL };

const char *const *price_list_only_words(void)
{
    return only_words;
}

static const struct column form_columns[] = { COLUMN(struct form_row, id), COLUMNS_END };

static enum status know_form(struct ctx *c, const char *form)
{
    struct form_row row;
    bool found;

    if (form == NULL || *form == '\0')
        return ST_OK;
    TRY(db_row(c, &q_dosage_form_list, PARAMS(TEXT(form)), form_columns, &row, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "dosage_form", form, "is no dosage form of the reference data");
    return ST_OK;
}

/* A line for each item, priced by the rules there are. */
static enum status price_items(struct ctx *c, const struct price_list_wanted *wanted, struct price_list *list)
{
    struct pricing *p = &list->pricing;
    struct part_row *rows;
    struct price_part *parts;
    size_t n;

    TRY(pricing_part_rows(c, &q_price_items,
                          PARAMS(SHOP(c), TEXT_OR_NULL(wanted->text),
                                 TEXTS(wanted->things, wanted->thing_count), TEXT_OR_NULL(wanted->item_kind),
                                 TEXT_OR_NULL(wanted->sku), TEXT_OR_NULL(wanted->dosage_form)),
                          &rows, &n));
    if (n == 0 && wanted->sku != NULL)
        return ctx_fail(c, ST_NOT_FOUND, "sku", wanted->sku, "is no item of this shop");
    parts = arena_array(&c->arena, n + 1, sizeof *parts);
    p->lines = arena_array(&c->arena, n + 1, sizeof *p->lines);
    for (size_t i = 0; i < n; i++) {
        p->lines[i] = (struct price_line){
            .line_no = rows[i].line_no,
            .kind = LINE_ITEM,
            .item_id = rows[i].part.item_id,
            .name = rows[i].part.name,
            .name_hanzi = rows[i].name_hanzi,
            .quantity = rows[i].part.quantity,
            .unit = rows[i].unit,
            .dosage_form = rows[i].part.dosage_form,
        };
        pricing_add_part(&p->lines[i], &rows[i], &parts[i]);
    }
    p->line_count = n;
    list->rows = arena_array(&c->arena, n + 1, sizeof *list->rows);
    TRY(pricing_read_rules(c, p));
    pricing_run(&c->arena, p);
    return ST_OK;
}

static struct listed_price listed(const struct pricing *p, const struct price_line *line)
{
    const struct price_part *part = &line->parts[0];
    const int64_t tax = p->tax_included ? line->tax.cents : 0;

    return (struct listed_price){
        .line = line,
        .part = part,
        .price = line->list,
        .rule = part->rule,
        .own = { scale_i64(part->quantity, part->base.cents, part->base_per) },
        .net = { line->list.cents - tax },
        .below_cost =
            part->cost_known &&
            line->list.cents < pricing_floor(part->cost, line->tax_basis_points, p->tax_included).cents,
        .unpriced = line->list.cents == 0,
    };
}

static void count_row(struct price_list *list, const struct listed_price *row)
{
    list->all++;
    list->by_rule += row->rule != NULL;
    list->below_cost += row->below_cost;
    list->unpriced += row->unpriced;
}

static bool asked_for(enum price_list_only only, const struct listed_price *row)
{
    switch (only) {
    case LIST_ALL:
        return true;
    case LIST_BY_RULE:
        return row->rule != NULL;
    case LIST_BELOW_COST:
        return row->below_cost;
    case LIST_UNPRICED:
        return row->unpriced;
    }
    return false;
}

static void keep(struct price_list *list, const struct price_list_wanted *wanted,
                 const struct listed_price *row)
{
    if (!asked_for(wanted->only, row))
        return;
    if (list->matching++ < wanted->most)
        list->rows[list->count++] = *row;
}

int64_t price_list_margin(const struct listed_price *row)
{
    return row->net.cents == 0
               ? 0
               : scale_i64(row->net.cents - row->part->cost.cents, BASIS_POINTS, row->net.cents);
}

static enum status begin(struct ctx *c, const struct price_list_wanted *wanted, struct price_list *list)
{
    *list = (struct price_list){ 0 };
    TRY(pricing_know_group(c, wanted->customer_group));
    TRY(know_form(c, wanted->dosage_form));
    return pricing_begin(c, wanted->customer_group, &list->pricing);
}

enum status price_list_get(struct ctx *c, const struct price_list_wanted *wanted, struct price_list *list)
{
    struct pricing *p = &list->pricing;

    TRY(begin(c, wanted, list));
    TRY(price_items(c, wanted, list));
    for (size_t i = 0; i < p->line_count; i++) {
        const struct listed_price row = listed(p, &p->lines[i]);

        count_row(list, &row);
        keep(list, wanted, &row);
    }
    return ST_OK;
}

static void compare(struct price_list *list, const struct price_list_wanted *wanted, struct listed_price *row)
{
    const bool made = row->rule != NULL && row->rule->id == list->tried;

    if (!made && wanted->sku == NULL)
        return;
    if (made) {
        list->dearer += row->price.cents > row->was.cents;
        list->cheaper += row->price.cents < row->was.cents;
        list->same += row->price.cents == row->was.cents;
    }
    count_row(list, row);
    keep(list, wanted, row);
}

static enum status try_rule(struct ctx *c, void *arg)
{
    const struct trial *trial = arg;
    struct price_list *list = trial->list;
    struct pricing *p = &list->pricing;
    struct listed_price *before;

    TRY(begin(c, &trial->wanted, list));
    TRY(price_items(c, &trial->wanted, list));
    before = arena_array(&c->arena, p->line_count + 1, sizeof *before);
    for (size_t i = 0; i < p->line_count; i++)
        before[i] = listed(p, &p->lines[i]);
    TRY(price_rule_add(c, trial->rule, &list->tried));
    p->tried_rule = list->tried;
    TRY(pricing_read_rules(c, p));
    pricing_run(&c->arena, p);
    for (size_t i = 0; i < p->line_count; i++) {
        struct listed_price row = listed(p, &p->lines[i]);

        row.was = before[i].price;
        row.was_rule = before[i].rule;
        compare(list, &trial->wanted, &row);
    }
    return ST_OK;
}

enum status price_rule_try(struct ctx *c, const struct price_rule_new *rule,
                           const struct price_list_wanted *wanted, struct price_list *list)
{
    struct trial trial = { rule, *wanted, list };

    trial.wanted.customer_group = rule->customer_group;
    trial.wanted.dosage_form = rule->dosage_form;
    if (wanted->sku == NULL)
        trial.wanted.sku = rule->sku;
    return db_tx_try(c, try_rule, &trial);
}
