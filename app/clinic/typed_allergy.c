/* What a person says she is allergic to: a herb, a botanical family, or a name for several ("ragweed", "shellfish"). */
#include "base/text.h"
#include "clinic/typed.h"

static void add_family(struct arena *arena, const char *family, const char *typed,
                       struct typed_allergies *out)
{
    out->families =
        arena_grow(arena, out->families, out->family_count, &out->family_capacity, sizeof *out->families);
    out->family_typed = arena_grow(arena, out->family_typed, out->family_count, &out->typed_capacity,
                                   sizeof *out->family_typed);
    out->families[out->family_count] = family;
    out->family_typed[out->family_count++] = typed;
}

static void add_herb(struct arena *arena, struct typed_item herb, struct typed_allergies *out)
{
    out->herbs = arena_grow(arena, out->herbs, out->herb_count, &out->herb_capacity, sizeof *out->herbs);
    out->herbs[out->herb_count++] = herb;
}

static bool is_family(const struct knowledge *k, const char *text)
{
    for (size_t i = 0; i < k->count[REF_HERB]; i++)
        if (*text != '\0' && text_same(k->herbs[i].family, text))
            return true;
    return false;
}

static void add_allergen(struct arena *arena, const struct allergen *allergen, const char *typed,
                         struct typed_allergies *out)
{
    for (size_t i = 0; i < allergen->family_count; i++)
        add_family(arena, allergen->families[i], typed, out);
    for (uint16_t i = 0; i < allergen->herb_count; i++)
        add_herb(arena,
                 (struct typed_item){ .typed = typed, .ref = { REF_HERB, allergen->herbs[i] }, .only = true },
                 out);
}

void typed_allergy_add(struct arena *arena, const struct knowledge *k, const char *text,
                       struct typed_allergies *out, struct understood *gaps)
{
    const char *typed = arena_text(arena, text);
    const struct allergen *allergen = knowledge_allergen(k, text);
    struct understood found = { 0 };

    if (is_family(k, text)) {
        add_family(arena, typed, typed, out);
        return;
    }
    if (allergen != NULL) {
        add_allergen(arena, allergen, typed, out);
        return;
    }
    typed_item_add(arena, k, text, REF_BIT(REF_HERB), &found);
    for (size_t i = 0; i < found.item_count; i++)
        add_herb(arena, found.items[i], out);
    for (size_t i = 0; i < found.drug_count; i++)
        typed_gap_add(arena, found.drugs[i].typed, "allergies to medicines are not checked against herbs",
                      gaps);
    for (size_t i = 0; i < found.gap_count; i++)
        typed_gap_add(arena, found.gaps[i].typed, "the allergy is not to a herb or plant family on file",
                      gaps);
}
