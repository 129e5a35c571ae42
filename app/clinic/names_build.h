/* The dictionary while it is built. Only names_index.c and names_spellings.c include this. */
#ifndef YAOFANG_CLINIC_NAMES_BUILD_H
#define YAOFANG_CLINIC_NAMES_BUILD_H

#include "clinic/knowledge_build.h"
#include "clinic/names_index.h"

struct dictionary {
    struct builder *b;
    struct name_index *index;
    struct name_entry *entries;
    size_t count, capacity;
};

/* A name, and the places in it where a later word starts. Nothing for an empty name or a thing that is not there. */
void dictionary_add(struct dictionary *d, const char *text, struct ref ref, enum name_strength strength);

/* Every part of a cell of names separated by ';'. A genus cut to a letter ("G. manshurica") is the one before. */
void dictionary_add_list(struct dictionary *d, const char *cell, struct ref ref, enum name_strength strength);

/* A pharmaceutical name in every order. Older books call a root with its rhizome (Radix et Rhizoma) by one of the two, and write
   Preparata. */
void dictionary_add_latin(struct dictionary *d, const char *latin, struct ref ref);

/* Wade-Giles, also as older labels vary it: i for yi, szu for ssu. */
void dictionary_add_old(struct dictionary *d, const char *pinyin, struct ref ref);

/* The text without a note in parentheses: "Coumadin (discontinued 2020)". */
const char *dictionary_without_note(struct dictionary *d, const char *text);

/* Whether it is two to four syllables in small letters. */
bool dictionary_is_pinyin(struct dictionary *d, const char *name);

#endif
