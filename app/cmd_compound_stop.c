/* `yaofang compound hold, ask, reply, lift, reject, waste, forgo, return, destroy, witness, and what is stopped, short, owed, returned`: an order's side ways. */
#include "compound.h"
#include "core/order.h"
#include "core/order_return.h"
#include "db/db.h"
#include "listing.h"
#include "sql.h"

/* The options several of them take. */
struct said {
    int64_t id, stop;
    const char *reason, *note;
};

static enum status read_said(struct ctx *c, const struct called *in, bool reason_needed, struct said *said)
{
    TRY(compound_operand(c, in, &said->id));
    said->stop = 0;
    TRY(argument_number(c, in->in, "--stop", 1, INT32_MAX, &said->stop));
    said->reason = argument_text(in->in, "--reason", NULL);
    said->note = argument_text(in->in, "--note", NULL);
    if (reason_needed && said->reason == NULL)
        return ctx_fail(c, ST_INVALID, "--reason", NULL,
                        "is needed: `yaofang compound reasons` lists the codes");
    return ST_OK;
}

static enum status run_hold(struct ctx *c, const struct called *in)
{
    struct said said;

    TRY(read_said(c, in, true, &said));
    TRY(order_hold(c, said.id, said.reason, said.note, NULL));
    return compound_show_order(c, in, said.id);
}

static enum status run_ask(struct ctx *c, const struct called *in)
{
    struct said said;

    TRY(read_said(c, in, false, &said));
    if (said.note == NULL)
        return ctx_fail(c, ST_INVALID, "--note", NULL, "is needed: the question");
    TRY(order_ask(c, said.id, said.note, NULL));
    return compound_show_order(c, in, said.id);
}

static enum status run_reply(struct ctx *c, const struct called *in)
{
    const char *verdict = argument_text(in->in, "--verdict", NULL);
    struct said said;

    TRY(read_said(c, in, false, &said));
    if (verdict == NULL)
        return ctx_fail(c, ST_INVALID, "--verdict", NULL, "is needed: as_written, will_change or withdrawn");
    TRY(order_answer(c, said.id, said.stop, verdict, said.note));
    return compound_show_order(c, in, said.id);
}

static enum status run_lift(struct ctx *c, const struct called *in)
{
    struct said said;

    TRY(read_said(c, in, false, &said));
    TRY(order_lift(c, said.id, said.stop, argument_given(in->in, "--take-back"), said.note));
    return compound_show_order(c, in, said.id);
}

static enum status run_reject(struct ctx *c, const struct called *in)
{
    struct said said;

    TRY(read_said(c, in, true, &said));
    TRY(order_reject(c, said.id, said.reason, said.note));
    return compound_show_order(c, in, said.id);
}

static enum status run_waste(struct ctx *c, const struct called *in)
{
    struct said said;
    int64_t successor;

    TRY(read_said(c, in, true, &said));
    TRY(order_waste(c, in->knowledge, said.id, said.reason, said.note, argument_given(in->in, "--again"),
                    &successor));
    return compound_show_order(c, in, successor == 0 ? said.id : successor);
}

static enum status run_forgo(struct ctx *c, const struct called *in)
{
    struct said said;

    TRY(read_said(c, in, true, &said));
    TRY(order_forgo(c, said.id, said.reason, said.note));
    return compound_show_order(c, in, said.id);
}

static enum status run_return(struct ctx *c, const struct called *in)
{
    struct said said;
    int64_t packets = 0;

    TRY(read_said(c, in, true, &said));
    TRY(argument_number(c, in->in, "--packets", 1, 1000, &packets));
    TRY(order_return(c, said.id, packets, said.reason, said.note, NULL));
    return compound_show_order(c, in, said.id);
}

static enum status run_destroy(struct ctx *c, const struct called *in)
{
    struct said said;
    int64_t which = 0;

    TRY(read_said(c, in, true, &said));
    TRY(argument_number(c, in->in, "--return", 1, INT32_MAX, &which));
    TRY(order_destroy(c, said.id, which, said.reason, said.note));
    return compound_show_order(c, in, said.id);
}

static enum status run_witness(struct ctx *c, const struct called *in)
{
    struct said said;
    int64_t which = 0;

    TRY(read_said(c, in, false, &said));
    TRY(argument_number(c, in->in, "--return", 1, INT32_MAX, &which));
    TRY(order_witness(c, said.id, which));
    return compound_show_order(c, in, said.id);
}

static enum status run_returned(struct ctx *c, const struct called *in)
{
    static const struct list_column shown[] = {
        { "Order", "order_id", 7, LIST_TEXT },        { "Return", "return_no", 7, LIST_TEXT },
        { "Packets", "packets", 8, LIST_TEXT },       { "Patient", "patient_name", 24, LIST_TEXT },
        { "Since", "received_at", 28, LIST_TEXT },    { "Destroyed by", "destroyed_by", 22, LIST_TEXT },
        { "Reason", "reason_english", 0, LIST_TEXT }, { NULL, NULL, 0, LIST_TEXT },
    };

    return list_show(c, in, &q_order_returned_list, PARAMS(SHOP(c)), shown);
}

static enum status run_stopped(struct ctx *c, const struct called *in)
{
    static const struct list_column shown[] = {
        { "Order", "order_id", 7, LIST_TEXT },
        { "Stop", "stop_no", 5, LIST_TEXT },
        { "Kind", "kind", 6, LIST_TEXT },
        { "State", "state", 10, LIST_TEXT },
        { "Patient", "patient_name", 22, LIST_TEXT },
        { "By", "placed_by", 20, LIST_TEXT },
        { "Reason", "reason_english", 30, LIST_TEXT },
        { "Note or question", "note", 0, LIST_TEXT },
        { NULL, NULL, 0, LIST_TEXT },
    };

    return list_show(c, in, &q_order_stopped_list, PARAMS(SHOP(c), NONE(), NONE(), USER(c)), shown);
}

static enum status run_owed(struct ctx *c, const struct called *in)
{
    static const struct list_column shown[] = {
        { "Prescription", "prescription_id", 13, LIST_TEXT },
        { "Supply", "supply_no", 7, LIST_TEXT },
        { "Owed", "packets_owed", 5, LIST_TEXT },
        { "Of", "packets", 5, LIST_TEXT },
        { "Since", "opened_on", 12, LIST_TEXT },
        { "Patient", "patient_name", 24, LIST_TEXT },
        { "Phone", "phone", 18, LIST_TEXT },
        { "Ordered", "orders", 0, LIST_TEXT },
        { NULL, NULL, 0, LIST_TEXT },
    };

    return list_show(c, in, &q_owed_list, PARAMS(SHOP(c), NONE()), shown);
}

static enum status run_shorts(struct ctx *c, const struct called *in)
{
    static const struct list_column shown[] = {
        { "Order", "order_id", 7, LIST_TEXT },
        { "Patient", "patient_name", 24, LIST_TEXT },
        { "Phone", "phone", 18, LIST_TEXT },
        { "Tries", "tries", 6, LIST_TEXT },
        { "Packets", "packets", 8, LIST_TEXT },
        { "Possible", "packets_possible", 9, LIST_TEXT },
        { "Missing", "missing_mg", 12, LIST_WEIGHT },
        { "Of", "missing", 0, LIST_TEXT },
        { NULL, NULL, 0, LIST_TEXT },
    };

    return list_show(c, in, &q_order_short_list, PARAMS(SHOP(c)), shown);
}

static enum status run_reasons(struct ctx *c, const struct called *in)
{
    static const struct list_column shown[] = {
        { "Use", "use", 14, LIST_TEXT },
        { "Code", "code", 22, LIST_TEXT },
        { "English", "english", 44, LIST_TEXT },
        { "中文", "zh_hans", 0, LIST_TEXT },
        { NULL, NULL, 0, LIST_TEXT },
    };

    return list_show(c, in, &q_order_reasons, PARAMS(NONE()), shown);
}

const struct subcommand subcommand_hold = { "hold", "ORDER", "keep it where it stands", true, run_hold };
const struct subcommand subcommand_ask = { "ask", "ORDER", "ask the prescriber", true, run_ask };
const struct subcommand subcommand_reply = { "reply", "ORDER", "the prescriber's answer", true, run_reply };
const struct subcommand subcommand_lift = { "lift", "ORDER", "end a hold or a question", true, run_lift };
const struct subcommand subcommand_reject = { "reject", "ORDER", "decline it", true, run_reject };
const struct subcommand subcommand_waste = { "waste", "ORDER", "book its loss, start again", true,
                                             run_waste };
const struct subcommand subcommand_forgo = { "forgo", "ORDER", "the rest is not wanted", true, run_forgo };
const struct subcommand subcommand_stopped = { "stopped", "", "orders on hold or asked about", false,
                                               run_stopped };
const struct subcommand subcommand_owed = { "owed", "", "what is owed to patients", false, run_owed };
const struct subcommand subcommand_shorts = { "shorts", "", "orders that are short", false, run_shorts };
const struct subcommand subcommand_reasons = { "reasons", "", "the coded reasons", false, run_reasons };
const struct subcommand subcommand_return = { "return", "ORDER", "packets came back", true, run_return };
const struct subcommand subcommand_destroy = { "destroy", "ORDER", "a return is destroyed", true,
                                               run_destroy };
const struct subcommand subcommand_witness = { "witness", "ORDER", "seen destroyed", true, run_witness };
const struct subcommand subcommand_returned = { "returned", "", "what waits to be destroyed", false,
                                                run_returned };
