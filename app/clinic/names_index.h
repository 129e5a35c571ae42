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
    uint32_t letters; /* which letters the key has, for skipping far names */
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

struct name_index {
    const struct name_entry *entries; /* by key */
    size_t entry_count;
    const struct name_homonym *homonyms;
    size_t homonym_count;
    const struct name_mix *mixes;
    size_t mix_count;
    const struct name_fold *folds; /* traditional to simplified characters, by from */
    size_t fold_count;
};

/* name_key with an explicit fold table: the index is still being built. */
size_t name_key_fold(const struct name_fold *folds, size_t fold_count, const char *text, size_t size,
                     char key[NAME_KEY_SIZE]);

/* "huang qi" as "huang chi": the Wade-Giles spelling of plain pinyin, without its apostrophes. */
const char *name_wade_giles(struct arena *arena, const char *pinyin);

/* Which letters and digits a key has, as bits. */
uint32_t name_letters(const char *key, size_t size);

/* The entries with this key: *count of them, starting at the result. */
const struct name_entry *names_equal(const struct name_index *index, const char *key, size_t *count);

#endif
