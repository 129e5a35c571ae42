-- An item by its SKU; -1 where nothing says when to re-order.
SELECT i.id, i.sku, i.item_kind, i.preparation, i.name, i.name_hanzi, i.unit, i.ratio_numerator, i.ratio_denominator,
       i.price_cents, i.price_per_quantity, p.code AS home, coalesce(i.reorder_quantity, -1) AS reorder_quantity
  FROM items i
  LEFT JOIN locations p ON p.shop_id = i.shop_id AND p.id = i.home_location_id
 WHERE i.shop_id = $1 AND i.sku = $2
