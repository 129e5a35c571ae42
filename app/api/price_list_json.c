/* A price list put together from its rows. */
#include "api/price_list_json.h"

static const char *const kinds[] = {
    [PRICE_FIXED] = "fixed", [PRICE_PER_GRAM] = "per_gram", [PRICE_MARKUP] = "markup", [PRICE_OFF] = "off"
};

static void write_cost(struct json_writer *w, const struct listed_price *row)
{
    if (!row->part->cost_known) {
        json_null(w, "cost_cents");
        json_null(w, "margin_cents");
        json_null(w, "margin_basis_points");
        return;
    }
    json_money(w, "cost_cents", row->part->cost);
    json_i64(w, "margin_cents", row->net.cents - row->part->cost.cents);
    if (row->unpriced)
        json_null(w, "margin_basis_points");
    else
        json_i64(w, "margin_basis_points", price_list_margin(row));
}

static void write_rule(struct json_writer *w, const char *key, const struct price_rule *rule)
{
    if (rule == NULL) {
        json_null(w, key);
        return;
    }
    json_open_object(w, key);
    json_i64(w, "id", rule->id);
    json_text(w, "name", rule->name);
    json_text(w, "kind", kinds[rule->kind]);
    json_close_object(w);
}

static void write_row(struct json_writer *w, const struct price_list *list, const struct listed_price *row)
{
    const struct price_part *part = row->part;
    const bool made = row->rule != NULL && row->rule->id == list->tried;

    json_open_object(w, NULL);
    json_i64(w, "item_id", part->item_id);
    json_text(w, "sku", part->sku);
    json_text(w, "name", part->name);
    json_text(w, "name_hanzi", *row->line->name_hanzi == '\0' ? NULL : row->line->name_hanzi);
    json_text(w, "item_kind", part->item_kind);
    json_text(w, "tax_category", *part->tax_category == '\0' ? NULL : part->tax_category);
    json_i64(w, "tax_basis_points", row->line->tax_basis_points);
    json_text(w, "unit", row->line->unit);
    json_i64(w, "quantity", part->quantity);
    json_money(w, "own_cents", row->own);
    json_money(w, "price_cents", row->price);
    write_rule(w, "rule", made ? NULL : row->rule);
    write_cost(w, row);
    json_bool(w, "below_cost", row->below_cost);
    if (list->tried != 0) {
        json_bool(w, "by_this_rule", made);
        json_money(w, "was_cents", row->was);
        write_rule(w, "was_rule", row->was_rule);
    }
    json_close_object(w);
}

void price_list_write(struct json_writer *w, const struct price_list *list)
{
    json_open_object(w, NULL);
    json_bool(w, "tax_included", list->pricing.tax_included);
    json_i64(w, "all", (int64_t)list->all);
    json_i64(w, "by_rule", (int64_t)list->by_rule);
    json_i64(w, "below_cost", (int64_t)list->below_cost);
    json_i64(w, "unpriced", (int64_t)list->unpriced);
    json_i64(w, "matching", (int64_t)list->matching);
    if (list->tried != 0) {
        json_i64(w, "dearer", (int64_t)list->dearer);
        json_i64(w, "cheaper", (int64_t)list->cheaper);
        json_i64(w, "same", (int64_t)list->same);
    }
    json_open_list(w, "rows");
    for (size_t i = 0; i < list->count; i++)
        write_row(w, list, &list->rows[i]);
    json_close_list(w);
    json_close_object(w);
}
