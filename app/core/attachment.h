/* Files that belong to a lot, a delivery, a purchase order or a received prescription: certificates, invoices, photographs, papers. Only ever added;
   what is stored is what arrived, by its SHA-256. */
#ifndef YAOFANG_CORE_ATTACHMENT_H
#define YAOFANG_CORE_ATTACHMENT_H

#include <stdio.h>

#include "base/ctx.h"

enum { ATTACHMENT_LARGEST = 5 * 1024 * 1024 };

enum attachment_of { OF_LOT, OF_RECEIPT, OF_PURCHASE, OF_INTAKE };

struct attachment {
    enum attachment_of of;
    int64_t of_id;
    const char *
        kind; /* certificate, invoice, photograph, prescription or other; NULL: certificate, of an intake prescription */
    const char *file_name; /* 1 to 120 characters without slashes */
    const char
        *content_type;  /* what follows ';' is ignored; NULL or "application/octet-stream": by the content */
    const char *sha256; /* what the sender says it is, 64 hexadecimal digits, or NULL */
    FILE *file;         /* read from its start to its end */
};

/* Stores a file. ST_TOO_LARGE above ATTACHMENT_LARGEST, ST_MEDIA_TYPE for anything but PDF, PNG, JPEG and text in UTF-8 or
   when the content is not what the sender says, ST_INVALID when the checksum is another, ST_CONFLICT when a received prescription has that page already. Needs the role staff or pharmacist. */
enum status attachment_add(struct ctx *c, const struct attachment *attachment, int64_t *id) MUST_CHECK;

/* A stored file. */
struct attachment_content {
    int64_t id;
    const char *file_name, *content_type, *sha256;
    const unsigned char *bytes; /* in the arena */
    int64_t size;
};

/* ST_NOT_FOUND; ST_BROKEN when the content no longer has its checksum. Needs staff, pharmacist or administrator. */
enum status attachment_read(struct ctx *c, int64_t id, struct attachment_content *content) MUST_CHECK;

#endif
