/* Builds the dictionary: every spelling of the reference files as a comparison form that leads to its thing. */
#include "clinic/names_index.h"

#include <stdlib.h>
#include <string.h>

#include "clinic/knowledge_build.h"
#include "clinic/names_build.h"

static void add_key(struct dictionary *d, const char *text, size_t size, const char *name, struct ref ref,
                    enum name_strength strength, bool partial)
{
    char key[NAME_KEY_SIZE];
    size_t key_size = name_key_fold(d->index->folds, d->index->fold_count, text, size, key);

    if (key_size == 0)
        return;
    d->entries = arena_grow(&d->b->c->arena, d->entries, d->count, &d->capacity, sizeof *d->entries);
    d->entries[d->count++] = (struct name_entry){ .key = build_text(d->b, key),
                                                  .name = name,
                                                  .ref = ref,
                                                  .strength = (uint8_t)strength,
                                                  .partial = partial,
                                                  .key_size = (uint16_t)key_size,
                                                  .letters = name_letters(key, key_size) };
}

void dictionary_add(struct dictionary *d, const char *text, struct ref ref, enum name_strength strength)
{
    const char *name;

    if (*text == '\0' || ref.kind == REF_NONE || ref.at == NO_PARENT)
        return;
    if (strength == NAME_ID) { /* found by its id, shown by its name */
        add_key(d, text, strlen(text), ref_name(d->b->k, ref), ref, strength, false);
        return;
    }
    name = build_text(d->b, text);
    add_key(d, name, strlen(name), name, ref, strength, false);
    for (const char *at = name + 1; *at != '\0'; at++)
        if ((at[-1] == ' ' || at[-1] == '-') && at[0] != ' ')
            add_key(d, at, strlen(at), name, ref, strength, true);
}

/* What a thing that is no herb, formula or medicine goes by: its id, its English name with and without a note, its Chinese. */
static void add_own_names(struct dictionary *d, struct ref ref, const char *id, const char *english,
                          const char *hanzi)
{
    dictionary_add(d, id, ref, NAME_ID);
    dictionary_add(d, english, ref, NAME_OWN);
    dictionary_add(d, dictionary_without_note(d, english), ref, NAME_OWN);
    dictionary_add(d, hanzi, ref, NAME_OWN);
}

static struct ref found(struct dictionary *d, enum ref_kind kind, const char *id, const char *table,
                        const char *field)
{
    return (struct ref){ (uint16_t)kind, build_ref(d->b, kind, id, table, id, field) };
}

static void add_herbs(struct dictionary *d)
{
    const struct herb_row *rows = ROWS(d->b, herbs, herb_row);
    const struct herb_synonym_row *synonyms = ROWS(d->b, herb_synonyms, herb_synonym_row);

    for (size_t i = 0; i < ROW_COUNT(d->b, herbs); i++) {
        struct ref ref = { REF_HERB, (uint16_t)i };
        size_t latin_count;
        char **latin;

        dictionary_add(d, rows[i].id, ref, NAME_ID);
        dictionary_add(d, rows[i].pinyin, ref, NAME_OWN);
        dictionary_add(d, rows[i].pinyin_plain, ref, NAME_OWN);
        dictionary_add_old(d, rows[i].pinyin_plain, ref);
        dictionary_add(d, rows[i].hanzi, ref, NAME_OWN);
        dictionary_add(d, rows[i].hanzi_traditional, ref, NAME_OWN);
        dictionary_add(d, dictionary_without_note(d, rows[i].chp_name), ref, NAME_FORMAL);
        latin = text_split(&d->b->c->arena, rows[i].pharmaceutical_latin, ';', &latin_count);
        for (size_t part = 0; part < latin_count; part++)
            dictionary_add_latin(d, latin[part], ref);
        dictionary_add_list(d, rows[i].botanical_latin, ref,
                            NAME_BOTANICAL); /* one plant may give several herbs */
        dictionary_add_list(d, rows[i].english, ref, NAME_FORMAL);
    }
    for (size_t i = 0; i < ROW_COUNT(d->b, herb_synonyms); i++) {
        const struct herb_synonym_row *row = &synonyms[i];

        dictionary_add(d, row->synonym, found(d, REF_HERB, row->herb_id, "herb_synonyms", "herb_id"),
                       NAME_SYNONYM);
        if (dictionary_is_pinyin(d, row->synonym)) /* "mai men dong" is "mai men tung" too */
            dictionary_add_old(d, row->synonym, found(d, REF_HERB, row->herb_id, "herb_synonyms", "herb_id"));
        if (*row->ambiguous_with != '\0') /* "berberine" is one herb's and the other's */
            dictionary_add(d, row->synonym,
                           found(d, REF_HERB, row->ambiguous_with, "herb_synonyms", "ambiguous_with"),
                           NAME_SYNONYM);
    }
}

static void add_formulas(struct dictionary *d)
{
    const struct formula_row *rows = ROWS(d->b, formulas, formula_row);
    const struct formula_synonym_row *synonyms = ROWS(d->b, formula_synonyms, formula_synonym_row);
    const struct product_row *products = ROWS(d->b, products, product_row);
    const struct product_synonym_row *product_synonyms = ROWS(d->b, product_synonyms, product_synonym_row);

    for (size_t i = 0; i < ROW_COUNT(d->b, formulas); i++) {
        struct ref ref = { REF_FORMULA, (uint16_t)i };

        dictionary_add(d, rows[i].id, ref, NAME_ID);
        dictionary_add(d, rows[i].pinyin, ref, NAME_OWN);
        dictionary_add(d, rows[i].pinyin_plain, ref, NAME_OWN);
        dictionary_add_old(d, rows[i].pinyin_plain, ref);
        dictionary_add(d, rows[i].hanzi, ref, NAME_OWN);
        dictionary_add(d, rows[i].hanzi_traditional, ref, NAME_OWN);
        dictionary_add(d, rows[i].english, ref, NAME_FORMAL);
        dictionary_add(d, dictionary_without_note(d, rows[i].english), ref, NAME_FORMAL);
    }
    for (size_t i = 0; i < ROW_COUNT(d->b, formula_synonyms); i++)
        dictionary_add(d, synonyms[i].synonym,
                       found(d, REF_FORMULA, synonyms[i].formula_id, "formula_synonyms", "formula_id"),
                       NAME_SYNONYM);
    for (size_t i = 0; i < ROW_COUNT(d->b, products); i++) {
        struct ref ref = { REF_PRODUCT, (uint16_t)i };

        add_own_names(d, ref, products[i].id, products[i].english, products[i].hanzi);
    }
    for (size_t i = 0; i < ROW_COUNT(d->b, product_synonyms); i++)
        dictionary_add(
            d, product_synonyms[i].synonym,
            found(d, REF_PRODUCT, product_synonyms[i].product_id, "product_synonyms", "product_id"),
            NAME_SYNONYM);
}

/* A brand of a slow form goes by its bare name too ("Effexor XR"); another pack (Cartia) is looked up before it. */
static void add_brands(struct dictionary *d, const char *cell, struct ref ref)
{
    static const char *const slow[] = { " XR", " XL", " SR", " CR", " ER", " LA" };
    size_t count;
    char **brands = text_split(&d->b->c->arena, cell, ';', &count);

    dictionary_add_list(d, cell, ref, NAME_SYNONYM);
    for (size_t i = 0; i < count; i++) {
        size_t size = strlen(brands[i]);

        for (size_t s = 0; s < sizeof slow / sizeof *slow; s++)
            if (size > 6 && strcmp(brands[i] + size - 3, slow[s]) == 0)
                dictionary_add(d, arena_text_n(&d->b->c->arena, brands[i], size - 3), ref, NAME_SYNONYM);
    }
}

static void add_drugs(struct dictionary *d)
{
    struct arena *arena = &d->b->c->arena;
    const struct drug_row *rows = ROWS(d->b, drugs, drug_row);
    const struct drug_class_row *classes = ROWS(d->b, drug_classes, drug_class_row);
    const struct drug_class_synonym_row *synonyms = ROWS(d->b, drug_class_synonyms, drug_class_synonym_row);

    for (size_t i = 0; i < ROW_COUNT(d->b, drugs); i++) {
        struct ref ref = { REF_DRUG, (uint16_t)i };

        dictionary_add(d, rows[i].id, ref, NAME_ID);
        dictionary_add_list(d, rows[i].generic_inn, ref, NAME_OWN);
        dictionary_add_list(d, rows[i].alt_names, ref, NAME_SYNONYM);
        add_brands(d, rows[i].brands_us, ref);
        add_brands(d, rows[i].brands_uk, ref);
        add_brands(d, rows[i].brands_au, ref);
        add_brands(d, rows[i].brands_eu, ref);
        dictionary_add(d, rows[i].atc, ref, NAME_FORMAL);
        if (*rows[i].rxcui != '\0' &&
            *rows[i].rxcui_checked != '\0') /* unchecked codes are never matched alone */
            dictionary_add(d, arena_printf(arena, "rxcui:%s", rows[i].rxcui), ref, NAME_FORMAL);
    }
    for (size_t i = 0; i < ROW_COUNT(d->b, drug_classes); i++) {
        struct ref ref = { REF_DRUG_CLASS, (uint16_t)i };

        dictionary_add(d, classes[i].class_id, ref, NAME_ID);
        dictionary_add(d, d->b->k->classes[i].name, ref, NAME_ID);
    }
    for (size_t i = 0; i < ROW_COUNT(d->b, drug_class_synonyms); i++)
        dictionary_add(d, synonyms[i].synonym,
                       found(d, REF_DRUG_CLASS, synonyms[i].class_id, "drug_class_synonyms", "class_id"),
                       NAME_FORMAL);
}

static void add_conditions(struct dictionary *d)
{
    const struct condition_row *rows = ROWS(d->b, conditions, condition_row);
    const struct condition_synonym_row *synonyms = ROWS(d->b, condition_synonyms, condition_synonym_row);
    const struct procedure_row *procedures = ROWS(d->b, procedures, procedure_row);

    for (size_t i = 0; i < ROW_COUNT(d->b, conditions); i++) {
        struct ref ref = { REF_CONDITION, (uint16_t)i };
        size_t parts;
        char **names;

        add_own_names(d, ref, rows[i].id, rows[i].english, rows[i].hanzi);
        names = text_split(&d->b->c->arena, dictionary_without_note(d, rows[i].english), '/', &parts);
        for (size_t part = 0; part < parts && parts > 1; part++)
            dictionary_add(d, names[part], ref, NAME_FORMAL);
    }
    for (size_t i = 0; i < ROW_COUNT(d->b, condition_synonyms); i++)
        dictionary_add(
            d, synonyms[i].synonym,
            found(d, REF_CONDITION, synonyms[i].condition_id, "condition_synonyms", "condition_id"),
            NAME_SYNONYM);
    for (size_t i = 0; i < ROW_COUNT(d->b, procedures); i++) {
        struct ref ref = { REF_PROCEDURE, (uint16_t)i };

        add_own_names(d, ref, procedures[i].id, procedures[i].english, procedures[i].hanzi);
        dictionary_add_list(d, procedures[i].synonyms, ref, NAME_SYNONYM);
    }
}

static const char *key_of(struct dictionary *d, const char *text)
{
    char key[NAME_KEY_SIZE];

    (void)name_key_fold(d->index->folds, d->index->fold_count, text, strlen(text), key);
    return build_text(d->b, key);
}

static void add_homonyms(struct dictionary *d)
{
    const struct homonym_row *rows = ROWS(d->b, homonyms, homonym_row);
    struct name_homonym *homonyms = build_array(d->b, ROW_COUNT(d->b, homonyms), sizeof *homonyms);

    for (size_t i = 0; i < ROW_COUNT(d->b, homonyms); i++) {
        struct name_homonym *homonym = &homonyms[d->index->homonym_count];
        size_t n;
        char **ids = text_split(&d->b->c->arena, rows[i].herb_ids, ';', &n);
        struct ref *refs = build_array(d->b, n + 1, sizeof *refs);

        if (n == 1 && *rows[i].default_id == '\0') /* a remark on a name, not a choice */
            continue;
        *homonym =
            (struct name_homonym){ .key = key_of(d, rows[i].term),
                                   .rule = build_text(d->b, rows[i].rule),
                                   .refs = refs,
                                   .has_default = *rows[i].default_id != '\0',
                                   .ask = strcmp(rows[i].ask, "yes") == 0 || strcmp(rows[i].ask, "t") == 0 ||
                                          strcmp(rows[i].ask, "true") == 0 };
        if (homonym->has_default)
            refs[homonym->count++] = found(d, REF_HERB, rows[i].default_id, "homonyms", "default_id");
        for (size_t part = 0; part < n; part++)
            if (strcmp(ids[part], rows[i].default_id) != 0)
                refs[homonym->count++] = found(d, REF_HERB, ids[part], "homonyms", "herb_ids");
        d->index->homonym_count++;
    }
    d->index->homonyms = homonyms;
}

static void add_mixes(struct dictionary *d)
{
    const struct drug_product_row *rows = ROWS(d->b, drug_products, drug_product_row);
    size_t count = ROW_COUNT(d->b, drug_products);
    struct name_mix *mixes = build_array(d->b, count, sizeof *mixes);

    for (size_t i = 0; i < count; i++) {
        mixes[i] = (struct name_mix){ .key = key_of(d, rows[i].name),
                                      .name = build_text(d->b, rows[i].name),
                                      .country = build_text(d->b, rows[i].country) };
        mixes[i].drugs = build_refs(d->b, REF_DRUG, rows[i].drug_ids, "drug_products", rows[i].name,
                                    "drug_ids", &mixes[i].count);
        for (uint16_t part = 0; part < mixes[i].count; part++)
            dictionary_add(d, rows[i].name, (struct ref){ REF_DRUG, mixes[i].drugs[part] }, NAME_SYNONYM);
    }
    d->index->mixes = mixes;
    d->index->mix_count = count;
}

/* By key; then whole names first, the stronger first, and by id, so that any source of the rows gives the same order. */
static int by_key(const void *a, const void *b, void *arg)
{
    const struct name_entry *x = a;
    const struct name_entry *y = b;
    const struct knowledge *k = arg;
    int order = strcmp(x->key, y->key);

    if (order != 0)
        return order;
    if (x->partial != y->partial)
        return x->partial ? 1 : -1;
    if (x->strength != y->strength)
        return x->strength < y->strength ? -1 : 1;
    if (x->ref.kind != y->ref.kind)
        return x->ref.kind < y->ref.kind ? -1 : 1;
    return strcmp(ref_id(k, x->ref), ref_id(k, y->ref));
}

/* One entry per key and thing is enough: the strongest, which comes first. */
static bool already(const struct name_entry *entries, size_t count, const struct name_entry *entry)
{
    for (; count > 0 && strcmp(entries[count - 1].key, entry->key) == 0; count--)
        if (ref_same(entries[count - 1].ref, entry->ref))
            return true;
    return false;
}

static void set_bit(uint64_t *bits, const char *key)
{
    size_t bit = name_bit(key);

    bits[bit / 64] |= UINT64_C(1) << bit % 64;
}

static void build_present(struct builder *b, struct name_index *index)
{
    uint64_t *bits = build_array(b, NAME_PRESENT_BITS / 64, sizeof *bits);

    for (size_t i = 0; i < index->entry_count; i++)
        set_bit(bits, index->entries[i].key);
    for (size_t i = 0; i < index->homonym_count; i++)
        set_bit(bits, index->homonyms[i].key);
    for (size_t i = 0; i < index->mix_count; i++)
        set_bit(bits, index->mixes[i].key);
    index->present = bits;
}

void build_names(struct builder *b)
{
    struct name_index *index = build_array(b, 1, sizeof *index);
    struct dictionary d = { .b = b, .index = index };
    struct name_entry *entries;
    size_t kept = 0;

    build_folds(b, index);
    build_sounds(b, index);
    add_herbs(&d);
    add_formulas(&d);
    add_drugs(&d);
    add_conditions(&d);
    add_homonyms(&d);
    add_mixes(&d);
    qsort_r(d.entries, d.count, sizeof *d.entries, by_key, b->k);
    for (size_t i = 0; i < d.count; i++)
        if (!already(d.entries, kept, &d.entries[i]))
            d.entries[kept++] = d.entries[i];
    entries = build_array(b, kept, sizeof *entries);
    if (kept > 0)
        memcpy(entries, d.entries, kept * sizeof *entries);
    index->entries = entries;
    index->entry_count = kept;
    build_present(b, index);
    names_build_lengths(&b->k->arena, index);
    b->k->names = index;
}
