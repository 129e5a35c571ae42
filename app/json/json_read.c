/* Reading JSON objects by key over cJSON, noting every fault. cJSON keeps numbers as doubles: whole numbers are
   accepted only within 2^53, where a double is exact, and duplicate keys, which it would accept, are refused. */
#include "json/json_read.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "json/json_value.h"

struct json_object {
    struct ctx *c;
    const cJSON *node;
    const char *path; /* "" at the top */
    bool *seen;       /* by position of the member */
    struct json_object *children;
    struct json_object *next; /* sibling in the parent's list of children */
};

#define EXACT_LIMIT INT64_C(9007199254740992)

static void delete_tree(void *tree)
{
    cJSON_Delete(tree);
}

static struct json_object *wrap(struct ctx *c, const cJSON *node, const char *path,
                                struct json_object *parent)
{
    struct json_object *object = arena_alloc(&c->arena, sizeof *object);

    *object = (struct json_object){
        .c = c,
        .node = node,
        .path = path,
        .seen = arena_array(&c->arena, (size_t)cJSON_GetArraySize(node) + 1, sizeof(bool)),
    };
    if (parent != NULL) {
        object->next = parent->children;
        parent->children = object;
    }
    return object;
}

const char *json_path(struct json_object *in, const char *key)
{
    return *in->path == '\0' ? key : arena_printf(&in->c->arena, "%s.%s", in->path, key);
}

/* The nesting depth of brackets outside strings, so that cJSON never recurses further than we allow. */
static size_t depth_of(const char *data, size_t size)
{
    size_t depth = 0, deepest = 0;
    bool in_string = false;

    for (size_t i = 0; i < size; i++) {
        if (in_string) {
            if (data[i] == '\\')
                i++;
            else if (data[i] == '"')
                in_string = false;
        } else if (data[i] == '"') {
            in_string = true;
        } else if (data[i] == '{' || data[i] == '[') {
            if (++depth > deepest)
                deepest = depth;
        } else if ((data[i] == '}' || data[i] == ']') && depth > 0) {
            depth--;
        }
    }
    return deepest;
}

static enum status refuse_duplicates(struct ctx *c, const cJSON *node, const char *path)
{
    const cJSON *child;

    /* Names are compared with each other: without a bound, one body of a megabyte would keep a thread busy for half a minute. */
    if (cJSON_IsObject(node) && cJSON_GetArraySize(node) > JSON_MAX_MEMBERS)
        return ctx_fail(c, ST_MALFORMED, *path == '\0' ? "body" : path, NULL,
                        "must have at most %d members in one object", JSON_MAX_MEMBERS);
    cJSON_ArrayForEach(child, node)
    {
        if (cJSON_IsObject(node))
            for (const cJSON *other = child->next; other != NULL; other = other->next)
                if (strcmp(child->string, other->string) == 0)
                    return ctx_fail(c, ST_MALFORMED, *path == '\0' ? child->string : path, child->string,
                                    "must not appear twice in one object");
        if (cJSON_IsObject(child) || cJSON_IsArray(child))
            TRY(refuse_duplicates(c, child, child->string == NULL ? path : child->string));
    }
    return ST_OK;
}

/* Whether the text holds \u0000, which cJSON would turn into an early end. */
static bool has_escaped_nul(const char *data, size_t size)
{
    for (size_t i = 0; i + 5 < size; i++) {
        if (data[i] != '\\')
            continue;
        if (memcmp(data + i, "\\u0000", 6) == 0)
            return true;
        i++;
    }
    return false;
}

enum status json_parse_object(struct ctx *c, const char *data, size_t size, struct json_object **object)
{
    const char *end = NULL;
    cJSON *tree;

    if (!utf8_valid(data, size))
        return ctx_fail(c, ST_MALFORMED, "body", NULL, "must be valid UTF-8 without NUL");
    if (has_escaped_nul(data, size))
        return ctx_fail(c, ST_MALFORMED, "body", "\\u0000", "must not hold the character NUL");
    if (depth_of(data, size) > JSON_MAX_DEPTH)
        return ctx_fail(c, ST_MALFORMED, "body", NULL, "must not nest deeper than %d", JSON_MAX_DEPTH);
    tree = cJSON_ParseWithLengthOpts(data, size, &end, false);
    if (tree == NULL)
        return ctx_fail(c, ST_MALFORMED, "body", NULL, "must be JSON; it stops making sense at byte %zu",
                        end == NULL ? (size_t)0 : (size_t)(end - data));
    arena_defer(&c->arena, delete_tree, tree);
    while (end < data + size && (*end == ' ' || *end == '\n' || *end == '\r' || *end == '\t'))
        end++;
    if (end != data + size)
        return ctx_fail(c, ST_MALFORMED, "body", NULL, "must be one JSON value; more follows at byte %zu",
                        (size_t)(end - data));
    if (!cJSON_IsObject(tree))
        return ctx_fail(c, ST_MALFORMED, "body", NULL, "must be a JSON object");
    TRY(refuse_duplicates(c, tree, ""));
    *object = wrap(c, tree, "", NULL);
    return ST_OK;
}

/* The member called `key`, marked as read; NULL when absent or null. */
static const cJSON *member(struct json_object *in, const char *key)
{
    const cJSON *child;
    size_t i = 0;

    cJSON_ArrayForEach(child, in->node)
    {
        if (strcmp(child->string, key) == 0) {
            in->seen[i] = true;
            return cJSON_IsNull(child) ? NULL : child;
        }
        i++;
    }
    return NULL;
}

/* The value as it stood, for an error; long ones are cut. */
static const char *shown(struct json_object *in, const cJSON *node)
{
    char *printed = cJSON_PrintUnformatted(node);
    char *copy;

    if (printed == NULL)
        arena_out_of_memory();
    copy = arena_text_n(&in->c->arena, printed, strnlen(printed, 80));
    cJSON_free(printed);
    for (size_t size = strlen(copy); size > 0 && !utf8_valid(copy, size); size--)
        copy[size - 1] = '\0';
    return copy;
}

static void missing(struct json_object *in, const char *key)
{
    ctx_note(in->c, ST_INVALID, json_path(in, key), NULL, "is required");
}

static const char *text_of(struct json_object *in, const char *path, const cJSON *node, size_t longest)
{
    if (!cJSON_IsString(node)) {
        ctx_note(in->c, ST_INVALID, path, shown(in, node), "must be text");
        return "";
    }
    if (*node->valuestring == '\0' || utf8_length(node->valuestring) > longest) {
        ctx_note(in->c, ST_INVALID, path, shown(in, node), "must be 1 to %zu characters long", longest);
        return "";
    }
    return node->valuestring;
}

const char *json_get_text_or(struct json_object *in, const char *key, size_t longest, const char *absent)
{
    const cJSON *node = member(in, key);

    return node == NULL ? absent : text_of(in, json_path(in, key), node, longest);
}

const char *json_get_name_or(struct json_object *in, const char *key, size_t longest, const char *absent,
                             bool *number)
{
    const cJSON *node = member(in, key);

    *number = node != NULL && cJSON_IsNumber(node);
    return *number ? arena_printf(&in->c->arena, "%lld",
                                  (long long)json_get_i64_or(in, key, -EXACT_LIMIT, EXACT_LIMIT, 0))
                   : json_get_text_or(in, key, longest, absent);
}

const char *json_get_text(struct json_object *in, const char *key, size_t longest)
{
    const char *text = json_get_text_or(in, key, longest, NULL);

    if (text != NULL)
        return text;
    missing(in, key);
    return "";
}

int64_t json_get_i64_or(struct json_object *in, const char *key, int64_t least, int64_t most, int64_t absent)
{
    const cJSON *node = member(in, key);
    double value;

    if (node == NULL)
        return absent;
    value = node->valuedouble;
    if (!cJSON_IsNumber(node) || floor(value) != value || fabs(value) > (double)EXACT_LIMIT) {
        ctx_note(in->c, ST_INVALID, json_path(in, key), shown(in, node), "must be a whole number");
        return least;
    }
    if ((int64_t)value < least || (int64_t)value > most) {
        ctx_note(in->c, ST_INVALID, json_path(in, key), shown(in, node), "must lie between %lld and %lld",
                 (long long)least, (long long)most);
        return least;
    }
    return (int64_t)value;
}

int64_t json_get_i64(struct json_object *in, const char *key, int64_t least, int64_t most)
{
    if (member(in, key) == NULL)
        missing(in, key);
    return json_get_i64_or(in, key, least, most, least);
}

bool json_get_bool_or(struct json_object *in, const char *key, bool absent)
{
    const cJSON *node = member(in, key);

    if (node == NULL)
        return absent;
    if (!cJSON_IsBool(node))
        ctx_note(in->c, ST_INVALID, json_path(in, key), shown(in, node), "must be true or false");
    return cJSON_IsTrue(node);
}

bool json_get_bool(struct json_object *in, const char *key)
{
    if (member(in, key) == NULL)
        missing(in, key);
    return json_get_bool_or(in, key, false);
}

struct date json_get_date_or(struct json_object *in, const char *key, struct date absent)
{
    const char *text = json_get_text_or(in, key, 10, NULL);
    struct date date;

    if (text == NULL)
        return absent;
    if (*text == '\0')
        return absent;
    if (!date_parse(text, &date)) {
        ctx_note(in->c, ST_INVALID, json_path(in, key), text, "must be a date like 2027-03-31");
        return absent;
    }
    return date;
}

struct date json_get_date(struct json_object *in, const char *key)
{
    if (member(in, key) == NULL)
        missing(in, key);
    return json_get_date_or(in, key, DATE_NONE);
}

int json_get_word_or(struct json_object *in, const char *key, const char *const *words, int absent)
{
    const char *text = json_get_text_or(in, key, 100, NULL);
    struct text list;

    if (text == NULL) {
        if (absent < 0)
            missing(in, key);
        return absent < 0 ? 0 : absent;
    }
    text_init(&list, &in->c->arena);
    for (int i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], text) == 0)
            return i;
        text_addf(&list, "%s%s", i == 0 ? "" : ", ", words[i]);
    }
    if (*text != '\0')
        ctx_note(in->c, ST_INVALID, json_path(in, key), text, "must be one of %s", list.data);
    return 0;
}

/* The list called `key`, checked to be one of at most `most` elements; NULL when absent or wrong. */
static const cJSON *list_of(struct json_object *in, const char *key, size_t most, size_t *count)
{
    const cJSON *node = member(in, key);

    *count = 0;
    if (node == NULL)
        return NULL;
    if (!cJSON_IsArray(node)) {
        ctx_note(in->c, ST_INVALID, json_path(in, key), shown(in, node), "must be a list");
        return NULL;
    }
    if (most == 0)
        most = JSON_MAX_LIST;
    *count = (size_t)cJSON_GetArraySize(node);
    if (*count > most) {
        ctx_note(in->c, ST_INVALID, json_path(in, key), NULL, "must have at most %zu elements; it has %zu",
                 most, *count);
        *count = 0;
        return NULL;
    }
    return node;
}

struct json_object **json_get_objects(struct json_object *in, const char *key, size_t most, size_t *count)
{
    const cJSON *list = list_of(in, key, most, count), *child;
    struct json_object **objects = arena_array(&in->c->arena, *count, sizeof(struct json_object *));
    size_t i = 0;

    if (list == NULL)
        return objects;
    cJSON_ArrayForEach(child, list)
    {
        const char *path = arena_printf(&in->c->arena, "%s[%zu]", json_path(in, key), i);

        if (!cJSON_IsObject(child)) {
            ctx_note(in->c, ST_INVALID, path, shown(in, child), "must be an object");
            *count = 0;
            return objects;
        }
        objects[i++] = wrap(in->c, child, path, in);
    }
    return objects;
}

const char **json_get_texts(struct json_object *in, const char *key, size_t most, size_t longest,
                            size_t *count)
{
    const cJSON *list = list_of(in, key, most, count), *child;
    const char **texts = arena_array(&in->c->arena, *count, sizeof(const char *));
    size_t i = 0;

    if (list == NULL)
        return texts;
    cJSON_ArrayForEach(child, list)
    {
        texts[i] = text_of(in, arena_printf(&in->c->arena, "%s[%zu]", json_path(in, key), i), child, longest);
        i++;
    }
    return texts;
}

struct json_object *json_get_object_or_null(struct json_object *in, const char *key)
{
    const cJSON *node = member(in, key);

    if (node == NULL)
        return NULL;
    if (!cJSON_IsObject(node)) {
        ctx_note(in->c, ST_INVALID, json_path(in, key), shown(in, node), "must be an object");
        return NULL;
    }
    return wrap(in->c, node, json_path(in, key), in);
}

bool json_has(struct json_object *in, const char *key)
{
    return member(in, key) != NULL;
}

bool json_is_null(struct json_object *in, const char *key)
{
    (void)member(in, key);
    return cJSON_IsNull(cJSON_GetObjectItemCaseSensitive(in->node, key)) != 0;
}

const struct json_value *json_value_of(const struct json_object *object)
{
    return (const struct json_value *)(const void *)object->node;
}

static void note_unread(struct json_object *in)
{
    const cJSON *child;
    size_t i = 0;

    cJSON_ArrayForEach(child, in->node) if (!in->seen[i++])
        ctx_note(in->c, ST_INVALID, json_path(in, child->string), NULL, "is not a known field");
    for (struct json_object *object = in->children; object != NULL; object = object->next)
        note_unread(object);
}

enum status json_end(struct json_object *in)
{
    note_unread(in);
    return ctx_fault_or_ok(in->c);
}
