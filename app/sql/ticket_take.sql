-- Which lots the item lines of a ticket would take, and what these cost: a line whose lot was scanned takes that lot, the others
-- the earliest expiry first among what may be used today and is not set aside for an order. $2 … run in parallel: line numbers,
-- items, scanned lots (0: none), quantities. $6: the lots this transaction has locked, to take from no others; NULL when
-- only looking. Lines and lots are laid along the same line as in order_reserve (schema/0068).
WITH demand AS (
    SELECT d.*, sum(d.quantity) OVER (PARTITION BY d.item_id, d.lot_id ORDER BY d.line_no) AS upto
      FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[]) d (line_no, item_id, lot_id, quantity)
), places AS (
    SELECT l.id AS lot_id, l.item_id, l.lot_code, l.expires_on, l.cost_cents, l.cost_quantity, b.location_id,
           b.quantity - coalesce((SELECT sum(r.quantity) FROM reservations r
                                   WHERE r.shop_id = $1 AND r.lot_id = l.id AND r.location_id = b.location_id
                                     AND r.ended_at IS NULL AND r.expires_at > now()), 0) AS free
      FROM lots l
      JOIN balances b ON b.shop_id = $1 AND b.lot_id = l.id AND b.internal AND b.quantity > 0
      JOIN locations p ON p.shop_id = $1 AND p.id = b.location_id
     WHERE l.shop_id = $1 AND l.in_stock AND l.item_id IN (SELECT item_id FROM demand)
       AND ($6::bigint[] IS NULL OR l.id = ANY ($6::bigint[]))
       AND lot_refusal_at(p.kind, l.status, l.expires_on, (SELECT shop_today($1)), (SELECT shop_today($1))) IS NULL
), scanned AS (
    SELECT d.line_no, s.lot_id, s.location_id, least(d.upto, s.upto) - greatest(d.upto - d.quantity, s.upto - s.free) AS quantity
      FROM demand d
      JOIN (SELECT *, sum(free) OVER (PARTITION BY lot_id ORDER BY free DESC, location_id) AS upto FROM places WHERE free > 0) s
        ON s.lot_id = d.lot_id AND s.item_id = d.item_id AND s.upto > d.upto - d.quantity AND s.upto - s.free < d.upto
), supply AS (
    SELECT lot_id, item_id, location_id, free,
           sum(free) OVER (PARTITION BY item_id
                           ORDER BY expires_on NULLS LAST, lot_free DESC, lot_id, free DESC, location_id) AS upto
      FROM (SELECT *, sum(free) OVER (PARTITION BY lot_id) AS lot_free
              FROM (SELECT p.lot_id, p.item_id, p.location_id, p.expires_on,
                           p.free - coalesce((SELECT sum(s.quantity) FROM scanned s
                                               WHERE s.lot_id = p.lot_id AND s.location_id = p.location_id), 0) AS free
                      FROM places p) after_scanned
             WHERE free > 0) usable
), taken AS (
    SELECT line_no, lot_id, location_id, quantity FROM scanned
    UNION ALL
    SELECT d.line_no, s.lot_id, s.location_id, least(d.upto, s.upto) - greatest(d.upto - d.quantity, s.upto - s.free)
      FROM demand d
      JOIN supply s ON s.item_id = d.item_id AND s.upto > d.upto - d.quantity AND s.upto - s.free < d.upto
     WHERE d.lot_id = 0
)
SELECT t.line_no, t.lot_id, t.location_id, t.quantity::bigint AS quantity, l.lot_code, l.expires_on, l.cost_cents, l.cost_quantity
  FROM taken t
  JOIN lots l ON l.shop_id = $1 AND l.id = t.lot_id
 ORDER BY t.line_no, l.expires_on NULLS LAST, t.lot_id, t.location_id
