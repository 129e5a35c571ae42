/* Files that live as long as a request: what a library can only write to a path. */
#ifndef YAOFANG_API_TEMPORARY_H
#define YAOFANG_API_TEMPORARY_H

#include "base/ctx.h"

/* The path of a file not yet there, in a new folder that only the service may look into; both go with the context. */
enum status temporary_path(struct ctx *c, const char **path) MUST_CHECK;

/* All of it, until the context ends; mapped, so that a large file is never held in memory. */
enum status temporary_read(struct ctx *c, const char *path, const char **data, size_t *size) MUST_CHECK;

#endif
