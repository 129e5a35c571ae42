-- More lots for a line, set aside as long as the rest of the order.
INSERT INTO reservations (shop_id, order_id, allocation_no, line_no, lot_id, location_id, quantity, expires_at)
SELECT $1, $2, $3::integer, $4::integer, t.lot_id, t.location_id, t.quantity, a.expires_at
  FROM unnest($5::bigint[], $6::bigint[], $7::bigint[]) t (lot_id, location_id, quantity)
  JOIN allocations a ON a.shop_id = $1 AND a.order_id = $2 AND a.allocation_no = $3::integer
