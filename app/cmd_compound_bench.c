/* `yaofang compound picklist, pick, identify, short, packets`: an order at the bench. */
#include <stdlib.h>
#include <string.h>

#include "compound.h"
#include "core/bench.h"
#include "listing.h"
#include "sql.h"

static enum status show_picking(struct ctx *c, const struct called *in, int64_t id)
{
    static const struct list_column columns[] = {
        { "Drawer", "location", 10, LIST_TEXT },
        { "Line", "line_no", 5, LIST_TEXT },
        { "Herb", "pinyin", 20, LIST_TEXT },
        { "药", "hanzi", 10, LIST_TEXT },
        { "Lot", "lot_code", 16, LIST_TEXT },
        { "Use by", "expires_on", 12, LIST_TEXT },
        { "Wanted", "planned_mg", 10, LIST_WEIGHT },
        { "There", "there_mg", 10, LIST_WEIGHT },
        { "Looked at by", "identified_by", 0, LIST_TEXT },
        { NULL, NULL, 0, LIST_TEXT },
    };

    return list_show(c, in, &q_order_picking, PARAMS(SHOP(c), I64(id)), columns);
}

static enum status run_picklist(struct ctx *c, const struct called *in)
{
    int64_t id;

    TRY(compound_operand(c, in, &id));
    return show_picking(c, in, id);
}

static enum status run_pick(struct ctx *c, const struct called *in)
{
    int64_t id;

    TRY(compound_operand(c, in, &id));
    TRY(order_pick(c, id));
    return show_picking(c, in, id);
}

static enum status run_identify(struct ctx *c, const struct called *in)
{
    size_t scanned, typed;
    const char *const *scans = argument_list(c, in->in, "--scan", &scanned);
    const char *const *types = argument_list(c, in->in, "--type", &typed);
    struct identity_scan *list = arena_array(&c->arena, scanned + typed + 1, sizeof *list);
    int64_t id;

    TRY(compound_operand(c, in, &id));
    for (size_t i = 0; i < scanned; i++)
        list[i] = (struct identity_scan){ .code = scans[i] };
    for (size_t i = 0; i < typed; i++)
        list[scanned + i] = (struct identity_scan){ .code = types[i], .typed = true };
    TRY(order_identify(c, id, list, scanned + typed));
    return show_picking(c, in, id);
}

static enum status run_short(struct ctx *c, const struct called *in)
{
    size_t n;
    const char *const *typed = argument_list(c, in->in, "--weight", &n);
    struct order_weighing there;
    int64_t id;

    TRY(compound_operand(c, in, &id));
    if (n != 1)
        return ctx_fail(c, ST_INVALID, "--weight", NULL, "is needed once: \"LINE LOT WHAT-WAS-THERE\"");
    TRY(compound_lot_weight(c, id, typed[0], &there));
    TRY(order_shortfall(c, id, there.line_no, there.lot_id, there.location_id, there.weighed));
    return show_picking(c, in, id);
}

static enum status read_packet(struct ctx *c, const char *typed, struct packet_weight *packet)
{
    char *at;
    enum quantity_error error;

    *packet = (struct packet_weight){ .packet_no = strtoll(typed, &at, 10) };
    error = weight_parse(at + strspn(at, " "), &packet->weighed);
    if (at == typed || error != QUANTITY_OK)
        return ctx_fail(c, ST_INVALID, "--packet", typed,
                        "is a packet's number and weight, such as \"3 12.1 g\"");
    return ST_OK;
}

static enum status run_packets(struct ctx *c, const struct called *in)
{
    static const struct list_column columns[] = {
        { "Packet", "packet_no", 8, LIST_TEXT },
        { "Try", "attempt_no", 5, LIST_TEXT },
        { "Planned", "planned_mg", 10, LIST_WEIGHT },
        { "Weighed", "weighed_mg", 10, LIST_WEIGHT },
        { "Within", "within", 8, LIST_YES_NO },
        { "By", "checked_by", 0, LIST_TEXT },
        { NULL, NULL, 0, LIST_TEXT },
    };
    size_t n, off;
    const char *const *typed = argument_list(c, in->in, "--packet", &n);
    struct packet_weight *packets = arena_array(&c->arena, n + 1, sizeof *packets);
    int64_t id;

    TRY(compound_operand(c, in, &id));
    for (size_t i = 0; i < n; i++)
        TRY(read_packet(c, typed[i], &packets[i]));
    if (n > 0) {
        TRY(order_weigh_packets(c, id, packets, n, &off));
        if (off > 0 && !argument_given(in->in, "--json"))
            text_addf(in->out, "%zu outside the tolerance: put right and weigh once more\n", off);
    }
    return list_show(c, in, &q_packet_check_list, PARAMS(SHOP(c), I64(id)), columns);
}

const struct subcommand subcommand_picklist = { "picklist", "ORDER", "its lots, drawer by drawer", false,
                                                run_picklist };
const struct subcommand subcommand_pick = { "pick", "ORDER", "its lots were fetched", true, run_pick };
const struct subcommand subcommand_identify = { "identify", "ORDER", "look at picked lots", true,
                                                run_identify };
const struct subcommand subcommand_short = { "short", "ORDER", "a lot ran out", true, run_short };
const struct subcommand subcommand_packets = { "packets", "ORDER", "weigh packets again", true, run_packets };
