/* The dictionary inside a snapshot: every name's comparison form, sorted. Only names*.c look inside. */
#ifndef YAOFANG_CLINIC_NAMES_INDEX_H
#define YAOFANG_CLINIC_NAMES_INDEX_H

#include "clinic/names.h"

struct name_entry {
    const char *key;
    const char *name;
    struct ref ref;
    uint8_t strength; /* enum name_strength */
    bool partial;     /* starts at a later word of the name: for type-ahead only */
    uint16_t key_size;
    uint64_t letters; /* which letters the key has, for skipping names that cannot be meant */
};

/* A name that means several herbs (homonyms.csv). */
struct name_homonym {
    const char *key;
    const char *rule;
    const struct ref *refs; /* the default first, if there is one */
    uint16_t count;
    bool has_default;
    bool ask;
};

/* What a medicine's pack of this name holds, in a country ("" = everywhere). */
struct name_mix {
    const char *key;
    const char *name;
    const char *country;
    const uint16_t *drugs;
    uint16_t count;
};

struct name_fold {
    uint32_t from, to;
};

/* Whole names by their length in characters, for looking through them: entries[at[from[n]]] … are n long, those longer than
   what a typo is looked for in stand last. Names in letters and names in Chinese or other characters apart. */
enum { NEAR_LETTERS_MOST = 40, NEAR_CHARACTERS_MOST = 20 };

struct name_lengths {
    const uint32_t *at;      /* places in entries */
    const uint64_t *letters; /* name_letters, or name_sound_set, beside it */
    uint32_t from[NEAR_LETTERS_MOST + 3];
    uint32_t count;
};

struct name_index {
    const struct name_entry *entries; /* by key */
    size_t entry_count;
    struct name_lengths in_letters, in_characters;
    const uint64_t *present; /* NAME_PRESENT_BITS: most keys that are nowhere have no bit here */
    const struct name_homonym *homonyms;
    size_t homonym_count;
    const struct name_mix *mixes;
    size_t mix_count;
    const struct name_fold *folds; /* traditional to simplified characters, by from */
    size_t fold_count;
    const struct name_fold *sounds; /* characters to the number of their syllable, by from */
    size_t sound_count;
};

/* names_characters.c: pairs of a traditional and its simplified character; syllables each followed by its characters. */
extern const char *const name_simplified[];
extern const char *const name_sounds[];

/* name_key with an explicit fold table: the index is still being built. */
size_t name_key_fold(const struct name_fold *folds, size_t fold_count, const char *text, size_t size,
                     char key[NAME_KEY_SIZE]);

/* What a code point is folded to; 0 when it stands for itself. */
uint32_t name_fold_find(const struct name_fold *folds, size_t count, uint32_t code);

/* "huang qi" as "huang chi": the Wade-Giles spelling of plain pinyin, without its apostrophes. */
const char *name_wade_giles(struct arena *arena, const char *pinyin);

/* Which letters and digits a key has, as bits: one for having it, another for having it twice. */
uint64_t name_letters(const char *key, size_t size);

/* A syllable ("zhuang") as the number that index->sounds holds: five bits a letter. 0 when it is none in small letters. */
uint32_t name_sound_number(const char *syllable);

/* Which syllables the characters of a key are read as, as bits. */
uint64_t name_sound_set(const struct name_index *index, const char *key);

/* A key's bit in index->present. False means that no entry, homonym or pack has the key: what most look-ups end with. */
enum { NAME_PRESENT_BITS = 1 << 17 };
size_t name_bit(const char *key);
bool name_maybe_present(const struct name_index *index, const char *key);

/* The entries with this key: *count of them, starting at the result. */
const struct name_entry *names_equal(const struct name_index *index, const char *key, size_t *count);

/* The entries by length, into index->in_letters and in_characters; the arena is the snapshot's. */
void names_build_lengths(struct arena *arena, struct name_index *index);

/* The same name written in another way, into `out`; false when the text is not of that kind.
   "dang1 gui1" → "dang gui": tone numbers. "Angelica sinensis (Oliv.) Diels" → "Angelica sinensis": who described the plant. */
bool name_without_tones(const char *text, char out[NAME_KEY_SIZE]);
bool name_without_authors(const char *text, char out[NAME_KEY_SIZE]);

#endif
