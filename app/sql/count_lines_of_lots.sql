-- The lines of a count that a scanned pack may mean, for each code: those of the lot code $4, of the item with that GTIN where the
-- code has one. $3 is the code's place in what was entered.
SELECT q.at, n.line_no
  FROM unnest($3::bigint[], $4::text[], $5::text[]) q (at, lot_code, gtin)
  JOIN lots l ON l.shop_id = $1 AND (l.lot_code = q.lot_code OR l.id = lot_of_own_code(q.lot_code))
  JOIN items i ON i.shop_id = l.shop_id AND i.id = l.item_id AND (q.gtin IS NULL OR i.gtin IS NULL OR i.gtin = q.gtin)
  JOIN count_lines n ON n.shop_id = l.shop_id AND n.count_id = $2 AND n.lot_id = l.id
 ORDER BY q.at, n.line_no
