/* Rows to JSON, member by column; and the parameters of data routes, as routes.h describes them. */
#include "api/read.h"

#include <string.h>

#include "api/internal.h"

void json_put_row(struct json_writer *w, const char *key, const struct rows *rows, size_t row)
{
    json_open_object(w, key);
    for (size_t i = 0; i < rows_width(rows); i++) {
        const char *name = rows_name(rows, i), *cell = rows_cell(rows, row, i);
        struct instant instant;

        if (cell == NULL) {
            json_null(w, name);
            continue;
        }
        switch (rows_type(rows, i)) {
        case DB_NUMBER:
        case DB_JSON:
            json_raw(w, name, cell);
            break;
        case DB_BOOL:
            json_bool(w, name, *cell == 't');
            break;
        case DB_INSTANT:
            if (instant_parse(cell, &instant))
                json_instant(w, name, instant);
            else
                json_text(w, name, cell);
            break;
        case DB_TEXT:
        case DB_DATE:
            json_text(w, name, cell);
            break;
        }
    }
    json_close_object(w);
}

void json_put_rows(struct json_writer *w, const char *key, const struct rows *rows)
{
    json_open_list(w, key);
    for (size_t i = 0; i < rows_count(rows); i++)
        json_put_row(w, NULL, rows, i);
    json_close_list(w);
}

enum status reply_read(struct ctx *c, struct reply *out, enum route_kind kind, const struct rows *rows)
{
    struct json_writer *w;

    if (kind == ROUTE_ROW && rows_count(rows) == 0)
        return ctx_fail(c, ST_NOT_FOUND, NULL, NULL, "there is no such thing");
    w = reply_json(c, out);
    if (kind == ROUTE_ROW) {
        json_put_row(w, NULL, rows, 0);
        return ST_OK;
    }
    json_open_object(w, NULL);
    json_put_rows(w, "rows", rows);
    json_close_object(w);
    return ST_OK;
}

enum status reply_row(struct ctx *c, struct reply *out, const struct query *query, const struct param *params,
                      size_t count)
{
    const struct rows *rows;

    TRY(db_rows(c, query, params, count, &rows));
    return reply_read(c, out, ROUTE_ROW, rows);
}

enum status reply_rows(struct ctx *c, struct reply *out, const struct query *query,
                       const struct param *params, size_t count)
{
    const struct rows *rows;

    TRY(db_rows(c, query, params, count, &rows));
    return reply_read(c, out, ROUTE_ROWS, rows);
}

enum status json_rows(struct ctx *c, struct json_writer *w, const char *key, const struct query *query,
                      const struct param *params, size_t count)
{
    const struct rows *rows;

    TRY(db_rows(c, query, params, count, &rows));
    json_put_rows(w, key, rows);
    return ST_OK;
}

enum status json_row(struct ctx *c, struct json_writer *w, const char *key, const struct query *query,
                     const struct param *params, size_t count)
{
    const struct rows *rows;

    TRY(db_rows(c, query, params, count, &rows));
    if (rows_count(rows) == 0)
        json_null(w, key);
    else
        json_put_row(w, key, rows, 0);
    return ST_OK;
}

/* One word of `from`: where a parameter comes from and how it is read. */
static struct param param_from(struct request *in, const char *word)
{
    const char *dot = strchr(word, '.');
    const char *type = dot == NULL ? "" : dot + 1;
    const char *name = arena_text_n(&in->c->arena, word + 1, strcspn(word + 1, "."));

    if (strcmp(word, "shop") == 0)
        return SHOP(in->c);
    if (strcmp(word, "user") == 0)
        return USER(in->c);
    if (*word == ':')
        return strcmp(type, "text") == 0 ? TEXT(in_path_text(in, name)) : I64(in_path_id(in, name));
    if (in_query_text_or(in, name, QUERY_TEXT_LONGEST, NULL) == NULL)
        return NONE();
    if (strcmp(type, "int") == 0)
        return I64(in_query_i64_or(in, name, 0, INT64_MAX, 0));
    if (strcmp(type, "date") == 0)
        return DATE(in_query_date_or(in, name, DATE_NONE));
    if (strcmp(type, "bool") == 0)
        return BOOL(in_query_bool_or(in, name, false));
    return TEXT(in_query_text_or(in, name, QUERY_TEXT_LONGEST, NULL));
}

enum status params_from(struct request *in, struct param **params, size_t *n)
{
    size_t capacity = 0;

    *params = NULL;
    *n = 0;
    for (const char *at = in->route->from; *at != '\0';) {
        size_t size = strcspn(at, " ");

        *params = arena_grow(&in->c->arena, *params, *n, &capacity, sizeof **params);
        (*params)[(*n)++] = param_from(in, arena_text_n(&in->c->arena, at, size));
        at += size;
        at += strspn(at, " ");
    }
    return in_end(in);
}
