/* `yaofang report`: writes a report as a workbook, CSV or JSON; or all of them into a folder, for cron. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* "--herb dang_gui --herb dan_shen": one argument with all of them; NULL when there are none. */
static const char *joined(struct ctx *c, const struct arguments *in, const char *option)
{
    struct text text;
    size_t count;
    const char *const *typed = argument_list(c, in, option, &count);

    text_init(&text, &c->arena);
    for (size_t i = 0; i < count; i++)
        text_addf(&text, "%s%s", i > 0 ? "," : "", typed[i]);
    return count > 0 ? text.data : NULL;
}

/* "--set days=30", and --from, --to, --herb and --formula for short. */
static enum status read_arguments(struct ctx *c, const struct arguments *in, struct report_job *job)
{
    size_t count;
    const char *const *typed = argument_list(c, in, "--set", &count);
    const struct report_argument shorts[] = { { "from", argument_text(in, "--from", NULL) },
                                              { "to", argument_text(in, "--to", NULL) },
                                              { "herb", joined(c, in, "--herb") },
                                              { "formula", joined(c, in, "--formula") } };
    const size_t most = sizeof shorts / sizeof shorts[0];
    struct report_argument *arguments = arena_array(&c->arena, count + most, sizeof *arguments);

    for (size_t i = 0; i < most; i++)
        if (shorts[i].value != NULL)
            arguments[job->argument_count++] = shorts[i];
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

/* On a terminal, and only there: a long report says how far it is. */
static void show_progress(void *arg, const char *sheet, int64_t rows)
{
    (void)arg;
    fprintf(stderr, "\r%s: %lld rows\033[K", sheet, (long long)rows);
}

static enum status run_report(struct ctx *c, struct report_job *job)
{
    const bool terminal = isatty(STDERR_FILENO) != 0;
    enum status status;

    job->progress = terminal ? show_progress : NULL;
    status = report_run(c, job);
    if (terminal)
        fprintf(stderr, "\r\033[K");
    return status;
}

static bool asks_for(const struct report *report, const char *parameter)
{
    for (const struct report_parameter *p = report->parameters; p != NULL && p->name != NULL; p++)
        if (strcmp(p->name, parameter) == 0)
            return true;
    return false;
}

/* Those of the arguments that this report knows: --from and --to are given for all of them. */
static void keep_known(struct ctx *c, const struct report_job *given, struct report_job *job)
{
    struct report_argument *kept = arena_array(&c->arena, given->argument_count, sizeof *kept);

    job->argument_count = 0;
    for (size_t i = 0; i < given->argument_count; i++)
        if (asks_for(job->report, given->arguments[i].name))
            kept[job->argument_count++] = given->arguments[i];
    job->arguments = kept;
}

/* Says what is wrong with one report, and forgets it: the others are written all the same. */
static void tell(struct ctx *c, const struct report *report)
{
    for (size_t i = 0; i < c->fault.count; i++)
        fprintf(stderr, "yaofang: %s: %s%s%s\n", report->name,
                c->fault.items[i].field == NULL ? "" : c->fault.items[i].field,
                c->fault.items[i].field == NULL ? "" : ": ", c->fault.items[i].rule);
    ctx_forgive(c);
}

/* Every report into the folder, each replaced when it is complete. The worst that happened is how it ends. */
static enum status run_all(struct ctx *c, const struct arguments *in, const struct report_job *given,
                           const char *folder)
{
    const char *format = argument_text(in, "--format", "xlsx");
    enum status worst = ST_OK;
    size_t failed = 0;

    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        return ctx_fail(c, ST_INVALID, "--all", folder, "cannot be made: %s", strerror(errno));
    for (const struct report *report = reports; report->name != NULL; report++) {
        struct report_job job = *given;
        enum status status;

        job.report = report;
        keep_known(c, given, &job);
        job.path = arena_printf(&c->arena, "%s/%s.%s", folder, report->name, format);
        status = run_report(c, &job);
        if (status == ST_OK) {
            printf("%s: %s\n", job.path, report->title);
            continue;
        }
        tell(c, report);
        failed++;
        worst = worst == ST_OK ? status : worst;
    }
    return failed == 0 ? ST_OK
                       : ctx_fail(c, worst, "--all", folder,
                                  "%zu reports could not be written; the others are there", failed);
}

static enum status run(struct ctx *c, const struct arguments *in)
{
    const char *all = argument_text(in, "--all", NULL);
    const char *as = argument_text(in, "--as", NULL);
    const char *path = argument_text(in, "-o", argument_text(in, "--output", NULL));
    const char *format = format_word(in, path);
    struct report_job job = { .made = instant_now() };

    if (argument_given(in, "--list")) {
        print_list();
        return ST_OK;
    }
    if ((in->operand_count == 0) == (all == NULL))
        return ctx_fail(c, ST_INVALID, "NAME", NULL,
                        "must be given, or --all DIR; `yaofang report --list` shows the reports");
    if (all == NULL)
        TRY(report_find(c, in->operands[0], &job.report));
    TRY(report_renderer(c, format, &job.renderer));
    TRY(read_arguments(c, in, &job));
    job.sheet = argument_text(in, "--sheet", NULL);
    if (all == NULL)
        job.path = path != NULL ? path : arena_printf(&c->arena, "%s.%s", job.report->name, format);
    TRY(database_open(c, in->config, DATABASE_SERVICE));
    TRY(as != NULL ? person_act_as(c, as, argument_text(in, "--shop", NULL))
                   : person_act_in(c, argument_text(in, "--shop", NULL)));
    if (all != NULL)
        return run_all(c, in, &job, all);
    TRY(run_report(c, &job));
    printf("%s: %s\n", job.path, job.report->title);
    return ST_OK;
}

static const struct option options[] = {
    { "-o", "FILE", "where to write; else NAME.FORMAT" },
    { "--output", "FILE", "the same" },
    { "--format", "FORMAT", "xlsx, csv or json; else by the file's name" },
    { "--from", "DATE", "first day, for reports over a time" },
    { "--to", "DATE", "last day" },
    { "--herb", "NAME", "monographs: of this herb, with a page of its own; again for another; all for all" },
    { "--formula", "NAME", "formulary, formula-margin: of this formula" },
    { "--set", "NAME=VALUE", "another parameter of the report" },
    { "--sheet", "NAME", "csv and json: another sheet of the workbook than its first" },
    { "--all", "DIR", "every report into a folder; what is there is replaced when complete; for cron" },
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
