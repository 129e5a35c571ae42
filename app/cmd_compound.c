/* `yaofang compound`: a patient's formula from prescription to hand-over. Its subcommands, options and help. */
#include <stdlib.h>

#include "compound.h"

static const struct subcommand *const subcommands[] = {
    /* clang-format off */
    &subcommand_draft,
    &subcommand_patterns,
    &subcommand_house,
    &subcommand_keep,
    &subcommand_retire,
    &subcommand_new,
    &subcommand_change,
    &subcommand_show,
    &subcommand_screen,
    &subcommand_answer,
    &subcommand_acknowledge,
    &subcommand_sign,
    &subcommand_intake_receive,
    &subcommand_intake_paper,
    &subcommand_intake_enter,
    &subcommand_intake_compare,
    &subcommand_intake_ask,
    &subcommand_intake_said,
    &subcommand_intake_questions,
    &subcommand_intake_refuse,
    &subcommand_intakes,
    &subcommand_substitutes,
    &subcommand_propose,
    &subcommand_proposals,
    &subcommand_consent,
    &subcommand_refuse,
    &subcommand_order,
    &subcommand_track,
    &subcommand_allocate,
    &subcommand_part,
    &subcommand_release,
    &subcommand_picklist,
    &subcommand_pick,
    &subcommand_identify,
    &subcommand_short,
    &subcommand_weigh,
    &subcommand_packets,
    &subcommand_approve,
    &subcommand_check,
    &subcommand_handover,
    &subcommand_cancel,
    &subcommand_hold,
    &subcommand_ask,
    &subcommand_reply,
    &subcommand_lift,
    &subcommand_reject,
    &subcommand_waste,
    &subcommand_forgo,
    &subcommand_stopped,
    &subcommand_shorts,
    &subcommand_owed,
    &subcommand_reasons,
    &subcommand_decoct,
    &subcommand_decocted,
    &subcommand_schemes,
    &subcommand_machines,
    &subcommand_machine_add,
    &subcommand_machine_retire,
    &subcommand_return,
    &subcommand_destroy,
    &subcommand_witness,
    &subcommand_returned,
    NULL,
    /* clang-format on */
};

enum status compound_operand(struct ctx *c, const struct called *in, int64_t *id)
{
    const char *text = in->operand_count == 0 ? "" : in->operands[0];
    char *end;

    *id = strtoll(text, &end, 10);
    if (*text < '0' || *text > '9' || *end != '\0' || *id < 1)
        return ctx_fail(c, ST_INVALID, "number", text, "is the number of what the subcommand is about");
    return ST_OK;
}

static enum status run(struct ctx *c, const struct arguments *in)
{
    return subcommand_run(c, in, command_compound.name, subcommands);
}

static const struct option options[] = {
    { "--as", "USERNAME", "the person who acts" },
    { "--shop", "SLUG", "her shop, when several shops know the name" },
    { "--key", "TEXT", "act once: the same key again prints the first answer" },
    { "--json", NULL, "print what the API answers" },
    { "--patient", "CODE", "code or number of the patient" },
    { "--prescriber", "NAME", "who wrote a paper elsewhere" },
    { "--address", "TEXT", "of that prescriber" },
    { "--phone", "TEXT", "of that prescriber" },
    { "--registration", "TEXT", "the number that prescriber is registered under" },
    { "--registered-with", "TEXT", "the body that keeps the register" },
    { "--number", "TEXT", "the paper's own number" },
    { "--written-on", "DATE", "the day a paper was written" },
    { "--how", "WORD", "how it came: paper, fax, photo, email [paper]" },
    { "--file", "FILE", "a page of the paper: PDF, PNG or JPEG" },
    { "--differs", NULL, "what was entered is not what the paper says: --note says where" },
    { "--question", "N", "the question answered [1]" },
    { "--said-by", "NAME", "who said it" },
    { "--said-how", "WORD", "phone, fax, email, letter, in_person" },
    { "--formula", "TEXT", "a formula to start from, with a weight to scale it to that" },
    { "--herb", "TEXT", "a herb and its weight: \"Dan Shen 15 g\"" },
    { "--drop", "TEXT", "a herb of the formulas to leave out" },
    { "--item", "\"HERB SKU\"", "the item a herb is filled with, instead of the shop's usual choice" },
    { "--merge", "RULE", "for herbs that formulas share: highest, sum, keep_first, ask [ask]" },
    { "--mode", "MODE", "how weights are meant: per_day, per_packet, total, parts, percent [per_day]" },
    { "--days", "N", "days of the course [7]" },
    { "--packets", "N",
      "packets it is divided into [the form's usual]; of an order: how many [all that are owed]" },
    { "--doses-per-day", "N", "how often it is taken [the form's usual]" },
    { "--total", "WEIGHT", "the whole, for parts and percent; else scales everything to it" },
    { "--dose", "WEIGHT",
      "taken at a time, in the form's grams: sets the total (6 g, twice a day, 7 days: 84 g)" },
    { "--weights-in", "BASIS",
      "whether weights are of raw herb or of the form's own grams: raw, form [raw]" },
    { "--unit", "WEIGHT", "fill weight of a capsule, weight of a pill; the count follows" },
    { "--units", "N", "how many capsules or pills; their weight follows" },
    { "--binder", "PERMILLE", "honey, water or starch for 1000 parts of herb [0]" },
    { "--overage", "PERMILLE", "weighed besides for losses, for 1000 parts of herb [0]" },
    { "--from", "PRESCRIPTION", "start from a prescription, its lines taken as a day's" },
    { "--group", "GROUP", "draft: of customers, for its price" },
    { "--whole", NULL, "substitutes: the nearest combination for the whole, even when nothing is short" },
    { "--order", "ORDER", "substitutes, propose: for an order that is short, its part and days" },
    { "--offer", "OFFER", "the offer that is proposed, as substitutes lists it" },
    { "--from-version", "N", "its version [the newest]" },
    { "--refills", "N", "how often it may be supplied again [0]" },
    { "--refill-days", "N", "days between two supplies [0]" },
    { "--form", "ID", "dosage form [raw_decoction]" },
    { "--directions", "TEXT", "how to take it" },
    { "--route", "CODE", "oral, external, wash, gargle, steam [as the form is taken]" },
    { "--timing", "CODE",
      "before_meals, after_meals, between_meals, with_meals, empty_stomach, morning_evening, at_bedtime" },
    { "--frequency", "CODE", "every_other_day, when_needed [every day]" },
    { "--indication", "TEXT", "what it is for" },
    { "--note", "TEXT",
      "why it was changed, approved, cancelled, let go on; what an answer rests on; a question" },
    { "--version", "N",
      "the version meant: to show, or the one that was looked at before a change [the newest]" },
    { "--finding", "N", "the finding that is answered; \"all\" for those without an answer" },
    { "--reason", "CODE",
      "why it may go on: `yaofang compound answer ID` alone lists the codes; of an order: see reasons" },
    { "--stop", "N", "the hold or question meant [the only one]" },
    { "--verdict", "WORD", "what the prescriber says: as_written, will_change, withdrawn" },
    { "--take-back", NULL, "withdraw one's own question" },
    { "--decoct", NULL, "the shop boils it, though its form is boiled at home" },
    { "--scheme", "ID", "how to decoct [general]" },
    { "--machine", "CODE", "the machine it is boiled in" },
    { "--soak", "MINUTES", "[as the scheme says]" },
    { "--water", "ML", "[as the scheme says for what was weighed]" },
    { "--first-boil", "MINUTES", "[as the scheme says]" },
    { "--second-boil", "MINUTES", "[as the scheme says]" },
    { "--minutes-ago", "N", "it was begun so long ago [0]" },
    { "--bags", "N", "how many bags were filled" },
    { "--bag-ml", "ML", "what each holds" },
    { "--failed", NULL, "the decoction failed: --note says why" },
    { "--capacity", "ML", "what a machine holds" },
    { "--name", "TEXT", "what a machine is called" },
    { "--return", "N", "the return meant [the only one]" },
    { "--again", NULL, "enter another order in place of the wasted one" },
    { "--until", "DATE", "the last day of the course [today plus its days]" },
    { "--weight", "\"LINE LOT WEIGHT\"",
      "what was weighed, for example \"1 GLB-14777 105.2 g\"; LOT@PLACE where a lot lies in several places" },
    { "--scale", "CODE", "take the weight of --weight \"LINE LOT\" from this scale" },
    { "--tare", "WEIGHT", "of the container on the scale" },
    { "--scan", "CODE", "a picked lot's label as scanned" },
    { "--type", "CODE", "a picked lot's code as typed" },
    { "--packet", "\"N WEIGHT\"", "a packet weighed again; 0 is all of it" },
    { "--as-planned", NULL, "every other lot was weighed as the weigh sheet says" },
    { "--pieces", "\"SKU N\"", "order: so many pieces of a ready-made product go along" },
    { "--received-by", "NAME", "who takes the packets" },
    { "--counselled", NULL, "the patient was told what the answers call for" },
    { NULL, NULL, NULL },
};

const struct command command_compound = {
    .name = "compound",
    .summary = "a patient's formula: prescribe, screen, answer, sign, compound",
    .operands = "SUBCOMMAND [NUMBER]",
    .more = "  draft                   work out and screen what new would store; nothing is stored\n"
            "  patterns [PART]         patterns and the formulas linked with them, to choose from\n"
            "  house [PART]            the shop's own formulas: --formula \"house:NAME\" starts from one\n"
            "  keep NAME               keep what --formula, --herb, --from come to a day as a house formula\n"
            "  retire NAME             take a house formula out of use\n"
            "  new                     store and screen a prescription from --formula, --herb, --drop\n"
            "  change PRESCRIPTION     store its next version\n"
            "  show PRESCRIPTION       the version, its findings and answers, and what is next\n"
            "  screen PRESCRIPTION     screen it again, after the patient or the rule book changed\n"
            "  answer PRESCRIPTION     answer --finding with --reason and --note\n"
            "  acknowledge PRESCRIPTION  a pharmacist has read the answers\n"
            "  sign PRESCRIPTION       refused while a critical finding is unanswered\n"
            "  substitutes [PRESCRIPTION]  what is short, and what may be taken instead; of an --order\n"
            "  propose [PRESCRIPTION]  propose an --offer to the prescriber\n"
            "  proposals [PRESCRIPTION]  what was proposed, and what became of it\n"
            "  consent SUBSTITUTION    the prescriber consents: it becomes the next version\n"
            "  refuse SUBSTITUTION     the prescriber refuses\n"
            "  intake receive          a prescription written elsewhere: --patient, --prescriber, …, --file\n"
            "  intake paper INTAKE     attach a page of its paper: --file\n"
            "  intake enter INTAKE     enter what the paper says, as new does\n"
            "  intake compare INTAKE   another pharmacist: it matches and stands as signed, or --differs\n"
            "  intake ask INTAKE       ask its prescriber: --note\n"
            "  intake said INTAKE      what she said: --verdict, --note, --said-by, --said-how\n"
            "  intake questions INTAKE  what was asked and said\n"
            "  intake refuse INTAKE    --reason, --note\n"
            "  intakes                 prescriptions written elsewhere, and where they stand\n",
    .more_still =
        "  order PRESCRIPTION      enter an order for the newest signed version\n"
        "  track ORDER             where it stands, its lots, and what is next\n"
        "  allocate ORDER          reserve lots, earliest expiry first, none that dies before --until\n"
        "  part ORDER              short: supply --packets of it now [as many as can be made]\n"
        "  release ORDER           a pharmacist lets it be weighed\n"
        "  picklist ORDER          its lots drawer by drawer, and who looked at them\n"
        "  pick ORDER              its lots were fetched\n"
        "  identify ORDER          look at picked lots: --scan or --type each one's label\n"
        "  short ORDER             a lot ran out: --weight \"LINE LOT WHAT-WAS-THERE\", the rest from "
        "others\n"
        "  weigh ORDER             record --weight, --as-planned; with --scale read it\n"
        "  packets ORDER           weigh packets again before the check: --packet\n"
        "  approve ORDER           a second person accepts a --weight outside the tolerance\n"
        "  check ORDER             another pharmacist's final check; books the stock\n"
        "  handover ORDER          to --received-by; the order does not change after that\n"
        "  cancel ORDER            end it with --note\n"
        "  reject ORDER            a pharmacist declines it before its release: --reason, --note\n"
        "  hold ORDER              keep it where it stands: --reason, --note\n"
        "  ask ORDER               a pharmacist asks the prescriber: --note\n"
        "  reply ORDER             the prescriber's answer: --verdict, --note\n"
        "  lift ORDER              end a hold (--note) or an answered question\n"
        "  waste ORDER             book what was weighed as lost: --reason, --again to start over\n"
        "  forgo ORDER             what is still owed of its supply is not wanted: --reason\n"
        "  decoct ORDER            begin to boil it: --scheme, --machine\n"
        "  decocted ORDER          what came out: --bags, --bag-ml; or --failed, --note\n"
        "  schemes                 how to decoct\n"
        "  machines                the shop's machines; machine add CODE, machine retire NUMBER\n"
        "  return ORDER            so many --packets came back after the hand-over: --reason, --note\n"
        "  destroy ORDER           a return is destroyed: --reason, --note\n"
        "  witness ORDER           another person has seen it destroyed; books the loss\n"
        "  returned                what came back and waits to be destroyed\n"
        "  stopped                 orders on hold, and questions to prescribers\n"
        "  shorts                  orders that are short, and what could be made of what is there now\n"
        "  owed                    what is still owed to patients\n"
        "  reasons                 the coded reasons\n",
    .options = options,
    .most_operands = 3,
    .run = run,
};
