/* One cell into one field, by the field's kind. */
#include "base/column.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static bool read_i64(const char *cell, int64_t *number)
{
    char *end;

    errno = 0;
    *number = strtoll(cell, &end, 10);
    return errno == 0 && end != cell && *end == '\0';
}

static bool read_bool(const char *cell, bool *flag)
{
    *flag = text_same(cell, "t") || text_same(cell, "true") || text_same(cell, "yes");
    return *flag || text_same(cell, "f") || text_same(cell, "false") || text_same(cell, "no");
}

static bool read_int(const char *cell, int *number)
{
    int64_t wide;

    if (!read_i64(cell, &wide) || wide > INT_MAX || wide < INT_MIN)
        return false;
    *number = (int)wide;
    return true;
}

/* What a field holds when the cell is NULL, whatever it held before. */
static void set_absent(const struct column *column, void *field)
{
    switch (column->kind) {
    case COLUMN_TEXT:
        *(const char **)field = "";
        break;
    case COLUMN_INT:
        *(int *)field = 0;
        break;
    case COLUMN_I64:
    case COLUMN_INSTANT:
    case COLUMN_WEIGHT:
    case COLUMN_MONEY:
        memset(field, 0, sizeof(int64_t));
        break;
    case COLUMN_BOOL:
        *(bool *)field = false;
        break;
    case COLUMN_DATE:
        *(struct date *)field = DATE_NONE;
        break;
    case COLUMN_RATIO:
        *(struct ratio *)field = (struct ratio){ 0 };
        break;
    }
}

enum status column_read(struct ctx *c, const struct column *column, const char *cell, void *row)
{
    void *field = (char *)row + column->offset;
    const char *rule = NULL;

    if (cell == NULL) {
        set_absent(column, field);
        return ST_OK;
    }
    switch (column->kind) {
    case COLUMN_TEXT:
        *(const char **)field = cell;
        break;
    case COLUMN_INT:
        rule = read_int(cell, field) ? NULL : "must be a whole number";
        break;
    case COLUMN_I64:
        rule = read_i64(cell, field) ? NULL : "must be a whole number";
        break;
    case COLUMN_BOOL:
        rule = read_bool(cell, field) ? NULL : "must be yes or no";
        break;
    case COLUMN_DATE:
        rule = date_parse(cell, field) ? NULL : "must be a date like 2027-03-31";
        break;
    case COLUMN_INSTANT:
        rule = instant_parse(cell, field) ? NULL : "must be a UTC time like 2026-11-21T23:05:00Z";
        break;
    case COLUMN_WEIGHT:
        rule = read_i64(cell, &((struct weight *)field)->mg) ? NULL : "must be whole milligrams";
        break;
    case COLUMN_MONEY:
        rule = read_i64(cell, &((struct money *)field)->cents) ? NULL : "must be whole cents";
        break;
    case COLUMN_RATIO:
        rule = ratio_parse(cell, field) ? NULL : "must be a ratio like 5, 1.5 or 5:1";
        break;
    }
    if (rule != NULL)
        return ctx_fail(c, ST_INVALID, column->name, cell, "%s", rule);
    return ST_OK;
}
