/* The CSV reader: rows or a fault, and each cell that is a number lies within its type. */
#include <stdlib.h>

#include "fuzz/fuzz.h"
#include "intake/csv.h"

const char *const fuzz_seeds[] = {
    "name,count,weight,expires\nDang Gui,3,9000,2027-03\n\"a \"\"quoted\"\" name\",-1,,\n",
    "name,count,weight,expires,more\r\n当归,0,1,2028-02-29,x\r\n",
    NULL,
};

struct row {
    const char *name;
    int count;
    struct weight weight;
    struct date expires;
};

static const struct column columns[] = {
    COLUMN(struct row, name),
    COLUMN(struct row, count),
    COLUMN(struct row, weight),
    COLUMN(struct row, expires),
    COLUMNS_END,
};

void fuzz_one(struct ctx *c, const char *data, size_t size)
{
    void *rows;
    size_t count;
    enum status status =
        csv_read(c, "fuzz.csv", data, size, columns, "expires", sizeof(struct row), &rows, &count);

    if (status != ST_OK && c->fault.count == 0)
        abort();
    if (status == ST_OK)
        for (size_t i = 0; i < count; i++)
            if (((const struct row *)rows)[i].name == NULL)
                abort();
}
