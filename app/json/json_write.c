/* Writing JSON as it is said. */
#include "json/json_write.h"

#include <string.h>

void json_init(struct json_writer *w, struct text *out)
{
    *w = (struct json_writer){ .out = out };
}

static void quoted(struct text *out, const char *value)
{
    const char *run = value;

    text_add_char(out, '"');
    for (; *value != '\0'; value++) {
        unsigned char b = (unsigned char)*value;

        if (b >= 0x20 && b != '"' && b != '\\')
            continue;
        text_add_n(out, run, (size_t)(value - run));
        run = value + 1;
        if (b == '"' || b == '\\')
            text_addf(out, "\\%c", b);
        else if (b == '\n')
            text_add(out, "\\n");
        else
            text_addf(out, "\\u%04x", b);
    }
    text_add_n(out, run, (size_t)(value - run));
    text_add_char(out, '"');
}

static void member(struct json_writer *w, const char *key)
{
    if (w->comma)
        text_add_char(w->out, ',');
    w->comma = true;
    if (key != NULL) {
        quoted(w->out, key);
        text_add_char(w->out, ':');
    }
}

static void open(struct json_writer *w, const char *key, char bracket)
{
    member(w, key);
    text_add_char(w->out, bracket);
    w->comma = false;
}

static void close(struct json_writer *w, char bracket)
{
    text_add_char(w->out, bracket);
    w->comma = true;
}

void json_open_object(struct json_writer *w, const char *key)
{
    open(w, key, '{');
}

void json_close_object(struct json_writer *w)
{
    close(w, '}');
}

void json_open_list(struct json_writer *w, const char *key)
{
    open(w, key, '[');
}

void json_close_list(struct json_writer *w)
{
    close(w, ']');
}

void json_text(struct json_writer *w, const char *key, const char *value)
{
    member(w, key);
    if (value == NULL)
        text_add(w->out, "null");
    else
        quoted(w->out, value);
}

void json_i64(struct json_writer *w, const char *key, int64_t value)
{
    member(w, key);
    text_add_i64(w->out, value);
}

void json_bool(struct json_writer *w, const char *key, bool value)
{
    json_raw(w, key, value ? "true" : "false");
}

void json_null(struct json_writer *w, const char *key)
{
    json_raw(w, key, "null");
}

void json_weight(struct json_writer *w, const char *key, struct weight value)
{
    json_i64(w, key, value.mg);
}

void json_money(struct json_writer *w, const char *key, struct money value)
{
    json_i64(w, key, value.cents);
}

void json_date(struct json_writer *w, const char *key, struct date value)
{
    json_text(w, key, date_is_none(value) ? NULL : date_text(w->out->arena, value));
}

void json_instant(struct json_writer *w, const char *key, struct instant value)
{
    json_text(w, key, value.us == 0 ? NULL : instant_text(w->out->arena, value));
}

void json_text_list(struct json_writer *w, const char *key, const char *parts)
{
    size_t n;
    char **part = text_split(w->out->arena, parts, ';', &n);

    json_open_list(w, key);
    for (size_t i = 0; i < n; i++)
        json_text(w, NULL, part[i]);
    json_close_list(w);
}

void json_raw(struct json_writer *w, const char *key, const char *json)
{
    member(w, key);
    text_add(w->out, json);
}
