/* Sorting what was typed into options and operands by a command's table. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"

bool argument_given(const struct arguments *in, const char *name)
{
    return argument_text(in, name, NULL) != NULL;
}

const char *argument_text(const struct arguments *in, const char *name, const char *preset)
{
    for (size_t i = in->given_count; i-- > 0;)
        if (strcmp(in->given[i].option->name, name) == 0)
            return in->given[i].value;
    return preset;
}

const char *const *argument_list(struct ctx *c, const struct arguments *in, const char *name, size_t *count)
{
    const char **list = arena_array(&c->arena, in->given_count + 1, sizeof *list);

    *count = 0;
    for (size_t i = 0; i < in->given_count; i++)
        if (strcmp(in->given[i].option->name, name) == 0)
            list[(*count)++] = in->given[i].value;
    return *count == 0 ? NULL : list;
}

enum status argument_number(struct ctx *c, const struct arguments *in, const char *name, int64_t least,
                            int64_t most, int64_t *number)
{
    const char *text = argument_text(in, name, NULL);
    char *end;
    long long value;

    if (text == NULL)
        return ST_OK;
    errno = 0;
    value = strtoll(text, &end, 10);
    if (end == text || *end != '\0' || errno != 0 || value < least || value > most)
        return ctx_fail(c, ST_INVALID, name, text, "is a whole number from %lld to %lld", (long long)least,
                        (long long)most);
    *number = value;
    return ST_OK;
}

/* The table's row for what was typed, which may carry "=value"; NULL when there is none. */
static const struct option *option_find(const struct option *table, const char *typed)
{
    const size_t length = strcspn(typed, "=");

    for (; table != NULL && table->name != NULL; table++)
        if (strlen(table->name) == length && strncmp(table->name, typed, length) == 0)
            return table;
    return NULL;
}

/* Reads the option at argv[*at] and its value, which may be the next word: *at is left on the last word used. */
static void option_read(struct ctx *c, const struct command *command, int argc, char **argv, int *at,
                        struct given *given, size_t *count)
{
    const char *typed = argv[*at];
    const char *value = strchr(typed, '=');
    const struct option *option = option_find(command->options, typed);

    if (option == NULL) {
        ctx_note(c, ST_INVALID, typed, NULL, "is not an option of %s: see `yaofang %s --help`", command->name,
                 command->name);
        return;
    }
    if (option->value == NULL && value != NULL) {
        ctx_note(c, ST_INVALID, option->name, value + 1, "is a switch and takes no value");
        return;
    }
    if (option->value != NULL && value == NULL && *at + 1 >= argc) {
        ctx_note(c, ST_INVALID, option->name, NULL, "needs a value: %s %s", option->name, option->value);
        return;
    }
    if (option->value == NULL)
        value = "";
    else
        value = value == NULL ? argv[++*at] : value + 1;
    given[(*count)++] = (struct given){ .option = option, .value = value };
}

enum status arguments_read(struct ctx *c, const struct command *command, int argc, char **argv,
                           struct arguments *in)
{
    struct given *given = arena_array(&c->arena, (size_t)argc + 1, sizeof *given);
    const char **operands = arena_array(&c->arena, (size_t)argc + 1, sizeof *operands);
    bool options_ended = false;

    in->given_count = 0;
    in->operand_count = 0;
    for (int i = 1; i < argc; i++) {
        if (!options_ended && strcmp(argv[i], "--") == 0)
            options_ended = true;
        else if (!options_ended && argv[i][0] == '-' && argv[i][1] != '\0')
            option_read(c, command, argc, argv, &i, given, &in->given_count);
        else
            operands[in->operand_count++] = argv[i];
    }
    in->given = given;
    in->operands = operands;
    if (command->most_operands >= 0 && in->operand_count > (size_t)command->most_operands)
        ctx_note(c, ST_INVALID, "argument", operands[command->most_operands],
                 "is one too many: %s takes at most %d", command->name, command->most_operands);
    return ctx_fault_or_ok(c);
}
