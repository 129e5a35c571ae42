/* `yaofang report`: writes a report as a workbook, CSV or JSON. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "commands.h"
#include "core/person.h"
#include "database.h"
#include "print/report.h"

static void print_list(void)
{
    for (const struct report *report = reports; report->name != NULL; report++) {
        printf("%-22s %s\n", report->name, report->summary);
        for (const struct report_parameter *p = report->parameters; p != NULL && p->name != NULL; p++)
            printf("%-22s   %s: %s\n", "", p->name, p->meaning);
    }
}

/* "--set days=30", and --from and --to for short. */
static enum status read_arguments(struct ctx *c, const struct arguments *in, struct report_job *job)
{
    size_t count;
    const char *const *typed = argument_list(c, in, "--set", &count);
    struct report_argument *arguments = arena_array(&c->arena, count + 2, sizeof *arguments);
    const char *from = argument_text(in, "--from", NULL);
    const char *to = argument_text(in, "--to", NULL);

    if (from != NULL)
        arguments[job->argument_count++] = (struct report_argument){ "from", from };
    if (to != NULL)
        arguments[job->argument_count++] = (struct report_argument){ "to", to };
    for (size_t i = 0; i < count; i++) {
        const char *equals = strchr(typed[i], '=');

        if (equals == NULL)
            return ctx_fail(c, ST_INVALID, "--set", typed[i], "is written as name=value");
        arguments[job->argument_count++] =
            (struct report_argument){ arena_text_n(&c->arena, typed[i], (size_t)(equals - typed[i])),
                                      equals + 1 };
    }
    job->arguments = arguments;
    return ST_OK;
}

/* The format asked for, or what the file's name says. */
static const char *format_word(const struct arguments *in, const char *path)
{
    const char *dot = path == NULL ? NULL : strrchr(path, '.');

    return argument_text(in, "--format", dot == NULL ? "xlsx" : dot + 1);
}

static enum status run(struct ctx *c, const struct arguments *in)
{
    const char *as = argument_text(in, "--as", NULL);
    const char *path = argument_text(in, "-o", argument_text(in, "--output", NULL));
    const char *format = format_word(in, path);
    struct report_job job = { .made = instant_now() };

    if (argument_given(in, "--list")) {
        print_list();
        return ST_OK;
    }
    if (in->operand_count == 0)
        return ctx_fail(c, ST_INVALID, "NAME", NULL,
                        "must be given; `yaofang report --list` shows the reports");
    TRY(report_find(c, in->operands[0], &job.report));
    TRY(report_renderer(c, format, &job.renderer));
    TRY(read_arguments(c, in, &job));
    job.path = path != NULL ? path : arena_printf(&c->arena, "%s.%s", job.report->name, format);
    TRY(database_open(c, in->config, DATABASE_SERVICE));
    TRY(as != NULL ? person_act_as(c, as, argument_text(in, "--shop", NULL))
                   : person_act_in(c, argument_text(in, "--shop", NULL)));
    TRY(report_run(c, &job));
    printf("%s: %s\n", job.path, job.report->title);
    return ST_OK;
}

static const struct option options[] = {
    { "-o", "FILE", "where to write; else NAME.FORMAT" },
    { "--output", "FILE", "the same" },
    { "--format", "FORMAT", "xlsx, csv or json; else by the file's name" },
    { "--from", "DATE", "first day, for reports over a time" },
    { "--to", "DATE", "last day" },
    { "--set", "NAME=VALUE", "another parameter of the report" },
    { "--as", "USERNAME", "who asks, as printed on it; the system when not given" },
    { "--shop", "SLUG", "the shop, when there are several" },
    { "--list", NULL, "the reports there are, with their parameters" },
    { NULL, NULL, NULL },
};

const struct command command_report = {
    .name = "report",
    .summary = "write a report as a workbook, CSV or JSON",
    .operands = "NAME",
    .options = options,
    .most_operands = 1,
    .run = run,
};
