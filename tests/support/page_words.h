/* The words of the page, as its string tables hold them. */
#ifndef YAOFANG_SUPPORT_PAGE_WORDS_H
#define YAOFANG_SUPPORT_PAGE_WORDS_H

#include <stdbool.h>

#include "base/arena.h"

enum { PAGE_LANGUAGES = 3 };

/* The row 'key': ['…', '…', '…'], of a file of the page ("strings/why.js"), in its three languages. False when there is none. */
bool page_words(struct arena *arena, const char *file, const char *key, const char *words[PAGE_LANGUAGES]);

/* How many rows of the file have keys that begin so. */
size_t page_rows(const char *file, const char *prefix);

/* The places of a text, "{a}{b}", by name; equal for equal sets of places, each once. */
const char *page_places(struct arena *arena, const char *text);

#endif
