/* `yaofang printer`: the printers, which workstation uses which, and the jobs sent to them. */
#include <stdlib.h>
#include <string.h>

#include "api/print_paper.h"
#include "core/printer.h"
#include "listing.h"
#include "sql.h"

static enum status operand(struct ctx *c, const struct called *in, const char *what, const char **text)
{
    *text = in->operand_count == 0 ? "" : in->operands[0];
    if (**text == '\0')
        return ctx_fail(c, ST_INVALID, what, NULL, "must be given");
    return ST_OK;
}

/* "100x150", "62" for a roll: millimetres. */
static enum status read_media(struct ctx *c, const struct called *in, struct printer_new *printer)
{
    const char *typed = argument_text(in->in, "--media", NULL);
    char *end;

    if (typed == NULL)
        return ST_OK;
    printer->media_width = strtol(typed, &end, 10) * 1000;
    if (*end == 'x')
        printer->media_height = strtol(end + 1, &end, 10) * 1000;
    if (*end != '\0' || printer->media_width < 10000 || printer->media_width > 500000 ||
        printer->media_height < 0 || printer->media_height > 1000000)
        return ctx_fail(c, ST_INVALID, "--media", typed,
                        "is millimetres, as 100x150, or 62 for a roll: 10 to 500 wide, 5 to 1000 high");
    return ST_OK;
}

static enum status run_add(struct ctx *c, const struct called *in)
{
    struct printer_new printer = { .dpi = 203 };
    int64_t id;

    TRY(operand(c, in, "CODE", &printer.code));
    printer.name = argument_text(in->in, "--name", "");
    printer.uri = argument_text(in->in, "--uri", "");
    printer.format = argument_text(in->in, "--format", "pdf");
    TRY(argument_number(c, in->in, "--dpi", 72, 600, &printer.dpi));
    TRY(read_media(c, in, &printer));
    TRY(printer_add(c, &printer, &id));
    text_addf(in->out, "printer %s: %s at %s\n", printer.code, printer.format, printer.uri);
    return ST_OK;
}

static enum status run_remove(struct ctx *c, const struct called *in)
{
    const char *code;

    TRY(operand(c, in, "CODE", &code));
    TRY(printer_remove(c, code));
    text_addf(in->out, "printer %s is not used any more\n", code);
    return ST_OK;
}

static enum status run_assign(struct ctx *c, const struct called *in)
{
    const char *code, *station = argument_text(in->in, "--station", "");
    const char *kind = argument_text(in->in, "--kind", "");

    TRY(operand(c, in, "CODE", &code));
    TRY(printer_assign(c, station, kind, code));
    text_addf(in->out, "%s prints %s on %s\n", station, *kind == '\0' ? "everything else" : kind, code);
    return ST_OK;
}

static enum status run_list(struct ctx *c, const struct called *in)
{
    static const struct list_column columns[] = {
        { "Code", "code", 14, LIST_TEXT },
        { "Format", "format", 8, LIST_TEXT },
        { "Dots", "dpi", 6, LIST_TEXT },
        { "Where", "uri", 38, LIST_TEXT },
        { "Last job", "last_state", 10, LIST_TEXT },
        { "Workstations", "stations", 0, LIST_TEXT },
        { NULL, NULL, 0, LIST_TEXT },
    };

    return list_show(c, in, &q_printer_list, PARAMS(SHOP(c), NONE()), columns);
}

static enum status run_jobs(struct ctx *c, const struct called *in)
{
    static const struct list_column columns[] = {
        { "Job", "id", 6, LIST_TEXT },       { "Printer", "printer", 12, LIST_TEXT },
        { "What", "title", 40, LIST_TEXT },  { "Copy", "copy_no", 5, LIST_TEXT },
        { "State", "state", 10, LIST_TEXT }, { "Why", "reason", 0, LIST_TEXT },
        { NULL, NULL, 0, LIST_TEXT },
    };

    return list_show(
        c, in, &q_print_job_list,
        PARAMS(SHOP(c), NONE(), NONE(), TEXT_OR_NULL(argument_text(in->in, "--state", NULL)), NONE()),
        columns);
}

static enum status send(struct ctx *c, const struct called *in, int64_t id, int64_t from)
{
    struct print_sent sent;

    TRY(print_send(c, in->in->config, id, (int)from, &sent));
    print_sent_text(&sent, in->out);
    return ST_OK;
}

static enum status run_test(struct ctx *c, const struct called *in)
{
    const struct paper_wish page = { .kind = "test" };
    struct print_where where = { 0 };
    int64_t id;

    TRY(operand(c, in, "CODE", &where.printer));
    TRY(print_queue(c, in->in->config, &page, 1, &where, &id));
    return send(c, in, id, 1);
}

static enum status job_number(struct ctx *c, const struct called *in, int64_t *id)
{
    const char *text;
    char *end;

    TRY(operand(c, in, "JOB", &text));
    *id = strtoll(text, &end, 10);
    if (*end != '\0' || *id < 1)
        return ctx_fail(c, ST_INVALID, "JOB", text, "is a job's number: `yaofang printer jobs` lists them");
    return ST_OK;
}

static enum status run_retry(struct ctx *c, const struct called *in)
{
    int64_t id, from = 1;

    TRY(job_number(c, in, &id));
    TRY(argument_number(c, in->in, "--from", 1, PRINT_PAPERS_MOST, &from));
    return send(c, in, id, from);
}

static enum status run_papers(struct ctx *c, const struct called *in)
{
    static const struct list_column columns[] = {
        { "Paper", "paper_no", 6, LIST_TEXT }, { "Printer", "printer", 12, LIST_TEXT },
        { "What", "title", 50, LIST_TEXT },    { "Copy", "copy_no", 5, LIST_TEXT },
        { "State", "state", 10, LIST_TEXT },   { "Why", "reason", 0, LIST_TEXT },
        { NULL, NULL, 0, LIST_TEXT },
    };
    int64_t id;

    TRY(job_number(c, in, &id));
    return list_show(c, in, &q_print_paper_find, PARAMS(SHOP(c), I64(id), NONE()), columns);
}

static const struct subcommand add = { "add", "CODE", "enter a printer", true, run_add };
static const struct subcommand removal = { "remove", "CODE", "it is not used any more", true, run_remove };
static const struct subcommand assign = { "assign", "CODE", "to a workstation", true, run_assign };
static const struct subcommand list = { "list", "", "the printers", false, run_list };
static const struct subcommand jobs = { "jobs", "", "what was sent", false, run_jobs };
/* Sending must not happen within the transaction of a key: a job sends once by itself. */
static const struct subcommand test = { "test", "CODE", "print a test page", false, run_test };
static const struct subcommand retry = { "retry", "JOB", "send a failed job again", false, run_retry };
static const struct subcommand papers = { "papers", "JOB", "of a job, each for itself", false, run_papers };
static const struct subcommand *const subcommands[] = { &add,    &removal, &assign, &list, &jobs,
                                                        &papers, &test,    &retry,  NULL };

static enum status run(struct ctx *c, const struct arguments *in)
{
    return subcommand_run(c, in, command_printer.name, subcommands);
}

static const struct option options[] = {
    { "--as", "USERNAME", "the person who acts" },
    { "--shop", "SLUG", "her shop, when several shops know the name" },
    { "--key", "TEXT", "act once: the same key again prints the first answer" },
    { "--json", NULL, "list as the API answers" },
    { "--uri", "ADDRESS", "tcp://host:9100, ipp://host/printers/front, ipps://…, serial:///dev/…" },
    { "--format", "FORMAT", "what it is sent: pdf, zpl or escpos [pdf]" },
    { "--dpi", "N", "its dots per inch [203]" },
    { "--media", "MM", "what lies in it: 100x150, or 62 for a roll" },
    { "--name", "TEXT", "what people call it" },
    { "--station", "NAME", "the workstation" },
    { "--kind", "KIND", "of paper: patient, weigh-sheet, …; without it everything else" },
    { "--from", "N", "retry: the papers before this one are out, or not wanted any more" },
    { "--state", "STATE", "list only jobs that are queued, sending, sent, failed or cancelled" },
    { NULL, NULL, NULL },
};

const struct command command_printer = {
    .name = "printer",
    .summary = "the printers, which workstation uses which, and their jobs",
    .operands = "SUBCOMMAND [WHAT]",
    .more =
        "  list            the printers in use\n"
        "  add CODE        --uri, --format, --dpi, --media; by an administrator\n"
        "  remove CODE     it is not used any more\n"
        "  test CODE       print a test page\n"
        "  assign CODE     --station prints --kind on it\n"
        "  jobs            what was sent, and what became of it\n"
        "  papers JOB      each paper of a job, and what became of it\n"
        "  retry JOB       send what is not out of a job, the same papers; --from N: go on with paper N\n",
    .options = options,
    .most_operands = 2,
    .run = run,
};
