-- Stock by category of herb: items, weight, value at cost and at today's price, the most valuable first; as report_stock_on_hand
-- counts it, row by row rounded. $2 is not looked at, $3 = kind of item.
WITH here AS (
    SELECT i.id, CASE i.item_kind WHEN 'product' THEN 'shelf products' WHEN 'goods' THEN 'goods' ELSE coalesce(h.category, 'other') END AS category,
           CASE i.unit WHEN 'mg' THEN b.quantity END AS on_hand_mg,
           round(b.quantity::numeric * l.cost_cents / l.cost_quantity)::bigint AS cost_cents,
           round(b.quantity::numeric * i.price_cents / i.price_per_quantity)::bigint AS price_cents
      FROM lots l
     CROSS JOIN LATERAL (SELECT quantity FROM balances WHERE shop_id = $1 AND lot_id = l.id AND internal AND quantity > 0 OFFSET 0) b
      JOIN items i ON i.shop_id = $1 AND i.id = l.item_id
      LEFT JOIN herbs h ON h.id = i.herb_id
     WHERE l.shop_id = $1 AND l.in_stock AND $2::integer IS NOT DISTINCT FROM $2::integer
       AND ($3::text IS NULL OR i.item_kind = $3::text)
)
SELECT category, count(DISTINCT id) AS items, sum(on_hand_mg)::bigint AS on_hand_mg, sum(cost_cents)::bigint AS cost_cents,
       sum(price_cents)::bigint AS price_cents
  FROM here GROUP BY category ORDER BY sum(cost_cents) DESC, category
