/* How else a name on file is written: Latin in both orders and as older books have it, the species of a variety, Wade-Giles. */
#include <string.h>

#include "clinic/names_build.h"
#include "clinic/names_index.h"

const char *dictionary_without_note(struct dictionary *d, const char *text)
{
    const char *open = strchr(text, '(');

    return open == NULL
               ? text
               : text_trim(&d->b->c->arena, arena_text_n(&d->b->c->arena, text, (size_t)(open - text)));
}

/* "Angelica pubescens f. biserrata" is the species too, unless another herb is. */
static void add_species(struct dictionary *d, const char *name, struct ref ref)
{
    static const char *const ranks[] = { " f. ", " var. ", " subsp. ", " ssp. " };

    for (size_t i = 0; i < sizeof ranks / sizeof *ranks; i++) {
        const char *at = strstr(name, ranks[i]);

        if (at != NULL)
            dictionary_add(d, arena_text_n(&d->b->c->arena, name, (size_t)(at - name)), ref,
                           NAME_OLD_SPELLING);
    }
}

void dictionary_add_list(struct dictionary *d, const char *cell, struct ref ref, enum name_strength strength)
{
    struct arena *arena = &d->b->c->arena;
    size_t n;
    char **parts = text_split(arena, cell, ';', &n);
    const char *genus = "";

    for (size_t i = 0; i < n; i++) {
        const char *name = dictionary_without_note(d, parts[i]);
        const char *space = strchr(name, ' ');

        if (strchr(name, ':') != NULL)
            continue;
        if (space != NULL && space == name + 2 && name[1] == '.' && *genus != '\0')
            name = arena_printf(arena, "%s%s", genus, space);
        else if (space != NULL)
            genus = arena_text_n(arena, name, (size_t)(space - name));
        dictionary_add(d, name, ref, strength);
        if (strength == NAME_BOTANICAL)
            add_species(d, name, ref);
        if (strchr(parts[i], '(') != NULL && strncmp(strchr(parts[i], '('), "(syn. ", 6) == 0 &&
            strchr(parts[i], '(')[7] != '.')
            dictionary_add(
                d, arena_text_n(arena, strchr(parts[i], '(') + 6, strcspn(strchr(parts[i], '(') + 6, ")")),
                ref, strength);
    }
}

/* "Angelicae Sinensis Radix" is also written "Radix Angelicae Sinensis"; "Paeoniae Radix Alba" either "Radix Alba Paeoniae" or
   "Radix Paeoniae Alba". */
static void add_part_first(struct dictionary *d, const char *latin, const char *part, struct ref ref,
                           enum name_strength strength)
{
    struct arena *arena = &d->b->c->arena;
    const char *at = strstr(latin, part);
    size_t size = strlen(part);

    if (at == NULL || at == latin || at[-1] != ' ' || (at[size] != '\0' && at[size] != ' '))
        return;
    dictionary_add(d, arena_printf(arena, "%s %.*s", at, (int)(at - latin - 1), latin), ref, strength);
    if (at[size] == ' ')
        dictionary_add(
            d, arena_printf(arena, "%.*s %.*s%s", (int)size, at, (int)(at - latin - 1), latin, at + size),
            ref, strength);
}

/* The text with `from` as `to`; NULL when it does not hold it. */
static const char *replaced(struct arena *arena, const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);

    return at == NULL ? NULL : arena_printf(arena, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

void dictionary_add_latin(struct dictionary *d, const char *latin, struct ref ref)
{
    static const char *const parts[] = { "Radix",   "Rhizoma", "Herba",      "Folium",  "Flos",
                                         "Fructus", "Semen",   "Cortex",     "Ramulus", "Caulis",
                                         "Spica",   "Bulbus",  "Cornu",      "Concha",  "Os",
                                         "Pollen",  "Resina",  "Medulla",    "Lignum",  "Pericarpium",
                                         "Tuber",   "Calyx",   "Stamen",     "Arillus", "Thallus",
                                         "Stigma",  "Nodus",   "Exocarpium", "Petiolus" };
    struct arena *arena = &d->b->c->arena;
    const char *const forms[] = { latin, replaced(arena, latin, "Radix et Rhizoma", "Radix"),
                                  replaced(arena, latin, "Radix et Rhizoma", "Rhizoma"),
                                  replaced(arena, latin, "Praepara", "Prepara") };

    for (size_t form = 0; form < sizeof forms / sizeof *forms; form++) {
        enum name_strength strength = form == 0 || form == 3 ? NAME_FORMAL : NAME_OLD_SPELLING;

        if (forms[form] == NULL)
            continue;
        dictionary_add(d, forms[form], ref, strength);
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
            add_part_first(d, forms[form], parts[i], ref, strength);
    }
}

bool dictionary_is_pinyin(struct dictionary *d, const char *name)
{
    size_t count;
    char **words = text_split(&d->b->c->arena, name, ' ', &count);

    if (count < 2 || count > 4)
        return false;
    for (size_t i = 0; i < count; i++) {
        uint32_t sound = name_sound_number(words[i]);
        bool known = false;

        for (size_t s = 0; s < d->index->sound_count && sound != 0 && !known; s++)
            known = d->index->sounds[s].to == sound;
        if (!known)
            return false;
    }
    return true;
}

void dictionary_add_old(struct dictionary *d, const char *pinyin, struct ref ref)
{
    struct arena *arena = &d->b->c->arena;
    const char *wade = name_wade_giles(arena, pinyin);
    const char *padded = arena_printf(arena, " %s ", wade);
    const char *other = replaced(arena, padded, " yi ", " i ");

    dictionary_add(d, wade, ref, NAME_OLD_SPELLING);
    if (other != NULL)
        dictionary_add(d, text_trim(arena, other), ref, NAME_OLD_SPELLING);
    other = replaced(arena, padded, " ssu ", " szu ");
    if (other != NULL)
        dictionary_add(d, text_trim(arena, other), ref, NAME_OLD_SPELLING);
}
