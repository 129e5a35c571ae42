/* `yaofang compound`: a patient's formula from prescription to hand-over. Here: who acts, which subcommand, and that a key acts
   once. For the machine's owner: --as says in whose name, and that person's roles decide, as they do over HTTP. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compound.h"
#include "core/knowledge_db.h"
#include "core/once.h"
#include "core/person.h"
#include "database.h"

static const struct subcommand *const subcommands[] = {
    &subcommand_new,
    &subcommand_change,
    &subcommand_show,
    &subcommand_screen,
    &subcommand_answer,
    &subcommand_acknowledge,
    &subcommand_sign,
    &subcommand_order,
    &subcommand_track,
    &subcommand_allocate,
    &subcommand_release,
    &subcommand_weigh,
    &subcommand_approve,
    &subcommand_check,
    &subcommand_handover,
    &subcommand_cancel,
    NULL,
};

static const struct subcommand *subcommand_find(const char *name)
{
    for (size_t i = 0; subcommands[i] != NULL; i++)
        if (strcmp(subcommands[i]->name, name) == 0)
            return subcommands[i];
    return NULL;
}

static enum status subcommand_of(struct ctx *c, const struct arguments *in, const struct subcommand **out)
{
    const char *name = in->operand_count == 0 ? "" : in->operands[0];
    struct text names;

    text_init(&names, &c->arena);
    for (size_t i = 0; subcommands[i] != NULL; i++)
        text_addf(&names, "%s%s", i == 0 ? "" : ", ", subcommands[i]->name);
    *out = subcommand_find(name);
    if (*out == NULL)
        return ctx_fail(c, ST_INVALID, "subcommand", name, "is one of %s", names.data);
    return ST_OK;
}

enum status compound_operand(struct ctx *c, const struct compound *in, int64_t *id)
{
    const char *text = in->in->operand_count < 2 ? "" : in->in->operands[1];
    char *end;

    *id = strtoll(text, &end, 10);
    if (*text < '0' || *text > '9' || *end != '\0' || *id < 1)
        return ctx_fail(c, ST_INVALID, "number", text, "is the number of what the subcommand is about");
    return ST_OK;
}

struct call {
    const struct subcommand *subcommand;
    struct compound in;
};

/* May run again after a lost race: what was written so far is dropped. */
static enum status act(struct ctx *c, void *arg)
{
    struct call *call = arg;

    text_cut(call->in.out, 0);
    return call->subcommand->run(c, &call->in);
}

/* Everything typed but the key itself: the same key with other words is refused. */
static const char *said(struct ctx *c, const struct arguments *in)
{
    struct text text;

    text_init(&text, &c->arena);
    for (size_t i = 0; i < in->operand_count; i++)
        text_addf(&text, "%s\n", in->operands[i]);
    for (size_t i = 0; i < in->given_count; i++)
        if (strcmp(in->given[i].option->name, "--key") != 0)
            text_addf(&text, "%s=%s\n", in->given[i].option->name, in->given[i].value);
    return text.data;
}

static enum status act_once(struct ctx *c, const struct arguments *in, struct call *call)
{
    struct once once = {
        .key = argument_text(in, "--key", NULL),
        .operation = arena_printf(&c->arena, "compound %s", call->subcommand->name),
        .said = said(c, in),
        .body = act,
        .arg = call,
        .answer = call->in.out,
    };

    return once.key == NULL || !call->subcommand->changes ? act(c, call) : once_run(c, &once);
}

static void close_knowledge(void *knowledge)
{
    knowledge_close(knowledge);
}

static enum status run(struct ctx *c, const struct arguments *in)
{
    struct text out;
    struct knowledge *knowledge;
    struct call call = { .in = { .in = in, .out = &out } };

    TRY(subcommand_of(c, in, &call.subcommand));
    if (argument_text(in, "--as", NULL) == NULL)
        return ctx_fail(c, ST_INVALID, "--as", NULL, "is needed: the username of the person who acts");
    TRY(database_open(c, in->config, DATABASE_SERVICE));
    TRY(person_act_as(c, argument_text(in, "--as", NULL), argument_text(in, "--shop", NULL)));
    TRY(knowledge_from_database(c, &knowledge));
    arena_defer(&c->arena, close_knowledge, knowledge);
    call.in.knowledge = knowledge;
    text_init(&out, &c->arena);
    TRY(act_once(c, in, &call));
    fputs(out.data == NULL ? "" : out.data, stdout);
    return ST_OK;
}

static const struct option options[] = {
    { "--as", "USERNAME", "the person who acts" },
    { "--shop", "SLUG", "her shop, when several shops know the name" },
    { "--key", "TEXT", "act once: the same key again prints the first answer" },
    { "--json", NULL, "print what the API answers" },
    { "--patient", "CODE", "code or number of the patient" },
    { "--formula", "TEXT", "a formula to start from, with a weight to scale it to that" },
    { "--herb", "TEXT", "a herb and its weight: \"Dan Shen 15 g\"" },
    { "--drop", "TEXT", "a herb of the formulas to leave out" },
    { "--merge", "RULE", "for herbs that formulas share: highest, sum, keep_first, ask [ask]" },
    { "--mode", "MODE", "how weights are meant: per_day, per_packet, total, parts [per_day]" },
    { "--days", "N", "days of the course [7]" },
    { "--packets", "N", "packets it is divided into [the form's usual]" },
    { "--doses-per-day", "N", "how often it is taken [the form's usual]" },
    { "--total", "WEIGHT", "the whole, for parts; else scales everything to it" },
    { "--form", "ID", "dosage form [raw_decoction]" },
    { "--directions", "TEXT", "how to take it" },
    { "--indication", "TEXT", "what it is for" },
    { "--note", "TEXT", "why it was changed, approved or cancelled; what an answer rests on" },
    { "--version", "N",
      "the version meant: to show, or the one that was looked at before a change [the newest]" },
    { "--finding", "N", "the finding that is answered; \"all\" for those without an answer" },
    { "--reason", "CODE", "why it may go on: `yaofang compound answer ID` alone lists the codes" },
    { "--until", "DATE", "the last day of the course [today plus its days]" },
    { "--weight", "\"LINE LOT WEIGHT\"",
      "what was weighed, for example \"1 GLB-14777 105.2 g\"; LOT@PLACE where a lot lies in several places" },
    { "--as-planned", NULL, "every other lot was weighed as the weigh sheet says" },
    { "--received-by", "NAME", "who takes the packets" },
    { "--counselled", NULL, "the patient was told what the answers call for" },
    { NULL, NULL, NULL },
};

const struct command command_compound = {
    .name = "compound",
    .summary = "a patient's formula: prescribe, screen, answer, sign, compound",
    .operands = "SUBCOMMAND [NUMBER]",
    .more = "  new                     store and screen a prescription from --formula, --herb, --drop\n"
            "  change PRESCRIPTION     store its next version\n"
            "  show PRESCRIPTION       the version, its findings and answers, and what is next\n"
            "  screen PRESCRIPTION     screen it again, after the patient or the rule book changed\n"
            "  answer PRESCRIPTION     answer --finding with --reason and --note\n"
            "  acknowledge PRESCRIPTION  a pharmacist has read the answers\n"
            "  sign PRESCRIPTION       refused while a critical finding is unanswered\n"
            "  order PRESCRIPTION      enter an order for the newest signed version\n"
            "  track ORDER             where it stands, its lots, and what is next\n"
            "  allocate ORDER          reserve lots, earliest expiry first, none that dies before --until\n"
            "  release ORDER           a pharmacist lets it be weighed\n"
            "  weigh ORDER             record --weight, --as-planned\n"
            "  approve ORDER           a second person accepts a --weight outside the tolerance\n"
            "  check ORDER             another pharmacist's final check; books the stock\n"
            "  handover ORDER          to --received-by; the order does not change after that\n"
            "  cancel ORDER            end it with --note\n",
    .options = options,
    .most_operands = 2,
    .run = run,
};
