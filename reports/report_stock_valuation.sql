-- What the shop's stock was worth at the end of day $2 (today when not given), lot by lot at what the lot cost, rounded to a cent per
-- lot. Reckoned from what is known nearest in time, the balances of now, a month's closings or those and what a part of the next
-- month changed (schema/0073), by the moves in between: so it is the ledger's sum, and reads little of it.
-- Items are put in order by themselves (rank): names are dear to compare, and there are many lots of each. $3 = kind of item. Goods on their way to another shop and in a batch being made are the shop's own.
WITH border AS (
    SELECT ((coalesce($2::date, shop_today($1)) + 1)::timestamp AT TIME ZONE s.time_zone) AS at FROM shops s WHERE s.id = $1
), known AS (
    SELECT k.month, k.part, k.at, k.at <= b.at AS forward
      FROM border b
     CROSS JOIN (SELECT month, NULL::timestamptz AS part, until_at AS at FROM stock_months WHERE shop_id = $1 AND closed
                  UNION ALL SELECT (month - interval '1 month')::date, until_at, until_at FROM month_parts WHERE shop_id = $1
                  UNION ALL SELECT NULL, NULL, now() + interval '1 day') k
     ORDER BY abs(extract(epoch FROM k.at - b.at)), k.month LIMIT 1
), entries AS (
    SELECT b.lot_id, b.quantity
      FROM lots l
     CROSS JOIN LATERAL (SELECT lot_id, quantity FROM balances
                          WHERE shop_id = $1 AND lot_id = l.id AND internal AND quantity > 0 OFFSET 0) b
     WHERE l.shop_id = $1 AND l.in_stock AND (SELECT month FROM known) IS NULL
    UNION ALL
    SELECT lot_id, quantity FROM lot_closings WHERE shop_id = $1 AND month = (SELECT month FROM known)
    UNION ALL
    SELECT lot_id, change FROM lot_month_parts WHERE shop_id = $1 AND until_at = (SELECT part FROM known)
    UNION ALL
    SELECT m.lot_id, CASE WHEN t.internal = (SELECT forward FROM known) THEN m.quantity ELSE -m.quantity END
      FROM (SELECT lot_id, from_location_id, to_location_id, sum(quantity)::bigint AS quantity
              FROM stock_moves
             WHERE shop_id = $1 AND at >= (SELECT least(k.at, b.at) FROM known k, border b)
               AND at < (SELECT greatest(k.at, b.at) FROM known k, border b)
             GROUP BY 1, 2, 3
            OFFSET 0) m
      JOIN locations f ON f.shop_id = $1 AND f.id = m.from_location_id
      JOIN locations t ON t.shop_id = $1 AND t.id = m.to_location_id
     WHERE f.internal <> t.internal
), held AS (
    SELECT lot_id, sum(quantity)::bigint AS quantity FROM entries GROUP BY lot_id HAVING sum(quantity) <> 0
), item AS MATERIALIZED (
    SELECT *, row_number() OVER (ORDER BY array_position(ARRAY['raw', 'granule', 'powder', 'product', 'goods'], item_kind), name COLLATE "und-x-icu", id) AS rank
      FROM items WHERE shop_id = $1 AND ($3::text IS NULL OR item_kind = $3::text)
)
SELECT i.name, i.name_hanzi, i.sku, i.item_kind, l.lot_code, s.name AS supplier, l.expires_on,
       CASE i.unit WHEN 'mg' THEN h.quantity END AS on_hand_mg, CASE i.unit WHEN 'each' THEN h.quantity END AS pieces,
       round(h.quantity::numeric * l.cost_cents / l.cost_quantity)::bigint AS cost_cents
  FROM held h
 CROSS JOIN LATERAL (SELECT * FROM lots WHERE shop_id = $1 AND id = h.lot_id OFFSET 0) l
  JOIN item i ON i.id = l.item_id
  JOIN suppliers s ON s.shop_id = $1 AND s.id = l.supplier_id
 ORDER BY i.rank, l.expires_on NULLS LAST, l.lot_code
