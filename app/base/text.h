/* Text being built in an arena, and the few things we ask of UTF-8. */
#ifndef YAOFANG_BASE_TEXT_H
#define YAOFANG_BASE_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

/* A growing, always NUL-terminated byte string. Adding never fails (see arena_out_of_memory). */
struct text {
    struct arena *arena;
    char *data;
    size_t size; /* without the NUL */
    size_t capacity;
};

void text_init(struct text *text, struct arena *arena);
void text_add(struct text *text, const char *more);
void text_add_n(struct text *text, const char *more, size_t size);
void text_add_char(struct text *text, char c);
void text_add_i64(struct text *text, int64_t number); /* in decimal */
void text_addf(struct text *text, const char *format, ...) PRINTF_LIKE(2, 3);
void text_add_code(struct text *text, uint32_t code); /* one code point as UTF-8 */

/* Drops everything after `size` bytes. */
void text_cut(struct text *text, size_t size);

/* Whether the bytes are well-formed UTF-8 (no overlong forms, no surrogates, nothing above U+10FFFF, no NUL). */
bool utf8_valid(const char *text, size_t size);

/* Reads the code point at *at of valid UTF-8 and moves *at past it; 0 at the end. */
uint32_t utf8_next(const char **at);

/* How many code points. */
size_t utf8_length(const char *text);

/* Text equal without regard to ASCII case. */
bool text_same(const char *a, const char *b);

/* A copy without leading and trailing white space. */
char *text_trim(struct arena *arena, const char *text);

/* Splits at `separator`, trims each part, drops empty ones. The parts live in the arena. */
char **text_split(struct arena *arena, const char *text, char separator, size_t *count);

#endif
