-- The lot whose label carries the shop's own code $2.
SELECT i.sku, l.lot_code FROM lots l JOIN items i ON i.shop_id = l.shop_id AND i.id = l.item_id
 WHERE l.shop_id = $1 AND l.id = lot_of_own_code($2)
