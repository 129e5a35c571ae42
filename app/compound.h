/* `yaofang compound`: what its subcommands share. To add one: a struct subcommand at the end of app/cmd_compound_<noun>.c, a row
   in the table of app/cmd_compound.c, and there too any option it has. */
#ifndef YAOFANG_COMPOUND_H
#define YAOFANG_COMPOUND_H

#include "core/order.h"
#include "core/screening.h"
#include "subcommand.h"

extern const struct subcommand subcommand_draft, subcommand_patterns, subcommand_new, subcommand_change,
    subcommand_show, subcommand_screen, subcommand_answer, subcommand_acknowledge, subcommand_sign,
    subcommand_order, subcommand_track, subcommand_allocate, subcommand_release, subcommand_weigh,
    subcommand_approve, subcommand_check, subcommand_handover, subcommand_cancel, subcommand_hold,
    subcommand_ask, subcommand_reply, subcommand_lift, subcommand_reject, subcommand_waste, subcommand_forgo,
    subcommand_stopped, subcommand_owed, subcommand_reasons, subcommand_substitutes, subcommand_propose,
    subcommand_proposals, subcommand_consent, subcommand_refuse, subcommand_picklist, subcommand_pick,
    subcommand_identify, subcommand_short, subcommand_packets, subcommand_decoct, subcommand_decocted,
    subcommand_schemes, subcommand_machines, subcommand_machine_add, subcommand_machine_retire,
    subcommand_return, subcommand_destroy, subcommand_witness, subcommand_returned, subcommand_house,
    subcommand_keep, subcommand_retire, subcommand_part, subcommand_shorts, subcommand_intake_receive,
    subcommand_intake_paper, subcommand_intake_enter, subcommand_intake_compare, subcommand_intake_ask,
    subcommand_intake_said, subcommand_intake_questions, subcommand_intake_refuse, subcommand_intakes;

/* The subcommand's operand as a number; ST_INVALID when it is missing or none. */
enum status compound_operand(struct ctx *c, const struct called *in, int64_t *id) MUST_CHECK;

/* Writes a version (0: the newest) with its findings and the next step; as JSON with --json. */
enum status compound_show(struct ctx *c, const struct called *in, int64_t prescription_id,
                          int64_t version) MUST_CHECK;

/* A lot of the order and a weight, as "1 GLB-14777 105.2 g" says them. */
enum status compound_lot_weight(struct ctx *c, int64_t order, const char *typed,
                                struct order_weighing *out) MUST_CHECK;

/* Writes an order with its lots and the next step; as JSON with --json. */
enum status compound_show_order(struct ctx *c, const struct called *in, int64_t id) MUST_CHECK;

/* Reads what is put together from the options: --formula, --herb, --form, --dose, … */
enum status compound_draft(struct ctx *c, const struct arguments *in,
                           struct prescription_draft *draft) MUST_CHECK;

/* Writes the herbs with their weights, and how they differ from the classic; one finding. */
void compound_show_composition(struct ctx *c, struct text *out, const struct prescription *prescription);
void compound_show_finding(struct ctx *c, struct text *out, const struct stored_finding *finding);

/* Adds `text` at the right of so many columns. */
void compound_right(struct text *out, const char *text, size_t columns);

/* Writes what is beside an order's straight road: little packets, decoctions, stops, returns; and the next step they call for. `next` is
   false when they call for none. */
enum status compound_show_ways(struct ctx *c, struct text *out, int64_t id, const char *state,
                               bool *next) MUST_CHECK;

/* Adds `text`, padded with spaces to `columns` columns of a terminal: a hanzi takes two, a combining mark none. */
void compound_column(struct text *out, const char *text, size_t columns);

#endif
