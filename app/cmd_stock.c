/* `yaofang stock`: what the shop keeps, where and from whom. Here the lists, and the table of subcommands. */
#include <stdlib.h>
#include <string.h>

#include "api/read.h"
#include "compound.h"
#include "core/furnish.h"
#include "sql.h"
#include "stock.h"

static const struct subcommand *const subcommands[] = {
    &subcommand_items,
    &subcommand_lots,
    &subcommand_locations,
    &subcommand_suppliers,
    &subcommand_item_add,
    &subcommand_item_change,
    &subcommand_location_add,
    &subcommand_location_change,
    &subcommand_supplier_add,
    &subcommand_supplier_change,
    &subcommand_pars,
    &subcommand_par,
    &subcommand_receive,
    &subcommand_status,
    &subcommand_scan,
    &subcommand_move,
    &subcommand_repack,
    &subcommand_transfers,
    &subcommand_send,
    &subcommand_accept,
    &subcommand_take_back,
    &subcommand_purchases,
    &subcommand_purchase_add,
    &subcommand_purchase_state,
    &subcommand_undo,
    &subcommand_adjustments,
    &subcommand_adjust,
    &subcommand_decide,
    &subcommand_counts,
    &subcommand_count_open,
    &subcommand_count_sheet,
    &subcommand_count_enter,
    &subcommand_count_differences,
    &subcommand_count_approve,
    &subcommand_count_book,
    &subcommand_count_cancel,
    &subcommand_recalls,
    &subcommand_recall_list,
    &subcommand_recall_call,
    &subcommand_recall_end,
    &subcommand_recall,
    &subcommand_trace_lot,
    &subcommand_trace_order,
    &subcommand_batches,
    &subcommand_batch_plan,
    &subcommand_batch_pick,
    &subcommand_batch_make,
    &subcommand_batch_check,
    &subcommand_batch_cancel,
    &subcommand_attach_receipt,
    &subcommand_attach_purchase,
    &subcommand_attach,
    &subcommand_attachments,
    &subcommand_attachment,
    NULL,
};

static enum status run_items(struct ctx *c, const struct called *in)
{
    static const struct list_column shown[] = {
        { "SKU", "sku", 22, LIST_TEXT },
        { "Free", "free", 12, LIST_AMOUNT },
        { "Reserved", "reserved", 12, LIST_AMOUNT },
        { "On hand", "on_hand", 12, LIST_AMOUNT },
        { "Expires", "first_expiry", 12, LIST_TEXT },
        { "Place", "home", 8, LIST_TEXT },
        { "Name", "name", 0, LIST_TEXT },
        { NULL, NULL, 0, LIST_TEXT },
    };
    const char *typed = in->operand_count == 0 ? NULL : in->operands[0];
    const char **ids = NULL;
    size_t n = 0;

    if (typed != NULL)
        item_search(c, in->knowledge, typed, &ids, &n);
    return list_show(c, in, &q_item_list,
                     PARAMS(SHOP(c), TEXT_OR_NULL(typed), NONE(), TEXTS(ids, n), NONE(), NONE(), NONE()),
                     shown);
}

static enum status run_lots(struct ctx *c, const struct called *in)
{
    static const struct list_column shown[] = {
        { "Lot", "lot_code", 18, LIST_TEXT },       { "SKU", "sku", 22, LIST_TEXT },
        { "There", "quantity", 12, LIST_AMOUNT },   { "Place", "location", 8, LIST_TEXT },
        { "Expires", "expires_on", 12, LIST_TEXT }, { "Status", "status", 13, LIST_TEXT },
        { "Not usable", "refusal", 0, LIST_TEXT },  { NULL, NULL, 0, LIST_TEXT },
    };

    return list_show(c, in, &q_lot_list,
                     PARAMS(SHOP(c), NONE(), NONE(),
                            TEXT_OR_NULL(in->operand_count == 0 ? NULL : in->operands[0]), BOOL(false)),
                     shown);
}

static enum status run_locations(struct ctx *c, const struct called *in)
{
    static const struct list_column shown[] = {
        { "Place", "code", 12, LIST_TEXT },
        { "Kind", "kind", 14, LIST_TEXT },
        { "Name", "name", 0, LIST_TEXT },
        { NULL, NULL, 0, LIST_TEXT },
    };

    return list_show(c, in, &q_location_list, PARAMS(SHOP(c), NONE(), NONE(), NONE()), shown);
}

static enum status run_suppliers(struct ctx *c, const struct called *in)
{
    static const struct list_column shown[] = {
        { "Supplier", "code", 12, LIST_TEXT }, { "Lots", "lots", 8, LIST_TEXT },
        { "Phone", "phone", 18, LIST_TEXT },   { "Lead days", "lead_time_days", 11, LIST_TEXT },
        { "Name", "name", 0, LIST_TEXT },      { NULL, NULL, 0, LIST_TEXT },
    };

    return list_show(c, in, &q_supplier_list, PARAMS(SHOP(c), NONE(), NONE()), shown);
}

static enum status run_pars(struct ctx *c, const struct called *in)
{
    static const struct list_column shown[] = {
        { "Place", "location", 12, LIST_TEXT },
        { "SKU", "sku", 22, LIST_TEXT },
        { "Should", "par", 12, LIST_AMOUNT },
        { "Is", "here", 12, LIST_AMOUNT },
        { "Missing", "missing", 12, LIST_AMOUNT },
        { "Name", "name", 0, LIST_TEXT },
        { NULL, NULL, 0, LIST_TEXT },
    };

    return list_show(c, in, &q_par_list, PARAMS(SHOP(c), BOOL(argument_given(in->in, "--missing"))), shown);
}

const struct subcommand subcommand_pars = { "pars", "", "what places should hold", false, run_pars };
const struct subcommand subcommand_items = { "items", "[TEXT]", "what the shop keeps", false, run_items };
const struct subcommand subcommand_lots = { "lots", "[LOT]", "lots and where they lie", false, run_lots };
const struct subcommand subcommand_locations = { "locations", "", "the shop's places", false, run_locations };
const struct subcommand subcommand_suppliers = { "suppliers", "", "its suppliers", false, run_suppliers };

static enum status run(struct ctx *c, const struct arguments *in)
{
    return subcommand_run(c, in, command_stock.name, subcommands);
}

static const struct option options[] = {
    { "--as", "USERNAME", "the person who acts" },
    { "--shop", "SLUG", "her shop, when several shops know the name" },
    { "--key", "TEXT", "act once: the same key again prints the first answer" },
    { "--json", NULL, "lists as the API answers them" },
    { "--name", "TEXT", "name of a place, supplier or item [an item: its herb's]" },
    { "--hanzi", "TEXT", "its Chinese name" },
    { "--kind", "KIND",
      "a place: drawer, cabinet, shelf, refrigerator, bench, quarantine; an item: raw, granule, "
      "powder, product, goods; a file: certificate, invoice, photograph, other" },
    { "--restricted", "YES|NO", "whether the place is locked away [no]" },
    { "--retired", "YES|NO", "a place, supplier or item: out of use, or back into it" },
    { "--phone", "TEXT", "of a supplier" },
    { "--email", "TEXT", "of a supplier" },
    { "--city", "TEXT", "of a supplier" },
    { "--supplies", "TEXT", "what a supplier is good for" },
    { "--papers", "TEXT", "what papers come with a supplier's goods" },
    { "--lead-days", "N", "from order to delivery" },
    { "--herb", "TEXT", "the herb of an item, by any name" },
    { "--product", "TEXT", "the product of an item, by any name" },
    { "--preparation", "TEXT", "such as honey-fried" },
    { "--unit", "UNIT", "mg, or each for products counted in pieces [mg; goods: each]" },
    { "--ratio", "RATIO", "of granules: 5:1 is 5 g of crude herb in a gram" },
    { "--price", "MONEY", "selling price [0]" },
    { "--per", "QUANTITY", "what the price is for [1 g, or 1 piece]" },
    { "--home", "PLACE", "where the item belongs" },
    { "--gtin", "DIGITS", "of an item: the number in its bar code" },
    { "--tax", "CATEGORY", "the item's tax category" },
    { "--flags", "WORDS", "such as fresh;toxic" },
    { "--content", "WEIGHT", "crude herb in one piece of a ready-made product, as its maker states" },
    { "--pack", "QUANTITY", "what one pack with that bar code holds" },
    { "--reorder", "QUANTITY", "order again below that: 500 g, or 24 pieces" },
    { "--line", "\"SKU LOT EXPIRY PLACE QUANTITY\"",
      "a lot of a delivery: \"R-1 BZ-77 2028-05 A01 500 g for 12.50\"; \"-\" does not expire" },
    { "--certificate", "TEXT", "of all lines; lots without one wait in quarantine" },
    { "--missing", NULL, "only places that hold less than they should" },
    { "--item", "SKU", "whose lot is meant, when several items have that lot" },
    { "--reason", "TEXT", "why a lot's status changes; of a correction, its code" },
    { "--note", "TEXT", "kept with what is done" },
    { "--place", "PLACE", "what to count; give it again for more" },
    { "--use", "USE", "of a correction: adjust, write_off, return_to_supplier, customer_return" },
    { "--order", "N", "of a customer's return: the order" },
    { "--seen", NULL, "of a count: the sheet says what should be there" },
    { "--mock", NULL, "of a recall: everything but the bar" },
    { "--formula", "TEXT", "what a batch is made of, by any name" },
    { "--form", "KIND", "of which items: raw, granule or powder [raw]" },
    { "--keeps", "DAYS", "how long a batch keeps [365]" },
    { "--piece", "WEIGHT", "what a piece of a batch weighs" },
    { "--lot", "LOT", "lot code of a batch" },
    { "--sha256", "DIGITS", "of a file to attach: refused unless that is its checksum" },
    { "-o", "FILE", "where an attachment or a count's sheet is written" },
    { "--output", "FILE", "the same" },
    { "--format", "FORMAT", "of a count's sheet: pdf or xlsx; without, and without a file, a list" },
    { "--paper", "SIZE", "of a count's sheet: a4 or letter [a4]" },
    { NULL, NULL, NULL },
};

const struct command command_stock = {
    .name = "stock",
    .summary = "places, suppliers, items, lots; receive, move, count, correct, recall, make",
    .operands = "SUBCOMMAND [WHAT]",
    .more =
        "  items [TEXT]            what the shop keeps and what is free, by any name\n"
        "  lots [LOT]              lots, where they lie, and why one may not be used\n"
        "  locations, suppliers    the shop's places and suppliers\n"
        "  item add SKU            --kind, --herb or --product (goods: --name), --price, --ratio for "
        "granules\n"
        "  item change SKU         name, price, place, re-order; what is not given stays\n"
        "  location add CODE       --kind, --name\n"
        "  location change CODE    --name, --restricted, --retired\n"
        "  supplier add CODE       --name\n"
        "  supplier change CODE    what is not given stays\n"
        "  receive SUPPLIER INVOICE  a delivery: one --line for each lot, --certificate\n"
        "  status LOT STATUS       released, quarantined, held or recalled, with --reason\n"
        "  scan CODE               what a bar code says: item, lot, expiry, weight\n"
        "  purchases               purchase orders; purchase add SUPPLIER with --line \"SKU 500 g for "
        "12.50\"\n"
        "  purchase state N STATE  sent, closed or cancelled\n"
        "  undo RECEIPT            takes a delivery back, with --reason\n"
        "  move LOT FROM TO QUANTITY   from place to place\n"
        "  repack LOT FROM         several lots of one: a --line \"QUANTITY\" for each\n"
        "  transfers               to and from other shops; send SHOP with --line \"LOT FROM QUANTITY\"\n"
        "  accept SHOP N           what a shop sent: --line \"LINE PLACE QUANTITY\"; take back N, the same\n"
        "  adjustments             corrections; adjust LOT PLACE QUANTITY with --use and --reason; decide N "
        "yes|no\n"
        "  counts                  count open TITLE, count sheet N (--format pdf or xlsx, -o FILE), count "
        "enter N "
        "with\n"
        "                          --line \"LINE QUANTITY\", a line by its number or as scanned from the "
        "sheet,\n"
        "                          count differences N, count approve N, count book N, count cancel N\n"
        "  recalls                 recall LOT with --reason, --mock; recall list N, recall call N PATIENT "
        "STATUS,\n"
        "                          recall end N\n"
        "  trace lot LOT, trace order N   forward and back, as JSON\n"
        "  batches                 batch plan SKU QUANTITY PLACE with --formula or --line \"SKU QUANTITY\", "
        "then\n"
        "                          batch pick N, batch make N QUANTITY, batch check N, batch cancel N\n"
        "  attach LOT FILE         a certificate of analysis; attach delivery N FILE, attach purchase N "
        "FILE\n"
        "  attachments [LOT]       files, with their checksums; attachment ID with --output FILE\n",
    .options = options,
    .most_operands = 6,
    .run = run,
};
