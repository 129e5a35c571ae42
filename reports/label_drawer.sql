-- A drawer's label: its code, large, and what is at home in it.
SELECT p.id, '' AS state, jsonb_build_object(
    'shop_name', s.name, 'language', 'english', 'order_number', p.code, 'drawer', p.code, 'form', p.name,
    'product_name', string_agg(coalesce(h.pinyin, i.name), ', ' ORDER BY i.sku),
    'product_hanzi', string_agg(coalesce(h.hanzi, i.name_hanzi), '、' ORDER BY i.sku),
    'product_english', string_agg(concat_ws(', ', h.english, nullif(i.preparation, '')), '; ' ORDER BY i.sku),
    'handling', string_agg(i.sku, ', ' ORDER BY i.sku),
    'printed_at', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))::text AS content
  FROM locations p
  JOIN shops s ON s.id = p.shop_id
  LEFT JOIN items i ON i.shop_id = p.shop_id AND i.home_location_id = p.id
  LEFT JOIN herbs h ON h.id = i.herb_id
 WHERE p.shop_id = $1::bigint AND p.id = ANY ($2::bigint[])
 GROUP BY p.id, s.name, p.code, p.name
