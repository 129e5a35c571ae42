-- The sheet of count $2, or of the newest that is open: to be filled in and taken back in by `yaofang import stocktake`. While a
-- blind count is open, what the books say is not on it.
SELECT c.id AS count_no, n.line_no, p.code AS place, i.name, i.name_hanzi, i.sku, l.lot_code, l.expires_on,
       CASE WHEN i.unit = 'mg' AND x.shown THEN coalesce(e.expected, b.quantity, 0) END AS expected_mg,
       CASE WHEN i.unit = 'each' AND x.shown THEN coalesce(e.expected, b.quantity, 0) END AS expected_pieces,
       CASE i.unit WHEN 'mg' THEN e.counted END AS counted_mg, CASE i.unit WHEN 'each' THEN e.counted END AS counted_pieces,
       '' AS note
  FROM counts c
 CROSS JOIN LATERAL (SELECT NOT (c.blind AND c.state = 'open') AS shown) x
  JOIN count_lines n ON n.shop_id = c.shop_id AND n.count_id = c.id
  JOIN locations p ON p.shop_id = n.shop_id AND p.id = n.location_id
  JOIN lots l ON l.shop_id = n.shop_id AND l.id = n.lot_id
  JOIN items i ON i.shop_id = l.shop_id AND i.id = l.item_id
  LEFT JOIN balances b ON b.shop_id = n.shop_id AND b.lot_id = n.lot_id AND b.location_id = n.location_id
  LEFT JOIN LATERAL (SELECT * FROM count_entries e WHERE e.shop_id = n.shop_id AND e.count_id = n.count_id
                        AND e.line_no = n.line_no ORDER BY e.entry_no DESC LIMIT 1) e ON true
 WHERE c.shop_id = $1
   AND c.id = coalesce($2::bigint, (SELECT max(o.id) FROM counts o WHERE o.shop_id = $1 AND o.state = 'open'))
 ORDER BY n.line_no
