/* Building text and walking UTF-8. Unicode normalisation of names lives in clinic/names. */
#include "base/text.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

void text_init(struct text *text, struct arena *arena)
{
    *text = (struct text){ .arena = arena, .data = arena_alloc(arena, 64), .capacity = 64 };
}

static void reserve(struct text *text, size_t more)
{
    size_t wanted = text->size + more + 1;
    char *larger;

    if (wanted <= text->capacity)
        return;
    if (wanted < text->capacity * 2)
        wanted = text->capacity * 2;
    larger = arena_alloc(text->arena, wanted);
    memcpy(larger, text->data, text->size);
    text->data = larger;
    text->capacity = wanted;
}

void text_add_n(struct text *text, const char *more, size_t size)
{
    reserve(text, size);
    memcpy(text->data + text->size, more, size);
    text->size += size;
    text->data[text->size] = '\0';
}

void text_add(struct text *text, const char *more)
{
    text_add_n(text, more, strlen(more));
}

void text_add_char(struct text *text, char c)
{
    reserve(text, 1);
    text->data[text->size++] = c;
    text->data[text->size] = '\0';
}

void text_add_i64(struct text *text, int64_t number)
{
    uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
    char digits[20];
    size_t at = sizeof digits;

    do
        digits[--at] = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (number < 0)
        text_add_char(text, '-');
    text_add_n(text, digits + at, sizeof digits - at);
}

/* Mostly there is room; what was cut off is printed again when there is. */
void text_addf(struct text *text, const char *format, ...)
{
    size_t room = text->capacity - text->size;
    va_list args, again;
    int size;

    va_start(args, format);
    va_copy(again, args);
    size = vsnprintf(text->data + text->size, room, format, args);
    if (size > 0 && (size_t)size >= room) {
        reserve(text, (size_t)size);
        (void)vsnprintf(text->data + text->size, (size_t)size + 1, format, again);
    }
    if (size > 0)
        text->size += (size_t)size;
    va_end(again);
    va_end(args);
}

void text_add_code(struct text *text, uint32_t code)
{
    char bytes[4];
    size_t n = 0;

    if (code < 0x80) {
        bytes[n++] = (char)code;
    } else if (code < 0x800) {
        bytes[n++] = (char)(0xC0 | code >> 6);
        bytes[n++] = (char)(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        bytes[n++] = (char)(0xE0 | code >> 12);
        bytes[n++] = (char)(0x80 | (code >> 6 & 0x3F));
        bytes[n++] = (char)(0x80 | (code & 0x3F));
    } else {
        bytes[n++] = (char)(0xF0 | code >> 18);
        bytes[n++] = (char)(0x80 | (code >> 12 & 0x3F));
        bytes[n++] = (char)(0x80 | (code >> 6 & 0x3F));
        bytes[n++] = (char)(0x80 | (code & 0x3F));
    }
    text_add_n(text, bytes, n);
}

void text_cut(struct text *text, size_t size)
{
    if (size < text->size) {
        text->size = size;
        text->data[size] = '\0';
    }
}

/* Decodes one code point; returns its size in bytes, 0 when the bytes are not well-formed. */
static size_t decode(const unsigned char *b, size_t left, uint32_t *code)
{
    static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
    size_t size = b[0] < 0x80 ? 1 : b[0] >> 5 == 6 ? 2 : b[0] >> 4 == 14 ? 3 : b[0] >> 3 == 30 ? 4 : 0;

    if (size == 0 || size > left)
        return 0;
    *code = size == 1 ? b[0] : b[0] & (0x7FU >> size);
    for (size_t i = 1; i < size; i++) {
        if (b[i] >> 6 != 2)
            return 0;
        *code = *code << 6 | (b[i] & 0x3FU);
    }
    if (*code < smallest[size] || *code > 0x10FFFF || (*code >= 0xD800 && *code <= 0xDFFF))
        return 0;
    return size;
}

bool utf8_valid(const char *text, size_t size)
{
    uint32_t code;

    for (size_t at = 0; at < size;) {
        size_t n = decode((const unsigned char *)text + at, size - at, &code);

        if (n == 0 || code == 0)
            return false;
        at += n;
    }
    return true;
}

uint32_t utf8_next(const char **at)
{
    uint32_t code = 0;
    size_t size;

    if (**at == '\0')
        return 0;
    size = decode((const unsigned char *)*at, strnlen(*at, 4), &code);
    if (size == 0) {
        (*at)++;
        return 0xFFFD;
    }
    *at += size;
    return code;
}

size_t utf8_length(const char *text)
{
    size_t n = 0;

    while (utf8_next(&text) != 0)
        n++;
    return n;
}

bool text_same(const char *a, const char *b)
{
    return strcasecmp(a, b) == 0;
}

static const char *trim(const char *from, const char **to)
{
    while (from < *to && isspace((unsigned char)*from))
        from++;
    while (*to > from && isspace((unsigned char)(*to)[-1]))
        (*to)--;
    return from;
}

char *text_trim(struct arena *arena, const char *text)
{
    const char *end = text + strlen(text);
    const char *from = trim(text, &end);

    return arena_text_n(arena, from, (size_t)(end - from));
}

char **text_split(struct arena *arena, const char *text, char separator, size_t *count)
{
    char **parts = NULL;
    size_t capacity = 0;

    *count = 0;
    while (*text != '\0') {
        const char *next = strchr(text, separator);
        const char *end = next == NULL ? text + strlen(text) : next;
        const char *last = end;
        const char *from = trim(text, &last);

        if (last > from) {
            parts = arena_grow(arena, parts, *count, &capacity, sizeof *parts);
            parts[(*count)++] = arena_text_n(arena, from, (size_t)(last - from));
        }
        text = next == NULL ? end : next + 1;
    }
    return parts;
}
