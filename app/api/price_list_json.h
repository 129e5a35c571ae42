/* The JSON of the price list: the same over HTTP and from `yaofang sale prices --json`. */
#ifndef YAOFANG_API_PRICE_LIST_JSON_H
#define YAOFANG_API_PRICE_LIST_JSON_H

#include "core/price_list.h"
#include "json/json_write.h"

/* Counts and rows; after price_rule_try also what was and which rule made that. */
void price_list_write(struct json_writer *w, const struct price_list *list);

#endif
