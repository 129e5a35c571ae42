/* What meets what, worked out once from the rule rows: which rules of a subject hold for an object (inheritance from the parent
   herb, class trees), which one is shown, which severity stands. Screening only looks the answer up. */
#include <stdlib.h>
#include <string.h>

#include "clinic/knowledge_build.h"

enum { FAR = 0xFF, IF_CLASS = 100, HITS_MOST = 0xFFFF, GATHER_MOST = 64 };

/* Objects are numbered through: drugs, then classes, then conditions. */
struct rule_book {
    struct builder *b;
    struct rule *rules;
    size_t rule_count;
    uint16_t *lists;
    size_t list_count, list_capacity;
    struct hit *hits;
    size_t hit_count, hit_capacity;
    uint8_t *distance; /* [target][column], drug_columns square */
    size_t drug_columns;
};

/* A rule that holds for a subject and a column, and how near it is. */
struct found {
    uint16_t rule;
    uint8_t distance;
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
    char *end;
    long version = *cell == '\0' ? 1 : strtol(cell, &end, 10);

    if (*cell != '\0' && (*end != '\0' || version < 1 || version > 1000000))
        build_wrong(b, table, id, "version", cell, "must be a whole number from 1");
    return (int)version;
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
    if (*row->limit_g != '\0' && weight_parse(row->limit_g, &rule->limit) != QUANTITY_OK)
        build_wrong(b, "general_rules", row->id, "limit_g", row->limit_g, "must be grams");
    for (size_t i = 0; i < GENERAL_RULE_COUNT; i++)
        if (strcmp(keys[i][0], row->kind) == 0 && strcmp(keys[i][1], row->object_id) == 0) {
            b->k->general[i] = at;
            return;
        }
    build_wrong(b, "general_rules", row->id, "object_id", row->object_id, "must be one the program knows");
}

static void read_rules(struct rule_book *book)
{
    struct builder *b = book->b;
    size_t own = ROW_COUNT(b, rules);
    size_t general = ROW_COUNT(b, general_rules);

    if (own + general >= NO_RULE) {
        build_wrong(b, "rules", "", "", "", "has more rows than the snapshot can hold");
        return;
    }
    book->rules = build_array(b, own + general, sizeof *book->rules);
    for (size_t i = 0; i < own; i++)
        read_rule(b, &ROWS(b, rules, rule_row)[i], &book->rules[i]);
    for (size_t i = 0; i < GENERAL_RULE_COUNT; i++)
        b->k->general[i] = NO_RULE;
    for (size_t i = 0; i < general; i++)
        read_general(b, &ROWS(b, general_rules, general_rule_row)[i], &book->rules[own + i],
                     (uint16_t)(own + i));
    book->rule_count = own;
    b->k->rules = book->rules;
    b->k->rule_count = own + general;
}

/* How far a rule's drug or class (row) is from what a person takes (column): 0 the thing itself, 1… up its classes; IF_CLASS
   when a class was typed and the rule speaks of a part of it. */
static void measure_distances(struct rule_book *book)
{
    const struct knowledge *k = book->b->k;
    size_t drugs = k->count[REF_DRUG];
    size_t n = book->drug_columns = drugs + k->count[REF_DRUG_CLASS];
    uint8_t *distance = book->distance = arena_array(&book->b->c->arena, n, n);

    memset(distance, FAR, n * n);
    for (size_t column = 0; column < n; column++) {
        const struct thing *thing = column < drugs ? &k->drugs[column] : &k->classes[column - drugs];

        for (uint16_t i = 0; i < thing->class_count; i++) {
            size_t of = drugs + thing->classes[i];

            if (distance[of * n + column] == FAR || distance[of * n + column] >= IF_CLASS)
                distance[of * n + column] = (uint8_t)(i + 1);
            if (distance[column * n + of] == FAR)
                distance[column * n + of] = IF_CLASS;
        }
        distance[column * n + column] = 0;
    }
}

static bool is_theory(const struct rule *rule)
{
    static const char *const theory[] = { "theoretical", "in_vitro", "animal", "extrapolated" };

    for (size_t i = 0; i < sizeof theory / sizeof *theory; i++)
        if (strcmp(rule->evidence_class, theory[i]) == 0)
            return true;
    return false;
}

/* Nearest first; among equals the graver. */
static bool found_before(const struct rule_book *book, struct found a, struct found b)
{
    if (a.distance != b.distance)
        return a.distance < b.distance;
    return book->rules[a.rule].severity > book->rules[b.rule].severity;
}

/* A trial that found no effect, nearer than a theory, silences the theory. */
static size_t drop_refuted(const struct rule_book *book, struct found *found, size_t count)
{
    size_t kept = 1;

    if (strcmp(book->rules[found[0].rule].evidence_direction, "negative") != 0)
        return count;
    for (size_t i = 1; i < count; i++)
        if (!is_theory(&book->rules[found[i].rule]))
            found[kept++] = found[i];
    return kept;
}

/* A hit from the rules found; the same hit is stored once per subject (from `since`). */
static uint16_t hit_of(struct rule_book *book, struct found *found, size_t count, size_t since)
{
    struct arena *arena = &book->b->c->arena;
    struct hit hit = { .first = (uint32_t)book->list_count };

    for (size_t i = 1; i < count; i++)
        for (size_t at = i; at > 0 && found_before(book, found[at], found[at - 1]); at--) {
            struct found swap = found[at];

            found[at] = found[at - 1];
            found[at - 1] = swap;
        }
    count = drop_refuted(book, found, count);
    for (size_t i = 0; i < count; i++)
        if (book->rules[found[i].rule].severity > (enum severity)hit.severity)
            hit.severity = (uint8_t)book->rules[found[i].rule].severity;
    for (size_t i = 1; i < count; i++) /* a class was typed and a part of it is graver: that part is shown */
        if (found[i].distance == IF_CLASS &&
            book->rules[found[i].rule].severity == (enum severity)hit.severity &&
            book->rules[found[0].rule].severity < (enum severity)hit.severity) {
            struct found swap = found[i];

            found[i] = found[0];
            found[0] = swap;
        }
    hit.if_class = found[0].distance == IF_CLASS;
    hit.count = (uint16_t)count;
    for (size_t i = since; i < book->hit_count; i++) {
        const struct hit *old = &book->hits[i];
        bool same = old->count == count && old->if_class == hit.if_class;

        for (size_t r = 0; r < count && same; r++)
            same = book->lists[old->first + r] == found[r].rule;
        if (same)
            return (uint16_t)i;
    }
    for (size_t i = 0; i < count; i++) {
        book->lists =
            arena_grow(arena, book->lists, book->list_count, &book->list_capacity, sizeof *book->lists);
        book->lists[book->list_count++] = found[i].rule;
    }
    if (book->hit_count == HITS_MOST) {
        build_wrong(book->b, "rules", "", "", "", "make more combinations than the snapshot can hold");
        return 0;
    }
    book->hits = arena_grow(arena, book->hits, book->hit_count, &book->hit_capacity, sizeof *book->hits);
    book->hits[book->hit_count] = hit;
    return (uint16_t)book->hit_count++;
}

/* The rules that hold for a subject: its own, and its parents' for every object it has no own rule for. */
static size_t rules_of(const struct rule_book *book, struct ref subject, uint16_t *out)
{
    const struct knowledge *k = book->b->k;
    size_t count = 0;

    for (;;) {
        size_t before = count;

        for (size_t i = 0; i < book->rule_count && count < GATHER_MOST * 4; i++) {
            const struct rule *rule = &book->rules[i];
            bool replaced = !ref_same(rule->subject, subject) || rule->object.kind == REF_HERB;

            for (size_t own = 0; own < before && !replaced; own++)
                replaced = ref_same(book->rules[out[own]].object, rule->object);
            if (!replaced)
                out[count++] = (uint16_t)i;
        }
        if (subject.kind != REF_HERB || k->herbs[subject.at].parent == NO_PARENT)
            return count;
        subject.at = k->herbs[subject.at].parent;
    }
}

static size_t target_of(const struct rule_book *book, struct ref object)
{
    return object.kind == REF_DRUG ? object.at : book->b->k->count[REF_DRUG] + object.at;
}

static void fill_drug_row(struct rule_book *book, const uint16_t *rules, size_t count, uint16_t *cells)
{
    size_t since = book->hit_count;

    for (size_t column = 0; column < book->drug_columns; column++) {
        struct found found[GATHER_MOST];
        size_t n = 0;

        for (size_t i = 0; i < count && n < GATHER_MOST; i++) {
            struct ref object = book->rules[rules[i]].object;
            uint8_t distance = FAR;

            if (object.kind == REF_DRUG || object.kind == REF_DRUG_CLASS)
                distance = book->distance[target_of(book, object) * book->drug_columns + column];
            if (distance != FAR)
                found[n++] = (struct found){ rules[i], distance };
        }
        if (n > 0)
            cells[column] = hit_of(book, found, n, since);
    }
}

/* Where no rule speaks of a herb in pregnancy, the pharmacopoeia's class does. */
static uint16_t pregnancy_rule(const struct knowledge *k, struct ref subject, const char *condition)
{
    enum herb_pregnancy class;

    if (subject.kind != REF_HERB || strcmp(condition, "pregnancy") != 0)
        return NO_RULE;
    class = k->herbs[subject.at].pregnancy;
    return class == PREGNANCY_SILENT    ? NO_RULE
           : class == PREGNANCY_CAUTION ? k->general[GENERAL_PREGNANCY_CARE]
                                        : k->general[GENERAL_PREGNANCY_BAN];
}

static void fill_condition_row(struct rule_book *book, struct ref subject, const uint16_t *rules,
                               size_t count, uint16_t *cells)
{
    const struct knowledge *k = book->b->k;
    size_t since = book->hit_count;

    for (size_t column = 0; column < k->count[REF_CONDITION]; column++) {
        struct found found[GATHER_MOST];
        size_t n = 0;
        uint16_t general = pregnancy_rule(k, subject, k->conditions[column].id);

        for (size_t i = 0; i < count && n < GATHER_MOST; i++)
            if (ref_same(book->rules[rules[i]].object, (struct ref){ REF_CONDITION, (uint16_t)column }))
                found[n++] = (struct found){ rules[i], 0 };
        if (n == 0 && general != NO_RULE)
            found[n++] = (struct found){ general, 0 };
        if (n > 0)
            cells[column] = hit_of(book, found, n, since);
    }
}

static void fill_matrices(struct rule_book *book, enum ref_kind kind, struct matrix *drug,
                          struct matrix *condition)
{
    const struct knowledge *k = book->b->k;
    size_t conditions = k->count[REF_CONDITION];
    uint16_t *drug_cells = build_array(book->b, k->count[kind] * book->drug_columns, sizeof *drug_cells);
    uint16_t *condition_cells = build_array(book->b, k->count[kind] * conditions, sizeof *condition_cells);

    *drug = (struct matrix){ drug_cells, book->drug_columns };
    *condition = (struct matrix){ condition_cells, conditions };
    for (size_t at = 0; at < k->count[kind]; at++) {
        struct ref subject = { (uint16_t)kind, (uint16_t)at };
        uint16_t rules[GATHER_MOST * 4];
        size_t count = rules_of(book, subject, rules);

        fill_drug_row(book, rules, count, drug_cells + at * book->drug_columns);
        fill_condition_row(book, subject, rules, count, condition_cells + at * conditions);
    }
}

/* Pairs of herbs: the pair itself, else the nearest pair of parents; either order of the rule's two ends. */
static void fill_herb_pairs(struct rule_book *book)
{
    struct knowledge *k = book->b->k;
    size_t n = k->count[REF_HERB];
    uint16_t *direct = arena_array(&book->b->c->arena, n * n, sizeof *direct);
    uint16_t *cells = build_array(book->b, n * n, sizeof *cells);

    k->herb_herb = (struct matrix){ cells, n };
    for (size_t i = 0; i < book->rule_count; i++) {
        const struct rule *rule = &book->rules[i];
        struct found found[2] = { { (uint16_t)i, 0 } };
        size_t cell = (size_t)rule->subject.at * n + rule->object.at;
        size_t mirrored = (size_t)rule->object.at * n + rule->subject.at;
        size_t count = 1;

        if (rule->object.kind != REF_HERB || rule->subject.kind != REF_HERB)
            continue;
        if (direct[cell] != 0)
            found[count++] = (struct found){ book->lists[book->hits[direct[cell]].first], 0 };
        direct[cell] = direct[mirrored] = hit_of(book, found, count, book->hit_count);
    }
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++) {
            size_t best = SIZE_MAX;
            size_t up = 0;

            if (k->herbs[a].base == k->herbs[b].base)
                continue;
            for (uint16_t x = (uint16_t)a; x != NO_PARENT; x = k->herbs[x].parent, up++) {
                size_t across = up;

                for (uint16_t y = (uint16_t)b; y != NO_PARENT; y = k->herbs[y].parent, across++)
                    if (direct[x * n + y] != 0 && across < best) {
                        best = across;
                        cells[a * n + b] = direct[x * n + y];
                    }
            }
        }
}

void build_rules(struct builder *b)
{
    struct knowledge *k = b->k;
    struct rule_book book = { .b = b };
    uint16_t *lists;
    struct hit *hits;

    read_rules(&book);
    if (ctx_fault_or_ok(b->c) != ST_OK)
        return;
    measure_distances(&book);
    book.hits = arena_grow(&b->c->arena, NULL, 0, &book.hit_capacity, sizeof *book.hits);
    book.hit_count = 1; /* place 0 means no hit */
    fill_matrices(&book, REF_HERB, &k->herb_drug, &k->herb_condition);
    fill_matrices(&book, REF_FORMULA, &k->formula_drug, &k->formula_condition);
    fill_matrices(&book, REF_PROCEDURE, &k->procedure_drug, &k->procedure_condition);
    fill_herb_pairs(&book);
    lists = build_array(b, book.list_count, sizeof *lists);
    hits = build_array(b, book.hit_count, sizeof *hits);
    if (book.list_count > 0)
        memcpy(lists, book.lists, book.list_count * sizeof *lists);
    memcpy(hits, book.hits, book.hit_count * sizeof *hits);
    k->rule_lists = lists;
    k->hits = hits;
    k->hit_count = book.hit_count;
}
