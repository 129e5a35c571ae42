-- A drawer's label: its code, large, and what is at home in it: a few items with all their names and numbers, more by name, a herb
-- once, and what is home to more than a label can name, such as a great shelf, by its own name alone.
SELECT p.id, '' AS state, jsonb_build_object(
    'shop_name', s.name, 'language', 'english', 'order_number', p.code, 'drawer', p.code, 'form', p.name,
    'product_name', CASE WHEN h.items <= 3 OR length(h.names) <= 140 THEN h.names END,
    'product_hanzi', CASE WHEN h.items <= 3 OR length(h.hanzi) <= 90 THEN h.hanzi END,
    'product_english', CASE WHEN h.items <= 3 THEN h.english END,
    'handling', CASE WHEN h.items <= 3 THEN h.skus END,
    'printed_at', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))::text AS content
  FROM locations p
  JOIN shops s ON s.id = p.shop_id
 CROSS JOIN LATERAL (
        SELECT count(*) AS items, string_agg(t.pinyin, ', ' ORDER BY t.sku) FILTER (WHERE t.first) AS names,
               string_agg(t.hanzi, '、' ORDER BY t.sku) FILTER (WHERE t.first) AS hanzi,
               string_agg(t.english, '; ' ORDER BY t.sku) AS english, string_agg(t.sku, ', ' ORDER BY t.sku) AS skus
          FROM (SELECT i.sku, coalesce(b.pinyin, i.name) AS pinyin, coalesce(b.hanzi, i.name_hanzi) AS hanzi,
                       concat_ws(', ', b.english, nullif(i.preparation, '')) AS english,
                       row_number() OVER (PARTITION BY coalesce(b.pinyin, i.name) ORDER BY i.sku) = 1 AS first
                  FROM items i LEFT JOIN herbs b ON b.id = i.herb_id
                 WHERE i.shop_id = p.shop_id AND i.home_location_id = p.id AND i.retired_at IS NULL) t) h
 WHERE p.shop_id = $1::bigint AND p.id = ANY ($2::bigint[])
