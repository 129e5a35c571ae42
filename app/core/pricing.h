/* What a ticket costs. Pure: everything it depends on is in its arguments, so that quote, payment, dry run and tests work the
   same sum, and it is run again on every change.

   In this order: each part gets the price of one rule (rounded half up once); a line is the sum of its parts; codes take their
   discounts off; tax is worked out on what is left, rounded half up once per line. Everything says why. */
#ifndef YAOFANG_CORE_PRICING_H
#define YAOFANG_CORE_PRICING_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/quantity.h"
#include "core/reason.h"

enum { BASIS_POINTS = 10000, UNLIMITED_USES = -1 };
/* No part costs more: what does is cut down to this, and the ticket is marked too large. Keeps every sum far from overflow. */
#define PRICE_MOST_CENTS INT64_C(1000000000000)

/* fixed: `price` for `per_quantity` of the item's unit; per gram: `price` for 1000 mg, of what is weighed; markup: cost and so
   many basis points on top, where the cost is known; off: the item's own price less so many basis points, where it has one. */
enum price_kind { PRICE_FIXED, PRICE_PER_GRAM, PRICE_MARKUP, PRICE_OFF };

/* What is NULL, "" or 0 narrows nothing. Of several rules that fit the higher priority decides, then the narrower one (item, then
   dosage form, then customer group, then category, then kind of item), then the newer. */
struct price_rule {
    int64_t id;
    const char *name;
    enum price_kind kind;
    int64_t item_id;
    const char *item_kind, *tax_category, *dosage_form, *customer_group;
    struct money price;
    int64_t per_quantity;
    int64_t markup_basis_points, off_basis_points;
    int64_t priority;
};

/* What gets one price: a shelf line is one part, an order one per herb, a fee one. */
struct price_part {
    const char *name, *name_hanzi;
    int64_t item_id;         /* 0: a fee */
    const char *sku, *thing; /* "S-GINGER-TEA", "ginger_tea" */
    const char *item_kind, *tax_category, *dosage_form;
    bool weighed; /* quantity in mg, else pieces */
    int64_t quantity;
    struct money base; /* the item's own price, of base_per: for when no rule fits */
    int64_t base_per;
    struct money cost; /* of the lots that are taken */
    bool cost_known;
    const char *restricted; /* why no code may touch it ("toxic"); "" when one may */
    /* worked out */
    struct money amount;
    const struct price_rule *rule; /* NULL: the item's own price */
};

enum price_line_kind { LINE_ITEM, LINE_ORDER, LINE_FEE };

struct price_line {
    int64_t line_no; /* the ticket's; a fee has that of its order */
    enum price_line_kind kind;
    int64_t item_id, order_id, fee_id;
    const char *name, *name_hanzi;
    int64_t quantity;
    const char *unit; /* mg or each */
    const char *tax_category, *dosage_form;
    int64_t tax_basis_points;
    struct price_part *parts;
    size_t part_count;
    /* worked out */
    struct money list, discount, tax, total, cost;
    bool cost_known;
    const struct price_part *restricted; /* the first of its parts that no code may touch; NULL: none */
    const struct price_rule *rule;       /* of all its parts; NULL: none, or several */
    const struct reason *priced_by;      /* "own price", "rule 4, Members" */
};

/* What a code did to a line, or why not. */
struct promo_effect {
    struct money before, discount;
    const struct reason *why;
};

/* A code with its terms. include and exclude: words separated by ';', each a SKU, a product, a kind of item (raw, granule, powder,
   product, goods), a tax category, a dosage form, "order" or "fee"; exclude also knows an order's herbs. An empty include is everything. */
struct promo_code {
    const char *code;
    int64_t version;
    bool ended;
    bool percent; /* else an amount */
    int64_t percent_basis_points;
    struct money amount;
    struct date valid_from, valid_until;
    struct money minimum; /* of the lines it may touch, as listed */
    const char *include, *exclude;
    bool stackable; /* combines with other stackable ones; percentages come off before amounts */
    bool allow_below_cost, allow_restricted;
    int64_t uses_left, customer_uses_left; /* UNLIMITED_USES: no limit */
    bool customer_known;
    /* worked out */
    bool applies;
    struct money discount;
    const struct reason *why;
    struct promo_effect *effects; /* one per line */
};

struct pricing {
    const char *customer_group; /* "" when none */
    struct date today;          /* the shop's */
    bool tax_included;
    int64_t tried_rule;             /* counts as in force whatever its days: it is tried out; 0: none */
    const struct price_rule *rules; /* those in force today */
    size_t rule_count;
    struct price_line *lines;
    size_t line_count;
    struct promo_code *codes; /* in the order they were given */
    size_t code_count;
    /* worked out */
    struct money list, discount, tax, total;
    bool too_large; /* a part is beyond PRICE_MOST_CENTS: nothing here is to be used */
};

/* Works everything out, reasons on the arena. */
void pricing_run(struct arena *arena, struct pricing *p);

/* How a rule prices: "rule 4, Members"; NULL: "own price". */
const struct reason *pricing_rule_reason(struct arena *arena, const struct price_rule *rule);

/* Divides `amount` over `n` weights by largest remainder, the earlier first where remainders are equal, no share above its cap:
   what a cap keeps back goes to the others. The shares add up to the amount, or to all the caps if that is less. Nothing is
   negative. */
void pricing_apportion(struct arena *arena, int64_t amount, const int64_t *weights, const int64_t *caps,
                       int64_t *shares, size_t n);

/* The least that may be asked for a line so that, without the tax, its cost is covered. */
struct money pricing_floor(struct money cost, int64_t tax_basis_points, bool tax_included);

/* The tax in (or on top of) an amount. */
struct money pricing_tax(struct money amount, int64_t tax_basis_points, bool tax_included);

#endif
