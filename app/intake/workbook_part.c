/* A part of the zip inflated in pieces into expat, with the limits that keep a hostile file from growing in memory or time. */
#include "intake/workbook_part.h"

#include <string.h>

enum { PIECE = 64 * 1024, DEPTH_MOST = 64, RATIO_MOST = 200, RATIO_FROM = 16 * 1024 * 1024 };
#define INFLATED_MOST (UINT64_C(1024) * 1024 * 1024)

static const char *place(struct part *part)
{
    return arena_printf(&part->c->arena, "%s, part %s", part->book->name, part->path);
}

void part_fail(struct part *part, enum status status)
{
    if (part->status == ST_OK)
        part->status = status;
    (void)XML_StopParser(part->parser, XML_FALSE);
}

void part_pause(struct part *part)
{
    if (XML_StopParser(part->parser, XML_TRUE) == XML_STATUS_OK)
        part->paused = true;
}

static const char *local(const char *name)
{
    const char *colon = strchr(name, ':');

    return colon == NULL ? name : colon + 1;
}

const char *attribute(const char **attributes, const char *name)
{
    for (; attributes[0] != NULL; attributes += 2)
        if (strcmp(local(attributes[0]), name) == 0)
            return attributes[1];
    return NULL;
}

static void on_start(void *data, const char *name, const char **attributes)
{
    struct part *part = data;

    if (++part->depth > DEPTH_MOST) {
        part_fail(part, ctx_fail(part->c, ST_INVALID, place(part), name, "nests more than %d elements deep",
                                 DEPTH_MOST));
        return;
    }
    if (part->status == ST_OK && part->hooks->start != NULL)
        part->hooks->start(part, local(name), attributes);
}

static void on_end(void *data, const char *name)
{
    struct part *part = data;

    part->depth--;
    if (part->status == ST_OK && part->hooks->end != NULL)
        part->hooks->end(part, local(name));
}

static void on_text(void *data, const char *text, int size)
{
    struct part *part = data;

    if (part->status == ST_OK && part->hooks->text != NULL && size > 0)
        part->hooks->text(part, text, (size_t)size);
}

static void on_doctype(void *data, const char *name, const char *system, const char *public, int internal)
{
    struct part *part = data;

    (void)system;
    (void)public;
    (void)internal;
    part_fail(part, ctx_fail(part->c, ST_INVALID, place(part), name,
                             "declares a document type, which no workbook needs; it is not read"));
}

void part_close(struct part *part)
{
    if (part->parser == NULL)
        return;
    XML_ParserFree(part->parser);
    part->parser = NULL;
    (void)unzCloseCurrentFile(part->book->zip);
    part->book->open = NULL;
}

static void drop(void *part)
{
    part_close(part);
}

enum status part_open(struct ctx *c, struct workbook *book, const char *path, const struct part_hooks *hooks,
                      void *arg, struct part **out, bool *found)
{
    struct part *part;
    unz_file_info64 info;

    if (book->open != NULL)
        part_close(book->open);
    if (found != NULL)
        *found = false;
    if (unzLocateFile(book->zip, path, 2) != UNZ_OK)
        return found != NULL ? ST_OK
                             : ctx_fail(c, ST_INVALID, book->name, path,
                                        "is missing in the file, so it is not a whole xlsx workbook");
    if (unzGetCurrentFileInfo64(book->zip, &info, NULL, 0, NULL, 0, NULL, 0) == UNZ_OK &&
        (info.flag & 1) != 0)
        return ctx_fail(c, ST_INVALID, book->name, path,
                        "is encrypted; save the workbook without a password");
    if (unzOpenCurrentFile(book->zip) != UNZ_OK)
        return ctx_fail(c, ST_INVALID, book->name, path, "is damaged: this part cannot be unpacked");
    part = arena_alloc(&c->arena, sizeof *part);
    *part = (struct part){ .c = c, .book = book, .hooks = hooks, .arg = arg };
    part->path = arena_text(&c->arena, path);
    part->parser = XML_ParserCreate(NULL);
    if (part->parser == NULL)
        arena_out_of_memory();
    book->open = part;
    arena_defer(&c->arena, drop, part);
    XML_SetUserData(part->parser, part);
    XML_SetElementHandler(part->parser, on_start, on_end);
    XML_SetCharacterDataHandler(part->parser, on_text);
    XML_SetStartDoctypeDeclHandler(part->parser, on_doctype);
    if (found != NULL)
        *found = true;
    *out = part;
    return ST_OK;
}

/* Counts what was inflated against the limits. */
static enum status allow(struct part *part, size_t more)
{
    struct workbook *book = part->book;

    book->inflated += more;
    if (book->inflated > INFLATED_MOST ||
        (book->inflated > RATIO_FROM && book->inflated / RATIO_MOST > book->size))
        return ctx_fail(part->c, ST_TOO_LARGE, place(part), NULL,
                        "unpacks to more than %d times the file's size or 1 GiB; such a file is not read",
                        RATIO_MOST);
    return ST_OK;
}

static enum status damaged(struct part *part)
{
    if (part->status != ST_OK)
        return part->status;
    return ctx_fail(part->c, ST_INVALID, place(part), NULL, "is damaged at line %lu: %s",
                    (unsigned long)XML_GetCurrentLineNumber(part->parser),
                    XML_ErrorString(XML_GetErrorCode(part->parser)));
}

/* Whether expat wants more, paused, or failed. */
static enum status after(struct part *part, enum XML_Status parsed)
{
    if (parsed == XML_STATUS_ERROR || part->status != ST_OK)
        return damaged(part);
    if (parsed == XML_STATUS_OK && part->input_ended)
        part->done = true;
    return ST_OK;
}

static enum status feed(struct part *part)
{
    void *room = XML_GetBuffer(part->parser, PIECE);
    int size;

    if (room == NULL)
        arena_out_of_memory();
    size = unzReadCurrentFile(part->book->zip, room, PIECE);
    if (size < 0)
        return ctx_fail(part->c, ST_INVALID, place(part), NULL, "is damaged: this part cannot be unpacked");
    TRY(allow(part, (size_t)size));
    if (size == 0) {
        part->input_ended = true;
        if (unzCloseCurrentFile(part->book->zip) == UNZ_CRCERROR)
            return ctx_fail(part->c, ST_INVALID, place(part), NULL,
                            "is damaged: its check sum is not the one it was packed with");
    }
    return after(part, XML_ParseBuffer(part->parser, size, size == 0));
}

enum status part_read(struct part *part)
{
    while (!part->done) {
        if (part->paused) {
            part->paused = false;
            TRY(after(part, XML_ResumeParser(part->parser)));
        } else {
            TRY(feed(part));
        }
        if (part->paused)
            return ST_OK;
    }
    return ST_OK;
}

enum status part_whole(struct ctx *c, struct workbook *book, const char *path, const struct part_hooks *hooks,
                       void *arg, bool *found)
{
    struct part *part = NULL;

    TRY(part_open(c, book, path, hooks, arg, &part, found));
    if (part == NULL)
        return ST_OK;
    TRY(part_read(part));
    part_close(part);
    return ST_OK;
}
