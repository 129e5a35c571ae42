-- The first item of an import that was used since: then the import cannot be undone.
SELECT r.line, 'sku' AS column_name, i.sku AS value, 'is used by now: lots of it came in, or it was ordered' AS rule
  FROM import_rows r JOIN items i ON i.shop_id = r.shop_id AND i.id = r.made_id
 WHERE r.shop_id = $1::bigint AND r.import_id = $2
   AND (EXISTS (SELECT FROM lots t WHERE t.shop_id = i.shop_id AND t.item_id = i.id)
        OR EXISTS (SELECT FROM order_lines t WHERE t.shop_id = i.shop_id AND t.item_id = i.id))
 ORDER BY r.line LIMIT 1
