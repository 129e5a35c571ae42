/* Prices by rule, lines, taxes and totals. What codes do is in pricing_promo.c. */
#include "core/pricing.h"

#include <string.h>

#include "base/text.h"
#include "core/pricing_parts.h"

/* Whether what a rule narrows itself to is what is there. */
static bool fits_word(const char *wanted, const char *is)
{
    return wanted == NULL || *wanted == '\0' || (is != NULL && strcmp(wanted, is) == 0);
}

static bool says(const char *word)
{
    return word != NULL && *word != '\0';
}

static bool can_price(const struct price_rule *rule, const struct price_part *part)
{
    switch (rule->kind) {
    case PRICE_FIXED:
        return rule->item_id != 0;
    case PRICE_PER_GRAM:
        return part->weighed;
    case PRICE_MARKUP:
        return part->cost_known;
    case PRICE_OFF:
        return part->base.cents > 0;
    }
    return false;
}

static bool fits(const struct price_rule *rule, const struct price_part *part, const char *group)
{
    return (rule->item_id == 0 || rule->item_id == part->item_id) &&
           fits_word(rule->item_kind, part->item_kind) && fits_word(rule->tax_category, part->tax_category) &&
           fits_word(rule->dosage_form, part->dosage_form) && fits_word(rule->customer_group, group) &&
           can_price(rule, part);
}

static int narrowness(const struct price_rule *rule)
{
    return (rule->item_id != 0 ? 16 : 0) + (says(rule->dosage_form) ? 8 : 0) +
           (says(rule->customer_group) ? 4 : 0) + (says(rule->tax_category) ? 2 : 0) +
           (says(rule->item_kind) ? 1 : 0);
}

static bool decides_before(const struct price_rule *a, const struct price_rule *b)
{
    if (a->priority != b->priority)
        return a->priority > b->priority;
    if (narrowness(a) != narrowness(b))
        return narrowness(a) > narrowness(b);
    return a->id > b->id;
}

static struct money by_rule(const struct price_rule *rule, const struct price_part *part)
{
    switch (rule->kind) {
    case PRICE_FIXED:
        return (struct money){ scale_i64(part->quantity, rule->price.cents, rule->per_quantity) };
    case PRICE_PER_GRAM:
        return (struct money){ scale_i64(part->quantity, rule->price.cents, 1000) };
    case PRICE_MARKUP:
        return (struct money){ scale_i64(part->cost.cents, BASIS_POINTS + rule->markup_basis_points,
                                         BASIS_POINTS) };
    case PRICE_OFF: /* in one step: it is rounded once */
        return (struct money){ scale_i64(part->quantity,
                                         part->base.cents * (BASIS_POINTS - rule->off_basis_points),
                                         part->base_per * BASIS_POINTS) };
    }
    return (struct money){ 0 };
}

static void price_part(struct pricing *p, struct price_part *part)
{
    part->rule = NULL;
    for (size_t i = 0; i < p->rule_count && part->item_id != 0; i++)
        if (fits(&p->rules[i], part, p->customer_group) &&
            (part->rule == NULL || decides_before(&p->rules[i], part->rule)))
            part->rule = &p->rules[i];
    if (part->rule != NULL)
        part->amount = by_rule(part->rule, part);
    else
        part->amount.cents = scale_i64(part->quantity, part->base.cents, part->base_per);
    if (part->amount.cents > PRICE_MOST_CENTS) {
        part->amount.cents = PRICE_MOST_CENTS;
        p->too_large = true;
    }
}

const struct reason *pricing_rule_reason(struct arena *arena, const struct price_rule *rule)
{
    static const enum reason_name names[] = { [PRICE_FIXED] = REASON_RULE_FIXED,
                                              [PRICE_PER_GRAM] = REASON_RULE_PER_GRAM,
                                              [PRICE_MARKUP] = REASON_RULE_MARKUP,
                                              [PRICE_OFF] = REASON_RULE_OFF };

    if (rule == NULL)
        return reason_of(arena, REASON_OWN_PRICE);
    return REASON_WITH(arena, names[rule->kind], term_number("id", rule->id), term_text("rule", rule->name));
}

static bool by_one(const struct price_line *line)
{
    for (size_t i = 1; i < line->part_count; i++)
        if (line->parts[i].rule != line->parts[0].rule)
            return false;
    return true;
}

static const struct reason *reason_for(struct arena *arena, const struct price_line *line)
{
    if (line->kind == LINE_FEE)
        return reason_of(arena, REASON_FEE);
    if (!by_one(line))
        return reason_of(arena, REASON_SEVERAL_RULES);
    if (line->rule == NULL && line->part_count > 1)
        return reason_of(arena, REASON_OWN_PRICES);
    return pricing_rule_reason(arena, line->rule);
}

static void price_line(struct arena *arena, struct pricing *p, struct price_line *line)
{
    line->list = line->discount = line->cost = (struct money){ 0 };
    line->cost_known = true;
    line->restricted = NULL;
    for (size_t i = 0; i < line->part_count; i++) {
        struct price_part *part = &line->parts[i];

        price_part(p, part);
        line->list.cents += part->amount.cents;
        line->cost.cents += part->cost.cents;
        line->cost_known = line->cost_known && part->cost_known;
        if (line->restricted == NULL && says(part->restricted))
            line->restricted = part;
    }
    line->rule = by_one(line) ? line->parts[0].rule : NULL;
    line->priced_by = reason_for(arena, line);
}

struct money pricing_tax(struct money amount, int64_t tax_basis_points, bool tax_included)
{
    return (struct money){ scale_i64(amount.cents, tax_basis_points,
                                     tax_included ? BASIS_POINTS + tax_basis_points : BASIS_POINTS) };
}

struct money pricing_floor(struct money cost, int64_t tax_basis_points, bool tax_included)
{
    struct money least = cost;

    if (!tax_included)
        return least;
    least.cents = scale_i64(cost.cents, BASIS_POINTS + tax_basis_points, BASIS_POINTS);
    while (least.cents - pricing_tax(least, tax_basis_points, true).cents < cost.cents)
        least.cents++;
    while (least.cents > 0) {
        const struct money less = { least.cents - 1 };

        if (less.cents - pricing_tax(less, tax_basis_points, true).cents < cost.cents)
            break;
        least = less;
    }
    return least;
}

static void tax_line(const struct pricing *p, struct price_line *line)
{
    const struct money left = { line->list.cents - line->discount.cents };

    line->tax = pricing_tax(left, line->tax_basis_points, p->tax_included);
    line->total.cents = left.cents + (p->tax_included ? 0 : line->tax.cents);
}

void pricing_run(struct arena *arena, struct pricing *p)
{
    p->list = p->discount = p->tax = p->total = (struct money){ 0 };
    p->too_large = false;
    for (size_t i = 0; i < p->line_count; i++)
        price_line(arena, p, &p->lines[i]);
    pricing_codes(arena, p);
    for (size_t i = 0; i < p->line_count; i++) {
        struct price_line *line = &p->lines[i];

        tax_line(p, line);
        p->list.cents += line->list.cents;
        p->discount.cents += line->discount.cents;
        p->tax.cents += line->tax.cents;
        p->total.cents += line->total.cents;
    }
}
