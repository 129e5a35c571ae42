/* `yaofang label`: prints an order's label or weigh sheet to a file. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "api/print_paper.h"
#include "commands.h"
#include "core/person.h"
#include "database.h"
#include "print/label.h"

static enum status read_order(struct ctx *c, const struct arguments *in, int64_t *order_id)
{
    char *end;

    if (in->operand_count == 0)
        return ctx_fail(c, ST_INVALID, "ORDER", NULL, "must be given: the order's number");
    errno = 0;
    *order_id = strtoll(in->operands[0], &end, 10);
    if (errno != 0 || *end != '\0' || *order_id <= 0)
        return ctx_fail(c, ST_INVALID, "ORDER", in->operands[0], "is an order's number");
    return ST_OK;
}

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

/* Queues a copy for a printer and sends it; what the printer does wrong is told, and costs no copy. */
static enum status print_it(struct ctx *c, const struct arguments *in, int64_t order_id)
{
    const struct print_where where = { argument_text(in, "--printer", NULL),
                                       argument_text(in, "--station", NULL) };
    struct print_job job;
    int64_t id;

    TRY(print_order_label(c, in->config, argument_text(in, "--kind", "patient"), order_id, &where, &id));
    TRY(print_send(c, in->config, id, &job));
    printf("job %lld on printer %s: %s, copy %d%s%s\n", (long long)id, job.printer, job.title, job.copy_no,
           *job.reason == '\0' ? "" : ", ", job.reason);
    return ST_OK;
}

static enum status run(struct ctx *c, const struct arguments *in)
{
    const char *as = argument_text(in, "--as", NULL);
    const char *path = argument_text(in, "-o", argument_text(in, "--output", NULL));
    const struct label *label;
    struct label_content content;
    enum label_format format = LABEL_PDF;
    int64_t dpi = 300;
    int64_t order_id = 0;
    struct text bytes;

    if (argument_given(in, "--list")) {
        print_list();
        return ST_OK;
    }
    TRY(read_order(c, in, &order_id));
    TRY(label_format_find(c, "--format", argument_text(in, "--format", "pdf"), &format));
    TRY(argument_number(c, in, "--dpi", 72, 600, &dpi));
    TRY(label_find(c, argument_text(in, "--kind", "patient"), &label));
    TRY(database_open(c, in->config, DATABASE_SERVICE));
    TRY(as != NULL ? person_act_as(c, as, argument_text(in, "--shop", NULL))
                   : person_act_in(c, argument_text(in, "--shop", NULL)));
    if (argument_given(in, "--printer") || argument_given(in, "--station"))
        return print_it(c, in, order_id);
    TRY(label_of_order(c, label, order_id, !argument_given(in, "--draft"), &content));
    text_init(&bytes, &c->arena);
    TRY(label_draw(c, label, &content, in->config->font, format, (int)dpi, &bytes));
    if (path == NULL)
        path = arena_printf(&c->arena, "%s-%s.%s", label->kind, content.order_number,
                            label_formats[format].suffix);
    TRY(write_file(c, path, &bytes));
    printf("%s: %s of order %s, %s\n", path, label->title, content.order_number,
           content.copy_no == 0 ? "draft" : arena_printf(&c->arena, "copy %d", content.copy_no));
    return ST_OK;
}

static const struct option options[] = {
    { "--kind", "KIND", "patient or weigh-sheet, or the name of a size (see --list)" },
    { "--format", "FORMAT",
      "pdf, png (grey), dots (the printer's black and white, as a PNG), zpl or escpos" },
    { "--dpi", "N", "dots per inch of all but a pdf, 72 to 600; 300 when not given" },
    { "-o", "FILE", "where to write; else KIND-ORDER.FORMAT" },
    { "--output", "FILE", "the same" },
    { "--printer", "CODE", "print it there instead of writing a file (with --as)" },
    { "--station", "NAME", "print it where this workstation prints that kind" },
    { "--draft", NULL, "only look: no copy is counted" },
    { "--as", "USERNAME", "who prints; the system when not given" },
    { "--shop", "SLUG", "the shop, when there are several" },
    { "--list", NULL, "the labels there are" },
    { NULL, NULL, NULL },
};

const struct command command_label = {
    .name = "label",
    .summary = "print an order's label or weigh sheet",
    .operands = "ORDER",
    .more =
        "What a patient's label says is frozen at its first print; later prints are counted copies of it.\n",
    .options = options,
    .most_operands = 1,
    .run = run,
};
