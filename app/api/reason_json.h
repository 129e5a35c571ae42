/* Reasons in JSON: the English sentence, and beside it its word and terms, for whoever says it in another language. */
#ifndef YAOFANG_API_REASON_JSON_H
#define YAOFANG_API_REASON_JSON_H

#include "core/reason.h"
#include "json/json_write.h"

/* What the three members are called. */
struct reason_keys {
    const char *sentence, *word, *terms;
};

/* "why": "begins at 20.00, …", "reason": "below_minimum", "terms": {"minimum_cents": 2000, …}. A term of money ends in _cents, of
   hundredths of a percent in _basis_points, of a day in _on; a reason within a reason is an object of its own. Without terms the
   member is left out. */
void reason_write(struct arena *arena, struct json_writer *w, const struct reason_keys *keys,
                  const struct reason *reason);

#endif
