-- Picks lots for every line of a batch: earliest expiry first among those that may be used today and are free, over lots and
-- drawers, as an order's allocation does (order_reserve, schema/0068). Comes back with what every line wanted and got.
WITH demand AS (
    SELECT line_no, item_id, quantity_mg AS quantity FROM batch_lines WHERE shop_id = $1 AND batch_id = $2
), places AS (
    SELECT l.id AS lot_id, l.item_id, l.expires_on, b.location_id, b.quantity AS there,
           lot_refusal_at(p.kind, l.status, l.expires_on, (SELECT shop_today($1)), (SELECT shop_today($1))) AS refusal,
           b.quantity - coalesce((SELECT sum(r.quantity) FROM reservations r
                                   WHERE r.shop_id = $1 AND r.lot_id = l.id AND r.location_id = b.location_id
                                     AND r.ended_at IS NULL AND r.expires_at > now()), 0) AS free
      FROM demand d
      JOIN lots l ON l.shop_id = $1 AND l.item_id = d.item_id AND l.in_stock
      JOIN balances b ON b.shop_id = $1 AND b.lot_id = l.id AND b.internal AND b.quantity > 0
      JOIN locations p ON p.shop_id = $1 AND p.id = b.location_id
), supply AS (
    SELECT lot_id, item_id, location_id, free,
           sum(free) OVER (PARTITION BY item_id ORDER BY expires_on NULLS LAST, lot_id, free DESC, location_id) AS upto
      FROM places WHERE refusal IS NULL AND free > 0
), taken AS (
    INSERT INTO batch_picks (shop_id, batch_id, line_no, lot_id, location_id, quantity_mg)
    SELECT $1, $2, d.line_no, s.lot_id, s.location_id, least(d.quantity, s.upto) - (s.upto - s.free)
      FROM demand d JOIN supply s ON s.item_id = d.item_id AND s.upto - s.free < d.quantity
    RETURNING line_no, quantity_mg
)
SELECT d.line_no::bigint AS line_no, i.sku, i.name, d.quantity AS wanted, coalesce(sum(t.quantity_mg), 0)::bigint AS taken,
       coalesce((SELECT sum(p.there) FROM places p WHERE p.item_id = d.item_id AND p.refusal IS NOT NULL), 0)::bigint AS barred
  FROM demand d
  JOIN items i ON i.shop_id = $1 AND i.id = d.item_id
  LEFT JOIN taken t ON t.line_no = d.line_no
 GROUP BY d.line_no, i.sku, i.name, d.quantity, d.item_id
 ORDER BY d.line_no
