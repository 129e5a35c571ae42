/* `yaofang label`: prints labels and sheets of orders, lots and drawers to a file, and says what the law wants on them. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "api/print_paper.h"
#include "commands.h"
#include "core/furnish.h"
#include "core/once.h"
#include "core/person.h"
#include "database.h"
#include "label.h"
#include "print/draw.h"
#include "print/label_job.h"
#include "subcommand.h"

static enum status write_file(struct ctx *c, const char *path, const struct text *bytes)
{
    FILE *file = fopen(path, "wb");
    bool failed = file == NULL || fwrite(bytes->data, 1, bytes->size, file) != bytes->size;

    if (file != NULL)
        failed = fclose(file) != 0 || failed;
    return failed ? ctx_fail(c, ST_INVALID, "-o", path, "cannot be written: %s", strerror(errno)) : ST_OK;
}

static void print_list(void)
{
    for (const struct label *label = labels; label->name != NULL; label++)
        printf("%-20s %-12s %s\n", label->name, label->kind, label->title);
}

struct printing {
    const struct arguments *in;
    struct label_job *jobs;
    size_t count;
    struct once once;
};

static const char *kind_of(const struct arguments *in)
{
    return argument_text(in, "--kind",
                         argument_given(in, "--lot")            ? "lot"
                         : argument_given(in, "--drawer")       ? "drawer"
                         : argument_given(in, "--prescription") ? "prescription"
                                                                : "patient");
}

enum status label_job_read(struct ctx *c, const struct arguments *in, struct label_job *job)
{
    const char *lines = argument_text(in, "--lines", NULL);
    struct ruler *ruler = arena_alloc(&c->arena, sizeof *ruler);
    int64_t containers = 0, *numbers = NULL;

    *job = (struct label_job){ .about = "order",
                               .print = !argument_given(in, "--draft"),
                               .profile = argument_text(in, "--profile", NULL),
                               .language = argument_text(in, "--language", NULL),
                               .on = DATE_NONE,
                               .reason = argument_text(in, "--override", NULL),
                               .note = argument_text(in, "--note", NULL),
                               .ruler = ruler };
    TRY(label_find(c, kind_of(in), &job->label));
    TRY(argument_number(c, in, "--containers", 1, 99, &containers));
    job->containers = (int)containers;
    if (lines != NULL)
        TRY(label_numbers(c, "--lines", lines, 100, &numbers, &job->line_count));
    job->lines = numbers;
    return draw_ruler(c, in->config->font, ruler);
}

static enum status read_drawer(struct ctx *c, const char *code, const struct label_job *job,
                               struct printing *p)
{
    struct location location;
    int64_t id;

    TRY(location_find(c, code, &id, &location));
    p->jobs = label_jobs(c, job, &id, 1);
    p->jobs->about = "drawer";
    p->count = 1;
    return ST_OK;
}

static enum status read_jobs(struct ctx *c, const struct arguments *in, struct printing *p)
{
    struct label_job job;
    int64_t *ids = NULL;

    TRY(label_job_read(c, in, &job));
    if (argument_given(in, "--lot")) {
        job.about = "lot";
        TRY(label_numbers(c, "--lot", argument_text(in, "--lot", NULL), LABELS_MOST, &ids, &p->count));
    }
    if (argument_given(in, "--prescription")) {
        job.about = "prescription";
        TRY(label_numbers(c, "--prescription", argument_text(in, "--prescription", NULL), LABELS_MOST, &ids,
                          &p->count));
    }
    if (argument_given(in, "--drawer"))
        return read_drawer(c, argument_text(in, "--drawer", NULL), &job, p);
    if (in->operand_count == 0 && p->count == 0)
        return ctx_fail(c, ST_INVALID, "ORDER", NULL, "must be given: the order's number");
    for (size_t i = 0; i < in->operand_count; i++)
        TRY(label_numbers(c, "ORDER", in->operands[i], LABELS_MOST, &ids, &p->count));
    p->jobs = label_jobs(c, &job, ids, p->count);
    return ST_OK;
}

static enum status make_once(struct ctx *c, void *arg)
{
    struct printing *p = arg;

    TRY(label_make_all(c, p->jobs, p->count));
    p->once.answer.text = "";
    return ST_OK;
}

/* With a key, printing again is looking again. */
static enum status make(struct ctx *c, struct printing *p)
{
    struct text said;

    if (!argument_given(p->in, "--key") || !p->jobs->print)
        return label_make_all(c, p->jobs, p->count);
    text_init(&said, &c->arena);
    for (size_t i = 0; i < p->count; i++)
        text_addf(&said, "%s %lld\n", p->jobs->label->kind, (long long)p->jobs[i].id);
    p->once = (struct once){ .field = "--key",
                             .key = argument_text(p->in, "--key", NULL),
                             .operation = "label",
                             .said = said.data,
                             .body = make_once,
                             .arg = p };
    TRY(once_run(c, &p->once));
    if (!p->once.replayed)
        return ST_OK;
    for (size_t i = 0; i < p->count; i++)
        p->jobs[i].print = false;
    return label_make_all(c, p->jobs, p->count);
}

static const char *default_path(struct ctx *c, const struct printing *p, enum label_format format)
{
    const struct label_job *first = p->jobs, *last = &p->jobs[p->count - 1];

    if (p->count == 1)
        return arena_printf(&c->arena, "%s-%s.%s", first->label->kind, first->content.order_number,
                            label_formats[format].suffix);
    return arena_printf(&c->arena, "%s-%s-%s.%s", first->label->kind, first->content.order_number,
                        last->content.order_number, label_formats[format].suffix);
}

static void say(struct ctx *c, const struct printing *p, const char *path)
{
    const struct label_job *job = p->jobs;
    struct text findings;

    if (p->count > 1) {
        printf("%s: %s of %zu %ss\n", path, job->label->title, p->count, job->source->what);
        return;
    }
    printf("%s: %s of %s, %s\n", path, job->label->title,
           arena_printf(&c->arena, "%s %s", job->source->what, job->content.order_number),
           job->content.copy_no == 0 ? "draft" : arena_printf(&c->arena, "copy %d", job->content.copy_no));
    if (job->lint.rules == NULL)
        return;
    text_init(&findings, &c->arena);
    label_lint_text(c, &job->lint, false, &findings);
    printf("%s", findings.data);
}

/* Queues a copy for a printer and sends it; what the printer does wrong is told, and costs no copy. */
static enum status print_it(struct ctx *c, const struct arguments *in, const struct label_job *wanted)
{
    const struct print_where where = { argument_text(in, "--printer", NULL),
                                       argument_text(in, "--station", NULL) };
    struct print_job job;
    int64_t id;

    TRY(print_order_label(c, in->config, argument_text(in, "--kind", wanted->label->kind), wanted, &where,
                          &id));
    TRY(print_send(c, in->config, id, &job));
    printf("job %lld on printer %s: %s, copy %d%s%s\n", (long long)id, job.printer, job.title, job.copy_no,
           *job.reason == '\0' ? "" : ", ", job.reason);
    return ST_OK;
}

static enum status print(struct ctx *c, const struct arguments *in)
{
    const char *as = argument_text(in, "--as", NULL);
    const char *path = argument_text(in, "-o", argument_text(in, "--output", NULL));
    struct printing p = { .in = in };
    enum label_format format = LABEL_PDF;
    int64_t dpi = 300;
    struct text bytes;

    TRY(label_format_find(c, "--format", argument_text(in, "--format", "pdf"), &format));
    TRY(argument_number(c, in, "--dpi", 72, 600, &dpi));
    TRY(database_open(c, in->config, DATABASE_SERVICE));
    TRY(as != NULL ? person_act_as(c, as, argument_text(in, "--shop", NULL))
                   : person_act_in(c, argument_text(in, "--shop", NULL)));
    TRY(read_jobs(c, in, &p));
    for (size_t i = 0; argument_given(in, "--printer") || argument_given(in, "--station"); i++) {
        if (i == p.count)
            return ST_OK;
        TRY(print_it(c, in, &p.jobs[i]));
    }
    TRY(make(c, &p));
    text_init(&bytes, &c->arena);
    TRY(label_write_all(c, p.jobs, p.count, format, (int)dpi, &bytes));
    if (path == NULL)
        path = default_path(c, &p, format);
    TRY(write_file(c, path, &bytes));
    say(c, &p, path);
    return ST_OK;
}

static enum status run(struct ctx *c, const struct arguments *in)
{
    if (argument_given(in, "--list")) {
        print_list();
        return ST_OK;
    }
    for (size_t i = 0; in->operand_count > 0 && label_subcommands[i] != NULL; i++)
        if (strcmp(label_subcommands[i]->name, in->operands[0]) == 0)
            return subcommand_run(c, in, "label", label_subcommands);
    return print(c, in);
}

static const struct option options[] = {
    { "--kind", "KIND",
      "patient, sticker, cook-sheet, information, record, … or a size's name (see --list)" },
    { "--format", "FORMAT",
      "pdf, png (grey), dots (the printer's black and white, as a PNG), zpl or escpos" },
    { "--dpi", "N", "dots per inch of all but a pdf, 72 to 600; 300 when not given" },
    { "-o", "FILE", "where to write; else KIND-ORDER.FORMAT" },
    { "--output", "FILE", "the same" },
    { "--printer", "CODE", "print it there instead of writing a file (with --as)" },
    { "--station", "NAME", "print it where this workstation prints that kind" },
    { "--draft", NULL, "only look: no copy is counted" },
    { "--containers", "N", "so many labels, \"1 / 3\" and so on" },
    { "--lines", "LIST", "of a label for each herb: only of these lines, such as 1,3-5" },
    { "--language", "LANGUAGE", "english, zh_hans, zh_hant, polish or spanish; else the patient's" },
    { "--lot", "N", "the label of a lot (several: 3,7-9) instead of an order's" },
    { "--drawer", "CODE", "the label of a drawer" },
    { "--prescription", "N", "the paper of a prescription (several: 3,7-9), as its prescriber signs it" },
    { "--ticket", "N", "lint: the receipt of a sale" },
    { "--profile", "PROFILE", "hold it against this profile's rules instead of the shop's" },
    { "--on", "DATE", "lint: with the rules in force on this day" },
    { "--override", "REASON", "print in spite of what is missing; reasons: see lint" },
    { "--note", "TEXT", "why" },
    { "--names", "LIST", "settings: names of herbs shown: pinyin, hanzi, latin, english; none: no herbs" },
    { "--all", NULL, "lint: also what is in order" },
    { "--json", NULL, "lint, profiles, facts: as the API answers" },
    { "--as", "USERNAME", "who prints; the system when not given" },
    { "--shop", "SLUG", "the shop, when there are several" },
    { "--key", "KEY", "print once under this key, whatever is retried" },
    { "--list", NULL, "the labels there are" },
    { NULL, NULL, NULL },
};

const struct command command_label = {
    .name = "label",
    .summary = "print labels and sheets; say what the law wants on them",
    .operands = "ORDER… | lint ORDER | facts ABOUT NUMBER | fact ABOUT NUMBER FIELD TEXT | profiles | "
                "beyond-use | settings",
    .more = "Several orders, 1-1000 or 7 9 12, become one file. What a patient's label says is frozen at its "
            "first\n"
            "print; later prints are counted copies of it. A label that lacks what the shop's profile asks "
            "for is\n"
            "not printed without --override REASON --note TEXT, which stay on record.\n"
            "lint holds the label of an order, the paper of a --prescription or the receipt of a --ticket "
            "against the rules.\n"
            "fact: ABOUT is order, prescription, patient or person; an empty TEXT takes it back.\n",
    .options = options,
    .most_operands = -1,
    .run = run,
};
