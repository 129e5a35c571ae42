-- The lots an order means, for holding a scanned label against them.
SELECT r.line_no, r.lot_id, r.location_id, n.herb, l.lot_code, lot_own_code(l.id) AS own_code,
       p.code AS location, t.id AS item_id,
       t.sku, coalesce(u.display_name, '') AS identified_by
  FROM orders o
  JOIN reservations r ON r.shop_id = o.shop_id AND r.order_id = o.id AND r.allocation_no = o.allocation_no
  JOIN order_line_names n ON n.shop_id = r.shop_id AND n.order_id = r.order_id AND n.line_no = r.line_no
  JOIN items t ON t.shop_id = n.shop_id AND t.id = n.item_id
  JOIN lots l ON l.shop_id = r.shop_id AND l.id = r.lot_id
  JOIN locations p ON p.shop_id = r.shop_id AND p.id = r.location_id
  LEFT JOIN identity_checks i ON i.shop_id = r.shop_id AND i.order_id = r.order_id AND i.allocation_no = r.allocation_no
                             AND i.line_no = r.line_no AND i.lot_id = r.lot_id AND i.location_id = r.location_id
  LEFT JOIN users u ON u.shop_id = i.shop_id AND u.id = i.checked_by
 WHERE o.shop_id = $1 AND o.id = $2
 ORDER BY r.line_no, l.expires_on NULLS LAST, r.lot_id, r.location_id
