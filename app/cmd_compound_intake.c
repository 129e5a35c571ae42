/* `yaofang compound intake …` and `intakes`: prescriptions written elsewhere, from the paper to the signature. */
#include <errno.h>
#include <string.h>

#include "compound.h"
#include "core/attachment.h"
#include "core/outside.h"
#include "core/patient.h"
#include "db/db.h"
#include "listing.h"
#include "sql.h"

static const struct list_column shown[] = {
    { "Intake", "id", 7, LIST_TEXT },
    { "State", "state", 10, LIST_TEXT },
    { "Patient", "patient_name", 22, LIST_TEXT },
    { "Prescriber", "prescriber_name", 24, LIST_TEXT },
    { "Registered", "prescriber_registration", 14, LIST_TEXT },
    { "Written", "written_on", 12, LIST_TEXT },
    { "Pages", "pages", 6, LIST_TEXT },
    { "Prescription", "prescription_id", 13, LIST_TEXT },
    { "Open questions", "open_queries", 0, LIST_TEXT },
    { NULL, NULL, 0, LIST_TEXT },
};

static enum status show(struct ctx *c, const struct called *in, int64_t id)
{
    return list_show(c, in, &q_intake_list, PARAMS(SHOP(c), I64(id), NONE(), NONE()), shown);
}

static void close_file(void *file)
{
    (void)fclose(file);
}

static enum status attach(struct ctx *c, const struct called *in, int64_t id)
{
    const char *path = argument_text(in->in, "--file", NULL), *name;
    struct attachment page = { .of = OF_INTAKE, .of_id = id };
    int64_t made;

    if (path == NULL)
        return ctx_fail(c, ST_INVALID, "--file", NULL, "is needed: the paper, as PDF, PNG or JPEG");
    page.file = fopen(path, "rbe");
    if (page.file == NULL)
        return ctx_fail(c, ST_NOT_FOUND, "--file", path, "cannot be opened: %s", strerror(errno));
    arena_defer(&c->arena, close_file, page.file);
    name = strrchr(path, '/');
    page.file_name = name == NULL ? path : name + 1;
    return attachment_add(c, &page, &made);
}

static enum status needed(struct ctx *c, const struct called *in, const char *option, const char *what,
                          const char **text)
{
    *text = argument_text(in->in, option, NULL);
    return *text == NULL ? ctx_fail(c, ST_INVALID, option, NULL, "is needed: %s", what) : ST_OK;
}

static enum status run_receive(struct ctx *c, const struct called *in)
{
    struct outside_paper paper = { .number = argument_text(in->in, "--number", NULL),
                                   .note = argument_text(in->in, "--note", NULL),
                                   .how = argument_text(in->in, "--how", "paper") };
    const char *patient, *written;
    int64_t id;

    TRY(needed(c, in, "--patient", "the code or number of a patient", &patient));
    TRY(needed(c, in, "--prescriber", "the name of who wrote it", &paper.name));
    TRY(needed(c, in, "--address", "of the prescriber", &paper.address));
    TRY(needed(c, in, "--phone", "of the prescriber", &paper.phone));
    TRY(needed(c, in, "--registration", "the number of the prescriber", &paper.registration));
    TRY(needed(c, in, "--registered-with", "the body that keeps the register", &paper.registered_with));
    TRY(needed(c, in, "--written-on", "the day it was written", &written));
    if (!date_parse(written, &paper.written_on))
        return ctx_fail(c, ST_INVALID, "--written-on", written, "is a date such as 2027-03-31");
    TRY(patient_find(c, patient, &paper.patient_id));
    TRY(outside_receive(c, &paper, &id));
    if (argument_given(in->in, "--file"))
        TRY(attach(c, in, id));
    return show(c, in, id);
}

static enum status run_paper(struct ctx *c, const struct called *in)
{
    int64_t id;

    TRY(compound_operand(c, in, &id));
    TRY(attach(c, in, id));
    return show(c, in, id);
}

static enum status run_enter(struct ctx *c, const struct called *in)
{
    struct prescription_draft draft = { 0 };
    int64_t id, prescription;

    TRY(compound_operand(c, in, &id));
    TRY(compound_draft(c, in->in, &draft));
    TRY(outside_enter(c, in->knowledge, id, &draft, &prescription));
    return compound_show(c, in, prescription, 1);
}

static enum status run_compare(struct ctx *c, const struct called *in)
{
    int64_t id;

    TRY(compound_operand(c, in, &id));
    TRY(outside_check(c, in->knowledge, id, !argument_given(in->in, "--differs"),
                      argument_text(in->in, "--note", NULL)));
    return show(c, in, id);
}

static enum status run_ask(struct ctx *c, const struct called *in)
{
    const char *question;
    int64_t id, query_no;

    TRY(compound_operand(c, in, &id));
    TRY(needed(c, in, "--note", "the question", &question));
    TRY(outside_ask(c, id, question, &query_no));
    return show(c, in, id);
}

static enum status run_said(struct ctx *c, const struct called *in)
{
    struct outside_answer answer = { .query_no = 1 };
    int64_t id;

    TRY(compound_operand(c, in, &id));
    TRY(argument_number(c, in->in, "--question", 1, INT32_MAX, &answer.query_no));
    TRY(needed(c, in, "--verdict", "as_written, will_change or withdrawn", &answer.verdict));
    TRY(needed(c, in, "--note", "what was said", &answer.answer));
    TRY(needed(c, in, "--said-by", "who said it", &answer.said_by));
    TRY(needed(c, in, "--said-how", "phone, fax, email, letter or in_person", &answer.said_how));
    TRY(outside_record(c, id, &answer));
    return show(c, in, id);
}

static enum status run_refuse(struct ctx *c, const struct called *in)
{
    const char *reason;
    int64_t id;

    TRY(compound_operand(c, in, &id));
    TRY(needed(c, in, "--reason", "`yaofang compound reasons` lists the codes of reject_intake", &reason));
    TRY(outside_reject(c, id, reason, argument_text(in->in, "--note", NULL)));
    return show(c, in, id);
}

static enum status run_questions(struct ctx *c, const struct called *in)
{
    static const struct list_column columns[] = {
        { "No.", "query_no", 4, LIST_TEXT },     { "Question", "question", 40, LIST_TEXT },
        { "Verdict", "verdict", 12, LIST_TEXT }, { "Said by", "said_by", 20, LIST_TEXT },
        { "How", "said_how", 10, LIST_TEXT },    { "Recorded by", "recorded_by", 18, LIST_TEXT },
        { "Answer", "answer", 0, LIST_TEXT },    { NULL, NULL, 0, LIST_TEXT },
    };
    int64_t id;

    TRY(compound_operand(c, in, &id));
    return list_show(c, in, &q_intake_query_list, PARAMS(SHOP(c), I64(id)), columns);
}

static enum status run_intakes(struct ctx *c, const struct called *in)
{
    return list_show(c, in, &q_intake_list, PARAMS(SHOP(c), NONE(), NONE(), NONE()), shown);
}

const struct subcommand subcommand_intake_receive = { "intake receive", "", "a paper written elsewhere", true,
                                                      run_receive };
const struct subcommand subcommand_intake_paper = { "intake paper", "INTAKE", "a page of it", true,
                                                    run_paper };
const struct subcommand subcommand_intake_enter = { "intake enter", "INTAKE", "what it says", true,
                                                    run_enter };
const struct subcommand subcommand_intake_compare = { "intake compare", "INTAKE", "entry against paper", true,
                                                      run_compare };
const struct subcommand subcommand_intake_ask = { "intake ask", "INTAKE", "ask its prescriber", true,
                                                  run_ask };
const struct subcommand subcommand_intake_said = { "intake said", "INTAKE", "what she said", true, run_said };
const struct subcommand subcommand_intake_questions = { "intake questions", "INTAKE", "asked and said", false,
                                                        run_questions };
const struct subcommand subcommand_intake_refuse = { "intake refuse", "INTAKE", "refuse it", true,
                                                     run_refuse };
const struct subcommand subcommand_intakes = { "intakes", "", "papers written elsewhere", false,
                                               run_intakes };
