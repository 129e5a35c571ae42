/* Rows and faults of an import, put together to the copy that is given back. */
#include "api/import_copy.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "db/db.h"
#include "print/marked.h"
#include "sql.h"

struct fault_row {
    int64_t line;
    const char *place, *value, *rule, *column_name;
};

static const struct column fault_columns[] = {
    COLUMN(struct fault_row, line), COLUMN(struct fault_row, place),       COLUMN(struct fault_row, value),
    COLUMN(struct fault_row, rule), COLUMN(struct fault_row, column_name), COLUMNS_END,
};

struct copy {
    struct marked *marked;
    const struct fault_row *faults;
    size_t count, at; /* the next fault that may belong to a row */
    const struct table_column *columns;
    const char **captions, **cells, **rules;
    enum report_kind *kinds;
    const char *part;
    size_t width;
    bool begun;
};

static enum report_kind kind_of(enum table_kind kind)
{
    switch (kind) {
    case TABLE_INTEGER:
        return REPORT_INTEGER;
    case TABLE_GRAMS:
        return REPORT_GRAMS;
    case TABLE_MONEY:
        return REPORT_MONEY;
    case TABLE_DATE:
        return REPORT_DATE;
    case TABLE_TEXT:
    case TABLE_WORD:
    case TABLE_DECIMAL:
    case TABLE_YES_NO:
    case TABLE_IGNORED:
        break;
    }
    return REPORT_TEXT;
}

static void lay_out(struct ctx *c, struct copy *copy, const struct import_part *part)
{
    copy->columns = part->columns;
    copy->part = part->name;
    copy->begun = false;
    for (copy->width = 0; part->columns[copy->width].name != NULL;)
        copy->width++;
    copy->captions = arena_array(&c->arena, copy->width, sizeof *copy->captions);
    copy->cells = arena_array(&c->arena, copy->width, sizeof *copy->cells);
    copy->rules = arena_array(&c->arena, copy->width, sizeof *copy->rules);
    copy->kinds = arena_array(&c->arena, copy->width, sizeof *copy->kinds);
    for (size_t i = 0; i < copy->width; i++) {
        copy->captions[i] = part->columns[i].name;
        copy->kinds[i] = kind_of(part->columns[i].kind);
    }
}

/* The faults of this line: the cell as typed, and its rule. */
static void mark(struct copy *copy, int64_t line)
{
    while (copy->at < copy->count && copy->faults[copy->at].line < line)
        copy->at++;
    for (; copy->at < copy->count && copy->faults[copy->at].line == line; copy->at++)
        for (size_t i = 0; i < copy->width; i++)
            if (strcmp(copy->columns[i].name, copy->faults[copy->at].column_name) == 0) {
                copy->cells[i] = copy->faults[copy->at].value;
                copy->rules[i] = copy->faults[copy->at].rule;
            }
}

/* A row as it comes: line, sheet, row, and its cells joined. */
static enum status add_row(struct ctx *c, const struct rows *one, void *arg)
{
    struct copy *copy = arg;
    char *at = (char *)(uintptr_t)rows_cell(one, 0, 3);

    if (!copy->begun)
        TRY(marked_sheet(c, copy->marked, rows_cell(one, 0, 1), copy->captions, copy->kinds, copy->width));
    copy->begun = true;
    for (size_t i = 0; i < copy->width; i++) {
        char *end = strchr(at, '\x1f');

        copy->rules[i] = NULL;
        copy->cells[i] = end == at ? NULL : at;
        *end = '\0';
        at = end + 1;
    }
    mark(copy, strtoll(rows_cell(one, 0, 0), NULL, 10));
    marked_row(copy->marked, copy->cells, copy->rules);
    return ST_OK;
}

static enum status write_workbook(struct ctx *c, const struct import *import, struct copy *copy,
                                  const char *path)
{
    const struct import_kind *kind;

    TRY(import_kind_find(c, import->kind, &kind));
    TRY(marked_begin(c, path,
                     arena_printf(&c->arena, "%s: %lld faults", import->file_name, (long long)import->faults),
                     &copy->marked));
    for (const struct import_part *part = kind->parts; part->name != NULL; part++) {
        lay_out(c, copy, part);
        TRY(db_each(c, &q_import_rows_of_part,
                    PARAMS(SHOP(c), I64(import->id), TEXT(part->name), TEXTS(copy->captions, copy->width)),
                    add_row, copy));
    }
    for (size_t i = 0; i < copy->count; i++)
        marked_fault(copy->marked, copy->faults[i].place, copy->faults[i].value, copy->faults[i].rule);
    return marked_end(c, copy->marked);
}

static enum status write_list(struct ctx *c, const struct copy *copy, const char *path)
{
    FILE *file = fopen(path, "wb");

    if (file == NULL)
        return ctx_fail(c, ST_INVALID, "output", path, "cannot be written: %s", strerror(errno));
    marked_csv_header(file);
    for (size_t i = 0; i < copy->count; i++)
        marked_csv_fault(file, copy->faults[i].place, copy->faults[i].value, copy->faults[i].rule);
    return fclose(file) == 0 ? ST_OK : ctx_fail(c, ST_INVALID, "output", path, "cannot be written");
}

enum status import_copy_write(struct ctx *c, const struct import *import, const char *format,
                              const char *path)
{
    struct fault_row *faults;
    struct copy copy = { 0 };

    TRY(db_all(c, &q_import_fault_list, PARAMS(SHOP(c), I64(import->id), I64(IMPORT_FAULTS_MOST)),
               fault_columns, sizeof *faults, &faults, &copy.count));
    copy.faults = faults;
    return strcmp(format, "csv") == 0 ? write_list(c, &copy, path) : write_workbook(c, import, &copy, path);
}
