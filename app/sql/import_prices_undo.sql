-- The prices as they stood before an import.
UPDATE items i SET price_cents = (r.before ->> 'price_cents')::bigint, price_per_quantity = (r.before ->> 'per')::bigint
  FROM import_rows r
 WHERE r.shop_id = $1::bigint AND r.import_id = $2::bigint AND i.shop_id = r.shop_id AND i.id = (r.before ->> 'item_id')::bigint
