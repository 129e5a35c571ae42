/* The JSON of what may be taken instead; the same over HTTP and from `yaofang compound substitutes --json`. */
#ifndef YAOFANG_API_SUBSTITUTE_JSON_H
#define YAOFANG_API_SUBSTITUTE_JSON_H

#include "core/substitute.h"
#include "json/json_write.h"

void offers_write(struct json_writer *w, const struct offers *offers);

#endif
