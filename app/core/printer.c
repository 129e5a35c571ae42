/* Printers: entering and removing them, and finding the one a workstation means. */
#include "core/printer.h"

#include <string.h>

#include "base/link.h"
#include "core/audit.h"
#include "core/person.h"
#include "db/db.h"
#include "sql.h"

struct added {
    int64_t id;
};

static const struct column added_columns[] = { COLUMN(struct added, id), COLUMNS_END };
static const struct column printer_columns[] = {
    COLUMN(struct printer, id),           COLUMN(struct printer, code),
    COLUMN(struct printer, uri),          COLUMN(struct printer, format),
    COLUMN(struct printer, dpi),          COLUMN(struct printer, media_width),
    COLUMN(struct printer, media_height), COLUMNS_END,
};

static const char *subject(struct ctx *c, const char *code)
{
    return arena_printf(&c->arena, "printer %s", code);
}

static enum status unknown(struct ctx *c, const char *code)
{
    return ctx_fail(c, ST_NOT_FOUND, "printer", code, "is no printer of this shop");
}

static enum status check(struct ctx *c, const struct printer_new *printer)
{
    struct link_address address;
    const bool raw = strcmp(printer->format, "pdf") != 0;

    if (link_address_read(c, "uri", printer->uri, LINK_SERIAL | LINK_TCP | LINK_IPP | LINK_IPPS, &address) ==
            ST_OK &&
        !raw && (address.kind == LINK_SERIAL))
        ctx_note(c, ST_INVALID, "format", printer->format, "is zpl or escpos on a serial line");
    if (raw && strcmp(printer->format, "zpl") != 0 && strcmp(printer->format, "escpos") != 0)
        ctx_note(c, ST_INVALID, "format", printer->format, "is pdf, zpl or escpos");
    return ctx_fault_or_ok(c);
}

static struct param measure(int64_t micrometres)
{
    return micrometres == 0 ? NONE() : I64(micrometres);
}

enum status printer_add(struct ctx *c, const struct printer_new *printer, int64_t *id)
{
    struct added added;
    bool found;

    TRY(person_require(c, ROLE_ADMIN, "enter a printer"));
    TRY(check(c, printer));
    TRY(db_row(c, &q_printer_add,
               PARAMS(SHOP(c), TEXT(printer->code), TEXT(printer->name), TEXT(printer->uri),
                      TEXT(printer->format), I64(printer->dpi), measure(printer->media_width),
                      measure(printer->media_height), USER(c)),
               added_columns, &added, &found));
    if (!found)
        return ctx_fail(c, ST_CONFLICT, "code", printer->code, "is the code of another printer");
    *id = added.id;
    return audit_note(c, "printer_added", subject(c, printer->code), printer->uri);
}

enum status printer_remove(struct ctx *c, const char *code)
{
    size_t changed;

    TRY(person_require(c, ROLE_ADMIN, "remove a printer"));
    TRY(db_change(c, &q_printer_remove, PARAMS(SHOP(c), TEXT(code)), &changed));
    return changed == 0 ? unknown(c, code) : audit_note(c, "printer_removed", subject(c, code), NULL);
}

enum status printer_find(struct ctx *c, const char *code, const char *station, const char *kind,
                         struct printer *printer)
{
    bool found;

    TRY(db_row(c, &q_printer_find,
               PARAMS(SHOP(c), TEXT_OR_NULL(code), TEXT(station == NULL ? "" : station), TEXT(kind)),
               printer_columns, printer, &found));
    if (found)
        return ST_OK;
    if (code != NULL)
        return unknown(c, code);
    return ctx_fail(c, ST_NOT_FOUND, "station", station == NULL ? "" : station,
                    "has no printer for the %s: name one, or assign one to the workstation", kind);
}

enum status printer_assign(struct ctx *c, const char *station, const char *kind, const char *code)
{
    size_t changed;

    TRY(person_require(c, ROLE_PHARMACIST | ROLE_STAFF | ROLE_ADMIN, "choose a workstation's printer"));
    TRY(db_change(c, &q_station_printer_set, PARAMS(SHOP(c), TEXT(station), TEXT(kind), TEXT(code), USER(c)),
                  &changed));
    if (changed == 0)
        return unknown(c, code);
    return audit_note(c, "printer_assigned", arena_printf(&c->arena, "station %s", station),
                      arena_printf(&c->arena, "%s on %s", *kind == '\0' ? "everything" : kind, code));
}

enum status printer_remember(struct ctx *c, const char *station, const char *kind,
                             const struct printer *printer)
{
    size_t changed;

    TRY(db_change(c, &q_station_printer_remember,
                  PARAMS(SHOP(c), TEXT(station), TEXT(kind), I64(printer->id), USER(c)), &changed));
    if (changed == 0)
        return ST_OK;
    return audit_note(c, "printer_assigned", arena_printf(&c->arena, "station %s", station),
                      arena_printf(&c->arena, "%s on %s, where it was printed first", kind, printer->code));
}
