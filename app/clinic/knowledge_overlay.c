/* Laying a shop's own rows over the reference rows. Only the tables a shop can change are copied; the others are shared. Every row
   struct is a list of texts whose first is the id of what it speaks of, and of synonyms the second is the name. */
#include "clinic/knowledge_overlay.h"

#include <string.h>

#include "base/text.h"

struct laying {
    struct arena *arena;
    const struct knowledge_rows *reference;
    const struct overlay *overlay;
    struct knowledge_rows *out;
    size_t left_out;
};

static const struct {
    const char *kind;
    enum knowledge_table_name things, synonyms; /* KNOWLEDGE_TABLE_COUNT: names are not rows */
} kinds[] = {
    { "herb", TABLE_herbs, TABLE_herb_synonyms },
    { "formula", TABLE_formulas, TABLE_formula_synonyms },
    { "drug", TABLE_drugs, KNOWLEDGE_TABLE_COUNT },
    { "drug_class", TABLE_drug_classes, TABLE_drug_class_synonyms },
    { "condition", TABLE_conditions, TABLE_condition_synonyms },
    { "product", TABLE_products, TABLE_product_synonyms },
    { "procedure", TABLE_procedures, KNOWLEDGE_TABLE_COUNT },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static size_t kind_at(const char *kind)
{
    size_t at = 0;

    while (at < KINDS && strcmp(kinds[at].kind, kind) != 0)
        at++;
    return at;
}

static const char *const *texts_at(const struct knowledge_rows *rows, enum knowledge_table_name table,
                                   size_t at)
{
    return (const char *const *)rows->list[table].rows +
           at * (knowledge_tables[table].row_size / sizeof(char *));
}

static bool has_id(const struct knowledge_rows *rows, enum knowledge_table_name table, const char *id)
{
    for (size_t i = 0; i < rows->list[table].count; i++)
        if (strcmp(texts_at(rows, table, i)[0], id) == 0)
            return true;
    return false;
}

bool rows_have(const struct knowledge_rows *rows, const char *kind, const char *id)
{
    const size_t at = kind_at(kind);

    return at < KINDS && has_id(rows, kinds[at].things, id);
}

bool overlay_is_empty(const struct overlay *overlay)
{
    return overlay->rule_count + overlay->synonym_count + overlay->ratio_count == 0;
}

static const struct own_rule *own_rule(const struct overlay *overlay, const char *id)
{
    for (size_t i = 0; i < overlay->rule_count; i++)
        if (strcmp(overlay->rules[i].row.id, id) == 0)
            return &overlay->rules[i];
    return NULL;
}

static bool is_general(const struct own_rule *own)
{
    return strcmp(own->row.kind, "general") == 0;
}

/* A rule whose sides are both there. */
static bool holds(struct laying *l, const struct own_rule *own)
{
    const struct rule_row *row = &own->row;

    return rows_have(l->reference, row->subject_kind, row->subject_id) &&
           rows_have(l->reference, row->object_kind, row->object_id);
}

static void lay_rules(struct laying *l)
{
    const struct row_list *before = &l->reference->list[TABLE_rules];
    const struct rule_row *old = before->rows;
    const size_t most = before->count + l->overlay->rule_count;
    struct rule_row *rows = arena_array(l->arena, most, sizeof *rows);
    bool *flags = arena_array(l->arena, most, sizeof *flags);
    size_t n = 0;

    for (size_t i = 0; i < before->count; i++) {
        const struct own_rule *own = own_rule(l->overlay, old[i].id);

        if (own == NULL || (!own->retired && !holds(l, own)))
            rows[n++] = old[i];
    }
    for (size_t i = 0; i < l->overlay->rule_count; i++) {
        const struct own_rule *own = &l->overlay->rules[i];

        if (own->retired || is_general(own))
            continue;
        if (!holds(l, own)) {
            l->left_out++;
            continue;
        }
        flags[n] = true;
        rows[n++] = own->row;
    }
    l->out->list[TABLE_rules] = (struct row_list){ rows, n };
    l->out->own_rules = flags;
}

static void lay_general_rules(struct laying *l)
{
    const struct row_list *before = &l->reference->list[TABLE_general_rules];
    const struct general_rule_row *old = before->rows;
    struct general_rule_row *rows = arena_array(l->arena, before->count, sizeof *rows);
    bool *flags = arena_array(l->arena, before->count, sizeof *flags);
    size_t n = 0;

    for (size_t i = 0; i < before->count; i++) {
        const struct own_rule *own = own_rule(l->overlay, old[i].id);

        if (own != NULL && own->retired)
            continue;
        rows[n] = old[i];
        if (own != NULL && is_general(own)) {
            flags[n] = true;
            rows[n].severity = own->row.severity;
            rows[n].effect = own->row.effect;
            rows[n].mechanism = own->row.mechanism;
            rows[n].action = own->row.action;
            rows[n].citation = own->row.citation;
            rows[n].confidence = own->row.confidence;
            rows[n].version = own->row.version;
        }
        n++;
    }
    l->out->list[TABLE_general_rules] = (struct row_list){ rows, n };
    l->out->own_general_rules = flags;
}

/* Whether the overlay says something about that name: the row, or NULL. */
static const struct own_synonym *own_synonym(const struct overlay *overlay, const char *kind, const char *id,
                                             const char *name)
{
    for (size_t i = 0; i < overlay->synonym_count; i++) {
        const struct own_synonym *own = &overlay->synonyms[i];

        if (strcmp(own->thing_kind, kind) == 0 && strcmp(own->thing_id, id) == 0 &&
            strcmp(own->synonym, name) == 0)
            return own;
    }
    return NULL;
}

/* A synonym table of one kind of thing. */
static void lay_synonyms(struct laying *l, size_t kind)
{
    const enum knowledge_table_name table = kinds[kind].synonyms;
    const size_t width = knowledge_tables[table].row_size / sizeof(char *);
    const struct row_list *before = &l->reference->list[table];
    const char **rows =
        arena_array(l->arena, before->count + l->overlay->synonym_count, knowledge_tables[table].row_size);
    size_t n = 0;

    for (size_t i = 0; i < before->count; i++) {
        const char *const *row = texts_at(l->reference, table, i);

        if (own_synonym(l->overlay, kinds[kind].kind, row[0], row[1]) == NULL)
            memcpy(&rows[n++ * width], row, knowledge_tables[table].row_size);
    }
    for (size_t i = 0; i < l->overlay->synonym_count; i++) {
        const struct own_synonym *own = &l->overlay->synonyms[i];

        if (own->retired || strcmp(own->thing_kind, kinds[kind].kind) != 0)
            continue;
        if (!has_id(l->reference, kinds[kind].things, own->thing_id)) {
            l->left_out++;
            continue;
        }
        for (size_t at = 0; at < width; at++)
            rows[n * width + at] = "";
        rows[n * width] = own->thing_id;
        rows[n++ * width + 1] = own->synonym;
    }
    l->out->list[table] = (struct row_list){ rows, n };
}

/* A cell of names separated by ';' without those that are retired; a note in parentheses is no part of a name. */
static const char *without_retired(struct laying *l, const char *id, const char *cell)
{
    struct text kept;
    size_t n;
    char **parts = text_split(l->arena, cell, ';', &n);
    bool same = true;

    text_init(&kept, l->arena);
    for (size_t i = 0; i < n; i++) {
        const char *bare = text_trim(l->arena, arena_text_n(l->arena, parts[i], strcspn(parts[i], "(")));
        const struct own_synonym *own = own_synonym(l->overlay, "drug", id, bare);

        if (own != NULL && own->retired)
            same = false;
        else
            text_addf(&kept, "%s%s", kept.size == 0 ? "" : "; ", parts[i]);
    }
    return same ? cell : kept.data;
}

/* A medicine's names stand in cells of its own row. */
static void lay_drug_names(struct laying *l)
{
    const struct row_list *before = &l->reference->list[TABLE_drugs];
    struct drug_row *rows = arena_array(l->arena, before->count, sizeof *rows);

    memcpy(rows, before->rows, before->count * sizeof *rows);
    for (size_t i = 0; i < l->overlay->synonym_count; i++) {
        const struct own_synonym *own = &l->overlay->synonyms[i];
        size_t at = 0;

        if (strcmp(own->thing_kind, "drug") != 0)
            continue;
        while (at < before->count && strcmp(rows[at].id, own->thing_id) != 0)
            at++;
        if (at == before->count) {
            l->left_out += !own->retired;
        } else if (own->retired) {
            rows[at].alt_names = without_retired(l, own->thing_id, rows[at].alt_names);
            rows[at].brands_us = without_retired(l, own->thing_id, rows[at].brands_us);
            rows[at].brands_uk = without_retired(l, own->thing_id, rows[at].brands_uk);
            rows[at].brands_au = without_retired(l, own->thing_id, rows[at].brands_au);
            rows[at].brands_eu = without_retired(l, own->thing_id, rows[at].brands_eu);
        } else {
            rows[at].alt_names = arena_printf(l->arena, "%s%s%s", rows[at].alt_names,
                                              *rows[at].alt_names == '\0' ? "" : "; ", own->synonym);
        }
    }
    l->out->list[TABLE_drugs] = (struct row_list){ rows, before->count };
}

static void lay_ratios(struct laying *l)
{
    const struct row_list *before = &l->reference->list[TABLE_granule_ratios];
    const struct granule_ratio_row *old = before->rows;
    struct granule_ratio_row *rows =
        arena_array(l->arena, before->count + l->overlay->ratio_count, sizeof *rows);
    size_t n = 0;

    for (size_t i = 0; i < before->count; i++) {
        bool own = false;

        for (size_t at = 0; at < l->overlay->ratio_count && !own; at++)
            own = strcmp(l->overlay->ratios[at].row.herb_id, old[i].herb_id) == 0;
        if (!own)
            rows[n++] = old[i];
    }
    for (size_t i = 0; i < l->overlay->ratio_count; i++) {
        const struct own_ratio *own = &l->overlay->ratios[i];

        if (own->retired)
            continue;
        if (has_id(l->reference, TABLE_herbs, own->row.herb_id))
            rows[n++] = own->row;
        else
            l->left_out++;
    }
    l->out->list[TABLE_granule_ratios] = (struct row_list){ rows, n };
}

void overlay_apply(struct arena *arena, const struct knowledge_rows *reference, const struct overlay *overlay,
                   struct knowledge_rows *out, size_t *left_out)
{
    struct laying l = { .arena = arena, .reference = reference, .overlay = overlay, .out = out };

    *out = *reference;
    if (overlay->rule_count > 0) {
        lay_rules(&l);
        lay_general_rules(&l);
    }
    if (overlay->synonym_count > 0) {
        for (size_t kind = 0; kind < KINDS; kind++)
            if (kinds[kind].synonyms != KNOWLEDGE_TABLE_COUNT)
                lay_synonyms(&l, kind);
        lay_drug_names(&l);
    }
    if (overlay->ratio_count > 0)
        lay_ratios(&l);
    *left_out = l.left_out;
}
