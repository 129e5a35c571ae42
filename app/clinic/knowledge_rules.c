/* What meets what, worked out once from the rule rows: which rules of a subject hold for an object (inheritance from the parent
   herb, class trees), which one is shown, which severity stands. Screening only looks the answer up. */
#include <string.h>

#include "clinic/knowledge_build.h"

enum { FAR = 0xFF, IF_CLASS = 100, HITS_MOST = 0xFFFF, GATHER_MOST = 64 };

/* Objects are numbered through: drugs, then classes, then conditions. */
struct rule_book {
    struct builder *b;
    const struct rule *rules;
    size_t rule_count; /* of two things */
    uint16_t *lists;
    uint8_t *severities; /* beside lists */
    size_t list_count, list_capacity, severity_capacity;
    struct hit *hits;
    size_t hit_count, hit_capacity;
    uint8_t *distance; /* [target][column], drug_columns square */
    size_t drug_columns;
};

/* A rule that holds for a subject and a column, and how near it is. */
struct found {
    uint16_t rule;
    uint8_t distance;
    uint8_t severity; /* lowered where a trial says so */
};

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

/* The gravest first; among equals the nearest. */
static bool found_before(struct found a, struct found b)
{
    return a.severity != b.severity ? a.severity > b.severity : a.distance < b.distance;
}

/* A trial that found no effect, or a good one, lowers the theories about the same two that are no nearer than itself. */
static void lower_theories(const struct rule_book *book, struct found *found, size_t count)
{
    for (size_t trial = 0; trial < count; trial++) {
        uint8_t most = (uint8_t)book->rules[found[trial].rule].lowers_to;

        for (size_t i = 0; i < count && most != SEVERITY_NONE; i++)
            if (i != trial && found[i].distance >= found[trial].distance && found[i].severity > most &&
                is_theory(&book->rules[found[i].rule]))
                found[i].severity = most;
    }
}

static void sort_found(const struct rule_book *book, struct found *found, size_t count)
{
    for (size_t i = 0; i < count; i++)
        found[i].severity = (uint8_t)book->rules[found[i].rule].severity;
    lower_theories(book, found, count);
    for (size_t i = 1; i < count; i++)
        for (size_t at = i; at > 0 && found_before(found[at], found[at - 1]); at--) {
            struct found swap = found[at];

            found[at] = found[at - 1];
            found[at - 1] = swap;
        }
}

static bool same_list(const struct rule_book *book, const struct hit *old, const struct found *found,
                      size_t count)
{
    for (size_t r = 0; r < count; r++)
        if (book->lists[old->first + r] != found[r].rule ||
            book->severities[old->first + r] != found[r].severity)
            return false;
    return true;
}

/* A hit from the rules found; the same hit is stored once per subject (from `since`). */
static uint16_t hit_of(struct rule_book *book, struct found *found, size_t count, size_t since)
{
    struct arena *arena = &book->b->c->arena;
    struct hit hit = { .first = (uint32_t)book->list_count, .count = (uint16_t)count };

    sort_found(book, found, count);
    hit.severity = found[0].severity;
    hit.if_class = found[0].distance == IF_CLASS;
    for (size_t i = 0; i < count; i++)
        hit.graded = hit.graded || book->rules[found[i].rule].threshold.mg > 0;
    for (size_t i = since; i < book->hit_count; i++)
        if (book->hits[i].count == count && book->hits[i].if_class == hit.if_class &&
            same_list(book, &book->hits[i], found, count))
            return (uint16_t)i;
    for (size_t i = 0; i < count; i++) {
        book->lists =
            arena_grow(arena, book->lists, book->list_count, &book->list_capacity, sizeof *book->lists);
        book->severities = arena_grow(arena, book->severities, book->list_count, &book->severity_capacity,
                                      sizeof *book->severities);
        book->severities[book->list_count] = found[i].severity;
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
                found[n++] = (struct found){ rules[i], distance, 0 };
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
                found[n++] = (struct found){ rules[i], 0, 0 };
        if (n == 0 && general != NO_RULE)
            found[n++] = (struct found){ general, 0, 0 };
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
        struct found found[2] = { { (uint16_t)i, 0, 0 } };
        size_t cell = (size_t)rule->subject.at * n + rule->object.at;
        size_t mirrored = (size_t)rule->object.at * n + rule->subject.at;
        size_t count = 1;

        if (rule->object.kind != REF_HERB || rule->subject.kind != REF_HERB)
            continue;
        if (direct[cell] != 0)
            found[count++] = (struct found){ book->lists[book->hits[direct[cell]].first], 0, 0 };
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
    uint8_t *severities;
    struct hit *hits;

    book.rule_count = build_rule_rows(b);
    book.rules = b->rules;
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
    severities = build_array(b, book.list_count, sizeof *severities);
    hits = build_array(b, book.hit_count, sizeof *hits);
    if (book.list_count > 0)
        memcpy(lists, book.lists, book.list_count * sizeof *lists);
    if (book.list_count > 0)
        memcpy(severities, book.severities, book.list_count * sizeof *severities);
    memcpy(hits, book.hits, book.hit_count * sizeof *hits);
    k->rule_lists = lists;
    k->list_severities = severities;
    k->hits = hits;
    k->hit_count = book.hit_count;
}
