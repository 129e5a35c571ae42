/* The faults of a refused import as a file: where core's rows meet print's workbook. For the route and for the command. */
#ifndef YAOFANG_API_IMPORT_COPY_H
#define YAOFANG_API_IMPORT_COPY_H

#include "core/import.h"

/* Writes the copy with the faulty cells marked ("xlsx"), or the list of faults ("csv"), to a new file at `path`. */
enum status import_copy_write(struct ctx *c, const struct import *import, const char *format,
                              const char *path) MUST_CHECK;

#endif
