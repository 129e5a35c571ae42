/* The few structures of a zip file, written out. */
#include "support/zipped.h"

#include <string.h>
#include <zlib.h>

static void add_number(struct text *text, unsigned long number, int bytes)
{
    for (int i = 0; i < bytes; i++)
        text_add_char(text, (char)(number >> (8 * i) & 0xFF));
}

struct entry {
    const char *path, *data;
    unsigned long size, packed, crc, offset;
    int method;
};

/* What a local header and a directory entry have in common. */
static void add_common(struct text *zip, const struct entry *entry)
{
    add_number(zip, 20, 2);
    add_number(zip, 0, 2);
    add_number(zip, (unsigned long)entry->method, 2);
    add_number(zip, 0x00210000, 4);
    add_number(zip, entry->crc, 4);
    add_number(zip, entry->packed, 4);
    add_number(zip, entry->size, 4);
    add_number(zip, strlen(entry->path), 2);
    add_number(zip, 0, 2);
}

static struct text assemble(struct arena *arena, struct entry *entries, size_t count)
{
    struct text zip;
    unsigned long directory;

    text_init(&zip, arena);
    for (size_t i = 0; i < count; i++) {
        entries[i].offset = zip.size;
        add_number(&zip, 0x04034b50, 4);
        add_common(&zip, &entries[i]);
        text_add(&zip, entries[i].path);
        text_add_n(&zip, entries[i].data, entries[i].packed);
    }
    directory = zip.size;
    for (size_t i = 0; i < count; i++) {
        add_number(&zip, 0x02014b50, 4);
        add_number(&zip, 20, 2);
        add_common(&zip, &entries[i]);
        add_number(&zip, 0, 2 + 2 + 2);
        add_number(&zip, 0, 4);
        add_number(&zip, entries[i].offset, 4);
        text_add(&zip, entries[i].path);
    }
    add_number(&zip, 0x06054b50, 4);
    add_number(&zip, 0, 4);
    add_number(&zip, count, 2);
    add_number(&zip, count, 2);
    add_number(&zip, zip.size - directory - 12, 4);
    add_number(&zip, directory, 4);
    add_number(&zip, 0, 2);
    return zip;
}

static void pack(struct arena *arena, struct entry *entry)
{
    z_stream stream = { 0 };
    unsigned long room = entry->size + entry->size / 100 + 1024;
    char *packed = arena_alloc(arena, room);

    if (deflateInit2(&stream, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        arena_out_of_memory();
    stream.next_in = (Bytef *)(uintptr_t)entry->data;
    stream.avail_in = (unsigned)entry->size;
    stream.next_out = (Bytef *)packed;
    stream.avail_out = (unsigned)room;
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END)
        arena_out_of_memory();
    entry->packed = stream.total_out;
    (void)deflateEnd(&stream);
    entry->data = packed;
    entry->method = 8;
}

static struct text make(struct arena *arena, const struct zipped_part *parts, size_t count, bool tight)
{
    struct entry *entries = arena_array(arena, count, sizeof *entries);

    for (size_t i = 0; i < count; i++) {
        struct entry *entry = &entries[i];

        entry->path = parts[i].path;
        entry->data = parts[i].data;
        entry->size = parts[i].size != 0 ? parts[i].size : strlen(parts[i].data);
        entry->packed = entry->size;
        entry->crc = crc32(0, (const Bytef *)entry->data, (unsigned)entry->size);
        if (tight)
            pack(arena, entry);
    }
    return assemble(arena, entries, count);
}

struct text zipped(struct arena *arena, const struct zipped_part *parts, size_t count)
{
    return make(arena, parts, count, false);
}

struct text zipped_tight(struct arena *arena, const struct zipped_part *parts, size_t count)
{
    return make(arena, parts, count, true);
}

#define RELATIONSHIPS "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
#define TYPES "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

struct text zipped_sheet(struct arena *arena, const char *rows, const char *after)
{
    const struct zipped_part parts[] = {
        { "_rels/.rels",
          RELATIONSHIPS "<Relationship Id=\"rId1\" Type=\"" TYPES
                        "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
          0 },
        { "xl/workbook.xml",
          "<x:workbook xmlns:x=\"m\" xmlns:r=\"r\"><x:sheets><x:sheet name=\"Stock\" sheetId=\"1\" "
          "r:id=\"rId1\"/>"
          "</x:sheets></x:workbook>",
          0 },
        { "xl/_rels/workbook.xml.rels",
          RELATIONSHIPS "<Relationship Id=\"rId1\" Type=\"" TYPES
                        "worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                        "<Relationship Id=\"rId2\" Type=\"" TYPES "styles\" Target=\"/xl/styles.xml\"/>"
                        "<Relationship Id=\"rId3\" Type=\"" TYPES
                        "sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>",
          0 },
        { "xl/styles.xml",
          "<styleSheet><numFmts><numFmt numFmtId=\"170\" "
          "formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/></numFmts>"
          "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"49\"/><xf "
          "numFmtId=\"170\"/></cellXfs>"
          "</styleSheet>",
          0 },
        { "xl/sharedStrings.xml",
          "<sst><si><t>SKU</t></si><si><r><t>Lot</t></r><r><t>\n批号</t></r><rPh><t>zz</t></rPh></si>"
          "<si><t>DG-1</t></si><si><t>L_x002D_7</t></si></sst>",
          0 },
        { "xl/worksheets/sheet1.xml",
          arena_printf(arena, "<worksheet><sheetData>%s</sheetData>%s</worksheet>", rows, after), 0 },
    };

    return zipped(arena, parts, sizeof parts / sizeof parts[0]);
}
