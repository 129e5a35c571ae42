/* Greedy line breaking over chunks measured once. A line may break at white space, after a hyphen, and anywhere between
   the Chinese characters of a sentence, except before closing and after opening punctuation; a few Chinese characters by
   themselves are a name or a heading, and stay together. */
#include "print/wrap.h"

#include <string.h>

#include "base/text.h"

#define NAME_LENGTH 6

static bool is_han(uint32_t code)
{
    return (code >= 0x2E80 && code <= 0x9FFF) || (code >= 0xF900 && code <= 0xFAFF) ||
           (code >= 0xFE30 && code <= 0xFE4F) || (code >= 0xFF00 && code <= 0xFF60) ||
           (code >= 0x20000 && code <= 0x3FFFF);
}

/* Punctuation that may not open a line, and that may not end one. */
static bool clings_back(uint32_t code)
{
    static const char closing[] = "、。，．：；？！）》」』】〕％”’)]},.;:!?%…·";

    for (const char *at = closing; *at != '\0';)
        if (utf8_next(&at) == code)
            return true;
    return false;
}

static bool clings_forward(uint32_t code)
{
    static const char opening[] = "（《「『【〔“‘([{";

    for (const char *at = opening; *at != '\0';)
        if (utf8_next(&at) == code)
            return true;
    return false;
}

/* Whether a line may end between two characters that no white space parts. */
static bool may_break(uint32_t before, uint32_t after)
{
    if (before == '-' && after >= 'A')
        return true;
    return (is_han(before) || is_han(after)) && !clings_back(after) && !clings_forward(before);
}

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n';
}

/* The bytes of the space at `at`, 0 when it is none. */
static size_t space_size(const char *at)
{
    if (is_space(*at))
        return 1;
    return strncmp(at, NO_BREAK_SPACE, sizeof NO_BREAK_SPACE - 1) == 0 ? sizeof NO_BREAK_SPACE - 1 : 0;
}

/* The end of a short run of Chinese characters that is all there is between two spaces; NULL when it is not that. */
static const char *name_end(const char *start)
{
    const char *at = start;

    for (int n = 0; n <= NAME_LENGTH; n++) {
        const char *ahead = at;

        if (*at == '\0' || space_size(at) > 0)
            return n > 0 ? at : NULL;
        if (!is_han(utf8_next(&ahead)))
            return NULL;
        at = ahead;
    }
    return NULL;
}

/* The end of the chunk that starts at `start`. */
static const char *chunk_end(const char *start)
{
    const char *name = name_end(start);
    const char *at = start;
    uint32_t code = utf8_next(&at);

    if (name != NULL)
        return name;
    while (*at != '\0' && space_size(at) == 0) {
        const char *ahead = at;
        uint32_t next = utf8_next(&ahead);

        if (may_break(code, next))
            break;
        code = next;
        at = ahead;
    }
    return at;
}

struct chunks wrap_measure(struct ctx *c, const struct ruler *ruler, const char *text, bool bold)
{
    struct chunk *list = NULL;
    struct chunks chunks = { NULL, 0 };
    size_t capacity = 0;
    const char *at = text;

    while (*at != '\0') {
        struct chunk chunk = { .paragraph = chunks.count == 0 };
        size_t spaces = 0;

        for (; space_size(at) > 0; at += space_size(at)) {
            chunk.paragraph = chunk.paragraph || *at == '\n';
            chunk.joined = !is_space(*at);
            spaces++;
        }
        if (*at == '\0')
            break;
        chunk.text = at;
        at = chunk_end(at);
        chunk.size = (size_t)(at - chunk.text);
        chunk.width = ruler->width(ruler->arg, chunk.text, chunk.size, bold);
        if (spaces > 0 && !chunk.paragraph)
            chunk.gap = ruler->width(ruler->arg, " ", 1, bold) * (micrometre)spaces;
        list = arena_grow(&c->arena, list, chunks.count, &capacity, sizeof *list);
        list[chunks.count++] = chunk;
    }
    chunks.list = list;
    return chunks;
}

micrometre wrap_scaled(micrometre width, int size)
{
    return (micrometre)(((int64_t)width * size + 999) / 1000);
}

micrometre wrap_natural(const struct chunks *chunks, int size)
{
    micrometre widest = 0;
    micrometre width = 0;

    for (size_t i = 0; i < chunks->count; i++) {
        const struct chunk *chunk = &chunks->list[i];

        width = chunk->paragraph ? chunk->width : width + chunk->gap + chunk->width;
        widest = width > widest ? width : widest;
    }
    return wrap_scaled(widest, size);
}

/* Lines being collected; widths at 100 points. */
struct breaker {
    struct arena *arena;
    const struct ruler *ruler;
    bool bold;
    micrometre room;
    struct line *lines;
    size_t count, capacity;
};

static void start_line(struct breaker *b, const char *text, size_t size, micrometre width)
{
    b->lines = arena_grow(b->arena, b->lines, b->count, &b->capacity, sizeof *b->lines);
    b->lines[b->count++] = (struct line){ text, size, width };
}

/* Lays a chunk wider than the room over lines of its own; false when a single character is too wide. */
static bool break_chunk(struct breaker *b, const struct chunk *chunk)
{
    const char *end = chunk->text + chunk->size;
    const char *at = chunk->text;

    while (at < end) {
        const char *start = at;
        micrometre width = 0;

        while (at < end) {
            const char *next = at;
            micrometre wider;

            utf8_next(&next);
            wider = b->ruler->width(b->ruler->arg, start, (size_t)(next - start), b->bold);
            if (wider > b->room)
                break;
            width = wider;
            at = next;
        }
        if (at == start)
            return false;
        start_line(b, start, (size_t)(at - start), width);
    }
    return true;
}

/* The room chunk `i` asks for on a line: with all that is joined to it, unless no line could hold that. */
static micrometre wanted(const struct breaker *b, const struct chunks *chunks, size_t i)
{
    micrometre width = chunks->list[i].width;
    micrometre all = width;

    if (chunks->list[i].joined)
        return width;
    for (i++; i < chunks->count && chunks->list[i].joined; i++)
        all += chunks->list[i].gap + chunks->list[i].width;
    return all <= b->room ? all : width;
}

size_t wrap_lines(struct arena *arena, const struct ruler *ruler, const struct chunks *chunks, bool bold,
                  int size, micrometre room, bool break_words, const struct line **lines)
{
    struct breaker b = { .arena = arena, .ruler = ruler, .bold = bold };

    b.room = (micrometre)((int64_t)room * 1000 / size);
    for (size_t i = 0; i < chunks->count; i++) {
        const struct chunk *chunk = &chunks->list[i];
        struct line *last = b.count > 0 ? &b.lines[b.count - 1] : NULL;

        if (last != NULL && !chunk->paragraph && last->width + chunk->gap + wanted(&b, chunks, i) <= b.room) {
            last->size = (size_t)(chunk->text - last->text) + chunk->size;
            last->width += chunk->gap + chunk->width;
        } else if (chunk->width <= b.room) {
            start_line(&b, chunk->text, chunk->size, chunk->width);
        } else if (!break_words || !break_chunk(&b, chunk)) {
            return 0;
        }
    }
    for (size_t i = 0; i < b.count; i++)
        b.lines[i].width = wrap_scaled(b.lines[i].width, size);
    *lines = b.lines;
    return b.count;
}
