/* Rows of the database as JSON: columns become members by their aliases. For handlers that only forward, and for the data
   routes. */
#ifndef YAOFANG_API_READ_H
#define YAOFANG_API_READ_H

#include "db/db.h"
#include "http/reply.h"

/* One row as an object; ST_NOT_FOUND when there is none. */
enum status reply_row(struct ctx *c, struct reply *out, const struct query *query, const struct param *params,
                      size_t count) MUST_CHECK;

/* All rows as {"rows":[…]}. */
enum status reply_rows(struct ctx *c, struct reply *out, const struct query *query,
                       const struct param *params, size_t count) MUST_CHECK;

/* The same as a member of an object that is being written: a list of objects; one object (null when there is no row). */
enum status json_rows(struct ctx *c, struct json_writer *w, const char *key, const struct query *query,
                      const struct param *params, size_t count) MUST_CHECK;
enum status json_row(struct ctx *c, struct json_writer *w, const char *key, const struct query *query,
                     const struct param *params, size_t count) MUST_CHECK;

/* Rows that were read already, and one of them. */
void json_put_rows(struct json_writer *w, const char *key, const struct rows *rows);
void json_put_row(struct json_writer *w, const char *key, const struct rows *rows, size_t row);

#endif
