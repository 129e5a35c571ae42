/* An arena: one lifetime for everything a unit of work allocates. Nothing in it is freed by hand. */
#ifndef YAOFANG_BASE_ARENA_H
#define YAOFANG_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "base/status.h"

struct arena_chunk;
struct arena_deferred;

struct arena {
    struct arena_chunk *chunk;
    struct arena_deferred *deferred;
};

/* An empty arena; it allocates nothing until asked. */
void arena_init(struct arena *arena);

/* Runs the deferred calls, newest first, and frees everything but one chunk, which is kept for re-use. */
void arena_reset(struct arena *arena);

/* arena_reset, and frees the last chunk too. The arena may be used again. */
void arena_close(struct arena *arena);

/* Zeroed memory aligned for any type. Never NULL: running out of memory ends the program, in this one place. */
void *arena_alloc(struct arena *arena, size_t size) __attribute__((returns_nonnull));

/* Zeroed memory for `count` elements of `size` bytes; an overflowing product ends the program. */
void *arena_array(struct arena *arena, size_t count, size_t size) __attribute__((returns_nonnull));

/* A list of `count` elements of `size` bytes with room for one more: returns `list`, or a larger copy of it. */
void *arena_grow(struct arena *arena, void *list, size_t count, size_t *capacity, size_t size)
    __attribute__((returns_nonnull));

char *arena_text(struct arena *arena, const char *text) __attribute__((returns_nonnull));
char *arena_text_n(struct arena *arena, const char *text, size_t size) __attribute__((returns_nonnull));
char *arena_printf(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3)
    __attribute__((returns_nonnull));
char *arena_vprintf(struct arena *arena, const char *format, va_list args) PRINTF_LIKE(2, 0)
    __attribute__((returns_nonnull));

/* `call(resource)` is run when the arena is reset or closed: how a foreign resource joins a lifetime. */
void arena_defer(struct arena *arena, void (*call)(void *resource), void *resource);

/* The one reaction to exhausted memory: says so on standard error and aborts. */
_Noreturn void arena_out_of_memory(void);

#endif
