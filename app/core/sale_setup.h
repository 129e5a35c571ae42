/* How a shop sells: price rules, fees, groups of customers, tax categories, settings. Rules and fees never change: they end, and
   others begin, so that what was sold can be explained. All need the role admin or staff; settings and taxes admin. */
#ifndef YAOFANG_CORE_SALE_SETUP_H
#define YAOFANG_CORE_SALE_SETUP_H

#include <stdbool.h>

#include "base/ctx.h"
#include "base/date.h"
#include "base/quantity.h"

/* See struct price_rule of core/pricing.h. Texts may be NULL but name and kind. */
struct price_rule_new {
    const char *name, *kind; /* fixed, per_gram, markup or off */
    const char *sku, *item_kind, *tax_category, *dosage_form, *customer_group;
    struct money price;          /* fixed, per_gram; -1: not given */
    int64_t per_quantity;        /* fixed: in the item's unit; 0: not given */
    int64_t markup_basis_points; /* markup; -1: not given */
    int64_t off_basis_points;    /* off; 0: not given */
    int64_t priority;
    struct date valid_from, valid_until;
    int64_t replaces; /* a rule that ends as this one begins; 0: none */
};

enum status price_rule_add(struct ctx *c, const struct price_rule_new *rule, int64_t *id) MUST_CHECK;
enum status price_rule_end(struct ctx *c, int64_t id) MUST_CHECK;

struct fee_new {
    const char *name, *name_hanzi, *dosage_form; /* form NULL: every order */
    const char *per;                             /* order, packet, dose, day or unit */
    int64_t unit_mg;                             /* what one unit holds; 0: not given */
    struct money amount;
    const char *tax_category;
    struct date valid_from, valid_until;
    int64_t replaces; /* a fee that ends as this one begins; 0: none */
};

enum status fee_add(struct ctx *c, const struct fee_new *fee, int64_t *id) MUST_CHECK;
enum status fee_end(struct ctx *c, int64_t id) MUST_CHECK;

/* New, or with another name. */
enum status customer_group_set(struct ctx *c, const char *group, const char *name) MUST_CHECK;

/* New, or with another rate, 0 to 10000. */
enum status tax_category_set(struct ctx *c, const char *category, const char *name, int64_t basis_points,
                             const char *note) MUST_CHECK;

/* Takes one out of use, or back into it: out of use it is not listed, and nothing new may name it; what stands with it stands, taxed as
   ever. ST_CONFLICT, with how many, while a price would change by it: price rules that hold for the group; items (in use, or with some
   left), fees and price rules of the tax category. A ticket that is open for the group stays so: no rule names that group any more. */
enum status customer_group_retire(struct ctx *c, const char *group, bool retired) MUST_CHECK;
enum status tax_category_retire(struct ctx *c, const char *category, bool retired) MUST_CHECK;

/* For whoever is about to write something new that names one, in the same transaction: ST_CONFLICT when it is out of use. NULL and ""
   name none, and one the shop does not have is not told here. `item_id` keeps the category it has; 0: none. */
enum status customer_group_usable(struct ctx *c, const char *group) MUST_CHECK;
enum status tax_category_usable(struct ctx *c, const char *category, int64_t item_id) MUST_CHECK;

struct sale_settings {
    bool tax_included, handover_needs_payment;
    int64_t quote_minutes;
    struct money drawer_limit;
    const char *receipt_note; /* may be NULL */
};

enum status sale_settings_set(struct ctx *c, const struct sale_settings *settings) MUST_CHECK;

#endif
