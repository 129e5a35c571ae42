/* A label's marks against the rules of a profile: present, missing, too small, in the wrong language. */
#include "print/label_lint.h"

#include <string.h>

/* What the content calls a field, and what the rules call it. */
static const char *const called[][2] = {
    { "shop_name", "dispensary_name;seller_name" },
    { "shop_name_hanzi", "dispensary_name;seller_name" },
    { "shop_address", "dispensary_address;seller_address" },
    { "shop_phone", "dispensary_phone;seller_phone" },
    { "patient_born", "patient_dob" },
    { "filled_by", "dispenser_name;prepared_by" },
    { "checked_by", "checker_name;quality_check" },
    { "control_number", "lot_or_control_number" },
    { "order_number", "order_number;invoice_number" },
    { "product_hanzi", "product_name" },
    { "form", "dosage_form" },
    { "packet_total", "packets;pack_size" },
    { "total", "total_quantity" },
    { "beyond_use", "beyond_use_date" },
};

/* Fields whose words are in a language; names, numbers and dates are in none. */
static const char *const spoken[] = { "product_name",
                                      "dosage_form",
                                      "dose",
                                      "frequency",
                                      "duration",
                                      "route",
                                      "preparation",
                                      "storage",
                                      "warnings",
                                      "indication",
                                      "side_effects",
                                      "timing",
                                      "herb_handling",
                                      "maximum_dose",
                                      "external_use_only",
                                      "keep_out_of_reach_of_children",
                                      "practitioner_statement",
                                      "physical_description" };

/* Whether `word` is one of the words of `list`, separated by ';'. */
static bool listed(const char *list, const char *word)
{
    size_t length = strlen(word);

    for (const char *at = list; at != NULL && *at != '\0'; at += *at == ';') {
        size_t n = strcspn(at, ";");

        if (n == length && strncmp(at, word, n) == 0)
            return true;
        at += n;
    }
    return false;
}

static bool says(const char *names, const char *field)
{
    if (names == NULL)
        return false;
    if (listed(names, field))
        return true;
    for (size_t i = 0; i < sizeof called / sizeof *called; i++)
        if (listed(names, called[i][0]) && listed(called[i][1], field))
            return true;
    return false;
}

int label_least_size(const struct label_rules *rules, const char *fields, const struct label_rule **which)
{
    int least = 0;

    for (size_t i = 0; rules != NULL && i < rules->count; i++)
        if (rules->rules[i].min_type_size_pt * 10 > least && says(fields, rules->rules[i].field)) {
            least = rules->rules[i].min_type_size_pt * 10;
            if (which != NULL)
                *which = &rules->rules[i];
        }
    return least;
}

/* What was found on the papers under one name, or of one field. */
struct found {
    const char *names;
    size_t marks;
    int smallest; /* tenths of a point; 0: only as a bar code */
    bool latin, han;
};

/* Everything that was found, by the names marks carry: few, and the same ones over and over. */
struct found_list {
    struct found *found;
    size_t count, capacity;
};

static void look_at(const char *text, struct found *found)
{
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++) {
        found->latin = found->latin || (*at >= 'A' && *at <= 'Z') || (*at >= 'a' && *at <= 'z');
        found->han = found->han || (*at >= 0xE3 && *at <= 0xE9) || (*at >= 0xF0 && *at <= 0xF3);
    }
}

static struct found *found_of(struct ctx *c, struct found_list *list, const char *names)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->found[i].names == names)
            return &list->found[i];
    list->found = arena_grow(&c->arena, list->found, list->count, &list->capacity, sizeof *list->found);
    list->found[list->count] = (struct found){ .names = names };
    return &list->found[list->count++];
}

static struct found_list look(struct ctx *c, const struct sheet_of_paper *papers, size_t count)
{
    struct found_list list = { 0 };

    for (size_t p = 0; p < count; p++)
        for (size_t i = 0; i < papers[p].count; i++) {
            const struct mark *mark = &papers[p].marks[i];
            struct found *found;

            if ((mark->kind != MARK_TEXT && mark->kind != MARK_CODE) || mark->field == NULL)
                continue;
            found = found_of(c, &list, mark->field);
            found->marks++;
            if (mark->kind == MARK_CODE)
                continue;
            look_at(mark->text, found);
            if (found->smallest == 0 || mark->size < found->smallest)
                found->smallest = mark->size;
        }
    return list;
}

static struct found find(const struct found_list *list, const char *field)
{
    struct found all = { .names = field };

    for (size_t i = 0; i < list->count; i++) {
        const struct found *one = &list->found[i];

        if (!says(one->names, field))
            continue;
        all.marks += one->marks;
        all.latin = all.latin || one->latin;
        all.han = all.han || one->han;
        if (all.smallest == 0 || (one->smallest > 0 && one->smallest < all.smallest))
            all.smallest = one->smallest;
    }
    return all;
}

/* A name of every herb, or of none. */
static bool every_herb(const struct label_content *content, const char *field)
{
    bool all = true;

    for (size_t i = 0; i < content->ingredient_count; i++) {
        const struct label_ingredient *herb = &content->ingredients[i];
        const char *name = strcmp(field, "herb_names_pinyin") == 0    ? herb->pinyin
                           : strcmp(field, "herb_names_chinese") == 0 ? herb->hanzi
                           : strcmp(field, "herb_names_english") == 0 ? herb->english
                           : strcmp(field, "herb_names_latin") == 0   ? herb->latin
                                                                      : "-";

        all = all && name != NULL && *name != '\0';
    }
    return all;
}

static bool is_spoken(const char *field)
{
    for (size_t i = 0; i < sizeof spoken / sizeof *spoken; i++)
        if (strcmp(spoken[i], field) == 0)
            return true;
    return false;
}

static bool understood(const struct label_rule *rule, const struct found *found, const char *language)
{
    const char *code = rule->language_code;
    const char *own = language == NULL ? "" : language;

    if (*code == '\0' || !is_spoken(rule->field))
        return true;
    if (strcmp(code, "english") == 0)
        return found->latin;
    if (!found->han || strcmp(code, "chinese") == 0)
        return found->han;
    return strcmp(own, code) == 0;
}

/* A conditional field is due when its condition holds; one without a code is for a person to decide. */
static bool due(const struct label_rule *rule, const struct label_content *content, bool numbered)
{
    if (strcmp(rule->requirement, "recommended") == 0)
        return false;
    if (*rule->condition_code == '\0')
        return strcmp(rule->requirement, "required") == 0;
    if (strcmp(rule->condition_code, "always") == 0)
        return true;
    if (strcmp(rule->condition_code, "no_number") == 0)
        return !numbered;
    return listed(content->conditions, rule->condition_code);
}

static enum lint_outcome judge(const struct label_rule *rule, const struct label_content *content,
                               const struct found *found, bool is_due)
{
    bool conditional = strcmp(rule->requirement, "conditional") == 0;

    if (found->marks > 0 && every_herb(content, rule->field)) {
        if (!understood(rule, found, content->language))
            return LINT_WRONG_LANGUAGE;
        return found->smallest > 0 && found->smallest < rule->min_type_size_pt * 10 ? LINT_TOO_SMALL
                                                                                    : LINT_PRESENT;
    }
    if (is_due || strcmp(rule->requirement, "recommended") == 0)
        return LINT_MISSING;
    return conditional && *rule->condition_code == '\0' ? LINT_DECIDE : LINT_NOT_DUE;
}

bool lint_faulty(const struct lint_finding *finding)
{
    return finding->due && (finding->outcome == LINT_MISSING || finding->outcome == LINT_TOO_SMALL ||
                            finding->outcome == LINT_WRONG_LANGUAGE);
}

void label_lint_check(struct ctx *c, const struct label_rules *rules, const struct label_content *content,
                      const struct sheet_of_paper *papers, size_t count, struct label_lint *lint)
{
    struct found_list list;
    bool numbered;

    *lint = (struct label_lint){ .rules = rules,
                                 .beyond_use = content->beyond_use,
                                 .beyond_use_because =
                                     content->beyond_use_because == NULL ? "" : content->beyond_use_because };
    if (rules == NULL)
        return;
    list = look(c, papers, count);
    numbered = find(&list, "order_number").marks > 0;
    lint->findings = arena_array(&c->arena, rules->count, sizeof *lint->findings);
    for (int faulty = 1; faulty >= 0; faulty--)
        for (size_t i = 0; i < rules->count; i++) {
            const struct label_rule *rule = &rules->rules[i];
            struct found found = find(&list, rule->field);
            struct lint_finding finding = { .rule = rule, .size = found.smallest, .overridden = "" };

            finding.due = due(rule, content, numbered);
            finding.outcome = judge(rule, content, &found, finding.due);
            if (lint_faulty(&finding) == (faulty == 1))
                lint->findings[lint->count++] = finding;
            lint->blocking += faulty == 1 && lint_faulty(&finding);
        }
}

const char *lint_outcome_words(enum lint_outcome outcome)
{
    switch (outcome) {
    case LINT_PRESENT:
        return "present";
    case LINT_MISSING:
        return "missing";
    case LINT_TOO_SMALL:
        return "too small";
    case LINT_WRONG_LANGUAGE:
        return "wrong language";
    case LINT_NOT_DUE:
        return "not due here";
    case LINT_DECIDE:
        return "decide yourself";
    }
    return "";
}

const char *label_document(const char *kind)
{
    static const char *const documents[][2] = { { "patient", "patient_label" },
                                                { "record", "compounding_record" },
                                                { "prescription", "prescription" },
                                                { "receipt", "receipt" } };

    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++)
        if (strcmp(documents[i][0], kind) == 0)
            return documents[i][1];
    return NULL;
}
