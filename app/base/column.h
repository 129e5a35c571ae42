/* Rows of text mapped to structs by data, not code. A database row and a line of a CSV file are both "a cell by
   column name", so one column table serves both. */
#ifndef YAOFANG_BASE_COLUMN_H
#define YAOFANG_BASE_COLUMN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"
#include "base/date.h"
#include "base/quantity.h"

/* How a cell is read into a field; chosen by the field's C type.
   const char *   the text itself (not copied); "" when the cell is NULL
   int, int64_t   decimal; 0 when NULL.   bool  t/true/yes, f/false/no; false when NULL
   struct date    DATE_NONE when NULL.    struct instant  us 0 when NULL
   struct weight  integer milligrams.     struct money  integer cents.    struct ratio  "5", "1.5", "5:1" */
enum column_kind {
    COLUMN_TEXT,
    COLUMN_INT,
    COLUMN_I64,
    COLUMN_BOOL,
    COLUMN_DATE,
    COLUMN_INSTANT,
    COLUMN_WEIGHT,
    COLUMN_MONEY,
    COLUMN_RATIO
};

#define KIND_OF(field) \
    _Generic((field),                                                                                        \
        const char *: COLUMN_TEXT,                                                                           \
        int: COLUMN_INT,                                                                                     \
        int64_t: COLUMN_I64,                                                                                 \
        bool: COLUMN_BOOL,                                                                                   \
        struct date: COLUMN_DATE,                                                                            \
        struct instant: COLUMN_INSTANT,                                                                      \
        struct weight: COLUMN_WEIGHT,                                                                        \
        struct money: COLUMN_MONEY,                                                                          \
        struct ratio: COLUMN_RATIO)

struct column {
    const char *name;
    size_t offset;
    enum column_kind kind;
};

/* The column is called as the field; COLUMN_NAMED says otherwise. A table ends with COLUMNS_END. */
#define COLUMN(type, field) \
    { \
#field, offsetof(type, field), KIND_OF(((type *)0)->field) \
    }
#define COLUMN_NAMED(type, field, name) \
    { \
        name, offsetof(type, field), KIND_OF(((type *)0)->field) \
    }
#define COLUMNS_END \
    { \
        NULL, 0, COLUMN_TEXT \
    }

/* Reads `cell` (NULL for SQL NULL; for CSV pass NULL for an empty cell) into the field of `row`. The text is kept,
   not copied: it must live as long as the row. Fails with ST_INVALID naming the column, the value and the rule. */
enum status column_read(struct ctx *c, const struct column *column, const char *cell, void *row) MUST_CHECK;

#endif
