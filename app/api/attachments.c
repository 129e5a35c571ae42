/* Files of lots, deliveries, purchase orders and received prescriptions over HTTP: the body is the file as it is. */
#include "core/attachment.h"

#include <string.h>

#include "api/handlers.h"
#include "api/read.h"
#include "base/secret.h"
#include "core/once.h"
#include "sql.h"

enum { NAME_LONGEST = 120, SUM_LENGTH = 64 };

struct upload {
    struct attachment attachment;
    struct once once;
    struct reply *out;
};

static enum status store(struct ctx *c, void *arg)
{
    struct upload *upload = arg;
    int64_t id;

    *upload->out = (struct reply){ 0 };
    TRY(attachment_add(c, &upload->attachment, &id));
    TRY(reply_row(c, upload->out, &q_attachment_list,
                  PARAMS(SHOP(c), I64(id), NONE(), NONE(), NONE(), NONE())));
    reply_finish(upload->out);
    upload->once.answer =
        (struct once_answer){ 201, upload->out->data,
                              arena_printf(&c->arena, "/api/v1/attachments/%lld", (long long)id) };
    return ST_OK;
}

/* Once per key, as every change; what the key stands for is the path, what it says of the file, and the file. */
static enum status upload_of(struct ctx *c, struct request *in, struct reply *out, enum attachment_of of)
{
    static const char *const kinds[] = {
        "certificate", "invoice", "photograph", "prescription", "other", NULL
    };
    struct upload upload = { .out = out };
    struct secret_hash hash = { 0 };
    struct attachment *a = &upload.attachment;

    *a = (struct attachment){ .of = of,
                              .of_id = in_path_id(in, "id"),
                              .kind = kinds[in_query_word_or(in, "kind", kinds, 0)],
                              .file_name = in_query_text(in, "file_name", NAME_LONGEST),
                              .sha256 = in_query_text_or(in, "sha256", SUM_LENGTH, NULL),
                              .content_type = in_header(in, "Content-Type"),
                              .file = in->file };
    if (in->file == NULL)
        ctx_note(c, ST_INVALID, "body", NULL, "must be the file");
    TRY(in_end(in));
    TRY(secret_digest(c, in->file, &hash));
    upload.once =
        (struct once){ .field = "Idempotency-Key",
                       .key = in_header(in, "Idempotency-Key"),
                       .operation = arena_printf(&c->arena, "%s %s", method_word(in->method), in->path),
                       .said = arena_printf(&c->arena, "%s %s %s %s", a->kind, a->file_name,
                                            a->sha256 == NULL ? "" : a->sha256,
                                            secret_hash_text(&c->arena, &hash)),
                       .body = store,
                       .arg = &upload };
    TRY(once_run(c, &upload.once));
    *out = (struct reply){ .status = 201 };
    reply_bytes(c, out, "application/json", upload.once.answer.text, strlen(upload.once.answer.text), NULL);
    reply_header(out, "Location", upload.once.answer.location);
    if (upload.once.replayed)
        reply_header(out, "Idempotent-Replay", "true");
    return ST_OK;
}

enum status post_lot_attachment(struct ctx *c, struct request *in, struct reply *out)
{
    return upload_of(c, in, out, OF_LOT);
}

enum status post_receipt_attachment(struct ctx *c, struct request *in, struct reply *out)
{
    return upload_of(c, in, out, OF_RECEIPT);
}

enum status post_purchase_attachment(struct ctx *c, struct request *in, struct reply *out)
{
    return upload_of(c, in, out, OF_PURCHASE);
}

enum status post_intake_attachment(struct ctx *c, struct request *in, struct reply *out)
{
    return upload_of(c, in, out, OF_INTAKE);
}

/* A download, never shown in place: what others made is not let run beside the page. */
enum status get_attachment_content(struct ctx *c, struct request *in, struct reply *out)
{
    const int64_t id = in_path_id(in, "id");
    struct attachment_content content;

    TRY(in_end(in));
    TRY(attachment_read(c, id, &content));
    reply_bytes(c, out, content.content_type, (const char *)content.bytes, (size_t)content.size,
                content.file_name);
    reply_header(out, "X-Checksum-SHA256", content.sha256);
    return ST_OK;
}
