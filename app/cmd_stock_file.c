/* `yaofang stock …`: files of lots, deliveries and purchase orders, in and out, and a count's sheet. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/attachment.h"
#include "print/count_sheet.h"
#include "print/report.h"
#include "sql.h"
#include "stock.h"

static void close_file(void *file)
{
    (void)fclose(file);
}

static enum status attach(struct ctx *c, const struct called *in, struct attachment *a, size_t at)
{
    const char *path, *slash;
    int64_t id;

    TRY(stock_operand(c, in, at, "FILE", &path));
    slash = strrchr(path, '/');
    a->file_name = slash == NULL ? path : slash + 1;
    a->kind = argument_text(in->in, "--kind", a->of == OF_LOT ? "certificate" : "invoice");
    a->sha256 = argument_text(in->in, "--sha256", NULL);
    a->file = fopen(path, "rbe");
    if (a->file == NULL)
        return ctx_fail(c, ST_NOT_FOUND, "FILE", path, "cannot be opened: %s", strerror(errno));
    arena_defer(&c->arena, close_file, a->file);
    TRY(attachment_add(c, a, &id));
    text_addf(in->out, "Attachment %lld: %s.\n", (long long)id, a->file_name);
    return ST_OK;
}

static enum status run_attach(struct ctx *c, const struct called *in)
{
    struct attachment a = { .of = OF_LOT };
    const char *code, *sku;

    TRY(stock_operand(c, in, 0, "LOT", &code));
    TRY(stock_lot(c, in, code, &a.of_id, &sku));
    return attach(c, in, &a, 1);
}

static enum status run_attach_receipt(struct ctx *c, const struct called *in)
{
    struct attachment a = { .of = OF_RECEIPT };

    TRY(stock_number_operand(c, in, 0, "N", &a.of_id));
    return attach(c, in, &a, 1);
}

static enum status run_attach_purchase(struct ctx *c, const struct called *in)
{
    struct attachment a = { .of = OF_PURCHASE };

    TRY(stock_number_operand(c, in, 0, "N", &a.of_id));
    return attach(c, in, &a, 1);
}

static enum status run_attachments(struct ctx *c, const struct called *in)
{
    static const struct list_column shown[] = {
        { "No.", "id", 6, LIST_TEXT },          { "Lot", "lot_code", 18, LIST_TEXT },
        { "SKU", "sku", 18, LIST_TEXT },        { "Invoice", "invoice", 14, LIST_TEXT },
        { "Kind", "kind", 12, LIST_TEXT },      { "Bytes", "size", 9, LIST_TEXT },
        { "File", "file_name", 28, LIST_TEXT }, { "SHA-256", "sha256", 0, LIST_TEXT },
        { NULL, NULL, 0, LIST_TEXT },
    };
    struct param lot = NONE();
    const char *sku;
    int64_t id;

    if (in->operand_count > 0) {
        TRY(stock_lot(c, in, in->operands[0], &id, &sku));
        lot = I64(id);
    }
    return list_show(c, in, &q_attachment_list, PARAMS(SHOP(c), NONE(), lot, NONE(), NONE(), NONE()), shown);
}

const char *stock_output(const struct called *in)
{
    return argument_text(in->in, "-o", argument_text(in->in, "--output", NULL));
}

enum status stock_write(struct ctx *c, const char *path, const void *data, size_t size)
{
    FILE *file = fopen(path, "wbe");
    bool failed = file == NULL || fwrite(data, 1, size, file) != size;

    if (file != NULL)
        failed = fclose(file) != 0 || failed;
    return failed ? ctx_fail(c, ST_INVALID, "--output", path, "cannot be written") : ST_OK;
}

static enum status run_attachment(struct ctx *c, const struct called *in)
{
    struct attachment_content content;
    const char *path = stock_output(in);
    int64_t id;

    TRY(stock_number_operand(c, in, 0, "ID", &id));
    TRY(attachment_read(c, id, &content));
    path = path == NULL ? content.file_name : path;
    TRY(stock_write(c, path, content.bytes, (size_t)content.size));
    text_addf(in->out, "%s: attachment %lld, SHA-256 %s\n", path, (long long)id, content.sha256);
    return ST_OK;
}

static enum status sheet_book(struct ctx *c, int64_t count_id, const char *path)
{
    const struct report_argument which = { "count", arena_printf(&c->arena, "%lld", (long long)count_id) };
    struct report_job job = { .arguments = &which, .argument_count = 1, .made = instant_now(), .path = path };

    TRY(report_find(c, "stocktake", &job.report));
    TRY(report_renderer(c, "xlsx", &job.renderer));
    return report_run(c, &job);
}

enum status stock_sheet_file(struct ctx *c, const struct called *in, int64_t count_id)
{
    const char *path = stock_output(in), *format = argument_text(in->in, "--format", NULL);
    const size_t size = path == NULL ? 0 : strlen(path);
    struct text bytes;

    if (format == NULL)
        format = size > 5 && strcmp(path + size - 5, ".xlsx") == 0 ? "xlsx" : "pdf";
    if (strcmp(format, "pdf") != 0 && strcmp(format, "xlsx") != 0)
        return ctx_fail(c, ST_INVALID, "--format", format, "is pdf or xlsx");
    if (path == NULL)
        path = arena_printf(&c->arena, "count-%lld.%s", (long long)count_id, format);
    if (strcmp(format, "xlsx") == 0)
        TRY(sheet_book(c, count_id, path));
    else {
        text_init(&bytes, &c->arena);
        TRY(count_sheet_pdf(c, count_id, argument_text(in->in, "--paper", "a4"), in->in->config->font,
                            &bytes));
        TRY(stock_write(c, path, bytes.data, bytes.size));
    }
    text_addf(in->out, "%s: sheet of count %lld\n", path, (long long)count_id);
    return ST_OK;
}

const struct subcommand subcommand_attach = { "attach", "LOT FILE", "a certificate", true, run_attach };
const struct subcommand subcommand_attach_receipt = { "attach delivery", "N FILE", "an invoice", true,
                                                      run_attach_receipt };
const struct subcommand subcommand_attach_purchase = { "attach purchase", "N FILE", "a file", true,
                                                       run_attach_purchase };
const struct subcommand subcommand_attachments = { "attachments", "[LOT]", "files", false, run_attachments };
const struct subcommand subcommand_attachment = { "attachment", "ID", "a file, with --output FILE", false,
                                                  run_attachment };
