/* How fast tables come in: the file named on the command line, read to its end. Prints rows, milliseconds and memory. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "intake/table.h"

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1000 + (double)t.tv_nsec * 1e-6;
}

static const struct table_column columns[] = {
    { "sku", NULL, TABLE_TEXT, TABLE_FILLED, NULL },
    { "lot", NULL, TABLE_TEXT, TABLE_FILLED, NULL },
    { "counted_mg", NULL, TABLE_GRAMS, TABLE_FILLED, NULL },
    { "price", NULL, TABLE_MONEY, TABLE_FILLED, NULL },
    { "expires", NULL, TABLE_DATE, TABLE_FILLED, NULL },
    { "form", NULL, TABLE_WORD, TABLE_FILLED, "raw|granule" },
    { "toxic", NULL, TABLE_YES_NO, TABLE_FILLED, NULL },
    { "pieces", NULL, TABLE_INTEGER, TABLE_FILLED, NULL },
    { "a", NULL, TABLE_TEXT, TABLE_FILLED, NULL },
    { "b", NULL, TABLE_DECIMAL, TABLE_FILLED, NULL },
    { "c", NULL, TABLE_TEXT, TABLE_FILLED, NULL },
    { "d", NULL, TABLE_INTEGER, TABLE_FILLED, NULL },
    { NULL, NULL, TABLE_TEXT, TABLE_OPTIONAL, NULL },
};

static enum status read_all(struct ctx *c, const char *path, size_t *rows)
{
    const struct table_row *row;
    struct table *table;

    TRY(table_open_path(c, path, path, NULL, &table));
    TRY(table_sheet(c, table, NULL, columns));
    for (*rows = 0;; (*rows)++) {
        TRY(table_next(c, table, &row));
        if (row == NULL)
            return ST_OK;
        if (row->wrong > 0)
            return ctx_fail(c, ST_INVALID, path, NULL, "row %lld is wrong", (long long)row->number);
    }
}

int main(int argc, char **argv)
{
    struct rusage usage;
    double start = now();
    struct ctx c;
    size_t rows = 0;
    enum status status;

    if (argc < 2)
        return 2;
    ctx_init(&c);
    status = read_all(&c, argv[1], &rows);
    if (status != ST_OK)
        fprintf(stderr, "%s: %s\n", c.fault.items[0].field, c.fault.items[0].rule);
    (void)getrusage(RUSAGE_SELF, &usage);
    printf("rows %zu\nmilliseconds %.0f\nmemory_mib %ld\n", rows, now() - start, usage.ru_maxrss / 1024);
    ctx_close(&c);
    return status == ST_OK ? 0 : 1;
}
