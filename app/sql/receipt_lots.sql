-- The lots of a delivery by its lines, as they were received; none when there is no such delivery.
SELECT row_number() OVER (ORDER BY m.id) AS line_no, m.lot_id, r.undone_at IS NOT NULL AS undone
  FROM receipts r
  JOIN stock_moves m ON m.shop_id = r.shop_id AND m.receipt_id = r.id AND m.reason IN ('received', 'arrived')
 WHERE r.shop_id = $1 AND r.id = $2
 ORDER BY m.id
