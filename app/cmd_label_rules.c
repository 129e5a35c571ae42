/* `yaofang label lint`, `fact`, `facts`, `profiles` and `settings`: what labels must say, and what they say of their own. */
#include <stdlib.h>
#include <string.h>

#include "core/person.h"
#include "label.h"
#include "listing.h"
#include "print/receipt.h"
#include "sql.h"

static enum status number_of(struct ctx *c, const struct called *in, size_t at, const char *name,
                             int64_t *number)
{
    char *end;

    if (in->operand_count <= at)
        return ctx_fail(c, ST_INVALID, name, NULL, "must be given");
    *number = strtoll(in->operands[at], &end, 10);
    if (*end != '\0' || *number < 1)
        return ctx_fail(c, ST_INVALID, name, in->operands[at], "is a number of 1 or more");
    return ST_OK;
}

/* An order's label, or the paper of a prescription. */
static enum status lint_about(struct ctx *c, const struct called *in, struct label_job *job)
{
    if (!argument_given(in->in, "--prescription"))
        return number_of(c, in, 0, "ORDER", &job->id);
    job->about = "prescription";
    return argument_number(c, in->in, "--prescription", 1, INT64_MAX, &job->id);
}

static enum status run_lint(struct ctx *c, const struct called *in)
{
    const char *on = argument_text(in->in, "--on", NULL);
    struct json_writer w;
    struct label_job job;

    TRY(label_job_read(c, in->in, &job));
    TRY(label_find(c,
                   argument_text(in->in, "--kind",
                                 argument_given(in->in, "--prescription") ? "prescription" : "patient"),
                   &job.label));
    job.print = false;
    if (on != NULL && !date_parse(on, &job.on))
        return ctx_fail(c, ST_INVALID, "--on", on, "is a day such as 2026-11-21");
    if (argument_given(in->in, "--ticket")) {
        TRY(argument_number(c, in->in, "--ticket", 1, INT64_MAX, &job.id));
        TRY(receipt_lint(c, job.id, job.profile, in->in->config->font, &job.lint));
    } else {
        TRY(lint_about(c, in, &job));
        TRY(label_make(c, &job));
    }
    if (!argument_given(in->in, "--json")) {
        label_lint_text(c, &job.lint, argument_given(in->in, "--all"), in->out);
        return ST_OK;
    }
    json_init(&w, in->out);
    label_lint_json(&w, NULL, &job.lint);
    text_add(in->out, "\n");
    return ST_OK;
}

/* "order 12", "patient D-0003", "person dr.wu". */
static enum status about_of(struct ctx *c, const struct called *in, const char **about, int64_t *id)
{
    if (in->operand_count < 2)
        return ctx_fail(c, ST_INVALID, "ABOUT", NULL,
                        "must be given: order, prescription, patient or person, and its number");
    *about = in->operands[0];
    if (strcmp(*about, "person") == 0 && (in->operands[1][0] < '0' || in->operands[1][0] > '9'))
        return person_find(c, in->operands[1], id);
    return number_of(c, in, 1, "NUMBER", id);
}

static const struct list_column fact_columns[] = { { "field", "field", 24, LIST_TEXT },
                                                   { "by", "noted_by", 20, LIST_TEXT },
                                                   { "text", "text", 0, LIST_TEXT },
                                                   { NULL, NULL, 0, LIST_TEXT } };

static enum status show_facts(struct ctx *c, const struct called *in, const char *about, int64_t id)
{
    return list_show(c, in, &q_label_facts, PARAMS(SHOP(c), TEXT(about), I64(id)), fact_columns);
}

static enum status run_facts(struct ctx *c, const struct called *in)
{
    const char *about;
    int64_t id;

    TRY(about_of(c, in, &about, &id));
    return show_facts(c, in, about, id);
}

static enum status run_fact(struct ctx *c, const struct called *in)
{
    const char *about;
    int64_t id;

    TRY(person_require(c, ROLE_PRACTITIONER | ROLE_PHARMACIST | ROLE_ADMIN, "say what labels print"));
    TRY(about_of(c, in, &about, &id));
    if (in->operand_count != 4)
        return ctx_fail(c, ST_INVALID, "TEXT", NULL, "one FIELD and one TEXT must be given");
    TRY(label_fact_note(c, about, id, in->operands[2], in->operands[3]));
    return show_facts(c, in, about, id);
}

static enum status run_profiles(struct ctx *c, const struct called *in)
{
    static const struct list_column columns[] = {
        { "profile", "profile_id", 20, LIST_TEXT },     { "where", "jurisdiction", 8, LIST_TEXT },
        { "in force", "in_force_from", 12, LIST_TEXT }, { "rules", "rules", 6, LIST_TEXT },
        { "verified", "seen", 9, LIST_TEXT },           { "draft", "draft", 6, LIST_TEXT },
        { "documents", "documents", 0, LIST_TEXT },     { NULL, NULL, 0, LIST_TEXT }
    };

    return list_show(c, in, &q_label_profile_head, PARAMS(NONE()), columns);
}

static enum status run_beyond_use(struct ctx *c, const struct called *in)
{
    static const struct list_column columns[] = { { "form", "dosage_form", 18, LIST_TEXT },
                                                  { "packing", "packing", 18, LIST_TEXT },
                                                  { "days", "days", 5, LIST_TEXT },
                                                  { "verified", "verified", 9, LIST_TEXT },
                                                  { "profile", "profile_id", 14, LIST_TEXT },
                                                  { "because", "english", 0, LIST_TEXT },
                                                  { NULL, NULL, 0, LIST_TEXT } };

    return list_show(c, in, &q_label_beyond_use_rules, NO_PARAMS, columns);
}

static enum status run_settings(struct ctx *c, const struct called *in)
{
    static const struct list_column columns[] = { { "profile", "label_profile", 20, LIST_TEXT },
                                                  { "names shown", "label_names", 0, LIST_TEXT },
                                                  { NULL, NULL, 0, LIST_TEXT } };
    const char *profile = argument_text(in->in, "--profile", NULL);
    const char *names = argument_text(in->in, "--names", NULL);

    if (profile != NULL || names != NULL) {
        TRY(person_require(c, ROLE_ADMIN | ROLE_PHARMACIST, "choose what labels say"));
        TRY(label_settings_change(c, profile, names));
    }
    return list_show(c, in, &q_label_settings, PARAMS(SHOP(c)), columns);
}

static const struct subcommand lint = { "lint", "ORDER", "what the rules ask for and the label lacks", false,
                                        run_lint };
static const struct subcommand fact = { "fact", "ABOUT NUMBER FIELD TEXT", "note what only labels print",
                                        true, run_fact };
static const struct subcommand facts = { "facts", "ABOUT NUMBER", "what was noted", false, run_facts };
static const struct subcommand profiles = { "profiles", "", "the rules there are", false, run_profiles };
static const struct subcommand settings_of = { "settings", "", "the shop's profile and names shown", true,
                                               run_settings };

static const struct subcommand beyond_use = { "beyond-use", "", "how long what is made keeps, and why", false,
                                              run_beyond_use };

const struct subcommand *const label_subcommands[] = { &lint,       &fact,        &facts, &profiles,
                                                       &beyond_use, &settings_of, NULL };
