/* Looking into JSON of somebody else's making (FHIR): nothing is noted, and what is absent, null or of another type reads as
   NULL, so that one odd element does not make the rest unreadable. Values live as long as the document. */
#ifndef YAOFANG_JSON_VALUE_H
#define YAOFANG_JSON_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "json/json_read.h"

struct json_value;

/* The object json_read has parsed. */
const struct json_value *json_value_of(const struct json_object *object);

/* A member of an object, an element of a list. All take NULL, and answer NULL for what is not there. */
const struct json_value *value_get(const struct json_value *in, const char *key);
const struct json_value *value_first(const struct json_value *list);
const struct json_value *value_next(const struct json_value *element);

/* The members of an object, one after the other with value_next, and their names. */
const struct json_value *value_members(const struct json_value *object);
const char *value_key(const struct json_value *member);

bool value_is_object(const struct json_value *in);
bool value_is_list(const struct json_value *in);

/* Whether the member is there at all, be it null. */
bool value_has(const struct json_value *in, const char *key);

/* The text itself, or of a member; NULL when it is no text or empty. */
const char *value_text(const struct json_value *in);
const char *value_get_text(const struct json_value *in, const char *key);

/* Whether the member is text equal to one of the words of a NULL-ended list. */
bool value_is_one_of(const struct json_value *in, const char *key, const char *const *words);
bool value_is_true(const struct json_value *in, const char *key);

/* A member that is a number, as the shortest decimal that reads back as it ("2.5"); NULL when it is none or needs an exponent. */
const char *value_get_decimal(struct arena *arena, const struct json_value *in, const char *key);

/* The value as compact JSON. */
const char *value_print(struct arena *arena, const struct json_value *in);

#endif
