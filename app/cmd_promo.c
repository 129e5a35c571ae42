/* `yaofang promo`: promo codes, their terms and uses, and what one would do. */
#include <stdlib.h>
#include <string.h>

#include "api/read.h"
#include "core/promo.h"
#include "db/db.h"
#include "sale.h"
#include "sql.h"

/* As the API answers it. */
static enum status show(struct ctx *c, const struct called *in, const struct query *query,
                        const struct param *params, size_t count)
{
    const struct rows *rows;
    struct json_writer w;

    TRY(db_rows(c, query, params, count, &rows));
    json_init(&w, in->out);
    for (size_t i = 0; i < rows_count(rows); i++) {
        json_put_row(&w, NULL, rows, i);
        text_add(in->out, "\n");
        json_init(&w, in->out);
    }
    return ST_OK;
}

static enum status show_code(struct ctx *c, const struct called *in, const char *code)
{
    return show(c, in, &q_promo_list, PARAMS(SHOP(c), TEXT(code), BOOL(true)));
}

static enum status run_list(struct ctx *c, const struct called *in)
{
    return show(c, in, &q_promo_list, PARAMS(SHOP(c), NONE(), BOOL(argument_given(in->in, "--ended"))));
}

static enum status code_of(struct ctx *c, const struct called *in, const char **code)
{
    return stock_operand(c, in, 0, "CODE", code);
}

static enum status run_show(struct ctx *c, const struct called *in)
{
    const char *code;

    TRY(code_of(c, in, &code));
    TRY(show_code(c, in, code));
    return in->out->size > 0 ? ST_OK
                             : ctx_fail(c, ST_NOT_FOUND, "code", code, "is no promo code of this shop");
}

static enum status run_versions(struct ctx *c, const struct called *in)
{
    const char *code;

    TRY(code_of(c, in, &code));
    return show(c, in, &q_promo_versions, PARAMS(SHOP(c), TEXT(code)));
}

static enum status run_uses(struct ctx *c, const struct called *in)
{
    const char *code;

    TRY(code_of(c, in, &code));
    return show(c, in, &q_promo_uses, PARAMS(SHOP(c), TEXT(code), NONE(), NONE()));
}

static enum status read_terms(struct ctx *c, const struct called *in, struct promo_terms *terms)
{
    *terms = (struct promo_terms){ .description = argument_text(in->in, "--description", NULL),
                                   .include = argument_text(in->in, "--include", NULL),
                                   .exclude = argument_text(in->in, "--exclude", NULL),
                                   .stackable = argument_given(in->in, "--stackable"),
                                   .allow_below_cost = argument_given(in->in, "--below-cost"),
                                   .allow_restricted = argument_given(in->in, "--restricted"),
                                   .return_on_refund = !argument_given(in->in, "--keep-use"),
                                   .change_note = argument_text(in->in, "--note", NULL) };
    TRY(sale_percent(c, in, "--percent", &terms->percent_basis_points));
    TRY(sale_money(c, in, "--amount", &terms->amount));
    TRY(sale_money(c, in, "--minimum", &terms->minimum));
    TRY(sale_date(c, in, "--from", &terms->valid_from));
    TRY(sale_date(c, in, "--until", &terms->valid_until));
    TRY(argument_number(c, in->in, "--uses", 1, 1000000000, &terms->max_uses));
    return argument_number(c, in->in, "--uses-per-customer", 1, 1000000000, &terms->max_uses_per_customer);
}

static enum status run_add(struct ctx *c, const struct called *in)
{
    struct promo_terms terms;
    const char *code;

    TRY(code_of(c, in, &code));
    TRY(read_terms(c, in, &terms));
    TRY(promo_add(c, code, &terms));
    return show_code(c, in, promo_code_text(c, code));
}

static enum status run_change(struct ctx *c, const struct called *in)
{
    struct promo_terms terms;
    const char *code;
    int64_t version;

    TRY(code_of(c, in, &code));
    TRY(sale_number(c, in, 1, "SEEN_VERSION", &version));
    TRY(read_terms(c, in, &terms));
    TRY(promo_change(c, code, version, &terms));
    return show_code(c, in, code);
}

static enum status run_end(struct ctx *c, const struct called *in)
{
    const char *code;

    TRY(code_of(c, in, &code));
    TRY(promo_end(c, code));
    return show_code(c, in, code);
}

static enum status dry_lines(struct ctx *c, const struct called *in, const char *code,
                             struct ticket_price *price)
{
    size_t n;
    const char *const *typed = argument_list(c, in->in, "--line", &n);
    struct ticket_want *wants = arena_array(&c->arena, n + 1, sizeof *wants);
    struct ticket_customer customer;

    if (n == 0)
        return ctx_fail(c, ST_INVALID, "--line", NULL,
                        "or --ticket is needed: what the code would be given for");
    for (size_t i = 0; i < n; i++)
        TRY(sale_want(c, typed[i], &wants[i]));
    TRY(sale_customer(c, in, &customer));
    return ticket_price_lines(c, &customer, wants, n, &code, 1, price);
}

static enum status run_dry_run(struct ctx *c, const struct called *in)
{
    struct ticket_price price;
    int64_t ticket = 0;
    const char *code;

    TRY(code_of(c, in, &code));
    TRY(argument_number(c, in->in, "--ticket", 1, INT64_C(1000000000000), &ticket));
    if (ticket != 0)
        TRY(ticket_price_with(c, ticket, code, &price));
    else
        TRY(dry_lines(c, in, code, &price));
    if (price.pricing.code_count == 0)
        return ctx_fail(c, ST_NOT_FOUND, "code", code, "is no promo code of this shop");
    sale_print_price(c, in->out, &price);
    return ST_OK;
}

static const struct subcommand sub_list = { "list", "", "codes in force", false, run_list };
static const struct subcommand sub_show = { "show", "CODE", "its terms and uses", false, run_show };
static const struct subcommand sub_versions = { "versions", "CODE", "what it said before", false,
                                                run_versions };
static const struct subcommand sub_uses = { "uses", "CODE", "by which tickets", false, run_uses };
static const struct subcommand sub_add = { "add", "CODE", "a new code", true, run_add };
static const struct subcommand sub_change = { "change", "CODE SEEN_VERSION", "its next version", true,
                                              run_change };
static const struct subcommand sub_end = { "end", "CODE", "it works no more", true, run_end };
static const struct subcommand sub_dry_run = { "dry-run", "CODE", "what it would do", false, run_dry_run };

static enum status run(struct ctx *c, const struct arguments *in)
{
    static const struct subcommand *const subcommands[] = { &sub_list, &sub_show,    &sub_versions,
                                                            &sub_uses, &sub_add,     &sub_change,
                                                            &sub_end,  &sub_dry_run, NULL };

    return subcommand_run(c, in, command_promo.name, subcommands);
}

static const struct option options[] = {
    { "--as", "USERNAME", "the person who acts" },
    { "--shop", "SLUG", "her shop, when several shops know the name" },
    { "--key", "TEXT", "act once: the same key again prints the first answer" },
    { "--ended", NULL, "list ended codes too" },
    { "--percent", "PERCENT", "off every line it touches: 5 or 7.5" },
    { "--amount", "MONEY", "off the lines it touches, together" },
    { "--from", "DAY", "first day" },
    { "--until", "DAY", "last day" },
    { "--minimum", "MONEY", "the lines it touches must come to" },
    { "--include", "WORDS",
      "\"grocery;S-CLAY-POT\": SKUs, products, kinds, tax categories, dosage forms, order, fee [all]" },
    { "--exclude", "WORDS", "the same, left out" },
    { "--uses", "N", "at most so many, in all" },
    { "--uses-per-customer", "N", "at most so many, each" },
    { "--stackable", NULL, "combines with other stackable codes" },
    { "--below-cost", NULL, "may go below cost" },
    { "--restricted", NULL, "may touch toxic and prescription-only goods" },
    { "--keep-use", NULL, "a refund does not give the use back" },
    { "--description", "TEXT", "for staff and receipts" },
    { "--note", "TEXT", "why the terms change" },
    { "--ticket", "N", "for dry-run: the ticket" },
    { "--line", "\"WHAT QUANTITY\"", "for dry-run: \"S-GINGER-TEA 2\", \"order 12\"" },
    { "--patient", "CODE", "for dry-run: the customer" },
    { "--group", "GROUP", "for dry-run: of customers" },
    { NULL, NULL, NULL },
};

const struct command command_promo = {
    .name = "promo",
    .summary = "promo codes: terms, uses, and a dry run that says why",
    .operands = "SUBCOMMAND [CODE]",
    .more = "  list, show CODE           terms as they stand, how often used\n"
            "  versions CODE, uses CODE  what it said before; which tickets used it\n"
            "  add CODE                  --percent or --amount, and limits\n"
            "  change CODE SEEN_VERSION  all terms anew\n"
            "  end CODE                  it works no more\n"
            "  dry-run CODE              --ticket, or --line: what it would do, line by line, or why not\n",
    .options = options,
    .most_operands = 3,
    .run = run,
};
