-- The lots of a code, of one item or whichever: a code belongs to its item and supplier, so there may be several. The shop's own code,
-- as its labels have it, means one.
SELECT l.id, i.sku
  FROM lots l
  JOIN items i ON i.shop_id = l.shop_id AND i.id = l.item_id
 WHERE l.shop_id = $1 AND (l.lot_code_key = lower($2) OR l.id = lot_of_own_code($2)) AND ($3::text IS NULL OR i.sku = $3)
 ORDER BY l.id
