/* Printing: which printer, which size of label fits it, drawn, queued; then sent, and what became of it. */
#include "api/print_paper.h"

#include <string.h>

#include "db/db.h"
#include "print/deliver.h"
#include "print/draw.h"
#include "print/print_test.h"

/* A roll is cut anywhere; on others a label must be as high as they are. A millimetre is nothing. */
static bool fits(const struct label *label, const struct printer *printer)
{
    const int off = label->height > printer->media_height ? label->height - printer->media_height
                                                          : printer->media_height - label->height;

    if (printer->media_width == 0)
        return true;
    return label->width <= printer->media_width + MM(1) && (printer->media_height == 0 || off <= MM(1));
}

static const char *media_text(struct ctx *c, const struct printer *printer)
{
    return printer->media_height == 0
               ? arena_printf(&c->arena, "a roll of %d mm", printer->media_width / 1000)
               : arena_printf(&c->arena, "%d × %d mm", printer->media_width / 1000,
                              printer->media_height / 1000);
}

/* The widest size of the kind that fits; a size named outright must fit itself. */
static enum status choose(struct ctx *c, const char *name, const struct printer *printer,
                          const struct label **label)
{
    const struct label *best = NULL;

    TRY(label_find(c, name, label));
    if (strcmp((*label)->name, name) == 0)
        best = fits(*label, printer) ? *label : NULL;
    for (const struct label *at = labels; strcmp((*label)->kind, name) == 0 && at->name != NULL; at++)
        if (strcmp(at->kind, name) == 0 && fits(at, printer) &&
            (best == NULL || (printer->media_width > 0 && at->width > best->width)))
            best = at;
    if (best == NULL)
        return ctx_fail(c, ST_INVALID, "label", name, "does not fit printer %s: in it lies %s", printer->code,
                        media_text(c, printer));
    *label = best;
    return ST_OK;
}

struct wish {
    const struct config *config;
    const char *label;
    const struct print_where *where;
    struct label_job job;
    int64_t job_id;
};

static enum status queue_label(struct ctx *c, void *arg)
{
    struct wish *want = arg;
    struct label_job job = want->job;
    enum label_format format;
    struct printer printer;
    struct ruler ruler;
    struct text bytes;
    int copy_no;

    TRY(label_find(c, want->label, &job.label));
    TRY(printer_find(c, want->where->printer, want->where->station, job.label->kind, &printer));
    TRY(choose(c, want->label, &printer, &job.label));
    TRY(label_format_find(c, "format", printer.format, &format));
    TRY(print_job_take_over(c, job.id, job.label->kind, &copy_no));
    TRY(draw_ruler(c, want->config->font, &ruler));
    job.ruler = &ruler;
    job.print = copy_no == 0;
    TRY(label_make(c, &job));
    text_init(&bytes, &c->arena);
    TRY(label_write_all(c, &job, 1, format, printer.dpi, &bytes));
    const struct print_paper paper = { .kind = job.label->kind,
                                       .title = arena_printf(&c->arena, "%s of %s %s", job.label->title,
                                                             job.source->what, job.content.order_number),
                                       .order_id = job.id,
                                       .copy_no = job.content.copy_no,
                                       .data = bytes.data,
                                       .size = bytes.size };

    return print_job_add(c, &printer, want->where->station, &paper, &want->job_id);
}

enum status print_order_label(struct ctx *c, const struct config *config, const char *label,
                              const struct label_job *wanted, const struct print_where *where,
                              int64_t *job_id)
{
    struct wish want = { .config = config, .label = label, .where = where, .job = *wanted };

    TRY(db_tx(c, queue_label, &want));
    *job_id = want.job_id;
    return ST_OK;
}

enum status print_bytes(struct ctx *c, const struct print_where *where, const struct print_paper *paper,
                        int64_t *job_id)
{
    struct printer printer;

    TRY(printer_find(c, where->printer, where->station, paper->kind, &printer));
    return print_job_add(c, &printer, where->station, paper, job_id);
}

enum status print_test(struct ctx *c, const struct config *config, const struct print_where *where,
                       int64_t *job_id)
{
    struct print_paper paper = { .kind = "test", .title = "Printer test" };
    struct printer printer;
    enum label_format format;
    struct text bytes;

    TRY(printer_find(c, where->printer, where->station, paper.kind, &printer));
    TRY(label_format_find(c, "format", printer.format, &format));
    text_init(&bytes, &c->arena);
    TRY(print_test_draw(c, printer.code, printer.uri, printer.media_width, printer.media_height, config->font,
                        format, printer.dpi, &bytes));
    paper.data = bytes.data;
    paper.size = bytes.size;
    return print_job_add(c, &printer, where->station, &paper, job_id);
}

enum status print_send(struct ctx *c, const struct config *config, int64_t job_id, struct print_job *job)
{
    const struct link_limits limits = { config->devices, PRINTER_PATIENCE_MS };
    struct delivery delivery;
    struct fault told;
    const char *note;
    enum status status;
    size_t taken;
    bool again;

    TRY(print_job_claim(c, job_id, job, &again));
    if (!again)
        return ST_OK;
    delivery = (struct delivery){ .printer = job->printer,
                                  .uri = job->uri,
                                  .format = job->format,
                                  .title = job->title,
                                  .media_width = job->media_width,
                                  .media_height = job->media_height,
                                  .data = job->data,
                                  .size = (size_t)job->size };
    status = deliver(c, &limits, &delivery, &taken, &note);
    if (status == ST_OK)
        return print_job_settle(c, job, NULL, note, taken);
    told = c->fault; /* what the printer did is the answer, once it is recorded */
    ctx_forgive(c);
    TRY(print_job_settle(c, job, told.items[0].rule, NULL, taken));
    c->fault = told;
    return status;
}
