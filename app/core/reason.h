/* Why a price or a promo code is as it is, said twice from one row: a sentence in English, for the command line and what is frozen,
   and a word with what fills its places, so that a page says it in the reader's language. Every word has a row in
   web/strings/why.js; a test holds it. */
#ifndef YAOFANG_CORE_REASON_H
#define YAOFANG_CORE_REASON_H

#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/quantity.h"

/* Name, word, sentence. A place in braces is filled by the term of that name. */
#define REASON_LIST(X) \
    X(OWN_PRICE, "own_price", "own price") \
    X(OWN_PRICES, "own_prices", "own prices") \
    X(FEE, "fee", "fee") \
    X(SEVERAL_RULES, "several_rules", "by several rules, herb by herb") \
    X(RULE_FIXED, "rule_fixed", "rule {id}, {rule}") \
    X(RULE_PER_GRAM, "rule_per_gram", "rule {id}, {rule}") \
    X(RULE_MARKUP, "rule_markup", "rule {id}, {rule}") \
    X(RULE_OFF, "rule_off", "rule {id}, {rule}") \
    X(IN_PRODUCT_ABOVE, "in_product_above", "in the product above") \
    X(NOT_KEPT, "not_kept", "the shop keeps none in this form") \
    X(CONTENT_NOT_KNOWN, "content_not_known", \
      "is in a ready-made product whose content a piece is not on file") \
    X(WEIGHS_NOTHING, "weighs_nothing", "comes to nothing that can be weighed") \
    X(NO_PRICE, "no_price", "has no price: neither the item nor a price rule gives one") \
    X(ENDED, "ended", "was ended") \
    X(BEGINS_ON, "begins_on", "begins on {starts}") \
    X(ENDED_ON, "ended_on", "ended on {ends}") \
    X(WHO_IS_CUSTOMER, "who_is_customer", "is limited per customer: say who the customer is") \
    X(USED_UP, "used_up", "has been used as often as it may be") \
    X(USED_UP_BY_CUSTOMER, "used_up_by_customer", "has been used by this customer as often as it may be") \
    X(DOES_NOT_COMBINE, "does_not_combine", "does not combine with {code}") \
    X(TOUCHES_NO_LINE, "touches_no_line", "touches no line of this ticket") \
    X(BELOW_MINIMUM, "below_minimum", "begins at {minimum}, and what it is for comes to {sum}") \
    X(TAKES_NOTHING, "takes_nothing", "takes nothing off any line") \
    X(TAKES, "takes", "{off} off") \
    X(CODE_ITSELF, "code_itself", "the code {why}") \
    X(LEFT_OUT, "left_out", "left out: {words}") \
    X(NOT_AMONG, "not_among", "not among {words}") \
    X(RESTRICTED, "restricted", "never on restricted goods ({restriction})") \
    X(RESTRICTED_HERB, "restricted_herb", "never on restricted goods ({herb}: {restriction})") \
    X(COST_NOT_KNOWN, "cost_not_known", "its cost is not known, so it might go below cost") \
    X(COSTS_NOTHING, "costs_nothing", "costs nothing") \
    X(AT_COST, "at_cost", "stands at or below cost") \
    X(STOPPED_AT_COST, "stopped_at_cost", "{off} off: more would go below cost") \
    X(PERCENT_OF, "percent_of", "{percent} % of {before}: {off} off") \
    X(SHARE_OF, "share_of", "its share of {amount}: {off} off")
#define REASON_ENUM(name, word, sentence) REASON_##name,
enum reason_name { REASON_LIST(REASON_ENUM) REASON_COUNT };
#undef REASON_ENUM

enum reason_term_kind { TERM_TEXT, TERM_NUMBER, TERM_MONEY, TERM_PERCENT, TERM_DAY, TERM_REASON };

/* What fills a place. Where a sentence has no such place the term is for the page alone. */
struct reason_term {
    const char *name;
    enum reason_term_kind kind;
    const char *text;
    int64_t number; /* cents, basis points, or a date's days */
    const struct reason *reason;
};

enum { REASON_TERMS_MOST = 3 };
struct reason {
    enum reason_name name;
    struct reason_term terms[REASON_TERMS_MOST];
    size_t count;
};

struct reason_term term_text(const char *name, const char *text);
struct reason_term term_number(const char *name, int64_t number);
struct reason_term term_money(const char *name, struct money money);
struct reason_term term_percent(const char *name, int64_t basis_points);
struct reason_term term_day(const char *name, struct date day);
struct reason_term term_reason(const char *name, const struct reason *reason);

/* A reason on the arena; texts of its terms are not copied. One without places has no terms. */
const struct reason *reason_of(struct arena *arena, enum reason_name name);
const struct reason *reason_with(struct arena *arena, enum reason_name name, const struct reason_term *terms,
                                 size_t count);
#define REASON_WITH(arena, name, ...) \
    reason_with(arena, name, (const struct reason_term[]){ __VA_ARGS__ }, \
                sizeof((const struct reason_term[]){ __VA_ARGS__ }) / sizeof(struct reason_term))

/* "does_not_combine", and the sentence: "does not combine with TCMHEAL5". Both are "" for no reason (NULL). */
const char *reason_word(const struct reason *reason);
const char *reason_text(struct arena *arena, const struct reason *reason);

#endif
