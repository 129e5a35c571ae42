/* Bringing a drawn paper to a printer: raw bytes over TCP or a serial line, or an IPP job (CUPS). Says in plain words what went
   wrong, and how much the printer had taken by then. */
#ifndef YAOFANG_PRINT_DELIVER_H
#define YAOFANG_PRINT_DELIVER_H

#include "base/ctx.h"
#include "base/link.h"

struct delivery {
    const char *printer; /* named in faults */
    const char *uri;
    const char *format; /* pdf, zpl, escpos */
    const char *title;
    int media_width, media_height; /* micrometres; 0: not said */
    const char *data;
    size_t size;
};

/* ST_OK: the printer has taken all of it; `note` is what it said about it, or NULL. Else a fault of "printer". `taken` is how many
   bytes it took, as far as that is known. */
enum status deliver(struct ctx *c, const struct link_limits *limits, const struct delivery *delivery,
                    size_t *taken, const char **note) MUST_CHECK;

/* How long a printer may take nothing. */
enum { PRINTER_PATIENCE_MS = 10000 };

/* deliver for an ipp or ipps address: in deliver_ipp.c, the only includer of libcups. */
enum status deliver_ipp(struct ctx *c, const struct link_limits *limits, const struct link_address *address,
                        const struct delivery *delivery, size_t *taken, const char **note) MUST_CHECK;

#endif
