-- Lots of the shop with that code, with what they are of: to say what it was that was scanned by mistake.
SELECT l.id, l.lot_code, t.name || coalesce(' ' || t.name_hanzi, '') AS name
  FROM lots l JOIN items t ON t.shop_id = l.shop_id AND t.id = l.item_id
 WHERE l.shop_id = $1 AND (l.lot_code = $2 OR l.id = lot_of_own_code($2)) AND ($3::bigint IS NULL OR l.item_id = $3::bigint)
 ORDER BY l.id DESC LIMIT 1
