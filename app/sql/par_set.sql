-- Says how much of an item a place should hold.
INSERT INTO pars (shop_id, location_id, item_id, quantity, set_by)
SELECT $1, p.id, i.id, $4, $5::bigint
  FROM locations p
  JOIN items i ON i.shop_id = $1 AND i.sku = $3
 WHERE p.shop_id = $1 AND p.code = $2 AND p.internal
ON CONFLICT (shop_id, location_id, item_id) DO UPDATE SET quantity = excluded.quantity, set_by = excluded.set_by, set_at = now()
RETURNING location_id AS id
