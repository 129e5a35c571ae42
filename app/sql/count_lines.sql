-- The sheet of a count. While a blind count is open, what the books say is not on it.
SELECT n.line_no, p.code AS location, i.sku, i.name, i.name_hanzi, i.unit, l.id AS lot_id, l.lot_code, l.expires_on,
       CASE WHEN c.blind AND c.state = 'open' THEN NULL ELSE coalesce(e.expected, b.quantity, 0) END AS expected,
       e.counted, e.entry_no, e.counted_at, u.display_name AS counted_by, k.difference AS booked_difference
  FROM counts c
  JOIN count_lines n ON n.shop_id = c.shop_id AND n.count_id = c.id
  JOIN locations p ON p.shop_id = n.shop_id AND p.id = n.location_id
  JOIN lots l ON l.shop_id = n.shop_id AND l.id = n.lot_id
  JOIN items i ON i.shop_id = l.shop_id AND i.id = l.item_id
  LEFT JOIN balances b ON b.shop_id = n.shop_id AND b.lot_id = n.lot_id AND b.location_id = n.location_id
  LEFT JOIN LATERAL (SELECT * FROM count_entries e WHERE e.shop_id = n.shop_id AND e.count_id = n.count_id
                        AND e.line_no = n.line_no ORDER BY e.entry_no DESC LIMIT 1) e ON true
  LEFT JOIN users u ON u.shop_id = e.shop_id AND u.id = e.counted_by
  LEFT JOIN count_bookings k ON k.shop_id = n.shop_id AND k.count_id = n.count_id AND k.line_no = n.line_no
 WHERE c.shop_id = $1 AND c.id = $2
 ORDER BY n.line_no
