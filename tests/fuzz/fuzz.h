/* A fuzz target: one parser, fed with mutated text. driver.c runs it; `make fuzz` runs all of them for a while. */
#ifndef YAOFANG_TESTS_FUZZ_H
#define YAOFANG_TESTS_FUZZ_H

#include <stddef.h>

#include "base/ctx.h"

/* Texts to start from, ended by NULL: well-formed ones reach deepest. */
extern const char *const fuzz_seeds[];

/* Feeds `size` bytes (followed by a NUL) to the parser and checks what must always hold. `c` is reset afterwards. */
void fuzz_one(struct ctx *c, const char *data, size_t size);

#endif
