/* A streaming JSON writer: no tree, commas by itself, output errors impossible (it writes to a text). */
#ifndef YAOFANG_JSON_WRITE_H
#define YAOFANG_JSON_WRITE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "base/quantity.h"
#include "base/text.h"

struct json_writer {
    struct text *out;
    bool comma; /* the next member needs one */
};

void json_init(struct json_writer *w, struct text *out);

/* `key` is NULL inside a list and at the top. */
void json_open_object(struct json_writer *w, const char *key);
void json_close_object(struct json_writer *w);
void json_open_list(struct json_writer *w, const char *key);
void json_close_list(struct json_writer *w);

void json_text(struct json_writer *w, const char *key, const char *value); /* NULL is written as null */
void json_i64(struct json_writer *w, const char *key, int64_t value);
void json_bool(struct json_writer *w, const char *key, bool value);
void json_null(struct json_writer *w, const char *key);
void json_weight(struct json_writer *w, const char *key, struct weight value); /* integer milligrams */
void json_money(struct json_writer *w, const char *key, struct money value);   /* integer cents */
void json_date(struct json_writer *w, const char *key, struct date value);     /* null for DATE_NONE */
void json_instant(struct json_writer *w, const char *key, struct instant value);

/* A list of texts, from a cell of parts separated by ';'. */
void json_text_list(struct json_writer *w, const char *key, const char *parts);

/* A value that is JSON already. */
void json_raw(struct json_writer *w, const char *key, const char *json);

#endif
