/* A typed reader of JSON that reports for you: each getter notes what is wrong in the context, and reader_end
   decides once, so one answer names every bad field. The only includer of cJSON. */
#ifndef YAOFANG_JSON_READ_H
#define YAOFANG_JSON_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"
#include "base/date.h"
#include "base/quantity.h"

/* Limits at the edge. */
enum {
    JSON_MAX_DEPTH = 32,
    JSON_MAX_LIST = 1000,
    JSON_MAX_TEXT = 10000,
    JSON_MAX_MEMBERS = 500 /* of one object */
};

struct json_object; /* an object and which of its members were read; lives in the context's arena */

/* Parses `size` bytes that must be one JSON object in valid UTF-8, without duplicate keys, NUL, or nesting deeper than
   JSON_MAX_DEPTH. ST_MALFORMED with the place when it is not. */
enum status json_parse_object(struct ctx *c, const char *data, size_t size,
                              struct json_object **object) MUST_CHECK;

/* Required members: a missing or ill-typed one is noted and a harmless value returned (never NULL for text). Text must
   be 1 to `longest` code points. Whole numbers must lie within the bounds exactly. */
const char *json_get_text(struct json_object *in, const char *key, size_t longest);
int64_t json_get_i64(struct json_object *in, const char *key, int64_t least, int64_t most);
bool json_get_bool(struct json_object *in, const char *key);
struct date json_get_date(struct json_object *in, const char *key);

/* The same, absent or null allowed: then the given value. */
const char *json_get_text_or(struct json_object *in, const char *key, size_t longest, const char *absent);
/* A caller's own name for something: text, or a whole number, which is given as its digits with *number set. */
const char *json_get_name_or(struct json_object *in, const char *key, size_t longest, const char *absent,
                             bool *number);
int64_t json_get_i64_or(struct json_object *in, const char *key, int64_t least, int64_t most, int64_t absent);
bool json_get_bool_or(struct json_object *in, const char *key, bool absent);
struct date json_get_date_or(struct json_object *in, const char *key, struct date absent);

/* One of the words of a NULL-ended list; returns its index, or `absent` (which may be -1 to make it required). */
int json_get_word_or(struct json_object *in, const char *key, const char *const *words, int absent);

/* A list of objects or of texts; absent is an empty list. At most `most` elements (0: JSON_MAX_LIST). */
struct json_object **json_get_objects(struct json_object *in, const char *key, size_t most, size_t *count);
const char **json_get_texts(struct json_object *in, const char *key, size_t most, size_t longest,
                            size_t *count);

/* A member object, or NULL when absent. */
struct json_object *json_get_object_or_null(struct json_object *in, const char *key);

bool json_has(struct json_object *in, const char *key);

/* The member is there and says null: for a change, in which that is not the same as saying nothing. */
bool json_is_null(struct json_object *in, const char *key);

/* Where this object stands ("items[3]"), for an error a caller makes itself: json_path(in, "mg") -> "items[3].mg". */
const char *json_path(struct json_object *in, const char *key);

/* Notes every member nobody asked for, here and in all objects taken from here, then says whether anything at all was
   noted. Call it before acting. */
enum status json_end(struct json_object *in) MUST_CHECK;

#endif
