-- The sheet of a count: every lot that lies in the places ($3, NULL: all) of the items ($4, NULL: all).
INSERT INTO count_lines (shop_id, count_id, line_no, lot_id, location_id)
SELECT $1, $2, row_number() OVER (ORDER BY p.code, i.name, l.expires_on NULLS LAST, l.id), l.id, p.id
  FROM balances b
  JOIN locations p ON p.shop_id = $1 AND p.id = b.location_id AND p.kind NOT IN ('transit', 'making')
  JOIN lots l ON l.shop_id = $1 AND l.id = b.lot_id
  JOIN items i ON i.shop_id = $1 AND i.id = l.item_id
 WHERE b.shop_id = $1 AND b.internal AND b.quantity > 0
   AND ($3::text[] IS NULL OR p.code = ANY ($3::text[])) AND ($4::text[] IS NULL OR i.sku = ANY ($4::text[]))
