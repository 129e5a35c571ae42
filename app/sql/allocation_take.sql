-- Reserves lots for every line of an order, in one statement, from the lots $7 that the statement before locked.
-- Demand and supply of an item are laid along the same line, lines one after another and lots one after another, earliest
-- expiry first; where a line's stretch and a lot's stretch overlap, that much is reserved. So a line is split over lots and
-- drawers, two lines may share a lot, and nothing is given twice. Of equal expiry the fuller lot comes first: fewest lots.
-- Each lot not taken is kept with its reason. Comes back with what every line wanted and got.
WITH demand AS (
    SELECT line_no, item_id, herb_id, quantity,
           sum(quantity) OVER (PARTITION BY item_id ORDER BY line_no) AS upto
      FROM order_lines WHERE shop_id = $1 AND order_id = $2
), places AS (
    SELECT l.id AS lot_id, l.item_id, l.expires_on, b.location_id, b.quantity AS there,
           lot_refusal_at(p.kind, l.status, l.expires_on, $5::date, $6::date) AS refusal,
           b.quantity - coalesce((SELECT sum(r.quantity) FROM reservations r
                                   WHERE r.shop_id = $1 AND r.lot_id = l.id AND r.location_id = b.location_id
                                     AND r.ended_at IS NULL AND r.expires_at > now()), 0) AS free
      -- OFFSET 0: always by index, from the few lots there are; a plan for all at once costs more than the rest together.
      FROM (SELECT * FROM lots WHERE shop_id = $1 AND id = ANY ($7::bigint[]) OFFSET 0) l
      CROSS JOIN LATERAL (SELECT * FROM balances WHERE shop_id = $1 AND lot_id = l.id AND internal AND quantity > 0
                          OFFSET 0) b
      CROSS JOIN LATERAL (SELECT kind FROM locations WHERE shop_id = $1 AND id = b.location_id OFFSET 0) p
), supply AS (
    SELECT lot_id, item_id, location_id, free,
           sum(free) OVER (PARTITION BY item_id
                           ORDER BY expires_on NULLS LAST, lot_free DESC, lot_id, free DESC, location_id) AS upto
      FROM (SELECT *, sum(free) OVER (PARTITION BY lot_id) AS lot_free FROM places
             WHERE refusal IS NULL AND free > 0) usable
), taken AS (
    INSERT INTO reservations (shop_id, order_id, allocation_no, line_no, lot_id, location_id, quantity, expires_at)
    SELECT $1, $2, $3::integer, d.line_no, s.lot_id, s.location_id,
           least(d.upto, s.upto) - greatest(d.upto - d.quantity, s.upto - s.free), a.expires_at
      FROM demand d
      JOIN supply s ON s.item_id = d.item_id AND s.upto > d.upto - d.quantity AND s.upto - s.free < d.upto
      JOIN allocations a ON a.shop_id = $1 AND a.order_id = $2 AND a.allocation_no = $3::integer
    RETURNING line_no, lot_id, quantity
), passed AS (
    INSERT INTO allocation_passed_over (shop_id, order_id, allocation_no, line_no, lot_id, reason)
    SELECT DISTINCT ON (d.line_no, p.lot_id) $1::bigint, $2::bigint, $3::integer, d.line_no, p.lot_id,
           CASE WHEN p.refusal IS NOT NULL THEN p.refusal WHEN p.free <= 0 THEN 'reserved_elsewhere' ELSE 'not_needed' END
      FROM demand d
      JOIN places p ON p.item_id = d.item_id
     WHERE NOT EXISTS (SELECT FROM taken t WHERE t.line_no = d.line_no AND t.lot_id = p.lot_id)
     ORDER BY d.line_no, p.lot_id, p.refusal
), chosen AS (
    UPDATE orders SET allocation_no = $3::integer, state = CASE WHEN state IN ('entered', 'short') THEN 'allocated' ELSE state END,
           course_ends_on = (SELECT course_ends_on FROM allocations
                              WHERE shop_id = $1 AND order_id = $2 AND allocation_no = $3::integer)
     WHERE shop_id = $1 AND id = $2
    RETURNING id, state
), told AS (
    INSERT INTO order_events (shop_id, order_id, event, state, user_id)
    SELECT $1, id, 'allocated', state, $4 FROM chosen
)
SELECT d.line_no, h.pinyin || ' ' || h.hanzi AS herb, d.quantity AS wanted, coalesce(sum(t.quantity), 0)::bigint AS taken,
       coalesce((SELECT sum(p.there) FROM places p WHERE p.item_id = d.item_id AND p.refusal IS NOT NULL), 0)::bigint AS barred
  FROM demand d
  JOIN herbs h ON h.id = d.herb_id
  LEFT JOIN taken t ON t.line_no = d.line_no
 GROUP BY d.line_no, h.pinyin, h.hanzi, d.quantity, d.item_id
 ORDER BY d.line_no
