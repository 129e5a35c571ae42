/* What a label says, from the JSON it is stored as. Read here and not by a statement each: a thousand labels would be three thousand
   round trips. */
#include <string.h>

#include "print/label_job.h"
#include "json/json_value.h"

/* A member as a cell of a row: a text, a number's digits, NULL for anything else. */
static const char *cell_of(struct ctx *c, const struct json_value *object, const char *name)
{
    const char *text = value_get_text(object, name);

    return text != NULL ? text : value_get_decimal(&c->arena, object, name);
}

static enum status read_row(struct ctx *c, const struct json_value *object, const struct column *columns,
                            void *row)
{
    for (; columns->name != NULL; columns++)
        TRY(column_read(c, columns, cell_of(c, object, columns->name), row));
    return ST_OK;
}

static size_t count_of(const struct json_value *list)
{
    size_t n = 0;

    for (const struct json_value *at = value_first(list); at != NULL; at = value_next(at))
        n++;
    return n;
}

static enum status read_ingredients(struct ctx *c, const struct json_value *list,
                                    struct label_content *content)
{
    struct label_ingredient *rows = arena_array(&c->arena, count_of(list) + 1, sizeof *rows);
    struct label_ingredient *row = rows;

    for (const struct json_value *at = value_first(list); at != NULL; at = value_next(at))
        TRY(read_row(c, at, label_ingredient_columns, row++));
    content->ingredients = rows;
    content->ingredient_count = (size_t)(row - rows);
    return ST_OK;
}

static enum status read_lines(struct ctx *c, const struct json_value *list, const struct label_line **lines,
                              size_t *count)
{
    struct label_line *rows = arena_array(&c->arena, count_of(list) + 1, sizeof *rows);
    struct label_line *row = rows;

    for (const struct json_value *at = value_first(list); at != NULL; at = value_next(at))
        TRY(read_row(c, at, label_line_columns, row++));
    *lines = rows;
    *count = (size_t)(row - rows);
    return ST_OK;
}

/* The lists of work sheets, which stand under `lists` by their names. */
static enum status read_lists(struct ctx *c, const struct json_value *named, struct label_content *content)
{
    struct label_list *lists;
    size_t n = 0;

    for (const struct json_value *at = value_members(named); at != NULL; at = value_next(at))
        n++;
    lists = arena_array(&c->arena, n + 1, sizeof *lists);
    n = 0;
    for (const struct json_value *at = value_members(named); at != NULL; at = value_next(at), n++) {
        lists[n].name = value_key(at);
        TRY(read_lines(c, at, &lists[n].lines, &lists[n].count));
    }
    content->lists = lists;
    content->list_count = n;
    return ST_OK;
}

enum status label_content_read(struct ctx *c, const char *json, int copy_no, struct label_content *content)
{
    const struct json_value *stored;
    struct json_object *object;

    *content = (struct label_content){ 0 };
    TRY(json_parse_object(c, json, strlen(json), &object));
    stored = json_value_of(object);
    TRY(read_row(c, stored, label_content_columns, content));
    content->copy_no = copy_no;
    TRY(read_ingredients(c, value_get(stored, "ingredients"), content));
    TRY(read_lines(c, value_get(stored, "directions"), &content->directions, &content->direction_count));
    TRY(read_lines(c, value_get(stored, "warnings"), &content->warnings, &content->warning_count));
    return read_lists(c, value_get(stored, "lists"), content);
}
