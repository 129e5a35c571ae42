/* `yaofang bench`: what the shop wants at its bench, and what level spoons hold. */
#include <stdlib.h>
#include <string.h>

#include "core/bench.h"
#include "core/scale.h"
#include "db/db.h"
#include "listing.h"
#include "sql.h"

static enum status show(struct ctx *c, const struct called *in)
{
    static const struct list_column columns[] = {
        { "Identity", "identity", 16, LIST_TEXT },
        { "Packets again", "packet_checks", 15, LIST_TEXT },
        { "All of it", "total_check", 11, LIST_YES_NO },
        { "Spoon shift (permille)", "density_permille", 0, LIST_TEXT },
        { NULL, NULL, 0, LIST_TEXT },
    };

    return list_show(c, in, &q_bench_settings_show, PARAMS(SHOP(c)), columns);
}

static enum status run_set(struct ctx *c, const struct called *in)
{
    struct bench_settings s = { .packet_checks = -1, .total_check = -1, .density_permille = -1 };

    s.identity = argument_text(in->in, "--identity", NULL);
    TRY(argument_number(c, in->in, "--packets", 0, 100, &s.packet_checks));
    TRY(argument_number(c, in->in, "--total", 0, 1, &s.total_check));
    TRY(argument_number(c, in->in, "--shift", 0, 1000, &s.density_permille));
    TRY(bench_set(c, &s));
    return show(c, in);
}

static enum status list_spoons(struct ctx *c, const struct called *in)
{
    static const struct list_column columns[] = {
        { "No", "id", 5, LIST_TEXT },
        { "Lot", "lot_code", 16, LIST_TEXT },
        { "Order", "order_id", 7, LIST_TEXT },
        { "Spoon", "spoon", 14, LIST_TEXT },
        { "Spoons", "spoons", 8, LIST_TEXT },
        { "Weigh", "weighed_mg", 10, LIST_WEIGHT },
        { "Shift", "shift_permille", 7, LIST_TEXT },
        { "By", "measured_by", 0, LIST_TEXT },
        { NULL, NULL, 0, LIST_TEXT },
    };
    int64_t lot = 0, order = 0;

    TRY(argument_number(c, in->in, "--lot", 1, INT64_MAX, &lot));
    TRY(argument_number(c, in->in, "--order", 1, INT64_MAX, &order));
    return list_show(c, in, &q_spoon_list, PARAMS(SHOP(c), NONE(), I64_OR_NULL(lot), I64_OR_NULL(order)),
                     columns);
}

static enum status read_weight(struct ctx *c, const struct called *in, struct spoon_measure *m)
{
    const struct link_limits limits = { in->in->config->devices, SCALE_PATIENCE_MS };
    const char *scale = argument_text(in->in, "--scale", NULL),
               *typed = argument_text(in->in, "--weight", NULL);
    enum quantity_error error;
    struct scale_taken taken;

    if (scale != NULL) {
        TRY(scale_take(c, &limits, scale, &taken));
        m->reading_id = taken.id;
        return ST_OK;
    }
    error = weight_parse(typed == NULL ? "" : typed, &m->weighed);
    return error == QUANTITY_OK
               ? ST_OK
               : ctx_fail(c, ST_INVALID, "--weight", typed, "%s", quantity_error_rule(error));
}

static enum status run_spoon(struct ctx *c, const struct called *in)
{
    struct spoon_measure m = { .spoons = 1 };
    struct spoon_measured measured;

    TRY(argument_number(c, in->in, "--lot", 1, INT64_MAX, &m.lot_id));
    TRY(argument_number(c, in->in, "--order", 1, INT64_MAX, &m.order_id));
    TRY(argument_number(c, in->in, "--spoons", 1, 100, &m.spoons));
    m.spoon = argument_text(in->in, "--spoon", "");
    TRY(read_weight(c, in, &m));
    TRY(spoon_measure_add(c, &m, &measured));
    if (measured.shifted && !argument_given(in->in, "--json"))
        text_addf(
            in->out,
            "warning: a spoon holds %lld.%lld %% %s than at the measure before%s%s: tell who takes it\n",
            (long long)llabs(measured.shift_permille) / 10, (long long)llabs(measured.shift_permille) % 10,
            measured.shift_permille > 0 ? "more" : "less", *measured.compared_lot == '\0' ? "" : ", of lot ",
            measured.compared_lot);
    return list_spoons(c, in);
}

static const struct subcommand showing = { "show", "", "what the shop wants", false, show };
static const struct subcommand setting = { "set", "", "from the next allocation on", true, run_set };
static const struct subcommand spoon = { "spoon", "", "so many level spoons weighed so much", true,
                                         run_spoon };
static const struct subcommand spoons = { "spoons", "", "what spoons hold", false, list_spoons };
static const struct subcommand *const subcommands[] = { &showing, &setting, &spoon, &spoons, NULL };

static enum status run(struct ctx *c, const struct arguments *in)
{
    return subcommand_run(c, in, command_bench.name, subcommands);
}

static const struct option options[] = {
    { "--as", "USERNAME", "the person who acts" },
    { "--shop", "SLUG", "her shop, when several shops know the name" },
    { "--key", "TEXT", "act once: the same key again prints the first answer" },
    { "--json", NULL, "list as the API answers" },
    { "--identity", "RULE", "choice, scan (each lot's label), second_person (another than the picker)" },
    { "--packets", "N", "how many packets of an order are weighed again, 0 to 100" },
    { "--total", "0|1", "whether all of it is weighed again" },
    { "--shift", "PERMILLE", "from which shift of a spoon's weight on to warn, 0 to 1000" },
    { "--lot", "ID", "the lot the spoon was filled from" },
    { "--order", "ORDER", "the order whose mixture it was filled from" },
    { "--spoon", "TEXT", "which spoon: \"5 ml\"" },
    { "--spoons", "N", "how many level ones were weighed [1]" },
    { "--weight", "WEIGHT", "what they weighed" },
    { "--scale", "CODE", "read it from this scale" },
    { NULL, NULL, NULL },
};

const struct command command_bench = {
    .name = "bench",
    .summary = "what the shop wants at its bench; what level spoons hold",
    .operands = "SUBCOMMAND",
    .more = "  show            what the shop wants\n"
            "  set             --identity, --packets, --total, --shift; by an administrator\n"
            "  spoon           --lot or --order, --spoon, --spoons, --weight or --scale\n"
            "  spoons          of a --lot, an --order, or all\n",
    .options = options,
    .most_operands = 1,
    .run = run,
};
