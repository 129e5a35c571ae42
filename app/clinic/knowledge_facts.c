/* Facts that are no pair of two things: places with laws of their own, what an allergy crosses to, how much a child takes. */
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "clinic/knowledge_build.h"
#include "clinic/names.h"

static void build_places(struct builder *b)
{
    const struct jurisdiction_row *rows = ROWS(b, jurisdictions, jurisdiction_row);
    size_t count = ROW_COUNT(b, jurisdictions);
    struct place *places = build_array(b, count, sizeof *places);

    for (size_t i = 0; i < count; i++)
        places[i] = (struct place){ build_text(b, rows[i].id), build_text(b, rows[i].english), NO_PARENT };
    b->k->places = places;
    b->k->place_count = count;
    for (size_t i = 0; i < count; i++) {
        if (*rows[i].parent_id == '\0')
            continue;
        places[i].parent = knowledge_place(b->k, rows[i].parent_id);
        if (places[i].parent == NO_PARENT || places[i].parent == i)
            build_wrong(b, "jurisdictions", rows[i].id, "parent_id", rows[i].parent_id,
                        "must be the id of another jurisdiction on file");
    }
}

/* The texts of a cell of a list, after `own` when there is one. */
static const char *const *texts_of(struct builder *b, const char *own, const char *cell, size_t *count)
{
    size_t parts;
    char **split = text_split(&b->c->arena, cell, ';', &parts);
    const char **texts = build_array(b, parts + 1, sizeof *texts);

    *count = 0;
    if (own != NULL)
        texts[(*count)++] = build_text(b, own);
    for (size_t i = 0; i < parts; i++)
        texts[(*count)++] = build_text(b, split[i]);
    return texts;
}

static void build_allergens(struct builder *b)
{
    const struct allergen_row *rows = ROWS(b, allergens, allergen_row);
    size_t count = ROW_COUNT(b, allergens);
    struct allergen *allergens = build_array(b, count, sizeof *allergens);

    for (size_t i = 0; i < count; i++) {
        struct allergen *one = &allergens[i];

        *one = (struct allergen){ .id = build_text(b, rows[i].id), .name = build_text(b, rows[i].english) };
        one->names = texts_of(b, rows[i].english, rows[i].synonyms, &one->name_count);
        one->families = texts_of(b, NULL, rows[i].families, &one->family_count);
        one->herbs =
            build_refs(b, REF_HERB, rows[i].herb_ids, "allergens", rows[i].id, "herb_ids", &one->herb_count);
    }
    b->k->allergens = allergens;
    b->k->allergen_count = count;
}

static void build_child_doses(struct builder *b)
{
    const struct child_dose_row *rows = ROWS(b, child_doses, child_dose_row);
    size_t count = ROW_COUNT(b, child_doses);
    struct child_dose *doses = build_array(b, count, sizeof *doses);

    for (size_t i = 0; i < count; i++) {
        const char *from = rows[i].age_from_months;

        if (strcmp(from, "0") != 0)
            doses[i].age_from = build_days(b, from, "child_doses", from, "age_from_months");
        doses[i].age_below = build_days(b, rows[i].age_below_months, "child_doses", from, "age_below_months");
        if (!ratio_parse(rows[i].share, &doses[i].share))
            build_wrong(b, "child_doses", from, "share", rows[i].share, "must be a share (1:2)");
    }
    b->k->child_doses = doses;
    b->k->child_dose_count = count;
}

void build_facts(struct builder *b)
{
    build_places(b);
    build_allergens(b);
    build_child_doses(b);
}

static uint16_t place_at(const struct knowledge *k, const char *id, size_t size)
{
    for (size_t i = 0; i < k->place_count; i++)
        if (strncasecmp(k->places[i].id, id, size) == 0 && k->places[i].id[size] == '\0')
            return (uint16_t)i;
    return NO_PARENT;
}

uint16_t knowledge_place(const struct knowledge *k, const char *id)
{
    uint16_t place = place_at(k, id, strlen(id));

    return place == NO_PARENT && strchr(id, '-') != NULL ? place_at(k, id, strcspn(id, "-")) : place;
}

bool place_within(const struct knowledge *k, uint16_t place, uint16_t of)
{
    for (int steps = 0; place != NO_PARENT && steps < 8; steps++, place = k->places[place].parent)
        if (place == of)
            return true;
    return false;
}

const struct allergen *knowledge_allergen(const struct knowledge *k, const char *name)
{
    char key[NAME_KEY_SIZE];
    char own[NAME_KEY_SIZE];

    if (strlen(name) >= NAME_KEY_SIZE)
        return NULL;
    (void)name_key(k, name, strlen(name), key);
    for (size_t i = 0; i < k->allergen_count && *key != '\0'; i++)
        for (size_t n = 0; n < k->allergens[i].name_count; n++) {
            (void)name_key(k, k->allergens[i].names[n], strlen(k->allergens[i].names[n]), own);
            if (strcmp(own, key) == 0)
                return &k->allergens[i];
        }
    return NULL;
}
