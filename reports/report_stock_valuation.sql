-- What the shop's stock was worth at the end of day $2 (today when not given), lot by lot at what the lot cost, rounded to a cent per
-- lot. Reckoned back from the balances of now by the moves made since: so it is the ledger's sum, and reads only what is younger:
-- the upper bound tells the planner that this is a span.
-- $3 = kind of item. Goods on their way to another shop and in a batch being made are the shop's own.
WITH border AS (
    SELECT ((coalesce($2::date, shop_today($1)) + 1)::timestamp AT TIME ZONE s.time_zone) AS at FROM shops s WHERE s.id = $1
), entries AS (
    SELECT b.lot_id, b.quantity
      FROM lots l JOIN balances b ON b.shop_id = $1 AND b.lot_id = l.id AND b.internal AND b.quantity > 0
     WHERE l.shop_id = $1 AND l.in_stock
    UNION ALL
    SELECT m.lot_id, CASE WHEN f.internal THEN m.quantity ELSE 0 END - CASE WHEN t.internal THEN m.quantity ELSE 0 END
      FROM stock_moves m
      JOIN locations f ON f.shop_id = $1 AND f.id = m.from_location_id
      JOIN locations t ON t.shop_id = $1 AND t.id = m.to_location_id
     WHERE m.shop_id = $1 AND m.at >= (SELECT at FROM border) AND m.at < (SELECT now() + interval '1 day')
), held AS (
    SELECT lot_id, sum(quantity)::bigint AS quantity FROM entries GROUP BY lot_id HAVING sum(quantity) <> 0
)
SELECT i.name, i.name_hanzi, i.sku, i.item_kind, l.lot_code, s.name AS supplier, l.expires_on,
       CASE i.unit WHEN 'mg' THEN h.quantity END AS on_hand_mg, CASE i.unit WHEN 'each' THEN h.quantity END AS pieces,
       round(h.quantity::numeric * l.cost_cents / l.cost_quantity)::bigint AS cost_cents
  FROM held h
  JOIN lots l ON l.shop_id = $1 AND l.id = h.lot_id
  JOIN items i ON i.shop_id = $1 AND i.id = l.item_id
  JOIN suppliers s ON s.shop_id = $1 AND s.id = l.supplier_id
 WHERE $3::text IS NULL OR i.item_kind = $3::text
 ORDER BY array_position(ARRAY['raw', 'granule', 'powder', 'product'], i.item_kind), i.name COLLATE "und-x-icu", i.id, l.expires_on NULLS LAST, l.lot_code
