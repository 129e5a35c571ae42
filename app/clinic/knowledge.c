/* The snapshot's life and look-ups. How it is filled: knowledge_things.c (what there is), knowledge_facts.c (places,
   allergens, children), knowledge_rule_rows.c and knowledge_rules.c (rules, what meets what), names_index.c (what it is called). */
#include "clinic/knowledge.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "clinic/knowledge_build.h"

static const char *const severity_words[] = { "", "minor", "moderate", "major", "contraindicated", NULL };

const char *severity_word(enum severity severity)
{
    return severity_words[severity];
}

enum severity severity_parse(const char *word)
{
    for (int i = SEVERITY_MINOR; i <= SEVERITY_CONTRAINDICATED; i++)
        if (strcmp(severity_words[i], word) == 0)
            return (enum severity)i;
    return SEVERITY_NONE;
}

void *build_array(struct builder *b, size_t count, size_t size)
{
    b->k->bytes += count * size;
    return arena_array(&b->k->arena, count, size);
}

const char *build_text(struct builder *b, const char *text)
{
    if (*text == '\0')
        return "";
    b->k->bytes += strlen(text) + 1;
    return arena_text(&b->k->arena, text);
}

void build_wrong(struct builder *b, const char *table, const char *row_id, const char *field,
                 const char *value, const char *rule)
{
    ctx_note(b->c, ST_INVALID, arena_printf(&b->c->arena, "%s.csv %s %s", table, row_id, field), value, "%s",
             rule);
}

uint16_t build_ref(struct builder *b, enum ref_kind kind, const char *id, const char *table,
                   const char *row_id, const char *field)
{
    struct ref ref;

    if (*id == '\0')
        return NO_PARENT;
    ref = knowledge_find(b->k, kind, id);
    if (ref.kind == REF_NONE) {
        build_wrong(b, table, row_id, field, id,
                    arena_printf(&b->c->arena, "must be the id of a %s on file", ref_kind_word(kind)));
        return NO_PARENT;
    }
    return ref.at;
}

const uint16_t *build_refs(struct builder *b, enum ref_kind kind, const char *cell, const char *table,
                           const char *row_id, const char *field, uint16_t *count)
{
    size_t n;
    char **ids = text_split(&b->c->arena, cell, ';', &n);
    uint16_t *refs = build_array(b, n, sizeof *refs);

    *count = 0;
    for (size_t i = 0; i < n; i++) {
        uint16_t at = build_ref(b, kind, ids[i], table, row_id, field);

        if (at != NO_PARENT)
            refs[(*count)++] = at;
    }
    return refs;
}

struct weight build_grams(struct builder *b, const char *cell, const char *table, const char *row_id,
                          const char *field)
{
    struct weight weight = { 0 };
    enum quantity_error error = *cell == '\0' ? QUANTITY_OK : weight_parse(cell, &weight);

    if (error != QUANTITY_OK)
        build_wrong(b, table, row_id, field, cell, quantity_error_rule(error));
    return weight;
}

int build_days(struct builder *b, const char *cell, const char *table, const char *row_id, const char *field)
{
    char *end;
    long number = *cell == '\0' ? 0 : strtol(cell, &end, 10);

    if (*cell != '\0' && (*end != '\0' || number < 1 || number > 1000000))
        build_wrong(b, table, row_id, field, cell, "must be a whole number from 1");
    return (int)number;
}

int build_word(struct builder *b, const char *const *words, const char *word, const char *table,
               const char *row_id, const char *field)
{
    for (int i = 0; words[i] != NULL; i++)
        if (strcmp(words[i], word) == 0)
            return i;
    build_wrong(b, table, row_id, field, word, "must be one of the words of this column");
    return 0;
}

enum status knowledge_build(struct ctx *c, const struct knowledge_rows *rows, struct knowledge **out)
{
    struct arena arena;
    struct knowledge *k;
    struct builder b = { .c = c, .rows = rows };

    arena_init(&arena);
    k = arena_alloc(&arena, sizeof *k);
    k->arena = arena;
    k->bytes = sizeof *k;
    b.k = k;
    build_things(&b);
    if (ctx_fault_or_ok(c) == ST_OK)
        build_facts(&b);
    if (ctx_fault_or_ok(c) == ST_OK)
        build_rules(&b);
    if (ctx_fault_or_ok(c) == ST_OK)
        build_names(&b);
    k->antithrombotic = knowledge_find(k, REF_DRUG_CLASS, "antithrombotic");
    k->topical_salicylate = knowledge_find(k, REF_DRUG_CLASS, "topical_salicylate");
    k->surgery = knowledge_find(k, REF_CONDITION, "surgery_2w");
    k->pregnancy = knowledge_find(k, REF_CONDITION, "pregnancy");
    k->breastfeeding = knowledge_find(k, REF_CONDITION, "breastfeeding");
    k->topical_liniment = knowledge_find(k, REF_PROCEDURE, "topical_liniment");
    if (ctx_fault_or_ok(c) != ST_OK) {
        knowledge_close(k);
        return ctx_fault_or_ok(c);
    }
    *out = k;
    return ST_OK;
}

void knowledge_close(struct knowledge *knowledge)
{
    struct arena arena = knowledge->arena; /* the snapshot lives in its own arena */

    arena_close(&arena);
}

const char *ref_kind_word(enum ref_kind kind)
{
    static const char *const words[] = { "",          "herb", "formula",    "product",
                                         "procedure", "drug", "drug_class", "condition" };

    return words[kind];
}

bool ref_same(struct ref a, struct ref b)
{
    return a.kind == b.kind && a.at == b.at;
}

static const struct thing *thing_of(const struct knowledge *k, struct ref ref)
{
    switch ((enum ref_kind)ref.kind) {
    case REF_PROCEDURE:
        return &k->procedures[ref.at];
    case REF_DRUG:
        return &k->drugs[ref.at];
    case REF_DRUG_CLASS:
        return &k->classes[ref.at];
    case REF_CONDITION:
        return &k->conditions[ref.at];
    case REF_NONE:
    case REF_HERB:
    case REF_FORMULA:
    case REF_PRODUCT:
    case REF_KIND_COUNT:
        break;
    }
    return NULL;
}

const char *ref_id(const struct knowledge *k, struct ref ref)
{
    if (ref.kind == REF_HERB)
        return k->herbs[ref.at].id;
    if (ref.kind == REF_FORMULA)
        return k->formulas[ref.at].id;
    if (ref.kind == REF_PRODUCT)
        return k->products[ref.at].id;
    return ref.kind == REF_NONE ? "" : thing_of(k, ref)->id;
}

const char *ref_name(const struct knowledge *k, struct ref ref)
{
    if (ref.kind == REF_HERB)
        return k->herbs[ref.at].name;
    if (ref.kind == REF_FORMULA)
        return k->formulas[ref.at].name;
    if (ref.kind == REF_PRODUCT)
        return k->products[ref.at].name;
    return ref.kind == REF_NONE ? "" : thing_of(k, ref)->name;
}

uint32_t ref_rank(const struct knowledge *k, struct ref ref)
{
    return ref.kind == REF_NONE ? 0 : (uint32_t)ref.kind << 16 | k->rank[ref.kind][ref.at];
}

struct ref knowledge_find(const struct knowledge *k, enum ref_kind kind, const char *id)
{
    size_t low = 0;
    size_t high = k->by_id[kind] == NULL ? 0 : k->count[kind];

    while (low < high) {
        size_t middle = (low + high) / 2;
        struct ref ref = { (uint16_t)kind, k->by_id[kind][middle] };
        int order = strcmp(id, ref_id(k, ref));

        if (order == 0)
            return ref;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return (struct ref){ REF_NONE, 0 };
}

const struct rule *knowledge_general(const struct knowledge *k, enum general_rule which)
{
    return k->general[which] == NO_RULE ? NULL : &k->rules[k->general[which]];
}

bool ref_in_class(const struct knowledge *k, struct ref ref, uint16_t drug_class)
{
    const struct thing *thing = thing_of(k, ref);

    for (uint16_t i = 0; i < thing->class_count; i++)
        if (thing->classes[i] == drug_class)
            return true;
    return false;
}
