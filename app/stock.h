/* `yaofang stock`: what its subcommands share. */
#ifndef YAOFANG_STOCK_H
#define YAOFANG_STOCK_H

#include "subcommand.h"

extern const struct subcommand subcommand_items, subcommand_lots, subcommand_locations, subcommand_suppliers,
    subcommand_item_add, subcommand_item_change, subcommand_location_add, subcommand_location_change,
    subcommand_supplier_add, subcommand_supplier_change, subcommand_receive, subcommand_status;

/* The operand of that place; ST_INVALID naming it when it was not typed. */
enum status stock_operand(struct ctx *c, const struct called *in, size_t at, const char *name,
                          const char **text) MUST_CHECK;

/* "500 g" is 500000 mg, "24" is 24 each; ST_INVALID names what was typed. */
enum status stock_quantity(struct ctx *c, const char *field, const char *typed, int64_t *quantity,
                           const char **unit) MUST_CHECK;

#endif
