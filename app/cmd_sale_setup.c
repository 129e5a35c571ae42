/* `yaofang sale …`: the drawer of cash, price rules, fees, groups, taxes, settings. */
#include <stdlib.h>
#include <string.h>

#include "api/read.h"
#include "core/drawer.h"
#include "core/sale_setup.h"
#include "db/db.h"
#include "sale.h"
#include "sql.h"

#define NUMBER_MOST INT64_C(1000000000000000)

/* What was changed, as the API answers it: a member a line, what is empty left out. */
static enum status show(struct ctx *c, const struct called *in, const struct query *query,
                        const struct param *params, size_t count)
{
    const struct rows *rows;
    struct json_writer w;

    TRY(db_rows(c, query, params, count, &rows));
    if (argument_given(in->in, "--json")) {
        json_init(&w, in->out);
        json_open_object(&w, NULL);
        json_put_rows(&w, "rows", rows);
        json_close_object(&w);
        text_add(in->out, "\n");
        return ST_OK;
    }
    for (size_t i = 0; i < rows_count(rows); i++) {
        for (size_t k = 0; k < rows_width(rows); k++) {
            const char *name = rows_name(rows, k), *cell = rows_cell(rows, i, k);
            const size_t length = strlen(name);
            const bool money = length > 6 && strcmp(name + length - 6, "_cents") == 0;

            if (cell == NULL || *cell == '\0')
                continue;
            if (money)
                cell = money_text(&c->arena, (struct money){ strtoll(cell, NULL, 10) });
            text_addf(in->out, "%s%.*s: %s", k == 0 ? "" : "; ", (int)(money ? length - 6 : length), name,
                      cell);
        }
        text_add(in->out, "\n");
    }
    return ST_OK;
}

static enum status show_drawer(struct ctx *c, const struct called *in, int64_t id)
{
    return show(c, in, &q_drawer_list, PARAMS(SHOP(c), I64_OR_NULL(id), NONE()));
}

static enum status run_drawer_open(struct ctx *c, const struct called *in)
{
    struct money counted = { -1 };
    int64_t id;

    TRY(sale_money(c, in, "--float", &counted));
    if (counted.cents < 0)
        return ctx_fail(c, ST_INVALID, "--float", NULL, "is needed: what lies in the drawer");
    TRY(drawer_open(c, argument_text(in->in, "--register", "main"), counted, &id));
    return show_drawer(c, in, id);
}

static enum status run_drawer_move(struct ctx *c, const struct called *in)
{
    struct money sum = { 0 };
    const char *kind;
    int64_t id;

    TRY(sale_number(c, in, 0, "DRAWER", &id));
    TRY(stock_operand(c, in, 1, "pay_in or pay_out", &kind));
    TRY(sale_money(c, in, "--sum", &sum));
    TRY(drawer_move(c, id, kind, sum, argument_text(in->in, "--reason", "")));
    return show_drawer(c, in, id);
}

static enum status run_drawer_approve(struct ctx *c, const struct called *in)
{
    struct money sum = { -1 };
    int64_t id;

    TRY(sale_number(c, in, 0, "DRAWER", &id));
    TRY(sale_money(c, in, "--sum", &sum));
    if (sum.cents < 0)
        return ctx_fail(c, ST_INVALID, "--sum", NULL, "is needed: what you counted");
    TRY(drawer_approve(c, id, sum, argument_text(in->in, "--note", NULL)));
    return show_drawer(c, in, id);
}

static enum status run_drawer_close(struct ctx *c, const struct called *in)
{
    size_t n;
    const char *const *typed = argument_list(c, in->in, "--count", &n);
    struct drawer_count *counts = arena_array(&c->arena, n + 1, sizeof *counts);
    int64_t id;

    TRY(sale_number(c, in, 0, "DRAWER", &id));
    for (size_t i = 0; i < n; i++) {
        size_t words;
        char **word = text_split(&c->arena, typed[i], ' ', &words), *end;

        if (words != 2 || money_parse(word[0], &counts[i].denomination) != QUANTITY_OK)
            return ctx_fail(c, ST_INVALID, "--count", typed[i],
                            "is a coin or note and how many: \"20.00 3\"");
        counts[i].pieces = strtoll(word[1], &end, 10);
        if (*end != '\0' || counts[i].pieces < 0 || counts[i].pieces > 1000000)
            return ctx_fail(c, ST_INVALID, "--count", typed[i],
                            "is a coin or note and how many: \"20.00 3\"");
    }
    TRY(drawer_close(c, id, counts, n, argument_text(in->in, "--note", NULL)));
    return show_drawer(c, in, id);
}

static enum status run_drawer_list(struct ctx *c, const struct called *in)
{
    return show_drawer(c, in, 0);
}

enum status sale_rule(struct ctx *c, const struct called *in, struct price_rule_new *rule)
{
    const char *per = argument_text(in->in, "--per", NULL), *unit;

    *rule = (struct price_rule_new){ .name = argument_text(in->in, "--name", ""),
                                     .kind = argument_text(in->in, "--kind", "fixed"),
                                     .sku = argument_text(in->in, "--item", NULL),
                                     .item_kind = argument_text(in->in, "--item-kind", NULL),
                                     .tax_category = argument_text(in->in, "--category", NULL),
                                     .dosage_form = argument_text(in->in, "--form", NULL),
                                     .customer_group = argument_text(in->in, "--group", NULL),
                                     .price = { -1 },
                                     .markup_basis_points = -1 };
    TRY(sale_money(c, in, "--price", &rule->price));
    TRY(sale_percent(c, in, "--markup", &rule->markup_basis_points));
    TRY(sale_percent(c, in, "--off", &rule->off_basis_points));
    TRY(argument_number(c, in->in, "--priority", -1000, 1000, &rule->priority));
    TRY(argument_number(c, in->in, "--replaces", 1, NUMBER_MOST, &rule->replaces));
    if (per != NULL)
        TRY(stock_quantity(c, "--per", per, &rule->per_quantity, &unit));
    TRY(sale_date(c, in, "--from", &rule->valid_from));
    return sale_date(c, in, "--until", &rule->valid_until);
}

static enum status run_rule_add(struct ctx *c, const struct called *in)
{
    struct price_rule_new rule;
    int64_t id;

    TRY(sale_rule(c, in, &rule));
    TRY(price_rule_add(c, &rule, &id));
    return show(c, in, &q_price_rule_list, PARAMS(SHOP(c), I64(id), BOOL(true)));
}

static enum status run_rule_end(struct ctx *c, const struct called *in)
{
    int64_t id;

    TRY(sale_number(c, in, 0, "RULE", &id));
    TRY(price_rule_end(c, id));
    return show(c, in, &q_price_rule_list, PARAMS(SHOP(c), I64(id), BOOL(true)));
}

static enum status run_rule_list(struct ctx *c, const struct called *in)
{
    return show(c, in, &q_price_rule_list, PARAMS(SHOP(c), NONE(), BOOL(false)));
}

static enum status run_fee_add(struct ctx *c, const struct called *in)
{
    struct fee_new fee = { .name = argument_text(in->in, "--name", ""),
                           .dosage_form = argument_text(in->in, "--form", NULL),
                           .per = argument_text(in->in, "--per", "order"),
                           .tax_category = argument_text(in->in, "--category", NULL) };
    const char *holds = argument_text(in->in, "--unit", NULL), *unit;
    int64_t id;

    TRY(sale_money(c, in, "--price", &fee.amount));
    if (holds != NULL)
        TRY(stock_quantity(c, "--unit", holds, &fee.unit_mg, &unit));
    TRY(sale_date(c, in, "--from", &fee.valid_from));
    TRY(sale_date(c, in, "--until", &fee.valid_until));
    TRY(argument_number(c, in->in, "--replaces", 1, NUMBER_MOST, &fee.replaces));
    TRY(fee_add(c, &fee, &id));
    return show(c, in, &q_fee_list, PARAMS(SHOP(c), I64(id), BOOL(true)));
}

static enum status run_fee_end(struct ctx *c, const struct called *in)
{
    int64_t id;

    TRY(sale_number(c, in, 0, "FEE", &id));
    TRY(fee_end(c, id));
    return show(c, in, &q_fee_list, PARAMS(SHOP(c), I64(id), BOOL(true)));
}

static enum status run_fee_list(struct ctx *c, const struct called *in)
{
    return show(c, in, &q_fee_list, PARAMS(SHOP(c), NONE(), BOOL(false)));
}

static enum status run_group(struct ctx *c, const struct called *in)
{
    const char *group;

    TRY(stock_operand(c, in, 0, "GROUP", &group));
    TRY(customer_group_set(c, group, argument_text(in->in, "--name", group)));
    return show(c, in, &q_customer_group_list, PARAMS(SHOP(c), NONE(), BOOL(true)));
}

static enum status run_tax(struct ctx *c, const struct called *in)
{
    const char *category;
    int64_t points = -1;

    TRY(stock_operand(c, in, 0, "CATEGORY", &category));
    TRY(sale_percent(c, in, "--rate", &points));
    if (points < 0 || points > 10000)
        return ctx_fail(c, ST_INVALID, "--rate", argument_text(in->in, "--rate", NULL), "is 0 to 100");
    TRY(tax_category_set(c, category, argument_text(in->in, "--name", category), points,
                         argument_text(in->in, "--note", NULL)));
    return show(c, in, &q_tax_category_list, PARAMS(SHOP(c), NONE(), BOOL(true)));
}

static enum status retire_group(struct ctx *c, const struct called *in, bool retired)
{
    const char *group;

    TRY(stock_operand(c, in, 0, "GROUP", &group));
    TRY(customer_group_retire(c, group, retired));
    return show(c, in, &q_customer_group_list, PARAMS(SHOP(c), TEXT(group), NONE()));
}

static enum status retire_tax(struct ctx *c, const struct called *in, bool retired)
{
    const char *category;

    TRY(stock_operand(c, in, 0, "CATEGORY", &category));
    TRY(tax_category_retire(c, category, retired));
    return show(c, in, &q_tax_category_list, PARAMS(SHOP(c), TEXT(category), NONE()));
}

static enum status run_retire_group(struct ctx *c, const struct called *in)
{
    return retire_group(c, in, true);
}

static enum status run_restore_group(struct ctx *c, const struct called *in)
{
    return retire_group(c, in, false);
}

static enum status run_retire_tax(struct ctx *c, const struct called *in)
{
    return retire_tax(c, in, true);
}

static enum status run_restore_tax(struct ctx *c, const struct called *in)
{
    return retire_tax(c, in, false);
}

static enum status run_taxes(struct ctx *c, const struct called *in)
{
    return show(c, in, &q_tax_category_list, PARAMS(SHOP(c), NONE(), BOOL(true)));
}

static enum status yes_or_no(struct ctx *c, const struct called *in, const char *option, bool *flag)
{
    const char *typed = argument_text(in->in, option, *flag ? "yes" : "no");

    *flag = strcmp(typed, "yes") == 0;
    if (!*flag && strcmp(typed, "no") != 0)
        return ctx_fail(c, ST_INVALID, option, typed, "is yes or no");
    return ST_OK;
}

static const struct column settings_columns[] = {
    COLUMN(struct sale_settings, tax_included),
    COLUMN(struct sale_settings, handover_needs_payment),
    COLUMN(struct sale_settings, quote_minutes),
    COLUMN_NAMED(struct sale_settings, drawer_limit, "drawer_limit_cents"),
    COLUMN(struct sale_settings, receipt_note),
    COLUMNS_END,
};

/* What is not given stays; with nothing given they are only shown. */
static enum status run_settings(struct ctx *c, const struct called *in)
{
    static const char *const options[] = { "--tax-included", "--pay-first", "--quote-minutes",
                                           "--drawer-limit", "--receipt-note" };
    struct sale_settings ways;
    bool found, changed = false;

    TRY(db_row(c, &q_sale_settings_show, PARAMS(SHOP(c)), settings_columns, &ways, &found));
    TRY(yes_or_no(c, in, "--tax-included", &ways.tax_included));
    TRY(yes_or_no(c, in, "--pay-first", &ways.handover_needs_payment));
    TRY(argument_number(c, in->in, "--quote-minutes", 1, 10080, &ways.quote_minutes));
    TRY(sale_money(c, in, "--drawer-limit", &ways.drawer_limit));
    ways.receipt_note = argument_text(in->in, "--receipt-note", ways.receipt_note);
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
        changed = changed || argument_given(in->in, options[i]);
    if (changed)
        TRY(sale_settings_set(c, &ways));
    return show(c, in, &q_sale_settings_show, PARAMS(SHOP(c)));
}

const struct subcommand subcommand_drawer_open = { "drawer open", "", "with --float", true, run_drawer_open };
const struct subcommand subcommand_drawer_move = { "drawer move", "DRAWER pay_in|pay_out",
                                                   "with --sum and --reason", true, run_drawer_move };
const struct subcommand subcommand_drawer_approve = { "drawer approve", "DRAWER", "a second person's count",
                                                      true, run_drawer_approve };
const struct subcommand subcommand_drawer_close = { "drawer close", "DRAWER", "with --count", true,
                                                    run_drawer_close };
const struct subcommand subcommand_drawer_list = { "drawer list", "", "drawers and their sums", false,
                                                   run_drawer_list };
const struct subcommand subcommand_rule_add = { "rule add", "", "a price rule", true, run_rule_add };
const struct subcommand subcommand_rule_end = { "rule end", "RULE", "end it", true, run_rule_end };
const struct subcommand subcommand_rule_list = { "rule list", "", "price rules in force", false,
                                                 run_rule_list };
const struct subcommand subcommand_fee_add = { "fee add", "", "a fee beside an order's herbs", true,
                                               run_fee_add };
const struct subcommand subcommand_fee_end = { "fee end", "FEE", "end it", true, run_fee_end };
const struct subcommand subcommand_fee_list = { "fee list", "", "fees", false, run_fee_list };
const struct subcommand subcommand_group_set = { "group", "GROUP", "of customers", true, run_group };
const struct subcommand subcommand_retire_group = { "retire group", "GROUP", "out of use", true,
                                                    run_retire_group };
const struct subcommand subcommand_restore_group = { "restore group", "GROUP", "back into use", true,
                                                     run_restore_group };
const struct subcommand subcommand_retire_tax = { "retire tax", "CATEGORY", "out of use", true,
                                                  run_retire_tax };
const struct subcommand subcommand_restore_tax = { "restore tax", "CATEGORY", "back into use", true,
                                                   run_restore_tax };
const struct subcommand subcommand_tax_set = { "tax", "CATEGORY", "with --name and --rate", true, run_tax };
const struct subcommand subcommand_tax_list = { "taxes", "", "tax categories", false, run_taxes };
const struct subcommand subcommand_settings = { "settings", "", "how the shop sells", true, run_settings };
