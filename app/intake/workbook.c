/* The parts of a workbook read whole, once: which sheets there are and where, which cell formats are dates, and the shared
   strings. The sheets themselves are streamed by workbook_sheet.c. */
#include "intake/workbook.h"

#include <stdlib.h>
#include <string.h>

#include "intake/workbook_part.h"

enum {
    ENTRIES_MOST = 4096,
    SHEETS_MOST = 2000,
    FORMATS_MOST = 65536,
    STRINGS_MOST = 4 * 1024 * 1024,
    STRING_BYTES_MOST = 64 * 1024 * 1024
};

static voidpf zip_open(voidpf opaque, const void *name, int mode)
{
    (void)name;
    (void)mode;
    return opaque;
}

static uLong zip_read(voidpf opaque, voidpf stream, void *data, uLong size)
{
    (void)opaque;
    return (uLong)fread(data, 1, size, stream);
}

static ZPOS64_T zip_tell(voidpf opaque, voidpf stream)
{
    (void)opaque;
    return (ZPOS64_T)ftello(stream);
}

static long zip_seek(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin)
{
    (void)opaque;
    return fseeko(stream, (off_t)offset,
                  origin == ZLIB_FILEFUNC_SEEK_SET   ? SEEK_SET
                  : origin == ZLIB_FILEFUNC_SEEK_CUR ? SEEK_CUR
                                                     : SEEK_END);
}

static int zip_close(voidpf opaque, voidpf stream)
{
    (void)opaque;
    (void)stream;
    return 0; /* the file belongs to who opened it */
}

static int zip_error(voidpf opaque, voidpf stream)
{
    (void)opaque;
    return ferror((FILE *)stream);
}

static void drop(void *data)
{
    struct workbook *book = data;

    if (book->open != NULL)
        part_close(book->open);
    (void)unzClose(book->zip);
}

static enum status zip_begin(struct ctx *c, struct workbook *book, FILE *file)
{
    zlib_filefunc64_def io = { zip_open, zip_read, NULL, zip_tell, zip_seek, zip_close, zip_error, file };
    unz_global_info64 info;

    book->zip = unzOpen2_64(book->name, &io);
    if (book->zip == NULL || unzGetGlobalInfo64(book->zip, &info) != UNZ_OK)
        return ctx_fail(c, ST_INVALID, "file", book->name,
                        "is truncated or damaged: it begins as a workbook, but its directory is missing");
    arena_defer(&c->arena, drop, book);
    if (info.number_entry > ENTRIES_MOST)
        return ctx_fail(c, ST_TOO_LARGE, "file", book->name,
                        "holds more than %d packed files; such a file is not read", ENTRIES_MOST);
    return ST_OK;
}

/* A relationship's target as a path in the zip: relative to the folder of the part that names it, or absolute. */
static const char *target_path(struct ctx *c, const char *folder, const char *target)
{
    while (strncmp(target, "../", 3) == 0) {
        target += 3;
        folder = "";
    }
    return *target == '/' ? arena_text(&c->arena, target + 1)
                          : arena_printf(&c->arena, "%s%s", folder, target);
}

static bool ends_with(const char *text, const char *ending)
{
    size_t size = strlen(text), wanted = strlen(ending);

    return size >= wanted && strcmp(text + size - wanted, ending) == 0;
}

/* Where the workbook's main part and the parts beside it are. */
struct places {
    const char *main, *folder, *styles, *strings;
};

static void root_start(struct part *part, const char *name, const char **attributes)
{
    const char *type = attribute(attributes, "Type"), *target = attribute(attributes, "Target");
    struct places *places = part->arg;

    if (strcmp(name, "Relationship") == 0 && type != NULL && target != NULL &&
        ends_with(type, "/officeDocument"))
        places->main = target_path(part->c, "", target);
}

static void relation_start(struct part *part, const char *name, const char **attributes)
{
    const char *type = attribute(attributes, "Type"), *target = attribute(attributes, "Target");
    const char *id = attribute(attributes, "Id");
    struct places *places = part->arg;

    if (strcmp(name, "Relationship") != 0 || type == NULL || target == NULL || id == NULL)
        return;
    if (ends_with(type, "/styles"))
        places->styles = target_path(part->c, places->folder, target);
    else if (ends_with(type, "/sharedStrings"))
        places->strings = target_path(part->c, places->folder, target);
    else if (ends_with(type, "/worksheet"))
        for (size_t i = 0; i < part->book->sheet_count; i++)
            if (strcmp(part->book->sheets[i].relation, id) == 0)
                part->book->sheets[i].path = target_path(part->c, places->folder, target);
}

static void main_start(struct part *part, const char *name, const char **attributes)
{
    struct workbook *book = part->book;
    const char *epoch = attribute(attributes, "date1904");

    if (strcmp(name, "workbookPr") == 0 && epoch != NULL)
        book->from_1904 = strcmp(epoch, "1") == 0 || strcmp(epoch, "true") == 0;
    if (strcmp(name, "sheet") != 0 || attribute(attributes, "name") == NULL ||
        attribute(attributes, "id") == NULL)
        return;
    if (book->sheet_count == SHEETS_MOST) {
        part_fail(part, ctx_fail(part->c, ST_TOO_LARGE, "file", book->name,
                                 "has more than %d sheets; such a file is not read", SHEETS_MOST));
        return;
    }
    book->sheets = arena_grow(&part->c->arena, book->sheets, book->sheet_count, &book->sheet_capacity,
                              sizeof *book->sheets);
    book->sheets[book->sheet_count++] =
        (struct sheet_place){ .name = arena_text(&part->c->arena, attribute(attributes, "name")),
                              .relation = arena_text(&part->c->arena, attribute(attributes, "id")) };
}

/* The formats a workbook names itself, and then the formats of its cells. */
struct styles {
    long *ids;
    size_t count, capacity;
    bool in_cells;
};

static void style_start(struct part *part, const char *name, const char **attributes)
{
    struct styles *styles = part->arg;
    struct workbook *book = part->book;
    const char *id = attribute(attributes, "numFmtId"), *code = attribute(attributes, "formatCode");
    long number = id == NULL ? 0 : strtol(id, NULL, 10);
    bool date;

    if (strcmp(name, "cellXfs") == 0)
        styles->in_cells = true;
    if (styles->count == FORMATS_MOST || book->date_count == FORMATS_MOST)
        return;
    if (strcmp(name, "numFmt") == 0 && code != NULL && format_code_is_date(code)) {
        styles->ids =
            arena_grow(&part->c->arena, styles->ids, styles->count, &styles->capacity, sizeof *styles->ids);
        styles->ids[styles->count++] = number;
    }
    if (strcmp(name, "xf") != 0 || !styles->in_cells)
        return;
    date = format_id_is_date(number);
    for (size_t i = 0; i < styles->count && !date; i++)
        date = styles->ids[i] == number;
    book->dates =
        arena_grow(&part->c->arena, book->dates, book->date_count, &book->date_capacity, sizeof *book->dates);
    book->dates[book->date_count++] = date;
}

static void style_end(struct part *part, const char *name)
{
    struct styles *styles = part->arg;

    if (strcmp(name, "cellXfs") == 0)
        styles->in_cells = false;
}

struct strings {
    struct arena scratch;
    struct text text;
    bool within; /* a <t>, and not of a phonetic run */
    bool phonetic;
};

static void string_start(struct part *part, const char *name, const char **attributes)
{
    struct strings *s = part->arg;

    (void)attributes;
    if (strcmp(name, "si") == 0) {
        arena_reset(&s->scratch);
        text_init(&s->text, &s->scratch);
    }
    if (strcmp(name, "rPh") == 0)
        s->phonetic = true;
    s->within = strcmp(name, "t") == 0 && !s->phonetic && s->text.data != NULL;
}

static void string_text(struct part *part, const char *text, size_t size)
{
    struct strings *s = part->arg;

    if (s->within && s->text.size <= RAW_CELL_MOST)
        text_add_n(&s->text, text, size);
}

static void string_end(struct part *part, const char *name)
{
    struct strings *s = part->arg;
    struct workbook *book = part->book;
    struct text plain;

    s->within = false;
    if (strcmp(name, "rPh") == 0)
        s->phonetic = false;
    if (strcmp(name, "si") != 0 || s->text.data == NULL)
        return;
    book->string_bytes += s->text.size + 1;
    if (s->text.size > RAW_CELL_MOST || book->string_count == STRINGS_MOST ||
        book->string_bytes > STRING_BYTES_MOST) {
        part_fail(part, ctx_fail(part->c, ST_TOO_LARGE, "file", book->name,
                                 "has more shared text than %d MiB, or a text longer than %d bytes",
                                 STRING_BYTES_MOST / 1024 / 1024, RAW_CELL_MOST));
        return;
    }
    text_init(&plain, &s->scratch);
    text_add_unescaped(&plain, s->text.data);
    book->strings = arena_grow(&part->c->arena, book->strings, book->string_count, &book->string_capacity,
                               sizeof *book->strings);
    book->strings[book->string_count++] = arena_text_n(&part->c->arena, plain.data, plain.size);
}

static void drop_scratch(void *scratch)
{
    arena_close(scratch);
}

static enum status read_strings(struct ctx *c, struct workbook *book, const char *path)
{
    static const struct part_hooks hooks = { string_start, string_end, string_text };
    struct strings *s = arena_alloc(&c->arena, sizeof *s);

    arena_init(&s->scratch);
    arena_defer(&c->arena, drop_scratch, &s->scratch);
    return part_whole(c, book, path, &hooks, s, NULL);
}

/* "xl/workbook.xml" has its relationships in "xl/_rels/workbook.xml.rels". */
static void lay_out(struct ctx *c, struct places *places, const char **relations)
{
    const char *slash = strrchr(places->main, '/');
    int folder = slash == NULL ? 0 : (int)(slash - places->main) + 1;

    places->folder = arena_printf(&c->arena, "%.*s", folder, places->main);
    *relations = arena_printf(&c->arena, "%s_rels/%s.rels", places->folder, places->main + folder);
}

/* Chart sheets and macro sheets hold no table: they are left out. */
static void keep_worksheets(struct workbook *book)
{
    size_t kept = 0;

    for (size_t i = 0; i < book->sheet_count; i++)
        if (book->sheets[i].path != NULL)
            book->sheets[kept++] = book->sheets[i];
    book->sheet_count = kept;
}

enum status workbook_open(struct ctx *c, const char *name, FILE *file, size_t size, struct workbook **out)
{
    static const struct part_hooks root = { .start = root_start }, relations = { .start = relation_start };
    static const struct part_hooks main_part = { .start = main_start };
    static const struct part_hooks style = { .start = style_start, .end = style_end };
    struct workbook *book = arena_alloc(&c->arena, sizeof *book);
    struct places places = { 0 };
    struct styles *styles = arena_alloc(&c->arena, sizeof *styles);
    const char *relations_path;
    bool found;

    book->name = name;
    book->size = size;
    TRY(zip_begin(c, book, file));
    TRY(part_whole(c, book, "_rels/.rels", &root, &places, &found));
    if (places.main == NULL)
        return ctx_fail(c, ST_INVALID, "file", name,
                        "is packed like a workbook but is none; save it as Excel workbook (.xlsx) or as CSV");
    lay_out(c, &places, &relations_path);
    TRY(part_whole(c, book, places.main, &main_part, NULL, NULL));
    TRY(part_whole(c, book, relations_path, &relations, &places, NULL));
    keep_worksheets(book);
    if (book->sheet_count == 0)
        return ctx_fail(c, ST_INVALID, "file", name,
                        "is packed like a workbook but has no sheet; save it as Excel workbook (.xlsx)");
    if (places.styles != NULL)
        TRY(part_whole(c, book, places.styles, &style, styles, NULL));
    if (places.strings != NULL)
        TRY(read_strings(c, book, places.strings));
    sheet_state_make(c, book);
    *out = book;
    return ST_OK;
}

size_t workbook_sheet_count(const struct workbook *book)
{
    return book->sheet_count;
}

const char *workbook_sheet_name(const struct workbook *book, size_t at)
{
    return book->sheets[at].name;
}
