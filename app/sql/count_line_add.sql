-- A lot in a place that is not on the sheet: found where the books have none. No row when the shop has no such lot or place.
INSERT INTO count_lines (shop_id, count_id, line_no, lot_id, location_id)
SELECT $1, $2, 1 + (SELECT coalesce(max(n.line_no), 0) FROM count_lines n WHERE n.shop_id = $1 AND n.count_id = $2), l.id, p.id
  FROM lots l
  JOIN locations p ON p.shop_id = $1 AND p.code = $4 AND p.internal AND p.kind NOT IN ('transit', 'making')
 WHERE l.shop_id = $1 AND l.id = $3
RETURNING line_no::bigint AS id
