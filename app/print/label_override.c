/* What a label lacks and who let it through all the same; and the facts that only labels print. */
#include <string.h>

#include "db/db.h"
#include "print/label_job.h"
#include "sql.h"

struct override {
    const char *field, *fault, *why;
};

static const struct column override_columns[] = {
    COLUMN(struct override, field),
    COLUMN(struct override, fault),
    COLUMN(struct override, why),
    COLUMNS_END,
};

static const char *fault_code(enum lint_outcome outcome)
{
    return outcome == LINT_TOO_SMALL        ? "too_small"
           : outcome == LINT_WRONG_LANGUAGE ? "wrong_language"
                                            : "missing";
}

enum status label_overrides_read(struct ctx *c, struct label_job *job)
{
    struct override *given;
    size_t n;

    if (job->lint.blocking == 0)
        return ST_OK;
    TRY(db_all(c, &q_label_overrides,
               PARAMS(SHOP(c), I64(job->id), TEXT(job->label->kind), TEXT(job->lint.rules->profile),
                      TEXT(job->about)),
               override_columns, sizeof *given, &given, &n));
    for (size_t i = 0; i < job->lint.count; i++) {
        struct lint_finding *finding = &job->lint.findings[i];

        for (size_t k = 0; k < n && lint_faulty(finding); k++)
            if (strcmp(given[k].field, finding->rule->field) == 0 &&
                strcmp(given[k].fault, fault_code(finding->outcome)) == 0)
                finding->overridden = given[k].why;
        job->lint.blocking -= lint_faulty(finding) && *finding->overridden != '\0';
    }
    return ST_OK;
}

static void note_blocking(struct ctx *c, const struct label_lint *lint)
{
    for (size_t i = 0; i < lint->count; i++) {
        const struct lint_finding *finding = &lint->findings[i];

        if (lint_faulty(finding) && *finding->overridden == '\0')
            ctx_note(c, ST_UNSAFE, finding->rule->field, NULL, "%s on the label: %s (%s, %s) asks for it",
                     lint_outcome_words(finding->outcome), lint->rules->profile, finding->rule->clause,
                     finding->rule->verified);
    }
}

static enum status add_override(struct ctx *c, const struct label_job *job,
                                const struct lint_finding *finding)
{
    return db_run(c, &q_label_override_add,
                  PARAMS(SHOP(c), I64(job->id), TEXT(job->label->kind), TEXT(job->lint.rules->profile),
                         TEXT(finding->rule->field), TEXT(fault_code(finding->outcome)), TEXT(job->reason),
                         TEXT(job->note), USER(c), TEXT(job->about)));
}

enum status label_overrides_settle(struct ctx *c, const struct label_job *job)
{
    if (job->lint.blocking == 0)
        return ST_OK;
    if (job->reason == NULL) {
        note_blocking(c, &job->lint);
        return ctx_fault_or_ok(c);
    }
    if (job->note == NULL || *job->note == '\0')
        return ctx_fail(c, ST_INVALID, "note", NULL, "must say why the label may be printed without it");
    for (size_t i = 0; i < job->lint.count; i++)
        if (lint_faulty(&job->lint.findings[i]) && *job->lint.findings[i].overridden == '\0')
            TRY(add_override(c, job, &job->lint.findings[i]));
    return ST_OK;
}

enum status label_fact_note(struct ctx *c, const char *about, int64_t id, const char *field, const char *text)
{
    static const char *const abouts[] = { "order", "prescription", "patient", "person" };
    struct param ids[] = { NONE(), NONE(), NONE(), NONE() };
    size_t i = 0, added;

    while (i < sizeof abouts / sizeof *abouts && strcmp(abouts[i], about) != 0)
        i++;
    if (i == sizeof abouts / sizeof *abouts)
        return ctx_fail(c, ST_INVALID, "about", about, "is order, prescription, patient or person");
    ids[i] = I64(id);
    TRY(db_change(c, &q_label_fact_add,
                  PARAMS(SHOP(c), ids[0], ids[1], ids[2], ids[3], TEXT(field), TEXT(text), USER(c)), &added));
    return added == 1 ? ST_OK
                      : ctx_fail(c, ST_INVALID, field, text,
                                 "is no packing the rules for keeping know: see `yaofang label beyond-use`");
}

struct changed {
    int changed;
};

static const struct column changed_columns[] = { COLUMN(struct changed, changed), COLUMNS_END };

enum status label_settings_change(struct ctx *c, const char *profile, const char *names)
{
    struct changed changed;
    bool found;

    TRY(db_row(c, &q_label_settings_set, PARAMS(SHOP(c), TEXT_OR_NULL(profile), TEXT_OR_NULL(names)),
               changed_columns, &changed, &found));
    return found ? ST_OK
                 : ctx_fail(c, ST_NOT_FOUND, "profile", profile,
                            "is no label profile: see `yaofang label profiles`");
}
