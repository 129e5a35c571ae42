/* `yaofang sale prices` and `yaofang sale rule try`: what everything costs and why, and what a rule would make of it. */
#include <string.h>

#include "api/price_list_json.h"
#include "compound.h"
#include "sale.h"

static enum status read_wanted(struct ctx *c, const struct called *in, struct price_list_wanted *wanted)
{
    const char *const *only = price_list_only_words();
    const char *typed = argument_text(in->in, "--only", only[LIST_ALL]);
    size_t at = 0;

    while (only[at] != NULL && strcmp(only[at], typed) != 0)
        at++;
    if (only[at] == NULL)
        return ctx_fail(c, ST_INVALID, "--only", typed, "is all, by_rule, below_cost or unpriced");
    *wanted = (struct price_list_wanted){ .text = in->operand_count > 0 ? in->operands[0] : NULL,
                                          .item_kind = argument_text(in->in, "--item-kind", NULL),
                                          .customer_group = argument_text(in->in, "--group", NULL),
                                          .dosage_form = argument_text(in->in, "--form", NULL),
                                          .only = (enum price_list_only)at,
                                          .most = SIZE_MAX };
    return ST_OK;
}

static const char *amount_text(struct ctx *c, const struct listed_price *row)
{
    return row->part->weighed ? weight_text(&c->arena, (struct weight){ row->part->quantity })
                              : arena_printf(&c->arena, "%lld", (long long)row->part->quantity);
}

static const char *margin_text(struct ctx *c, const struct listed_price *row)
{
    const int64_t tenths = (price_list_margin(row) + 5) / 10;

    if (!row->part->cost_known || row->unpriced)
        return "-";
    return row->below_cost
               ? "BELOW COST"
               : arena_printf(&c->arena, "%lld.%lld %%", (long long)(tenths / 10), (long long)(tenths % 10));
}

static const char *rule_text(struct ctx *c, const struct price_list *list, const struct listed_price *row)
{
    if (row->unpriced)
        return "no price";
    if (row->rule != NULL && row->rule->id == list->tried)
        return "this rule";
    return reason_text(&c->arena, pricing_rule_reason(&c->arena, row->rule));
}

static void print_row(struct ctx *c, struct text *out, const struct price_list *list,
                      const struct listed_price *row)
{
    compound_column(out, row->part->sku, 22);
    compound_column(out, row->part->name, 34);
    compound_column(out, amount_text(c, row), 8);
    if (list->tried != 0)
        compound_column(out, money_text(&c->arena, row->was), 9);
    compound_column(out, money_text(&c->arena, row->price), 9);
    compound_column(out, row->part->cost_known ? money_text(&c->arena, row->part->cost) : "-", 9);
    compound_column(out, margin_text(c, row), 11);
    compound_column(out, rule_text(c, list, row), 0);
    text_add(out, "\n");
}

static void print_head(struct text *out, bool tried)
{
    compound_column(out, "SKU", 22);
    compound_column(out, "Item", 34);
    compound_column(out, "For", 8);
    if (tried)
        compound_column(out, "Now", 9);
    compound_column(out, tried ? "Then" : "Price", 9);
    compound_column(out, "Cost", 9);
    compound_column(out, "Margin", 11);
    compound_column(out, "By", 0);
    text_add(out, "\n");
}

static void show(struct ctx *c, const struct called *in, const struct price_list *list)
{
    struct json_writer w;

    if (argument_given(in->in, "--json")) {
        json_init(&w, in->out);
        price_list_write(&w, list);
        text_add(in->out, "\n");
        return;
    }
    print_head(in->out, list->tried != 0);
    for (size_t i = 0; i < list->count; i++)
        print_row(c, in->out, list, &list->rows[i]);
    if (list->tried != 0)
        text_addf(in->out, "%zu dearer, %zu cheaper, %zu the same; ", list->dearer, list->cheaper,
                  list->same);
    text_addf(in->out, "%zu items, %zu by a rule, %zu below cost, %zu without a price\n", list->all,
              list->by_rule, list->below_cost, list->unpriced);
}

static enum status run_prices(struct ctx *c, const struct called *in)
{
    struct price_list_wanted wanted;
    struct price_list list;

    TRY(read_wanted(c, in, &wanted));
    TRY(price_list_get(c, &wanted, &list));
    show(c, in, &list);
    return ST_OK;
}

static enum status run_rule_try(struct ctx *c, const struct called *in)
{
    struct price_list_wanted wanted;
    struct price_rule_new rule;
    struct price_list list;

    TRY(read_wanted(c, in, &wanted));
    wanted.item_kind = NULL; /* that of the rule */
    TRY(sale_rule(c, in, &rule));
    TRY(price_rule_try(c, &rule, &wanted, &list));
    show(c, in, &list);
    return ST_OK;
}

const struct subcommand subcommand_prices = { "prices", "[TEXT]", "prices, cost and margin", false,
                                              run_prices };
const struct subcommand subcommand_rule_try = { "rule try", "", "what a rule would do", false, run_rule_try };
