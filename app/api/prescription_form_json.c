/* What a draft comes to in its form, and what it costs, as JSON. */
#include "api/prescription_json.h"

#include "api/reason_json.h"

static void write_packing(struct json_writer *w, const struct prescription_form *form)
{
    const struct packing *packing = &form->packing;

    json_open_object(w, "packets");
    json_i64(w, "count", packing->packets);
    json_weight(w, "lightest_mg", packing->lightest);
    json_weight(w, "heaviest_mg", packing->heaviest);
    json_i64(w, "heaviest_count", packing->heavy);
    json_open_list(w, "runs");
    for (size_t i = 0; i < form->run_count; i++) {
        json_open_object(w, NULL);
        json_i64(w, "first", form->runs[i].first + 1);
        json_i64(w, "last", form->runs[i].last + 1);
        json_weight(w, "packet_mg", form->runs[i].weight);
        json_open_list(w, "herb_mg");
        for (size_t j = 0; j < packing->count; j++)
            json_weight(w, NULL, packing_cell(packing, j, form->runs[i].first));
        json_close_list(w);
        json_close_object(w);
    }
    json_close_list(w);
    json_close_object(w);
}

static void write_units(struct json_writer *w, const struct units *units)
{
    if (units->count == 0)
        return;
    json_open_object(w, "units");
    json_i64(w, "count", units->count);
    json_weight(w, "unit_mg", units->unit);
    json_weight(w, "content_mg", units->content);
    json_i64(w, "one_more_mg_in", units->heavy);
    json_weight(w, "filler_mg", units->filler);
    json_i64(w, "per_dose", units->per_dose);
    json_i64(w, "spare", units->spare);
    json_close_object(w);
}

void prescription_form_member(struct json_writer *w, const struct prescription *p,
                              const struct prescription_form *form)
{
    json_open_object(w, "form");
    json_weight(w, "total_mg", form->total);
    json_weight(w, "weighed_mg", form->weighed);
    json_open_list(w, "items");
    for (size_t i = 0; i < p->line_count; i++) {
        const struct form_line *line = &form->lines[i];

        json_open_object(w, NULL);
        json_text(w, "herb_id", p->lines[i].herb_id);
        json_text(w, "sku", line->item_id == 0 ? NULL : line->sku);
        json_text(w, "name", line->item_id == 0 ? NULL : line->name);
        json_i64(w, "ratio_numerator", line->ratio.num);
        json_i64(w, "ratio_denominator", line->ratio.den);
        json_text(w, "ratio_from", line->item_id != 0 ? "item" : line->ratio.num == 0 ? "none" : "reference");
        json_weight(w, "form_mg", line->form);
        json_weight(w, "weighed_mg", line->weighed);
        json_weight(w, "on_hand_mg", line->on_hand);
        json_bool(w, "from_shelf", line->from_shelf);
        if (line->pieces > 0)
            json_i64(w, "pieces", line->pieces);
        json_bool(w, "short",
                  line->item_id == 0 ||
                      line->on_hand.mg < (line->from_shelf ? line->pieces : line->weighed.mg));
        json_close_object(w);
    }
    json_close_list(w);
    write_packing(w, form);
    write_units(w, &form->units);
    json_close_object(w);
}

static void write_herb_price(struct arena *arena, struct json_writer *w, const struct prescription_line *line,
                             const struct herb_price *price)
{
    static const struct reason_keys priced_by = { "price_note", "price_reason", "price_terms" };
    static const struct reason_keys missing = { "missing", "missing_reason", "missing_terms" };

    json_open_object(w, NULL);
    json_text(w, "herb_id", line->herb_id);
    if (price->part != NULL) {
        json_text(w, "sku", price->part->sku);
        json_i64(w, "quantity", price->part->quantity);
        json_text(w, "unit", price->part->weighed ? "mg" : "each");
    }
    if (price->missing != NULL)
        reason_write(arena, w, &missing, price->missing);
    else {
        if (price->part != NULL)
            json_money(w, "amount_cents", price->part->amount);
        reason_write(arena, w, &priced_by, price->priced_by);
    }
    json_close_object(w);
}

void prescription_price_member(struct arena *arena, struct json_writer *w, const struct prescription *p,
                               const struct prescription_price *price)
{
    const struct pricing *sum = &price->pricing;

    json_open_object(w, "price");
    json_bool(w, "complete", price->missing_count == 0);
    json_i64(w, "missing_count", (int64_t)price->missing_count);
    json_money(w, "herbs_cents", price->herbs_amount);
    json_money(w, "list_cents", sum->list);
    json_bool(w, "tax_included", sum->tax_included);
    json_money(w, "tax_cents", sum->tax);
    json_money(w, "total_cents", sum->total);
    json_open_list(w, "herbs");
    for (size_t i = 0; i < p->line_count; i++)
        write_herb_price(arena, w, &p->lines[i], &price->herbs[i]);
    json_close_list(w);
    json_open_list(w, "fees");
    for (size_t i = 0; i < sum->line_count; i++) {
        if (sum->lines[i].kind != LINE_FEE)
            continue;
        json_open_object(w, NULL);
        json_text(w, "name", sum->lines[i].name);
        json_i64(w, "times", sum->lines[i].quantity);
        json_money(w, "amount_cents", sum->lines[i].list);
        json_close_object(w);
    }
    json_close_list(w);
    json_close_object(w);
}
