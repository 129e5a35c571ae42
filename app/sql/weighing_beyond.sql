-- Of these lots, where more has been weighed than lies there, by all orders that are not booked yet and order $2 among them: what
-- lies there, what was weighed, and for which orders. The caller holds the lots' locks.
SELECT w.lot_id, w.location_id, b.quantity AS there, sum(w.weighed)::bigint AS weighed,
       string_agg(DISTINCT w.order_id::text, ', ') AS orders
  FROM reservations r
  JOIN weighings w ON w.shop_id = r.shop_id AND w.order_id = r.order_id AND w.allocation_no = r.allocation_no
                  AND w.line_no = r.line_no AND w.lot_id = r.lot_id AND w.location_id = r.location_id
  JOIN balances b ON b.shop_id = r.shop_id AND b.lot_id = r.lot_id AND b.location_id = r.location_id
 WHERE r.shop_id = $1 AND r.lot_id = ANY ($3::bigint[]) AND r.ended_at IS NULL
 GROUP BY w.lot_id, w.location_id, b.quantity
HAVING sum(w.weighed) > b.quantity AND bool_or(w.order_id = $2)
