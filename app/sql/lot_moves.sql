-- What happened to a lot: the ledger, oldest first, from behind move $3 on; with $5 the newest moves, newest first. Each way of asking
-- is a branch of its own, so that each ends after the rows wanted; both go by the lot's own moves.
SELECT m.id, m.at, m.reason, f.code AS from_location, t.code AS to_location, m.quantity, m.order_id, m.receipt_id, m.note,
       u.display_name AS by
  FROM ((SELECT * FROM stock_moves
          WHERE shop_id = $1 AND lot_id = $2 AND id > coalesce($3::bigint, 0) AND $5::boolean IS NOT TRUE
          ORDER BY id LIMIT least(coalesce($4::bigint, 1000), 1000))
         UNION ALL
        (SELECT * FROM stock_moves
          WHERE shop_id = $1 AND lot_id = $2 AND $5::boolean
          ORDER BY at DESC, id DESC LIMIT least(coalesce($4::bigint, 1000), 1000))) m
  JOIN locations f ON f.shop_id = m.shop_id AND f.id = m.from_location_id
  JOIN locations t ON t.shop_id = m.shop_id AND t.id = m.to_location_id
  LEFT JOIN users u ON u.shop_id = m.shop_id AND u.id = m.user_id
 ORDER BY CASE WHEN $5::boolean THEN -m.id ELSE m.id END
