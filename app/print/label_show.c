/* What the linter found, for people at a terminal and for programs; and lists of numbers as people type them. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "print/label_job.h"

static const char *severity(const struct lint_finding *finding)
{
    if (lint_faulty(finding))
        return *finding->overridden == '\0' ? "BLOCKS" : "let through";
    return finding->outcome == LINT_PRESENT || finding->outcome == LINT_NOT_DUE ? "" : "note";
}

static void add_rule(struct ctx *c, const struct lint_finding *finding, struct text *out)
{
    const struct label_rule *rule = finding->rule;
    const char *date = date_is_none(rule->in_force_from)
                           ? "date not known"
                           : arena_printf(&c->arena, "in force %s, %s",
                                          date_text(&c->arena, rule->in_force_from), rule->in_force_basis);

    text_addf(out, "      %s; %s; %s; %s\n", rule->requirement, rule->clause,
              strcmp(rule->verified, "seen") == 0 ? "verified" : "draft, to be confirmed", date);
    if (*rule->condition != '\0' && strcmp(rule->requirement, "required") != 0)
        text_addf(out, "      when: %s\n", rule->condition);
    if (finding->outcome == LINT_TOO_SMALL)
        text_addf(out, "      stands in %d.%d points, at least %d are asked for\n", finding->size / 10,
                  finding->size % 10, rule->min_type_size_pt);
    if (finding->outcome == LINT_WRONG_LANGUAGE)
        text_addf(out, "      language: %s\n", rule->language_rule);
    if (*finding->overridden != '\0')
        text_addf(out, "      let through: %s\n", finding->overridden);
}

void label_lint_text(struct ctx *c, const struct label_lint *lint, bool all, struct text *out)
{
    size_t shown = 0;

    if (*lint->beyond_use_because != '\0')
        text_addf(out, "Use by %s; %s.\n", date_text(&c->arena, lint->beyond_use), lint->beyond_use_because);
    if (lint->rules == NULL) {
        text_add(out, "No label rules: the shop has chosen no profile, or the sheet has none.\n");
        return;
    }
    if (lint->count == 0) {
        text_addf(out, "%s (%s) has no rules for this.\n", lint->rules->profile, lint->rules->jurisdiction);
        return;
    }
    text_addf(out, "Rules of %s (%s), %zu in force: %zu block%s printing.\n", lint->rules->profile,
              lint->rules->jurisdiction, lint->count, lint->blocking, lint->blocking == 1 ? "s" : "");
    for (size_t i = 0; i < lint->count; i++) {
        const struct lint_finding *finding = &lint->findings[i];
        const char *word = severity(finding);

        if (*word == '\0' && !all)
            continue;
        text_addf(out, "  %-11s %-16s %s (%s)\n", word, lint_outcome_words(finding->outcome),
                  finding->rule->english, finding->rule->field);
        add_rule(c, finding, out);
        shown++;
    }
    if (shown == 0)
        text_add(out, "  Everything asked for is there.\n");
}

static void put_finding(struct json_writer *w, const struct lint_finding *finding)
{
    const struct label_rule *rule = finding->rule;

    json_open_object(w, NULL);
    json_text(w, "field", rule->field);
    json_text(w, "english", rule->english);
    json_text(w, "outcome", lint_outcome_words(finding->outcome));
    json_text(w, "requirement", rule->requirement);
    json_bool(w, "blocks", lint_faulty(finding) && *finding->overridden == '\0');
    json_text(w, "condition", rule->condition);
    json_text(w, "clause", rule->clause);
    json_text(w, "verified", rule->verified);
    json_date(w, "in_force_from", rule->in_force_from);
    json_text(w, "in_force_basis", rule->in_force_basis);
    json_text(w, "language_rule", rule->language_rule);
    json_i64(w, "min_type_size_pt", rule->min_type_size_pt);
    json_text(w, "overridden", *finding->overridden == '\0' ? NULL : finding->overridden);
    json_close_object(w);
}

void label_lint_json(struct json_writer *w, const char *key, const struct label_lint *lint)
{
    json_open_object(w, key);
    json_text(w, "profile", lint->rules == NULL ? NULL : lint->rules->profile);
    json_text(w, "jurisdiction", lint->rules == NULL ? NULL : lint->rules->jurisdiction);
    json_text(w, "document", lint->rules == NULL ? NULL : lint->rules->document);
    json_i64(w, "blocking", (int64_t)lint->blocking);
    json_date(w, "beyond_use", *lint->beyond_use_because == '\0' ? DATE_NONE : lint->beyond_use);
    json_text(w, "beyond_use_because", *lint->beyond_use_because == '\0' ? NULL : lint->beyond_use_because);
    json_open_list(w, "findings");
    for (size_t i = 0; i < lint->count; i++)
        put_finding(w, &lint->findings[i]);
    json_close_list(w);
    json_close_object(w);
}

/* "7" or "1-1000" at `*at`, which is left behind it. */
static bool read_range(const char **at, int64_t *first, int64_t *last)
{
    char *end;

    errno = 0;
    *first = strtoll(*at, &end, 10);
    if (end == *at || errno != 0 || *first < 1)
        return false;
    *last = *first;
    *at = end;
    if (*end != '-')
        return true;
    *at = end + 1;
    *last = strtoll(*at, &end, 10);
    if (end == *at || errno != 0)
        return false;
    *at = end;
    return *last >= *first;
}

static bool known(const int64_t *numbers, size_t count, int64_t number)
{
    for (size_t i = 0; i < count; i++)
        if (numbers[i] == number)
            return true;
    return false;
}

enum status label_numbers(struct ctx *c, const char *field, const char *typed, size_t most, int64_t **numbers,
                          size_t *count)
{
    const char *at = typed;
    int64_t first, last;

    if (*count == 0)
        *numbers = arena_array(&c->arena, most, sizeof **numbers);
    do {
        at += *at == ',';
        if (!read_range(&at, &first, &last) || (*at != ',' && *at != '\0'))
            return ctx_fail(c, ST_INVALID, field, typed, "is a number, or several such as 1-20,25");
        if ((uint64_t)(last - first) >= most - *count)
            return ctx_fail(c, ST_INVALID, field, typed, "is more than %zu at once", most);
        for (; first <= last; first++)
            if (!known(*numbers, *count, first))
                (*numbers)[(*count)++] = first;
    } while (*at == ',');
    return ST_OK;
}
