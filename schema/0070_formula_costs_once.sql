-- What a formula's herbs cost is reckoned once for each item, of the lots in stock: it was done again for each of a thousand lines of
-- formulas, from all lots an item ever had, and took a second after years.
SET LOCAL ROLE yaofang_owner;

CREATE OR REPLACE FUNCTION formula_costs(p_shop_id bigint, p_formula text)
RETURNS TABLE (formula_id text, formula text, formula_hanzi text, seq integer, herb text, herb_hanzi text, sku text, dose_mg bigint,
               state text, cost_cents bigint, price_cents bigint) LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
    today date := shop_today(p_shop_id);
BEGIN
    RETURN QUERY
    WITH cheapest AS MATERIALIZED (
        SELECT DISTINCT ON (i.herb_id) i.herb_id, i.id, i.sku, i.price_cents, i.price_per_quantity
          FROM items i WHERE i.shop_id = p_shop_id AND i.item_kind = 'raw'
         ORDER BY i.herb_id, i.price_cents::numeric / i.price_per_quantity, i.id
    ), costs AS MATERIALIZED (
        SELECT l.item_id, sum(b.quantity * l.cost_cents::numeric / l.cost_quantity) / sum(b.quantity) AS cost
          FROM lots l
         CROSS JOIN LATERAL (SELECT location_id, quantity FROM balances
                              WHERE shop_id = p_shop_id AND lot_id = l.id AND internal AND quantity > 0 OFFSET 0) b
          JOIN locations p ON p.shop_id = p_shop_id AND p.id = b.location_id
         WHERE l.shop_id = p_shop_id AND l.in_stock AND l.cost_cents > 0
           AND lot_refusal_at(p.kind, l.status, l.expires_on, today, today) IS NULL
         GROUP BY l.item_id
    )
    SELECT f.id::text, f.pinyin::text, f.hanzi::text, n.seq, h.pinyin::text, h.hanzi::text, t.sku::text, round(n.grams * 1000)::bigint,
           CASE WHEN n.grams IS NULL THEN 'no dose' WHEN t.sku IS NULL THEN 'not kept' WHEN k.cost IS NULL THEN 'none usable' ELSE 'ok' END,
           round(n.grams * 1000 * k.cost)::bigint, round(n.grams * 1000 * t.price_cents / t.price_per_quantity)::bigint
      FROM formulas f
      JOIN formula_items n ON n.formula_id = f.id AND n.retired_at IS NULL
      JOIN herbs h ON h.id = n.herb_id
      LEFT JOIN cheapest t ON t.herb_id = n.herb_id
      LEFT JOIN costs k ON k.item_id = t.id
     WHERE f.retired_at IS NULL AND (p_formula IS NULL OR f.id = p_formula);
END
$$;
