/* The command line: a table of commands, each with a table of options, so that parsing and help are written once. */
#ifndef YAOFANG_COMMANDS_H
#define YAOFANG_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/config.h"
#include "base/ctx.h"

/* An option. It may be given several times. A table of them ends with a row without a name. */
struct option {
    const char *name;    /* "--item" */
    const char *value;   /* the word the help shows for its value ("TEXT"); NULL for a switch */
    const char *meaning; /* half a sentence for the help */
};

/* An option as typed, in the order typed. */
struct given {
    const struct option *option;
    const char *value; /* "" for a switch */
};

/* What was typed after the command's name. Everything in it lives as long as the context. */
struct arguments {
    const struct config *config;
    const struct given *given;
    size_t given_count;
    const char *const *operands; /* what is not an option, in the order typed */
    size_t operand_count;
};

struct command {
    const char *name;
    const char *summary;    /* one line for `yaofang help` */
    const char *operands;   /* "[FILE]": what the usage line shows after the options; "" when it takes none */
    const char *more;       /* further lines for --help, each ended by a newline; may be NULL */
    const char *more_still; /* their end, where they are more than one string of C may hold; may be NULL */
    const struct option *options; /* may be NULL */
    bool settings;                /* --help prints the settings too */
    int most_operands;            /* more of them are refused; -1 = any number */
    enum status (*run)(struct ctx *c, const struct arguments *in);
};

/* Each is defined at the end of app/cmd_<name>.c, and listed in main.c in the order of the help. */
extern const struct command command_compound;
extern const struct command command_migrate;
extern const struct command command_screen;
extern const struct command command_seed;
extern const struct command command_serve;
extern const struct command command_user;
extern const struct command command_routes;
extern const struct command command_label;
extern const struct command command_report;
extern const struct command command_import;
extern const struct command command_verify;
extern const struct command command_shop;
extern const struct command command_stock;
extern const struct command command_sale;
extern const struct command command_promo;
extern const struct command command_cds;
extern const struct command command_work;
extern const struct command command_patient;
extern const struct command command_evidence;
extern const struct command command_scale;
extern const struct command command_printer;
extern const struct command command_bench;

/* Whether the option was given. */
bool argument_given(const struct arguments *in, const char *name);

/* The option's value, the last one when given several times; `preset` (may be NULL) when it was not given. */
const char *argument_text(const struct arguments *in, const char *name, const char *preset);

/* All values of the option in the order typed; NULL and 0 when it was not given. */
const char *const *argument_list(struct ctx *c, const struct arguments *in, const char *name, size_t *count);

/* A whole number from `least` to `most`; fails with ST_INVALID naming the option. `*number` keeps its value when the
   option was not given. */
enum status argument_number(struct ctx *c, const struct arguments *in, const char *name, int64_t least,
                            int64_t most, int64_t *number) MUST_CHECK;

/* Sorts argv[1…] of a command into options and operands. Unknown options, missing values and surplus operands are all
   named in one ST_INVALID. "--name value" and "--name=value" are the same; after "--" everything is an operand. */
enum status arguments_read(struct ctx *c, const struct command *command, int argc, char **argv,
                           struct arguments *in) MUST_CHECK;

#endif
