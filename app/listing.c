/* One way to print the rows of a statement for a person. */
#include "listing.h"

#include <stdlib.h>
#include <string.h>

#include "api/read.h"
#include "base/quantity.h"
#include "compound.h"

static void write_json(struct text *out, const struct rows *rows)
{
    struct json_writer w;

    json_init(&w, out);
    json_open_object(&w, NULL);
    json_put_rows(&w, "rows", rows);
    json_close_object(&w);
    text_add(out, "\n");
}

static const char *cell_text(struct ctx *c, const struct rows *rows, size_t row,
                             const struct list_column *column)
{
    const char *text = rows_named(rows, row, column->name), *unit;

    if (text == NULL)
        return "-";
    switch (column->kind) {
    case LIST_TEXT:
        break;
    case LIST_AMOUNT:
        unit = rows_named(rows, row, "unit");
        if (unit != NULL && strcmp(unit, "mg") == 0)
            return weight_text(&c->arena, (struct weight){ strtoll(text, NULL, 10) });
        break;
    case LIST_WEIGHT:
        return weight_text(&c->arena, (struct weight){ strtoll(text, NULL, 10) });
    case LIST_YES_NO:
        return *text == 't' ? "yes" : "no";
    case LIST_MONEY:
        return money_text(&c->arena, (struct money){ strtoll(text, NULL, 10) });
    }
    return text;
}

enum status list_show(struct ctx *c, const struct called *in, const struct query *query,
                      const struct param *params, size_t count, const struct list_column *columns)
{
    const struct rows *rows;

    TRY(db_rows(c, query, params, count, &rows));
    if (argument_given(in->in, "--json")) {
        write_json(in->out, rows);
        return ST_OK;
    }
    for (const struct list_column *column = columns; column->title != NULL; column++)
        compound_column(in->out, column->title, column[1].title == NULL ? 0 : column->columns);
    text_add(in->out, "\n");
    for (size_t i = 0; i < rows_count(rows); i++) {
        for (const struct list_column *column = columns; column->title != NULL; column++)
            compound_column(in->out, cell_text(c, rows, i, column),
                            column[1].title == NULL ? 0 : column->columns);
        text_add(in->out, "\n");
    }
    return ST_OK;
}
