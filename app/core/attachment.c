/* Files of lots, deliveries and purchase orders, on their way in and out: what kind of content it is, its checksum, and its bytes
   as the hexadecimal text in which the database takes and gives them. */
#include "core/attachment.h"

#include <string.h>

#include "base/hex.h"
#include "base/secret.h"
#include "base/text.h"
#include "core/audit.h"
#include "core/person.h"
#include "db/db.h"
#include "sql.h"

struct made {
    int64_t id;
};

/* The bytes as "\x25504446…". */
struct stored {
    int64_t id, size;
    const char *file_name, *content_type, *sha256, *bytes;
};

static const struct column made_columns[] = { COLUMN(struct made, id), COLUMNS_END };
static const struct column stored_columns[] = {
    COLUMN(struct stored, id),
    COLUMN(struct stored, size),
    COLUMN(struct stored, bytes),
    COLUMN(struct stored, file_name),
    COLUMN(struct stored, sha256),
    COLUMN(struct stored, content_type),
    COLUMNS_END,
};

struct adding {
    const struct attachment *attachment;
    const char *type, *sha256, *bytes;
    size_t size;
    int64_t id;
};

static enum status read_whole(struct ctx *c, FILE *file, const char **data, size_t *size)
{
    struct text text;
    char piece[16384];
    size_t got;

    rewind(file);
    text_init(&text, &c->arena);
    while ((got = fread(piece, 1, sizeof piece, file)) > 0) {
        text_add_n(&text, piece, got);
        if (text.size > ATTACHMENT_LARGEST)
            return ctx_fail(c, ST_TOO_LARGE, "body", NULL, "is larger than %d MiB",
                            ATTACHMENT_LARGEST / 1024 / 1024);
    }
    if (ferror(file))
        return ctx_fail(c, ST_INVALID, "body", NULL, "cannot be read to its end");
    if (text.size == 0)
        return ctx_fail(c, ST_INVALID, "body", NULL, "is empty");
    *data = text.data;
    *size = text.size;
    return ST_OK;
}

/* By the first bytes, as the formats define them (ISO 32000, PNG, JFIF); text is what is UTF-8. NULL: none of them. */
static const char *type_of(const char *data, size_t size)
{
    static const struct {
        const char *begins;
        size_t size;
        const char *type;
    } known[] = {
        { "%PDF-", 5, "application/pdf" },
        { "\x89PNG\r\n\x1A\n", 8, "image/png" },
        { "\xFF\xD8\xFF", 3, "image/jpeg" },
    };

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (size >= known[i].size && memcmp(data, known[i].begins, known[i].size) == 0)
            return known[i].type;
    return utf8_valid(data, size) ? "text/plain" : NULL;
}

/* What the sender calls it must be what it is; who says nothing is believed the content. */
static enum status find_type(struct ctx *c, const char *said, const char *data, size_t size,
                             const char **type)
{
    const char *word = said == NULL ? "" : arena_text_n(&c->arena, said, strcspn(said, "; "));

    *type = type_of(data, size);
    if (*type == NULL)
        return ctx_fail(c, ST_MEDIA_TYPE, "body", NULL,
                        "is none of PDF, PNG, JPEG and text in UTF-8 by what it holds");
    if (*word == '\0' || text_same(word, "application/octet-stream") || text_same(word, *type))
        return ST_OK;
    return ctx_fail(
        c, ST_MEDIA_TYPE, "Content-Type", word,
        "does not suit the content, which is %s; allowed are application/pdf, image/png, image/jpeg "
        "and text/plain",
        *type);
}

static enum status check_sum(struct ctx *c, const char *said, const char *data, size_t size,
                             const char **sha256)
{
    *sha256 = secret_sha256(&c->arena, data, size);
    if (said == NULL || text_same(said, *sha256))
        return ST_OK;
    return ctx_fail(c, ST_INVALID, "sha256", said, "is not the checksum of what arrived, which is %s",
                    *sha256);
}

static const char *kind_of(const struct attachment *a)
{
    return a->of == OF_INTAKE ? "prescription" : a->kind == NULL ? "certificate" : a->kind;
}

/* The same page of a prescription comes in once. */
static enum status refuse_second(struct ctx *c, const char *sha256)
{
    struct made same;
    bool found;

    TRY(db_row(c, &q_intake_paper_same, PARAMS(SHOP(c), TEXT(sha256)), made_columns, &same, &found));
    if (found && same.id != 0)
        return ctx_fail(c, ST_CONFLICT, "sha256", sha256,
                        "is a page of intake %lld already: a duplicate paper", (long long)same.id);
    return ST_OK;
}

static enum status add(struct ctx *c, void *arg)
{
    static const char *const nouns[] = {
        [OF_LOT] = "lot", [OF_RECEIPT] = "receipt", [OF_PURCHASE] = "purchase order", [OF_INTAKE] = "intake"
    };
    struct adding *want = arg;
    const struct attachment *a = want->attachment;
    struct param of[] = {
        [OF_LOT] = NONE(), [OF_RECEIPT] = NONE(), [OF_PURCHASE] = NONE(), [OF_INTAKE] = NONE()
    };
    struct made made;
    bool found;

    if (a->of == OF_INTAKE)
        TRY(refuse_second(c, want->sha256));
    of[a->of] = I64(a->of_id);
    TRY(db_row(c, &q_attachment_add,
               PARAMS(SHOP(c), of[OF_LOT], of[OF_RECEIPT], of[OF_PURCHASE], TEXT(kind_of(a)),
                      TEXT(a->file_name), TEXT(want->type), I64((int64_t)want->size), TEXT(want->sha256),
                      TEXT(want->bytes), USER(c), of[OF_INTAKE]),
               made_columns, &made, &found));
    want->id = made.id;
    return audit_note(c, "attachment_added",
                      arena_printf(&c->arena, "%s %lld", nouns[a->of], (long long)a->of_id),
                      arena_printf(&c->arena, "attachment %lld, %s, SHA-256 %s", (long long)made.id,
                                   a->file_name, want->sha256));
}

enum status attachment_add(struct ctx *c, const struct attachment *attachment, int64_t *id)
{
    struct adding want = { .attachment = attachment };
    const char *data;

    TRY(person_require(c, ROLE_PHARMACIST | ROLE_STAFF, "attach a file"));
    TRY(read_whole(c, attachment->file, &data, &want.size));
    TRY(find_type(c, attachment->content_type, data, want.size, &want.type));
    TRY(check_sum(c, attachment->sha256, data, want.size, &want.sha256));
    want.bytes = hex_text(&c->arena, data, want.size);
    TRY(db_tx(c, add, &want));
    *id = want.id;
    return ST_OK;
}

enum status attachment_read(struct ctx *c, int64_t id, struct attachment_content *content)
{
    struct stored stored;
    bool found;

    TRY(person_require(c, ROLE_PHARMACIST | ROLE_STAFF | ROLE_ADMIN, "read an attachment"));
    TRY(db_row(c, &q_attachment_read, PARAMS(SHOP(c), I64(id)), stored_columns, &stored, &found));
    if (!found)
        return ctx_fail(c, ST_NOT_FOUND, "id", arena_printf(&c->arena, "%lld", (long long)id),
                        "is no attachment of this shop");
    *content = (struct attachment_content){ .id = id,
                                            .file_name = stored.file_name,
                                            .content_type = stored.content_type,
                                            .sha256 = stored.sha256,
                                            .size = stored.size };
    if (strlen(stored.bytes) == 2 * (size_t)stored.size + 2)
        content->bytes = hex_bytes(&c->arena, stored.bytes, (size_t)stored.size);
    if (content->bytes == NULL ||
        strcmp(secret_sha256(&c->arena, content->bytes, (size_t)stored.size), stored.sha256) != 0)
        return ctx_fail(c, ST_BROKEN, "sha256", stored.sha256, "is no longer the checksum of attachment %lld",
                        (long long)id);
    return ST_OK;
}
