/* `yaofang evidence`: the evidence book and the alert budget on the command line: look, propose, decide, and see what a proposal
   would change. */
#include <stdlib.h>
#include <string.h>

#include "api/evidence_json.h"
#include "core/curator.h"
#include "core/evidence_import.h"
#include "listing.h"
#include "sql.h"

static const char *operand(const struct called *in, size_t at)
{
    return at < in->operand_count ? in->operands[at] : NULL;
}

static enum status number(struct ctx *c, const char *field, const char *typed, int64_t *out)
{
    char *end;

    *out = typed == NULL ? 0 : strtoll(typed, &end, 10);
    if (typed == NULL || *out < 1 || *end != '\0')
        return ctx_fail(c, ST_INVALID, field, typed, "is a whole number from 1");
    return ST_OK;
}

static enum status run_rules(struct ctx *c, const struct called *in)
{
    static const struct list_column shown[] = {
        { "Rule", "id", 12, LIST_TEXT },
        { "Origin", "origin", 11, LIST_TEXT },
        { "V", "version", 4, LIST_TEXT },
        { "Severity", "severity", 17, LIST_TEXT },
        { "Subject", "subject_id", 20, LIST_TEXT },
        { "Object", "object_id", 24, LIST_TEXT },
        { "Effect", "effect", 0, LIST_TEXT },
        { NULL, NULL, 0, LIST_TEXT },
    };

    return list_show(c, in, &q_evidence_rule_list,
                     PARAMS(SHOP(c), TEXT_OR_NULL(operand(in, 0)),
                            TEXT_OR_NULL(argument_text(in->in, "--origin", NULL)), I64(2000)),
                     shown);
}

static const struct list_column proposal_columns[] = {
    { "No.", "id", 6, LIST_TEXT },           { "Key", "key", 34, LIST_TEXT },
    { "V", "version", 4, LIST_TEXT },        { "Change", "change", 8, LIST_TEXT },
    { "State", "state", 11, LIST_TEXT },     { "From", "effective_from", 12, LIST_TEXT },
    { "To", "effective_to", 12, LIST_TEXT }, { "Author", "author", 27, LIST_TEXT },
    { "Reason", "reason", 0, LIST_TEXT },    { NULL, NULL, 0, LIST_TEXT },
};

static enum status run_proposals(struct ctx *c, const struct called *in)
{
    return list_show(c, in, &q_evidence_list,
                     PARAMS(SHOP(c), NONE(), TEXT_OR_NULL(operand(in, 0)), NONE(), NONE(), I64(1000), NONE()),
                     proposal_columns);
}

static enum status run_history(struct ctx *c, const struct called *in)
{
    static const struct list_column shown[] = {
        { "No.", "id", 6, LIST_TEXT },
        { "V", "version", 4, LIST_TEXT },
        { "State", "state", 11, LIST_TEXT },
        { "Author", "author", 27, LIST_TEXT },
        { "Written", "written_at", 31, LIST_TEXT },
        { "Decided by", "decided_by", 27, LIST_TEXT },
        { "Note", "note", 24, LIST_TEXT },
        { "From what to what", "summary", 0, LIST_TEXT },
        { NULL, NULL, 0, LIST_TEXT },
    };

    if (operand(in, 0) == NULL)
        return ctx_fail(c, ST_INVALID, "KEY", NULL,
                        "is needed: a rule's id, or with --kind a name's or herb's key");
    return list_show(c, in, &q_evidence_list,
                     PARAMS(SHOP(c), NONE(), NONE(), TEXT(argument_text(in->in, "--kind", "rule")),
                            TEXT(operand(in, 0)), I64(1000), NONE()),
                     shown);
}

static enum status day(struct ctx *c, const struct called *in, const char *option, struct date *out)
{
    const char *typed = argument_text(in->in, option, NULL);

    *out = DATE_NONE;
    if (typed != NULL && !date_parse(typed, out))
        return ctx_fail(c, ST_INVALID, option, typed, "is a day, such as 2027-03-31");
    return ST_OK;
}

static enum status propose(struct ctx *c, const struct called *in, struct evidence_proposal *p)
{
    const char *change = argument_text(in->in, "--change", "set");
    int64_t id;
    int at = 0;

    while (evidence_changes[at] != NULL && strcmp(evidence_changes[at], change) != 0)
        at++;
    if (evidence_changes[at] == NULL)
        return ctx_fail(c, ST_INVALID, "--change", change, "is set, retire or revert");
    p->change = (enum evidence_change)at;
    p->reason = argument_text(in->in, "--reason", NULL);
    p->citation = argument_text(in->in, "--citation", NULL);
    TRY(day(c, in, "--from", &p->from));
    TRY(day(c, in, "--to", &p->to));
    TRY(evidence_propose(c, in->knowledge, p, &id));
    text_addf(in->out, "proposal %lld\n", (long long)id);
    return ST_OK;
}

static enum status run_propose_rule(struct ctx *c, const struct called *in)
{
    struct evidence_proposal p = { .kind = EVIDENCE_RULE };

    p.rule.id = operand(in, 0);
    p.rule.kind = argument_text(in->in, "--kind", NULL);
    p.rule.subject_kind = argument_text(in->in, "--subject-kind", NULL);
    p.rule.subject_id = argument_text(in->in, "--subject", NULL);
    p.rule.object_kind = argument_text(in->in, "--object-kind", NULL);
    p.rule.object_id = argument_text(in->in, "--object", NULL);
    p.rule.severity = argument_text(in->in, "--severity", NULL);
    p.rule.effect = argument_text(in->in, "--effect", NULL);
    p.rule.mechanism = argument_text(in->in, "--mechanism", NULL);
    p.rule.evidence_level = argument_text(in->in, "--evidence", NULL);
    p.rule.action = argument_text(in->in, "--action", NULL);
    p.rule.threshold_g = argument_text(in->in, "--threshold", NULL);
    p.rule.below_severity = argument_text(in->in, "--below", NULL);
    return propose(c, in, &p);
}

static enum status run_propose_name(struct ctx *c, const struct called *in)
{
    struct evidence_proposal p = { .kind = EVIDENCE_SYNONYM };

    p.synonym = (struct own_synonym){ .thing_kind = operand(in, 0),
                                      .thing_id = operand(in, 1),
                                      .synonym = operand(in, 2) };
    return propose(c, in, &p);
}

static enum status run_propose_ratio(struct ctx *c, const struct called *in)
{
    struct evidence_proposal p = { .kind = EVIDENCE_RATIO };

    p.ratio = (struct granule_ratio_row){ .herb_id = operand(in, 0), .crude_g_per_g = operand(in, 1) };
    return propose(c, in, &p);
}

static enum status decide(struct ctx *c, const struct called *in, const char *done,
                          enum status (*decision)(struct ctx *c, int64_t id, const char *note))
{
    int64_t id;

    TRY(number(c, "PROPOSAL", operand(in, 0), &id));
    TRY(decision(c, id, argument_text(in->in, "--note", "")));
    text_addf(in->out, "proposal %lld %s\n", (long long)id, done);
    return ST_OK;
}

static enum status run_approve(struct ctx *c, const struct called *in)
{
    return decide(c, in, "approved", evidence_approve);
}

static enum status run_reject(struct ctx *c, const struct called *in)
{
    return decide(c, in, "rejected", evidence_reject);
}

static enum status run_withdraw(struct ctx *c, const struct called *in)
{
    return decide(c, in, "withdrawn", evidence_withdraw);
}

static void print_effects(struct text *out, const struct evidence_effects *e)
{
    text_addf(out,
              "%lld prescriptions screened, %lld change: %lld findings raised, %lld gone, %lld of another "
              "severity\n",
              (long long)e->prescriptions, (long long)e->changed, (long long)e->raised, (long long)e->gone,
              (long long)e->severity);
    for (size_t i = 0; i < e->count; i++) {
        const struct evidence_effect *row = &e->rows[i];

        text_addf(out, "%s  prescription %lld/%lld  %-8s %s -> %s  %s × %s (%s)\n", row->patient_code,
                  (long long)row->prescription_id, (long long)row->version, effect_word(row->change),
                  *row->before == '\0' ? "nothing" : row->before,
                  *row->after == '\0' ? "nothing" : row->after, row->subject, row->object, row->rule_id);
    }
    if (e->raised + e->gone + e->severity > (int64_t)e->count)
        text_addf(out, "… and more: the first %zu are listed\n", e->count);
}

static enum status run_effects(struct ctx *c, const struct called *in)
{
    const bool file = argument_given(in->in, "--import");
    struct evidence_proposal one, *list = &one;
    struct evidence_effects effects;
    struct json_writer w;
    int64_t id, *lines;
    size_t n = 1;

    TRY(number(c, file ? "--import" : "PROPOSAL",
               file ? argument_text(in->in, "--import", NULL) : operand(in, 0), &id));
    TRY(file ? evidence_import_read(c, id, &list, &lines, &n) : evidence_read(c, id, &one));
    TRY(evidence_effects(c, list, n, &effects));
    if (!argument_given(in->in, "--json")) {
        print_effects(in->out, &effects);
        return ST_OK;
    }
    json_init(&w, in->out);
    json_open_object(&w, NULL);
    evidence_effects_write(&w, &effects);
    json_close_object(&w);
    text_add(in->out, "\n");
    return ST_OK;
}

static const struct list_column count_columns[] = {
    { "Rule", "rule", 12, LIST_TEXT },
    { "Severity", "severity", 17, LIST_TEXT },
    { "Role", "role", 14, LIST_TEXT },
    { "Shown", "shown", 7, LIST_TEXT },
    { "Heeded", "heeded", 8, LIST_TEXT },
    { "Overr.", "overridden", 8, LIST_TEXT },
    { "%", "override_percent", 5, LIST_TEXT },
    { "Reasons", "reasons", 0, LIST_TEXT },
    { NULL, NULL, 0, LIST_TEXT },
};

static enum status run_budget(struct ctx *c, const struct called *in)
{
    struct date from, to;

    TRY(day(c, in, "--from", &from));
    TRY(day(c, in, "--to", &to));
    return list_show(c, in, &q_alert_budget,
                     PARAMS(SHOP(c), DATE(from), DATE(to), TEXT_OR_NULL(operand(in, 0)), NONE()),
                     count_columns);
}

static enum status run_queue(struct ctx *c, const struct called *in)
{
    return list_show(c, in, &q_curator_queue, PARAMS(SHOP(c), NONE()), count_columns);
}

static enum status run_decide(struct ctx *c, const struct called *in)
{
    const char *action = operand(in, 1) == NULL ? "" : operand(in, 1);
    struct curator_decision d = { .rule_id = operand(in, 0),
                                  .own = strcmp(argument_text(in->in, "--origin", "reference"), "shop") == 0,
                                  .note = argument_text(in->in, "--note", NULL),
                                  .severity = argument_text(in->in, "--severity", NULL),
                                  .citation = argument_text(in->in, "--citation", NULL) };
    int64_t id;
    int at = 0;

    while (curator_actions[at] != NULL && strcmp(curator_actions[at], action) != 0)
        at++;
    if (d.rule_id == NULL || curator_actions[at] == NULL)
        return ctx_fail(c, ST_INVALID, "ACTION", action, "is keep, severity or retire");
    d.action = (enum curator_action)at;
    TRY(curator_decide(c, in->knowledge, &d, &id));
    text_addf(in->out, "decision %lld\n", (long long)id);
    return ST_OK;
}

static const struct subcommand subcommand_list[] = {
    { "rules", "[TEXT]", "the rules as they hold for the shop", false, run_rules },
    { "proposals", "[STATE]", "what was proposed and decided", false, run_proposals },
    { "history", "KEY", "who changed what from what to what", false, run_history },
    { "propose rule", "[RULE]", "a new rule, or a change of one", true, run_propose_rule },
    { "propose name", "KIND THING NAME", "a name of something", true, run_propose_name },
    { "propose ratio", "HERB RATIO", "a granule ratio", true, run_propose_ratio },
    { "approve", "PROPOSAL", "another person's proposal", true, run_approve },
    { "reject", "PROPOSAL", "another person's proposal", true, run_reject },
    { "withdraw", "PROPOSAL", "one's own proposal", true, run_withdraw },
    { "effects", "PROPOSAL", "whose findings a proposal would change", false, run_effects },
    { "budget", "[RULE]", "shown, heeded, overridden, and why", false, run_budget },
    { "queue", "", "rules that are overridden too often", false, run_queue },
    { "decide", "RULE ACTION", "about a rule of the queue", true, run_decide },
};

static enum status run(struct ctx *c, const struct arguments *in)
{
    enum { COUNT = sizeof subcommand_list / sizeof *subcommand_list };
    const struct subcommand *table[COUNT + 1] = { NULL };

    for (size_t i = 0; i < COUNT; i++)
        table[i] = &subcommand_list[i];
    return subcommand_run(c, in, command_evidence.name, table);
}

static const struct option options[] = {
    { "--as", "USERNAME", "the person who acts" },
    { "--shop", "SLUG", "her shop, when several shops know the name" },
    { "--key", "TEXT", "act once: the same key again prints the first answer" },
    { "--json", NULL, "lists as the API answers them" },
    { "--origin", "ORIGIN", "reference or shop" },
    { "--kind", "KIND",
      "of a rule: herb_drug, formula_drug, herb_herb, herb_condition, procedure; of a history: rule, "
      "synonym, ratio" },
    { "--subject-kind", "KIND", "herb, formula or procedure" },
    { "--subject", "TEXT", "any name of it" },
    { "--object-kind", "KIND", "drug, drug_class, condition or herb" },
    { "--object", "TEXT", "any name of it" },
    { "--severity", "SEVERITY", "contraindicated, major, moderate or minor" },
    { "--effect", "TEXT", "what happens" },
    { "--mechanism", "TEXT", "how" },
    { "--evidence", "TEXT", "how sure it is" },
    { "--action", "TEXT", "what to do" },
    { "--threshold", "GRAMS", "raw herb a day from which the rule holds" },
    { "--below", "SEVERITY", "how grave it is below the threshold" },
    { "--change", "CHANGE", "set, retire (out of use) or revert (the reference speaks again) [set]" },
    { "--reason", "TEXT", "why; needed for every proposal" },
    { "--citation", "TEXT", "where it is written; needed for every proposal" },
    { "--from", "DAY", "first day, in the shop's time [today]; of a budget too" },
    { "--to", "DAY", "last day [for good]; of a budget too" },
    { "--note", "TEXT", "to a decision" },
    { "--import", "N", "effects of a whole file that came in and was checked" },
    { NULL, NULL, NULL },
};

const struct command command_evidence = {
    .name = "evidence",
    .summary = "the evidence book and the alert budget: look, propose, decide",
    .operands = "SUBCOMMAND [WHAT]",
    .more = "  rules [TEXT]            the rules as they hold for the shop, its own beside the reference's\n"
            "  proposals [STATE]       proposed, approved, rejected or withdrawn\n"
            "  history KEY             who changed what from what to what; --kind\n"
            "  propose rule [RULE]     --severity, --effect, …; what is not given stays; always --reason, "
            "--citation\n"
            "  propose name KIND THING NAME, propose ratio HERB RATIO\n"
            "  approve N, reject N, withdraw N   --note; nobody approves her own\n"
            "  effects N               a dry run: whose findings would change; --import N: of a file\n"
            "  budget [RULE]           shown, heeded, overridden, and why\n"
            "  queue                   rules overridden too often\n"
            "  decide RULE keep|severity|retire   --note, --severity\n",
    .options = options,
    .most_operands = 5,
    .run = run,
};
