/* Files that live as long as a request: what a library can only write to a path. */
#ifndef YAOFANG_API_TEMPORARY_H
#define YAOFANG_API_TEMPORARY_H

#include "base/ctx.h"
#include "base/text.h"

/* The path of a file not yet there, in a new folder that only the service may look into; both go with the context. */
enum status temporary_path(struct ctx *c, const char **path) MUST_CHECK;

/* All of it, in the context's arena. */
enum status temporary_read(struct ctx *c, const char *path, struct text *bytes) MUST_CHECK;

#endif
