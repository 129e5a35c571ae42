/* Files that live as long as a request: what a library can only write to a path, and what is too much to hold in memory. */
#ifndef YAOFANG_API_TEMPORARY_H
#define YAOFANG_API_TEMPORARY_H

#include <stdio.h>

#include "base/ctx.h"

/* The path of a file not yet there, in a new folder that only the service may look into; both go with the context. */
enum status temporary_path(struct ctx *c, const char **path) MUST_CHECK;

/* All of it, until the context ends; mapped, so that a large file is never held in memory. */
enum status temporary_read(struct ctx *c, const char *path, const char **data, size_t *size) MUST_CHECK;

/* What is written without a path: in memory as long as it is little, for a file is dear to make and to remove (milliseconds where
   many come and go); beyond that in a file without a name. It goes with the context. */
struct spool;
struct spool *spool_new(struct ctx *c);

/* A stream into it, emptied first; the writer closes it. NULL: no memory. */
FILE *spool_open(void *spool);

/* What was written, after the stream was closed, until the context ends. ST_BROKEN when there was no room for it. */
enum status spool_read(struct ctx *c, struct spool *spool, const char **data, size_t *size) MUST_CHECK;

#endif
