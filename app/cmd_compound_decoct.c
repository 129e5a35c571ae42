/* `yaofang compound decoct, decocted, schemes, machines, machine add, machine retire`: boiling in the shop. */
#include "compound.h"
#include "core/decoction.h"
#include "db/db.h"
#include "listing.h"
#include "sql.h"

static enum status run_decoct(struct ctx *c, const struct called *in)
{
    struct decoction_wish wish = {
        .scheme = argument_text(in->in, "--scheme", "general"),
        .machine = argument_text(in->in, "--machine", NULL),
        .soak_minutes = -1,
        .water_ml = -1,
        .first_boil_minutes = -1,
        .second_boil_minutes = -1,
    };
    int64_t id;

    TRY(compound_operand(c, in, &id));
    TRY(argument_number(c, in->in, "--soak", 0, 240, &wish.soak_minutes));
    TRY(argument_number(c, in->in, "--water", 50, 200000, &wish.water_ml));
    TRY(argument_number(c, in->in, "--first-boil", 1, 240, &wish.first_boil_minutes));
    TRY(argument_number(c, in->in, "--second-boil", 0, 240, &wish.second_boil_minutes));
    TRY(argument_number(c, in->in, "--minutes-ago", 0, 1440, &wish.minutes_ago));
    if (wish.machine == NULL)
        return ctx_fail(c, ST_INVALID, "--machine", NULL,
                        "is needed: `yaofang compound machines` lists the shop's");
    TRY(decoction_begin(c, id, &wish));
    return compound_show_order(c, in, id);
}

static enum status run_decocted(struct ctx *c, const struct called *in)
{
    const char *note = argument_text(in->in, "--note", NULL);
    int64_t id, bags = 0, bag_ml = 0;

    TRY(compound_operand(c, in, &id));
    TRY(argument_number(c, in->in, "--bags", 1, 2000, &bags));
    TRY(argument_number(c, in->in, "--bag-ml", 10, 2000, &bag_ml));
    TRY(argument_given(in->in, "--failed") ? decoction_fail(c, id, note)
                                           : decoction_end(c, id, bags, bag_ml, note));
    return compound_show_order(c, in, id);
}

static enum status run_schemes(struct ctx *c, const struct called *in)
{
    static const struct list_column shown[] = {
        { "Scheme", "id", 10, LIST_TEXT },
        { "Soak", "soak_minutes", 6, LIST_TEXT },
        { "First", "first_boil_minutes", 6, LIST_TEXT },
        { "Second", "second_boil_minutes", 7, LIST_TEXT },
        { "ml per 100 g", "water_ml_per_100g", 13, LIST_TEXT },
        { "Facts", "verified", 6, LIST_TEXT },
        { "For", "used_for", 0, LIST_TEXT },
        { NULL, NULL, 0, LIST_TEXT },
    };

    return list_show(c, in, &q_decoction_scheme_list, NO_PARAMS, shown);
}

static enum status run_machines(struct ctx *c, const struct called *in)
{
    static const struct list_column shown[] = {
        { "No.", "id", 6, LIST_TEXT },
        { "Code", "code", 12, LIST_TEXT },
        { "Name", "name", 30, LIST_TEXT },
        { "ml", "capacity_ml", 8, LIST_TEXT },
        { "Busy with order", "busy_with", 0, LIST_TEXT },
        { NULL, NULL, 0, LIST_TEXT },
    };

    return list_show(c, in, &q_decoction_machine_list, PARAMS(SHOP(c), NONE()), shown);
}

static enum status run_machine_add(struct ctx *c, const struct called *in)
{
    const char *code = in->operand_count == 0 ? "" : in->operands[0];
    int64_t capacity = 0, id;

    TRY(argument_number(c, in->in, "--capacity", 100, 200000, &capacity));
    if (*code == '\0' || capacity == 0)
        return ctx_fail(c, ST_INVALID, "--capacity", NULL, "is needed with the machine's code: milliliters");
    TRY(decoction_machine_add(c, code, argument_text(in->in, "--name", code), capacity, &id));
    return run_machines(c, in);
}

static enum status run_machine_retire(struct ctx *c, const struct called *in)
{
    int64_t id;

    TRY(compound_operand(c, in, &id));
    TRY(decoction_machine_retire(c, id));
    return run_machines(c, in);
}

const struct subcommand subcommand_decoct = { "decoct", "ORDER", "begin to boil it", true, run_decoct };
const struct subcommand subcommand_decocted = { "decocted", "ORDER", "what came out", true, run_decocted };
const struct subcommand subcommand_schemes = { "schemes", "", "how to decoct", false, run_schemes };
const struct subcommand subcommand_machines = { "machines", "", "the shop's machines", false, run_machines };
const struct subcommand subcommand_machine_add = { "machine add", "CODE", "add a machine", true,
                                                   run_machine_add };
const struct subcommand subcommand_machine_retire = { "machine retire", "NUMBER", "take it out of use", true,
                                                      run_machine_retire };
