/* Bump allocation in chunks that double, and a list of deferred calls. */
#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_FIRST = 16 * 1024, CHUNK_LARGEST = 1024 * 1024, ALIGN = _Alignof(max_align_t) };

struct arena_chunk {
    struct arena_chunk *older;
    size_t size;
    size_t used;
    _Alignas(max_align_t) unsigned char bytes[];
};

struct arena_deferred {
    struct arena_deferred *older;
    void (*call)(void *resource);
    void *resource;
};

_Noreturn void arena_out_of_memory(void)
{
    fputs("yaofang: out of memory\n", stderr);
    abort();
}

void arena_init(struct arena *arena)
{
    *arena = (struct arena){ 0 };
}

static void run_deferred(struct arena *arena)
{
    while (arena->deferred != NULL) {
        struct arena_deferred *newest = arena->deferred;

        arena->deferred = newest->older;
        newest->call(newest->resource);
    }
}

void arena_reset(struct arena *arena)
{
    run_deferred(arena);
    while (arena->chunk != NULL && arena->chunk->older != NULL) {
        struct arena_chunk *older = arena->chunk->older;

        free(arena->chunk);
        arena->chunk = older;
    }
    if (arena->chunk != NULL) {
        memset(arena->chunk->bytes, 0, arena->chunk->used);
        arena->chunk->used = 0;
    }
}

void arena_close(struct arena *arena)
{
    arena_reset(arena);
    free(arena->chunk);
    arena->chunk = NULL;
}

static void add_chunk(struct arena *arena, size_t wanted)
{
    size_t size = arena->chunk == NULL ? CHUNK_FIRST : arena->chunk->size * 2;
    struct arena_chunk *chunk;

    if (size > CHUNK_LARGEST)
        size = CHUNK_LARGEST;
    if (size < wanted)
        size = wanted;
    chunk = calloc(1, sizeof *chunk + size);
    if (chunk == NULL)
        arena_out_of_memory();
    chunk->size = size;
    chunk->older = arena->chunk;
    arena->chunk = chunk;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    size_t rounded;
    void *place;

    if (size > SIZE_MAX / 2)
        arena_out_of_memory();
    rounded = (size + ALIGN - 1) / ALIGN * ALIGN;
    if (arena->chunk == NULL || arena->chunk->size - arena->chunk->used < rounded)
        add_chunk(arena, rounded);
    place = arena->chunk->bytes + arena->chunk->used;
    arena->chunk->used += rounded;
    return place;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        arena_out_of_memory();
    return arena_alloc(arena, count * size);
}

void *arena_grow(struct arena *arena, void *list, size_t count, size_t *capacity, size_t size)
{
    void *larger;

    if (count < *capacity)
        return list;
    *capacity = *capacity == 0 ? 8 : *capacity * 2;
    larger = arena_array(arena, *capacity, size);
    if (count > 0)
        memcpy(larger, list, count * size);
    return larger;
}

char *arena_text_n(struct arena *arena, const char *text, size_t size)
{
    char *copy = arena_alloc(arena, size + 1);

    if (size > 0)
        memcpy(copy, text, size);
    return copy;
}

char *arena_text(struct arena *arena, const char *text)
{
    return arena_text_n(arena, text, strlen(text));
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
    va_list again;
    int size;
    char *text;

    va_copy(again, args);
    size = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (size < 0)
        arena_out_of_memory();
    text = arena_alloc(arena, (size_t)size + 1);
    (void)vsnprintf(text, (size_t)size + 1, format, args);
    return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args;
    char *text;

    va_start(args, format);
    text = arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}

void arena_defer(struct arena *arena, void (*call)(void *resource), void *resource)
{
    struct arena_deferred *deferred = arena_alloc(arena, sizeof *deferred);

    *deferred = (struct arena_deferred){ .older = arena->deferred, .call = call, .resource = resource };
    arena->deferred = deferred;
}
