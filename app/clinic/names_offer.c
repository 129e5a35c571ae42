/* What is offered to a person who is typing, or who typed a name that is not on file: ranked, each thing once. */
#include <string.h>

#include "clinic/names_index.h"

/* How good an offer is; the lower the better. */
struct rank {
    unsigned worth;
    enum name_fit fit;
    const struct name_entry *entry;
};

enum { OFFERS_MOST = NAMES_MOST * 2, NEVER = 99 };

/* The best so far, each thing once. */
struct offers {
    struct rank best[OFFERS_MOST];
    size_t count, most;
};

const char *name_fit_word(enum name_fit fit)
{
    static const char *const words[] = { "exact", "own", "synonym", "word", "inside", "near" };

    return words[fit];
}

/* A class of medicines stands behind a medicine whose name fits as well. */
static void offer(struct offers *o, unsigned nearness, enum name_fit fit, const struct name_entry *entry)
{
    unsigned behind = entry->ref.kind == REF_DRUG_CLASS ? NAME_OLD_SPELLING : entry->strength;
    struct rank candidate = { (unsigned)fit << 28 | nearness << 20 | behind << 16 | entry->key_size, fit,
                              entry };
    size_t at;

    if (o->count == o->most && o->best[o->count - 1].worth <= candidate.worth)
        return;
    for (size_t i = 0; i < o->count; i++)
        if (ref_same(o->best[i].entry->ref, entry->ref)) {
            if (o->best[i].worth <= candidate.worth)
                return;
            memmove(&o->best[i], &o->best[i + 1], (o->count - i - 1) * sizeof *o->best);
            o->count--;
            break;
        }
    at = o->count;
    while (at > 0 && o->best[at - 1].worth > candidate.worth)
        at--;
    if (o->count == o->most)
        o->count--;
    memmove(&o->best[at + 1], &o->best[at], (o->count - at) * sizeof *o->best);
    o->best[at] = candidate;
    o->count++;
}

static size_t hand_out(const struct offers *o, struct name_match *out)
{
    for (size_t i = 0; i < o->count; i++)
        out[i] = (struct name_match){ o->best[i].entry->ref, (enum name_strength)o->best[i].entry->strength,
                                      o->best[i].fit, o->best[i].entry->name };
    return o->count;
}

/* ---- a typo away, in letters ---- */

/* Edits (insert, drop, change, swap of neighbours) from a to b; NEVER when more than `limit`. */
static unsigned edits(const char *a, size_t a_size, const char *b, size_t b_size, unsigned limit)
{
    uint8_t rows[3][NEAR_LETTERS_MOST + 1];
    uint8_t *before = rows[0], *last = rows[1], *row = rows[2];

    for (size_t j = 0; j <= b_size; j++)
        last[j] = (uint8_t)j;
    for (size_t i = 1; i <= a_size; i++) {
        unsigned least = NEVER;
        uint8_t *swap;

        row[0] = (uint8_t)i;
        for (size_t j = 1; j <= b_size; j++) {
            unsigned cost = last[j - 1] + (a[i - 1] != b[j - 1] ? 1U : 0U);

            cost = last[j] + 1U < cost ? last[j] + 1U : cost;
            cost = row[j - 1] + 1U < cost ? row[j - 1] + 1U : cost;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && before[j - 2] + 1U < cost)
                cost = before[j - 2] + 1U;
            row[j] = (uint8_t)cost;
            least = cost < least ? cost : least;
        }
        if (least > limit)
            return NEVER;
        swap = before;
        before = last;
        last = row;
        row = swap;
    }
    return last[b_size] <= limit ? last[b_size] : NEVER;
}

static void near_letters(const struct name_index *index, const char *key, size_t size, unsigned kinds,
                         struct offers *o)
{
    const struct name_lengths *lengths = &index->in_letters;
    unsigned limit = size < 4 ? 0 : size < 6 ? 1 : size < 10 ? 2 : 3;
    uint64_t letters = name_letters(key, size);
    size_t longest = size + limit < NEAR_LETTERS_MOST ? size + limit : NEAR_LETTERS_MOST;

    if (limit == 0 || size > NEAR_LETTERS_MOST)
        return;
    for (uint32_t i = lengths->from[size - limit]; i < lengths->from[longest + 1]; i++) {
        const struct name_entry *entry = &index->entries[lengths->at[i]];
        unsigned distance;

        if ((unsigned)__builtin_popcountll(letters ^ lengths->letters[i]) > 2 * limit ||
            (kinds & REF_BIT(entry->ref.kind)) == 0)
            continue;
        distance = edits(key, size, entry->key, entry->key_size, limit);
        if (distance != NEVER)
            offer(o, distance, FIT_NEAR, entry);
    }
}

/* ---- a typo away, in characters ---- */

/* What it costs to have typed one for another. From OTHER_SHORT on too much for a name of two characters. */
enum { COST_SOUND = 1, COST_STEP = 2, COST_OTHER = 2, COST_OTHER_SHORT = 3 };

struct characters {
    uint32_t code[NEAR_CHARACTERS_MOST];
    uint32_t sound[NEAR_CHARACTERS_MOST];
    size_t count;
};

/* False when there are too many. */
static bool read_characters(const struct name_index *index, const char *key, struct characters *out)
{
    out->count = 0;
    for (const char *at = key; *at != '\0';) {
        if (out->count == NEAR_CHARACTERS_MOST)
            return false;
        out->code[out->count] = utf8_next(&at);
        out->sound[out->count] = name_fold_find(index->sounds, index->sound_count, out->code[out->count]);
        out->count++;
    }
    return true;
}

static unsigned change_cost(const struct characters *a, size_t i, const struct characters *b, size_t j)
{
    if (a->code[i] == b->code[j])
        return 0;
    if (a->sound[i] != 0 && a->sound[i] == b->sound[j])
        return COST_SOUND;
    return a->count < 3 ? COST_OTHER_SHORT : COST_OTHER;
}

/* As `edits`, with a character that sounds alike nearer than another. */
static unsigned character_edits(const struct characters *a, const struct characters *b, unsigned limit)
{
    const unsigned step = COST_STEP;
    uint8_t rows[3][NEAR_CHARACTERS_MOST + 1];
    uint8_t *before = rows[0], *last = rows[1], *row = rows[2];

    for (size_t j = 0; j <= b->count; j++)
        last[j] = (uint8_t)(j * step);
    for (size_t i = 1; i <= a->count; i++) {
        uint8_t *swap;

        row[0] = (uint8_t)(i * step);
        for (size_t j = 1; j <= b->count; j++) {
            unsigned cost = last[j - 1] + change_cost(a, i - 1, b, j - 1);

            cost = last[j] + step < cost ? last[j] + step : cost;
            cost = row[j - 1] + step < cost ? row[j - 1] + step : cost;
            if (i > 1 && j > 1 && a->code[i - 1] == b->code[j - 2] && a->code[i - 2] == b->code[j - 1] &&
                before[j - 2] + step < cost)
                cost = before[j - 2] + step;
            row[j] = (uint8_t)cost;
        }
        swap = before;
        before = last;
        last = row;
        row = swap;
    }
    return last[b->count] <= limit ? last[b->count] : NEVER;
}

static void near_characters(const struct name_index *index, const char *key, unsigned kinds, struct offers *o)
{
    const struct name_lengths *lengths = &index->in_characters;
    uint64_t set = name_sound_set(index, key);
    struct characters typed;
    unsigned limit;
    size_t steps;

    if (!read_characters(index, key, &typed) || typed.count < 2)
        return;
    limit = typed.count < 5 ? COST_STEP : 2 * COST_STEP;
    steps = limit / COST_STEP;
    for (uint32_t i = lengths->from[typed.count - steps];
         i < lengths->from[typed.count + steps < NEAR_CHARACTERS_MOST ? typed.count + steps + 1
                                                                      : NEAR_CHARACTERS_MOST + 1];
         i++) {
        const struct name_entry *entry = &index->entries[lengths->at[i]];
        struct characters name;
        unsigned distance;

        if ((size_t)__builtin_popcountll(set ^ lengths->letters[i]) > 2 * steps ||
            (kinds & REF_BIT(entry->ref.kind)) == 0 || !read_characters(index, entry->key, &name) ||
            name.count < 2)
            continue;
        distance = character_edits(&typed, &name, limit);
        if (distance != NEVER && distance > 0)
            offer(o, distance, FIT_NEAR, entry);
    }
}

static bool is_letters(const char *key)
{
    for (; *key != '\0'; key++)
        if ((unsigned char)*key >= 0x80)
            return false;
    return true;
}

static void offer_near(const struct knowledge *k, const char *key, size_t size, unsigned kinds,
                       struct offers *o)
{
    if (strncmp(key, "rxcui", 5) == 0) /* another code is another thing */
        return;
    if (is_letters(key))
        near_letters(k->names, key, size, kinds, o);
    else
        near_characters(k->names, key, kinds, o);
}

size_t names_nearest(const struct knowledge *k, const char *text, unsigned kinds, struct name_match *out,
                     size_t most)
{
    struct offers o = { .most = most < NAMES_MOST ? most : NAMES_MOST };
    char key[NAME_KEY_SIZE];
    size_t size = name_key(k, text, strlen(text), key);

    if (o.most > 0 && size > 0)
        offer_near(k, key, size, kinds, &o);
    return hand_out(&o, out);
}

/* ---- type-ahead ---- */

/* Letters alone or two stand in too many names to be worth looking for inside; a single character is not. */
static void offer_inside(const struct name_index *index, const char *key, size_t size, unsigned kinds,
                         struct offers *o)
{
    bool letters = is_letters(key);
    const struct name_lengths *lengths = letters ? &index->in_letters : &index->in_characters;
    uint64_t set = letters ? name_letters(key, size) : name_sound_set(index, key);

    if (size < 3)
        return;
    for (uint32_t i = 0; i < lengths->count; i++) {
        const struct name_entry *entry = &index->entries[lengths->at[i]];

        if ((set & ~lengths->letters[i]) == 0 && entry->key_size > size &&
            (kinds & REF_BIT(entry->ref.kind)) != 0 && strstr(entry->key, key) != NULL)
            offer(o, 0, FIT_INSIDE, entry);
    }
}

static enum name_fit fit_of(const struct name_entry *entry, size_t size)
{
    if (entry->partial)
        return FIT_WORD;
    if (entry->key_size == size)
        return FIT_EXACT;
    return entry->strength <= NAME_OWN ? FIT_OWN : FIT_SYNONYM;
}

size_t names_suggest(const struct knowledge *k, const char *text, unsigned kinds, struct name_match *out,
                     size_t most)
{
    struct offers o = { .most = most < OFFERS_MOST ? most : OFFERS_MOST };
    char key[NAME_KEY_SIZE];
    char other[NAME_KEY_SIZE];
    size_t size = name_key(k, name_without_tones(text, other) ? other : text, strlen(text), key);
    size_t equal;
    const struct name_entry *end = k->names->entries + k->names->entry_count;

    if (size == 0 || most == 0)
        return 0;
    for (const struct name_entry *entry = names_equal(k->names, key, &equal);
         entry < end && strncmp(entry->key, key, size) == 0; entry++)
        if ((kinds & REF_BIT(entry->ref.kind)) != 0)
            offer(&o, 0, fit_of(entry, size), entry);
    if (o.count < o.most)
        offer_inside(k->names, key, size, kinds, &o);
    if (o.count == 0)
        offer_near(k, key, size, kinds, &o);
    return hand_out(&o, out);
}

/* ---- built once ---- */

/* Where a whole name stands by its length; false for another kind of entry. */
static bool length_of(const struct name_entry *entry, bool letters, size_t *length)
{
    size_t most = letters ? NEAR_LETTERS_MOST : NEAR_CHARACTERS_MOST;

    if (entry->partial || is_letters(entry->key) != letters)
        return false;
    *length = letters ? entry->key_size : utf8_length(entry->key);
    if (*length > most)
        *length = NEAR_LETTERS_MOST + 1;
    return true;
}

static void build_length(struct arena *arena, const struct name_index *index, bool letters,
                         struct name_lengths *out)
{
    uint32_t *at = arena_array(arena, index->entry_count + 1, sizeof *at);
    uint64_t *sets = arena_array(arena, index->entry_count + 1, sizeof *sets);
    uint32_t next[NEAR_LETTERS_MOST + 3] = { 0 };
    size_t length;

    for (size_t i = 0; i < index->entry_count; i++)
        if (length_of(&index->entries[i], letters, &length)) {
            next[length + 1]++;
            out->count++;
        }
    for (size_t i = 1; i < sizeof next / sizeof *next; i++)
        next[i] += next[i - 1];
    memcpy(out->from, next, sizeof next);
    for (size_t i = 0; i < index->entry_count; i++)
        if (length_of(&index->entries[i], letters, &length)) {
            const struct name_entry *entry = &index->entries[i];
            uint32_t place = next[length]++;

            at[place] = (uint32_t)i;
            sets[place] = letters ? entry->letters : name_sound_set(index, entry->key);
        }
    out->at = at;
    out->letters = sets;
}

void names_build_lengths(struct arena *arena, struct name_index *index)
{
    build_length(arena, index, true, &index->in_letters);
    build_length(arena, index, false, &index->in_characters);
}
