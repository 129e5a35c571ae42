-- Ends reservations of these lots where more is set aside than lies there. What was weighed comes first, with its weight: it lies on
-- the bench, not in the drawer, and stays; of the others the newest end. The caller holds the lots' locks.
WITH claims AS (
    SELECT r.shop_id, r.order_id, r.allocation_no, r.line_no, r.lot_id, r.location_id, b.quantity AS there,
           w.weighed IS NULL AS waits, coalesce(w.weighed, r.quantity) AS quantity
      FROM reservations r
      JOIN balances b ON b.shop_id = r.shop_id AND b.lot_id = r.lot_id AND b.location_id = r.location_id
      LEFT JOIN weighings w ON w.shop_id = r.shop_id AND w.order_id = r.order_id AND w.allocation_no = r.allocation_no
                           AND w.line_no = r.line_no AND w.lot_id = r.lot_id AND w.location_id = r.location_id
     WHERE r.shop_id = $1 AND r.lot_id = ANY ($2::bigint[]) AND r.ended_at IS NULL AND r.expires_at > now()
), over AS (
    SELECT *, sum(quantity) OVER (PARTITION BY lot_id, location_id ORDER BY waits, order_id, line_no) > there AS too_much
      FROM claims
), ended AS (
    UPDATE reservations r SET ended_at = now(), expires_at = now()
      FROM over o
     WHERE o.too_much AND o.waits AND r.shop_id = $1 AND r.order_id = o.order_id AND r.allocation_no = o.allocation_no
       AND r.line_no = o.line_no AND r.lot_id = o.lot_id AND r.location_id = o.location_id
    RETURNING r.order_id
)
INSERT INTO order_events (shop_id, order_id, event, state, note, user_id)
SELECT $1, o.id, 'reservation_ended', o.state, 'less lies there than was set aside: allocate again', $3::bigint
  FROM orders o WHERE o.shop_id = $1 AND o.id IN (SELECT order_id FROM ended)
