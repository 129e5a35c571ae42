/* What was asked. The readers note what is wrong in the context and return something harmless; in_end decides once, so one
   answer names every bad field. */
#ifndef YAOFANG_HTTP_REQUEST_H
#define YAOFANG_HTTP_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/ctx.h"
#include "base/date.h"
#include "http/route.h"
#include "json/json_read.h"

struct pair {
    const char *name;
    const char *value;
    bool read;
};

/* Filled by the server; handlers use the functions below. Everything lives in the context's arena. */
struct request {
    struct ctx *c;
    void *app; /* what the server was started with */
    const struct route *route;
    enum method method;
    const char *path; /* decoded */
    const char *address;
    struct path_part parts[ROUTE_MAX_PARTS];
    size_t part_count;
    struct pair *query;
    size_t query_count;
    size_t query_capacity;
    struct pair *headers;
    size_t header_count;
    size_t header_capacity;
    const char *data; /* the body as received; "" when it is in `file` */
    FILE *file; /* the body of a route with MEDIA_ANY: an unnamed temporary file, closed with the request */
    size_t size;
    struct json_object *body; /* once in_body parsed it */
};

/* A ':' segment of the path. in_path_id: a whole number from 1. */
int64_t in_path_id(struct request *in, const char *name);
const char *in_path_text(struct request *in, const char *name);

/* Parameters after '?'. Required: noted when absent; text is 1 to `longest` code points. */
const char *in_query_text(struct request *in, const char *name, size_t longest);
const char *in_query_text_or(struct request *in, const char *name, size_t longest, const char *absent);
int64_t in_query_i64_or(struct request *in, const char *name, int64_t least, int64_t most, int64_t absent);
bool in_query_bool_or(struct request *in, const char *name, bool absent);
struct date in_query_date_or(struct request *in, const char *name, struct date absent);

/* One of the words of a NULL-ended list: its index, or `absent` (-1 makes it required). */
int in_query_word_or(struct request *in, const char *name, const char *const *words, int absent);

/* The body as a JSON object; read its members with json_get_*. ST_MALFORMED when it is none. */
enum status in_body(struct request *in, struct json_object **body) MUST_CHECK;

/* The body as it came, for routes with MEDIA_ANY. */
const char *in_data(const struct request *in, size_t *size);

/* A header by name without regard to case, or NULL; a cookie, or NULL. */
const char *in_header(const struct request *in, const char *name);
const char *in_cookie(const struct request *in, const char *name);

/* Notes every query parameter and body member nobody asked for, then says whether anything at all was noted. Call it before
   acting. */
enum status in_end(struct request *in) MUST_CHECK;

#endif
