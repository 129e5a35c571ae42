/* `yaofang stock`: what its subcommands share. */
#ifndef YAOFANG_STOCK_H
#define YAOFANG_STOCK_H

#include "db/db.h"
#include "listing.h"

extern const struct subcommand subcommand_items, subcommand_lots, subcommand_locations, subcommand_suppliers,
    subcommand_item_add, subcommand_item_change, subcommand_location_add, subcommand_location_change,
    subcommand_supplier_add, subcommand_supplier_change, subcommand_receive, subcommand_status,
    subcommand_scan, subcommand_move, subcommand_repack, subcommand_transfers, subcommand_send,
    subcommand_accept, subcommand_take_back, subcommand_purchases, subcommand_purchase_add,
    subcommand_purchase_state, subcommand_undo, subcommand_adjustments, subcommand_adjust, subcommand_decide,
    subcommand_counts, subcommand_count_open, subcommand_count_sheet, subcommand_count_enter,
    subcommand_count_differences, subcommand_count_approve, subcommand_count_book, subcommand_count_cancel,
    subcommand_recalls, subcommand_recall, subcommand_recall_list, subcommand_recall_call,
    subcommand_recall_end, subcommand_trace_lot, subcommand_trace_order, subcommand_batches,
    subcommand_batch_plan, subcommand_batch_pick, subcommand_batch_make, subcommand_batch_check,
    subcommand_batch_cancel, subcommand_pars, subcommand_par, subcommand_attach, subcommand_attach_receipt,
    subcommand_attach_purchase, subcommand_attachments, subcommand_attachment;

/* The operand of that place; ST_INVALID naming it when it was not typed. */
enum status stock_operand(struct ctx *c, const struct called *in, size_t at, const char *name,
                          const char **text) MUST_CHECK;

/* "500 g" is 500000 mg, "3 liang" what the shop means by it, "24" is 24 each; ST_INVALID names what was typed. */
enum status stock_quantity(struct ctx *c, const char *field, const char *typed, int64_t *quantity,
                           const char **unit) MUST_CHECK;

/* The one row of a statement as JSON; ST_NOT_FOUND when there is none. */
enum status stock_show_row(struct ctx *c, const struct called *in, const struct query *query,
                           const struct param *params, size_t count) MUST_CHECK;

/* The lot of that code (of --item, where several items have it), and its item's SKU. */
enum status stock_lot(struct ctx *c, const struct called *in, const char *code, int64_t *id,
                      const char **sku) MUST_CHECK;

/* The operand of that place as a whole number from 1. */
enum status stock_number_operand(struct ctx *c, const struct called *in, size_t at, const char *name,
                                 int64_t *number) MUST_CHECK;

/* The file named by -o or --output; NULL when none is. Writing bytes to it. */
const char *stock_output(const struct called *in);
enum status stock_write(struct ctx *c, const char *path, const void *data, size_t size) MUST_CHECK;

/* A count's sheet into a file: --format pdf (--paper a4 or letter) or xlsx. */
enum status stock_sheet_file(struct ctx *c, const struct called *in, int64_t count_id) MUST_CHECK;

/* The words of a typed line, split at spaces; what is behind the last of `most` stays together. */
size_t stock_words(struct ctx *c, const char *typed, size_t most, const char **words);

#endif
