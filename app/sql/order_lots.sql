-- The lots set aside for an order, where they lie, and what was weighed of them: the weigh sheet's content. Where the unit is
-- each, amounts are pieces.
SELECT r.line_no, n.herb_id, n.pinyin, n.hanzi, n.unit, r.lot_id, l.lot_code, l.expires_on, r.location_id, p.code AS location,
       r.quantity AS planned_mg, w.weighed AS weighed_mg, w.weighed_at, u.display_name AS approved_by, nullif(r.expires_at, 'infinity') AS reserved_until
  FROM orders o
  JOIN reservations r ON r.shop_id = o.shop_id AND r.order_id = o.id AND r.allocation_no = o.allocation_no
  JOIN order_line_names n ON n.shop_id = r.shop_id AND n.order_id = r.order_id AND n.line_no = r.line_no
  JOIN lots l ON l.shop_id = r.shop_id AND l.id = r.lot_id
  JOIN locations p ON p.shop_id = r.shop_id AND p.id = r.location_id
  LEFT JOIN weighings w ON w.shop_id = r.shop_id AND w.order_id = r.order_id AND w.allocation_no = r.allocation_no
                       AND w.line_no = r.line_no AND w.lot_id = r.lot_id AND w.location_id = r.location_id
  LEFT JOIN users u ON u.shop_id = w.shop_id AND u.id = w.approved_by
 WHERE o.shop_id = $1 AND o.id = $2
 ORDER BY r.line_no, l.expires_on NULLS LAST, r.lot_id, r.location_id
