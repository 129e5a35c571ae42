/* `yaofang compound new, change, show, screen, answer, acknowledge, sign`: arguments to core calls. */
#include <stdlib.h>
#include <string.h>

#include "api/prescription_json.h"
#include "compound.h"
#include "core/patient.h"
#include "core/screening.h"

/* "Dan Shen 15 g" → "Dan Shen", 15 g: the weight is what a number begins that ends the text. Without one, mg is 0. */
static enum status split_weight(struct ctx *c, const char *option, const char *typed, const char **name,
                                struct weight *weight)
{
    *name = typed;
    *weight = (struct weight){ 0 };
    for (const char *at = typed; *at != '\0'; at++) {
        bool number = (*at >= '0' && *at <= '9') || (*at == '-' && at[1] >= '0' && at[1] <= '9');
        enum quantity_error error;

        if (!number || at == typed)
            continue;
        error = weight_parse(at, weight);
        if (error != QUANTITY_OK)
            return ctx_fail(c, ST_INVALID, option, typed, "%s", quantity_error_rule(error));
        *name = text_trim(&c->arena, arena_text_n(&c->arena, typed, (size_t)(at - typed)));
        return ST_OK;
    }
    return ST_OK;
}

static enum status read_formulas(struct ctx *c, const struct arguments *in, struct prescription_draft *draft)
{
    const char *const *typed = argument_list(c, in, "--formula", &draft->formula_count);
    struct draft_formula *formulas = arena_array(&c->arena, draft->formula_count, sizeof *formulas);

    for (size_t i = 0; i < draft->formula_count; i++)
        TRY(split_weight(c, "--formula", typed[i], &formulas[i].formula, &formulas[i].weight));
    draft->formulas = formulas;
    return ST_OK;
}

static enum status read_herbs(struct ctx *c, const struct arguments *in, struct prescription_draft *draft)
{
    const char *const *typed = argument_list(c, in, "--herb", &draft->herb_count);
    struct draft_herb *herbs = arena_array(&c->arena, draft->herb_count, sizeof *herbs);

    for (size_t i = 0; i < draft->herb_count; i++)
        TRY(split_weight(c, "--herb", typed[i], &herbs[i].herb, &herbs[i].weight));
    draft->herbs = herbs;
    return ST_OK;
}

static enum status read_word(struct ctx *c, const struct arguments *in, const char *option,
                             const char *const *words, int preset, int *out)
{
    const char *typed = argument_text(in, option, words[preset]);
    struct text all;

    text_init(&all, &c->arena);
    for (*out = 0; words[*out] != NULL; (*out)++) {
        if (strcmp(words[*out], typed) == 0)
            return ST_OK;
        text_addf(&all, "%s%s", *out == 0 ? "" : ", ", words[*out]);
    }
    return ctx_fail(c, ST_INVALID, option, typed, "is one of %s", all.data);
}

static enum status read_draft(struct ctx *c, const struct arguments *in, struct prescription_draft *draft)
{
    const char *total = argument_text(in, "--total", NULL);
    int64_t days = 7, packets = 0, doses = 0;
    int merge, mode;

    TRY(argument_number(c, in, "--days", 1, 366, &days));
    TRY(argument_number(c, in, "--packets", 1, 1000, &packets));
    TRY(argument_number(c, in, "--doses-per-day", 1, 12, &doses));
    TRY(read_word(c, in, "--merge", merge_rule_words(), MERGE_ASK, &merge));
    TRY(read_word(c, in, "--mode", dose_mode_words(), MODE_PER_DAY, &mode));
    TRY(read_formulas(c, in, draft));
    TRY(read_herbs(c, in, draft));
    if (total != NULL) {
        enum quantity_error error = weight_parse(total, &draft->total);

        if (error != QUANTITY_OK)
            return ctx_fail(c, ST_INVALID, "--total", total, "%s", quantity_error_rule(error));
    }
    draft->merge_rule = (enum merge_rule)merge;
    draft->dose_mode = (enum dose_mode)mode;
    draft->course = (struct course){ .days = (int)days, .packets = (int)packets };
    draft->doses_per_day = (int)doses;
    draft->dosage_form = argument_text(in, "--form", "raw_decoction");
    draft->directions = argument_text(in, "--directions", NULL);
    draft->indication = argument_text(in, "--indication", NULL);
    draft->change_note = argument_text(in, "--note", NULL);
    draft->drops = argument_list(c, in, "--drop", &draft->drop_count);
    return ST_OK;
}

static enum status run_new(struct ctx *c, const struct called *in)
{
    struct prescription_draft draft = { 0 };
    const char *patient = argument_text(in->in, "--patient", NULL);
    int64_t id;

    if (patient == NULL)
        return ctx_fail(c, ST_INVALID, "--patient", NULL, "is needed: the code or number of a patient");
    TRY(patient_find(c, patient, &draft.patient_id));
    TRY(read_draft(c, in->in, &draft));
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
    TRY(read_draft(c, in->in, &draft));
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
