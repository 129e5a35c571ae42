-- Where the rest of a line may come from when a lot ran out: what is free, earliest expiry first, of lots that may be used for this
-- course and are not set aside for the line already. $4: the lots that are locked.
SELECT l.id AS lot_id, b.location_id, l.lot_code,
       b.quantity - coalesce((SELECT sum(r.quantity) FROM reservations r
                               WHERE r.shop_id = $1 AND r.lot_id = l.id AND r.location_id = b.location_id
                                 AND r.ended_at IS NULL AND r.expires_at > now()), 0)::bigint AS free
  FROM orders o
  JOIN allocations a ON a.shop_id = o.shop_id AND a.order_id = o.id AND a.allocation_no = o.allocation_no
  JOIN order_lines n ON n.shop_id = o.shop_id AND n.order_id = o.id AND n.line_no = $3::integer
  JOIN lots l ON l.shop_id = n.shop_id AND l.item_id = n.item_id AND l.id = ANY ($4::bigint[])
  JOIN balances b ON b.shop_id = l.shop_id AND b.lot_id = l.id AND b.internal AND b.quantity > 0
  JOIN locations p ON p.shop_id = b.shop_id AND p.id = b.location_id
 WHERE o.shop_id = $1 AND o.id = $2
   AND lot_refusal_at(p.kind, l.status, l.expires_on, (SELECT shop_today($1)), a.course_ends_on) IS NULL
   AND NOT EXISTS (SELECT FROM reservations r WHERE r.shop_id = $1 AND r.order_id = $2 AND r.allocation_no = a.allocation_no
                      AND r.line_no = $3::integer AND r.lot_id = l.id AND r.location_id = b.location_id)
 ORDER BY l.expires_on NULLS LAST, l.id, free DESC, b.location_id
