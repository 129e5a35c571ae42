-- A reservation shrinks to what was really there ($7), or, when nothing was, becomes one of another lot ($8, $9) of so much ($10).
WITH told AS (
    INSERT INTO reservation_cuts (shop_id, order_id, allocation_no, line_no, lot_id, location_id, planned, there, cut_by)
    SELECT $1, $2, r.allocation_no, r.line_no, r.lot_id, r.location_id, r.quantity, $7, $6
      FROM reservations r
     WHERE r.shop_id = $1 AND r.order_id = $2 AND r.allocation_no = $3::integer AND r.line_no = $4::integer
       AND r.lot_id = $5 AND r.location_id = $11
)
UPDATE reservations r
   SET quantity = CASE WHEN $7::bigint > 0 THEN $7::bigint ELSE $10::bigint END, lot_id = coalesce($8::bigint, r.lot_id),
       location_id = coalesce($9::bigint, r.location_id)
 WHERE r.shop_id = $1 AND r.order_id = $2 AND r.allocation_no = $3::integer AND r.line_no = $4::integer
   AND r.lot_id = $5 AND r.location_id = $11
