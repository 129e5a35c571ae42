/* Rules as rows become rules of the snapshot: those of two things, those that hold for every herb, what the law of a place says of
   a herb, limits over many days. What they mean for each other is worked out in knowledge_rules.c. */
#include <stdlib.h>
#include <string.h>

#include "clinic/knowledge_build.h"

/* The cells a regulation and a limit have in common. */
struct fact_cells {
    const char *id, *herb_id, *severity, *effect, *mechanism, *action, *citation, *confidence, *version;
};

static struct ref rule_end(struct builder *b, const struct rule_row *row, const char *kind_field,
                           const char *kind, const char *id_field, const char *id)
{
    for (int i = REF_HERB; i < REF_KIND_COUNT; i++)
        if (strcmp(kind, ref_kind_word((enum ref_kind)i)) == 0) {
            uint16_t at = build_ref(b, (enum ref_kind)i, id, "rules", row->id, id_field);

            if (*id == '\0')
                build_wrong(b, "rules", row->id, id_field, id, "must not be empty");
            return (struct ref){ (uint16_t)i, at };
        }
    build_wrong(b, "rules", row->id, kind_field, kind, "must be a kind of thing (herb, drug_class, …)");
    return (struct ref){ REF_NONE, 0 };
}

static int version_of(struct builder *b, const char *table, const char *id, const char *cell)
{
    return *cell == '\0' ? 1 : build_days(b, cell, table, id, "version");
}

static enum severity severity_of(struct builder *b, const char *table, const char *id, const char *cell)
{
    enum severity severity = severity_parse(cell);

    if (severity == SEVERITY_NONE)
        build_wrong(b, table, id, "severity", cell, "must be contraindicated, major, moderate or minor");
    return severity;
}

/* Whether a rule's effect is on bleeding, in the words the rule book uses. */
static bool means_bleeding(const char *effect)
{
    static const char *const words[] = { "bleed", "raised INR", "haemorrhag", "bruis" };

    if (strcasestr(effect, "lowered INR") != NULL) /* the opposite, first of all */
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasestr(effect, words[i]) != NULL)
            return true;
    return false;
}

/* On what a rule depends besides its two ends: a dose, a day, an operation; and what it does to theories. */
static void read_conditions(struct builder *b, const struct rule_row *row, struct rule *rule)
{
    rule->threshold = build_grams(b, row->threshold_g, "rules", row->id, "threshold_g");
    if (*row->below_severity != '\0')
        rule->below = severity_of(b, "rules", row->id, row->below_severity);
    if (*row->lowers_to != '\0')
        rule->lowers_to = severity_of(b, "rules", row->id, row->lowers_to);
    rule->lasting_days = build_days(b, row->lasting_days, "rules", row->id, "lasting_days");
    rule->stop_days_before = build_days(b, row->stop_days_before, "rules", row->id, "stop_days_before");
    if (rule->below != SEVERITY_NONE && rule->threshold.mg == 0)
        build_wrong(b, "rules", row->id, "below_severity", row->below_severity, "needs a threshold_g");
    if (rule->threshold.mg > 0 && (rule->subject.kind != REF_HERB || rule->object.kind == REF_HERB))
        build_wrong(b, "rules", row->id, "threshold_g", row->threshold_g,
                    "is for the dose of a herb beside a medicine or condition");
}

static void read_rule(struct builder *b, const struct rule_row *row, struct rule *rule)
{
    *rule = (struct rule){ .id = build_text(b, row->id),
                           .kind = build_text(b, row->kind),
                           .effect = build_text(b, row->effect),
                           .mechanism = build_text(b, row->mechanism),
                           .evidence_level = build_text(b, row->evidence_level),
                           .evidence_class = build_text(b, row->evidence_class),
                           .evidence_direction = build_text(b, row->evidence_direction),
                           .action = build_text(b, row->action),
                           .citation = build_text(b, row->citation),
                           .citation_seen = build_text(b, row->citation_seen),
                           .note = build_text(b, row->note),
                           .confidence = build_text(b, row->confidence) };
    rule->subject = rule_end(b, row, "subject_kind", row->subject_kind, "subject_id", row->subject_id);
    rule->object = rule_end(b, row, "object_kind", row->object_kind, "object_id", row->object_id);
    if (rule->subject.kind != REF_HERB && rule->subject.kind != REF_FORMULA &&
        rule->subject.kind != REF_PROCEDURE)
        build_wrong(b, "rules", row->id, "subject_kind", row->subject_kind,
                    "must be herb, formula or procedure");
    if (rule->object.kind != REF_HERB && rule->object.kind != REF_DRUG &&
        rule->object.kind != REF_DRUG_CLASS && rule->object.kind != REF_CONDITION)
        build_wrong(b, "rules", row->id, "object_kind", row->object_kind,
                    "must be drug, drug_class, condition or herb");
    rule->bleeding = means_bleeding(row->effect);
    rule->severity = severity_of(b, "rules", row->id, row->severity);
    rule->version = version_of(b, "rules", row->id, row->version);
    read_conditions(b, row, rule);
}

static void read_general(struct builder *b, const struct general_rule_row *row, struct rule *rule,
                         uint16_t at)
{
#define GENERAL_KEY(name, kind, object) { kind, object },
    static const char *const keys[GENERAL_RULE_COUNT][2] = { GENERAL_RULE_LIST(GENERAL_KEY) };
#undef GENERAL_KEY

    *rule = (struct rule){ .id = build_text(b, row->id),
                           .object_word = build_text(b, row->object_id),
                           .kind = build_text(b, row->kind),
                           .effect = build_text(b, row->effect),
                           .mechanism = build_text(b, row->mechanism),
                           .evidence_level = "",
                           .evidence_class = "",
                           .evidence_direction = "",
                           .action = build_text(b, row->action),
                           .citation = build_text(b, row->citation),
                           .citation_seen = "",
                           .note = "",
                           .confidence = build_text(b, row->confidence) };
    rule->severity = severity_of(b, "general_rules", row->id, row->severity);
    rule->version = version_of(b, "general_rules", row->id, row->version);
    if (*row->subject_id != '\0')
        rule->subject = (struct ref){ REF_HERB, build_ref(b, REF_HERB, row->subject_id, "general_rules",
                                                          row->id, "subject_id") };
    rule->limit = build_grams(b, row->limit_g, "general_rules", row->id, "limit_g");
    rule->limit_days = build_days(b, row->limit_days, "general_rules", row->id, "limit_days");
    for (size_t i = 0; i < GENERAL_RULE_COUNT; i++)
        if (strcmp(keys[i][0], row->kind) == 0 && strcmp(keys[i][1], row->object_id) == 0) {
            b->k->general[i] = at;
            return;
        }
    build_wrong(b, "general_rules", row->id, "object_id", row->object_id, "must be one the program knows");
}

/* The texts and the severity of a regulation or a limit; the word is shown as what the herb meets. */
static struct rule fact_rule(struct builder *b, const char *table, const char *kind, const char *word,
                             const struct fact_cells *cells)
{
    struct rule rule = { .id = build_text(b, cells->id),
                         .object_word = build_text(b, word),
                         .kind = kind,
                         .effect = build_text(b, cells->effect),
                         .mechanism = build_text(b, cells->mechanism),
                         .evidence_level = "",
                         .evidence_class = "",
                         .evidence_direction = "",
                         .action = build_text(b, cells->action),
                         .citation = build_text(b, cells->citation),
                         .citation_seen = "",
                         .note = "",
                         .confidence = build_text(b, cells->confidence) };

    rule.severity = severity_of(b, table, cells->id, cells->severity);
    rule.version = version_of(b, table, cells->id, cells->version);
    rule.subject =
        (struct ref){ REF_HERB, build_ref(b, REF_HERB, cells->herb_id, table, cells->id, "herb_id") };
    if (*cells->herb_id == '\0')
        build_wrong(b, table, cells->id, "herb_id", "", "must not be empty");
    return rule;
}

static struct date day_of(struct builder *b, const char *cell, const char *table, const char *id,
                          const char *field)
{
    struct date day = DATE_NONE;

    if (*cell != '\0' && !date_parse(cell, &day))
        build_wrong(b, table, id, field, cell, "must be a day (2027-03-31)");
    return day;
}

static int by_herb(const void *a, const void *b)
{
    const struct regulation *x = a, *y = b;

    return x->herb != y->herb ? (x->herb < y->herb ? -1 : 1) : (int)x->rule - (int)y->rule;
}

/* The regulations beside their herb; a herb also answers for the forms it is made from. */
static void read_regulations(struct builder *b, size_t at)
{
    const struct regulation_row *rows = ROWS(b, regulations, regulation_row);
    size_t count = ROW_COUNT(b, regulations);
    struct regulation *regulations = build_array(b, count, sizeof *regulations);
    struct herb *herbs = b->herbs;

    for (size_t i = 0; i < count; i++) {
        const struct regulation_row *row = &rows[i];
        const struct fact_cells cells = { row->id,       row->herb_id,    row->severity,
                                          row->effect,   row->mechanism,  row->action,
                                          row->citation, row->confidence, row->version };

        b->rules[at + i] = fact_rule(b, "regulations", "regulation", row->kind, &cells);
        regulations[i] = (struct regulation){
            .rule = (uint16_t)(at + i),
            .herb = b->rules[at + i].subject.at,
            .place = knowledge_place(b->k, row->jurisdiction_id),
            .from = day_of(b, row->in_force_from, "regulations", row->id, "in_force_from"),
            .to = day_of(b, row->in_force_to, "regulations", row->id, "in_force_to"),
            .max_daily = build_grams(b, row->max_daily_g, "regulations", row->id, "max_daily_g"),
        };
        if (regulations[i].place == NO_PARENT)
            build_wrong(b, "regulations", row->id, "jurisdiction_id", row->jurisdiction_id,
                        "must be the id of a jurisdiction on file");
    }
    b->k->regulations = regulations;
    b->k->regulation_count = count;
    if (ctx_fault_or_ok(b->c) != ST_OK || count == 0)
        return;
    qsort(regulations, count, sizeof *regulations, by_herb);
    for (size_t i = count; i-- > 0;) {
        herbs[regulations[i].herb].first_regulation = (uint16_t)i;
        herbs[regulations[i].herb].regulation_count++;
    }
    for (size_t h = 0; h < b->k->count[REF_HERB]; h++)
        for (uint16_t form = (uint16_t)h; form != NO_PARENT; form = herbs[form].parent)
            herbs[h].regulated = herbs[h].regulated || herbs[form].regulation_count > 0;
}

static void read_limits(struct builder *b, size_t at)
{
    const struct herb_limit_row *rows = ROWS(b, herb_limits, herb_limit_row);
    size_t count = ROW_COUNT(b, herb_limits);
    struct herb_limit *limits = build_array(b, count, sizeof *limits);

    for (size_t i = 0; i < count; i++) {
        const struct herb_limit_row *row = &rows[i];
        const struct fact_cells cells = { row->id,       row->herb_id,    row->severity,
                                          row->effect,   row->mechanism,  row->action,
                                          row->citation, row->confidence, row->version };

        b->rules[at + i] = fact_rule(b, "herb_limits", "limit", "limit", &cells);
        limits[i] = (struct herb_limit){
            .rule = (uint16_t)(at + i),
            .herb = b->rules[at + i].subject.at,
            .window_days = build_days(b, row->window_days, "herb_limits", row->id, "window_days"),
            .most = build_grams(b, row->max_g, "herb_limits", row->id, "max_g"),
            .most_days = build_days(b, row->max_days, "herb_limits", row->id, "max_days"),
        };
        if (limits[i].window_days == 0 || limits[i].window_days > 400 ||
            (limits[i].most.mg > 0) == (limits[i].most_days > 0))
            build_wrong(b, "herb_limits", row->id, "window_days", row->window_days,
                        "a limit is of grams or of days within a window of days");
    }
    b->k->limits = limits;
    b->k->limit_count = count;
    for (size_t h = 0; ctx_fault_or_ok(b->c) == ST_OK && h < b->k->count[REF_HERB]; h++)
        for (uint16_t form = (uint16_t)h; form != NO_PARENT; form = b->herbs[form].parent)
            for (size_t i = 0; i < count; i++)
                b->herbs[h].limited = b->herbs[h].limited || limits[i].herb == form;
}

size_t build_rule_rows(struct builder *b)
{
    size_t own = ROW_COUNT(b, rules);
    size_t general = ROW_COUNT(b, general_rules);
    size_t regulations = ROW_COUNT(b, regulations);
    size_t all = own + general + regulations + ROW_COUNT(b, herb_limits);

    b->k->rule_count = 0;
    if (all >= NO_RULE) {
        build_wrong(b, "rules", "", "", "", "has more rows than the snapshot can hold");
        return 0;
    }
    b->rules = build_array(b, all, sizeof *b->rules);
    for (size_t i = 0; i < own; i++) {
        read_rule(b, &ROWS(b, rules, rule_row)[i], &b->rules[i]);
        b->rules[i].own = b->rows->own_rules != NULL && b->rows->own_rules[i];
    }
    for (size_t i = 0; i < GENERAL_RULE_COUNT; i++)
        b->k->general[i] = NO_RULE;
    for (size_t i = 0; i < general; i++) {
        read_general(b, &ROWS(b, general_rules, general_rule_row)[i], &b->rules[own + i],
                     (uint16_t)(own + i));
        b->rules[own + i].own = b->rows->own_general_rules != NULL && b->rows->own_general_rules[i];
    }
    read_regulations(b, own + general);
    read_limits(b, own + general + regulations);
    b->k->rules = b->rules;
    b->k->rule_count = all;
    return own;
}
