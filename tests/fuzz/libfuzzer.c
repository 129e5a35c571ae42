/* Runs a fuzz target under libFuzzer (`make fuzz CC=clang FUZZ_RUNS=…`), which learns from the branches an input takes. The
   seeds are put into the corpus folder, the last argument, so that it starts where driver.c does. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    const char *folder = (*argv)[*argc - 1];

    for (size_t i = 0; *argc > 1 && *folder != '-' && fuzz_seeds[i] != NULL; i++) {
        char path[4096];
        FILE *file;

        (void)snprintf(path, sizeof path, "%s/seed-%zu", folder, i);
        file = fopen(path, "wb");
        if (file == NULL) /* the last argument is an input to run again */
            return 0;
        (void)fwrite(fuzz_seeds[i], 1, strlen(fuzz_seeds[i]), file);
        (void)fclose(file);
    }
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct ctx c;
    static bool ready;
    char *text;

    if (!ready)
        ctx_init(&c);
    ready = true;
    text = malloc(size + 1); /* of its own size, so that ASan sees one byte too far */
    if (text == NULL)
        abort();
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    fuzz_one(&c, text, size);
    ctx_reset(&c);
    free(text);
    return 0;
}
