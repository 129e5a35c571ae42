-- The lots of an order's herbs that were not taken, each with the reason.
SELECT x.line_no, n.pinyin, n.hanzi, x.lot_id, l.lot_code, l.expires_on, x.reason
  FROM orders o
  JOIN lots_passed_over a ON a.shop_id = o.shop_id AND a.order_id = o.id AND a.allocation_no = o.allocation_no
 CROSS JOIN LATERAL unnest(a.line_nos, a.lot_ids, a.reasons) AS x (line_no, lot_id, reason)
  JOIN order_line_names n ON n.shop_id = o.shop_id AND n.order_id = o.id AND n.line_no = x.line_no
  JOIN lots l ON l.shop_id = o.shop_id AND l.id = x.lot_id
 WHERE o.shop_id = $1 AND o.id = $2
 ORDER BY x.line_no, l.expires_on NULLS LAST, x.lot_id
