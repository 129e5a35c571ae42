/* From the items a prescription is filled with to its price; the sums are core/pricing's. */
#include "core/prescription_price.h"

#include "core/pricing_rows.h"

/* Why there is nothing to price; NULL when there is. */
static const struct reason *nothing_there(struct arena *arena, const struct form_line *line)
{
    if (line->item_id == 0)
        return reason_of(arena, REASON_NOT_KEPT);
    if (line->from_shelf)
        return line->pieces > 0 || line->with_first ? NULL : reason_of(arena, REASON_CONTENT_NOT_KNOWN);
    return line->weighed.mg == 0 ? reason_of(arena, REASON_WEIGHS_NOTHING) : NULL;
}

static struct draft_columns spread(struct ctx *c, const struct prescription *p,
                                   const struct prescription_form *form, struct prescription_price *out)
{
    struct draft_columns draft = {
        .dosage_form = p->dosage_form,
        .days = p->days,
        .doses_per_day = p->doses_per_day,
        .packets = p->packets,
        .unit_count = p->unit_count,
        .line = arena_array(&c->arena, p->line_count, sizeof *draft.line),
        .item = arena_array(&c->arena, p->line_count, sizeof *draft.item),
        .quantity = arena_array(&c->arena, p->line_count, sizeof *draft.quantity),
    };

    for (size_t i = 0; i < p->line_count; i++) {
        const struct form_line *line = &form->lines[i];

        out->herbs[i] = (struct herb_price){ .missing = nothing_there(&c->arena, line) };
        if (out->herbs[i].missing != NULL || line->with_first)
            continue;
        draft.line[draft.count] = (int64_t)i;
        draft.item[draft.count] = line->item_id;
        draft.quantity[draft.count++] = line->from_shelf ? line->pieces : line->weighed.mg;
    }
    return draft;
}

static enum status gather(struct ctx *c, const struct draft_columns *draft, struct prescription_price *out)
{
    static const struct ticket_columns no_ticket = { 0 };
    struct pricing *p = &out->pricing;
    struct part_row *rows;
    struct fee_row *fees;
    struct price_part *parts;
    size_t n, fee_count;

    TRY(pricing_read_parts(c, &no_ticket, draft, &rows, &n));
    TRY(pricing_read_fees(c, &no_ticket, draft, &fees, &fee_count));
    parts = arena_array(&c->arena, n, sizeof *parts);
    p->lines = arena_array(&c->arena, fee_count + 1, sizeof *p->lines);
    if (n > 0)
        p->lines[p->line_count++] = (struct price_line){
            .line_no = 1,
            .kind = LINE_ORDER,
            .name = "Herbs",
            .name_hanzi = "药材",
            .quantity = 1,
            .unit = "each",
            .dosage_form = draft->dosage_form,
        };
    for (size_t i = 0; i < n; i++) {
        pricing_add_part(&p->lines[0], &rows[i], &parts[i]);
        out->herbs[rows[i].part_no].part = &parts[i];
    }
    pricing_add_fees(c, p, fees, fee_count, 1);
    return pricing_read_rules(c, p);
}

static void note_herbs(struct ctx *c, const struct prescription *p, const struct prescription_form *form,
                       struct prescription_price *out)
{
    for (size_t i = 0; i < p->line_count; i++) {
        struct herb_price *herb = &out->herbs[i];

        if (form->lines[i].with_first)
            herb->priced_by = reason_of(&c->arena, REASON_IN_PRODUCT_ABOVE);
        else if (herb->part != NULL && herb->part->rule == NULL && herb->part->base.cents == 0)
            herb->missing = reason_of(&c->arena, REASON_NO_PRICE);
        else if (herb->part != NULL) {
            herb->priced_by = pricing_rule_reason(&c->arena, herb->part->rule);
            out->herbs_amount.cents += herb->part->amount.cents;
        }
        out->missing_count += herb->missing != NULL;
    }
}

enum status prescription_price_get(struct ctx *c, const struct prescription *p,
                                   const struct prescription_form *form, const char *customer_group,
                                   struct prescription_price *out)
{
    struct draft_columns draft;

    *out = (struct prescription_price){ .herbs = arena_array(&c->arena, p->line_count, sizeof *out->herbs) };
    TRY(pricing_know_group(c, customer_group));
    TRY(pricing_begin(c, customer_group, &out->pricing));
    draft = spread(c, p, form, out);
    TRY(gather(c, &draft, out));
    pricing_run(&c->arena, &out->pricing);
    if (out->pricing.too_large)
        return ctx_fail(c, ST_INVALID, "herbs", NULL,
                        "come to more than anybody can pay: look at the weights");
    note_herbs(c, p, form, out);
    return ST_OK;
}
