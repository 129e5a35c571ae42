/* `yaofang compound new, change, show, screen, answer, acknowledge, sign`: arguments to core calls. */
#include <stdlib.h>
#include <string.h>

#include "api/prescription_json.h"
#include "compound.h"
#include "core/patient.h"
#include "core/screening.h"

static enum status run_new(struct ctx *c, const struct called *in)
{
    struct prescription_draft draft = { 0 };
    const char *patient = argument_text(in->in, "--patient", NULL);
    int64_t id;

    if (patient == NULL)
        return ctx_fail(c, ST_INVALID, "--patient", NULL, "is needed: the code or number of a patient");
    TRY(patient_find(c, patient, &draft.patient_id));
    TRY(compound_draft(c, in->in, &draft));
    TRY(prescription_create(c, in->knowledge, &draft, &id));
    return compound_show(c, in, id, 1);
}

static enum status run_change(struct ctx *c, const struct called *in)
{
    struct prescription_draft draft = { 0 };
    int64_t id, seen, version;

    TRY(compound_operand(c, in, &id));
    TRY(prescription_latest(c, id, &seen));
    TRY(argument_number(c, in->in, "--version", 1, INT32_MAX, &seen));
    TRY(compound_draft(c, in->in, &draft));
    TRY(prescription_change(c, in->knowledge, id, seen, &draft, &version));
    return compound_show(c, in, id, version);
}

static enum status run_show(struct ctx *c, const struct called *in)
{
    int64_t id, version = 0;

    TRY(compound_operand(c, in, &id));
    TRY(argument_number(c, in->in, "--version", 1, INT32_MAX, &version));
    return compound_show(c, in, id, version);
}

static enum status run_screen(struct ctx *c, const struct called *in)
{
    int64_t id, version, screening;

    TRY(compound_operand(c, in, &id));
    TRY(prescription_latest(c, id, &version));
    TRY(screening_make(c, in->knowledge, id, version, &screening));
    return compound_show(c, in, id, version);
}

/* The newest version's latest screening: what every step below is about. */
static enum status latest(struct ctx *c, const struct called *in, struct screening_record *record)
{
    int64_t id, version;

    TRY(compound_operand(c, in, &id));
    TRY(prescription_latest(c, id, &version));
    return screening_latest(c, id, version, record);
}

static enum status list_reasons(struct ctx *c, const struct called *in)
{
    struct answer_reason *reasons;
    size_t n;

    TRY(answer_reasons(c, &reasons, &n));
    for (size_t i = 0; i < n; i++) {
        compound_column(in->out, reasons[i].code, 24);
        text_addf(in->out, "%s%s\n", reasons[i].english, reasons[i].needs_note ? " (with --note)" : "");
    }
    return ST_OK;
}

static bool is_meant(const struct stored_finding *finding, const char *const *wanted, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(wanted[i], "all") == 0 && finding->critical_no != 0 && finding->answer_no == 0)
            return true;
        if (strtoll(wanted[i], NULL, 10) == finding->finding_no)
            return true;
    }
    return false;
}

static enum status run_answer(struct ctx *c, const struct called *in)
{
    const char *reason = argument_text(in->in, "--reason", NULL);
    struct screening_record record;
    struct screening_answer *answers;
    struct stored_finding *findings;
    const char *const *wanted;
    size_t n, wanted_count, count = 0;

    if (reason == NULL)
        return list_reasons(c, in);
    TRY(latest(c, in, &record));
    TRY(screening_findings(c, record.id, &findings, &n));
    wanted = argument_list(c, in->in, "--finding", &wanted_count);
    answers = arena_array(&c->arena, n, sizeof *answers);
    for (size_t i = 0; i < n; i++)
        if (is_meant(&findings[i], wanted, wanted_count))
            answers[count++] = (struct screening_answer){ findings[i].finding_no, reason,
                                                          argument_text(in->in, "--note", NULL) };
    if (count == 0)
        return ctx_fail(c, ST_INVALID, "--finding", wanted_count == 0 ? NULL : wanted[0],
                        "names no finding of the latest screening");
    TRY(screening_answer(c, record.id, answers, count));
    return compound_show(c, in, record.prescription_id, record.version);
}

static enum status run_acknowledge(struct ctx *c, const struct called *in)
{
    struct screening_record record;
    int64_t count;

    TRY(latest(c, in, &record));
    TRY(screening_acknowledge(c, record.id, &count));
    return compound_show(c, in, record.prescription_id, record.version);
}

static enum status run_sign(struct ctx *c, const struct called *in)
{
    int64_t id, version;

    TRY(compound_operand(c, in, &id));
    TRY(prescription_latest(c, id, &version));
    TRY(argument_number(c, in->in, "--version", 1, INT32_MAX, &version));
    TRY(prescription_sign(c, in->knowledge, id, version));
    return compound_show(c, in, id, version);
}

const struct subcommand subcommand_new = { "new", "", "store and screen a prescription", true, run_new };
const struct subcommand subcommand_change = { "change", "PRESCRIPTION", "store its next version", true,
                                              run_change };
const struct subcommand subcommand_show = { "show", "PRESCRIPTION", "the version and what is next", false,
                                            run_show };
const struct subcommand subcommand_screen = { "screen", "PRESCRIPTION", "screen it again", true, run_screen };
const struct subcommand subcommand_answer = { "answer", "PRESCRIPTION", "answer a critical finding", true,
                                              run_answer };
const struct subcommand subcommand_acknowledge = { "acknowledge", "PRESCRIPTION",
                                                   "a pharmacist has read the answers", true,
                                                   run_acknowledge };
const struct subcommand subcommand_sign = { "sign", "PRESCRIPTION", "sign the newest version", true,
                                            run_sign };
