/* Readers of a request's path, query, headers and body. */
#include "http/request.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

/* A decimal whole number and nothing else, within the bounds. */
static bool whole_number(const char *text, int64_t least, int64_t most, int64_t *number)
{
    char *end;
    long long value;

    if (text[strspn(text, "-0123456789")] != '\0' || *text == '\0')
        return false;
    errno = 0;
    value = strtoll(text, &end, 10);
    if (errno != 0 || *end != '\0' || value < least || value > most)
        return false;
    *number = value;
    return true;
}

const char *in_path_text(struct request *in, const char *name)
{
    for (size_t i = 0; i < in->part_count; i++)
        if (strcmp(in->parts[i].name, name) == 0)
            return in->parts[i].text;
    return "";
}

int64_t in_path_id(struct request *in, const char *name)
{
    const char *text = in_path_text(in, name);
    int64_t id = 0;

    if (!whole_number(text, 1, INT64_MAX, &id))
        ctx_note(in->c, ST_INVALID, name, text, "must be a whole number from 1");
    return id;
}

/* The parameter's value, marked as read; NULL when absent or empty. A repeated one is noted. */
static const char *parameter(struct request *in, const char *name)
{
    const char *value = NULL;

    for (size_t i = 0; i < in->query_count; i++) {
        struct pair *pair = &in->query[i];

        if (strcmp(pair->name, name) != 0)
            continue;
        if (value != NULL)
            ctx_note(in->c, ST_INVALID, name, pair->value, "must be given once");
        pair->read = true;
        value = pair->value;
    }
    return value == NULL || *value == '\0' ? NULL : value;
}

const char *in_query_text_or(struct request *in, const char *name, size_t longest, const char *absent)
{
    const char *value = parameter(in, name);

    if (value == NULL)
        return absent;
    if (utf8_length(value) <= longest)
        return value;
    ctx_note(in->c, ST_INVALID, name, NULL, "must be at most %zu characters long", longest);
    return "";
}

const char *in_query_text(struct request *in, const char *name, size_t longest)
{
    const char *value = in_query_text_or(in, name, longest, NULL);

    if (value != NULL)
        return value;
    ctx_note(in->c, ST_INVALID, name, NULL, "is required");
    return "";
}

int64_t in_query_i64_or(struct request *in, const char *name, int64_t least, int64_t most, int64_t absent)
{
    const char *value = parameter(in, name);
    int64_t number = absent;

    if (value != NULL && !whole_number(value, least, most, &number))
        ctx_note(in->c, ST_INVALID, name, value, "must be a whole number from %lld to %lld", (long long)least,
                 (long long)most);
    return number;
}

bool in_query_bool_or(struct request *in, const char *name, bool absent)
{
    const char *value = parameter(in, name);

    if (value == NULL)
        return absent;
    if (strcmp(value, "true") != 0 && strcmp(value, "false") != 0)
        ctx_note(in->c, ST_INVALID, name, value, "must be true or false");
    return strcmp(value, "true") == 0;
}

struct date in_query_date_or(struct request *in, const char *name, struct date absent)
{
    const char *value = parameter(in, name);
    struct date date;

    if (value == NULL)
        return absent;
    if (date_parse(value, &date))
        return date;
    ctx_note(in->c, ST_INVALID, name, value, "must be a date like 2027-03-31");
    return absent;
}

int in_query_word_or(struct request *in, const char *name, const char *const *words, int absent)
{
    const char *value = parameter(in, name);
    const char *list = "";

    if (value == NULL && absent >= 0)
        return absent;
    for (int i = 0; words[i] != NULL; i++) {
        if (value != NULL && strcmp(words[i], value) == 0)
            return i;
        list = arena_printf(&in->c->arena, "%s%s%s", list, i == 0 ? "" : ", ", words[i]);
    }
    ctx_note(in->c, ST_INVALID, name, value, "must be one of %s", list);
    return 0;
}

enum status in_body(struct request *in, struct json_object **body)
{
    TRY(json_parse_object(in->c, in->data, in->size, &in->body));
    *body = in->body;
    return ST_OK;
}

const char *in_data(const struct request *in, size_t *size)
{
    *size = in->size;
    return in->data;
}

const char *in_header(const struct request *in, const char *name)
{
    for (size_t i = 0; i < in->header_count; i++)
        if (strcasecmp(in->headers[i].name, name) == 0)
            return in->headers[i].value;
    return NULL;
}

const char *in_cookie(const struct request *in, const char *name)
{
    const char *at = in_header(in, "Cookie");
    size_t size = strlen(name);

    while (at != NULL && *at != '\0') {
        at += strspn(at, " ;");
        if (strncmp(at, name, size) == 0 && at[size] == '=')
            return arena_text_n(&in->c->arena, at + size + 1, strcspn(at + size + 1, "; "));
        at += strcspn(at, ";");
    }
    return NULL;
}

/* A body where none is wanted: "{}" is let pass, because many clients send it. */
static void refuse_unread_body(struct request *in)
{
    struct json_object *body;

    if (in->size == 0 || in->route->media == MEDIA_ANY)
        return;
    if (in_body(in, &body) == ST_OK && json_end(body) != ST_OK)
        ctx_note(in->c, ST_INVALID, "body", NULL, "is not expected here");
}

enum status in_end(struct request *in)
{
    for (size_t i = 0; i < in->query_count; i++)
        if (!in->query[i].read)
            ctx_note(in->c, ST_INVALID, in->query[i].name, in->query[i].value, "is not a known parameter");
    if (in->body == NULL)
        refuse_unread_body(in);
    else if (json_end(in->body) != ST_OK)
        return in->c->fault.status;
    return ctx_fault_or_ok(in->c);
}
