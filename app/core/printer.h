/* A shop's printers, which one each workstation uses for what, and the jobs sent to them. */
#ifndef YAOFANG_CORE_PRINTER_H
#define YAOFANG_CORE_PRINTER_H

#include <stdbool.h>

#include "base/ctx.h"

struct printer_new {
    const char *code, *name;
    const char *uri;    /* tcp://host:9100, ipp://host/printers/front, ipps://…, serial:///dev/… */
    const char *format; /* pdf, zpl, escpos: what it is sent */
    int64_t dpi;
    int64_t media_width, media_height; /* micrometres of what lies in it; 0: not said; height 0: a roll */
};

struct printer {
    int64_t id;
    const char *code, *uri, *format;
    int dpi, media_width, media_height;
};

/* Enters a printer, by an administrator. ST_INVALID names everything that is wrong; ST_CONFLICT a code in use. */
enum status printer_add(struct ctx *c, const struct printer_new *printer, int64_t *id) MUST_CHECK;
enum status printer_remove(struct ctx *c, const char *code) MUST_CHECK;

/* By code, or (code NULL) what the workstation uses for that kind of paper. ST_NOT_FOUND says which of the two is not known. */
enum status printer_find(struct ctx *c, const char *code, const char *station, const char *kind,
                         struct printer *printer) MUST_CHECK;

/* The workstation prints that kind of paper there from now on; kind "": every kind without a printer of its own. */
enum status printer_assign(struct ctx *c, const char *station, const char *kind, const char *code) MUST_CHECK;

/* The workstation printed that kind of paper on a printer that was named: it does so from now on, when it had none for it. */
enum status printer_remember(struct ctx *c, const char *station, const char *kind,
                             const struct printer *printer) MUST_CHECK;

#endif
