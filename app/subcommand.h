/* Commands that are several: `yaofang compound weigh`, `yaofang stock item add`. Each acts in somebody's name, once per key. */
#ifndef YAOFANG_SUBCOMMAND_H
#define YAOFANG_SUBCOMMAND_H

#include "base/text.h"
#include "clinic/knowledge.h"
#include "commands.h"

/* A subcommand as called. What it writes to `out` is printed once everything is stored, and with --key is printed again,
   instead of acting again, when the key comes again. */
struct called {
    const struct arguments *in;
    const char *const *operands; /* behind the subcommand's name */
    size_t operand_count;
    const struct knowledge *knowledge;
    struct text *out;
};

struct subcommand {
    const char *name;    /* one word or two: "weigh", "item add" */
    const char *operand; /* "PRESCRIPTION", or "" when it takes none */
    const char *summary;
    bool changes; /* something is stored */
    enum status (*run)(struct ctx *c, const struct called *in);
};

/* Runs the subcommand of the NULL-ended table that the operands begin with: opens the database, acts as --as (of --shop), with
   --key only once, and prints what was written. */
enum status subcommand_run(struct ctx *c, const struct arguments *in, const char *command,
                           const struct subcommand *const *table) MUST_CHECK;

#endif
