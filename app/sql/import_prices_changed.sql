-- The first price of an import that somebody changed since: then the import cannot be undone.
SELECT r.line, 'sku' AS column_name, i.sku AS value, 'has another price by now' AS rule
  FROM import_rows r
  JOIN items i ON i.shop_id = r.shop_id AND i.id = (r.before ->> 'item_id')::bigint
 WHERE r.shop_id = $1::bigint AND r.import_id = $2
   AND (i.price_cents, i.price_per_quantity) <> ((r.before ->> 'new_cents')::bigint, (r.before ->> 'new_per')::bigint)
 ORDER BY r.line LIMIT 1
