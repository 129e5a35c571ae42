/* Bytes as the hexadecimal text in which PostgreSQL takes and gives bytea: "\\x0aff". */
#ifndef YAOFANG_BASE_HEX_H
#define YAOFANG_BASE_HEX_H

#include "base/arena.h"

/* For a parameter of a statement, cast there: $1::text::bytea. */
const char *hex_text(struct arena *arena, const char *data, size_t size);

/* Back, from what PostgreSQL wrote ('\\x' || encode(bytes, 'hex')) of `size` bytes; a NUL follows them. */
const unsigned char *hex_bytes(struct arena *arena, const char *text, size_t size);

#endif
