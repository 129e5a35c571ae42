/* Runs a fuzz target under ASan and UBSan: mutates its seeds, and inputs made from them, for FUZZ_SECONDS (10). The
   generator starts from FUZZ_SEED (1), so that a run can be repeated; on a fault the input is left in fuzz-crash. */
#include <sanitizer/common_interface_defs.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fuzz/fuzz.h"

enum { INPUT_MOST = 4096, POOL_MOST = 512 };

struct input {
    char data[INPUT_MOST + 1];
    size_t size;
};

static struct input pool[POOL_MOST];
static size_t pool_count;
static struct input current;
static uint64_t state;

static uint64_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static size_t below(size_t limit)
{
    return limit == 0 ? 0 : (size_t)(next_random() % limit);
}

static void keep_crash(void)
{
    FILE *file = fopen("fuzz-crash", "wb");

    if (file == NULL)
        return;
    (void)fwrite(current.data, 1, current.size, file);
    (void)fclose(file);
    fprintf(stderr, "the input is in fuzz-crash (%zu bytes)\n", current.size);
}

static void insert(struct input *input, size_t at, const char *bytes, size_t size)
{
    if (input->size + size > INPUT_MOST)
        return;
    memmove(input->data + at + size, input->data + at, input->size - at);
    memcpy(input->data + at, bytes, size);
    input->size += size;
}

static void cut(struct input *input, size_t at, size_t size)
{
    if (size > input->size - at)
        size = input->size - at;
    memmove(input->data + at, input->data + at + size, input->size - at - size);
    input->size -= size;
}

static void mutate(struct input *input)
{
    static const char *const tokens[] = { "\"",
                                          "{",
                                          "}",
                                          "[",
                                          ",",
                                          ":",
                                          "\\u0000",
                                          "1e999",
                                          "-0",
                                          "\n",
                                          "\t",
                                          ";",
                                          "\xFF",
                                          "药",
                                          "ǎ",
                                          "\xC0\x80",
                                          "99999999999999999999",
                                          "mg",
                                          "kg",
                                          "." };
    const struct input *other = &pool[below(pool_count)];
    const size_t at = below(input->size + 1);
    const size_t from = below(other->size);
    const char *token = tokens[below(sizeof tokens / sizeof tokens[0])];
    const char byte = (char)next_random();

    switch (next_random() % 6) {
    case 0:
        if (at < input->size)
            input->data[at] = (char)(input->data[at] ^ (1 << below(8)));
        break;
    case 1:
        insert(input, at, &byte, 1);
        break;
    case 2:
        cut(input, at, 1 + below(8));
        break;
    case 3:
        insert(input, at, token, strlen(token));
        break;
    case 4:
        insert(input, at, other->data + from, below(other->size - from + 1));
        break;
    case 5:
        insert(input, at, input->data, below(at + 1));
        break;
    }
}

static void pool_put(const struct input *input)
{
    pool[pool_count < POOL_MOST ? pool_count++ : below(POOL_MOST)] = *input;
}

static long from_environment(const char *name, long preset)
{
    const char *text = getenv(name);

    return text == NULL ? preset : strtol(text, NULL, 10);
}

int main(int argc, char **argv)
{
    const time_t end = time(NULL) + from_environment("FUZZ_SECONDS", 10);
    uint64_t runs = 0;
    struct ctx c;

    (void)argc;
    state = (uint64_t)from_environment("FUZZ_SEED", 1) * UINT64_C(0x9E3779B97F4A7C15);
    __sanitizer_set_death_callback(keep_crash);
    for (size_t i = 0; fuzz_seeds[i] != NULL; i++) {
        current.size = strlen(fuzz_seeds[i]);
        memcpy(current.data, fuzz_seeds[i], current.size);
        pool_put(&current);
    }
    ctx_init(&c);
    do {
        current = pool[below(pool_count)];
        for (size_t left = 1 + below(6); left > 0; left--)
            mutate(&current);
        current.data[current.size] = '\0';
        fuzz_one(&c, current.data, current.size);
        ctx_reset(&c);
        if (++runs % 64 == 0)
            pool_put(&current);
    } while (runs % 1024 != 0 || time(NULL) < end);
    ctx_close(&c);
    printf("%s: %llu inputs, no fault\n", strrchr(argv[0], '/') == NULL ? argv[0] : strrchr(argv[0], '/') + 1,
           (unsigned long long)runs);
    return 0;
}
