/* `yaofang sale`: a ticket from its first line to its receipt, and back. The drawer and the prices are in cmd_sale_setup.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/read.h"
#include "api/ticket_json.h"
#include "compound.h"
#include "db/db.h"
#include "print/receipt.h"
#include "sale.h"
#include "sql.h"

static const struct subcommand *const subcommands[] = {
    &subcommand_sale_new,
    &subcommand_sale_list,
    &subcommand_sale_show,
    &subcommand_sale_add,
    &subcommand_sale_change,
    &subcommand_sale_code,
    &subcommand_sale_uncode,
    &subcommand_sale_customer,
    &subcommand_sale_quote,
    &subcommand_sale_reopen,
    &subcommand_sale_pay,
    &subcommand_sale_cancel,
    &subcommand_sale_refund,
    &subcommand_sale_void,
    &subcommand_sale_receipt,
    &subcommand_drawer_open,
    &subcommand_drawer_move,
    &subcommand_drawer_approve,
    &subcommand_drawer_close,
    &subcommand_drawer_list,
    &subcommand_rule_add,
    &subcommand_rule_end,
    &subcommand_rule_list,
    &subcommand_rule_try,
    &subcommand_prices,
    &subcommand_fee_add,
    &subcommand_fee_end,
    &subcommand_fee_list,
    &subcommand_group_set,
    &subcommand_tax_set,
    &subcommand_retire_group,
    &subcommand_restore_group,
    &subcommand_retire_tax,
    &subcommand_restore_tax,
    &subcommand_tax_list,
    &subcommand_settings,
    NULL,
};

static enum status add_lines(struct ctx *c, const struct called *in, int64_t id)
{
    size_t n, code_count;
    const char *const *lines = argument_list(c, in->in, "--line", &n), *const *codes = argument_list(
                                                                           c, in->in, "--code", &code_count);
    struct ticket_want want;

    for (size_t i = 0; i < n; i++) {
        TRY(sale_want(c, lines[i], &want));
        TRY(ticket_add(c, id, &want));
    }
    for (size_t i = 0; i < code_count; i++)
        TRY(ticket_add_code(c, id, codes[i]));
    return sale_show(c, in, id);
}

struct opening {
    const struct called *in;
    int64_t id;
};

static enum status open_and_fill(struct ctx *c, void *arg)
{
    struct opening *want = arg;
    struct ticket_customer customer;

    text_cut(want->in->out, 0);
    TRY(sale_customer(c, want->in, &customer));
    TRY(ticket_open(c, &customer, &want->id));
    return add_lines(c, want->in, want->id);
}

static enum status run_new(struct ctx *c, const struct called *in)
{
    struct opening want = { .in = in };

    return db_tx(c, open_and_fill, &want);
}

static enum status add_to(struct ctx *c, void *arg)
{
    const struct opening *want = arg;

    text_cut(want->in->out, 0);
    return add_lines(c, want->in, want->id);
}

static enum status run_add(struct ctx *c, const struct called *in)
{
    struct opening want = { .in = in };

    TRY(sale_number(c, in, 0, "TICKET", &want.id));
    return db_tx(c, add_to, &want);
}

static enum status run_list(struct ctx *c, const struct called *in)
{
    static const struct list_column shown[] = {
        { "Ticket", "id", 8, LIST_TEXT },
        { "State", "state", 11, LIST_TEXT },
        { "Total", "total_cents", 10, LIST_MONEY },
        { "Receipt", "receipt_no", 9, LIST_TEXT },
        { "Lines", "lines", 7, LIST_TEXT },
        { "Opened", "created_at", 24, LIST_TEXT },
        { "By", "created_by", 22, LIST_TEXT },
        { "Customer", "patient_name", 0, LIST_TEXT },
        { NULL, NULL, 0, LIST_TEXT },
    };

    return list_show(c, in, &q_ticket_list,
                     PARAMS(SHOP(c), TEXT_OR_NULL(in->operand_count == 0 ? NULL : in->operands[0]), NONE(),
                            NONE(), NONE(), NONE()),
                     shown);
}

static enum status run_show(struct ctx *c, const struct called *in)
{
    int64_t id;

    TRY(sale_number(c, in, 0, "TICKET", &id));
    return sale_show(c, in, id);
}

static enum status run_change(struct ctx *c, const struct called *in)
{
    int64_t id, line, quantity;
    const char *typed, *unit;

    TRY(sale_number(c, in, 0, "TICKET", &id));
    TRY(sale_number(c, in, 1, "LINE", &line));
    TRY(stock_operand(c, in, 2, "QUANTITY", &typed));
    TRY(stock_quantity(c, "QUANTITY", typed, &quantity, &unit));
    TRY(ticket_change(c, id, line, quantity));
    return sale_show(c, in, id);
}

static enum status with_code(struct ctx *c, const struct called *in,
                             enum status (*act)(struct ctx *c, int64_t id, const char *code))
{
    const char *code;
    int64_t id;

    TRY(sale_number(c, in, 0, "TICKET", &id));
    TRY(stock_operand(c, in, 1, "CODE", &code));
    TRY(act(c, id, code));
    return sale_show(c, in, id);
}

static enum status run_code(struct ctx *c, const struct called *in)
{
    return with_code(c, in, ticket_add_code);
}

static enum status run_uncode(struct ctx *c, const struct called *in)
{
    return with_code(c, in, ticket_remove_code);
}

static enum status run_customer(struct ctx *c, const struct called *in)
{
    struct ticket_customer customer;
    int64_t id;

    TRY(sale_number(c, in, 0, "TICKET", &id));
    TRY(sale_customer(c, in, &customer));
    TRY(ticket_set_customer(c, id, &customer));
    return sale_show(c, in, id);
}

static enum status run_quote(struct ctx *c, const struct called *in)
{
    struct ticket_price price;
    int64_t id;

    TRY(sale_number(c, in, 0, "TICKET", &id));
    TRY(ticket_quote(c, id, &price));
    return sale_show(c, in, id);
}

static enum status and_show(struct ctx *c, const struct called *in,
                            enum status (*act)(struct ctx *c, int64_t id))
{
    int64_t id;

    TRY(sale_number(c, in, 0, "TICKET", &id));
    TRY(act(c, id));
    return sale_show(c, in, id);
}

static enum status run_reopen(struct ctx *c, const struct called *in)
{
    return and_show(c, in, ticket_reopen);
}

static enum status run_cancel(struct ctx *c, const struct called *in)
{
    return and_show(c, in, ticket_cancel);
}

/* "card", "card 10.00", "cash 10.00 of 20.00 given", "voucher 5.00 INS-17". */
static enum status read_tender(struct ctx *c, const char *typed, struct ticket_tender *tender)
{
    size_t n;
    char **words = text_split(&c->arena, typed, ' ', &n);

    *tender = (struct ticket_tender){ .kind = n == 0 ? "" : words[0] };
    if (n > 1 && money_parse(words[1], &tender->amount) != QUANTITY_OK)
        return ctx_fail(c, ST_INVALID, "--tender", typed, "is a way to pay and a sum: card 10.00");
    if (n > 3 && strcmp(words[2], "of") == 0) {
        if (money_parse(words[3], &tender->given) != QUANTITY_OK)
            return ctx_fail(c, ST_INVALID, "--tender", typed,
                            "is \"cash 8.17 of 10.00\": what was asked, of what was given");
    } else if (n > 2) {
        tender->reference = words[2];
    }
    return ST_OK;
}

static enum status read_tenders(struct ctx *c, const struct called *in, struct ticket_tender **tenders,
                                size_t *n)
{
    const char *const *typed = argument_list(c, in->in, "--tender", n);

    *tenders = arena_array(&c->arena, *n + 1, sizeof **tenders);
    for (size_t i = 0; i < *n; i++)
        TRY(read_tender(c, typed[i], &(*tenders)[i]));
    return ST_OK;
}

static enum status run_pay(struct ctx *c, const struct called *in)
{
    struct ticket_tender *tenders;
    struct money total = { -1 };
    int64_t id;
    size_t n;

    TRY(sale_number(c, in, 0, "TICKET", &id));
    TRY(sale_money(c, in, "--total", &total));
    if (total.cents < 0)
        return ctx_fail(c, ST_INVALID, "--total", NULL, "is needed: what the customer was told");
    TRY(read_tenders(c, in, &tenders, &n));
    TRY(ticket_pay(c, id, total, argument_text(in->in, "--register", "main"), tenders, n));
    return sale_show(c, in, id);
}

/* "2": all of line 2 of the receipt; "2 1 write_off": one of it, not to be sold again. */
static enum status read_return(struct ctx *c, const char *typed, struct ticket_return *line)
{
    size_t n;
    char **words = text_split(&c->arena, typed, ' ', &n), *end = NULL;
    const char *unit;

    *line = (struct ticket_return){ .seq = n == 0 ? 0 : strtoll(words[0], &end, 10) };
    if (line->seq < 1 || *end != '\0')
        return ctx_fail(c, ST_INVALID, "--line", typed,
                        "is a line of the receipt, how much, and restock or write_off");
    if (n > 1)
        TRY(stock_quantity(c, "--line", words[1], &line->quantity, &unit));
    line->disposition = n > 2 ? words[2] : NULL;
    return ST_OK;
}

static enum status give_back(struct ctx *c, const struct called *in, bool is_void)
{
    struct ticket_refund refund = { .is_void = is_void,
                                    .reason = argument_text(in->in, "--reason", NULL),
                                    .note = argument_text(in->in, "--note", NULL),
                                    .register_name = argument_text(in->in, "--register", "main") };
    const char *const *typed = argument_list(c, in->in, "--line", &refund.line_count);
    struct ticket_return *lines = arena_array(&c->arena, refund.line_count + 1, sizeof *lines);
    struct ticket_tender *tenders;
    int64_t id;

    TRY(sale_number(c, in, 0, "TICKET", &id));
    if (refund.reason == NULL)
        return ctx_fail(c, ST_INVALID, "--reason", NULL,
                        "is needed, such as changed_mind, damaged or wrong_item");
    for (size_t i = 0; i < refund.line_count; i++)
        TRY(read_return(c, typed[i], &lines[i]));
    refund.lines = lines;
    TRY(read_tenders(c, in, &tenders, &refund.tender_count));
    refund.tenders = tenders;
    TRY(ticket_refund(c, id, &refund));
    return sale_show(c, in, id);
}

static enum status run_refund(struct ctx *c, const struct called *in)
{
    return give_back(c, in, false);
}

static enum status run_void(struct ctx *c, const struct called *in)
{
    return give_back(c, in, true);
}

static enum status write_paper(struct ctx *c, const struct called *in, int64_t id, const char *path)
{
    enum label_format format;
    int64_t dpi = 203;
    struct text bytes;
    FILE *file;
    bool failed;

    TRY(label_format_find(c, "--format", argument_text(in->in, "--format", "pdf"), &format));
    TRY(argument_number(c, in->in, "--dpi", 72, 600, &dpi));
    text_init(&bytes, &c->arena);
    if (argument_given(in->in, "--reason"))
        TRY(receipt_override(c, id, in->in->config->font, argument_text(in->in, "--reason", NULL),
                             argument_text(in->in, "--note", NULL)));
    TRY(receipt_draw(c, id, in->in->config->font, format, (int)dpi, &bytes));
    file = fopen(path, "wb");
    failed = file == NULL || fwrite(bytes.data, 1, bytes.size, file) != bytes.size;
    if (file != NULL)
        failed = fclose(file) != 0 || failed;
    if (failed)
        return ctx_fail(c, ST_INVALID, "--output", path, "cannot be written");
    text_addf(in->out, "%s: receipt of ticket %lld\n", path, (long long)id);
    return ST_OK;
}

static enum status run_receipt(struct ctx *c, const struct called *in)
{
    const char *path = argument_text(in->in, "--output", NULL);
    struct json_writer w;
    int64_t id;

    TRY(sale_number(c, in, 0, "TICKET", &id));
    if (path != NULL)
        return write_paper(c, in, id, path);
    json_init(&w, in->out);
    TRY(receipt_write(c, &w, id));
    text_add(in->out, "\n");
    return ST_OK;
}

const struct subcommand subcommand_sale_new = { "new", "", "open a ticket", true, run_new };
const struct subcommand subcommand_sale_list = { "list", "[STATE]", "tickets", false, run_list };
const struct subcommand subcommand_sale_show = { "show", "TICKET", "a ticket, its price and why", false,
                                                 run_show };
const struct subcommand subcommand_sale_add = { "add", "TICKET", "add lines and codes", true, run_add };
const struct subcommand subcommand_sale_change = { "change", "TICKET LINE QUANTITY", "0 takes it off", true,
                                                   run_change };
const struct subcommand subcommand_sale_code = { "code", "TICKET CODE", "add a promo code", true, run_code };
const struct subcommand subcommand_sale_uncode = { "uncode", "TICKET CODE", "take a code off", true,
                                                   run_uncode };
const struct subcommand subcommand_sale_customer = { "customer", "TICKET", "say who buys", true,
                                                     run_customer };
const struct subcommand subcommand_sale_quote = { "quote", "TICKET", "freeze the price", true, run_quote };
const struct subcommand subcommand_sale_reopen = { "reopen", "TICKET", "the payment failed", true,
                                                   run_reopen };
const struct subcommand subcommand_sale_pay = { "pay", "TICKET", "take the money", true, run_pay };
const struct subcommand subcommand_sale_cancel = { "cancel", "TICKET", "end an unpaid ticket", true,
                                                   run_cancel };
const struct subcommand subcommand_sale_refund = { "refund", "TICKET", "give money back", true, run_refund };
const struct subcommand subcommand_sale_void = { "void", "TICKET", "undo a sale of today", true, run_void };
const struct subcommand subcommand_sale_receipt = { "receipt", "TICKET", "the receipt: JSON, or a paper",
                                                    false, run_receipt };

static enum status run(struct ctx *c, const struct arguments *in)
{
    return subcommand_run(c, in, command_sale.name, subcommands);
}

static const struct option options[] = {
    { "--as", "USERNAME", "the person who acts" },
    { "--shop", "SLUG", "her shop, when several shops know the name" },
    { "--key", "TEXT", "act once: the same key again prints the first answer" },
    { "--json", NULL, "as the API answers" },
    { "--line", "\"WHAT QUANTITY\"",
      "\"S-GINGER-TEA 2\", \"R-GUI-ZHI 50 g\", a bar code or lot alone, \"order 12\"; of a refund \"2 1 "
      "write_off\"" },
    { "--code", "CODE", "a promo code" },
    { "--patient", "CODE", "the customer" },
    { "--group", "GROUP", "of customers, for price rules" },
    { "--total", "MONEY", "what the customer was told" },
    { "--tender", "\"KIND SUM\"",
      "\"card\", \"card 10.00\", \"cash 8.17 of 10.00\", \"voucher 5.00 INS-17\"" },
    { "--output", "FILE", "the receipt on a roll of 80 mm, into a file" },
    { "--format", "FORMAT", "of that: pdf, png, dots, zpl or escpos [pdf]" },
    { "--dpi", "N", "of that, but for a PDF [203]" },
    { "--register", "NAME", "whose drawer [main]" },
    { "--reason", "TEXT",
      "of a refund (changed_mind, damaged, …), of cash paid in or out, or why a receipt lacks what a law "
      "asks "
      "for" },
    { "--note", "TEXT", "beside the reason" },
    { "--float", "MONEY", "in a drawer when it is opened" },
    { "--count", "\"COIN PIECES\"", "of a drawer: \"20.00 3\"" },
    { "--sum", "MONEY", "counted by the second person, or paid in or out" },
    { "--name", "TEXT", "of a rule, fee, group or tax category" },
    { "--kind", "KIND", "of a rule: fixed, per_gram, markup or off; of an item" },
    { "--item", "SKU", "what a rule is for" },
    { "--item-kind", "KIND", "raw, granule, powder, product or goods" },
    { "--category", "TAX", "tax category" },
    { "--form", "FORM", "dosage form" },
    { "--price", "MONEY", "of a rule or fee" },
    { "--per", "QUANTITY", "a rule: what the price is for; a fee: order, packet, dose, day or unit" },
    { "--unit", "WEIGHT", "what one unit of a fee holds, such as 500 mg" },
    { "--markup", "PERCENT", "on the cost of the lots taken" },
    { "--off", "PERCENT", "off the own price" },
    { "--priority", "N", "the higher decides [0]" },
    { "--replaces", "ID", "a rule, a fee: that one ends as this one begins" },
    { "--only", "WHICH", "of prices: by_rule, below_cost or unpriced" },
    { "--rate", "PERCENT", "of a tax category" },
    { "--from", "DAY", "first day" },
    { "--until", "DAY", "last day" },
    { "--tax-included", "YES|NO", "whether prices hold the tax already" },
    { "--pay-first", "YES|NO", "whether an order is handed over only when paid or vouched for" },
    { "--quote-minutes", "N", "how long a quote and its promo uses hold" },
    { "--drawer-limit", "MONEY", "a larger difference needs a second person" },
    { "--receipt-note", "TEXT", "at the foot of receipts" },
    { NULL, NULL, NULL },
};

const struct command command_sale = {
    .name = "sale",
    .summary = "tickets, receipts and refunds, the drawer of cash, prices and fees",
    .operands = "SUBCOMMAND [WHAT]",
    .more = "  new                       --line, --code, --patient, --group\n"
            "  add, change, code, uncode, customer TICKET …\n"
            "  show TICKET               what it costs and why, line by line\n"
            "  quote TICKET              freezes the price, reserves promo uses\n"
            "  pay TICKET                --total, --tender (several); books goods and money once\n"
            "  reopen, cancel TICKET     the payment failed; the sale is off\n"
            "  refund, void TICKET       --reason, --line; all of it without a line\n"
            "  receipt TICKET            as JSON, or on paper with --output; list [STATE]\n"
            "  drawer open, move, approve, close, list\n"
            "  rule add, rule end ID, rule list; fee add, fee end ID, fee list\n"
            "  rule try                  what a rule would make of the prices, with the options of rule add\n"
            "  prices [TEXT]             prices, cost and margin, and which rule made a price\n"
            "  group GROUP --name; tax CATEGORY --name --rate; taxes; settings\n"
            "  retire group GROUP; retire tax CATEGORY; restore group GROUP; restore tax CATEGORY\n",
    .options = options,
    .most_operands = 5,
    .run = run,
};
