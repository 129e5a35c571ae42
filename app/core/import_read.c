/* A file on its way into import_rows: read row by row, stored a thousand at a time, each batch in a transaction of its own with
   how far it is. What is wrong with the file as a whole ends the reading and is stored as a fault like those of its cells. */
#include <stdarg.h>
#include <string.h>

#include "base/text.h"
#include "core/import_parts.h"
#include "sql.h"

enum { BATCH_ROWS = 1000 };

struct import_run {
    struct ctx *c;
    const struct import_request *request;
    int64_t id;
    struct ctx batch; /* what is stored next lives in its arena */
    const struct import_part *part;
    const char *sheet;
    const char **names; /* of the part's columns, then of what is derived */
    size_t columns, width;
    struct import_row row;
    int64_t line, stored_faults, unkept;
    int64_t lines[BATCH_ROWS], numbers[BATCH_ROWS];
    const char *cells[BATCH_ROWS];
    size_t count;
    int64_t fault_lines[BATCH_ROWS];
    const char *fault_columns[BATCH_ROWS], *fault_places[BATCH_ROWS], *fault_values[BATCH_ROWS],
        *fault_rules[BATCH_ROWS];
    size_t fault_count;
};

const struct knowledge *import_knowledge(const struct import_run *run)
{
    return run->request->knowledge;
}

const char *import_setting(const struct import_run *run, const char *name)
{
    for (size_t i = 0; i < run->request->setting_count; i++)
        if (strcmp(run->request->settings[i].name, name) == 0)
            return run->request->settings[i].value;
    return NULL;
}

static void batch_begin(struct import_run *run)
{
    ctx_reset(&run->batch);
    run->batch.db = run->c->db;
    run->batch.who = run->c->who;
    run->batch.trace = run->c->trace;
    run->count = run->fault_count = 0;
}

/* Keeps a fault, or only counts it. line 0: of the file, at `place`. */
static void keep_fault(struct import_run *run, int64_t line, const char *column, const char *place,
                       const char *value, const char *rule)
{
    struct arena *arena = &run->batch.arena;
    size_t at = run->fault_count;

    if (run->stored_faults == IMPORT_FAULTS_MOST || at == BATCH_ROWS) {
        run->unkept++;
        return;
    }
    run->fault_lines[at] = line;
    run->fault_columns[at] = column;
    run->fault_places[at] = place == NULL ? NULL : arena_text(arena, place);
    run->fault_values[at] = value == NULL ? NULL : arena_text(arena, value);
    run->fault_rules[at] = arena_text(arena, rule);
    run->fault_count++;
    run->stored_faults++;
}

void import_fault(struct import_run *run, const struct import_row *row, const char *column, const char *rule,
                  ...)
{
    const char *value = NULL;
    va_list args;

    for (size_t i = 0; i < run->columns; i++)
        if (strcmp(run->names[i], column) == 0)
            value = row->read->cells[i].raw;
    va_start(args, rule);
    keep_fault(run, run->line, column, NULL, value, arena_vprintf(&run->batch.arena, rule, args));
    va_end(args);
}

/* In a transaction: the rows and faults of a batch, and how far the reading is. */
static enum status store(struct ctx *c, void *arg)
{
    const struct import_run *run = arg;

    if (run->count > 0)
        TRY(db_run(c, &q_import_rows_add,
                   PARAMS(SHOP(c), I64(run->id), TEXT(run->part->name), TEXT(run->sheet),
                          TEXTS(run->names, run->width), I64S(run->lines, run->count),
                          I64S(run->numbers, run->count), TEXTS(run->cells, run->count))));
    if (run->fault_count > 0)
        TRY(db_run(
            c, &q_import_faults_add,
            PARAMS(SHOP(c), I64(run->id), I64S(run->fault_lines, run->fault_count),
                   TEXTS(run->fault_columns, run->fault_count), TEXTS(run->fault_places, run->fault_count),
                   TEXTS(run->fault_values, run->fault_count), TEXTS(run->fault_rules, run->fault_count))));
    return db_run(c, &q_import_progress, PARAMS(SHOP(c), I64(run->id), I64(run->line)));
}

/* What the batch's context says is wrong is the caller's to know. */
static enum status pass_up(struct import_run *run, enum status status)
{
    for (size_t i = 0; i < run->batch.fault.count; i++) {
        const struct fault_item *item = &run->batch.fault.items[i];

        ctx_note(run->c, status, item->field, item->value, "%s", item->rule);
    }
    if (run->batch.cause != NULL)
        run->c->cause = arena_text(&run->c->arena, run->batch.cause);
    return status;
}

static enum status flush(struct import_run *run)
{
    enum status status = db_tx(&run->batch, store, run);

    if (status != ST_OK)
        return pass_up(run, status);
    if (run->request->progress != NULL)
        run->request->progress(run->request->progress_arg, run->line);
    batch_begin(run);
    return ST_OK;
}

static enum status take(struct import_run *run, const struct table_row *read)
{
    struct import_row *row = &run->row;

    run->line++;
    row->read = read;
    for (size_t i = 0; i < run->columns; i++) {
        row->cells[i] = read->cells[i].text;
        if (read->cells[i].rule != NULL)
            keep_fault(run, run->line, run->names[i], NULL, read->cells[i].raw, read->cells[i].rule);
    }
    for (size_t i = run->columns; i < run->width; i++)
        row->cells[i] = NULL;
    if (run->request->kind->row != NULL)
        TRY(run->request->kind->row(&run->batch, run, row));
    run->lines[run->count] = run->line;
    run->numbers[run->count] = read->number;
    run->cells[run->count++] = texts_text(&run->batch.arena, row->cells, run->width);
    return run->count == BATCH_ROWS || run->fault_count == BATCH_ROWS ? flush(run) : ST_OK;
}

/* Names and room for the cells of a part. */
static void lay_out(struct import_run *run, const struct import_part *part)
{
    struct arena *arena = &run->c->arena;
    size_t derived = 0;

    run->part = part;
    for (run->columns = 0; part->columns[run->columns].name != NULL;)
        run->columns++;
    while (part->derived != NULL && part->derived[derived] != NULL)
        derived++;
    run->width = run->columns + derived;
    run->names = arena_array(arena, run->width, sizeof *run->names);
    for (size_t i = 0; i < run->width; i++)
        run->names[i] = i < run->columns ? part->columns[i].name : part->derived[i - run->columns];
    run->row.part = part;
    run->row.cells = arena_array(arena, run->width, sizeof *run->row.cells);
    run->row.derived = run->row.cells + run->columns;
}

/* Stored with the part's first row, when the letters are known. */
static enum status store_layout(struct import_run *run, const struct table_row *row)
{
    const char **letters = arena_array(&run->batch.arena, run->columns, sizeof *letters);

    for (size_t i = 0; i < run->columns; i++)
        letters[i] = *row->cells[i].letter == '\0' ? NULL : row->cells[i].letter;
    return db_run(&run->batch, &q_import_layout,
                  PARAMS(SHOP(&run->batch), I64(run->id), TEXT(run->part->name),
                         TEXTS(run->names, run->columns), TEXTS(letters, run->columns)));
}

static bool has_sheet(const struct table *table, const char *sheet)
{
    for (size_t i = 0; i < table_sheet_count(table); i++)
        if (text_same(table_sheet_name(table, i), sheet))
            return true;
    return false;
}

/* ST_OK, or what is wrong with the file as a whole in `c`, which is the file's and not the batch's. `broken` when it is the
   machine that failed. */
static enum status read_part(struct ctx *c, struct import_run *run, struct table *table, bool *broken)
{
    const struct table_row *row;
    int64_t before = run->line;
    enum status status = ST_OK;

    TRY(table_sheet(c, table, run->part->sheet, run->part->columns));
    for (;;) {
        TRY(table_next(c, table, &row));
        if (row == NULL)
            break;
        run->sheet = row->sheet;
        if (run->line == before)
            status = store_layout(run, row);
        if (status == ST_OK)
            status = take(run, row);
        if (status != ST_OK) {
            *broken = true;
            return pass_up(run, status);
        }
    }
    if (run->line == before && !run->part->optional)
        return ctx_fail(
            c, ST_INVALID,
            arena_printf(&c->arena, "sheet %s",
                         run->part->sheet == NULL ? table_sheet_name(table, 0) : run->part->sheet),
            NULL, "has no row below its header");
    *broken = true;
    TRY(flush(run));
    *broken = false;
    return ST_OK;
}

/* What is no sheet of the kind would be lost in silence; the sheets that our own workbooks add say nothing to take in. A kind that
   takes the first sheet, whatever its name, takes no other. */
static enum status check_sheets(struct ctx *c, const struct import_kind *kind, const struct table *table)
{
    static const char *const ours[] = { "Notes", "What is wrong" };
    struct text names;
    size_t found = 0;

    if (table_is_csv(table) || kind->parts->sheet == NULL)
        return ST_OK;
    text_init(&names, &c->arena);
    for (const struct import_part *part = kind->parts; part->name != NULL; part++) {
        text_addf(&names, "%s%s", part == kind->parts ? "" : ", ", part->sheet);
        found += has_sheet(table, part->sheet);
    }
    for (size_t i = 0; i < table_sheet_count(table); i++) {
        const char *sheet = table_sheet_name(table, i);
        bool known = text_same(sheet, ours[0]) || text_same(sheet, ours[1]);

        for (const struct import_part *part = kind->parts; part->name != NULL; part++)
            known = known || text_same(sheet, part->sheet);
        if (!known)
            ctx_note(c, ST_INVALID, "sheet", sheet, "is none of this table's sheets, which are %s",
                     names.data);
    }
    if (found == 0)
        ctx_note(c, ST_INVALID, "sheet", NULL, "has none of this table's sheets, which are %s", names.data);
    return ctx_fault_or_ok(c);
}

static enum status read_parts(struct ctx *c, struct import_run *run, bool *broken)
{
    const struct import_request *request = run->request;
    const struct table_options options = { .formulas = request->kind->formulas };
    struct table *table;

    TRY(table_open_file(c, request->file, request->file_name, &options, &table));
    TRY(check_sheets(c, request->kind, table));
    for (const struct import_part *part = request->kind->parts; part->name != NULL; part++) {
        if (part->optional &&
            (table_is_csv(table) ? part != request->kind->parts : !has_sheet(table, part->sheet)))
            continue;
        lay_out(run, part);
        TRY(read_part(c, run, table, broken));
    }
    return ST_OK;
}

static void drop(void *run)
{
    ctx_close(&((struct import_run *)run)->batch);
}

/* The faults of the file as a whole, as noted in `file`. */
static enum status keep_file_faults(struct import_run *run, const struct ctx *file)
{
    for (size_t i = 0; i < file->fault.count; i++) {
        const struct fault_item *item = &file->fault.items[i];

        keep_fault(run, 0, NULL, item->field == NULL ? "file" : item->field, item->value, item->rule);
    }
    return flush(run);
}

enum status import_read(struct ctx *c, const struct import_request *request, int64_t id, int64_t *rows,
                        int64_t *unkept)
{
    struct import_run *run = arena_alloc(&c->arena, sizeof *run);
    struct ctx *file = arena_alloc(&c->arena, sizeof *file);
    bool broken = false;
    enum status status;

    run->c = c;
    run->request = request;
    run->id = id;
    ctx_init(&run->batch);
    arena_defer(&c->arena, drop, run);
    batch_begin(run);
    ctx_init(file);
    status = read_parts(file, run, &broken);
    if (status != ST_OK && !broken)
        status = keep_file_faults(run, file);
    ctx_close(file);
    *rows = run->line;
    *unkept = run->unkept;
    return status;
}
