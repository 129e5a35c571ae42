-- What to fetch for the bench, drawer by drawer as one walks: for order $2, or for every order that was released and is not weighed.
SELECT p.code AS place, p.name AS place_name, t.name || CASE t.unit WHEN 'each' THEN ' × ' || r.quantity ELSE '' END AS name, t.name_hanzi, t.preparation, l.lot_code, l.expires_on,
       CASE t.unit WHEN 'mg' THEN r.quantity END AS planned_mg, CASE t.unit WHEN 'mg' THEN b.quantity END AS there_mg, o.id AS order_no, r.line_no,
       CASE WHEN w.lot_id IS NOT NULL THEN 'weighed' WHEN i.lot_id IS NOT NULL THEN 'looked at'
            WHEN k.order_id IS NOT NULL THEN 'picked' ELSE 'to pick' END AS state,
       u.display_name AS looked_at_by
  FROM orders o
  JOIN reservations r ON r.shop_id = o.shop_id AND r.order_id = o.id AND r.allocation_no = o.allocation_no
  JOIN order_lines n ON n.shop_id = r.shop_id AND n.order_id = r.order_id AND n.line_no = r.line_no
  JOIN items t ON t.shop_id = n.shop_id AND t.id = n.item_id
  JOIN lots l ON l.shop_id = r.shop_id AND l.id = r.lot_id
  JOIN locations p ON p.shop_id = r.shop_id AND p.id = r.location_id
  JOIN balances b ON b.shop_id = r.shop_id AND b.lot_id = r.lot_id AND b.location_id = r.location_id
  LEFT JOIN order_picks k ON k.shop_id = r.shop_id AND k.order_id = r.order_id AND k.allocation_no = r.allocation_no
  LEFT JOIN identity_checks i ON i.shop_id = r.shop_id AND i.order_id = r.order_id AND i.allocation_no = r.allocation_no
                             AND i.line_no = r.line_no AND i.lot_id = r.lot_id AND i.location_id = r.location_id
  LEFT JOIN users u ON u.shop_id = i.shop_id AND u.id = i.checked_by
  LEFT JOIN weighings w ON w.shop_id = r.shop_id AND w.order_id = r.order_id AND w.allocation_no = r.allocation_no
                       AND w.line_no = r.line_no AND w.lot_id = r.lot_id AND w.location_id = r.location_id
 WHERE o.shop_id = $1 AND CASE WHEN $2::bigint IS NULL THEN o.state = 'released' ELSE o.id = $2::bigint END
 ORDER BY p.code, t.name, l.expires_on NULLS LAST, l.id, o.id, r.line_no
