/* The program: finds the command, gives it a context and the settings, and tells the shell how it ended. */
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "commands.h"

static const struct command *const commands[] = {
    /* clang-format off */
    &command_serve,
    &command_migrate,
    &command_seed,
    &command_screen,
    &command_compound,
    &command_label,
    &command_report,
    &command_import,
    &command_stock,
    &command_sale,
    &command_promo,
    &command_bench,
    &command_scale,
    &command_printer,
    &command_shop,
    &command_user,
    &command_routes,
    &command_verify,
    &command_cds,
    &command_evidence,
    &command_work,
    &command_patient,
    NULL,
    /* clang-format on */
};

static const struct command *command_find(const char *name)
{
    for (size_t i = 0; commands[i] != NULL; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

static void print_commands(FILE *out)
{
    fprintf(out, "Yaofang, the herbal dispensary: formulas, stock, labels and herb-drug alerts.\n\n"
                 "usage: yaofang COMMAND [OPTIONS]\n\n");
    for (size_t i = 0; commands[i] != NULL; i++)
        fprintf(out, "  %-10s %s\n", commands[i]->name, commands[i]->summary);
    fprintf(out, "\n`yaofang COMMAND --help` says more about one. Exit status: 0 done; 2 input refused; 3 "
                 "not allowed;\n"
                 "4 not found; 5 in conflict with what is stored; 6 an unanswered finding; 70 broken; 75 try "
                 "again.\n");
}

static void print_settings(void)
{
    printf("\nSettings, from the environment:\n");
    for (const struct setting *row = settings; row->name != NULL; row++)
        printf("  %-22s %s%s%s%s\n", row->name, row->meaning, *row->preset == '\0' ? "" : " [", row->preset,
               *row->preset == '\0' ? "" : "]");
}

static void print_help(const struct command *command)
{
    printf("%s: %s\n\nusage: yaofang %s%s%s%s\n", command->name, command->summary, command->name,
           command->options == NULL ? "" : " [OPTIONS]", *command->operands == '\0' ? "" : " ",
           command->operands);
    for (const struct option *row = command->options; row != NULL && row->name != NULL; row++)
        printf("%s  %s%s%-*s %s\n", row == command->options ? "\n" : "", row->name,
               row->value == NULL ? "" : " ", (int)((row->value == NULL ? 25 : 24) - strlen(row->name)),
               row->value == NULL ? "" : row->value, row->meaning);
    if (command->more != NULL)
        printf("\n%s%s", command->more, command->more_still == NULL ? "" : command->more_still);
    if (command->settings)
        print_settings();
}

/* One line per thing that is wrong: field, value and rule. The cause of a broken thing is for the machine's owner,
   who is the one that reads this. */
static void print_fault(const struct ctx *c)
{
    for (size_t i = 0; i < c->fault.count; i++) {
        const struct fault_item *item = &c->fault.items[i];

        fprintf(stderr, "yaofang: %s%s", item->field == NULL ? "" : item->field,
                item->field == NULL ? "" : ": ");
        if (item->value != NULL)
            fprintf(stderr, "\"%s\": ", item->value);
        fprintf(stderr, "%s\n", item->rule);
    }
    if (c->cause != NULL)
        fprintf(stderr, "yaofang: because: %s\n", c->cause);
}

static bool wants_help(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    return false;
}

static enum status settings_read(struct ctx *c, struct config *config)
{
    enum log_level level;

    TRY(config_read(c, config));
    if (!log_level_parse(config->log_level, &level))
        return ctx_fail(c, ST_INVALID, "YAOFANG_LOG", config->log_level, "is error, warning, info or debug");
    log_set_level(level);
    return ST_OK;
}

static enum status command_run(struct ctx *c, const struct command *command, int argc, char **argv)
{
    struct config config;
    struct arguments in = { .config = &config };

    TRY(arguments_read(c, command, argc, argv, &in));
    TRY(settings_read(c, &config));
    return command->run(c, &in);
}

int main(int argc, char **argv)
{
    const char *name = argc < 2 ? "help" : argv[1];
    const struct command *command = command_find(name);
    struct ctx c;
    enum status status;

    if (strcmp(name, "help") == 0 || strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
        command = argc > 2 ? command_find(argv[2]) : NULL;
        if (command == NULL)
            print_commands(stdout);
        else
            print_help(command);
        return 0;
    }
    if (command == NULL) {
        fprintf(stderr, "yaofang: command: \"%s\": is not one of those that `yaofang help` lists\n", name);
        return status_exit_code(ST_INVALID);
    }
    if (wants_help(argc - 1, argv + 1)) {
        print_help(command);
        return 0;
    }
    ctx_init(&c);
    status = command_run(&c, command, argc - 1, argv + 1);
    if (fflush(stdout) != 0 && status == ST_OK)
        status = ctx_fail(&c, ST_BROKEN, "output", NULL, "could not be written");
    if (status != ST_OK)
        print_fault(&c);
    ctx_close(&c);
    return status_exit_code(status);
}
