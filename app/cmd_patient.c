/* `yaofang patient`: what a patient takes, has and awaits, on a terminal. Each change has everything she takes of us screened again. */
#include <string.h>

#include "commands.h"
#include "core/patient.h"
#include "db/db.h"
#include "listing.h"
#include "sql.h"
#include "stock.h"

static const char *const part_words[] = { "medicine", "condition", "allergy", "operation", NULL };

static enum status patient_of(struct ctx *c, const struct called *in, int64_t *id)
{
    if (in->operand_count == 0)
        return ctx_fail(c, ST_INVALID, "PATIENT", NULL, "is needed: the code or number of a patient");
    return patient_find(c, in->operands[0], id);
}

static enum status part_of(struct ctx *c, const struct called *in, enum profile_part *part)
{
    const char *word = in->operand_count < 2 ? NULL : in->operands[1];
    int at = 0;

    while (part_words[at] != NULL && (word == NULL || strcmp(part_words[at], word) != 0))
        at++;
    if (part_words[at] == NULL)
        return ctx_fail(c, ST_INVALID, "PART", word, "is medicine, condition, allergy or operation");
    *part = (enum profile_part)at;
    return ST_OK;
}

/* DATE_NONE when it was not given. */
static enum status day_of(struct ctx *c, const struct called *in, const char *option, struct date *day)
{
    const char *typed = argument_text(in->in, option, NULL);

    *day = DATE_NONE;
    if (typed != NULL && !date_parse(typed, day))
        return ctx_fail(c, ST_INVALID, option, typed, "is a day such as 2026-12-24");
    return ST_OK;
}

static void show_row(struct ctx *c, struct text *out, enum profile_part part, const struct profile_row *row)
{
    text_addf(out, "  %-10s %5lld  %s", part_words[part], (long long)row->id, row->typed);
    if (part != PROFILE_OPERATIONS)
        text_addf(out, "%s%s", *row->ref_id == '\0' ? "" : ", understood as ",
                  *row->ref_id == '\0' ? "" : row->ref_id);
    if (!date_is_none(row->since))
        text_addf(out, ", %s %s", part == PROFILE_OPERATIONS ? "planned on" : "since",
                  date_text(&c->arena, row->since));
    if (!date_is_none(row->stopped_on))
        text_addf(out, ", last taken on %s", date_text(&c->arena, row->stopped_on));
    text_addf(out, "%s%s\n", *row->note == '\0' ? "" : ": ", row->note);
}

static enum status show(struct ctx *c, const struct called *in, int64_t id)
{
    struct patient patient;

    TRY(patient_get(c, id, &patient));
    text_addf(in->out, "%s  %s%s%s%s\n", patient.code, patient.name,
              date_is_none(patient.born_on) ? "" : ", born ",
              date_is_none(patient.born_on) ? "" : date_text(&c->arena, patient.born_on),
              patient.medicines_asked ? "" : "; nobody has asked for her medicines");
    for (enum profile_part part = PROFILE_MEDICINES; part < PROFILE_PART_COUNT; part++) {
        struct profile_row *rows;
        size_t n;

        TRY(patient_profile(c, id, part, &rows, &n));
        for (size_t i = 0; i < n; i++)
            show_row(c, in->out, part, &rows[i]);
    }
    return ST_OK;
}

static enum status run_list(struct ctx *c, const struct called *in)
{
    static const struct list_column columns[] = { { "Code", "code", 10, LIST_TEXT },
                                                  { "Born", "born_on", 12, LIST_TEXT },
                                                  { "Phone", "phone", 16, LIST_TEXT },
                                                  { "Name", "name", 0, LIST_TEXT },
                                                  { NULL, NULL, 0, LIST_TEXT } };
    const char *typed = in->operand_count == 0 ? NULL : in->operands[0];

    return list_show(c, in, &q_patient_search, PARAMS(SHOP(c), TEXT_OR_NULL(typed), I64(200)), columns);
}

static enum status run_show(struct ctx *c, const struct called *in)
{
    int64_t id;

    TRY(patient_of(c, in, &id));
    return show(c, in, id);
}

static enum status run_add(struct ctx *c, const struct called *in)
{
    struct profile_line lines[20];
    const size_t count = in->operand_count < 3 ? 0 : in->operand_count - 2;
    enum profile_part part;
    struct date day;
    int64_t id, version;

    TRY(patient_of(c, in, &id));
    TRY(part_of(c, in, &part));
    TRY(day_of(c, in, "--on", &day));
    if (count > sizeof lines / sizeof *lines)
        return ctx_fail(c, ST_INVALID, "TEXT", NULL, "are at most %zu at once", sizeof lines / sizeof *lines);
    for (size_t i = 0; i < count; i++)
        lines[i] = (struct profile_line){ .typed = in->operands[i + 2],
                                          .note = argument_text(in->in, "--note", NULL),
                                          .since = day };
    TRY(patient_add(c, in->knowledge, id, part, lines, count, argument_given(in->in, "--asked"), &version));
    return show(c, in, id);
}

static enum status run_stop(struct ctx *c, const struct called *in)
{
    int64_t id, line, version;
    struct date day;

    TRY(patient_of(c, in, &id));
    TRY(stock_number_operand(c, in, 1, "LINE", &line));
    TRY(day_of(c, in, "--last-taken", &day));
    if (date_is_none(day))
        TRY(patient_end(c, id, PROFILE_MEDICINES, line, &version));
    else
        TRY(patient_last_taken(c, id, line, day, &version));
    return show(c, in, id);
}

static enum status run_end(struct ctx *c, const struct called *in)
{
    enum profile_part part;
    int64_t id, line, version;

    TRY(patient_of(c, in, &id));
    TRY(part_of(c, in, &part));
    TRY(stock_number_operand(c, in, 2, "LINE", &line));
    TRY(patient_end(c, id, part, line, &version));
    return show(c, in, id);
}

static const struct subcommand list = { "list", "[TEXT]", "patients by a part of name, code or phone", false,
                                        run_list };
static const struct subcommand one = { "show", "PATIENT", "what one takes, has and awaits", false, run_show };
static const struct subcommand add = { "add", "PATIENT PART TEXT…", "add to it", true, run_add };
static const struct subcommand stop = { "stop", "PATIENT LINE", "a medicine is not taken any more", true,
                                        run_stop };
static const struct subcommand over = { "end", "PATIENT PART LINE", "something is over, or was no such thing",
                                        true, run_end };
static const struct subcommand *const subcommands[] = { &list, &one, &add, &stop, &over, NULL };

static enum status run(struct ctx *c, const struct arguments *in)
{
    return subcommand_run(c, in, command_patient.name, subcommands);
}

static const struct option options[] = {
    { "--as", "USERNAME", "the person who acts" },
    { "--shop", "SLUG", "her shop, when several shops know the name" },
    { "--key", "TEXT", "act once: the same key again prints the first answer" },
    { "--json", NULL, "list: as the API answers it" },
    { "--on", "DAY", "add: since when; of an operation: the day it is planned on" },
    { "--note", "TEXT", "add: directions of a medicine, reaction of an allergy, or in words" },
    { "--asked", NULL, "add: the patient was asked for every medicine; without a TEXT: she takes none" },
    { "--last-taken", "DAY", "stop: the last day it was taken [today]; of a stopped one: puts it right" },
    { NULL, NULL, NULL },
};

const struct command command_patient = {
    .name = "patient",
    .summary = "what a patient takes, has and awaits: look, add, stop, end",
    .operands = "SUBCOMMAND [PATIENT …]",
    .more = "  list [TEXT]               patients by a part of name, code or phone\n"
            "  show PATIENT              by code or number; with the numbers of the lines\n"
            "  add PATIENT PART TEXT…    PART is medicine, condition, allergy or operation\n"
            "  stop PATIENT LINE         a medicine; its effect is screened while it lasts\n"
            "  end PATIENT PART LINE     a condition is over, an operation called off\n"
            "Example: yaofang patient add D-0003 operation \"hip replacement\" --on 2026-12-24 --as dr.wu\n",
    .options = options,
    .most_operands = 22,
    .run = run,
};
