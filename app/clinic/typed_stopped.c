/* "St John's wort (stopped 5 days ago)", "warfarin, stopped 2 weeks ago": what is no longer taken, and since when. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "clinic/typed_text.h"

/* "5 days ago)" as days; -1 when it says something else. */
static int days_of(const char *text)
{
    static const struct {
        const char *unit;
        int days;
    } units[] = { { "day", 1 }, { "week", 7 }, { "month", 30 }, { "year", 365 } };
    const char *end = NULL;
    long count = 1;
    char *after;

    if (strncasecmp(text, "yesterday", 9) == 0)
        return text[9 + strspn(text + 9, " )")] == '\0' ? 1 : -1;
    if (isdigit((unsigned char)*text)) {
        count = strtol(text, &after, 10);
        end = after;
    } else if (strncasecmp(text, "a ", 2) == 0) {
        end = text + 1;
    }
    if (end == NULL || count < 0 || count > 1000)
        return -1;
    end += strspn(end, " ");
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t size = strlen(units[i].unit);

        if (strncasecmp(end, units[i].unit, size) != 0)
            continue;
        end += size + (end[size] == 's' || end[size] == 'S');
        end += strspn(end, " ");
        return strncasecmp(end, "ago", 3) == 0 && end[3 + strspn(end + 3, " )")] == '\0'
                   ? (int)count * units[i].days
                   : -1;
    }
    return -1;
}

bool typed_take_stopped(struct arena *arena, const char *text, const char **without, int *days)
{
    static const char *const words[] = { "stopped ", "last taken ", "last dose ", "discontinued " };
    size_t parts;

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *at = strcasestr(text, words[i]);
        size_t size = at == NULL ? 0 : (size_t)(at - text);

        if (size == 0 || strchr(" ,(", text[size - 1]) == NULL)
            continue;
        *days = days_of(at + strlen(words[i]));
        while (size > 0 && strchr(" ,;(", text[size - 1]) != NULL)
            size--;
        *without = arena_text_n(arena, text, size);
        (void)typed_parts(arena, *without, &parts);
        if (*days >= 0 && parts == 1)
            return true;
    }
    return false;
}

void typed_mark_stopped(struct typed_item *items, size_t from, size_t count, int days)
{
    for (size_t i = from; i < count; i++) {
        items[i].stopped = true;
        items[i].stopped_ago = days;
    }
}

void typed_stopped_on(struct typed_item *items, size_t from, size_t count, struct date on)
{
    for (size_t i = from; i < count; i++) {
        items[i].stopped = true;
        if (on.days != 0)
            items[i].stopped_on = on;
    }
}
