/* A view of cJSON's tree for readers that must not fail on what they do not know. */
#include "json/json_value.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* struct json_value is cJSON's node under our name; nobody else looks inside. */
static const cJSON *node_of(const struct json_value *in)
{
    return (const cJSON *)(const void *)in;
}

static const struct json_value *value_from(const cJSON *node)
{
    return (const struct json_value *)(const void *)node;
}

const struct json_value *value_get(const struct json_value *in, const char *key)
{
    const cJSON *found = in == NULL ? NULL : cJSON_GetObjectItemCaseSensitive(node_of(in), key);

    return found == NULL || cJSON_IsNull(found) ? NULL : value_from(found);
}

const struct json_value *value_first(const struct json_value *list)
{
    return list != NULL && cJSON_IsArray(node_of(list)) ? value_from(node_of(list)->child) : NULL;
}

const struct json_value *value_next(const struct json_value *element)
{
    return element == NULL ? NULL : value_from(node_of(element)->next);
}

const struct json_value *value_members(const struct json_value *object)
{
    return value_is_object(object) ? value_from(node_of(object)->child) : NULL;
}

const char *value_key(const struct json_value *member)
{
    return node_of(member)->string;
}

bool value_is_object(const struct json_value *in)
{
    return in != NULL && cJSON_IsObject(node_of(in));
}

bool value_is_list(const struct json_value *in)
{
    return in != NULL && cJSON_IsArray(node_of(in));
}

bool value_has(const struct json_value *in, const char *key)
{
    return in != NULL && cJSON_GetObjectItemCaseSensitive(node_of(in), key) != NULL;
}

const char *value_text(const struct json_value *in)
{
    const cJSON *node = node_of(in);

    return node != NULL && cJSON_IsString(node) && *node->valuestring != '\0' ? node->valuestring : NULL;
}

const char *value_get_text(const struct json_value *in, const char *key)
{
    return value_text(value_get(in, key));
}

bool value_is_one_of(const struct json_value *in, const char *key, const char *const *words)
{
    const char *text = value_get_text(in, key);

    for (; text != NULL && *words != NULL; words++)
        if (strcmp(text, *words) == 0)
            return true;
    return false;
}

bool value_is_true(const struct json_value *in, const char *key)
{
    const struct json_value *found = value_get(in, key);

    return found != NULL && cJSON_IsTrue(node_of(found));
}

const char *value_get_decimal(struct arena *arena, const struct json_value *in, const char *key)
{
    const struct json_value *found = value_get(in, key);
    const cJSON *node = node_of(found);
    const char *text;

    if (node == NULL || !cJSON_IsNumber(node) || !isfinite(node->valuedouble))
        return NULL;
    for (int digits = 6; digits <= 17; digits++) {
        text = arena_printf(arena, "%.*g", digits, node->valuedouble);
        /* a round number may be shorter with an exponent, and plain with more digits */
        if (strpbrk(text, "eE") == NULL && strtod(text, NULL) == node->valuedouble)
            return text;
    }
    return NULL;
}

const char *value_print(struct arena *arena, const struct json_value *in)
{
    char *printed = in == NULL ? NULL : cJSON_PrintUnformatted(node_of(in));
    const char *copy;

    if (printed == NULL)
        return "null";
    copy = arena_text(arena, printed);
    cJSON_free(printed);
    return copy;
}
