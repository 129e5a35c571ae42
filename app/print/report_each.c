/* Sheets that only the data knows: which there are, and of what columns; and what a report's own statement finds wrong with its
   parameters. */
#include <string.h>

#include "base/column.h"
#include "print/renderer.h"

struct listed {
    const char *key, *name, *summary;
};
static const struct column listed_columns[] = {
    COLUMN(struct listed, key),
    COLUMN(struct listed, name),
    COLUMN(struct listed, summary),
    COLUMNS_END,
};

struct named {
    const char *heading, *kind, *meaning;
};
static const struct column named_columns[] = {
    COLUMN(struct named, heading),
    COLUMN(struct named, kind),
    COLUMN(struct named, meaning),
    COLUMNS_END,
};

struct wrong {
    const char *field, *value, *rule;
};
static const struct column wrong_columns[] = {
    COLUMN(struct wrong, field),
    COLUMN(struct wrong, value),
    COLUMN(struct wrong, rule),
    COLUMNS_END,
};

/* The columns of a page: see struct report_each. */
static const struct report_column page_columns[] = {
    { "what", "", REPORT_TEXT, false, "" },
    { "tone", "", REPORT_TEXT, false, "" },
    { "a", "", REPORT_TEXT, false, "" },
    { "b", "", REPORT_TEXT, false, "" },
    { "c", "", REPORT_TEXT, false, "" },
    { "d", "", REPORT_TEXT, false, "" },
    { .key = NULL },
};

static enum report_kind kind_of(const char *word)
{
    if (strcmp(word, "integer") == 0)
        return REPORT_INTEGER;
    return strcmp(word, "date") == 0 ? REPORT_DATE : REPORT_TEXT;
}

static enum status read_columns(struct ctx *c, const struct report_each *each, const struct param *params,
                                size_t count, struct report_sheet *sheet)
{
    struct report_column *columns;
    struct named *named;
    size_t n;

    sheet->columns = page_columns;
    sheet->page = each->columns == NULL;
    if (sheet->page)
        return ST_OK;
    TRY(db_all(c, each->columns, params, count, named_columns, sizeof *named, &named, &n));
    columns = arena_array(&c->arena, n + 1, sizeof *columns);
    for (size_t i = 0; i < n; i++)
        columns[i] = (struct report_column){ .key = named[i].heading,
                                             .heading = named[i].heading,
                                             .kind = kind_of(named[i].kind),
                                             .meaning = named[i].meaning };
    sheet->columns = columns;
    sheet->by_place = true;
    return ST_OK;
}

enum status report_find_sheets(struct ctx *c, const struct report *report, const struct param *params,
                               size_t param_count, struct report_found **found, size_t *count)
{
    struct param *with_key = arena_array(&c->arena, param_count + 1, sizeof *with_key);
    struct report_sheet *sheets;
    struct listed *list;

    *count = 0;
    *found = NULL;
    if (report->each == NULL)
        return ST_OK;
    TRY(db_all(c, report->each->list, params, param_count, listed_columns, sizeof *list, &list, count));
    *found = arena_array(&c->arena, *count, sizeof **found);
    sheets = arena_array(&c->arena, *count, sizeof *sheets);
    memcpy(with_key, params, param_count * sizeof *params);
    for (size_t i = 0; i < *count; i++) {
        sheets[i] = (struct report_sheet){
            .name = list[i].name, .summary = list[i].summary, .query = report->each->rows, .unnoted = true
        };
        with_key[param_count] = TEXT(list[i].key);
        TRY(read_columns(c, report->each, with_key, param_count + 1, &sheets[i]));
        (*found)[i] = (struct report_found){ &sheets[i], list[i].key };
    }
    return ST_OK;
}

enum status report_check_arguments(struct ctx *c, const struct report *report, const struct param *params,
                                   size_t param_count)
{
    struct wrong *wrong;
    size_t count;

    if (report->check == NULL)
        return ST_OK;
    TRY(db_all(c, report->check, params, param_count, wrong_columns, sizeof *wrong, &wrong, &count));
    for (size_t i = 0; i < count; i++)
        ctx_note(c, ST_INVALID, wrong[i].field, wrong[i].value, "%s", wrong[i].rule);
    return ctx_fault_or_ok(c);
}
