/* The words of the moments at which findings are shown. */
#include "core/moment.h"

#include <string.h>

#define MOMENT_WORD(name, word) word,
static const char *const words[] = { MOMENT_LIST(MOMENT_WORD) };
#undef MOMENT_WORD

const char *moment_word(enum moment moment)
{
    return words[moment];
}

enum moment moment_parse(const char *word)
{
    for (int i = 0; i < MOMENT_COUNT; i++)
        if (strcmp(words[i], word) == 0)
            return (enum moment)i;
    return MOMENT_COUNT;
}
