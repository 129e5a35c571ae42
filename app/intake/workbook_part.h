/* One XML part of a workbook as a stream of elements, and what the workbook's files know of each other. */
#ifndef YAOFANG_INTAKE_WORKBOOK_PART_H
#define YAOFANG_INTAKE_WORKBOOK_PART_H

#include <expat.h>
#include <minizip/unzip.h>

#include "base/text.h"
#include "intake/workbook.h"

struct part;

/* Element names come without their namespace prefix. `attributes` is name, value, …, NULL. Any may be NULL. */
struct part_hooks {
    void (*start)(struct part *part, const char *name, const char **attributes);
    void (*end)(struct part *part, const char *name);
    void (*text)(struct part *part, const char *text, size_t size);
};

struct part {
    struct ctx *c;
    struct workbook *book;
    const struct part_hooks *hooks;
    void *arg;
    const char *path;
    XML_Parser parser;
    int depth;
    bool paused, input_ended, done;
    enum status status; /* of the first failure within a hook */
};

struct sheet_place {
    const char *name, *relation, *path;
};

struct sheet_state;

struct workbook {
    const char *name; /* of the file */
    size_t size;
    unzFile zip;
    uint64_t inflated; /* bytes so far, all parts together */
    struct part *open; /* the part being read; a zip hands out one at a time */
    bool from_1904;
    struct sheet_place *sheets;
    size_t sheet_count, sheet_capacity;
    const char **strings;
    size_t string_count, string_capacity, string_bytes;
    bool *dates; /* by cell format: whether a number in it is a date */
    size_t date_count, date_capacity;
    struct sheet_state *sheet;
};

/* Opens the part at `path` within the zip; `found` false when there is none (found NULL: that is a failure). */
enum status part_open(struct ctx *c, struct workbook *book, const char *path, const struct part_hooks *hooks,
                      void *arg, struct part **part, bool *found) MUST_CHECK;

/* Reads on until a hook pauses or the part ends (part->done). */
enum status part_read(struct part *part) MUST_CHECK;

/* Called by a hook: part_read returns after it. */
void part_pause(struct part *part);

/* Called by a hook: part_read fails with what was recorded. */
void part_fail(struct part *part, enum status status);

void part_close(struct part *part);

/* Opens, reads and closes. */
enum status part_whole(struct ctx *c, struct workbook *book, const char *path, const struct part_hooks *hooks,
                       void *arg, bool *found) MUST_CHECK;

/* The value of the attribute with this name, its prefix left aside; NULL when there is none. */
const char *attribute(const char **attributes, const char *name);

/* Adds text with the escapes of Office ("_x000D_") undone. */
void text_add_unescaped(struct text *text, const char *more);

/* Whether numbers of this built-in format, or of this format code, are dates. */
bool format_id_is_date(long id);
bool format_code_is_date(const char *code);

/* A number as written ("4.5000000000000002E-2") as a plain decimal of at most 15 significant digits, which is what a
   spreadsheet shows and keeps; NULL when it is none, or is too large to write out. */
const char *decimal_plain(struct arena *arena, const char *number);

/* A plain decimal as a date or time; false when there is no such day. `kind` says which. */
bool serial_text(struct arena *arena, const char *number, bool from_1904, enum raw_kind *kind,
                 const char **text);

/* workbook_sheet.c: the sheet's own state, made once. */
void sheet_state_make(struct ctx *c, struct workbook *book);

#endif
