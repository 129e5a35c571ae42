/* What a proposal may say. Names become ids; what was not said of a rule is taken from the row that is in force now, so that a
   proposal to change a severity alone is a whole rule all the same. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "clinic/names.h"
#include "core/evidence.h"
#include "core/evidence_rows.h"
#include "core/name.h"
#include "db/db.h"
#include "sql.h"

enum { TEXT_LONGEST = 1000, SYNONYM_LONGEST = 120, NEAR_MOST = 3, NEAR_EDITS = 2, ID_LONGEST = 60 };

const char *const evidence_kinds[] = { "rule", "synonym", "ratio", NULL };
const char *const evidence_changes[] = { "set", "retire", "revert", NULL };

static const char *const severities[] = { "contraindicated", "major", "moderate", "minor", NULL };
static const char *const confidences[] = { "high", "medium", "low", NULL };
static const char *const classes[] = { "regulator_or_label", "human_trial", "observational", "case_report",
                                       "extrapolated",       "animal",      "in_vitro",      "theoretical",
                                       "traditional_rule",   NULL };
static const char *const directions[] = { "supports", "conflicting", "negative", "beneficial", NULL };
static const char *const synonym_kinds[] = { "herb",      "formula", "drug", "drug_class",
                                             "condition", "product", NULL };

/* What two things a rule of each kind is about. */
static const struct {
    const char *kind, *subject, *object;
} sides[] = {
    { "herb_drug", "herb", "drug" },
    { "herb_drug", "herb", "drug_class" },
    { "formula_drug", "formula", "drug" },
    { "formula_drug", "formula", "drug_class" },
    { "herb_herb", "herb", "herb" },
    { "herb_condition", "herb", "condition" },
    { "herb_condition", "formula", "condition" },
    { "procedure", "procedure", "condition" },
    { "procedure", "procedure", "drug" },
    { "procedure", "procedure", "drug_class" },
    { "general", "", "" },
};

static bool is_blank(struct ctx *c, const char *text)
{
    return text == NULL || *text_trim(&c->arena, text) == '\0';
}

/* A text trimmed; noted when it is missing though needed, too long, or no UTF-8. */
static const char *checked(struct ctx *c, const char *field, const char *text, bool needed)
{
    if (is_blank(c, text)) {
        if (needed)
            ctx_note(c, ST_INVALID, field, NULL, "must be given");
        return "";
    }
    if (!utf8_valid(text, strlen(text)))
        ctx_note(c, ST_INVALID, field, NULL, "is not valid UTF-8");
    else if (utf8_length(text) > TEXT_LONGEST)
        ctx_note(c, ST_INVALID, field, NULL, "is at most %d characters", TEXT_LONGEST);
    else
        return text_trim(&c->arena, text);
    return "";
}

static void note_word(struct ctx *c, const char *field, const char *word, const char *const *words,
                      bool needed)
{
    struct text all;

    if (*word == '\0' && !needed)
        return;
    text_init(&all, &c->arena);
    for (size_t i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], word) == 0)
            return;
        text_addf(&all, "%s%s", i == 0 ? "" : words[i + 1] == NULL ? " or " : ", ", words[i]);
    }
    ctx_note(c, ST_INVALID, field, *word == '\0' ? NULL : word, "is %s", all.data);
}

/* How many letters must change, appear or go; at most NEAR_EDITS + 1. */
static int edits(const char *a, const char *b)
{
    int row[ID_LONGEST + 1];
    const size_t wide = strlen(b);

    if (wide > ID_LONGEST)
        return NEAR_EDITS + 1;
    for (size_t i = 0; i <= wide; i++)
        row[i] = (int)i;
    for (; *a != '\0'; a++) {
        int before = row[0]++;

        for (size_t i = 1; i <= wide; i++) {
            int best = before + (*a != b[i - 1]);

            before = row[i];
            best = row[i] + 1 < best ? row[i] + 1 : best;
            row[i] = row[i - 1] + 1 < best ? row[i - 1] + 1 : best;
        }
    }
    return row[wide];
}

static void note_unknown_rule(struct ctx *c, const struct knowledge *k, const char *id)
{
    struct text near;
    size_t n = 0;

    text_init(&near, &c->arena);
    for (int distance = 1; distance <= NEAR_EDITS; distance++)
        for (size_t i = 0; i < k->rule_count && n < NEAR_MOST; i++)
            if (edits(id, k->rules[i].id) == distance)
                text_addf(&near, "%s%s", n++ == 0 ? "" : ", ", k->rules[i].id);
    if (n == 0)
        ctx_note(c, ST_INVALID, "id", id, "is no rule; leave it out for a new one");
    else
        ctx_note(c, ST_INVALID, "id", id, "is no rule; did you mean %s? Leave it out for a new one",
                 near.data);
}

/* The rule as it is in force for the shop, or in the reference when the shop's is retired. */
static enum status rule_now(struct ctx *c, const struct knowledge *k, const char *id, struct own_rule *now)
{
    bool found;

    TRY(db_row(c, &q_evidence_rule_now, PARAMS(SHOP(c), TEXT(id)), own_rule_columns, now, &found));
    if (!found)
        note_unknown_rule(c, k, id);
    return ctx_fault_or_ok(c);
}

static const char *said_or(const char *said, const char *else_)
{
    return said == NULL ? else_ : said;
}

/* What was not said, from `now`. */
static void complete(struct rule_row *row, const struct rule_row *now)
{
#define COMPLETE(field) row->field = said_or(row->field, said_or(now->field, ""));
    RULE_FIELDS(COMPLETE)
#undef COMPLETE
}

static enum ref_kind kind_of(const char *word)
{
    for (int i = REF_HERB; i < REF_KIND_COUNT; i++)
        if (strcmp(word, ref_kind_word((enum ref_kind)i)) == 0)
            return (enum ref_kind)i;
    return REF_NONE;
}

static const char *id_of(struct ctx *c, const struct knowledge *k, const char *field, const char *kind,
                         const char *typed)
{
    const struct ref ref = name_resolve(c, k, field, typed, kind_of(kind));

    return ref.kind == REF_NONE ? "" : ref_id(k, ref);
}

static void check_sides(struct ctx *c, const struct knowledge *k, struct rule_row *row)
{
    const char *allowed = "";
    bool known = false, fits = false;

    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        if (strcmp(sides[i].kind, row->kind) != 0)
            continue;
        known = true;
        fits = fits || (strcmp(sides[i].subject, row->subject_kind) == 0 &&
                        strcmp(sides[i].object, row->object_kind) == 0);
        allowed = arena_printf(&c->arena, "%s%s%s and %s", allowed, *allowed == '\0' ? "" : ", or ",
                               sides[i].subject, sides[i].object);
    }
    if (!known)
        ctx_note(c, ST_INVALID, "kind", *row->kind == '\0' ? NULL : row->kind,
                 "is herb_drug, formula_drug, herb_herb, herb_condition or procedure");
    else if (!fits)
        ctx_note(c, ST_INVALID, "subject_kind",
                 arena_printf(&c->arena, "%s and %s", row->subject_kind, row->object_kind),
                 "of a rule of kind %s, with object_kind, is %s", row->kind, allowed);
    if (!fits || strcmp(row->kind, "general") == 0)
        return;
    row->subject_id = id_of(c, k, "subject_id", row->subject_kind, row->subject_id);
    row->object_id = id_of(c, k, "object_id", row->object_kind, row->object_id);
    if (strcmp(row->subject_kind, row->object_kind) == 0 && *row->subject_id != '\0' &&
        strcmp(row->subject_id, row->object_id) == 0)
        ctx_note(c, ST_INVALID, "object_id", row->object_id, "is the subject itself");
}

static void note_number(struct ctx *c, const char *field, const char *text, long most)
{
    char *end;
    long number;

    if (*text == '\0')
        return;
    number = strtol(text, &end, 10);
    if (*end != '\0' || end == text || number < 1 || number > most)
        ctx_note(c, ST_INVALID, field, text, "is a whole number of days from 1 to %ld", most);
}

static void check_threshold(struct ctx *c, const struct rule_row *row)
{
    struct weight weight;

    if (*row->threshold_g == '\0') {
        if (*row->below_severity != '\0')
            ctx_note(c, ST_INVALID, "below_severity", row->below_severity, "goes with a threshold_g");
        return;
    }
    if (weight_parse(row->threshold_g, &weight) != QUANTITY_OK || weight.mg <= 0)
        ctx_note(c, ST_INVALID, "threshold_g", row->threshold_g, "is grams of raw herb a day, such as 2.5");
    if (strcmp(row->subject_kind, "herb") != 0)
        ctx_note(c, ST_INVALID, "threshold_g", row->threshold_g, "goes with a herb alone");
}

static void check_rule_words(struct ctx *c, struct rule_row *row)
{
    row->effect = checked(c, "effect", row->effect, true);
    row->action = checked(c, "action", row->action, true);
    row->mechanism = checked(c, "mechanism", row->mechanism, false);
    row->evidence_level = checked(c, "evidence_level", row->evidence_level, false);
    row->note = checked(c, "note", row->note, false);
    if (*row->confidence == '\0')
        row->confidence = "medium";
    note_word(c, "severity", row->severity, severities, true);
    note_word(c, "confidence", row->confidence, confidences, true);
    note_word(c, "evidence_class", row->evidence_class, classes, false);
    note_word(c, "evidence_direction", row->evidence_direction, directions, false);
    note_word(c, "below_severity", row->below_severity, severities, false);
    note_word(c, "lowers_to", row->lowers_to, severities, false);
    note_number(c, "lasting_days", row->lasting_days, 400);
    note_number(c, "stop_days_before", row->stop_days_before, 60);
    check_threshold(c, row);
}

static enum status check_rule(struct ctx *c, const struct knowledge *k, struct evidence_proposal *p)
{
    struct own_rule now = { .retired = false };

    if (!is_blank(c, p->rule.id)) {
        if (!utf8_valid(p->rule.id, strlen(p->rule.id)) || strlen(p->rule.id) > ID_LONGEST)
            return ctx_fail(c, ST_INVALID, "id", NULL, "is at most %d letters, digits and _", ID_LONGEST);
        p->rule.id = text_trim(&c->arena, p->rule.id);
        TRY(rule_now(c, k, p->rule.id, &now));
        if (p->change == EVIDENCE_SET && p->rule.kind != NULL && strcmp(p->rule.kind, now.row.kind) != 0)
            ctx_note(c, ST_INVALID, "kind", p->rule.kind, "of rule %s is %s", p->rule.id, now.row.kind);
    } else {
        p->rule.id = NULL;
        if (p->change != EVIDENCE_SET)
            return ctx_fail(c, ST_INVALID, "id", NULL, "must be given");
    }
    if (p->change != EVIDENCE_SET)
        return ST_OK;
    {
        const char *id = p->rule.id;

        complete(&p->rule, &now.row);
        p->rule.id = id;
    }
    check_sides(c, k, &p->rule);
    check_rule_words(c, &p->rule);
    return ctx_fault_or_ok(c);
}

/* Names of the one kind are looked for among all that stand beside each other on a prescription, or in a list of medicines. */
static unsigned namesakes(enum ref_kind kind)
{
    const unsigned groups[] = { REF_ITEMS, REF_DRUGS, REF_CONDITIONS };

    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        if ((groups[i] & REF_BIT(kind)) != 0)
            return groups[i];
    return REF_ALL;
}

/* A new name must mean nothing yet: that would make what people type ambiguous, or say again what is known. */
static void check_new_name(struct ctx *c, const struct knowledge *k, const struct own_synonym *s)
{
    const enum ref_kind kind = kind_of(s->thing_kind);
    struct name_meaning found;
    bool same = false;

    names_look_up(k, s->synonym, namesakes(kind), &found);
    for (size_t i = 0; i < found.count; i++)
        same = same ||
               (found.match[i].ref.kind == kind && strcmp(ref_id(k, found.match[i].ref), s->thing_id) == 0);
    if (same)
        ctx_note(c, ST_INVALID, "synonym", s->synonym, "is a name of %s already", s->thing_id);
    else if (found.count > 0)
        ctx_note(c, ST_INVALID, "synonym", s->synonym, "means %s (%s %s): retire it there first",
                 ref_name(k, found.match[0].ref), ref_kind_word((enum ref_kind)found.match[0].ref.kind),
                 ref_id(k, found.match[0].ref));
}

struct known {
    bool known;
};
static const struct column known_columns[] = { COLUMN(struct known, known), COLUMNS_END };

static enum status check_synonym(struct ctx *c, const struct knowledge *k, struct evidence_proposal *p)
{
    struct own_synonym *s = &p->synonym;
    struct known row = { .known = false };
    bool found;

    s->thing_kind = said_or(s->thing_kind, "");
    s->synonym = checked(c, "synonym", s->synonym, true);
    note_word(c, "thing_kind", s->thing_kind, synonym_kinds, true);
    if (strpbrk(s->synonym, ";:()") != NULL || utf8_length(s->synonym) > SYNONYM_LONGEST)
        ctx_note(c, ST_INVALID, "synonym", s->synonym,
                 "is one name of at most %d characters, without ; : ( )", SYNONYM_LONGEST);
    TRY(ctx_fault_or_ok(c));
    s->thing_id = id_of(c, k, "thing_id", s->thing_kind, s->thing_id);
    TRY(ctx_fault_or_ok(c));
    TRY(db_row(c, &q_evidence_name_known,
               PARAMS(SHOP(c), TEXT(s->thing_kind), TEXT(s->thing_id), TEXT(s->synonym)), known_columns, &row,
               &found));
    if (p->change == EVIDENCE_SET)
        check_new_name(c, k, s);
    else if (!row.known)
        ctx_note(c, ST_INVALID, "synonym", s->synonym, "is none of the names of %s that can be retired",
                 s->thing_id);
    return ctx_fault_or_ok(c);
}

static void note_ratio(struct ctx *c, const char *field, const char *text, bool needed)
{
    struct ratio ratio;

    if (*text == '\0') {
        if (needed)
            ctx_note(c, ST_INVALID, field, NULL, "must be given");
    } else if (!ratio_parse(text, &ratio) || strchr(text, ':') != NULL || ratio.num <= 0) {
        ctx_note(c, ST_INVALID, field, text, "is grams of raw herb in a gram of granules, such as 5 or 4.5");
    }
}

static enum status check_ratio(struct ctx *c, const struct knowledge *k, struct evidence_proposal *p)
{
    p->ratio.herb_id = id_of(c, k, "herb_id", "herb", p->ratio.herb_id);
    if (p->change != EVIDENCE_SET)
        return ctx_fault_or_ok(c);
    p->ratio.crude_g_per_g = said_or(p->ratio.crude_g_per_g, "");
    p->ratio.low = said_or(p->ratio.low, p->ratio.crude_g_per_g);
    p->ratio.high = said_or(p->ratio.high, p->ratio.crude_g_per_g);
    p->ratio_note = checked(c, "note", p->ratio_note, false);
    note_ratio(c, "crude_g_per_g", p->ratio.crude_g_per_g, true);
    note_ratio(c, "low", p->ratio.low, false);
    note_ratio(c, "high", p->ratio.high, false);
    return ctx_fault_or_ok(c);
}

enum status evidence_check(struct ctx *c, const struct knowledge *k, struct evidence_proposal *p)
{
    enum status status = ST_OK;

    p->reason = checked(c, "reason", p->reason, true);
    p->citation = checked(c, "citation", p->citation, true);
    if (!date_is_none(p->from) && !date_is_none(p->to) && p->to.days < p->from.days)
        ctx_note(c, ST_INVALID, "effective_to", date_text(&c->arena, p->to), "is not before effective_from");
    switch (p->kind) {
    case EVIDENCE_RULE:
        status = check_rule(c, k, p);
        break;
    case EVIDENCE_SYNONYM:
        status = check_synonym(c, k, p);
        break;
    case EVIDENCE_RATIO:
        status = check_ratio(c, k, p);
        break;
    }
    TRY(status);
    return ctx_fault_or_ok(c);
}
