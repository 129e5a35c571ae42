-- What happened to a lot: the ledger, oldest first, from behind move $3 on.
SELECT m.id, m.at, m.reason, f.code AS from_location, t.code AS to_location, m.quantity, m.order_id, m.receipt_id, m.note,
       u.display_name AS by
  FROM stock_moves m
  JOIN locations f ON f.shop_id = m.shop_id AND f.id = m.from_location_id
  JOIN locations t ON t.shop_id = m.shop_id AND t.id = m.to_location_id
  LEFT JOIN users u ON u.shop_id = m.shop_id AND u.id = m.user_id
 WHERE m.shop_id = $1 AND m.lot_id = $2 AND m.id > coalesce($3::bigint, 0)
 ORDER BY m.id
 LIMIT least(coalesce($4::bigint, 1000), 1000)
