/* What promo codes take off, line by line, and why not: dates, limits, minimum, what is in and out, restricted goods, cost. */
#include <string.h>

#include "base/text.h"
#include "core/pricing_parts.h"

__extension__ typedef __int128 wide;

/* One go: shares by weight of those that are not settled, the odd cents to the largest remainders. */
static void share_out(int64_t amount, const int64_t *weights, const bool *settled, int64_t *shares,
                      int64_t *rests, size_t n)
{
    int64_t all = 0, given = 0;

    for (size_t i = 0; i < n; i++)
        all += settled[i] ? 0 : weights[i];
    if (all == 0)
        return;
    for (size_t i = 0; i < n; i++) {
        if (settled[i])
            continue;
        shares[i] = (int64_t)((wide)amount * weights[i] / all);
        rests[i] = (int64_t)((wide)amount * weights[i] % all);
        given += shares[i];
    }
    while (given < amount) {
        size_t best = n;

        for (size_t i = 0; i < n; i++)
            if (!settled[i] && rests[i] >= 0 && (best == n || rests[i] > rests[best]))
                best = i;
        if (best == n)
            return;
        shares[best]++;
        rests[best] = -1;
        given++;
    }
}

void pricing_apportion(struct arena *arena, int64_t amount, const int64_t *weights, const int64_t *caps,
                       int64_t *shares, size_t n)
{
    bool *settled = arena_array(arena, n + 1, sizeof *settled), over = true;
    int64_t *rests = arena_array(arena, n + 1, sizeof *rests);

    for (size_t i = 0; i < n; i++) {
        shares[i] = 0;
        settled[i] = weights[i] <= 0 || caps[i] <= 0;
    }
    while (over && amount > 0) {
        int64_t kept = 0;

        over = false;
        share_out(amount, weights, settled, shares, rests, n);
        for (size_t i = 0; i < n; i++)
            if (!settled[i] && shares[i] > caps[i]) {
                shares[i] = caps[i];
                settled[i] = over = true;
                kept += caps[i];
            }
        amount -= kept;
    }
}

static bool is_word(const char *word, const char *is)
{
    return is != NULL && *is != '\0' && text_same(word, is);
}

static bool names_line(const char *word, const struct price_line *line, bool deep)
{
    static const char *const kinds[] = { [LINE_ITEM] = "item", [LINE_ORDER] = "order", [LINE_FEE] = "fee" };
    const bool look = deep || line->kind == LINE_ITEM;

    if (is_word(word, kinds[line->kind]) || is_word(word, line->tax_category) ||
        is_word(word, line->dosage_form))
        return true;
    for (size_t i = 0; i < line->part_count && look; i++) {
        const struct price_part *part = &line->parts[i];

        if (is_word(word, part->sku) || is_word(word, part->thing) || is_word(word, part->item_kind))
            return true;
    }
    return false;
}

/* The first word of the list that names the line; NULL when none does. */
static const char *listed(struct arena *arena, const char *list, const struct price_line *line, bool deep)
{
    size_t n;
    char **words = text_split(arena, list == NULL ? "" : list, ';', &n);

    for (size_t i = 0; i < n; i++)
        if (names_line(words[i], line, deep))
            return words[i];
    return NULL;
}

/* What is restricted: of an order the herb is named. */
static const struct reason *restriction(struct arena *arena, const struct price_line *line)
{
    const struct price_part *part = line->restricted;

    if (line->part_count == 1)
        return REASON_WITH(arena, REASON_RESTRICTED, term_text("restriction", part->restricted));
    return REASON_WITH(arena, REASON_RESTRICTED_HERB, term_text("herb", part->name),
                       term_text("herb_hanzi", part->name_hanzi), term_text("restriction", part->restricted));
}

/* Why the code may not touch the line; NULL when it may. */
static const struct reason *refusal(struct arena *arena, const struct promo_code *code,
                                    const struct price_line *line)
{
    const char *out = listed(arena, code->exclude, line, true);

    if (out != NULL)
        return REASON_WITH(arena, REASON_LEFT_OUT, term_text("words", out));
    if (code->include != NULL && *code->include != '\0' && listed(arena, code->include, line, false) == NULL)
        return REASON_WITH(arena, REASON_NOT_AMONG, term_text("words", code->include));
    if (!code->allow_restricted && line->restricted != NULL)
        return restriction(arena, line);
    if (!code->allow_below_cost && !line->cost_known)
        return reason_of(arena, REASON_COST_NOT_KNOWN);
    return NULL;
}

/* Why the code does not work today, for this customer, at all; NULL when it does. */
static const struct reason *not_now(struct arena *arena, const struct pricing *p,
                                    const struct promo_code *code)
{
    if (code->ended)
        return reason_of(arena, REASON_ENDED);
    if (!date_is_none(code->valid_from) && p->today.days < code->valid_from.days)
        return REASON_WITH(arena, REASON_BEGINS_ON, term_day("starts", code->valid_from));
    if (!date_is_none(code->valid_until) && p->today.days > code->valid_until.days)
        return REASON_WITH(arena, REASON_ENDED_ON, term_day("ends", code->valid_until));
    if (code->customer_uses_left != UNLIMITED_USES && !code->customer_known)
        return reason_of(arena, REASON_WHO_IS_CUSTOMER);
    if (code->uses_left == 0)
        return reason_of(arena, REASON_USED_UP);
    if (code->customer_uses_left == 0)
        return reason_of(arena, REASON_USED_UP_BY_CUSTOMER);
    return NULL;
}

/* The most that may come off a line now. */
static int64_t room(const struct pricing *p, const struct promo_code *code, const struct price_line *line)
{
    const int64_t left = line->list.cents - line->discount.cents;
    const int64_t least =
        code->allow_below_cost ? 0 : pricing_floor(line->cost, line->tax_basis_points, p->tax_included).cents;

    return left > least ? left - least : 0;
}

static const struct reason *effect_of(struct arena *arena, const struct promo_code *code, int64_t wanted,
                                      const struct promo_effect *effect, int64_t most)
{
    const struct reason_term off = term_money("off", effect->discount);

    if (effect->before.cents == 0)
        return reason_of(arena, REASON_COSTS_NOTHING);
    if (effect->discount.cents == 0 && most == 0)
        return reason_of(arena, REASON_AT_COST);
    if (effect->discount.cents < wanted)
        return REASON_WITH(arena, REASON_STOPPED_AT_COST, off);
    if (code->percent)
        return REASON_WITH(arena, REASON_PERCENT_OF, term_percent("percent", code->percent_basis_points),
                           term_money("before", effect->before), off);
    return REASON_WITH(arena, REASON_SHARE_OF, term_money("amount", code->amount), off);
}

/* Takes off what the terms give on the lines that have no refusal yet. */
static void take_off(struct arena *arena, const struct pricing *p, struct promo_code *code)
{
    const size_t n = p->line_count;
    int64_t *weights = arena_array(arena, n + 1, sizeof *weights),
            *caps = arena_array(arena, n + 1, sizeof *caps);
    int64_t *shares = arena_array(arena, n + 1, sizeof *shares),
            *wanted = arena_array(arena, n + 1, sizeof *wanted);

    for (size_t i = 0; i < n; i++) {
        if (code->effects[i].why != NULL)
            continue;
        weights[i] = code->effects[i].before.cents;
        caps[i] = room(p, code, &p->lines[i]);
    }
    if (code->percent) {
        for (size_t i = 0; i < n; i++) {
            wanted[i] = scale_i64(weights[i], code->percent_basis_points, BASIS_POINTS);
            shares[i] = wanted[i] < caps[i] ? wanted[i] : caps[i];
        }
    } else {
        pricing_apportion(arena, code->amount.cents, weights, weights, wanted, n);
        pricing_apportion(arena, code->amount.cents, weights, caps, shares, n);
    }
    for (size_t i = 0; i < n; i++) {
        struct promo_effect *effect = &code->effects[i];

        if (effect->why != NULL)
            continue;
        effect->discount.cents = shares[i];
        effect->why = effect_of(arena, code, wanted[i], effect, caps[i]);
        code->discount.cents += shares[i];
    }
}

/* The lines it may touch must come to the minimum, as listed. */
static const struct reason *below_minimum(struct arena *arena, const struct pricing *p,
                                          const struct promo_code *code)
{
    struct money listed_sum = { 0 };
    bool any = false;

    for (size_t i = 0; i < p->line_count; i++)
        if (code->effects[i].why == NULL) {
            listed_sum.cents += p->lines[i].list.cents;
            any = true;
        }
    if (!any)
        return reason_of(arena, REASON_TOUCHES_NO_LINE);
    if (listed_sum.cents < code->minimum.cents)
        return REASON_WITH(arena, REASON_BELOW_MINIMUM, term_money("minimum", code->minimum),
                           term_money("sum", listed_sum));
    return NULL;
}

static void run_code(struct arena *arena, struct pricing *p, struct promo_code *code,
                     const struct promo_code *earlier)
{
    code->why = not_now(arena, p, code);
    for (size_t i = 0; i < p->line_count; i++) {
        code->effects[i].before.cents = p->lines[i].list.cents - p->lines[i].discount.cents;
        code->effects[i].why = refusal(arena, code, &p->lines[i]);
    }
    if (code->why == NULL && earlier != NULL && !(code->stackable && earlier->stackable))
        code->why = REASON_WITH(arena, REASON_DOES_NOT_COMBINE, term_text("code", earlier->code));
    if (code->why == NULL)
        code->why = below_minimum(arena, p, code);
    if (code->why == NULL)
        take_off(arena, p, code);
    code->applies = code->why == NULL && code->discount.cents > 0;
    if (code->applies)
        for (size_t i = 0; i < p->line_count; i++)
            p->lines[i].discount.cents += code->effects[i].discount.cents;
    for (size_t i = 0; i < p->line_count; i++)
        if (code->effects[i].why == NULL)
            code->effects[i].why = REASON_WITH(arena, REASON_CODE_ITSELF, term_reason("why", code->why));
    if (code->why == NULL)
        code->why = code->applies ? REASON_WITH(arena, REASON_TAKES, term_money("off", code->discount))
                                  : reason_of(arena, REASON_TAKES_NOTHING);
}

void pricing_codes(struct arena *arena, struct pricing *p)
{
    const struct promo_code *earlier = NULL;

    for (size_t i = 0; i < p->code_count; i++) {
        p->codes[i].discount = (struct money){ 0 };
        p->codes[i].effects = arena_array(arena, p->line_count + 1, sizeof *p->codes[i].effects);
    }
    for (int percent = 1; percent >= 0; percent--)
        for (size_t i = 0; i < p->code_count; i++) {
            if (p->codes[i].percent != (percent == 1))
                continue;
            run_code(arena, p, &p->codes[i], earlier);
            if (p->codes[i].applies && (earlier == NULL || !p->codes[i].stackable))
                earlier = &p->codes[i];
        }
}
