/* What several names of a line, or several lines of a case, have to do with each other: one weight for each of them, or two
   weights for one. */
#include <string.h>
#include <strings.h>

#include "clinic/typed_text.h"

/* The name with the weight; names in Chinese that only blanks keep apart ("当归 黄芪") each with it. */
static char *each_of(struct arena *arena, const char *stem, const char *written)
{
    size_t count;
    char **names = text_split(arena, stem, ' ', &count);
    struct text out;

    text_init(&out, arena);
    for (size_t i = 0; i < count && (unsigned char)*stem >= 0x80; i++)
        text_addf(&out, "%s%s %s", i == 0 ? "" : " ", names[i], written);
    return out.size > 0 ? out.data : arena_printf(arena, "%s %s", stem, written);
}

/* Where "各", "each" or "aa" stands before (or "each" behind) the weight of the part; NULL when nowhere. */
static const char *each_at(struct arena *arena, const char *part, const struct typed_dose *dose,
                           const char **stem)
{
    const char *before = typed_without_end(arena, dose->before, "each");

    *stem = before;
    if (before == NULL)
        *stem = typed_without_end(arena, dose->before, "各");
    if (*stem == NULL)
        *stem = typed_without_end(arena, dose->before, "aa");
    if (*stem == NULL && (strcasecmp(dose->after, "each") == 0 || strcasecmp(dose->after, "of each") == 0))
        *stem = dose->before;
    return *stem == NULL || **stem == '\0' ? NULL : part;
}

void typed_share_each(struct arena *arena, char **parts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct typed_dose dose;
        struct typed_dose own;
        const char *stem;

        if (strlen(parts[i]) >= NAME_KEY_SIZE || !typed_find_dose(arena, parts[i], LIANG_NOT_CHOSEN, &dose) ||
            each_at(arena, parts[i], &dose, &stem) == NULL)
            continue;
        parts[i] = each_of(arena, stem, dose.written);
        for (size_t before = i; before > 0; before--) {
            if (strlen(parts[before - 1]) >= NAME_KEY_SIZE ||
                typed_find_dose(arena, parts[before - 1], LIANG_NOT_CHOSEN, &own))
                break;
            parts[before - 1] = arena_printf(arena, "%s %s", parts[before - 1], dose.written);
        }
    }
}

static bool same_herb(const struct typed_item *a, const struct typed_item *b)
{
    return a->ref.kind == REF_HERB && ref_same(a->ref, b->ref) && a->form == b->form && !a->assumed &&
           !b->assumed && !a->stopped && !b->stopped && a->daily.mg > 0 && b->daily.mg > 0 &&
           a->daily.mg != b->daily.mg && a->typed != b->typed;
}

void typed_end(struct arena *arena, const struct knowledge *k, struct understood *out)
{
    for (size_t i = 1; i < out->item_count; i++)
        for (size_t before = 0; before < i; before++) {
            const struct typed_item *a = &out->items[before];
            const struct typed_item *b = &out->items[i];

            if (!same_herb(a, b))
                continue;
            typed_gap_add(
                arena, arena_printf(arena, "%s / %s", a->typed, b->typed),
                arena_printf(arena, "%s twice, with %s and with %s: both were counted; say which holds",
                             ref_name(k, a->ref), weight_text(arena, a->daily), weight_text(arena, b->daily)),
                out);
            break;
        }
}
