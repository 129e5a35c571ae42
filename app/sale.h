/* `yaofang sale` and `yaofang promo`: what their subcommands share. */
#ifndef YAOFANG_SALE_H
#define YAOFANG_SALE_H

#include "core/sale_setup.h"
#include "core/ticket.h"
#include "stock.h"
#include "subcommand.h"

extern const struct subcommand subcommand_sale_new, subcommand_sale_list, subcommand_sale_show,
    subcommand_sale_add, subcommand_sale_change, subcommand_sale_code, subcommand_sale_uncode,
    subcommand_sale_customer, subcommand_sale_quote, subcommand_sale_reopen, subcommand_sale_pay,
    subcommand_sale_cancel, subcommand_sale_refund, subcommand_sale_void, subcommand_sale_receipt;
extern const struct subcommand subcommand_drawer_open, subcommand_drawer_move, subcommand_drawer_approve,
    subcommand_drawer_close, subcommand_drawer_list, subcommand_rule_add, subcommand_rule_end,
    subcommand_rule_list, subcommand_fee_add, subcommand_fee_end, subcommand_fee_list, subcommand_group_set,
    subcommand_retire_group, subcommand_restore_group, subcommand_retire_tax, subcommand_restore_tax,
    subcommand_tax_set, subcommand_tax_list, subcommand_settings, subcommand_prices, subcommand_rule_try;

/* The first operand as a number; ST_INVALID when it is missing or none. */
enum status sale_number(struct ctx *c, const struct called *in, size_t at, const char *name,
                        int64_t *number) MUST_CHECK;

/* An option that is a sum of money; `*money` keeps its value when it was not given. */
enum status sale_money(struct ctx *c, const struct called *in, const char *option,
                       struct money *money) MUST_CHECK;

/* An option that is a day; DATE_NONE when it was not given. */
enum status sale_date(struct ctx *c, const struct called *in, const char *option,
                      struct date *date) MUST_CHECK;

/* "5", "5 %" or "7.5" as basis points. */
enum status sale_percent(struct ctx *c, const struct called *in, const char *option,
                         int64_t *points) MUST_CHECK;

/* "S-GINGER-TEA 2", "R-GUI-ZHI 50 g", "order 12", or a bar code alone. */
enum status sale_want(struct ctx *c, const char *typed, struct ticket_want *want) MUST_CHECK;

/* A price rule from the options that say one. */
enum status sale_rule(struct ctx *c, const struct called *in, struct price_rule_new *rule) MUST_CHECK;

/* The customer of --patient (a code) and --group. */
enum status sale_customer(struct ctx *c, const struct called *in,
                          struct ticket_customer *customer) MUST_CHECK;

/* Writes the ticket, its lines with prices and reasons, and what comes next; as the API answers it with --json. */
enum status sale_show(struct ctx *c, const struct called *in, int64_t id) MUST_CHECK;

/* Writes a price: lines, codes with what each did and why not, sums. */
void sale_print_price(struct ctx *c, struct text *out, const struct ticket_price *price);

#endif
