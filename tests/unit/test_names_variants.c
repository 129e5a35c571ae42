/* Every name of the reference in every way a person may write it: each variant means what the name means, be it one thing, the
   same question, or nothing else. NAMES_REPORT=1 prints how many were tried. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clinic/names.h"
#include "core/knowledge_seed.h"
#include "support/book.h"
#include "support/runner.h"
#include "support/spell.h"

static size_t tried, failed;

/* "herb:dang_gui", "ask herb:a herb:b", "" for what is not known. */
static const char *meaning_of(struct arena *arena, const char *name, unsigned kinds)
{
    struct name_meaning meaning;
    struct text text;

    names_look_up(k, name, kinds, &meaning);
    text_init(&text, arena);
    text_add(&text, meaning.ask ? meaning.taken ? "taken" : "ask" : "");
    for (size_t i = 0; i < meaning.count; i++)
        text_addf(&text, " %s:%s", ref_kind_word((enum ref_kind)meaning.match[i].ref.kind),
                  ref_id(k, meaning.match[i].ref));
    return text.data;
}

static void must_mean(struct arena *arena, const char *variant, const char *name, const char *wanted,
                      unsigned kinds)
{
    const char *got = meaning_of(arena, variant, kinds);

    tried++;
    if (strcmp(got, wanted) == 0)
        return;
    failed++;
    if (failed <= 60)
        printf("\"%s\" for \"%s\": means \"%s\", not \"%s\"\n", variant, name, got, wanted);
}

static void try_name(const char *name, unsigned kinds)
{
    struct arena arena;
    const char *wanted;

    if (*name == '\0' || strchr(name, '(') != NULL || strchr(name, ':') != NULL)
        return;
    arena_init(&arena);
    wanted = meaning_of(&arena, name, kinds);
    for (size_t i = 0; spellings[i] != NULL; i++) {
        const char *variant = spellings[i](&arena, name);

        if (variant != NULL)
            must_mean(&arena, variant, name, wanted, kinds);
    }
    arena_close(&arena);
}

/* A name on file leads to its thing, or to a question in which the thing is one of the answers, or another thing has the name by a
   listed rule or more strongly. */
static void try_own(const char *name, enum ref_kind kind, const char *id, unsigned kinds)
{
    struct arena arena;
    const char *got;

    if (*name == '\0')
        return;
    arena_init(&arena);
    got = meaning_of(&arena, name, kinds);
    tried++;
    if (strstr(got, arena_printf(&arena, "%s:%s", ref_kind_word(kind), id)) == NULL) {
        failed++;
        printf("\"%s\" of %s means \"%s\"\n", name, id, got);
    }
    arena_close(&arena);
    try_name(name, kinds);
}

static void try_parts(const char *cell, unsigned kinds)
{
    size_t count;
    char **parts = text_split(&c.arena, cell, ';', &count);

    for (size_t i = 0; i < count; i++)
        try_name(parts[i], kinds);
}

static void report(const char *what)
{
    if (getenv("NAMES_REPORT") != NULL)
        printf("%s: %zu spellings tried, %zu not as they should be\n", what, tried, failed);
    ck_assert_msg(failed == 0, "%s: %zu of %zu spellings mean something else", what, failed, tried);
    ck_assert_uint_gt(tried, 0);
}

#define EACH(table, row_type, row) \
    struct row_list list_##table; \
    ck_assert_int_eq(knowledge_seed_table(&c, TABLE_##table, &list_##table), ST_OK); \
    for (const struct row_type *row = list_##table.rows; \
         row < (const struct row_type *)list_##table.rows + list_##table.count; row++)

START_TEST(herbs_in_every_spelling)
{
    EACH(herbs, herb_row, row)
    {
        try_own(row->pinyin, REF_HERB, row->id, REF_ITEMS);
        try_own(row->pinyin_plain, REF_HERB, row->id, REF_ITEMS);
        try_own(row->hanzi, REF_HERB, row->id, REF_ITEMS);
        try_own(row->hanzi_traditional, REF_HERB, row->id, REF_ITEMS);
        try_parts(row->pharmaceutical_latin, REF_ITEMS);
        try_parts(row->botanical_latin, REF_ITEMS);
        try_parts(row->english, REF_ITEMS);
    }
    report("herbs");
}
END_TEST

START_TEST(synonyms_in_every_spelling)
{
    EACH(herb_synonyms, herb_synonym_row, row)
    try_name(row->synonym, REF_ITEMS);
    EACH(formula_synonyms, formula_synonym_row, row)
    try_name(row->synonym, REF_ITEMS);
    EACH(product_synonyms, product_synonym_row, row)
    try_name(row->synonym, REF_ITEMS);
    EACH(condition_synonyms, condition_synonym_row, row)
    try_name(row->synonym, REF_CONDITIONS);
    report("synonyms");
}
END_TEST

START_TEST(formulas_in_every_spelling)
{
    EACH(formulas, formula_row, row)
    {
        try_own(row->pinyin, REF_FORMULA, row->id, REF_ITEMS);
        try_own(row->pinyin_plain, REF_FORMULA, row->id, REF_ITEMS);
        try_own(row->hanzi, REF_FORMULA, row->id, REF_ITEMS);
        try_own(row->hanzi_traditional, REF_FORMULA, row->id, REF_ITEMS);
        try_name(row->english, REF_ITEMS);
    }
    EACH(products, product_row, row)
    {
        try_own(row->english, REF_PRODUCT, row->id, REF_ITEMS);
        if (strcmp(row->id, "gou_qi_zi_pack") == 0) /* 枸杞子, a pack of the herb, is the herb */
            try_own(row->hanzi, REF_HERB, row->herb_ids, REF_ITEMS);
        else
            try_own(row->hanzi, REF_PRODUCT, row->id, REF_ITEMS);
    }
    report("formulas and products");
}
END_TEST

START_TEST(medicines_in_every_spelling)
{
    EACH(drugs, drug_row, row)
    {
        try_own(row->id, REF_DRUG, row->id, REF_DRUGS);
        try_parts(row->generic_inn, REF_DRUGS);
        try_parts(row->alt_names, REF_DRUGS);
        try_parts(row->brands_us, REF_DRUGS);
        try_parts(row->brands_uk, REF_DRUGS);
        try_parts(row->brands_au, REF_DRUGS);
        try_parts(row->brands_eu, REF_DRUGS);
        try_name(row->atc, REF_DRUGS);
    }
    EACH(drug_class_synonyms, drug_class_synonym_row, row)
    try_own(row->synonym, REF_DRUG_CLASS, row->class_id, REF_DRUGS);
    EACH(drug_products, drug_product_row, row)
    try_name(row->name, REF_DRUGS);
    report("medicines");
}
END_TEST

/* The pharmacopoeia's order and the older one, with and without a comma, "et Rhizoma" left out, "Preparata". */
static void try_latin(const char *latin, const char *id)
{
    static const char *const parts[] = { " Radix", " Rhizoma", " Herba", " Fructus",
                                         " Semen", " Cortex",  " Flos",  " Folium" };
    const char *wanted = meaning_of(&c.arena, latin, REF_ITEMS);

    if (strstr(wanted, id) == NULL)
        return;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const char *at = strstr(latin, parts[i]);
        size_t stem = at == NULL ? 0 : (size_t)(at - latin);
        const char *rest;

        rest = at == NULL ? "" : at + strlen(parts[i]);
        if (at == NULL || strstr(latin, " et ") != NULL || (*rest != ' ' && *rest != '\0'))
            continue;
        must_mean(&c.arena, arena_printf(&c.arena, "%s %.*s%s", parts[i] + 1, (int)stem, latin, rest), latin,
                  wanted, REF_ITEMS);
        if (*rest == '\0')
            must_mean(&c.arena, arena_printf(&c.arena, "%.*s, %s", (int)stem, latin, parts[i] + 1), latin,
                      wanted, REF_ITEMS);
    }
}

START_TEST(latin_in_both_orders_and_with_who_described_it)
{
    static const char *const authors[] = {
        "L.", "(Oliv.) Diels", "Bunge", "C.A. Mey.", "(Thunb.) Maxim. ex Franch. & Sav.", "(L.) DC."
    };

    EACH(herbs, herb_row, row)
    {
        size_t count;
        char **names = text_split(&c.arena, row->pharmaceutical_latin, ';', &count);

        for (size_t i = 0; i < count; i++)
            try_latin(names[i], row->id);
        names = text_split(&c.arena, row->botanical_latin, ';', &count);
        for (size_t i = 0; i < count; i++)
            for (size_t a = 0; a < sizeof authors / sizeof *authors; a++)
                if (strchr(names[i], ' ') != NULL && strpbrk(names[i], ".(,:") == NULL &&
                    strchr(strchr(names[i], ' ') + 1, ' ') == NULL)
                    must_mean(&c.arena, arena_printf(&c.arena, "%s %s", names[i], authors[a]), names[i],
                              meaning_of(&c.arena, names[i], REF_ITEMS), REF_ITEMS);
    }
    report("Latin");
}
END_TEST

SUITE(names_variants)
{
    return suite_of("names_variants", 120, NULL, book_setup, book_teardown,
                    TESTS(herbs_in_every_spelling, synonyms_in_every_spelling, formulas_in_every_spelling,
                          medicines_in_every_spelling, latin_in_both_orders_and_with_who_described_it));
}
