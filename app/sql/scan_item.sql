-- The item of a GTIN, or of an SKU, with what a receiving line needs of it.
SELECT i.id, i.sku, i.name, i.name_hanzi, i.unit, coalesce(i.pack_quantity, 0) AS pack_quantity, coalesce(p.code, '') AS home
  FROM items i LEFT JOIN locations p ON p.shop_id = i.shop_id AND p.id = i.home_location_id
 WHERE i.shop_id = $1 AND (i.gtin = $2 OR i.sku = $3)
