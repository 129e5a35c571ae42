/* Writing one logfmt line whole, so that threads never mix theirs. */
#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/text.h"

static _Atomic int log_level = LOG_INFO;

static const char *const names[] = { "error", "warning", "info", "debug" };

void log_set_level(enum log_level level)
{
    atomic_store(&log_level, (int)level);
}

bool log_level_parse(const char *word, enum log_level *level)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], word) == 0) {
            *level = (enum log_level)i;
            return true;
        }
    return false;
}

void log_line(enum log_level level, const char *format, ...)
{
    struct arena arena;
    struct text line;
    va_list args;
    const char *said;

    if ((int)level > atomic_load(&log_level))
        return;
    arena_init(&arena);
    text_init(&line, &arena);
    va_start(args, format);
    said = arena_vprintf(&arena, format, args);
    va_end(args);
    text_addf(&line, "time=%s level=%s ", instant_text(&arena, instant_now()), names[level]);
    for (; *said != '\0'; said++)
        if ((unsigned char)*said < ' ' || *said == 0x7F)
            text_addf(&line, "\\x%02x", (unsigned)(unsigned char)*said);
        else
            text_add_char(&line, *said);
    text_add_char(&line, '\n');
    (void)fwrite(line.data, 1, line.size, stderr);
    arena_close(&arena);
}

const char *log_quoted(struct arena *arena, const char *text)
{
    struct text quoted;

    text_init(&quoted, arena);
    text_add_char(&quoted, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            text_add_char(&quoted, '\\');
        text_add_char(&quoted, *text);
    }
    text_add_char(&quoted, '"');
    return quoted.data;
}
