-- The items of a list of SKUs, in its order; 0 where the shop has no such item.
SELECT coalesce(i.id, 0) AS item_id, coalesce(i.unit, '') AS unit, coalesce(i.name, '') AS name, coalesce(i.medicinal, true) AS medicinal
  FROM unnest($2::text[]) WITH ORDINALITY n (sku, at)
  LEFT JOIN items i ON i.shop_id = $1 AND i.sku = n.sku
 ORDER BY n.at
