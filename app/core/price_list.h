/* The shop's price list: what each item costs under the price rules in force, which rule made the price, and what the shop keeps of
   it; and what a rule that is not written yet would make of it. Priced by the one function a quote is priced by, each item alone:
   what is weighed for 100 g, or for what its own price is for if that is more. The cost is the average of the lots that may be
   sold today, so a price by cost and markup is what that average makes it; a sale takes the cost of the lots it takes. */
#ifndef YAOFANG_CORE_PRICE_LIST_H
#define YAOFANG_CORE_PRICE_LIST_H

#include "core/pricing.h"
#include "core/sale_setup.h"

/* Which prices are listed; all are counted. */
enum price_list_only { LIST_ALL, LIST_BY_RULE, LIST_BELOW_COST, LIST_UNPRICED };

struct price_list_wanted {
    const char *text;          /* in the name, SKU or bar code; NULL: all */
    const char *const *things; /* herbs and products the text may mean too */
    size_t thing_count;
    const char *item_kind, *sku; /* NULL: any */
    const char *customer_group;  /* for a customer of that group; NULL: of none */
    const char *dosage_form;     /* herbs as parts of an order of that form; NULL: sold loose */
    enum price_list_only only;
    size_t most; /* so many rows */
};

struct listed_price {
    const struct price_line *line;
    const struct price_part *part; /* its only one: item, own price, cost */
    struct money price;
    const struct price_rule *rule; /* that made it; NULL: the item's own price */
    struct money own;              /* what it would be by the item's own price */
    struct money net;              /* the price without the tax */
    bool below_cost, unpriced;     /* unpriced: it costs nothing */
    struct money was;              /* price_rule_try: without the rule */
    const struct price_rule *was_rule;
};

struct price_list {
    struct pricing pricing;
    struct listed_price *rows;
    size_t count;
    size_t matching;                           /* rows there are of those asked for, also beyond `most` */
    size_t all, by_rule, below_cost, unpriced; /* of the items looked at */
    size_t dearer, cheaper, same;              /* price_rule_try: of those whose price the rule makes */
    int64_t tried;                             /* price_rule_try: the rule's number while it was tried */
};

/* The margin on the price without the tax in basis points; 0 where there is no price. */
int64_t price_list_margin(const struct listed_price *row);

/* "all", "by_rule", "below_cost", "unpriced", NULL: the words of enum price_list_only. */
const char *const *price_list_only_words(void);

/* By name. ST_NOT_FOUND for a group, form or SKU there is not. */
enum status price_list_get(struct ctx *c, const struct price_list_wanted *wanted,
                           struct price_list *list) MUST_CHECK;

/* What the rule would make of the items, as if it were in force today, for the customers and the dosage form it is for: lists those whose
   price it would make, or the one item of wanted->sku, else of the rule, whether it would or not. Refuses what price_rule_add refuses; nothing is stored. */
enum status price_rule_try(struct ctx *c, const struct price_rule_new *rule,
                           const struct price_list_wanted *wanted, struct price_list *list) MUST_CHECK;

#endif
