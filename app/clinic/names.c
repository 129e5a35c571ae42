/* Looking up what was typed: the whole name, homonyms by their rule, one thing under several ids recognised as one. */
#include "clinic/names.h"

#include <string.h>

#include "clinic/names_index.h"

const struct name_entry *names_equal(const struct name_index *index, const char *key, size_t *count)
{
    size_t low = 0;
    size_t high = index->entry_count;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (strcmp(index->entries[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (*count = 0; low + *count < index->entry_count; (*count)++)
        if (strcmp(index->entries[low + *count].key, key) != 0)
            break;
    return &index->entries[low];
}

enum { COMPOSITION_MOST = 64 };

/* The base herbs of a formula or product. */
static size_t composition(const struct knowledge *k, struct ref ref, uint16_t out[COMPOSITION_MOST])
{
    size_t count = 0;

    if (ref.kind == REF_PRODUCT && k->products[ref.at].formula == NO_PARENT) {
        const struct product *product = &k->products[ref.at];

        for (; count < product->herb_count && count < COMPOSITION_MOST; count++)
            out[count] = k->herbs[product->herbs[count]].base;
        return count;
    }
    {
        uint16_t at = ref.kind == REF_PRODUCT ? k->products[ref.at].formula : ref.at;
        const struct formula *formula = &k->formulas[at];

        for (; count < formula->part_count && count < COMPOSITION_MOST; count++)
            out[count] = k->herbs[formula->parts[count].herb].base;
    }
    return count;
}

/* A decoction and its pill, the Chinese and the Kampo form are one thing. Juan Bi Tang, of which there are two, is not. */
bool names_same_recipe(const struct knowledge *k, struct ref a, struct ref b)
{
    uint16_t of_a[COMPOSITION_MOST];
    uint16_t of_b[COMPOSITION_MOST];
    size_t in_a = composition(k, a, of_a);
    size_t in_b = composition(k, b, of_b);
    size_t shared = 0;

    for (size_t i = 0; i < in_a; i++)
        for (size_t j = 0; j < in_b; j++)
            if (of_a[i] == of_b[j]) {
                shared++;
                break;
            }
    return shared > 0 && 5 * shared >= 3 * (in_a > in_b ? in_a : in_b);
}

static bool is_recipe(struct ref ref)
{
    return ref.kind == REF_FORMULA || ref.kind == REF_PRODUCT;
}

static bool look_up_homonym(const struct knowledge *k, const char *key, struct name_meaning *out)
{
    for (size_t i = 0; i < k->names->homonym_count; i++) {
        const struct name_homonym *homonym = &k->names->homonyms[i];

        if (strcmp(homonym->key, key) != 0)
            continue;
        out->count = homonym->ask ? homonym->count : 1;
        if (out->count > NAMES_MOST)
            out->count = NAMES_MOST;
        for (size_t r = 0; r < out->count; r++)
            out->match[r] =
                (struct name_match){ homonym->refs[r], NAME_OWN, FIT_EXACT, ref_name(k, homonym->refs[r]) };
        out->ask = homonym->ask;
        out->taken = homonym->has_default;
        out->rule = homonym->rule;
        return true;
    }
    return false;
}

/* A product stands before the formula it is made to: it is what was named. A Kampo formula stands behind. */
static int recipe_order(const struct knowledge *k, const struct name_match *match)
{
    if (match->ref.kind == REF_PRODUCT)
        return 0;
    return k->formulas[match->ref.at].kampo && match->strength > NAME_ID ? 2 : 1;
}

static void order_recipes(const struct knowledge *k, struct name_meaning *out)
{
    for (size_t i = 1; i < out->count; i++)
        for (size_t at = i; at > 0 && recipe_order(k, &out->match[at]) < recipe_order(k, &out->match[at - 1]);
             at--) {
            struct name_match swap = out->match[at];

            out->match[at] = out->match[at - 1];
            out->match[at - 1] = swap;
        }
}

/* Formulas and products: those of one composition are one thing; others of the same strength are a question. */
static void settle_recipes(const struct knowledge *k, struct name_meaning *out)
{
    struct name_match first;
    size_t kept = 0;
    size_t different = 0;

    order_recipes(k, out);
    first = out->match[0];
    for (size_t i = 0; i < out->count; i++)
        if (i == 0 || names_same_recipe(k, first.ref, out->match[i].ref))
            out->match[kept++] = out->match[i];
        else if (out->match[i].strength <= first.strength)
            different++;
    if (different == 0) {
        out->count = kept;
        return;
    }
    out->ask = true;
    out->rule = "two different formulas share this name";
}

/* One name may mean two conditions at once (cirrhosis is liver disease too), however it belongs to them: each once. */
static void settle_conditions(struct name_meaning *out)
{
    size_t kept = 0;

    for (size_t i = 0; i < out->count; i++) {
        bool seen = false;

        for (size_t before = 0; before < kept; before++)
            seen = seen || ref_same(out->match[before].ref, out->match[i].ref);
        if (!seen)
            out->match[kept++] = out->match[i];
    }
    out->count = kept;
}

/* Things of other kinds: the strongest; processed forms and their parent under one Latin name mean the parent. */
static void settle_others(const struct knowledge *k, struct name_meaning *out)
{
    size_t kept = 0;

    while (kept < out->count && out->match[kept].strength == out->match[0].strength)
        kept++;
    out->count = kept;
    if (kept > 1 && out->match[0].ref.kind == REF_HERB) {
        uint16_t base = k->herbs[out->match[0].ref.at].base;

        for (size_t i = 0; i < kept; i++)
            if (k->herbs[out->match[i].ref.at].base != base)
                base = NO_PARENT;
        for (size_t i = 0; i < kept && base != NO_PARENT; i++)
            if (out->match[i].ref.at == base) {
                out->match[0] = out->match[i];
                out->count = 1;
            }
    }
    if (out->count > 1) {
        out->ask = true;
        out->rule = "the name means more than one thing";
    }
}

static void look_up(const struct knowledge *k, const char *text, unsigned kinds, struct name_meaning *out)
{
    char key[NAME_KEY_SIZE];
    size_t count;
    const struct name_entry *entries;
    struct ref best = { REF_NONE, 0 };
    uint8_t strength = 0xFF;

    *out = (struct name_meaning){ .count = 0 };
    if (name_key(k, text, strlen(text), key) == 0 || !name_maybe_present(k->names, key))
        return;
    if ((kinds & REF_BIT(REF_HERB)) != 0 && look_up_homonym(k, key, out))
        return;
    entries = names_equal(k->names, key, &count);
    for (size_t i = 0; i < count; i++)
        if (!entries[i].partial && (kinds & REF_BIT(entries[i].ref.kind)) != 0 &&
            entries[i].strength < strength) {
            best = entries[i].ref;
            strength = entries[i].strength;
        }
    for (size_t i = 0; i < count && out->count < NAMES_MOST; i++) {
        bool fits = is_recipe(best) ? is_recipe(entries[i].ref) : entries[i].ref.kind == best.kind;

        if (!entries[i].partial && fits && (kinds & REF_BIT(entries[i].ref.kind)) != 0)
            out->match[out->count++] =
                (struct name_match){ entries[i].ref, (enum name_strength)entries[i].strength, FIT_EXACT,
                                     entries[i].name };
    }
    if (out->count > 1 && is_recipe(best))
        settle_recipes(k, out);
    else if (best.kind == REF_CONDITION)
        settle_conditions(out);
    else if (out->count > 1)
        settle_others(k, out);
}

void names_look_up(const struct knowledge *k, const char *text, unsigned kinds, struct name_meaning *out)
{
    char other[NAME_KEY_SIZE];

    look_up(k, text, kinds, out);
    if (out->count == 0 && (kinds & REF_ITEMS) != 0 && name_without_tones(text, other))
        look_up(k, other, kinds & REF_ITEMS, out);
    if (out->count == 0 && (kinds & REF_BIT(REF_HERB)) != 0 && name_without_authors(text, other))
        look_up(k, other, REF_BIT(REF_HERB), out);
}

bool names_confusable(const struct knowledge *k, uint16_t herb, uint16_t other)
{
    for (size_t i = 0; i < k->names->homonym_count; i++) {
        const struct name_homonym *homonym = &k->names->homonyms[i];
        int found = 0;

        for (uint16_t r = 0; r < homonym->count; r++)
            if (homonym->refs[r].at == herb || homonym->refs[r].at == other)
                found++;
        if (found == 2)
            return true;
    }
    return false;
}

uint16_t names_usually_meant(const struct knowledge *k, uint16_t herb)
{
    for (size_t i = 0; i < k->names->homonym_count; i++) {
        const struct name_homonym *homonym = &k->names->homonyms[i];

        for (uint16_t r = 1; homonym->has_default && r < homonym->count; r++)
            if (homonym->refs[r].kind == REF_HERB && homonym->refs[r].at == herb)
                return homonym->refs[0].at;
    }
    return NO_PARENT;
}
