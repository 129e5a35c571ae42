/* Reads rows of the page's string tables, one row a line. */
#include "support/page_words.h"

#include <string.h>

#include "base/asset.h"
#include "base/text.h"

/* A text in single quotes: what it says, and where it ends. NULL when none begins there. */
static const char *quoted(struct arena *arena, const char **at)
{
    const char *from = *at, *to;
    char *said, *end;

    if (*from != '\'')
        return NULL;
    for (to = from + 1; *to != '\0' && *to != '\''; to += *to == '\\' && to[1] != '\0' ? 2 : 1)
        ;
    if (*to == '\0')
        return NULL;
    said = end = arena_alloc(arena, (size_t)(to - from) + 1);
    for (from++; from < to; from++)
        if (*from != '\\')
            *end++ = *from;
    *at = to + 1;
    return said;
}

bool page_words(struct arena *arena, const char *file, const char *key, const char *words[PAGE_LANGUAGES])
{
    const char *head = arena_printf(arena, "\n    '%s': [", key);
    const char *row = strstr(asset_find(assets_web, file)->data, head);

    if (row == NULL)
        return false;
    row += strlen(head);
    for (int i = 0; i < PAGE_LANGUAGES; i++) {
        words[i] = quoted(arena, &row);
        if (words[i] == NULL || *words[i] == '\0')
            return false;
        row += strncmp(row, ", ", 2) == 0 ? 2 : 0;
    }
    return strncmp(row, "],\n", 3) == 0;
}

size_t page_rows(const char *file, const char *prefix)
{
    const char *row = asset_find(assets_web, file)->data;
    const size_t size = strlen(prefix);
    size_t count = 0;

    while ((row = strstr(row, "\n    '")) != NULL) {
        row += strlen("\n    '");
        count += strncmp(row, prefix, size) == 0;
    }
    return count;
}

/* The first place that comes after `last` in the order of names; NULL when there is none. */
static const char *next_place(struct arena *arena, const char *text, const char *last)
{
    const char *found = NULL;

    for (const char *from = strchr(text, '{'); from != NULL; from = strchr(from + 1, '{')) {
        const char *to = strchr(from, '}');
        const char *place = to == NULL ? from : arena_text_n(arena, from, (size_t)(to - from) + 1);

        if (strcmp(place, last) > 0 && (found == NULL || strcmp(place, found) < 0))
            found = place;
    }
    return found;
}

const char *page_places(struct arena *arena, const char *text)
{
    const char *all = "", *last = "";

    while ((last = next_place(arena, text, last)) != NULL)
        all = arena_printf(arena, "%s%s", all, last);
    return all;
}
